package policy_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/portfolio"
	"github.com/tallystick-go/tallystick/scoring"
)

// What somebody may try who means harm, or has no luck, and what becomes of it: HOSTILE.md is made of this table.

// attempt is one try. meets returns what it gets.
type attempt struct {
	what  string
	meets func(t *testing.T) string
	want  string
}

const hostileHead = "policy: p\nversion: '1'\ninputs:\n  x: {type: number}\n  s: {type: string}\n  day: {type: date}\n  list: {type: list, of: number}\n"

// loading returns the codes of what is wrong with a policy, and what a customer meets where nothing is.
func loading(src string, opts ...policy.Option) func(t *testing.T) string {
	return func(t *testing.T) string {
		_, err := policy.Parse("p.yaml", []byte(src), opts...)
		return outcomeOf(t, err)
	}
}

// outcomeOf says in a few words what err is.
func outcomeOf(t *testing.T, err error) string {
	var faults policy.Diagnostics
	var bad policy.InputErrors
	var failed *policy.EvalError
	var file *policy.FileError
	switch {
	case err == nil:
		return "loaded"
	case errors.As(err, &faults):
		var codes []string
		for _, f := range faults {
			require.LessOrEqual(t, len(f.Message), 1000, "a message repeats what it was given: %.200s", f.Message)
			if f.Severity == policy.Error && !slices.Contains(codes, "`"+f.Code+"`") {
				codes = append(codes, "`"+f.Code+"`")
			}
		}
		slices.Sort(codes)
		return "not loaded: " + strings.Join(codes, ", ")
	case errors.As(err, &bad):
		var codes []string
		for _, f := range bad {
			require.LessOrEqual(t, len(f.Error()), 1000, "a message repeats what it was given: %.200s", f.Message)
			if !slices.Contains(codes, "`"+f.Code+"`") {
				codes = append(codes, "`"+f.Code+"`")
			}
		}
		return "an error of the record: " + strings.Join(codes, ", ")
	case errors.As(err, &failed):
		return "no decision: " + failed.Err.Error()
	case errors.As(err, &file):
		return "the file is not read on"
	}
	return err.Error()
}

// endless has one file, which never ends.
type endless struct{}

func (endless) Open(string) (fs.File, error) { return endless{}, nil }
func (endless) Stat() (fs.FileInfo, error)   { return nil, fs.ErrInvalid }
func (endless) Read(p []byte) (n int, _ error) {
	return copy(p, bytes.Repeat([]byte("# "), len(p))), nil
}
func (endless) Close() error { return nil }

