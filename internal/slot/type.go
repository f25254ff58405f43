package slot

import "strings"

// Type is what is known of a value before any customer is: its kind, and what a list or record is made of.
type Type struct {
	Kind   Kind
	Elem   *Type   // List: what each item is; nil when the list is always empty
	Fields []Field // Record
}

// Field is one field of a record.
type Field struct {
	Name string
	Type *Type
	Atom int // what is blamed when the field is absent, see Frame.Blame
}

// The types without parts.
var (
	NumberType = &Type{Kind: Number}
	StringType = &Type{Kind: String}
	BoolType   = &Type{Kind: Bool}
	DateType   = &Type{Kind: Date}
	GradeType  = &Type{Kind: Grade}
)

// ListOf returns the type of a list of elem.
func ListOf(elem *Type) *Type { return &Type{Kind: List, Elem: elem} }

// FieldIndex returns where the field name stands in a record's values, or -1.
func (t *Type) FieldIndex(name string) int {
	for i, f := range t.Fields {
		if f.Name == name {
			return i
		}
	}
	return -1
}

// String returns the type as a policy owner would say it: "number", "list of record".
func (t *Type) String() string {
	switch {
	case t == nil:
		return Missing.String()
	case t.Kind == List && t.Elem != nil:
		return "list of " + t.Elem.String()
	case t.Kind == Record && len(t.Fields) > 0:
		names := make([]string, len(t.Fields))
		for i, f := range t.Fields {
			names[i] = f.Name
		}
		return "record {" + strings.Join(names, ", ") + "}"
	}
	return t.Kind.String()
}

// Same reports whether values of t and u can stand in the same place.
func (t *Type) Same(u *Type) bool {
	if t == nil || u == nil || t.Kind != u.Kind {
		return false
	}
	switch t.Kind {
	case List:
		return t.Elem == nil || u.Elem == nil || t.Elem.Same(u.Elem)
	case Record:
		if len(t.Fields) != len(u.Fields) {
			return false
		}
		for i, f := range t.Fields {
			if f.Name != u.Fields[i].Name || !f.Type.Same(u.Fields[i].Type) {
				return false
			}
		}
	}
	return true
}
