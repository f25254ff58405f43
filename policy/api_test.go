package policy_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/scoring"
)

func TestLoading(t *testing.T) {
	src, err := os.ReadFile(contractFile)
	require.NoError(t, err)
	fromFile, err := policy.LoadFile(contractFile)
	require.NoError(t, err)
	fromFS, err := policy.Load(fstest.MapFS{"rules/policy.yaml": {Data: src}}, "rules/policy.yaml")
	require.NoError(t, err)
	fromText, err := policy.Parse("policy.yaml", src)
	require.NoError(t, err)
	for _, p := range []*policy.Policy{fromFile, fromFS, fromText} {
		assert.Equal(t, "customer-management", p.ID())
		assert.Equal(t, "2024.1", p.Version())
		assert.Equal(t, "客户管理办法", p.Title("zh"))
		assert.Equal(t, "Customer management measures", p.Title("en"))
		assert.Equal(t, fmt.Sprintf("sha256:%x", sha256.Sum256(src)), p.Digest())
		assert.Equal(t, fromFile.Meaning(), p.Meaning())
		assert.Equal(t, []policy.Grade{{Name: "A", Title: "重点客户"}, {Name: "B", Title: "一般客户"}, {Name: "C", Title: "潜在客户"}, {Name: "D", Title: "不合格"}}, p.Grades())
		assert.True(t, p.HasScore())
		assert.True(t, p.HasLimit())
	}

	_, err = policy.LoadFile("testdata/none.yaml")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	var faults policy.Diagnostics
	assert.False(t, errors.As(err, &faults), "a file that is not there has no faults")
	_, err = policy.Load(fstest.MapFS{}, "none.yaml")
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// The digest is that of the bytes; the meaning is what they say.
func TestMeaningIgnoresLayout(t *testing.T) {
	one := load(t, "policy: p\nversion: \"1\"\ninputs: {n: {type: number, min: 1_000}}\nvalues: {a: n + 1}\n")
	other := load(t, "# A comment.\npolicy: p\nversion: '1'\n\ninputs:\n  n: {type: number, min: 1000.0}\nvalues:\n  a: >-\n    n\n    + 1\n")
	assert.NotEqual(t, one.Digest(), other.Digest())
	assert.Equal(t, one.Meaning(), other.Meaning())
	for _, changed := range []string{
		"policy: p\nversion: \"1\"\ninputs: {n: {type: number, min: 1_001}}\nvalues: {a: n + 1}\n",
		"policy: p\nversion: \"1\"\ninputs: {n: {type: number, min: 1_000}}\nvalues: {a: n + 2}\n",
		"policy: p\nversion: \"2\"\ninputs: {n: {type: number, min: 1_000}}\nvalues: {a: n + 1}\n",
	} {
		assert.NotEqual(t, one.Meaning(), load(t, changed).Meaning())
	}
}

// The clock is never read: a decision is for a day that is given, and on which the policy is in force.
func TestTheDayOfADecision(t *testing.T) {
	day := func(s string) policy.DecideOption {
		d, err := policy.ParseDate(s)
		require.NoError(t, err)
		return policy.AsOf(d)
	}
	p := load(t, "policy: p\nversion: \"1\"\neffective: {from: 2024-01-01, until: 2025-01-01}\ninputs: {since: {type: date}}\nvalues: {days: 'days_between(since, as_of)'}\n")
	for _, s := range []string{"2024-01-01", "2024-12-31"} {
		d, err := p.Decide(policy.Record{"since": "2024-01-01"}, day(s))
		require.NoError(t, err, s)
		assert.Equal(t, s, d.AsOf().String())
	}
	d, err := p.Decide(policy.Record{"since": "2024-01-01"}, day("2024-12-31"))
	require.NoError(t, err)
	days, _ := d.Value("days")
	assert.Equal(t, "365", days)

	for s, want := range map[string]string{
		"2023-12-31": "policy p 1 is not in force on 2023-12-31: it is from 2024-01-01 until the day before 2025-01-01",
		"2025-01-01": "policy p 1 is not in force on 2025-01-01: it is from 2024-01-01 until the day before 2025-01-01",
	} {
		d, err := p.Decide(policy.Record{}, day(s))
		require.EqualError(t, err, want)
		assert.Nil(t, d)
		var e *policy.AsOfError
		require.True(t, errors.As(err, &e))
		assert.True(t, e.Given)
		assert.Equal(t, s, e.AsOf.String())
	}
	_, err = p.Decide(policy.Record{})
	require.EqualError(t, err, "policy p: no day is given: pass policy.AsOf(date); the clock is never read")
	_, err = load(t, "policy: p\nversion: \"1\"\ninputs: {n: number}\n").Decide(policy.Record{})
	require.Error(t, err, "also where the policy is always in force")
	_, err = load(t, "policy: p\nversion: \"1\"\neffective: {until: 2025-01-01}\ninputs: {n: number}\n").Decide(policy.Record{}, day("2025-01-01"))
	require.EqualError(t, err, "policy p 1 is not in force on 2025-01-01: it is until the day before 2025-01-01")
	_, err = load(t, "policy: p\nversion: \"1\"\neffective: {until: 2025-01-01}\ninputs: {n: number}\n").Decide(policy.Record{}, day("1900-01-01"))
	require.NoError(t, err)

	assert.Equal(t, policy.NewDate(2024, time.June, 30), policy.DateOf(time.Date(2024, time.June, 30, 23, 59, 0, 0, time.FixedZone("UTC-8", -8*60*60))))
	_, err = policy.ParseDate("30.6.2024")
	assert.Error(t, err)
}

// Where the policy itself fails there is no decision, and the error says which rule it was and where it stands.
func TestAPolicyThatFails(t *testing.T) {
	head := "policy: p\nversion: \"1\"\ninputs: {n: {type: number}, list: {type: list, of: number}}\n"
	boom := policy.WithFunction("boom", func(policy.Number) (policy.Number, error) { return policy.Number{}, errors.New("no connection") })
	for name, x := range map[string]struct {
		policy, rule string
		line, col    int
	}{
		"a value":     {"values:\n  a: boom(n) + 1\n", "value a", 5, 6},
		"a criterion": {"admission:\n  - {id: size, require: boom(n) > 1}\n", "criterion size", 5, 25},
		"an indicator": {"scoring:\n  indicators:\n    - {id: one, weight: 100, formula: boom(n)}\n",
			"scoring indicator one", 6, 7},
		"a grade rule": {"values: {g: \"n > 1 ? 'A' : 'B'\"}\ngrade:\n  of: g\n  scale: [{grade: A}, {grade: B}]\n  rules:\n    - {id: late, when: boom(n) > 1, at_most: B}\n",
			"grade rule late", 9, 24},
		"a step of the limit": {"credit:\n  limit:\n    - {id: base, set: boom(n)}\n", "credit limit base: set", 6, 23},
		"an exposure":         {"credit:\n  limit: [{set: n}]\n  exposure: [boom(n)]\n", "credit exposure 1", 6, 14},
		"an approval":         {"credit:\n  limit: [{set: n}]\n  approval: [{by: me, up_to: boom(n)}, {by: you}]\n", "credit approval 1: up_to", 6, 30},
		"a request":           {"credit:\n  limit: [{set: n}]\n  request: {amount: boom(n)}\n", "credit request: amount", 6, 21},
	} {
		t.Run(name, func(t *testing.T) {
			p := load(t, head+x.policy, boom)
			d, err := p.Decide(policy.Record{"n": 5}, asOf)
			require.Error(t, err)
			assert.Nil(t, d)
			var e *policy.EvalError
			require.True(t, errors.As(err, &e), "%v", err)
			assert.Equal(t, "p", e.Policy)
			assert.Equal(t, x.rule, e.Rule)
			assert.Equal(t, [2]int{x.line, x.col}, [2]int{e.Line, e.Col})
			assert.EqualError(t, err, fmt.Sprintf("policy p: %s (line %d, column %d): the function `boom`: no connection", x.rule, x.line, x.col))

			_, err = p.Decide(policy.Record{}, asOf)
			require.NoError(t, err, "what is missing is not asked for")
		})
	}

	// Work without end is cut off.
	p := load(t, head+"values: {a: 'count(list, count(list, # > 0) > 0)'}\n")
	list := make([]any, 10_000)
	for i := range list {
		list[i] = i
	}
	_, err := p.Decide(policy.Record{"list": list}, asOf)
	var e *policy.EvalError
	require.True(t, errors.As(err, &e), "%v", err)
	assert.Equal(t, "value a", e.Rule)
	assert.Contains(t, err.Error(), "more than 100000 steps")
	_, err = p.Decide(policy.Record{"list": []any{1, 2}}, asOf)
	require.NoError(t, err)
}

func TestFunctionsOfTheEmbedder(t *testing.T) {
	head := "policy: p\nversion: \"1\"\ninputs: {n: {type: number}, s: {type: string}, b: {type: bool}, d: {type: date}}\n"
	asked := 0
	p := load(t, head+"values:\n  twice: double(n)\n  shout: upper_cased(s)\n  turned: negate(b)\n  next: tomorrow(d)\n  all: mix(n, s, b, d)\n  answer: answer()\n  some: double(n) ?? 5\n",
		policy.WithFunction("double", func(n policy.Number) policy.Number { asked++; return n.Add(n) }),
		policy.WithFunction("upper_cased", strings.ToUpper),
		policy.WithFunction("negate", func(b bool) bool { return !b }),
		policy.WithFunction("tomorrow", func(d policy.Date) (policy.Date, error) { return d + 1, nil }),
		policy.WithFunction("mix", func(n policy.Number, s string, b bool, d policy.Date) string {
			return fmt.Sprintf("%s %s %t %s", n, s, b, d)
		}),
		policy.WithFunction("answer", func() policy.Number { return scoring.Int(42) }))
	d := decide(t, p, policy.Record{"n": "0.1", "s": "abc", "b": true, "d": "2024-02-29"})
	for name, want := range map[string]string{
		"twice": "0.2", "shout": "ABC", "turned": "false", "next": "2024-03-01", "all": "0.1 abc true 2024-02-29", "answer": "42", "some": "0.2",
	} {
		got, ok := d.Value(name)
		assert.True(t, ok, name)
		assert.Equal(t, want, got, name)
	}

	asked = 0
	d = decide(t, p, policy.Record{})
	for _, name := range []string{"twice", "shout", "turned", "next", "all"} {
		_, ok := d.Value(name)
		assert.False(t, ok, "%s: a missing argument makes it missing", name)
	}
	assert.Zero(t, asked, "without asking")
	some, _ := d.Value("some")
	assert.Equal(t, "5", some)

	// A wrong argument is a fault of the policy.
	double := policy.WithFunction("double", func(n policy.Number) policy.Number { return n })
	for expr, want := range map[string]string{
		"double(s)":       "`double` needs a number, but `s` is a string",
		"double(n, n)":    "`double` takes 1 argument, but here are 2",
		"double()":        "`double` takes 1 argument, but here are 0",
		"double":          "`double` is a function",
		"doubel(n)":       "there is no function `doubel`",
		"double(n) + s":   "`+` needs numbers, but `s` is a string",
		"double(n) and b": "`and` joins conditions, but `double(n)` is a number",
	} {
		_, err := policy.Parse("policy.yaml", []byte(head+"values:\n  a: "+expr+"\n"), double)
		require.Error(t, err, expr)
		assert.Contains(t, err.Error(), want, expr)
	}
	_, err := policy.Parse("policy.yaml", []byte(head+"functions:\n  double(x): x * 2\n"), double)
	require.ErrorContains(t, err, "has a function double already")
}

func TestFunctionsThatAreRefused(t *testing.T) {
	good := func(n policy.Number) policy.Number { return n }
	for name, x := range map[string]struct {
		function string
		fn       any
		want     string
	}{
		"a float":                {"f", func(float64) float64 { return 0 }, "function f: parameter 1 is a Go float64: use policy.Number, string, bool or policy.Date"},
		"an int":                 {"f", func(_ string, _ int) string { return "" }, "function f: parameter 2 is a Go int: use policy.Number, string, bool or policy.Date"},
		"a variable number":      {"f", func(...policy.Number) policy.Number { return policy.Number{} }, "function f: it takes any number of arguments: give it a fixed number of parameters"},
		"no result":              {"f", func(policy.Number) {}, "function f: it must return a policy.Number, string, bool or policy.Date, and may return an error after it"},
		"a float back":           {"f", func(policy.Number) float64 { return 0 }, "function f: it must return a policy.Number, string, bool or policy.Date, and may return an error after it"},
		"an error alone":         {"f", func(policy.Number) error { return nil }, "function f: it must return a policy.Number, string, bool or policy.Date, and may return an error after it"},
		"two results":            {"f", func(policy.Number) (policy.Number, bool) { return policy.Number{}, true }, "function f: it must return a policy.Number, string, bool or policy.Date, and may return an error after it"},
		"no function":            {"f", 5, "function f: a Go int is not a function"},
		"nil":                    {"f", nil, "function f: there is no function"},
		"a nil function":         {"f", (func() bool)(nil), "function f: there is no function"},
		"no name":                {"", good, `function "": that cannot be a name: use letters, digits and _, and begin with a letter`},
		"a hyphen":               {"my-f", good, `function "my-f": that cannot be a name: use letters, digits and _, and begin with a letter`},
		"a word of the language": {"and", good, `function "and": that cannot be a name: use letters, digits and _, and begin with a letter`},
		"a digit":                {"1st", good, `function "1st": that cannot be a name: use letters, digits and _, and begin with a letter`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := policy.Parse("policy.yaml", []byte("policy: p\nversion: \"1\"\ninputs: {n: number}\n"), policy.WithFunction(x.function, x.fn))
			require.EqualError(t, err, "policy policy.yaml: "+x.want)
		})
	}
	_, err := policy.Parse("policy.yaml", []byte("policy: p\nversion: \"1\"\ninputs: {n: number}\n"), policy.WithFunction("f", good), policy.WithFunction("f", good))
	require.EqualError(t, err, "policy policy.yaml: function f is given twice")
	for _, taken := range []string{"min", "sum", "has", "date", "count"} {
		_, err := policy.Parse("policy.yaml", []byte("policy: p\nversion: \"1\"\ninputs: {n: number}\n"), policy.WithFunction(taken, good))
		require.EqualError(t, err, "policy policy.yaml: function "+taken+": every policy has one of that name already")
	}
}

