package formula

import (
	"github.com/expr-lang/expr/ast"
)

// refuse walks the whole tree, also of functions that nothing calls, and reports what expr's grammar has and ours has not.
func (t *Tree) refuse() []Problem {
	var ps []Problem
	var walk func(n ast.Node)
	bad := func(n ast.Node, message, hint string) {
		k := t.tokens[t.tokenOf(n)]
		ps = append(ps, Problem{Offset: k.from, Width: k.to - k.from, Code: "not-allowed", Message: message, Hint: hint})
	}
	walk = func(n ast.Node) {
		switch n := n.(type) {
		case *ast.NilNode:
			bad(n, "there is no `nil`", "has(x) asks whether x is there, x ?? y stands in for it")
		case *ast.MapNode, *ast.PairNode:
			bad(n, "a record cannot be written in an expression", "")
			return
		case *ast.SliceNode:
			bad(n, "part of a list cannot be taken by `:`", "filter(list, condition) takes part of a list")
		case *ast.BytesNode:
			bad(n, "a string has no letter before its quote", "leave out the b")
		case *ast.SequenceNode:
			bad(n, "an expression has one result, and this has several", "`;` ends only a `let`")
		case *ast.PointerNode:
			if n.Name != "" {
				bad(n, "there is no "+quote("#"+n.Name), "`#` alone is the item")
			}
		case *ast.CallNode:
			if m, ok := n.Callee.(*ast.MemberNode); ok {
				bad(m, "a function is not called behind a dot", "write f(x) instead of x.f()")
			} else if _, ok := n.Callee.(*ast.IdentifierNode); !ok {
				bad(n, "only a function can be called, by its name", "")
			}
		case *ast.IdentifierNode:
			if n.Value == "null" || n.Value == "NULL" || n.Value == "None" {
				bad(n, "there is no "+quote(n.Value), "has(x) asks whether x is there, x ?? y stands in for it")
			}
		case *ast.VariableDeclaratorNode:
			if reservedWords[n.Name] {
				bad(n, quote(n.Name)+" cannot be the name of a variable", "")
			}
		case *ast.BinaryNode:
			if n.Operator == "&&" && t.isChain(n) {
				for i, c := range t.comparisons(n) {
					if i == 0 {
						walk(c.Left)
					}
					walk(c.Right)
				}
				return
			}
		}
		for _, c := range children(n) {
			walk(c)
		}
	}
	walk(t.root)
	return ps
}

// reservedWords are values or nothing at all, never names.
var reservedWords = map[string]bool{"true": true, "false": true, "nil": true, "null": true, "NULL": true, "None": true}

// children returns the parts of n in the order of the text.
func children(n ast.Node) []ast.Node {
	switch n := n.(type) {
	case *ast.UnaryNode:
		return []ast.Node{n.Node}
	case *ast.BinaryNode:
		return []ast.Node{n.Left, n.Right}
	case *ast.ChainNode:
		return []ast.Node{n.Node}
	case *ast.MemberNode:
		return []ast.Node{n.Node, n.Property}
	case *ast.SliceNode:
		out := []ast.Node{n.Node}
		for _, c := range []ast.Node{n.From, n.To} {
			if c != nil {
				out = append(out, c)
			}
		}
		return out
	case *ast.CallNode:
		return append([]ast.Node{n.Callee}, n.Arguments...)
	case *ast.BuiltinNode:
		return n.Arguments
	case *ast.PredicateNode:
		return []ast.Node{n.Node}
	case *ast.ConditionalNode:
		return []ast.Node{n.Cond, n.Exp1, n.Exp2}
	case *ast.VariableDeclaratorNode:
		return []ast.Node{n.Value, n.Expr}
	case *ast.SequenceNode:
		return n.Nodes
	case *ast.ArrayNode:
		return n.Nodes
	case *ast.MapNode:
		return n.Pairs
	case *ast.PairNode:
		return []ast.Node{n.Key, n.Value}
	}
	return nil
}

// isChain reports whether n is the && that expr's parser puts into a < b < c: it stands at the comparison.
func (t *Tree) isChain(n *ast.BinaryNode) bool {
	return n.Operator == "&&" && t.tokens[t.tokenOf(n)].is("<", "<=", ">", ">=")
}

// comparisons returns the comparisons of a chain from left to right; neighbours share an operand, the same node.
func (t *Tree) comparisons(n *ast.BinaryNode) []*ast.BinaryNode {
	var out []*ast.BinaryNode
	for t.isChain(n) {
		right, ok := n.Right.(*ast.BinaryNode)
		left, ok2 := n.Left.(*ast.BinaryNode)
		if !ok || !ok2 {
			break
		}
		out = append(out, right)
		n = left
	}
	out = append(out, n)
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}
