package meaning

import (
	"reflect"
	"sort"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/scoring"
)

// Of returns what the file says. The file has been read from text without faults; customer is the input that names a
// customer, "" for none.
func Of(f *model.File, customer string) *Node {
	r := reader{texts: map[string]bool{}, structs: map[reflect.Type]*structType{}}
	for i := range f.Inputs {
		if in := &f.Inputs[i]; in.Value.Type == slot.String.String() {
			r.texts[in.Name.Value] = true
		}
	}
	root := r.value(f.Node(), reflect.ValueOf(f).Elem())
	if customer != "" {
		root.Nodes = append(root.Nodes, &Node{Key: CustomerKey, Text: customer, plain: customer, Place: placeOf(f.Inputs, customer)})
	}
	return root
}

// CustomerKey is the key of the leaf that says which input names a customer. It stands in no file: the first required
// text does, or else the first one.
const CustomerKey = "customer"

func placeOf(inputs doc.Dict[model.Input], name string) doc.Place {
	for i := range inputs {
		if inputs[i].Name.Value == name {
			return inputs[i].Name.Place()
		}
	}
	return doc.Place{}
}

// reader turns the structs that a file was read into, with the nodes that they were read from, into a tree. Short forms
// have gone with the reading.
type reader struct {
	texts   map[string]bool              // inputs that are texts: 1.0 and 1 are two of them
	structs map[reflect.Type]*structType // those met so far
}

// structType is what is known of a struct of the format.
type structType struct {
	name   string // "scoring.Band"
	fields []field
	named  map[string]bool // the keys of fields
	rest   []int           // the field that takes all other keys; nil for none
	title  bool            // whether there is a field Title
}

// field is a tagged field of a struct.
type field struct {
	key   string
	at    string // the name of the struct and the key
	index []int
	kind  reflect.Type
	short bool
}

func (r *reader) structOf(t reflect.Type) *structType {
	if s, ok := r.structs[t]; ok {
		return s
	}
	s := &structType{name: t.String(), named: map[string]bool{}}
	for _, f := range reflect.VisibleFields(t) {
		s.title = s.title || f.Name == "Title" && f.Type == reflect.TypeFor[doc.Title]()
		tag, ok := f.Tag.Lookup("key")
		if !ok {
			continue
		}
		key, options, _ := strings.Cut(tag, ",")
		if key == "*" {
			s.rest = f.Index
			continue
		}
		s.named[key] = true
		s.fields = append(s.fields, field{key, s.name + "." + key, f.Index, f.Type, strings.Contains(options, "short")})
	}
	r.structs[t] = s
	return s
}

// shape is one of the few types of the format whose notation is their own; its keys are not the tags of a struct.
func (r *reader) shape(n *doc.Node, v reflect.Value) *Node {
	switch x := v.Addr().Interface().(type) {
	case *doc.Title:
		return title(n, x)
	case *doc.Period:
		return leaf(n, x.String())
	case *model.Day:
		return leaf(n, x.String())
	case *model.Places:
		if *x == model.Exact {
			return leaf(n, n.Text)
		}
		return number(n)
	case *model.Mode:
		return leaf(n, x.String())
	case *scoring.MissingRule:
		if x.Do == scoring.Substitute {
			return number(n)
		}
		return leaf(n, x.String())
	case *scoring.Bands:
		return r.rows(n, reflect.ValueOf(x.Rows))
	case *scoring.Rules:
		if n.Kind == doc.Seq {
			rows := r.rows(n, reflect.ValueOf(x.Rows))
			rows.Key = "rows"
			return &Node{Kind: Fields, Type: typeOf(v), Place: n.Place, Nodes: []*Node{rows}}
		}
		return r.structure(n, v)
	case *scoring.Occurrences:
		if n.Kind == doc.Seq {
			rows := r.rows(n, reflect.ValueOf(x.Rows))
			rows.Key = "rows"
			return &Node{Kind: Fields, Type: typeOf(v), Place: n.Place, Nodes: []*Node{rows}}
		}
		return r.structure(n, v)
	case *scoring.Linear:
		out := &Node{Kind: Rows, Place: n.Place}
		for _, p := range n.Pairs {
			at, points := number(p.Key), number(p.Value)
			at.Key, points.Key = "at", "points"
			out.Nodes = append(out.Nodes, &Node{Kind: Fields, Type: "scoring.Knot", Place: p.Key.Place, Nodes: []*Node{at, points}})
		}
		return out
	case *scoring.Categories:
		return r.categories(n, x)
	case *slot.Operand:
		return expression(n, x.Source.Value)
	case *slot.Condition:
		return expression(n, x.Source.Value)
	case *slot.Any:
		return expression(n, x.Source.Value)
	}
	return nil
}

