package formula_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// The whole of Kleene's tables, with inputs and with literals on either side.
func TestKleene(t *testing.T) {
	e := newEnv()
	e.set("T", slot.BoolType, slot.Truth(true)).set("F", slot.BoolType, slot.Truth(false))
	e.set("M", slot.BoolType, gone).set("N", slot.BoolType, gone)
	const m, n, both = "missing: M", "missing: N", "missing: M, N"
	e.table(t, []row{
		{"T and T", "true"}, {"T and F", "false"}, {"F and T", "false"}, {"F and F", "false"},
		{"T and M", m}, {"M and T", m}, {"F and M", "false"}, {"M and F", "false"}, {"M and M", m}, {"M and N", both},
		{"T or T", "true"}, {"T or F", "true"}, {"F or T", "true"}, {"F or F", "false"},
		{"T or M", "true"}, {"M or T", "true"}, {"F or M", m}, {"M or F", m}, {"M or M", m}, {"M or N", both},
		{"not T", "false"}, {"not F", "true"}, {"not M", m}, {"!M", m},
		{"false && M", "false"}, {"M && false", "false"}, {"true || M", "true"}, {"M || true", "true"},
		{"true && M", m}, {"M || false", m},
		{"(M or N) and F", "false"}, {"(M and N) or T", "true"}, {"M and N and T", both}, {"N or (M or N)", "missing: N, M"},
		{"M ? 1 : 2", m}, {"T ? 1 : 2", "1"}, {"F ? 1 : 2", "2"},
		{"T ? M : F", m}, {"T ? F : M", "false"},
		{"M ?? true", "true"}, {"M ?? N", n}, {"T ?? M", "true"}, {"(M ?? N) ?? F", "false"},
		{"has(M)", "false"}, {"has(T)", "true"}, {"has(M and F)", "true"}, {"has(M or F)", "false"}, {"not has(M)", "true"},
		{"M == T", m}, {"M != M", m},
	})
}

// What is computed from something missing is missing, and says what for.
func TestMissingPassesThrough(t *testing.T) {
	e := newEnv().num("x", "3").num("zero", "0")
	e.set("a", slot.NumberType, gone).set("b", slot.NumberType, gone)
	e.set("s", slot.StringType, gone).set("d", slot.DateType, gone).set("l", slot.ListOf(slot.NumberType), gone)
	e.set("l2", slot.ListOf(slot.NumberType), list(number("1"), gone, number("3")))
	const ab = "missing: a, b"
	e.table(t, []row{
		{"0 * a", "missing: a"}, {"a * 0", "missing: a"}, {"a - a", "missing: a"}, {"a + b", ab}, {"b + a", "missing: b, a"},
		{"a + x", "missing: a"}, {"x + a", "missing: a"}, {"x - a", "missing: a"}, {"x * a", "missing: a"}, {"x / a", "missing: a"},
		{"a / b", ab}, {"a % b", ab}, {"a ** b", ab}, {"-a", "missing: a"}, {"a - b", ab}, {"a * b", ab},
		{"a > 1", "missing: a"}, {"1 > a", "missing: a"}, {"a > b", ab}, {"a > x", "missing: a"}, {"a + 1 > b + 1", ab}, {"a == a", "missing: a"},
		{"1 < a < 5", "missing: a"}, {"x < a < 1", "missing: a"}, {"5 < x < a", "false"}, {"a < x < 1", "false"},
		{"min(a, b)", ab}, {"min(1, a)", "missing: a"}, {"max(x, a, b)", ab}, {"mean(a, x, b)", ab}, {"median(a, b, x)", ab}, {"sum(a, x, b)", ab},
		{"sum([a, x])", "missing: a"}, {"round(a)", "missing: a"}, {"round(a, b)", ab}, {"clamp(a, x, b)", ab}, {"sqrt(a)", "missing: a"}, {"pow(a, b)", ab},
		{"s == 'x'", "missing: s"}, {"s + 'x'", "missing: s"}, {"lower(s)", "missing: s"}, {"len(s)", "missing: s"}, {"s contains 'x'", "missing: s"}, {"s matches 'x'", "missing: s"},
		{"year(d)", "missing: d"}, {"days_between(d, d)", "missing: d"}, {"add_days(d, a)", "missing: d, a"}, {"date(a, b, 1)", ab}, {"date(s)", "missing: s"},
		{"d > '2024-01-01'", "missing: d"}, {"min(d, d)", "missing: d"},
		{"a in [1, 2]", "missing: a"}, {"a in 1..b", ab}, {"x in [a, 3]", "true"}, {"x in [a, 4]", "missing: a"}, {"x in l", "missing: l"}, {"a in [b]", ab},
		{"x in l2", "true"}, {"2 in l2", "missing: "}, {"sum(l2)", "missing: "},
		{"sum(l)", "missing: l"}, {"len(l)", "missing: l"}, {"l[0]", "missing: l"}, {"l[a]", "missing: l, a"}, {"all(l, # > 1)", "missing: l"},
		{"a ?? 1", "1"}, {"a ?? b", "missing: b"}, {"(a ?? b) ?? 7", "7"}, {"(a + b) ?? 0", "0"}, {"x ?? a", "3"}, {"5 ?? a", "5"}, {"s ?? 'none'", `"none"`},
		{"has(a)", "false"}, {"has(a + x)", "false"}, {"has(x / zero)", "false"}, {"has(x)", "true"}, {"has(5)", "true"}, {"has(l2[1])", "false"}, {"has(l2[5])", "false"}, {"has(l2[0])", "true"},
		{"a > 1 and false", "false"}, {"has(a) and a > 1", "false"}, {"not has(a) or a > 1", "true"},
		{"let v = a; has(v) ? v : 9", "9"}, {"let v = a + b; v", ab},
	})
}

