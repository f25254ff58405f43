package formula

import "github.com/tallystick-go/tallystick/internal/slot"

// Symbol is a name that an expression may read: where its value lies, and its type.
type Symbol struct {
	Slot int
	Type *slot.Type
}

// Function is one of the policy's own. A call puts the body in its place; each argument is computed once, as by let, and
// the body sees its parameters and the Symbols, nothing of the caller. The body is checked at each call, because only
// there the types of the parameters are known.
type Function struct {
	Params []string
	Body   *Tree
}

// Native is a function that the embedder wrote in Go. Where an argument is missing, the result is, and Call is not asked.
// A result that is missing without a cause is blamed on the call; an error, a panic and a result that is not of type
// Result are errors of the evaluation that name the function.
type Native struct {
	Params []*slot.Type
	Result *slot.Type
	Call   func(args []slot.Value) (slot.Value, error)
}

// Scope is what an expression may refer to.
type Scope struct {
	// Symbols are the inputs, values and results by their names, dotted where they belong to a record.
	Symbols   map[string]Symbol
	Later     []string // names that are not ready yet: they are not read here, but a misspelt name may mean one
	Functions map[string]*Function
	Natives   map[string]*Native

	// Grades are the names of the scale from best to worst, then those that are not on the ladder; the first OnScale
	// are on it.
	Grades  []string
	OnScale int

	// Atom is told of each operation that may be undefined for some customer, such as a division, and returns the number
	// that slot.Frame.Blame takes for it. Offset and width are in the text of the expression; text is the operation
	// itself, which inside a Function stands elsewhere. When Atom is nil, nothing is blamed.
	Atom func(offset, width int, text string) int

	// Locals is the first slot that is free for the variables of the expression.
	Locals int
}

func (s *Scope) atom(p place) int {
	if s.Atom == nil {
		return noAtom
	}
	offset, width := p.Span()
	return s.Atom(offset, width, p.Text())
}

// noAtom is the number of an operation that cannot be blamed.
const noAtom = -1

// gradeIndex returns where name stands among the grades, or -1.
func (s *Scope) gradeIndex(name string) int {
	for i, g := range s.Grades {
		if g == name {
			return i
		}
	}
	return -1
}