func TestFunctionsThatGoWrong(t *testing.T) {
	for name, x := range map[string]struct {
		fn   any
		want string
	}{
		"it panics":          {func(policy.Number) policy.Number { panic("out of ink") }, "the function `f`: it panicked: out of ink"},
		"it divides by zero": {func(policy.Number) policy.Number { var zero int64; return scoring.Int(1 / zero) }, "the function `f`: it panicked: runtime error: integer divide by zero"},
		"it says so":         {func(policy.Number) (policy.Number, error) { return policy.Number{}, errors.New("no connection") }, "the function `f`: no connection"},
		"a number without end": {func(n policy.Number) policy.Number {
			for range 16 {
				n = n.Mul(n)
			}
			return n
		}, "the function `f` returned a number of more than 9,800 digits"},
		"a day out of this world": {func(policy.Number) policy.Date { return policy.Date(1 << 30) }, "the function `f` returned a date beyond the years 1 to 9999"},
		"a text without end":      {func(policy.Number) string { return strings.Repeat("x", 1<<20) }, "the function `f` returned a string of more than 64 KiB"},
	} {
		t.Run(name, func(t *testing.T) {
			p := load(t, "policy: p\nversion: \"1\"\ninputs: {n: {type: number}}\nvalues:\n  a: f(n)\n", policy.WithFunction("f", x.fn))
			_, err := p.Decide(policy.Record{"n": 5}, asOf)
			require.EqualError(t, err, "policy p: value a (line 5, column 6): "+x.want)
		})
	}
}

