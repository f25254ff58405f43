package table

import (
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Column is what a cell looks at: a number, a text, a truth value, a date or a grade.
type Column struct {
	Name string
	Type *slot.Type
	Slot int // where the value is

	// Fetch works out the value, which then goes into Slot; nil: it is there already.
	Fetch func(*slot.Frame) slot.Value

	Grades []string // of a column of grades: their names, by index
	Ladder int      // how many of them are on the ladder

	// Domain is what the column can hold, as far as it is known: Domain.Missing is Refused where it is never missing.
	// Places is how many decimals it has at most, negative where there is no limit.
	Domain Set
	Places int

	// Given says that the record gives the value, whatever the other columns hold. A value that is worked out may go
	// along with others.
	Given bool
}

// CanBe reports whether v is a value that the column can hold.
func (c *Column) CanBe(v *slot.Value) bool {
	if c.Places >= 0 && v.Kind == slot.Number && !v.Num.Round(c.Places, exact.Floor).Equal(v.Num) {
		return false
	}
	return c.Domain.Accepts(v)
}

// places is the decimals of what spans hold: days, grades and truth values are whole.
func (c *Column) places() int {
	if c.Type.Kind == slot.Number {
		return c.Places
	}
	return 0
}
