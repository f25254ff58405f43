package diff

import (
	"fmt"
	"slices"

	"github.com/tallystick-go/tallystick/policy/internal/meaning"
)

// byKey pairs what stands under the same key, in the order of the new list; what is gone stands behind what it stood
// behind. Of methods there is one. named are the nodes themselves that have another name, renamed is what columns look at.
func byKey(old, new []*meaning.Node, named, renamed map[string]string) []pair {
	slot := func(n *meaning.Node) string {
		if n.Method {
			return "\x00method"
		}
		return n.Key
	}
	at := map[string]int{}
	for i, n := range old {
		if to := n.Name(renamed); n.Column && to != n.Key {
			at[to] = i
		} else if to, ok := named[n.Key]; ok {
			at[to] = i
		} else {
			at[slot(n)] = i
		}
	}
	var indexes []indexed
	for i, n := range new {
		x := indexed{old: -1, new: i}
		if j, ok := at[slot(n)]; ok && (n.ID == "") == (old[j].ID == "") {
			x.old = j
		}
		indexes = append(indexes, x)
	}
	var out []pair
	for _, x := range withGone(indexes, len(old)) {
		p := pair{}
		if x.old >= 0 {
			p.old = old[x.old]
		}
		if x.new >= 0 {
			p.new = new[x.new]
		}
		out = append(out, p)
	}
	return out
}

// indexed is where something stands in the two lists, -1 for nowhere.
type indexed struct{ old, new int }

// withGone adds to the pairs what the old list has alone, each behind what it stood behind.
func withGone(pairs []indexed, old int) []indexed {
	kept := make([]bool, old)
	for _, x := range pairs {
		if x.old >= 0 {
			kept[x.old] = true
		}
	}
	for i := range old {
		if kept[i] {
			continue
		}
		behind := slices.IndexFunc(pairs, func(x indexed) bool { return x.old == i-1 })
		if i == 0 {
			behind = -1
		}
		pairs = slices.Insert(pairs, behind+1, indexed{old: i, new: -1})
	}
	return pairs
}

// match pairs the rows of two lists. A row with a name is the row with that name; failing that, what says all the same,
// what has the same condition, what has the same result, and at last what stands in the same place between others.
func (c *comparer) match(old, new []*meaning.Node) []indexed {
	m := matcher{to: make([]int, len(new)), from: make([]int, len(old))}
	for i := range m.to {
		m.to[i] = -1
	}
	for i := range m.from {
		m.from[i] = -1
	}
	named := unique(old) && unique(new)
	said := func(n *meaning.Node, r map[string]string) string { return meaning.Said([]*meaning.Node{n}, r) }
	ofHead := func(n *meaning.Node, r map[string]string) string {
		if n.Kind != meaning.Fields {
			return ""
		}
		return meaning.Said(head(n), r) // also of a row that is for all others
	}
	ofBody := func(n *meaning.Node, r map[string]string) string { return saidOf(body(n), r) }
	if named {
		m.pair(c, old, new, func(n *meaning.Node, _ map[string]string) string { return n.ID })
	}
	m.pair(c, old, new, said)
	m.pair(c, old, new, func(n *meaning.Node, r map[string]string) string { return saidOf(withoutID(n), r) })
	if !named || new[0].Type == approver {
		m.pair(c, old, new, ofHead)
		m.pair(c, old, new, ofBody)
		m.between(old, new)
	}
	pairs := make([]indexed, len(new))
	for i, from := range m.to {
		pairs[i] = indexed{from, i}
	}
	return withGone(pairs, len(old))
}

// unique reports whether every node has a name, and no two the same.
func unique(nodes []*meaning.Node) bool {
	seen := map[string]bool{}
	for _, n := range nodes {
		if n.ID == "" || seen[n.ID] {
			return false
		}
		seen[n.ID] = true
	}
	return len(nodes) > 0
}

// matcher holds which rows are pairs so far: the old one of each new one, and the other way round.
type matcher struct{ to, from []int }

// pair pairs the rows that are left and of which text tells the same, the first with the first; "" tells nothing.
func (m *matcher) pair(c *comparer, old, new []*meaning.Node, text func(n *meaning.Node, renamed map[string]string) string) {
	left := map[string][]int{}
	for i, n := range old {
		if m.from[i] < 0 {
			said := text(n, c.renamed)
			left[said] = append(left[said], i)
		}
	}
	for j, n := range new {
		if m.to[j] >= 0 {
			continue
		}
		said := text(n, nil)
		if at := left[said]; said != "" && len(at) > 0 {
			m.to[j], m.from[at[0]] = at[0], j
			left[said] = at[1:]
		}
	}
}

