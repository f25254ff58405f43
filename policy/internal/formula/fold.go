package formula

import (
	"github.com/tallystick-go/tallystick/internal/slot"
)

// fold returns what n yields when all its parts are known. Where that is undefined, n stays, to be missing for each
// customer; where it fails, that is a problem now.
func (c *checker) fold(n Node) Node {
	for _, child := range n.Children() {
		if _, ok := constant(child); !ok {
			return n
		}
	}
	var f slot.Frame
	v, absent := valueOf(n)(&f)
	if err := f.TakeErr(); err != nil {
		return c.problem(c.placeOf(n), "fails", err.Error(), "nothing here depends on the customer: correct the figures")
	}
	if absent != 0 {
		return n
	}
	return &Const{base{c.placeOf(n), n.Type()}, v}
}

// foldOrBlame is fold for an operation that may be undefined: unless it is known, it gets an atom to blame.
func (c *checker) foldOrBlame(n Node, atom *int) Node {
	*atom = noAtom
	n = c.fold(n)
	switch n.(type) {
	case *Const, *bad:
	default:
		*atom = c.scope.atom(c.placeOf(n))
	}
	return n
}
