package yamldoc

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// fault notes a fault of syntax, unless the line already has one: what follows in it is likely a consequence. It
// returns the fault to be added to, or a spare one.
func (s *scanner) fault(at spot, width int, message, hint string) *doc.Fault {
	if s.syntaxLine == at.line {
		return &doc.Fault{}
	}
	s.syntaxLine = at.line
	s.syntax.add(doc.Errorf(s.place(at, width), "yaml-syntax", "%s", message).WithHint("%s", hint))
	if s.syntax.more > 0 {
		return &doc.Fault{}
	}
	return &s.syntax.list[len(s.syntax.list)-1]
}

// takeProblems reports what the scanner of a scalar met.
func (s *scanner) takeProblems() {
	for _, p := range s.problems {
		s.fault(p.at, p.width, p.message, p.hint)
	}
	s.problems = s.problems[:0]
}

// reportTabs reports the tabs that indent lines. Columns cannot be trusted behind them, so other faults of syntax there
// are dropped.
func (s *scanner) reportTabs() {
	if s.tabs.lines == 0 {
		return
	}
	kept := s.syntax.list[:0]
	for _, f := range s.syntax.list {
		if f.Place.Line <= s.tabs.first.line {
			kept = append(kept, f)
		}
	}
	s.syntax = faults{list: kept}
	message := "a tab stands here, where YAML allows only spaces"
	if n := s.tabs.lines - 1; n > 0 {
		message += ", and in " + plural(n, "further line")
	}
	s.syntax.add(doc.Errorf(s.place(s.tabs.first, 1), "yaml-tab", "%s", message).
		WithHint("indent with spaces, 2 for each level"))
}

// badStart reports a character that cannot begin a value.
func (s *scanner) badStart(b byte) {
	what := "`" + string(b) + "`"
	if b == '`' {
		what = "a backtick"
	}
	if s.inFlow() {
		hint := quoteHint
		if b == '>' {
			hint = "`min: 5` says >= 5, `above: 5` says > 5, and so does a cell of a table: {above: 5}; " + hint
		}
		s.fault(s.spot, 1, "a value inside of "+s.pair()+" cannot begin with "+what, hint)
		return
	}
	s.fault(s.spot, 1, "a value cannot begin with "+what, "put it in quotes: "+singleQuoted(s.restOfLine(s.off)))
}

func (s *scanner) openQuote(start spot) {
	quote := s.text[start.off]
	s.syntaxLine = -1
	s.fault(start, 1, "this quote is never closed", "add "+string(quote)+" at the end of the text; "+quoteInside(quote))
}

func quoteInside(quote byte) string {
	if quote == '"' {
		return `inside of double quotes, write \" for a double quote`
	}
	return "inside of single quotes, write '' for a single quote"
}

func spotOf(t *token) spot { return spot{off: int(t.off), line: int(t.line), col: int(t.col)} }

func (s *scanner) openBracket() {
	opener := &s.tokens[s.bracket().token]
	b := s.text[opener.off]
	s.syntaxLine = -1
	s.fault(spotOf(opener), 1, "this `"+string(b)+"` is never closed", "add `"+string(closing(b))+"` where it ends")
}

func (s *scanner) wrongBracket(b, want byte) {
	opener := &s.tokens[s.bracket().token]
	f := s.fault(s.spot, 1, fmt.Sprintf("`%c` cannot close `%c`", b, s.text[opener.off]), fmt.Sprintf("write `%c`", want))
	*f = f.See(s.place(spotOf(opener), 1), "it was opened here")
	s.stopped = true
}

// missingComma reports that a value follows another in brackets with no comma between them.
func (s *scanner) missingComma() {
	if s.bracketLeftOpen() {
		return
	}
	switch b := s.peek(0); {
	case s.last.style == quotedStyle && int(s.last.line) == s.line:
		s.textBehindQuote()
	case s.last.style == plainStyle && (b == '[' || b == '{'):
		s.fault(s.spot, 1, "a `"+string(b)+"` inside of "+s.pair()+" begins a value of its own",
			"if it belongs to an expression, put that in quotes; otherwise put a comma in front of it")
	default:
		s.fault(s.spot, 1, "a comma is missing in front of this value", "put a comma there, or the whole text in quotes")
	}
}

