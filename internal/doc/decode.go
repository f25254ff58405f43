package doc

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/tallystick-go/tallystick/internal/exact"
)

// Expression is a field whose text is compiled after the whole file has been read.
type Expression interface {
	SetText(Text)
}

// Unmarshaler is a type with a notation of its own. It reports what is wrong to d.
type Unmarshaler interface {
	UnmarshalDoc(n *Node, d *Decoder)
}

// Variants are the implementations of an interface that a file may name: the key is the name, its value fills New(name).
type Variants struct {
	What  string                        // "method", for messages
	Names func() []string               // sorted
	New   func(name string) (any, bool) // a pointer to fill
	Short func(v any) bool              // whether the bare name will do (sum instead of {sum: {}}); nil: never
	Doc   func(name string) string      // what it does, for the JSON Schema; nil, or "" where that cannot be told
}

// Knows reports whether there is an implementation of that name.
func (v *Variants) Knows(name string) bool { return slices.Contains(v.Names(), name) }

// Make returns a new implementation of that name, which there is, to be filled. What makes it may be from outside: the error
// says that it panics, or does not make what can be filled.
func (v *Variants) Make(name string) (x any, err error) {
	defer func() {
		if p := recover(); p != nil {
			x, err = nil, fmt.Errorf("making the %s `%s` panics: %v", v.What, name, p)
		}
	}()
	x, _ = v.New(name)
	if r := reflect.ValueOf(x); r.Kind() != reflect.Pointer || r.IsNil() {
		return nil, fmt.Errorf("what is made for the %s `%s` is not a pointer to something new", v.What, name)
	}
	return x, nil
}

// Decoder fills structs from nodes and gathers every fault on the way. The zero value is ready to use.
//
// Fields are named by the tag `key:"name"`; after the name may follow ",required", ",short" (the field that a bare
// scalar fills in place of the map), ",oneof=a|b", or ",percent" (a number of points, of which people write 40% for 40). The
// tag `meant:"a=b|c=d"` says what to write for words that people take for one of the choices. The key "*" takes the keys that no other field names: into a
// []Pair, or, for a field of an interface type with Variants, exactly one of them. The tag `doc` says what the key means.
//
// Fields may be strings, bools, ints, [exact.Number], [Text], *Node, [Expression], [Unmarshaler], structs, pointers to
// these (nil when the key is absent), slices of these (a single value is not a list), and interfaces with Variants.
type Decoder struct {
	Faults      []Fault
	Expressions []Expression // each one met that has a text, in the order of the file
	Variants    map[reflect.Type]Variants
}

// Fault adds f.
func (d *Decoder) Fault(f Fault) { d.Faults = append(d.Faults, f) }

// Errorf adds an error at p.
func (d *Decoder) Errorf(p Place, code, format string, args ...any) {
	d.Fault(Errorf(p, code, format, args...))
}

// Decode fills into, a pointer, from n.
func (d *Decoder) Decode(n *Node, into any) {
	d.value(n, reflect.ValueOf(into).Elem(), nil)
}

var (
	numberType = reflect.TypeFor[exact.Number]()
	textType   = reflect.TypeFor[Text]()
	nodeType   = reflect.TypeFor[*Node]()
	pairsType  = reflect.TypeFor[[]Pair]()
)

