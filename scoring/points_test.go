package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The sample scorecard of the PMML specification (DMG, Scorecard). An attribute's reason code goes before that of its
// characteristic.
func sampleScorecard(t *testing.T) *Card {
	t.Helper()
	root := keys(
		"combine", keys("points", keys("initial", "0", "reasons", "below")),
		"indicators", list(
			keys("id", "department", "of", "$0", "baseline", "19", "code", "RC1", "missing", "-9", "categories", keys(
				"marketing", "19", "engineering", "3", "business", "6")),
			keys("id", "age", "of", "$1", "baseline", "18", "code", "RC2", "missing", "-1", "bands", list(
				keys("max", "18", "points", "-3", "code", "RC2_1"),
				keys("max", "29", "points", "0", "code", "RC2_3"),
				keys("max", "39", "points", "12"),
				keys("points", "18", "code", "RC2_4"))),
			keys("id", "income", "of", "$2", "baseline", "10", "code", "RC3", "missing", "3", "bands", list(
				keys("max", "1000", "points", "26", "code", "RC3_1"),
				keys("max", "1500", "points", "5"),
				keys("points", "-3"))),
		))
	var c Card
	require.Empty(t, decoded(t, root, &c))
	require.Empty(t, c.Check(DefaultRounding()))
	return &c
}

func codes(reasons []Reason) []string {
	var out []string
	for _, r := range reasons {
		out = append(out, r.Code)
	}
	return out
}

// engineering, 25 years, an income of 500: 3 + 0 + 26. The baselines are missed by 16, 18 and -16.
func TestPMMLSample(t *testing.T) {
	c := sampleScorecard(t)
	r := scored(t, c, DefaultRounding(), Text("engineering"), Num(n("25")), Num(n("500")))
	assert.Equal(t, "29", r.Score.String())
	reasons := c.Reasons(r)
	assert.Equal(t, []string{"RC2_3", "RC1"}, codes(reasons))
	assert.Equal(t, "18", reasons[0].Points.String())
	assert.Equal(t, "16", reasons[1].Points.String())

	// Without codes on the attributes, those of the characteristics are given.
	bands := c.Indicators[1].Method.(*Bands)
	bands.Rows[1].Code = ""
	assert.Equal(t, []string{"RC2", "RC1"}, codes(c.Reasons(r)))

	// Missing values: (-9) + (-1) + 3.
	r = scored(t, c, DefaultRounding(), Gone(1), Gone(1), Gone(1))
	assert.Equal(t, "-7", r.Score.String())
	assert.Equal(t, []string{"RC1", "RC2", "RC3"}, codes(c.Reasons(r)), "28, 19 and 7 points")
}

// Partial scores that are expressions: (-10) + (0.03 * 1000 + 11), (-10) + 5, (-10) + (0.01 * 3000 - 18).
func TestPMMLComplexPartialScores(t *testing.T) {
	income := func(factor, plus string) Operand {
		return Func(func(f *Frame) (Number, Absence) { return f.Slots[0].Num.Mul(n(factor)).Add(n(plus)), f.Slots[0].Absent })
	}
	c := &Card{Combine: new(Points), Indicators: []Indicator{
		{ID: name("rest"), Method: &Formula{Expr: Const(n("-10"))}},
		{ID: name("income"), Of: Slot(0), Missing: PointsIfMissing(n("3")), Method: &Bands{Rows: []Band{
			{Max: num("1000"), Points: income("0.03", "11")},
			{Max: num("1500"), Points: Const(n("5"))},
			{Points: income("0.01", "-18")},
		}}},
	}}
	for in, want := range map[string]string{"": "-7", "1000": "31", "1500": "-5", "3000": "2"} {
		require.Empty(t, c.Check(DefaultRounding()))
		out := new(Result)
		require.NoError(t, c.Score(numbers(new(Frame), in), out))
		assert.Equal(t, want, out.Score.String(), in)
	}
}

