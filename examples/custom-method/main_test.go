package main

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/tally"
	"github.com/tallystick-go/tallystick/scoring"
)

func Example() {
	main()
	// Output:
	// Wholesale credit by a panel of views
	// Adams Foods  admitted 100.00 A  90000.00
	// Baker Bros   admitted  68.34 B  20000.00
	// Corner Shop  admitted  47.50 C      0.00
	// Deli Dora    admitted  45.00 C      0.00
	// East Market  admitted  75.00 B  35000.00
	// Farm Gate    referred 100.00 A      0.00  the limit cannot be worked out
	// Grand Hotel  rejected 100.00 A      0.00  insolvency proceedings
	// Harbour Inn  admitted  70.00 B  12500.00
	// Isle Cafe    admitted  80.00 A  60000.00
	// Wholesale credit by stress test
	// Adams Foods  admitted  33.33 B  45000.00
	// Baker Bros   admitted  25.00 B  20000.00
	// Corner Shop  referred  16.67 C      0.00  C does not survive a quarter
	// Deli Dora    referred   0.00 C      0.00  C does not survive a quarter
	// East Market  admitted 100.00 B  35000.00  more than 30 days late
	// Farm Gate    referred 100.00 A      0.00  the limit cannot be worked out
	// Grand Hotel  rejected 100.00 A      0.00  insolvency proceedings
	// Harbour Inn  referred               0.00  the indicator Months survived of twelve cannot be scored
	// Isle Cafe    admitted 100.00 A  50000.00  never more than the cash at hand
}

var asOf = policy.AsOf(policy.NewDate(2026, time.June, 30))

func TestReadmeShowsWhatIsPrinted(t *testing.T) {
	var printed bytes.Buffer
	require.NoError(t, decide(&printed, "policy.yaml"))
	require.NoError(t, decide(&printed, "model.yaml"))
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	assert.Contains(t, string(readme), "$ go run ./examples/custom-method\n"+printed.String()+"```\n")
}

// loaded returns one of our policies.
func loaded(t testing.TB, name string) *policy.Policy {
	t.Helper()
	p, err := load(name)
	require.NoError(t, err)
	require.Empty(t, p.Warnings())
	return p
}

// points returns what the indicators of a customer earned.
func points(d *policy.Decision) string {
	var out []string
	for _, x := range d.Indicators() {
		earned := "-"
		if x.Present {
			earned = x.Points.String()
		}
		out = append(out, earned)
	}
	return strings.Join(out, " ")
}

func TestPanel(t *testing.T) {
	p := loaded(t, "policy.yaml")
	shop := policy.Record{"name": "shop", "insolvent": false}
	for _, x := range []struct {
		years, late, orders, paid, purchases any
		points                               string // experience, lateness, punctuality, size
		score                                string
	}{
		{0, 3, 1, 1, 600_000, "0 100 100 100", "100.00"}, // nothing has begun
		{"0.1", 4, 1, 1, 600_000, "20 75 100 100", "87.50"},
		{2, 10, 1, 1, 600_000, "20 75 100 100", "87.50"}, // the first step is complete, the second has not begun
		{"2.01", 11, 1, 1, 600_000, "40 50 100 100", "75.00"},
		{30, 31, 1, 1, 600_000, "100 0 100 100", "100.00"}, // held within 0 and 100
		{4, 0, 3, 1, 300_000, "40 100 33.33 50", "45.00"},  // the mean of the two in the middle
		{4, 0, 3, 1, nil, "40 100 33.33 -", "40.00"},       // without the one that is missing: the middle
		{4, 0, 3, 1, 240_000, "40 100 33.33 40", "40.00"},  // two are the same
		{10, 0, 1, 1, 600_000, "100 100 100 100", "100.00"},
		{4, 0, 800, 333, 300_000, "40 100 41.63 50", "45.82"}, // 41.625 is rounded once, 45.815 once more
	} {
		r := policy.Record{"years_trading": x.years, "days_late": x.late, "orders": x.orders, "paid": x.paid, "purchases": x.purchases}
		for k, v := range shop {
			r[k] = v
		}
		d, err := p.Decide(r, asOf)
		require.NoError(t, err)
		assert.Equal(t, x.points, points(d), "%+v", x)
		assert.Equal(t, x.score, d.ScoreText(), "%+v", x)
	}
}

