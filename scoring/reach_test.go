package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// reaching returns an expression of the customer's that is known to lie between two numbers.
func reaching(lo, hi string) Operand {
	o := NumberIn(0)
	o.Reach = &Reach{Min: n(lo), Max: n(hi)}
	return o
}

// sometimes returns a condition of which it is known whether it can hold, and whether it can fail.
func sometimes(holds, fails bool) Condition {
	c := When(func(*Frame) (bool, Absence) { return holds, 0 })
	c.Reach = &Reach{CanHold: holds, CanFail: fails}
	return c
}

func TestGapsOfAValueOfWhichLittleIsKnown(t *testing.T) {
	b := &Bands{Rows: []Band{{Min: num("22"), Points: Const(n("10"))}, {Max: num("21"), Points: Const(n("5"))}}}
	check := func(d Domain) doc.Fault {
		s := setting("10")
		s.Domain = &d
		for _, f := range b.Check(s) {
			if f.Code == "gap" {
				return f
			}
		}
		return doc.Fault{Severity: doc.Note}
	}
	within := func(lo, hi string) Interval { return Between(n(lo), n(hi)) }

	f := check(Domain{Interval: within("0", "50"), Decimals: -1, Input: true})
	assert.Equal(t, doc.Error, f.Severity)
	assert.Equal(t, "write `below: 22`, or say `decimals: 0` where the input is declared", f.Hint)

	f = check(Domain{Interval: within("0", "50"), Decimals: -1})
	assert.Equal(t, "write `below: 22`, or round the value: round(..., 0)", f.Hint)

	f = check(Domain{Interval: within("0", "50"), Decimals: -1, Outer: true, Attained: true, Why: "it is a quotient"})
	assert.Equal(t, doc.Warning, f.Severity, "it is not known that a value lies there")
	assert.Equal(t, "no row holds for 21 < x < 22, such as 21.5; it is not proved that there are such values: it is a quotient", f.Message)

	f = check(Domain{Interval: within("0", "21.5"), Decimals: -1, Outer: true, Attained: true})
	assert.Equal(t, doc.Error, f.Severity, "the end of what there can be lies in the gap, and is reached")

	f = check(Domain{Interval: within("0", "50"), Decimals: -1, Spans: []Piece{{High: n("21")}, {Low: n("22"), High: n("50")}}})
	assert.Equal(t, doc.Note, f.Severity, "no value is in the gap")
}

func TestRangesOfWhatDependsOnTheCustomer(t *testing.T) {
	of := Between(n("0"), n("100"))
	for _, c := range []struct {
		name string
		m    Ranger
		want string
	}{
		{"formula", &Formula{Expr: reaching("2", "7")}, "[2, 7]"},
		{"rules", &Rules{Rows: []Rule{{When: sometimes(true, true), Points: reaching("2", "7")}, {When: sometimes(false, true), Points: Const(n("90"))}, {Points: Const(n("1"))}}}, "[1, 7]"},
		{"rules behind one that always holds", &Rules{Rows: []Rule{{When: sometimes(true, false), Points: Const(n("4"))}, {Points: Const(n("1"))}}}, "[4, 4]"},
		{"rules added up", &Rules{Collect: CollectSum, Rows: []Rule{{When: sometimes(true, true), Points: reaching("-2", "7")}, {When: sometimes(true, false), Points: Const(n("1"))}}}, "[-1, 8]"},
		{"occurrences", &Occurrences{Rows: []Occurrence{{Count: reaching("1", "3"), Cost: n("2")}}}, "[4, 8]"},
		{"occurrences, at most", &Occurrences{Rows: []Occurrence{{Count: reaching("-1", "3"), Cost: n("2"), Most: num("5")}}}, "[5, 10]"},
	} {
		points, ok := c.m.Range(of, n("10"))
		assert.True(t, ok, c.name)
		assert.Equal(t, c.want, points.String(), c.name)
	}
	half := NumberIn(0)
	half.Reach = &Reach{Min: n("2"), NoMax: true}
	points, ok := (&Formula{Expr: half}).Range(of, n("10"))
	assert.True(t, ok, "one end is better than none")
	assert.Equal(t, "[2, …]", points.String())
	_, ok = (&Bands{Rows: []Band{{Points: half}}}).Range(of, n("10"))
	assert.False(t, ok, "bands that have not been checked have no rows")
	bands := &Bands{Rows: []Band{{Points: half}}}
	require.Empty(t, bands.Check(setting("10")))
	points, ok = bands.Range(of, n("10"))
	assert.True(t, ok)
	assert.Equal(t, "[2, …]", points.String())
	_, ok = (&Formula{Expr: NumberIn(0)}).Range(of, n("10"))
	assert.False(t, ok, "of an expression made in Go nothing is known")
}

