package record

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// value reads v, a Go value, as a t. atom is what is blamed for parts of it that are missing.
func (r *reader) value(t *slot.Type, atom int, v any, dst *slot.Value) state {
	if v == nil {
		return null
	}
	switch t.Kind {
	case slot.Number:
		return r.number(v, dst)
	case slot.String:
		return r.string(v, dst)
	case slot.Bool:
		return r.bool(v, dst)
	case slot.Date:
		return r.day(v, dst)
	case slot.Grade:
		return r.grade(v, dst)
	case slot.List:
		return r.list(t, atom, v, dst)
	case slot.Record:
		return r.record(t, v, dst)
	}
	return r.noType()
}

// noType is for an input of an unknown type, which no policy that loads has.
func (r *reader) noType() state {
	r.fault(errorf(CodeType, "", "the input has no type"))
	return bad
}

// list reads v, a Go value, as a list.
func (r *reader) list(t *slot.Type, atom int, v any, dst *slot.Value) state {
	switch x := v.(type) {
	case []any:
		return listOf(r, t, atom, x, dst)
	case []map[string]any:
		return listOf(r, t, atom, x, dst)
	case []string:
		return listOf(r, t, atom, x, dst)
	case string, map[string]any, bool, []byte:
		r.fault(wrongType(t, describe(v)))
		return bad
	}
	if isNumber(v) {
		r.fault(wrongType(t, describe(v)))
		return bad
	}
	return r.other(t, atom, v, dst)
}

func listOf[T any](r *reader, t *slot.Type, atom int, items []T, dst *slot.Value) state {
	if items == nil {
		return null
	}
	if !r.holds(len(items)) {
		return bad
	}
	elem := elemOf(t)
	list := make([]slot.Value, len(items))
	st := filled
	for i := range items {
		r.push(step{index: i})
		if r.part(r.value(elem, atom, items[i], &list[i]), atom, &list[i]) == bad {
			st = bad
		}
		r.pop()
	}
	*dst = slot.Items(list)
	return st
}

// elemOf returns what the items of a list are.
func elemOf(t *slot.Type) *slot.Type {
	if t.Elem == nil {
		return &slot.Type{}
	}
	return t.Elem
}

// holds checks the length of a list.
func (r *reader) holds(n int) bool {
	if n > MaxItems {
		r.fault(errorf(CodeTooLong, "", "the list has %d items, at most %d are allowed", n, MaxItems))
		return false
	}
	return true
}

// part finishes the part of a list or record that was read: it checks what is declared of it; what is missing or bad blames
// atom.
func (r *reader) part(st state, atom int, dst *slot.Value) state {
	if in := r.rule(); in != nil {
		switch {
		case st == filled && in.bounded && !r.within(in, dst):
			st = bad
		case st == null && in.Required:
			r.fault(errorf(CodeNull, "", "it is required, but null"))
			st = bad
		}
	}
	if st != filled {
		*dst = slot.Gone(r.f.Blame(atom))
	}
	return st
}

// lacks makes the field f of the record being read missing, and reports whether that is a fault.
func (r *reader) lacks(f *slot.Field, dst *slot.Value) bool {
	*dst = slot.Gone(r.f.Blame(f.Atom))
	in := r.rule()
	if in != nil {
		in = in.part(step{name: f.Name, index: -1})
	}
	if in == nil || !in.Required {
		return false
	}
	r.fault(errorf(CodeRequired, r.field(f.Name), "it is required, but absent"))
	return true
}

