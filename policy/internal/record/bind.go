package record

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Binding reads structs of one Go type. It is immutable and safe for concurrent use.
type Binding struct {
	s      *Schema
	t      reflect.Type
	to     reflect.Type // a pointer to t
	fields []bound
	absent []int // the inputs without a field

	copied  bool      // whether a struct to which a pointer is given is copied, too, see mirror
	mirrors sync.Pool // *mirror
}

// bound is a field of a Go struct and the input, or the field of a record, that it fills.
type bound struct {
	way      []int // the way to the field through embedded and nested structs
	to       int
	omitZero bool
	get      getter
}

// Bind finds a field of t, a struct or a pointer to one, for every input. A field is named by its tag `policy:"name"`;
// without one by its tag `json:"name"`, or else by its own name in snake case (OverdueDays is overdue_days). Fields of
// embedded structs count as the struct's own; those of nested structs have dotted names. `policy:"-"` leaves a field out;
// `policy:"name,omitzero"`, or `policy:",omitzero"`, makes its zero missing, where it is a value otherwise.
//
// The fields may be of the types that ReadMap accepts; floats are refused here already. Nil pointers and slices, sql.Null
// types and decimal.NullDecimal that are not valid, and the zero time.Time are missing. All inputs that have no field
// (unless they are Optional), types that do not fit, and policy tags that name no input are told in one Errors. Other
// fields are ignored.
func (s *Schema) Bind(t reflect.Type) (*Binding, error) {
	if t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct {
		return nil, Errors{errorf(CodeType, "", "a struct or a pointer to one is needed, not %v", t)}
	}
	b := &binder{s: s, strict: true}
	fields := b.bind(s.root, t, "", func(i int) wanted {
		in := &s.inputs[i]
		return wanted{in.Name, in.Type, in.Atom, in.Optional}
	}, len(s.inputs))
	if len(b.faults) > 0 {
		return nil, b.faults
	}
	slices.SortFunc(fields, func(x, y bound) int { return x.to - y.to })
	bound := &Binding{s: s, t: t, to: reflect.PointerTo(t), fields: fields, copied: copies(t, fields)}
	for i, next := 0, 0; i < len(s.inputs); i++ {
		if next < len(fields) && fields[next].to == i {
			next++
			continue
		}
		bound.absent = append(bound.absent, i)
	}
	bound.mirrors.New = func() any { return bound.newMirror() }
	return bound, nil
}

// Reads reports whether b reads values of type t.
func (b *Binding) Reads(t reflect.Type) bool { return t == b.to || t == b.t }

// Read fills f from v, a struct of the bound type or a pointer to one. For a pointer, it allocates nothing as long as the
// struct has no lists and records. Nobody may write to the struct meanwhile, also to fields that are no inputs.
func (b *Binding) Read(f *slot.Frame, v any) error {
	rv := reflect.ValueOf(v)
	isPointer := rv.Kind() == reflect.Pointer
	if isPointer {
		rv = rv.Elem()
	}
	if !rv.IsValid() || rv.Type() != b.t {
		r := b.s.begin(f)
		r.whole = errorf(CodeType, "", "a %s is needed, not a %T", b.t, v)
		if isPointer && !rv.IsValid() {
			r.whole.Message = "a " + b.t.String() + " is needed, not a nil pointer"
		}
		r.wipe()
		return r.end()
	}
	if b.copied || !isPointer { // what comes by value can be looked at only by copies on the heap, field by field
		m := b.mirror(f)
		m.at.Set(rv)
		return m.read(f)
	}
	r := b.s.begin(f)
	for i := range b.fields {
		x := &b.fields[i]
		r.at, r.seen[x.to] = x.to, true
		r.settle(x.read(r, rv, &r.f.Slots[x.to]))
	}
	return r.end()
}

// read reads the field of v.
func (x *bound) read(r *reader, v reflect.Value, dst *slot.Value) state {
	for i, k := range x.way {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return null
			}
			v = v.Elem()
		}
		v = v.Field(k)
	}
	if x.omitZero && v.IsZero() {
		return null
	}
	st := x.get(r, v, dst)
	if x.omitZero && st == filled && dst.Kind == slot.Number && dst.Num.Sign() == 0 {
		return null // a decimal.Decimal of 0.00 is not the zero of its type
	}
	return st
}

// binder finds fields for inputs and notes what is wrong.
type binder struct {
	s      *Schema
	strict bool // a float field is a fault at once
	faults Errors

	pointers int // that lead to the type being looked at
}

func (b *binder) fault(e *Error) { b.faults = append(b.faults, e) }

// wanted is an input, or a field of a record, that is to be filled.
type wanted struct {
	name     string
	t        *slot.Type
	atom     int
	optional bool
}

