// Package sets is for sets of values: numbers in intervals that are open or closed, texts that are named or all but some.
// Checks ask them what a value can be, and whether what is asked of it leaves something out.
package sets

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Span is an interval of numbers, or of what is counted in whole ones: days since 1970-01-01, the indices of grades, 0 and
// 1 for false and true. An end that is not there is NoLow or NoHigh. The zero Span is 0 alone.
type Span struct {
	Low, High         exact.Number
	NoLow, NoHigh     bool
	LowOpen, HighOpen bool // the end itself does not belong to it
}

// Point returns the span of x alone.
func Point(x exact.Number) Span { return Span{Low: x, High: x} }

// Everything is the span of all numbers.
func Everything() Span { return Span{NoLow: true, NoHigh: true} }

// Ordinal returns v as the number that spans hold it by.
func Ordinal(v *slot.Value) exact.Number {
	if v.Kind == slot.Number {
		return v.Num
	}
	return exact.Int(v.Int)
}

// Holds reports whether x lies in the span.
func (s *Span) Holds(x exact.Number) bool {
	if !s.NoLow {
		if c := x.Cmp(s.Low); c < 0 || c == 0 && s.LowOpen {
			return false
		}
	}
	if !s.NoHigh {
		if c := x.Cmp(s.High); c > 0 || c == 0 && s.HighOpen {
			return false
		}
	}
	return true
}

// IsPoint reports whether s is one number alone.
func (s *Span) IsPoint() bool {
	return !s.NoLow && !s.NoHigh && !s.LowOpen && !s.HighOpen && s.Low.Equal(s.High)
}

// Empty reports whether no number lies in s.
func (s *Span) Empty() bool {
	if s.NoLow || s.NoHigh {
		return false
	}
	c := s.Low.Cmp(s.High)
	return c > 0 || c == 0 && (s.LowOpen || s.HighOpen)
}

// lowerEnd compares where a and b begin.
func lowerEnd(a, b *Span) int {
	switch {
	case a.NoLow || b.NoLow:
		return truth(b.NoLow) - truth(a.NoLow)
	case !a.Low.Equal(b.Low):
		return a.Low.Cmp(b.Low)
	}
	return truth(a.LowOpen) - truth(b.LowOpen)
}

// upperEnd compares where a and b end.
func upperEnd(a, b *Span) int {
	switch {
	case a.NoHigh || b.NoHigh:
		return truth(a.NoHigh) - truth(b.NoHigh)
	case !a.High.Equal(b.High):
		return a.High.Cmp(b.High)
	}
	return truth(b.HighOpen) - truth(a.HighOpen)
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// touches reports whether nothing lies between the end of a and the beginning of b, which begins later.
func touches(a, b *Span) bool {
	if a.NoHigh || b.NoLow {
		return true
	}
	c := a.High.Cmp(b.Low)
	return c > 0 || c == 0 && !(a.HighOpen && b.LowOpen)
}

// join returns spans sorted, those that overlap or touch made one, and empty ones left out.
func join(spans []Span) []Span {
	spans = slices.DeleteFunc(slices.Clone(spans), func(s Span) bool { return s.Empty() })
	slices.SortFunc(spans, func(a, b Span) int { return lowerEnd(&a, &b) })
	var out []Span
	for _, s := range spans {
		last := len(out) - 1
		switch {
		case last < 0 || !touches(&out[last], &s):
			out = append(out, s)
		case upperEnd(&out[last], &s) < 0:
			out[last].High, out[last].NoHigh, out[last].HighOpen = s.High, s.NoHigh, s.HighOpen
		}
	}
	return out
}

// without returns all numbers that lie in none of spans, which are sorted and apart from each other.
func without(spans []Span) []Span {
	var out []Span
	rest := Everything()
	for _, s := range spans {
		before := rest
		before.High, before.NoHigh, before.HighOpen = s.Low, false, !s.LowOpen
		if !s.NoLow && !before.Empty() {
			out = append(out, before)
		}
		if s.NoHigh {
			return out
		}
		rest.Low, rest.NoLow, rest.LowOpen = s.High, false, !s.HighOpen
	}
	return append(out, rest)
}

// And returns the numbers in both s and u, which may be none.
func (s *Span) And(u *Span) Span {
	out := *s
	if lowerEnd(s, u) < 0 {
		out.Low, out.NoLow, out.LowOpen = u.Low, u.NoLow, u.LowOpen
	}
	if upperEnd(s, u) > 0 {
		out.High, out.NoHigh, out.HighOpen = u.High, u.NoHigh, u.HighOpen
	}
	return out
}

// common returns the numbers that lie in both lists of spans, which are sorted and apart from each other.
func common(a, b []Span) (out []Span) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		if both := a[i].And(&b[j]); !both.Empty() {
			out = append(out, both)
		}
		if upperEnd(&a[i], &b[j]) < 0 {
			i++
		} else {
			j++
		}
	}
	return out
}

// Pick returns a number of s that has at most places decimals, where there is one; places below 0 do not bind.
func (s *Span) Pick(places int) (x exact.Number, ok bool) {
	if places < 0 {
		return s.pickAny()
	}
	step, _ := exact.Int(10).PowInt(-places)
	switch {
	case !s.NoLow:
		if x = s.Low.Round(places, exact.Ceiling); s.LowOpen && x.Equal(s.Low) {
			x = x.Add(step)
		}
	case !s.NoHigh:
		if x = s.High.Round(places, exact.Floor); s.HighOpen && x.Equal(s.High) {
			x = x.Sub(step)
		}
	}
	return x, s.Holds(x)
}

func (s *Span) pickAny() (x exact.Number, ok bool) {
	half, _ := exact.Ratio(1, 2)
	switch {
	case !s.NoLow && !s.LowOpen:
		x = s.Low
	case !s.NoHigh && !s.HighOpen:
		x = s.High
	case !s.NoLow && !s.NoHigh:
		x = s.Low.Add(s.High).Mul(half)
	case !s.NoLow:
		x = s.Low.Add(exact.Int(1))
	case !s.NoHigh:
		x = s.High.Sub(exact.Int(1))
	}
	return x, s.Holds(x)
}
