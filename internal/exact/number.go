package exact

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/bits"

	"github.com/shopspring/decimal"
)

const (
	// MaxBits is the size of numerator or denominator over which a Number counts as too large to go on with. An annuity
	// of 360 months takes 1,578 digits, about 5,200 bits, when it is computed exactly.
	MaxBits = 32768
	// MaxExponent is the largest power of ten, either way, that is read from text or from a decimal.Decimal.
	MaxExponent = 1000
)

// Number is an exact rational number. The zero value is 0. It is immutable and safe for concurrent use.
//
// == on two Numbers is not meaningful, because equal values may be kept as different fractions: use [Number.Equal].
type Number struct {
	// The small form is num / (den1 + 1), not necessarily in lowest terms. num is never math.MinInt64, so that negation
	// cannot overflow; den1 is at most math.MaxInt64 - 1.
	num  int64
	den1 int64
	// big is set if and only if the value, in lowest terms, does not fit the small form; num and den1 are then 0. What
	// it points to is shared by copies of the Number and never written again.
	big *big.Rat
}

// Int returns i.
func Int(i int64) Number {
	if i == math.MinInt64 {
		return Number{big: new(big.Rat).SetInt64(i)}
	}
	return Number{num: i}
}

// Ratio returns n/d; ok is false when d is 0.
func Ratio(n, d int64) (q Number, ok bool) {
	if d == 0 {
		return Number{}, false
	}
	if n == math.MinInt64 || d == math.MinInt64 {
		return own(big.NewRat(n, d)), true
	}
	if d < 0 {
		n, d = -n, -d
	}
	return Number{num: n, den1: d - 1}, true
}

// FromRat returns the value of r, which it copies. A nil r is 0.
func FromRat(r *big.Rat) Number {
	if r == nil {
		return Number{}
	}
	if n, ok := small(r); ok {
		return n
	}
	return Number{big: new(big.Rat).Set(r)}
}

// FromDecimal returns the value of d. It refuses a d whose exponent is beyond ±MaxExponent or whose coefficient is over
// MaxBits, before it does any arithmetic with it: decimal.New(1, 1e8) would otherwise be a number of 100 million digits.
func FromDecimal(d decimal.Decimal) (Number, error) {
	exp := int(d.Exponent())
	if exp < -MaxExponent || exp > MaxExponent {
		return Number{}, fmt.Errorf("the decimal has exponent %d: only %d to %d is allowed", exp, -MaxExponent, MaxExponent)
	}
	// CoefficientInt64 does not say whether the coefficient fits, but unlike Coefficient it does not allocate.
	if c := d.CoefficientInt64(); decimal.New(c, int32(exp)).Equal(d) {
		if n, ok := scaled(c, exp); ok {
			return n, nil
		}
	}
	coef := d.Coefficient()
	if coef.BitLen() > MaxBits {
		return Number{}, errors.New("the decimal has too many digits (over 9,864)")
	}
	return bigScaled(coef, exp), nil
}

// own wraps a Rat that nothing else refers to, in small form when it fits.
func own(r *big.Rat) Number {
	if n, ok := small(r); ok {
		return n
	}
	return Number{big: r}
}

// small returns r in small form, when it fits.
func small(r *big.Rat) (n Number, ok bool) {
	num, den := r.Num(), r.Denom()
	if !num.IsInt64() || !den.IsInt64() || num.Int64() == math.MinInt64 {
		return Number{}, false
	}
	return Number{num: num.Int64(), den1: den.Int64() - 1}, true
}

// scaled returns coef * 10^exp in small form, when it fits.
func scaled(coef int64, exp int) (n Number, ok bool) {
	switch {
	case coef == 0:
		return Number{}, true
	case coef == math.MinInt64 || exp < -maxPow10 || exp > maxPow10:
		return Number{}, false
	case exp <= 0:
		return Number{num: coef, den1: int64(pow10[-exp]) - 1}, true
	}
	hi, lo := bits.Mul64(magnitude(coef), pow10[exp])
	if hi != 0 || lo > math.MaxInt64 {
		return Number{}, false
	}
	return Number{num: signed(lo, coef < 0)}, true
}

// bigScaled returns coef * 10^exp by way of math/big; it may keep coef.
func bigScaled(coef *big.Int, exp int) Number {
	if exp < 0 {
		return own(new(big.Rat).SetFrac(coef, bigPow10(-exp)))
	}
	return own(new(big.Rat).SetInt(coef.Mul(coef, bigPow10(exp))))
}

// Sign returns -1, 0 or 1.
func (a Number) Sign() int {
	if a.big != nil {
		return a.big.Sign()
	}
	switch {
	case a.num > 0:
		return 1
	case a.num < 0:
		return -1
	}
	return 0
}

// IsInt reports whether a is a whole number.
func (a Number) IsInt() bool {
	if a.big != nil {
		return a.big.IsInt()
	}
	return a.den1 == 0 || a.num%(a.den1+1) == 0
}

// Int64 returns a as an int64; ok is false when a is not whole or does not fit.
func (a Number) Int64() (i int64, ok bool) {
	if a.big != nil {
		// Of the whole numbers that do not fit the small form, one is an int64: the smallest.
		if a.big.IsInt() && a.big.Num().IsInt64() {
			return a.big.Num().Int64(), true
		}
		return 0, false
	}
	if a.den1 == 0 {
		return a.num, true
	}
	den := a.den1 + 1
	if q := a.num / den; q*den == a.num {
		return q, true
	}
	return 0, false
}

// Rat returns a as a fresh big.Rat.
func (a Number) Rat() *big.Rat {
	if a.big != nil {
		return new(big.Rat).Set(a.big)
	}
	return big.NewRat(a.num, a.den1+1)
}

// rat returns a as a big.Rat that must not be written to.
func (a Number) rat() *big.Rat {
	if a.big != nil {
		return a.big
	}
	return big.NewRat(a.num, a.den1+1)
}

// BitLen returns the number of bits of the larger of numerator and denominator. It does not reduce the fraction first.
func (a Number) BitLen() int {
	if a.big != nil {
		return max(a.big.Num().BitLen(), a.big.Denom().BitLen())
	}
	return bits.Len64(magnitude(a.num) | uint64(a.den1+1))
}

// TooLarge reports whether a has outgrown MaxBits. Callers that compute in a loop ask it, because the operators
// themselves go on as long as there is memory.
func (a Number) TooLarge() bool {
	return a.big != nil && a.BitLen() > MaxBits
}

// Decimal returns a as a decimal.Decimal. exact is true when the decimal expansion of a ends within 1000 places;
// otherwise d is a rounded half_even to 12 places.
func (a Number) Decimal() (d decimal.Decimal, exact bool) {
	places, ok := a.Places()
	if !ok {
		places = shownPlaces
		a = a.Round(places, HalfEven)
	}
	if a.big == nil && places <= maxPow10 {
		// The division leaves no remainder: places was chosen so.
		if hi, lo := bits.Mul64(magnitude(a.num), pow10[places]); hi < a.den() {
			if q, _ := bits.Div64(hi, lo, a.den()); q <= math.MaxInt64 {
				return decimal.New(signed(q, a.num < 0), int32(-places)), ok
			}
		}
	}
	r := a.rat()
	coef := new(big.Int).Mul(r.Num(), bigPow10(places))
	return decimal.NewFromBigInt(coef.Quo(coef, r.Denom()), int32(-places)), ok
}
