package formula_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

func canonical(t *testing.T, src string, renamed map[string]string) string {
	t.Helper()
	tree, problems := formula.Parse(src)
	require.Empty(t, problems, src)
	return tree.Canonical(renamed)
}

func TestHowAnExpressionIsWrittenDoesNotCount(t *testing.T) {
	for _, same := range [][]string{
		{"a+b", " a + b ", "(a + b)", "((a) + (b))", "a\n  +b"},
		{"a * 1000", "a * 1_000", "a * 1e3", "a * 1000.00"},
		{"a >= 0.5", "a >= 0.50", "a >= 5e-1"},
		{"a and not b", "a && !b", "(a) and (not (b))"},
		{"a or b and c", "a || (b && c)"},
		{"x in ['a', 'b']", `x in ["a", "b"]`},
		{"x not in 1..5", "not (x in 1..5)"},
		{"a.b.c", "a?.b?.c", "a['b'].c"},
		{"list | filter(# > 1) | sum()", "sum(filter(list, # > 1))"},
		{"0 < a <= 5", "(0 < a <= 5)"},
		{"a - b - c", "(a - b) - c"},
		{"let x = a; x + 1", "let x = (a); (x + 1)"},
		{"sum(1, 2, 3)", "sum(1,2,3)"},
	} {
		for _, src := range same[1:] {
			require.Equal(t, canonical(t, same[0], nil), canonical(t, src, nil), src)
		}
	}
}

func TestWhatAnExpressionSaysCounts(t *testing.T) {
	seen := map[string]string{}
	for _, src := range []string{
		"a + b", "b + a", "a - b", "a - (b - c)", "a - b - c", "a * 1000", "a * 1001", "a", "b", "'a'", "not a", "-a", "a ? b : c", "a ?? b",
		"a and b", "a or b", "(a or b) and c", "a or b and c", "0 < a < 5", "0 < a <= 5", "[a, b]", "[b, a]", "min(a, b)", "max(a, b)", "f(a, b)",
		"a[0]", "a[1]", "a.b", "a[b]", "true", "false", "all(a, # > 1)", "any(a, # > 1)", "any(a, .b > 1)", "let x = a; x", "let y = a; y", "1", "1..2",
		"a == 'b c'", "a == 'b  c'", "a in [1]", "a % b", "a ** b", "sum(a)", "sum(a, b, c)",
	} {
		text := canonical(t, src, nil)
		require.Empty(t, seen[text], src)
		seen[text] = src
	}
}

func TestARenamedInputIsFollowed(t *testing.T) {
	renamed := map[string]string{"sales": "purchases", "applicant.age": "age"}
	for was, is := range map[string]string{
		"sales / 12":                "purchases / 12",
		"applicant.age >= 18":       "age >= 18",
		"applicant.name == 'sales'": "applicant.name == 'sales'",
		"let sales = 1; sales + 1":  "let sales = 1; sales + 1",
		"sales.q1":                  "purchases.q1",
		"salesman":                  "salesman",
	} {
		require.Equal(t, canonical(t, is, nil), canonical(t, was, renamed), was)
	}
}
