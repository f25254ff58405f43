package formula

import (
	"fmt"
	"unicode"

	"github.com/tallystick-go/tallystick/internal/exact"
)

// foreign are the characters that Chinese input methods, spreadsheets and word processors put in place of the ones of
// the grammar.
var foreign = map[rune]string{
	'，': ",", '、': ",", '（': "(", '）': ")", '【': "[", '】': "]", '［': "[", '］': "]", '｛': "{", '｝': "}",
	'＞': ">", '＜': "<", '＝': "==", '≥': ">=", '≤': "<=", '≧': ">=", '≦': "<=", '≠': "!=", '；': ";", '：': ":",
	'？': "?", '！': "!", '＋': "+", '－': "-", '−': "-", '–': "-", '—': "-", '×': "*", '·': "*", '＊': "*", '÷': "/",
	'／': "/", '％': "%", '｜': "|", '＆': "&", '．': ".", '。': ".", '＃': "#", '＿': "_",
	'`': "'", '“': "\"", '”': "\"", '‘': "'", '’': "'", '「': "'", '」': "'", '『': "'", '』': "'", '＂': "\"", '＇': "'",
}

var closingQuote = map[rune]rune{'`': '`', '“': '”', '‘': '’', '「': '」', '『': '』', '＂': '＂', '＇': '＇', '”': '”', '’': '’'}

// foreign reports the character at hand and takes it for what it stands for, so that one slip gives one problem.
func (s *scanner) foreign(r rune) {
	from := s.pos
	if end, ok := closingQuote[r]; ok {
		n := 1
		for s.pos+n < len(s.runes) && s.peek(n) != end && s.peek(n) != '\n' {
			n++
		}
		to := min(s.pos+n+1, len(s.runes))
		inner := s.text(min(from+1, to), max(min(from+1, to), to-1))
		s.problem(from, to, "foreign-character", fmt.Sprintf("a string does not begin with %c", r), fmt.Sprintf("write '%s'", inner))
		s.emit(textToken, to-from)
		return
	}
	if unicode.IsDigit(r) {
		n := 1
		for unicode.IsDigit(s.peek(n)) {
			n++
		}
		text := s.text(from, from+n)
		_, err := exact.Parse(text)
		_, hint := numberFault(text, err)
		s.problem(from, from+n, "foreign-character", quote(text)+" is not written in the digits 0 to 9", hint)
		s.emit(numberToken, n)
		return
	}
	stands, width := foreign[r], 1
	if next := s.peek(1); (next == '＝' || next == '=') && (stands == ">" || stands == "<" || stands == "!" || stands == "==") {
		width = 2
		stands = stands[:1] + "="
	}
	s.problem(from, from+width, "foreign-character", quote(s.text(from, from+width))+" has no meaning here", "write `"+stands+"`")
	switch stands {
	case "(", "[", "{":
		s.emit(openToken, 1).text = stands
		s.open = append(s.open, len(s.tokens)-1)
	case ")", "]", "}":
		t := s.emit(closeToken, 1)
		t.text = stands
		if len(s.open) > 0 {
			i := s.open[len(s.open)-1]
			s.open = s.open[:len(s.open)-1]
			s.tokens[i].match, t.match = len(s.tokens)-1, i
		}
	default:
		s.emit(opToken, width).text = stands
	}
}
