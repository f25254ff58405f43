package formula

import (
	"errors"
	"fmt"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

type numberFn = fn[exact.Number]

// numberOf compiles a number. Parts that are slots or constants are read in place, not through a function of their own.
func numberOf(n Node) numberFn {
	if i, ok := slotOf(n); ok {
		return func(f *slot.Frame) (exact.Number, slot.Absence) {
			if uint(i) >= uint(len(f.Slots)) {
				return exact.Number{}, tooFewSlots(f)
			}
			v := &f.Slots[i]
			if v.Kind != slot.Number {
				return exact.Number{}, absent(f, v, slot.Number)
			}
			return v.Num, 0
		}
	}
	switch n := n.(type) {
	case *Cond:
		return choice(n)
	case *Unary:
		return negate(numberOf(n.X))
	case *Binary:
		switch n.Op {
		case OpAdd:
			return add(n)
		case OpSub:
			return sub(n)
		case OpMul:
			return mul(n)
		case OpQuo:
			return quo(n)
		case OpRem:
			return rem(n)
		case OpPow:
			return power(n)
		}
	case *Call:
		return numberCall(n)
	case *Each:
		switch n.Name {
		case "sum":
			return sumEach(n)
		case "count":
			return countEach(n)
		}
	}
	return structural(n, slot.Number, getNumber, numberOf)
}

// choice compiles a condition with two numbers. What guards a division, as in x <= 0 ? 0 : y / x, is a function by itself.
func choice(n *Cond) numberFn {
	other := numberOf(n.Else)
	k, isConst := constant(n.Then)
	if !isConst {
		return condOf(boolOf(n.If), numberOf(n.Then), other)
	}
	then := k.Num
	i, at, holds, ok := slotTest(n.If)
	if k, isConst := constant(n.Else); ok && isConst {
		return either(i, at, holds, then, k.Num)
	}
	if !ok {
		cond := boolOf(n.If)
		return func(f *slot.Frame) (exact.Number, slot.Absence) {
			met, a := cond(f)
			if a != 0 {
				return exact.Number{}, a
			}
			if met {
				return then, 0
			}
			return other(f)
		}
	}
	c := exact.NewMark(at)
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		if uint(i) >= uint(len(f.Slots)) {
			return exact.Number{}, tooFewSlots(f)
		}
		v := &f.Slots[i]
		if v.Kind != slot.Number {
			return exact.Number{}, absent(f, v, slot.Number)
		}
		if holds>>uint(c.Against(v.Num)+1)&1 != 0 {
			return then, 0
		}
		return other(f)
	}
}

// either is then or other, by the comparison of the number in slot i with c.
func either(i int, n exact.Number, holds uint8, then, other exact.Number) numberFn {
	c := exact.NewMark(n)
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		if uint(i) >= uint(len(f.Slots)) {
			return exact.Number{}, tooFewSlots(f)
		}
		v := &f.Slots[i]
		if v.Kind != slot.Number {
			return exact.Number{}, absent(f, v, slot.Number)
		}
		if holds>>uint(c.Against(v.Num)+1)&1 != 0 {
			return then, 0
		}
		return other, 0
	}
}

//go:noinline
func tooLarge(f *slot.Frame) slot.Absence {
	return f.Fail(fmt.Errorf("a number grew beyond %d bits, about 9,800 digits", exact.MaxBits))
}

func negate(x numberFn) numberFn {
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, absent := x(f)
		if absent != 0 {
			return exact.Number{}, absent
		}
		return a.Neg(), 0
	}
}

// twoSlots returns the slots that both sides of n are.
func twoSlots(n *Binary) (i, j int, ok bool) {
	i, ok1 := slotOf(n.X)
	j, ok2 := slotOf(n.Y)
	return i, j, ok1 && ok2
}

// missingPair returns why two slots do not both hold numbers.
func missingPair(f *slot.Frame, v, w *slot.Value) slot.Absence {
	var a, b slot.Absence
	if v.Kind != slot.Number {
		a = absent(f, v, slot.Number)
	}
	if w.Kind != slot.Number {
		b = absent(f, w, slot.Number)
	}
	return f.Both(a, b)
}

