package policy_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// market is a policy with the values that a record of it may have, for random customers.
type market struct {
	policy *policy.Policy
	values map[string][]any // by field; a field may also be absent
}

// absent is a field that the record does not have.
const absent = "<absent>"

func markets(t testing.TB) []market {
	numbers := []any{nil, absent, 0, 1, 5, "9.99", 30, 55, 60, "61.5", 100, 500, 1800, -3, "1e30"}
	bools := []any{nil, absent, true, false, true, false}
	return []market{
		{contract(t), map[string][]any{
			"name": {"华北矿业", "\"<A&B>\"\u2028\n"}, "industry": {nil, absent, "矿业", "其他", "农业"},
			"licence_expires": {nil, absent, "2024-06-29", "2024-06-30", "2030-01-01"}, "blacklisted": bools,
			"registered_capital": {nil, 499_999, 500_000, 9_000_000}, "safety_incidents": {nil, 0, 0, 0, 1, 2, 3},
			"annual_purchase": {nil, 0, 400_000, 5_000_000, "12000000.33", 90_000_000}, "last_year_purchase": {nil, 0, 3_000_000, 10_000_000},
			"contracts_total": {nil, 0, 7, 30}, "contracts_fulfilled": {0, 7, 29, 30}, "payments_total": {0, 47, 48}, "payments_on_time": {nil, 31, 47},
			"overdue_days": {nil, 0, 5, 91}, "current_ratio": {nil, absent, "1.8", "0.5", "1.1"}, "debt_ratio": {nil, "0.42", "0.77", "2.5"},
			"net_assets": {nil, -5, 1_000_000, 30_000_000}, "previous_grade": {nil, absent, "A", "C", "D"}, "receivables": {nil, 0, "0.005", 4_000_000}, "open_orders": {0, 7},
		}},
		{load(t, missingPolicy), map[string][]any{"a": bools, "b": bools, "c": bools, "n": numbers, "m": numbers, "x": bools, "y": bools, "z": bools}},
		{load(t, requestPolicy), map[string][]any{"sales": numbers, "used": numbers, "order": numbers, "days": numbers, "key": bools, "open": bools}},
		{load(t, overridePolicy), map[string][]any{
			"n": numbers, "override.grade": {absent, nil, "A", "B", "C", "M", "Z"}, "override.until": {absent, "2024-06-29", "2024-06-30"}, "override.by": {absent, "Li"},
		}},
		{load(t, groupPolicy), map[string][]any{
			"applicant.age": {absent, 29, 31}, "applicant.name": {"赵", "赵", "", absent},
			"members": {nil, []any{}, []any{policy.Record{"amount": 5, "ccy": "USD"}, policy.Record{"amount": nil, "ccy": "CNY"}}, []any{policy.Record{"amount": 7, "ccy": "CNY"}}, []any{policy.Record{"amount": 7, "ccy": "JPY"}}},
			"rates":   {nil, policy.Record{"CNY": 1, "USD": "7.1"}}, "scores": {nil, []any{}, []any{1, 2, "3.5"}, []any{nil, 5}},
		}},
		{load(t, "policy: p\nversion: \"1\"\ninputs: {n: {type: number}}\n"), map[string][]any{"n": numbers, "nonsense": {absent, absent, 5}}},
	}
}

// customer returns a random record; it may be one with faults.
func (m *market) customer(r *rand.Rand) policy.Record {
	out := policy.Record{}
	for _, name := range slices.Sorted(maps.Keys(m.values)) {
		all := m.values[name]
		if v := all[r.IntN(len(all))]; v != absent {
			out[name] = v
		}
	}
	return out
}

// told is everything that a decision says, in one text.
func told(d *policy.Decision) string {
	limit, hasLimit := d.Limit()
	proposed, hasProposed := d.ProposedLimit()
	exposure, hasExposure := d.Exposure()
	available, hasAvailable := d.Available()
	until, hasUntil := d.ValidUntil()
	review, hasReview := d.NextReview()
	index, hasIndex := d.GradeIndex()
	exact, hasScore := d.ExactScore()
	return fmt.Sprint(string(d.AppendJSON(nil)), d.AsOf(), d.Outcome(), d.Customer(), d.Criteria(), d.Indicators(), exact, hasScore, d.ScoreText(), d.Grade(), d.GradeBefore(),
		index, hasIndex, limit, hasLimit, d.LimitText(), d.Unlimited(), proposed, hasProposed, d.Binding(), d.Approval(), exposure, hasExposure,
		available, hasAvailable, d.AvailableText(), d.Request(), until, hasUntil, review, hasReview, d.Missing(), d.Undefined(), d.ReasonsIn("zh"), d.ReasonsIn("en"))
}

