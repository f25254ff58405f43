// Package exact holds the numbers that policies are decided with: rational numbers that never round unless told to.
//
// Start with [Number]. It is an immutable value type whose zero value is 0, safe for concurrent use. While the numerator
// and the denominator fit 63 bits its arithmetic allocates nothing and takes a few nanoseconds; beyond that it goes on in
// [math/big.Rat], slower and never wrong, and comes back as soon as a result fits again.
//
// A fraction is kept as it was written or computed (0.25 is 25/100) and reduced only when 64 bits threaten to overflow.
// Two Numbers that are equal may therefore differ under ==, and a Number is of no use as a map key: compare with
// [Number.Equal], [Number.Less] or [Number.Cmp], and use [Number.Fraction] as a key.
//
// # Limits
//
//	what                                       limit                            beyond it
//	numerator and denominator, small form      2^63 - 1                         goes on in math/big
//	numerator and denominator, any form        none for Add, Sub, Mul and Quo   TooLarge reports over 32,768 bits (MaxBits)
//	PowInt                                     32,768 bits (MaxBits)            ok is false, before the work
//	text for Parse                             64 characters (MaxText)          *SyntaxError, before the work
//	exponent in text, in a decimal.Decimal     -1000 to 1000 (MaxExponent)      error, before the work
//	places for Round and AppendFixed           -1000 to 1000                    held to that range
//	places that Places and Decimal prove       1000                             ok or exact is false
//	places that Append and String show         12                               rounded half_even there
//	Sqrt, Ln, Exp, Pow                         34 significant digits            correctly rounded, half_even
//	result of Sqrt, Ln, Exp, Pow               10^-1000 to 10^1000              ok is false
//
// Nothing here uses float64, and nothing panics save [MustParse].
package exact
