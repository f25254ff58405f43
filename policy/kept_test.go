package policy_test

import (
	"math/big"
	"os"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// keptPolicy has inputs of every kind.
const keptPolicy = `
policy: kept
version: "1"
rounding: {points: exact, score: exact}
inputs:
  name: {type: string, required: true}
  founded: {type: date}
  licensed: {type: bool}
  last: {type: grade}
  sales: {type: number}
  ratio: {type: number}
  invoices: {type: list, of: {amount: number, due: date, paid: bool}}
  owner: {type: record, of: {name: string, share: number}}
  flags: {type: list, of: string}
values:
  due: sum(filter(invoices, not .paid), .amount)
  per: sales / due
admission:
  - {id: licence, require: licensed}
  - {id: owner, require: owner.share >= 0.1, missing: refer}
scoring:
  indicators:
    - {id: sales, weight: 60, of: sales, bands: [{min: 1000, points: 60}, {min: 10, points: 20}, {points: 0}]}
    - {id: ratio, weight: 40, formula: ratio * 40, missing: 10}
grade:
  scale: [{grade: A, min: 80, factor: 2}, {grade: B, min: 40, factor: 1}, {grade: C, min: 0, factor: 0}]
  transitions: {from: last, max_up: 1}
credit:
  limit:
    - {id: base, set: grade.factor * 1000}
    - {id: due, at_most: 5000 - due}
  exposure: [due]
`

func keptRecords() map[string]policy.Record {
	return map[string]policy.Record{
		"everything is there": {
			"name": "北方机电", "founded": "2001-02-03", "licensed": true, "last": "B", "sales": "1234.5", "ratio": big.NewRat(1, 3),
			"invoices": []any{
				map[string]any{"amount": 100, "due": "2026-01-31", "paid": false},
				map[string]any{"amount": "20.75", "due": nil, "paid": true},
				map[string]any{"amount": 3, "paid": false},
			},
			"owner": map[string]any{"name": "王", "share": "0.5"}, "flags": []any{"a", "", "乙"},
		},
		"nothing is":           {"name": "x"},
		"an empty list":        {"name": "x", "licensed": true, "invoices": []any{}, "sales": 10, "ratio": 0, "owner": map[string]any{}},
		"numbers beyond int64": {"name": "x", "licensed": false, "sales": "123456789012345678901234567890.25", "ratio": "-0.00000000000000000000000001", "invoices": []any{map[string]any{"amount": "-99999999999999999999", "paid": false}}},
		"the day of the epoch": {"name": "x", "founded": "1969-12-31", "licensed": true, "last": "C", "sales": -5, "ratio": 2},
	}
}

// What Decide returns, and what Clone does, says all that the decision decided into says.
func TestAKeptDecisionSaysAllThatItSaidBefore(t *testing.T) {
	p, err := policy.Parse("kept.yaml", []byte(keptPolicy))
	require.NoError(t, err)
	for name, r := range keptRecords() {
		var whole policy.Decision
		require.NoError(t, p.DecideInto(&whole, r, asOf), name)
		decided, err := p.Decide(r, asOf)
		require.NoError(t, err, name)
		cloned := whole.Clone()
		for _, kept := range []*policy.Decision{decided, cloned, cloned.Clone()} {
			sameDecision(t, &whole, kept, name)
			sameDecision(t, &whole, kept.Clone(), name+", once it has been looked at")
		}
	}
}

func sameDecision(t *testing.T, want, got *policy.Decision, name string) {
	t.Helper()
	// first what is kept, then what is worked out again
	assert.Equal(t, want.Outcome(), got.Outcome(), name)
	assert.Equal(t, want.AsOf(), got.AsOf(), name)
	assert.Equal(t, want.ScoreText(), got.ScoreText(), name)
	assert.Equal(t, want.Grade(), got.Grade(), name)
	assert.Equal(t, want.GradeBefore(), got.GradeBefore(), name)
	assert.Equal(t, want.LimitText(), got.LimitText(), name)
	assert.Equal(t, want.Missing(), got.Missing(), name)
	assert.Equal(t, string(want.AppendJSON(nil)), string(got.AppendJSON(nil)), name)
	assert.Equal(t, want.Indicators(), got.Indicators(), name)
	assert.Equal(t, want.Explain("zh").Text(), got.Explain("zh").Text(), name)
	a, errA := want.AppendRecord(nil)
	b, errB := got.AppendRecord(nil)
	assert.Equal(t, errA, errB, name)
	assert.Equal(t, string(a), string(b), name)
}

// Deciding again does not reach into what was kept, nor does the caller who goes on to use his record.
func TestAKeptDecisionStandsByItself(t *testing.T) {
	p, err := policy.Parse("kept.yaml", []byte(keptPolicy))
	require.NoError(t, err)
	r := keptRecords()["everything is there"]
	var d policy.Decision
	require.NoError(t, p.DecideInto(&d, r, asOf))
	before, kept := string(d.AppendJSON(nil)), d.Clone()
	r["invoices"].([]any)[0].(map[string]any)["amount"] = 7777
	require.NoError(t, p.DecideInto(&d, keptRecords()["nothing is"], asOf))
	assert.Equal(t, before, string(kept.AppendJSON(nil)))

	// A kept decision can be decided into as well.
	require.NoError(t, p.DecideInto(kept, keptRecords()["nothing is"], asOf))
	assert.Equal(t, string(d.AppendJSON(nil)), string(kept.AppendJSON(nil)))
}

func TestAKeptDecisionIsReadFromSeveralGoroutines(t *testing.T) {
	p, err := policy.Parse("kept.yaml", []byte(keptPolicy))
	require.NoError(t, err)
	var whole policy.Decision
	r := keptRecords()["everything is there"]
	require.NoError(t, p.DecideInto(&whole, r, asOf))
	want := string(whole.AppendJSON(nil))
	for range 50 {
		d, err := p.Decide(r, asOf)
		require.NoError(t, err)
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				assert.Equal(t, want, string(d.AppendJSON(nil)))
				assert.Equal(t, want, string(d.Clone().AppendJSON(nil)))
			})
		}
		wait.Wait()
	}
}