// value fills v from n; f is the field that v is, nil for an item of a list and the like.
func (d *Decoder) value(n *Node, v reflect.Value, f *field) {
	t := v.Type()
	switch {
	case t == nodeType:
		v.Set(reflect.ValueOf(n))
		return
	case t == textType:
		if s, ok := d.scalar(n, "a text"); ok {
			v.Set(reflect.ValueOf(Text{s, n}))
			d.oneOf(n, f)
		}
		return
	case t == numberType:
		if f != nil && f.percent && d.percentage(n) {
			return
		}
		if x, ok := d.Number(n); ok {
			v.Set(reflect.ValueOf(x))
		}
		return
	case t.Kind() == reflect.Pointer:
		if n.Kind == Null {
			d.Fault(Errorf(n.Place, "empty-value", "nothing is written here").WithHint("write what is meant, or leave the key out"))
			return
		}
		p := reflect.New(t.Elem())
		before := len(d.Faults)
		d.value(n, p.Elem(), f)
		if n.Kind != Scalar || len(d.Faults) == before { // a single value that cannot be read is not there
			v.Set(p)
		}
		return
	case t.Kind() == reflect.Interface:
		d.variant(n, v)
		return
	}
	switch u := v.Addr().Interface().(type) {
	case Unmarshaler:
		u.UnmarshalDoc(n, d)
		return
	case Expression:
		if s, ok := d.scalar(n, "an expression"); ok {
			u.SetText(Text{s, n})
			d.Expressions = append(d.Expressions, u)
		}
		return
	}
	switch t.Kind() {
	case reflect.String:
		if s, ok := d.scalar(n, "a text"); ok {
			v.SetString(s)
			d.oneOf(n, f)
		}
	case reflect.Bool:
		if b, ok := d.Bool(n); ok {
			v.SetBool(b)
		}
	case reflect.Int:
		if i, ok := d.Int(n); ok {
			v.SetInt(int64(i))
		}
	case reflect.Slice:
		d.slice(n, v)
	case reflect.Struct:
		d.structure(n, v)
	default:
		panic("doc: a field cannot be a " + t.String()) // a mistake in a struct of ours, met by its first test
	}
}

func (d *Decoder) scalar(n *Node, what string) (string, bool) {
	if n.Kind == Scalar {
		return n.Text, true
	}
	d.Fault(Needed(n, what))
	return "", false
}

// Needed returns the fault that what ("a list", "a number") is needed where n stands.
func Needed(n *Node, what string) Fault {
	if n.Kind == Null {
		return Errorf(n.Place, "empty-value", "nothing is written here, but %s is needed", what).WithHint("write what is meant, or leave the key out")
	}
	return Errorf(n.Place, "wrong-type", "%s is needed here, not %s", what, n.Kind)
}

func (d *Decoder) oneOf(n *Node, f *field) {
	if f == nil || f.oneof == "" {
		return
	}
	names := strings.Split(f.oneof, "|")
	for _, name := range names {
		if n.Text == name {
			return
		}
	}
	for _, m := range strings.Split(f.meant, "|") {
		if word, write, ok := strings.Cut(m, "="); ok && strings.EqualFold(word, n.Text) {
			d.Fault(Errorf(n.Place, "bad-choice", "%q is none of the choices here", n.Text).WithHint("write %s", write))
			return
		}
	}
	d.Fault(Errorf(n.Place, "bad-choice", "%q is none of the choices here", n.Text).WithHint("%s", Suggest(n.Text, names)))
}

// percentage reports a number of points that is written as a percentage, which is the same number: 40% of 100 points are 40.
func (d *Decoder) percentage(n *Node) bool {
	number, ok := strings.CutSuffix(n.Text, "%")
	x, err := exact.Parse(strings.TrimSpace(number))
	if n.Kind != Scalar || !ok || err != nil {
		return false
	}
	d.Fault(Errorf(n.Place, "bad-number", "%q is not a number: points are counted, not measured in percent", n.Text).WithHint("write %s", x))
	return true
}

// Number reads a number.
func (d *Decoder) Number(n *Node) (x exact.Number, ok bool) {
	s, ok := d.scalar(n, "a number")
	if !ok {
		return x, false
	}
	if n.Quoted {
		d.Fault(Errorf(n.Place, "wrong-type", "%q is a text, but a number is needed", n.Text).WithHint("leave out the quotes"))
		return x, false
	}
	x, err := exact.Parse(s)
	if err != nil {
		d.Fault(BadNumber(n.Place, s, err))
		return x, false
	}
	return x, true
}

// BadNumber says that s, which exact.Parse refused with err, is no number, and what to write.
func BadNumber(p Place, s string, err error) Fault {
	var bad *exact.SyntaxError
	if errors.As(err, &bad) {
		return Errorf(p, "bad-number", "%q is not a number", bad.Text).WithHint("%s", bad.Reason)
	}
	return Errorf(p, "bad-number", "%q is not a number", s)
}

// Int reads a whole number.
func (d *Decoder) Int(n *Node) (int, bool) {
	x, ok := d.Number(n)
	if !ok {
		return 0, false
	}
	i, ok := x.Int64()
	if !ok || int64(int(i)) != i {
		d.Errorf(n.Place, "bad-number", "%s is not a whole number that can be used here", n.Text)
		return 0, false
	}
	return int(i), true
}

