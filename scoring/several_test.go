package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBestWorstAndMean(t *testing.T) {
	methods := func() []Method {
		return []Method{
			line("0", "0", "10", "10"),
			&Bands{Rows: []Band{{Min: num("5"), Points: Const(n("6"))}, {Points: Const(n("1"))}}},
			&Formula{Expr: Const(n("30"))},
		}
	}
	best, worst, mean := Best(methods()[:2]), Worst(methods()), Mean(methods())
	for _, tt := range []struct {
		value             string
		best, worst, mean string
		bestRow, worstRow int
	}{
		{"4", "4", "1", "5", 1, 2}, // the mean of 4, 1, and 30 held at 10
		{"5", "6", "5", "7", 2, 1},
		{"8", "8", "6", "8", 1, 2},
	} {
		p, row := points(t, &best, "10", tt.value)
		assert.Equal(t, tt.best, p)
		assert.Equal(t, tt.bestRow, row)
		p, row = points(t, &worst, "10", tt.value)
		assert.Equal(t, tt.worst, p)
		assert.Equal(t, tt.worstRow, row)
		p, row = points(t, &mean, "10", tt.value)
		assert.Equal(t, tt.mean, p)
		assert.Zero(t, row)
	}
	for m, want := range map[Ranger]string{&best: "[1, 10]", &worst: "[0, 6]", &mean: "[3.666666666667, 15.333333333333]"} {
		r, ok := m.Range(Everything(), n("10"))
		assert.True(t, ok)
		assert.Equal(t, want, r.String())
	}
	open := NumberIn(0)
	open.Reach = &Reach{Min: n("2"), NoMax: true}
	r, ok := (&Worst{&Formula{Expr: open}, &Formula{Expr: reaching("3", "7")}}).Range(Everything(), n("10"))
	assert.True(t, ok)
	assert.Equal(t, "[2, 7]", r.String(), "the worst of two is never above one that has an end")
	assert.Equal(t, Rising, best.Trend(n("10")))
	assert.Equal(t, UnknownTrend, worst.Trend(n("10")), "a formula has no known trend")
}

func TestSeveralFromAFile(t *testing.T) {
	var w Worst
	require.Empty(t, decoded(t, list(keys("linear", keys("0", "0", "10", "10")), keys("formula", "$0")), &w))
	require.Empty(t, w.Check(setting("10")))
	v := Num(n("9"))
	p, absent := w.Points(&Case{Frame: NewFrame(Num(n("7"))), Of: &v, Weight: n("10")})
	assert.Zero(t, absent)
	assert.Equal(t, "7", p.Fraction())
	c := &Case{Frame: NewFrame(Gone(2)), Of: &v, Weight: n("10")}
	_, absent = w.Points(c)
	assert.Equal(t, Absence(2), absent, "all methods must have points")
	assert.Zero(t, c.Row)

	assert.Equal(t, []string{"unknown-method"}, codesOf(decoded(t, list(keys("linaer", keys())), new(Best))))
	assert.Equal(t, []string{"at least one method is needed here"}, errorsIn(new(Mean).Check(setting("10"))))
	assert.Equal(t, []string{"one of the methods is nil"}, errorsIn((&Mean{nil}).Check(setting("10"))))
}
