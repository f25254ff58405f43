package exact

import (
	"math/big"
	"strconv"
)

// MaxText is the longest text, in bytes, that Parse reads.
const MaxText = 64

// Parse reads decimal text: an optional minus, whole digits without a leading zero, optionally a point and more digits,
// optionally an exponent within ±1000. Underscores may stand between digits (1_000). Nothing else is accepted, because
// other ways to write a number are read differently by different programs; the error, a *SyntaxError, says what to write.
func Parse(s string) (Number, error) { return parse(s, MaxText) }

// ParseBytes is Parse for bytes. It does not keep b, and does not allocate for up to 18 digits.
func ParseBytes(b []byte) (Number, error) { return parse(b, MaxText) }

// MustParse is Parse for constants in code and tests: it panics when s is not a number.
func MustParse(s string) Number {
	n, err := Parse(s)
	if err != nil {
		panic("exact: " + err.Error())
	}
	return n
}

// maxDigits is how many digits the fast path takes: they fit 63 bits.
const maxDigits = 18

type text interface{ string | []byte }

// parse reads s, of at most limit bytes.
func parse[T text](s T, limit int) (Number, error) {
	if len(s) > limit {
		return Number{}, newSyntaxError(string(s[:min(len(s), cutBytes)]), "it is longer than "+strconv.Itoa(limit)+" characters")
	}
	var (
		coef   uint64 // of the digits so far, while there are at most maxDigits
		digits int    // without leading zeros
		places int    // digits after the point
		i      int
	)
	neg := len(s) > 0 && s[0] == '-'
	if neg {
		i++
	}
	whole := i
	for ; i < len(s); i++ {
		c := s[i] - '0'
		if c > 9 {
			if s[i] == '_' && between(s, i) {
				continue
			}
			break
		}
		if digits > 0 || c != 0 {
			digits++
			if digits <= maxDigits {
				coef = coef*10 + uint64(c)
			}
		}
	}
	if i == whole || s[whole] == '0' && i > whole+1 {
		return Number{}, explain(string(s))
	}
	if i < len(s) && s[i] == '.' {
		i++
		first := i
		for ; i < len(s); i++ {
			c := s[i] - '0'
			if c > 9 {
				if s[i] == '_' && between(s, i) {
					continue
				}
				break
			}
			places++
			if digits > 0 || c != 0 {
				digits++
				if digits <= maxDigits {
					coef = coef*10 + uint64(c)
				}
			}
		}
		if i == first {
			return Number{}, explain(string(s))
		}
	}
	mantissa := i
	exp := 0
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		var ok bool
		if exp, ok = exponent(s[i+1:]); !ok {
			return Number{}, explain(string(s))
		}
		i = len(s)
	}
	if i < len(s) {
		return Number{}, explain(string(s))
	}
	exp -= places
	if digits <= maxDigits {
		c := signed(coef, neg)
		if n, ok := scaled(c, exp); ok {
			return n, nil
		}
		return bigScaled(big.NewInt(c), exp), nil
	}
	return bigScaled(bigDigits(string(s[:mantissa])), exp), nil
}

// between reports whether the byte at i of s, an underscore, stands between two digits.
func between[T text](s T, i int) bool {
	return i > 0 && s[i-1]-'0' <= 9 && i+1 < len(s) && s[i+1]-'0' <= 9
}

// exponent reads what follows the e: an optional sign and one to four digits, within ±MaxExponent.
func exponent[T text](s T) (exp int, ok bool) {
	i := 0
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		i++
	}
	if n := len(s) - i; n < 1 || n > 4 {
		return 0, false
	}
	for ; i < len(s); i++ {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		exp = exp*10 + int(c)
	}
	if exp > MaxExponent {
		return 0, false
	}
	if s[0] == '-' {
		exp = -exp
	}
	return exp, true
}

// bigDigits returns the digits of s as one whole number, with its sign; points and underscores in it are passed over.
func bigDigits(s string) *big.Int {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if c := s[i]; c == '-' || c-'0' <= 9 {
			b = append(b, c)
		}
	}
	n, ok := new(big.Int).SetString(string(b), 10)
	if !ok {
		return new(big.Int) // cannot be: only digits were kept
	}
	return n
}
