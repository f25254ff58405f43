package prove

import (
	"strings"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/scoring"
)

// graded returns Proved where bounds show that every score has a grade.
func (r *prover) graded(l *grade.Ladder) Verdict {
	if l.Gaps != "" { // there may be gaps within the scale
		return Unproved
	}
	reach, ok := r.scoreReach(l)
	if !ok || reach.Low || reach.High {
		return Unproved
	}
	return Proved
}

// scoreReach holds the scale against the bounds of the score.
func (r *prover) scoreReach(l *grade.Ladder) (grade.Reach, bool) {
	if r.File.Scoring == nil {
		return grade.Reach{}, false
	}
	scores, ok := r.File.Scoring.Range()
	if !ok {
		return grade.Reach{}, false
	}
	var least, most *exact.Number
	if !scores.NoMin {
		least = &scores.Min
	}
	if !scores.NoMax {
		most = &scores.Max
	}
	return l.Reach(least, most), true
}

// approved returns Proved where the rows leave no limit without an approver: the loader has seen to that, unless the policy
// lets there be gaps.
func (r *prover) approved(t *credit.Terms) Verdict {
	if t.Gaps == "" {
		return Proved
	}
	return Unproved
}

// possible returns which grades bounds do not exclude.
func (r *prover) possible(l *grade.Ladder) []bool {
	on := l.OnScale()
	out := make([]bool, len(l.Scale))
	ladder := func() {
		for g := range on {
			out[g] = true
		}
	}
	switch {
	case l.Of.IsSet():
		for g := range out {
			out[g] = true
		}
		return out
	case l.Transitions != nil: // the previous grade may be any
		ladder()
	default:
		ladder()
		if reach, ok := r.scoreReach(l); ok {
			for _, g := range reach.Never {
				out[g] = false
			}
		}
	}
	for i := range l.Rules {
		rule := &l.Rules[i]
		if applies(rule) == Refuted {
			continue
		}
		moved(out, on, func(g int) int { return bound(l, rule, g) })
		if g := l.Index(rule.Grade); g >= 0 {
			out[g] = true
		}
	}
	for i := range l.Rules { // at_least and at_most hold once more
		if rule := &l.Rules[i]; rule.Notches == nil && applies(rule) != Refuted {
			moved(out, on, func(g int) int { return bound(l, rule, g) })
		}
	}
	return out
}

// moved adds to the grades on the ladder those that they are moved to.
func moved(grades []bool, on int, to func(int) int) {
	for g, can := range append([]bool(nil), grades[:on]...) {
		if can {
			grades[to(g)] = true
		}
	}
}

// bound returns what a rule that does not set the grade makes of grade g, on the ladder.
func bound(l *grade.Ladder, rule *grade.Rule, g int) int {
	switch {
	case rule.AtMost != "":
		return max(g, l.Index(rule.AtMost))
	case rule.AtLeast != "":
		return min(g, l.Index(rule.AtLeast))
	case rule.Notches != nil:
		return max(0, min(l.OnScale()-1, g-*rule.Notches))
	}
	return g
}

// limitBound returns an interval that holds every limit that the steps give, before it is held at 0; endless where a limit
// may be unlimited. g is the grade of the customers in question, below 0 for any.
func (r *prover) limitBound(t *credit.Terms, g int) (amounts scoring.Interval, endless bool) {
	money := r.Rounding.Money
	for i := range t.Steps {
		s := &t.Steps[i]
		after, without := amounts, endless
		switch {
		case s.Unlimited:
			without = true
		case s.Set.IsSet():
			after, without = r.operand(&s.Set, g), false
		case s.Add.IsSet():
			after = amounts.Add(r.operand(&s.Add, g))
		case s.Multiply.IsSet():
			by := r.operand(&s.Multiply, g)
			after = times(amounts, by)
			if endless { // by 0 or less it ends at 0
				after = after.Join(scoring.Interval{})
			}
		case s.AtLeast.IsSet():
			after = greater(amounts, r.operand(&s.AtLeast, g))
		case s.AtMost.IsSet():
			most := r.operand(&s.AtMost, g)
			most.Min, most.Max = most.Min.Round(money, exact.Floor), most.Max.Round(money, exact.Floor)
			after, without = lesser(amounts, most), false
			if endless {
				after = after.Join(most)
			}
		case s.Round != nil:
			after.Min, after.Max = amounts.Min.RoundTo(s.Round.To, exact.Floor), amounts.Max.RoundTo(s.Round.To, exact.Ceiling)
		}
		if s.When.IsSet() {
			after, without = after.Join(amounts), without || endless
		}
		amounts, endless = after, without
	}
	mode := r.Rounding.Mode
	amounts.Min, amounts.Max = amounts.Min.Round(money, mode), amounts.Max.Round(money, mode)
	return amounts, endless
}

