package credit_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/credit"
)

// decided works out everything.
func decided(t testing.TB, terms *credit.Terms, f *credit.Frame) credit.Result {
	t.Helper()
	if f == nil {
		f = credit.NewFrame()
	}
	var r credit.Result
	checked(t, terms)
	require.NoError(t, terms.Limit(f, &r))
	require.NoError(t, terms.Exposure(f, &r))
	terms.Available(f, &r)
	require.NoError(t, terms.Request(f, &r))
	require.NoError(t, terms.Divide(f, &r))
	return r
}

func TestExposuresAddUpExactly(t *testing.T) {
	third, _ := credit.Ratio(1, 3)
	r := decided(t, &credit.Terms{
		Steps: []credit.Step{{Set: num("1000")}},
		Exposures: []credit.Exposure{
			{Of: num("100.004")}, {ID: "guarantees", Of: num("200"), Weight: num("0.5")}, {Of: num("1"), Weight: credit.Const(third)},
			{Of: num("2"), Weight: credit.Const(third)},
		},
	}, nil)
	require.True(t, r.Exposure.Has)
	assert.Equal(t, "201.004", r.Exposure.Exact.String())
	assert.Equal(t, "201", r.Exposure.Amount.String(), "rounded once")
	assert.Equal(t, "100", r.Exposure.Items[1].String())
	assert.Equal(t, "799", r.Available.Amount.String())
}

func TestTheExposureIsRoundedByTheModeOfThePolicy(t *testing.T) {
	for mode, want := range map[credit.Mode]string{credit.HalfUp: "0.01", credit.HalfDown: "0", credit.Up: "0.01", credit.Floor: "0"} {
		r := decided(t, &credit.Terms{Mode: mode, Exposures: []credit.Exposure{{Of: num("0.005")}}}, nil)
		assert.Equal(t, want, r.Exposure.Amount.String(), mode)
	}
}

func TestNothingCountsAsUsedWhereNothingIsListed(t *testing.T) {
	r := decided(t, &credit.Terms{Steps: []credit.Step{{Set: num("7")}}}, nil)
	assert.True(t, r.Exposure.Has)
	assert.Equal(t, "7", r.Available.Amount.String())
}

func TestMoreMayBeUsedThanAllowed(t *testing.T) {
	r := decided(t, &credit.Terms{Steps: []credit.Step{{Set: num("100")}}, Exposures: []credit.Exposure{{Of: num("100.01")}}}, nil)
	assert.Equal(t, "-0.01", r.Available.Amount.String())
}

func TestOfAnUnlimitedLimitNoEndIsAvailable(t *testing.T) {
	r := decided(t, &credit.Terms{Steps: []credit.Step{{Unlimited: true}}, Exposures: []credit.Exposure{{Of: num("100")}}}, nil)
	assert.Equal(t, "unlimited", r.Available.Amount.String())
}

func TestAnExposureThatCannotBeToldLeavesNothingAvailable(t *testing.T) {
	f := credit.NewFrame()
	r := decided(t, &credit.Terms{
		Steps:     []credit.Step{{Set: gone(1)}},
		Exposures: []credit.Exposure{{Of: gone(2)}, {Of: num("5")}, {Of: num("5"), Weight: gone(3)}, {Of: gone(4), Weight: gone(5)}},
	}, f)
	assert.False(t, r.Exposure.Has)
	assert.Equal(t, credit.Number{}, r.Exposure.Amount)
	assert.Equal(t, []int{2, 3, 4, 5}, f.Atoms(nil, r.Exposure.Missing))
	assert.False(t, r.Available.Has)
	assert.Equal(t, []int{1, 2, 3, 4, 5}, f.Atoms(nil, r.Available.Missing))
}

func TestAnExposureThatFailsIsAnErrorWithItsName(t *testing.T) {
	broken := errors.New("broken")
	fails := credit.Func(func(f *credit.Frame) (credit.Number, credit.Absence) { return credit.Number{}, f.Fail(broken) })
	var r credit.Result
	terms := checked(t, &credit.Terms{Exposures: []credit.Exposure{{Of: num("1")}, {Of: num("1"), Weight: fails}}})
	assert.EqualError(t, terms.Exposure(credit.NewFrame(), &r), "credit: exposure 2: weight: broken")
	assert.False(t, r.Exposure.Has)
}

