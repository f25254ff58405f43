package credit

import (
	"errors"
	"fmt"

	"github.com/tallystick-go/tallystick/internal/exact"
)

// LimitResult is how a limit came about.
type LimitResult struct {
	Steps   []StepResult // one for each step of the policy
	Exact   Amount       // before it was rounded; may be negative
	Amount  Amount       // rounded to the scale of money, at least 0
	Has     bool         // whether there is a limit: nothing was missing
	Binding int          // the last AtMost or AtLeast that changed the amount and that no Set followed; or NoBinding, ByFloor, ...
	Missing Absence      // why there is no limit
}

// StepResult is what came of a step.
type StepResult struct {
	Effect  StepEffect
	Value   Number  // of its operand; of an AtMost, rounded down to the scale of money
	After   Amount  // the exact limit after it; means nothing once something is Unknown
	Missing Absence // why it is Unknown
}

// StepEffect says what came of a step.
type StepEffect uint8

// The effects.
const (
	Changed   StepEffect = iota // it changed the amount
	Unchanged                   // the amount was so already
	NotMet                      // its condition is false
	Unknown                     // its condition or its operand is missing: there is no limit
	Pending                     // it can be told, but a step before it could not
)

var stepEffects = [...]string{"changed", "no change", "condition not met", "unknown", "follows an unknown step"}

// String returns e in words.
func (e StepEffect) String() string {
	if int(e) < len(stepEffects) {
		return stepEffects[e]
	}
	return "unknown"
}

// Deny makes the limit 0, without steps: that of a rejected customer.
func (r *LimitResult) Deny() { *r = LimitResult{Steps: r.Steps[:0], Has: true, Binding: NoBinding} }

var errUnchecked = errors.New("the terms have not been checked, or Check found faults")

// Limit writes to out.Limit, and to out.Group where there is one, what the steps make of the customer in f.
//
// The error, an *[Error], says that an expression failed (the frame's error is taken from it), or that t has not been
// checked. There is no limit then.
func (t *Terms) Limit(f *Frame, out *Result) error {
	r := &out.Limit
	r.reset(len(t.Steps))
	out.Group.resetLimit()
	if !t.checked {
		return &Error{What: "credit", Place: t.Place(), Err: errUnchecked}
	}
	e := evaluator{frame: f}
	t.steps(&e, t.Steps, "", r)
	if t.Group != nil && e.err == nil {
		t.groupLimit(&e, r, &out.Group)
	}
	return t.finish(&e, r)
}

// reset forgets the last customer.
func (r *LimitResult) reset(steps int) {
	if steps > cap(r.Steps) {
		r.Steps = make([]StepResult, steps)
	}
	r.Steps = r.Steps[:steps] // each is written in its turn, see steps
	r.Exact, r.Amount, r.Has, r.Binding, r.Missing = Amount{}, Amount{}, false, NoBinding, 0
}

// finish rounds the amount once, where there is one.
func (t *Terms) finish(e *evaluator, r *LimitResult) error {
	if e.err != nil {
		return e.err
	}
	if r.Missing != 0 {
		r.Amount, r.Exact, r.Binding = Amount{}, Amount{}, NoBinding
		return nil
	}
	r.Has = true
	r.Exact = r.Amount
	if r.Amount.Unlimited {
		return nil
	}
	if r.Amount.Value.Sign() < 0 {
		r.Amount, r.Binding = Amount{}, ByFloor
	}
	r.Amount = Of(t.round(r.Amount.Value))
	return nil
}

// steps carries out steps into r, whose Amount is exact from here on.
func (t *Terms) steps(e *evaluator, steps []Step, within string, r *LimitResult) {
	f := e.frame
	for i := range steps {
		s, out := &steps[i], &r.Steps[i]
		missing := Absence(0)
		if s.when != nil {
			met, absent := s.when(f)
			if f.Failed() {
				e.failStep(steps, i, within, "when", s.When.Place(), f.TakeErr(), r)
				return
			}
			if missing = absent; missing == 0 && !met {
				out.Effect, out.Value, out.After, out.Missing = NotMet, Number{}, r.Amount, 0
				continue
			}
		}
		var v Number
		if s.value != nil {
			n, absent := s.value(f)
			if f.Failed() {
				e.failStep(steps, i, within, actionKeys[s.action], s.operand().Place(), f.TakeErr(), r)
				return
			}
			if v = n; absent != 0 {
				missing = e.frame.Both(missing, absent)
			}
		}
		if missing|r.Missing != 0 {
			e.untold(v, missing, out, r)
			continue
		}
		if !t.take(s, i, v, out, r) {
			e.failStep(steps, i, within, "", s.Place(), errAmount, r)
			return
		}
		if s.action == round && out.Effect == Changed {
			keepUnder(steps[:i+1], r)
		}
	}
}

