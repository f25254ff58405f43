package exact

import "math/big"

// sigDigits is how many significant digits an inexact result has: those of IEEE 754 decimal128.
const sigDigits = 34

// Sqrt returns the square root of a: exactly when it is rational, otherwise correctly rounded (half_even) to 34
// significant digits. ok is false when a is negative, when it is TooLarge, and when a rounded result is beyond 10^±1000.
func (a Number) Sqrt() (root Number, ok bool) {
	if a.Sign() < 0 || a.TooLarge() {
		return Number{}, false
	}
	if root, ok = a.root(2); ok {
		return root, true
	}
	r := a.rat()
	n, d := r.Num(), r.Denom()
	// With 10^(2k) in it the root of n/d has 36 digits or more: n/d is above 2^(bits-1), which is above
	// 10^((bits-1)*0.301).
	k := 37 - (n.BitLen()-d.BitLen()-1)*301/2000
	var q *big.Int
	if k >= 0 {
		q = new(big.Int).Mul(n, bigPow10(2*k))
		q.Quo(q, d)
	} else {
		q = new(big.Int).Quo(n, new(big.Int).Mul(d, bigPow10(-2*k)))
	}
	// The root is irrational, so that it lies strictly between q and q+1, and any number between them rounds as it does.
	q.Sqrt(q).Lsh(q, 1).Add(q, big.NewInt(1))
	digits, exp := roundDigits(q, -1)
	return fromDigits(digits, exp-k)
}

// root returns the k-th root of a, which is above or equal to 0, when it is rational; k is at least 2.
func (a Number) root(k uint) (root Number, ok bool) {
	r := a.rat()
	n, ok := intRoot(r.Num(), k)
	if !ok {
		return Number{}, false
	}
	d, ok := intRoot(r.Denom(), k)
	if !ok {
		return Number{}, false
	}
	return own(new(big.Rat).SetFrac(n, d)), true
}

// intRoot returns the k-th root of n >= 0 when it is a whole number.
func intRoot(n *big.Int, k uint) (root *big.Int, ok bool) {
	if n.BitLen() <= 1 {
		return n, true
	}
	if uint(n.BitLen()) <= k {
		return nil, false // 1 < root < 2
	}
	if k == 2 {
		root = new(big.Int).Sqrt(n)
	} else {
		root = floorRoot(n, k)
	}
	return root, power(root, k).Cmp(n) == 0
}

// floorRoot returns the whole part of the k-th root of n > 0. Newton's method from above needs a good start when k is
// large (a bad one costs k steps), and takes it from the root of the leading bits.
func floorRoot(n *big.Int, k uint) *big.Int {
	rootBits := (uint(n.BitLen()) + k - 1) / k
	if rootBits <= 16 {
		root := new(big.Int)
		for b := int(rootBits) - 1; b >= 0; b-- {
			if root.SetBit(root, b, 1); power(root, k).Cmp(n) > 0 {
				root.SetBit(root, b, 0)
			}
		}
		return root
	}
	low := rootBits / 2
	x := floorRoot(new(big.Int).Rsh(n, low*k), k)
	x.Add(x, big.NewInt(1)).Lsh(x, low)
	bigK, bigK1 := new(big.Int).SetUint64(uint64(k)), new(big.Int).SetUint64(uint64(k-1))
	for {
		y := power(x, k-1)
		y.Quo(n, y)
		y.Add(y, new(big.Int).Mul(x, bigK1)).Quo(y, bigK)
		if y.Cmp(x) >= 0 {
			return x
		}
		x = y
	}
}

func power(x *big.Int, k uint) *big.Int {
	return new(big.Int).Exp(x, new(big.Int).SetUint64(uint64(k)), nil)
}

// roundDigits returns n * 2^exp2 > 0 as digits * 10^exp, rounded half_even to exactly 34 digits.
func roundDigits(n *big.Int, exp2 int) (digits *big.Int, exp int) {
	// The value is from 2^size to 2^(size+1). 78913/2^18 and 78914/2^18 enclose log10(2), so that the exponent is at most
	// too low, by one.
	size := n.BitLen() - 1 + exp2
	log2 := int64(78913)
	if size < 0 {
		log2 = 78914
	}
	exp = int(int64(size)*log2>>18) - (sigDigits - 1)
	for {
		num, den := new(big.Int).Set(n), big.NewInt(1)
		if exp2 >= 0 {
			num.Lsh(num, uint(exp2))
		} else {
			den.Lsh(den, uint(-exp2))
		}
		if exp <= 0 {
			num.Mul(num, bigPow10(-exp))
		} else {
			den.Mul(den, bigPow10(exp))
		}
		if digits = bigQuoRound(num, den, HalfEven); digits.Cmp(bigPow10(sigDigits)) < 0 {
			return digits, exp
		}
		exp++ // and round again from the start, not what was rounded already
	}
}

// fromDigits returns digits * 10^exp, where digits has exactly 34 digits; ok is false when that is beyond 10^±1000.
func fromDigits(digits *big.Int, exp int) (n Number, ok bool) {
	lead := exp + sigDigits - 1
	if lead < -MaxExponent || lead > MaxExponent || lead == MaxExponent && digits.Cmp(bigPow10(sigDigits-1)) != 0 {
		return Number{}, false
	}
	return bigScaled(digits, exp), true
}
