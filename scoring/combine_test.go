package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func free(id string, i int) Indicator {
	return Indicator{ID: name(id), Method: &Formula{Expr: NumberIn(i)}}
}

func TestWeightedMean(t *testing.T) {
	c := &Card{Combine: new(WeightedMean), Indicators: []Indicator{
		{ID: name("a"), Weight: num("0.3"), Of: Slot(0), Method: &Proportional{Full: Const(n("1"))}},
		leftOut(item("b", "0.5", 1)),
		leftOut(item("c", "0.2", 2)),
	}}
	require.Empty(t, c.Check(DefaultRounding()))
	out := new(Result)
	for _, tt := range []struct {
		values []string
		score  string
	}{
		{[]string{"0.9", "80", "70"}, "81"},
		{[]string{"2", "180", "-70"}, "80"},    // each is held within [0, 100]
		{[]string{"0.9", "", "70"}, "82"},      // (90 * 0.3 + 70 * 0.2) / 0.5
		{[]string{"0.9", "", ""}, "90"},        //
		{[]string{"0.12345", "", ""}, "12.35"}, // 12.345 rounded once: 12.35 / 1
	} {
		require.NoError(t, c.Score(numbers(new(Frame), tt.values...), out))
		assert.Equal(t, tt.score, out.Score.String(), tt.values)
	}
	c.Indicators[0].Weight = num("0")
	assert.Equal(t, []string{"a weight must be above 0, not 0"}, errorsIn(c.Check(exactly)))
	c.Indicators[0].Weight = nil
	assert.Equal(t, []string{"the indicator a has no `weight`"}, errorsIn(c.Check(exactly)))
}

func TestMinimum(t *testing.T) {
	c := &Card{Combine: new(Minimum), Total: num("10"), Indicators: []Indicator{free("a", 0), free("b", 1)}}
	assert.Equal(t, "3", scored(t, c, exactly, Num(n("7")), Num(n("3"))).Score.String())
	assert.Equal(t, "10", scored(t, c, exactly, Num(n("17")), Num(n("13"))).Score.String())
	assert.Equal(t, "0", scored(t, c, exactly, Num(n("17")), Num(n("-13"))).Score.String())
	r := scored(t, c, exactly, Num(n("7")), Gone(3))
	assert.False(t, r.HasScore)
	assert.Equal(t, OutcomeRefer, r.Outcome)
	c.Indicators[0] = leftOut(c.Indicators[0])
	c.Indicators[1].Weight = num("3")
	assert.Equal(t, []string{
		"to leave the indicator a out and reweight the others means nothing to this combiner",
		"weights mean nothing to this combiner",
	}, errorsIn(c.Check(exactly)))
}

// 孰低 of two groups, each a card of its own.
func TestMinimumOfGroups(t *testing.T) {
	c := &Card{Combine: new(Minimum), Groups: []Group{
		group("g", "", Card{Indicators: []Indicator{item("a", "60", 0), item("b", "40", 1)}}),
		group("h", "", Card{Total: num("10"), Indicators: []Indicator{item("c", "10", 2)}}),
	}}
	r := scored(t, c, exactly, Num(n("60")), Num(n("20")), Num(n("7")))
	assert.Equal(t, "70", r.Score.String())
	assert.Equal(t, "80", r.Groups[0].Points.String())
	// A group of which nothing is there cannot be left out: the score is missing.
	for _, i := range []int{0, 1} {
		c.Groups[0].Indicators[i] = leftOut(c.Groups[0].Indicators[i])
	}
	require.Empty(t, c.Check(exactly))
	out := new(Result)
	require.NoError(t, c.Score(numbers(new(Frame), "", "", "7"), out))
	assert.False(t, out.HasScore)
	assert.Equal(t, Refers, out.Groups[0].Effect)
	assert.Equal(t, OutcomeRefer, out.Outcome)
}

func TestProduct(t *testing.T) {
	c := &Card{Combine: new(Product), Indicators: []Indicator{free("base", 0), free("factor", 1), item("held", "2", 2)}}
	assert.Equal(t, "150", scored(t, c, exactly, Num(n("100")), Num(n("1.5")), Num(n("1"))).Score.String())
	assert.Equal(t, "-300", scored(t, c, exactly, Num(n("-100")), Num(n("1.5")), Num(n("5"))).Score.String(), "not held at the total")
	c.Max = num("120")
	assert.Equal(t, "120", scored(t, c, exactly, Num(n("100")), Num(n("1.5")), Num(n("1"))).Score.String())
}