// A decision that is used again keeps nothing of the customer before, nor of the policy before.
func TestNothingIsLeftOfTheCustomerBefore(t *testing.T) {
	all := markets(t)
	r := rand.New(rand.NewPCG(7, 7))
	var reused policy.Decision
	decided, failed := 0, 0
	for range 6000 {
		m := &all[r.IntN(len(all))]
		c := m.customer(r)
		fresh, err := m.policy.Decide(c, asOf)
		errReused := m.policy.DecideInto(&reused, c, asOf)
		if err != nil {
			failed++
			require.EqualError(t, errReused, err.Error())
			require.Equal(t, told(new(policy.Decision)), told(&reused), "who cannot be decided leaves nothing behind")
			continue
		}
		decided++
		require.NoError(t, errReused)
		require.Equal(t, told(fresh), told(&reused), "%v", c)
		require.Same(t, m.policy, reused.Policy())
	}
	assert.Greater(t, decided, 3000)
	assert.Greater(t, failed, 300)
}

// Whoever is referred or rejected is told why, and what is said holds together.
func TestEveryDecisionHoldsTogether(t *testing.T) {
	all := markets(t)
	r := rand.New(rand.NewPCG(8, 8))
	for range 6000 {
		m := &all[r.IntN(len(all))]
		c := m.customer(r)
		d, err := m.policy.Decide(c, asOf)
		if err != nil {
			continue
		}
		effects := map[policy.Effect]bool{}
		for _, x := range d.Reasons() {
			effects[x.Effect] = true
			require.NotEmpty(t, x.Text, "%v: %s", c, x.Code)
			require.NotEmpty(t, x.Code, "%v: %s", c, x.Text)
		}
		limit, hasLimit := d.Limit()
		switch d.Outcome() {
		case policy.Rejected:
			require.True(t, effects[policy.Rejects], "%v", c)
			_, ok := d.ProposedLimit()
			require.False(t, ok)
			require.Empty(t, d.Approval())
		case policy.Referred:
			require.True(t, effects[policy.Refers], "%v: nobody says why", c)
			require.False(t, effects[policy.Rejects], "%v", c)
		case policy.Admitted:
			require.False(t, effects[policy.Rejects] || effects[policy.Refers], "%v", c)
			if d.GradeBefore() != d.Grade() {
				require.True(t, effects[policy.Grades], "%v: nobody says why the grade is another", c)
			}
		}
		if hasLimit {
			require.False(t, limit.IsNegative())
			require.LessOrEqual(t, -limit.Exponent(), int32(2))
			require.True(t, d.Outcome() == policy.Admitted || limit.IsZero())
			require.Equal(t, d.LimitText(), limit.StringFixed(2))
		}
		if d.Binding() != "" {
			require.True(t, effects[policy.Limits], "%v: nobody says what bound the limit", c)
		}
		if score, ok := d.Score(); ok {
			require.Equal(t, d.ScoreText(), score.StringFixed(2))
			require.True(t, m.policy.HasScore())
		}
		sum, all := decimal.Zero, true
		for _, x := range d.Indicators() {
			sum, all = sum.Add(x.Points), all && x.Effect != "refer" && x.Effect != "reject"
			require.True(t, x.Present || x.Points.IsZero())
		}
		if all && m.policy.HasScore() {
			require.Equal(t, sum.StringFixed(2), d.ScoreText(), "the printed points add up to the printed score")
		}
		require.True(t, json.Valid(d.AppendJSON(nil)))
	}
}

func TestCloneKeepsADecision(t *testing.T) {
	all := markets(t)
	r := rand.New(rand.NewPCG(9, 9))
	for i := range all {
		m := &all[i]
		var d policy.Decision
		for range 50 {
			if m.policy.DecideInto(&d, m.customer(r), asOf) != nil {
				continue
			}
			want := told(&d)
			kept := d.Clone()
			for range 5 {
				_ = m.policy.DecideInto(&d, m.customer(r), asOf)
			}
			require.Equal(t, want, told(kept))
			clone := kept.Clone()
			_ = m.policy.DecideInto(kept, m.customer(r), asOf)
			require.Equal(t, want, told(clone), "also a clone of a clone")
		}
	}
}

