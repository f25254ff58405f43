package exact

import (
	"bytes"
	"math/big"
	"math/bits"
	"slices"
	"strconv"
)

// shownPlaces is how many decimal places a number shows at most when nobody asked for a fixed number of them.
const shownPlaces = 12

// AppendFixed appends a with exactly places decimals, rounded half_even if it has more; "20.00", never "-0.00". places is
// held to ±1000; a negative one rounds to tens and shows no decimals.
func (a Number) AppendFixed(dst []byte, places int) []byte {
	if a.big == nil && uint(places) <= maxPow10 {
		whole, frac, _ := a.split(places)
		if a.num < 0 && whole|frac != 0 {
			dst = append(dst, '-')
		}
		dst = strconv.AppendUint(dst, whole, 10)
		if places == 0 {
			return dst
		}
		return appendFrac(append(dst, '.'), frac, places)
	}
	if places < 0 {
		return a.Round(places, HalfEven).AppendFixed(dst, 0)
	}
	places = min(places, MaxExponent)
	return appendPoint(dst, a.bigScaledRound(places, HalfEven), places)
}

// split returns |a| rounded half_even to places, at most maxPow10, as its whole part and its decimals; exact reports
// whether nothing was rounded off.
func (a Number) split(places int) (whole, frac uint64, exact bool) {
	d := a.den()
	u := magnitude(a.num)
	if d == 1 {
		return u, 0, true
	}
	scale := pow10[places]
	whole = u / d
	rest := u - whole*d
	if d == scale {
		return whole, rest, true
	}
	// rest < d, so that the quotient is below scale, and hi below d.
	hi, lo := bits.Mul64(rest, scale)
	var r uint64
	if hi == 0 {
		frac, r = lo/d, lo%d
	} else {
		frac, r = bits.Div64(hi, lo, d)
	}
	if r == 0 {
		return whole, frac, true
	}
	odd := frac&1 != 0
	if places == 0 {
		odd = whole&1 != 0
	}
	if rest := d - r; r > rest || r == rest && odd {
		frac++
		if frac == scale {
			whole, frac = whole+1, 0
		}
	}
	return whole, frac, false
}

// appendFrac appends frac with leading zeros, places digits in all.
func appendFrac(dst []byte, frac uint64, places int) []byte {
	for n := places - 1; n > 0 && frac < pow10[n]; n-- {
		dst = append(dst, '0')
	}
	return strconv.AppendUint(dst, frac, 10)
}

// appendPoint appends q / 10^places.
func appendPoint(dst []byte, q *big.Int, places int) []byte {
	start := len(dst)
	dst = q.Append(dst, 10)
	if places == 0 {
		return dst
	}
	if q.Sign() < 0 {
		start++
	}
	if missing := places + 1 - (len(dst) - start); missing > 0 {
		dst = slices.Insert(dst, start, bytes.Repeat([]byte{'0'}, missing)...)
	}
	return slices.Insert(dst, len(dst)-places, '.')
}

// Fixed is AppendFixed as a string.
func (a Number) Fixed(places int) string {
	var buf [48]byte
	return string(a.AppendFixed(buf[:0], places))
}

// Append appends a in its shortest form: all its digits when they end within 12 places, otherwise 12 places rounded
// half_even, without trailing zeros and without an exponent.
func (a Number) Append(dst []byte) []byte {
	dst, _ = a.appendShortest(dst)
	return dst
}

// appendShortest is Append; exact reports whether nothing was rounded off.
func (a Number) appendShortest(dst []byte) (text []byte, exact bool) {
	if a.big != nil {
		if a.big.IsInt() {
			return a.big.Num().Append(dst, 10), true
		}
		q := a.bigScaledRound(shownPlaces, HalfEven)
		places, ok := a.Places()
		return trimZeros(appendPoint(dst, q, shownPlaces), len(dst)), ok && places <= shownPlaces
	}
	whole, frac, exact := a.split(shownPlaces)
	if a.num < 0 && whole|frac != 0 {
		dst = append(dst, '-')
	}
	dst = strconv.AppendUint(dst, whole, 10)
	if frac == 0 {
		return dst, exact
	}
	start := len(dst)
	return trimZeros(appendFrac(append(dst, '.'), frac, shownPlaces), start), exact
}

// trimZeros cuts the zeros at the end, and then a point, but leaves the first keep bytes alone. There is a point.
func trimZeros(dst []byte, keep int) []byte {
	n := len(dst)
	for n > keep && dst[n-1] == '0' {
		n--
	}
	if n > keep && dst[n-1] == '.' {
		n--
	}
	return dst[:n]
}

// String returns what Append appends.
func (a Number) String() string {
	var buf [48]byte
	return string(a.Append(buf[:0]))
}

// Fraction returns a as "n/d" in lowest terms, or "n" when it is whole. It is exact, and equal numbers have the same one.
func (a Number) Fraction() string {
	if a.big != nil {
		return a.big.RatString()
	}
	var buf [48]byte
	n, d := a.lowest()
	dst := strconv.AppendInt(buf[:0], withSignOf(n, a.num), 10)
	if d != 1 {
		dst = strconv.AppendUint(append(dst, '/'), d, 10)
	}
	return string(dst)
}
