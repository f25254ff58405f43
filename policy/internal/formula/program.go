package formula

import (
	"sort"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Program is a compiled expression. It is immutable and safe for concurrent use, each goroutine with a Frame of its own.
// What it returns must be called with a Frame of at least Slots slots.
type Program struct {
	Type    *slot.Type
	Reads   []int // the slots it reads, sorted, without those of its variables
	Slots   int   // how many slots the Frame must have
	Inexact bool  // a root, a logarithm or a power that is not whole is in it
	Root    Node
	Source  string

	number fn[exact.Number]
	bool   fn[bool]
}

// Compile resolves the names of t in s and gives it types. It reports all problems at once, and then returns no Program.
// Where t is nil or refers to a Symbol without a type, things that were reported elsewhere, there are no problems and the
// Program has no Type; it cannot be used for more than asking that.
func Compile(t *Tree, s *Scope) (*Program, []Problem) {
	if t == nil {
		return newProgram(nil, ""), nil
	}
	c := &checker{state: &state{scope: s, faulty: map[string]bool{}, next: s.Locals}, tree: t}
	root := c.check(t.root)
	if len(c.problems) > 0 {
		return nil, sortProblems(c.problems)
	}
	if isBad(root) {
		return newProgram(nil, t.src), nil
	}
	p := newProgram(root, t.src)
	p.Inexact = c.inexact
	p.Slots = max(p.Slots, c.slots)
	return p, nil
}

func newProgram(root Node, source string) *Program {
	p := &Program{Root: root, Source: source}
	p.number = func(f *slot.Frame) (exact.Number, slot.Absence) { return exact.Number{}, f.Fail(errNode) }
	p.bool = func(f *slot.Frame) (bool, slot.Absence) { return false, f.Fail(errNode) }
	if root == nil {
		return p
	}
	p.Type = root.Type()
	p.findReads(root, map[int]bool{})
	sort.Ints(p.Reads)
	switch p.Type.Kind {
	case slot.Number:
		p.number = numberOf(root)
	case slot.Bool:
		p.bool = boolOf(root)
	}
	return p
}

func (p *Program) findReads(n Node, seen map[int]bool) {
	if r, ok := n.(*Read); ok && !seen[r.Slot] {
		seen[r.Slot] = true
		p.Reads = append(p.Reads, r.Slot)
		p.Slots = max(p.Slots, r.Slot+1)
	}
	for _, child := range n.Children() {
		p.findReads(child, seen)
	}
}

// Number returns the function that computes p, whose type must be number: of another it is always missing, with an error
// in the Frame.
func (p *Program) Number() func(*slot.Frame) (exact.Number, slot.Absence) { return p.number }

// Bool returns the function that computes p, whose type must be bool: of another it is always missing, with an error in
// the Frame.
func (p *Program) Bool() func(*slot.Frame) (bool, slot.Absence) { return p.bool }

// Any returns the function that computes p, whatever its type. What is missing is a Value of Kind Missing with its
// Absence.
func (p *Program) Any() func(*slot.Frame) slot.Value {
	if p.Root == nil {
		return func(f *slot.Frame) slot.Value { return slot.Gone(f.Fail(errNode)) }
	}
	eval := valueOf(p.Root)
	return func(f *slot.Frame) slot.Value {
		v, absent := eval(f)
		if absent != 0 {
			return slot.Gone(absent)
		}
		return v
	}
}

// Part returns the function that computes n alone, a part of a compiled expression that reads neither its variables nor
// the item of a list; for whoever asks how far the sides of a comparison are apart.
func Part(n Node) func(*slot.Frame) (slot.Value, slot.Absence) { return valueOf(n) }

// Const returns the value of p when it is the same for every customer.
func (p *Program) Const() (slot.Value, bool) {
	if p == nil || p.Root == nil {
		return slot.Value{}, false
	}
	return constant(p.Root)
}

// Want returns the problem that p is not of kind k, if it is not.
func (p *Program) Want(k slot.Kind) []Problem {
	if p == nil || p.Type == nil || p.Type.Kind == k {
		return nil
	}
	offset, width := p.Root.Span()
	hint := ""
	switch {
	case k == slot.Bool && p.Type.Kind == slot.Number:
		hint = "compare it with something, as in x > 0"
	case k == slot.Number && p.Type.Kind == slot.Bool:
		hint = "write condition ? 1 : 0"
	case k == slot.Number && p.Type.Kind == slot.List:
		hint = "sum, count, min or max make a number of a list"
	}
	return []Problem{{Offset: offset, Width: width, Code: "wrong-type", Hint: hint,
		Message: kindPhrase(k) + " is needed here, but " + quote(p.Root.Text()) + " is " + phrase(p.Type)}}
}
