package layout

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/display"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

const (
	indent   = 2
	keyWidth = 1000 // in bytes: a key beyond it, which YAML allows up to 1024 characters, begins with ? and has its value below
)

// writer writes the lines of a file.
type writer struct {
	*file
	lines []output
	open  bool // the last thing is a block text to which blank lines behind it belong
}

// output is a line of the file and the comment behind it.
type output struct {
	text string
	tail *line
}

// write returns f in its layout.
func write(f *file) string {
	w := writer{file: f}
	w.comments(f.head, 0)
	w.blank(f.apart)
	text, ok := w.flow(f.root)
	switch {
	case f.root.Style != yamldoc.Brackets || ok && len(f.root.entries) > 0 && display.Width(text) > width:
		w.block(f.root, 0)
	case ok:
		w.line(text, nil)
	case len(f.root.entries) == 0:
		w.line(w.brackets(f.root, ""), nil)
		w.comments(f.root.foot, 0)
	default:
		w.block(f.root, 0)
	}
	return w.text()
}

// text puts the comments behind the lines. Those that stood in one column, line after line, stay in it, or go two columns
// behind the longest line where that leaves them no room; one by itself stays as far behind its line as it was.
func (w *writer) text() string {
	var b strings.Builder
	for i := 0; i < len(w.lines); {
		l := w.lines[i]
		if l.tail == nil {
			b.WriteString(l.text + "\n")
			i++
			continue
		}
		longest, end := 0, i
		for end < len(w.lines) && w.lines[end].tail != nil && w.lines[end].tail.col == l.tail.col {
			longest = max(longest, display.Width(w.lines[end].text))
			end++
		}
		col := l.tail.col
		switch {
		case end == i+1:
			col = longest + max(l.tail.gap, 1)
		case longest >= col:
			col = longest + 2
		}
		for ; i < end; i++ {
			b.WriteString(display.PadRight(w.lines[i].text, col) + w.lines[i].tail.text + "\n")
		}
	}
	return b.String()
}

func (w *writer) line(text string, tail *line) {
	w.lines = append(w.lines, output{text, tail})
	w.open = false
}

// blank leaves a line blank, but none at the top, nor where it would belong to a text.
func (w *writer) blank(yes bool) {
	if yes && len(w.lines) > 0 && !w.open {
		w.line("", nil)
	}
}

func (w *writer) comments(lines []line, col int) {
	for _, l := range lines {
		w.blank(l.blank)
		w.line(strings.Repeat(" ", col)+l.text, nil)
	}
}

// block writes a map or a list in lines of its own, from column col on.
func (w *writer) block(n *node, col int) { w.entries(n, col, strings.Repeat(" ", col)) }

// entries is block where lead stands in the line of the first entry already: the dashes of the lists around it.
func (w *writer) entries(n *node, col int, lead string) {
	margin := strings.Repeat(" ", col)
	values := w.align(n, col)
	for i, e := range n.entries {
		if values[i] == "" && e.key == nil {
			hoist(e)
		}
		if i > 0 || lead == margin {
			w.head(e, col, i > 0)
			lead = margin
		}
		w.entry(e, col, lead, values[i])
		w.comments(e.after, col+indent)
	}
	w.comments(n.foot, col)
}

// hoist puts the comments before the first thing in an item before its dash, and the one behind what was in brackets as well.
func hoist(e *entry) {
	if e.tail != nil && e.value.Style == yamldoc.Brackets && len(e.value.entries) > 0 {
		e.head = append(e.head, *e.tail)
		e.tail = nil
	}
	if len(e.value.entries) == 0 {
		return
	}
	first := e.value.entries[0]
	if first.key == nil {
		hoist(first)
	}
	e.head = append(e.head, first.head...)
	first.head = nil
}

// head writes what stands before e, which is not the first thing in its line.
func (w *writer) head(e *entry, col int, inside bool) {
	for i, l := range e.head {
		w.blank(l.blank && (inside || i > 0))
		w.line(strings.Repeat(" ", col)+l.text, nil)
	}
	w.blank(e.blank && (inside || len(e.head) > 0))
}