// categories returns a leaf or a row for each value: a list of values is short for a row each.
func (r *reader) categories(n *doc.Node, k *scoring.Categories) *Node {
	out := &Node{Kind: Names, Type: "scoring.Categories", Place: n.Place}
	row := 0
	for _, p := range n.Pairs {
		c := k.Otherwise
		if p.Key.Kind == doc.Seq || p.Key.Text != "otherwise" || p.Key.Quoted {
			c = &k.Rows[row]
			row++
		}
		keys := p.Key.Items
		if p.Key.Kind == doc.Scalar {
			keys = []*doc.Node{p.Key}
		}
		for _, key := range keys {
			x := r.structure(p.Value, reflect.ValueOf(c).Elem())
			x.Key, x.Place = key.Text, key.Place
			if c == k.Otherwise {
				x.Key = OtherwiseKey
			}
			out.Nodes = append(out.Nodes, x)
		}
	}
	return out
}

// OtherwiseKey is the name of the row of categories that takes all other values: no value can be called so.
const OtherwiseKey = "\x00otherwise"

// value returns what v says, which was read from n.
func (r *reader) value(n *doc.Node, v reflect.Value) *Node {
	if v.CanAddr() {
		if out := r.shape(n, v); out != nil {
			return out
		}
	}
	switch t := v.Type(); {
	case t == reflect.TypeFor[*doc.Node]():
		return plain(n, false)
	case t == reflect.TypeFor[doc.Text](), t.Kind() == reflect.String:
		return leaf(n, n.Text)
	case t == reflect.TypeFor[exact.Number](), t.Kind() == reflect.Int:
		return number(n)
	case t.Kind() == reflect.Bool:
		return leaf(n, n.Text)
	case t.Kind() == reflect.Pointer:
		return r.value(n, v.Elem())
	case t.Kind() == reflect.Interface:
		name := n
		if n.Kind == doc.Map {
			name, n = n.Pairs[0].Key, n.Pairs[0].Value
		}
		return r.method(name, n, v)
	case t.Kind() == reflect.Slice && isDict(t):
		return r.dict(n, v)
	case t.Kind() == reflect.Slice:
		return r.rows(n, v)
	case v.Addr().Type().Implements(reflect.TypeFor[doc.Unmarshaler]()):
		return plain(n, false) // a notation of the embedder's
	}
	return r.structure(n, v)
}

// method returns a method or a combiner that is called name, with its parameters in n.
func (r *reader) method(name, n *doc.Node, v reflect.Value) *Node {
	out := &Node{Kind: Fields, Place: name.Place}
	if n != name { // else the bare name will do
		out = r.value(n, v.Elem().Elem())
		out.Place = name.Place
	}
	out.Key, out.Method = name.Text, true
	return out
}

func isDict(t reflect.Type) bool {
	e := t.Elem()
	return e.Kind() == reflect.Struct && strings.HasPrefix(e.Name(), "Named[") && e.PkgPath() == reflect.TypeFor[doc.Node]().PkgPath()
}

