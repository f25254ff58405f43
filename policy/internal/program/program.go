// Package program is a policy made ready to decide: every name a slot, every expression a closure, everything that is
// worked out in the order of its dependencies. There is one compiled form; deciding, explaining and proving use it.
//
// Start with [Link], which makes a [Program] of a file's tree or tells every fault of it; [Program.Run] then decides one
// customer, whose inputs are in the frame of a [State].
package program

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/bounds"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/policy/internal/record"
	"github.com/tallystick-go/tallystick/policy/internal/table"
	"github.com/tallystick-go/tallystick/scoring"
)

// Program decides by one policy. It is immutable after Link and Forget, and safe for concurrent use.
type Program struct {
	File     *model.File
	Inputs   []record.Input // slot i holds input i
	Values   []Value
	Grades   []string // the scale from best to worst, then what is off the scale
	Atoms    []Atom   // what an absence can blame
	Rounding scoring.Rounding
	Symbols  map[string]formula.Symbol
	Inexact  []string // what is worked out with a root or a logarithm, or from something that is: values, the score, the limit

	reach  map[doc.Expression]bounds.Range // what each expression can yield
	ranges map[int]bounds.Range            // what each slot can hold

	readers map[int]doc.Place // where each slot is first read

	slots int // that have a name
	frame int // slots of a frame: with room for the expressions' variables
	order []unit

	criteria []criterion

	hits int // values whose rows State.Hits has

	asOf, score, grade, limit, exposure, available int // slots; those of absent sections are -1
	attributes                                     []attribute
	byHand                                         byHand
	noGrade                                        int // atom: no row of the scale holds for the score
}

// Forget lets go of what only those need who look into a policy, the tree of the file and what everything in it can be. To
// decide and to explain decisions takes neither.
func (p *Program) Forget() {
	p.File.Node().Forget()
	p.reach, p.ranges = nil, nil
}

// Value is a named value of the policy: an expression, a table or a method.
type Value struct {
	Decl  *doc.Named[model.Value]
	Slot  int
	Type  *slot.Type
	Table *table.Table // nil unless it is a table

	number   func(*slot.Frame) (exact.Number, slot.Absence) // of an expression that is a number; any is then nil
	any      func(*slot.Frame) slot.Value                   // of another one; of a method: what it looks at
	fallback func(*slot.Frame) slot.Value                   // nil: a missing value stays missing
	noRow    int                                            // atom: no row of the method holds

	place   doc.Place // of the expression or the method
	trace   int       // of a table or a method: where State.Hits has its rows
	reads   []int     // slots
	inexact bool      // a root, a logarithm or a power that is not whole is in it
}

// AtomKind says what is blamed for an absence.
type AtomKind uint8

// The kinds of atom.
const (
	Absent    AtomKind = iota // an input that the record does not have
	Undefined                 // a division by zero, a list without the item asked for
	NoRow                     // a table of which no row holds
)

// Atom is one thing that can be to blame for a missing value.
type Atom struct {
	Kind  AtomKind
	Name  string // the input, the expression, or the table
	Place doc.Place
}

// RowsOf returns the id of the indicator, table or method of which no row holds, or "grade"; ok is false for other atoms.
func (a *Atom) RowsOf() (id string, ok bool) {
	if a.Kind != NoRow {
		return "", false
	}
	return strings.CutPrefix(a.Name, noRow)
}

// attribute is an attribute of the grade with its slot.
type attribute struct {
	slot   int
	atom   int          // blamed where the grade does not have it
	values []slot.Value // by grade
}

// unit is one thing to work out.
type unit struct {
	what  what
	index int // of a value
}

type what uint8

const (
	aValue what = iota
	theScore
	theGrade
	theLimit
	theExposure
	theAvailable
)
