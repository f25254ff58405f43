package formula_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// What engines on binary floats, and patches on them, were measured to get wrong.
func TestNumbersAreExact(t *testing.T) {
	e := newEnv().num("x", "1.5").num("on_time", "3").num("total", "4").num("third", "1")
	e.table(t, []row{
		{"1.50 == 1.5", "true"},
		{"x == 1.50", "true"},
		{"1.50 in [1.5]", "true"},
		{"x in [1.50, 2]", "true"},
		{"x not in [1.50, 2]", "false"},
		{"1 / 3 * 3 == 1", "true"},
		{"third / 3 * 3 == 1", "true"},
		{"1 / 3", "1/3"},
		{"0.1 + 0.2 == 0.3", "true"},
		{"0.1 + 0.2", "0.3"},
		{"on_time / total * 20 >= 15", "true"},
		{"9223372036854775807 + 1", "9223372036854775808"},
		{"9223372036854775807 + x", "9223372036854775808.5"},
		{"123456789012345678901234567890 * 10", "1234567890123456789012345678900"},
		{"9007199254740993 - 9007199254740992", "1"},
		{"1e3", "1000"},
		{"1.5e-3", "0.0015"},
		{"1_000_000.5", "1000000.5"},
		{"1e400 / 1e399", "10"},
		{"1e1000 > 1e999", "true"},
		{"min(1.50, 1.25)", "1.25"},
		{"max(0.1 + 0.2, 0.3) == 0.3", "true"},
		{"round(2.5)", "3"},
		{"round(-2.5)", "-3"},
		{"round(1.005, 2)", "1.01"},
		{"round(2.5, 0, 'half_even')", "2"},
		{"round(1234.5, -2)", "1200"},
		{"round(x, 0, 'down')", "1"},
		{"sum([0.1, 0.2, 0.3])", "0.6"},
		{"sum(0.1, 0.2, 0.3)", "0.6"},
		{"sum(0.1, 0.2)", "0.3"},
		{"sum(x, 0.2)", "1.7"},
		{"sum([])", "0"},
		{"mean(1, 2, 2)", "5/3"},
		{"mean([0.1, 0.2])", "0.15"},
		{"median(3, 1, 2)", "2"},
		{"median([0.1, 0.4, 0.2, 0.3])", "0.25"},
		{"7.5 % 2", "1.5"},
		{"0.3 % 0.1", "0"},
		{"-7 % 3", "-1"},
		{"2 ** 10", "1024"},
		{"2 ** -1", "0.5"},
		{"-2 ** 2", "-4"},
		{"2 ** 3 ** 2", "512"},
		{"x ** 2", "2.25"},
		{"(-1) ** 1e30", "1"},
		{"(-1) ** (1e30 + 1)", "-1"},
		{"0 ** 0", "1"},
		{"- - x", "1.5"},
		{"+x", "1.5"},
		{"abs(-x)", "1.5"},
		{"floor(-x)", "-2"},
		{"ceil(-x)", "-1"},
		{"clamp(x, 0, 1)", "1"},
		{"clamp(x, 2, 3)", "2"},
		{"clamp(x, 0, 3)", "1.5"},
		{"clamp(x, 3, 0)", "missing: clamp(x, 3, 0)"},
		{"x / 0.5", "3"},
		{"10 - x", "8.5"},
		{"x - 10", "-8.5"},
		{"10 / x", "20/3"},
		{"total - on_time", "1"},
		{"total * on_time", "12"},
		{"total + on_time", "7"},
		{"total % on_time", "1"},
	})
}

func TestComparisons(t *testing.T) {
	e := newEnv().num("x", "3").num("y", "4")
	e.table(t, []row{
		{"x < y", "true"}, {"x <= y", "true"}, {"x > y", "false"}, {"x >= y", "false"}, {"x == y", "false"}, {"x != y", "true"},
		{"x < 3", "false"}, {"x <= 3", "true"}, {"x > 3", "false"}, {"x >= 3", "true"}, {"x == 3", "true"}, {"x != 3", "false"},
		{"3 < x", "false"}, {"3 <= x", "true"}, {"3 > x", "false"}, {"2 < x", "true"}, {"4 > x", "true"}, {"4 >= x", "true"},
		{"x + 1 == y", "true"}, {"x + 1 > y - 1", "true"}, {"x * 2 > 5", "true"},
		{"1 < x <= 5", "true"},
		{"1 < x <= 2", "false"},
		{"5 > x > 2 > 1", "true"},
		{"1 < x + y < 8", "true"},
		{"1 < x + y < 7", "false"},
		{"1 < 2 < 3", "true"},
		{"1 < x < y == true", "true"},
		{"(let t = x; t - 2) < x + y < (let t = x; t * y)", "true"}, {"(let t = y; t) > x * 1.1 > (let t = x; let u = t; u - 1) < x + y <= 7", "true"},
		{"'a' == 'a'", "true"}, {"true != false", "true"},
		{"x == 3 ? 'three' : 'other'", `"three"`},
		{"x > 3 ? 1 : x > 2 ? 2 : 3", "2"},
	})
}

func TestChainedComparisonComputesTheMiddleOnce(t *testing.T) {
	e := newEnv().num("x", "3").num("zero", "0")
	require.Equal(t, "missing: x / zero", e.eval(t, "1 < x / zero <= 5"))
	require.Equal(t, []string{"x / zero"}, e.atoms)
}

