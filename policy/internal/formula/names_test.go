package formula_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

func TestNamesAndCalls(t *testing.T) {
	for _, r := range []struct{ src, names, calls string }{
		{"a + b * a", "a b", ""},
		{"applicant.age >= 18 and applicant?.name == 'x'", "applicant.age applicant.name", ""},
		{`points["long-overdue"] + points.volume`, "points.long-overdue points.volume", ""},
		{"sum(members, .amount * rates[.ccy])", "members rates", ""},
		{"members[0].amount + grade.factor", "members grade.factor", ""},
		{"1 < x / y <= z", "x y z", ""},
		{"let a = b; a + c", "b c", ""},
		{"let a = a; a", "a", ""},
		{"(let a = 1; a) + a", "a", ""},
		{"all(xs, {let y = #; y > z})", "xs z", ""},
		{"affordable(risk) and min(own(x), 2) > contingency(own(y))", "risk x y", "affordable own contingency"},
		{"has(a) ? a : b ?? c", "a b c", ""},
		{"sum(a, b, c)", "a b c", ""},
		{"xs | filter(# > limit) | rate(2)", "xs limit", "rate"},
		{"采购额 / 上年采购额 - 1", "采购额 上年采购额", ""},
		{"findIndex(xs, # > 1)", "xs", "findIndex"},
		{"date(y, 1, 1) < as_of", "y as_of", ""},
		{"[a, b][c]", "a b c", ""},
		{"x in a..b", "x a b", ""},
		{"1 + 2", "", ""},
	} {
		tree, problems := formula.Parse(r.src)
		require.Empty(t, problems, r.src)
		require.Equal(t, r.names, strings.Join(tree.Names(), " "), r.src)
		require.Equal(t, r.calls, strings.Join(tree.Calls(), " "), r.src)
		require.Equal(t, r.src, tree.Source())
	}
	body, _ := formula.Parse("risk * base + other.risk")
	f := &formula.Function{Params: []string{"risk"}, Body: body}
	require.Equal(t, []string{"base", "other.risk"}, f.Names())
	require.Empty(t, (*formula.Tree)(nil).Names())
	require.Empty(t, (&formula.Function{}).Names())
}

func TestSignature(t *testing.T) {
	for src, want := range map[string]string{"affordable(risk)": "affordable risk", "f(a, b)": "f a b", " 系数 ( 等级 ) ": "系数 等级", "none_()": "none_"} {
		name, params, problems := formula.Signature(src)
		require.Empty(t, problems, src)
		require.Equal(t, want, strings.Join(append([]string{name}, params...), " "))
	}
	for src, want := range map[string]string{
		"":         "there is no expression here",
		"f":        "the parameters of `f` are missing",
		"f(":       "this `(` is not closed",
		"f(a,)":    "`,` is not expected here",
		"f(a b)":   "`b` is not expected here",
		"f(1)":     "`1` cannot be the name of a parameter",
		"f(a, a)":  "there are two parameters `a`",
		"f(a) + 1": "nothing may follow the parameters",
		"min(a)":   "`min` is built in",
		"in(a)":    "`in` cannot be the name of a function",
		"true(a)":  "`true` cannot be the name of a function",
		"f(nil)":   "`nil` cannot be the name of a parameter",
		"f(a.b)":   "`.` is not expected here",
		"(a)":      "`(` cannot be the name of a function",
		"f(a，b)":   "`，` has no meaning here",
	} {
		name, _, problems := formula.Signature(src)
		require.NotEmpty(t, problems, src)
		require.Contains(t, problems[0].Message, want, src)
		require.Empty(t, name)
	}
}

func TestIsName(t *testing.T) {
	for s, want := range map[string]bool{"a": true, "采购额": true, "a_1": true, "_": true, "": false, "1a": false, "a-b": false, "a.b": false, "in": false, "true": false, "null": false, "let": false, "min": true, "$a": false, "a１": false} {
		require.Equal(t, want, formula.IsName(s), s)
	}
	for _, word := range strings.Fields("in or and not matches contains startsWith endsWith let if else") {
		require.False(t, formula.IsName(word), word)
	}
	require.True(t, formula.IsBuiltin("min"))
	require.False(t, formula.IsBuiltin("repeat"))
	require.Contains(t, formula.Builtins(), "days_between")
}