// entry writes e behind lead. value is that of e in one line, padded, or "" where it needs more.
func (w *writer) entry(e *entry, col int, lead, value string) {
	if e.key != nil {
		lead = w.key(e, col, lead)
	} else {
		lead += "-"
	}
	switch v := e.value; {
	case value != "":
		w.line(lead+value, e.tail)
	case !written(v):
		w.line(lead, e.tail)
	case len(v.entries) == 0 && v.Style == yamldoc.Brackets:
		w.line(lead+" "+w.brackets(v, ""), e.tail)
		w.comments(v.foot, col+indent)
	case v.Kind == doc.Map || v.Kind == doc.Seq:
		if e.key != nil {
			w.line(lead, e.tail)
			w.block(v, col+indent)
			break
		}
		w.entries(v, col+indent, lead+" ")
	default:
		lines := w.scalar(v)
		for i, l := range lines {
			switch {
			case i == 0:
				l = lead + " " + l
			case l != "":
				l = strings.Repeat(" ", col+indent) + l
			}
			w.line(l, nil)
		}
		at := len(w.lines) - 1 // behind the text, but a block text takes what follows it for its own
		if v.Style == yamldoc.Block {
			at -= len(lines) - 1
			w.open = strings.HasSuffix(lines[0], "+")
		}
		w.lines[at].tail = e.tail
	}
}

// key returns lead with the key of e, and its colon, behind it.
func (w *writer) key(e *entry, col int, lead string) string {
	key := w.keyText(e.key)
	if len(key) > keyWidth {
		w.line(lead+"? "+key, nil)
		return strings.Repeat(" ", col) + ":"
	}
	return lead + key + ":"
}

// keyText returns a key in one line.
func (w *writer) keyText(k *node) string {
	if k.Kind == doc.Seq {
		items := make([]string, len(k.entries))
		for i, e := range k.entries {
			items[i] = w.keyText(e.value)
			if e.value.Style == yamldoc.Plain && ends(e.value.Text) {
				items[i] = quoted(e.value.Text)
			}
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	text, ok := w.inline(k)
	switch {
	case endsDocument(text):
	case ok:
		return text
	case k.Style == yamldoc.Plain && !strings.Contains(k.Text, "\n") || plain(k.Text): // its lines become one
		return k.Text
	}
	return quoted(k.Text)
}

// flow returns n, in brackets, in one line, and whether it can be had so: it holds no comment and no text of several lines.
func (w *writer) flow(n *node) (string, bool) {
	cells, ok := w.cells(n)
	if !ok {
		return "", false
	}
	return w.brackets(n, strings.Join(cells, ", ")), true
}

// brackets puts text into those of n. A map that is the only pair in a list may have been written without any.
func (w *writer) brackets(n *node, text string) string {
	if n.Kind == doc.Seq {
		return "[" + text + "]"
	}
	return "{" + text + "}"
}

// cells returns the entries of n, each in one line, and whether they can be had so.
func (w *writer) cells(n *node) (cells []string, ok bool) {
	if len(n.foot) > 0 {
		return nil, false
	}
	for _, e := range n.entries {
		if len(e.head)+len(e.after) > 0 || e.tail != nil {
			return nil, false
		}
		text, ok := w.value(e.value)
		if !ok {
			return nil, false
		}
		if e.key != nil {
			key := w.keyText(e.key)
			if len(key) > keyWidth {
				return nil, false
			}
			if text != "" {
				key += ": "
			}
			text = key + text
		}
		cells = append(cells, text)
	}
	return cells, true
}

// value returns n in one line, if it can be had so.
func (w *writer) value(n *node) (string, bool) {
	switch n.Kind {
	case doc.Map, doc.Seq:
		return w.flow(n)
	}
	return w.inline(n)
}
