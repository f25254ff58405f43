// Package diff compares what two policies say, see package meaning: what is new, what is gone, what has another figure,
// what stands elsewhere in a list whose order counts. [Compare] finds the changes, in the order of the file, and
// each says itself as a credit manager would.
//
// There are no changes exactly where the two trees have the same digest.
package diff

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/policy/internal/meaning"
)

// Kind says what a Change is.
type Kind string

// The kinds of change.
const (
	Added   Kind = "added"
	Removed Kind = "removed"
	Changed Kind = "changed" // it says something else
	Moved   Kind = "moved"   // it stands elsewhere in a list whose order counts
	Renamed Kind = "renamed" // it says the same under another name
)

// Change is one difference.
type Change struct {
	Kind    Kind   `json:"kind"`
	Section string `json:"section"` // the key of the section; "policy" for what stands before the inputs
	Path    string `json:"path"`    // keys joined by dots, in [ ] what tells an item of a list: scoring.indicators[volume].weight

	// Old and New are what the file says: a figure, a text, an expression as it is written, anything larger in flow style.
	// "" where there is nothing; the place in the list, from 1, of what moved; the name of what was renamed.
	Old string `json:"old"`
	New string `json:"new"`

	OldLine int `json:"old_line"` // from 1; 0 where there is nothing
	NewLine int `json:"new_line"`

	Text string `json:"text"` // the change as a credit manager would say it, in the language asked for
}

// pair is what stands in one place of both policies; one of the two may be nil.
type pair struct{ old, new *meaning.Node }

// node returns the new node, or else the old one.
func (p pair) node() *meaning.Node {
	if p.new != nil {
		return p.new
	}
	return p.old
}

// Compare returns the changes from old to new, in the order of the file, told in lang, "zh" or "en".
func Compare(old, new *meaning.Node, lang string) []Change {
	c := comparer{teller: teller{lang}, renamed: Renames(old, new), changes: []Change{}}
	for _, p := range byKey(old.Nodes, new.Nodes, nil, nil) {
		c.compare([]pair{p})
	}
	return c.changes
}

type comparer struct {
	teller
	renamed map[string]string // inputs and values by their old name
	changes []Change
}

// compare compares what stands at the end of way.
func (c *comparer) compare(way []pair) {
	p := way[len(way)-1]
	a, b := p.old, p.new
	switch {
	case a == nil || b == nil:
		c.alone(way)
	case a.Kind != b.Kind || a.Method && a.Key != b.Key:
		c.add(Changed, way)
	case a.Kind == meaning.Leaf:
		renamed := a.Key == meaning.CustomerKey && c.renamed[a.Text] == b.Text
		if a.Exact(c.renamed) != b.Exact(nil) && !renamed {
			c.add(Changed, way)
		}
	case a.Kind == meaning.Rows:
		c.rows(way)
	default:
		if a.Name(c.renamed) != b.Key && !a.Method || a.ID != b.ID {
			c.add(Renamed, way)
		}
		named := map[string]string(nil)
		if len(way) == 1 && (b.Key == "inputs" || b.Key == "values") {
			named = c.renamed
		}
		for _, x := range byKey(a.Nodes, b.Nodes, named, c.renamed) {
			if !isName(a, x.old) || !isName(b, x.new) { // renamed, as has been said
				c.compare(extend(way, x))
			}
		}
	}
}

// isName reports whether part is the name of n.
func isName(n, part *meaning.Node) bool {
	return part != nil && n.ID != "" && part.Kind == meaning.Leaf && part.Text == n.ID && slices.Contains(meaning.IDs, part.Key)
}

// alone reports what only one of the policies has: a section or a list of things with names thing by thing, anything else
// as a whole.
func (c *comparer) alone(way []pair) {
	p := way[len(way)-1]
	n := p.node()
	kind := Added
	if p.new == nil {
		kind = Removed
	}
	before := len(c.changes)
	if !isList(n) && (len(way) > 1 || n.Kind == meaning.Leaf) {
		c.add(kind, way)
	}
	for _, x := range n.Nodes {
		if len(way) == 1 && n.Kind == meaning.Fields || isList(n) || isList(x) {
			c.alone(extend(way, half(x, kind)))
		}
	}
	if len(c.changes) == before { // it is empty, but it is there
		c.add(kind, way)
	}
}

func half(n *meaning.Node, k Kind) pair {
	if k == Added {
		return pair{new: n}
	}
	return pair{old: n}
}

// isList reports whether n is a list of things that have names.
func isList(n *meaning.Node) bool {
	return n.Kind != meaning.Leaf && n.Kind != meaning.Fields && len(n.Nodes) > 0 && n.Nodes[0].ID != ""
}

