package formula

import (
	"fmt"
	"strings"

	"github.com/expr-lang/expr/ast"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

func (c *checker) unary(n *ast.UnaryNode) Node {
	x := c.check(n.Node)
	at := c.tree.tokenOf(n)
	c.refuseMixed(n.Operator, n.Node, x)
	p := c.place(join(span{at, at}, c.group(x)))
	switch n.Operator {
	case "not", "!":
		hint := ""
		if c.tree.tokens[at].is("not", "!") && x.Type().Kind != slot.Bool {
			// `not` binds tighter than comparisons here, other than in most languages.
			hint = "to negate a comparison put it in brackets: not (a > b)"
		}
		if x = c.want(x, slot.Bool, "`"+n.Operator+"` needs a condition", hint); isBad(x) {
			return &bad{base{p, badType}}
		}
		return c.fold(&Unary{base{p, slot.BoolType}, OpNot, x})
	case "-", "+":
		if x = c.want(x, slot.Number, "a sign needs a number", ""); isBad(x) {
			return &bad{base{p, badType}}
		}
		if n.Operator == "+" {
			return moved(x, p)
		}
		return c.fold(&Unary{base{p, slot.NumberType}, OpNeg, x})
	}
	return c.problem(p, "not-allowed", "there is no operator "+quote(n.Operator), "")
}

func (c *checker) binary(n *ast.BinaryNode) Node {
	if c.tree.isChain(n) {
		return c.chain(c.tree.comparisons(n))
	}
	if n.Operator == ".." {
		return c.rangeOf(n)
	}
	if n.Operator == "matches" {
		return c.matches(n)
	}
	x, y := c.check(n.Left), c.check(n.Right)
	c.refuseMixed(n.Operator, n.Right, y)
	p := c.place(join(c.group(x), c.group(y)))
	op, ok := binaryOps[n.Operator]
	if op == OpEq || op == OpNe {
		c.meantText(n.Left, x, y)
		c.meantText(n.Right, y, x)
	}
	switch {
	case !ok:
		return c.problem(p, "not-allowed", "there is no operator "+quote(n.Operator), "")
	case op == OpIn:
		return c.in(p, x, y)
	case op == OpElse:
		return c.otherwise(p, x, y)
	case isBad(x) || isBad(y):
		return &bad{base{p, badType}}
	}
	switch op {
	case OpAdd, OpSub, OpMul, OpQuo, OpRem, OpPow:
		return c.arithmetic(p, op, x, y)
	case OpEq, OpNe, OpLt, OpLe, OpGt, OpGe:
		return c.compare(p, op, x, y)
	case OpAnd, OpOr:
		return c.logic(p, op, x, y)
	}
	return c.textTest(p, op, x, y)
}

func (c *checker) arithmetic(p place, op Op, x, y Node) Node {
	xt, yt := x.Type().Kind, y.Type().Kind
	hint := ""
	switch {
	case op == OpAdd && xt == slot.String && yt == slot.String:
		return c.fold(&Binary{base: base{p, slot.StringType}, Op: OpJoin, X: x, Y: y, Atom: noAtom})
	case xt == slot.Date && yt == slot.Date && op == OpSub:
		return c.problem(p, "wrong-type", "dates are not subtracted by `-`", "write days_between("+c.placeOf(y).Text()+", "+c.placeOf(x).Text()+")")
	case op == OpSub && xt == slot.Date && yt == slot.Number:
		return c.problem(p, "wrong-type", "a number is not subtracted from a date", "write add_days("+c.placeOf(x).Text()+", -n)")
	case op == OpAdd && (xt == slot.Date && yt == slot.Number || xt == slot.Number && yt == slot.Date):
		return c.problem(p, "wrong-type", "a number is not added to a date by `+`", "write add_days(date, n)")
	case xt == slot.Bool || yt == slot.Bool:
		hint = "write condition ? 1 : 0"
	}
	needed := "`" + op.String() + "` needs numbers"
	x, y = c.want(x, slot.Number, needed, hint), c.want(y, slot.Number, needed, hint)
	if isBad(x) || isBad(y) {
		return &bad{base{p, badType}}
	}
	divisor, known := constant(y)
	n := &Binary{base: base{p, slot.NumberType}, Op: op, X: x, Y: y, Atom: noAtom, loop: c.loops > 0}
	switch op {
	case OpAdd, OpSub, OpMul:
		return c.fold(n)
	case OpPow:
		switch {
		case known && !divisor.Num.IsInt():
			return c.problem(c.placeOf(y), "wrong-type", "the exponent of `**` must be a whole number", "write pow(x, y) or sqrt(x), which are not exact")
		case known && divisor.Num.Sign() >= 0:
			return c.fold(n)
		}
	default:
		if known && divisor.Num.Sign() != 0 {
			return c.fold(n)
		}
	}
	return c.foldOrBlame(n, &n.Atom)
}

func (c *checker) compare(p place, op Op, x, y Node) Node {
	x, y = c.convert(x, y.Type()), c.convert(y, x.Type())
	if isBad(x) || isBad(y) {
		return &bad{base{p, badType}}
	}
	xt, yt := x.Type(), y.Type()
	if !xt.Same(yt) {
		hint := ""
		if xt.Kind == slot.Grade && yt.Kind == slot.String || xt.Kind == slot.String && yt.Kind == slot.Grade {
			hint = "declare the string as a grade"
		} else if xt.Kind == slot.Number && c.isNumber(y) || yt.Kind == slot.Number && c.isNumber(x) {
			hint = "leave out the quotes"
		} else if v, ok := constant(x); ok && xt.Kind == slot.Number && yt.Kind == slot.String {
			hint = "for the text write '" + v.Num.String() + "'"
		} else if v, ok := constant(y); ok && yt.Kind == slot.Number && xt.Kind == slot.String {
			hint = "for the text write '" + v.Num.String() + "'"
		}
		return c.problem(p, "wrong-type", "`"+op.String()+"` compares values of one type, but "+quote(c.placeOf(x).Text())+" is "+phrase(xt)+
			" and "+quote(c.placeOf(y).Text())+" is "+phrase(yt), hint)
	}
	switch k := xt.Kind; {
	case k == slot.List || k == slot.Record:
		return c.problem(p, "wrong-type", "whole "+plural(xt)+" cannot be compared", "compare their items or fields, as in all(list, # > 0)")
	case op.ordering() && (k == slot.String || k == slot.Bool):
		return c.problem(p, "wrong-type", plural(xt)+" have no order, so that `"+op.String()+"` cannot compare them",
			"only numbers, dates and grades have an order")
	}
	n := &Binary{base: base{p, slot.BoolType}, Op: op, X: x, Y: y, Atom: noAtom, ladder: int64(c.scope.OnScale)}
	if xt.Kind == slot.Grade && op.ordering() && c.scope.OnScale < len(c.scope.Grades) {
		// A grade that is not on the ladder has no order.
		return c.foldOrBlame(n, &n.Atom)
	}
	return c.fold(n)
}

// isNumber reports whether n is a string that is known and looks like a number.
func (c *checker) isNumber(n Node) bool {
	v, ok := constant(n)
	if !ok || v.Kind != slot.String {
		return false
	}
	_, err := exact.Parse(v.Str)
	return err == nil
}

func (c *checker) logic(p place, op Op, x, y Node) Node {
	needed := "`" + op.String() + "` joins conditions"
	hint := ""
	if k, ok := x.(*Binary); ok && k.Op == OpEq && op == OpOr && y.Type().Same(k.Y.Type()) {
		hint = "write " + c.placeOf(k.X).Text() + " in [" + c.placeOf(k.Y).Text() + ", " + c.placeOf(y).Text() + "]"
	}
	x, y = c.want(x, slot.Bool, needed, hint), c.want(y, slot.Bool, needed, hint)
	if isBad(x) || isBad(y) {
		return &bad{base{p, badType}}
	}
	return c.fold(&Binary{base: base{p, slot.BoolType}, Op: op, X: x, Y: y, Atom: noAtom})
}

// chain makes a < b <= c out of the comparisons a < b and b <= c. What stands between is computed once, before them.
func (c *checker) chain(parts []*ast.BinaryNode) Node {
	// The slots for it are taken first: the operands may have variables of their own.
	first := c.reserve(len(parts) - 1)
	operands := []Node{c.check(parts[0].Left)}
	shared := map[int]Node{} // slot -> value
	for i, part := range parts {
		x := c.check(part.Right)
		c.refuseMixed(part.Operator, part.Right, x)
		switch x.(type) {
		case *Const, *Read, *Local, *bad:
		default:
			if i < len(parts)-1 {
				shared[first+i] = x
				x = &Local{base{c.placeOf(x), x.Type()}, first + i, ""}
			}
		}
		operands = append(operands, x)
	}
	c.next = first
	var out Node
	for i, part := range parts {
		x, y := operands[i], operands[i+1]
		p := c.place(join(c.group(x), c.group(y)))
		var cmp Node = &bad{base{p, badType}}
		if !isBad(x) && !isBad(y) {
			cmp = c.compare(p, binaryOps[part.Operator], x, y)
		}
		if out == nil {
			out = cmp
			continue
		}
		p = c.place(join(c.group(out), c.group(cmp)))
		if isBad(out) || isBad(cmp) {
			out = &bad{base{p, badType}}
			continue
		}
		out = c.fold(&Binary{base: base{p, slot.BoolType}, Op: OpAnd, X: out, Y: cmp, Atom: noAtom})
	}
	for i := first + len(parts) - 2; i >= first; i-- {
		if value, ok := shared[i]; ok {
			out = c.letNode(c.placeOf(out), "", i, value, out)
		}
	}
	return out
}

// refuseMixed reports x ?? y as the right side of another operator without brackets: a / b ?? 0 would be a / (b ?? 0), which
// few who write it mean. The other way round expr's parser refuses it.
func (c *checker) refuseMixed(operator string, n ast.Node, x Node) {
	if k, ok := unwrap(n).(*ast.BinaryNode); ok && k.Operator == "??" && c.group(x) == c.placeOf(x).span {
		c.problem(c.placeOf(x), "mixed-operators", "`"+operator+"` and `??` need brackets to say which comes first",
			"write a "+operator+" (b ?? c), or (a "+operator+" b) ?? c")
	}
}

func (c *checker) otherwise(p place, x, y Node) Node {
	x, y, typ := c.unify(x, y, "the two sides of `??`")
	if typ == badType {
		return &bad{base{p, badType}}
	}
	if _, ok := constant(x); ok {
		return moved(x, p)
	}
	return &Binary{base: base{p, typ}, Op: OpElse, X: x, Y: y, Atom: noAtom}
}

func (c *checker) in(p place, x, y Node) Node {
	if isBad(x) || isBad(y) {
		return &bad{base{p, badType}}
	}
	if y.Type().Kind != slot.List {
		hint := "write x in [a, b] or x in 1..5"
		switch y.Type().Kind {
		case slot.String:
			hint = "to look for a piece of text write text contains piece"
		case slot.Record:
			hint = "has(record.field) asks for a field"
		}
		return c.mismatch(y, "a list must follow `in`", hint)
	}
	if elem := y.Type().Elem; elem != nil {
		x, y = c.convert(x, elem), c.convert(y, slot.ListOf(x.Type()))
		if isBad(x) || isBad(y) {
			return &bad{base{p, badType}}
		}
		elem = y.Type().Elem
		switch {
		case !x.Type().Same(elem):
			return c.problem(p, "wrong-type", quote(c.placeOf(x).Text())+" is "+phrase(x.Type())+" and cannot be in "+phrase(y.Type()), "")
		case elem.Kind == slot.List || elem.Kind == slot.Record:
			return c.problem(p, "wrong-type", "whole "+plural(elem)+" cannot be compared", "write any(list, .field == x)")
		}
	}
	return c.fold(&Binary{base: base{p, slot.BoolType}, Op: OpIn, X: x, Y: y, Atom: noAtom})
}

func (c *checker) rangeOf(n *ast.BinaryNode) Node {
	const needed = "the ends of a range are whole numbers"
	x, y := c.check(n.Left), c.check(n.Right)
	p := c.place(join(c.group(x), c.group(y)))
	x, y = c.want(x, slot.Number, needed, ""), c.want(y, slot.Number, needed, "")
	if isBad(x) || isBad(y) {
		return &bad{base{p, badType}}
	}
	for _, end := range []Node{x, y} {
		if v, ok := constant(end); ok && !v.Num.IsInt() {
			return c.problem(c.placeOf(end), "wrong-type", needed, "write x >= a and x <= b")
		}
	}
	return &Range{base{p, slot.ListOf(slot.NumberType)}, x, y}
}

func (c *checker) textTest(p place, op Op, x, y Node) Node {
	hint := ""
	if x.Type().Kind == slot.List && op == OpContains {
		hint = "write x in list"
	}
	needed := "`" + op.String() + "` needs strings"
	x, y = c.want(x, slot.String, needed, hint), c.want(y, slot.String, needed, "")
	if isBad(x) || isBad(y) {
		return &bad{base{p, badType}}
	}
	return c.fold(&Binary{base: base{p, slot.BoolType}, Op: op, X: x, Y: y, Atom: noAtom})
}

func (c *checker) matches(n *ast.BinaryNode) Node {
	x := c.check(n.Left)
	literal, isText := n.Right.(*ast.StringNode)
	if !isText {
		y := c.check(n.Right)
		if isBad(y) {
			return y
		}
		return c.problem(c.placeOf(y), "bad-pattern", "a pattern must be a string in quotes, known beforehand", "")
	}
	y := c.check(literal)
	p := c.place(join(c.group(x), c.group(y)))
	if _, err := compilePattern(literal.Value); err != nil {
		c.problem(c.placeOf(y), "bad-pattern", "the pattern "+quote(literal.Value)+" cannot be used: "+err.Error(), "a pattern is a regular expression, as in '^[0-9]{18}$'")
		return &bad{base{p, badType}}
	}
	if x = c.want(x, slot.String, "`matches` needs a string", ""); isBad(x) {
		return &bad{base{p, badType}}
	}
	return c.fold(&Binary{base: base{p, slot.BoolType}, Op: OpMatches, X: x, Y: y, Atom: noAtom})
}

// arity says how many arguments are needed.
func arity(low, high, got int) string {
	want := count(low, "argument")
	switch {
	case high < 0:
		want = "at least " + want
	case high > low:
		want = fmt.Sprintf("%d to %d arguments", low, high)
	}
	return strings.TrimSpace("takes " + want + ", but here " + map[bool]string{true: "is ", false: "are "}[got == 1] + fmt.Sprint(got))
}
