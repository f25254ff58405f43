package formula_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

func native(result *slot.Type, call func([]slot.Value) (slot.Value, error), params ...*slot.Type) *formula.Native {
	return &formula.Native{Params: params, Result: result, Call: call}
}

func returns(v slot.Value) func([]slot.Value) (slot.Value, error) {
	return func([]slot.Value) (slot.Value, error) { return v, nil }
}

func TestNatives(t *testing.T) {
	e := newEnv().num("x", "2").num("zero", "0")
	e.set("a", slot.NumberType, gone).set("d", slot.DateType, day("2024-01-01"))
	calls := 0
	pair := &slot.Type{Kind: slot.Record, Fields: []slot.Field{{Name: "n", Type: slot.NumberType}, {Name: "s", Type: slot.StringType}}}
	e.scope.Natives = map[string]*formula.Native{
		"twice": native(slot.NumberType, func(args []slot.Value) (slot.Value, error) {
			calls++
			return slot.Num(args[0].Num.Add(args[0].Num)), nil
		}, slot.NumberType),
		"day_name": native(slot.StringType, func(args []slot.Value) (slot.Value, error) {
			return slot.Text(slot.Day(args[0].Int).Time().Weekday().String()), nil
		}, slot.DateType),
		"panics":     native(slot.NumberType, func(args []slot.Value) (slot.Value, error) { return args[7], nil }, slot.NumberType),
		"fails":      native(slot.NumberType, func([]slot.Value) (slot.Value, error) { return slot.Value{}, errors.New("no connection") }),
		"lies":       native(slot.NumberType, returns(slot.Text("ten"))),
		"shrugs":     native(slot.NumberType, returns(slot.Value{Absent: 77})),
		"long":       native(slot.StringType, returns(slot.Text(strings.Repeat("a", formula.MaxString+1)))),
		"offScale":   native(slot.GradeType, returns(slot.Rank(99, "Z"))),
		"badList":    native(slot.ListOf(slot.NumberType), returns(list(number("1"), slot.Text("2")))),
		"goodList":   native(slot.ListOf(slot.NumberType), returns(list(number("1"), number("2"), gone))),
		"badRecord":  native(pair, returns(slot.Fields([]slot.Value{number("1")}))),
		"badField":   native(pair, returns(slot.Fields([]slot.Value{number("1"), number("1")}))),
		"goodRecord": native(pair, returns(slot.Fields([]slot.Value{number("1"), slot.Text("a")}))),
		"badDate":    native(slot.DateType, returns(slot.OfDay(1<<30))),
		"badText":    native(slot.StringType, returns(slot.Text("a\xff"))),
		"huge": native(slot.NumberType, func([]slot.Value) (slot.Value, error) {
			p, _ := exact.Int(2).PowInt(30000)
			return slot.Num(p.Mul(p)), nil
		}),
		"yes":       native(slot.BoolType, returns(slot.Truth(true))),
		"max":       native(slot.NumberType, returns(number("1"))),
		"anything":  native(slot.NumberType, returns(number("1")), nil),
		"halfGiven": {Result: slot.NumberType},
	}
	e.table(t, []row{
		{"twice(x) + 1", "5"},
		{"twice(twice(x))", "8"},
		{"day_name('2024-01-01')", `"Monday"`},
		{"day_name(d) == 'Monday' and yes()", "true"},
		{"twice(a)", "missing: a"},
		{"twice(x / zero + a)", "missing: x / zero, a"},
		{"goodList()[1]", "2"}, {"goodList()[2]", "missing: goodList()[2]"}, {"goodRecord().s", `"a"`},
		{"shrugs()", "missing: shrugs()"}, {"shrugs() ?? 3", "3"},
		{"anything(x)", "1"}, {"anything('s')", "1"},
		{"lies()", "error: the function `lies` returned a string where a number was promised"},
		{"fails()", "error: the function `fails`: no connection"},
		{"long()", "error: the function `long` returned a string of more than 64 KiB"},
		{"offScale()", "error: the function `offScale` returned a grade that is not on the scale"},
		{"badList()", "error: the function `badList` returned a list with a string where a number was promised"},
		{"badRecord()", "error: the function `badRecord` returned a record of 1 fields where 2 were promised"},
		{"badField()", "error: the function `badField` returned a field `s` with a number where a string was promised"},
		{"badDate()", "error: the function `badDate` returned a date beyond the years 1 to 9999"},
		{"badText()", "error: the function `badText` returned a string that is not UTF-8"},
		{"huge()", "error: the function `huge` returned a number of more than 9,800 digits"},
		{"twice('2')", "problem: `twice` needs a number, but `'2'` is a string"},
		{"twice()", "problem: `twice` takes 1 argument, but here are 0 (write twice(number))"},
		{"max(x)", "problem: `max` is built in, and cannot be a function of the policy too (give the function another name)"},
		{"halfGiven()", "problem: the function `halfGiven` has not been given"},
		{"twice", "problem: `twice` is a function (write twice(number))"},
	})
	require.Contains(t, e.eval(t, "panics(x)"), "error: the function `panics`: it panicked: runtime error: index out of range")
	calls = 0
	e.eval(t, "twice(a)")
	require.Zero(t, calls, "a missing argument must not reach the function")
	require.Equal(t, "error: the function `fails`: no connection", e.eval(t, "twice(len([fails(), 1]))"))
	require.Zero(t, calls, "nor what was worked out after an error")
	require.Contains(t, e.eval(t, "sum(1..40000, twice(x) + twice(x))"), "error: the expression takes more than 100000 steps")
	require.LessOrEqual(t, calls, 100_000, "a call is a step")
	// It may depend on more than its arguments, and is never worked out beforehand.
	_, known := e.mustCompile(t, "twice(2)").Const()
	require.False(t, known)
}

