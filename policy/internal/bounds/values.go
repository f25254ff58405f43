package bounds

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// What is worked out of values without an expression.

// Known returns a value that is known.
func (s *Space) Known(v slot.Value) Value { return *constant(v) }

// Unknown returns a value of type t of which nothing is known.
func (s *Space) Unknown(t *slot.Type, why string) Value {
	r := Anything(t, why)
	return *s.lone(r, t.Kind, []int{everySlot})
}

// lone returns a term that nothing else speaks of.
func (s *Space) lone(r Range, k slot.Kind, reads []int) *Value {
	id := len(s.terms)
	s.terms = append(s.terms, term{domain: r, reads: reads})
	return s.ofTerm(id, k)
}

// Sum returns x + y.
func (s *Space) Sum(x, y Value) Value {
	e := evaluator{Space: s}
	return *e.plus(nil, &x, &y, exact.Int(1))
}

// Product returns x * y.
func (s *Space) Product(x, y Value) Value {
	e := evaluator{Space: s}
	for _, pair := range [][2]*Value{{&x, &y}, {&y, &x}} {
		if k := pair[0].fixed; k != nil {
			return *e.operate(e.scaled(pair[1], k.Num))
		}
	}
	return *e.operate(numeric{kind: slot.Number, of: []*Value{&x, &y}, key: "product " + x.form.key() + " " + y.form.key(),
		f: func(r []*Range, apart bool) Range { return multiply(r[0], r[1], apart) }})
}

// Extreme returns the greater of x and y, or the lesser one.
func (s *Space) Extreme(x, y Value, greater bool) Value {
	e := evaluator{Space: s}
	name := "lesser "
	if greater {
		name = "greater "
	}
	return *e.operate(numeric{kind: slot.Number, of: []*Value{&x, &y}, key: name + x.form.key() + " " + y.form.key(),
		f: func(r []*Range, apart bool) Range { return extreme(r[0], r[1], apart, greater) }})
}

// Map returns what f, which never falls, makes of x.
func (s *Space) Map(x Value, f func(exact.Number) exact.Number) Value {
	r := monotone(&x.Range, func(n exact.Number) (exact.Number, bool) { return f(n), true })
	return *s.lone(r, slot.Number, x.reads)
}

// Choose returns x where the condition holds, and y where it fails.
func (s *Space) Choose(condition, x, y Value) Value {
	switch {
	case s.Never(condition.True):
		return y
	case s.Never(condition.False):
		return x
	}
	r := either(x.Range, y.Range)
	reads := union(condition.reads, union(x.reads, y.reads))
	apart := s.certain(condition.True) && s.certain(condition.False) && disjoint(condition.reads, x.reads) && disjoint(condition.reads, y.reads)
	if !apart {
		r.Full, r.Ends = false, false
		if r.Why == "" {
			r.Why = dependent
		}
	}
	if condition.CanMiss() {
		r.Set.Missing = sets.Accepted
	}
	return *s.lone(r, slot.Number, reads)
}

// Within returns where slot i lies in set, or is missing where set accepts that.
func (s *Space) Within(i int, set sets.Set) Region {
	v := s.slots[i]
	if v == nil {
		return unknownRegion()
	}
	return s.InSet(*v, set)
}

// InSet returns where v lies in set, or is missing where set accepts that.
func (s *Space) InSet(v Value, set sets.Set) Region {
	id := v.term
	switch {
	case v.Kind == slot.Bool:
		return s.truthIn(&v, set)
	case v.cases != nil || len(v.form.also) > 0:
		return unknownRegion()
	case len(v.form.parts) == 1:
		k := v.form.parts[0].k
		inverse, _ := exact.Int(1).Quo(k)
		id = v.form.parts[0].term
		if !k.Equal(exact.Int(1)) || v.form.c.Sign() != 0 {
			gone := set.Missing
			set = sets.Within(set.Kind, slices.Clone(set.Spans)...)
			for i := range set.Spans {
				a := &set.Spans[i]
				a.Low, a.High = a.Low.Sub(v.form.c).Mul(inverse), a.High.Sub(v.form.c).Mul(inverse)
				if k.Sign() < 0 {
					*a = sets.Span{Low: a.High, High: a.Low, NoLow: a.NoHigh, NoHigh: a.NoLow, LowOpen: a.HighOpen, HighOpen: a.LowOpen}
				}
			}
			set = sets.Within(set.Kind, set.Spans...)
			set.Missing = gone
		}
	case id < 0:
		return unknownRegion()
	}
	return s.where(id, set)
}

// truthIn is InSet for truth values.
func (s *Space) truthIn(v *Value, set sets.Set) (r Region) {
	yes, no := slot.Truth(true), slot.Truth(false)
	if set.Accepts(&yes) {
		r = s.Or(r, v.True)
	}
	if set.Accepts(&no) {
		r = s.Or(r, v.False)
	}
	if set.Missing == sets.Accepted {
		r = s.Or(r, s.Without(Everywhere(), s.Or(v.True, v.False)))
	}
	return r
}
