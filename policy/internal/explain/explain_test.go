package explain_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/explain"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/search"
	"github.com/tallystick-go/tallystick/scoring"
)

// decided decides in, the values of the inputs in their order, by a policy.
func decided(t testing.TB, src string, in ...slot.Value) (*program.Program, *program.State) {
	t.Helper()
	p := link(t, src)
	state, err := search.New(p, day(t, "2026-06-30")).Decide(in)
	require.NoError(t, err)
	return p, state
}

const standIns = `policy: p
version: "1"
inputs: {n: {type: number}, k: {type: string}}
values:
  a: {rows: [{n: {min: 50}, is: 1}], otherwise: 7}
  b: {rows: [{n: {min: 50}, is: 1}], missing: 8}
  c: {of: n, linear: {0: 0, 10: 1}, missing: 3}
  d: {expr: "k == 'x' ? n / 3 : n * 2", missing: -1}
`

func TestWhatStandsInIsTold(t *testing.T) {
	p, state := decided(t, standIns, slot.Num(scoring.Int(5)), slot.Text("x"))
	e := explain.Of(p, state, explain.Facts{})
	require.True(t, e.Values[0].Otherwise)
	require.True(t, e.Values[1].Substituted, "no row of b holds")
	require.Equal(t, []explain.Place{{Kind: "value", ID: "b"}}, e.Undefined[0].For)
	require.False(t, e.Values[2].Substituted)
	require.Equal(t, "'x' == 'x' ? 5 / 3 : 5 * 2", e.Values[3].Work.Figures)
	require.Equal(t, "1.666666… (5/3)", e.Values[3].Value.String(), "decimals that do not end are cut off, never rounded")

	p, state = decided(t, standIns, slot.Value{}, slot.Text("y"))
	e = explain.Of(p, state, explain.Facts{})
	require.True(t, e.Values[0].Value.IsMissing())
	for _, i := range []int{2, 3} {
		require.True(t, e.Values[i].Substituted)
		require.Equal(t, []string{"n"}, e.Values[i].Missing)
	}
	require.Equal(t, "n", e.Missing[0].Name)
	require.Equal(t, []explain.Place{{Kind: "value", ID: "a"}, {Kind: "value", ID: "c"}, {Kind: "value", ID: "d"}}, e.Missing[0].For)
}

// A row of a table is told in the language of the explanation; only numbers have their thousands grouped, not texts and titles.
func TestARowOfATableIsToldInTheOwnersLanguage(t *testing.T) {
	p, state := decided(t, `policy: p
version: "1"
inputs:
  sales: {type: number, title: {zh: 2026年销售额, en: sales of 2026}}
  channel: {type: string, title: {zh: 渠道, en: channel}}
  vip: {type: bool, title: {zh: 贵宾, en: VIP}}
values:
  a: {rows: [{sales: {min: 1000, below: 20000}, channel: [10000号, 门店], vip: true, is: 1}]}
`, slot.Num(scoring.Int(5000)), slot.Text("10000号"), slot.Truth(true))
	row := func(f explain.Facts) string { return explain.Of(p, state, f).Values[0].Rows[0].Text }
	require.Equal(t, "1,000 ≤ 2026年销售额 < 20,000 且 渠道为10000号或门店 且 贵宾为是", row(explain.Facts{Lang: "zh", Chinese: true}))
	require.Equal(t, "1,000 ≤ sales of 2026 < 20,000 and channel is 10000号 or 门店 and VIP is true", row(explain.Facts{Lang: "en"}))
}

// What is written as JSON reads back exactly, also where decimals do not end.
func TestNumbersInJSONReadBackExactly(t *testing.T) {
	p, state := decided(t, standIns, slot.Num(scoring.Int(5)), slot.Text("x"))
	b, err := explain.Of(p, state, explain.Facts{}).JSON()
	require.NoError(t, err)
	var got struct {
		Values []struct{ Value scoring.Number }
	}
	require.NoError(t, json.Unmarshal(b, &got))
	third, _ := scoring.Ratio(5, 3)
	require.True(t, got.Values[3].Value.Equal(third))
}

// A method from outside that panics when it is asked for words is explained without them.
func TestAMethodThatPanicsHasNoWords(t *testing.T) {
	p, state := decided(t, `policy: p
version: "1"
inputs: {n: {type: number}}
scoring: {indicators: [{id: a, weight: 100, of: n, proportional: {full: 9}}]}
`, slot.Num(scoring.Int(5)))
	state.Score.Items[0].Indicator.Method = mute{state.Score.Items[0].Indicator.Method}
	e := explain.Of(p, state, explain.Facts{})
	require.Empty(t, e.Scoring.Indicators[0].Working)
	require.Contains(t, e.Text(), "55.56")
}

// mute is a method that panics when it is asked for words.
type mute struct{ scoring.Method }

func (mute) Describe(string) string       { panic("no words") }
func (mute) Working(*scoring.Case) string { panic("no words") }
func (mute) RowText(int, string) string   { panic("no words") }
