package layout

import (
	"reflect"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/model"
)

// rearranged returns the tree under n with its keys in their order.
func rearranged(n *doc.Node, o order) *doc.Node {
	out := *n
	switch n.Kind {
	case doc.Map:
		out.Pairs = make([]doc.Pair, 0, len(n.Pairs))
		for _, i := range o.of(n) {
			p := n.Pairs[i]
			out.Pairs = append(out.Pairs, doc.Pair{Key: p.Key, Value: rearranged(p.Value, o.under(p.Key.Text))})
		}
	case doc.Seq:
		out.Items = make([]*doc.Node, 0, len(n.Items))
		for _, item := range n.Items {
			out.Items = append(out.Items, rearranged(item, o.item()))
		}
	}
	return &out
}

// order says how the keys of a map are ordered: those in keys first, in their order.
type order struct {
	keys  []string
	first string // the key that stands first in the items of the lists below
	path  string // of keys, from the file on
}

// sections returns the order of a file.
func sections(root *doc.Node) order {
	if root.Get("tests") != nil {
		return order{keys: testKeys}
	}
	return order{keys: policyKeys}
}

var (
	policyKeys = keysOf(reflect.TypeFor[model.File]())
	testKeys   = []string{"policy", "as_of", "base", "tests"}
)

// keysOf returns the keys of a struct that is filled from a file.
func keysOf(t reflect.Type) (keys []string) {
	for _, f := range reflect.VisibleFields(t) {
		if tag, ok := f.Tag.Lookup("key"); ok {
			key, _, _ := strings.Cut(tag, ",")
			keys = append(keys, key)
		}
	}
	return keys
}

// named are the places whose items have an identifier, with its key. In other lists id may be a name of the policy's own.
var named = map[string]string{
	"admission": "id", "scoring": "id", "grade.rules": "id", "credit": "id", "accept": "code", "tests": "name",
}

// under returns the order of what stands under key.
func (o order) under(key string) order {
	path := strings.TrimPrefix(o.path+"."+key, ".")
	first := o.first
	if o.path == "tests" { // what follows are records
		first = ""
	}
	if id := named[path]; id != "" {
		first = id
	}
	return order{first: first, path: path}
}

// item returns the order of the items of a list.
func (o order) item() order {
	if o.first != "" {
		o.keys = []string{o.first}
	}
	return o
}

// of returns the indices of the pairs of n in their order. In a file, a key that is none of a file's goes where the one
// before it goes; in an item, the others stay as they are.
func (o order) of(n *doc.Node) []int {
	out, ranks := make([]int, len(n.Pairs)), make([]int, len(n.Pairs))
	for i, p := range n.Pairs {
		out[i] = i
		rank := -1
		if p.Key.Kind == doc.Scalar {
			rank = slices.Index(o.keys, p.Key.Text)
		}
		switch {
		case rank < 0 && o.path != "":
			rank = len(o.keys)
		case rank < 0 && i > 0:
			rank = ranks[i-1]
		}
		ranks[i] = rank
	}
	slices.SortStableFunc(out, func(i, j int) int { return ranks[i] - ranks[j] })
	return out
}
