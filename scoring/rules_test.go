package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRules(t *testing.T) {
	yes, no, unknown := Truth(true), Truth(false), Gone(9)
	rows := list(
		keys("when", "$0", "points", "5", "code", "R1"),
		keys("when", "$1", "points", "-2"),
		keys("when", "$2", "share", "0.3"))
	for _, tt := range []struct {
		what    string
		collect string
		values  []Value
		points  string // "" where they are missing
		row     int
	}{
		{"the first that holds", "first", []Value{yes, yes, no}, "5", 1},
		{"a later one", "first", []Value{no, no, yes}, "3", 3},
		{"none", "first", []Value{no, no, no}, "", 0},
		{"an earlier one holds, whatever is missing later", "first", []Value{yes, unknown, unknown}, "5", 1},
		{"an earlier one is missing", "first", []Value{unknown, yes, no}, "", 0},
		{"sum", "sum", []Value{yes, yes, yes}, "6", 0},
		{"sum of none", "sum", []Value{no, no, no}, "0", 0},
		{"sum with a missing one", "sum", []Value{yes, no, unknown}, "", 0},
		{"min", "min", []Value{yes, yes, yes}, "-2", 2},
		{"min of none", "min", []Value{no, no, no}, "", 0},
		{"max", "max", []Value{no, yes, yes}, "3", 3},
		{"count", "count", []Value{yes, no, yes}, "2", 0},
		{"count of none", "count", []Value{no, no, no}, "0", 0},
	} {
		t.Run(tt.what, func(t *testing.T) {
			r := new(Rules)
			require.Empty(t, decoded(t, keys("collect", tt.collect, "rows", rows), r))
			require.Empty(t, errorsIn(r.Check(setting("10"))))
			c := &Case{Frame: NewFrame(tt.values...), Weight: n("10")}
			p, absent := r.Points(c)
			assert.Equal(t, tt.row, c.Row)
			if tt.points == "" {
				assert.NotZero(t, absent)
				return
			}
			assert.Zero(t, absent)
			assert.Equal(t, tt.points, p.Fraction())
		})
	}
}

func TestRulesAsAList(t *testing.T) {
	r := new(Rules)
	require.Empty(t, decoded(t, list(keys("when", "$0", "points", "$1"), keys("points", "1")), r))
	require.Empty(t, r.Check(setting("10")))
	c := &Case{Frame: NewFrame(Truth(true), Num(n("7.5")))}
	p, _ := r.Points(c)
	assert.Equal(t, "15/2", p.Fraction())
	c = &Case{Frame: NewFrame(Truth(false))}
	p, _ = r.Points(c)
	assert.Equal(t, "1", p.Fraction())
	assert.Equal(t, 2, c.Row, "a row without a condition always holds")
}

func TestRulesFaults(t *testing.T) {
	assert.Equal(t, []string{"rules need at least one row"}, errorsIn(new(Rules).Check(setting("10"))))
	assert.Equal(t, []string{"the row does not say what it earns"}, errorsIn((&Rules{Rows: make([]Rule, 1)}).Check(setting("10"))))
	assert.Empty(t, (&Rules{Collect: CollectCount, Rows: make([]Rule, 1)}).Check(setting("10")))
	last := &Rules{Rows: []Rule{{Points: Const(n("1"))}, {When: When(nil), Points: Const(n("2"))}}}
	assert.Equal(t, []string{"never-holds"}, codesOf(last.Check(setting("10"))))
	assert.Equal(t, []string{"bad-choice"}, codesOf(decoded(t, keys("collect", "last", "rows", list()), new(Rules))))
	assert.Contains(t, codesOf(decoded(t, keys("row", list()), new(Rules))), "unknown-key")
}

func TestRulesRange(t *testing.T) {
	r := &Rules{Rows: []Rule{{When: When(nil), Points: Const(n("5"))}, {When: When(nil), Points: Const(n("-2"))}, {Share: num("0.3")}}}
	for collect, want := range map[Collect]string{
		First: "[-2, 5]", CollectSum: "[1, 8]", CollectMin: "[-2, 5]", CollectMax: "[-2, 5]", CollectCount: "[0, 3]",
	} {
		r.Collect = collect
		v, ok := r.Range(Everything(), n("10"))
		assert.True(t, ok)
		assert.Equal(t, want, v.String(), collect)
	}
	assert.Equal(t, "the points of all rules that hold, added up", (&Rules{Collect: CollectSum}).Describe("en"))
}
