package formula

import (
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// looped compiles arithmetic that is done for each item of a list. The number of turns is bounded by steps, but an
// operation on thousands of digits takes a thousand times as long as one on few: such count by their size.
func looped(n *Binary, op func(a, b exact.Number) (exact.Number, bool)) numberFn {
	x, y, atom := numberOf(n.X), numberOf(n.Y), n.Atom
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		if la|lb != 0 {
			return exact.Number{}, f.Both(la, lb)
		}
		r, ok := op(a, b)
		switch {
		case !ok:
			return exact.Number{}, blame(f, atom)
		case !bigSteps(f, r):
			return exact.Number{}, slot.Broken
		}
		return r, 0
	}
}

// bigBits is the size from which work on a number counts, and how much of it makes a step.
const bigBits = 256

// bigSteps reports whether a loop that has come to r may go on.
func bigSteps(f *slot.Frame, r exact.Number) bool {
	bits := r.BitLen()
	if bits <= bigBits {
		return true
	}
	if r.TooLarge() {
		tooLarge(f)
		return false
	}
	return f.Step(bits / bigBits)
}

func addition(a, b exact.Number) (exact.Number, bool) { return a.Add(b), true }

func subtraction(a, b exact.Number) (exact.Number, bool) { return a.Sub(b), true }

func multiplication(a, b exact.Number) (exact.Number, bool) { return a.Mul(b), true }