func TestProgram(t *testing.T) {
	e := newEnv().num("a", "1").num("b", "2").num("c", "3")
	e.set("l", slot.ListOf(slot.NumberType), numbers("1", "2"))
	p := e.mustCompile(t, "c + a * c")
	require.Equal(t, []int{0, 2}, p.Reads)
	require.Equal(t, 3, p.Slots)
	require.Equal(t, slot.NumberType, p.Type)
	require.Equal(t, "c + a * c", p.Source)

	p = e.mustCompile(t, "let x = a; let y = b; sum(l, any(l, # > x) ? y : 0) + (let z = 1 + c; z)")
	require.Equal(t, []int{0, 1, 2, 3}, p.Reads)
	require.Equal(t, 8, p.Slots, "two variables, and two items one within the other")

	v, ok := e.mustCompile(t, "2 * 3 + len('abc')").Const()
	require.True(t, ok)
	require.Equal(t, "9", show(v))
	_, ok = e.mustCompile(t, "2 * a").Const()
	require.False(t, ok)
	_, ok = (*formula.Program)(nil).Const()
	require.False(t, ok)
}

// The tree can be inspected: each node knows its type, its place and its text.
func TestRoot(t *testing.T) {
	e := newEnv().num("采购额", "1").num("b", "2")
	root := e.mustCompile(t, "min(20, 采购额 / (b + 1) * (10 * 2))").Root
	call, ok := root.(*formula.Call)
	require.True(t, ok)
	require.Equal(t, "min", call.Name)
	mul, ok := call.Args[1].(*formula.Binary)
	require.True(t, ok)
	require.Equal(t, formula.OpMul, mul.Op)
	require.Equal(t, "采购额 / (b + 1) * (10 * 2)", mul.Text())
	offset, width := mul.Span()
	require.Equal(t, []int{8, 24}, []int{offset, width})
	k, ok := mul.Y.(*formula.Const)
	require.True(t, ok)
	require.Equal(t, "20", show(k.Value))
	require.Equal(t, "10 * 2", k.Text())
	quo := mul.X.(*formula.Binary)
	require.Equal(t, "采购额 / (b + 1)", quo.Text())
	require.Equal(t, quo.Text(), e.atoms[quo.Atom])
	require.Equal(t, "采购额", quo.X.(*formula.Read).Name)
	require.Equal(t, slot.NumberType, quo.Type())
	require.Len(t, quo.Children(), 2)

	and := e.mustCompile(t, "1 < b <= 5").Root.(*formula.Binary)
	require.Equal(t, formula.OpAnd, and.Op)
	require.Equal(t, "1 < b", and.X.Text())
	require.Equal(t, "b <= 5", and.Y.Text())

	e.function(t, "half(x)", "x / 2")
	let := e.mustCompile(t, "1 + half(b)").Root.(*formula.Binary).Y.(*formula.Let)
	require.Equal(t, "half(b)", let.Text())
	require.Equal(t, "x / 2", let.Body.Text())
	offset, width = let.Body.Span()
	require.Equal(t, []int{4, 7}, []int{offset, width}, "inside a function the place is that of the call")

	for src, text := range map[string]string{
		"xs | filter(# > 1) | sum(# * 2)": "xs | filter(# > 1) | sum(# * 2)",
		"(b + 1)":                         "b + 1",
		"not (b > 1)":                     "not (b > 1)",
		"b not in [1, b]":                 "b not in [1, b]",
		"let x = b; (x + 1)":              "let x = b; (x + 1)",
		"(let x = 2; x + b) / b":          "(let x = 2; x + b) / b",
		"(b > 1) ? (b) : ((b + 1))":       "(b > 1) ? (b) : ((b + 1))",
		"- (b)":                           "- (b)",
		"xs[(0)]":                         "xs[(0)]",
		"(xs)[0]":                         "(xs)[0]",
		"max((b), (1 + b))":               "max((b), (1 + b))",
		"any(xs, (# > 1))":                "any(xs, (# > 1))",
		"(1) < (b) < (3)":                 "(1) < (b) < (3)",
		"b ?? (1)":                        "b ?? (1)",
	} {
		e := newEnv().num("b", "2").set("xs", slot.ListOf(slot.NumberType), numbers("1", "2"))
		require.Equal(t, text, e.mustCompile(t, src).Root.Text(), src)
	}
}