var errAmount = fmt.Errorf("the amount has grown too large to compute with (over %d bits)", exact.MaxBits)

// untold notes that a step, or one before it, cannot be told, since something is missing.
func (e *evaluator) untold(v Number, missing Absence, out *StepResult, r *LimitResult) {
	out.Effect, out.Value, out.After, out.Missing = Pending, v, Amount{}, missing
	if missing != 0 {
		out.Effect = Unknown
		r.Missing = e.frame.Both(r.Missing, missing)
	}
}

// take carries out s, the step with index i, with v as the value of its operand. It returns false where the amount grows
// too large.
func (t *Terms) take(s *Step, i int, v Number, out *StepResult, r *LimitResult) bool {
	before := r.Amount
	after, changed := before, false
	switch s.action {
	case set:
		after, r.Binding = Of(v), NoBinding
		changed = before.Unlimited || !v.Equal(before.Value)
	case makeUnlimited:
		after, r.Binding = Amount{Unlimited: true}, NoBinding
		changed = !before.Unlimited
	case atMost:
		if s.ceiling != nil {
			v, changed = s.most, before.Unlimited || s.ceiling.Against(before.Value) > 0
		} else {
			v = t.bound(v)
			changed = before.Unlimited || v.Less(before.Value)
		}
		if changed {
			after, r.Binding = Of(v), i
		}
	case atLeast:
		if changed = !before.Unlimited && before.Value.Less(v); changed {
			after, r.Binding = Of(v), i
		}
	default:
		after = s.compute(before, v)
		changed = after.Unlimited != before.Unlimited || !after.Value.Equal(before.Value)
	}
	out.Effect, out.Value, out.After, out.Missing = Unchanged, v, after, 0
	if changed {
		out.Effect = Changed
	}
	r.Amount = after
	return !after.Value.TooLarge()
}

// failStep notes that step i failed: what of it, and why. Nothing came of it and of those after it.
func (e *evaluator) failStep(steps []Step, i int, within, key string, p Place, err error, r *LimitResult) {
	clear(r.Steps[i:])
	e.fail(where{what: "limit", within: within, id: steps[i].ID, index: i, key: key}, p, err)
}

// compute returns what a step that computes with the amount, with v as the value of its operand, makes of it.
func (s *Step) compute(a Amount, v Number) Amount {
	switch {
	case a.Unlimited && s.action == multiply && v.Sign() <= 0:
		return Amount{}
	case a.Unlimited:
		return a
	case s.action == add:
		return Of(a.Value.Add(v))
	case s.action == multiply:
		return Of(a.Value.Mul(v))
	}
	return Of(a.Value.RoundTo(s.Round.To, s.mode))
}

// keepUnder rounds down instead where the last of steps, a Round, has lifted the amount over an AtMost that it was within.
func keepUnder(steps []Step, r *LimitResult) {
	last := len(steps) - 1
	before, out := Number{}, &r.Steps[last]
	if last > 0 {
		before = r.Steps[last-1].After.Value
	}
	if !before.Less(out.After.Value) {
		return
	}
	for i := last - 1; i >= 0 && !steps[i].begins(r.Steps[i].Effect); i-- {
		done := &r.Steps[i]
		if steps[i].action == atMost && done.Effect != NotMet && before.Cmp(done.Value) <= 0 && done.Value.Less(out.After.Value) {
			out.After = Of(before.RoundTo(steps[last].Round.To, Floor))
			r.Amount = out.After
			if out.After.Value.Equal(before) {
				out.Effect = Unchanged
			}
			return
		}
	}
}
