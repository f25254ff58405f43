package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func efficacy(excellent, good, average, low, poor string) *Efficacy {
	return &Efficacy{
		Excellent: Const(n(excellent)), Good: Const(n(good)), Average: Const(n(average)), Low: Const(n(low)), Poor: Const(n(poor)),
	}
}

// The published exercises on 功效系数法. Where a source prints only the two levels around the value, the others are made up;
// they have no part in the result. One page (jikaoti.com 545oFFFM) prints 16.85 for the first: it writes 20 * 0.8 as 18.
func TestEfficacyPublished(t *testing.T) {
	for _, tt := range []struct {
		what                                      string
		method                                    *Efficacy
		weight, value                             string
		base, coefficient, adjustment, score, all string
	}{
		{"净资产收益率 (ti.zuoweng.com mBk8KKKQ)", efficacy("15", "9.5", "1.7", "0", "-3"), "20", "8.0", "12", "0.8077", "3.23", "15.23", "198/13"},
		{"总资产报酬率 (kaotiyun.com C5Kr777K)", efficacy("9.8", "6.4", "3.6", "1.4", "-1.2"), "13", "8.0", "10.4", "0.4706", "1.22", "11.62", "988/85"},
		{"总资产报酬率 (qixingtai.com Xkzg777K)", efficacy("9.8", "6.4", "3.6", "1.4", "-1.2"), "14", "8.0", "11.2", "0.4706", "1.32", "12.52", "1064/85"},
		{"总资产报酬率 (chati51.com 669a36)", efficacy("9.8", "6.4", "3.6", "1.4", "-1.2"), "12", "6.0", "7.2", "0.8571", "2.06", "9.26", "324/35"},
		{"修正指标 (efsc.cn 8)", efficacy("120", "100", "80", "60", "40"), "10", "90", "6", "0.5000", "1.00", "7.00", "7"},
	} {
		t.Run(tt.what, func(t *testing.T) {
			all, _ := points(t, tt.method, tt.weight, tt.value)
			assert.Equal(t, tt.all, all)
			v := Num(n(tt.value))
			x, absent := tt.method.Points(&Case{Frame: NewFrame(), Of: &v, Weight: n(tt.weight)})
			require.Zero(t, absent)
			adjustment := x.Sub(n(tt.base))
			assert.Equal(t, tt.score, x.Round(2, HalfUp).Fixed(2))
			assert.Equal(t, tt.adjustment, adjustment.Round(2, HalfUp).Fixed(2))
			assert.Equal(t, tt.coefficient, quo(adjustment, n(tt.weight).Mul(n("0.2"))).Round(4, HalfUp).Fixed(4))
		})
	}
}

func TestEfficacyAtAndBeyondTheLevels(t *testing.T) {
	rising := efficacy("12", "9.5", "5", "3", "1")
	falling := efficacy("0.4", "0.5", "0.6", "0.7", "0.8")
	keep := efficacy("12", "9.5", "5", "3", "1")
	keep.BelowPoor = KeepBelowPoor
	for _, tt := range []struct {
		what   string
		method *Efficacy
		value  string
		points string
	}{
		{"better than excellent earns the weight", rising, "100", "10"},
		{"excellent earns the weight", rising, "12", "10"},
		{"good earns 0.8", rising, "9.5", "8"},
		{"average earns 0.6", rising, "5", "6"},
		{"low earns 0.4", rising, "3", "4"},
		{"poor earns 0.2", rising, "1", "2"},
		{"a hair below poor earns nothing", rising, "0.999999", "0"},
		{"below poor keeps 0.2 where the policy says so", keep, "-5", "2"},
		{"half way between poor and low", rising, "2", "3"},
		{"less is better: below excellent", falling, "0.1", "10"},
		{"less is better: excellent", falling, "0.4", "10"},
		{"less is better: between good and average", falling, "0.55", "7"},
		{"less is better: poor", falling, "0.80", "2"},
		{"less is better: worse than poor", falling, "0.81", "0"},
	} {
		t.Run(tt.what, func(t *testing.T) {
			p, row := points(t, tt.method, "10", tt.value)
			assert.Equal(t, tt.points, p)
			assert.Zero(t, row)
		})
	}
}

