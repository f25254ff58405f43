package coverage_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/coverage"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
	"github.com/tallystick-go/tallystick/scoring"
)

// link returns the policy that src makes below a head, and what was found in it.
func link(t *testing.T, src string) (*program.Program, []doc.Fault) {
	t.Helper()
	root, notation := yamldoc.Parse([]byte("policy: p\nversion: \"1\"\n" + src))
	require.Empty(t, notation)
	p, faults := program.Link(root, program.Options{Decoder: doc.Decoder{Variants: map[reflect.Type]doc.Variants{
		reflect.TypeFor[scoring.Method]():   scoring.Methods().Variants(),
		reflect.TypeFor[scoring.Combiner](): scoring.Combiners().Variants(),
	}}})
	require.NotNil(t, p, "%v", faults)
	return p, faults
}

// names returns the items of the policy that src makes, without the outcomes.
func names(t *testing.T, src string) (out []string) {
	t.Helper()
	p, faults := link(t, src)
	var idle []doc.Place
	for _, f := range faults {
		if f.Code == "never-holds" || f.Code == "never-reached" {
			idle = append(idle, f.Place)
		}
	}
	ids := map[string]bool{}
	for _, it := range coverage.Items(p, idle) {
		require.False(t, ids[it.ID], "%s stands for two items", it.ID)
		ids[it.ID] = true
		require.True(t, it.Place.Known(), it.ID)
		require.NotEmpty(t, it.Shows, it.ID)
		if it.Section != coverage.Outcome {
			out = append(out, it.Name.En)
		}
	}
	return out
}

