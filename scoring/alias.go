package scoring

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// The words that scoring shares with the rest of the library.
type (
	// Number is an exact rational number; its zero value is 0.
	Number = exact.Number
	// Mode says which way a number is rounded; its zero value is HalfUp.
	Mode = exact.Mode

	// Expr is where a value comes from: a constant, a slot of the Frame, or a function over it.
	Expr[T any] = slot.Expr[T]
	// Operand is an expression that yields a number.
	Operand = slot.Operand
	// Condition is an expression that is true, false or missing.
	Condition = slot.Condition
	// Any is an expression of any kind.
	Any = slot.Any

	// Value is a number, a text, a truth value, a date, a grade, or missing.
	Value = slot.Value
	// Kind says what a Value holds.
	Kind = slot.Kind
	// Frame holds what is known of one customer. It is not safe for concurrent use.
	Frame = slot.Frame
	// Absence says why a value is missing; 0 is not missing.
	Absence = slot.Absence

	// Piece is an interval of numbers whose ends may be open.
	Piece = sets.Span
	// Reach says what an expression can yield at all.
	Reach = slot.Reach

	// Fault is something wrong with a card, and where in the policy file.
	Fault = doc.Fault
	// Place is a position in a policy file; unknown for a card made in Go.
	Place = doc.Place
	// At remembers the part of a policy file that a struct was filled from.
	At = doc.At
	// Title is a text, in one language or in several.
	Title = doc.Title
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

// The kinds of Value.
const (
	KindMissing = slot.Missing
	KindNumber  = slot.Number
	KindString  = slot.String
	KindBool    = slot.Bool
	KindDate    = slot.Date
	KindGrade   = slot.Grade
	KindList    = slot.List
	KindRecord  = slot.Record
)

// Int returns i as a Number.
func Int(i int64) Number { return exact.Int(i) }

// Ratio returns n/d; ok is false when d is 0.
func Ratio(n, d int64) (q Number, ok bool) { return exact.Ratio(n, d) }

// Parse reads decimal text such as "-1_000.25" or "1e6".
func Parse(s string) (Number, error) { return exact.Parse(s) }

// MustParse is Parse for constants in code: it panics when s is not a number.
func MustParse(s string) Number { return exact.MustParse(s) }

// Const returns an Operand that is always n.
func Const(n Number) Operand { return slot.Const(n) }

// Slot returns an expression that is the value in slot i of the Frame, for [Indicator.Of].
func Slot(i int) Any { return slot.In(i) }

// NumberIn returns an Operand that reads the number in slot i of the Frame. What is not a number there is missing.
func NumberIn(i int) Operand { return slot.At(i) }

// Func returns an Operand that asks eval, which returns the number or why it is missing.
func Func(eval func(*Frame) (Number, Absence)) Operand { return slot.Func(eval) }

// When returns a Condition that asks eval, which returns the answer or why it is missing.
func When(eval func(*Frame) (bool, Absence)) Condition { return slot.Func(eval) }

// NewFrame returns a frame with values in its first slots.
func NewFrame(values ...Value) *Frame { return slot.NewFrame(values...) }

// Num returns n as a Value.
func Num(n Number) Value { return slot.Num(n) }

// Text returns s as a Value.
func Text(s string) Value { return slot.Text(s) }

// Truth returns b as a Value.
func Truth(b bool) Value { return slot.Truth(b) }

// ID returns an identifier, for a card made in Go.
func ID(s string) doc.Text { return doc.Text{Value: s} }

// Titled returns a Title in one language that is not said.
func Titled(s string) Title { return doc.TitleOf(s) }

// Gone returns a missing Value with its cause, see [slot.Frame.Blame].
func Gone(a Absence) Value { return slot.Gone(a) }
