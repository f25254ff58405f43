package bounds

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// linear is a number as k1*term1 + k2*term2 + ... + c. Every number is: where nothing else is known, as a term of its own.
type linear struct {
	parts []part // by term, none with k = 0
	c     exact.Number
	also  []int // the terms that cancel each other out: where one is missing, the number is
}

type part struct {
	term int
	k    exact.Number
}

// maxParts bounds a linear form; a longer one becomes a term.
const maxParts = 12

// handy reports whether the form is short enough to go on with.
func (a *linear) handy() bool {
	if len(a.parts) > maxParts || len(a.also) > maxParts || a.c.BitLen() > maxBits {
		return false
	}
	for _, p := range a.parts {
		if p.k.BitLen() > maxBits {
			return false
		}
	}
	return true
}

// plus returns a + k*b.
func (a *linear) plus(b *linear, k exact.Number) linear {
	out := linear{c: a.c.Add(b.c.Mul(k))}
	out.parts = make([]part, 0, len(a.parts)+len(b.parts))
	i, j := 0, 0
	for i < len(a.parts) || j < len(b.parts) {
		switch {
		case j == len(b.parts) || i < len(a.parts) && a.parts[i].term < b.parts[j].term:
			out.parts = append(out.parts, a.parts[i])
			i++
		case i == len(a.parts) || b.parts[j].term < a.parts[i].term:
			out.parts = append(out.parts, part{b.parts[j].term, b.parts[j].k.Mul(k)})
			j++
		default:
			out.parts = append(out.parts, part{a.parts[i].term, a.parts[i].k.Add(b.parts[j].k.Mul(k))})
			i++
			j++
		}
	}
	out.also = union(a.also, b.also)
	out.parts = slices.DeleteFunc(out.parts, func(p part) bool {
		if p.k.Sign() == 0 {
			out.also = union(out.also, []int{p.term})
		}
		return p.k.Sign() == 0
	})
	return out
}

// scaled returns k*a.
func (a *linear) scaled(k exact.Number) linear { return (&linear{}).plus(a, k) }

// normal returns the linear form without its constant and with 1 as its first factor, and the factor: a = k*form + c.
func (a *linear) normal() (form linear, k exact.Number) {
	k = a.parts[0].k
	inverse, _ := exact.Int(1).Quo(k)
	form = a.scaled(inverse)
	form.c, form.also = exact.Number{}, nil
	return form, k
}

// key returns a text that is the same for equal forms.
func (a *linear) key() string {
	var b strings.Builder
	for _, p := range a.parts {
		b.WriteString(strconv.Itoa(p.term))
		b.WriteByte('*')
		b.WriteString(p.k.String())
		b.WriteByte('+')
	}
	b.WriteString(a.c.String())
	for _, t := range a.also {
		b.WriteByte(',')
		b.WriteString(strconv.Itoa(t))
	}
	return b.String()
}

// rangeOf returns where a linear form lies, by the ranges of its terms.
func (e *evaluator) rangeOf(a *linear, of func(term int) Range) Range {
	out := Just(slot.Num(a.c))
	var reads []int
	for _, p := range a.parts {
		x := scale(of(p.term), p.k)
		apart := disjoint(reads, e.terms[p.term].reads)
		out = add(&out, &x, apart)
		reads = union(reads, e.terms[p.term].reads)
	}
	for _, t := range a.also {
		x := of(t)
		if !x.CanMiss() {
			continue
		}
		out.Set.Missing = sets.Accepted
		if !x.Attained() || !disjoint(reads, e.terms[t].reads) { // whether there is a number at all, or which, is not known
			out.Full, out.Ends, out.Why = false, false, dependent
		}
		reads = union(reads, e.terms[t].reads)
	}
	return out
}

// scale returns the range of k*x.
func scale(x Range, k exact.Number) Range {
	if k.Equal(exact.Int(1)) {
		return x
	}
	factor := Just(slot.Num(k))
	return multiply(&x, &factor, true)
}

// disjoint reports whether two ascending lists have nothing in common.
func disjoint(a, b []int) bool {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j] || a[i] == everySlot || b[j] == everySlot:
			return false
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return true
}

