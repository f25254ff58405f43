package cases

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/policy"
)

// given is the record of a case: the fields of base and given under their full names, a.b.c for c in b in a, and under the
// policy's names for them, so that all ways to name an input are the same.
type given map[string]doc.Pair

// put takes the fields of n, a map, in place of those that g has.
func (g given) put(n *doc.Node, o *outline, d *doc.Decoder) {
	if n == nil || n.Kind == doc.Null {
		return
	}
	if n.Kind != doc.Map {
		d.Errorf(n.Place, "wrong-type", "a map of inputs is needed here, not %s", n.Kind)
		return
	}
	g.below("", n, map[string]doc.Place{}, o, d)
}

// below takes the fields of n, which stands at prefix. said are the names that this map has said already.
func (g given) below(prefix string, n *doc.Node, said map[string]doc.Place, o *outline, d *doc.Decoder) {
	for _, p := range n.Pairs {
		full := prefix + p.Key.Text
		name := o.inputName(full)
		first, twice := said[name]
		switch {
		case p.Key.Kind != doc.Scalar:
			d.Errorf(p.Key.Place, "wrong-type", "a key must be a single name here, not %s", p.Key.Kind)
		case p.Value.Kind == doc.Map:
			g.below(full+".", p.Value, said, o, d)
		case twice:
			d.Fault(doc.Errorf(p.Key.Place, "duplicate-key", "%s is given twice", name).See(first, "the first one is here"))
		default:
			said[name] = p.Key.Place
			g.set(name, p)
		}
	}
}

// set makes name what p says. Where that is nothing, what is below name is gone as well; and a name that was nothing makes
// way for what is below it.
func (g given) set(name string, p doc.Pair) {
	if p.Value.Kind == doc.Null {
		maps.DeleteFunc(g, func(other string, _ doc.Pair) bool { return strings.HasPrefix(other, name+".") })
	}
	for i := range name {
		if name[i] == '.' && g[name[:i]].Value != nil && g[name[:i]].Value.Kind == doc.Null {
			delete(g, name[:i])
		}
	}
	g[name] = p
}

// record returns the record as policies take it. An input of the type record wants a map; everything else can stand under
// its full name.
func (g given) record(o *outline) policy.Record {
	r := policy.Record{}
	for _, name := range slices.Sorted(maps.Keys(g)) { // a before a.b
		value := g[name].Value
		if _, declared := o.kinds[name]; declared && value.Kind == doc.Null {
			continue // taken away
		}
		whole := o.recordAround(name)
		if whole == "" {
			r[name] = goValue(value, o.kinds[name])
			continue
		}
		path := strings.Split(strings.TrimPrefix(name, whole+"."), ".")
		put(r, append([]string{whole}, path...), goValue(value, ""))
	}
	return r
}

// put puts value into m, along path into maps in it. Where one of these is something else, that stays: it is wrong, and the
// policy says so.
func put(m map[string]any, path []string, value any) {
	for _, key := range path[:len(path)-1] {
		if m[key] == nil {
			m[key] = map[string]any{}
		}
		next, ok := m[key].(map[string]any)
		if !ok {
			return
		}
		m = next
	}
	m[path[len(path)-1]] = value
}

// recordAround returns the input of the type record that name is a part of, "" for none.
func (o *outline) recordAround(name string) string {
	for i := range name {
		if name[i] == '.' && o.kinds[name[:i]] == "record" {
			return name[:i]
		}
	}
	return ""
}

// goValue returns n as a record has it. Where the policy declares a text or a grade, 007 is not a number; a number keeps
// its text.
func goValue(n *doc.Node, kind string) any {
	switch n.Kind {
	case doc.Null:
		return nil
	case doc.Seq:
		out := make([]any, len(n.Items))
		for i, item := range n.Items {
			out[i] = goValue(item, "")
		}
		return out
	case doc.Map:
		out := map[string]any{}
		for _, p := range n.Pairs {
			out[p.Key.Text] = goValue(p.Value, "")
		}
		return out
	}
	switch {
	case n.Quoted || kind == "string" || kind == "grade":
		return n.Text
	case n.Text == "true" || n.Text == "false":
		return n.Text == "true"
	}
	if _, err := exact.Parse(n.Text); err == nil {
		return json.Number(n.Text)
	}
	return n.Text
}

// place returns where field is said, as an error of the record names it: "members[2].amount". False: it is not said at all.
// Where a name is wrong, key asks for the place of that and not of its value.
func (g given) place(field string, key bool) (doc.Place, bool) {
	for end := len(field); end > 0; end = strings.LastIndexAny(field[:end], ".[") {
		if p, there := g[field[:end]]; there {
			p = follow(p, field[end:])
			if key {
				return p.Key.Place, true
			}
			return p.Value.Place, true
		}
	}
	return doc.Place{}, false
}

// follow goes along path, such as "[2].amount", from the value of p as far as it leads.
func follow(p doc.Pair, path string) doc.Pair {
	for path != "" {
		part := path
		if end := strings.IndexAny(path[1:], ".["); end >= 0 {
			part = path[:end+1]
		}
		next, ok := partOf(p.Value, part)
		if !ok {
			break
		}
		p, path = next, path[len(part):]
	}
	return p
}

// partOf returns the item [2] or the field .amount of n.
func partOf(n *doc.Node, part string) (doc.Pair, bool) {
	if i, err := strconv.Atoi(strings.Trim(part, "[]")); part[0] == '[' && err == nil && i >= 0 && i < len(n.Items) {
		return doc.Pair{Key: n.Items[i], Value: n.Items[i]}, true
	}
	for _, p := range n.Pairs {
		if "."+p.Key.Text == part {
			return p, true
		}
	}
	return doc.Pair{}, false
}
