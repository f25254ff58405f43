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
	errTooLarge   = errors.New("its score has too many digits (over 32,768 bits)")
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
	out.card, out.at = c, what{}
	if c.plan == nil {
		return out.fail(errNotChecked)
	}
	defer func() {
		if p := recover(); p != nil {
			_ = f.TakeErr() // it belongs to what panicked
			err = out.fail(fmt.Errorf("panic: %v", p))
		}
	}()
	card, missing := c.weighted(f, out)
	switch {
	case out.err != nil:
		return out.fail(out.err)
	case card == nil:
		out.reset(nil)
		out.Missing, out.Outcome = missing, OutcomeRefer
		c.unscored(f, missing)
		return nil
	case card != c:
		out.reset(card.plan)
	}
	return card.plan.score(f, out)
}

// unscored writes to the slots of the card that there are neither points nor a score.
func (c *Card) unscored(f *Frame, missing Absence) {
	c.write(f, Number{}, missing, false)
	for _, list := range [][]Indicator{c.Indicators, c.Modifiers} {
		for i := range list {
			if at := list[i].slot; at > 0 {
				write(f, at, Number{}, missing, false)
			}
		}
	}
	for i := range c.Groups {
		c.Groups[i].unscored(f, missing)
	}
}

// what is what is being worked on, should it fail: a card, or one of the others in it. It is noted at every step, and so
// without pointers.
type what struct {
	plan  *plan
	kind  whatKind
	index int
}

// whatKind says what the index of a what counts.
type whatKind uint8

const (
	theCard whatKind = iota
	aStep
	anAdjustment
	aCap
)

func (w what) error(card *Card, err error) *Error {
	if w.plan != nil {
		card = w.plan.card
	}
	switch {
	case w.kind == aStep && w.index < len(w.plan.steps):
		ind := w.plan.steps[w.index].ind
		return &Error{"indicator " + ind.ID.Value, ind.Place(), err}
	case w.kind == anAdjustment:
		a := &card.Adjustments[w.index]
		return &Error{"adjustment " + a.ID.Value, a.Place(), err}
	case w.kind == aCap:
		k := &card.Caps[w.index]
		return &Error{"cap " + k.ID.Value, k.Place(), err}
	}
	return &Error{"the card", card.Place(), err}
}

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
		out.err = out.at.error(out.card, err)
	}
	return out.err != nil
}

// reset makes room for the results of p.
func (out *Result) reset(p *plan) {
	n := counts{}
	if p != nil {
		n = p.counts
	}
	if out.plan != p {
		out.plan = p
		out.Items = resized(out.Items, n.items)
		clear(out.Items)
		if p != nil {
			p.name(out.Items)
		}
	}
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

// name notes in items which indicators they are of. What differs from customer to customer is overwritten each time.
func (p *plan) name(items []Item) {
	for i := range p.steps {
		s := &p.steps[i]
		it := &items[s.item]
		it.Indicator, it.Group, it.Modifier, it.step = s.ind, s.group, s.modifier, s
	}
	for i := range p.groups {
		p.groups[i].plan.name(items)
	}
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
	out.c.Frame = f
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
			out.at = what{plan: p}
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
		f.Slots[at-1].SetNum(x)
	default:
		f.Slots[at-1].SetGone(missing)
	}
}

