package doc

// Shaper is an Unmarshaler that says what it reads, for the JSON Schema: a value of every type that the decoder would
// fill in its place. What the values hold does not matter, save that of a Choice. A Dict stands for a map with keys of
// any kind.
type Shaper interface {
	Unmarshaler
	DocShapes() []any
}

// Choice is one of several words, for DocShapes.
type Choice []string