// bracketLeftOpen reports a bracket that was opened in an earlier line and seems not to have been closed there, when
// something does not fit here.
func (s *scanner) bracketLeftOpen() bool {
	opener := &s.tokens[s.bracket().token]
	if int(opener.line) == s.line {
		return false
	}
	b := s.text[opener.off]
	s.syntaxLine = -1
	f := s.fault(spotOf(opener), 1, fmt.Sprintf("this `%c` is still open in line %d, where something does not fit into it", b, s.line+1),
		fmt.Sprintf("close it with `%c`, or separate the entries with commas", closing(b)))
	*f = f.See(s.place(s.spot, 1), "this does not fit")
	s.stopped = true
	return true
}

// textBehindQuote reports that text follows the quoted value read last.
func (s *scanner) textBehindQuote() {
	hint := "put the whole value in quotes: " + singleQuoted(s.restOfLine(int(s.last.off)))
	if int(s.last.end) == s.off { // no space between: the quote did not mean the end
		hint = quoteInside(s.text[s.last.off])
	} else if s.inFlow() {
		hint = "put a comma between them, or the whole value in quotes"
	}
	s.fault(s.spot, s.restWidth(), "this does not belong to the text in quotes in front of it", hint)
}

// misplaced reports a value that stands in a block where none is expected; left are the blocks that its indentation has
// just closed.
func (s *scanner) misplaced(left []level) {
	last := &s.last
	if s.syntaxLine == s.line && int(last.line) == s.line {
		return
	}
	lastLine := s.lastLine()
	switch {
	case lastLine == s.line && int(last.line) < s.line && last.style == quotedStyle:
		s.syntaxLine = -1
		f := s.fault(spotOf(last), 1, fmt.Sprintf("this quote is closed only in line %d, where more text follows", s.line+1),
			"close the quote where the text ends")
		*f = f.See(s.place(s.spot, 1), "this follows")
	case lastLine == s.line && last.style == quotedStyle:
		s.textBehindQuote()
	case lastLine == s.line && last.style == bracketed:
		s.fault(s.spot, s.restWidth(), "this stands behind the closing bracket, where the value is complete",
			"if it belongs to the value, put the whole in quotes: "+singleQuoted(s.restOfLine(int(last.off))))
	case lastLine == s.line:
		s.fault(s.spot, s.restWidth(), "the value in front of this is complete", quoteHint)
	case len(s.levels) > 0 && s.levels[len(s.levels)-1].col == s.col:
		s.fault(s.spot, s.restWidth(), "this line stands in a list, so it must begin with `- `",
			"put `- ` in front, or indent it like what it belongs to")
	case len(s.levels)+len(left) == 0:
		s.fault(s.spot, s.restWidth(), "the value in front of this is the whole file", "delete what follows, or make both parts of a map or list")
	default:
		s.fault(s.spot, s.restWidth(), "the indentation of this line, "+plural(s.col, "space")+", is that of nothing above",
			"what it may belong to is indented by "+s.indentations(left))
	}
}

// lastLine returns the line in which the value read last ends.
func (s *scanner) lastLine() int {
	t := &s.last
	if t.style == blockStyle {
		return -1 // it ends with its last line
	}
	return int(t.line) + strings.Count(s.text[t.off:t.end], "\n") // CR alone is not worth a count here
}

// indentations lists the columns of the open blocks and of those just closed.
func (s *scanner) indentations(left []level) string {
	all := append(append([]level(nil), s.levels...), left...)
	parts := make([]string, 0, len(all))
	for _, l := range all {
		parts = append(parts, fmt.Sprint(l.col))
	}
	switch n := len(parts); n {
	case 0:
		return "0 spaces"
	case 1:
		return plural(all[0].col, "space")
	default:
		return strings.Join(parts[:n-1], ", ") + " or " + parts[n-1] + " spaces"
	}
}

func (s *scanner) misplacedDash() {
	s.fault(s.spot, 1, "a list item stands here among keys", "indent it deeper than the key whose list it belongs to, or add that key")
}

func (s *scanner) strayDash() {
	if s.filled {
		s.misplaced(nil)
		return
	}
	s.fault(s.spot, 1, "a list cannot begin in the line of its key", "begin it in the next line; for a negative number, leave no space behind the minus")
}

