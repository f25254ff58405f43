package display

import "strings"

// Thousands puts commas between the thousands of a decimal number: -1234567.50 is -1,234,567.50. What is no plain decimal
// number (1/3, 1e9, unlimited) stays as it is.
func Thousands(s string) string {
	sign, digits := "", s
	if strings.HasPrefix(s, "-") {
		sign, digits = s[:1], s[1:]
	}
	whole, rest := digits, ""
	if i := strings.IndexByte(digits, '.'); i >= 0 {
		whole, rest = digits[:i], digits[i:]
	}
	if strings.Trim(whole, "0123456789") != "" || len(whole) <= 3 {
		return s
	}
	var b strings.Builder
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	return sign + b.String() + rest
}
