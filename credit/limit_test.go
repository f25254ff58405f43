package credit_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// num returns a constant.
func num(s string) credit.Operand { return credit.Const(credit.MustParse(s)) }

// gone is missing, for want of the input atom.
func gone(atom int) credit.Operand {
	return credit.Func(func(f *credit.Frame) (credit.Number, credit.Absence) { return credit.Number{}, f.Blame(atom) })
}

// flag is a condition that reads the truth value in slot i.
func flag(i int) credit.Condition {
	return credit.When(func(f *credit.Frame) (bool, credit.Absence) {
		if v := f.Slots[i]; v.Kind == slot.Bool {
			return v.Int == 1, 0
		}
		return false, f.Slots[i].Absent
	})
}

func is(b bool) credit.Condition {
	return credit.When(func(*credit.Frame) (bool, credit.Absence) { return b, 0 })
}

// unknown is missing, for want of the input atom.
func unknown(atom int) credit.Condition {
	return credit.When(func(f *credit.Frame) (bool, credit.Absence) { return false, f.Blame(atom) })
}

// checked returns t, in which there is nothing wrong at two places.
func checked(t testing.TB, terms *credit.Terms) *credit.Terms {
	t.Helper()
	require.Empty(t, terms.Check(2, nil))
	return terms
}

// limited works out the limit by steps.
func limited(t testing.TB, f *credit.Frame, steps ...credit.Step) credit.LimitResult {
	t.Helper()
	if f == nil {
		f = credit.NewFrame()
	}
	var r credit.Result
	require.NoError(t, checked(t, &credit.Terms{Steps: steps}).Limit(f, &r))
	return r.Limit
}

func TestStepsMakeTheLimit(t *testing.T) {
	set := credit.Step{ID: "base", Set: num("1000")}
	for _, c := range []struct {
		name    string
		steps   []credit.Step
		want    string
		binding int
	}{
		{"no steps", nil, "0", credit.NoBinding},
		{"set", []credit.Step{set}, "1000", credit.NoBinding},
		{"nothing was set", []credit.Step{{Add: num("5")}}, "5", credit.NoBinding},
		{"add", []credit.Step{set, {Add: num("0.5")}}, "1000.5", credit.NoBinding},
		{"take", []credit.Step{set, {Add: num("-0.5")}}, "999.5", credit.NoBinding},
		{"multiply", []credit.Step{set, {Multiply: num("1.2")}}, "1200", credit.NoBinding},
		{"at_most above", []credit.Step{set, {AtMost: num("1000.01")}}, "1000", credit.NoBinding},
		{"at_most equal", []credit.Step{set, {AtMost: num("1000")}}, "1000", credit.NoBinding},
		{"at_most below", []credit.Step{set, {AtMost: num("999.99")}}, "999.99", 1},
		{"at_least below", []credit.Step{set, {AtLeast: num("999.99")}}, "1000", credit.NoBinding},
		{"at_least equal", []credit.Step{set, {AtLeast: num("1000")}}, "1000", credit.NoBinding},
		{"at_least above", []credit.Step{set, {AtLeast: num("1000.01")}}, "1000.01", 1},
		{"the last that changed it binds", []credit.Step{set, {AtMost: num("500")}, {AtLeast: num("700")}, {AtMost: num("800")}}, "700", 2},
		{"not what a later set did away with", []credit.Step{set, {AtMost: num("500")}, {Set: num("2000")}}, "2000", credit.NoBinding},
		{"not what a later end of all limits did away with", []credit.Step{set, {AtMost: num("500")}, {Unlimited: true}}, "unlimited", credit.NoBinding},
		{"still what was multiplied later", []credit.Step{set, {AtMost: num("500")}, {Multiply: num("0.5")}}, "250", 1},
		{"below 0", []credit.Step{set, {Add: num("-1000.01")}}, "0", credit.ByFloor},
		{"a ceiling below 0", []credit.Step{set, {AtMost: num("-1")}}, "0", credit.ByFloor},
		{"0 is no floor", []credit.Step{set, {Add: num("-1000")}}, "0", credit.NoBinding},
		{"below 0 on the way", []credit.Step{set, {Add: num("-1500")}, {Add: num("600")}}, "100", credit.NoBinding},
		{"set when it holds", []credit.Step{set, {Set: num("7"), When: is(true)}}, "7", credit.NoBinding},
		{"set when it does not keeps what was", []credit.Step{set, {Set: num("7"), When: is(false)}}, "1000", credit.NoBinding},
		{"a ceiling that is not for him", []credit.Step{set, {AtMost: num("7"), When: is(false)}}, "1000", credit.NoBinding},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := limited(t, nil, c.steps...)
			require.True(t, r.Has)
			assert.Equal(t, c.want, r.Amount.String())
			assert.Equal(t, c.binding, r.Binding)
			assert.Zero(t, r.Missing)
		})
	}
}

