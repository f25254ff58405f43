package record

import (
	"reflect"

	"github.com/shopspring/decimal"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// mirror is a struct of the bound type with pointers into it, found once. A customer is copied into it whole and read
// there: one copy takes less time than looking at each field by reflection. It serves one frame at a time, and is used
// again for the next customer.
type mirror struct {
	b     *Binding
	r     reader
	at    reflect.Value // the struct
	reads []reading
}

// reading is an input and where it is in the mirror: what of the pointers is not nil, or else what get reads.
type reading struct {
	to      int
	bounded bool // the value is to be looked at, once it is read

	number *exact.Number
	whole  *int
	text   *string
	truth  *bool
	get    func(r *reader, dst *slot.Value) state
}

// read reads the input.
func (x *reading) read(r *reader, dst *slot.Value) state {
	switch {
	case x.number != nil:
		if n := *x.number; !n.TooLarge() {
			dst.SetNum(n)
			return filled
		}
		return r.exact(*x.number, dst)
	case x.whole != nil:
		dst.SetNum(exact.Int(int64(*x.whole)))
		return filled
	case x.truth != nil:
		dst.SetTruth(*x.truth)
		return filled
	case x.text != nil:
		return r.setText(*x.text, dst)
	}
	return x.get(r, dst)
}

// largest is the size of a struct, in bytes, from which on its fields are not copied but looked at where they are.
const largest = 4096

func (b *Binding) newMirror() *mirror {
	m := &mirror{b: b, r: reader{s: b.s}, at: reflect.New(b.t).Elem()}
	for i := range b.fields {
		x := &b.fields[i]
		in := &b.s.inputs[x.to]
		read := reading{to: x.to, bounded: in.bounded}
		x.within(m.at, in.Type.Kind, &read)
		m.reads = append(m.reads, read)
	}
	return m
}

// give makes m free for another frame.
func (m *mirror) give() {
	if !m.r.isBusy() {
		m.b.mirrors.Put(m)
	}
}

// mirror returns the mirror that f keeps, or another one that it keeps from now on.
func (b *Binding) mirror(f *slot.Frame) *mirror {
	if m, ok := f.Reader.(*mirror); ok && m.b == b && !m.r.isBusy() {
		return m
	}
	giveBack(f)
	m := b.mirrors.Get().(*mirror)
	f.Reader = m
	return m
}

// within finds how the field is read from v, the one struct that it will ever be read from.
func (x *bound) within(v reflect.Value, k slot.Kind, read *reading) {
	at := v
	for i, field := range x.way {
		if i > 0 && at.Kind() == reflect.Pointer { // where that leads differs from customer to customer
			read.get = func(r *reader, dst *slot.Value) state { return x.read(r, v, dst) }
			return
		}
		at = at.Field(field)
	}
	if !x.omitZero && read.direct(k, at) {
		return
	}
	here := bound{omitZero: x.omitZero, get: x.get}
	read.get = func(r *reader, dst *slot.Value) state { return here.read(r, at, dst) }
}

// direct finds how a field of one of the usual types is read as a k by a pointer to it; false for other types. It reads what
// the getter for the type does.
func (x *reading) direct(k slot.Kind, v reflect.Value) bool {
	t := v.Type()
	switch {
	case k == slot.Number && t == exactType:
		x.number = pointer[exact.Number](v)
	case k == slot.Number && t == decimalType:
		p := pointer[decimal.Decimal](v)
		x.get = func(r *reader, dst *slot.Value) state { return r.decimal(*p, dst) }
	case k == slot.Number && t.Kind() == reflect.Int:
		x.whole = pointer[int](v)
	case k == slot.Number && t.Kind() == reflect.Int64:
		p := pointer[int64](v)
		x.get = func(r *reader, dst *slot.Value) state { return r.int(*p, dst) }
	case k == slot.Number && t.Kind() == reflect.String:
		p := pointer[string](v)
		x.get = func(r *reader, dst *slot.Value) state { return r.numberText(*p, dst) }
	case k == slot.String && t.Kind() == reflect.String && t != jsonNumberType:
		x.text = pointer[string](v)
	case k == slot.Bool && t.Kind() == reflect.Bool:
		x.truth = pointer[bool](v)
	default:
		return false
	}
	return true
}

// pointer returns a pointer to v, whose type is T or derived from it.
func pointer[T any](v reflect.Value) *T {
	return v.Addr().Convert(reflect.TypeFor[*T]()).Interface().(*T)
}

// copies reports whether structs of type t are read from a copy: they are small, and what they hold besides the bound fields
// is plain data that nobody minds being looked at, not a lock.
func copies(t reflect.Type, fields []bound) bool {
	return t.Size() <= largest && isPlain(t, nil, fields)
}

// isPlain is copies for the struct t that the way leads to.
func isPlain(t reflect.Type, way []int, fields []bound) bool {
	for i := range t.NumField() {
		here := append(way[:len(way):len(way)], i)
		of, ours := t.Field(i).Type, false
		for j := range fields {
			ours = ours || reflect.DeepEqual(fields[j].way, here)
		}
		switch {
		case ours || isScalar(of):
		case of.Kind() == reflect.Struct:
			if !isPlain(of, here, fields) {
				return false
			}
		case !t.Field(i).IsExported() || of.Kind() > reflect.Complex128 && of.Kind() != reflect.String && of.Kind() != reflect.Pointer:
			return false
		}
	}
	return true
}
