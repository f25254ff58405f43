package credit

// Segment is a limit of its own within the limit as a whole: of a product, of a currency.
type Segment struct {
	At
	ID        string     `key:"id,required" doc:"the identifier of the segment"`
	Title     Title      `key:"title" doc:"the name for people"`
	When      Condition  `key:"when" doc:"for whom; all if unsaid"`
	Steps     []Step     `key:"limit,required" doc:"the steps that make its limit; it is never above the limit as a whole"`
	Exposures []Exposure `key:"exposure" doc:"what counts as used of it"`
}

// SegmentResult is the limit of a segment.
type SegmentResult struct {
	Applies   bool // whether the segment is for the customer
	Limit     LimitResult
	Exposure  ExposureResult
	Available AvailableResult // of the segment, at most what is available as a whole
}

// BindingName returns what a policy calls the step that bound: its id, "floor", "total", or "" for nothing.
func (s *Segment) BindingName(binding int) string { return bindingName(s.Steps, binding) }

// Divide writes to out.Segments the limits of the segments, under out.Limit and out.Available, which come first. See
// [Terms.Limit] for the error.
func (t *Terms) Divide(f *Frame, out *Result) error {
	n := len(t.Segments)
	if n == 0 && t.checked {
		out.Segments = out.Segments[:0]
		return nil
	}
	if n > cap(out.Segments) {
		out.Segments = append(out.Segments[:cap(out.Segments)], make([]SegmentResult, n-cap(out.Segments))...)
	}
	out.Segments = out.Segments[:n]
	if !t.checked {
		out.Segments = out.Segments[:0]
		return &Error{What: "credit", Place: t.Place(), Err: errUnchecked}
	}
	e := evaluator{frame: f}
	for i := range t.Segments {
		t.Segments[i].divide(t, &e, i, out)
		if e.err != nil {
			out.Segments = out.Segments[:0]
			return e.err
		}
	}
	return nil
}

// divide works out one segment.
func (s *Segment) divide(t *Terms, e *evaluator, index int, out *Result) {
	r := &out.Segments[index]
	r.Limit.reset(len(s.Steps))
	r.Exposure.reset(len(s.Exposures))
	r.Available, r.Applies = AvailableResult{}, true
	if s.When.IsSet() {
		met, missing := ask(e, &s.When, where{what: "segment", id: s.ID, index: index, key: "when"})
		if missing != 0 {
			r.Limit.Missing = missing
			r.Available.Missing = missing
			return
		}
		if !met {
			r.Applies = false
			return
		}
	}
	t.steps(e, s.Steps, s.ID, &r.Limit)
	total := &out.Limit
	r.Limit.Missing = e.frame.Both(r.Limit.Missing, total.Missing)
	if total.Has && total.Amount.Less(r.Limit.Amount) {
		r.Limit.Amount, r.Limit.Binding = total.Amount, ByTotal
	}
	if t.finish(e, &r.Limit) != nil {
		return
	}
	r.Limit.Has = r.Limit.Has && total.Has
	t.sum(e, s.Exposures, s.ID, "exposure", &r.Exposure)
	r.Available.Missing = e.frame.Both(e.frame.Both(r.Limit.Missing, r.Exposure.Missing), out.Available.Missing)
	if r.Limit.Has && r.Exposure.Has && out.Available.Has {
		r.Available.Amount = least(r.Limit.Amount.less(r.Exposure.Amount), out.Available.Amount)
		r.Available.Has = true
	}
}