// contractCustomer is the customer of the contract policy as a program has it.
type contractCustomer struct {
	Name               string
	Industry           *string
	LicenceExpires     time.Time
	Blacklisted        *bool
	RegisteredCapital  decimal.NullDecimal
	SafetyIncidents    *int
	AnnualPurchase     decimal.NullDecimal
	LastYearPurchase   decimal.NullDecimal
	ContractsTotal     int64
	ContractsFulfilled int64
	PaymentsTotal      int64
	PaymentsOnTime     int64
	OverdueDays        *int
	CurrentRatio       decimal.NullDecimal
	DebtRatio          decimal.NullDecimal
	NetAssets          decimal.NullDecimal
	PreviousGrade      string `policy:",omitzero"`
	Receivables        decimal.Decimal
	OpenOrders         decimal.Decimal
}

func goodCustomer() *contractCustomer {
	some := func(s string) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.RequireFromString(s)) }
	industry, no, none, days := "矿业", false, 0, 5
	return &contractCustomer{
		Name: "华北矿业有限公司", Industry: &industry, LicenceExpires: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), Blacklisted: &no,
		RegisteredCapital: some("20000000"), SafetyIncidents: &none, AnnualPurchase: some("12000000"), LastYearPurchase: some("10000000"),
		ContractsTotal: 30, ContractsFulfilled: 30, PaymentsTotal: 48, PaymentsOnTime: 47, OverdueDays: &days,
		CurrentRatio: some("1.8"), DebtRatio: some("0.42"), NetAssets: some("30000000"), PreviousGrade: "B",
		Receivables: decimal.RequireFromString("800000"), OpenOrders: decimal.RequireFromString("350000.50"),
	}
}

// The same record makes the same bytes, whichever form it comes in, every time.
func TestTheSameRecordMakesTheSameBytes(t *testing.T) {
	p := contract(t)
	want := string(decide(t, p, customer()).AppendJSON(nil))
	require.Equal(t, want, string(decide(t, p, customer()).AppendJSON(nil)), "twice")
	require.Equal(t, want, string(decide(t, contract(t), customer()).AppendJSON(nil)), "by the policy loaded anew")
	require.Equal(t, want, string(decide(t, p, map[string]any(customer())).AppendJSON(nil)))
	require.Equal(t, want, string(decide(t, p, goodCustomer()).AppendJSON(nil)))
	require.Equal(t, want, string(decide(t, p, *goodCustomer()).AppendJSON(nil)))

	object := `{"name": "华北矿业有限公司", "industry": "矿业", "licence_expires": "2026-12-31", "blacklisted": false, "registered_capital": 2e7, "safety_incidents": 0,
		"annual_purchase": 12000000.00, "last_year_purchase": "10000000", "contracts_total": 30, "contracts_fulfilled": 30, "payments_total": 48, "payments_on_time": 47,
		"overdue_days": 5.0, "current_ratio": 1.80, "debt_ratio": 0.42, "net_assets": 30000000, "previous_grade": "B", "receivables": 800000, "open_orders": 350000.5}`
	require.Equal(t, want, string(decideJSON(t, p, object).AppendJSON(nil)))

	csv := "name,industry,licence_expires,blacklisted,registered_capital,safety_incidents,annual_purchase,last_year_purchase,contracts_total,contracts_fulfilled," +
		"payments_total,payments_on_time,overdue_days,current_ratio,debt_ratio,net_assets,previous_grade,receivables,open_orders\n" +
		"华北矿业有限公司,矿业,2026-12-31,false,20_000_000,0,12000000,10000000,30,30,48,47,5,1.8,0.42,30000000,B,800000,350000.50\n"
	for format, file := range map[policy.Format]string{policy.CSV: csv, policy.NDJSON: strings.ReplaceAll(object, "\n", " ") + "\n", policy.JSON: "[" + object + "]"} {
		customers, err := p.Customers(strings.NewReader(file), format)
		require.NoError(t, err)
		var d policy.Decision
		_, err = customers.Decide(&d, asOf)
		require.NoError(t, err)
		require.Equal(t, want, string(d.AppendJSON(nil)), format)
	}

	marshalled, err := json.Marshal(decide(t, p, customer()))
	require.NoError(t, err)
	require.Equal(t, want, string(marshalled), "encoding/json has nothing to change")
	require.Equal(t, "before "+want, string(decide(t, p, customer()).AppendJSON([]byte("before "))))
}