func TestReasonsAreRanked(t *testing.T) {
	at := func(id, code string, points, baseline string) Indicator {
		return Indicator{ID: name(id), Code: code, Baseline: num(baseline), Method: &Formula{Expr: Const(n(points))}}
	}
	c := &Card{Combine: new(Points), Indicators: []Indicator{
		at("a", "X", "5", "10"),                          // 5
		at("b", "Y", "0", "7"),                           // 7
		at("c", "X", "8", "10"),                          // 2: X has 7 together, and stands before Y
		at("d", "Z", "10", "10"),                         // 0 is no reason
		at("e", "", "20", "10"),                          // -10 neither
		at("f", "V", "0", "9"), at("g", "V", "20", "10"), // 9 - 10: together none
		{ID: name("h"), Method: &Formula{Expr: Const(n("-50"))}}, // no baseline
	}}
	r := scored(t, c, exactly)
	assert.Equal(t, []string{"X", "Y"}, codes(c.Reasons(r)))
	c.Combine = &Points{Reasons: AboveBaseline}
	r = scored(t, c, exactly)
	assert.Equal(t, []string{"e", "V"}, codes(c.Reasons(r)), "an indicator without a code gives its id")
	c.Combine = &Points{Reasons: "beside"}
	assert.Equal(t, []string{`points below or above the baseline give reasons, not "beside"`}, errorsIn(c.Check(exactly)))
	c = &Card{Indicators: []Indicator{item("a", "100", 0)}}
	assert.Empty(t, c.Reasons(scored(t, c, exactly, Num(n("1")))))
}

// 起评分 of 纳税信用管理: from 100 where there are irregular indicators in the last three years, otherwise from 90.
func TestInitialScoreOfTheCustomer(t *testing.T) {
	c := &Card{Combine: &Points{Initial: new(Func(func(f *Frame) (Number, Absence) {
		if f.Slots[0].Int == 1 {
			return Int(100), f.Slots[0].Absent
		}
		return Int(90), f.Slots[0].Absent
	}))}, Indicators: []Indicator{{ID: name("late"), Method: &Formula{Expr: NumberIn(1)}}}}
	assert.Equal(t, "95", scored(t, c, exactly, Truth(true), Num(n("-5"))).Score.String())
	assert.Equal(t, "85", scored(t, c, exactly, Truth(false), Num(n("-5"))).Score.String())
	r := scored(t, c, exactly, Gone(6), Num(n("-5")))
	assert.False(t, r.HasScore)
	assert.Equal(t, OutcomeRefer, r.Outcome)
	assert.Equal(t, Absence(6), r.Missing)
	v, ok := c.Range()
	assert.True(t, ok)
	assert.Equal(t, "[…, …]", v.String())
}

func TestPointsFaults(t *testing.T) {
	c := &Card{Combine: new(Points), Indicators: []Indicator{
		item("a", "10", 0),
		leftOut(free("b", 0)),
		{ID: name("c"), Of: Slot(0), Method: &Proportional{Full: Const(n("1"))}},
		{ID: name("d"), Of: Slot(0), Method: &Bands{Rows: []Band{{Share: num("1")}}}},
	}}
	assert.Equal(t, []string{
		"weights mean nothing to this combiner",
		"to leave the indicator b out and reweight the others means nothing to this combiner",
		"this method gives a part of the indicator's weight, but it has none",
		"this method gives a part of the indicator's weight, but it has none",
	}, errorsIn(c.Check(exactly)))
	assert.Equal(t, []string{"bad-choice"}, codesOf(decoded(t, keys("reasons", "around"), new(Points))))
}