func add(n *Binary) numberFn {
	if n.loop {
		return looped(n, addition)
	}
	if i, j, ok := twoSlots(n); ok {
		return func(f *slot.Frame) (exact.Number, slot.Absence) {
			if uint(i) >= uint(len(f.Slots)) || uint(j) >= uint(len(f.Slots)) {
				return exact.Number{}, tooFewSlots(f)
			}
			v, w := &f.Slots[i], &f.Slots[j]
			if v.Kind != slot.Number || w.Kind != slot.Number {
				return exact.Number{}, missingPair(f, v, w)
			}
			r := v.Num.Add(w.Num)
			if r.TooLarge() {
				return exact.Number{}, tooLarge(f)
			}
			return r, 0
		}
	}
	if k, ok := constant(n.Y); ok {
		return addConst(n.X, k.Num)
	}
	if k, ok := constant(n.X); ok {
		return addConst(n.Y, k.Num)
	}
	x, y := numberOf(n.X), numberOf(n.Y)
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		if la|lb != 0 {
			return exact.Number{}, f.Both(la, lb)
		}
		r := a.Add(b)
		if r.TooLarge() {
			return exact.Number{}, tooLarge(f)
		}
		return r, 0
	}
}

func addConst(n Node, k exact.Number) numberFn {
	x := numberOf(n)
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, absent := x(f)
		if absent != 0 {
			return exact.Number{}, absent
		}
		r := a.Add(k)
		if r.TooLarge() {
			return exact.Number{}, tooLarge(f)
		}
		return r, 0
	}
}

func sub(n *Binary) numberFn {
	if n.loop {
		return looped(n, subtraction)
	}
	if i, j, ok := twoSlots(n); ok {
		return func(f *slot.Frame) (exact.Number, slot.Absence) {
			if uint(i) >= uint(len(f.Slots)) || uint(j) >= uint(len(f.Slots)) {
				return exact.Number{}, tooFewSlots(f)
			}
			v, w := &f.Slots[i], &f.Slots[j]
			if v.Kind != slot.Number || w.Kind != slot.Number {
				return exact.Number{}, missingPair(f, v, w)
			}
			r := v.Num.Sub(w.Num)
			if r.TooLarge() {
				return exact.Number{}, tooLarge(f)
			}
			return r, 0
		}
	}
	if k, ok := constant(n.Y); ok {
		return addConst(n.X, k.Num.Neg())
	}
	if k, ok := constant(n.X); ok {
		return fromConst(k.Num, numberOf(n.Y))
	}
	x, y := numberOf(n.X), numberOf(n.Y)
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		if la|lb != 0 {
			return exact.Number{}, f.Both(la, lb)
		}
		r := a.Sub(b)
		if r.TooLarge() {
			return exact.Number{}, tooLarge(f)
		}
		return r, 0
	}
}

// fromConst is k - y.
func fromConst(k exact.Number, y numberFn) numberFn {
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		b, absent := y(f)
		if absent != 0 {
			return exact.Number{}, absent
		}
		r := k.Sub(b)
		if r.TooLarge() {
			return exact.Number{}, tooLarge(f)
		}
		return r, 0
	}
}

func mul(n *Binary) numberFn {
	if n.loop {
		return looped(n, multiplication)
	}
	if i, j, ok := twoSlots(n); ok {
		return func(f *slot.Frame) (exact.Number, slot.Absence) {
			if uint(i) >= uint(len(f.Slots)) || uint(j) >= uint(len(f.Slots)) {
				return exact.Number{}, tooFewSlots(f)
			}
			v, w := &f.Slots[i], &f.Slots[j]
			if v.Kind != slot.Number || w.Kind != slot.Number {
				return exact.Number{}, missingPair(f, v, w)
			}
			r := v.Num.Mul(w.Num)
			if r.TooLarge() {
				return exact.Number{}, tooLarge(f)
			}
			return r, 0
		}
	}
	if k, ok := constant(n.Y); ok {
		return mulConst(n.X, k.Num)
	}
	if k, ok := constant(n.X); ok {
		return mulConst(n.Y, k.Num)
	}
	x, y := numberOf(n.X), numberOf(n.Y)
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		if la|lb != 0 {
			return exact.Number{}, f.Both(la, lb)
		}
		r := a.Mul(b)
		if r.TooLarge() {
			return exact.Number{}, tooLarge(f)
		}
		return r, 0
	}
}

