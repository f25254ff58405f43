package exact

import (
	"math/big"
	"math/bits"
)

// Ln, Exp and Pow are computed in binary fixed point (a big.Int that counts units of 2^-f, called ulps below) with a
// bound on the error that is proved beside the code. If both ends of the resulting interval round to the same 34 digits,
// these are right; if not, the work is done again with twice the bits (Ziv's strategy). That ends because no result can
// lie exactly on a rounding boundary: exp and ln of a rational are transcendental but for exp 0 and ln 1, and a power with
// a fractional exponent is irrational once the rational ones have been taken out.
const (
	zivFirst = 192 // bits; 34 digits take 113, the error bounds about 20
	// zivLast bounds the time, to about 0.2 s, that an argument made to lie close to a boundary can take. To get beyond it
	// takes one of several thousand digits, which is then refused.
	zivLast = zivFirst << 7
	// maxExpArg is beyond the logarithm of 10^1000, which is 2302.6.
	maxExpArg = 2400
)

// Ln returns the natural logarithm of a, correctly rounded (half_even) to 34 significant digits; that of 1 is exactly 0.
// ok is false when a is not above 0, when it is TooLarge, and when the result is within 10^-1000 of 0.
func (a Number) Ln() (ln Number, ok bool) {
	if a.Sign() <= 0 || a.TooLarge() {
		return Number{}, false
	}
	if a.Equal(Int(1)) {
		return Number{}, true
	}
	r := a.rat()
	for p := zivFirst; p <= zivLast; p *= 2 {
		l, f, ulps := lnFixed(r, p)
		neg := l.Sign() < 0
		if digits, exp, proved := proveDigits(l.Abs(l), ulps, -f); proved {
			if neg {
				digits.Neg(digits)
			}
			return fromDigits(digits, exp)
		}
	}
	return Number{}, false
}

// Exp returns e to the power a, correctly rounded (half_even) to 34 significant digits; that of 0 is exactly 1. ok is false
// when a is TooLarge, and when the result is beyond 10^±1000.
func (a Number) Exp() (e Number, ok bool) {
	if a.Sign() == 0 {
		return Int(1), true
	}
	if a.TooLarge() || a.Abs().Cmp(Int(maxExpArg)) > 0 {
		return Number{}, false
	}
	r := a.rat()
	for f := zivFirst; f <= zivLast; f *= 2 {
		x := new(big.Int).Lsh(r.Num(), uint(f))
		x.Div(x, r.Denom())
		if digits, exp, proved := proveDigits(expFixed(x, f, 1)); proved {
			return fromDigits(digits, exp)
		}
	}
	return Number{}, false
}

// proveDigits rounds v * 2^exp2 > 0 to digits * 10^exp; proved reports whether every value within ulps of v rounds alike.
func proveDigits(v, ulps *big.Int, exp2 int) (digits *big.Int, exp int, proved bool) {
	lo := new(big.Int).Sub(v, ulps)
	if lo.Sign() <= 0 {
		return nil, 0, false
	}
	hi := new(big.Int).Add(v, ulps)
	digits, exp = roundDigits(lo, exp2)
	hiDigits, hiExp := roundDigits(hi, exp2)
	return digits, exp, exp == hiExp && digits.Cmp(hiDigits) == 0
}

// lnFixed returns ln r, for r > 0 and not 1, in units of 2^-f, off by at most ulps. f is p or more, so that the result
// keeps p - 2 significant bits when r is close to 1.
//
// With r = m * 2^k and m between 0.7 and 1.4, ln r = k ln 2 + 2 atanh((m-1)/(m+1)).
func lnFixed(r *big.Rat, p int) (l *big.Int, f int, ulps *big.Int) {
	n, d := new(big.Int).Set(r.Num()), new(big.Int).Set(r.Denom())
	k := n.BitLen() - d.BitLen()
	if k > 0 {
		d.Lsh(d, uint(k))
	} else {
		n.Lsh(n, uint(-k))
	}
	// Now m = n/d is above 1/2 and below 2.
	seven := new(big.Int).Mul(d, big.NewInt(7))
	if new(big.Int).Mul(n, big.NewInt(5)).Cmp(seven) > 0 {
		k++
		d.Lsh(d, 1)
	} else if new(big.Int).Mul(n, big.NewInt(10)).Cmp(seven) < 0 {
		k--
		n.Lsh(n, 1)
	}
	y, sum := new(big.Int).Sub(n, d), d.Add(n, d)
	f = p
	if k == 0 {
		f += max(0, sum.BitLen()-y.BitLen())
	}
	y.Lsh(y, uint(f)).Quo(y, sum)
	l = atanhFixed(y, f)
	l.Lsh(l, 1)
	if k != 0 {
		// |k| <= 2^15 + 1, and 16 bits more in ln 2 take its error back.
		ln2 := ln2Fixed(f + 16)
		ln2.Mul(ln2, big.NewInt(int64(k)))
		l.Add(l, ln2.Rsh(ln2, 16))
	}
	// atanh is off by 2 + 1.5 N, N <= f/5 + 2 terms, and doubled; k ln 2 by f/4 + 5: in sum below 2f for f >= 128.
	return l, f, big.NewInt(int64(2 * f))
}

