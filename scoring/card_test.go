package scoring

import (
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// item is an indicator whose points are what is in slot i, held within its weight.
func item(id, weight string, i int) Indicator {
	return Indicator{ID: name(id), Weight: num(weight), Method: &Formula{Expr: NumberIn(i)}}
}

func withMissing(ind Indicator, rule MissingRule) Indicator {
	ind.Missing = rule
	return ind
}

// numbers returns values from texts; "" is missing and blames atom 100 + its index.
func numbers(f *Frame, texts ...string) *Frame {
	f.Reset(len(texts))
	for i, s := range texts {
		if s == "" {
			f.Slots[i] = Gone(f.Blame(100 + i))
		} else {
			f.Slots[i] = Num(n(s))
		}
	}
	return f
}

// The scoring section of a customer management policy, as it stands in a file.
func TestCardFromAFile(t *testing.T) {
	root := keys("total", "100", "indicators", list(
		keys("id", "volume", "group", "采购量", "title", "年采购额", "weight", "20", "of", "$0", "bands", list(
			keys("min", "10_000_000", "points", "20"),
			keys("min", "5_000_000", "points", "16"),
			keys("min", "1_000_000", "points", "12"),
			keys("min", "500_000", "points", "8"),
			keys("points", "4"))),
		keys("id", "growth", "weight", "10", "of", "$1", "linear", keys("0", "0", "0.20", "10"), "missing", "5"),
		keys("id", "fulfilment", "weight", "25", "of", "$2", "proportional", keys("full", "1")),
		keys("id", "punctuality", "weight", "20", "of", "$3", "proportional", keys("full", "1")),
		keys("id", "overdue", "weight", "10", "of", "$4", "deduct", keys("from", "0", "step", "10", "points", "2")),
		keys("id", "liquidity", "weight", "8", "of", "$5", "missing", "reweight", "efficacy",
			keys("excellent", "2", "good", "1.5", "average", "1.2", "low", "1", "poor", "0.8")),
		keys("id", "leverage", "weight", "7", "of", "$6", "missing", "reweight", "efficacy",
			keys("excellent", "0.40", "good", "0.50", "average", "0.60", "low", "0.70", "poor", "0.80")),
	))
	var c Card
	require.Empty(t, decoded(t, root, &c))
	require.Empty(t, c.Check(DefaultRounding()))
	assert.Equal(t, "采购量", c.Indicators[0].Group.Value)

	fulfilled, _ := Ratio(38, 39)
	score := func(values ...Value) *Result {
		out := new(Result)
		require.NoError(t, c.Score(NewFrame(values...), out))
		return out
	}
	r := score(Num(n("12e6")), Num(n("0.2")), Num(fulfilled), Num(n("0.95")), Num(n("5")), Num(n("1.6")), Num(n("0.45")))
	var printed []string
	for _, it := range r.Items {
		printed = append(printed, it.Points.Fixed(2))
	}
	assert.Equal(t, []string{"20.00", "10.00", "24.36", "19.00", "9.00", "6.72", "6.30"}, printed)
	assert.Equal(t, "95.38", r.Score.Fixed(2), "the printed points add up to the printed score")
	assert.Equal(t, 1, r.Items[0].Row)
	assert.Equal(t, OutcomeNone, r.Outcome)

	// A new customer without financial statements: growth is set at 5, the ratios are left out, and 85 points count for 100.
	r = score(Num(n("12e6")), Gone(1), Num(n("1")), Num(n("1")), Num(n("0")), Gone(2), Gone(3))
	printed = nil
	for _, it := range r.Items {
		printed = append(printed, it.Points.Fixed(2))
	}
	assert.Equal(t, []string{"23.53", "5.88", "29.41", "23.53", "11.76", "0.00", "0.00"}, printed)
	assert.Equal(t, "94.11", r.Score.Fixed(2))
	assert.Equal(t, Substituted, r.Items[1].Effect)
	assert.Equal(t, LeftOut, r.Items[5].Effect)
	assert.Equal(t, "85", r.Present.String())
	assert.Equal(t, "100", r.Shared.String())
	assert.NotZero(t, r.Missing)

	span, ok := c.Range()
	assert.True(t, ok)
	assert.Equal(t, "[4, 100]", span.String(), "who buys nothing has 4, with the ratios or without")
	span, ok = c.PointsRange("volume")
	assert.True(t, ok)
	assert.Equal(t, "[4, 20]", span.String())
	_, ok = c.PointsRange("nobody")
	assert.False(t, ok)
}

func TestPointsAreHeldUnlessBeyond(t *testing.T) {
	bonus := item("bonus", "10", 1)
	bonus.Beyond = true
	c := &Card{Indicators: []Indicator{item("a", "90", 0), bonus}, Min: num("-50"), Max: num("200")}
	for _, tt := range []struct{ a, bonus, score string }{
		{"95", "12", "102"}, {"-1", "-7", "-7"}, {"90", "10", "100"},
	} {
		r := scored(t, c, exactly, Num(n(tt.a)), Num(n(tt.bonus)))
		assert.Equal(t, tt.score, r.Score.String())
		assert.Equal(t, tt.a, r.Items[0].Raw.String(), "the points before the cap are kept")
	}
}

// A bonus needs no weight: it is not among the 100.
func TestBeyondWithoutAWeight(t *testing.T) {
	bonus := Indicator{ID: name("bonus"), Beyond: true, Method: &Formula{Expr: NumberIn(1)}}
	c := &Card{Indicators: []Indicator{item("a", "100", 0), bonus}}
	assert.Equal(t, "97", scored(t, c, exactly, Num(n("95")), Num(n("2"))).Score.String())
	assert.Equal(t, "100", scored(t, c, exactly, Num(n("95")), Num(n("20"))).Score.String(), "the score is held at the total")
	assert.Equal(t, "0", scored(t, c, exactly, Num(n("5")), Num(n("-20"))).Score.String())
}

func TestRoundingTwiceAndNoMore(t *testing.T) {
	c := &Card{Indicators: []Indicator{item("a", "50", 0), item("b", "50", 1)}}
	a, _ := Ratio(100, 3) // 33.333...
	b, _ := Ratio(1, 200) // 0.005
	for _, tt := range []struct {
		what  string
		round Rounding
		a, b  string
		score string
	}{
		{"points and score at two places", DefaultRounding(), "33.33", "0.01", "33.34"},
		{"points exact", Rounding{Points: Exact, Score: 2}, "33.333333333333", "0.005", "33.34"},
		{"score exact", Rounding{Points: 1, Score: Exact}, "33.3", "0", "33.3"},
		{"nothing", exactly, "33.333333333333", "0.005", "33.338333333333"},
		{"half even", Rounding{Points: 2, Score: 1, Mode: HalfEven}, "33.33", "0", "33.3"},
		{"up", Rounding{Points: 0, Score: 0, Mode: Up}, "34", "1", "35"},
		{"down", Rounding{Points: 0, Score: 0, Mode: Down}, "33", "0", "33"},
		{"to tens", Rounding{Points: 0, Score: 1, Mode: HalfUp}, "33", "0", "33"},
	} {
		t.Run(tt.what, func(t *testing.T) {
			r := scored(t, c, tt.round, Num(a), Num(b))
			assert.Equal(t, tt.a, r.Items[0].Points.String())
			assert.Equal(t, tt.b, r.Items[1].Points.String())
			assert.Equal(t, tt.score, r.Score.String())
		})
	}
}

func TestMissingIndicators(t *testing.T) {
	three := func(rule MissingRule) *Card {
		return &Card{Indicators: []Indicator{
			withMissing(item("a", "50", 0), rule), item("b", "30", 1), withMissing(item("c", "20", 2), MissingRule{Do: Reweight}),
		}}
	}
	for _, tt := range []struct {
		what    string
		card    *Card
		values  []string
		score   string // "" where there is none
		outcome Outcome
		effect  Effect // of a
		blamed  []int
	}{
		{"refer if unsaid", three(MissingRule{}), []string{"", "10", "10"}, "", OutcomeRefer, Refers, []int{100}},
		{"reject", three(MissingRule{Do: Reject}), []string{"", "10", "10"}, "", OutcomeReject, Rejects, []int{100}},
		{"reject beats refer", three(MissingRule{Do: Reject}), []string{"", "", "10"}, "", OutcomeReject, Rejects, []int{100, 101}},
		{"refer, and the rest in vain", three(MissingRule{}), []string{"", "10", ""}, "", OutcomeRefer, Refers, []int{100, 102}},
		{"a number", three(PointsIfMissing(n("20"))), []string{"", "10", "10"}, "40", OutcomeNone, Substituted, []int{100}},
		{"reweight", three(MissingRule{Do: Reweight}), []string{"", "15", "10"}, "50", OutcomeNone, LeftOut, []int{100}},
		{"reweight two", three(MissingRule{Do: Reweight}), []string{"", "15", ""}, "50", OutcomeNone, LeftOut, []int{100, 102}},
		{"a number counts as present", three(PointsIfMissing(n("20"))), []string{"", "20", ""}, "50", OutcomeNone, Substituted, []int{100, 102}},
		{"nothing missing", three(MissingRule{}), []string{"50", "30", "20"}, "100", OutcomeNone, Earned, nil},
	} {
		t.Run(tt.what, func(t *testing.T) {
			require.Empty(t, tt.card.Check(exactly))
			f, out := numbers(new(Frame), tt.values...), new(Result)
			require.NoError(t, tt.card.Score(f, out))
			assert.Equal(t, tt.outcome, out.Outcome)
			assert.Equal(t, tt.effect, out.Items[0].Effect)
			assert.Equal(t, tt.score != "", out.HasScore)
			if out.HasScore {
				assert.Equal(t, tt.score, out.Score.String())
			}
			assert.Equal(t, tt.blamed, f.Atoms(nil, out.Missing))
		})
	}
}

// Points of the others are not scaled up for an indicator that refers the customer: it was not left out.
func TestNothingIsReweightedForWhatRefers(t *testing.T) {
	c := &Card{Indicators: []Indicator{item("a", "50", 0), withMissing(item("b", "30", 1), MissingRule{Do: Reweight}), item("c", "20", 2)}}
	require.Empty(t, c.Check(exactly))
	out := new(Result)
	require.NoError(t, c.Score(numbers(new(Frame), "", "15", "10"), out))
	assert.Equal(t, "15", out.Items[1].Points.String())
	assert.False(t, out.HasScore)
}

func TestReweightLeavesNothing(t *testing.T) {
	c := &Card{Indicators: []Indicator{
		withMissing(item("a", "60", 0), MissingRule{Do: Reweight}), withMissing(item("b", "40", 1), MissingRule{Do: Reweight}),
	}}
	require.Empty(t, c.Check(exactly))
	out := new(Result)
	require.NoError(t, c.Score(numbers(new(Frame), "", ""), out))
	assert.False(t, out.HasScore)
	assert.Equal(t, OutcomeRefer, out.Outcome)
	require.NoError(t, c.Score(numbers(new(Frame), "", "10"), out))
	assert.Equal(t, "25", out.Score.String())
}

// What goes beyond its weight takes no share: it neither hands its weight to the others, nor is it scaled.
func TestBeyondTakesNoShare(t *testing.T) {
	bonus := withMissing(item("bonus", "10", 2), MissingRule{Do: Reweight})
	bonus.Beyond = true
	c := &Card{Indicators: []Indicator{withMissing(item("a", "60", 0), MissingRule{Do: Reweight}), item("b", "30", 1), bonus}}
	for _, tt := range []struct {
		values []string
		score  string
	}{
		{[]string{"60", "15", "3"}, "78"},
		{[]string{"60", "15", ""}, "75"},
		{[]string{"", "15", "3"}, "48"}, // 15 * 90 / 30 + 3
		{[]string{"", "15", ""}, "45"},
	} {
		require.Empty(t, c.Check(exactly))
		out := new(Result)
		require.NoError(t, c.Score(numbers(new(Frame), tt.values...), out))
		assert.Equal(t, tt.score, out.Score.String(), tt.values)
	}
}

func TestNoRowIsMissingAndBlamed(t *testing.T) {
	c := &Card{Indicators: []Indicator{
		{ID: name("a"), Weight: num("100"), Of: Slot(0), Method: &Bands{Rows: []Band{{Min: num("0"), Points: Const(n("100"))}}}},
	}}
	var asked []string
	c.Atom = func(id string) int { asked = append(asked, id); return 42 }
	require.Empty(t, c.Check(exactly))
	assert.Equal(t, []string{"a"}, asked)
	f, out := NewFrame(Num(n("-1"))), new(Result)
	require.NoError(t, c.Score(f, out))
	assert.Equal(t, OutcomeRefer, out.Outcome)
	assert.Equal(t, []int{42}, f.Atoms(nil, out.Missing))
	assert.Equal(t, "-1", out.Items[0].Value.Num.String(), "the value is there all the same")

	c.Atom = nil
	require.Empty(t, c.Check(exactly))
	f = NewFrame(Num(n("-1")))
	require.NoError(t, c.Score(f, out))
	assert.Equal(t, []int{NoRowAtom}, f.Atoms(nil, out.Missing))
}

func TestAdjustmentsAndCaps(t *testing.T) {
	c := &Card{
		Indicators: []Indicator{item("a", "100", 0)},
		Adjustments: []Adjustment{
			{ID: name("iso"), When: When(func(f *Frame) (bool, Absence) { return f.Slots[1].Int == 1, f.Slots[1].Absent }), Add: Const(n("4"))},
			{ID: name("award"), When: When(func(f *Frame) (bool, Absence) { return f.Slots[2].Int == 1, f.Slots[2].Absent }), Add: Const(n("3"))},
			{ID: name("complaints"), Add: NumberIn(3)},
		},
		AdjustmentsCap: &Span{Least: num("-10"), Most: num("5")},
		Caps: []Cap{
			{ID: name("sued"), When: When(func(f *Frame) (bool, Absence) { return f.Slots[4].Int == 1, f.Slots[4].Absent }), AtMost: Const(n("59"))},
		},
	}
	yes, no := Truth(true), Truth(false)
	for _, tt := range []struct {
		what     string
		values   []Value
		adjusted string
		score    string
	}{
		{"none", []Value{Num(n("80")), no, no, Num(n("0")), no}, "0", "80"},
		{"one", []Value{Num(n("80")), yes, no, Num(n("0")), no}, "4", "84"},
		{"two, together at most 5", []Value{Num(n("80")), yes, yes, Num(n("0")), no}, "5", "85"},
		{"taken and added before the cap", []Value{Num(n("80")), yes, yes, Num(n("-6")), no}, "1", "81"},
		{"at least -10", []Value{Num(n("80")), no, no, Num(n("-60")), no}, "-10", "70"},
		{"held at the total", []Value{Num(n("98")), yes, no, Num(n("0")), no}, "4", "100"},
		{"not rounded before the score is", []Value{Num(n("80")), no, no, Num(n("0.004")), no}, "0.004", "80"},
		{"a cap comes after the adjustments", []Value{Num(n("58")), yes, no, Num(n("0")), yes}, "4", "59"},
		{"a cap above the score changes nothing", []Value{Num(n("50")), yes, no, Num(n("0")), yes}, "4", "54"},
	} {
		t.Run(tt.what, func(t *testing.T) {
			r := scored(t, c, DefaultRounding(), tt.values...)
			assert.Equal(t, tt.adjusted, r.Adjusted.String())
			assert.Equal(t, tt.score, r.Score.String())
			assert.Equal(t, tt.score == "59", r.Caps[0].Bound)
		})
	}
	r := scored(t, c, DefaultRounding(), Num(n("80")), Gone(7), no, Num(n("0")), no)
	assert.Equal(t, OutcomeRefer, r.Outcome, "an adjustment that cannot be told refers")
	assert.False(t, r.HasScore)
	assert.Same(t, &c.Adjustments[0], r.Adjustments[0].Adjustment)
	assert.Equal(t, Absence(7), r.Adjustments[0].Missing)
	r = scored(t, c, DefaultRounding(), Num(n("80")), no, no, Num(n("0")), Gone(8))
	assert.Equal(t, OutcomeRefer, r.Outcome, "so does a cap")

	v, ok := c.Range()
	assert.True(t, ok)
	assert.Equal(t, "[0, 100]", v.String())
}

// Expressions read points and score from slots of their own.
func TestPointsAndScoreAreWrittenToSlots(t *testing.T) {
	c := &Card{Indicators: []Indicator{item("a", "60", 0), withMissing(item("b", "40", 1), MissingRule{Do: Reweight})}}
	c.Indicators[0].SetSlot(2)
	c.Indicators[1].SetSlot(3)
	c.SetSlot(4)
	require.Empty(t, c.Check(DefaultRounding()))
	f, out := numbers(new(Frame), "33.333", "", "0", "0", "0"), new(Result)
	require.NoError(t, c.Score(f, out))
	assert.Equal(t, "55.56", f.Slots[2].Num.String())
	assert.Equal(t, KindMissing, f.Slots[3].Kind)
	assert.Equal(t, []int{101}, f.Atoms(nil, f.Slots[3].Absent))
	assert.Equal(t, "55.56", f.Slots[4].Num.String())

	numbers(f, "", "", "0", "0", "0")
	require.NoError(t, c.Score(f, out))
	assert.Equal(t, KindMissing, f.Slots[4].Kind)
	assert.Equal(t, []int{100}, f.Atoms(nil, f.Slots[4].Absent), "only what stands in the way is blamed for the score")
	assert.Equal(t, []int{100, 101}, f.Atoms(nil, out.Missing), "but everything missing is listed")
}

func TestCardFaults(t *testing.T) {
	root := keys("total", "100", "indicators", list(
		keys("id", "a", "weight", "60", "of", "$0", "proportional", keys("full", "1")),
		keys("id", "a", "weight", "35", "of", "$0", "proportional", keys("full", "1")),
		keys("id", "2b", "weight", "-1", "formula", "$0"),
		keys("id", "c", "formula", "$0"),
		keys("id", "d", "weight", "1", "formula", "$0", "missing", "2"),
	), "adjustments", list(keys("id", "x", "add", "1"), keys("id", "x", "add", "1")),
		"adjustments_cap", keys("least", "2", "most", "1"), "min", "10", "max", "5")
	var c Card
	require.Empty(t, decoded(t, root, &c))
	faults := c.Check(DefaultRounding())
	assert.Equal(t, []string{
		"the id a is taken",
		`"2b" cannot be the id of an indicator`,
		"a weight must be above 0, not -1",
		"the indicator c has no `weight`",
		"2 points where it is missing, but the indicator d earns 0 to 1",
		"the id x is taken",
		"`least` 2 is above `most` 1",
		"the score cannot be at least 10 and at most 5",
	}, errorsIn(faults))
	for _, f := range faults {
		assert.True(t, f.Place.Known(), f.Message)
	}
	assert.Equal(t, c.Indicators[0].ID.Place(), faults[0].Related[0].Place)
	err := c.Score(NewFrame(), new(Result))
	var se *Error
	require.ErrorAs(t, err, &se)
	assert.EqualError(t, err, "scoring: the card: it has not been checked, or has faults")
}

func TestAnIndicatorNeedsAnID(t *testing.T) {
	c := &Card{Indicators: []Indicator{{Weight: num("100"), Method: &Bands{Rows: []Band{{Points: Const(n("100"))}}}}}}
	assert.Contains(t, errorsIn(c.Check(exactly)), "the indicator has no `id`")
}

func TestWeightsMustAddUpExactly(t *testing.T) {
	card := func(a, b string) *Card {
		return &Card{Indicators: []Indicator{item("a", a, 0), item("b", b, 1)}}
	}
	assert.Empty(t, card("99.9", "0.1").Check(exactly))
	assert.Equal(t, []string{"the weights of the indicators add up to 100.000000000001, not to 100: 0.000000000001 too many (a 100 + b 0.000000000001)"},
		errorsIn(card("100", "0.000000000001").Check(exactly)))
	c := card("30", "15")
	faults := c.Check(exactly)
	assert.Equal(t, []string{"the weights of the indicators add up to 45, not to 100: 55 missing (a 30 + b 15)"}, errorsIn(faults))
	assert.Equal(t, "raise a weight by 55, or write `total: 45`", faults[0].Hint)
	c.Total = num("45")
	assert.Empty(t, c.Check(exactly))
	c.Total = num("0")
	assert.Equal(t, []string{"`total` must be above 0, not 0"}, errorsIn(c.Check(exactly)))
	assert.Equal(t, []string{"there are no indicators here"}, errorsIn(new(Card).Check(exactly)))
}

func TestIndicatorsThatCannotEarnTheirWeight(t *testing.T) {
	c := &Card{Indicators: []Indicator{{ID: name("a"), Weight: num("100"), Of: Slot(0), Method: line("0", "0", "1", "80")}}}
	faults := c.Check(exactly)
	require.Len(t, faults, 1)
	assert.Equal(t, "the indicator a can earn 80 at most, but 100 is to be had", faults[0].Message)
	assert.Equal(t, doc.Warning, faults[0].Severity)
}

// What the value can be counts too: here it may never reach the last knot.
func TestAnIndicatorThatTheValueKeepsFromItsWeight(t *testing.T) {
	for max, want := range map[string][]string{"0.5": {"never-earned"}, "0.99": {"never-earned"}, "1": nil, "2": nil} {
		card := &Card{Indicators: []Indicator{{ID: name("a"), Weight: num("100"), Of: Slot(0), Method: line("0", "0", "1", "100"),
			Kind: KindNumber, Domain: &Domain{Interval: Between(n("0"), n(max)), Decimals: -1}}}}
		assert.Equal(t, want, codesOf(card.Check(exactly)), max)
	}
}

func TestMonotone(t *testing.T) {
	check := func(m Method, way string) []Fault {
		c := &Card{Indicators: []Indicator{{ID: name("a"), Weight: num("10"), Of: Slot(0), Method: m, Monotone: way}}, Total: num("10")}
		return c.Check(exactly)
	}
	assert.Empty(t, check(line("0", "0", "1", "10"), "rising"))
	assert.Equal(t, []string{"the points of a must be falling, but are rising"}, errorsIn(check(line("0", "0", "1", "10"), "falling")))
	assert.Equal(t, []string{"the points of a must be rising, but are neither"}, errorsIn(check(line("0", "0", "1", "10", "2", "9"), "rising")))
	faults := check(&Formula{Expr: NumberIn(0)}, "rising")
	require.Len(t, faults, 1)
	assert.Equal(t, doc.Note, faults[0].Severity, "what cannot be told is a note")
	assert.Equal(t, []string{"bad-choice"}, codesOf(check(line("0", "0", "1", "10"), "up")))
}

func TestMissingRuleInAFile(t *testing.T) {
	for in, want := range map[string]MissingRule{
		"reject": {Do: Reject}, "refer": {Do: Refer}, "reweight": {Do: Reweight}, "5": PointsIfMissing(n("5")), "0.5": PointsIfMissing(n("0.5")),
	} {
		var m MissingRule
		require.Empty(t, decoded(t, text(in), &m))
		m.place = Place{}
		assert.Equal(t, want, m)
		assert.Equal(t, in, m.String())
	}
	assert.Equal(t, []string{"bad-choice"}, codesOf(decoded(t, text("pass"), new(MissingRule))))
	assert.Equal(t, []string{"bad-choice"}, codesOf(decoded(t, quoted("5"), new(MissingRule))))
}

// loud is a method from outside that breaks its promises.
type loud struct {
	check, points, ranged bool
}

func (l *loud) Range(Interval, Number) (Interval, bool) {
	if l.ranged {
		panic("range")
	}
	return Interval{}, false
}

func (l *loud) Check(Setting) []Fault {
	if l.check {
		panic("check")
	}
	return nil
}

func (l *loud) Points(c *Case) (Number, Absence) {
	if l.points {
		panic("points")
	}
	return Number{}, c.Frame.Fail(errors.New("no answer"))
}

func TestNoPanicLeavesThePackage(t *testing.T) {
	card := func(m Method) *Card {
		return &Card{Indicators: []Indicator{{ID: name("a"), Weight: num("100"), Method: m}}}
	}
	assert.Equal(t, []string{"checking the method panics: check"}, errorsIn(card(&loud{check: true}).Check(exactly)))

	assert.Equal(t, []string{"asking the method for the range of its points panics: range"}, errorsIn(card(&loud{ranged: true}).Check(exactly)))

	assert.Equal(t, []string{"asking the method for the range of its points panics: range"}, errorsIn(CheckAlone(&loud{ranged: true}, setting("100"))))

	c := card(&loud{points: true})
	require.Empty(t, c.Check(exactly))
	out := new(Result)
	assert.EqualError(t, c.Score(NewFrame(), out), "scoring: indicator a: panic: points")
	assert.Empty(t, out.Items)

	c = card(&loud{})
	require.Empty(t, c.Check(exactly))
	f := NewFrame()
	assert.EqualError(t, c.Score(f, out), "scoring: indicator a: no answer")
	assert.NoError(t, f.Err(), "the error has been taken")

	c = card(&Formula{Expr: NumberIn(7)})
	require.Empty(t, c.Check(exactly))
	assert.ErrorContains(t, c.Score(NewFrame(), out), "scoring: indicator a: panic: runtime error: index out of range")

	c = card(line("0", "0", "1", "100"))
	c.Indicators[0].Of = Slot(0)
	require.Empty(t, c.Check(exactly))
	assert.EqualError(t, c.Score(NewFrame(Text("x")), out), "scoring: indicator a: the method turns a number into points, but was given a string")

	c = card(nil)
	assert.Equal(t, []string{"the indicator a has no method"}, errorsIn(c.Check(exactly)))

	huge := func(f *Frame) (Number, Absence) { x, _ := Int(3).PowInt(20000); return x, 0 }
	square := card(&Formula{Expr: Func(func(f *Frame) (Number, Absence) { x, _ := huge(f); return x.Mul(x), 0 })})
	square.Indicators[0].Weight, square.Indicators[0].Beyond = nil, true
	square.Indicators = append(square.Indicators, item("b", "100", 0))
	square.Max = new(func() Number { x, _ := huge(nil); return x.Mul(x).Mul(x) }())
	require.Empty(t, square.Check(exactly))
	assert.ErrorContains(t, square.Score(NewFrame(Num(n("1"))), out), "the card: its score has too many digits")
}

// A card is used by many goroutines at once.
func TestScoreConcurrently(t *testing.T) {
	c := &Card{Indicators: []Indicator{
		{ID: name("a"), Weight: num("60"), Of: Slot(0), Method: volumeBands()},
		{ID: name("b"), Weight: num("40"), Of: Slot(1), Method: efficacy("12", "9.5", "5", "3", "1")},
	}}
	require.Empty(t, errorsIn(c.Check(DefaultRounding())))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			out := new(Result)
			for i := range int64(200) {
				f := NewFrame(Num(Int(i*100_000)), Num(Int(i%15)))
				if err := c.Score(f, out); err != nil || !out.HasScore {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// A result that is used again shows nothing of the customer before.
func TestResultIsOverwritten(t *testing.T) {
	c := &Card{
		Indicators: []Indicator{{ID: name("a"), Weight: num("50"), Of: Slot(0), Method: line("0", "0", "100", "50")}},
		Groups: []Group{{ID: name("g"), Weight: num("50"), Card: Card{
			Indicators: []Indicator{withMissing(item("b", "50", 1), MissingRule{Do: Reweight})},
			Caps:       []Cap{{ID: name("cap"), AtMost: NumberIn(2)}},
		}}},
		Adjustments: []Adjustment{{ID: name("adj"), Add: NumberIn(2)}},
	}
	require.Empty(t, c.Check(DefaultRounding()))
	used := new(Result)
	frames := [][]string{{"100", "40", "7"}, {"", "40", "7"}, {"100", "", "7"}, {"100", "40", ""}, {"3", "9", "1"}}
	for _, first := range frames {
		for _, second := range frames {
			require.NoError(t, c.Score(numbers(new(Frame), first...), used))
			require.NoError(t, c.Score(numbers(new(Frame), second...), used))
			fresh := new(Result)
			require.NoError(t, c.Score(numbers(new(Frame), second...), fresh))
			used.parts, fresh.parts = nil, nil
			used.c, fresh.c = Case{}, Case{}
			assert.Equal(t, fresh, used)
		}
	}
}

func TestResultClone(t *testing.T) {
	c := benchmarkCard(t)
	out := new(Result)
	require.NoError(t, c.Score(numbers(new(Frame), "12e6", "0.2", "0.975", "0.95", "5", "1.6", "0.45"), out))
	kept := out.Clone()
	require.NoError(t, c.Score(numbers(new(Frame), "0", "0", "0", "0", "99", "0", "9"), out))
	assert.Equal(t, "20", kept.Items[0].Points.String())
	assert.NotEqual(t, kept.Score.String(), out.Score.String())
	full, ok := kept.Items[0].Full()
	assert.True(t, ok)
	assert.Equal(t, "20", full.String())
	assert.Equal(t, "9", kept.Items[4].Held().String())
	assert.Equal(t, "-99/5", out.Items[4].Raw.Sub(Int(10)).Fraction())
	assert.Zero(t, out.Items[4].Held().Sign())
}

func TestScoreDoesNotAllocate(t *testing.T) {
	c := benchmarkCard(t)
	for _, texts := range [][]string{
		{"12_000_000", "0.2", "0.975", "0.95", "5", "1.6", "0.45"},
		{"12_000_000", "", "0.975", "0.95", "5", "", ""},
	} {
		f, out := numbers(new(Frame), texts...), new(Result)
		require.NoError(t, c.Score(f, out))
		assert.Zero(t, testing.AllocsPerRun(100, func() {
			f.Reset(len(texts))
			for i := range f.Slots {
				if f.Slots[i].Kind == KindMissing {
					f.Slots[i] = Gone(f.Blame(i))
				}
			}
			if err := c.Score(f, out); err != nil {
				t.Fatal(err)
			}
		}))
	}
}

var _ = slot.Broken
