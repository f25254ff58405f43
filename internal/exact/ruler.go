package exact

import (
	"math"
	"math/bits"
)

// Ruler tells where a number lies among sorted ones. Where the marks have a common denominator that fits, they are kept as
// whole numbers of that unit: n/d lies at or after a mark m where n*unit >= m*d, which takes a product for each mark and no
// division. The zero Ruler has no marks. It is immutable and safe for concurrent use.
type Ruler struct {
	at    []Number // ascending, each once
	unit  int64    // 0: the marks are compared as fractions
	marks []int64  // at[i] * unit
	// Of a number n/d with n up to mostNum either way, and d up to mostDen, no product overflows. Both are 0 without a unit.
	mostNum, mostDen uint64
}

// NewRuler returns a ruler with marks at numbers, which ascend and are all different. It keeps at.
func NewRuler(at []Number) Ruler {
	r := Ruler{at: at}
	unit := uint64(1)
	for _, n := range at {
		if n.big != nil {
			return r
		}
		_, d := n.lowest()
		hi, lo := bits.Mul64(unit/gcd(unit, d), d)
		if hi != 0 || lo > math.MaxInt64 {
			return r
		}
		unit = lo
	}
	most := uint64(1)
	marks := make([]int64, len(at))
	for i, n := range at {
		m, d := n.lowest()
		hi, lo := bits.Mul64(m, unit/d)
		if hi != 0 || lo > math.MaxInt64 {
			return r
		}
		marks[i], most = withSignOf(lo, n.num), max(most, lo)
	}
	r.unit, r.marks, r.mostNum, r.mostDen = int64(unit), marks, math.MaxInt64/unit, math.MaxInt64/most
	return r
}

// Len returns the number of marks.
func (r *Ruler) Len() int { return len(r.at) }

// At returns mark i, from 0.
func (r *Ruler) At(i int) Number { return r.at[i] }

// Mark is a number that others are compared with again and again. It is immutable and safe for concurrent use.
type Mark struct {
	at       Number
	num, den int64 // at, in lowest terms; den is 0 where it does not fit
	// As of a Ruler.
	mostNum, mostDen uint64
}

// NewMark returns a mark at n.
func NewMark(n Number) Mark {
	if n.big != nil {
		return Mark{at: n}
	}
	num, den := n.lowest()
	return Mark{n, withSignOf(num, n.num), int64(den), math.MaxInt64 / den, math.MaxInt64 / max(num, 1)}
}

// Against returns what x.Cmp returns for the mark.
func (m *Mark) Against(x Number) int {
	if m.den == 0 || x.big != nil || magnitude(x.num) > m.mostNum || x.den() > m.mostDen {
		return x.Cmp(m.at)
	}
	return order(x.num*m.den, m.num*(x.den1+1))
}

// Spans reports whether x lies between 0 and the mark, as far as that can be told at a glance.
func (m *Mark) Spans(x Number) bool {
	return x.big == nil && uint64(x.num) <= m.mostNum && uint64(x.den1) < m.mostDen && x.num*m.den < m.num*(x.den1+1)
}

// fewMarks is how many marks are looked at one by one: that takes no branch that depends on the number.
const fewMarks = 8

// Place returns where x lies: 2i+1 at mark i, 2i before mark i and after the one before it, and 2*Len after the last.
func (r *Ruler) Place(x Number) int {
	if x.big != nil || magnitude(x.num) > r.mostNum || x.den() > r.mostDen {
		return r.search(x)
	}
	n, d := x.num*r.unit, x.den1+1
	if len(r.marks) <= fewMarks {
		place := 0 // the marks below x, and once more those up to x
		for _, m := range r.marks {
			m *= d
			if m < n {
				place++
			}
			if m <= n {
				place++
			}
		}
		return place
	}
	lo, hi := 0, len(r.marks) // marks before lo are at most x, those from hi on are more
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		if r.marks[mid]*d <= n {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo > 0 && r.marks[lo-1]*d == n {
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
