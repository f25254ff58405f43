package yamldoc

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// refuse notes YAML that is not allowed. Faults of syntax in the same line would only follow from it.
func (s *scanner) refuse(at spot, width int, code, message, hint string) {
	s.refused.add(doc.Errorf(s.place(at, width), code, "%s", message).WithHint("%s", hint))
	s.syntaxLine = s.line
}

func tooDeep(p doc.Place) doc.Fault {
	return doc.Errorf(p, "too-deep", "maps and lists are more than %d levels deep here", MaxDepth).
		WithHint("give what stands deepest a place of its own")
}

func (s *scanner) alias(left []level) {
	s.begin(left)
	start, name := s.propertyName()
	s.refuse(start, s.col-start.col, "yaml-alias", "`"+name+"` is an alias, which is not allowed",
		"write out the value that it stands for; if it is meant as a text, put it in quotes")
	s.done()
}

func (s *scanner) anchor() {
	s.saveKey()
	start, name := s.propertyName()
	s.refuse(start, s.col-start.col, "yaml-anchor", "`"+name+"` is an anchor, which is not allowed",
		"delete it; if it is meant as a text, put it in quotes")
}

func (s *scanner) tag() {
	s.saveKey()
	start := s.spot
	for b := s.peek(0); !isBlankOrEnd(b) && (!s.inFlow() || strings.IndexByte(",[]{}", b) < 0); b = s.peek(0) {
		s.next()
	}
	s.keyAllowed, s.property = false, true
	s.addToken(propertyStyle, start, s.off)
	name := s.text[start.off:s.off]
	hint := "delete it; if a number is meant as a text, put it in quotes"
	switch {
	case name == "!=":
		hint = quoteHint
	case !strings.HasPrefix(name, "!!") && !strings.HasPrefix(name, "!<"):
		hint = "write `not " + strings.TrimLeft(cut(s.restOfLine(start.off)), "! ") + "`, or put the value in quotes"
	}
	if s.inFlow() && strings.HasPrefix(hint, "write") {
		hint = "write `not` for `!`, or put the value in quotes"
	}
	s.refuse(start, s.col-start.col, "yaml-tag", "`"+name+"` is a tag, which is not allowed", hint)
}

// propertyName steps over an alias or anchor.
func (s *scanner) propertyName() (start spot, name string) {
	start = s.spot
	s.next()
	for isWord(s.peek(0)) {
		s.next()
	}
	s.keyAllowed, s.property = false, true
	s.addToken(propertyStyle, start, s.off)
	return start, s.text[start.off:s.off]
}

func isWord(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b == '_' || b == '-'
}

// checkSpaces refuses white space that YAML takes for a part of the plain scalar read last, at its ends.
func (s *scanner) checkSpaces(start, end spot) {
	first, _ := utf8.DecodeRuneInString(s.text[start.off:end.off])
	last, _ := utf8.DecodeLastRuneInString(s.text[start.off:end.off])
	at, r := start, first
	if !foreignSpace(first) {
		if !foreignSpace(last) {
			return
		}
		at, r = end, last
		at.col--
	}
	s.refused.add(doc.Errorf(s.place(at, 1), "bad-space", "the space here is no ordinary one (U+%04X), so it belongs to the text", r).
		WithHint("replace it by an ordinary space; if the text needs it, put the text in quotes"))
}

// foreignSpace reports whether r looks like a space but is none to YAML, as the fullwidth space U+3000.
func foreignSpace(r rune) bool { return r >= utf8.RuneSelf && unicode.IsSpace(r) }

// checkCutByComment refuses a # that ends an unquoted value between brackets, as in sum(members, #.amount).
func (s *scanner) checkCutByComment() {
	t := &s.last
	if t.style != plainStyle || len(s.tokens) == 0 || strings.Trim(s.text[t.end:s.off], " \t") != "" {
		return
	}
	value, comment := s.text[t.off:t.end], s.text[s.off:s.lineEnd(s.off)]
	if balance(value, "([{", ")]}") > 0 && balance(comment, "([{", ")]}") < 0 {
		s.refuse(s.spot, 1, "yaml-comment", "` #` begins a comment, so the value ends here: `"+cut(value)+"`",
			"put the value in quotes: "+singleQuoted(value+" "+comment)+"; in an expression, write `.a` for `#.a`")
	}
}

// parens are the parentheses opened in an unquoted value inside of [ ] or { }.
type parens struct {
	open  int
	first token // the value that opened them
}

// checkCutByComma refuses a comma that ends an unquoted value between parentheses, as in {of: min(a, b)}.
func (s *scanner) checkCutByComma() {
	p := &s.bracket().paren
	n := balance(s.text[s.last.off:s.last.end], "(", ")")
	if p.open == 0 {
		if n > 0 {
			*p = parens{open: n, first: s.last}
		}
		return
	}
	if p.open += n; p.open <= 0 {
		at := spot{line: int(p.first.line), col: int(p.first.col)}
		value := s.text[p.first.off:p.first.end]
		whole := s.text[p.first.off:s.last.end]
		s.refuse(at, int(p.first.width), "yaml-comma", "the comma ends this value inside of "+s.pair()+": `"+cut(value)+"`",
			"put the whole in quotes: "+singleQuoted(whole))
		*p = parens{}
	}
}

// balance returns how many more characters of text are in opening than in closing.
func balance(text, opening, closing string) int {
	n := 0
	for i := 0; i < len(text); i++ {
		if strings.IndexByte(opening, text[i]) >= 0 {
			n++
		} else if strings.IndexByte(closing, text[i]) >= 0 {
			n--
		}
	}
	return n
}

// quoteHint is the remedy where no better one is known.
const quoteHint = "if it belongs to a text, put the whole text in quotes"

// noKeyHint is the remedy for a colon without a key.
const noKeyHint = "write the key and the colon in one line, or put the value in quotes if the colon belongs to it"

// longestExample is how long an example in a hint may be, in characters.
const longestExample = 60

// cut returns text in one line, cut to a length that can be shown in a message.
func cut(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= longestExample {
		return text
	}
	return string([]rune(text)[:longestExample-1]) + "…"
}

// singleQuoted returns text as a YAML value in single quotes, to be shown in a hint.
func singleQuoted(text string) string {
	return "'" + strings.ReplaceAll(cut(text), "'", "''") + "'"
}

// plural returns "1 space" or "3 spaces".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
