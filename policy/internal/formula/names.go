package formula

import (
	"github.com/expr-lang/expr/ast"
)

// Names returns the free names that t refers to, each once, in the order in which they stand: the names of inputs,
// values and results, not of let variables, items or functions. A name is given as far as it is known from the text,
// with its dots ("applicant.age"); an id that is quoted counts as a part of it (points["long-overdue"] is
// "points.long-overdue"), an index or a computed key does not (rates[.ccy] is "rates"). What names an input may
// therefore be the beginning of it (an input that is a record), or go on behind it (a record's field).
func (t *Tree) Names() []string {
	w := t.collect()
	return w.names
}

// Calls returns the names of the functions that t calls, without those built in, each once.
func (t *Tree) Calls() []string {
	w := t.collect()
	return w.calls
}

// Names returns the free names of the body, without the parameters.
func (f *Function) Names() []string {
	w := &collector{tree: f.Body, local: map[string]int{}, seen: map[string]bool{}}
	for _, p := range f.Params {
		w.local[p]++
	}
	w.run()
	return w.names
}

type collector struct {
	tree         *Tree
	local        map[string]int // let variables in scope
	seen         map[string]bool
	names, calls []string
}

func (t *Tree) collect() *collector {
	w := &collector{tree: t, local: map[string]int{}, seen: map[string]bool{}}
	w.run()
	return w
}

func (w *collector) run() {
	if w.tree != nil {
		w.walk(w.tree.root)
	}
}

func (w *collector) walk(n ast.Node) {
	n = unwrap(n)
	if root, name, ok := path(n); ok {
		if w.local[root] == 0 && !w.seen[name] {
			w.seen[name] = true
			w.names = append(w.names, name)
		}
		return
	}
	switch n := n.(type) {
	case *ast.BinaryNode:
		if w.tree.isChain(n) {
			for i, c := range w.tree.comparisons(n) {
				if i == 0 {
					w.walk(c.Left)
				}
				w.walk(c.Right)
			}
			return
		}
	case *ast.CallNode:
		if id, ok := n.Callee.(*ast.IdentifierNode); ok {
			w.call(id.Value)
		}
		for _, a := range n.Arguments {
			w.walk(a)
		}
		return
	case *ast.BuiltinNode:
		w.call(n.Name)
	case *ast.VariableDeclaratorNode:
		w.walk(n.Value)
		w.local[n.Name]++
		w.walk(n.Expr)
		w.local[n.Name]--
		return
	}
	for _, c := range children(n) {
		w.walk(c)
	}
}

func (w *collector) call(name string) {
	if name == manySum || IsBuiltin(name) || w.seen[name+"("] {
		return
	}
	w.seen[name+"("] = true
	w.calls = append(w.calls, name)
}

// path returns the dotted name that n spells, and its first part.
func path(n ast.Node) (root, name string, ok bool) {
	switch n := unwrap(n).(type) {
	case *ast.IdentifierNode:
		return n.Value, n.Value, true
	case *ast.MemberNode:
		if p, isText := n.Property.(*ast.StringNode); isText {
			if root, name, ok = path(n.Node); ok {
				return root, name + "." + p.Value, true
			}
		}
	}
	return "", "", false
}
