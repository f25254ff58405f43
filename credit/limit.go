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
	begun := 0 // the step that set the amount last
	f := e.frame
	amount := r.Amount
	for i := range steps {
		s, out := &steps[i], &r.Steps[i]
		out.Missing = 0
		met, missing := true, Absence(0)
		if s.When.IsSet() {
			met, missing = s.When.Eval(f)
			if err := f.TakeErr(); err != nil {
				e.failStep(steps, i, within, "when", s.When.Place(), err, r)
				return
			}
		}
		if missing == 0 && !met {
			out.Effect, out.Value, out.After = NotMet, Number{}, amount
			continue
		}
		var v Number
		if o := s.operand(); o != nil {
			n, absent := o.Eval(f)
			if err := f.TakeErr(); err != nil {
				e.failStep(steps, i, within, actionKeys[s.action], o.Place(), err, r)
				return
			}
			v = n
			if absent != 0 {
				missing = e.both(missing, absent)
			}
		}
		switch {
		case missing != 0:
			r.Missing = e.both(r.Missing, missing)
			out.Effect, out.Value, out.After, out.Missing = Unknown, v, Amount{}, missing
			continue
		case r.Missing != 0:
			out.Effect, out.Value, out.After = Pending, v, Amount{}
			continue
		}
		if s.action == atMost {
			v = t.bound(v)
		}
		if s.action == set || s.action == makeUnlimited {
			r.Binding, begun = NoBinding, i
		}
		after := s.apply(amount, v)
		if s.action == round && !after.Unlimited && overBound(steps[begun:i], r.Steps[begun:i], amount.Value, after.Value) {
			after = Of(amount.Value.RoundTo(s.Round.To, Floor))
		}
		if after.Value.TooLarge() {
			e.failStep(steps, i, within, "", s.Place(), fmt.Errorf("the amount has grown too large to compute with (over %d bits)", exact.MaxBits), r)
			return
		}
		out.Effect, out.Value, out.After = Changed, v, after
		if after.Equal(amount) {
			out.Effect = Unchanged
		} else if s.action == atMost || s.action == atLeast {
			r.Binding = i
		}
		amount = after
	}
	r.Amount = amount
}

// failStep notes that step i failed: what of it, and why. Nothing came of it and of those after it.
func (e *evaluator) failStep(steps []Step, i int, within, key string, p Place, err error, r *LimitResult) {
	clear(r.Steps[i:])
	e.fail(where{what: "limit", within: within, id: steps[i].ID, index: i, key: key}, p, err)
}

// apply returns what s, with v as the value of its operand, makes of a.
func (s *Step) apply(a Amount, v Number) Amount {
	switch s.action {
	case set:
		return Of(v)
	case makeUnlimited:
		return Amount{Unlimited: true}
	case atMost:
		return least(a, Of(v))
	case multiply:
		if a.Unlimited && v.Sign() <= 0 {
			return Amount{}
		}
	}
	if a.Unlimited {
		return a
	}
	switch s.action {
	case add:
		return Of(a.Value.Add(v))
	case multiply:
		return Of(a.Value.Mul(v))
	case atLeast:
		return Of(exact.Max(a.Value, v))
	case round:
		return Of(a.Value.RoundTo(s.Round.To, s.mode))
	}
	return a
}

// overBound reports whether rounding from before to after would leave an AtMost among steps that before is within.
func overBound(steps []Step, done []StepResult, before, after Number) bool {
	if !before.Less(after) {
		return false
	}
	for i := range steps {
		if steps[i].action == atMost && done[i].Effect != NotMet && before.Cmp(done[i].Value) <= 0 && done[i].Value.Less(after) {
			return true
		}
	}
	return false
}
