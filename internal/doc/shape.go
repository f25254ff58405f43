package doc

import (
	"reflect"
	"strings"
)

// Shaper is a type with a notation of its own that says, for the JSON Schema, which that is: by a value of every type that
// the decoder would fill in its place. What the values hold does not matter, save that of a Choice, a Pattern and a Shape;
// nil stands for nothing. An editor that finds none of the shapes speaks of the first one, if of any.
type Shaper interface {
	DocShapes() []any
}

// Choice is one of several words, for DocShapes.
type Choice []string

// Pattern is a text of a certain form, for DocShapes.
type Pattern struct {
	Regexp   string
	Examples []string // of what is right, at least one
}

// Shape is a list or a map with more to say of it than its type does, for DocShapes.
type Shape struct {
	Of    any      // a value of the type
	Least int      // how many items or names there must be
	Names *Pattern // of a Dict: what its names are like; nil for any
}

// Detailer is a struct with more to say of its keys than its tags do, for the JSON Schema. Whatever is said here, the
// package that uses the struct checks.
type Detailer interface {
	DocDetails() Details
}

// Details are what the tags of a struct do not say.
type Details struct {
	// OneOf are keys of which exactly one must be there; "*" stands for the names of the Variants. A key that says false,
	// or an empty text, is as if it were not there.
	OneOf []string

	// Keys are the shapes of what stands under a key, as in DocShapes, where the type of its field does not tell.
	Keys map[string][]any
}

// Key is a tagged field of a struct.
type Key struct {
	Name     string // "*" for the rest
	Type     reflect.Type
	Required bool
	Short    bool
	OneOf    []string // nil for any
	Doc      string
}

// Keys returns the tagged fields of t, a struct, in their order.
func Keys(t reflect.Type) []Key {
	fields := fieldsOf(t)
	out := make([]Key, len(fields))
	for i, f := range fields {
		out[i] = Key{Name: f.key, Type: t.FieldByIndex(f.index).Type, Required: f.required, Short: f.short, Doc: f.doc}
		if f.oneof != "" {
			out[i].OneOf = strings.Split(f.oneof, "|")
		}
	}
	return out
}

// DictOf returns the type of the values of t, and false where t is no Dict.
func DictOf(t reflect.Type) (value reflect.Type, ok bool) {
	d, ok := reflect.New(t).Interface().(interface{ valueType() reflect.Type })
	if !ok {
		return nil, false
	}
	return d.valueType(), true
}

func (m *Dict[T]) valueType() reflect.Type { return reflect.TypeFor[T]() }

// DocShapes says that a text in each language is read, or a text.
func (t *Title) DocShapes() []any {
	return []any{struct {
		Chinese string `key:"zh" doc:"in Chinese"`
		English string `key:"en" doc:"in English"`
	}{}, ""}
}

// DocShapes says that a number and a unit are read.
func (p *Period) DocShapes() []any {
	return []any{Pattern{`^\+?[0-9]+ (days?|months?|years?)$`, []string{"12 months", "90 days", "1 year"}}}
}
