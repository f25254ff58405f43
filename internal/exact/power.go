package exact

import (
	"math/big"
	"math/bits"
)

// PowInt returns a to the power n; a negative n takes the reciprocal, and 0 to the power 0 is 1. ok is false for 0 to a
// negative power and for a result over MaxBits, which is seen before the work is done.
func (a Number) PowInt(n int) (p Number, ok bool) {
	if n == 0 {
		return Int(1), true
	}
	m := uint64(n)
	if n < 0 {
		if a, ok = Int(1).Quo(a); !ok {
			return Number{}, false
		}
		m = -m
	}
	small := a.big == nil
	if small {
		u, d := a.lowest()
		a = Number{num: withSignOf(u, a.num), den1: int64(d) - 1}
		if d == 1 && u <= 1 {
			// -1, 0 and 1 stay as small to any power.
			if m%2 == 0 {
				return a.Abs(), true
			}
			return a, true
		}
	}
	// x^m has at least (bits of x - 1)*m + 1 bits.
	hi, lo := bits.Mul64(uint64(a.BitLen()-1), m)
	if hi != 0 || lo >= MaxBits {
		return Number{}, false
	}
	if small && a.BitLen()*int(m) < 64 {
		p = Int(1)
		for ; m > 0; m >>= 1 {
			if m&1 != 0 {
				p = p.Mul(a)
			}
			if m > 1 {
				a = a.Mul(a)
			}
		}
		return p, true
	}
	r := a.rat()
	e := new(big.Int).SetUint64(m)
	p = own(new(big.Rat).SetFrac(new(big.Int).Exp(r.Num(), e, nil), new(big.Int).Exp(r.Denom(), e, nil)))
	if p.TooLarge() {
		return Number{}, false
	}
	return p, true
}

// Pow returns a to the power b. exact tells whether p is the power itself or its correctly rounded (half_even) value at 34
// significant digits. It is exact when b is whole (see [Number.PowInt]) and when the power is rational (4 to the power
// 1.5), unless that would take more than MaxBits: then it is rounded. ok is false for 0 to a negative power, for a negative
// a to a power that is not whole, for an a or b that is TooLarge, and when a rounded result is beyond 10^±1000.
func (a Number) Pow(b Number) (p Number, exact, ok bool) {
	if a.TooLarge() || b.TooLarge() {
		return Number{}, false, false
	}
	whole := b.IsInt()
	if i, fits := b.Int64(); fits && int64(int(i)) == i {
		if p, ok = a.PowInt(int(i)); ok {
			return p, true, true
		}
	}
	switch {
	case a.Sign() == 0:
		return Number{}, b.Sign() > 0, b.Sign() > 0
	case a.Equal(Int(1)):
		return a, true, true
	case a.Sign() < 0 && !whole:
		return Number{}, false, false
	case a.Sign() < 0:
		p, exact, ok = a.Neg().Pow(b)
		if b.rat().Num().Bit(0) != 0 {
			p = p.Neg()
		}
		return p, exact, ok
	}
	if !whole {
		if p, ok = a.powRational(b); ok {
			return p, true, true
		}
	}
	p, ok = a.powRounded(b)
	return p, false, ok
}

// powRational returns a to the power b when that is rational and not over MaxBits; a is above 0 and not 1, b not whole.
// With b = n/k in lowest terms that is so only if a is the k-th power of a rational, which takes more than k bits.
func (a Number) powRational(b Number) (p Number, ok bool) {
	r := b.rat()
	if !r.Num().IsInt64() || !r.Denom().IsInt64() || r.Denom().Int64() >= int64(a.BitLen()) {
		return Number{}, false
	}
	n := r.Num().Int64()
	if int64(int(n)) != n {
		return Number{}, false
	}
	root, ok := a.root(uint(r.Denom().Int64()))
	if !ok {
		return Number{}, false
	}
	return root.PowInt(int(n))
}

// powRounded returns exp(b * ln a) for a above 0 and not 1.
func (a Number) powRounded(b Number) (p Number, ok bool) {
	ra, rb := a.rat(), b.rat()
	for f := zivFirst; f <= zivLast; f *= 2 {
		// The relative error of l is below 2*fl * 2^-(f+38), and fl below 2^17: x below maxExpArg comes out within one
		// ulp, and the division adds one.
		l, fl, _ := lnFixed(ra, f+40)
		x := l.Mul(l, rb.Num())
		x.Div(x, new(big.Int).Lsh(rb.Denom(), uint(fl-f)))
		if x.CmpAbs(new(big.Int).Lsh(big.NewInt(maxExpArg), uint(f))) > 0 {
			return Number{}, false
		}
		if digits, exp, proved := proveDigits(expFixed(x, f, 2)); proved {
			return fromDigits(digits, exp)
		}
	}
	return Number{}, false
}