// atanhFixed returns the inverse hyperbolic tangent of y, |y| <= 0.18, in units of 2^-f. If y is off by 1 ulp, the result
// is off by at most 2 + 1.5 N ulps after N terms y^j / j: y² is off by 1.4, and so each power by at most 1.3 and each
// quotient by 1.5; what is left when a power has become 0 is below 1.
func atanhFixed(y *big.Int, f int) *big.Int {
	neg := y.Sign() < 0
	y = new(big.Int).Abs(y)
	square := new(big.Int).Mul(y, y)
	square.Rsh(square, uint(f))
	sum := new(big.Int).Set(y)
	var t, j big.Int
	for i := int64(3); ; i += 2 {
		t.Mul(y, square)
		y.Rsh(&t, uint(f))
		if y.Sign() == 0 {
			break
		}
		sum.Add(sum, t.Quo(y, j.SetInt64(i)))
	}
	if neg {
		sum.Neg(sum)
	}
	return sum
}

// ln2Hex is ln 2 in units of 2^-ln2Bits; a test derives it again.
const (
	ln2Hex  = "b17217f7d1cf79abc9e3b39803f2f6af40f343267298b62d8a0d175b8baafa2b"
	ln2Bits = 256
)

// ln2Fixed returns ln 2 in units of 2^-f, off by at most f/2 ulps for f >= 128.
func ln2Fixed(f int) *big.Int {
	if f <= ln2Bits {
		if ln2, ok := new(big.Int).SetString(ln2Hex, 16); ok {
			return ln2.Rsh(ln2, uint(ln2Bits-f))
		}
	}
	return ln2Series(f)
}

// ln2Series computes ln 2 as 2 atanh(1/3): each of the f/3.17 terms is off by at most 1.4 ulps.
func ln2Series(f int) *big.Int {
	t := big.NewInt(2)
	t.Lsh(t, uint(f)).Quo(t, big.NewInt(3))
	sum := new(big.Int).Set(t)
	nine := big.NewInt(9)
	var q, j big.Int
	for i := int64(3); ; i += 2 {
		if t.Quo(t, nine).Sign() == 0 {
			return sum
		}
		sum.Add(sum, q.Quo(t, j.SetInt64(i)))
	}
}

// expFixed returns e to the power x, |x| <= maxExpArg in units of 2^-f and off by at most xUlps, as v * 2^exp2 with v off by
// at most ulps.
//
// With x = k ln 2 + r and 0 <= r < ln 2, e^x is 2^k times the 2^s-th power of e^(r / 2^s), for which few terms of the
// Taylor series do.
func expFixed(x *big.Int, f, xUlps int) (v, ulps *big.Int, exp2 int) {
	// |k| <= 2400/ln 2 < 2^12, and 13 bits more in ln 2 take its error back: r is off by xUlps + f/4 + 5.
	const more = 13
	k, r := new(big.Int).Lsh(x, more), new(big.Int)
	k.DivMod(k, ln2Fixed(f+more), r)
	// The series has about f/s terms and s squarings follow; they cost the same.
	s := bits.Len(uint(f)) + isqrt(f)/2
	r.Rsh(r, uint(more+s))
	v = new(big.Int).Lsh(big.NewInt(1), uint(f))
	t := new(big.Int).Set(r)
	var u, j big.Int
	terms := 1
	for ; t.Sign() != 0; terms++ {
		v.Add(v, t)
		u.Mul(t, r)
		t.Quo(u.Rsh(&u, uint(f)), j.SetInt64(int64(terms+1)))
	}
	// r is off by (xUlps + f/4 + 5)/2^s + 1, each term by 2, what was left out by 1.
	bound := int64(xUlps+f/4+5)>>s + 3 + 2*int64(terms)
	for range s {
		u.Mul(v, v)
		v.Rsh(&u, uint(f))
	}
	// A squaring multiplies the error by 2v and adds one. The product of all the v is below e^r < 2.1, and so the error
	// below 2.1 * 2^s * (bound + 1).
	ulps = big.NewInt(bound + 1)
	ulps.Lsh(ulps, uint(s+2))
	return v, ulps, int(k.Int64()) - f
}

func isqrt(n int) int {
	return int(new(big.Int).Sqrt(big.NewInt(int64(n))).Int64())
}
