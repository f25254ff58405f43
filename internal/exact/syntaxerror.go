package exact

import (
	"fmt"
	"strings"
	"unicode"
)

// SyntaxError says why a text is not a number, and where it can what to write instead.
type SyntaxError struct {
	Text   string // the text, cut to 40 characters
	Reason string
}

// Error returns, for example, `"5%" is not a number: write 0.05`.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%q is not a number: %s", e.Text, e.Reason)
}

const (
	cutRunes = 40
	// cutBytes holds cutRunes characters, whatever they are, and tells whether there are more.
	cutBytes = 4*cutRunes + 1
)

func newSyntaxError(s, reason string) *SyntaxError {
	n := 0
	for i := range s {
		if n == cutRunes {
			s = s[:i]
			break
		}
		n++
	}
	return &SyntaxError{Text: strings.Clone(s), Reason: reason}
}

// explain returns the error for a text that parse refused.
func explain(s string) *SyntaxError {
	return newSyntaxError(s, reason(s))
}

// reason tries one habit of writing numbers after the other; the order matters where a text shows several.
func reason(s string) string {
	trimmed := strings.TrimSpace(s)
	unsigned := strings.TrimPrefix(trimmed, "-")
	switch {
	case s == "":
		return "it is empty"
	case trimmed == "":
		return "it is blank"
	case trimmed != s && isNumber(trimmed):
		return "leave out the space around " + trimmed
	case strings.HasPrefix(s, "+"):
		return "leave out the plus sign"
	case strings.HasSuffix(trimmed, "%"):
		return percentReason(trimmed)
	case isWord(unsigned, "nan", "inf", "infinity", "+inf", "+infinity"):
		return "there is no NaN and no infinity here"
	case isWord(s, "null", "nil", "none", "n/a", "true", "false"):
		return "leave it out where there is no number"
	case hasAnyPrefix(strings.ToLower(unsigned), "0x", "0o", "0b"):
		return "write it in decimal"
	case strings.HasPrefix(unsigned, "."):
		return example("put a digit before the point", strings.Replace(s, ".", "0.", 1))
	case strings.ContainsFunc(s, isOddMinus):
		return `write the minus as "-"`
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Sc, r) }):
		return example("leave out the currency sign", strings.TrimSpace(without(s, func(r rune) bool { return unicode.Is(unicode.Sc, r) })))
	case strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsDigit(r) }):
		return example("use the digits 0 to 9", strings.Map(plainDigit, s))
	case strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")"):
		return example("write a minus instead of parentheses", "-"+s[1:len(s)-1])
	case strings.ContainsFunc(s, isSeparator) && strings.ContainsAny(s, "0123456789"):
		return separatorReason(s)
	case strings.Count(s, ".") > 1:
		return "it has more than one point"
	case strings.Contains(s, "/"):
		return "divide it first, or write it as an expression"
	case len(unsigned) > 1 && unsigned[0] == '0' && (unsigned[1] == '_' || unsigned[1]-'0' <= 9):
		return leadingZeroReason(s)
	case strings.Contains(s, "_") && isNumber(strings.ReplaceAll(s, "_", "")):
		return "an underscore may stand only between digits"
	case strings.HasSuffix(s, ".") && isNumber(s[:len(s)-1]):
		return "write " + s[:len(s)-1] + " or " + s + "0"
	case strings.ContainsAny(s, "eE"):
		if mantissa := s[:strings.IndexAny(s, "eE")]; isNumber(mantissa) {
			return "the exponent must be a whole number from -1000 to 1000"
		}
	}
	if advice := unitReason(s); advice != "" {
		return advice
	}
	return "write digits, and a point before the decimals, as in 1234.5"
}

func isNumber(s string) bool {
	_, ok := scan(s)
	return ok
}

// example adds what to write, if that is a number.
func example(advice, write string) string {
	if isNumber(write) {
		return advice + ": " + write
	}
	return advice
}

func isWord(s string, words ...string) bool {
	for _, w := range words {
		if strings.EqualFold(s, w) {
			return true
		}
	}
	return false
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// without returns s without the characters that drop is true for.
func without(s string, drop func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if drop(r) {
			return -1
		}
		return r
	}, s)
}