// record reads v, a Go value, as a record.
func (r *reader) record(t *slot.Type, v any, dst *slot.Value) state {
	switch v.(type) {
	case string, bool, []byte, []any:
		r.fault(wrongType(t, describe(v)))
		return bad
	}
	if isNumber(v) {
		r.fault(wrongType(t, describe(v)))
		return bad
	}
	m, ok := asMap(v)
	if !ok {
		return r.other(t, 0, v, dst)
	}
	if m == nil {
		return null
	}
	fields := make([]slot.Value, len(t.Fields))
	st, met := filled, 0
	for i := range t.Fields {
		f := &t.Fields[i]
		x, there := m[f.Name]
		if !there {
			if r.lacks(f, &fields[i]) {
				st = bad
			}
			continue
		}
		met++
		r.push(step{name: f.Name, index: -1})
		if r.part(r.value(f.Type, f.Atom, x, &fields[i]), f.Atom, &fields[i]) == bad {
			st = bad
		}
		r.pop()
	}
	if met < len(m) && !r.s.opts.AllowUnknown {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			if t.FieldIndex(name) < 0 {
				r.unknown(r.field(""), name, fieldNames(t))
			}
		}
		st = bad
	}
	*dst = slot.Fields(fields)
	return st
}

func fieldNames(t *slot.Type) []string {
	names := make([]string, len(t.Fields))
	for i := range t.Fields {
		names[i] = t.Fields[i].Name
	}
	return names
}

// asMap returns v as a map, if it is one with names for keys.
func asMap(v any) (map[string]any, bool) {
	switch x := v.(type) {
	case map[string]any:
		return x, true
	case Record:
		return x, true
	}
	rv := reflect.ValueOf(v)
	if rv.Kind() != reflect.Map || rv.Type().Key().Kind() != reflect.String {
		return nil, false
	}
	if rv.IsNil() {
		return nil, true
	}
	m := make(map[string]any, rv.Len())
	for it := rv.MapRange(); it.Next(); {
		m[it.Key().String()] = it.Value().Interface()
	}
	return m, true
}

// valuer reads what a type of a database driver makes of itself.
func (r *reader) valuer(t *slot.Type, atom int, v driver.Valuer, dst *slot.Value) state {
	if rv := reflect.ValueOf(v); rv.Kind() == reflect.Pointer && rv.IsNil() {
		return null
	}
	x, err := callValuer(v)
	if err != nil {
		r.fault(errorf(CodeType, "", "%T: %s", v, err))
		return bad
	}
	if _, again := x.(driver.Valuer); again && !isNumber(x) {
		r.fault(wrongType(t, describe(v)))
		return bad
	}
	return r.value(t, atom, x, dst)
}

// callValuer keeps a panic of a foreign method from leaving the package.
func callValuer(v driver.Valuer) (x driver.Value, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("its method Value panics: %v", p)
		}
	}()
	return v.Value()
}

// isNumber reports whether v is of one of the types that hold a number.
func isNumber(v any) bool {
	switch v.(type) {
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, float32, float64,
		json.Number, exact.Number, decimal.Decimal, *decimal.Decimal, decimal.NullDecimal, *big.Int, *big.Rat:
		return true
	}
	return false
}

// nouns say what is needed for an input of a kind.
var nouns = map[slot.Kind]string{
	slot.Number: "a number", slot.String: "a text", slot.Bool: "true or false", slot.Date: "a date",
	slot.Grade: "the name of a grade", slot.List: "a list", slot.Record: "a record",
}

func wrongType(t *slot.Type, got string) *Error {
	return errorf(CodeType, "", "%s is needed, not %s", nouns[t.Kind], got)
}

// describe says what v is, for messages.
func describe(v any) string {
	switch x := v.(type) {
	case nil:
		return "null"
	case string:
		return "the text " + quote(x)
	case bool:
		return strconv.FormatBool(x)
	case time.Time:
		return "the time " + x.Format(time.RFC3339)
	case decimal.Decimal:
		return "a decimal.Decimal" // whose text may take all memory: New(1, 1e8)
	case *decimal.Decimal, decimal.NullDecimal:
		return "a decimal.Decimal"
	case *big.Int, *big.Rat:
		return "a number"
	case []any:
		return "a list"
	case map[string]any, Record:
		return "a record"
	}
	if isNumber(v) {
		return "the number " + cut(strings.ToValidUTF8(fmt.Sprint(v), "\uFFFD"))
	}
	return fmt.Sprintf("a Go %T", v)
}
