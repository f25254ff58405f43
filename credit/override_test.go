package credit_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/credit"
)

func byHand(limit string) *credit.Override {
	return &credit.Override{Limit: credit.MustParse(limit), By: "王", Reason: "长期合作", AsOf: 100}
}

// overridden returns what becomes of o under terms whose steps make 1,000.
func overridden(t *testing.T, overrides *credit.Overrides, o *credit.Override) credit.Result {
	t.Helper()
	terms := checked(t, &credit.Terms{Steps: []credit.Step{{Set: num("1000")}}, Overrides: overrides})
	var r credit.Result
	f := credit.NewFrame()
	require.NoError(t, terms.Limit(f, &r))
	require.NoError(t, terms.Override(f, o, &r))
	return r
}

func TestALimitByHandTakesThePlaceOfTheOneWorkedOut(t *testing.T) {
	only := &credit.Overrides{AtMost: num("2000.009"), By: []string{"王", "李"}}
	for _, c := range []struct {
		name      string
		overrides *credit.Overrides
		o         func(*credit.Override)
		given     string
		limit     string
		effect    credit.OverrideEffect
		refusal   string
	}{
		{"more", only, nil, "1500", "1500", credit.OverrideTaken, ""},
		{"all that is allowed", only, nil, "2000", "2000", credit.OverrideTaken, ""},
		{"a cent more, which rounding the bound down forbids", only, nil, "2000.01", "1000", credit.OverrideRefused, "2000.01 is more than 2000, the most that is allowed"},
		{"nothing", only, nil, "0", "0", credit.OverrideTaken, ""},
		{"less than nothing", only, nil, "-0.01", "1000", credit.OverrideRefused, "a limit is never below 0"},
		{"the same", only, nil, "1000", "1000", credit.OverrideSame, ""},
		{"any amount", &credit.Overrides{}, nil, "1e12", "1000000000000", credit.OverrideTaken, ""},
		{"finer than money", &credit.Overrides{}, nil, "5.005", "5.01", credit.OverrideTaken, ""},
		{"not open to it", nil, nil, "1", "1000", credit.OverrideRefused, "the policy does not allow overrides of the limit"},
		{"by the other", only, func(o *credit.Override) { o.By = "李 " }, "1500", "1500", credit.OverrideTaken, ""},
		{"by a third", only, func(o *credit.Override) { o.By = "张" }, "1500", "1000", credit.OverrideRefused, "张 may not give it: that is for 王, 李"},
		{"by nobody", only, func(o *credit.Override) { o.By = " " }, "1500", "1000", credit.OverrideRefused, "it does not say who gave it"},
		{"without a reason", only, func(o *credit.Override) { o.Reason = "" }, "1500", "1000", credit.OverrideRefused, "it does not say why"},
		{"on its last day", only, func(o *credit.Override) { o.Until, o.HasUntil = 100, true }, "1500", "1500", credit.OverrideTaken, ""},
		{"the day after", only, func(o *credit.Override) { o.Until, o.HasUntil = 99, true }, "1500", "1000", credit.OverrideExpired, ""},
		{"expired, and beyond what is allowed", only, func(o *credit.Override) { o.Until, o.HasUntil = 99, true }, "9999", "1000", credit.OverrideExpired, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := byHand(c.given)
			if c.o != nil {
				c.o(o)
			}
			r := overridden(t, c.overrides, o)
			assert.Equal(t, c.limit, r.Limit.Amount.String())
			assert.Equal(t, c.effect, r.Override.Effect)
			assert.Equal(t, c.refusal, r.Override.Refusal.In("en"))
			assert.Equal(t, "1000", r.Override.Calculated.Amount.String(), "both results are kept")
			assert.Equal(t, c.effect.Taken(), r.Limit.Binding == credit.ByHand)
			assert.Len(t, r.Limit.Steps, 1, "with the steps to the one that was worked out")
		})
	}
	r := overridden(t, only, nil)
	assert.Equal(t, credit.NoOverride, r.Override.Effect)
	assert.Equal(t, "1000", r.Limit.Amount.String())
	assert.Equal(t, "override", new(credit.Terms).BindingName(credit.ByHand))
	for e, want := range map[credit.OverrideEffect]string{credit.NoOverride: "", credit.OverrideTaken: "applied", credit.OverrideSame: "no change",
		credit.OverrideExpired: "ignored: expired", credit.OverrideRefused: "refused", credit.OverrideUnknown: "unknown", 99: "unknown"} {
		assert.Equal(t, want, e.String())
	}
}

func TestWhereItCannotBeToldWhetherALimitByHandIsAllowed(t *testing.T) {
	unknown := credit.Func(func(f *credit.Frame) (credit.Number, credit.Absence) { return credit.Number{}, f.Blame(7) })
	terms := checked(t, &credit.Terms{Steps: []credit.Step{{Set: num("1000")}}, Overrides: &credit.Overrides{AtMost: unknown}})
	var r credit.Result
	f := credit.NewFrame()
	require.NoError(t, terms.Limit(f, &r))
	require.NoError(t, terms.Override(f, byHand("5"), &r))
	assert.Equal(t, credit.OverrideUnknown, r.Override.Effect)
	assert.Equal(t, []int{7}, f.Atoms(nil, r.Override.Missing))
	assert.Equal(t, "1000", r.Limit.Amount.String(), "the limit worked out stands")

	broken := credit.Func(func(f *credit.Frame) (credit.Number, credit.Absence) {
		return credit.Number{}, f.Fail(errors.New("no"))
	})
	terms = checked(t, &credit.Terms{Steps: []credit.Step{{Set: num("1000")}}, Overrides: &credit.Overrides{AtMost: broken}})
	require.NoError(t, terms.Limit(f, &r))
	assert.EqualError(t, terms.Override(f, byHand("5"), &r), "credit: override: at_most: no")
	assert.NoError(t, f.Err(), "the error was taken from the frame")
	assert.NoError(t, terms.Override(f, nil, &r), "without an override nobody asks")

	unchecked := credit.Terms{Overrides: &credit.Overrides{}}
	assert.Error(t, unchecked.Override(f, byHand("5"), &r))
}

func TestALimitByHandAllocatesNothing(t *testing.T) {
	terms := checked(t, &credit.Terms{Steps: []credit.Step{{Set: num("1000")}}, Overrides: &credit.Overrides{AtMost: num("2000"), By: []string{"王"}}})
	f, o := credit.NewFrame(), byHand("1500")
	var r credit.Result
	require.NoError(t, terms.Limit(f, &r))
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		_ = terms.Limit(f, &r)
		_ = terms.Override(f, o, &r)
	}))
	kept := r.Clone()
	require.NoError(t, terms.Override(f, nil, &r))
	assert.Equal(t, credit.OverrideTaken, kept.Override.Effect, "a clone lives on")
}
