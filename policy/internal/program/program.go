// Package program is a policy made ready to decide: every name a slot, every expression a closure, everything that is
// worked out in the order of its dependencies. There is one compiled form; deciding, explaining and proving use it.
package program

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/policy/internal/record"
	"github.com/tallystick-go/tallystick/scoring"
)

// Program decides by one policy. It is immutable after Link and safe for concurrent use.
type Program struct {
	File     *model.File
	Inputs   []record.Input // slot i holds input i
	Values   []Value
	Grades   []string // the scale from best to worst, then what is off the scale
	Atoms    []Atom   // what an absence can blame
	Rounding scoring.Rounding
	Symbols  map[string]formula.Symbol

	slots int // that have a name
	frame int // slots of a frame: with room for the expressions' variables
	order []unit

	asOf, score, grade, limit, exposure, available int // slots; those of absent sections are -1
	attributes                                     []attribute
	override                                       int // slot of override.grade, -1 where none is allowed
	noGrade                                        int // atom: no row of the scale holds for the score
}

// Value is a named value of the policy.
type Value struct {
	Decl *doc.Named[model.Value]
	Slot int
	Type *slot.Type

	number   func(*slot.Frame) (exact.Number, slot.Absence) // for a number; any is then nil
	any      func(*slot.Frame) slot.Value
	fallback func(*slot.Frame) slot.Value // nil: a missing value stays missing
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