// A function of the program's own may look at a clock, although it should not: it is asked once for a decision, not again
// when the decision is looked at.
func TestForeignFunctionsAreAskedOnce(t *testing.T) {
	asked := 0
	p, err := policy.Parse("own.yaml", []byte(`
policy: own
version: "1"
inputs: {x: {type: number}}
scoring:
  indicators: [{id: own, weight: 100, formula: own(x)}]
`), policy.WithFunction("own", func(x policy.Number) policy.Number { asked++; return x }))
	require.NoError(t, err)
	d, err := p.Decide(policy.Record{"x": 7}, asOf)
	require.NoError(t, err)
	_ = d.AppendJSON(nil)
	_ = d.Clone().Indicators()
	assert.Equal(t, 1, asked)
}

// A decision that is kept takes less than 1 KiB.
func TestMemoryOfADecision(t *testing.T) {
	p := benchPolicy(t)
	customer := benchRecords(t, "records.json")[0]
	kept := make([]*policy.Decision, 2000)
	before := heap()
	for i := range kept {
		d, err := p.Decide(customer, asOf)
		require.NoError(t, err)
		kept[i] = d
	}
	assert.Less(t, (heap()-before)/len(kept), 1024)
	assert.Equal(t, kept[0].ScoreText(), kept[len(kept)-1].ScoreText())
}

// heap returns the bytes in use.
func heap() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// A program may keep the policies of many branches and years: what stays of the one of the benchmark is bounded.
func TestMemoryOfAPolicy(t *testing.T) {
	if underRace {
		t.Skip("the race detector takes memory of its own")
	}
	src, err := os.ReadFile("testdata/bench/policy.yaml")
	require.NoError(t, err)
	kept := make([]*policy.Policy, 101)
	var before int
	for i := range kept {
		kept[i], err = policy.Parse("policy.yaml", src)
		require.NoError(t, err)
		if i == 0 {
			before = heap() // what is made once for all is not counted
		}
	}
	assert.Less(t, (heap()-before)/(len(kept)-1), 100<<10)
	runtime.KeepAlive(kept)
}
