package formula

import "github.com/expr-lang/expr/ast"

// inline puts the body of one of the policy's functions in the place of a call.
func (c *checker) inline(p place, name string, f *Function, astArgs []ast.Node) Node {
	// The slots of the parameters are taken first: an argument may have variables of its own.
	first := c.reserve(len(astArgs))
	defer func() { c.next = first }()
	args := c.arguments(&p, astArgs)
	if f == nil || f.Body == nil {
		return &bad{base{p, badType}} // reported where the function stands
	}
	if len(args) != len(f.Params) {
		return c.problem(p, "wrong-arguments", quote(name)+" "+arity(len(f.Params), len(f.Params), len(args)), "write "+c.usage(name))
	}
	for up := c; up.up != nil; up = up.up {
		if up.name == name {
			return c.problem(p, "recursion", "the function "+quote(name)+" calls itself", "a function cannot be used in its own definition")
		}
	}
	if c.full || c.faulty[name] { // functions that call each other twice would say the same thousands of times
		return &bad{base{p, badType}}
	}
	body := &checker{state: c.state, tree: f.Body, call: &p, name: name, up: c}
	for i, param := range f.Params {
		b := &binding{name: param, typ: args[i].Type(), slot: first + i, outer: body.env}
		if v, ok := constant(args[i]); ok {
			b.value = &v
		}
		body.env = b
	}
	before := len(c.problems)
	n := body.check(f.Body.root)
	if len(c.problems) > before {
		c.faulty[name] = true
	}
	if isBad(n) || anyBad(args) {
		return &bad{base{p, badType}}
	}
	for i := len(args) - 1; i >= 0; i-- {
		n = c.letNode(p, f.Params[i], first+i, args[i], n)
	}
	return moved(n, p)
}

func (c *checker) native(p place, name string, f *Native, args []Node) Node {
	if f == nil || f.Call == nil || f.Result == nil {
		return c.problem(p, "unknown-function", "the function "+quote(name)+" has not been given", "")
	}
	if len(args) != len(f.Params) {
		return c.problem(p, "wrong-arguments", quote(name)+" "+arity(len(f.Params), len(f.Params), len(args)), "write "+c.usage(name))
	}
	for i, t := range f.Params {
		if t != nil { // nil takes anything
			args[i] = c.argument(name, i, args[i], t)
		}
	}
	if anyBad(args) {
		return &bad{base{p, badType}}
	}
	n := &NativeCall{base: base{p, f.Result}, Name: name, Native: f, Args: args, grades: len(c.scope.Grades)}
	n.Atom = c.scope.atom(p)
	return n
}
