package schema_test

import (
	"math/rand/v2"

	"gopkg.in/yaml.v3"
)

// mutant returns a copy of a document with one thing in it that someone may have done by mistake.
func mutant(r *rand.Rand, document *yaml.Node) *yaml.Node {
	out := copyOf(document)
	all := nodes(out.Content[0], nil)
	n := all[r.IntN(len(all))]
	switch r.IntN(5) {
	case 0:
		forget(r, n)
	case 1:
		rename(r, n, all)
	case 2:
		*n = *scalar(r)
	case 3:
		*n = *copyOf(all[r.IntN(len(all))]) // what stands elsewhere
	case 4:
		wrap(r, n)
	}
	return out
}

func copyOf(n *yaml.Node) *yaml.Node {
	out := *n
	out.Content, out.Tag = nil, "" // a tag that yaml.v3 inferred may not fit what becomes of the value
	for _, c := range n.Content {
		out.Content = append(out.Content, copyOf(c))
	}
	return &out
}

// nodes appends n and all values below it, not the keys, to dst.
func nodes(n *yaml.Node, dst []*yaml.Node) []*yaml.Node {
	dst = append(dst, n)
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	for i := step - 1; i < len(n.Content); i += step {
		dst = nodes(n.Content[i], dst)
	}
	return dst
}

// forget takes a key or an item out of n, or all of them.
func forget(r *rand.Rand, n *yaml.Node) {
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	switch count := len(n.Content) / step; {
	case count == 0:
		n.Value = ""
	case r.IntN(4) == 0:
		n.Content = nil
	default:
		i := r.IntN(count) * step
		n.Content = append(n.Content[:i], n.Content[i+step:]...)
	}
}

// rename gives a key of n another name: a misspelt one, one that stands elsewhere, or one that is none.
func rename(r *rand.Rand, n *yaml.Node, all []*yaml.Node) {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return
	}
	key := n.Content[r.IntN(len(n.Content)/2)*2]
	switch r.IntN(3) {
	case 0:
		key.Value += "s"
	case 1:
		*key = *scalar(r)
	case 2:
		other := all[r.IntN(len(all))]
		if other.Kind == yaml.MappingNode && len(other.Content) > 0 {
			*key = *copyOf(other.Content[r.IntN(len(other.Content)/2)*2])
		}
	}
}

// wrap puts n into a list or a map of its own, or takes it out of one.
func wrap(r *rand.Rand, n *yaml.Node) {
	inner := copyOf(n)
	switch {
	case len(n.Content) > 0 && r.IntN(2) == 0:
		*n = *copyOf(n.Content[len(n.Content)-1])
	case r.IntN(2) == 0:
		*n = yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{inner}}
	default:
		*n = yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: "points"}, inner}}
	}
}

// scalars are values of all kinds.
var scalars = []yaml.Node{
	{Value: ""}, {Value: "null"}, {Value: "true"}, {Value: "false"}, {Value: "12"}, {Value: "-1.5"}, {Value: "0"}, {Value: "1_000"},
	{Value: "0.000_1"}, {Value: "1e3"}, {Value: "010"}, {Value: "+1"}, {Value: ".5"}, {Value: "yes"}, {Value: "exact"}, {Value: "refer"},
	{Value: "2024-01-02"}, {Value: "2024-1-2"}, {Value: "12 months"}, {Value: "+1 day"}, {Value: "1/3"}, {Value: "unlimited"}, {Value: "n > 1"},
	{Value: "12", Style: yaml.DoubleQuotedStyle}, {Value: "", Style: yaml.DoubleQuotedStyle}, {Value: "true", Style: yaml.SingleQuotedStyle},
	{Value: "准入", Style: yaml.LiteralStyle}, {Value: "number"}, {Value: "list"}, {Value: "sum"}, {Value: "points"},
}

func scalar(r *rand.Rand) *yaml.Node {
	n := scalars[r.IntN(len(scalars))]
	n.Kind = yaml.ScalarNode
	return &n
}