// A hand-computed part of 中央企业综合绩效评价: profitability weighs 34, its basic indicators earned 15.23 of 20 and 10.4 of
// 14, its modifiers are worth 10, 9, 8 and 7.
func TestModified(t *testing.T) {
	level := func(id, weight string, i int) Indicator {
		return Indicator{ID: name(id), Weight: num(weight), Of: Slot(i), Method: efficacy("5", "4", "3", "2", "1")}
	}
	c := &Card{
		Combine: new(Modified), Total: num("34"),
		Indicators: []Indicator{item("roe", "20", 0), item("roa", "14", 1)},
		Modifiers:  []Indicator{level("m1", "10", 2), level("m2", "9", 3), level("m3", "8", 4), leftOut(level("m4", "7", 5))},
	}
	require.Empty(t, errorsIn(c.Check(exactly)))
	out := new(Result)
	// basic score 25.5 of 34: the analysis coefficient is 0.75.
	// m1 at 3.5 has 0.6 + 0.5 * 0.2 = 0.7, so 0.95; m2 at excellent begins at 1.2: 1.45, held at 1.3;
	// m3 below poor has 0: 0.25, held at 0.7; m4 at 4 has 0.8, so 1.05.
	require.NoError(t, c.Score(numbers(new(Frame), "15.1", "10.4", "3.5", "5", "0", "4"), out))
	want := rat("0.95")
	want.Mul(want, rat("10"))
	for _, x := range [][2]string{{"1.3", "9"}, {"0.7", "8"}, {"1.05", "7"}} {
		part := rat(x[0])
		want.Add(want, part.Mul(part, rat(x[1])))
	}
	want.Quo(want, rat("34")).Mul(want, rat("25.5"))
	assert.Equal(t, want.RatString(), out.Score.Fraction())
	var coefficients []string
	for _, it := range out.Items[2:] {
		assert.True(t, it.Modifier)
		coefficients = append(coefficients, it.Points.String())
	}
	assert.Equal(t, []string{"0.95", "1.3", "0.7", "1.05"}, coefficients)
	assert.Equal(t, "7", out.Items[2].Raw.String(), "the points of the modifier itself are kept")

	// A modifier left out has no part in the coefficient.
	require.NoError(t, c.Score(numbers(new(Frame), "15.1", "10.4", "3.5", "5", "0", ""), out))
	want = rat("26.8") // 0.95 * 10 + 1.3 * 9 + 0.7 * 8
	want.Quo(want, rat("27")).Mul(want, rat("25.5"))
	assert.Equal(t, want.RatString(), out.Score.Fraction())

	// The score is held at the total.
	require.NoError(t, c.Score(numbers(new(Frame), "20", "14", "5", "5", "5", "5"), out))
	assert.Equal(t, "34", out.Score.String())
	assert.Equal(t, "204/5", out.Combined.Fraction())

	for i := range c.Modifiers {
		c.Modifiers[i] = leftOut(c.Modifiers[i])
	}
	require.Empty(t, errorsIn(c.Check(exactly)))
	require.NoError(t, c.Score(numbers(new(Frame), "20", "14", "", "", "", ""), out))
	assert.False(t, out.HasScore, "without any modifier there is no coefficient")
	assert.Equal(t, OutcomeRefer, out.Outcome)
}

// What modifies the score is no part of the sum, and what is missing is none either.
func TestSum(t *testing.T) {
	sum, absent := (&Sum{}).Combine(nil, []Part{
		{Points: n("10"), Present: true}, {Points: n("1.2"), Present: true, Modifier: true}, {Points: n("5")}, {Points: n("0.5"), Present: true},
	})
	assert.Zero(t, absent)
	assert.Equal(t, "10.5", sum.String())
}

func TestACoefficientMayBeOneNumber(t *testing.T) {
	c := &Card{Combine: &Modified{Min: num("1"), Max: num("1")}, Indicators: []Indicator{{ID: name("a"), Weight: num("10"), Method: &Bands{Rows: []Band{{Points: Const(n("10"))}}}}},
		Modifiers: []Indicator{{ID: name("m"), Weight: num("10"), Method: &Bands{Rows: []Band{{Points: Const(n("1"))}}}}}}
	for _, message := range errorsIn(c.Check(exactly)) {
		assert.NotContains(t, message, "coefficient")
	}
}

func TestModifiedFaults(t *testing.T) {
	c := &Card{Combine: &Modified{Min: num("1.4")}, Indicators: []Indicator{item("a", "100", 0)}}
	assert.Equal(t, []string{"there is nothing that modifies the score", "a coefficient cannot be at least 1.4 and at most 1.3"}, errorsIn(c.Check(exactly)))
	c = &Card{Combine: new(Modified), Indicators: []Indicator{item("a", "100", 0)}, Modifiers: []Indicator{item("m", "90", 0), item("z", "0", 0), free("w", 0)}}
	assert.Equal(t, []string{"a weight must be above 0, not 0", "the indicator w has no `weight`"}, errorsIn(c.Check(exactly)))
	c.Modifiers = c.Modifiers[:1]
	assert.Equal(t, []string{"the weights of the modifiers add up to 90, not to 100: 10 missing (m 90)"}, errorsIn(c.Check(exactly)))
	c.Combine = nil
	assert.Equal(t, []string{"modifiers mean nothing to this combiner"}, errorsIn(c.Check(exactly)))
}

// geometric is a combiner from outside.
type geometric struct {
	Root int `key:"root,required" doc:"how many indicators there are"`
}

func (g *geometric) Check(c *Card) []Fault { return nil }

func (g *geometric) Combine(f *Frame, parts []Part) (Number, Absence) {
	if g.Root == 0 {
		panic("no root")
	}
	product := Int(1)
	for _, p := range parts {
		product = product.Mul(p.Points)
	}
	root, _, ok := product.Pow(quo(Int(1), Int(int64(g.Root))))
	if !ok {
		return Number{}, f.Blame(1)
	}
	return root, 0
}

func (g *geometric) Terms() Terms {
	return Terms{Full: FullTotal, Weights: WeightsOptional, Leave: LeaveFault}
}

func TestCombinerFromOutside(t *testing.T) {
	c := &Card{Combine: &geometric{Root: 2}, Indicators: []Indicator{free("a", 0), free("b", 1)}}
	assert.Equal(t, "60", scored(t, c, exactly, Num(n("90")), Num(n("40"))).Score.String())
	c.Combine = &geometric{}
	require.Empty(t, c.Check(exactly))
	assert.EqualError(t, c.Score(NewFrame(Num(n("1")), Num(n("1"))), new(Result)), "scoring: the card: panic: no root")
}