func (r *reader) dict(n *doc.Node, v reflect.Value) *Node {
	out := &Node{Kind: Names, Place: n.Place}
	for i, p := range n.Pairs {
		var x *Node
		if value := v.Index(i).FieldByName("Value"); value.Type() == reflect.TypeFor[doc.Text]() {
			x = expression(p.Value, p.Value.Text) // of a function
		} else {
			x = r.value(p.Value, value)
		}
		x.Key, x.ID, x.Place = p.Key.Text, p.Key.Text, p.Key.Place
		out.Nodes = append(out.Nodes, x)
	}
	return out
}

func (r *reader) rows(n *doc.Node, v reflect.Value) *Node {
	out := &Node{Kind: Rows, Place: n.Place}
	for i, item := range n.Items {
		out.Nodes = append(out.Nodes, r.value(item, v.Index(i)))
	}
	return out
}

// sets are the lists whose order does not count, nor how often a value stands in them.
var sets = map[string]bool{"model.Input.one_of": true, "credit.Approver.grades": true}

// IDs are the keys by which a policy calls what is in a list.
var IDs = []string{"id", "grade", "by"}

// structure returns what the tagged fields of v say.
func (r *reader) structure(n *doc.Node, v reflect.Value) *Node {
	s := r.structOf(v.Type())
	out := &Node{Kind: Fields, Type: s.name, Place: n.Place}
	isText := false // what is written like a number is a text here
	switch x := v.Addr().Interface().(type) {
	case *model.Input:
		isText = x.Type == slot.String.String()
	case *model.Value:
		isText = x.Type == slot.String.String()
	}
	add := func(key string, x *Node) {
		x.Key = key
		if standard, ok := Unsaid(out.Type, key); !ok || x.Kind != Leaf || x.Text != standard {
			out.Nodes = append(out.Nodes, x)
		}
	}
	for i := range s.fields {
		f := &s.fields[i]
		value := n.Get(f.key)
		if n.Kind == doc.Scalar && f.short {
			value = n
		}
		switch {
		case value == nil, f.at == "model.File.accept":
		case f.kind.Kind() == reflect.Bool && value.Text == "false": // as if it was not there
		case sets[f.at]:
			add(f.key, set(value, isText))
		case f.at == "model.Input.of":
			add(f.key, parts(value))
		case f.kind.Kind() == reflect.Interface:
			combiner := r.value(value, v.FieldByIndex(f.index))
			if standard, ok := Unsaid(out.Type, f.key); !ok || combiner.Key != standard || len(combiner.Nodes) > 0 {
				out.Nodes = append(out.Nodes, &Node{Kind: Fields, Key: f.key, Place: value.Place, Nodes: []*Node{combiner}})
			}
		case f.kind == reflect.TypeFor[*doc.Node](), f.kind == reflect.TypeFor[[]*doc.Node]():
			add(f.key, plain(value, isText))
		default:
			x := r.value(value, v.FieldByIndex(f.index))
			if x.Type == "model.Rounding" && len(x.Nodes) == 0 {
				continue // nothing but what goes without saying
			}
			add(f.key, x)
		}
	}
	for _, p := range n.Pairs {
		switch {
		case s.rest == nil || p.Key.Kind != doc.Scalar || s.named[p.Key.Text]:
		case v.FieldByIndex(s.rest).Type() == reflect.TypeFor[[]doc.Pair]():
			x := plain(p.Value, r.texts[p.Key.Text])
			x.Place, x.Column, x.Attribute = p.Key.Place, s.name == "model.Row", s.name == "grade.Row"
			add(p.Key.Text, x)
		default:
			out.Nodes = append(out.Nodes, r.method(p.Key, p.Value, v.FieldByIndex(s.rest)))
		}
	}
	for _, key := range IDs {
		if x := out.Get(key); x != nil && x.Kind == Leaf {
			out.ID = x.Text
			break
		}
	}
	if s.title {
		out.Title = v.FieldByName("Title").Interface().(doc.Title)
	}
	return out
}

// typeOf returns the name of a struct of the format.
func typeOf(v reflect.Value) string { return v.Type().String() }

