package formula

import (
	"fmt"
	"strings"

	"github.com/expr-lang/expr/ast"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// callNamed checks a call. n is where it stands.
func (c *checker) callNamed(n ast.Node, name string, args []ast.Node) Node {
	if name == manySum {
		name = "sum"
	}
	at := c.tree.tokenOf(n)
	p := c.place(span{at, c.tree.closing(at + 1)})
	_, isSymbol := c.scope.Symbols[name]
	_, isFunction := c.scope.Functions[name]
	_, isNative := c.scope.Natives[name]
	b, isBuiltin := builtins[name]
	head := c.place(span{at, at})
	switch {
	case c.lookup(name) != nil:
		return c.problem(head, "not-a-function", quote(name)+" is a variable here, not a function", "")
	case isBuiltin && (isFunction || isNative):
		return c.problem(head, "duplicate-name", quote(name)+" is built in, and cannot be a function of the policy too", "give the function another name")
	case b.eachItem, name == "sum" && len(args) == 2 && isPredicate(args[1]):
		return c.each(p, name, args)
	case isBuiltin:
		nodes := c.arguments(&p, args)
		return c.builtin(p, name, b, nodes)
	case isFunction:
		return c.inline(p, name, c.scope.Functions[name], args)
	case isNative:
		nodes := c.arguments(&p, args)
		return c.native(p, name, c.scope.Natives[name], nodes)
	}
	// The arguments are checked for what else is wrong; for expr's own predicates an item is known in them.
	_, leave := c.bind(item, badType)
	c.arguments(&p, args)
	leave()
	if isSymbol {
		return c.problem(head, "not-a-function", quote(name)+" is a value, not a function", "for a product write "+name+" * (...)")
	}
	hint := elsewhere[name]
	if hint == "" {
		if near := doc.Nearest(name, c.functionNames()); near != "" {
			hint = "did you mean " + quote(near) + "?"
		}
	}
	return c.problem(head, "unknown-function", "there is no function "+quote(name), hint)
}

func isPredicate(n ast.Node) bool {
	_, ok := n.(*ast.PredicateNode)
	return ok
}

func (c *checker) functionNames() []string {
	names := Builtins()
	for name := range c.scope.Functions {
		names = append(names, name)
	}
	for name := range c.scope.Natives {
		names = append(names, name)
	}
	return names
}

// usage says how to call a function.
func (c *checker) usage(name string) string {
	if b, ok := builtins[name]; ok {
		return b.usage
	}
	if f := c.scope.Functions[name]; f != nil {
		return name + "(" + strings.Join(f.Params, ", ") + ")"
	}
	if f := c.scope.Natives[name]; f != nil {
		kinds := make([]string, len(f.Params))
		for i, t := range f.Params {
			if kinds[i] = "any"; t != nil {
				kinds[i] = t.Kind.String()
			}
		}
		return name + "(" + strings.Join(kinds, ", ") + ")"
	}
	return name + "(...)"
}

// arguments checks args, and widens p over a first one that was handed over by |.
func (c *checker) arguments(p *place, args []ast.Node) []Node {
	out := make([]Node, len(args))
	for i, a := range args {
		out[i] = c.check(a)
		if i == 0 {
			*p = c.place(join(p.span, c.group(out[0])))
		}
	}
	return out
}

func anyBad(nodes []Node) bool {
	for _, n := range nodes {
		if isBad(n) {
			return true
		}
	}
	return false
}

func (c *checker) builtin(p place, name string, b builtin, args []Node) Node {
	if len(args) < b.low || b.high >= 0 && len(args) > b.high {
		return c.problem(p, "wrong-arguments", quote(name)+" "+arity(b.low, b.high, len(args)), "write "+b.usage)
	}
	if anyBad(args) {
		return &bad{base{p, badType}}
	}
	n := &Call{base: base{p, b.result}, Name: name, Args: args, Atom: noAtom}
	if b.inexact && !c.wholePower(n) {
		c.inexact = true
	}
	if b.params != nil {
		for i := range args {
			args[i] = c.argument(name, i, args[i], b.params[i])
		}
		if name == "minutes" && !isBad(args[0]) {
			args[0] = c.timeOfDay(args[0])
		}
		return c.finish(n, b.partial)
	}
	switch name {
	case "has":
		n.typ = slot.BoolType
		if _, ok := constant(args[0]); ok {
			return &Const{base{p, slot.BoolType}, slot.Truth(true)}
		}
		return n
	case "round":
		return c.round(n)
	case "len":
		if k := args[0].Type().Kind; k != slot.String && k != slot.List {
			return c.mismatch(args[0], "`len` needs a string or a list", "")
		}
		n.typ = slot.NumberType
		return c.finish(n, false)
	case "date":
		return c.date(n)
	}
	return c.aggregate(n)
}

// wholePower reports a call of pow that is exact.
func (c *checker) wholePower(n *Call) bool {
	if n.Name != "pow" || len(n.Args) != 2 {
		return false
	}
	v, ok := constant(n.Args[1])
	return ok && v.Kind == slot.Number && v.Num.IsInt()
}

// argument reports the argument at i unless it is of type t, to which it is converted where possible.
func (c *checker) argument(name string, i int, n Node, t *slot.Type) Node {
	n = c.convert(n, t)
	if isBad(n) || n.Type().Same(t) {
		return n
	}
	hint := ""
	if t.Kind == slot.List && n.Type().Kind == slot.List {
		hint = "in a value, write each day as date('2024-06-30'); an input is {type: list, of: date}"
	}
	return c.mismatch(n, quote(name)+" needs "+phrase(t)+ordinal(i), hint)
}

// ordinal names the argument at i; the first needs no name.
func ordinal(i int) string {
	switch i {
	case 0:
		return ""
	case 1, 2, 3:
		return " as its " + [...]string{"second", "third", "fourth"}[i-1] + " argument"
	}
	return fmt.Sprintf(" as argument %d", i+1)
}

// timeOfDay reports a text that is known and no time of day.
func (c *checker) timeOfDay(n Node) Node {
	k, known := constant(n)
	if _, ok := clock(k.Str); known && !ok {
		return c.problem(c.placeOf(n), "bad-time", quote(k.Str)+" is not a time of day", "write it as 08:30, from 00:00 to 24:00")
	}
	return n
}

// finish folds a call whose arguments are checked.
func (c *checker) finish(n *Call, partial bool) Node {
	switch {
	case anyBad(n.Args):
		return &bad{base{n.place, badType}}
	case partial:
		return c.foldOrBlame(n, &n.Atom)
	}
	return c.fold(n)
}

func (c *checker) round(n *Call) Node {
	n.typ = slot.NumberType
	for i := range n.Args[:min(2, len(n.Args))] {
		n.Args[i] = c.argument("round", i, n.Args[i], slot.NumberType)
	}
	if len(n.Args) > 1 {
		if v, ok := constant(n.Args[1]); ok && !isBad(n.Args[1]) && !v.Num.IsInt() {
			n.Args[1] = c.problem(c.placeOf(n.Args[1]), "wrong-type", "the number of decimal places is a whole number", "")
		}
	}
	if len(n.Args) == 3 {
		v, ok := constant(n.Args[2])
		if _, known := exact.ParseMode(v.Str); !ok || v.Kind != slot.String || !known {
			n.Args[2] = c.problem(c.placeOf(n.Args[2]), "bad-choice", "the third argument of `round` says which way to round, in quotes",
				doc.Suggest(v.Str, exact.Modes()))
		}
	}
	return c.finish(n, false)
}

// date checks date('2024-06-30'), date(text) and date(y, m, d).
func (c *checker) date(n *Call) Node {
	n.typ = slot.DateType
	switch len(n.Args) {
	case 1:
		if n.Args[0].Type().Kind == slot.Date {
			return moved(n.Args[0], n.place)
		}
		if n.Args[0] = c.want(n.Args[0], slot.String, "`date` needs a string such as '2024-06-30'", ""); isBad(n.Args[0]) {
			return n.Args[0]
		}
		if _, ok := constant(n.Args[0]); ok {
			return moved(c.convert(n.Args[0], slot.DateType), n.place)
		}
		return c.finish(n, true)
	case 3:
		known := true
		for i := range n.Args {
			n.Args[i] = c.argument("date", i, n.Args[i], slot.NumberType)
			_, ok := constant(n.Args[i])
			known = known && ok
		}
		out := c.finish(n, true)
		if _, ok := out.(*Call); ok && known {
			return c.problem(n.place, "bad-date", "there is no such day", "write date(year, month, day)")
		}
		return out
	}
	return c.problem(n.place, "wrong-arguments", "`date` takes 1 or 3 arguments", "write "+builtins["date"].usage)
}

// fieldwise says how to apply an aggregate function to a field of records.
func fieldwise(name string) string {
	if name == "sum" {
		return "sum(list, .field)"
	}
	return name + "(map(list, .field))"
}

// aggregate checks min, max, sum, mean and median, of one list or of several values.
func (c *checker) aggregate(n *Call) Node {
	n.typ = slot.NumberType
	ordered := n.Name == "min" || n.Name == "max"
	if len(n.Args) == 1 && n.Args[0].Type().Kind == slot.List {
		return c.aggregateList(n, ordered)
	}
	for i, a := range n.Args {
		t := slot.NumberType
		if ordered && (n.Args[0].Type().Kind == slot.Date || len(n.Args) > 1 && n.Args[1].Type().Kind == slot.Date) {
			t, n.typ = slot.DateType, slot.DateType
		}
		hint := ""
		switch a.Type().Kind {
		case slot.List:
			hint = "a list must be the only argument"
		case slot.Grade:
			hint = "compare grades by < and >"
		}
		if a = c.convert(a, t); !isBad(a) && !a.Type().Same(t) {
			a = c.mismatch(a, quote(n.Name)+" needs "+plural(t)+" or one list of them", hint)
		}
		n.Args[i] = a
	}
	return c.finish(n, false)
}

func (c *checker) aggregateList(n *Call, ordered bool) Node {
	elem := n.Args[0].Type().Elem
	switch {
	case elem == nil, elem.Kind == slot.Number:
	case ordered && elem.Kind == slot.Date:
		n.typ = slot.DateType
	case elem.Kind == slot.Record:
		return c.mismatch(n.Args[0], quote(n.Name)+" needs a list of numbers", "write "+fieldwise(n.Name))
	default:
		return c.mismatch(n.Args[0], quote(n.Name)+" needs a list of numbers", "")
	}
	if a, ok := n.Args[0].(*Array); ok {
		// Of a list that is written out, the items are as good as arguments, and the list need not be made.
		n.Args = a.Items
		return c.finish(n, false)
	}
	return c.finish(n, n.Name != "sum")
}
