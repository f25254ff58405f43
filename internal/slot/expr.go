package slot

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
)

// Expr is where a value of a decision comes from: a constant, a slot, or a formula over slots. The zero Expr is not
// set; a policy that uses one it needs is refused when it is checked.
type Expr[T any] struct {
	// Source is the text as the policy has it, with the place where it stands. Empty for an Expr made in Go.
	Source doc.Text

	// Reach says what the expression can yield at all, as far as that was worked out beforehand; nil where it was not.
	Reach *Reach

	// Shape is what the text was compiled to, for those who inspect a policy (proofs, documents). Nil otherwise.
	Shape any

	eval  func(*Frame) (T, Absence)
	value T
	set   bool
	slot  int // 1 + the slot whose value it is as it stands, 0 when it is worked out
}

// Operand is an expression that yields a number.
type Operand = Expr[exact.Number]

// Condition is an expression that is true, false or missing.
type Condition = Expr[bool]

// Any is an expression of any kind; what is missing has Kind Missing and carries its Absence.
type Any = Expr[Value]

// Const returns an Expr that is always v.
func Const[T any](v T) Expr[T] { return Expr[T]{value: v, set: true} }

// Func returns an Expr that asks eval.
func Func[T any](eval func(*Frame) (T, Absence)) Expr[T] { return Expr[T]{eval: eval, set: true} }

// At returns an Operand that reads the number in slot i. A slot that holds something else is missing.
func At(i int) Operand {
	return Func(func(f *Frame) (exact.Number, Absence) {
		v := &f.Slots[i]
		if v.Kind != Number {
			return exact.Number{}, missing(v)
		}
		return v.Num, 0
	})
}

// In returns an expression that is the value in slot i as it stands.
func In(i int) Any {
	var e Any
	e.SetSlot(i, func(f *Frame) (Value, Absence) {
		v := f.Slots[i]
		return v, v.Absent
	})
	return e
}

// missing returns the absence of a value that is not there, or not of the kind asked for.
func missing(v *Value) Absence {
	if v.Absent != 0 {
		return v.Absent
	}
	return Broken
}

// Place returns where e stands in the file.
func (e *Expr[T]) Place() doc.Place { return e.Source.Place() }

// IsSet reports whether e was given at all.
func (e *Expr[T]) IsSet() bool { return e.set || e.Source.Value != "" }

// IsReady reports whether e can be asked: it is given, and its text, if it has one, was compiled.
func (e *Expr[T]) IsReady() bool { return e.set }

// IsConst returns the constant that e always is.
func (e *Expr[T]) IsConst() (v T, ok bool) { return e.value, e.set && e.eval == nil }

// Eval returns the value of e for the customer in f, or why it is missing.
func (e *Expr[T]) Eval(f *Frame) (T, Absence) {
	if e.eval == nil {
		return e.value, 0
	}
	return e.eval(f)
}

// Compiled returns what Eval asks, for those who ask often.
func (e *Expr[T]) Compiled() func(*Frame) (T, Absence) {
	if e.eval == nil {
		value := e.value
		return func(*Frame) (T, Absence) { return value, 0 }
	}
	return e.eval
}

// SetText notes the text of e; whoever reads the policy compiles it once all names are known. See doc.Expression.
func (e *Expr[T]) SetText(t doc.Text) { e.Source = t }

// SetConst makes e the constant v.
func (e *Expr[T]) SetConst(v T) { e.eval, e.value, e.set, e.slot = nil, v, true, 0 }

// SetFunc makes e ask eval.
func (e *Expr[T]) SetFunc(eval func(*Frame) (T, Absence)) { e.eval, e.set, e.slot = eval, true, 0 }

// SetSlot makes e ask eval, which returns what is in slot i as it stands.
func (e *Expr[T]) SetSlot(i int, eval func(*Frame) (T, Absence)) {
	e.eval, e.slot, e.set = eval, i+1, true
}

// Slot returns the slot whose value e is as it stands, so that those who are in a hurry can look there themselves.
func (e *Expr[T]) Slot() (i int, ok bool) { return e.slot - 1, e.slot > 0 }
