package model

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Day is a date of the file.
type Day struct{ slot.Day }

// UnmarshalDoc reads 2024-06-30.
func (x *Day) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if n.Kind != doc.Scalar {
		d.Fault(doc.Needed(n, "a date"))
		return
	}
	day, err := slot.ParseDay(n.Text)
	if err != nil {
		d.Fault(doc.Errorf(n.Place, "bad-date", "%q is not a date", n.Text).WithHint("%s", slot.DayHint(n.Text)))
		return
	}
	x.Day = day
}

// DocShapes says that a date is read.
func (x *Day) DocShapes() []any {
	return []any{doc.Pattern{Regexp: `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, Examples: []string{"2026-01-01"}}}
}

// Exact are the Places of a stage that is not rounded.
const Exact = -1

const exactWord = "exact"

// maxPlaces is more than any currency or score needs, and keeps rounded figures within 64 bits.
const maxPlaces = 12

// Places is a number of decimal places, or Exact.
type Places int

// UnmarshalDoc reads 2 or exact.
func (x *Places) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if n.Kind == doc.Scalar && n.Text == exactWord {
		*x = Exact
		return
	}
	i, ok := d.Int(n)
	if !ok {
		return
	}
	if i < 0 || i > maxPlaces {
		d.Fault(doc.Errorf(n.Place, "bad-number", "%d decimal places cannot be had", i).WithHint("write 0 to %d, or exact", maxPlaces))
		return
	}
	*x = Places(i)
}

// DocShapes says that a number is read, or exact.
func (x *Places) DocShapes() []any { return []any{0, doc.Choice{exactWord}} }

// Mode is a way of rounding.
type Mode struct{ exact.Mode }

// UnmarshalDoc reads the name of a mode.
func (x *Mode) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	m, ok := exact.ParseMode(n.Text)
	if n.Kind != doc.Scalar || !ok {
		d.Fault(doc.Errorf(n.Place, "bad-choice", "%q is no way of rounding", n.Text).WithHint("%s", doc.Suggest(n.Text, exact.Modes())))
		return
	}
	x.Mode = m
}

// DocShapes says that the name of a mode is read.
func (x *Mode) DocShapes() []any { return []any{doc.Choice(exact.Modes())} }
