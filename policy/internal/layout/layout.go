// Package layout writes a policy, or a test file of one, in its canonical layout. Start with [Format].
//
// What is written is made of the text of the file, not of its meaning: numbers keep their notation, texts their words, and
// no comment is lost. The layout:
//
//   - Sections stand in the order in which a customer passes through them, and the id of an item before its other keys.
//   - Maps and lists are indented by 2. What is in { } or [ ] stays so, in one line, where that takes at most 120 columns
//     (a Chinese character takes two; a row of a list may take 160) and holds no comment; where not, its parts get lines of
//     their own.
//   - Rows that follow each other, and the values of keys that do, are aligned in columns where one of them was, and
//     otherwise stand one space apart.
//   - Blank lines stay, one at a time. A comment behind a value stays as far behind it as it was; comments in one column, line
//     after line, stay in it if there is room. One in a line of its own is indented like what follows it.
//   - Quotes go where the text means the same without them. Block texts (| and >) stay.
//   - Lines end in LF, also those that ended in CR LF; a byte order mark, --- and ... go.
package layout

import (
	"errors"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

// errChanged is a mistake of ours, met before anything is written.
var errChanged = errors.New("the layout would change what the file says")

// Format returns src in its canonical layout, or the faults of notation for which it cannot be read. The error says that
// we made a mistake; there is no text then.
func Format(src []byte) ([]byte, []doc.Fault, error) {
	src = []byte(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(src)))
	root, faults := yamldoc.Parse(src)
	if len(faults) > 0 {
		return nil, faults, nil
	}
	source := root.Source.(*yamldoc.Source)
	if root.Kind == doc.Scalar { // no policy, whatever its layout
		return src, nil, nil
	}
	f := read(root, source)
	f.order()
	out := []byte(write(f))
	if len(out) > yamldoc.MaxSize {
		return nil, []doc.Fault{doc.Errorf(doc.Place{Line: 1, Col: 1}, "too-large", "in its layout the file has more than the %d bytes that a file may have", yamldoc.MaxSize).
			WithHint("a policy holds rules, not customers: keep data out of it")}, nil
	}
	if !same(root, source, out) {
		return nil, nil, errChanged
	}
	return out, nil, nil
}

// same reports whether out says what the file of root does, comments included.
func same(root *doc.Node, source *yamldoc.Source, out []byte) bool {
	again, faults := yamldoc.Parse(out)
	if len(faults) > 0 || !equal(rearranged(root, sections(root)), again) {
		return false
	}
	return slices.Equal(texts(source), texts(again.Source.(*yamldoc.Source)))
}

// texts returns the comments of a file, sorted: with the sections they may change places.
func texts(s *yamldoc.Source) (out []string) {
	for _, c := range s.Comments() {
		out = append(out, c.Text)
	}
	slices.Sort(out)
	return out
}

// equal reports whether two trees say the same. Quotes may go where they make no difference.
func equal(a, b *doc.Node) bool {
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Pairs) != len(b.Pairs) || len(a.Items) != len(b.Items) {
		return false
	}
	if a.Quoted != b.Quoted && !(a.Quoted && plain(a.Text)) && !quoteless(a, b) {
		return false
	}
	for i := range a.Pairs {
		if !equal(a.Pairs[i].Key, b.Pairs[i].Key) || !equal(a.Pairs[i].Value, b.Pairs[i].Value) {
			return false
		}
	}
	for i := range a.Items {
		if !equal(a.Items[i], b.Items[i]) {
			return false
		}
	}
	return true
}

// quoteless reports whether b was put in quotes because a could not stand as it is: in one line, outside of brackets or
// inside of them, or at the beginning of a line.
func quoteless(a, b *doc.Node) bool {
	return !a.Quoted && b.Quoted && (ends(a.Text) || endsDocument(a.Text) || strings.Contains(a.Text, "\n"))
}
