package exact

import (
	"math"
	"math/big"
	"math/bits"
)

// What goes by way of math/big is kept out of the functions here, which are short without it: they save nothing on the
// stack then.

// Add returns a + b.
func (a Number) Add(b Number) Number {
	if a.big != nil || b.big != nil {
		return a.addBig(b)
	}
	if a.den1 == b.den1 {
		// The sum overflows when both have a sign that it has not; the smallest int64 counts as an overflow too.
		s := a.num + b.num
		if (a.num^s)&(b.num^s) >= 0 && s != math.MinInt64 {
			return Number{num: s, den1: a.den1}
		}
		return a.addSlow(b)
	}
	if a.den1 == 0 {
		a, b = b, a
	}
	if b.den1 == 0 { // a whole number: one product will do
		if h, n := bits.Mul64(magnitude(b.num), a.den()); h|n>>62|magnitude(a.num)>>62 == 0 {
			return Number{num: a.num + withSignOf(n, b.num), den1: a.den1}
		}
		return a.addSlow(b)
	}
	ad, bd := a.den(), b.den()
	h1, l1 := bits.Mul64(magnitude(a.num), bd)
	h2, l2 := bits.Mul64(magnitude(b.num), ad)
	h3, d := bits.Mul64(ad, bd)
	// Each product below 2^62: then the sum fits as well.
	if h1|h2|h3|(l1|l2)>>62|d>>63 == 0 {
		return Number{num: withSignOf(l1, a.num) + withSignOf(l2, b.num), den1: int64(d) - 1}
	}
	return a.addSlow(b)
}

// Sub returns a - b.
func (a Number) Sub(b Number) Number {
	if b.big != nil {
		return a.addBig(b.Neg())
	}
	b.num = -b.num
	return a.Add(b)
}

//go:noinline
func (a Number) addBig(b Number) Number { return own(new(big.Rat).Add(a.rat(), b.rat())) }

//go:noinline
func (a Number) mulBig(b Number) Number { return own(new(big.Rat).Mul(a.rat(), b.rat())) }

// quoBig is Quo where one of the two is in big form.
//
//go:noinline
func (a Number) quoBig(b Number) (q Number, ok bool) {
	if b.Sign() == 0 {
		return Number{}, false
	}
	return own(new(big.Rat).Quo(a.rat(), b.rat())), true
}

// Mul returns a * b.
func (a Number) Mul(b Number) Number {
	if a.big != nil || b.big != nil {
		return a.mulBig(b)
	}
	h1, n := bits.Mul64(magnitude(a.num), magnitude(b.num))
	h2, d := bits.Mul64(a.den(), b.den())
	if h1|h2|(n|d)>>63 == 0 {
		return Number{num: withSignOf(n, a.num^b.num), den1: int64(d) - 1}
	}
	return a.mulSlow(b)
}

// Quo returns a / b; ok is false when b is 0.
func (a Number) Quo(b Number) (q Number, ok bool) {
	if a.big != nil || b.big != nil {
		return a.quoBig(b)
	}
	if b.num == 0 {
		return Number{}, false
	}
	if a.den1 == b.den1 { // it cancels out
		return Number{num: withSignOf(magnitude(a.num), a.num^b.num), den1: int64(magnitude(b.num)) - 1}, true
	}
	h1, n := bits.Mul64(magnitude(a.num), b.den())
	h2, d := bits.Mul64(a.den(), magnitude(b.num))
	if h1|h2|(n|d)>>63 == 0 {
		return Number{num: withSignOf(n, a.num^b.num), den1: int64(d) - 1}, true
	}
	return a.quoSlow(b), true
}

// Rem returns a - b*trunc(a/b), which has the sign of a; ok is false when b is 0. Neither needs to be whole:
// 7.5 rem 2 is 1.5.
func (a Number) Rem(b Number) (r Number, ok bool) {
	if a.big == nil && b.big == nil {
		if b.num == 0 {
			return Number{}, false
		}
		if a.den1 == b.den1 {
			return Number{num: a.num % b.num, den1: a.den1}, true
		}
		h1, n := bits.Mul64(magnitude(a.num), b.den())
		h2, m := bits.Mul64(magnitude(b.num), a.den())
		h3, d := bits.Mul64(a.den(), b.den())
		if h1|h2|h3|(n|d)>>63 == 0 {
			return Number{num: withSignOf(n%m, a.num), den1: int64(d) - 1}, true
		}
	}
	q, ok := a.Quo(b)
	if !ok {
		return Number{}, false
	}
	return a.Sub(b.Mul(q.Trunc())), true
}