func TestStressTest(t *testing.T) {
	p := loaded(t, "model.yaml")
	for _, x := range []struct {
		cash, sales, costs any
		score              string
	}{
		{0, 100, 70, "100.00"}, // 30 % less are just enough
		{0, 100, "70.01", "0.00"},
		{"0.01", 100, "70.01", "100.00"}, // from the second month on sales are above costs
		{5, 0, 1, "41.67"},               // five months without any sales
		{12, 0, 1, "100.00"},
		{"11.99", 0, 1, "91.67"},
		{-1, 1000, 0, "100.00"}, // a debt is paid back in the first month
		{-1, 0, 0, "0.00"},
		{45, 100, 100, "8.33"},        // 45 - 30 - 27: gone in the second month
		{57, 100, 100, "16.67"},       // 57 - 30 - 27 is 0
		{165, 100, 100, "100.00"},     // all that is lost: 30 + 27 + ... + 3
		{"164.99", 100, 100, "75.00"}, // gone in the tenth month
	} {
		d, err := p.Decide(policy.Record{
			"name": "shop", "insolvent": false, "days_late": 0, "purchases": 0,
			"cash": x.cash, "monthly_sales": x.sales, "monthly_costs": x.costs,
		}, asOf)
		require.NoError(t, err)
		assert.Equal(t, x.score, d.ScoreText(), "%+v", x)
	}

	d, err := p.Decide(policy.Record{"name": "shop", "insolvent": false, "days_late": 0, "purchases": 0, "monthly_costs": 10}, asOf)
	require.NoError(t, err)
	assert.Equal(t, policy.Referred, d.Outcome())
	assert.Equal(t, []string{"cash", "monthly_sales"}, d.Missing(), "all that the model lacks")
}

// A wrong parameter of ours is a fault of the file, at its line and column, like any other.
func TestFaultsInParameters(t *testing.T) {
	for _, x := range []struct{ file, from, to, want, hint string }{
		{"policy.yaml", "unit: 2", "unit: 0", "policy.yaml:21:57: error: a step of 0 leads nowhere: `unit` must be above 0 [bad-number]", ""},
		{"policy.yaml", "points: 20", "points: 0", "policy.yaml:21:68: error: steps of 0 points change nothing [bad-number]", ""},
		{"policy.yaml", "unit: 2, ", "", "policy.yaml:21:50: error: the key `unit` is missing [missing-key]", "how long a step is, above 0, in the unit of the value"},
		{"policy.yaml", "from: 3", "form: 3", "policy.yaml:22:67: error: there is no key `form` here [unknown-key]", "did you mean `from`? allowed: from, points, unit"},
		{"policy.yaml", "unit: 7", "unit: a week", "policy.yaml:22:51: error: \"a week\" is not a number [bad-number]", "write digits, and a point before the decimals, as in 1234.5"},
		{"policy.yaml", "of: days_late", "of: name", "policy.yaml:22:32: error: this method turns a number into points, but `of` is a string [wrong-type]", ""},
		{"policy.yaml", "combine: median", "combine: medain", "policy.yaml:19:12: error: there is no combiner `medain` [unknown-combiner]", "did you mean `median`? allowed: median, minimum, modified, points, product, sum, weighted_mean"},
		{"policy.yaml", "years_trading, steps", "years_trading, weight: 50, steps", "policy.yaml:21:43: error: weights mean nothing to this combiner [wrong-key]", "leave `weight` out"},
		{"model.yaml", "shock: 0.3", "shock: 30", "model.yaml:28:16: error: `shock` is a part of the sales, 0 to 1, not 30 [bad-number]", ""},
		{"model.yaml", "recovery: 0.03", "recovery: -0.03", "model.yaml:29:19: error: `recovery` must not be below 0, but is -0.03 [bad-number]", ""},
		{"model.yaml", "months: 12", "months: 121", "model.yaml:30:17: error: `months` must be 1 to 120, not 121 [bad-number]", ""},
		{"model.yaml", "months: 12", "months: 1.5", "model.yaml:30:17: error: 1.5 is not a whole number that can be used here [bad-number]", ""},
		{"model.yaml", "cash: cash", "cash: csh", "model.yaml:25:15: error: there is no name `csh` [unknown-name]", ""},
		{"model.yaml", "sales: monthly_sales", "sales: insolvent", "model.yaml:26:16: error: a number is needed here, but `insolvent` is a condition [wrong-type]", ""},
	} {
		src, err := files.ReadFile(x.file)
		require.NoError(t, err)
		require.Contains(t, string(src), x.from)
		opts, err := options()
		require.NoError(t, err)
		_, err = policy.Parse(x.file, bytes.Replace(src, []byte(x.from), []byte(x.to), 1), opts...)
		var first *policy.Diagnostic
		require.True(t, errors.As(err, &first), "%s: %v", x.to, err)
		assert.Equal(t, x.want, first.Error())
		if x.hint != "" {
			assert.Equal(t, x.hint, first.Hint)
		}
	}
}

