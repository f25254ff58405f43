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
	b  *Binding
	r  reader
	at reflect.Value // the struct

	// How its fields are read: those of the usual types by a pointer, kind by kind, all others by a function.
	numbers []field[exact.Number]
	wholes  []field[int]
	truths  []field[bool]
	texts   []field[string]
	others  []byFunction
}

// field is an input and where it is in the mirror.
type field[T any] struct {
	p       *T
	to      int
	bounded bool // the value is to be looked at, once it is read
}

// byFunction is an input and how it is read from the mirror.
type byFunction struct {
	read func(r *reader, dst *slot.Value) state
	to   int
}

// read fills f from the struct.
func (m *mirror) read(f *slot.Frame) error {
	r := &m.r
	r.start(f)
	for i := range m.numbers {
		x := &m.numbers[i]
		n := *x.p
		f.Slots[x.to].SetNum(n)
		if x.bounded || n.TooLarge() {
			r.at = x.to
			r.settle(r.exact(n, &f.Slots[x.to]))
		}
	}
	for i := range m.wholes {
		x := &m.wholes[i]
		f.Slots[x.to].SetNum(exact.Int(int64(*x.p)))
		if x.bounded {
			r.at = x.to
			r.settle(filled)
		}
	}
	for i := range m.truths {
		x := &m.truths[i]
		f.Slots[x.to].SetTruth(*x.p)
	}
	for i := range m.texts {
		x := &m.texts[i]
		r.at = x.to
		if st := r.setText(*x.p, &f.Slots[x.to]); st != filled || x.bounded {
			r.settle(st)
		}
	}
	for i := range m.others {
		x := &m.others[i]
		r.at = x.to
		r.settle(x.read(r, &f.Slots[x.to]))
	}
	for _, i := range m.b.absent {
		r.unmet(i)
	}
	return r.finish()
}

// largest is the size of a struct, in bytes, from which on its fields are not copied but looked at where they are.
const largest = 4096

func (b *Binding) newMirror() *mirror {
	m := &mirror{b: b, r: reader{s: b.s}, at: reflect.New(b.t).Elem()}
	for i := range b.fields {
		m.field(&b.fields[i])
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

// field finds how the field x is read from the one struct that it will ever be read from.
func (m *mirror) field(x *bound) {
	at := m.at
	for i, field := range x.way {
		if i > 0 && at.Kind() == reflect.Pointer { // where that leads differs from customer to customer
			m.other(x.to, func(r *reader, dst *slot.Value) state { return x.read(r, m.at, dst) })
			return
		}
		at = at.Field(field)
	}
	if x.omitZero || !m.direct(x.to, at) {
		here := bound{omitZero: x.omitZero, get: x.get}
		m.other(x.to, func(r *reader, dst *slot.Value) state { return here.read(r, at, dst) })
	}
}

func (m *mirror) other(to int, read func(*reader, *slot.Value) state) {
	m.others = append(m.others, byFunction{read, to})
}

// direct finds how a field of one of the usual types is read by a pointer to it; false for other types. It reads what the
// getter for the type does.
func (m *mirror) direct(to int, v reflect.Value) bool {
	in := &m.b.s.inputs[to]
	k, t := in.Type.Kind, v.Type()
	switch {
	case k == slot.Number && t == exactType:
		m.numbers = append(m.numbers, field[exact.Number]{pointer[exact.Number](v), to, in.bounded})
	case k == slot.Number && t.Kind() == reflect.Int:
		m.wholes = append(m.wholes, field[int]{pointer[int](v), to, in.bounded})
	case k == slot.Bool && t.Kind() == reflect.Bool && !in.bounded:
		m.truths = append(m.truths, field[bool]{pointer[bool](v), to, false})
	case k == slot.String && t.Kind() == reflect.String && t != jsonNumberType:
		m.texts = append(m.texts, field[string]{pointer[string](v), to, in.bounded})
	case k == slot.Number && t == decimalType:
		p := pointer[decimal.Decimal](v)
		m.other(to, func(r *reader, dst *slot.Value) state { return r.decimal(*p, dst) })
	case k == slot.Number && t.Kind() == reflect.Int64:
		p := pointer[int64](v)
		m.other(to, func(r *reader, dst *slot.Value) state { return r.int(*p, dst) })
	case k == slot.Number && t.Kind() == reflect.String:
		p := pointer[string](v)
		m.other(to, func(r *reader, dst *slot.Value) state { return r.numberText(*p, dst) })
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
