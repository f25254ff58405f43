package record

import (
	"database/sql/driver"
	"encoding/json"
	"math/big"
	"reflect"
	"time"

	"github.com/shopspring/decimal"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// getter reads a Go value of the one type it was made for.
type getter func(r *reader, v reflect.Value, dst *slot.Value) state

var (
	decimalType     = reflect.TypeFor[decimal.Decimal]()
	nullDecimalType = reflect.TypeFor[decimal.NullDecimal]()
	exactType       = reflect.TypeFor[exact.Number]()
	jsonNumberType  = reflect.TypeFor[json.Number]()
	bigIntType      = reflect.TypeFor[*big.Int]()
	bigRatType      = reflect.TypeFor[*big.Rat]()
	timeType        = reflect.TypeFor[time.Time]()
	dayType         = reflect.TypeFor[slot.Day]()
	valuerType      = reflect.TypeFor[driver.Valuer]()
)

// getter returns how a Go value of type rt is read as a t, or nil when it cannot be; the faults are then noted. field is
// where the value stands; atom is what is blamed for parts of it that are missing.
func (b *binder) getter(t *slot.Type, atom int, rt reflect.Type, field string) getter {
	switch {
	case rt.Kind() == reflect.Interface:
		return func(r *reader, v reflect.Value, dst *slot.Value) state {
			if v.IsNil() {
				return null
			}
			return r.value(t, atom, v.Elem().Interface(), dst)
		}
	case rt == bigIntType || rt == bigRatType:
		return b.dynamic(t, atom, rt, field, slot.Number)
	case rt.Kind() == reflect.Pointer && !(rt.Implements(valuerType) && !rt.Elem().Implements(valuerType)):
		return b.pointer(t, atom, rt, field)
	case isNullable(rt):
		inner := b.getter(t, atom, rt.Field(0).Type, field)
		if inner == nil {
			return nil
		}
		return func(r *reader, v reflect.Value, dst *slot.Value) state {
			if !v.Field(1).Bool() {
				return null
			}
			return inner(r, v.Field(0), dst)
		}
	}
	if g := plain(t.Kind, rt); g != nil {
		if k := rt.Kind(); b.strict && !b.s.opts.AllowFloat && (k == reflect.Float32 || k == reflect.Float64) {
			b.fault(errorf(CodeFloat, field, "a %s cannot hold decimals exactly", rt).hint("make it a decimal.Decimal"))
			return nil
		}
		return g
	}
	switch {
	case rt.Implements(valuerType) && !holdsNumber(rt):
		return func(r *reader, v reflect.Value, dst *slot.Value) state {
			return r.valuer(t, atom, v.Interface().(driver.Valuer), dst)
		}
	case t.Kind == slot.List && (rt.Kind() == reflect.Slice && rt.Elem().Kind() != reflect.Uint8 || rt.Kind() == reflect.Array):
		return b.items(t, atom, rt, field)
	case t.Kind == slot.Record && rt.Kind() == reflect.Struct && !isScalar(rt):
		return b.structure(t, rt, field)
	case t.Kind == slot.Record && rt.Kind() == reflect.Map && rt.Key().Kind() == reflect.String:
		return func(r *reader, v reflect.Value, dst *slot.Value) state { return r.record(t, v.Interface(), dst) }
	}
	b.fault(errorf(CodeType, field, "%s is needed, not a Go %s", nouns[t.Kind], rt))
	return nil
}

// plain returns the getter for a type without parts, or nil.
func plain(k slot.Kind, rt reflect.Type) getter {
	switch k {
	case slot.Number:
		return plainNumber(rt)
	case slot.String, slot.Grade:
		if rt == jsonNumberType {
			return nil
		}
		return plainText(k, rt)
	case slot.Bool:
		if rt.Kind() == reflect.Bool {
			return func(_ *reader, v reflect.Value, dst *slot.Value) state {
				dst.SetTruth(v.Bool())
				return filled
			}
		}
	case slot.Date:
		switch {
		case rt == timeType:
			return func(r *reader, v reflect.Value, dst *slot.Value) state { return r.time(of[time.Time](v), dst) }
		case rt == dayType:
			return func(_ *reader, v reflect.Value, dst *slot.Value) state {
				dst.SetDay(slot.Day(v.Int()))
				return filled
			}
		case rt.Kind() == reflect.Struct && rt.ConvertibleTo(timeType):
			return func(r *reader, v reflect.Value, dst *slot.Value) state {
				return r.time(v.Convert(timeType).Interface().(time.Time), dst)
			}
		case rt == jsonNumberType:
			return nil
		}
		return plainText(k, rt)
	}
	return nil
}

func plainNumber(rt reflect.Type) getter {
	switch {
	case rt == decimalType:
		return func(r *reader, v reflect.Value, dst *slot.Value) state {
			return r.decimal(of[decimal.Decimal](v), dst)
		}
	case rt == exactType:
		return func(r *reader, v reflect.Value, dst *slot.Value) state { return r.exact(of[exact.Number](v), dst) }
	case rt.Kind() == reflect.Struct && rt.ConvertibleTo(decimalType):
		return func(r *reader, v reflect.Value, dst *slot.Value) state {
			return r.decimal(v.Convert(decimalType).Interface().(decimal.Decimal), dst)
		}
	case rt.Kind() == reflect.Struct && rt.ConvertibleTo(exactType):
		return func(r *reader, v reflect.Value, dst *slot.Value) state {
			return r.exact(v.Convert(exactType).Interface().(exact.Number), dst)
		}
	}
	switch rt.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(r *reader, v reflect.Value, dst *slot.Value) state { return r.int(v.Int(), dst) }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(r *reader, v reflect.Value, dst *slot.Value) state { return r.uint(v.Uint(), dst) }
	case reflect.Float32, reflect.Float64:
		bits := rt.Bits()
		return func(r *reader, v reflect.Value, dst *slot.Value) state { return r.float(v.Float(), bits, dst) }
	}
	return plainText(slot.Number, rt)
}

