package explain

import (
	"encoding/json"
	"slices"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

// MarshalJSON writes the number as a string, or "unlimited".
func (a Amount) MarshalJSON() ([]byte, error) {
	if a.Unlimited {
		return json.Marshal("unlimited")
	}
	return json.Marshal(a.Number)
}

func amountOf(a credit.Amount) *Amount { return &Amount{a.Value, a.Unlimited} }

// credit explains how the limit came about, what is used, who approves, and what becomes of a request.
func (b *builder) credit() *Credit {
	t, r := b.p.File.Credit, &b.s.Credit
	out := &Credit{}
	rejected, admitted := b.s.Outcome == program.Rejected, b.s.Outcome == program.Admitted
	made := r.Limit // by the steps
	if r.Override.Effect.Taken() {
		made = r.Override.Calculated
		made.Steps = r.Limit.Steps
	}
	out.Missing = b.blamed(made.Missing)
	if !rejected {
		b.steps(t.Steps, &made, &out.LimitSteps)
		b.bound(t, &made, &out.LimitSteps)
		out.Override = b.limitOverride(t, &r.Override)
	}
	switch {
	case !admitted:
		out.Limit = &Amount{}
	case r.Limit.Has:
		out.Limit = amountOf(r.Limit.Amount)
	}
	if !rejected && r.Limit.Has {
		out.Proposed = amountOf(r.Limit.Amount)
	}
	out.Exposure = b.exposure(t.Exposures, &r.Exposure, "exposure", "")
	if t.Group != nil {
		out.Group = b.creditGroup(t, r)
	}
	if r.Available.Has {
		out.Available = amountOf(r.Available.Amount)
	}
	if !rejected && r.Limit.Has {
		b.approval(t, r, out)
	}
	for i := range r.Segments {
		out.Segments = append(out.Segments, b.segment(&t.Segments[i], &r.Segments[i]))
	}
	b.request(t, r, out)
	return out
}

// limitOverride explains a limit given by hand.
func (b *builder) limitOverride(t *credit.Terms, r *credit.OverrideResult) *LimitOverride {
	if r.Effect == credit.NoOverride {
		return nil
	}
	out := &LimitOverride{
		Limit: r.Limit, Effect: r.Effect.String(), Text: b.term(limitEffects, r.Effect.String()), Remark: b.signed(),
		Missing: b.blame(r.Missing, "limit-override", "", doc.Title{}),
	}
	if why := r.Refusal.In(b.own()); why != "" {
		out.Remark += b.say("（%s）", " (%s)", why)
	}
	if t.Overrides != nil {
		limit := &b.s.Frame.Slots[b.p.Symbols["limit"].Slot] // at_most reads the one worked out
		now := *limit
		if r.Effect.Taken() && r.Calculated.Has && !r.Calculated.Amount.Unlimited {
			limit.SetNum(r.Calculated.Amount.Value)
		}
		out.AtMost = working(b, &t.Overrides.AtMost)
		*limit = now
	}
	if r.HasAtMost {
		out.Most = &r.AtMost
	}
	return out
}

// steps explains the steps to a limit.
func (b *builder) steps(steps []credit.Step, r *credit.LimitResult, out *LimitSteps) {
	before := credit.Amount{}
	for i := range r.Steps {
		s, x := &steps[i], &r.Steps[i]
		step := Step{
			ID: s.ID, Title: b.in(s.Title), When: working(b, &s.When), Effect: x.Effect.String(), Before: *amountOf(before), Binding: r.Binding == i,
			Missing: b.blame(x.Missing, "step", s.ID, s.Title),
		}
		var operand *credit.Operand
		step.Action, operand = actionOf(s)
		if operand != nil {
			step.Operand = working(b, operand)
			if x.Effect == credit.Changed || x.Effect == credit.Unchanged {
				v := x.Value
				step.Value = &v
			}
		}
		if s.Round != nil {
			step.Round = &Multiple{s.Round.To, s.Round.Mode}
		}
		if x.Effect != credit.Unknown && x.Effect != credit.Pending {
			step.After = amountOf(x.After)
			before = x.After
		}
		out.Steps = append(out.Steps, step)
	}
	if r.Has {
		out.Exact, out.Rounded = amountOf(r.Exact), amountOf(r.Amount)
	}
}

// actionOf returns which of its fields a step uses, and that field.
func actionOf(s *credit.Step) (string, *credit.Operand) {
	for _, x := range []struct {
		name    string
		operand *credit.Operand
	}{{"set", &s.Set}, {"add", &s.Add}, {"multiply", &s.Multiply}, {"at_least", &s.AtLeast}, {"at_most", &s.AtMost}} {
		if x.operand.IsSet() {
			return x.name, x.operand
		}
	}
	if s.Round != nil {
		return "round", nil
	}
	return "unlimited", nil
}

// bound names what bound the limit.
func (b *builder) bound(t *credit.Terms, r *credit.LimitResult, out *LimitSteps) {
	if !r.Has {
		return
	}
	out.Binding = t.BindingName(r.Binding)
	switch {
	case r.Binding >= 0:
		out.Why = b.in(t.Steps[r.Binding].Reason)
	case r.Binding == credit.ByGroup:
		out.Why = b.in(t.Group.Reason)
	}
}

// exposure explains what is used.
func (b *builder) exposure(items []credit.Exposure, r *credit.ExposureResult, kind, within string) *Exposure {
	if len(items) == 0 {
		return nil
	}
	out := &Exposure{Missing: b.blame(r.Missing, kind, within, doc.Title{})}
	for i := range items {
		x := ExposureItem{ID: items[i].ID, Title: b.in(items[i].Title), Of: working(b, &items[i].Of), Weight: working(b, &items[i].Weight)}
		if r.Has && i < len(r.Items) {
			x.Amount = &r.Items[i]
		}
		out.Items = append(out.Items, x)
	}
	if r.Has {
		out.Exact, out.Amount = &r.Exact, &r.Amount
	}
	return out
}

// creditGroup explains the limit of the group.
func (b *builder) creditGroup(t *credit.Terms, r *credit.Result) *CreditGroup {
	g := &r.Group
	out := &CreditGroup{
		Applies: g.Applies, When: working(b, &t.Group.When), Of: working(b, &t.Group.Limit), Bound: r.Available.ByGroup,
		Missing: b.blame(g.Missing, "group", "", doc.Title{}),
	}
	out.Exposure = b.exposure(t.Group.Exposures, &g.Exposure, "group", "")
	if g.Applies {
		out.Limit = &g.Limit
		if g.Exposure.Has {
			left := g.Limit.Sub(g.Exposure.Amount)
			out.Left = &left
		}
	}
	return out
}

// approval explains who may approve: the rows up to the one that holds.
func (b *builder) approval(t *credit.Terms, r *credit.Result, out *Credit) {
	out.By = r.Approval.By
	b.blame(r.Approval.Missing, "approval", "", doc.Title{})
	before := true // the row that holds, or of which it cannot be told
	for i := range t.Approval {
		a := &t.Approval[i]
		x := Approver{By: a.By, UpTo: working(b, &a.UpTo), When: working(b, &a.When), Grades: a.Grades, Chosen: r.Approval.Has && i == r.Approval.Row}
		if a.UpTo.IsSet() {
			if most, absent := a.UpTo.Eval(&b.s.Frame); b.s.Frame.TakeErr() == nil && absent == 0 {
				x.Most = &most
			}
		}
		if before = before && !x.Chosen; before {
			x.Not = b.notApproving(a, &x, r.Limit.Amount)
			before = x.Not != "unknown"
		}
		out.Approval = append(out.Approval, x)
	}
}

// notApproving returns why a row does not approve the limit.
func (b *builder) notApproving(a *credit.Approver, x *Approver, limit credit.Amount) string {
	if len(a.Grades) > 0 && !slices.Contains(a.Grades, b.gradeName(b.finalGrade())) {
		return "grade"
	}
	if limit.Unlimited && a.UpTo.IsSet() || x.Most != nil && x.Most.Less(limit.Value) {
		return "over"
	}
	if a.When.IsSet() {
		if met, absent := a.When.Eval(&b.s.Frame); b.s.Frame.TakeErr() == nil && absent == 0 && !met {
			return "when"
		}
	}
	return "unknown"
}

// finalGrade returns the index of the customer's grade, -1 for none.
func (b *builder) finalGrade() int {
	if b.p.File.Grade == nil || !b.s.Grade.Has {
		return -1
	}
	return b.s.Grade.Final
}

// segment explains a limit within the limit.
func (b *builder) segment(s *credit.Segment, r *credit.SegmentResult) Segment {
	out := Segment{ID: s.ID, Title: b.in(s.Title), Applies: r.Applies, When: working(b, &s.When)}
	out.Missing = b.blame(r.Limit.Missing, "segment", s.ID, s.Title)
	if !r.Applies {
		return out
	}
	b.steps(s.Steps, &r.Limit, &out.LimitSteps)
	if r.Limit.Has {
		out.Binding = s.BindingName(r.Limit.Binding)
		if r.Limit.Binding >= 0 {
			out.Why = b.in(s.Steps[r.Limit.Binding].Reason)
		}
	}
	out.Exposure = b.exposure(s.Exposures, &r.Exposure, "segment", s.ID)
	if r.Available.Has {
		out.Available = amountOf(r.Available.Amount)
	}
	return out
}

// request explains what becomes of the amount asked for.
func (b *builder) request(t *credit.Terms, r *credit.Result, out *Credit) {
	if r.Request.Verdict == credit.NoVerdict {
		return
	}
	out.Request = &Request{Verdict: r.Request.Verdict.String(), Over: r.Request.Over, Missing: b.blamed(r.Request.Missing)}
	if t.Requested != nil {
		out.Request.Of = working(b, &t.Requested.Amount)
		if r.Request.Has {
			out.Request.Amount = &r.Request.Amount
		} else {
			_, absent := t.Requested.Amount.Eval(&b.s.Frame)
			_ = b.s.Frame.TakeErr()
			if absent != slot.Broken {
				b.blame(absent, "request", "", doc.Title{})
			}
		}
	}
	for i, h := range r.Request.Holds {
		decl := &t.Holds[i]
		out.Holds = append(out.Holds, Hold{
			ID: decl.ID, Title: b.in(decl.Title), When: working(b, &decl.When), Unless: working(b, &decl.Unless),
			Verdict: h.Verdict.String(), Reason: b.in(decl.Reason), Missing: b.blame(h.Missing, "hold", decl.ID, decl.Title),
		})
	}
}
