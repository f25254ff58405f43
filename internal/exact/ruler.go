package exact

import (
	"math"
	"math/bits"
)

// Ruler tells where a number lies among sorted ones. Where the marks have a common denominator that fits, they are kept as
// whole numbers of that unit: a number is then brought to the unit once and compared as an integer, not as a fraction.
// The zero Ruler has no marks. It is immutable and safe for concurrent use.
type Ruler struct {
	at    []Number // ascending, each once
	unit  uint64   // 0: the marks are compared as fractions
	marks []int64  // at[i] * unit
}

// NewRuler returns a ruler with marks at numbers, which ascend and are all different. It keeps at.
func NewRuler(at []Number) Ruler {
	r := Ruler{at: at, unit: 1}
	for _, n := range at {
		if n.big != nil {
			r.unit = 0
			return r
		}
		_, d := n.lowest()
		hi, lo := bits.Mul64(r.unit/gcd(r.unit, d), d)
		if hi != 0 || lo > math.MaxInt64 {
			r.unit = 0
			return r
		}
		r.unit = lo
	}
	for _, n := range at {
		m, d := n.lowest()
		hi, lo := bits.Mul64(m, r.unit/d)
		if hi != 0 || lo > math.MaxInt64 {
			r.unit, r.marks = 0, nil
			return r
		}
		r.marks = append(r.marks, withSignOf(lo, n.num))
	}
	return r
}

// Len returns the number of marks.
func (r *Ruler) Len() int { return len(r.at) }

// At returns mark i, from 0.
func (r *Ruler) At(i int) Number { return r.at[i] }

// Place returns where x lies: 2i+1 at mark i, 2i before mark i and after the one before it, and 2*Len after the last.
func (r *Ruler) Place(x Number) int {
	if r.unit == 0 || x.big != nil {
		return r.search(x)
	}
	// x in units is q, and a bit more where between is set.
	q, between := x.num, false
	if d := x.den(); d != r.unit {
		hi, lo := bits.Mul64(magnitude(x.num), r.unit)
		switch {
		case d == 1:
			if hi != 0 || lo > math.MaxInt64 {
				return r.search(x)
			}
			q = withSignOf(lo, x.num)
		case hi >= d:
			return r.search(x)
		default:
			n, rest := bits.Div64(hi, lo, d)
			if n > math.MaxInt64-1 {
				return r.search(x)
			}
			q, between = withSignOf(n, x.num), rest != 0
			if between && x.num < 0 {
				q--
			}
		}
	}
	lo, hi := 0, len(r.marks) // marks before lo are at most q, those from hi on are more
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		if r.marks[mid] <= q {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo > 0 && !between && r.marks[lo-1] == q {
		return 2*lo - 1
	}
	return 2 * lo
}

// search is Place by comparing fractions.
func (r *Ruler) search(x Number) int {
	lo, hi := 0, len(r.at)
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		switch x.Cmp(r.at[mid]) {
		case 0:
			return 2*mid + 1
		case 1:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return 2 * lo
}