// run works out the exact score of a card, within its range. Where there is none, missing says why.
func (p *plan) run(f *Frame, out *Result) (score Number, missing Absence, st state) {
	t := tally{present: p.shared}
	out.at = what{p, aStep, 0}
	var sum Number
	for i := range p.steps {
		s := &p.steps[i]
		it := &out.Items[s.item]
		out.at.index = i
		var points Number
		var absent Absence
		if s.formula != nil { // asked without a Case, of which it makes nothing
			points, absent = s.formula(f)
		} else {
			points, absent = s.points(it, f, out)
		}
		if absent != 0 || f.Failed() {
			if out.caught(f.TakeErr()) {
				return
			}
			points = t.miss(s, it, absent, f, out)
		} else {
			it.Missing, it.Effect, it.Raw = 0, Earned, points
			t.some = t.some || !s.modifier
			if s.holds && !s.most.Spans(points) {
				points = points.Hold(s.full)
			}
		}
		if p.final {
			if p.settles {
				points = p.settled(s, points)
			}
			if s.out > 0 {
				write(f, s.out, points, absent, it.Effect <= Substituted)
			}
			sum = sum.Add(points)
		}
		it.Points = points
	}
	if len(p.groups) > 0 {
		p.runGroups(&t, f, out)
		if out.err != nil {
			return
		}
	}
	if t.left != 0 && p.terms.Leave == LeaveScaled && p.shared.Sign() > 0 {
		t.some = t.some && p.reweight(t.present, out)
	}
	if p.index < 0 {
		out.Shared, out.Present = p.shared, t.present
	} else {
		out.Groups[p.index].Shared, out.Groups[p.index].Present = p.shared, t.present
	}
	if out.at.kind = theCard; !p.final {
		sum = p.settle(f, out)
	}
	for i := range p.gathers {
		p.gathers[i].gather(p, f, out)
	}
	if p.plain && t.st == whole && t.some {
		p.combined(out, sum)
		return sum, 0, whole
	}
	return p.close(&t, sum, f, out)
}

// tally is what the indicators and groups of a card come to.
type tally struct {
	present Number  // the weights of those that are there
	left    Absence // why what was left out is missing
	missing Absence // why there is no score
	st      state
	some    bool // one of them is there
}

// miss notes that an indicator is missing, and returns the points that it gets all the same.
func (t *tally) miss(s *step, it *Item, absent Absence, f *Frame, out *Result) (points Number) {
	it.Missing, it.Row = absent, 0
	points, it.Effect = s.ind.Missing.absent()
	it.Raw = points
	out.Missing = f.Both(out.Missing, absent)
	switch it.Effect {
	case LeftOut:
		t.left = f.Both(t.left, absent)
		if !s.ind.Beyond && !s.modifier {
			t.present = t.present.Sub(s.weight)
		}
	case Refers:
		t.missing, t.st = f.Both(t.missing, absent), max(t.st, referred)
	case Rejects:
		t.missing, t.st = f.Both(t.missing, absent), rejected
	default:
		t.some = t.some || !s.modifier
	}
	return points
}

// runGroups works out the groups that are cards of their own.
func (p *plan) runGroups(t *tally, f *Frame, out *Result) {
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
		item.Group, item.Parent, item.Missing, item.Effect = g.group, g.parent, absent, inner.effect()
		item.Score, item.Points = points, points.Mul(g.scale)
		switch inner {
		case whole:
			t.some = true
		case empty:
			t.left, t.present = f.Both(t.left, absent), t.present.Sub(g.weight)
		default:
			t.missing, t.st = f.Both(t.missing, absent), max(t.st, inner)
		}
	}
	out.at = what{plan: p}
}

// close makes the score of what the points of a card sum up to.
func (p *plan) close(t *tally, sum Number, f *Frame, out *Result) (score Number, missing Absence, st state) {
	missing, st = t.missing, t.st
	adjustment, absent := p.adjust(f, out)
	switch {
	case st >= referred:
	case !t.some || p.terms.Modifies && !p.hasModifier(out):
		missing, st = t.left, empty
	default:
		score, missing = p.combine(sum, f, out)
		if missing != 0 {
			out.Missing = f.Both(out.Missing, missing)
			st = referred
		}
	}
	if len(p.card.Adjustments) > 0 {
		score = score.Add(adjustment)
	}
	score, absent = p.finish(score, absent, f, out)
	if absent != 0 {
		out.Missing = f.Both(out.Missing, absent)
		if st != empty {
			missing, st = f.Both(missing, absent), max(st, referred)
		}
	}
	if st != whole {
		score = Number{}
	}
	return score, missing, st
}

// points asks a method that is not a formula for the exact points of an indicator, not yet held within [0, W].
func (s *step) points(it *Item, f *Frame, out *Result) (points Number, absent Absence) {
	if s.rows != nil {
		if v := &f.Slots[s.slot]; v.Kind == KindNumber {
			it.Value.SetNum(v.Num)
			if row := s.rows.row(v.Num); row >= 0 {
				it.Row = row + 1
				return s.earned[row], 0
			}
		}
	}
	return s.ask(it, f, &out.c)
}