// What is undefined is missing too, and blamed on the piece of text, not on a field.
func TestUndefined(t *testing.T) {
	e := newEnv().num("x", "3").num("zero", "0")
	e.set("a", slot.NumberType, gone)
	e.table(t, []row{
		{"x / zero", "missing: x / zero"},
		{"x / 0", "missing: x / 0"},
		{"1 / 0", "missing: 1 / 0"},
		{"x % zero", "missing: x % zero"},
		{"zero ** -1", "missing: zero ** -1"},
		{"(x + 1) / (zero * 2)", "missing: (x + 1) / (zero * 2)"},
		{"2 * ((x + 1) / zero)", "missing: (x + 1) / zero"},
		{"a + x / zero", "missing: a, x / zero"},
		{"(x / zero) ?? 1", "1"},
		{"x / zero > 1 and x > 5", "false"},
		{"min(20, x / zero * 20)", "missing: x / zero"},
		{"date(2024, x, 31 + zero)", "2024-03-31"},
		{"date(2024, 2, x * 10)", "missing: date(2024, 2, x * 10)"},
	})
}

// An atom is told of once, with its place in the text, in characters.
func TestAtomsKnowTheirPlace(t *testing.T) {
	e := newEnv().num("采购额", "3").num("零", "0")
	var told []string
	e.scope.Atom = func(offset, width int, text string) int {
		told = append(told, fmt.Sprint(offset, width, text))
		return len(told) - 1
	}
	e.mustCompile(t, "1 / 4 + 采购额 / 零 * 2 + (采购额 % (零 + 1))")
	require.Equal(t, []string{"8 7采购额 / 零", "23 13采购额 % (零 + 1)"}, told)
}

// Without an Atom nothing is blamed, and nothing breaks.
func TestNoAtoms(t *testing.T) {
	e := newEnv().num("x", "3").num("zero", "0")
	e.set("a", slot.NumberType, gone)
	e.scope.Atom = nil
	e.table(t, []row{{"x / zero", "missing: "}, {"x / zero + a", "missing: a"}, {"a + x / zero", "missing: a"}, {"x / zero + x % zero", "missing: "}})
}

// A frame that does not fit the program is an error, never a panic.
func TestForeignFrames(t *testing.T) {
	e := newEnv().num("x", "3").num("y", "3")
	e.set("l", slot.ListOf(slot.NumberType), numbers("1", "2"))
	rec := &slot.Type{Kind: slot.Record, Fields: []slot.Field{{Name: "a", Type: slot.NumberType, Atom: e.atom("r.a")}}}
	e.set("r", rec, slot.Fields([]slot.Value{number("1")}))
	for _, src := range []string{"x", "x + 1", "x + y", "x * y", "x - y", "x / y", "x > 1", "x > y", "let a = x; a + 1", "all(l, # > x)", "l[0]", "r.a",
		"sum(l)", "filter(l, # > 1)", "sum(l, # * 2)", "x in l", "has(x) ? x : y"} {
		p := e.mustCompile(t, src)
		for n := range p.Slots {
			f := &slot.Frame{Slots: make([]slot.Value, n)}
			v := p.Any()(f)
			require.True(t, v.Kind == slot.Missing || v.Kind == slot.Bool || v.Kind == slot.Number, src)
		}
		f := &slot.Frame{Slots: make([]slot.Value, p.Slots)}
		for i := range f.Slots {
			f.Slots[i] = slot.Text("not what was declared")
		}
		p.Any()(f)
		require.Error(t, f.Err(), src)
	}
	f := &slot.Frame{}
	_, a := e.mustCompile(t, "x > 1").Number()(f)
	require.NotZero(t, a)
	require.Error(t, f.Err())
	_, a = e.mustCompile(t, "x + 1").Bool()(f)
	require.NotZero(t, a)
}

// A record that lacks a field blames the field, and a short one does too.
func TestMissingFields(t *testing.T) {
	e := newEnv()
	rec := &slot.Type{Kind: slot.Record}
	for _, name := range []string{"amount", "rate"} {
		rec.Fields = append(rec.Fields, slot.Field{Name: name, Type: slot.NumberType, Atom: e.atom("members." + name)})
	}
	e.set("members", slot.ListOf(rec), list(
		slot.Fields([]slot.Value{number("1"), number("2")}),
		slot.Fields([]slot.Value{gone, number("2")}),
		slot.Fields([]slot.Value{number("3")}),
	))
	e.table(t, []row{
		{"members[0].amount", "1"},
		{"members[1].amount", "missing: members.amount"},
		{"members[2].rate", "missing: members.rate"},
		{"members[3].rate", "missing: members[3]"},
		{"sum(members, .amount)", "missing: members.amount"},
		{"sum(members, .amount * .rate)", "missing: members.amount, members.rate"},
		{"any(members, .amount > 2)", "true"},
		{"all(members, .amount > 2)", "false"},
		{"all(members, .amount > 0)", "missing: members.amount"},
		{"sum(members, .amount ?? 0)", "4"},
		{"map(members, .amount)", "[1, ?, 3]"},
		{"sum(map(members, .amount))", "missing: members.amount"},
		{"has(members[1].amount)", "false"},
		{"has(members[9])", "false"},
	})
	_ = formula.MaxNodes
}
