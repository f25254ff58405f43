package credit

// Result is what terms say of a customer. Each method of [Terms] overwrites its own part, so that one Result serves one
// customer after another without allocating.
//
// [Terms.Limit] and [Terms.Exposure] may be asked in either order, [Terms.Override] after the limit; [Terms.Available] comes
// after these, and [Terms.Request] and [Terms.Divide] after that.
type Result struct {
	Limit     LimitResult
	Exposure  ExposureResult
	Group     GroupResult
	Override  OverrideResult
	Available AvailableResult
	Approval  ApprovalResult
	Request   RequestResult
	Segments  []SegmentResult
}

// Reset forgets everything, and keeps the memory.
func (r *Result) Reset() {
	r.Limit.reset(0)
	r.Exposure.reset(0)
	r.Group.resetLimit()
	r.Group.resetExposure(nil)
	r.Override = OverrideResult{}
	r.Available = AvailableResult{}
	r.Approval = ApprovalResult{Row: -1}
	r.Request = RequestResult{Holds: r.Request.Holds[:0]}
	r.Segments = r.Segments[:0]
}
