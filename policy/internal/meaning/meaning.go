// Package meaning is what a policy file says, apart from how it is written: a tree in which layout, comments, the order of
// keys, the notation of numbers and expressions, short forms, and what is said although it goes without saying have left
// no trace. Two files with the same tree decide every customer alike, and their decisions say so in the same words.
//
// Start with [Of]. [Node.Digest] is a fingerprint of the tree; the package diff compares two of them.
//
// What does count although it only shows: titles and reasons, their first language, the order of lists (reasons are given
// in it), and which input names the customer. What does not, although it shows: the order in which a decision lists
// inputs and values, and the number of a row of categories, since keys have no order. Findings that are accepted count
// for nothing: they change no decision.
package meaning

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// Kind says what a Node is.
type Kind uint8

// The kinds of node.
const (
	Leaf   Kind = iota // a single thing: a number, a text, an expression, a set of values
	Fields             // keys of the format, each at most once; their order does not count
	Names              // names that the policy owner chose; their order does not count
	Rows               // a list; its order counts
)

// Node is a part of a policy.
type Node struct {
	Kind  Kind
	Key   string    // the key or name that it stands under; "" in a list
	Type  string    // Fields: the struct of the format, "scoring.Band"; Names and Rows: ""
	ID    string    // what the policy calls it: its id, its name, its grade; "" where it has none
	Title doc.Title // of what has one; of a Leaf that is a title or a reason: itself
	Place doc.Place
	Nodes []*Node // in the order of the format (Fields) or the file

	// Column says that the key is what the row of a table looks at, Attribute that it is an attribute of a grade: names of the
	// policy owner's beside the keys of the format.
	Column, Attribute bool

	// Method says that the key is the name of a method or a combiner, of which there is one among the Fields around it.
	Method bool

	Text    string        // Leaf: what it says, for people
	Number  bool          // Leaf: it is a number and nothing else
	Formula *formula.Tree // Leaf: of an expression that is no plain number, nil otherwise
	plain   string        // Leaf: what it says, for comparisons; unused where there is a Formula
}

// Get returns the node under key, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, x := range n.Nodes {
		if x.Key == key {
			return x
		}
	}
	return nil
}

// Exact returns what a Leaf says, so that two leaves say the same if their texts are equal. renamed gives other names to
// what expressions read.
func (n *Node) Exact(renamed map[string]string) string {
	if n.Formula != nil {
		return expressionMark + n.Formula.Canonical(renamed)
	}
	return n.plain
}

// expressionMark begins what the leaf of an expression says.
const expressionMark = "expression "

// Said returns what the nodes under Fields say: equal texts for what is the same. Names in expressions are renamed.
func Said(fields []*Node, renamed map[string]string) string {
	var b strings.Builder
	(&Node{Kind: Fields, Nodes: fields}).write(&b, renamed)
	return b.String()
}

// Digest returns "sha256:" and the SHA-256 of what the tree under n says.
func (n *Node) Digest() string {
	sum := sha256.Sum256([]byte(Said([]*Node{n}, nil)))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Name returns the key of n after names have been renamed.
func (n *Node) Name(renamed map[string]string) string {
	if n.Column {
		return formula.Rename(n.Key, renamed)
	}
	return n.Key
}

// write writes n so that different trees are written differently: each part begins with what it is and how long.
func (n *Node) write(b *strings.Builder, renamed map[string]string) {
	key := n.Name(renamed)
	fmt.Fprintf(b, "%d %d %s ", n.Kind, len(key), key)
	if n.Kind == Leaf {
		text := n.Exact(renamed)
		fmt.Fprintf(b, "%d %s;", len(text), text)
		return
	}
	nodes := n.Nodes
	if n.Kind != Rows {
		nodes = slices.Clone(nodes)
		slices.SortStableFunc(nodes, func(x, y *Node) int { return strings.Compare(x.Name(renamed), y.Name(renamed)) })
	}
	fmt.Fprintf(b, "%d;", len(nodes))
	for _, x := range nodes {
		x.write(b, renamed)
	}
}