// between pairs, between two neighbours that are pairs, the rows that are left, where their conditions have the same keys.
func (m *matcher) between(old, new []*meaning.Node) {
	i := 0
	for j := range new {
		if m.to[j] >= 0 {
			i = m.to[j] + 1
			continue
		}
		if i < len(old) && m.from[i] < 0 && shape(old[i]) == shape(new[j]) {
			m.to[j], m.from[i] = i, j
			i++
		}
	}
}

// shape returns the keys of a row's condition.
func shape(n *meaning.Node) string {
	keys := fmt.Sprint(n.Kind)
	for _, x := range head(n) {
		keys += " " + x.Key
	}
	return keys
}

// results are the keys of a row that say what follows from it; its other keys say whom it is for.
var results = map[string]bool{
	"points": true, "share": true, "is": true, "of": true, "code": true, "reason": true, "title": true, "by": true, "id": true,
}

// The structs whose rows are not like others: the name of an approver is rather the result, and an exposure is what it is of.
const (
	approver = "credit.Approver"
	exposure = "credit.Exposure"
)

// head returns the parts of a row that say whom it is for.
func head(n *meaning.Node) []*meaning.Node {
	return only(n, func(x *meaning.Node) bool { return !results[x.Key] || n.Type == exposure })
}

// body returns the parts of a row that say what follows.
func body(n *meaning.Node) []*meaning.Node {
	return only(n, func(x *meaning.Node) bool { return results[x.Key] && n.Type != exposure })
}

// withoutID returns the parts of a row but for its name.
func withoutID(n *meaning.Node) []*meaning.Node {
	return only(n, func(x *meaning.Node) bool { return !isName(n, x) })
}

func only(n *meaning.Node, keep func(*meaning.Node) bool) []*meaning.Node {
	return slices.DeleteFunc(slices.Clone(n.Nodes), func(x *meaning.Node) bool { return !keep(x) })
}

// saidOf returns what parts of a row say, "" where there are none.
func saidOf(parts []*meaning.Node, renamed map[string]string) string {
	if len(parts) == 0 {
		return ""
	}
	return meaning.Said(parts, renamed)
}

// movedOf tells which pairs have changed their order: the fewest whose move explains it.
func movedOf(pairs []indexed) []bool {
	// The longest rising run of old places is what stayed, the first one where there are several.
	best, before := make([]int, len(pairs)), make([]int, len(pairs))
	last := -1
	for i, x := range pairs {
		before[i] = -1
		if x.old < 0 || x.new < 0 {
			continue
		}
		best[i] = 1
		for j := range i {
			if y := pairs[j]; y.old >= 0 && y.new >= 0 && y.old < x.old && best[j]+1 > best[i] {
				best[i], before[i] = best[j]+1, j
			}
		}
		if last < 0 || best[i] > best[last] {
			last = i
		}
	}
	moved := make([]bool, len(pairs))
	for i, x := range pairs {
		moved[i] = x.old >= 0 && x.new >= 0
	}
	for i := last; i >= 0; i = before[i] {
		moved[i] = false
	}
	return moved
}

// Renames returns, by their old name, the inputs and values that say the same under another name: one gone and one new that
// are alike but for the name, and no other is. They must share a title, where the data come from, or the expression.
func Renames(old, new *meaning.Node) map[string]string {
	renamed := map[string]string{}
	for _, section := range []string{"inputs", "values"} {
		a, b := old.Get(section), new.Get(section)
		if a == nil || b == nil {
			continue
		}
		gone, fresh := map[string][]*meaning.Node{}, map[string][]*meaning.Node{}
		for _, n := range without(a, b) {
			said := nameless(n, renamed)
			gone[said] = append(gone[said], n)
		}
		for _, n := range without(b, a) {
			said := nameless(n, nil)
			fresh[said] = append(fresh[said], n)
		}
		for said, x := range gone { // each by itself: in any order
			if y := fresh[said]; len(x) == 1 && len(y) == 1 && telling(x[0]) {
				renamed[x[0].Key] = y[0].Key
			}
		}
	}
	return renamed
}

// nameless returns what n says but for its name.
func nameless(n *meaning.Node, renamed map[string]string) string {
	x := *n
	x.Key = ""
	return meaning.Said([]*meaning.Node{&x}, renamed)
}

// without returns the nodes under a whose names are not under b.
func without(a, b *meaning.Node) []*meaning.Node {
	names := map[string]bool{}
	for _, n := range b.Nodes {
		names[n.Key] = true
	}
	return only(a, func(n *meaning.Node) bool { return !names[n.Key] })
}

// telling reports whether n says enough to be known again under another name.
func telling(n *meaning.Node) bool {
	for _, key := range []string{"title", "from", "expr", "rows"} {
		if n.Get(key) != nil {
			return true
		}
	}
	return false
}
