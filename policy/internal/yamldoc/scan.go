package yamldoc

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// scanner walks through a file as yaml.v3's scanner does, and notes the tokens, what is refused, and what is wrong.
type scanner struct {
	cursor
	tokens   []token
	comments []spot
	refused  faults // valid YAML that is not allowed here: stands whatever yaml.v3 says
	syntax   faults // only reported if yaml.v3 finds the file wrong too

	levels   []level   // the blocks that are open, outermost first
	brackets []bracket // the [ and { that are open
	keys     []key     // what may turn out to be a key: one at the top and one in each bracket

	keyAllowed bool // a key may begin here
	filled     bool // the place in the innermost block has its value
	property   bool // a tag or an anchor waits for its value

	last token // the value read last; the zero token at the beginning

	syntaxLine int // the last line with a syntax fault: one a line will do
	started    bool
	ended      bool // by ...
	stopped    bool
	more       bool // the file goes on behind its document
	tooDeep    bool
}

// level is a block: a map, a list, or both when the dashes of a list stand in the column of its key.
type level struct {
	col      int
	list     bool
	dashes   bool
	explicit bool // its last key began with ? and waits for its colon
}

// key is a value that turns out to be a key if a colon follows it.
type key struct {
	possible bool
	required bool // it stands where only a key can
	at       spot
}

// maxKeyLength is how far behind the beginning of a key its colon may stand, in characters (YAML 1.2, 7.4.2).
const maxKeyLength = 1024

func scan(text string) *scanner {
	s := &scanner{cursor: cursor{text: text}, keys: []key{{}}, keyAllowed: true, syntaxLine: -1}
	for !s.stopped {
		s.step()
	}
	s.reportTabs()
	return s
}

func (s *scanner) indent() int {
	if len(s.levels) == 0 {
		return -1
	}
	return s.levels[len(s.levels)-1].col
}

func (s *scanner) key() *key { return &s.keys[len(s.keys)-1] }

// step reads one token of YAML.
func (s *scanner) step() {
	s.toNextToken()
	left := s.leaveLevels(s.col)
	b := s.peek(0)
	switch {
	case s.atEnd():
		s.finish()
		return
	case s.col == 0 && b == '%':
		s.directive()
		return
	case s.marker():
		s.documentMarker()
		return
	case s.ended:
		s.refuse(s.spot, s.restWidth(), "yaml-end", "this stands behind the line `...`, which ends the file",
			"delete the line `...`, or what follows it")
		s.stopped, s.more = true, true
		return
	}
	s.started = true
	switch {
	case b == '[' || b == '{':
		s.open(left)
	case b == ']' || b == '}':
		s.close()
	case b == ',':
		s.comma()
	case b == '-' && isBlankOrEnd(s.peek(1)):
		s.dash(left)
	case b == '?' && (s.inFlow() || isBlankOrEnd(s.peek(1))):
		s.questionMark(left)
	case b == ':' && (s.inFlow() || isBlankOrEnd(s.peek(1))):
		s.colon()
	case b == '*':
		s.alias(left)
	case b == '&':
		s.anchor()
	case b == '!':
		s.tag()
	case (b == '|' || b == '>') && !s.inFlow():
		s.blockScalar(left)
	case b == '\'' || b == '"':
		s.quotedScalar(left)
	default:
		if strings.IndexByte("%@`|>", b) >= 0 {
			s.badStart(b)
		}
		s.plainScalar(left)
	}
}

// toNextToken steps over white space and comments.
func (s *scanner) toNextToken() {
	sawBreak := false
	for {
		switch b := s.peek(0); {
		case b == '\t' && s.keyAllowed && !s.inFlow():
			s.tabs.add(s.spot)
			s.next()
		case isBlank(b):
			s.next()
		case b == '#':
			if !sawBreak {
				s.checkCutByComment()
			}
			s.comments = append(s.comments, s.spot)
			s.toLineEnd()
		case isBreak(b):
			s.newline()
			sawBreak = true
			if !s.inFlow() {
				s.keyAllowed = true
			}
		default:
			return
		}
	}
}

// leaveLevels closes the blocks that are indented deeper than col, and returns their columns.
func (s *scanner) leaveLevels(col int) (left []level) {
	if s.inFlow() {
		return nil
	}
	n := len(s.levels)
	for n > 0 && s.levels[n-1].col > col {
		n--
	}
	left = s.levels[n:]
	if len(left) > 0 {
		s.levels = s.levels[:n]
		s.filled = true
	}
	return left
}

// enterLevel opens a block in column col, unless it is open.
func (s *scanner) enterLevel(col int, list bool) {
	if s.indent() < col {
		s.levels = append(s.levels, level{col: col, list: list})
		s.checkDepth(s.spot)
	}
}

func (s *scanner) checkDepth(at spot) {
	if len(s.levels)+len(s.brackets) > MaxDepth && !s.tooDeep {
		s.refused.add(tooDeep(s.place(at, 1)))
		s.tooDeep, s.stopped = true, true
	}
}