// The JSON of decisions is a contract: look twice at what changed here.
func TestDecisionsAsJSON(t *testing.T) {
	p := contract(t)
	group := load(t, groupPolicy)
	for name, d := range map[string]*policy.Decision{
		"admitted":      decide(t, p, customer()),
		"referred":      decide(t, p, customer("registered_capital", nil, "net_assets", 10_000_000, "last_year_purchase", 0, "debt_ratio", nil)),
		"rejected":      decide(t, p, customer("licence_expires", "2024-06-29", "overdue_days", 91, "safety_incidents", 1)),
		"nothing":       decide(t, p, policy.Record{"name": "\"<x>\"\u2028\t"}),
		"limit-by-hand": decideJSON(t, load(t, limitByHandPolicy), limitByHand),
		"override":      decideJSON(t, load(t, overridePolicy), `{"n": 75, "override": {"grade": "A", "by": "Li", "reason": "long known"}}`),
		"request":       decideJSON(t, load(t, requestPolicy), `{"sales": 1800, "used": 200, "order": 900, "days": 62, "key": false, "open": false}`),
		"groups":        decideJSON(t, load(t, groupedPolicy), `{"a": 3, "c": 40, "ok": true}`),
		"values": decideJSON(t, group, `{"applicant": {"age": 29, "name": "赵"}, "members": [{"amount": 10.5, "ccy": "USD", "since": "2021-01-01"}, {"ccy": "CNY"}],
			"rates": {"CNY": 1, "USD": 7.1}, "scores": [8, 9.5, "3.25"]}`),
	} {
		src := d.AppendJSON(nil)
		require.True(t, json.Valid(src), name)
		var pretty strings.Builder
		e := json.NewEncoder(&pretty)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		require.NoError(t, e.Encode(json.RawMessage(src)))
		golden(t, "golden/"+name+".json", pretty.String())

		// It can be read by anybody, and comes out as it went in.
		var m map[string]any
		require.NoError(t, json.Unmarshal(src, &m))
		again, err := json.Marshal(m)
		require.NoError(t, err)
		require.JSONEq(t, string(src), string(again))
		_, err = policy.ParseRecord(src)
		require.NoError(t, err, "no key stands twice")
	}
}

// Numbers in JSON are texts: a reader that knows only binary floats cannot spoil them.
func TestNumbersInJSONAreTexts(t *testing.T) {
	var number func(v any) bool
	number = func(v any) bool {
		switch x := v.(type) {
		case map[string]any:
			for k, y := range x {
				if k != "row" && number(y) {
					return true
				}
			}
		case []any:
			return slices.ContainsFunc(x, number)
		case json.Number:
			return true
		}
		return false
	}
	assert.False(t, number(map[string]any(fields(t, decide(t, contract(t), customer())))))
}

func TestADecisionThatNobodyMade(t *testing.T) {
	p := contract(t)
	failed := decide(t, p, customer())
	require.Error(t, p.DecideInto(failed, policy.Record{"nonsense": 5}, asOf))
	late := decide(t, p, customer())
	require.Error(t, p.DecideInto(late, customer()))
	for name, d := range map[string]*policy.Decision{"zero": {}, "clone": new(policy.Decision).Clone(), "failed": failed, "late": late} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, told(new(policy.Decision)), told(d))
			assert.Equal(t, policy.Rejected, d.Outcome(), "on the safe side")
			assert.Equal(t, "null", string(d.AppendJSON(nil)))
			assert.Empty(t, d.Reasons())
			assert.Empty(t, d.Criteria())
			for _, text := range []string{d.Customer(), d.ScoreText(), d.Grade(), d.GradeBefore(), d.LimitText(), d.Binding(), d.Approval(), d.AvailableText(), d.Request()} {
				assert.Empty(t, text)
			}
			for _, name := range []string{"name", "growth", "score", "nonsense"} {
				_, ok := d.Value(name)
				assert.False(t, ok, name)
			}
			_, ok := d.Points("volume")
			assert.False(t, ok)
			_, ok = d.Attribute("factor")
			assert.False(t, ok)
			j, err := json.Marshal(d)
			require.NoError(t, err)
			assert.Equal(t, "null", string(j))
		})
	}
}

