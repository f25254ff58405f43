package formula

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/internal/exact"
)

// scanner cuts an expression into tokens before expr's parser sees it: that parser has no limit on nesting, reads
// numbers as float64, and stops at the first fault with a message meant for programmers.
type scanner struct {
	runes    []rune
	pos      int
	tokens   []token
	open     []int // indices of the brackets that are open
	unary    int   // signs and negations in a row, up to here
	numbers  map[int]exact.Number
	problems []Problem
	stop     bool // no use to go on
}

func scan(src string) *scanner {
	s := &scanner{numbers: map[int]exact.Number{}}
	switch {
	case len(src) > MaxText:
		s.problems = []Problem{{Code: "too-long",
			Message: fmt.Sprintf("the expression has %d bytes, at most %d are allowed", len(src), MaxText),
			Hint:    "give parts of it names of their own, as values"}}
		return s
	case !utf8.ValidString(src):
		s.problems = []Problem{{Code: "not-utf8", Message: "the expression is not valid UTF-8 text"}}
		return s
	}
	s.runes = []rune(src)
	for s.pos < len(s.runes) && !s.stop {
		s.next()
	}
	if s.stop {
		return s
	}
	if len(s.tokens) == 0 && len(s.problems) == 0 {
		s.problem(0, len(s.runes), "empty-value", "there is no expression here", "")
	}
	if len(s.open) > 0 {
		s.unclosed()
	}
	s.checkTokens()
	return s
}

func (s *scanner) problem(from, to int, code, message, hint string) {
	s.problems = append(s.problems, Problem{Offset: from, Width: to - from, Code: code, Message: message, Hint: hint})
}

// peek returns the character n places on, or 0 behind the end.
func (s *scanner) peek(n int) rune {
	if s.pos+n < len(s.runes) {
		return s.runes[s.pos+n]
	}
	return 0
}

func (s *scanner) text(from, to int) string { return string(s.runes[from:to]) }

func (s *scanner) emit(kind tokenKind, width int) *token {
	t := token{kind: kind, from: s.pos, to: s.pos + width, text: s.text(s.pos, s.pos+width), match: -1}
	if t.is("-", "+", "!", "not") && (len(s.tokens) == 0 || !s.tokens[len(s.tokens)-1].endsOperand()) {
		s.unary++
	} else {
		s.unary = 0
	}
	s.pos += width
	s.tokens = append(s.tokens, t)
	if s.unary > MaxDepth {
		s.problem(t.from, t.to, "too-deep", fmt.Sprintf("more than %d signs or negations stand in a row", MaxDepth), "")
		s.stop = true
	}
	return &s.tokens[len(s.tokens)-1]
}

func (s *scanner) last() token {
	if len(s.tokens) == 0 {
		return token{kind: opToken}
	}
	return s.tokens[len(s.tokens)-1]
}

func (s *scanner) next() {
	r := s.runes[s.pos]
	switch {
	case unicode.IsSpace(r):
		s.pos++
	case r == '\'' || r == '"':
		s.string(r)
	case isDigit(r) || r == '.' && isDigit(s.peek(1)):
		s.number()
	case (r == 'b' || r == 'B') && (s.peek(1) == '\'' || s.peek(1) == '"'):
		s.problem(s.pos, s.pos+1, "not-allowed", "a string has no letter before its quote", "leave out the "+string(r))
		s.pos++
	case strings.ContainsRune("([{", r):
		s.openBracket()
	case strings.ContainsRune(")]}", r):
		s.closeBracket(r)
	case foreign[r] != "" || unicode.IsDigit(r) && r > unicode.MaxASCII:
		s.foreign(r)
	case isLetter(r):
		s.name()
	default:
		s.operator(r)
	}
}

func (s *scanner) name() {
	n := 1
	for isWordRune(s.peek(n)) {
		n++
	}
	word := s.text(s.pos, s.pos+n)
	kind := nameToken
	if operatorWords[word] && !s.last().is(".", "?.") {
		kind = opToken
	}
	if strings.ContainsRune(word, '$') {
		s.problem(s.pos, s.pos+n, "bad-character", "`$` can be no part of a name", "leave it out")
	}
	s.emit(kind, n)
}