// stars is a method of an embedder: so many points for each star.
type stars struct {
	scoring.At
	Each scoring.Number `key:"each,required" doc:"the points for each star"`
	Most *int           `key:"most" doc:"the most stars that count"`
}

func (m *stars) Check(s scoring.Setting) []scoring.Fault { return s.NeedNumber() }

func (m *stars) Points(c *scoring.Case) (scoring.Number, scoring.Absence) {
	n, absent := c.Number()
	if absent != 0 {
		return n, absent
	}
	if n.Sign() < 0 {
		panic("stars below zero")
	}
	if m.Most != nil && scoring.Int(int64(*m.Most)).Less(n) {
		n = scoring.Int(int64(*m.Most))
	}
	return n.Mul(m.Each), 0
}

func TestAMethodOfTheEmbedder(t *testing.T) {
	methods := scoring.Methods()
	require.NoError(t, methods.Register("stars", func() scoring.Method { return new(stars) }))
	src := "policy: p\nversion: \"1\"\ninputs: {n: {type: number}}\nscoring:\n  indicators:\n    - {id: one, weight: 100, of: n, stars: {each: 12.5, most: 4}}\n"
	_, err := policy.Parse("policy.yaml", []byte(src))
	require.ErrorContains(t, err, "there is no key `stars` here", "only where it is registered")

	p := load(t, src, policy.WithMethods(methods))
	assert.Equal(t, "37.50", decide(t, p, policy.Record{"n": 3}).ScoreText())
	assert.Equal(t, "50.00", decide(t, p, policy.Record{"n": 9}).ScoreText())
	assert.Equal(t, policy.Referred, decide(t, p, policy.Record{}).Outcome())
	_, err = p.Decide(policy.Record{"n": -1}, asOf)
	require.EqualError(t, err, "policy p: scoring indicator one (line 6, column 7): panic: stars below zero")

	for method, want := range map[string]string{
		"stars: {most: 4}":            "policy.yaml:6:44: error: the key `each` is missing [missing-key]",
		"stars: {each: 1, more: 5}":   "policy.yaml:6:54: error: there is no key `more` here [unknown-key]",
		"stars: {each: five}":         `policy.yaml:6:51: error: "five" is not a number`,
		"stars: {each: 1, most: 1.5}": "policy.yaml:6:60: error: 1.5 is not a whole number that can be used here [bad-number]",
	} {
		_, err := policy.Parse("policy.yaml", []byte(strings.Replace(src, "stars: {each: 12.5, most: 4}", method, 1)), policy.WithMethods(methods))
		require.ErrorContains(t, err, want, method)
	}
}