func TestRoots(t *testing.T) {
	e := newEnv().num("x", "2").num("n", "3").num("half", "0.5").num("minus", "-4")
	e.table(t, []row{
		{"sqrt(4)", "2"},
		{"sqrt(x)", "1.414213562373"},
		{"ln(1)", "0"},
		{"exp(0)", "1"},
		{"pow(x, n)", "8"},
		{"pow(4, half)", "2"},
		{"pow(1.5, 2)", "2.25"},
		{"sqrt(minus)", "missing: sqrt(minus)"},
		{"ln(0)", "missing: ln(0)"},
		{"pow(minus, half)", "missing: pow(minus, half)"},
		{"pow(0, minus)", "missing: pow(0, minus)"},
		{"x ** half", "error: the exponent of ** is not a whole number: use pow(x, y)"},
		{"exp(x * 10000)", "error: exp of such a number is beyond 10^1000"},
	})
	for src, inexact := range map[string]bool{"sqrt(x)": true, "ln(x)": true, "exp(x)": true, "pow(x, half)": true, "pow(x, 2)": false,
		"x ** 2": false, "x ** n": false, "round(x, 2)": false} {
		require.Equal(t, inexact, e.mustCompile(t, src).Inexact, src)
	}
}

// What is multiplied again and again must stop before it fills the memory.
func TestNumbersHaveALimit(t *testing.T) {
	e := newEnv().num("x", "3").num("n", "100000")
	e.table(t, []row{
		{"x ** n", "error: a number grew beyond 32768 bits, about 9,800 digits"},
		{"1 / x ** n", "error: a number grew beyond 32768 bits, about 9,800 digits"},
		{"2 ** 100000", "problem: a number grew beyond 32768 bits, about 9,800 digits (nothing here depends on the customer: correct the figures)"},
	})
	const large = "error: a number grew beyond 32768 bits, about 9,800 digits"
	for _, last := range []string{"a * a", "a / b", "a + b", "a - b", "(a - 1) * (a - 1)", "(a - 1) / (b + 0)", "(a - 1) + (b * 1)", "(a - 1) - (b * 1)", "a * 1e1000", "a + 1e-1000", "a / 1e-1000",
		"sum(a, b)", "sum([a, b])", "mean(a, b, 1)", "sum(map([1, 2], # > 1 ? a : b))", "sum([1, 2], a * a)", "sum([1, 2], a - b)", "sum([1, 2], # > 1 ? a : b)", "round(b, 2) + a * a",
		"pow(a, 2)", "pow(a, 1.5)", "a ** 2", "a ** 1e30"} {
		want := large
		if last == "pow(a, 1.5)" {
			want = "error: pow of such numbers is beyond 10^1000"
		}
		require.Equal(t, want, e.eval(t, "let a = x ** 20000; let b = x ** -20000; "+last), last)
	}
	var b strings.Builder
	b.WriteString("let a = x ** 1000; ")
	for range 40 {
		b.WriteString("let a = a * a; ")
	}
	require.Equal(t, "error: a number grew beyond 32768 bits, about 9,800 digits", e.eval(t, b.String()+"a"))
	// A 360-month annuity is far below it.
	e.num("rate", "0.00354166667").num("months", "360")
	require.True(t, strings.HasPrefix(e.eval(t, "round(100000 * rate / (1 - (1 + rate) ** -months), 2)"), "491"))
}

func TestLet(t *testing.T) {
	e := newEnv().num("x", "3").num("zero", "0")
	e.table(t, []row{
		{"let min = 3; min + 1", "4"}, // the variable wins over the function
		{"let min = x; min + 1", "4"},
		{"let min = 3; min(1, 2)", "problem: `min` is a variable here, not a function"},
		{"let x = 5; x", "5"},
		{"let a = x; let b = a + 1; a * b", "12"},
		{"let a = x; (let a = a + 1; a) + a", "7"},
		{"let a = x / zero; 1", "1"}, // a variable that is not needed may be missing
		{"let a = x / zero; a + a", "missing: x / zero"},
		{"let s = 'a'; s == 'a'", "true"},
		{"let ok = x > 2; ok and ok", "true"},
		{"let l = [x, 2]; sum(l) + len(l)", "7"},
		{"let d = date('2024-01-31'); year(d)", "2024"},
		{"let unused = y; x", "problem: there is no name `y` (allowed: x, zero)"},
	})
}

func TestRounding(t *testing.T) {
	e := newEnv().num("x", "2.345").num("places", "2").num("half", "0.5").num("far", "2000")
	e.set("a", slot.NumberType, gone)
	e.table(t, []row{
		{"round(x, places)", "2.35"}, {"round(x, places, 'half_even')", "2.34"}, {"round(x, places, 'ceiling')", "2.35"}, {"round(x, -places)", "0"}, {"round(-x, places, 'up')", "-2.35"},
		{"round(x, half)", "error: the number of decimal places to round to is not a whole number from -1000 to 1000"},
		{"round(x, far)", "error: the number of decimal places to round to is not a whole number from -1000 to 1000"},
		{"round(a, places)", "missing: a"}, {"abs(a)", "missing: a"}, {"exp(a)", "missing: a"}, {"pow(a, half)", "missing: a"},
	})
}

func TestNull(t *testing.T) {
	e := newEnv().num("x", "3")
	for _, src := range []string{"x == nil", "nil", "x == null", "null ?? 1", "x ?? nil"} {
		require.Contains(t, e.eval(t, src), "problem: there is no `n", src)
	}
}
