// Package bounds says what expressions can yield at all, and when conditions can hold, before any customer is known. It
// reads the compiled form of package formula and computes with sets in place of values.
//
// What it says is exact and sound: a value outside of a [Range] cannot be, and a condition of which [Space.Never] is true
// holds for nobody. A Range may be wider than what can be, unless it says that its ends are reached; a condition of which
// nothing is known is taken to be anything.
//
//	s := bounds.NewSpace(0, 0)
//	s.Declare(0, "paid", slot.NumberType, bounds.Range{...})
//	s.Declare(1, "orders", slot.NumberType, bounds.Range{...})
//	v := s.Of(program) // paid / orders
//	v.Range.Set        // where it lies
package bounds
