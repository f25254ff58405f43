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
		d.Errorf(n.Place, "wrong-type", "a date is needed here, not %s", n.Kind)
		return
	}
	day, err := slot.ParseDay(n.Text)
	if err != nil {
		d.Errorf(n.Place, "bad-date", "%s", err)
		return
	}
	x.Day = day
}

// Exact are the Places of a stage that is not rounded.
const Exact = -1

// maxPlaces is more than any currency or score needs, and keeps rounded figures within 64 bits.
const maxPlaces = 12

// Places is a number of decimal places, or Exact.
type Places int

// UnmarshalDoc reads 2 or exact.
func (x *Places) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if n.Kind == doc.Scalar && n.Text == "exact" {
		*x = Exact
		return
	}
	i, ok := d.Int(n)
	if !ok {
		return
	}
	if i < 0 || i > maxPlaces {
		d.Fault(doc.Errorf(n.Place, "bad-rounding", "%d decimal places cannot be had", i).WithHint("write 0 to %d, or exact", maxPlaces))
		return
	}
	*x = Places(i)
}

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