// begin notes that a value begins here, which may be a key.
func (s *scanner) begin(left []level) {
	s.checkPlace(left)
	s.saveKey()
}

// checkPlace checks that a value may stand here.
func (s *scanner) checkPlace(left []level) {
	if s.inFlow() {
		if s.bracket().slot == complete {
			s.missingComma()
		}
		return
	}
	if !s.filled {
		return
	}
	if n := len(s.levels); s.keyAllowed && n > 0 && s.levels[n-1].col == s.col && !s.levels[n-1].list {
		s.levels[n-1].dashes, s.levels[n-1].explicit = false, false
		return // the next key of this map
	}
	s.misplaced(left)
}

// done notes that a value is complete.
func (s *scanner) done() {
	s.property = false
	if s.inFlow() {
		s.bracket().slot = complete
	} else {
		s.filled = true
	}
}

func (s *scanner) saveKey() {
	if !s.keyAllowed {
		return
	}
	s.dropKey()
	*s.key() = key{possible: true, required: !s.inFlow() && s.indent() == s.col, at: s.spot}
}

// dropKey notes that what might have been a key is none.
func (s *scanner) dropKey() {
	k := s.key()
	if k.possible && k.required {
		s.missingColon(k.at)
	}
	k.possible = false
}

func (s *scanner) colon() {
	k := s.key()
	valid := k.possible && k.at.line == s.line && k.at.n+maxKeyLength >= s.n
	if k.possible && !valid && k.required {
		s.missingColon(k.at)
		s.syntaxLine = s.line // what is wrong here follows from that
	}
	k.possible = false
	switch {
	case s.inFlow():
		s.flowColon(valid)
	case valid:
		s.enterLevel(k.at.col, false)
		s.keyAllowed = false
		s.filled = false
	case !s.keyAllowed:
		s.strayColon()
		s.filled = false
	default: // the value of an explicit key
		if n := len(s.levels); s.indent() < s.col || !s.levels[n-1].explicit {
			s.fault(s.spot, 1, "there is no key in front of this colon", noKeyHint)
		}
		s.enterLevel(s.col, false)
		s.levels[len(s.levels)-1].explicit = false
		s.keyAllowed = true
		s.filled = false
	}
	s.next()
}

func (s *scanner) dash(left []level) {
	if s.inFlow() {
		s.fault(s.spot, 1, "a list item cannot begin with `- ` inside of "+s.pair(), "separate the items with commas")
		s.next()
		return
	}
	switch n := len(s.levels); {
	case !s.keyAllowed:
		s.strayDash()
	case s.indent() < s.col:
		if s.filled {
			s.misplaced(left)
		}
		s.enterLevel(s.col, true)
	case s.levels[n-1].list:
	default: // the dashes stand in the column of the key
		if s.filled && !s.levels[n-1].dashes {
			s.misplacedDash()
		}
		s.levels[n-1].dashes = true
	}
	s.dropKey()
	s.keyAllowed = true
	s.filled = false
	s.next()
}

func (s *scanner) questionMark(left []level) {
	if s.inFlow() {
		if s.bracket().slot != nothingYet {
			s.fault(s.spot, 1, "a `?` inside of "+s.pair()+" begins a key", "if it belongs to an expression, put that in quotes")
			s.bracket().paren = parens{} // what they open is closed behind it: no comma is to blame
		}
		s.bracket().slot, s.bracket().explicit = nothingYet, true
		s.dropKey()
		s.keyAllowed = false
	} else {
		if s.keyAllowed {
			s.checkPlace(left)
		} else {
			s.fault(s.spot, 1, "a value cannot begin with `? `", quoteHint)
		}
		s.enterLevel(s.col, false)
		s.levels[len(s.levels)-1].explicit = true
		s.dropKey()
		s.keyAllowed = true
		s.filled = false
	}
	s.next()
}

// documentMarker handles --- and ....
func (s *scanner) documentMarker() {
	if s.inFlow() {
		s.finish()
		return
	}
	s.dropKey()
	if s.peek(0) == '.' {
		s.ended = true
	} else if s.started || s.ended {
		s.refuse(s.spot, 3, "yaml-document", "a second document begins here, but a file holds one",
			"put it into a file of its own, or delete the line `---`")
		s.stopped, s.more = true, true
		return
	}
	s.started = true
	s.keyAllowed = false
	s.skip(3)
}

func (s *scanner) directive() {
	s.dropKey()
	s.keyAllowed = false
	start := s.spot
	s.toLineEnd()
	s.refuse(start, s.col, "yaml-directive", "a line that begins with `%` is a directive, which is not allowed",
		"delete it; if it is meant as a value, put it in quotes")
}

// finish is called at the end of the file, or of the document.
func (s *scanner) finish() {
	s.stopped = true
	if s.inFlow() {
		s.openBracket()
		return
	}
	s.dropKey()
}

func (s *scanner) place(at spot, width int) doc.Place {
	return doc.Place{Line: at.line + 1, Col: at.col + 1, Width: width}
}