// Bool reads true or false.
func (d *Decoder) Bool(n *Node) (b, ok bool) {
	s, ok := d.scalar(n, "true or false")
	if !ok {
		return false, false
	}
	if !n.Quoted && (s == "true" || s == "false") {
		return s == "true", true
	}
	d.Fault(Errorf(n.Place, "wrong-type", "%q is neither true nor false", s).WithHint("write true or false, without quotes"))
	return false, false
}

func (d *Decoder) slice(n *Node, v reflect.Value) {
	if n.Kind != Seq {
		f := Needed(n, "a list")
		switch bracket := strings.HasPrefix(n.Text, "【") || strings.HasPrefix(n.Text, "［"); {
		case bracket && !n.Quoted:
			f = f.WithHint("the brackets are fullwidth ones: write [ ]")
		case n.Kind == Scalar || n.Kind == Map:
			f = f.WithHint("begin each item with `- `, or put the items in [ ]")
		}
		d.Fault(f)
		return
	}
	out := reflect.MakeSlice(v.Type(), len(n.Items), len(n.Items))
	v.Set(out) // before the items are filled: expressions are remembered by address
	for i, item := range n.Items {
		d.value(item, out.Index(i), nil)
	}
}

// field is one tagged field of a struct.
type field struct {
	key      string
	index    []int
	required bool
	short    bool
	percent  bool
	oneof    string
	meant    string
	doc      string
}

// fields remembers what fieldsOf found: reflect.Type -> []field. It is the dearest part of decoding.
var fields sync.Map

// fieldsOf returns the tagged fields of t.
func fieldsOf(t reflect.Type) []field {
	if known, ok := fields.Load(t); ok {
		return known.([]field)
	}
	var out []field
	for _, f := range reflect.VisibleFields(t) {
		tag, ok := f.Tag.Lookup("key")
		if !ok {
			continue
		}
		parts := strings.Split(tag, ",")
		x := field{key: parts[0], index: f.Index, doc: f.Tag.Get("doc"), meant: f.Tag.Get("meant")}
		for _, p := range parts[1:] {
			switch {
			case p == "required":
				x.required = true
			case p == "short":
				x.short = true
			case p == "percent":
				x.percent = true
			case strings.HasPrefix(p, "oneof="):
				x.oneof = strings.TrimPrefix(p, "oneof=")
			}
		}
		out = append(out, x)
	}
	fields.Store(t, out)
	return out
}

type placed interface{ setNode(*Node) }

func (d *Decoder) structure(n *Node, v reflect.Value) {
	if p, ok := v.Addr().Interface().(placed); ok {
		p.setNode(n)
	}
	fields := fieldsOf(v.Type())
	if n.Kind == Scalar {
		for i := range fields {
			if f := &fields[i]; f.short {
				d.value(n, v.FieldByIndex(f.index), f)
				return
			}
		}
	}
	if n.Kind != Map {
		d.Fault(Needed(n, "a map of keys").
			WithHint("the keys are %s", strings.Join(keysOf(fields), ", ")))
		return
	}
	var rest *field
	byKey := make(map[string]*field, len(fields))
	for i := range fields {
		if fields[i].key == "*" {
			rest = &fields[i]
		} else {
			byKey[fields[i].key] = &fields[i]
		}
	}
	var extra []Pair
	meant := map[string]bool{} // keys that a misspelt one was meant to be: not missing as well
	for _, p := range n.Pairs {
		if p.Key.Kind != Scalar {
			d.Errorf(p.Key.Place, "wrong-type", "a key must be a single name here, not %s", p.Key.Kind)
			continue
		}
		f := byKey[p.Key.Text]
		if f == nil {
			if rest == nil {
				meant[d.unknownKey(p, keysOf(fields))] = true
			} else {
				extra = append(extra, p)
			}
			continue
		}
		d.value(p.Value, v.FieldByIndex(f.index), f)
	}
	for _, f := range fields {
		if f.required && f.key != "*" && !meant[f.key] && n.Get(f.key) == nil {
			d.Fault(Errorf(n.Place, "missing-key", "the key `%s` is missing", f.key).WithHint("%s", f.doc))
		}
	}
	if rest != nil {
		d.rest(n, v.FieldByIndex(rest.index), rest, extra, fields)
	}
}

