// Package slot holds what one decision knows: a [Value] in each slot of a [Frame], and for every value that is
// missing, which inputs are at fault ([Absence]).
//
// A policy gives each input, value, point, the score, the grade and the limit a slot of its own when it is loaded;
// an [Expr] reads slots by index. One Frame serves one goroutine and is used again for the next customer, so that
// deciding allocates nothing.
package slot

import "github.com/tallystick-go/tallystick/internal/exact"

// Kind says what a Value holds.
type Kind uint8

// The kinds of value. The zero Value is Missing.
const (
	Missing Kind = iota
	Number       // Num
	String       // Str
	Bool         // Int: 0 or 1
	Date         // Int: days since 1970-01-01
	Grade        // Int: index in the scale as written, 0 is the best grade; Str: its name
	List         // List: the items
	Record       // List: the fields in the order of their declaration
)

var kindNames = [...]string{"missing", "number", "string", "bool", "date", "grade", "list", "record"}

// String returns the name that policies use for the kind.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Value is one value of a decision. Only the fields named beside its Kind mean anything.
type Value struct {
	Kind   Kind
	Absent Absence // why it is Missing
	Int    int64
	Num    exact.Number
	Str    string
	List   []Value
}

// Num returns n as a Value.
func Num(n exact.Number) Value { return Value{Kind: Number, Num: n} }

// Text returns s as a Value.
func Text(s string) Value { return Value{Kind: String, Str: s} }

// Truth returns b as a Value.
func Truth(b bool) Value {
	v := Value{Kind: Bool}
	if b {
		v.Int = 1
	}
	return v
}

// OfDay returns d as a Value.
func OfDay(d Day) Value { return Value{Kind: Date, Int: int64(d)} }

// Rank returns the grade at index of a scale as a Value.
func Rank(index int, name string) Value { return Value{Kind: Grade, Int: int64(index), Str: name} }

// Items returns a list as a Value.
func Items(items []Value) Value { return Value{Kind: List, List: items} }

// Fields returns a record as a Value, its fields in the order of their declaration.
func Fields(fields []Value) Value { return Value{Kind: Record, List: fields} }

// Gone returns a missing Value with its cause.
func Gone(a Absence) Value { return Value{Absent: a} }

// What follows writes only the fields that the kind means: a slot that is used again and again is written at every
// decision.

// SetNum makes v the number n.
func (v *Value) SetNum(n exact.Number) { v.Kind, v.Absent, v.Num = Number, 0, n }

// SetText makes v the text s.
func (v *Value) SetText(s string) { v.Kind, v.Absent, v.Str = String, 0, s }

// SetTruth makes v b.
func (v *Value) SetTruth(b bool) {
	v.Kind, v.Absent, v.Int = Bool, 0, 0
	if b {
		v.Int = 1
	}
}

// SetDay makes v the date d.
func (v *Value) SetDay(d Day) { v.Kind, v.Absent, v.Int = Date, 0, int64(d) }

// SetRank makes v the grade at index of a scale.
func (v *Value) SetRank(index int, name string) {
	v.Kind, v.Absent, v.Int, v.Str = Grade, 0, int64(index), name
}

// SetGone makes v missing, with its cause.
func (v *Value) SetGone(a Absence) { v.Kind, v.Absent = Missing, a }

// Equal reports whether a and b are the same value; 1.50 equals 1.5. Missing equals nothing, not even itself.
func (v Value) Equal(w Value) bool {
	if v.Kind != w.Kind {
		return false
	}
	switch v.Kind {
	case Number:
		return v.Num.Equal(w.Num)
	case String:
		return v.Str == w.Str
	case Bool, Date, Grade:
		return v.Int == w.Int
	case List, Record:
		if len(v.List) != len(w.List) {
			return false
		}
		for i := range v.List {
			if !v.List[i].Equal(w.List[i]) {
				return false
			}
		}
		return true
	}
	return false
}
