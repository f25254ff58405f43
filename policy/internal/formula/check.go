package formula

import (
	"fmt"

	"github.com/expr-lang/expr/ast"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// checker gives types to a Tree. One checker works on one text: a function's body has its own, which shares the state.
type checker struct {
	*state
	tree *Tree
	call *place   // of the call whose function's body this is
	name string   // of that function
	up   *checker // of the caller
	env  *binding

	hyphens []span // names with hyphens that were reported
}

// state is what the checkers of an expression and of the functions in it share.
type state struct {
	scope    *Scope
	problems []Problem
	next     int // first free slot
	slots    int // slots needed
	nodes    int // made so far
	loops    int // lists that are gone through
	full     bool
	inexact  bool

	faulty map[string]bool // functions in whose bodies something was wrong
}

// binding is a variable in scope.
type binding struct {
	name  string
	typ   *slot.Type
	slot  int
	value *slot.Value // when known
	outer *binding
}

// item is the name under which the item of a list is bound.
const item = "#"

func (c *checker) lookup(name string) *binding {
	for b := c.env; b != nil; b = b.outer {
		if b.name == name {
			return b
		}
	}
	return nil
}

// bind declares a variable in a slot of its own until leave is called.
func (c *checker) bind(name string, typ *slot.Type) (b *binding, leave func()) {
	outer := c.env
	b = &binding{name: name, typ: typ, slot: c.reserve(1), outer: outer}
	c.env = b
	return b, func() {
		c.env = outer
		c.next--
	}
}

// reserve takes n slots and returns the first; setting next back gives them up.
func (c *checker) reserve(n int) (first int) {
	first = c.next
	c.next += n
	c.slots = max(c.slots, c.next)
	return first
}

// variable returns a Node that reads b.
func (c *checker) variable(b *binding, p place) Node {
	switch {
	case b.typ == badType:
		return &bad{base{p, badType}}
	case b.value != nil:
		return &Const{base{p, b.typ}, *b.value}
	}
	return &Local{base{p, b.typ}, b.slot, b.name}
}

func (c *checker) place(s span) place {
	from, to := c.tree.bounds(s)
	return place{c.tree.text(from, to), from, to - from, s, c.call}
}

// problem reports something wrong at p. Inside a function the place is that of the call.
func (c *checker) problem(p place, code, message, hint string) Node {
	for f := c; f.up != nil; f = f.up {
		if f == c {
			message = "in `" + f.name + "`, at " + quote(p.Text()) + ": " + message
		} else {
			message = "in `" + f.name + "`: " + message
		}
	}
	offset, width := p.Span()
	c.problems = append(c.problems, Problem{Offset: offset, Width: width, Code: code, Message: message, Hint: hint})
	return &bad{base{p, badType}}
}

// mismatch reports that n is not what is needed.
func (c *checker) mismatch(n Node, needed, hint string) Node {
	p := c.placeOf(n)
	return c.problem(p, "wrong-type", needed+", but "+quote(p.Text())+" is "+phrase(n.Type()), hint)
}

// placeOf returns where n stands in the text at hand; what comes from a function stands where that is called.
func (c *checker) placeOf(n Node) place {
	p := n.(interface{ at() place }).at()
	for p.call != c.call && p.call != nil {
		p = *p.call
	}
	return p
}

// check returns n with its type; a bad node, and a problem reported, when it has none.
func (c *checker) check(n ast.Node) Node {
	n = unwrap(n)
	if c.nodes++; c.nodes > MaxInlined {
		return c.tooLong(n)
	}
	at := c.tree.tokenOf(n)
	here := c.place(span{at, at})
	switch n := n.(type) {
	case *ast.IntegerNode, *ast.FloatNode:
		return &Const{base{here, slot.NumberType}, slot.Num(c.tree.numbers[n.Location().From])}
	case *ast.BoolNode:
		return &Const{base{here, slot.BoolType}, slot.Truth(n.Value)}
	case *ast.StringNode:
		return &Const{base{here, slot.StringType}, slot.Text(n.Value)}
	case *ast.IdentifierNode, *ast.MemberNode:
		return c.access(n)
	case *ast.PointerNode:
		if b := c.lookup(item); b != nil {
			return c.variable(b, here)
		}
		return c.problem(here, "syntax", "`"+here.Text()+"` stands for an item of a list, and there is none here", "")
	case *ast.UnaryNode:
		return c.unary(n)
	case *ast.BinaryNode:
		return c.binary(n)
	case *ast.ConditionalNode:
		return c.conditional(n)
	case *ast.VariableDeclaratorNode:
		return c.let(n)
	case *ast.ArrayNode:
		return c.array(n)
	case *ast.BuiltinNode:
		return c.callNamed(n, n.Name, n.Arguments)
	case *ast.CallNode:
		if id, ok := n.Callee.(*ast.IdentifierNode); ok {
			return c.callNamed(n, id.Value, n.Arguments)
		}
	case *ast.PredicateNode:
		// sum(a, b) is read as if b were a condition.
		return c.check(n.Node)
	}
	return c.problem(here, "not-allowed", quote(here.Text())+" is not possible in an expression", "")
}

// tooLong reports once that the functions make the expression too long.
func (c *checker) tooLong(n ast.Node) Node {
	at := c.tree.tokenOf(n)
	here := c.place(span{at, at})
	if c.full {
		return &bad{base{here, badType}}
	}
	c.full = true
	return c.problem(here, "too-long", fmt.Sprintf("with the functions it calls, the expression has more than %d parts", MaxInlined),
		"make values of what the functions compute")
}

func (c *checker) let(n *ast.VariableDeclaratorNode) Node {
	at := c.tree.tokenOf(n)
	value := c.check(n.Value)
	leave := c.declare(n.Name, value)
	slotOf := c.env.slot
	body := c.check(n.Expr)
	leave()
	p := c.place(join(span{max(at-1, 0), at}, c.group(body)))
	return c.letNode(p, n.Name, slotOf, value, body)
}

// declare binds name to value.
func (c *checker) declare(name string, value Node) (leave func()) {
	b, leave := c.bind(name, value.Type())
	if v, ok := constant(value); ok {
		b.value = &v
	}
	return leave
}

// letNode returns body with its variable; the Let is left out when the value is known and has replaced the variable.
func (c *checker) letNode(p place, name string, slotOf int, value, body Node) Node {
	if isBad(value) || isBad(body) {
		return &bad{base{p, badType}}
	}
	if _, ok := constant(value); ok {
		// The body stands for all of it, so that brackets around the let are found.
		body.(interface{ move(place) }).move(p)
		return body
	}
	return &Let{base{p, body.Type()}, slotOf, name, value, body}
}

// moved returns n as if it stood at p, when it is a Const.
func moved(n Node, p place) Node {
	if k, ok := n.(*Const); ok {
		return &Const{base{p, k.typ}, k.Value}
	}
	return n
}

// group returns the piece of text of a part, with the brackets around it.
func (c *checker) group(n Node) span {
	p := c.placeOf(n)
	return c.tree.group(p.span)
}

func (c *checker) conditional(n *ast.ConditionalNode) Node {
	cond := c.want(c.check(n.Cond), slot.Bool, "a condition is needed before `?`", "")
	then, other := c.check(n.Exp1), c.check(n.Exp2)
	p := c.place(join(c.group(cond), c.group(other)))
	then, other, typ := c.unify(then, other, "the two results of `? :`")
	if isBad(cond) || typ == badType {
		return &bad{base{p, badType}}
	}
	return c.fold(&Cond{base{p, typ}, cond, then, other})
}

func (c *checker) array(n *ast.ArrayNode) Node {
	at := c.tree.tokenOf(n)
	p := c.place(span{at, c.tree.closing(at)})
	items := make([]Node, len(n.Nodes))
	for i, x := range n.Nodes {
		items[i] = c.check(x)
	}
	return c.listOf(p, items)
}

// listOf makes a list of items, which must be of one type.
func (c *checker) listOf(p place, items []Node) Node {
	if len(items) == 0 {
		return &Const{base{p, slot.ListOf(nil)}, slot.Items(nil)}
	}
	typ := items[0].Type()
	for i := 1; i < len(items) && typ != badType; i++ {
		items[0], items[i], typ = c.unify(items[0], items[i], "the items of a list")
	}
	for i := range items {
		// An early string may turn out to be a grade only when a later item is one.
		if typ != badType && !isBad(items[i]) {
			items[i] = c.convert(items[i], typ)
		}
		if isBad(items[i]) {
			typ = badType
		}
	}
	if typ == badType {
		return &bad{base{p, badType}}
	}
	return c.fold(&Array{base{p, slot.ListOf(typ)}, items})
}

// want reports n unless it is of kind k.
func (c *checker) want(n Node, k slot.Kind, needed, hint string) Node {
	if isBad(n) || n.Type().Kind == k {
		return n
	}
	return c.mismatch(n, needed, hint)
}