// strayColon reports a colon that makes no key.
func (s *scanner) strayColon() {
	t := &s.last
	if !s.inFlow() && t.style == plainStyle && int(t.line) < s.line {
		s.keyInText()
		return
	}
	if s.syntaxLine == s.line || s.inFlow() && s.bracketLeftOpen() {
		return
	}
	if !s.inFlow() {
		if value := s.text[t.off:t.end]; strings.HasPrefix(value, "【") || strings.HasPrefix(value, "［") || strings.HasPrefix(value, "｛") {
			s.fault(spotOf(t), 1, "`"+string([]rune(value)[0])+"` is no bracket that holds a list or a map", "write [ ] or { }; if it belongs to the text, put that in quotes")
			return
		}
		if at, ok := s.wideColon(); ok {
			s.fault(at, 1, "`：` is not the colon that ends a key", "write `: `; if it belongs to the text, put that in quotes")
			return
		}
		s.fault(s.spot, 1, "a second `: ` stands in this line", "if the colon belongs to the text, put that in quotes: "+
			singleQuoted(s.restOfLine(int(t.off))))
		return
	}
	hint := "put a comma in front of the next key; if the colon belongs to a text, put that in quotes"
	if strings.Contains(s.text[t.off:t.end], "，") {
		hint = "the comma in front is the fullwidth `，`, which belongs to the text: write `, `"
	}
	s.fault(s.spot, 1, "a second `: ` stands in this entry of "+s.pair(), hint)
}

// wideColon returns where a fullwidth colon stands in front of the scan in its line, outside of brackets that are read.
func (s *scanner) wideColon() (at spot, ok bool) {
	begin := strings.LastIndexAny(s.text[:s.off], "\r\n") + 1
	i := strings.Index(s.text[begin:s.off], "：")
	if i < 0 || strings.ContainsAny(s.text[begin:begin+i], "'\"#") {
		return spot{}, false
	}
	return spot{off: begin + i, line: s.line, col: utf8.RuneCountInString(s.text[begin : begin+i])}, true
}

// keyInText reports what looks like a key, but continues the text of a line above. The scan goes on as if it were one.
func (s *scanner) keyInText() {
	t := &s.last
	start := s.spot // of this line's text
	start.off = strings.LastIndexAny(s.text[:s.off], "\r\n") + 1
	start.col = len(s.text[start.off:s.off]) - len(strings.TrimLeft(s.text[start.off:s.off], " \t"))
	s.enterLevel(start.col, false)
	hint := fmt.Sprintf("indent it like the key in line %d; if it belongs to the text, put that in quotes", t.line+1)
	if !s.behindKey(t) {
		hint = fmt.Sprintf("line %d is no key: %s", t.line+1, s.noColonHint(int(t.off)))
	}
	s.fault(start, s.col-start.col+1, fmt.Sprintf("this continues the text of line %d, so it cannot be a key", t.line+1), hint)
}

// behindKey reports whether the value t follows a key or a dash in its line.
func (s *scanner) behindKey(t *token) bool {
	line := strings.LastIndexAny(s.text[:t.off], "\r\n") + 1
	return strings.TrimLeft(s.text[line:t.off], " ") != ""
}

// missingColon reports what stands where a key must, and has no colon.
func (s *scanner) missingColon(at spot) {
	if s.syntaxLine == at.line {
		return
	}
	width := utf8.RuneCountInString(s.restOfLine(at.off))
	s.fault(at, width, "a key is needed here, but no `: ` follows", s.noColonHint(at.off))
}

// noColonHint says what is wrong with a key at off that is none for want of a colon.
func (s *scanner) noColonHint(off int) string {
	line := s.restOfLine(off)
	i := strings.IndexAny(line, ":：")
	switch {
	case i < 0 && s.lineEnd(off)-off <= maxKeyLength:
		return "write a colon and a space behind the key, or indent the line if it continues the text above"
	case i >= 0 && strings.HasPrefix(line[i:], "："):
		return "the colon is the fullwidth `：`: write `: `"
	case i >= 0 && i+1 < len(line) && !isBlank(line[i+1]):
		if r, _ := utf8.DecodeRuneInString(line[i+1:]); foreignSpace(r) {
			return fmt.Sprintf("the space behind the colon is no ordinary one (U+%04X): replace it", r)
		}
		return "a space is missing behind the colon"
	}
	return fmt.Sprintf("a key must end in the line in which it begins, within %d characters", maxKeyLength)
}

// shown is how much of a line is looked at for a message, in bytes: a line may be as long as the file.
const shown = 4 * (longestExample + 1)

// restOfLine returns the text from off to the end of its line or to a comment.
func (s *scanner) restOfLine(off int) string { return restOfLine(s.text, off) }

func restOfLine(text string, off int) string {
	line := text[off:min(off+shown, len(text))]
	if i := strings.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	if i := strings.Index(line, " #"); i >= 0 {
		line = line[:i]
	}
	for len(line) > 0 && !utf8.ValidString(line) { // cut inside a character
		line = line[:len(line)-1]
	}
	return strings.TrimRight(line, " \t")
}

func (s *scanner) restWidth() int { return utf8.RuneCountInString(s.restOfLine(s.off)) }
