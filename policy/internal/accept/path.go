package accept

import (
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// region is a piece of the file: from one place until before another. The zero region is all of it.
type region struct{ from, until doc.Place }

// holds reports whether p stands in r.
func (r region) holds(p doc.Place) bool {
	return r == region{} || p.Known() && !p.Before(r.from) && (!r.until.Known() || p.Before(r.until))
}

// part is a key or an item under a node, with the names that it goes by.
type part struct {
	names []string // the first one is how it is written
	node  *doc.Node
	region
}

// find returns the piece of the file that the path at names, or a fault with the nearest path.
func find(root *doc.Node, at doc.Text) (region, *doc.Fault) {
	n, r, done, rest := root, region{}, "", at.Value
	for {
		next, left, ok := step(n, r, rest)
		if !ok {
			return region{}, unknownPath(at, done, rest, n)
		}
		n, r = next.node, next.region
		if left == "" {
			return r, nil
		}
		done, rest = done+strings.TrimSuffix(rest, left), left
	}
}

// step goes down from n by the first name of path, and returns what is left of path. Names may have dots in them, as those
// of inputs do: the longest one that fits counts.
func step(n *doc.Node, within region, path string) (best part, left string, ok bool) {
	length := -1
	for _, p := range parts(n, within) {
		for _, name := range p.names {
			if rest, fits := strings.CutPrefix(path, name); fits && len(name) > length && (rest == "" || rest[0] == '.' && len(rest) > 1) {
				best, left, length = p, strings.TrimPrefix(rest, "."), len(name)
			}
		}
	}
	return best, left, length >= 0
}

// parts returns what stands in n, each with where it begins and ends.
func parts(n *doc.Node, within region) (out []part) {
	switch n.Kind {
	case doc.Map:
		for _, p := range n.Pairs {
			x := part{node: p.Value, region: region{p.Key.Place, within.until}}
			if p.Key.Kind == doc.Scalar {
				x.names = []string{p.Key.Text}
			}
			out = append(out, x)
		}
	case doc.Seq:
		for i, item := range n.Items {
			x := part{node: item, region: region{item.Place, within.until}}
			if name := nameOf(item); name != "" {
				x.names = append(x.names, name)
			}
			x.names = append(x.names, strconv.Itoa(i+1))
			out = append(out, x)
		}
	}
	for i := 1; i < len(out); i++ {
		out[i-1].until = out[i].from
	}
	return out
}

// nameOf returns what an item of a list is called: its id, or the grade that it is, or who approves.
func nameOf(item *doc.Node) string {
	for _, key := range []string{"id", "grade", "by"} {
		if n := item.Get(key); n != nil && n.Kind == doc.Scalar {
			return n.Text
		}
	}
	return ""
}

// mostNames is how many names a hint lists.
const mostNames = 30

// unknownPath says where the path at leaves the file: at rest, behind done, below n.
func unknownPath(at doc.Text, done, rest string, n *doc.Node) *doc.Fault {
	f := doc.Errorf(at.Place(), "unknown-path", "there is nothing at `%s`", at)
	where := "`" + strings.TrimSuffix(done, ".") + "`"
	if done == "" {
		where = "the file"
	}
	var names []string
	for _, p := range parts(n, region{}) {
		if len(p.names) > 0 {
			names = append(names, p.names[0])
		}
	}
	if len(names) == 0 {
		f = f.WithHint("nothing in %s has a name: leave out what follows it", where)
		return &f
	}
	hint := ""
	word, _, _ := strings.Cut(rest, ".")
	if near := doc.Nearest(word, names); near != "" {
		hint = "did you mean `" + done + near + "`? "
	}
	if more := len(names) - mostNames; more > 0 {
		names = append(names[:mostNames], strconv.Itoa(more)+" more")
	}
	f = f.WithHint("%sin %s there is %s", hint, where, strings.Join(names, ", "))
	return &f
}