func TestEveryStepIsExactAndOnlyTheEndIsRounded(t *testing.T) {
	third, _ := credit.Ratio(1, 3)
	r := limited(t, nil,
		credit.Step{Set: num("100")}, credit.Step{Multiply: credit.Const(third)}, credit.Step{Multiply: num("3")}, credit.Step{Add: num("0.005")})
	assert.Equal(t, "33.333333333333", r.Steps[1].After.String())
	assert.Equal(t, "100", r.Steps[2].After.String())
	assert.Equal(t, "100.005", r.Exact.String())
	assert.Equal(t, "100.01", r.Amount.String(), "half up")

	for mode, want := range map[credit.Mode]string{
		credit.HalfUp: "100.01", credit.HalfEven: "100", credit.HalfDown: "100", credit.Up: "100.01", credit.Down: "100",
	} {
		terms := checked(t, &credit.Terms{Mode: mode, Steps: []credit.Step{{Set: num("100.005")}}})
		var out credit.Result
		require.NoError(t, terms.Limit(credit.NewFrame(), &out))
		assert.Equal(t, want, out.Limit.Amount.String(), mode)
	}

	terms := &credit.Terms{Steps: []credit.Step{{Set: num("100.005")}, {AtMost: num("100.004")}}}
	require.Empty(t, terms.Check(-1, nil))
	var out credit.Result
	require.NoError(t, terms.Limit(credit.NewFrame(), &out))
	assert.Equal(t, "100.004", out.Limit.Amount.String(), "money may be exact")
}

func TestRoundingNeverLiftsALimitOverItsCeiling(t *testing.T) {
	r := limited(t, nil, credit.Step{Set: num("500")}, credit.Step{AtMost: num("99.999")})
	assert.Equal(t, "99.99", r.Amount.String(), "the ceiling is rounded down first, where half up would make it 100.00")
	assert.Equal(t, "99.99", r.Steps[1].Value.String())

	r = limited(t, nil, credit.Step{Set: num("99.996")}, credit.Step{AtMost: num("99.999")})
	assert.Equal(t, "99.99", r.Amount.String())
	assert.Equal(t, 1, r.Binding)

	r = limited(t, nil, credit.Step{Set: num("-0.001")}, credit.Step{AtMost: num("-0.001")})
	assert.Equal(t, "-0.01", r.Exact.String(), "down is away from 0 here")
	assert.Equal(t, "0", r.Amount.String())
}

func TestARoundStepRoundsToMultiples(t *testing.T) {
	for _, c := range []struct {
		amount, to, mode, want string
	}{
		{"1499.99", "1000", "", "1000"}, {"1500", "1000", "", "2000"}, {"1999.99", "1000", "down", "1000"}, {"1000.01", "1000", "up", "2000"},
		{"1000", "1000", "up", "1000"}, {"2500", "1000", "half_even", "2000"}, {"2500", "1000", "half_down", "2000"}, {"12.34", "0.05", "", "12.35"},
		{"7", "2.5", "floor", "5"}, {"7", "2.5", "ceiling", "7.5"},
	} {
		r := limited(t, nil, credit.Step{Set: num(c.amount)}, credit.Step{Round: &credit.Rounding{To: credit.MustParse(c.to), Mode: c.mode}})
		assert.Equal(t, c.want, r.Amount.String(), "%+v", c)
		assert.Equal(t, credit.NoBinding, r.Binding)
	}
}

func TestARoundStepStaysUnderACeiling(t *testing.T) {
	up := credit.Step{Round: &credit.Rounding{To: credit.Int(1000), Mode: "up"}}
	for _, c := range []struct {
		name  string
		steps []credit.Step
		want  string
	}{
		{"it would go over", []credit.Step{{Set: num("9000")}, {AtMost: num("4600")}, up}, "4000"},
		{"it would not", []credit.Step{{Set: num("3100")}, {AtMost: num("4600")}, up}, "4000"},
		{"up to it", []credit.Step{{Set: num("3100")}, {AtMost: num("4000")}, up}, "4000"},
		{"over one of two", []credit.Step{{Set: num("3100")}, {AtMost: num("3500")}, {AtMost: num("9000")}, up}, "3000"},
		{"the ceiling was not for him", []credit.Step{{Set: num("3100")}, {AtMost: num("3500"), When: is(false)}, up}, "4000"},
		{"the limit was set after the ceiling", []credit.Step{{AtMost: num("3500")}, {Set: num("3100")}, up}, "4000"},
		{"a step took it over the ceiling before", []credit.Step{{Set: num("3100")}, {AtMost: num("3000")}, {Add: num("50")}, up}, "4000"},
	} {
		assert.Equal(t, c.want, limited(t, nil, c.steps...).Amount.String(), c.name)
	}
}

