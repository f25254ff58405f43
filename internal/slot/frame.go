package slot

import (
	"fmt"
	"slices"
)

// MaxSteps bounds the work of one expression: each turn of a predicate over a list counts the size of its body.
const MaxSteps = 100_000

// Absence says why a value is missing: which inputs are absent, which divisions were by zero. Zero is "not
// missing". It is a handle into the Frame that made it and means nothing in another, or after Reset.
type Absence int32

// cause is an atom, or what two absences together are.
type cause struct {
	atom        int32
	left, right Absence
}

// Frame is the memory of one decision. The zero Frame has no slots. It is not safe for concurrent use.
type Frame struct {
	Slots []Value

	// Reader is what whoever fills the inputs keeps for the next customer. It is no part of the customer.
	Reader any

	causes []cause // Absence a stands for causes[a-1]
	steps  int
	err    error
}

// NewFrame returns a frame that holds values in its first slots.
func NewFrame(values ...Value) *Frame { return &Frame{Slots: values} }

// Reset forgets causes, steps and the error, and makes room for n slots. It leaves the slots' values as they are:
// whoever fills the frame writes every slot that is read.
func (f *Frame) Reset(n int) {
	f.causes, f.steps, f.err = f.causes[:0], 0, nil
	if n > cap(f.Slots) {
		f.Slots = make([]Value, n)
	}
	f.Slots = f.Slots[:n]
}

// Blame returns the absence of the one atom: an input, a division by zero. What an atom number stands for is the
// business of whoever gave it out.
func (f *Frame) Blame(atom int) Absence {
	f.causes = append(f.causes, cause{atom: int32(atom)})
	return Absence(len(f.causes))
}

// Both returns the absence that a and b make together. Broken blames nothing, so that the other one says more.
func (f *Frame) Both(a, b Absence) Absence {
	switch {
	case a == 0 || a == b:
		return b
	case b == 0 || b == Broken:
		return a
	case a == Broken:
		return b
	}
	f.causes = append(f.causes, cause{atom: -1, left: a, right: b})
	return Absence(len(f.causes))
}

// Atom returns the one atom that a blames; ok is false where there are several, or none.
func (f *Frame) Atom(a Absence) (atom int, ok bool) {
	if a <= 0 || int(a) > len(f.causes) || f.causes[a-1].atom < 0 {
		return 0, false
	}
	return int(f.causes[a-1].atom), true
}

// Atoms appends the atoms behind a to dst, each once, in the order in which they were met.
func (f *Frame) Atoms(dst []int, a Absence) []int {
	if a <= 0 || int(a) > len(f.causes) {
		return dst
	}
	// The causes are a graph that can share parts: visit each once.
	seen := map[Absence]bool{}
	todo := []Absence{a}
	for len(todo) > 0 {
		a := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if a <= 0 || seen[a] {
			continue // Broken blames nothing
		}
		seen[a] = true
		c := f.causes[a-1]
		if c.atom < 0 {
			todo = append(todo, c.right, c.left)
			continue
		}
		known := false
		for _, d := range dst {
			known = known || d == int(c.atom)
		}
		if !known {
			dst = append(dst, int(c.atom))
		}
	}
	return dst
}

// Step counts n steps of work and reports whether the expression may go on. Once it may not, Err says so.
func (f *Frame) Step(n int) bool {
	f.steps += n
	if f.steps > MaxSteps && f.err == nil {
		f.err = fmt.Errorf("the expression takes more than %d steps: shorten the lists it goes through", MaxSteps)
	}
	return f.err == nil
}

// Fail records err, the first one only, and returns an absence for the value that could not be had. Whoever asked
// for the value looks at Err before it makes anything of the absence.
func (f *Frame) Fail(err error) Absence {
	if f.err == nil {
		f.err = err
	}
	return Broken
}

// Broken is the absence of a value whose evaluation failed; it blames no atom.
const Broken Absence = -1

// Err returns the first error since the last TakeErr or Reset.
func (f *Frame) Err() error { return f.err }

// Failed reports whether Err is an error. It also lets the next expression start afresh where it is none.
func (f *Frame) Failed() bool {
	f.steps = 0
	return f.err != nil
}

// TakeErr returns the first error, and forgets it and the steps taken: the next expression starts afresh.
func (f *Frame) TakeErr() error {
	f.steps = 0
	err := f.err
	if err != nil {
		f.err = nil
	}
	return err
}

// Clone returns a copy of f that lives on when f is reset and filled again.
func (f *Frame) Clone() Frame {
	return Frame{Slots: slices.Clone(f.Slots), causes: slices.Clone(f.causes), steps: f.steps, err: f.err}
}
