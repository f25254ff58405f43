// Package schema describes a file to editors: a JSON Schema, made of the very structs that the loader fills. Start with
// [Of].
//
// It is of draft 07, the newest one that the editors of policy owners all know: the YAML language server behind VS Code,
// Neovim and others completes keys and marks errors by it.
//
// What the schema refuses, the loader refuses. The reverse does not hold: that an expression makes sense, that weights add
// up or a name is known, no schema can say. Values are what YAML 1.2 makes of them: 1_000 is a text there, 2024-01-02 too.
package schema

import (
	"path"
	"reflect"
	"strings"
	"unicode"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Of returns the JSON Schema of a file that a decoder with these variants reads into a t, under a title. The same types
// give the same bytes.
func Of(t reflect.Type, variants map[reflect.Type]doc.Variants, title string) ([]byte, error) {
	m := maker{variants: variants, names: map[reflect.Type]string{}, taken: map[string]bool{}}
	root := m.structure(t)
	root.Schema, root.Title, root.Definitions = "http://json-schema.org/draft-07/schema#", title, m.definitions
	return root.text()
}

// maker gathers the definitions that a schema refers to.
type maker struct {
	variants    map[reflect.Type]doc.Variants
	definitions members
	names       map[reflect.Type]string // of the definitions
	taken       map[string]bool
}

var (
	nodeType    = reflect.TypeFor[*doc.Node]()
	textType    = reflect.TypeFor[doc.Text]()
	pairsType   = reflect.TypeFor[[]doc.Pair]()
	unmarshaler = reflect.TypeFor[doc.Unmarshaler]()
	expression  = reflect.TypeFor[doc.Expression]()
	numberType  = reflect.TypeFor[exact.Number]()
	operand     = reflect.TypeFor[slot.Operand]()
	condition   = reflect.TypeFor[slot.Condition]()
	stringType  = reflect.TypeFor[string]()
	intType     = reflect.TypeFor[int]()
	scalarTypes = kinds{"string", "number", "boolean"}
	objectType  = kinds{"object"}
	digitsApart = `^-?([0-9]+(_[0-9]+)+(\.[0-9]+(_[0-9]+)*)?|[0-9]+\.[0-9]+(_[0-9]+)+)([eE][+-]?[0-9]+)?$`
	underscores = "digits may be set apart: 1_000_000"
)

// of returns the schema of what fills a t. It follows doc.Decoder case by case.
func (m *maker) of(t reflect.Type) *node {
	pointer := reflect.PointerTo(t)
	switch {
	case t == nodeType:
		return &node{} // whoever decodes it later knows
	case t == textType:
		return m.define(stringType, "text", func() *node { return &node{Type: scalarTypes} })
	case t == numberType:
		return m.define(t, "number", func() *node {
			return &node{Type: kinds{"number", "string"}, Pattern: digitsApart, Message: "a number is needed here", Description: underscores}
		})
	case t.Kind() == reflect.Pointer:
		return m.of(t.Elem())
	case t.Kind() == reflect.Interface:
		return m.define(t, kebab(t.Name()), func() *node { return m.variant(m.variants[t]) })
	}
	if value, ok := doc.DictOf(t); ok {
		return &node{Type: objectType, Additional: m.of(value)}
	}
	if s, ok := reflect.New(t).Interface().(doc.Shaper); ok {
		return m.define(t, kebab(t.Name()), func() *node { return m.shapes(s.DocShapes()) })
	}
	if pointer.Implements(unmarshaler) {
		return &node{} // it has a notation of its own, and does not say which
	}
	switch {
	case t == operand:
		return m.define(t, "number-expression", func() *node {
			return &node{Type: kinds{"number", "string"}, MinLength: 1, Description: "a number, or an expression that is one"}
		})
	case t == condition:
		return m.define(t, "condition", func() *node {
			return &node{Type: kinds{"string", "boolean"}, MinLength: 1, Description: "an expression that is true or false"}
		})
	case pointer.Implements(expression):
		return m.define(t, "expression", func() *node { return &node{Type: scalarTypes, MinLength: 1, Description: "an expression"} })
	}
	switch t.Kind() {
	case reflect.String:
		return m.of(textType)
	case reflect.Bool:
		return &node{Type: kinds{"boolean"}}
	case reflect.Int:
		return m.define(intType, "whole-number", func() *node {
			return &node{Type: kinds{"integer", "string"}, Pattern: digitsApart, Message: "a whole number is needed here", Description: underscores}
		})
	case reflect.Slice:
		return &node{Type: kinds{"array"}, Items: m.of(t.Elem())}
	case reflect.Struct:
		if t.Name() == "" {
			return m.structure(t)
		}
		return m.define(t, kebab(t.Name()), func() *node { return m.structure(t) })
	}
	panic("schema: a field cannot be a " + t.String()) // as doc.Decoder has it
}

// define returns a reference to the definition of t, which is made by a call of made where there is none yet. Its name is
// that of the package as well where a type of another one has taken it.
func (m *maker) define(t reflect.Type, name string, made func() *node) *node {
	if known, ok := m.names[t]; ok {
		return reference(known)
	}
	if m.taken[name] {
		name = path.Base(t.PkgPath()) + "-" + name
	}
	for m.taken[name] {
		name += "-" // packages of one name
	}
	m.names[t], m.taken[name] = name, true // before it is made: it may refer to itself
	at := len(m.definitions)
	m.definitions = append(m.definitions, member{name: name})
	n := made()
	m.definitions[at].node = n
	return reference(name)
}

func reference(name string) *node { return &node{Ref: "#/definitions/" + name} }

// shapes returns the schema of what has one of these shapes.
func (m *maker) shapes(shapes []any) *node {
	if len(shapes) == 1 {
		return m.shape(shapes[0])
	}
	n := &node{} // without any shape, whatever there is
	for _, s := range shapes {
		n.AnyOf = append(n.AnyOf, m.shape(s))
	}
	return n
}

func (m *maker) shape(shape any) *node {
	switch s := shape.(type) {
	case nil:
		return &node{Type: kinds{"null"}}
	case doc.Choice:
		return &node{Enum: s}
	case doc.Pattern:
		n := pattern(s)
		n.Type, n.Examples = kinds{"string"}, s.Examples
		return n
	case doc.Shape:
		t := reflect.TypeOf(s.Of)
		if t.Kind() == reflect.Struct { // not by reference: nothing can be said beside one
			n := m.structure(t)
			n.MinProperties = s.Least
			return n
		}
		n := m.of(t)
		if s.Names != nil {
			n.PropertyNames = pattern(*s.Names)
		}
		if n.Items != nil {
			n.MinItems = s.Least
		} else {
			n.MinProperties = s.Least
		}
		return n
	}
	return m.of(reflect.TypeOf(shape))
}

// pattern returns the schema of a text. An editor shows people the examples, not the regular expression.
func pattern(p doc.Pattern) *node {
	last := len(p.Examples) - 1
	examples := p.Examples[last]
	if last > 0 {
		examples = strings.Join(p.Examples[:last], ", ") + " or " + examples
	}
	return &node{Pattern: p.Regexp, Message: "write it as " + examples}
}

// variant returns the schema of one of several implementations: its name as the only key, or by itself where that will do.
func (m *maker) variant(v doc.Variants) *node {
	bare := &node{}
	named := &node{Type: objectType, Properties: m.named(v), Additional: false, MinProperties: 1, MaxProperties: 1}
	for _, name := range v.Names() {
		if x, err := v.Make(name); err == nil && v.Short != nil && v.Short(x) {
			bare.Enum = append(bare.Enum, name)
		}
	}
	if bare.Enum == nil {
		return named
	}
	return &node{AnyOf: []*node{bare, named}}
}

// named returns the implementations by their names.
func (m *maker) named(v doc.Variants) (all members) {
	for _, name := range v.Names() {
		n := &node{} // anything goes where the program that asks is at fault
		if x, err := v.Make(name); err == nil {
			n = m.of(reflect.TypeOf(x).Elem())
		}
		if v.Doc != nil {
			n = described(n, v.Doc(name))
		}
		all = append(all, member{name, n})
	}
	return all
}

// described returns n with a description of its own. Beside a reference it is for people only, who see this one.
func described(n *node, text string) *node {
	out := *n
	if text != "" {
		out.Description = text
	}
	return &out
}

// structure returns the schema of the map that fills the struct t, and of the scalar that will do in its place.
func (m *maker) structure(t reflect.Type) *node {
	var details doc.Details
	if d, ok := reflect.New(t).Interface().(doc.Detailer); ok {
		details = d.DocDetails()
	}
	n := &node{Type: objectType, Additional: false}
	ways := map[string][]*node{} // to say each key
	var short *node
	for _, k := range doc.Keys(t) {
		if k.Name == "*" {
			ways["*"] = m.rest(n, k, details.Keys["*"])
			continue
		}
		value := m.value(k, details.Keys[k.Name])
		if k.Required {
			n.Required = append(n.Required, k.Name)
		}
		if k.Short {
			short = value
		}
		n.Properties = append(n.Properties, member{k.Name, described(value, k.Doc)})
		ways[k.Name] = []*node{said(k)}
	}
	for _, key := range details.OneOf {
		n.OneOf = append(n.OneOf, ways[key]...)
	}
	if short != nil {
		return &node{AnyOf: []*node{short, n}}
	}
	return n
}

// value returns the schema of what stands under k, of which details may say the shapes.
func (m *maker) value(k doc.Key, shapes []any) *node {
	switch {
	case shapes != nil:
		return m.shapes(shapes)
	case k.OneOf != nil:
		return &node{Enum: k.OneOf}
	}
	return m.of(k.Type)
}

// rest adds to n the keys that no field names, and returns the ways to say one where they are the names of variants.
func (m *maker) rest(n *node, k doc.Key, shapes []any) (ways []*node) {
	if k.Type == pairsType {
		n.Additional = described(m.shapes(shapes), k.Doc)
		return nil
	}
	for _, x := range m.named(m.variants[k.Type]) {
		n.Properties = append(n.Properties, x)
		ways = append(ways, &node{Required: []string{x.name}})
	}
	if k.Required {
		n.OneOf = ways
	}
	return ways
}

// said returns the schema of a map in which the key says something.
func said(k doc.Key) *node {
	n := &node{Required: []string{k.Name}}
	switch k.Type.Kind() {
	case reflect.Bool:
		n.Properties = members{{k.Name, &node{Const: true}}}
	case reflect.String:
		n.Properties = members{{k.Name, &node{MinLength: 1}}}
	}
	return n
}

// kebab returns a name of Go as a definition has it: MissingRule is missing-rule.
func kebab(name string) string {
	var b strings.Builder
	upper := true // the one before
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 && !upper {
			b.WriteByte('-')
		}
		upper = unicode.IsUpper(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
