package yamldoc

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Comment is a comment of the file.
type Comment struct {
	Text  string // from the # on, without blanks at its end
	Off   int    // where it begins, in bytes of Source.Text
	Line  int    // from 1
	Alone bool   // nothing stands before it in its line
}

// Comments returns the comments of the file in its order.
func (s *Source) Comments() []Comment {
	out := make([]Comment, len(s.comments))
	for i, at := range s.comments {
		end := s.lineEnd(at.line)
		out[i] = Comment{
			Text: strings.TrimRight(s.text[at.off:end], " \t"), Off: at.off, Line: at.line + 1,
			Alone: strings.Trim(s.text[s.lines[at.line]:at.off], " \t") == "",
		}
	}
	return out
}

// Text returns the text of the file, without a byte order mark.
func (s *Source) Text() string { return s.text }

// Off returns where p begins, in bytes of Text.
func (s *Source) Off(p doc.Place) int {
	if t := s.token(p.Line, p.Col); t != nil {
		return int(t.off)
	}
	off := s.lines[p.Line-1]
	for range p.Col - 1 {
		_, size := utf8.DecodeRuneInString(s.text[off:])
		off += size
	}
	return off
}

// LineOf returns the line, from 1, that holds the byte at off.
func (s *Source) LineOf(off int) int { return s.lineAt(off) + 1 }

// Blank reports whether line n, from 1, holds nothing but white space, or is none.
func (s *Source) Blank(n int) bool {
	return n < 1 || n > len(s.lines) || strings.Trim(s.text[s.lines[n-1]:s.lineEnd(n-1)], " \t") == ""
}

// Style is how something was written.
type Style uint8

// The styles. The zero Style is that of lists and maps without brackets, and of nothing where nothing is written.
const (
	Indented Style = iota
	Plain
	Quoted
	Block // | or >
	Brackets
)

// Written is how a node was written.
type Written struct {
	Style
	From, To int // where it begins and ends, in bytes of Source.Text; both 0 where it is Indented

	// Of a Block: what follows | or > in its line, and its lines without their indentation. Where blank lines at its end
	// belong to its text, they are among them.
	Header string
	Lines  []string
	Open   bool // of a Block: the file ends in its last line
}

// Written returns how n, a node of this file, was written.
func (s *Source) Written(n *doc.Node) Written {
	t := s.token(n.Place.Line, n.Place.Col)
	if t == nil || t.style == propertyStyle {
		return Written{}
	}
	w := Written{From: int(t.off), To: int(t.end)}
	switch {
	case n.Kind == doc.Null && (t.style != plainStyle || !isNull(s.text[t.off:t.end])):
		return Written{} // what begins here is something else
	case n.Kind == doc.Map && (t.style != bracketed || s.text[t.off] != '{'), n.Kind == doc.Seq && t.style != bracketed:
		return Written{} // what begins here is its first key
	case t.style == bracketed:
		w.Style = Brackets
	case t.style == quotedStyle:
		w.Style = Quoted
	case t.style == plainStyle:
		w.Style = Plain
	case t.style == blockStyle:
		w.Style = Block
		s.block(t, &w)
	}
	return w
}

// block finds the lines of a block text.
func (s *Source) block(t *token, w *Written) {
	w.Header = s.text[t.off:t.end]
	marks := t.decode(s.text).marks
	isText := func(m mark) bool { return int(m.from) < len(s.text) && !isBreak(s.text[m.from]) }
	first := slices.IndexFunc(marks, isText)
	last := len(marks) - 1
	if !strings.Contains(w.Header, "+") {
		for last >= 0 && !isText(marks[last]) {
			last--
		}
	}
	if last < 0 {
		return
	}
	w.To = int(marks[last].to)
	if first >= 0 {
		at := int(marks[first].from)
		indent := at - s.lines[s.lineAt(at)]
		for line := int(t.line) + 1; line <= s.lineAt(w.To); line++ {
			text := s.text[s.lines[line]:s.lineEnd(line)]
			blank := len(text) - len(strings.TrimLeft(text, " "))
			w.Lines = append(w.Lines, text[min(indent, blank, len(text)):])
		}
	} else { // only blank lines
		for range last + 1 {
			w.Lines = append(w.Lines, "")
		}
	}
	w.Open = s.lineAt(w.To) == len(s.lines)-1
}