func TestALimitMayBeUnlimited(t *testing.T) {
	open := credit.Step{ID: "open", Unlimited: true}
	for _, c := range []struct {
		name    string
		after   []credit.Step
		want    string
		binding int
	}{
		{"", nil, "unlimited", credit.NoBinding},
		{"more", []credit.Step{{Add: num("-5")}}, "unlimited", credit.NoBinding},
		{"times", []credit.Step{{Multiply: num("0.01")}}, "unlimited", credit.NoBinding},
		{"times nothing", []credit.Step{{Multiply: num("0")}}, "0", credit.NoBinding},
		{"times less than nothing", []credit.Step{{Multiply: num("-1")}}, "0", credit.NoBinding},
		{"at least", []credit.Step{{AtLeast: num("5")}}, "unlimited", credit.NoBinding},
		{"rounded", []credit.Step{{Round: &credit.Rounding{To: credit.Int(1000)}}}, "unlimited", credit.NoBinding},
		{"at most", []credit.Step{{AtMost: num("5")}}, "5", 2},
		{"set", []credit.Step{{Set: num("5")}}, "5", credit.NoBinding},
	} {
		r := limited(t, nil, append([]credit.Step{{Set: num("7")}, open}, c.after...)...)
		require.True(t, r.Has)
		assert.Equal(t, c.want, r.Amount.String(), c.name)
		assert.Equal(t, c.binding, r.Binding, c.name)
		assert.Equal(t, credit.Changed, r.Steps[1].Effect)
	}
	r := limited(t, nil, credit.Step{Set: num("7")}, credit.Step{Unlimited: true, When: is(false)})
	assert.Equal(t, "7", r.Amount.String())
	r = limited(t, nil, credit.Step{Unlimited: true}, credit.Step{Unlimited: true})
	assert.Equal(t, credit.Unchanged, r.Steps[1].Effect)
}

func TestAStepThatCannotBeToldLeavesNoLimit(t *testing.T) {
	base := credit.Step{Set: num("1000")}
	for _, c := range []struct {
		name    string
		step    credit.Step
		blamed  []int
		effects []credit.StepEffect
	}{
		{"set", credit.Step{Set: gone(3)}, []int{3}, nil},
		{"add", credit.Step{Add: gone(3)}, []int{3}, nil},
		{"multiply", credit.Step{Multiply: gone(3)}, []int{3}, nil},
		{"at_least", credit.Step{AtLeast: gone(3)}, []int{3}, nil},
		{"at_most", credit.Step{AtMost: gone(3)}, []int{3}, nil},
		{"when", credit.Step{AtMost: num("5"), When: unknown(3)}, []int{3}, nil},
		{"unlimited when", credit.Step{Unlimited: true, When: unknown(3)}, []int{3}, nil},
		{"both", credit.Step{AtMost: gone(4), When: unknown(3)}, []int{3, 4}, nil},
	} {
		f := credit.NewFrame()
		r := limited(t, f, base, c.step, credit.Step{AtMost: num("7")}, credit.Step{AtMost: gone(9), When: is(false)}, credit.Step{Add: gone(5)})
		assert.False(t, r.Has, c.name)
		assert.Equal(t, credit.Amount{}, r.Amount)
		assert.Equal(t, credit.NoBinding, r.Binding)
		assert.Equal(t, append(c.blamed, 5), f.Atoms(nil, r.Missing), "%s: all that is missing is named, but not what was not asked for", c.name)
		var effects []credit.StepEffect
		for _, s := range r.Steps {
			effects = append(effects, s.Effect)
		}
		assert.Equal(t, []credit.StepEffect{credit.Changed, credit.Unknown, credit.Pending, credit.NotMet, credit.Unknown}, effects)
	}
	f := credit.NewFrame()
	r := limited(t, f, base, credit.Step{AtMost: gone(3), When: is(false)})
	assert.True(t, r.Has, "what is not for the customer needs nothing")

	// What is in the slot is no number: nobody is to blame, but there is no limit either.
	f = credit.NewFrame(credit.Text("much"))
	r = limited(t, f, credit.Step{Set: credit.NumberIn(0)}, credit.Step{Add: gone(2)}, credit.Step{Add: credit.NumberIn(0)})
	assert.False(t, r.Has)
	assert.Equal(t, []int{2}, f.Atoms(nil, r.Missing))
}

