package bounds

import (
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
)

// end is one end of a span; side is -1 for a lower end and 1 for an upper one.
type end struct {
	at         exact.Number
	none, open bool
	side       int
}

func low(s *sets.Span) end  { return end{s.Low, s.NoLow, s.LowOpen || s.NoLow, -1} }
func high(s *sets.Span) end { return end{s.High, s.NoHigh, s.HighOpen || s.NoHigh, 1} }

// sign returns the sign of the end, which may lie at infinity.
func (e end) sign() int {
	if e.none {
		return e.side
	}
	return e.at.Sign()
}

// span returns the numbers between two ends.
func span(lo, hi end) sets.Span {
	return sets.Span{Low: lo.at, NoLow: lo.none, LowOpen: lo.open && !lo.none, High: hi.at, NoHigh: hi.none, HighOpen: hi.open && !hi.none}
}

// maxBits bounds the ends of spans: one that grows beyond it is taken to be none at all.
const maxBits = 2048

// tidy drops an end that is too long a number to go on with.
func (e end) tidy() end {
	if !e.none && e.at.BitLen() > maxBits {
		return end{none: true, open: true, side: e.side}
	}
	return e
}

// maxSpans is how many spans a value keeps; more are taken together.
const maxSpans = 16

// hull returns the smallest span that holds all of spans, of which there is at least one and which ascend.
func hull(spans []sets.Span) sets.Span {
	return span(low(&spans[0]), high(&spans[len(spans)-1]))
}

// each returns what f makes of every pair of a span of a and one of b.
func each(a, b []sets.Span, f func(a, b *sets.Span) []sets.Span) (out []sets.Span) {
	if len(a)*len(b) > maxSpans && len(a) > 0 && len(b) > 0 {
		a, b = []sets.Span{hull(a)}, []sets.Span{hull(b)}
	}
	for i := range a {
		for j := range b {
			out = append(out, f(&a[i], &b[j])...)
		}
	}
	return out
}

// sum returns the numbers that are one of a and one of b added up.
func sum(a, b *sets.Span) []sets.Span {
	add := func(x, y end) end {
		return end{x.at.Add(y.at), x.none || y.none, x.open || y.open, x.side}.tidy()
	}
	return []sets.Span{span(add(low(a), low(b)), add(high(a), high(b)))}
}

// negated returns the numbers of a with the other sign.
func negated(a *sets.Span) sets.Span {
	lo, hi := low(a), high(a)
	lo.at, lo.side, hi.at, hi.side = lo.at.Neg(), 1, hi.at.Neg(), -1
	return span(hi, lo)
}

// product returns the numbers that are one of a times one of b. They lie between the products of the ends.
func product(a, b *sets.Span) []sets.Span {
	var least, most end
	for i, x := range [2]end{low(a), high(a)} {
		for j, y := range [2]end{low(b), high(b)} {
			p := times(x, y)
			if i+j == 0 {
				least, most = p, p
			}
			least, most = p.lower(least), p.upper(most)
		}
	}
	least.side, most.side = -1, 1
	return []sets.Span{span(least.tidy(), most.tidy())}
}

// times returns the product of two ends. What is exactly 0 makes 0 of everything.
func times(x, y end) end {
	sx, sy := x.sign(), y.sign()
	switch {
	case sx == 0 || sy == 0:
		closed := sx == 0 && !x.open || sy == 0 && !y.open
		return end{open: !closed}
	case x.none || y.none:
		return end{none: true, open: true, side: sx * sy}
	}
	return end{at: x.at.Mul(y.at), open: x.open || y.open}
}

// lower returns the lower of two ends, the closed one of two at the same place; infinity has a side.
func (e end) lower(f end) end {
	if c := e.compare(f); c < 0 || c == 0 && !e.open {
		return e
	}
	return f
}

// upper is lower for the greater one.
func (e end) upper(f end) end {
	if c := e.compare(f); c > 0 || c == 0 && !e.open {
		return e
	}
	return f
}

func (e end) compare(f end) int {
	switch {
	case e.none && f.none:
		return e.side - f.side
	case e.none:
		return e.side
	case f.none:
		return -f.side
	}
	return e.at.Cmp(f.at)
}

// inverses returns the numbers that are 1 divided by one of a, without 0.
func inverses(a *sets.Span) (out []sets.Span) {
	zero := sets.Span{}
	below, above := zero, zero
	below.NoLow, below.HighOpen = true, true
	above.NoHigh, above.LowOpen = true, true
	for _, side := range []sets.Span{below, above} {
		if part := a.And(&side); !part.Empty() {
			out = append(out, span(inverse(high(&part), -1), inverse(low(&part), 1)))
		}
	}
	return out
}

// inverse returns 1 divided by an end, on one side of 0, as an end on the given side.
func inverse(e end, side int) end {
	switch {
	case e.none:
		return end{open: true, side: side}
	case e.at.Sign() == 0:
		return end{none: true, open: true, side: side}
	}
	q, _ := exact.Int(1).Quo(e.at)
	return end{q, false, e.open, side}
}

// mapEnds applies a function that never falls to the ends of a. Where an end is open the function may still take the same
// value inside: it is closed then.
func mapEnds(a *sets.Span, f func(exact.Number) (exact.Number, bool)) sets.Span {
	at := func(e end) end {
		if e.none {
			return e
		}
		x, ok := f(e.at)
		return end{x, !ok, !ok, e.side}.tidy()
	}
	return span(at(low(a)), at(high(a)))
}

// stepped applies a function that rounds to so many places to the ends of a: it never falls, and jumps only at multiples of
// a tenth of its unit.
func stepped(a *sets.Span, places int, f func(exact.Number) exact.Number) sets.Span {
	fine := places + 1
	at := func(e end, m exact.Mode) end {
		x := e.at
		if e.open && !e.none { // a number just inside, before the function jumps again
			next := x.Round(fine, m)
			if next.Equal(x) {
				next = x.Sub(unit(fine).Mul(exact.Int(int64(e.side))))
			}
			half, _ := exact.Ratio(1, 2)
			x = x.Add(next).Mul(half)
		}
		return end{f(x), e.none, e.none, e.side}
	}
	return span(at(low(a), exact.Ceiling), at(high(a), exact.Floor))
}