func TestFunctions(t *testing.T) {
	e := newEnv().num("disposable", "100").num("instalment", "30").num("x", "2").num("zero", "0")
	e.set("a", slot.NumberType, gone).set("g", slot.GradeType, slot.Rank(1, "B"))
	e.set("l", slot.ListOf(slot.NumberType), numbers("1", "2", "3"))
	e.function(t, "contingency(risk)", "risk == 'HIGH' ? 0.6 : risk == 'LOW' ? 0.7 : 0.5")
	e.function(t, "affordable(risk)", "disposable * contingency(risk) > instalment")
	e.function(t, "square(v)", "v * v")
	e.function(t, "last(v)", "v / 2").function(t, "take(v)", "v * 10") // the parser knows functions of these names
	e.function(t, "ratio(a, b)", "a / b")
	e.function(t, "at_least(grade, bound)", "grade >= bound")
	e.function(t, "zeroth()", "zero")
	e.function(t, "above(limit)", "count(l, # > limit)")
	e.function(t, "loop(n)", "n + other(n)").function(t, "other(n)", "loop(n)").function(t, "itself(n)", "itself(n)")
	e.function(t, "wrong(v)", "v + unknown").function(t, "outer(v)", "wrong(v) + 1")
	e.function(t, "caller(v)", "v + y")
	e.scope.Functions["broken"] = &formula.Function{Params: []string{"a"}}
	e.table(t, []row{
		{"affordable('HIGH')", "true"}, {"affordable('LOW') and affordable('MEDIUM')", "true"},
		{"square(square(x) + 1)", "25"}, {"last(x) + take(x)", "21"}, {"square(3)", "9"}, {"ratio(1, 4)", "0.25"}, {"ratio(x, zero)", "missing: a / b"}, {"ratio(zeroth(), 5)", "0"},
		{"at_least(g, 'C')", "true"}, {"at_least(g, 'A')", "false"}, {"above(1)", "2"}, {"sum(l, square(#))", "14"}, {"sum(l, above(#))", "3"},
		{"square(a)", "missing: a"}, {"let v = 5; square(v + 1) + v", "41"}, {"1 < square(x) < 5", "true"}, {"(square(x)) * 2", "8"},
		{"ratio(x, (let t = 8; t + x))", "0.2"}, {"ratio((let t = x; t), (let t = x * 4; t))", "0.25"}, {"ratio(ratio(x, 1), ratio(x, 4))", "4"}, {"at_least((let t = g; t), (let u = g; let v = u; v))", "true"},
		{"loop(1)", "problem: in `loop`: in `other`, at `loop(n)`: the function `loop` calls itself (a function cannot be used in its own definition)"},
		{"itself(1)", "problem: in `itself`, at `itself(n)`: the function `itself` calls itself (a function cannot be used in its own definition)"},
		{"wrong(1)", "problem: in `wrong`, at `unknown`: there is no name `unknown` (allowed: a, disposable, g, instalment, l, v, x, zero)"},
		{"outer(1)", "problem: in `outer`: in `wrong`, at `unknown`: there is no name `unknown` (allowed: a, disposable, g, instalment, l, v, x, zero)"},
		{"square('s')", "problem: in `square`, at `v`: `*` needs numbers, but `v` is a string"},
		{"square(1, 2)", "problem: `square` takes 1 argument, but here are 2 (write square(v))"},
		{"let y = 1; caller(y)", "problem: in `caller`, at `y`: there is no name `y` (allowed: a, disposable, g, instalment, l, v, x, zero)"},
		{"sqare(1)", "problem: there is no function `sqare` (did you mean `square`?)"},
	})
	p, problems := e.compile("broken(1) + 1")
	require.Empty(t, problems, "what is wrong with a function is said where it stands")
	require.Nil(t, p.Type)
}

// An argument is computed once, however often the function uses it.
func TestArgumentsAreComputedOnce(t *testing.T) {
	e := newEnv().num("x", "2")
	calls := 0
	e.scope.Natives["tick"] = native(slot.NumberType, func([]slot.Value) (slot.Value, error) { calls++; return number("1"), nil })
	e.function(t, "thrice(v)", "v + v + v")
	require.Equal(t, "3", e.eval(t, "thrice(tick())"))
	require.Equal(t, 2, calls) // eval computes every expression twice
	calls = 0
	require.Equal(t, "true", e.eval(t, "0 < tick() < 2"))
	require.Equal(t, 2, calls)
}

// Functions that call functions that call functions double the work at each level.
func TestFunctionsDoNotExplode(t *testing.T) {
	e := newEnv().num("x", "2")
	e.function(t, "f0(v)", "v + v")
	prev := "f0"
	for i := range 40 {
		name := "g" + strings.Repeat("x", i)
		e.function(t, name+"(v)", prev+"(v) + "+prev+"(v)")
		prev = name
	}
	p, problems := e.compile(prev + "(x)")
	require.Nil(t, p)
	require.Len(t, problems, 1)
	require.Contains(t, problems[0].Message, "more than 10000 parts")
}
