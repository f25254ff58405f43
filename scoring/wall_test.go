package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// 总资产报酬率 of the modern table: standard 5.5 % for 20 points, at most 15.8 % for 30, actual 10 %. The sources
// (odtgfuq.cn 8710235, rosannapuentes.com 976202) print 1.03 for a point and 24.37 for the score.
func TestWallPublished(t *testing.T) {
	w := &Wall{
		Standard: Const(n("5.5")), Max: Const(n("15.8")),
		StandardPoints: n("20"), MaxPoints: n("30"), MinPoints: n("10"),
	}
	s := setting("20")
	s.Beyond = true
	require.Empty(t, w.Check(s))
	v := Num(n("10"))
	c := &Case{Frame: NewFrame(), Of: &v, Weight: n("20")}
	p, absent := w.Points(c)
	require.Zero(t, absent)
	assert.Equal(t, "2510/103", p.Fraction())
	assert.Equal(t, "24.37", p.Round(2, HalfUp).Fixed(2))
	assert.Equal(t, "1.03", quo(Int(1), w.slope).String())
	assert.Equal(t, "20 + (10 - 5.5) / ((15.8 - 5.5) / (30 - 20))", w.Working(c))
}

func TestWallIsHeldBetweenItsPoints(t *testing.T) {
	rising := Wall{Standard: Const(n("2")), Max: Const(n("3")), StandardPoints: n("10"), MaxPoints: n("15"), MinPoints: n("5")}
	falling := rising
	falling.Standard, falling.Max = Const(n("0.6")), Const(n("0.4"))
	for _, tt := range []struct {
		what          string
		method        Wall
		value, points string
	}{
		{"the standard", rising, "2", "10"},
		{"the best", rising, "3", "15"},
		{"better than the best", rising, "7", "15"},
		{"half way", rising, "2.5", "25/2"},
		{"below the standard", rising, "1.5", "15/2"},
		{"the least", rising, "1", "5"},
		{"below the least", rising, "-4", "5"},
		{"less is better: half way", falling, "0.5", "25/2"},
		{"less is better: worse than the standard", falling, "0.7", "15/2"},
		{"less is better: far worse", falling, "2", "5"},
	} {
		t.Run(tt.what, func(t *testing.T) {
			p, _ := points(t, &tt.method, "15", tt.value)
			assert.Equal(t, tt.points, p)
		})
	}
	require.Empty(t, rising.Check(setting("15")))
	v, ok := rising.Range(Between(n("0"), n("2.5")), n("15"))
	assert.True(t, ok)
	assert.Equal(t, "[5, 12.5]", v.String())
	assert.Equal(t, Rising, rising.Trend(n("15")))
	require.Empty(t, falling.Check(setting("15")))
	assert.Equal(t, Falling, falling.Trend(n("15")))
}

func TestWallFaults(t *testing.T) {
	w := &Wall{Standard: Const(n("2")), Max: Const(n("2.0")), StandardPoints: n("10"), MaxPoints: n("10"), MinPoints: n("11")}
	assert.Equal(t, []string{
		"`max_points` must be above `standard_points`, but 10 is not above 10",
		"`min_points` must not be above `standard_points`, but 11 is above 10",
		"`max` must not equal `standard`, but both are 2",
	}, errorsIn(w.Check(setting("10"))))
	assert.Equal(t, []string{"wall needs `standard` and `max`"}, errorsIn((&Wall{MaxPoints: n("1")}).Check(setting("10"))))

	cut := &Wall{Standard: Const(n("2")), Max: Const(n("3")), StandardPoints: n("10"), MaxPoints: n("15")}
	faults := cut.Check(setting("10"))
	assert.Equal(t, []string{"never-earned"}, codesOf(faults), "points above the weight are cut: the owner is told")

	var w2 Wall
	root := keys("standard", "$0", "max", "$1", "standard_points", "10", "max_points", "15")
	require.Empty(t, decoded(t, root, &w2))
	require.Empty(t, w2.Check(setting("15")))
	v := Num(n("2"))
	f := NewFrame(Num(n("1")), Num(n("1")))
	_, absent := w2.Points(&Case{Frame: f, Of: &v, Weight: n("15")})
	assert.NotZero(t, absent)
	assert.ErrorContains(t, f.TakeErr(), "`standard` and `max` of wall are equal")
	f = NewFrame(Num(n("1")), Num(n("3")))
	p, absent := w2.Points(&Case{Frame: f, Of: &v, Weight: n("15")})
	assert.Zero(t, absent)
	assert.Equal(t, "25/2", p.Fraction())
}

// A wall made in Go has no keys: what is wrong with it stands where its indicator does.
func TestFaultsOfAWallWithoutAFile(t *testing.T) {
	s := setting("10")
	s.Place = Place{Line: 7, Col: 3}
	w := &Wall{Standard: Const(n("1")), Max: Const(n("2")), StandardPoints: n("5"), MaxPoints: n("5")}
	faults := w.Check(s)
	require.NotEmpty(t, faults)
	assert.Equal(t, s.Place, faults[0].Place)
}