// everySlot, as the first of the slots that a value depends on, says that it may depend on any.
const everySlot = -1

// union returns what is in one of two ascending lists.
func union(a, b []int) []int {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	}
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}

// ratio is a number as one linear form over another.
type ratio struct{ over, under linear }

// maxCorners bounds the terms of a ratio whose range is worked out: there are 2 to the power of it corners.
const maxCorners = 6

// rangeOf returns where the ratio lies while its denominator keeps its sign; ok is false where it may not. A ratio of linear
// forms over a box is a mean of what it is at the corners, and along the directions in which the box has no end, with
// weights above 0.
func (r *ratio) rangeOf(of func(term int) Range) (s sets.Span, reached, ok bool) {
	var box []sets.Span
	reached = true
	both := union(termsOf(&r.over), termsOf(&r.under))
	if len(both) > maxCorners {
		return s, false, false
	}
	whole := false // whether a term has only so many decimals
	for _, t := range both {
		x := of(t)
		if len(x.Set.Spans) == 0 {
			return s, false, false
		}
		reached, whole = reached && x.Attained(), whole || x.Places >= 0
		box = append(box, hull(x.Set.Spans))
	}
	var points []end // of the ratio, open where it is only approached
	sign, nothing := 0, false
	note := func(n, d exact.Number, open bool) bool {
		switch {
		case d.Sign() == 0 && n.Sign() == 0:
			nothing = nothing || !open
		case d.Sign() == 0:
			points = append(points, end{none: true, open: true, side: n.Sign()})
		default:
			if sign != 0 && sign != d.Sign() {
				return false
			}
			sign = d.Sign()
			q, _ := n.Quo(d)
			points = append(points, end{at: q, open: open})
		}
		return true
	}
	n := len(both)
	for corner := range 1 << n {
		over, under, open, exists := r.over.c, r.under.c, false, true
		for i, t := range both {
			e := low(&box[i])
			if corner>>i&1 == 1 {
				e = high(&box[i])
			}
			if e.none {
				if e.side > 0 && box[i].NoLow { // a line without ends: 0 stands for its middle
					exists = false
				}
				e = middle(&box[i])
				if corner>>i&1 == 1 && !box[i].NoLow {
					exists = false // the lower end stands for both
				}
			}
			open = open || e.open
			over, under = over.Add(e.at.Mul(r.over.factor(t))), under.Add(e.at.Mul(r.under.factor(t)))
		}
		if exists && !note(over, under, open) {
			return s, false, false
		}
	}
	for i, t := range both {
		over, under := r.over.factor(t), r.under.factor(t)
		if over.Sign() == 0 && under.Sign() == 0 {
			continue
		}
		if box[i].NoHigh && !note(over, under, true) || box[i].NoLow && !note(over.Neg(), under.Neg(), true) {
			return s, false, false
		}
	}
	if sign == 0 {
		return s, false, false
	}
	for i := range points {
		if points[i].none { // n/d for a d that comes near 0 with its sign
			points[i].side *= sign
			reached = reached && !whole
		} else if nothing { // where both are 0 at a corner, what lies along an edge is reached behind it
			points[i].open = false
		}
	}
	least, most := points[0], points[0]
	for _, p := range points[1:] {
		least, most = p.lower(least), p.upper(most)
	}
	least.side, most.side = -1, 1
	return span(least.tidy(), most.tidy()), reached, true
}

// middle returns a number of a span that lacks an end: its other end, or 0.
func middle(s *sets.Span) end {
	switch {
	case !s.NoLow:
		return low(s)
	case !s.NoHigh:
		return high(s)
	}
	return end{}
}

// factor returns the factor of a term.
func (a *linear) factor(term int) exact.Number {
	for _, p := range a.parts {
		if p.term == term {
			return p.k
		}
	}
	return exact.Number{}
}

func termsOf(a *linear) []int {
	out := make([]int, len(a.parts))
	for i, p := range a.parts {
		out[i] = p.term
	}
	return out
}
