package exact

import (
	"math"
	"math/big"
	"math/bits"
)

// maxPow10 is the largest power of ten that fits a denominator of the small form.
const maxPow10 = 18

// pow10 is a table, never written.
var pow10 = [maxPow10 + 1]uint64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
}

func bigPow10(n int) *big.Int {
	if n <= maxPow10 {
		return new(big.Int).SetUint64(pow10[n])
	}
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// den returns the denominator of the small form.
func (a Number) den() uint64 { return uint64(a.den1) + 1 }

// magnitude returns |i|, without a branch.
func magnitude(i int64) uint64 {
	s := i >> 63
	return uint64((i ^ s) - s)
}

// signed returns u with a sign; u is at most math.MaxInt64.
func signed(u uint64, neg bool) int64 {
	if neg {
		return -int64(u)
	}
	return int64(u)
}

// withSignOf returns u, negated when s is negative, without a branch; u is at most math.MaxInt64.
func withSignOf(u uint64, s int64) int64 {
	s >>= 63
	return (int64(u) ^ s) - s
}

// gcd returns the greatest common divisor of a and b, b not 0; gcd(0, b) is b. It is Stein's algorithm: 64-bit divisions cost more than the
// shifts and subtractions that replace them.
func gcd(a, b uint64) uint64 {
	if a == 0 {
		return b
	}
	shift := bits.TrailingZeros64(a | b)
	a >>= bits.TrailingZeros64(a)
	for b != 0 {
		b >>= bits.TrailingZeros64(b)
		if a > b {
			a, b = b, a
		}
		b -= a
	}
	return a << shift
}

// lowest returns the magnitude of the numerator and the denominator of the small form in lowest terms.
func (a Number) lowest() (n, d uint64) {
	n, d = magnitude(a.num), a.den()
	if d == 1 {
		return n, d
	}
	g := gcd(n, d)
	return n / g, d / g
}

// addSlow adds two numbers in small form whose sum, computed without reduction, does not fit. Numerator and denominator
// are taken to lowest terms first; with g the gcd of the denominators b and d, a/b + c/d = t / (b/g * d) with
// t = a*(d/g) + c*(b/g), and only gcd(t, g) is left to cancel (Knuth, The Art of Computer Programming, 4.5.1).
func (a Number) addSlow(b Number) Number {
	if a.den1 < b.den1 {
		a, b = b, a
	}
	if q, rest := a.den()/b.den(), a.den()%b.den(); rest == 0 { // 1000 and 10: a denominator to both of them is there already
		if h, n := bits.Mul64(magnitude(b.num), q); h|n>>62|magnitude(a.num)>>62 == 0 {
			return Number{num: a.num + withSignOf(n, b.num), den1: a.den1}
		}
	}
	an, ad := a.lowest()
	bn, bd := b.lowest()
	g := gcd(ad, bd)
	adg, bdg := ad/g, bd/g
	hi1, lo1 := bits.Mul64(an, bdg)
	hi2, lo2 := bits.Mul64(bn, adg)
	// Both products are below 2^126, so that neither the sum nor the difference can overflow 128 bits.
	var hi, lo uint64
	neg := a.num < 0
	if neg == (b.num < 0) {
		var c uint64
		lo, c = bits.Add64(lo1, lo2, 0)
		hi, _ = bits.Add64(hi1, hi2, c)
	} else {
		if hi1 < hi2 || hi1 == hi2 && lo1 < lo2 {
			hi1, lo1, hi2, lo2 = hi2, lo2, hi1, lo1
			neg = !neg
		}
		var c uint64
		lo, c = bits.Sub64(lo1, lo2, 0)
		hi, _ = bits.Sub64(hi1, hi2, c)
	}
	if hi|lo == 0 {
		return Number{}
	}
	g2 := gcd(bits.Rem64(hi, lo, g), g)
	if hi < g2 {
		n, _ := bits.Div64(hi, lo, g2)
		dhi, dlo := bits.Mul64(adg, bd/g2)
		if n <= math.MaxInt64 && dhi == 0 && dlo <= math.MaxInt64 {
			return Number{num: signed(n, neg), den1: int64(dlo) - 1}
		}
	}
	return own(new(big.Rat).Add(a.rat(), b.rat()))
}

// mulSlow multiplies two numbers in small form whose product, computed without reduction, does not fit.
func (a Number) mulSlow(b Number) Number {
	an, ad := a.lowest()
	bn, bd := b.lowest()
	return fraction(an, bn, ad, bd, (a.num^b.num) < 0)
}

// quoSlow divides two numbers in small form, b not 0, whose quotient, computed without reduction, does not fit.
func (a Number) quoSlow(b Number) Number {
	an, ad := a.lowest()
	bn, bd := b.lowest()
	return fraction(an, bd, ad, bn, (a.num^b.num) < 0)
}

// fraction returns ±(n1*n2)/(d1*d2), none of them 0 except n1 or n2, where n1 has no factor in common with d1, nor n2
// with d2.
func fraction(n1, n2, d1, d2 uint64, neg bool) Number {
	g := gcd(n1, d2)
	n1, d2 = n1/g, d2/g
	g = gcd(n2, d1)
	n2, d1 = n2/g, d1/g
	nhi, n := bits.Mul64(n1, n2)
	dhi, d := bits.Mul64(d1, d2)
	if nhi|dhi|n>>63|d>>63 == 0 {
		return Number{num: signed(n, neg), den1: int64(d) - 1}
	}
	num := new(big.Int).SetUint64(n1)
	num.Mul(num, new(big.Int).SetUint64(n2))
	if neg {
		num.Neg(num)
	}
	den := new(big.Int).SetUint64(d1)
	den.Mul(den, new(big.Int).SetUint64(d2))
	return own(new(big.Rat).SetFrac(num, den))
}