// plainText returns the getter for what is text in Go and a k in the policy.
func plainText(k slot.Kind, rt reflect.Type) getter {
	switch {
	case rt.Kind() == reflect.String:
		return func(r *reader, v reflect.Value, dst *slot.Value) state { return r.textAs(k, v.String(), dst) }
	case rt.Kind() == reflect.Slice && rt.Elem().Kind() == reflect.Uint8:
		return func(r *reader, v reflect.Value, dst *slot.Value) state {
			if v.IsNil() {
				return null
			}
			if n := v.Len(); n > MaxText {
				r.fits(n)
				return bad
			}
			return r.textAs(k, string(v.Bytes()), dst)
		}
	}
	return nil
}

// textAs reads s as a k.
func (r *reader) textAs(k slot.Kind, s string, dst *slot.Value) state {
	switch k {
	case slot.Number:
		return r.numberText(s, dst)
	case slot.Date:
		return dayText(r, s, dst)
	case slot.Grade:
		return gradeText(r, s, dst)
	}
	return r.setText(s, dst)
}

// of returns v, which holds a T.
func of[T any](v reflect.Value) T {
	x, _ := reflect.TypeAssert[T](v) // the getter is for fields of type T
	return x
}

// isNullable reports whether rt is a value and whether it is there: sql.NullInt64, sql.Null[T], decimal.NullDecimal.
func isNullable(rt reflect.Type) bool {
	return rt == nullDecimalType || rt.PkgPath() == "database/sql" && rt.Kind() == reflect.Struct && rt.NumField() == 2 &&
		rt.Field(1).Name == "Valid" && rt.Field(1).Type.Kind() == reflect.Bool
}

// holdsNumber reports whether rt is a number whatever text it makes of itself for a database.
func holdsNumber(rt reflect.Type) bool {
	return rt == decimalType || rt == reflect.PointerTo(decimalType)
}

// isScalar reports whether rt is a struct that stands for one value, and is not looked into.
func isScalar(rt reflect.Type) bool {
	return rt.ConvertibleTo(decimalType) || rt.ConvertibleTo(exactType) || rt.ConvertibleTo(timeType) || isNullable(rt) ||
		rt.Implements(valuerType)
}

