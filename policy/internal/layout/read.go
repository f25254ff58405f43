package layout

import (
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/display"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

// file is a file on its way to its canonical layout.
type file struct {
	root   *node
	head   []line // the first paragraph of comments, which stays at the top
	apart  bool   // a blank line stands behind it
	source *yamldoc.Source
}

// node is a value of the file with what stands around it.
type node struct {
	*doc.Node
	yamldoc.Written
	entries []*entry // of a map or a list
	foot    []line   // comments behind the last entry
	col     int      // where its entries begin, in characters from 0; of one without brackets
}

// entry is a key with its value, or an item of a list.
type entry struct {
	key   *node // nil in a list
	value *node

	from, to int    // in bytes of the source
	blank    bool   // a blank line stands right before it
	head     []line // comments in lines of their own before it
	tail     *line  // the comment behind it, or behind its key
	after    []line // comments behind it that are indented deeper

	padded bool // more than one blank stands between the key and the value
	spread bool // more than one blank stands between it and what is before it in the same line
}

// line is a comment.
type line struct {
	text  string
	blank bool // a blank line stands before it
	col   int  // of a comment behind something: in columns from 0
	gap   int  // how many stand between that and it
}

// read puts together what a file holds.
func read(root *doc.Node, source *yamldoc.Source) *file {
	f := &file{source: source}
	r := reader{source: source, text: source.Text()}
	f.root, _, _ = r.node(root)
	r.spaces(f.root)
	for _, c := range source.Comments() {
		r.into(f.root, c, nil)
	}
	f.takeHead()
	return f
}

// takeHead takes the first paragraph of comments off the first entry.
func (f *file) takeHead() {
	if len(f.root.entries) == 0 {
		return
	}
	first := f.root.entries[0]
	n := slices.IndexFunc(first.head, func(l line) bool { return l.blank })
	if n < 0 {
		n = len(first.head)
	}
	f.head, first.head = first.head[:n], first.head[n:]
	follows := &first.blank
	if len(first.head) > 0 {
		follows = &first.head[0].blank
	}
	f.apart, *follows = *follows && len(f.head) > 0, false
}

// order puts the keys into their order.
func (f *file) order() {
	before := f.root.entries
	f.root.order(sections(f.root.Node))
	if slices.Equal(before, f.root.entries) {
		return
	}
	for _, e := range f.root.entries { // what was first may now stand below another section
		e.blank = e.blank || len(e.value.entries) > 0 && e.value.Style == yamldoc.Indented
	}
}

func (n *node) order(o order) {
	if n.Kind == doc.Map {
		entries := make([]*entry, 0, len(n.entries))
		for _, i := range o.of(n.Node) {
			entries = append(entries, n.entries[i])
		}
		n.entries = entries
	}
	for _, e := range n.entries {
		if e.key != nil {
			e.value.order(o.under(e.key.Text))
		} else {
			e.value.order(o.item())
		}
	}
}

// reader makes nodes, and finds where the comments belong.
type reader struct {
	source *yamldoc.Source
	text   string

	gap   int      // the end of what the last comment in a line of its own stands behind
	depth int      // its column: comments below it stand no deeper
	next  *entry   // what it stands before, if anything
	texts [][2]int // the block texts: blank lines in them are none of the layout's

	blank map[int]bool // lines looked at already
}

// node returns n with its entries, and where it begins and ends.
func (r *reader) node(d *doc.Node) (n *node, from, to int) {
	n = &node{Node: d, Written: r.source.Written(d), col: d.Place.Col - 1}
	from, to = n.From, n.To
	if n.Style == yamldoc.Block {
		r.texts = append(r.texts, [2]int{from, to})
	}
	if n.Style == yamldoc.Indented && d.Kind != doc.Null { // nothing has no place of its own
		from = r.source.Off(d.Place)
		to = from
	}
	for _, p := range d.Pairs {
		n.entries = append(n.entries, r.pair(p))
	}
	for i, item := range d.Items {
		e := &entry{}
		e.value, e.from, e.to = r.node(item)
		if n.Style == yamldoc.Indented {
			if i > 0 {
				from = r.skip(n.last().to)
			}
			e.from, e.to = from, max(e.to, from+1)
		}
		n.entries = append(n.entries, e)
	}
	if n.Style == yamldoc.Indented && len(n.entries) > 0 {
		from, to = min(from, n.entries[0].from), n.entries[len(n.entries)-1].to
	}
	return n, from, to
}

// pair returns a key and its value.
func (r *reader) pair(p doc.Pair) *entry {
	e := &entry{}
	var keyEnd, begin int
	e.key, e.from, keyEnd = r.node(p.Key)
	e.value, begin, e.to = r.node(p.Value)
	if written(e.value) {
		between := strings.TrimPrefix(strings.TrimLeft(r.text[keyEnd:begin], " \t"), ":")
		e.padded = len(between) > 1 && strings.Trim(between, " \t") == ""
		return e
	}
	e.to = keyEnd
	if colon := r.skip(keyEnd); strings.HasPrefix(r.text[colon:], ":") {
		e.to = colon + 1
	}
	return e
}

// skip returns where the next thing stands that is neither white space nor a comment.
func (r *reader) skip(off int) int {
	for off < len(r.text) {
		switch r.text[off] {
		case ' ', '\t', '\n':
			off++
		case '#':
			end := strings.IndexByte(r.text[off:], '\n')
			if end < 0 {
				return len(r.text)
			}
			off += end
		default:
			return off
		}
	}
	return off
}

// written reports whether anything stands for n.
func written(n *node) bool { return n.Style != yamldoc.Indented || len(n.entries) > 0 }

// spaces notes the blank lines before entries, and the blanks between those in a line.
func (r *reader) spaces(n *node) {
	for i, e := range n.entries {
		e.blank = r.blankBefore(e.from)
		if i > 0 && n.Style == yamldoc.Brackets {
			between := r.text[n.entries[i-1].to:e.from]
			e.spread = strings.Contains(between, "  ") && !strings.ContainsAny(between, "\r\n")
		}
		r.spaces(e.value)
	}
}

// blankBefore reports whether the line above that of off is blank.
func (r *reader) blankBefore(off int) bool {
	above := r.source.LineOf(off) - 1
	if above < 1 {
		return false
	}
	if r.blank == nil {
		r.blank = map[int]bool{}
	}
	blank, known := r.blank[above]
	if !known {
		blank = r.source.Blank(above)
		start := r.source.Off(doc.Place{Line: above, Col: 1})
		i := sort.Search(len(r.texts), func(i int) bool { return r.texts[i][0] > start }) - 1
		blank = blank && (i < 0 || r.texts[i][1] < start)
		r.blank[above] = blank
	}
	return blank
}

// into finds the place of c among the entries of n; owner is the entry whose value n is, nil for the file itself.
func (r *reader) into(n *node, c yamldoc.Comment, owner *entry) {
	i := sort.Search(len(n.entries), func(i int) bool { return n.entries[i].from > c.Off }) - 1
	var next *entry
	if i+1 < len(n.entries) {
		next = n.entries[i+1]
	}
	switch {
	case i < 0 && owner != nil && owner.key != nil && owner.tail == nil && r.sameLine(owner.from, c):
		owner.tail = r.line(c)
	case i < 0 && next != nil:
		next.head = append(next.head, *r.line(c))
	case i < 0:
		n.foot = append(n.foot, *r.line(c))
	case c.Off < n.entries[i].to:
		r.within(n.entries[i], c)
	default:
		r.behind(n, n.entries[i], next, c)
	}
}

// within finds the place of c between the beginning and the end of e.
func (r *reader) within(e *entry, c yamldoc.Comment) {
	switch {
	case len(e.value.entries) > 0 || e.value.Style == yamldoc.Brackets:
		r.into(e.value, c, e)
	case !c.Alone && e.tail == nil && !seemsCut(e.value, c):
		e.tail = r.line(c)
	default:
		e.head = append(e.head, *r.line(c))
	}
}

// seemsCut reports whether c behind the value n would look as if its # had cut it between brackets, which is refused.
func seemsCut(n *node, c yamldoc.Comment) bool {
	return n.Style == yamldoc.Plain && strings.ContainsAny(n.Text, "([{") && strings.ContainsAny(c.Text, ")]}")
}

// behind finds the place of c behind e, an entry of n, and before next, if there is one.
func (r *reader) behind(n *node, e, next *entry, c yamldoc.Comment) {
	if r.sameLine(e.to, c) && !c.Alone {
		for e.value.Style == yamldoc.Indented && len(e.value.entries) > 0 {
			e = e.value.last()
		}
		if e.tail == nil {
			e.tail = r.line(c)
		} else {
			e.head = append(e.head, *r.line(c))
		}
		return
	}
	if n.Style == yamldoc.Brackets || !c.Alone {
		if next != nil {
			next.head = append(next.head, *r.line(c))
		} else {
			n.foot = append(n.foot, *r.line(c))
		}
		return
	}
	col := strings.LastIndexByte(r.text[:c.Off], '\n')
	col = c.Off - col - 1
	if r.gap != e.to {
		r.gap, r.depth, r.next = e.to, math.MaxInt, nil
	}
	r.depth = min(r.depth, col)
	if next != nil && (r.next == next || r.depth <= n.col) {
		r.next = next
		next.head = append(next.head, *r.line(c))
		return
	}
	// It belongs to the deepest map or list that is still open in its column, or to what is last in the deepest one of all.
	home, outer, last := (*node)(nil), n.col, e
	for last.value.Style == yamldoc.Indented && len(last.value.entries) > 0 {
		v := last.value
		if v.col > outer && v.col <= r.depth {
			home = v
		}
		outer, last = v.col, v.last()
	}
	switch {
	case r.depth > outer && last.value.Style != yamldoc.Block: // it would be a line of that text
		last.after = append(last.after, *r.line(c))
	case home != nil:
		home.foot = append(home.foot, *r.line(c))
	case next != nil:
		next.head = append(next.head, *r.line(c))
	default:
		n.foot = append(n.foot, *r.line(c))
	}
}

func (n *node) last() *entry { return n.entries[len(n.entries)-1] }

// sameLine reports whether c begins in the line that holds the byte at off.
func (r *reader) sameLine(off int, c yamldoc.Comment) bool { return r.source.LineOf(off) == c.Line }

// line returns c as a line.
func (r *reader) line(c yamldoc.Comment) *line {
	before := r.text[strings.LastIndexByte(r.text[:c.Off], '\n')+1 : c.Off]
	col := display.Width(before)
	return &line{text: c.Text, blank: c.Alone && r.blankBefore(c.Off), col: col, gap: col - display.Width(strings.TrimRight(before, " \t"))}
}
