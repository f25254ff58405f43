package formula

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// convert returns n as a value of type to, where the text allows it: strings that are known become the grades or dates
// that they name, also as the choices of a condition and the items of a list. Anything else is returned as it is.
func (c *checker) convert(n Node, to *slot.Type) Node {
	from := n.Type()
	if to == nil || from == badType || from.Same(to) && !(from.Kind == slot.List && from.Elem == nil) {
		return n
	}
	if from.Kind == slot.List && to.Kind == slot.List {
		return c.convertList(n, to)
	}
	if from.Kind != slot.String || to.Kind != slot.Grade && to.Kind != slot.Date {
		return n
	}
	switch n := n.(type) {
	case *Const:
		return c.convertText(n, to)
	case *Cond:
		then, other := c.convert(n.Then, to), c.convert(n.Else, to)
		if then.Type().Kind == to.Kind && other.Type().Kind == to.Kind {
			return &Cond{base{n.place, to}, n.If, then, other}
		}
		return c.firstBad(n, then, other)
	case *Let:
		body := c.convert(n.Body, to)
		if body.Type().Kind == to.Kind {
			return &Let{base{n.place, to}, n.Slot, n.Name, n.Value, body}
		}
		return c.firstBad(n, body)
	}
	return n
}

// firstBad returns the first of parts that has a problem, or else n.
func (c *checker) firstBad(n Node, parts ...Node) Node {
	for _, p := range parts {
		if isBad(p) {
			return p
		}
	}
	return n
}

// convertText makes a grade or a date of a string.
func (c *checker) convertText(k *Const, to *slot.Type) Node {
	if to.Kind == slot.Date {
		d, err := slot.ParseDay(k.Value.Str)
		if err != nil {
			return c.problem(k.place, "bad-date", quote(k.Value.Str)+" is not a date", slot.DayHint(k.Value.Str))
		}
		return &Const{base{k.place, slot.DateType}, slot.OfDay(d)}
	}
	i := c.scope.gradeIndex(k.Value.Str)
	switch {
	case len(c.scope.Grades) == 0:
		return c.problem(k.place, "unknown-grade", "the policy has no scale of grades, so that "+quote(k.Value.Str)+" is none", "")
	case i < 0:
		return c.problem(k.place, "unknown-grade", "there is no grade "+quote(k.Value.Str), doc.Suggest(k.Value.Str, c.scope.Grades))
	}
	return &Const{base{k.place, slot.GradeType}, slot.Rank(i, k.Value.Str)}
}

// convertList is convert for the items of a list. An empty list is one of anything.
func (c *checker) convertList(n Node, to *slot.Type) Node {
	if to.Elem == nil {
		return n
	}
	switch n := n.(type) {
	case *Const:
		items := make([]slot.Value, len(n.Value.List))
		for i, v := range n.Value.List {
			converted := c.convert(&Const{base{n.place, n.typ.Elem}, v}, to.Elem)
			v, ok := constant(converted)
			if !ok || !converted.Type().Same(to.Elem) {
				return c.firstBad(n, converted)
			}
			items[i] = v
		}
		return &Const{base{n.place, to}, slot.Items(items)}
	case *Array:
		items := make([]Node, len(n.Items))
		for i, x := range n.Items {
			if items[i] = c.convert(x, to.Elem); !items[i].Type().Same(to.Elem) {
				return c.firstBad(n, items[i])
			}
		}
		return &Array{base{n.place, to}, items}
	}
	return n
}

// unify makes two parts that stand for the same thing be of one type, which it returns.
func (c *checker) unify(a, b Node, what string) (x, y Node, typ *slot.Type) {
	a, b = c.convert(a, b.Type()), c.convert(b, a.Type())
	if isBad(a) || isBad(b) {
		return a, b, badType
	}
	if !a.Type().Same(b.Type()) {
		c.problem(c.placeOf(b), "wrong-type", what+" must be of one type, but "+quote(c.placeOf(a).Text())+" is "+phrase(a.Type())+
			" and "+quote(c.placeOf(b).Text())+" is "+phrase(b.Type()), "")
		return a, b, badType
	}
	if t := a.Type(); t.Kind == slot.List && t.Elem == nil {
		return a, b, b.Type()
	}
	return a, b, a.Type()
}
