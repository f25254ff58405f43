package formula_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// env is a scope with a customer in it.
type env struct {
	scope  formula.Scope
	values []slot.Value
	absent map[int]int // slot -> atom
	atoms  []string    // what each atom stands for
}

func newEnv() *env {
	e := &env{absent: map[int]int{}}
	e.scope = formula.Scope{
		Symbols: map[string]formula.Symbol{}, Functions: map[string]*formula.Function{}, Natives: map[string]*formula.Native{},
		Grades: []string{"A", "B", "C", "D", "M"}, OnScale: 4,
		Atom: func(_, _ int, text string) int { return e.atom(text) },
	}
	return e
}

func (e *env) atom(what string) int {
	e.atoms = append(e.atoms, what)
	return len(e.atoms) - 1
}

// set declares name and gives it a value; a Value of Kind Missing is one whose absence is blamed on the name.
func (e *env) set(name string, t *slot.Type, v slot.Value) *env {
	i := len(e.values)
	e.values = append(e.values, v)
	e.scope.Symbols[name] = formula.Symbol{Slot: i, Type: t}
	e.scope.Locals = len(e.values)
	if v.Kind == slot.Missing {
		e.absent[i] = e.atom(name)
	}
	return e
}

func (e *env) num(name, text string) *env { return e.set(name, slot.NumberType, number(text)) }

func (e *env) function(t testing.TB, head, body string) *env {
	name, params, problems := formula.Signature(head)
	require.Empty(t, problems, head)
	tree, problems := formula.Parse(body)
	require.Empty(t, problems, body)
	e.scope.Functions[name] = &formula.Function{Params: params, Body: tree}
	return e
}

// frame returns a frame with the customer in it.
func (e *env) frame(p *formula.Program) *slot.Frame {
	f := &slot.Frame{}
	f.Reset(max(p.Slots, len(e.values)))
	copy(f.Slots, e.values)
	for i, a := range e.absent {
		f.Slots[i] = slot.Gone(f.Blame(a))
	}
	return f
}

func (e *env) compile(src string) (*formula.Program, []formula.Problem) {
	tree, problems := formula.Parse(src)
	if len(problems) > 0 {
		return nil, problems
	}
	return formula.Compile(tree, &e.scope)
}

func (e *env) mustCompile(t testing.TB, src string) *formula.Program {
	p, problems := e.compile(src)
	require.Empty(t, problems, src)
	return p
}

// eval shows what src is for the customer: its value, "missing: " and what is to blame, "error: " or "problem: ".
func (e *env) eval(t testing.TB, src string) string {
	p, problems := e.compile(src)
	if len(problems) > 0 {
		return "problem: " + problems[0].Error()
	}
	f := e.frame(p)
	out := e.show(f, p.Any()(f))
	// The narrow functions must say the same.
	g := e.frame(p)
	switch p.Type.Kind {
	case slot.Number:
		x, a := p.Number()(g)
		v := slot.Num(x)
		if a != 0 {
			v = slot.Gone(a)
		}
		require.Equal(t, out, e.show(g, v), src)
	case slot.Bool:
		x, a := p.Bool()(g)
		v := slot.Truth(x)
		if a != 0 {
			v = slot.Gone(a)
		}
		require.Equal(t, out, e.show(g, v), src)
	}
	return out
}

func (e *env) show(f *slot.Frame, v slot.Value) string {
	if err := f.Err(); err != nil {
		return "error: " + err.Error()
	}
	if v.Kind == slot.Missing {
		var names []string
		for _, a := range f.Atoms(nil, v.Absent) {
			names = append(names, e.atoms[a])
		}
		return "missing: " + strings.Join(names, ", ")
	}
	return show(v)
}

func show(v slot.Value) string {
	switch v.Kind {
	case slot.Number:
		if _, ok := v.Num.Places(); !ok {
			return v.Num.Fraction()
		}
		return v.Num.String()
	case slot.String:
		return fmt.Sprintf("%q", v.Str)
	case slot.Bool:
		return fmt.Sprint(v.Int == 1)
	case slot.Date:
		return slot.Day(v.Int).String()
	case slot.Grade:
		return v.Str
	case slot.Missing:
		return "?"
	}
	parts := make([]string, len(v.List))
	for i, w := range v.List {
		parts[i] = show(w)
	}
	if v.Kind == slot.Record {
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func number(text string) slot.Value { return slot.Num(exact.MustParse(text)) }

func day(text string) slot.Value {
	d, err := slot.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return slot.OfDay(d)
}

func list(items ...slot.Value) slot.Value { return slot.Items(items) }

func numbers(texts ...string) slot.Value {
	v := slot.Items(nil)
	for _, s := range texts {
		v.List = append(v.List, number(s))
	}
	return v
}

var gone slot.Value

// row is an expression and what it must be.
type row struct{ src, want string }

func (e *env) table(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.src, func(t *testing.T) { require.Equal(t, r.want, e.eval(t, r.src)) })
	}
}