// rows compares two lists: what has a name by that, other rows by what they are like.
func (c *comparer) rows(way []pair) {
	p := way[len(way)-1]
	pairs := c.match(p.old.Nodes, p.new.Nodes)
	moved := movedOf(pairs)
	for i, x := range pairs {
		next := extend(way, pair{at(p.old.Nodes, x.old), at(p.new.Nodes, x.new)})
		if moved[i] {
			c.move(next, x, p.new.Nodes)
		}
		if a, b := next[len(way)].old, next[len(way)].new; isRow(a) && isRow(b) && saidOf(head(a), c.renamed) != saidOf(head(b), nil) {
			c.add(Changed, next) // another condition makes it another row
			continue
		}
		c.compare(next)
	}
}

// isRow reports whether n is an item of a list that is told from others by its condition.
func isRow(n *meaning.Node) bool {
	return n != nil && n.Kind == meaning.Fields && n.ID == "" && !n.Method
}

// at returns node i, nil where there is none.
func at(nodes []*meaning.Node, i int) *meaning.Node {
	if i < 0 {
		return nil
	}
	return nodes[i]
}

func extend(way []pair, p pair) []pair { return append(slices.Clone(way), p) }

// change returns the change at the end of way.
func change(k Kind, way []pair) Change {
	p := way[len(way)-1]
	x := Change{Kind: k, Section: sectionOf(way[0].node()), Path: pathOf(way)}
	if p.old != nil {
		x.Old, x.OldLine = flow(p.old), p.old.Place.Line
	}
	if p.new != nil {
		x.New, x.NewLine = flow(p.new), p.new.Place.Line
	}
	return x
}

// add notes the change at the end of way.
func (c *comparer) add(k Kind, way []pair) {
	p := way[len(way)-1]
	x := change(k, way)
	if k == Renamed {
		x.Old, x.New = name(p.old), name(p.new)
	}
	if n := p.node(); len(way) > 1 && (n.Kind == meaning.Leaf || n.Key == combine) && (p.old == nil || p.new == nil) {
		if text, ok := meaning.Unsaid(way[len(way)-2].node().Type, n.Key); ok { // what went without saying has changed
			x.Kind = Changed
			if p.old == nil {
				x.Old = text
			} else {
				x.New = text
			}
		}
	}
	x.Text = c.tell(&x, way)
	c.changes = append(c.changes, x)
}

// combine is the key whose method is a combiner.
const combine = "combine"

// move notes that what stands at the end of way has another place in a list.
func (c *comparer) move(way []pair, at indexed, list []*meaning.Node) {
	x := change(Moved, way)
	x.Old, x.New = strconv.Itoa(at.old+1), strconv.Itoa(at.new+1)
	behind := ""
	if at.new > 0 {
		behind = c.thing(extend(way[:len(way)-1], pair{new: list[at.new-1]}))
	}
	x.Text = c.tellMove(&x, way, behind)
	c.changes = append(c.changes, x)
}

// sections are the keys of the file that hold more than one figure of the head.
var sections = map[string]bool{
	"inputs": true, "values": true, "functions": true, "admission": true, "scoring": true, "grade": true, "credit": true,
}

func sectionOf(n *meaning.Node) string {
	switch {
	case n.Key == meaning.CustomerKey:
		return "inputs"
	case sections[n.Key]:
		return n.Key
	}
	return "policy"
}

// pathOf returns the path of what stands at the end of way.
func pathOf(way []pair) string {
	var b strings.Builder
	for i, p := range way {
		n := p.node()
		switch {
		case i > 0 && way[i-1].node().Kind == meaning.Rows:
			b.WriteString("[" + handle(n, slices.Index(p.list(way[i-1]), n)) + "]")
			continue
		case i > 0:
			b.WriteByte('.')
		}
		b.WriteString(key(n))
	}
	return b.String()
}

// list returns the nodes among which the node of p stands.
func (p pair) list(around pair) []*meaning.Node {
	if p.new != nil {
		return around.new.Nodes
	}
	return around.old.Nodes
}

// key returns the key of n as a person would write it.
func key(n *meaning.Node) string {
	if n.Key == meaning.OtherwiseKey {
		return "otherwise"
	}
	return n.Key
}

// handle returns what tells an item of a list from the others: its name, its condition, or its number.
func handle(n *meaning.Node, index int) string {
	if n.ID != "" {
		return n.ID
	}
	if n.Method {
		return n.Key
	}
	var parts []string
	for _, x := range head(n) {
		if x.Kind == meaning.Leaf || x.Column {
			parts = append(parts, key(x)+" "+flow(x))
		}
	}
	if len(parts) > 0 && n.Kind == meaning.Fields {
		return strings.Join(parts, ", ")
	}
	return strconv.Itoa(index + 1)
}

// name returns what n is called.
func name(n *meaning.Node) string {
	if n.ID != "" {
		return n.ID
	}
	return n.Key
}

// flow returns what n says in the flow style of the file, in the notation of a leaf.
func flow(n *meaning.Node) string {
	if n.Kind == meaning.Leaf {
		return n.Text
	}
	parts := make([]string, len(n.Nodes))
	for i, x := range n.Nodes {
		parts[i] = flow(x)
		if n.Kind != meaning.Rows || x.Method {
			parts[i] = key(x) + ": " + parts[i]
		}
	}
	if n.Kind == meaning.Rows {
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
