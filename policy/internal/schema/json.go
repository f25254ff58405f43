package schema

import (
	"bytes"
	"encoding/json"

	"github.com/tallystick-go/tallystick/policy/internal/display"
)

// node is a schema, or a part of one. Its fields stand in the order in which they are written.
type node struct {
	Schema        string   `json:"$schema,omitempty"`
	Title         string   `json:"title,omitempty"`
	Description   string   `json:"description,omitempty"`
	Ref           string   `json:"$ref,omitempty"`
	Type          kinds    `json:"type,omitempty"`
	Const         any      `json:"const,omitempty"`
	Enum          []string `json:"enum,omitempty"`
	Pattern       string   `json:"pattern,omitempty"`
	Message       string   `json:"errorMessage,omitempty"` // of editors, no word of JSON Schema
	MinLength     int      `json:"minLength,omitempty"`
	Examples      []string `json:"examples,omitempty"`
	Items         *node    `json:"items,omitempty"`
	MinItems      int      `json:"minItems,omitempty"`
	Required      []string `json:"required,omitempty"`
	Properties    members  `json:"properties,omitempty"`
	PropertyNames *node    `json:"propertyNames,omitempty"`
	Additional    any      `json:"additionalProperties,omitempty"` // false, or a *node
	MinProperties int      `json:"minProperties,omitempty"`
	MaxProperties int      `json:"maxProperties,omitempty"`
	AnyOf         []*node  `json:"anyOf,omitempty"`
	OneOf         []*node  `json:"oneOf,omitempty"`
	Definitions   members  `json:"definitions,omitempty"`
}

// kinds are the types that a value may have.
type kinds []string

// MarshalJSON writes a single kind by itself.
func (k kinds) MarshalJSON() ([]byte, error) {
	if len(k) == 1 {
		return json.Marshal(k[0])
	}
	return json.Marshal([]string(k))
}

// members are schemas by name, in an order of their own.
type members []member

type member struct {
	name string
	node *node
}

// MarshalJSON writes an object.
func (m members) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, x := range m {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := write(&b, x.name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := write(&b, x.node); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// write writes v with < and > as they are: people read it.
func write(b *bytes.Buffer, v any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// text returns n as a file, indented.
func (n *node) text() ([]byte, error) {
	var b bytes.Buffer
	err := display.WriteJSON(&b, n)
	return b.Bytes(), err
}
