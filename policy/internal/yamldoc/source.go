package yamldoc

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/internal/doc"
)

const byteOrderMark = "\ufeff"

// Source is the text of a file. It shows lines, and finds the places of characters; every node of the file holds it. It
// does not change and is safe for concurrent use.
type Source struct {
	text   string
	lines  []int   // where each line begins
	tokens []token // in the order of the file

	comments []spot // where they begin, in the order of the file
}

// NewSource returns the source of any bytes, for showing the lines of a file that could not be read. It locates nothing.
func NewSource(src []byte) *Source { return newSource(withoutMark(src)) }

func withoutMark(src []byte) string { return strings.TrimPrefix(string(src), byteOrderMark) }

func newSource(text string) *Source {
	s := &Source{text: text, lines: []int{0}}
	for i := 0; i < len(text); i++ {
		if b := text[i]; b == '\n' || b == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// Line returns the text of line n, the first is 1, to be shown under a message, and "" when there is no such line. Its
// characters stand in their columns, but those that would disturb a terminal are replaced by U+FFFD.
func (s *Source) Line(n int) string {
	if s == nil || n < 1 || n > len(s.lines) {
		return ""
	}
	line := strings.Clone(s.text[s.lines[n-1]:s.lineEnd(n-1)]) // who keeps it need not keep the file
	return strings.Map(func(r rune) rune {
		if r != '\t' && (unicode.IsControl(r) || disturbing(r)) {
			return unicode.ReplacementChar
		}
		return r // where the text is not UTF-8, each byte has become U+FFFD
	}, line)
}

// lineEnd returns where line i, from 0, ends, without its line break.
func (s *Source) lineEnd(i int) int {
	if i+1 == len(s.lines) {
		return len(s.text)
	}
	end := s.lines[i+1] - 1
	if end > s.lines[i] && s.text[end] == '\n' && s.text[end-1] == '\r' {
		end--
	}
	return end
}

// lineAt returns the line, from 0, that holds the byte at off.
func (s *Source) lineAt(off int) int {
	return sort.SearchInts(s.lines, off+1) - 1
}

// placeAt returns the place of width characters from the byte at off on.
func (s *Source) placeAt(off, width int) doc.Place {
	line := s.lineAt(off)
	return doc.Place{Line: line + 1, Col: utf8.RuneCountInString(s.text[s.lines[line]:off]) + 1, Width: width}
}

// Locate returns what finds the places of the text of n, a scalar of this file, width characters at an offset. The
// offset may be that of the end of the text. The place ends with its line, but if width is not 0, it is at least 1 wide;
// characters that are written as escapes have the width of these. Where a line of the file ends inside the text, be it as
// a line break or folded to a space, the place of that character is the end of the line.
//
// For any other node or offset it is the place of the whole node, and false.
func (s *Source) Locate(n *doc.Node) doc.Finder {
	var t *token
	var marks []mark
	read := false
	return func(offset, width int) (doc.Place, bool) {
		if n == nil {
			return doc.Place{}, false
		}
		if !read {
			read = true
			t, marks = s.marks(n)
		}
		if t == nil || offset < 0 || offset > len(marks) {
			return n.Place, false
		}
		return s.within(t, marks, offset, width), true
	}
}

// marks returns the token that n was read from, and where its characters stand; nil when they cannot be told.
func (s *Source) marks(n *doc.Node) (*token, []mark) {
	if s == nil || n.Kind != doc.Scalar {
		return nil, nil
	}
	t := s.token(n.Place.Line, n.Place.Col)
	if t == nil || !t.scalar() {
		return nil, nil
	}
	d := t.decode(s.text)
	if string(d.text) != n.Text {
		return nil, nil
	}
	return t, d.marks
}

// within is the place of the width characters at offset of t.
func (s *Source) within(t *token, marks []mark, offset, width int) doc.Place {
	if offset == len(marks) {
		end := int(t.empty())
		if offset > 0 {
			end = int(marks[offset-1].to)
		}
		return s.placeAt(end, min(max(width, 0), 1))
	}
	from := int(marks[offset].from)
	p := s.placeAt(from, 0)
	to, lineEnd := from, s.lineEnd(p.Line-1)
	for i := offset; i < len(marks) && i-offset < width && int(marks[i].from) <= lineEnd; i++ {
		to = int(marks[i].to)
	}
	to = min(max(to, from), lineEnd)
	p.Width = max(utf8.RuneCountInString(s.text[from:to]), min(max(width, 0), 1))
	return p
}

// token returns the token that begins at line and col, both from 1, or nil.
func (s *Source) token(line, col int) *token {
	l, c := int32(line-1), int32(col-1)
	i := sort.Search(len(s.tokens), func(i int) bool {
		t := &s.tokens[i]
		return t.line > l || t.line == l && t.col >= c
	})
	if i == len(s.tokens) || s.tokens[i].line != l || s.tokens[i].col != c {
		return nil
	}
	return &s.tokens[i]
}
