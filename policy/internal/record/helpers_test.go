package record

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

var grades = []string{"A", "B", "C", "D", "M"}

// memberType is what an item of a list of records is in these tests; its atoms are 101 and 102.
var memberType = &slot.Type{Kind: slot.Record, Fields: []slot.Field{
	{Name: "amount", Type: slot.NumberType, Atom: 101},
	{Name: "ccy", Type: slot.StringType, Atom: 102},
}}

func num(s string) *exact.Number {
	n := exact.MustParse(s)
	return &n
}

func number(s string) slot.Value { return slot.Num(exact.MustParse(s)) }

func date(s string) slot.Value {
	d, err := slot.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return slot.OfDay(d)
}

func day(s string) *slot.Day {
	d := slot.Day(date(s).Int)
	return &d
}

func grade(name string) slot.Value {
	for i, g := range grades {
		if g == name {
			return slot.Rank(i, g)
		}
	}
	panic(name)
}

func ptr[T any](v T) *T { return &v }

// one is a schema of the one input x.
func one(t *slot.Type, opts ...func(*Input, *Options)) *Schema {
	in, o := Input{Name: "x", Type: t, Atom: 7}, Options{Grades: grades}
	for _, f := range opts {
		f(&in, &o)
	}
	return New([]Input{in}, o)
}

func allowFloat(_ *Input, o *Options)   { o.AllowFloat = true }
func allowUnknown(_ *Input, o *Options) { o.AllowUnknown = true }
func required(in *Input, _ *Options)    { in.Required = true }

// everything has an input of each type; the atom of input i is i.
func everything(opts ...func(*Input, *Options)) *Schema {
	inputs := []Input{
		{Name: "name", Type: slot.StringType, Required: true},
		{Name: "overdue_days", From: "dpd", Type: slot.NumberType, Min: num("0"), Decimals: ptr(0)},
		{Name: "applicant.age", Type: slot.NumberType},
		{Name: "applicant.address.city", From: "city", Type: slot.StringType},
		{Name: "licence_expires", Type: slot.DateType},
		{Name: "previous_grade", Type: slot.GradeType},
		{Name: "members", Type: slot.ListOf(memberType)},
		{Name: "blacklisted", Type: slot.BoolType},
		{Name: "tags", Type: slot.ListOf(slot.StringType)},
		{Name: "head", Type: memberType},
	}
	o := Options{Grades: grades}
	for i := range inputs {
		inputs[i].Atom = i
	}
	for _, f := range opts {
		f(&inputs[0], &o)
	}
	return New(inputs, o)
}

// frame returns a frame for s in which every slot still holds something from before.
func frame(s *Schema) *slot.Frame {
	f := &slot.Frame{}
	f.Reset(s.Len())
	for i := range f.Slots {
		f.Slots[i] = slot.Text("from before")
	}
	return f
}

// faultsOf returns err as "field code" for each fault.
func faultsOf(t testing.TB, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var all Errors
	require.True(t, errors.As(err, &all), "%T: %v", err, err)
	require.NotEmpty(t, all)
	out := make([]string, len(all))
	for i, e := range all {
		out[i] = e.Field + " " + e.Code
		assert.NotEmpty(t, e.Message)
	}
	return out
}

// atomsOf returns what the missing value v blames.
func atomsOf(f *slot.Frame, v slot.Value) []int { return f.Atoms(nil, v.Absent) }

// same reports whether two values are equal, where both are missing for the same reasons being equal too.
func same(f *slot.Frame, v slot.Value, g *slot.Frame, w slot.Value) bool {
	if v.Kind != w.Kind {
		return false
	}
	switch v.Kind {
	case slot.Missing:
		return assert.ObjectsAreEqual(atomsOf(f, v), atomsOf(g, w))
	case slot.List, slot.Record:
		if len(v.List) != len(w.List) {
			return false
		}
		for i := range v.List {
			if !same(f, v.List[i], g, w.List[i]) {
				return false
			}
		}
		return true
	}
	return v.Equal(w)
}

// assertValue checks slot 0 of f.
func assertValue(t *testing.T, f *slot.Frame, want slot.Value) {
	t.Helper()
	assert.True(t, same(f, f.Slots[0], f, want), "got %+v, want %+v", f.Slots[0], want)
}
