package formula

import (
	"github.com/expr-lang/expr/ast"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// each checks a function that looks at the items of a list in turn.
func (c *checker) each(p place, name string, args []ast.Node) Node {
	if len(args) == 0 {
		return c.problem(p, "wrong-arguments", quote(name)+" "+arity(2, 2, 0), "write "+builtins[name].usage)
	}
	list := c.check(args[0])
	p = c.place(join(p.span, c.group(list)))
	if len(args) != 2 {
		hint := "write " + builtins[name].usage
		if name == "count" {
			hint += "; len(list) counts all items"
		}
		return c.problem(p, "wrong-arguments", quote(name)+" "+arity(2, 2, len(args)), hint)
	}
	if name == "sum" && list.Type().Kind == slot.Number {
		return c.builtin(p, name, builtins[name], []Node{list, c.check(args[1])})
	}
	if list = c.want(list, slot.List, quote(name)+" needs a list", ""); isBad(list) {
		return c.eachBad(p, args[1])
	}
	elem := list.Type().Elem
	if elem == nil {
		elem = badType // of an empty list nothing can be said; nor can it go wrong
	}
	b, leave := c.bind(item, elem)
	c.loops++
	body := c.check(args[1])
	c.loops--
	leave()
	if list.Type().Elem == nil || isBad(body) {
		return c.eachEmpty(p, name, list)
	}
	n := &Each{base: base{place: p}, Name: name, List: list, Item: b.slot, Body: body, Atom: noAtom}
	switch name {
	case "map":
		n.typ = slot.ListOf(body.Type())
		return n
	case "sum":
		n.typ = slot.NumberType
		n.Body = c.want(body, slot.Number, "`sum` adds numbers", "")
	default:
		n.Body = c.want(body, slot.Bool, quote(name)+" needs a condition on the items", "")
	}
	if isBad(n.Body) {
		return &bad{base{p, badType}}
	}
	switch name {
	case "count":
		n.typ = slot.NumberType
	case "filter":
		n.typ = list.Type()
	case "find":
		n.typ = elem
		n.Atom = c.scope.atom(p)
	case "all", "any", "none", "one":
		n.typ = slot.BoolType
	}
	return n
}

// eachBad looks for further problems in the body, of whose items nothing is known.
func (c *checker) eachBad(p place, body ast.Node) Node {
	_, leave := c.bind(item, badType)
	c.check(body)
	leave()
	return &bad{base{p, badType}}
}

// eachEmpty deals with a list that is always empty; any other is here because its body has a problem.
func (c *checker) eachEmpty(p place, name string, list Node) Node {
	if list.Type().Elem != nil {
		return &bad{base{p, badType}}
	}
	switch name {
	case "all", "none":
		return &Const{base{p, slot.BoolType}, slot.Truth(true)}
	case "any", "one":
		return &Const{base{p, slot.BoolType}, slot.Truth(false)}
	case "count", "sum":
		return &Const{base{p, slot.NumberType}, slot.Num(exact.Int(0))}
	case "find":
		return c.problem(p, "empty-value", "nothing can be found in an empty list", "")
	}
	return &Const{base{p, slot.ListOf(nil)}, slot.Items(nil)}
}
