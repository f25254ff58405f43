package formula

import (
	"github.com/expr-lang/expr/ast"

	"github.com/tallystick-go/tallystick/internal/exact"
)

// Tree is a parsed expression, its names not yet resolved. It is immutable and safe for concurrent use.
type Tree struct {
	src     string
	runes   []rune
	tokens  []token
	numbers map[int]exact.Number // by the offset of the literal
	root    ast.Node
}

// Source returns the text that was parsed.
func (t *Tree) Source() string {
	if t == nil {
		return ""
	}
	return t.src
}

// tokenOf returns the index of the token that an ast node is placed at.
func (t *Tree) tokenOf(n ast.Node) int {
	return min(tokenAt(t.tokens, n.Location().From), len(t.tokens)-1)
}

// span is a piece of the text: from the first of its tokens to the last.
type span struct{ first, last int }

func join(a, b span) span { return span{min(a.first, b.first), max(a.last, b.last)} }

// group widens s over the brackets that enclose just it, as an operand that was put in brackets.
func (t *Tree) group(s span) span {
	for s.first > 0 && t.tokens[s.first-1].is("(") && t.tokens[s.first-1].match == s.last+1 && !t.isCall(s.first-1) {
		s.first--
		s.last++
	}
	return s
}

// isCall reports whether the bracket at index i holds the arguments of a call.
func (t *Tree) isCall(i int) bool { return i > 0 && t.tokens[i-1].endsOperand() }

// closing returns the index of the bracket that closes the one at index i.
func (t *Tree) closing(i int) int {
	if i < len(t.tokens) && t.tokens[i].match >= 0 {
		return t.tokens[i].match
	}
	return min(i, len(t.tokens)-1)
}

// bounds returns the characters that s covers.
func (t *Tree) bounds(s span) (from, to int) { return t.tokens[s.first].from, t.tokens[s.last].to }

// text returns the characters from one offset to another.
func (t *Tree) text(from, to int) string {
	if len(t.runes) == len(t.src) {
		return t.src[from:to]
	}
	return string(t.runes[from:to])
}

// unwrap leaves out the node that marks a chain with ?. in it, which means the same as a dot here.
func unwrap(n ast.Node) ast.Node {
	for {
		c, ok := n.(*ast.ChainNode)
		if !ok {
			return n
		}
		n = c.Node
	}
}