func TestEfficacyFaults(t *testing.T) {
	assert.Equal(t, []string{"the levels `good` and `average` are both 5: nothing lies between them"},
		errorsIn(efficacy("12", "5", "5.0", "3", "1").Check(setting("10"))))
	assert.Equal(t, []string{"the levels go up and down: `low` is 3, `poor` is 4"},
		errorsIn(efficacy("12", "9", "5", "3", "4").Check(setting("10"))))
	assert.Equal(t, []string{"efficacy needs the level `excellent`"}, errorsIn(new(Efficacy).Check(setting("10"))))

	var e Efficacy
	root := keys("excellent", "2", "good", "1.5", "average", "1.6", "low", "1", "poor", "0.8", "below_poor", "half")
	faults := decoded(t, root, &e)
	assert.Equal(t, []string{"bad-choice"}, codesOf(faults))
	faults = e.Check(setting("10"))
	require.Len(t, faults, 1)
	assert.Equal(t, root.Get("average").Place, faults[0].Place, "the fault points at the level that is wrong")
}

// A table of standard values by industry gives levels that depend on the customer.
func TestEfficacyWithLevelsOfTheCustomer(t *testing.T) {
	e := efficacy("12", "9.5", "5", "3", "1")
	e.Average = NumberIn(0)
	require.Empty(t, e.Check(setting("10")))
	at := func(average Value) (string, Absence, error) {
		v := Num(n("6"))
		f := NewFrame(average)
		p, absent := e.Points(&Case{Frame: f, Of: &v, Weight: n("10")})
		return p.Fraction(), absent, f.TakeErr()
	}
	p, absent, err := at(Num(n("4")))
	require.NoError(t, err)
	assert.Zero(t, absent)
	assert.Equal(t, "74/11", p) // 6 + (6 - 4) / (9.5 - 4) * 2

	_, absent, err = at(Gone(7))
	require.NoError(t, err)
	assert.Equal(t, Absence(7), absent, "a level that is missing makes the points missing")

	_, _, err = at(Num(n("9.5")))
	assert.ErrorContains(t, err, "no two may be equal")
}

func TestEfficacyWorking(t *testing.T) {
	e := efficacy("15", "9.5", "1.7", "0", "-3")
	require.Empty(t, e.Check(setting("20")))
	working := func(x string) string {
		v := Num(n(x))
		return e.Working(&Case{Frame: NewFrame(), Of: &v, Weight: n("20")})
	}
	assert.Equal(t, "12 + (8 - 1.7) / (9.5 - 1.7) * (16 - 12)", working("8"))
	assert.Equal(t, "4 + (-1 - (-3)) / (0 - (-3)) * (8 - 4)", working("-1"))
	assert.Empty(t, working("20"), "nothing is worked out at the excellent level")
	assert.Empty(t, working("-4"))
}

func TestEfficacyRange(t *testing.T) {
	e := efficacy("0.4", "0.5", "0.6", "0.7", "0.8")
	require.Empty(t, e.Check(setting("10")))
	for _, tt := range []struct {
		of   Interval
		want string
	}{
		{Everything(), "[0, 10]"},
		{Between(n("0.5"), n("0.7")), "[4, 8]"},
		{Interval{Min: n("0.8"), NoMax: true}, "[0, 2]"},
		{Interval{NoMin: true, Max: n("0.6")}, "[6, 10]"},
	} {
		got, ok := e.Range(tt.of, n("10"))
		require.True(t, ok)
		assert.Equal(t, tt.want, got.String())
	}
	assert.Equal(t, Falling, e.Trend(n("10")))
}