func TestAStepThatFailsIsAnErrorWithItsName(t *testing.T) {
	broken := errors.New("too many steps")
	fails := credit.Func(func(f *credit.Frame) (credit.Number, credit.Absence) { return credit.Number{}, f.Fail(broken) })
	terms := checked(t, &credit.Terms{Steps: []credit.Step{{ID: "base", Set: fails}, {Set: num("1")}}})
	f := credit.NewFrame()
	var r credit.Result
	err := terms.Limit(f, &r)
	require.ErrorIs(t, err, broken)
	assert.EqualError(t, err, "credit: limit base: set: too many steps")
	assert.False(t, r.Limit.Has)
	assert.NoError(t, f.Err())

	terms.Steps[0] = credit.Step{When: credit.When(func(f *credit.Frame) (bool, credit.Absence) { return false, f.Fail(broken) }), Set: num("1")}
	checked(t, terms)
	assert.EqualError(t, terms.Limit(f, &r), "credit: limit 1: when: too many steps")
}

func TestAnAmountMayGrowTooLarge(t *testing.T) {
	steps := []credit.Step{{Set: num("1e900")}}
	for range 20 {
		steps = append(steps, credit.Step{Multiply: num("1e900")})
	}
	var r credit.Result
	err := checked(t, &credit.Terms{Steps: steps}).Limit(credit.NewFrame(), &r)
	assert.ErrorContains(t, err, "too large")
	assert.False(t, r.Limit.Has)
}

func TestUncheckedTermsDecideNothing(t *testing.T) {
	var terms credit.Terms
	var r credit.Result
	f := credit.NewFrame()
	for _, err := range []error{
		terms.Limit(f, &r), terms.Exposure(f, &r), terms.Approve(f, credit.Amount{}, -1, &r), terms.Request(f, &r), terms.Divide(f, &r),
	} {
		assert.ErrorContains(t, err, "have not been checked")
	}
	assert.False(t, r.Limit.Has)
}

func TestBindingsHaveNames(t *testing.T) {
	terms := &credit.Terms{Steps: []credit.Step{{ID: "base"}, {}}}
	for binding, want := range map[int]string{
		0: "base", 1: "step 2", credit.NoBinding: "", credit.ByFloor: "floor", credit.ByGroup: "group", credit.ByTotal: "total", 2: "", -9: "",
	} {
		assert.Equal(t, want, terms.BindingName(binding))
	}
	assert.Equal(t, "base", (&credit.Step{ID: "base"}).ReasonCode())
	assert.Equal(t, "L1", (&credit.Step{ID: "base", Code: "L1"}).ReasonCode())
}

func TestARejectedCustomersLimitIsNothing(t *testing.T) {
	r := limited(t, nil, credit.Step{Set: num("1000")}, credit.Step{AtMost: num("5")})
	r.Deny()
	assert.True(t, r.Has)
	assert.Equal(t, "0", r.Amount.String())
	assert.Empty(t, r.Steps)
	assert.Equal(t, credit.NoBinding, r.Binding)
}

func TestAmounts(t *testing.T) {
	open, five := credit.Amount{Unlimited: true}, credit.Of(credit.Int(5))
	assert.True(t, five.Less(open))
	assert.False(t, open.Less(five))
	assert.False(t, open.Less(open))
	assert.True(t, open.Equal(open))
	assert.False(t, open.Equal(credit.Of(credit.Int(0))))
	assert.True(t, five.Covers(credit.Int(5)))
	assert.False(t, five.Covers(credit.MustParse("5.01")))
	assert.True(t, open.Covers(credit.MustParse("1e30")))
	b, err := json.Marshal([]credit.Amount{open, five})
	require.NoError(t, err)
	assert.JSONEq(t, `["unlimited", "5"]`, string(b))
}

func TestALimitIsGoodUntilTheLastDayOfItsPeriod(t *testing.T) {
	day, err := slot.ParseDay("2024-06-30")
	require.NoError(t, err)
	_, ok := (&credit.Terms{}).ValidUntil(day)
	assert.False(t, ok, "for ever")
	until, ok := (&credit.Terms{Valid: credit.Period{Months: 12}}).ValidUntil(day)
	assert.True(t, ok)
	assert.Equal(t, "2025-06-30", until.String())
	until, _ = (&credit.Terms{Valid: credit.Period{Days: 90}}).ValidUntil(day)
	assert.Equal(t, "2024-09-28", until.String())
}

func TestEffectsHaveNames(t *testing.T) {
	for e, want := range map[credit.StepEffect]string{
		credit.Changed: "changed", credit.Unchanged: "no change", credit.NotMet: "condition not met", credit.Unknown: "unknown",
		credit.Pending: "follows an unknown step", 99: "unknown",
	} {
		assert.Equal(t, want, e.String())
	}
}