// plainDigit returns the digit from 0 to 9 that r, a digit of another script or of full width, stands for.
func plainDigit(r rune) rune {
	if r <= unicode.MaxASCII || !unicode.IsDigit(r) {
		return r
	}
	zero := r
	for unicode.IsDigit(zero - 1) {
		zero--
	}
	return '0' + (r-zero)%10 // the ten digits of a script follow each other, and so do some scripts
}

// isOddMinus knows the minus of typesetters and the dashes that word processors make of a hyphen.
func isOddMinus(r rune) bool {
	return r == '\u2212' || r == '\u2010' || r == '\u2011' || r == '\u2012' || r == '\u2013' || r == '\u2014'
}

// isSeparator knows what people put between thousands: comma, apostrophe (Switzerland), any kind of space (France).
func isSeparator(r rune) bool {
	return r == ',' || r == '\'' || r == '\u2019' || unicode.IsSpace(r)
}

func separatorReason(s string) string {
	comma := strings.Count(s, ",")
	point := strings.IndexByte(s, '.')
	last := strings.LastIndexByte(s, ',')
	if comma == 1 && (point >= 0 && point < last || point < 0 && last < len(s)-1 && len(s)-last-1 != 3) {
		// The comma stands before the decimals: 1,5 or 1.234,5.
		return example("write the decimals after a point", strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1))
	}
	name := "space"
	switch {
	case comma > 0:
		name = "comma"
	case strings.ContainsAny(s, "'\u2019"):
		name = "apostrophe"
	}
	plain := without(s, isSeparator)
	underscored := strings.Map(func(r rune) rune {
		if isSeparator(r) {
			return '_'
		}
		return r
	}, s)
	switch {
	case isNumber(plain) && isNumber(underscored):
		return "leave out the " + name + " (" + plain + " or " + underscored + ")"
	case isNumber(plain):
		return "leave out the " + name + " (" + plain + ")"
	}
	if advice := unitReason(s); advice != "" {
		return advice
	}
	return "leave out the " + name
}

// units are what people write behind a number, with the power of ten that each stands for. Longer ones first.
var units = []struct {
	name  string
	zeros int
}{{"万亿", 12}, {"千万", 7}, {"百万", 6}, {"十万", 5}, {"亿", 8}, {"万", 4}, {"千", 3}, {"百", 2}, {"w", 4}, {"k", 3}, {"m", 6}}

// unitReason says how to write a number with a unit behind it, such as 50万 or 100元; "" if s is none.
func unitReason(s string) string {
	head := s[:len(s)-len(strings.TrimLeft(s, "-0123456789._"))]
	x, ok := scan(head)
	if !ok {
		return ""
	}
	tail := strings.TrimSpace(s[len(head):])
	if strings.ContainsFunc(tail, func(r rune) bool { return !unicode.IsLetter(r) && r != ' ' }) {
		return ""
	}
	for _, u := range units {
		if u.name[0] > unicode.MaxASCII && strings.HasPrefix(tail, u.name) || strings.EqualFold(tail, u.name) { // 万元, but not months
			ten, _ := Int(10).PowInt(u.zeros)
			return "write " + underscored(x.Mul(ten))
		}
	}
	return "write " + head + " without `" + tail + "`"
}

// underscored writes x with an underscore at each thousand.
func underscored(x Number) string {
	whole, rest, _ := strings.Cut(x.String(), ".")
	var b strings.Builder
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 && whole[i-1] != '-' {
			b.WriteByte('_')
		}
		b.WriteRune(c)
	}
	if rest != "" {
		b.WriteString("." + rest)
	}
	return b.String()
}

func percentReason(s string) string {
	n, ok := scan(strings.TrimSpace(strings.TrimSuffix(s, "%")))
	if !ok {
		return "write it without the percent sign, 5% as 0.05"
	}
	write := n.Mul(Number{num: 1, den1: 99})
	text, exact := write.appendShortest(nil)
	if !exact || len(text) > MaxText {
		return "write it without the percent sign, 5% as 0.05"
	}
	return "write " + string(text)
}

func leadingZeroReason(s string) string {
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	s = strings.TrimLeft(s, "0_")
	if s == "" || s[0]-'0' > 9 {
		s = "0" + s
	}
	return example("a leading zero can mean octal, leave it out", sign+s)
}
