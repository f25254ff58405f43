package formula

import (
	"errors"
	"fmt"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// fn is a compiled part of an expression: what it yields, or why that is missing.
type fn[T any] func(*slot.Frame) (T, slot.Absence)

// The kinds of fn: numberOf, boolOf, textOf, rankOf (dates and grades), itemsOf (lists and records), and valueOf for
// whatever it is. A part that a kind has no code of its own for is left to structural.

var (
	errFrame = errors.New("the frame has too few slots for the expression")
	errNode  = errors.New("the expression was used as something that it is not")
)

func blame(f *slot.Frame, atom int) slot.Absence {
	if atom < 0 {
		return slot.Broken
	}
	return f.Blame(atom)
}

// absent returns why v is not the value of the kind wanted. It is kept out of line, so that the way past it is short.
//
//go:noinline
func absent(f *slot.Frame, v *slot.Value, want slot.Kind) slot.Absence {
	switch {
	case v.Kind != slot.Missing:
		return f.Fail(fmt.Errorf("a value is %s where %s was declared", kindPhrase(v.Kind), kindPhrase(want)))
	case v.Absent != 0:
		return v.Absent
	}
	return slot.Broken
}

//go:noinline
func tooFewSlots(f *slot.Frame) slot.Absence { return f.Fail(errFrame) }

// slotOf returns the slot that n is, if it is one.
func slotOf(n Node) (int, bool) {
	switch n := n.(type) {
	case *Read:
		return n.Slot, true
	case *Local:
		return n.Slot, true
	}
	return 0, false
}

// ref is a place in memory that holds the value of a part.
type ref func(*slot.Frame) (*slot.Value, slot.Absence)

// refOf returns n as a place in memory, or nil when its value is computed. A place that holds nothing is missing.
func refOf(n Node) ref {
	if i, ok := slotOf(n); ok {
		return func(f *slot.Frame) (*slot.Value, slot.Absence) {
			if uint(i) >= uint(len(f.Slots)) {
				return nil, tooFewSlots(f)
			}
			v := &f.Slots[i]
			if v.Kind == slot.Missing {
				return nil, absent(f, v, slot.Missing)
			}
			return v, 0
		}
	}
	switch n := n.(type) {
	case *Field:
		return fieldRef(n)
	case *Item:
		return itemRef(n)
	case *Pick:
		return pickRef(n)
	case *Each:
		if n.Name == "find" {
			return findRef(n)
		}
	}
	return nil
}

// structural compiles the parts that are the same for every type: constants, slots, fields, choices, variables.
func structural[T any](n Node, want slot.Kind, get func(*slot.Value) T, of func(Node) fn[T]) fn[T] {
	if r := refOf(n); r != nil {
		return func(f *slot.Frame) (t T, a slot.Absence) {
			v, a := r(f)
			if a != 0 {
				return t, a
			}
			if v.Kind != want {
				return t, absent(f, v, want)
			}
			return get(v), 0
		}
	}
	switch n := n.(type) {
	case *Const:
		k := get(&n.Value)
		return func(*slot.Frame) (T, slot.Absence) { return k, 0 }
	case *Cond:
		return condOf(boolOf(n.If), of(n.Then), of(n.Else))
	case *Let:
		return letOf(n.Slot, store(n.Value), of(n.Body))
	case *Binary:
		if n.Op == OpElse {
			return elseOf(of(n.X), of(n.Y))
		}
	case *NativeCall:
		return computed(nativeOf(n), want, get)
	}
	return func(f *slot.Frame) (t T, a slot.Absence) { return t, f.Fail(errNode) }
}

// computed takes a T out of a Value.
func computed[T any](eval fn[slot.Value], want slot.Kind, get func(*slot.Value) T) fn[T] {
	return func(f *slot.Frame) (t T, a slot.Absence) {
		v, a := eval(f)
		if a != 0 {
			return t, a
		}
		if v.Kind != want {
			return t, absent(f, &v, want)
		}
		return get(&v), 0
	}
}

func condOf[T any](cond fn[bool], then, other fn[T]) fn[T] {
	return func(f *slot.Frame) (t T, a slot.Absence) {
		c, a := cond(f)
		switch {
		case a != 0:
			return t, a
		case c:
			return then(f)
		}
		return other(f)
	}
}

func elseOf[T any](x, y fn[T]) fn[T] {
	return func(f *slot.Frame) (T, slot.Absence) {
		if t, a := x(f); a == 0 {
			return t, 0
		}
		return y(f)
	}
}

// letOf computes the variable and then the body. What is missing is only noted: the body may not need it.
func letOf[T any](i int, set func(*slot.Frame, *slot.Value), body fn[T]) fn[T] {
	return func(f *slot.Frame) (t T, a slot.Absence) {
		if uint(i) >= uint(len(f.Slots)) {
			return t, tooFewSlots(f)
		}
		set(f, &f.Slots[i])
		return body(f)
	}
}

// store returns the function that computes n into a slot.
func store(n Node) func(*slot.Frame, *slot.Value) {
	switch n.Type().Kind {
	case slot.Number:
		eval := numberOf(n)
		return func(f *slot.Frame, v *slot.Value) {
			x, a := eval(f)
			if a != 0 {
				v.Kind, v.Absent = slot.Missing, a
				return
			}
			v.Kind, v.Num = slot.Number, x
		}
	case slot.Bool:
		eval := boolOf(n)
		return func(f *slot.Frame, v *slot.Value) {
			x, a := eval(f)
			if a != 0 {
				v.Kind, v.Absent = slot.Missing, a
				return
			}
			v.Kind, v.Int = slot.Bool, 0
			if x {
				v.Int = 1
			}
		}
	}
	eval := valueOf(n)
	return func(f *slot.Frame, v *slot.Value) {
		x, a := eval(f)
		if a != 0 {
			x = slot.Gone(a)
		}
		*v = x
	}
}

func getNumber(v *slot.Value) exact.Number { return v.Num }

func getBool(v *slot.Value) bool { return v.Int != 0 }

func getText(v *slot.Value) string { return v.Str }

func getRank(v *slot.Value) int64 { return v.Int }

func getItems(v *slot.Value) []slot.Value { return v.List }

func getValue(v *slot.Value) slot.Value { return *v }

// valueOf compiles n as a Value, whatever its type.
func valueOf(n Node) fn[slot.Value] {
	switch n := n.(type) {
	case *Array:
		return arrayValue(n)
	case *Range:
		return rangeValue(n)
	case *Each:
		switch n.Name {
		case "filter":
			return filter(n)
		case "map":
			return mapEach(n)
		}
	case *Unary, *Call:
		return boxed(n)
	case *Binary:
		if n.Op != OpElse {
			return boxed(n)
		}
	}
	if e, ok := n.(*Each); ok && e.Name != "find" {
		return boxed(n)
	}
	return structural(n, n.Type().Kind, getValue, valueOf)
}

// boxed makes a Value of what is computed as something narrower.
func boxed(n Node) fn[slot.Value] {
	switch n.Type().Kind {
	case slot.Number:
		return box(numberOf(n), slot.Num)
	case slot.Bool:
		return box(boolOf(n), slot.Truth)
	case slot.String:
		return box(textOf(n), slot.Text)
	case slot.Date:
		return box(rankOf(n), func(d int64) slot.Value { return slot.OfDay(slot.Day(d)) })
	}
	return func(f *slot.Frame) (slot.Value, slot.Absence) { return slot.Value{}, f.Fail(errNode) }
}

func box[T any](eval fn[T], of func(T) slot.Value) fn[slot.Value] {
	return func(f *slot.Frame) (slot.Value, slot.Absence) {
		t, a := eval(f)
		if a != 0 {
			return slot.Value{}, a
		}
		return of(t), 0
	}
}

// itemsOf compiles a list or a record as its items or fields.
func itemsOf(n Node) fn[[]slot.Value] {
	switch m := n.(type) {
	case *Array, *Range:
		return computed(valueOf(n), slot.List, getItems)
	case *Each:
		if m.Name == "filter" || m.Name == "map" {
			return computed(valueOf(n), slot.List, getItems)
		}
	}
	return structural(n, n.Type().Kind, getItems, itemsOf)
}

// rankOf compiles a date or a grade.
func rankOf(n Node) fn[int64] {
	if k, ok := n.(*Call); ok {
		return dayCall(k)
	}
	return structural(n, n.Type().Kind, getRank, rankOf)
}
