package policy_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/scoring"
)

// The benchmark policy with its customers: 1,000 plausible ones and 402 whose exact total lies on a grade threshold or a
// hair from it. The expected results were computed with rationals by a program of its own.

type benchExpected struct {
	Admitted bool
	Scores   []string
	Total    string
	Grade    string
	Limit    string
}

func benchPolicy(t testing.TB) *policy.Policy {
	p, err := policy.LoadFile("testdata/bench/policy.yaml")
	require.NoError(t, err)
	return p
}

func benchRecords(t testing.TB, file string) (out []policy.Record) {
	src, err := os.ReadFile(filepath.Join("testdata/bench", file))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(src, &out))
	return out
}

func TestBenchmarkRecordsAreDecidedRight(t *testing.T) {
	p := benchPolicy(t)
	decided := 0
	for records, expected := range map[string]string{"records.json": "expected.json", "edges.json": "edges_expected.json"} {
		var want []benchExpected
		src, err := os.ReadFile(filepath.Join("testdata/bench", expected))
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(src, &want))
		customers := benchRecords(t, records)
		require.Len(t, customers, len(want))
		for i, r := range customers {
			d, err := p.Decide(r, asOf)
			require.NoError(t, err)
			w := want[i]
			name := d.Customer()
			require.Equal(t, w.Admitted, d.Outcome() == policy.Admitted, name)
			for j, x := range d.Indicators() {
				require.Equal(t, w.Scores[j], x.Points.String(), "%s: %s", name, x.ID)
			}
			require.Equal(t, w.Total, d.ScoreText(), name)
			require.Equal(t, w.Grade, d.Grade(), name)
			limit, ok := d.Limit()
			require.True(t, ok, name)
			require.Equal(t, w.Limit, limit.String(), name)
			decided++
		}
	}
	require.Equal(t, 1402, decided)
}

// benchCustomer is a customer as a program has it: numbers as decimal text.
type benchCustomer struct {
	Name               string      `json:"name"`
	Industry           string      `json:"industry"`
	RegisteredCapital  json.Number `json:"registered_capital"`
	AnnualPurchase     json.Number `json:"annual_purchase"`
	LastYearPurchase   json.Number `json:"last_year_purchase"`
	OnTimePayments     int         `json:"on_time_payments"`
	TotalPayments      int         `json:"total_payments"`
	OverdueDays        int         `json:"overdue_days"`
	OverdueAmount      json.Number `json:"overdue_amount"`
	ContractsFulfilled int         `json:"contracts_fulfilled"`
	ContractsTotal     int         `json:"contracts_total"`
	CurrentRatio       json.Number `json:"current_ratio"`
	DebtRatio          json.Number `json:"debt_ratio"`
	NetMargin          json.Number `json:"net_margin"`
	YearsCooperation   json.Number `json:"years_cooperation"`
	HasLicense         bool        `json:"has_license"`
	Blacklisted        bool        `json:"blacklisted"`
	SafetyIncidents    int         `json:"safety_incidents"`
	MonthlyAvgSales    json.Number `json:"monthly_avg_sales"`
}

func benchStructs(t testing.TB) (out []*benchCustomer) {
	for _, file := range []string{"records.json", "edges.json"} {
		src, err := os.ReadFile(filepath.Join("testdata/bench", file))
		require.NoError(t, err)
		var some []*benchCustomer
		require.NoError(t, json.Unmarshal(src, &some))
		out = append(out, some...)
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func BenchmarkDecideIntoStruct(b *testing.B) {
	p := benchPolicy(b)
	customers := benchStructs(b)
	var d policy.Decision
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if err := p.DecideInto(&d, customers[i%len(customers)], asOf); err != nil {
			b.Fatal(err)
		}
	}
}

// boundCustomer is a customer as a program has it that computes with exact numbers.
type boundCustomer struct {
	Name, Industry     string
	RegisteredCapital  scoring.Number
	AnnualPurchase     scoring.Number
	LastYearPurchase   scoring.Number
	OnTimePayments     int
	TotalPayments      int
	OverdueDays        int
	OverdueAmount      scoring.Number
	ContractsFulfilled int
	ContractsTotal     int
	CurrentRatio       scoring.Number
	DebtRatio          scoring.Number
	NetMargin          scoring.Number
	YearsCooperation   scoring.Number
	HasLicense         bool
	Blacklisted        bool
	SafetyIncidents    int
	MonthlyAvgSales    scoring.Number
}

// BenchmarkDecideIntoNumbers is BenchmarkDecideIntoStruct without reading decimal text.
func BenchmarkDecideIntoNumbers(b *testing.B) {
	p := benchPolicy(b)
	var customers []*boundCustomer
	for _, c := range benchStructs(b) {
		n := func(text json.Number) scoring.Number { return scoring.MustParse(string(text)) }
		customers = append(customers, &boundCustomer{
			c.Name, c.Industry, n(c.RegisteredCapital), n(c.AnnualPurchase), n(c.LastYearPurchase), c.OnTimePayments, c.TotalPayments,
			c.OverdueDays, n(c.OverdueAmount), c.ContractsFulfilled, c.ContractsTotal, n(c.CurrentRatio), n(c.DebtRatio), n(c.NetMargin),
			n(c.YearsCooperation), c.HasLicense, c.Blacklisted, c.SafetyIncidents, n(c.MonthlyAvgSales),
		})
	}
	var d policy.Decision
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if err := p.DecideInto(&d, customers[i], asOf); err != nil {
			b.Fatal(err)
		}
		if i++; i == len(customers) {
			i = 0
		}
	}
}

