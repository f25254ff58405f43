package doc

import (
	"reflect"
	"sort"
	"strconv"
	"strings"

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
}

// Decoder fills structs from nodes and gathers every fault on the way. The zero value is ready to use.
//
// Fields are named by the tag `key:"name"`; after the name may follow ",required", ",short" (the field that a bare
// scalar fills in place of the map), or ",oneof=a|b". The key "*" takes the keys that no other field names: into a
// []Pair, or, for a field of an interface type with Variants, exactly one of them. The tag `doc` says what the key means.
//
// Fields may be strings, bools, ints, [exact.Number], [Text], *Node, [Expression], [Unmarshaler], structs, pointers to
// these (nil when the key is absent), slices of these (a single value is not a list), and interfaces with Variants.
type Decoder struct {
	Faults      []Fault
	Expressions []Expression // each one met that has a text, in the order of the file
	Variants    map[reflect.Type]Variants

	fields map[reflect.Type][]field // of the structs met so far
}

// Fault adds f.
func (d *Decoder) Fault(f Fault) { d.Faults = append(d.Faults, f) }

// Errorf adds an error at p.
func (d *Decoder) Errorf(p Place, code, format string, args ...any) {
	d.Fault(Errorf(p, code, format, args...))
}

// Decode fills into, a pointer, from n.
func (d *Decoder) Decode(n *Node, into any) {
	d.value(n, reflect.ValueOf(into).Elem(), "")
}

var (
	numberType = reflect.TypeFor[exact.Number]()
	textType   = reflect.TypeFor[Text]()
	nodeType   = reflect.TypeFor[*Node]()
	pairsType  = reflect.TypeFor[[]Pair]()
)

func (d *Decoder) value(n *Node, v reflect.Value, oneof string) {
	t := v.Type()
	switch {
	case t == nodeType:
		v.Set(reflect.ValueOf(n))
		return
	case t == textType:
		if s, ok := d.scalar(n, "a text"); ok {
			v.Set(reflect.ValueOf(Text{s, n}))
			d.oneOf(n, oneof)
		}
		return
	case t == numberType:
		if x, ok := d.Number(n); ok {
			v.Set(reflect.ValueOf(x))
		}
		return
	case t.Kind() == reflect.Pointer:
		if n.Kind == Null {
			d.Errorf(n.Place, "empty-value", "there is nothing here")
			return
		}
		p := reflect.New(t.Elem())
		v.Set(p)
		d.value(n, p.Elem(), oneof)
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
			d.oneOf(n, oneof)
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
	switch {
	case n.Kind == Null:
		d.Fault(Errorf(n.Place, "empty-value", "there is nothing here, but %s is needed", what))
	case n.Kind != Scalar:
		d.Errorf(n.Place, "wrong-type", "%s is needed here, not %s", what, n.Kind)
	default:
		return n.Text, true
	}
	return "", false
}

func (d *Decoder) oneOf(n *Node, list string) {
	if list == "" {
		return
	}
	names := strings.Split(list, "|")
	for _, name := range names {
		if n.Text == name {
			return
		}
	}
	d.Fault(Errorf(n.Place, "bad-choice", "%q is none of the choices here", n.Text).WithHint("%s", Suggest(n.Text, names)))
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
		d.Errorf(n.Place, "bad-number", "%s", err)
		return x, false
	}
	return x, true
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
		f := Errorf(n.Place, "wrong-type", "a list is needed here, not %s", n.Kind)
		if n.Kind == Scalar || n.Kind == Map {
			f = f.WithHint("begin each item with `- `, or put the items in [ ]")
		}
		d.Fault(f)
		return
	}
	out := reflect.MakeSlice(v.Type(), len(n.Items), len(n.Items))
	v.Set(out) // before the items are filled: expressions are remembered by address
	for i, item := range n.Items {
		d.value(item, out.Index(i), "")
	}
}

// field is one tagged field of a struct.
type field struct {
	key      string
	index    []int
	required bool
	short    bool
	oneof    string
	doc      string
}

// fieldsOf returns the tagged fields of t. They are looked up once for each type: it is the dearest part of decoding.
func (d *Decoder) fieldsOf(t reflect.Type) []field {
	if out, ok := d.fields[t]; ok {
		return out
	}
	if d.fields == nil {
		d.fields = map[reflect.Type][]field{}
	}
	d.fields[t] = fieldsOf(t)
	return d.fields[t]
}

