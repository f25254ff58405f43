package formula_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// quickly fails the test when what it runs takes long: a limit that is checked after the work is none.
func quickly(t *testing.T, what string, run func()) {
	t.Helper()
	start := time.Now()
	run()
	require.Less(t, time.Since(start), time.Minute, what) // tells what hangs from a slow machine, no more
}

// expr's parser dies of a stack overflow on these, which nothing can recover from.
func TestHostileTexts(t *testing.T) {
	const million = 1_000_000
	for name, src := range map[string]string{
		"brackets": strings.Repeat("(", million), "closed brackets": strings.Repeat("(", million) + "1" + strings.Repeat(")", million),
		"lists": strings.Repeat("[", million), "maps": strings.Repeat("{", million), "minus": strings.Repeat("-", million) + "1", "not": strings.Repeat("not ", million) + "x",
		"exclamation marks": strings.Repeat("!", million) + "x", "sum": strings.Repeat("1+", million) + "1", "power": strings.Repeat("2**", million) + "1",
		"ternary": strings.Repeat("x?1:", million) + "1", "let": strings.Repeat("let a=1;", million) + "a", "digits": strings.Repeat("9", million), "dots": "a" + strings.Repeat(".a", million),
		"predicates": strings.Repeat("all(x,", million),
	} {
		quickly(t, name, func() {
			tree, problems := formula.Parse(src)
			require.Nil(t, tree, name)
			require.NotEmpty(t, problems, name)
			require.Equal(t, "too-long", problems[0].Code, name)
		})
	}
}

// What fits into the length is stopped by the other limits, at the place where it goes too far.
func TestDepth(t *testing.T) {
	for _, r := range []struct {
		name, src, code string
		offset          int
	}{
		{"64 brackets", strings.Repeat("(", 64) + "1" + strings.Repeat(")", 64), "", 0},
		{"65 brackets", strings.Repeat("(", 65) + "1" + strings.Repeat(")", 65), "too-deep", 64},
		{"4,000 brackets", strings.Repeat("(", 4000), "too-deep", 64},
		{"mixed brackets", strings.Repeat("([", 33) + "1" + strings.Repeat("])", 33), "too-deep", 64},
		{"calls", strings.Repeat("abs(", 65) + "1" + strings.Repeat(")", 65), "too-deep", 259},
		{"64 signs", strings.Repeat("-", 64) + "1", "", 0},
		{"65 signs", strings.Repeat("-", 65) + "1", "too-deep", 64},
		{"4,000 negations", strings.Repeat("!", 4000) + "true", "too-deep", 64},
		{"signs and negations", strings.Repeat("not ", 40) + strings.Repeat("!", 40) + "true", "too-deep", 184},
		{"signs after operators", "1" + strings.Repeat(" - -1", 500), "", 0},
		{"1,400 powers", strings.Repeat("1**", 900) + "1", "", 0},
		{"500 choices", strings.Repeat("true?1:", 500) + "1", "", 0},
		{"400 variables", strings.Repeat("let a=1;", 400) + "a", "", 0},
		{"2,040 terms", strings.Repeat("1+", 2040) + "1", "too-long", 0},
		{"999 terms", strings.Repeat("1+", 999) + "1", "", 0},
		{"4,096 bytes", "1" + strings.Repeat(" ", 4095), "", 0},
		{"4,097 bytes", "1" + strings.Repeat(" ", 4096), "too-long", 0},
	} {
		quickly(t, r.name, func() {
			p, problems := newEnv().compile(r.src)
			if r.code == "" {
				require.Empty(t, problems, r.name)
				require.NotZero(t, p.Any()(&slot.Frame{}).Kind, r.name)
				return
			}
			require.NotEmpty(t, problems, r.name)
			require.Equal(t, r.code, problems[0].Code, r.name)
			require.Equal(t, r.offset, problems[0].Offset, r.name)
		})
	}
}

// Four lists of a thousand items within each other are 10^12 turns.
func TestStepsAreLimited(t *testing.T) {
	const stop = "error: the expression takes more than 100000 steps: shorten the lists it goes through"
	e := newEnv().num("x", "3")
	var many []string
	for range 1000 {
		many = append(many, "0.5")
	}
	e.set("l", slot.ListOf(slot.NumberType), numbers(many...))
	e.set("s", slot.StringType, slot.Text(strings.Repeat("a", 60_000)))
	for _, src := range []string{
		"all(l, all(l, all(l, all(l, # < 1))))",
		"count(l, count(l, count(l, # > 1) > 1) > 1)",
		"sum(l, sum(l, sum(l, #)))",
		"len(map(l, map(l, map(l, #))))",
		"len(filter(l, len(filter(l, len(filter(l, # < 1)) > 0)) > 0))",
		"any(l, any(l, sum(l) > 1000))",
		"any(l, any(l, # in [x, x, x]))",
		"none(l, one(l, find(l, # > 1) > 1))",
		"all(1..100000, # > 0)",
		"any(1..30000, x in l)",
		// Long strings and numbers count for more.
		"any(1..3000, lower(s) == 'a')", "any(1..1500, len(s) == #)",
		"any(1..3000, s matches '(a?){20}a{20}b')",
		"all(1..3000, x ** 9000 > #)",
		"let big = x ** 10000; all(1..2000, big / (big + #) > 0)",
		"all(1..3000, sqrt(x + #) > 0)", "all(1..3000, pow(x, 1.5 + #) > 0)", "sum(1..1500, x ** (8000 + #))",
	} {
		quickly(t, src, func() { require.Equal(t, stop, e.eval(t, src), src) })
	}
	require.Equal(t, "true", e.eval(t, "all(l, all([1, 2, 3], # > 0))"))
	// Each expression has its own steps.
	p := e.mustCompile(t, "all(1..20000, # > 0)")
	f := e.frame(p)
	for range 20 {
		v := p.Any()(f)
		require.NoError(t, f.TakeErr())
		require.Equal(t, slot.Truth(true), v)
	}
}

func TestHostilePatterns(t *testing.T) {
	e := newEnv()
	e.set("s", slot.StringType, slot.Text(strings.Repeat("a", 60_000)))
	quickly(t, "exponential elsewhere", func() { require.Equal(t, "false", e.eval(t, "s matches '^(a+)+$b'")) })
	quickly(t, "alternatives", func() { require.Equal(t, "false", e.eval(t, "s matches '(a|a|a|a|a)*b'")) })
	for _, pattern := range []string{"((a{100}){100}){100}", "(((a{30}){30}){30}){30}", "a{1001}", "(a{0,500}){2}", strings.Repeat("(", 60) + "a*" + strings.Repeat(")*", 60) + strings.Repeat("x{20}", 40),
		"(?=a)", `(a)\1`, "[z-a]", "a**", `\p{Nothing}`, "("} {
		quickly(t, pattern, func() {
			_, problems := e.compile("s matches '" + strings.ReplaceAll(pattern, `\`, `\\`) + "'")
			require.Len(t, problems, 1, pattern)
			require.Equal(t, "bad-pattern", problems[0].Code, pattern)
		})
	}
}

func TestTextMustBeUTF8(t *testing.T) {
	_, problems := formula.Parse("a + '\xff'")
	require.Len(t, problems, 1)
	require.Equal(t, "not-utf8", problems[0].Code)
}