// value is a policy with a value, an expression in quotes.
func value(expr string) string {
	return hostileHead + "values:\n  v: \"" + strings.ReplaceAll(strings.ReplaceAll(expr, `\`, `\\`), `"`, `\"`) + "\"\n"
}

// deciding loads src, which has nothing wrong with it, and decides a record.
func deciding(src string, record any, opts ...policy.Option) func(t *testing.T) string {
	return func(t *testing.T) string {
		d, err := load(t, src, opts...).Decide(record, asOf)
		if err != nil {
			return outcomeOf(t, err)
		}
		if v, ok := d.Value("v"); ok && v == "" {
			return "decided: " + d.Outcome().String() + ", with an empty text"
		}
		return "decided: " + d.Outcome().String()
	}
}

// parsing decides a record of JSON.
func parsing(json string) func(t *testing.T) string {
	return func(t *testing.T) string {
		r, err := policy.ParseRecord([]byte(json))
		if err != nil {
			return outcomeOf(t, err)
		}
		return deciding(hostileHead, r)(t)
	}
}

// rows decides the customers of a file, and returns what the last one meets.
func rows(file string, f policy.Format) func(t *testing.T) string {
	return func(t *testing.T) string {
		c, err := load(t, hostileHead).Customers(strings.NewReader(file), f)
		if err != nil {
			return outcomeOf(t, err)
		}
		_, err = c.Decide(new(policy.Decision), asOf)
		if err == nil {
			return "decided"
		}
		return outcomeOf(t, err)
	}
}

// calling is a function of the embedder's, called with x.
func calling(fn any) func(t *testing.T) string {
	return deciding(value("f(x)"), policy.Record{"x": 1}, policy.WithFunction("f", fn))
}

// rogue is a method from outside that does what it is told, wherever it is asked.
type rogue struct{ scoring.At }

// rogueDoes is what the rogue does where: "check", "points", and so on. A test sets it.
var rogueDoes = map[string]func(){}

func does(where string) {
	if f := rogueDoes[where]; f != nil {
		f()
	}
}

func (*rogue) Check(scoring.Setting) []scoring.Fault { does("Check"); return nil }
func (*rogue) Points(c *scoring.Case) (scoring.Number, scoring.Absence) {
	does("Points")
	c.Row = 1
	if rogueDoes["huge"] != nil {
		huge, _ := scoring.Int(2).PowInt(32_000)
		return huge.Mul(huge), 0
	}
	if rogueDoes["much"] != nil {
		return scoring.Int(1_000_000), 0
	}
	if rogueDoes["absent"] != nil {
		return scoring.Number{}, 1 << 20
	}
	return scoring.Int(50), 0
}
func (*rogue) Range(scoring.Interval, scoring.Number) (scoring.Interval, bool) {
	does("Range")
	return scoring.Interval{}, false
}
func (*rogue) Trend(scoring.Number) scoring.Trend        { does("Trend"); return scoring.Rising }
func (*rogue) Describe(string) string                    { does("Describe"); return "" }
func (*rogue) Working(*scoring.Case) string              { does("Working"); return "" }
func (*rogue) RowText(int, string) string                { does("RowText"); return "" }
func (*rogue) Row(int) (code string, text scoring.Title) { does("Row"); return "", scoring.Title{} }

// rogueSum is a combiner from outside.
type rogueSum struct{ scoring.At }

func (*rogueSum) Check(*scoring.Card) []scoring.Fault { does("combiner Check"); return nil }
func (*rogueSum) Terms() scoring.Terms                { does("Terms"); return scoring.Terms{} }
func (*rogueSum) Describe(string) string              { does("Describe"); return "" }
func (*rogueSum) Combine(_ *scoring.Frame, parts []scoring.Part) (scoring.Number, scoring.Absence) {
	does("Combine")
	return parts[0].Points, 0
}

// outside decides, explains and documents a policy whose method and combiner panic where they are asked for what, or do it.
func outside(what string) func(t *testing.T) string {
	return func(t *testing.T) string {
		methods, combiners := scoring.Methods(), scoring.Combiners()
		require.NoError(t, methods.Register("rogue", func() scoring.Method { does("make"); return new(rogue) }))
		require.NoError(t, combiners.Register("rogue_sum", func() scoring.Combiner { does("combiner make"); return new(rogueSum) }))
		rogueDoes = map[string]func(){what: func() {
			if what[0] != 'h' && what[0] != 'm' && what[0] != 'a' || strings.HasSuffix(what, "make") {
				panic("boom")
			}
		}}
		defer func() { rogueDoes = map[string]func(){} }()
		src := hostileHead + "scoring:\n  combine: rogue_sum\n  indicators: [{id: i, weight: 100, of: x, monotone: rising, rogue: {}, missing: reweight}]\n"
		p, err := policy.Parse("p.yaml", []byte(src), policy.WithMethods(methods), policy.WithCombiners(combiners))
		if err != nil {
			return outcomeOf(t, err)
		}
		d, err := p.Decide(policy.Record{"x": 1}, asOf)
		if err != nil {
			return outcomeOf(t, err)
		}
		require.True(t, len(d.AppendJSON(nil)) > 0)
		require.NotEmpty(t, d.Explain("en").Text())
		require.NotEmpty(t, p.Document("en"))
		_ = p.Coverage()
		_, err = p.Prove()
		require.NoError(t, err)
		return strings.TrimSpace("decided: " + d.Outcome().String() + " " + d.ScoreText())
	}
}

func hostilePolicies() []attempt {
	deep := strings.Repeat("[", 100_000)
	return []attempt{
		{"an alias", loading("policy: p\nversion: '1'\ninputs: {x: number}\nvalues: {a: &a x, b: *a}\n"), "not loaded: `yaml-alias`, `yaml-anchor`"},
		{"ten aliases of ten aliases of ten aliases (a bomb)", loading(bomb()), "not loaded: `yaml-alias`, `yaml-anchor`"},
		{"100,000 lists within each other", loading("policy: " + deep), "not loaded: `too-deep`"},
		{"100,000 maps within each other", loading("policy: " + strings.Repeat("{a: ", 100_000)), "not loaded: `too-deep`"},
		{"100,000 levels of list items", loading("policy:\n  " + strings.Repeat("- ", 100_000) + "x"), "not loaded: `too-deep`"},
		{"65 levels", loading("policy: " + strings.Repeat("[", 65) + strings.Repeat("]", 65)), "not loaded: `too-deep`"},
		{"a file that never ends, such as a device", func(t *testing.T) string {
			_, err := policy.Load(endless{}, "p.yaml")
			return outcomeOf(t, err)
		}, "not loaded: `too-large`"},
		{"a file of more than 1 MiB", loading(hostileHead + "#" + strings.Repeat(" ", 1<<20)), "not loaded: `too-large`"},
		{"100,000 keys", loading("policy: p\nversion: '1'\ninputs:\n" + many("  n%d: 1\n", 90_000)), "not loaded: `too-large`"},
		{"a key twice", loading(hostileHead + "policy: q\n"), "not loaded: `duplicate-key`"},
		{"a key twice, once in quotes and escaped", loading(hostileHead + "\"\\u0070olicy\": q\n"), "not loaded: `duplicate-key`"},
		{"a merge key", loading(hostileHead + "<<: {grade: x}\n"), "not loaded: `yaml-merge`"},
		{"a second document", loading(hostileHead + "---\npolicy: q\n"), "not loaded: `yaml-document`"},
		{"a tag", loading("policy: !!binary cA==\nversion: '1'\ninputs: {x: number}\n"), "not loaded: `yaml-tag`"},
		{"a directive", loading("%YAML 1.1\n---\n" + hostileHead), "not loaded: `yaml-directive`"},
		{"a BOM before it", loading("\ufeff" + hostileHead), "loaded"},
		{"a BOM within", loading(hostileHead + "# a\ufeff\n"), "not loaded: `bad-character`"},
		{"UTF-16", loading("\xff\xfep\x00o\x00l\x00i\x00c\x00y\x00"), "not loaded: `not-utf8`"},
		{"bytes that are not UTF-8", loading(hostileHead + "# \xff\n"), "not loaded: `not-utf8`"},
		{"NUL", loading(hostileHead + "# \x00\n"), "not loaded: `bad-character`"},
		{"text that is shown in another order (U+202E)", loading(hostileHead + "# \u202e\n"), "not loaded: `bad-character`"},
		{"a tab for indentation", loading("policy: p\nversion: '1'\ninputs:\n\tx: number\n"), "not loaded: `yaml-tab`"},
		{"nothing at all", loading(""), "not loaded: `empty-file`"},
		{"a list where a map belongs", loading("[1, 2]"), "not loaded: `wrong-type`"},
		{"`yes` for true (YAML 1.1)", loading(hostileHead + "grade: {of: s, scale: [{grade: A}, {grade: M, off_scale: yes}]}\n"), "not loaded: `wrong-type`"},
		{"`010` (eight or ten?)", loading(bound("010")), "not loaded: `bad-number`"},
		{"`0o10`", loading(bound("0o10")), "not loaded: `bad-number`"},
		{"`0x10`", loading(bound("0x10")), "not loaded: `bad-number`"},
		{"`1:30` (sexagesimal: 90)", loading(bound("1:30")), "not loaded: `bad-number`"},
		{"`2024-01-02T00:00:00Z` for a number", loading(bound("2024-01-02T00:00:00Z")), "not loaded: `bad-number`"},
		{"`2024-01-02T00:00:00Z` for a day", loading(hostileHead + "effective: {from: 2024-01-02T00:00:00Z}\n"), "not loaded: `bad-date`"},
		{"`.nan`", loading(bound(".nan")), "not loaded: `bad-number`"},
		{"`-.inf`", loading(bound("-.inf")), "not loaded: `bad-number`"},
		{"`1e1000000000`", loading(bound("1e1000000000")), "not loaded: `bad-number`"},
		{"a number of 500,000 digits", loading(bound(strings.Repeat("9", 500_000))), "not loaded: `bad-number`"},
		{"a value that is itself", loading(hostileHead + "values: {v: v + 1}\n"), "not loaded: `cycle`"},
		{"values that need each other", loading(hostileHead + "values: {a: b + 1, b: c + 1, c: a + 1}\n"), "not loaded: `cycle`"},
		{"a function that calls itself", loading(hostileHead + "functions: {'f(n)': f(n - 1)}\nvalues: {v: f(x)}\n"), "not loaded: `recursion`"},
		{"functions that double each other, 40 times over", loading(doubling(40)), "not loaded: `too-long`"},
		{"200,000 faults", loading("policy: p\n" + strings.Repeat("? *a\n", 200_000)), "not loaded: `yaml-alias`"},
	}
}

func hostileExpressions() []attempt {
	const million = 1_000_000
	thousand := strings.Repeat("0, ", 300) + "0"
	return []attempt{
		{"an expression of more than 4 KiB", loading(value(strings.Repeat("x + ", 2000) + "x")), "not loaded: `too-long`"},
		{"4,000 brackets", loading(value(strings.Repeat("(", 4000))), "not loaded: `too-deep`"},
		{"4,000 signs", loading(value(strings.Repeat("-", 4000) + "x")), "not loaded: `too-deep`"},
		{"more than 2,000 operations", loading(value(strings.Repeat("1+", 1500) + "x")), "not loaded: `too-long`"},
		{"a number of ten million digits", loading(value(strings.Repeat("9", 10*million))), "not loaded: `too-large`"},
		{"`1e1000000000`", loading(value("x + 1e1000000000")), "not loaded: `bad-number`"},
		{"a list in a list in a list", deciding(value("sum(1..300, sum(1..300, sum(1..300, 1))) + x"), policy.Record{"x": 1}), "no decision: the expression takes more than 100000 steps: shorten the lists it goes through"},
		{"a range of a billion", deciding(value("sum(1..1000000000) + x"), policy.Record{"x": 1}), "no decision: the expression takes more than 100000 steps: shorten the lists it goes through"},
		{"a list of 300 items, looked through 300 times", deciding(value("count(["+thousand+"], count(["+thousand+"], # == x) > 0) + x"), policy.Record{"x": 1}), "no decision: the expression takes more than 100000 steps: shorten the lists it goes through"},
		{"`x ** 1000000000`", deciding(value("x ** 1000000000"), policy.Record{"x": 3}), "no decision: a number grew beyond 32768 bits, about 9,800 digits"},
		{"a power of a power of a power", deciding(value("((x ** 1000) ** 1000) ** 1000"), policy.Record{"x": 3}), "no decision: a number grew beyond 32768 bits, about 9,800 digits"},
		{"exp of a million", deciding(value("exp(x)"), policy.Record{"x": million}), "no decision: exp of such a number is beyond 10^1000"},
		{"a text that doubles, again and again", deciding(value("let a = s + s; let b = a + a; let c = b + b; let d = c + c; let e = d + d; len(e + e)"), policy.Record{"s": strings.Repeat("x", 60_000)}), "no decision: a string grew beyond 64 KiB"},
		{"division by zero", deciding(value("1 / x"), policy.Record{"x": 0}), "decided: admitted"},
		{"a pattern that takes for ever elsewhere", deciding(value("s matches '^(a+)+$'"), policy.Record{"s": strings.Repeat("a", 60_000) + "b"}), "decided: admitted"},
		{"a pattern that grows", loading(value("s matches '((a{100}){100}){100}'")), "not loaded: `bad-pattern`"},
		{"a pattern that the customer gives", loading(value("s matches s")), "not loaded: `bad-pattern`"},
		{"a date in the year 10000", deciding(value("add_months(day, 12 * 9000)"), policy.Record{"day": "2024-01-01"}), "no decision: a date left the years 1 to 9999"},
		{"a million months", deciding(value("add_months(day, 1000000000000)"), policy.Record{"day": "2024-01-01"}), "no decision: a date left the years 1 to 9999"},
		{"rounding to 10,000 places", deciding(value("round(x, 10 ** 4)"), policy.Record{"x": "0.5"}), "no decision: the number of decimal places to round to is not a whole number from -1000 to 1000"},
		{"a built-in of the parser's that is not of the language", loading(value("repeat(s, 1000000000)")), "not loaded: `unknown-function`"},
		{"reading the environment", loading(value("env('HOME')")), "not loaded: `unknown-function`"},
		{"reading the clock", loading(value("now()")), "not loaded: `unknown-function`"},
		{"a method of a Go value", loading(value("s.String()")), "not loaded: `not-allowed`"},
		{"a closure that is kept", loading(value("let f = (#); f")), "not loaded: `syntax`"},
	}
}

func hostileRecords() []attempt {
	return []attempt{
		{"`1e1000000000`", parsing(`{"x": 1e1000000000}`), "an error of the record: `format`"},
		{"a number of ten million digits", parsing(`{"x": ` + strings.Repeat("9", 10_000_000) + `}`), "an error of the record: `too-long`"},
		{"a number of 65 digits", parsing(`{"x": ` + strings.Repeat("9", 65) + `}`), "an error of the record: `too-long`"},
		{"`NaN`", parsing(`{"x": NaN}`), "an error of the record: `syntax`"},
		{"`\"Infinity\"`", parsing(`{"x": "Infinity"}`), "an error of the record: `format`"},
		{"a float64 from Go", deciding(hostileHead, policy.Record{"x": 0.5}), "an error of the record: `float`"},
		{"a float64 NaN from Go, where floats are allowed", deciding(hostileHead, policy.Record{"x": math.NaN()}, policy.AllowFloats()), "an error of the record: `float`"},
		{"a name twice", parsing(`{"x": 1, "x": 2}`), "an error of the record: `duplicate`"},
		{"a name twice, once escaped", parsing(`{"x": 1, "\u0078": 2}`), "an error of the record: `duplicate`"},
		{"100,000 lists within each other", parsing(`{"list": ` + strings.Repeat("[", 100_000)), "an error of the record: `syntax`"},
		{"a list of 100,000 items", parsing(`{"list": [` + strings.Repeat("1,", 100_000) + `1]}`), "an error of the record: `too-long`"},
		{"a text of 10 MB", parsing(`{"s": "` + strings.Repeat("a", 10_000_000) + `"}`), "an error of the record: `too-long`"},
		{"bytes that are not UTF-8", parsing("{\"s\": \"\xff\"}"), "an error of the record: `encoding`"},
		{"half a surrogate pair", parsing(`{"s": "\ud800"}`), "an error of the record: `syntax`"},
		{"something after the object", parsing(`{"x": 1} {"x": 2}`), "an error of the record: `syntax`"},
		{"100,000 unknown names", parsing(`{` + strings.TrimSuffix(many(`"u%d": 1,`, 100_000), ",") + `}`), "an error of the record: `unknown`, `more`"},
		{"a name that the policy reserves", parsing(`{"score": 100}`), "an error of the record: `unknown`"},
		{"a Go map that holds itself", deciding(hostileHead, circular()), "an error of the record: `type`"},
		{"no record at all", deciding(hostileHead, nil), "an error of the record: `type`"},
		{"a CSV file with a column twice", rows("x,x\n1,2\n", policy.CSV), "an error of the record: `duplicate`"},
		{"a CSV row with too many cells", rows("x\n1,2\n", policy.CSV), "an error of the record: `syntax`"},
		{"a CSV file in UTF-16", rows("\xff\xfex\x00\n\x00", policy.CSV), "the file is not read on"},
		{"a CSV cell of 10 MB", rows("s\n"+strings.Repeat("a", 10_000_000)+"\n", policy.CSV), "an error of the record: `too-long`"},
		{"a CSV quote that never ends", rows("s\n\""+strings.Repeat("a\n", 5_000_000), policy.CSV), "an error of the record: `syntax`"},
		{"a line of NDJSON that is an array", rows("[1]\n", policy.NDJSON), "the file is not read on"},
		{"a JSON array that breaks off", rows(`[{"x": 1`, policy.JSON), "the file is not read on"},
		{"a formula for a spreadsheet (=1+1)", rows("s\n=1+1\n", policy.CSV), "decided"},
	}
}

func hostileCode() []attempt {
	return []attempt{
		{"a function that panics", calling(func(policy.Number) policy.Number { panic("boom") }), "no decision: the function `f`: it panicked: boom"},
		{"a function that returns an error", calling(func(policy.Number) (policy.Number, error) { return policy.Number{}, errors.New("no connection") }), "no decision: the function `f`: no connection"},
		{"a function that returns a number of 64,000 bits", calling(func(policy.Number) policy.Number {
			huge, _ := scoring.Int(2).PowInt(32_000)
			return huge.Mul(huge)
		}), "no decision: the function `f` returned a number of more than 9,800 digits"},
		{"a function that returns a text of 10 MB", calling(func(policy.Number) string { return strings.Repeat("a", 10_000_000) }), "no decision: the function `f` returned a string of more than 64 KiB"},
		{"a function that returns text that is not UTF-8", calling(func(policy.Number) string { return "\xff" }), "no decision: the function `f` returned a string that is not UTF-8"},
		{"a function that returns a day in the year 30000", calling(func(policy.Number) policy.Date { return 10_000_000 }), "no decision: the function `f` returned a date beyond the years 1 to 9999"},
		{"a function that does not return", waiting, "the decision waits for it"},
		{"a method that panics when it is made", outside("make"), "not loaded: `panic`"},
		{"a combiner that panics when it is made", outside("combiner make"), "not loaded: `panic`"},
		{"a method that panics when it is checked", outside("Check"), "not loaded: `panic`"},
		{"a method that panics when it is asked for its range", outside("Range"), "not loaded: `panic`"},
		{"a method that panics when it is asked for its trend", outside("Trend"), "not loaded: `panic`"},
		{"a method that panics when it is asked for points", outside("Points"), "no decision: panic: boom"},
		{"a method that gives a million points of 100", outside("much"), "decided: admitted 100.00"},
		{"a method that gives a number of 64,000 bits", outside("huge"), "decided: admitted 100.00"},
		{"a method that makes up what is missing", outside("absent"), "decided: referred"},
		{"a method that panics when it is asked what it does", outside("Describe"), "decided: admitted 50.00"},
		{"a method that panics when it is asked for its calculation", outside("Working"), "decided: admitted 50.00"},
		{"a method that panics when it is asked for a row", outside("Row"), "decided: admitted 50.00"},
		{"a method that panics when it is asked for the text of a row", outside("RowText"), "decided: admitted 50.00"},
		{"a combiner that panics when it is checked", outside("combiner Check"), "not loaded: `panic`"},
		{"a combiner that panics when it is asked what weights mean", outside("Terms"), "not loaded: `panic`"},
		{"a combiner that panics when it combines", outside("Combine"), "no decision: panic: boom"},
		{"a context that is done already, over many customers", cancelled, "context canceled, and no customer decided"},
	}
}

// waiting decides with a function that waits until it is let go.
func waiting(t *testing.T) string {
	begun, letGo, done := make(chan bool), make(chan bool), make(chan string)
	go func() {
		done <- calling(func(policy.Number) policy.Number { begun <- true; <-letGo; return policy.Number{} })(t)
	}()
	<-begun
	select {
	case <-done:
		return "the decision does not wait"
	default:
	}
	close(letGo)
	require.Equal(t, "decided: admitted", <-done)
	return "the decision waits for it"
}

func cancelled(t *testing.T) string {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out strings.Builder
	p := load(t, hostileHead)
	w, err := portfolio.NewWriter(&out, portfolio.NDJSON, p)
	require.NoError(t, err)
	day, err := policy.ParseDate("2024-06-30")
	require.NoError(t, err)
	summary, err := portfolio.Decide(ctx, p, day, strings.NewReader("x\n"+strings.Repeat("1\n", 100_000)), policy.CSV, w)
	require.ErrorIs(t, err, context.Canceled)
	if summary.Customers > 0 {
		return fmt.Sprintf("%s, and %d customers decided", err, summary.Customers)
	}
	return err.Error() + ", and no customer decided"
}

// bomb is a file of a few hundred bytes whose aliases stand for a thousand million texts.
func bomb() string {
	src := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 10; i++ {
		src += fmt.Sprintf("a%d: &a%d [", i, i) + strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", ") + "]\n"
	}
	return src
}

// many repeats a text with the numbers from 0.
func many(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// bound is a policy in which text stands for a number.
func bound(text string) string {
	return "policy: p\nversion: '1'\ninputs: {x: {type: number, min: " + text + "}}\n"
}

// doubling is a policy with functions each of which calls the one before twice.
func doubling(n int) string {
	src := hostileHead + "functions:\n  f0(n): n\n"
	for i := 1; i <= n; i++ {
		src += fmt.Sprintf("  f%d(n): f%d(n) + f%d(n)\n", i, i-1, i-1)
	}
	return src + fmt.Sprintf("values: {v: f%d(x)}\n", n)
}

func circular() policy.Record {
	r := policy.Record{}
	r["x"] = map[string]any(r)
	return r
}

// Nothing that can be written into a policy or a record makes an end of the program, takes for ever, or passes silently.
func TestHostile(t *testing.T) {
	var page strings.Builder
	page.WriteString("# What hostile policies and records get\n\nMade by `go test ./policy -update`; each line is a test. Whatever the input, the program neither panics nor " +
		"runs for ever,\nand what is wrong is told. Codes of policies are those of [DIAGNOSTICS.md](DIAGNOSTICS.md).\n")
	for _, part := range []struct {
		title    string
		attempts []attempt
	}{
		{"A policy file", hostilePolicies()}, {"An expression of a policy", hostileExpressions()},
		{"A record", hostileRecords()}, {"Code of your own", hostileCode()},
	} {
		fmt.Fprintf(&page, "\n## %s\n\n| what is tried | what it gets |\n| --- | --- |\n", part.title)
		for _, a := range part.attempts {
			t.Run(part.title+"/"+a.what, func(t *testing.T) {
				got := a.meets(t)
				require.Equal(t, a.want, got)
			})
			fmt.Fprintf(&page, "| %s | %s |\n", a.what, strings.ReplaceAll(a.want, "|", `\|`))
		}
	}
	if *update {
		require.NoError(t, os.WriteFile("HOSTILE.md", []byte(page.String()), 0o644))
	}
	src, err := os.ReadFile("HOSTILE.md")
	require.NoError(t, err)
	require.Equal(t, string(src), page.String(), "write it with: go test ./policy -update")
}