// loudest is a combiner of an embedder: the best indicator counts.
type loudest struct{ scoring.At }

func (*loudest) Terms() scoring.Terms                { return scoring.Terms{} }
func (*loudest) Check(*scoring.Card) []scoring.Fault { return nil }
func (*loudest) Combine(_ *scoring.Frame, parts []scoring.Part) (score scoring.Number, missing scoring.Absence) {
	for _, p := range parts {
		if score.Less(p.Points) {
			score = p.Points
		}
	}
	return score, 0
}

func TestACombinerOfTheEmbedder(t *testing.T) {
	combiners := scoring.Combiners()
	require.NoError(t, combiners.Register("loudest", func() scoring.Combiner { return new(loudest) }))
	src := "policy: p\nversion: \"1\"\ninputs: {a: {type: number}, b: {type: number}}\nscoring:\n  combine: loudest\n" +
		"  indicators: [{id: a, weight: 50, formula: a}, {id: b, weight: 50, formula: b}]\n"
	p := load(t, src, policy.WithCombiners(combiners))
	assert.Equal(t, "31.00", decide(t, p, policy.Record{"a": 30, "b": 31}).ScoreText())
	_, err := policy.Parse("policy.yaml", []byte(src))
	require.ErrorContains(t, err, "there is no combiner `loudest`")
}

// One policy serves many goroutines.
func TestAPolicyIsSafeForConcurrentUse(t *testing.T) {
	p := contract(t)
	type purchase struct {
		Name    string
		Licence string `policy:"licence_expires"`
	}
	want := make([]string, 10)
	records := make([]policy.Record, len(want))
	for i := range want {
		records[i] = customer("payments_on_time", 48-i, "overdue_days", i*20, "current_ratio", []any{"1.8", nil}[i%2])
		want[i] = string(decide(t, p, records[i]).AppendJSON(nil))
	}
	var all sync.WaitGroup
	for g := range 32 {
		all.Go(func() {
			var d policy.Decision
			for i := range 50 {
				k := (g + i) % len(want)
				if err := p.DecideInto(&d, records[k], asOf); err != nil {
					t.Error(err)
					return
				}
				if got := string(d.AppendJSON(nil)); got != want[k] {
					t.Errorf("goroutine %d: %s", g, got)
					return
				}
				if err := p.Bind(purchase{}); err == nil { // types are looked at once, whoever comes first
					t.Error("a struct without most of the inputs cannot be bound")
				}
				_, _ = p.Decide(&benchCustomer{}, asOf)
			}
		})
	}
	all.Wait()
}