func TestValuesOfADecision(t *testing.T) {
	d := decide(t, contract(t), customer())
	for name, want := range map[string]string{
		"growth": "0.2", "punctuality": "0.979166666667", "monthly_sales": "1000000", // values
		"name": "华北矿业有限公司", "blacklisted": "false", "licence_expires": "2026-12-31", "open_orders": "350000.5", // inputs
		"as_of": "2024-06-30", "score": "97.66", "grade": "A", "grade.term_days": "60", "points.punctuality": "19.58", "limit": "3600000", "exposure": "1150000.5", "available": "2449999.5",
	} {
		got, ok := d.Value(name)
		assert.True(t, ok, name)
		assert.Equal(t, want, got, name)
	}
	_, ok := d.Value("nonsense")
	assert.False(t, ok)
	points, ok := d.Points("punctuality")
	assert.True(t, ok)
	assert.Equal(t, "19.58", points.String())
	_, ok = d.Points("nonsense")
	assert.False(t, ok)
	for _, x := range d.Indicators() {
		if x.ID == "volume" {
			assert.Equal(t, "年采购额", x.Title)
			assert.Equal(t, "采购量", x.Group)
			assert.Equal(t, "12000000", x.Value)
			assert.Equal(t, 1, x.Row)
			assert.Equal(t, "20", x.Weight.String())
		}
		if x.ID == "punctuality" {
			assert.Equal(t, "235/12", x.Raw.Fraction(), "20 * 47/48, exact")
		}
	}
}

// racing reports whether the race detector is on, which allocates on its own.
func racing() bool {
	info, _ := debug.ReadBuildInfo()
	return info != nil && slices.ContainsFunc(info.Settings, func(s debug.BuildSetting) bool { return s.Key == "-race" && s.Value == "true" })
}

// Inputs bound to slots, into a decision that is reused: no allocation at all.
func TestDecidingAgainAllocatesNothing(t *testing.T) {
	if racing() {
		t.Skip("the race detector allocates")
	}
	p := contract(t)
	bad := goodCustomer()
	bad.CurrentRatio, bad.DebtRatio, bad.RegisteredCapital, bad.PreviousGrade = decimal.NullDecimal{}, decimal.NullDecimal{}, decimal.NullDecimal{}, "D"
	for name, c := range map[string]*contractCustomer{"good": goodCustomer(), "with data missing": bad} {
		var d policy.Decision
		require.NoError(t, p.DecideInto(&d, c, asOf))
		allocs := testing.AllocsPerRun(200, func() {
			if err := p.DecideInto(&d, c, asOf); err != nil {
				t.Fatal(err)
			}
		})
		assert.Zero(t, allocs, name)
	}

	r := customer()
	allocs := testing.AllocsPerRun(200, func() {
		if _, err := p.Decide(r, asOf); err != nil {
			t.Fatal(err)
		}
	})
	t.Logf("a fresh decision from a map: %v allocations", allocs)
	assert.LessOrEqual(t, allocs, 12.0, "a fresh decision from a map: the memory of its sections")

	var d policy.Decision
	require.NoError(t, p.DecideInto(&d, customer(), asOf))
	buffer := d.AppendJSON(nil)
	allocs = testing.AllocsPerRun(200, func() { buffer = d.AppendJSON(buffer[:0]) })
	t.Logf("JSON: %v allocations", allocs)
}

// What divides by zero is told once, however often it stands in the policy.
func TestUndefinedIsToldOnce(t *testing.T) {
	p := load(t, "policy: p\nversion: \"1\"\ninputs: {a: {type: number}, b: {type: number}}\nscoring:\n  indicators:\n"+
		"    - {id: one, weight: 50, formula: a / b}\n    - {id: two, weight: 50, formula: 1 + a / b}\n")
	d := decide(t, p, policy.Record{"a": 1, "b": 0})
	assert.Equal(t, policy.Referred, d.Outcome())
	assert.Empty(t, d.Missing(), "the data are there")
	assert.Equal(t, []string{"a / b"}, d.Undefined())
	assert.Equal(t, []any{"a / b"}, fields(t, d)["undefined"])
	for _, r := range d.Reasons() {
		assert.Equal(t, []string{"a / b"}, r.Missing)
	}
	assert.Equal(t, []string{"b"}, decide(t, p, policy.Record{"a": 1}).Missing())
}

// The customer is the first required text of the policy, or else the first text.
func TestWhoTheCustomerIs(t *testing.T) {
	for inputs, want := range map[string]string{
		"{region: {type: string}, name: {type: string, required: true}, id: {type: string, required: true}}": "Ada",
		"{region: {type: string}, name: {type: string}, id: {type: string}}":                                 "north",
		"{age: {type: number}, name: {type: string}, id: {type: string}, region: {type: string}}":            "Ada",
	} {
		r := policy.Record{"region": "north", "name": "Ada", "id": "7"}
		assert.Equal(t, want, decide(t, load(t, "policy: p\nversion: \"1\"\ninputs: "+inputs+"\n"), r).Customer(), inputs)
	}
}
