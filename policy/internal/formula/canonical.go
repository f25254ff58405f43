package formula

import (
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
)

// Canonical returns what t says without how it is written: two texts that differ only in spaces, needless brackets, the
// notation of numbers and strings, or the spelling of operators (&& and `and`) have the same canonical text, and two that
// differ in anything else have not. renamed gives other names to inputs, values and results, by their dotted names; nil
// gives none.
func (t *Tree) Canonical(renamed map[string]string) string {
	w := &canonical{tree: t, renamed: renamed, local: map[string]int{}}
	w.write(t.root)
	return w.out.String()
}

// canonical writes each part as (what it is, and its parts).
type canonical struct {
	tree    *Tree
	renamed map[string]string
	local   map[string]int // let variables in scope
	out     strings.Builder
}

// part writes what with the parts behind it.
func (w *canonical) part(what string, parts ...ast.Node) {
	w.out.WriteString("(" + what)
	for _, p := range parts {
		w.out.WriteByte(' ')
		w.write(p)
	}
	w.out.WriteByte(')')
}

func (w *canonical) write(n ast.Node) {
	n = unwrap(n)
	if root, name, ok := path(n); ok {
		if w.local[root] == 0 {
			name = Rename(name, w.renamed)
		}
		w.out.WriteString("(name " + strconv.Quote(name) + ")")
		return
	}
	switch n := n.(type) {
	case *ast.IntegerNode, *ast.FloatNode:
		w.out.WriteString(w.tree.numbers[n.Location().From].Fraction())
	case *ast.BoolNode:
		w.out.WriteString(strconv.FormatBool(n.Value))
	case *ast.StringNode:
		w.out.WriteString(strconv.Quote(n.Value))
	case *ast.PointerNode:
		w.out.WriteString("#")
	case *ast.MemberNode:
		w.part("of", n.Node, n.Property)
	case *ast.UnaryNode:
		w.part("one "+operator(n.Operator), n.Node)
	case *ast.BinaryNode:
		if !w.tree.isChain(n) {
			w.part("two "+operator(n.Operator), n.Left, n.Right)
			return
		}
		w.out.WriteString("(chain ") // neighbours share an operand, which is written once
		for i, c := range w.tree.comparisons(n) {
			if i == 0 {
				w.write(c.Left)
			}
			w.out.WriteString(" " + c.Operator + " ")
			w.write(c.Right)
		}
		w.out.WriteByte(')')
	case *ast.ConditionalNode:
		w.part("if", n.Cond, n.Exp1, n.Exp2)
	case *ast.VariableDeclaratorNode:
		w.part("let "+n.Name, n.Value)
		w.local[n.Name]++
		w.part("in", n.Expr)
		w.local[n.Name]--
	case *ast.ArrayNode:
		w.part("list", n.Nodes...)
	case *ast.BuiltinNode:
		w.part("call "+builtinName(n.Name), n.Arguments...)
	case *ast.CallNode: // of a name, or Parse had refused it
		w.part("call "+builtinName(n.Callee.(*ast.IdentifierNode).Value), n.Arguments...)
	case *ast.PredicateNode:
		w.part("each", n.Node)
	}
}

// Rename returns the other name of what a dotted name spells, or begins with.
func Rename(name string, renamed map[string]string) string {
	for end := len(name); end > 0 && len(renamed) > 0; end = strings.LastIndexByte(name[:end], '.') {
		if to, ok := renamed[name[:end]]; ok {
			return to + name[end:]
		}
	}
	return name
}

// operator returns the one spelling of an operator that has two.
func operator(op string) string {
	switch op {
	case "&&":
		return "and"
	case "||":
		return "or"
	case "!":
		return "not"
	}
	return op
}

func builtinName(name string) string {
	if name == manySum {
		return "sum"
	}
	return name
}