// string reads a string as far as its closing quote; what stands in it is for expr's lexer to unquote.
func (s *scanner) string(quote rune) {
	for n := 1; ; n++ {
		switch s.peek(n) {
		case quote:
			s.emit(textToken, n+1)
			return
		case '\\':
			n++
		case 0, '\n':
			if s.pos+n < len(s.runes) && s.runes[s.pos+n] == 0 {
				continue
			}
			to := min(s.pos+n, len(s.runes))
			s.problem(s.pos, to, "unclosed-string", "the string that begins here is not closed", "close it with "+string(quote))
			s.emit(textToken, to-s.pos)
			return
		}
	}
}

func (s *scanner) openBracket() {
	s.emit(openToken, 1)
	s.open = append(s.open, len(s.tokens)-1)
	if len(s.open) > MaxDepth {
		t := s.last()
		s.problem(t.from, t.to, "too-deep", fmt.Sprintf("brackets are nested more than %d deep", MaxDepth),
			"give the inner parts names of their own, as values")
		s.stop = true
	}
}

var partner = map[string]rune{"(": ')', "[": ']', "{": '}'}

func (s *scanner) closeBracket(r rune) {
	t := s.emit(closeToken, 1)
	if len(s.open) == 0 {
		s.problem(t.from, t.to, "bracket", fmt.Sprintf("this `%c` closes nothing", r), "")
		s.stop = true
		return
	}
	i := s.open[len(s.open)-1]
	o := &s.tokens[i]
	if partner[o.text] != r {
		s.problem(t.from, t.to, "bracket", fmt.Sprintf("`%s` is closed by `%c`", o.text, r),
			fmt.Sprintf("write `%c`", partner[o.text]))
		s.stop = true
		return
	}
	s.open = s.open[:len(s.open)-1]
	o.match, t.match = len(s.tokens)-1, i
}

// unclosed reports the innermost bracket that is still open at the end.
func (s *scanner) unclosed() {
	o := s.tokens[s.open[len(s.open)-1]]
	hint := fmt.Sprintf("add `%c` where it ends", partner[o.text])
	if s.last().is(",", "(") {
		// The likeliest way to lose the rest of a line.
		hint = "in YAML a # after a space begins a comment: put the expression in quotes, or write .field for #.field"
	}
	s.problem(o.from, o.to, "bracket", fmt.Sprintf("this `%s` is not closed", o.text), hint)
	s.stop = true
}

// operators are the signs of more than one character; the longest that fits is taken.
var operators = []string{"**", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "..", "::", "//", "/*"}

func (s *scanner) operator(r rune) {
	if strings.ContainsRune("<>!=", r) && s.peek(1) == '＝' {
		s.problem(s.pos, s.pos+2, "foreign-character", quote(s.text(s.pos, s.pos+2))+" has no meaning here", "write `"+string(r)+"=`")
		s.emit(opToken, 2).text = string(r) + "="
		return
	}
	for _, op := range operators {
		if rune(op[0]) == r && s.peek(1) == rune(op[1]) {
			switch op {
			case "//", "/*":
				s.problem(s.pos, s.pos+2, "bad-operator", "`"+op+"` does not belong in an expression",
					"for whole division write floor(a / b); comments belong behind a # of YAML")
				s.pos += 2
				s.stop = true
			default:
				s.emit(opToken, 2)
			}
			return
		}
	}
	if strings.ContainsRune("+-*/%<>=!&|?:,;.#^", r) {
		s.emit(opToken, 1)
		return
	}
	hint := ""
	if unicode.Is(unicode.Sc, r) {
		hint = "leave out the currency sign"
	}
	s.problem(s.pos, s.pos+1, "bad-character", fmt.Sprintf("the character %s has no meaning here", showRune(r)), hint)
	s.pos++
}

func showRune(r rune) string {
	if unicode.IsPrint(r) {
		return "`" + string(r) + "`"
	}
	return fmt.Sprintf("%U", r)
}