// ask is points by way of a Case.
func (s *step) ask(it *Item, f *Frame, c *Case) (points Number, absent Absence) {
	c.Of, c.Weight, c.Row, c.atom, c.held = nil, s.full, 0, s.atom, s.held
	if s.hasOf {
		it.Value, absent = s.ind.Of.Eval(f)
		if absent != 0 || it.Value.Kind == KindMissing {
			return points, orBroken(absent, it.Value.Absent)
		}
		c.Of = &it.Value
	}
	if f.Err() != nil {
		return points, 0
	}
	points, absent = s.ind.Method.Points(c)
	it.Row = c.Row
	return points, absent
}

// orBroken returns the first absence that is one, or an absence that blames nothing.
func orBroken(a, b Absence) Absence {
	switch {
	case a != 0:
		return a
	case b != 0:
		return b
	}
	return slot.Broken
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

// reweight scales the points to the whole of the weights, and reports whether there are any.
func (p *plan) reweight(present Number, out *Result) bool {
	factor, ok := p.shared.Quo(present)
	if !ok {
		return false
	}
	for i := range p.steps {
		s := &p.steps[i]
		if it := &out.Items[s.item]; !s.ind.Beyond && !s.modifier {
			it.Points = it.Points.Mul(factor)
		}
	}
	for i := range p.groups {
		item := &out.Groups[p.groups[i].plan.index]
		item.Points = item.Points.Mul(factor)
	}
	return true
}

// settled rounds the points of an indicator.
func (p *plan) settled(s *step, points Number) Number {
	if p.pdo != nil && p.pdo.each {
		points = p.pdo.factor.Mul(points)
	}
	if p.places >= 0 && !s.modifier {
		points = points.Round(p.places, p.round.Mode)
	}
	return points
}

// settle settles the points, and adds them up or hands them to the combiner.
func (p *plan) settle(f *Frame, out *Result) (sum Number) {
	out.parts = out.parts[:0]
	for i := range p.steps {
		s := &p.steps[i]
		it := &out.Items[s.item]
		points := p.settled(s, it.Points)
		it.Points = points
		write(f, s.out, points, it.Missing, it.Effect <= Substituted)
		if p.sum {
			sum = sum.Add(points)
		} else {
			out.parts = append(out.parts, Part{points, s.weight, it.Effect <= Substituted, s.ind.Beyond, s.modifier})
		}
	}
	for i := range p.groups {
		g := &p.groups[i]
		item := &out.Groups[g.plan.index]
		if p.places >= 0 {
			item.Points = item.Points.Round(p.places, p.round.Mode)
		}
		present := item.Effect == Earned
		g.group.write(f, item.Points, item.Missing, present)
		if p.sum {
			sum = sum.Add(item.Points)
		} else {
			out.parts = append(out.parts, Part{item.Points, g.weight, present, false, false})
		}
	}
	return sum
}

// hasModifier reports whether one of the modifiers is there.
func (p *plan) hasModifier(out *Result) bool {
	for i := range p.steps {
		if s := &p.steps[i]; s.modifier && out.Items[s.item].Effect <= Substituted {
			return true
		}
	}
	return false
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

// combine makes one score of the points, whose sum is given.
func (p *plan) combine(sum Number, f *Frame, out *Result) (score Number, missing Absence) {
	score = sum
	if !p.sum {
		out.at = what{plan: p}
		score, missing = p.combiner.Combine(f, out.parts)
		if out.caught(f.TakeErr()) {
			return
		}
	}
	if p.terms.Modifies {
		for i := range p.steps {
			if s := &p.steps[i]; s.modifier {
				out.Items[s.item].Points = out.parts[i].Points
			}
		}
	}
	switch {
	case p.pdo != nil && p.pdo.each:
		score = p.pdo.offset.Add(score)
	case p.pdo != nil:
		score = p.pdo.offset.Add(p.pdo.factor.Mul(score))
	}
	p.combined(out, score)
	return score, missing
}

// combined notes what the points were combined to.
func (p *plan) combined(out *Result, score Number) {
	if p.index < 0 {
		out.Combined = score
	} else {
		out.Groups[p.index].Combined = score
	}
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
		out.at = what{p, anAdjustment, i}
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
		out.at = what{p, aCap, i}
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
