package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestProportional(t *testing.T) {
	p := &Proportional{Full: Const(n("1"))}
	for value, want := range map[string]string{
		"0": "0", "-1": "0", "0.5": "10", "1": "20", "0.97": "97/5",
		"1.5": "30", // held at 20 by the card
	} {
		got, _ := points(t, p, "20", value)
		assert.Equal(t, want, got, value)
	}
	// 应得分值 = 50 % ÷ 实际比率 × 8, an old industrial policy of 中国农业银行
	inverse := &Proportional{Full: Const(n("0.5")), Inverse: true}
	for value, want := range map[string]string{
		"0.5": "8", "0.8": "5", "0.6": "20/3", "0.25": "16", "0": "8", "-0.1": "8",
	} {
		got, _ := points(t, inverse, "8", value)
		assert.Equal(t, want, got, value)
	}
}

func TestProportionalFaults(t *testing.T) {
	assert.Equal(t, []string{"`full` must be above 0, not 0"}, errorsIn((&Proportional{Full: Const(n("0"))}).Check(setting("10"))))
	assert.Equal(t, []string{"proportional needs `full`: the value that earns the full weight"}, errorsIn(new(Proportional).Check(setting("10"))))
	s := setting("0")
	s.Weighted = false
	assert.Equal(t, []string{"missing-key"}, codesOf((&Proportional{Full: Const(n("1"))}).Check(s)))
}

func TestProportionalToAValueOfTheCustomer(t *testing.T) {
	var p Proportional
	require.Empty(t, decoded(t, keys("full", "$0"), &p))
	require.Empty(t, p.Check(setting("10")))
	at := func(full Value) (string, Absence, error) {
		v := Num(n("6"))
		f := NewFrame(full)
		x, absent := p.Points(&Case{Frame: f, Of: &v, Weight: n("10")})
		return x.Fraction(), absent, f.TakeErr()
	}
	x, absent, err := at(Num(n("12")))
	require.NoError(t, err)
	assert.Zero(t, absent)
	assert.Equal(t, "5", x)
	_, absent, err = at(Gone(3))
	require.NoError(t, err)
	assert.Equal(t, Absence(3), absent)
	_, _, err = at(Num(n("0")))
	assert.ErrorContains(t, err, "`full` must be above 0")
}

func TestProportionalWorkingRangeAndTrend(t *testing.T) {
	p := &Proportional{Full: Const(n("0.5"))}
	q := &Proportional{Full: Const(n("0.5")), Inverse: true}
	require.Empty(t, p.Check(setting("8")))
	require.Empty(t, q.Check(setting("8")))
	v := Num(n("0.8"))
	c := &Case{Frame: NewFrame(), Of: &v, Weight: n("8")}
	assert.Equal(t, "8 * 0.8 / 0.5", p.Working(c))
	assert.Equal(t, "8 * 0.5 / 0.8", q.Working(c))
	none := Num(n("0"))
	c.Of = &none
	assert.Empty(t, p.Working(c)+q.Working(c), "of nothing there is no proportion")
	for _, tt := range []struct {
		m    *Proportional
		of   Interval
		want string
	}{
		{p, Everything(), "[0, …]"},
		{p, Between(n("-1"), n("0.25")), "[0, 4]"},
		{q, Everything(), "[0, …]"},
		{q, Between(n("0.8"), n("1")), "[4, 5]"},
		{q, Between(n("-3"), n("-1")), "[8, 8]"},
		{q, Between(n("-3"), n("1")), "[4, …]"},
		{q, Between(n("0"), n("0.1")), "[8, …]"},
	} {
		r, ok := tt.m.Range(tt.of, n("8"))
		assert.True(t, ok)
		assert.Equal(t, tt.want, r.String(), "inverse %v over %s", tt.m.Inverse, tt.of)
	}
	assert.Equal(t, Rising, p.Trend(n("8")))
	assert.Equal(t, Falling, q.Trend(n("8")))
}
