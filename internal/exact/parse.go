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
	n, ok := plain(s)
	if !ok {
		n, ok = scan(s)
	}
	if !ok {
		return Number{}, explain(string(s))
	}
	return n, nil
}

// plain is scan for the usual text: up to 18 digits, perhaps with a point among them.
func plain[T text](s T) (n Number, ok bool) {
	i, point := 0, -1
	neg := len(s) > 0 && s[0] == '-'
	if neg {
		i++
	}
	first := i
	if len(s)-first > maxDigits+1 {
		return Number{}, false
	}
	var coef uint64
	for ; i < len(s); i++ {
		c := s[i] - '0'
		switch {
		case c <= 9:
			coef = coef*10 + uint64(c)
		case s[i] == '.' && point < 0:
			point = i
		default:
			return Number{}, false
		}
	}
	whole, places := len(s)-first, 0
	if point >= 0 {
		whole, places = point-first, len(s)-point-1
	}
	switch {
	case whole == 0 || point >= 0 && places == 0 || whole+places > maxDigits || whole > 1 && s[first] == '0':
		return Number{}, false
	case coef == 0:
		return Number{}, true
	}
	return Number{num: signed(coef, neg), den1: int64(pow10[places]) - 1}, true
}

// scan is parse without an explanation of what is wrong.
func scan[T text](s T) (n Number, ok bool) {
	m := mantissa[T]{s: s}
	neg := len(s) > 0 && s[0] == '-'
	if neg {
		m.next++
	}
	start := m.next
	if m.readDigits() == 0 || s[start] == '0' && m.next > start+1 {
		return Number{}, false
	}
	places := 0
	if m.next < len(s) && s[m.next] == '.' {
		m.next++
		if places = m.readDigits(); places == 0 {
			return Number{}, false
		}
	}
	exp := 0
	if m.next < len(s) {
		if s[m.next] != 'e' && s[m.next] != 'E' {
			return Number{}, false
		}
		if exp, ok = exponent(s[m.next+1:]); !ok {
			return Number{}, false
		}
	}
	exp -= places
	if m.significant > maxDigits {
		return bigScaled(bigDigits(string(s[:m.next])), exp), true
	}
	coef := signed(m.coef, neg)
	if n, ok = scaled(coef, exp); ok {
		return n, true
	}
	return bigScaled(big.NewInt(coef), exp), true
}

// mantissa reads the digits of a number.
type mantissa[T text] struct {
	s           T
	next        int    // index of the byte to read next
	coef        uint64 // the digits so far as a whole number, while there are at most maxDigits
	significant int    // digits so far, without leading zeros
}

// readDigits reads as many digits as there are, with underscores between them, and returns their number.
func (m *mantissa[T]) readDigits() (n int) {
	for ; m.next < len(m.s); m.next++ {
		c := m.s[m.next] - '0'
		if c > 9 {
			if m.s[m.next] == '_' && between(m.s, m.next) {
				continue
			}
			return n
		}
		n++
		if m.significant > 0 || c != 0 {
			if m.significant++; m.significant <= maxDigits {
				m.coef = m.coef*10 + uint64(c)
			}
		}
	}
	return n
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
