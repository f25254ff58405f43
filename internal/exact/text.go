package exact

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// maxDigitText is the longest numerator, denominator or decimal that is read back: MaxBits are 9,865 digits, and a sign, a
// point and 12 places come on top.
const maxDigitText = 9880

// MarshalJSON returns a JSON string: what String returns when that is exact, otherwise what Fraction returns.
func (a Number) MarshalJSON() ([]byte, error) {
	return append(a.appendExact([]byte{'"'}), '"'), nil
}

// MarshalText returns what String returns when that is exact, otherwise what Fraction returns.
func (a Number) MarshalText() ([]byte, error) {
	return a.appendExact(nil), nil
}

// appendExact appends text that reads back as an equal number.
func (a Number) appendExact(dst []byte) []byte {
	text, exact := a.appendShortest(dst)
	if exact {
		return text
	}
	return append(text[:len(dst)], a.Fraction()...)
}

// UnmarshalJSON reads a JSON number, or a JSON string as UnmarshalText reads it. null is an error, because a number that is
// not known is not 0.
func (a *Number) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		return a.UnmarshalText([]byte(s))
	}
	n, err := parse(b, maxDigitText)
	if err != nil {
		return err
	}
	return a.set(n, b)
}

// UnmarshalText reads decimal text as [Parse] does, or a fraction "n/d" of two whole numbers. It takes longer text than
// Parse, so that every Number up to MaxBits reads back.
func (a *Number) UnmarshalText(b []byte) error {
	num, den, fraction := bytes.Cut(b, []byte{'/'})
	if !fraction {
		n, err := parse(b, maxDigitText)
		if err != nil {
			return err
		}
		return a.set(n, b)
	}
	if !isDigits(bytes.TrimPrefix(num, []byte{'-'})) || !isDigits(den) {
		return newSyntaxError(string(b[:min(len(b), cutBytes)]), `a fraction is two whole numbers, as in "2/3"`)
	}
	n, err := parse(num, maxDigitText)
	if err != nil {
		return err
	}
	d, err := parse(den, maxDigitText)
	if err != nil {
		return err
	}
	q, ok := n.Quo(d)
	if !ok {
		return newSyntaxError(string(b[:min(len(b), cutBytes)]), "the denominator is 0")
	}
	return a.set(q, b)
}

// set makes *a n, which was read from b, unless it is too large.
func (a *Number) set(n Number, b []byte) error {
	if n.TooLarge() {
		return newSyntaxError(string(b[:min(len(b), cutBytes)]), "it takes over "+strconv.Itoa(MaxBits)+" bits")
	}
	*a = n
	return nil
}

func isDigits(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 {
			return false
		}
	}
	return len(b) > 0
}
