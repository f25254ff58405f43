package formula

import (
	"unicode"

	"github.com/tallystick-go/tallystick/internal/exact"
)

// checkTokens finds the habits of other languages and of spreadsheets that would give a strange message further on, or
// none at all: `a*20% - b` is a remainder for the parser.
func (s *scanner) checkTokens() {
	depth := 0
	for i, t := range s.tokens {
		switch t.kind {
		case openToken:
			depth++
		case closeToken:
			depth--
		case opToken:
			if s.runes[t.from] > unicode.MaxASCII {
				continue // one of the foreign characters, reported already
			}
			s.checkOperator(i, t, depth)
		}
	}
}

// glued reports whether token i follows the one before it without a space.
func (s *scanner) glued(i int) bool {
	return i > 0 && i < len(s.tokens) && s.tokens[i-1].to == s.tokens[i].from
}

func (s *scanner) token(i int) token {
	if i < 0 || i >= len(s.tokens) {
		return token{kind: opToken}
	}
	return s.tokens[i]
}

func (s *scanner) checkOperator(i int, t token, depth int) {
	prev, next := s.token(i-1), s.token(i+1)
	bad := func(message, hint string) { s.problem(t.from, t.to, "bad-operator", message, hint) }
	switch t.text {
	case "=":
		switch {
		case s.token(i - 2).is("let"):
		case next.is("=") && s.glued(i+1), prev.is("==", "!=", "=") && s.glued(i):
			bad("`=` is one too many here", "`==` compares")
		case (prev.is("<", ">", "!")) && !s.glued(i):
			bad("`"+prev.text+"` and `=` must stand together", "write `"+prev.text+"=`")
		case next.is(">", "<") && s.glued(i+1):
			bad("there is no operator `="+next.text+"`", "write `"+next.text+"=`")
		default:
			bad("`=` does not compare", "write `==`")
		}
	case "<":
		if next.is(">") && s.glued(i+1) {
			s.problem(t.from, next.to, "bad-operator", "there is no operator `<>`", "write `!=`")
		}
	case "&":
		bad("there is no operator `&`", "write `and`")
	case "^":
		bad("there is no operator `^`", "a power is written `x ** 2`")
	case "::":
		bad("there is no operator `::`", "")
	case "|":
		if next.kind != nameToken || !s.token(i+2).is("(") {
			bad("`|` hands a list on to a function, and none follows", "for a choice between conditions write `or`")
		}
	case "%":
		s.checkPercent(i, t, prev, next)
	case ",":
		if depth == 0 {
			s.checkComma(i, t)
		}
	case "?":
		if next.is(":") {
			s.problem(t.from, next.to, "bad-operator", "there is no operator `?:`", "`x ?? y` is y where x is missing")
		}
	case "if", "else":
		// `else` would follow an `if` that is reported already.
		if t.text == "if" {
			bad("there is no `if`", "write `condition ? this : that`")
		}
	}
}

// checkPercent tells 20% from a remainder.
func (s *scanner) checkPercent(i int, t, prev, next token) {
	sign := next.is("-", "+") && s.glued(i) && !s.glued(i+1)
	if next.startsOperand() && !next.is("-", "+") || next.startsOperand() && !sign {
		return
	}
	hint := "`%` is the remainder of a division; write 5% as 0.05"
	if x, ok := s.numbers[prev.from]; ok && prev.kind == numberToken && s.glued(i) {
		if fraction, ok := x.Quo(exact.Int(100)); ok {
			hint = "write " + fraction.String()
		}
		s.problem(prev.from, t.to, "bad-number", "a percentage is not written with `%`", hint)
		return
	}
	if sign && prev.kind != numberToken {
		return
	}
	s.problem(t.from, t.to, "bad-operator", "`%` needs a number on its right", hint)
}

// checkComma reports a comma outside of brackets, where it separates nothing.
func (s *scanner) checkComma(i int, t token) {
	if first, hint := s.commaRun(i + 1); hint != "" {
		if last := i + 1; !s.token(last+1).is(",") || !s.glued(last+1) { // the last one speaks for the run
			s.commaProblem(first, last, hint)
		}
		return
	}
	s.problem(t.from, t.to, "bad-operator", "a comma can only stand within brackets", "join conditions by `and` or `or`")
}
