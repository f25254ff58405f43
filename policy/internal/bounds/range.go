package bounds

import (
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Range says what a value can be.
type Range struct {
	// Set holds every value that there can be; its Missing is Refused where the value is never missing, else Accepted.
	Set sets.Set
	// Places is how many decimals a number has at most, negative where there is no limit.
	Places int
	// Full says that every value of Set, at Places, can be. Ends says that at least both ends of it can: reached where
	// they are closed, else approached. Where neither is known, Why says why; Set is then an outer bound.
	Full, Ends bool
	Why        string
}

// Attained reports whether both ends of the range can be.
func (r *Range) Attained() bool { return r.Full || r.Ends }

// Hull returns the smallest span that holds all of the range; ok is false where there is no value at all, or texts.
func (r *Range) Hull() (s sets.Span, ok bool) {
	n := len(r.Set.Spans)
	if n == 0 {
		return s, false
	}
	return hull(r.Set.Spans), true
}

// CanMiss reports whether the value may be missing.
func (r *Range) CanMiss() bool { return r.Set.Missing != sets.Refused }

// Anything returns the range of a value of type t of which nothing is known.
func Anything(t *slot.Type, why string) Range {
	r := Range{Places: -1, Why: why}
	if t == nil {
		return r
	}
	r.Set = sets.All(t.Kind)
	if t.Kind == slot.Bool {
		r.Set = sets.OneOf(slot.Bool, slot.Truth(false), slot.Truth(true))
	}
	if t.Kind != slot.Number {
		r.Places = 0
	}
	r.Set.Missing = sets.Accepted
	return r
}

// Just returns the range of a value that is known.
func Just(v slot.Value) Range {
	r := Range{Set: sets.Just(v), Full: true, Ends: true}
	r.Set.Missing = sets.Refused
	if v.Kind == slot.Number {
		r.Places = placesOf(v.Num)
	}
	return r
}

// placesOf returns the decimals of x, -1 where they do not end.
func placesOf(x exact.Number) int {
	if p, ok := x.Places(); ok {
		return p
	}
	return -1
}

// isPoint returns the only number that r can be.
func (r *Range) isPoint() (x exact.Number, ok bool) {
	if len(r.Set.Spans) == 1 && r.Set.Spans[0].IsPoint() {
		return r.Set.Spans[0].Low, true
	}
	return x, false
}

// Empty reports whether r is no value at all; it may still be missing.
func (r *Range) Empty() bool { return !alive(&r.Set, r.Places) }

// alive reports whether a value with at most so many decimals is in s.
func alive(s *sets.Set, places int) bool {
	if s.Kind == slot.String {
		return !s.Empty()
	}
	if s.Kind != slot.Number {
		places = 0
	}
	for i := range s.Spans {
		if _, ok := s.Spans[i].Pick(places); ok {
			return true
		}
	}
	return false
}

// missing is the verdict on missing values of what is computed from a and b.
func missing(a, b *Range) sets.Verdict {
	if a.CanMiss() || b.CanMiss() {
		return sets.Accepted
	}
	return sets.Refused
}

// either returns the range of what is in a or in b.
func either(a, b Range) Range {
	switch {
	case a.Empty() && !a.CanMiss():
		return b
	case b.Empty() && !b.CanMiss():
		return a
	case a.Empty():
		b.Set.Missing = sets.Accepted
		return b
	case b.Empty():
		a.Set.Missing = sets.Accepted
		return a
	}
	out := Range{Set: a.Set.Or(b.Set), Places: a.Places, Ends: a.Attained() && b.Attained()}
	out.Set.Missing = missing(&a, &b)
	switch {
	case a.Places == b.Places:
		out.Full = a.Full && b.Full
	case a.Places < 0 || b.Places < 0:
		out.Places = -1
		out.Full = a.Full && b.Full && (a.Places < 0 || onlyPoints(&a)) && (b.Places < 0 || onlyPoints(&b))
	default:
		out.Places = max(a.Places, b.Places)
		out.Full = a.Full && b.Full && (a.Places == out.Places || onlyPoints(&a)) && (b.Places == out.Places || onlyPoints(&b))
	}
	if out.Why = a.Why; out.Why == "" {
		out.Why = b.Why
	}
	if out.Full {
		out.Why = ""
	}
	return out
}

// Or returns the range of what is in r or in s, each of which can be.
func (r Range) Or(s Range) Range { return either(r, s) }

// OrElse returns the range of what is r, and s where that is missing.
func (r Range) OrElse(s Range) Range {
	gone := s.Set.Missing
	r.Set.Missing, s.Set.Missing = sets.Refused, sets.Refused
	out := either(r, s)
	out.Set.Missing = gone
	out.Full, out.Ends, out.Why = false, false, "it is not known for whom it is missing"
	return out
}

// onlyPoints reports whether r is single numbers, which are what they are at any number of decimals.
func onlyPoints(r *Range) bool {
	for i := range r.Set.Spans {
		if !r.Set.Spans[i].IsPoint() {
			return false
		}
	}
	return true
}

// meet returns what is in both a and b, which are bounds of the same value. One whose ends are reached cannot be wider than
// the other.
func meet(a, b Range) Range {
	switch {
	case a.Full:
		return a
	case b.Full:
		b.Set.Missing = a.Set.Missing
		return b
	}
	out := a
	out.Set = a.Set.And(b.Set)
	out.Set.Missing = a.Set.Missing
	if b.Places >= 0 && (a.Places < 0 || b.Places < a.Places) {
		out.Places = b.Places
	}
	if !a.Ends && b.Ends {
		out.Ends, out.Why = true, ""
	}
	return out
}

// within narrows r to the values of s that its owner is known to have here.
func (r Range) within(s *sets.Set) Range {
	out := r
	out.Set = r.Set.And(*s)
	if out.Set.Missing = sets.Refused; r.CanMiss() && s.Missing != sets.Refused {
		out.Set.Missing = sets.Accepted
	}
	if !r.Full {
		out.Ends = false
		if out.Why == "" {
			out.Why = "only some of its values are looked at"
		}
	}
	out.settle()
	return out
}

// settle moves the ends of the spans to numbers that there can be.
func (r *Range) settle() {
	places := r.Places
	if r.Set.Kind == slot.String || places < 0 {
		return
	}
	var out []sets.Span
	for _, s := range r.Set.Spans {
		if s, ok := settled(s, places); ok {
			out = append(out, s)
		}
	}
	r.Set.Spans = out
}

// settled moves the ends of s inward to numbers with at most so many decimals; ok is false where there is none between.
func settled(s sets.Span, places int) (sets.Span, bool) {
	if !s.NoLow {
		x := s.Low.Round(places, exact.Ceiling)
		if s.LowOpen && x.Equal(s.Low) {
			x = x.Add(unit(places))
		}
		s.Low, s.LowOpen = x, false
	}
	if !s.NoHigh {
		x := s.High.Round(places, exact.Floor)
		if s.HighOpen && x.Equal(s.High) {
			x = x.Sub(unit(places))
		}
		s.High, s.HighOpen = x, false
	}
	return s, !s.Empty()
}

// unit returns 10 to the power -places.
func unit(places int) exact.Number {
	u, _ := exact.Int(10).PowInt(-places) // 10 is not 0
	return u
}
