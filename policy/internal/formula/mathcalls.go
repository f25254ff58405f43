package formula

import (
	"errors"
	"fmt"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// numberCall compiles a built-in function that yields a number.
func numberCall(n *Call) numberFn {
	switch n.Name {
	case "min", "max", "sum", "mean", "median":
		return aggregate(n)
	case "round":
		return roundCall(n)
	case "clamp":
		return clamp(n)
	case "pow":
		return pow(n)
	case "len":
		return length(n)
	case "abs":
		return unary(n, exact.Number.Abs)
	case "floor":
		return unary(n, exact.Number.Floor)
	case "ceil":
		return unary(n, exact.Number.Ceil)
	case "sqrt":
		return rootOf(n, exact.Number.Sqrt, func(x exact.Number) bool { return x.Sign() >= 0 })
	case "ln":
		return rootOf(n, exact.Number.Ln, func(x exact.Number) bool { return x.Sign() > 0 })
	case "exp":
		return rootOf(n, exact.Number.Exp, func(exact.Number) bool { return true })
	}
	return dateNumber(n)
}

func unary(n *Call, op func(exact.Number) exact.Number) numberFn {
	x := numberOf(n.Args[0])
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, absent := x(f)
		if absent != 0 {
			return exact.Number{}, absent
		}
		return op(a), 0
	}
}

// rootSteps is what a root or a logarithm counts as: it takes as long as so many other operations.
const rootSteps = 50

// rootOf compiles a function that cannot be exact: missing outside of its domain, an error where the result cannot be
// held.
func rootOf(n *Call, op func(exact.Number) (exact.Number, bool), domain func(exact.Number) bool) numberFn {
	x, atom, name := numberOf(n.Args[0]), n.Atom, n.Name
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, absent := x(f)
		if absent != 0 {
			return exact.Number{}, absent
		}
		if !domain(a) {
			return exact.Number{}, blame(f, atom)
		}
		if !f.Step(rootSteps) {
			return exact.Number{}, slot.Broken
		}
		r, ok := op(a)
		if !ok {
			return exact.Number{}, f.Fail(fmt.Errorf("%s of such a number is beyond 10^%d", name, exact.MaxExponent))
		}
		return r, 0
	}
}

func pow(n *Call) numberFn {
	x, y, atom := numberOf(n.Args[0]), numberOf(n.Args[1]), n.Atom
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		switch {
		case la|lb != 0:
			return exact.Number{}, f.Both(la, lb)
		case b.IsInt():
			return wholePower(f, a, b, atom)
		case a.Sign() < 0, a.Sign() == 0 && b.Sign() < 0:
			return exact.Number{}, blame(f, atom)
		}
		if !f.Step(rootSteps) {
			return exact.Number{}, slot.Broken
		}
		r, _, ok := a.Pow(b)
		switch {
		case !ok:
			return exact.Number{}, f.Fail(fmt.Errorf("pow of such numbers is beyond 10^%d", exact.MaxExponent))
		case r.TooLarge():
			return exact.Number{}, tooLarge(f)
		}
		return r, 0
	}
}

var errPlaces = errors.New("the number of decimal places to round to is not a whole number from -1000 to 1000")

func roundCall(n *Call) numberFn {
	mode := exact.HalfUp
	if len(n.Args) == 3 {
		v, _ := constant(n.Args[2])
		mode, _ = exact.ParseMode(v.Str)
	}
	x := numberOf(n.Args[0])
	if len(n.Args) == 1 {
		return func(f *slot.Frame) (exact.Number, slot.Absence) {
			a, absent := x(f)
			if absent != 0 {
				return exact.Number{}, absent
			}
			return a.Round(0, mode), 0
		}
	}
	y := numberOf(n.Args[1])
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		if la|lb != 0 {
			return exact.Number{}, f.Both(la, lb)
		}
		places, ok := b.Int64()
		if !ok || places < -1000 || places > 1000 {
			return exact.Number{}, f.Fail(errPlaces)
		}
		r := a.Round(int(places), mode)
		if r.TooLarge() {
			return exact.Number{}, tooLarge(f)
		}
		return r, 0
	}
}

// clamp compiles clamp(x, low, high); when low is above high, nothing is between them.
func clamp(n *Call) numberFn {
	x, low, high, atom := numberOf(n.Args[0]), numberOf(n.Args[1]), numberOf(n.Args[2]), n.Atom
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, la := x(f)
		b, lb := low(f)
		c, lc := high(f)
		switch {
		case la|lb|lc != 0:
			return exact.Number{}, f.Both(f.Both(la, lb), lc)
		case b.Cmp(c) > 0:
			return exact.Number{}, blame(f, atom)
		}
		return exact.Max(b, exact.Min(a, c)), 0
	}
}