// operand returns an interval that holds every value of o, of customers of grade g or, below 0, of all.
func (r *prover) operand(o *credit.Operand, g int) scoring.Interval {
	if v, constant := o.IsConst(); constant {
		return scoring.Just(v)
	}
	if prog, ok := o.Shape.(*formula.Program); ok {
		if read, ok := prog.Root.(*formula.Read); ok {
			if name, ok := strings.CutPrefix(read.Name, "grade."); ok {
				return r.attribute(name, g)
			}
		}
	}
	if v := o.Reach; v != nil {
		return scoring.Interval{Min: v.Min, NoMin: v.NoMin, Max: v.Max, NoMax: v.NoMax}
	}
	return scoring.Everything()
}

// attribute returns an interval that holds an attribute of grade g, or of all grades that have it.
func (r *prover) attribute(name string, g int) scoring.Interval {
	out, first := scoring.Everything(), true
	for i := range r.Program.Grades {
		v, ok := r.File.Grade.Attribute(i, name)
		switch {
		case !ok || v.Kind != slot.Number || g >= 0 && i != g:
		case first:
			out, first = scoring.Just(v.Num), false
		default:
			out = out.Join(scoring.Just(v.Num))
		}
	}
	return out
}

// greater returns an interval for the greater one of a number in v and one in w.
func greater(v, w scoring.Interval) scoring.Interval {
	out := scoring.Interval{NoMin: v.NoMin && w.NoMin, NoMax: v.NoMax || w.NoMax, Max: exact.Max(v.Max, w.Max)}
	switch {
	case v.NoMin:
		out.Min = w.Min
	case w.NoMin:
		out.Min = v.Min
	default:
		out.Min = exact.Max(v.Min, w.Min)
	}
	return out
}

// lesser is greater for the lesser one.
func lesser(v, w scoring.Interval) scoring.Interval {
	return negative(greater(negative(v), negative(w)))
}

// negative returns the interval of the numbers in v with the other sign.
func negative(v scoring.Interval) scoring.Interval {
	return scoring.Interval{Min: v.Max.Neg(), Max: v.Min.Neg(), NoMin: v.NoMax, NoMax: v.NoMin}
}

// times returns an interval for the products of a number in v and one in w.
func times(v, w scoring.Interval) scoring.Interval {
	switch {
	case isZero(v) || isZero(w):
		return scoring.Interval{}
	case !v.NoMin && !v.NoMax && !w.NoMin && !w.NoMax:
		out := scoring.Just(v.Min.Mul(w.Min))
		for _, x := range []exact.Number{v.Min.Mul(w.Max), v.Max.Mul(w.Min), v.Max.Mul(w.Max)} {
			out = out.Join(scoring.Just(x))
		}
		return out
	case !v.NoMin && !w.NoMin && v.Min.Sign() >= 0 && w.Min.Sign() >= 0:
		return scoring.Interval{Min: v.Min.Mul(w.Min), NoMax: true}
	}
	return scoring.Everything()
}

func isZero(v scoring.Interval) bool {
	return !v.NoMin && !v.NoMax && v.Min.Sign() == 0 && v.Max.Sign() == 0
}
