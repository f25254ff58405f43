package scoring

import (
	"errors"
	"fmt"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// Error is a fault of a card, or of what it asks, that was met while scoring: an expression that takes too many steps, a
// method that is given a text where it needs a number, a method from outside that panics. It is not about missing data.
type Error struct {
	What  string // what was being worked on, such as "indicator volume"
	Place Place  // where that stands in the policy
	Err   error
}

// Error names what was being worked on.
func (e *Error) Error() string { return "scoring: " + e.What + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

var (
	errNotChecked = errors.New("it has not been checked, or has faults")
	errTooLarge   = errors.New("it has too many digits (over 32,768 bits)")
)

// Score works out the score of the customer in f into out:
//
//	exact points -> held within [0, W] -> reweighted -> rounded, once
//	-> combined -> adjusted -> capped -> held in the range of the score -> rounded, once
//
// Nothing else is rounded. Where data is missing there may be no score: out says so, and what that does to the customer.
// The error is an *Error; out is then empty.
func (c *Card) Score(f *Frame, out *Result) (err error) {
	out.reset(c.plan)
	out.at("the", "card", c.Place())
	if c.plan == nil {
		return out.fail(errNotChecked)
	}
	defer func() {
		if p := recover(); p != nil {
			_ = f.TakeErr() // it belongs to what panicked
			err = out.fail(fmt.Errorf("panic: %v", p))
		}
	}()
	return c.plan.score(f, out)
}

// at notes what is being worked on.
func (out *Result) at(what, id string, place Place) { out.what, out.id, out.place = what, id, place }

// fail empties the result and returns err, with what was being worked on.
func (out *Result) fail(err error) error {
	out.caught(err)
	e := out.err
	out.reset(nil)
	return e
}

// caught notes the first error, with what was being worked on, and reports whether there is one.
func (out *Result) caught(err error) bool {
	if err != nil && out.err == nil {
		out.err = &Error{out.what + " " + out.id, out.place, err}
	}
	return out.err != nil
}

// reset makes room for the results of p.
func (out *Result) reset(p *plan) {
	n := counts{}
	if p != nil {
		n = p.counts
	}
	out.Items = resized(out.Items, n.items) // every one is overwritten
	out.Groups = resized(out.Groups, n.groups)
	out.Adjustments = resized(out.Adjustments, n.adjustments)
	out.Caps = resized(out.Caps, n.caps)
	clear(out.Groups)
	clear(out.Adjustments)
	clear(out.Caps)
	out.Combined, out.Adjusted, out.Shared, out.Present, out.Score = Number{}, Number{}, Number{}, Number{}, Number{}
	out.HasScore, out.Missing, out.Outcome = false, 0, OutcomeNone
	out.parts, out.err = out.parts[:0], nil
}

func resized[T any](s []T, n int) []T {
	if n > cap(s) {
		return make([]T, n)
	}
	return s[:n]
}

// state is whether a card has a score.
type state uint8

const (
	whole    state = iota
	empty          // everything was left out
	referred       // something is missing that must not be
	rejected       // likewise, and the customer is rejected
)

// effect is what becomes of a group in that state.
func (st state) effect() Effect {
	return [...]Effect{whole: Earned, empty: LeftOut, referred: Refers, rejected: Rejects}[st]
}

func (p *plan) score(f *Frame, out *Result) error {
	score, missing, st := p.run(f, out)
	if out.err != nil {
		return out.fail(nil)
	}
	switch st {
	case rejected:
		out.Outcome = OutcomeReject
	case referred, empty:
		out.Outcome = OutcomeRefer
	default:
		if p.round.Score >= 0 {
			score = score.Round(p.round.Score, p.round.Mode)
		}
		if score.TooLarge() {
			out.at("the", "score", p.card.Place())
			return out.fail(errTooLarge)
		}
		out.Score, out.HasScore = score, true
	}
	p.card.write(f, score, missing, st == whole)
	return nil
}

// write puts a score where expressions read it.
func (c *Card) write(f *Frame, score Number, missing Absence, present bool) {
	write(f, c.slot, score, missing, present)
}

// write puts x into the slot, which counts from 1; 0 is none.
func write(f *Frame, at int, x Number, missing Absence, present bool) {
	switch {
	case at == 0:
	case present:
		f.Slots[at-1] = slot.Num(x)
	default:
		f.Slots[at-1] = Gone(missing)
	}
}

// run works out the exact score of a card, within its range. Where there is none, missing says why.
func (p *plan) run(f *Frame, out *Result) (score Number, missing Absence, st state) {
	base := len(out.parts)
	for i := range p.steps {
		s := &p.steps[i]
		it := &out.Items[s.item]
		points := p.earn(s, it, f, out)
		if out.err != nil {
			return
		}
		if it.Missing != 0 {
			out.Missing = f.Both(out.Missing, it.Missing)
			if it.Effect != Substituted {
				missing = f.Both(missing, it.Missing)
			}
			switch it.Effect {
			case Refers:
				st = max(st, referred)
			case Rejects:
				st = rejected
			}
		}
		out.parts = append(out.parts, Part{
			Weight: s.weight, Present: it.Effect <= Substituted, Beyond: s.ind.Beyond, Modifier: s.modifier,
			exact: points, left: it.Effect == LeftOut, step: s,
		})
	}
	for i := range p.groups {
		g := &p.groups[i]
		points, absent, inner := g.plan.run(f, out)
		if out.err != nil {
			return
		}
		if inner == empty && p.terms.Leave == LeaveFault {
			inner = referred
		}
		item := &out.Groups[g.plan.index]
		item.Group, item.Parent, item.Score, item.Missing, item.Effect = g.group, g.parent, points, absent, inner.effect()
		if inner != whole {
			missing = f.Both(missing, absent)
			if inner != empty {
				st = max(st, inner)
			}
		}
		out.parts = append(out.parts, Part{
			Weight: g.weight, Present: inner == whole, exact: points.Mul(g.scale), left: inner == empty, group: g,
		})
	}
	parts := out.parts[base:]
	some := p.settle(parts, f, out)
	adjustment, absent := p.adjust(f, out)
	switch {
	case st >= referred:
	case !some:
		st = empty
	default:
		missing = 0
		score, missing = p.combine(parts, f, out)
		if missing != 0 {
			out.Missing = f.Both(out.Missing, missing)
			st = referred
		}
	}
	score, absent = p.finish(score.Add(adjustment), absent, f, out)
	if absent != 0 {
		out.Missing = f.Both(out.Missing, absent)
		if st != empty {
			missing, st = f.Both(missing, absent), max(st, referred)
		}
	}
	out.parts = out.parts[:base]
	if st != whole {
		score = Number{}
	}
	return score, missing, st
}

// earn works out the exact points of an indicator, held within [0, W].
func (p *plan) earn(s *step, it *Item, f *Frame, out *Result) (points Number) {
	ind, c := s.ind, &out.c
	out.at("indicator", ind.ID.Value, ind.Place())
	it.Indicator, it.Group, it.Modifier, it.Full = ind, s.group, s.modifier, s.full
	it.Row, it.Missing, it.Effect = 0, 0, Earned
	c.Frame, c.Of, c.Weight, c.Row, c.atom, c.held = f, nil, s.full, 0, s.atom, s.held
	if s.hasOf {
		it.Value, it.Missing = ind.Of.Eval(f)
		if it.Value.Kind == KindMissing && it.Missing == 0 {
			if it.Missing = it.Value.Absent; it.Missing == 0 {
				it.Missing = slot.Broken
			}
		}
		c.Of = &it.Value
	} else {
		it.Value = Value{}
	}
	if it.Missing == 0 {
		points, it.Missing = ind.Method.Points(c)
		it.Row = c.Row
	}
	if out.caught(f.TakeErr()) {
		return
	}
	if it.Missing != 0 {
		it.Row = 0
		points, it.Effect = ind.Missing.absent()
		it.Raw = points
		return points
	}
	it.Raw = points
	if s.held {
		points = hold(points, s.full)
	}
	return points
}

// absent returns what the rule makes of an indicator that is missing.
func (m *MissingRule) absent() (points Number, effect Effect) {
	switch m.Do {
	case Reject:
		return points, Rejects
	case Reweight:
		return points, LeftOut
	case Substitute:
		return m.Points, Substituted
	}
	return points, Refers
}

// settle reweights and rounds the points, and reports whether anything is left to combine.
func (p *plan) settle(parts []Part, f *Frame, out *Result) (some bool) {
	present, left, modifiers := p.shared, false, !p.terms.Modifies
	for i := range parts {
		part := &parts[i]
		switch {
		case part.Modifier:
			modifiers = modifiers || part.Present
		case part.Present:
			some = true
		case part.left && !part.Beyond:
			left = true
			present = present.Sub(part.Weight)
		}
	}
	factor, scaled := Number{}, false
	if left && p.terms.Leave == LeaveScaled && p.shared.Sign() > 0 {
		factor, scaled = p.shared.Quo(present)
		some = scaled
	}
	if p.index < 0 {
		out.Shared, out.Present = p.shared, present
	} else {
		out.Groups[p.index].Shared, out.Groups[p.index].Present = p.shared, present
	}
	for i := range parts {
		part := &parts[i]
		part.Points = part.exact
		if scaled && !part.Beyond && !part.Modifier {
			part.Points = part.Points.Mul(factor)
		}
		if p.places >= 0 && !part.Modifier {
			part.Points = part.Points.Round(p.places, p.round.Mode)
		}
		if s := part.step; s != nil {
			it := &out.Items[s.item]
			it.Points = part.Points
			write(f, s.ind.slot, part.Points, it.Missing, part.Present)
		} else {
			item := &out.Groups[part.group.plan.index]
			item.Points = part.Points
			part.group.group.write(f, part.Points, item.Missing, part.Present)
		}
	}
	for i := range p.gathers {
		p.gathers[i].gather(p, f, out)
	}
	return some && modifiers
}

// gather adds up the points of a group without a weight.
func (g *gather) gather(p *plan, f *Frame, out *Result) {
	item := &out.Groups[g.index]
	item.Group, item.Parent = g.group, g.parent
	for _, s := range p.steps[g.steps.from:g.steps.to] {
		it := &out.Items[s.item]
		item.Points, item.Missing = item.Points.Add(it.Points), f.Both(item.Missing, it.Missing)
	}
	for _, s := range p.groups[g.groups.from:g.groups.to] {
		it := &out.Groups[s.plan.index]
		item.Points, item.Missing = item.Points.Add(it.Points), f.Both(item.Missing, it.Missing)
	}
	item.Score = item.Points
	g.group.write(f, item.Points, item.Missing, true)
}

// combine makes one score of the points.
func (p *plan) combine(parts []Part, f *Frame, out *Result) (score Number, missing Absence) {
	out.at("the", "combiner", p.card.Place())
	if p.sum {
		for i := range parts {
			if parts[i].Present {
				score = score.Add(parts[i].Points)
			}
		}
	} else {
		score, missing = p.combiner.Combine(f, parts)
		if out.caught(f.TakeErr()) {
			return
		}
		for i := range parts {
			if parts[i].Modifier {
				out.Items[parts[i].step.item].Points = parts[i].Points
			}
		}
	}
	if p.pdo != nil {
		score = p.pdo.offset.Add(p.pdo.factor.Mul(score))
	}
	if p.index < 0 {
		out.Combined = score
	} else {
		out.Groups[p.index].Combined = score
	}
	return score, missing
}

// adjust returns what the adjustments add together, within their cap.
func (p *plan) adjust(f *Frame, out *Result) (sum Number, missing Absence) {
	if len(p.card.Adjustments) == 0 {
		return sum, missing
	}
	for i := range p.card.Adjustments {
		d := &p.card.Adjustments[i]
		a := &out.Adjustments[p.first.adjustments+i]
		a.Adjustment, a.Group = d, p.index
		out.at("adjustment", d.ID.Value, d.Place())
		a.apply(&d.When, &d.Add, f, out)
		missing = f.Both(missing, a.Missing)
		sum = sum.Add(a.Amount)
	}
	if p.span.Least != nil {
		sum = most(sum, *p.span.Least)
	}
	if p.span.Most != nil {
		sum = least(sum, *p.span.Most)
	}
	if p.index < 0 {
		out.Adjusted = sum
	} else {
		out.Groups[p.index].Adjusted = sum
	}
	return sum, missing
}

// finish caps the score and holds it in its range. missing is what the adjustments were missing.
func (p *plan) finish(score Number, missing Absence, f *Frame, out *Result) (Number, Absence) {
	for i := range p.card.Caps {
		k := &p.card.Caps[i]
		a := &out.Caps[p.first.caps+i]
		a.Cap, a.Group = k, p.index
		out.at("cap", k.ID.Value, k.Place())
		a.apply(&k.When, &k.AtMost, f, out)
		missing = f.Both(missing, a.Missing)
		if a.Holds && a.Amount.Less(score) {
			a.Bound, score = true, a.Amount
		}
	}
	if p.lo != nil {
		score = most(score, *p.lo)
	}
	if p.hi != nil {
		score = least(score, *p.hi)
	}
	return score, missing
}

// apply finds out whether the condition holds, and for what amount.
func (a *Applied) apply(when *Condition, amount *Operand, f *Frame, out *Result) {
	if out.err != nil {
		return
	}
	a.Holds = true
	if when.IsSet() {
		a.Holds, a.Missing = when.Eval(f)
	}
	if a.Holds && a.Missing == 0 {
		a.Amount, a.Missing = amount.Eval(f)
	}
	a.Holds = a.Holds && a.Missing == 0
	out.caught(f.TakeErr())
}