func fieldsOf(t reflect.Type) []field {
	var out []field
	for _, f := range reflect.VisibleFields(t) {
		tag, ok := f.Tag.Lookup("key")
		if !ok {
			continue
		}
		parts := strings.Split(tag, ",")
		x := field{key: parts[0], index: f.Index, doc: f.Tag.Get("doc")}
		for _, p := range parts[1:] {
			switch {
			case p == "required":
				x.required = true
			case p == "short":
				x.short = true
			case strings.HasPrefix(p, "oneof="):
				x.oneof = strings.TrimPrefix(p, "oneof=")
			}
		}
		out = append(out, x)
	}
	return out
}

type placed interface{ setNode(*Node) }

func (d *Decoder) structure(n *Node, v reflect.Value) {
	if p, ok := v.Addr().Interface().(placed); ok {
		p.setNode(n)
	}
	fields := d.fieldsOf(v.Type())
	if n.Kind == Scalar {
		for _, f := range fields {
			if f.short {
				d.value(n, v.FieldByIndex(f.index), f.oneof)
				return
			}
		}
	}
	if n.Kind != Map {
		d.Fault(Errorf(n.Place, "wrong-type", "a map of keys is needed here, not %s", n.Kind).
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
				d.unknownKey(p, keysOf(fields))
				meant[Nearest(p.Key.Text, keysOf(fields))] = true
			} else {
				extra = append(extra, p)
			}
			continue
		}
		d.value(p.Value, v.FieldByIndex(f.index), f.oneof)
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
		if _, ok := va.New(p.Key.Text); ok {
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
			va.What, known[0].Key.Text, known[1].Key.Text).See(known[0].Key.Place, "the first one is here"))
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
		x, ok := va.New(n.Text)
		switch {
		case !ok:
			d.Fault(Errorf(n.Place, "unknown-"+va.What, "there is no %s `%s`", va.What, n.Text).
				WithHint("%s", Suggest(n.Text, va.Names())))
		case va.Short == nil || !va.Short(x):
			d.Errorf(n.Place, "wrong-type", "the %s `%s` needs its parameters: write {%s: ...}", va.What, n.Text, n.Text)
		default:
			v.Set(reflect.ValueOf(x))
		}
	case n.Kind == Map && len(n.Pairs) == 1 && n.Pairs[0].Key.Kind == Scalar:
		p := n.Pairs[0]
		if _, ok := va.New(p.Key.Text); !ok {
			d.Fault(Errorf(p.Key.Place, "unknown-"+va.What, "there is no %s `%s`", va.What, p.Key.Text).
				WithHint("%s", Suggest(p.Key.Text, va.Names())))
			return
		}
		d.fill(p, v, va)
	default:
		d.Fault(Errorf(n.Place, "wrong-type", "one %s is needed here: a map with its name as the only key", va.What).
			WithHint("one of %s", strings.Join(va.Names(), ", ")))
	}
}

func (d *Decoder) fill(p Pair, v reflect.Value, va Variants) {
	x, _ := va.New(p.Key.Text)
	d.value(p.Value, reflect.ValueOf(x).Elem(), "")
	v.Set(reflect.ValueOf(x))
}

func (d *Decoder) unknownKey(p Pair, allowed []string) {
	hint := Suggest(p.Key.Text, allowed)
	if p.Value.Kind == Null {
		hint = "it has no value: if it belongs to the text before the comma, put that text in quotes; " + hint
	}
	d.Fault(Errorf(p.Key.Place, "unknown-key", "there is no key `%s` here", p.Key.Text).WithHint("%s", hint))
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

// Suggest returns a hint for a name that is not among names: the nearest one, if any is near, and all that are allowed.
func Suggest(name string, names []string) string {
	names = append([]string(nil), names...)
	sort.Strings(names)
	var b strings.Builder
	if near := Nearest(name, names); near != "" {
		b.WriteString("did you mean `" + near + "`? ")
	}
	switch {
	case len(names) == 0:
		b.WriteString("none are allowed")
	case len(names) > 30:
		b.WriteString("there are " + strconv.Itoa(len(names)) + " names to choose from")
	default:
		b.WriteString("allowed: " + strings.Join(names, ", "))
	}
	return b.String()
}

// Nearest returns the name that name was most likely meant to be, or "" when none is near.
func Nearest(name string, names []string) string {
	best, at := "", len([]rune(name))/3+2 // more changes than this are another word
	for _, n := range names {
		if d := distance([]rune(strings.ToLower(name)), []rune(strings.ToLower(n))); d < at && d < len([]rune(n)) {
			best, at = n, d
		}
	}
	return best
}

// distance counts the insertions, deletions, changes and swaps of neighbours that turn a into b.
func distance(a, b []rune) int {
	if len(a) > 64 || len(b) > 64 {
		return 64 // too long to be a misspelt name
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			rows[i][j] = min(change, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