// candidate is a field that could fill what is wanted.
type candidate struct {
	to       int
	way      []int
	field    reflect.StructField
	omitZero bool
	rank     int // how it got its name: by a policy tag 0, by a json tag 1, by its own name 2
}

// bind finds the fields of rt for what stands at n, n of them; want describes each. field is where the struct stands.
func (b *binder) bind(n *node, rt reflect.Type, field string, want func(int) wanted, count int) []bound {
	var found []candidate
	b.candidates(n, rt, field, nil, nil, &found)
	byTarget := make([][]candidate, count)
	for _, c := range found {
		byTarget[c.to] = append(byTarget[c.to], c)
	}
	var fields []bound
	for i, all := range byTarget {
		w := want(i)
		name := join(field, w.name)
		if len(all) == 0 {
			if !w.optional {
				b.fault(errorf(CodeUnbound, name, "%s has no field for it", rt).hint("tag one `policy:%q`", w.name))
			}
			continue
		}
		slices.SortStableFunc(all, func(x, y candidate) int {
			return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(len(x.way), len(y.way)))
		})
		if c := all[0]; len(all) > 1 && all[1].rank == c.rank && len(all[1].way) == len(c.way) {
			b.fault(errorf(CodeDuplicate, name, "%s has two fields for it: %s and %s", rt, c.field.Name, all[1].field.Name))
			continue
		}
		c := all[0]
		if g := b.getter(w.t, w.atom, c.field.Type, name); g != nil {
			fields = append(fields, bound{way: c.way, to: i, omitZero: c.omitZero, get: g})
		}
	}
	return fields
}

// candidates gathers the fields of rt, which is reached by way, that have a name at n. through are the embedded types on
// the way, so that a type embedded in itself ends.
func (b *binder) candidates(n *node, rt reflect.Type, field string, way []int, through []reflect.Type, found *[]candidate) {
	for i := range rt.NumField() {
		f := rt.Field(i)
		here := append(slices.Clone(way), i)
		tag, option, tagged := strings.Cut(f.Tag.Get("policy"), ",")
		if tag == "-" && !tagged {
			continue
		}
		if tagged && option != "omitzero" {
			b.fault(errorf(CodeUnknown, join(field, n.name), "field %s of %s has the unknown tag option %q", f.Name, rt, option).hint("allowed: omitzero"))
			continue
		}
		jsonName, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		nested := inner.Kind() == reflect.Struct && !isScalar(inner)
		if f.Anonymous && nested && tag == "" && jsonName == "" {
			if !slices.Contains(through, inner) {
				b.candidates(n, inner, field, here, append(slices.Clone(through), inner), found)
			}
			continue
		}
		if !f.IsExported() {
			if tag != "" {
				b.fault(errorf(CodeUnknown, tag, "field %s of %s is not exported", f.Name, rt))
			}
			continue
		}
		e, rank := b.lookup(n, tag, jsonName, f.Name)
		switch {
		case e == nil && tag != "":
			b.strangeTag(n, tag, f.Name, rt, field)
		case e == nil:
		case nested && e.group != nil:
			b.candidates(e.group, inner, field, here, nil, found)
		case e.input >= 0:
			*found = append(*found, candidate{e.input, here, f, option == "omitzero", rank})
		case tag != "":
			b.fault(errorf(CodeType, join(field, e.group.name), "a struct is needed, but field %s of %s is a %s", f.Name, rt, f.Type))
		}
	}
}

// lookup finds what a field is called at n: by its tag alone where it has one.
func (b *binder) lookup(n *node, tag, jsonName, name string) (e *entry, rank int) {
	if tag != "" {
		return n.entries[tag], 0
	}
	if e = n.entries[jsonName]; e != nil {
		return e, 1
	}
	return n.entries[snakeCase(name)], 2
}

func (b *binder) strangeTag(n *node, tag, name string, rt reflect.Type, field string) {
	known := make([]string, 0, len(n.order))
	for _, e := range n.order {
		known = append(known, e.key)
	}
	e := errorf(CodeUnknown, join(field, join(n.name, tag)), "no input has the name in the tag of field %s of %s", name, rt)
	if near := doc.Nearest(tag, known); near != "" {
		e.hint("did you mean %q?", near)
	}
	b.fault(e)
}

// snakeCase returns overdue_days for OverdueDays, customer_id for CustomerID, http_port for HTTPPort.
func snakeCase(name string) string {
	var out []rune
	runes := []rune(name)
	for i, c := range runes {
		if unicode.IsUpper(c) {
			afterLower := i > 0 && !unicode.IsUpper(runes[i-1]) && runes[i-1] != '_'
			beforeLower := i > 0 && unicode.IsUpper(runes[i-1]) && i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if afterLower || beforeLower {
				out = append(out, '_')
			}
		}
		out = append(out, unicode.ToLower(c))
	}
	return string(out)
}
