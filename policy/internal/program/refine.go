package program

import (
	"strings"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/bounds"
	"github.com/tallystick-go/tallystick/scoring"
)

// refine works out what the points, the score, the grade and the limit can be, and what follows from that, in the order in
// which a customer is decided.
func (l *linker) refine() {
	p := l.program
	fresh := map[int]bool{} // slots of which more is known than when the expressions were compiled
	for _, u := range p.order {
		switch u.what {
		case aValue:
			v := &p.Values[u.index]
			if anyOf(v.reads, fresh) {
				l.again(v)
				fresh[v.Slot] = true
			}
		case theScore:
			l.scoreReach(fresh)
		case theGrade:
			l.gradeReach(fresh)
		case theLimit:
			l.section("credit", "limit")
			l.limitReach(fresh)
		}
	}
	for _, key := range []string{"admission", "grade", "credit"} {
		l.section(key)
	}
	for e, v := range l.yields {
		p.reach[e] = v.Range
	}
	for _, s := range p.Symbols {
		if v, ok := l.space.Slot(s.Slot); ok {
			p.ranges[s.Slot] = v.Range
		}
	}
}

func anyOf(slots []int, in map[int]bool) bool {
	for _, i := range slots {
		if in[i] {
			return true
		}
	}
	return false
}

// again works out once more what a value can be.
func (l *linker) again(v *Value) {
	for _, e := range l.Decoder.Expressions {
		if l.ofValues[e] && l.owner(source(e).Place()) == v.Decl.Name.Value {
			l.yields[e] = l.space.Of(l.programs[e])
		}
	}
	l.valueReach(v)
}

// owner returns the value that what stands at place belongs to.
func (l *linker) owner(place doc.Place) (name string) {
	for _, p := range l.file.Node().Get("values").Pairs {
		if place.Before(p.Key.Place) {
			break
		}
		name = p.Key.Text
	}
	return name
}

// section works out once more what the expressions under a key of the file can yield, of those that read results.
func (l *linker) section(path ...string) {
	for _, e := range l.Decoder.Expressions {
		prog := l.programs[e]
		if prog == nil || l.ofValues[e] || len(prog.Reads) == 0 || prog.Reads[len(prog.Reads)-1] <= l.program.asOf || !within(l.file.Node(), source(e).Place(), path) {
			continue
		}
		v := l.reachOf(e, prog)
		switch e := e.(type) {
		case *slot.Operand:
			e.Reach = slotReach(&v)
		case *slot.Condition:
			e.Reach = slotReach(&v)
		case *slot.Any:
			e.Reach = slotReach(&v)
		}
	}
}

// scoreReach notes what points and the score can be.
func (l *linker) scoreReach(fresh map[int]bool) {
	p, c := l.program, l.file.Scoring
	declare := func(i int, v scoring.Interval, places int, attained bool, why string) {
		r := bounds.Range{Set: sets.Within(slot.Number, spanOf(v)), Places: places, Ends: attained, Why: why}
		r.Set.Missing = sets.Accepted
		l.space.DeclareWith(i, slot.NumberType, r, nil)
		fresh[i] = true
	}
	for name, s := range p.Symbols {
		id, ok := strings.CutPrefix(name, pointsName+".")
		if !ok {
			continue
		}
		if v, places, ok := c.PointsRead(id); ok {
			declare(s.Slot, v, places, false, "what an indicator can earn at the outside is known only")
		}
	}
	if v, ok := c.Range(); ok {
		attained, why := c.Attained()
		declare(p.score, v, p.Rounding.Score, attained, why)
	}
}

// gradeReach notes what the grade and its attributes can be.
func (l *linker) gradeReach(fresh map[int]bool) {
	p, g := l.program, l.file.Grade
	can := l.reachable(g)
	var values []slot.Value
	for i, in := range can {
		if in {
			values = append(values, slot.Rank(i, l.grades[i]))
		}
	}
	r := bounds.Range{Set: sets.OneOf(slot.Grade, values...), Why: "each indicator is looked at by itself"}
	r.Set.Missing = sets.Accepted
	l.space.DeclareWith(p.grade, slot.GradeType, r, nil)
	fresh[p.grade] = true
	attributes := g.Attributes()
	for i, a := range p.attributes {
		kind := attributes[i].Kind
		all := bounds.Range{Set: sets.Set{Kind: kind, Missing: sets.Refused}}
		for j, v := range a.values {
			if can[j] && v.Kind != slot.Missing {
				all = all.Or(bounds.Just(v))
			}
		}
		all.Full, all.Ends, all.Why = false, false, r.Why
		all.Set.Missing = sets.Accepted
		l.space.DeclareWith(a.slot, &slot.Type{Kind: kind}, all, nil)
		fresh[a.slot] = true
	}
}