func TestWhatCountsOfAPolicy(t *testing.T) {
	for _, tt := range []struct{ name, src, counts string }{
		{"a criterion is met, not met, and not to be told",
			"inputs: {good: bool}\nadmission: [{id: a, require: good}]\n",
			"criterion a is met|criterion a is not met|criterion a cannot be told"},
		{"an input that is required is never missing",
			"inputs: {good: {type: bool, required: true}}\nadmission: [{id: a, require: good}]\n",
			"criterion a is met|criterion a is not met"},
		{"a default is never missing",
			"inputs: {good: bool}\nadmission: [{id: a, require: '(good ?? false)'}]\n",
			"criterion a is met|criterion a is not met"},
		{"a threshold counts on it and on the other side, at the decimals that are declared",
			"inputs: {n: {type: number, decimals: 2, required: true}}\nadmission: [{id: a, require: n >= 1}, {id: b, require: n > 5}, {id: c, require: 9 > n}, {id: d, require: n <= 7}, {id: e, require: n != 3}]\n",
			"criterion a is met|criterion a is not met|criterion a: n = 1|criterion a: n = 0.99|" +
				"criterion b is met|criterion b is not met|criterion b: n = 5|criterion b: n = 5.01|" +
				"criterion c is met|criterion c is not met|criterion c: n = 9|criterion c: n = 8.99|" +
				"criterion d is met|criterion d is not met|criterion d: n = 7|criterion d: n = 7.01|" +
				"criterion e is met|criterion e is not met|criterion e: n = 3"},
		{"without decimals, on it and anywhere on either side",
			"inputs: {n: {type: number, required: true}}\nadmission: [{id: a, require: n >= 1}]\n",
			"criterion a is met|criterion a is not met|criterion a: n = 1|criterion a: n < 1|criterion a: n > 1"},
		{"a threshold that lies between two values is not met",
			"inputs: {n: {type: number, decimals: 0, required: true}}\nadmission: [{id: a, require: n >= 1.5}]\n",
			"criterion a is met|criterion a is not met|criterion a: n = 1"},
		{"days count one by one, from the day of the decision too",
			"inputs: {d: {type: date, required: true}}\nadmission: [{id: a, require: d >= as_of}, {id: b, require: d < date('2026-01-01')}]\n",
			"criterion a is met|criterion a is not met|criterion a: d = as_of|criterion a: d = as_of - 1|" +
				"criterion b is met|criterion b is not met|criterion b: d = 2026-01-01|criterion b: d = 2025-12-31"},
		{"sums of what has decimals have decimals",
			"inputs: {a: {type: number, decimals: 2, required: true}, b: {type: number, decimals: 0, required: true}}\nadmission: [{id: c, require: a - b > 1}]\n",
			"criterion c is met|criterion c is not met|criterion c: a - b = 1|criterion c: a - b = 1.01"},
		{"of products nobody knows which numbers they hit",
			"inputs: {a: {type: number, decimals: 2, min: 0, required: true}}\nvalues: {tax: a * 0.15}\nadmission: [{id: c, require: tax > 1}]\n",
			"criterion c is met|criterion c is not met|criterion c: tax = 1|criterion c: tax < 1|criterion c: tax > 1"},
		{"a row that never holds does not count, nor what an input cannot have",
			"inputs: {n: {type: number, min: 0, max: 100, decimals: 0, required: true}}\n" +
				"scoring: {total: 10, indicators: [{id: a, weight: 10, of: n, bands: [{min: 50, points: 10}, {min: 70, points: 8}, {min: 0, points: 1}]}]}\n",
			"indicator a row 1 (≥ 50)|indicator a: n = 50|indicator a: n = 49|indicator a row 3 (≥ 0)"},
		{"a line counts on its knots, between them and beyond",
			"inputs: {n: {type: number, min: 0, decimals: 1, required: true}}\n" +
				"scoring: {total: 10, indicators: [{id: a, weight: 10, of: n, linear: {0: 0, 5: 5, 5.1: 10}}]}\n",
			"indicator a: n = 0|indicator a: 0 < n < 5|indicator a: n = 5|indicator a: n = 5.1|indicator a: n > 5.1"},
		{"an efficacy coefficient counts on its levels, and just below the last",
			"inputs: {n: {type: number, decimals: 1, required: true}}\n" +
				"scoring: {total: 10, indicators: [{id: a, weight: 10, of: n, efficacy: {excellent: 1.0, good: 0.9, average: 0.8, low: 0.7, poor: 0.5}}]}\n",
			"indicator a: n < 0.5|indicator a: n = 0.5|indicator a: 0.5 < n < 0.7|indicator a: n = 0.7|indicator a: n = 0.8|" +
				"indicator a: n = 0.9|indicator a: n = 1|indicator a: n > 1|indicator a: n = 0.4"},
		{"a deduction counts where it begins and where nothing is left",
			"inputs: {n: {type: number, min: 0, decimals: 0, required: true}}\n" +
				"scoring: {total: 10, indicators: [{id: a, weight: 10, of: n, deduct: {from: 0, step: 10, points: 5}}]}\n",
			"indicator a: n = 0|indicator a: 0 < n < 20|indicator a: n = 20|indicator a: n > 20"},
		{"an at_most counts where it binds and where not, a step where it is taken and where not",
			"inputs: {n: {type: number, required: true}, more: {type: bool, required: true}}\n" +
				"credit: {limit: [{id: a, set: n}, {id: b, add: 5, when: more}, {id: c, at_most: 100}]}\n",
			"step a is taken|step b is taken|step b is not taken|step c binds|step c does not bind"},
		{"an amount counts in steps of the last rounding",
			"inputs: {n: {type: number, min: 0, required: true}}\n" +
				"credit: {limit: [{id: a, set: n}, {id: r, round: 1000}], approval: [{by: x, up_to: 5000}, {by: y}]}\n",
			"step a is taken|step r is taken|approval x is theirs|approval x: limit = 5000|approval x: limit = 6000|approval y is theirs"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, strings.Split(tt.counts, "|"), names(t, tt.src))
		})
	}
}

// What is noted of a decision does not change it.
func TestCountingLeavesTheDecisionAlone(t *testing.T) {
	p, _ := link(t, "inputs: {n: {type: number, decimals: 0}}\nvalues: {x: 1 / n}\nadmission: [{id: a, require: x > 1 or n > 5}]\n")
	var s program.State
	p.Begin(&s)
	s.Frame.Slots[0] = slot.Gone(s.Frame.Blame(p.Inputs[0].Atom))
	require.NoError(t, p.Run(&s, slot.Day(0)))
	before := p.Blamed(&s, s.Missing)
	c := coverage.New(p, nil)
	c.Add(&s)
	require.Equal(t, before, p.Blamed(&s, s.Missing))
	require.NoError(t, s.Frame.Err())
	seen := 0
	for i := range c.Items {
		seen += c.Seen(i)
	}
	require.Equal(t, 2, seen, "the criterion cannot be told, and the customer is referred")
}

func TestBothLanguages(t *testing.T) {
	p, _ := link(t, "inputs: {n: {type: number, decimals: 0}}\nadmission: [{id: a, title: 年限, require: n > 5}]\n")
	for _, it := range coverage.Items(p, nil) {
		require.NotEmpty(t, it.Name.In("en"))
		require.NotEqual(t, it.Name.In("en"), it.Name.In("zh"))
	}
	require.Equal(t, "准入条件 年限 不符合", coverage.Items(p, nil)[1].Name.In("zh"))
}