// Neg returns -a.
func (a Number) Neg() Number {
	if a.big != nil {
		return own(new(big.Rat).Neg(a.big))
	}
	a.num = -a.num
	return a
}

// Abs returns |a|.
func (a Number) Abs() Number {
	if a.Sign() < 0 {
		return a.Neg()
	}
	return a
}

// Cmp returns -1, 0 or 1 as a is less than, equal to or greater than b.
func (a Number) Cmp(b Number) int {
	if a.big != nil || b.big != nil {
		return a.cmpBig(b)
	}
	if a.den1 != b.den1 {
		return a.cmpCross(b)
	}
	return order(a.num, b.num)
}

// order returns -1, 0 or 1 as i is less than, equal to or greater than j, without a branch.
func order(i, j int64) (o int) {
	if i > j {
		o = 1
	}
	if i < j {
		o = -1
	}
	return o
}

// cmpCross compares two small forms with different denominators by their cross products, which always fit 128 bits.
func (a Number) cmpCross(b Number) int {
	h1, l1 := bits.Mul64(magnitude(a.num), b.den())
	h2, l2 := bits.Mul64(magnitude(b.num), a.den())
	if h1|h2|(l1|l2)>>63 == 0 {
		return order(withSignOf(l1, a.num), withSignOf(l2, b.num))
	}
	if (a.num ^ b.num) < 0 {
		return order(a.num, b.num)
	}
	if h1 == h2 && l1 == l2 {
		return 0
	}
	if (h1 < h2 || h1 == h2 && l1 < l2) == (a.num|b.num >= 0) {
		return -1
	}
	return 1
}

func (a Number) cmpBig(b Number) int {
	if s, t := a.Sign(), b.Sign(); s != t {
		if s < t {
			return -1
		}
		return 1
	}
	// Where the sizes are far enough apart, no products are needed: n/d is between 2^(size-1) and 2^(size+1).
	if s, t := a.size(), b.size(); s+1 < t {
		return -a.Sign()
	} else if t+1 < s {
		return a.Sign()
	}
	return a.rat().Cmp(b.rat())
}

// size returns the bits of the numerator less those of the denominator.
func (a Number) size() int {
	if a.big != nil {
		return a.big.Num().BitLen() - a.big.Denom().BitLen()
	}
	return bits.Len64(magnitude(a.num)) - bits.Len64(a.den())
}

// Equal reports whether a and b are the same number.
func (a Number) Equal(b Number) bool {
	if a.big != nil && b.big != nil {
		return a.big.Num().Cmp(b.big.Num()) == 0 && a.big.Denom().Cmp(b.big.Denom()) == 0
	}
	switch {
	case a.big != nil || b.big != nil:
		return false // what fits the small form is kept in it, so that the two forms never hold the same value
	case a.den1 == b.den1 || a.num == 0 || b.num == 0:
		return a.num == b.num
	}
	return a.cmpCross(b) == 0
}

// Less reports whether a is less than b.
func (a Number) Less(b Number) bool { return a.Cmp(b) < 0 }

// Hold returns a held within [0, most].
func (a Number) Hold(most Number) Number {
	if a.big == nil && most.big == nil && most.den1 == 0 && a.num >= 0 && most.num >= 0 { // the usual case, in one product
		if h, n := bits.Mul64(uint64(most.num), a.den()); h != 0 || uint64(a.num) < n {
			return a
		}
		return most // also where they are equal: 480/24 goes on as 20
	}
	switch {
	case a.Sign() < 0:
		return Number{}
	case most.Less(a):
		return most
	}
	return a
}

// Min returns the smaller of a and b.
func Min(a, b Number) Number {
	if b.Cmp(a) < 0 {
		return b
	}
	return a
}

// Max returns the larger of a and b.
func Max(a, b Number) Number {
	if b.Cmp(a) > 0 {
		return b
	}
	return a
}