// rest fills the field with the key "*".
func (d *Decoder) rest(n *Node, v reflect.Value, f *field, extra []Pair, fields []field) {
	if v.Type() == pairsType {
		v.Set(reflect.ValueOf(extra))
		return
	}
	va := d.Variants[v.Type()]
	var known []Pair
	for _, p := range extra {
		if va.Knows(p.Key.Text) {
			known = append(known, p)
		} else {
			d.unknownKey(p, append(keysOf(fields), va.Names()...))
		}
	}
	switch len(known) {
	case 0:
		if f.required && len(extra) == 0 {
			d.Fault(Errorf(n.Place, "missing-key", "a %s is missing", va.What).
				WithHint("add one of %s", strings.Join(va.Names(), ", ")))
		}
	case 1:
		d.fill(known[0], v, va)
	default:
		d.Fault(Errorf(known[1].Key.Place, "too-many-keys", "only one %s can be given, but here are `%s` and `%s`",
			va.What, known[0].Key.Text, known[1].Key.Text).See(known[0].Key.Place, "the first one is here").WithHint("delete one of the two"))
	}
}

// variant fills a field of an interface type: a map with one key, its name, or the bare name where that will do.
func (d *Decoder) variant(n *Node, v reflect.Value) {
	va, ok := d.Variants[v.Type()]
	if !ok {
		panic("doc: no variants for " + v.Type().String()) // a mistake of ours, as above
	}
	switch {
	case n.Kind == Scalar:
		if !va.Knows(n.Text) {
			d.Fault(Errorf(n.Place, "unknown-"+va.What, "there is no %s `%s`", va.What, n.Text).
				WithHint("%s", Suggest(n.Text, va.Names())))
			return
		}
		switch x := d.make(n, va); {
		case x == nil:
		case va.Short == nil || !va.Short(x):
			d.Errorf(n.Place, "wrong-type", "the %s `%s` needs its parameters: write {%s: ...}", va.What, n.Text, n.Text)
		default:
			v.Set(reflect.ValueOf(x))
		}
	case n.Kind == Map && len(n.Pairs) == 1 && n.Pairs[0].Key.Kind == Scalar:
		p := n.Pairs[0]
		if !va.Knows(p.Key.Text) {
			d.Fault(Errorf(p.Key.Place, "unknown-"+va.What, "there is no %s `%s`", va.What, p.Key.Text).
				WithHint("%s", Suggest(p.Key.Text, va.Names())))
			return
		}
		d.fill(p, v, va)
	default:
		d.Fault(Needed(n, "one "+va.What+", a map with its name as the only key,").
			WithHint("one of %s", strings.Join(va.Names(), ", ")))
	}
}

func (d *Decoder) fill(p Pair, v reflect.Value, va Variants) {
	if x := d.make(p.Key, va); x != nil {
		d.value(p.Value, reflect.ValueOf(x).Elem(), nil)
		v.Set(reflect.ValueOf(x))
	}
}

// make makes what name, which is known, stands for; nil, with a fault, where that fails.
func (d *Decoder) make(name *Node, va Variants) any {
	x, err := va.Make(name.Text)
	if err != nil {
		d.Fault(Errorf(name.Place, "panic", "%s", err).WithHint("the program that loads the policy is at fault, not the policy: tell those who wrote it"))
	}
	return x
}

// unknownKey reports the key of p, and returns the one that it was meant to be, or "".
func (d *Decoder) unknownKey(p Pair, allowed []string) (meant string) {
	meant = Nearest(p.Key.Text, allowed)
	hint := Suggest(p.Key.Text, allowed)
	name, value, colon := strings.Cut(p.Key.Text, ":")
	switch {
	case p.Value.Kind != Null:
	case colon && slices.Contains(allowed, name):
		hint = "put an ordinary space behind the colon: `" + name + ": " + strings.TrimSpace(value) + "`"
		meant = name
	default:
		hint = "it has no value: if it belongs to the text before the comma, put that text in quotes; " + hint
	}
	d.Fault(Errorf(p.Key.Place, "unknown-key", "there is no key `%s` here", p.Key.Text).WithHint("%s", hint))
	return meant
}

func keysOf(fields []field) []string {
	var out []string
	for _, f := range fields {
		if f.key != "*" {
			out = append(out, f.key)
		}
	}
	return out
}