func leaf(n *doc.Node, text string) *Node {
	return &Node{Text: text, plain: "text " + text, Place: n.Place}
}

// number returns the leaf of a number.
func number(n *doc.Node) *Node {
	x, err := exact.Parse(n.Text)
	if err != nil {
		return leaf(n, n.Text)
	}
	return &Node{Text: x.String(), Number: true, plain: "number " + x.Fraction(), Place: n.Place}
}

// expression returns the leaf of an expression.
func expression(n *doc.Node, text string) *Node {
	x, err := exact.Parse(text)
	if err == nil && x.Sign() >= 0 { // a sign is an operator
		return &Node{Text: x.String(), Number: true, plain: expressionMark + x.Fraction(), Place: n.Place}
	}
	tree, _ := formula.Parse(text) // it was parsed without problems when the policy was loaded
	out := &Node{Text: strings.Join(strings.Fields(text), " "), Formula: tree, plain: "text " + text, Place: n.Place}
	if err == nil {
		out.Text, out.Number = x.String(), true
	}
	return out
}

// title returns the leaf of a text for people; the first language is that of decisions.
func title(n *doc.Node, t *doc.Title) *Node {
	var parts []string
	for _, x := range t.Texts {
		if x.Name.Value == "" {
			return leaf(n, x.Value)
		}
		parts = append(parts, x.Name.Value+": "+x.Value)
	}
	out := leaf(n, strings.Join(parts, ", "))
	out.Title = *t
	return out
}

// plain returns what a part says that is no struct of the format: a value, a cell of a table, what an item of a list is.
func plain(n *doc.Node, isText bool) *Node {
	out := &Node{Place: n.Place}
	switch n.Kind {
	case doc.Map:
		out.Kind = Names
		for _, p := range n.Pairs {
			x := plain(p.Value, isText)
			x.Key = strings.Join(keyTexts(p.Key), ", ")
			out.Nodes = append(out.Nodes, x)
		}
	case doc.Seq:
		out.Kind = Rows
		for _, item := range n.Items {
			out.Nodes = append(out.Nodes, plain(item, isText))
		}
	case doc.Scalar:
		if _, err := exact.Parse(n.Text); err == nil && !n.Quoted && !isText {
			return number(n)
		}
		out = leaf(n, n.Text)
		if !n.Quoted && !isText && (n.Text == "true" || n.Text == "false") {
			out.plain = "bool " + n.Text
		}
	default:
		out.plain = "nothing"
	}
	return out
}

// parts returns what an item of a list is, or what the fields of a record are; {type: number} is short for number.
func parts(n *doc.Node) *Node {
	if n.Kind != doc.Map {
		return plain(n, false)
	}
	kind := n.Get("type")
	isField := kind != nil && kind.Kind == doc.Scalar
	if isField && len(n.Pairs) == 1 {
		return leaf(kind, kind.Text)
	}
	out := &Node{Kind: Names, Place: n.Place}
	for _, p := range n.Pairs {
		x := plain(p.Value, false)
		if !isField || p.Key.Text == "of" {
			x = parts(p.Value)
		}
		x.Key = p.Key.Text
		out.Nodes = append(out.Nodes, x)
	}
	return out
}

func keyTexts(key *doc.Node) []string {
	if key.Kind == doc.Scalar {
		return []string{key.Text}
	}
	var out []string
	for _, item := range key.Items {
		out = append(out, item.Text)
	}
	return out
}

// set returns the leaf of a list whose order does not count.
func set(n *doc.Node, isText bool) *Node {
	if n.Kind != doc.Seq {
		return plain(n, isText)
	}
	var shown, said []string
	for _, item := range n.Items {
		x := plain(item, isText)
		shown, said = append(shown, x.Text), append(said, x.plain)
	}
	sort.Strings(said)
	out := &Node{Text: strings.Join(shown, ", "), Place: n.Place}
	for i, text := range said {
		if i == 0 || text != said[i-1] {
			out.plain += "; " + text
		}
	}
	return out
}