func BenchmarkDecideMap(b *testing.B) {
	p := benchPolicy(b)
	customers := append(benchRecords(b, "records.json"), benchRecords(b, "edges.json")...)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := p.Decide(customers[i%len(customers)], asOf); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	p := benchPolicy(b)
	d, err := p.Decide(benchRecords(b, "edges.json")[0], asOf)
	require.NoError(b, err)
	var buffer []byte
	b.ReportAllocs()
	for b.Loop() {
		buffer = d.AppendJSON(buffer[:0])
	}
}

// manyIndicators is a policy of n indicators in turn bands, a formula and a line, each of an input of its own.
func manyIndicators(n int) []byte {
	var inputs, indicators strings.Builder
	for i := range n {
		fmt.Fprintf(&inputs, "  x%d: {type: number, min: 0, max: 100}\n", i)
		fmt.Fprintf(&indicators, "    - id: i%d\n      weight: 1\n", i)
		switch i % 3 {
		case 0:
			fmt.Fprintf(&indicators, "      of: x%d\n      bands: [{min: 80, points: 1}, {min: 60, points: 0.6}, {min: 40, points: 0.3}, {points: 0}]\n", i)
		case 1:
			fmt.Fprintf(&indicators, "      formula: 'x%d <= 0 ? 0 : x%d / 100'\n", i, i)
		case 2:
			fmt.Fprintf(&indicators, "      of: x%d\n      linear: {0: 0, 100: 1}\n", i)
		}
	}
	return fmt.Appendf(nil, "policy: many\nversion: \"1\"\ninputs:\n%sscoring:\n  total: %d\n  indicators:\n%sgrade:\n  scale: [{grade: A, min: %d}, {grade: B, min: 0}]\n",
		&inputs, n, &indicators, max(1, n/2))
}

// BenchmarkIndicators shows that the time of a decision rises with the number of indicators and no faster.
func BenchmarkIndicators(b *testing.B) {
	for _, n := range []int{1, 10, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p, err := policy.Parse("many.yaml", manyIndicators(n))
			require.NoError(b, err)
			r := policy.Record{}
			for i := range n {
				r[fmt.Sprintf("x%d", i)] = i * 37 % 101
			}
			var d policy.Decision
			b.ReportAllocs()
			for b.Loop() {
				if err := p.DecideInto(&d, r, asOf); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/indicator")
		})
	}
}

// BenchmarkLoadMany loads a policy of 100 indicators.
func BenchmarkLoadMany(b *testing.B) {
	src := manyIndicators(100)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := policy.Parse("many.yaml", src); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMemory tells what stays in memory of a loaded policy, and of a decision that is kept.
func BenchmarkMemory(b *testing.B) {
	src, err := os.ReadFile("testdata/bench/policy.yaml")
	require.NoError(b, err)
	customer := benchRecords(b, "records.json")[0]
	p := benchPolicy(b)
	for name, make := range map[string]func() any{
		"policy": func() any {
			p, err := policy.Parse("policy.yaml", src)
			require.NoError(b, err)
			return p
		},
		"decision": func() any {
			d, err := p.Decide(customer, asOf)
			require.NoError(b, err)
			return d
		},
	} {
		b.Run(name, func(b *testing.B) {
			var before, after runtime.MemStats
			kept := []any{make()} // what is made once for all is not counted
			runtime.GC()
			runtime.ReadMemStats(&before)
			for b.Loop() {
				kept = append(kept, make())
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(len(kept)-1), "B/kept")
			runtime.KeepAlive(kept)
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	src, err := os.ReadFile("testdata/bench/policy.yaml")
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := policy.Parse("policy.yaml", src); err != nil {
			b.Fatal(err)
		}
	}
}
