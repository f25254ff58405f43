package exact

import (
	"math"
	"math/big"
	"math/bits"
)

// quoRound returns (hi*2^64 + lo) / d rounded, where hi < d.
func quoRound(hi, lo, d uint64, neg bool, m Mode) (q uint64, carry bool) {
	var r uint64
	if hi == 0 {
		q, r = lo/d, lo%d
	} else {
		q, r = bits.Div64(hi, lo, d)
	}
	if r == 0 {
		return q, false
	}
	// The remainder is below d, and d - r cannot overflow where 2*r might.
	half := 0
	if rest := d - r; r < rest {
		half = -1
	} else if r > rest {
		half = 1
	}
	if m.away(neg, q&1 != 0, half) {
		q++
		return q, q == 0
	}
	return q, false
}

// bigQuoRound returns n / d rounded, d > 0; it writes to n and leaves d alone.
func bigQuoRound(n, d *big.Int, m Mode) *big.Int {
	neg := n.Sign() < 0
	n.Abs(n)
	q, r := n.QuoRem(n, d, new(big.Int))
	if r.Sign() != 0 {
		half := r.Lsh(r, 1).Cmp(d)
		if m.away(neg, q.Bit(0) != 0, half) {
			q.Add(q, big.NewInt(1))
		}
	}
	if neg {
		q.Neg(q)
	}
	return q
}

// Round returns a rounded to places decimal places; a negative places rounds to tens, hundreds and so on. places is held
// to ±1000. The result has 10^places as its denominator where that fits, so that rounded numbers add up at full speed.
func (a Number) Round(places int, m Mode) Number {
	if a.big == nil && uint(places) <= maxPow10 {
		scale, d := pow10[places], a.den()
		if d == scale {
			return a
		}
		if hi, lo := bits.Mul64(magnitude(a.num), scale); hi < d {
			if d == 1 && lo <= math.MaxInt64 { // a whole number
				return Number{num: withSignOf(lo, a.num), den1: int64(scale) - 1}
			}
			if q, carry := quoRound(hi, lo, d, a.num < 0, m); !carry && q>>63 == 0 {
				return Number{num: withSignOf(q, a.num), den1: int64(scale) - 1}
			}
		}
	}
	return a.roundSlow(max(-MaxExponent, min(places, MaxExponent)), m)
}

func (a Number) roundSlow(places int, m Mode) Number {
	if places >= 0 {
		if a.IsInt() {
			return a // 10^places times a whole number did not fit, or it is in big form
		}
		q := a.bigScaledRound(places, m)
		if q.IsInt64() && q.Int64() != math.MinInt64 && places <= maxPow10 {
			return Number{num: q.Int64(), den1: int64(pow10[places]) - 1}
		}
		return own(new(big.Rat).SetFrac(q, bigPow10(places)))
	}
	if a.big == nil && -places <= maxPow10 {
		unit := pow10[-places]
		if hi, d := bits.Mul64(a.den(), unit); hi == 0 {
			q, _ := quoRound(0, magnitude(a.num), d, a.num < 0, m)
			if hi, n := bits.Mul64(q, unit); hi|n>>63 == 0 {
				return Number{num: withSignOf(n, a.num)}
			}
		}
	}
	unit := bigPow10(-places)
	r := a.rat()
	q := bigQuoRound(new(big.Int).Set(r.Num()), new(big.Int).Mul(r.Denom(), unit), m)
	return own(new(big.Rat).SetInt(q.Mul(q, unit)))
}

// bigScaledRound returns a * 10^places, rounded to a whole number, places >= 0.
func (a Number) bigScaledRound(places int, m Mode) *big.Int {
	r := a.rat()
	return bigQuoRound(new(big.Int).Mul(r.Num(), bigPow10(places)), r.Denom(), m)
}

// RoundTo returns a rounded to a multiple of step. A step that is not above 0 has no multiples to round to: a is then
// returned unchanged.
func (a Number) RoundTo(step Number, m Mode) Number {
	if step.Sign() <= 0 {
		return a
	}
	if a.big == nil && step.big == nil && step.den1 == 0 { // to a whole number: one division will do
		if hi, d := bits.Mul64(a.den(), uint64(step.num)); hi == 0 {
			q, _ := quoRound(0, magnitude(a.num), d, a.num < 0, m) // below 2^63, and not rounded up to it unless d is 1
			if hi, n := bits.Mul64(q, uint64(step.num)); hi|n>>63 == 0 {
				return Number{num: withSignOf(n, a.num)}
			}
		}
	}
	q, _ := a.Quo(step)
	return q.Round(0, m).Mul(step)
}

// Floor returns the largest whole number not above a.
func (a Number) Floor() Number { return a.Round(0, Floor) }

// Ceil returns the smallest whole number not below a.
func (a Number) Ceil() Number { return a.Round(0, Ceiling) }

// Trunc returns a without its fractional part.
func (a Number) Trunc() Number { return a.Round(0, Down) }

// Places returns the fewest decimal places that show a exactly; ok is false when there are none (1/3) or more than 1000.
func (a Number) Places() (places int, ok bool) {
	if a.big != nil {
		return bigPlaces(a.big.Denom())
	}
	_, d := a.lowest()
	twos := bits.TrailingZeros64(d)
	d >>= twos
	fives := 0
	for d%5 == 0 {
		d /= 5
		fives++
	}
	if d != 1 {
		return 0, false
	}
	return max(twos, fives), true
}

// bigPlaces is Places for a denominator d in lowest terms, which must be 2^twos * 5^fives.
func bigPlaces(d *big.Int) (places int, ok bool) {
	twos := int(d.TrailingZeroBits())
	// 5^1000 has 2,322 bits.
	if twos > MaxExponent || d.BitLen()-twos > 2322 {
		return 0, false
	}
	// With b bits, fives is the one number for which 5^fives can have b bits: log2(5) is 2.321928...
	b := d.BitLen() - twos
	fives := (int64(b-1)*1_000_000 + 2_321_927) / 2_321_928
	p := new(big.Int).Exp(big.NewInt(5), big.NewInt(fives), nil)
	if p.Lsh(p, uint(twos)).Cmp(d) != 0 {
		return 0, false
	}
	return max(twos, int(fives)), true
}