// reachable returns which grades there can be at the end.
func (l *linker) reachable(g *grade.Ladder) []bool {
	from := make([]bool, len(l.grades))
	for i := range l.onScale() {
		from[i] = true
	}
	if g.Of.IsSet() {
		v := l.yields[&g.Of]
		for i, name := range l.grades {
			x, text := slot.Rank(i, name), slot.Text(name)
			from[i] = v.Kind == slot.Grade && v.Set.Accepts(&x) || v.Kind == slot.String && v.Set.Accepts(&text)
		}
	} else if scores, ok := l.scores(); ok {
		for _, i := range g.Reach(scores.least(), scores.most()).Never {
			from[i] = false
		}
	}
	previous := make([]bool, len(l.grades))
	if t := g.Transitions; t != nil {
		v := l.yields[&t.From]
		for i, name := range l.grades {
			x := slot.Rank(i, name)
			previous[i] = v.Kind != slot.Grade || v.Set.Accepts(&x)
		}
	}
	return g.Reachable(from, func(i int) bool {
		v := l.yields[&g.Rules[i].When]
		return !l.space.Never(v.True) || g.Rules[i].Missing == "apply"
	}, previous)
}

// scoreSpan is where the score lies.
type scoreSpan struct{ scoring.Interval }

func (s scoreSpan) least() *exact.Number {
	if s.NoMin {
		return nil
	}
	return &s.Min
}

func (s scoreSpan) most() *exact.Number {
	if s.NoMax {
		return nil
	}
	return &s.Max
}

// scores returns where the score lies; ok is false where there is none.
func (l *linker) scores() (s scoreSpan, ok bool) {
	if l.file.Scoring == nil {
		return s, false
	}
	s.Interval, ok = l.file.Scoring.Range()
	return s, ok
}

// limitReach notes what the limit can be, rounded and not below 0.
func (l *linker) limitReach(fresh map[int]bool) {
	p, t := l.program, l.file.Credit
	v := l.stepsReach(t.Steps)
	zero := l.space.Known(slot.Num(exact.Number{}))
	held := l.space.Extreme(v, zero, true)
	s, ok := held.Hull()
	if !ok {
		s = sets.Span{NoHigh: true}
	}
	if t.Group != nil || len(t.Steps) == 0 {
		s = sets.Span{High: s.High, NoHigh: s.NoHigh, HighOpen: s.HighOpen}
	}
	if money := p.Rounding.Money; money >= 0 { // an open end may be reached by rounding
		s.Low, s.High = s.Low.Round(money, p.Rounding.Mode), s.High.Round(money, p.Rounding.Mode)
		s.LowOpen, s.HighOpen = false, false
	}
	r := bounds.Range{Set: sets.Within(slot.Number, s), Places: p.Rounding.Money, Ends: held.Attained() && t.Group == nil, Why: held.Why}
	r.Set.Missing = sets.Accepted
	l.space.DeclareWith(p.limit, slot.NumberType, r, nil)
	fresh[p.limit] = true
	if t.Overrides != nil {
		l.section("credit", "override")
		r = l.byHandReach(r)
		l.space.DeclareWith(p.limit, slot.NumberType, r, nil)
	}
}

// byHandReach returns what the limit can be where it may be given by hand: what the steps make, or from 0 to the most that
// the policy allows.
func (l *linker) byHandReach(calculated bounds.Range) bounds.Range {
	given := sets.Span{NoHigh: true}
	if e := &l.file.Credit.Overrides.AtMost; e.IsSet() {
		most := l.ceiling(l.yields[e])
		if s, ok := most.Hull(); ok {
			given.High, given.NoHigh, given.HighOpen = s.High, s.NoHigh, s.HighOpen
		}
	}
	out := calculated
	if given.NoHigh || given.High.Sign() >= 0 {
		out.Set = calculated.Set.Or(sets.Within(slot.Number, given))
	}
	out.Set.Missing, out.Full, out.Ends, out.Why = sets.Accepted, false, false, "it may be given by hand"
	return out
}

// ceiling returns v rounded down to the scale of money, as a ceiling is.
func (l *linker) ceiling(v bounds.Value) bounds.Value {
	money := l.program.Rounding.Money
	if v.Places >= 0 && v.Places <= money {
		return v
	}
	return l.space.Map(v, func(x exact.Number) exact.Number { return x.Round(money, exact.Floor) })
}

// stepsReach returns what steps make of a limit, before it is rounded and held at 0.
func (l *linker) stepsReach(steps []credit.Step) bounds.Value {
	at := l.space.Known(slot.Num(exact.Number{}))
	for i := range steps {
		s := &steps[i]
		after := at
		operand := func(e *slot.Operand) bounds.Value { return l.yields[e] }
		switch {
		case s.Set.IsSet():
			after = operand(&s.Set)
		case s.Add.IsSet():
			after = l.space.Sum(at, operand(&s.Add))
		case s.Multiply.IsSet():
			after = l.space.Product(at, operand(&s.Multiply))
		case s.AtLeast.IsSet():
			after = l.space.Extreme(at, operand(&s.AtLeast), true)
		case s.AtMost.IsSet():
			after = l.space.Extreme(at, l.ceiling(operand(&s.AtMost)), false)
		case s.Round != nil:
			mode := l.program.Rounding.Mode
			if m, ok := exact.ParseMode(s.Round.Mode); ok && s.Round.Mode != "" {
				mode = m
			}
			after = l.space.Map(at, func(x exact.Number) exact.Number { return x.RoundTo(s.Round.To, mode) })
		case s.Unlimited:
			after = l.space.Unknown(slot.NumberType, "it may be unlimited")
		}
		if s.When.IsSet() {
			when := l.yields[&s.When]
			after = l.space.Choose(when, after, at)
		}
		at = after
	}
	return at
}