func TestTheScoreOfACardWhoseExpressionsAreKnown(t *testing.T) {
	card := &Card{
		Indicators: []Indicator{
			{ID: name("a"), Weight: num("60"), Method: &Formula{Expr: reaching("10", "50")}, Missing: MissingRule{Do: Reweight}},
			{ID: name("b"), Weight: num("40"), Method: &Formula{Expr: reaching("5", "80")}},
		},
		Adjustments: []Adjustment{
			{ID: name("x"), When: sometimes(true, true), Add: reaching("1", "2")},
			{ID: name("y"), When: sometimes(false, true), Add: Const(n("50"))},
		},
		Caps: []Cap{{ID: name("c"), When: sometimes(true, false), AtMost: reaching("70", "80")}},
	}
	assert.Empty(t, errorsIn(card.Check(DefaultRounding())))
	score, ok := card.Range()
	assert.True(t, ok)
	assert.Equal(t, "80", score.Max.String(), "the cap always holds")
	points, _ := card.PointsRange("b")
	assert.Equal(t, "[5, 40]", points.String())
	read, places, _ := card.PointsRead("b")
	assert.Equal(t, "[5, 100]", read.String(), "where a is left out, b counts for all")
	assert.Equal(t, 2, places)
	card.Indicators[0].Missing = MissingRule{Do: Refer}
	assert.Empty(t, errorsIn(card.Check(DefaultRounding())))
	read, _, _ = card.PointsRead("b")
	assert.Equal(t, "[5, 40]", read.String(), "where a refers, b never counts for more")
	card.Caps[0].AtMost = reaching("70", "79.6")
	assert.Empty(t, errorsIn(card.Check(Rounding{Points: 2, Score: 0, Money: Exact, Mode: HalfUp})))
	score, _ = card.Range()
	assert.Equal(t, "80", score.Max.String(), "a whole number, as scores are rounded")
	attained, why := card.Attained()
	assert.False(t, attained)
	assert.NotEmpty(t, why)
}

// Only a group of which all can be left out leaves its weight to the others.
func TestTheRangeOfACardWithAGroup(t *testing.T) {
	for rule, want := range map[MissingAction]string{Refer: "[30, 100]", Reweight: "[20, 100]"} {
		card := &Card{
			Indicators: []Indicator{{ID: name("a"), Weight: num("50"), Method: &Formula{Expr: reaching("10", "50")}}},
			Groups: []Group{{ID: name("g"), Weight: num("50"), Card: Card{Groups: []Group{{ID: name("h"), Weight: num("50"), Card: Card{
				Indicators: []Indicator{{ID: name("b"), Weight: num("50"), Method: &Formula{Expr: reaching("20", "50")}, Missing: MissingRule{Do: rule}}},
			}}}}}},
		}
		assert.Empty(t, errorsIn(card.Check(exactly)))
		score, ok := card.Range()
		assert.True(t, ok)
		assert.Equal(t, want, score.String(), rule)
	}
}

// A cap that always holds is an end where there was none, and one that may hold is not.
func TestACapIsTheEndOfAScore(t *testing.T) {
	half := NumberIn(0)
	half.Reach = &Reach{Min: n("2"), NoMax: true}
	for _, c := range []struct {
		name string
		when Condition
		want string
	}{
		{"always", sometimes(true, false), "[2, 60]"}, {"sometimes", sometimes(true, true), "[2, 100]"}, {"never", sometimes(false, true), "[2, 100]"},
	} {
		card := &Card{
			Indicators: []Indicator{{ID: name("volume"), Weight: num("100"), Beyond: true, Method: &Formula{Expr: half}}},
			Caps:       []Cap{{ID: name("cap"), When: c.when, AtMost: Const(n("60"))}},
		}
		require.Empty(t, errorsIn(card.Check(exactly)))
		got, ok := card.Range()
		assert.True(t, ok)
		assert.Equal(t, c.want, got.String(), c.name)
	}
}

// Both ends of what an indicator can earn are reached only where both ends of the value are.
func TestEndsThatAreReached(t *testing.T) {
	for what, m := range map[string]Method{
		"linear":       &Linear{Knots: []Knot{{At: n("0"), Points: n("0")}, {At: n("10"), Points: n("5")}}},
		"proportional": &Proportional{constant: true},
		"deduct":       &Deduct{},
		"efficacy":     &Efficacy{constant: true},
		"wall":         &Wall{constant: true},
	} {
		reached := func(change func(*Domain)) bool {
			d := &Domain{Interval: Between(n("0"), n("10")), Attained: true, Outer: true, Decimals: -1}
			change(d)
			return (&step{ind: &Indicator{Method: m, Domain: d}, full: n("10")}).exactly()
		}
		assert.True(t, reached(func(*Domain) {}), what)
		assert.False(t, reached(func(d *Domain) { d.OpenMin = true }), what)
		assert.False(t, reached(func(d *Domain) { d.OpenMax = true }), what)
		assert.False(t, reached(func(d *Domain) { d.Attained = false }), what)
	}
}