// A scorecard made by scorecardpy from the German credit data (Statlog, UCI), and the first customers as that library
// scored them: base points 448, and the points of thirteen variables.
func TestGermanCredit(t *testing.T) {
	type bin struct{ below, points string }
	below := func(bins ...bin) *Bands {
		b := new(Bands)
		for _, x := range bins {
			row := Band{Points: Const(n(x.points))}
			if x.below != "" {
				row.Below = num(x.below)
			}
			b.Rows = append(b.Rows, row)
		}
		return b
	}
	by := func(pairs ...any) *Categories {
		k := new(Categories)
		require.Empty(t, decoded(t, keys(pairs...), k))
		return k
	}
	variables := []Method{
		by("rent", "-13", "own", "6", "for free", "-15"),
		by(list("none", "co-applicant"), "-2", "guarantor", "46"),
		by(list("bank", "stores"), "-21", "none", "5"),
		below(bin{"8", "63"}, bin{"16", "17"}, bin{"34", "-5"}, bin{"44", "-25"}, bin{"", "-55"}),
		by(list("unemployed", "... < 1 year"), "-19", "1 <= ... < 4 years", "-1", "4 <= ... < 7 years", "17", "... >= 7 years", "10"),
		by(list("retraining", "car (used)"), "54", "radio/television", "27",
			list("furniture/equipment", "domestic appliances", "business", "repairs", "car (new)", "others", "education"), "-19"),
		below(bin{"26", "-28"}, bin{"28", "9"}, bin{"35", "-8"}, bin{"37", "47"}, bin{"", "11"}),
		by("real estate", "9", "building society savings agreement/ life insurance", "-1",
			"car or other, not in attribute Savings account/bonds", "-1", "unknown / no property", "-11"),
		by(list("no credits taken/ all credits paid back duly", "all credits at this bank paid back duly"), "-59",
			"existing credits paid back duly till now", "-4", "delay in paying off in the past", "-4",
			"critical account/ other credits existing (not at this bank)", "35"),
		by(list("... < 0 DM", "0 <= ... < 200 DM"), "-34", "... >= 200 DM / salary assignments for at least 1 year", "22", "no checking account", "65"),
		below(bin{"3", "23"}, bin{"4", "8"}, bin{"", "-19"}),
		below(bin{"1400", "-2"}, bin{"1800", "43"}, bin{"4000", "15"}, bin{"9200", "-23"}, bin{"", "-69"}),
		by("... < 100 DM", "-15", "100 <= ... < 500 DM", "-8", list("500 <= ... < 1000 DM", "... >= 1000 DM", "unknown/ no savings account"), "43"),
	}
	c := &Card{Combine: &Points{Initial: new(Const(n("448")))}}
	for i, m := range variables {
		c.Indicators = append(c.Indicators, Indicator{ID: name(string(rune('a' + i))), Of: Slot(i), Method: m})
	}
	for _, tt := range []struct {
		customer []any
		points   []string
		score    string
	}{
		{[]any{"own", "none", "none", 6, "... >= 7 years", "radio/television", 67, "real estate",
			"critical account/ other credits existing (not at this bank)", "... < 0 DM", 4, 1169, "unknown/ no savings account"},
			[]string{"6", "-2", "5", "63", "10", "27", "11", "9", "35", "-34", "-19", "-2", "43"}, "600"},
		{[]any{"own", "none", "none", 48, "1 <= ... < 4 years", "radio/television", 22, "real estate",
			"existing credits paid back duly till now", "0 <= ... < 200 DM", 2, 5951, "... < 100 DM"},
			[]string{"6", "-2", "5", "-55", "-1", "27", "-28", "9", "-4", "-34", "23", "-23", "-15"}, "356"},
		{[]any{"own", "none", "none", 12, "4 <= ... < 7 years", "education", 49, "real estate",
			"critical account/ other credits existing (not at this bank)", "no checking account", 2, 2096, "... < 100 DM"},
			[]string{"6", "-2", "5", "17", "17", "-19", "11", "9", "35", "65", "23", "15", "-15"}, "615"},
		{[]any{"for free", "guarantor", "none", 42, "4 <= ... < 7 years", "furniture/equipment", 45, "building society savings agreement/ life insurance",
			"existing credits paid back duly till now", "... < 0 DM", 2, 7882, "... < 100 DM"},
			[]string{"-15", "46", "5", "-25", "17", "-19", "11", "-1", "-4", "-34", "23", "-23", "-15"}, "414"},
	} {
		var values []Value
		for _, x := range tt.customer {
			if s, ok := x.(string); ok {
				values = append(values, Text(s))
			} else {
				values = append(values, Num(Int(int64(x.(int)))))
			}
		}
		r := scored(t, c, DefaultRounding(), values...)
		var got []string
		for _, it := range r.Items {
			got = append(got, it.Points.String())
		}
		assert.Equal(t, tt.points, got)
		assert.Equal(t, tt.score, r.Score.String())
	}
}
