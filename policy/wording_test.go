package policy_test

import (
	"encoding/json"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// What is the same in all decisions is kept from the first one that is written: it must not matter which one that is.
func TestTheFirstDecisionDoesNotColourTheOthers(t *testing.T) {
	const text = `
policy: "a \"quoted\" one"
version: "1"
inputs: {name: {type: string}, big: {type: bool}, x: {type: number}, until: {type: date}}
values: {half: x / 2, 三分: x / 3}
admission: [{id: "the \\ one", require: x > 0}]
scoring:
  indicators:
    - {id: a, weight: 40, formula: x}
    - {id: b, weight: 60, of: x, bands: [{min: 10, points: 5}, {points: 1}]}
  weights: [{when: big, is: {a: 60, b: 40}}]
grade:
  scale: [{grade: A, min: 20, term: 30, note: 好}, {grade: B, min: 0, term: 15}]
credit:
  limit: [{id: base, set: x * 100}, {multiply: grade.term}]
`
	records := []policy.Record{
		{"name": "Ada", "big": true, "x": "30"}, {"name": "Bob", "big": false, "x": "7.25"}, {"name": "Cyd", "x": "1"},
		{"name": "Dan"}, {"big": true, "x": "-1"},
	}
	lines := func(order []int) []string {
		p := load(t, text)
		out := make([]string, len(records))
		for _, i := range order {
			d, err := p.Decide(records[i], asOf)
			require.NoError(t, err)
			out[i] = string(d.AppendJSON(nil))
			require.True(t, json.Valid([]byte(out[i])), out[i])
		}
		return out
	}
	want := lines([]int{0, 1, 2, 3, 4})
	require.Contains(t, want[0], `{"id":"a","points":"30.00","weight":"60"}`)
	require.Contains(t, want[1], `{"id":"a","points":"7.25","weight":"40"}`)
	require.Equal(t, want, lines([]int{4, 3, 2, 1, 0}))
	require.Equal(t, want, lines([]int{3, 1, 0, 4, 2}))
}

func FuzzJSONStrings(f *testing.F) {
	for _, s := range []string{"", "a", "客户", "a\"b", "a\\", "\x00", "\n", "\x7f", "\xff", "a\xe5", "\u2028", "<&>", "\U0001F600"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, _ := jsontext.AppendQuote([]byte("x"), s)
		require.Equal(t, string(want), string(policy.AppendJSONString([]byte("x"), s)))
	})
}
