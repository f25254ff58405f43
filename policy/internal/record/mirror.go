package record

import (
	"reflect"

	"github.com/shopspring/decimal"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// mirror is a struct of the bound type with pointers into it, found once. A customer is copied into it whole and read
// there: one copy takes less time than looking at each field by reflection. It serves one goroutine at a time, and is used
// again for the next customer.
type mirror struct {
	r     reader
	at    reflect.Value // the struct
	reads []reading
}

// reading is an input and how it is read from the mirror.
type reading struct {
	to      int
	bounded bool // the value is to be looked at, once it is read
	read    func(r *reader, dst *slot.Value) state
}

// largest is the size of a struct, in bytes, from which on its fields are not copied but looked at where they are.
const largest = 4096

func (b *Binding) newMirror() *mirror {
	m := &mirror{r: reader{s: b.s}, at: reflect.New(b.t).Elem()}
	for i := range b.fields {
		x := &b.fields[i]
		in := &b.s.inputs[x.to]
		m.reads = append(m.reads, reading{x.to, in.bounded, x.within(m.at, in.Type.Kind)})
	}
	return m
}

// within returns how the field is read from v, the one struct that it will ever be read from.
func (x *bound) within(v reflect.Value, k slot.Kind) func(*reader, *slot.Value) state {
	at := v
	for i, field := range x.way {
		if i > 0 && at.Kind() == reflect.Pointer { // where that leads differs from customer to customer
			return func(r *reader, dst *slot.Value) state { return x.read(r, v, dst) }
		}
		at = at.Field(field)
	}
	if !x.omitZero {
		if read := direct(k, at); read != nil {
			return read
		}
	}
	here := bound{omitZero: x.omitZero, get: x.get}
	return func(r *reader, dst *slot.Value) state { return here.read(r, at, dst) }
}

// direct returns how a field of one of the usual types is read as a k by a pointer to it, nil for other types. It reads what
// the getter for the type does.
func direct(k slot.Kind, v reflect.Value) func(*reader, *slot.Value) state {
	t := v.Type()
	switch {
	case k == slot.Number && t == exactType:
		p := pointer[exact.Number](v)
		return func(r *reader, dst *slot.Value) state { return r.exact(*p, dst) }
	case k == slot.Number && t == decimalType:
		p := pointer[decimal.Decimal](v)
		return func(r *reader, dst *slot.Value) state { return r.decimal(*p, dst) }
	case k == slot.Number && t.Kind() == reflect.Int:
		p := pointer[int](v)
		return func(r *reader, dst *slot.Value) state { return r.int(int64(*p), dst) }
	case k == slot.Number && t.Kind() == reflect.Int64:
		p := pointer[int64](v)
		return func(r *reader, dst *slot.Value) state { return r.int(*p, dst) }
	case k == slot.Number && t.Kind() == reflect.String:
		p := pointer[string](v)
		return func(r *reader, dst *slot.Value) state { return r.numberText(*p, dst) }
	case k == slot.String && t.Kind() == reflect.String && t != jsonNumberType:
		p := pointer[string](v)
		return func(r *reader, dst *slot.Value) state { return r.setText(*p, dst) }
	case k == slot.Bool && t.Kind() == reflect.Bool:
		p := pointer[bool](v)
		return func(_ *reader, dst *slot.Value) state {
			dst.SetTruth(*p)
			return filled
		}
	}
	return nil
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
