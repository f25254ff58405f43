package formula

import (
	"errors"
	"strings"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// number reads a number by our grammar. The token takes all that sticks to it, so that 50万 or 0x1F is one fault.
func (s *scanner) number() {
	if s.bareDate() {
		return
	}
	n := s.numberWidth()
	text := s.text(s.pos, s.pos+n)
	from := s.pos
	t := s.emit(numberToken, n)
	x, err := exact.Parse(text)
	if err == nil {
		s.numbers[from] = x
		return
	}
	// The 000 of 1,000 is no number because of its leading zeros. Outside of brackets the comma itself is reported.
	if whole, _, _ := strings.Cut(text, "."); len(whole) == 3 {
		if first, hint := s.commaRun(len(s.tokens) - 1); hint != "" {
			if len(s.open) > 0 {
				s.commaProblem(first, len(s.tokens)-1, hint)
			}
			return
		}
	}
	message, hint := numberFault(text, err)
	s.problem(t.from, t.to, "bad-number", message, hint)
}

// bareDate reports a date without quotes, which would be worked out: 2024-06-30 is 1988.
func (s *scanner) bareDate() bool {
	width := 0
	digits := func(least, most int) bool {
		n := 0
		for isDigit(s.peek(width)) {
			width++
			n++
		}
		return least <= n && n <= most
	}
	sign := func(r rune) bool { width++; return (r == '-' || r == '/') && s.peek(width-1) == r }
	if !digits(4, 4) {
		return false
	}
	r := s.peek(width)
	if !sign(r) || !digits(1, 2) || !sign(r) || !digits(1, 2) || isWordRune(s.peek(width)) || s.peek(width) == '.' || s.peek(width) == r {
		return false
	}
	text := s.text(s.pos, s.pos+width)
	hint := slot.DayHint(text)
	if day, ok := strings.CutPrefix(hint, "write "); ok {
		hint = "write date('" + day + "')"
	} else if _, err := slot.ParseDay(text); err == nil {
		hint = "write date('" + text + "')"
	}
	s.problem(s.pos, s.pos+width, "bad-date", "a date is not written without quotes: this would be calculated", hint)
	s.emit(textToken, width)
	return true
}

// numberWidth returns how many characters belong to the number at hand, right or wrong.
func (s *scanner) numberWidth() int {
	n := 0
	for {
		r := s.peek(n)
		switch {
		case isWordRune(r):
			// The sign of an exponent belongs to it, but 0xe+1 is a sum.
			if (r == 'e' || r == 'E') && (s.peek(n+1) == '+' || s.peek(n+1) == '-') && isDigit(s.peek(n+2)) && n > 0 &&
				s.peek(1) != 'x' && s.peek(1) != 'X' {
				n++
			}
		case r == '.' && s.peek(n+1) != '.': // 1..5 is a range
		default:
			return n
		}
		n++
	}
}

// commaRun returns the numbers joined by commas without spaces, as in 1,000.50, that end with token i, and how to write
// what was meant; hint is empty when there is no such run.
func (s *scanner) commaRun(i int) (first int, hint string) {
	if i >= len(s.tokens) || s.tokens[i].kind != numberToken {
		return i, ""
	}
	first = i
	for first >= 2 && s.tokens[first-1].is(",") && s.tokens[first-2].kind == numberToken && s.glued(first) && s.glued(first-1) {
		first -= 2
	}
	if first == i {
		return i, ""
	}
	thousands := len(s.tokens[first].text) <= 3
	parts := []string{s.tokens[first].text}
	for k := first + 2; k <= i; k += 2 {
		whole, _, fraction := strings.Cut(s.tokens[k].text, ".")
		thousands = thousands && len(whole) == 3 && (!fraction || k == i)
		parts = append(parts, s.tokens[k].text)
	}
	switch {
	case thousands:
		return first, "write " + strings.Join(parts, "_")
	case len(parts) == 2:
		// The comma stands before the decimals: 1.000,50.
		return first, "write " + strings.ReplaceAll(parts[0], ".", "") + "." + parts[1]
	}
	return first, "leave out the commas"
}

func (s *scanner) commaProblem(first, last int, hint string) {
	s.problem(s.tokens[first].from, s.tokens[last].to, "bad-number", "a comma separates values, not digits", hint)
}

// numberFault explains why text is not a number.
func numberFault(text string, err error) (message, hint string) {
	var bad *exact.SyntaxError
	if errors.As(err, &bad) {
		return quote(bad.Text) + " is not a number", bad.Reason
	}
	return quote(text) + " is not a number", ""
}