// dynamic returns a getter that looks at the value, for a type that only a want can be.
func (b *binder) dynamic(t *slot.Type, atom int, rt reflect.Type, field string, want slot.Kind) getter {
	if t.Kind != want {
		b.fault(errorf(CodeType, field, "%s is needed, not a Go %s", nouns[t.Kind], rt))
		return nil
	}
	return func(r *reader, v reflect.Value, dst *slot.Value) state { return r.value(t, atom, v.Interface(), dst) }
}

func (b *binder) pointer(t *slot.Type, atom int, rt reflect.Type, field string) getter {
	if b.pointers++; b.pointers > maxPointers {
		b.fault(errorf(CodeType, field, "%s is needed, not pointers to pointers: %s", nouns[t.Kind], rt))
		return nil
	}
	defer func() { b.pointers-- }()
	inner := b.getter(t, atom, rt.Elem(), field)
	if inner == nil {
		return nil
	}
	return func(r *reader, v reflect.Value, dst *slot.Value) state {
		if v.IsNil() {
			return null
		}
		return inner(r, v.Elem(), dst)
	}
}

// maxPointers is how many pointers may lead to a value, one after the other: type P *P has no end.
const maxPointers = 4

func (b *binder) items(t *slot.Type, atom int, rt reflect.Type, field string) getter {
	inner := b.getter(elemOf(t), atom, rt.Elem(), field)
	if inner == nil {
		return nil
	}
	return func(r *reader, v reflect.Value, dst *slot.Value) state {
		if v.Kind() == reflect.Slice && v.IsNil() {
			return null
		}
		n := v.Len()
		if !r.holds(n) {
			return bad
		}
		list := make([]slot.Value, n)
		st := filled
		for i := range list {
			r.push(step{index: i})
			if r.part(inner(r, v.Index(i), &list[i]), atom, &list[i]) == bad {
				st = bad
			}
			r.pop()
		}
		*dst = slot.Items(list)
		return st
	}
}

func (b *binder) structure(t *slot.Type, rt reflect.Type, field string) getter {
	n := newNode("")
	for i := range t.Fields {
		n.add(t.Fields[i].Name, i)
	}
	before := len(b.faults)
	fields := b.bind(n, rt, field, func(i int) wanted {
		f := &t.Fields[i]
		return wanted{name: f.Name, t: f.Type, atom: f.Atom}
	}, len(t.Fields))
	if len(b.faults) > before {
		return nil
	}
	return func(r *reader, v reflect.Value, dst *slot.Value) state {
		values := make([]slot.Value, len(t.Fields))
		st := filled
		for i := range fields {
			x, f := &fields[i], &t.Fields[fields[i].to]
			r.push(step{name: f.Name, index: -1})
			if r.part(x.read(r, v, &values[x.to]), f.Atom, &values[x.to]) == bad {
				st = bad
			}
			r.pop()
		}
		*dst = slot.Fields(values)
		return st
	}
}

// getterKey is what a getter made for a value in a map depends on.
type getterKey struct {
	t    *slot.Type
	atom int
	rt   reflect.Type
}

type compiled struct {
	get    getter
	faults Errors
}

// reflect reads v, of a type that the switches on types do not know.
func (r *reader) reflect(t *slot.Type, atom int, v any, dst *slot.Value) state {
	rv := reflect.ValueOf(v)
	key := getterKey{t, atom, rv.Type()}
	if r.depth++; r.depth > maxDepth { // a pointer to an interface that holds the pointer has no end
		r.depth--
		r.fault(errorf(CodeType, "", "values are nested deeper than %d levels", maxDepth))
		return bad
	}
	defer func() { r.depth-- }()
	found, ok := r.s.getters.Load(key)
	if !ok {
		b := &binder{s: r.s}
		c := &compiled{get: b.getter(t, atom, rv.Type(), "")}
		c.faults = b.faults
		found, _ = r.s.getters.LoadOrStore(key, c)
	}
	c := found.(*compiled)
	if c.get != nil {
		return c.get(r, rv, dst)
	}
	for _, e := range c.faults {
		here := *e
		if e.Code == CodeType && e.Field == "" {
			here = *wrongType(t, describe(v))
		}
		here.Field = r.field(e.Field)
		r.fault(&here)
	}
	return bad
}