// A median of two is refused, and a weight that the steps cannot reach is a warning, since they know their range.
func TestFaultsThatOnlyTheMethodKnows(t *testing.T) {
	opts, err := options()
	require.NoError(t, err)
	const head = "policy: p\nversion: \"1\"\ninputs:\n  years: {type: number, min: 0, max: 6}\nscoring:\n"
	_, err = policy.Parse("p.yaml", []byte(head+"  combine: median\n  indicators:\n"+
		"    - {id: a, of: years, steps: {unit: 1, points: 20}}\n    - {id: b, of: years, steps: {unit: 1, points: 20}}\n"), opts...)
	assert.EqualError(t, err, "p.yaml:6:12: error: the median needs three indicators or more [too-few]")

	p, err := policy.Parse("p.yaml", []byte(head+"  indicators:\n    - {id: a, weight: 100, of: years, steps: {unit: 2, points: 20}, monotone: rising}\n"), opts...)
	require.NoError(t, err)
	assert.EqualError(t, p.Warnings()[0], "p.yaml:7:39: warning: the indicator a can earn 60 at most, but 100 is to be had [never-earned]")

	_, err = policy.Parse("p.yaml", []byte(head+"  indicators:\n    - {id: a, weight: 100, of: years, steps: {unit: 2, points: -20}, monotone: rising}\n"), opts...)
	assert.EqualError(t, err, "p.yaml:7:80: error: the points of a must be rising, but are falling [not-monotone]")
}

// The policies are shared by goroutines that decide at once; run it with -race.
func TestConcurrentDecisions(t *testing.T) {
	for _, name := range []string{"policy.yaml", "model.yaml"} {
		p := loaded(t, name)
		list, err := files.ReadFile("customers.csv")
		require.NoError(t, err)
		all := func() (out []string) {
			customers, err := p.Customers(bytes.NewReader(list), policy.CSV)
			if err != nil {
				return []string{err.Error()}
			}
			var d policy.Decision
			for {
				if _, err := customers.Decide(&d, asOf); err != nil {
					return append(out, err.Error()) // the end of the file
				}
				out = append(out, summary(&d)+points(&d))
			}
		}
		want := all()
		require.Len(t, want, strings.Count(string(list), "\n"))
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				for range 20 {
					assert.Equal(t, want, all())
				}
			})
		}
		wait.Wait()
	}
}

// The command tally, made with our options, works on policies that name our methods.
func TestTallyWithOurMethods(t *testing.T) {
	opts, err := options()
	require.NoError(t, err)
	var printed bytes.Buffer
	c := tally.Command{Stdin: strings.NewReader(""), Stdout: &printed, Stderr: &printed, Options: opts}
	assert.Zero(t, c.Main([]string{"check", "-strict", "policy.yaml", "model.yaml"}), printed.String())
}

// Points and Combine run for every customer.
func TestNothingIsAllocated(t *testing.T) {
	value := scoring.Num(scoring.Int(25))
	number := func(i int64) scoring.Operand { return scoring.Const(scoring.Int(i)) }
	steps := &Steps{Unit: scoring.Int(7), Each: scoring.Int(-25), From: scoring.Int(3)}
	stress := &Stress{Cash: number(90_000), Sales: number(120_000), Costs: number(110_000), Shock: scoring.MustParse("0.3"), Recovery: scoring.MustParse("0.03"), Months: 12}
	c := &scoring.Case{Frame: scoring.NewFrame(), Of: &value, Weight: scoring.Int(100)}
	parts := []scoring.Part{{Points: scoring.Int(3), Present: true}, {Points: scoring.Int(1), Present: true}, {Points: scoring.Int(2), Present: true}, {}}
	var sum scoring.Number
	allocated := testing.AllocsPerRun(100, func() {
		a, _ := steps.Points(c)
		b, _ := stress.Points(c)
		m, _ := new(Median).Combine(c.Frame, parts)
		sum = a.Add(b).Add(m)
	})
	assert.Zero(t, allocated)
	assert.Equal(t, "35.333333333333", sum.String(), "0 + 100 * 4 / 12 + 2")
}

func TestWordsForExplanations(t *testing.T) {
	value := scoring.Num(scoring.MustParse("2.5"))
	number := func(i int64) scoring.Operand { return scoring.Const(scoring.Int(i)) }
	c := &scoring.Case{Frame: scoring.NewFrame(), Of: &value, Weight: scoring.Int(100)}
	earn := &Steps{Unit: scoring.Int(2), Each: scoring.Int(20)}
	cost := &Steps{Unit: scoring.Int(2), Each: scoring.Int(-20), From: scoring.Int(1)}
	stress := &Stress{Cash: number(5), Sales: number(0), Costs: number(1), Months: 12}
	for _, x := range []struct {
		method       scoring.Method
		working, say string
	}{
		{earn, "2 * 20", "20 points for every 2 begun above 0"},
		{cost, "100 - 1 * 20", "-20 points for every 2 begun above 1"},
		{stress, "100 * 5 / 12", "stress test: the months of 12 that the cash survives after a fall in sales"},
	} {
		assert.Equal(t, x.working, x.method.(scoring.Worker).Working(c))
		assert.Equal(t, x.say, x.method.(scoring.Describer).Describe("en"))
		assert.NotEqual(t, x.say, x.method.(scoring.Describer).Describe("zh"))
	}
	assert.NotEqual(t, new(Median).Describe("en"), new(Median).Describe("zh"))
}
