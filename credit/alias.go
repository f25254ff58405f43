package credit

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// What terms are written with and asked about.
type (
	Number    = exact.Number   // an exact rational number
	Mode      = exact.Mode     // which way to round
	Frame     = slot.Frame     // what is known of one customer
	Value     = slot.Value     // one value in a slot of a Frame
	Absence   = slot.Absence   // why a value is missing; 0: it is not
	Day       = slot.Day       // a calendar day without a zone
	Operand   = slot.Operand   // where a number comes from
	Condition = slot.Condition // where a truth value comes from
	Title     = doc.Title      // a text for people
	Period    = doc.Period     // 12 months
	At        = doc.At         // the part of a policy file that a struct was filled from
	Place     = doc.Place      // a position in a policy file
	Fault     = doc.Fault      // something wrong with terms, and where
)

// The ways to round, and where they take 2.5 and -2.5.
const (
	HalfUp   = exact.HalfUp   // to the nearest, a tie away from zero: 3 -3
	HalfEven = exact.HalfEven // to the nearest, a tie to the even neighbour: 2 -2
	HalfDown = exact.HalfDown // to the nearest, a tie towards zero: 2 -2
	Up       = exact.Up       // away from zero: 3 -3
	Down     = exact.Down     // towards zero: 2 -2
	Ceiling  = exact.Ceiling  // towards plus infinity: 3 -2
	Floor    = exact.Floor    // towards minus infinity: 2 -3
)

// Int returns i as a Number.
func Int(i int64) Number { return exact.Int(i) }

// Ratio returns n/d; ok is false when d is 0.
func Ratio(n, d int64) (q Number, ok bool) { return exact.Ratio(n, d) }

// Parse reads decimal text, exactly: "1_000.25".
func Parse(s string) (Number, error) { return exact.Parse(s) }

// MustParse is Parse for constants in code: it panics when s is not a number.
func MustParse(s string) Number { return exact.MustParse(s) }

// Num returns n as a Value.
func Num(n Number) Value { return slot.Num(n) }

// Text returns s as a Value.
func Text(s string) Value { return slot.Text(s) }

// Truth returns b as a Value.
func Truth(b bool) Value { return slot.Truth(b) }

// NewFrame returns a Frame that holds values in its first slots.
func NewFrame(values ...Value) *Frame { return slot.NewFrame(values...) }

// Const returns an Operand that is always n.
func Const(n Number) Operand { return slot.Const(n) }

// NumberIn returns an Operand that reads the number in slot i of the Frame. What is not a number there is missing.
func NumberIn(i int) Operand { return slot.At(i) }

// Func returns an Operand that asks eval, which returns the number or why it is missing.
func Func(eval func(*Frame) (Number, Absence)) Operand { return slot.Func(eval) }

// When returns a Condition that asks eval, which returns the answer or why it is missing.
func When(eval func(*Frame) (bool, Absence)) Condition { return slot.Func(eval) }

// Titled returns a Title in one language that is not said.
func Titled(s string) Title { return doc.TitleOf(s) }
