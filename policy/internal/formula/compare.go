package formula

import (
	"cmp"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// boolOf compiles a condition.
func boolOf(n Node) fn[bool] {
	if i, ok := slotOf(n); ok {
		return boolSlot(i, true)
	}
	switch n := n.(type) {
	case *Unary:
		if i, ok := slotOf(n.X); ok {
			return boolSlot(i, false)
		}
		return not(boolOf(n.X))
	case *Binary:
		switch n.Op {
		case OpAnd:
			return and(boolOf(n.X), boolOf(n.Y))
		case OpOr:
			return or(boolOf(n.X), boolOf(n.Y))
		case OpEq, OpNe, OpLt, OpLe, OpGt, OpGe:
			return comparison(n)
		case OpIn:
			return inOf(n)
		case OpContains, OpStartsWith, OpEndsWith, OpMatches:
			return textTest(n)
		}
	case *Call:
		if n.Name == "has" {
			return has(n)
		}
	case *Each:
		switch n.Name {
		case "all":
			return allEach(n)
		case "any":
			return anyEach(n)
		case "none":
			return not(anyEach(n))
		case "one":
			return oneEach(n)
		}
	}
	return structural(n, slot.Bool, getBool, boolOf)
}

// boolSlot reads slot i in place, and tells whether it holds what is wanted.
func boolSlot(i int, want bool) fn[bool] {
	return func(f *slot.Frame) (bool, slot.Absence) {
		if uint(i) >= uint(len(f.Slots)) {
			return false, tooFewSlots(f)
		}
		v := &f.Slots[i]
		if v.Kind != slot.Bool {
			return false, absent(f, v, slot.Bool)
		}
		return (v.Int != 0) == want, 0
	}
}

func not(x fn[bool]) fn[bool] {
	return func(f *slot.Frame) (bool, slot.Absence) {
		b, a := x(f)
		return !b && a == 0, a
	}
}

// and is Kleene's: false as soon as one side is, even when the other is missing.
func and(x, y fn[bool]) fn[bool] {
	return func(f *slot.Frame) (bool, slot.Absence) {
		a, la := x(f)
		if la == 0 && !a {
			return false, 0
		}
		b, lb := y(f)
		if lb == 0 && !b {
			return false, 0
		}
		if la|lb != 0 {
			return false, f.Both(la, lb)
		}
		return true, 0
	}
}

// or is Kleene's: true as soon as one side is, even when the other is missing.
func or(x, y fn[bool]) fn[bool] {
	return func(f *slot.Frame) (bool, slot.Absence) {
		a, la := x(f)
		if la == 0 && a {
			return true, 0
		}
		b, lb := y(f)
		if lb == 0 && b {
			return true, 0
		}
		if la|lb != 0 {
			return false, f.Both(la, lb)
		}
		return false, 0
	}
}

// has reports whether there is a value. What is wrong with a missing one does not matter.
func has(n *Call) fn[bool] {
	if r := refOf(n.Args[0]); r != nil {
		return func(f *slot.Frame) (bool, slot.Absence) {
			_, a := r(f)
			return a == 0, 0
		}
	}
	eval := valueOf(n.Args[0])
	return func(f *slot.Frame) (bool, slot.Absence) {
		_, a := eval(f)
		return a == 0, 0
	}
}

func comparison(n *Binary) fn[bool] {
	holds := n.Op.outcomes()
	switch n.X.Type().Kind {
	case slot.Number:
		return compareNumbers(n)
	case slot.String:
		return compareOf(textOf(n.X), textOf(n.Y), func(a, b string) bool { return holds>>uint(cmp.Compare(a, b)+1)&1 != 0 })
	case slot.Bool:
		ne := n.Op == OpNe
		return compareOf(boolOf(n.X), boolOf(n.Y), func(a, b bool) bool { return (a != b) == ne })
	case slot.Grade:
		if n.Op.ordering() {
			return compareGrades(n)
		}
	}
	return compareOf(rankOf(n.X), rankOf(n.Y), func(a, b int64) bool { return holds>>uint(cmp.Compare(a, b)+1)&1 != 0 })
}

func compareOf[T any](x, y fn[T], holds func(a, b T) bool) fn[bool] {
	return func(f *slot.Frame) (bool, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		if la|lb != 0 {
			return false, f.Both(la, lb)
		}
		return holds(a, b), 0
	}
}

// compareNumbers reads slots and constants in place: comparisons with a literal are what policies are made of.
func compareNumbers(n *Binary) fn[bool] {
	if i, c, holds, ok := slotTest(n); ok {
		return compareSlot(i, c, holds)
	}
	op, left, right := n.Op, n.X, n.Y
	if _, ok := constant(left); ok {
		op, left, right = op.turned(), right, left
	}
	holds := op.outcomes()
	if k, ok := constant(right); ok {
		x, c := numberOf(left), exact.NewMark(k.Num)
		return func(f *slot.Frame) (bool, slot.Absence) {
			a, absent := x(f)
			if absent != 0 {
				return false, absent
			}
			return holds>>uint(c.Against(a)+1)&1 != 0, 0
		}
	}
	if i, j, ok := twoSlots(n); ok {
		return func(f *slot.Frame) (bool, slot.Absence) {
			if uint(i) >= uint(len(f.Slots)) || uint(j) >= uint(len(f.Slots)) {
				return false, tooFewSlots(f)
			}
			v, w := &f.Slots[i], &f.Slots[j]
			if v.Kind != slot.Number || w.Kind != slot.Number {
				return false, missingPair(f, v, w)
			}
			return holds>>uint(v.Num.Cmp(w.Num)+1)&1 != 0, 0
		}
	}
	x, y := numberOf(left), numberOf(right)
	return func(f *slot.Frame) (bool, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		if la|lb != 0 {
			return false, f.Both(la, lb)
		}
		return holds>>uint(a.Cmp(b)+1)&1 != 0, 0
	}
}

// slotTest returns n as the comparison of the number in slot i with c, if it is one.
func slotTest(n Node) (i int, c exact.Number, holds uint8, ok bool) {
	b, ok := n.(*Binary)
	if !ok || b.X.Type().Kind != slot.Number {
		return 0, c, 0, false
	}
	switch b.Op {
	case OpEq, OpNe, OpLt, OpLe, OpGt, OpGe:
	default:
		return 0, c, 0, false
	}
	op, left, right := b.Op, b.X, b.Y
	if _, ok := constant(left); ok {
		op, left, right = op.turned(), right, left
	}
	k, isConst := constant(right)
	i, isSlot := slotOf(left)
	return i, k.Num, op.outcomes(), isConst && isSlot
}

func compareSlot(i int, n exact.Number, holds uint8) fn[bool] {
	c := exact.NewMark(n)
	return func(f *slot.Frame) (bool, slot.Absence) {
		if uint(i) >= uint(len(f.Slots)) {
			return false, tooFewSlots(f)
		}
		v := &f.Slots[i]
		if v.Kind != slot.Number {
			return false, absent(f, v, slot.Number)
		}
		return holds>>uint(c.Against(v.Num)+1)&1 != 0, 0
	}
}

// compareGrades orders grades: the first of the scale is the best, so that B >= C. A grade off the ladder has no order.
func compareGrades(n *Binary) fn[bool] {
	x, y, atom, holds, ladder := rankOf(n.X), rankOf(n.Y), n.Atom, n.Op.outcomes(), n.ladder
	return func(f *slot.Frame) (bool, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		switch {
		case la|lb != 0:
			return false, f.Both(la, lb)
		case a >= ladder || b >= ladder:
			return false, blame(f, atom)
		}
		return holds>>uint(cmp.Compare(b, a)+1)&1 != 0, 0
	}
}