func TestAGroupHasOneLimitOverItsMembers(t *testing.T) {
	terms := func(own, group string, g credit.Group) *credit.Terms {
		g.Limit = num(group)
		return &credit.Terms{
			Steps: []credit.Step{{ID: "own", Set: num(own)}}, Exposures: []credit.Exposure{{Of: num("100")}}, Group: &g,
		}
	}
	used := []credit.Exposure{{Of: num("400")}, {Of: num("300"), Weight: num("0.5")}}
	for _, c := range []struct {
		name, own, group string
		g                credit.Group
		limit            string
		binding          int
		available        string
		byGroup          bool
	}{
		{"the group has more", "1000", "1500", credit.Group{}, "1000", credit.NoBinding, "900", false},
		{"the group has less", "2000", "1500", credit.Group{}, "1500", credit.ByGroup, "1400", false},
		{"just as much", "1500", "1500", credit.Group{}, "1500", credit.NoBinding, "1400", false},
		{"rounded down", "2000", "1500.009", credit.Group{}, "1500", credit.ByGroup, "1400", false},
		{"the others use some", "1000", "1500", credit.Group{Exposures: used}, "1000", credit.NoBinding, "900", false},
		{"the others use much", "1000", "1449.99", credit.Group{Exposures: used}, "1000", credit.NoBinding, "899.99", true},
		{"the group has just as much left", "1000", "1450", credit.Group{Exposures: used}, "1000", credit.NoBinding, "900", false},
		{"the others use too much", "1000", "500", credit.Group{Exposures: used}, "500", credit.ByGroup, "-50", true},
		{"no member", "2000", "1500", credit.Group{When: is(false), Exposures: used}, "2000", credit.NoBinding, "1900", false},
		{"a member", "2000", "1500", credit.Group{When: is(true)}, "1500", credit.ByGroup, "1400", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := decided(t, terms(c.own, c.group, c.g), nil)
			assert.Equal(t, c.limit, r.Limit.Amount.String())
			assert.Equal(t, c.binding, r.Limit.Binding)
			assert.Equal(t, c.available, r.Available.Amount.String())
			assert.Equal(t, c.byGroup, r.Available.ByGroup)
			assert.True(t, r.Group.Exposure.Has, "who is no member has none, and that is known")
		})
	}
	r := decided(t, &credit.Terms{Steps: []credit.Step{{Unlimited: true}}, Group: &credit.Group{Limit: num("7"), Exposures: []credit.Exposure{{Of: num("2")}}}}, nil)
	assert.Equal(t, "7", r.Limit.Amount.String(), "the group's limit ends an unlimited one")
	assert.Equal(t, "5", r.Available.Amount.String())
}

func TestAGroupThatCannotBeToldLeavesNoLimit(t *testing.T) {
	for _, c := range []struct {
		name      string
		g         credit.Group
		limit     []int
		available []int
	}{
		{"whether", credit.Group{When: unknown(1), Limit: num("5")}, []int{1}, []int{1, 1}},
		{"how much", credit.Group{Limit: gone(2)}, []int{2}, []int{2}},
		{"what is used", credit.Group{Limit: num("5"), Exposures: []credit.Exposure{{Of: gone(3)}}}, nil, []int{3}},
	} {
		f := credit.NewFrame()
		g := c.g
		r := decided(t, &credit.Terms{Steps: []credit.Step{{Set: num("100")}}, Group: &g}, f)
		assert.Equal(t, c.limit == nil, r.Limit.Has, c.name)
		assert.Equal(t, c.limit, f.Atoms(nil, r.Limit.Missing), c.name)
		assert.False(t, r.Available.Has, c.name)
		assert.Contains(t, f.Atoms(nil, r.Available.Missing), c.available[0], c.name)
	}
	f := credit.NewFrame()
	r := decided(t, &credit.Terms{Steps: []credit.Step{{Set: num("1")}}, Group: &credit.Group{When: is(false), Limit: gone(2), Exposures: []credit.Exposure{{Of: gone(3)}}}}, f)
	assert.True(t, r.Available.Has, "who is no member needs no group")
}