// mulConst is n * k. A slot is read in place, and a quotient multiplies by itself: shares of something, x / y * k, are what
// formulas for points are made of.
func mulConst(n Node, k exact.Number) numberFn {
	if i, ok := slotOf(n); ok {
		return func(f *slot.Frame) (exact.Number, slot.Absence) {
			if uint(i) >= uint(len(f.Slots)) {
				return exact.Number{}, tooFewSlots(f)
			}
			v := &f.Slots[i]
			if v.Kind != slot.Number {
				return exact.Number{}, absent(f, v, slot.Number)
			}
			r := v.Num.Mul(k)
			if r.TooLarge() {
				return exact.Number{}, tooLarge(f)
			}
			return r, 0
		}
	}
	if q, ok := n.(*Binary); ok && q.Op == OpQuo && !q.loop {
		return quoTimes(q, k)
	}
	x := numberOf(n)
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, absent := x(f)
		if absent != 0 {
			return exact.Number{}, absent
		}
		r := a.Mul(k)
		if r.TooLarge() {
			return exact.Number{}, tooLarge(f)
		}
		return r, 0
	}
}

func quo(n *Binary) numberFn {
	if n.loop {
		return looped(n, exact.Number.Quo)
	}
	return quoTimes(n, exact.Int(1))
}

// quoTimes is the quotient n, times k.
func quoTimes(n *Binary, k exact.Number) numberFn {
	atom, scaled := n.Atom, !k.Equal(exact.Int(1))
	if i, j, ok := twoSlots(n); ok {
		return func(f *slot.Frame) (exact.Number, slot.Absence) {
			if uint(i) >= uint(len(f.Slots)) || uint(j) >= uint(len(f.Slots)) {
				return exact.Number{}, tooFewSlots(f)
			}
			v, w := &f.Slots[i], &f.Slots[j]
			if v.Kind != slot.Number || w.Kind != slot.Number {
				return exact.Number{}, missingPair(f, v, w)
			}
			r, ok := v.Num.Quo(w.Num)
			if !ok {
				return exact.Number{}, blame(f, atom)
			}
			if scaled {
				r = r.Mul(k)
			}
			if r.TooLarge() {
				return exact.Number{}, tooLarge(f)
			}
			return r, 0
		}
	}
	if by, ok := constant(n.Y); ok && by.Num.Sign() != 0 {
		factor, _ := k.Quo(by.Num)
		return mulConst(n.X, factor)
	}
	x, y := numberOf(n.X), numberOf(n.Y)
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		if la|lb != 0 {
			return exact.Number{}, f.Both(la, lb)
		}
		r, ok := a.Quo(b)
		if !ok {
			return exact.Number{}, blame(f, atom)
		}
		if scaled {
			r = r.Mul(k)
		}
		if r.TooLarge() {
			return exact.Number{}, tooLarge(f)
		}
		return r, 0
	}
}

func rem(n *Binary) numberFn {
	if n.loop {
		return looped(n, exact.Number.Rem)
	}
	atom := n.Atom
	x, y := numberOf(n.X), numberOf(n.Y)
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		if la|lb != 0 {
			return exact.Number{}, f.Both(la, lb)
		}
		r, ok := a.Rem(b)
		if !ok {
			return exact.Number{}, blame(f, atom)
		}
		if r.TooLarge() {
			return exact.Number{}, tooLarge(f)
		}
		return r, 0
	}
}

var errExponent = errors.New("the exponent of ** is not a whole number: use pow(x, y)")

// power compiles x ** y for a whole y.
func power(n *Binary) numberFn {
	atom := n.Atom
	x, y := numberOf(n.X), numberOf(n.Y)
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		if la|lb != 0 {
			return exact.Number{}, f.Both(la, lb)
		}
		if !b.IsInt() {
			return exact.Number{}, f.Fail(errExponent)
		}
		return wholePower(f, a, b, atom)
	}
}

// wholePower returns a to the power b, a whole number.
func wholePower(f *slot.Frame, a, b exact.Number, atom int) (exact.Number, slot.Absence) {
	if a.Sign() == 0 && b.Sign() < 0 {
		return exact.Number{}, blame(f, atom)
	}
	i, ok := b.Int64()
	if !ok || int64(int(i)) != i {
		// Only 0, 1 and -1 have a power so high. Its parity is all that counts.
		if a.Sign() != 0 && !a.Abs().Equal(exact.Int(1)) {
			return exact.Number{}, tooLarge(f)
		}
		half, _ := b.Rem(exact.Int(2))
		i = 2 + int64(half.Abs().Sign())
	}
	r, ok := a.PowInt(int(i))
	if !ok {
		return exact.Number{}, tooLarge(f)
	}
	if !bigSteps(f, r) {
		return exact.Number{}, slot.Broken
	}
	return r, 0
}
