package credit_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/credit"
)

// 客户信用等级、信用额度和信用期限管理制度, dybbs8.com/doc/3242629.html: limit = average sales of a month * term * factor for
// the risk: AA 100 %, A 80 %, B 60 %, C 0. Worked out from the printed formula.
func TestTradeCreditLimits(t *testing.T) {
	terms := checked(t, &credit.Terms{Steps: []credit.Step{
		{ID: "base", Set: credit.NumberIn(0)}, {ID: "term", Multiply: credit.NumberIn(1)}, {ID: "factor", Multiply: credit.NumberIn(2)},
	}})
	for factor, want := range map[string]string{"1": "200000", "0.8": "160000", "0.6": "120000", "0": "0"} {
		f := credit.NewFrame(credit.Num(credit.Int(100_000)), credit.Num(credit.Int(2)), credit.Num(credit.MustParse(factor)))
		var r credit.Result
		require.NoError(t, terms.Limit(f, &r))
		assert.Equal(t, want, r.Limit.Amount.String())
		assert.Equal(t, credit.NoBinding, r.Limit.Binding)
	}
}

// 88jhdsf.icu/oaoea, loans to farmers: AAA 100,000, AA 80,000, A 50,000, + 10 % of the assets + 30 % of the income, 200,000
// at most.
func TestFarmersLimits(t *testing.T) {
	terms := checked(t, &credit.Terms{Steps: []credit.Step{
		{ID: "grade", Set: credit.NumberIn(0)},
		{ID: "assets", Add: credit.Func(func(f *credit.Frame) (credit.Number, credit.Absence) {
			return f.Slots[1].Num.Mul(credit.MustParse("0.10")), f.Slots[1].Absent
		})},
		{ID: "income", Add: credit.Func(func(f *credit.Frame) (credit.Number, credit.Absence) {
			return f.Slots[2].Num.Mul(credit.MustParse("0.30")), f.Slots[2].Absent
		})},
		{ID: "ceiling", AtMost: num("200_000")},
	}})
	for _, c := range []struct{ base, assets, income, want, binding string }{
		{"50000", "300000", "100000", "110000", ""},
		{"100000", "700000", "100000", "200000", ""},
		{"100000", "700000.1", "100000", "200000", "ceiling"},
	} {
		n := func(s string) credit.Value { return credit.Num(credit.MustParse(s)) }
		var r credit.Result
		require.NoError(t, terms.Limit(credit.NewFrame(n(c.base), n(c.assets), n(c.income)), &r))
		assert.Equal(t, c.want, r.Limit.Amount.String())
		assert.Equal(t, c.binding, terms.BindingName(r.Limit.Binding))
	}
}

// Microsoft Dynamics 365 Finance, "Credit limit scenarios" (github.com/MicrosoftDocs/dynamics-365-unified-operations-public,
// articles/finance/accounts-receivable/Credit-limit-scenarios.md): own limit, limit of the group, mandatory, unlimited.
// Both a group and plain steps express it.
func TestEffectiveCreditLimits(t *testing.T) {
	const own, group, mandatory, open = 0, 1, 2, 3
	fact := func(want bool, i int) credit.Condition {
		return credit.When(func(f *credit.Frame) (bool, credit.Absence) { return (f.Slots[i].Int == 1) == want, 0 })
	}
	noneOfHisOwn := credit.When(func(f *credit.Frame) (bool, credit.Absence) {
		return f.Slots[own].Num.Sign() == 0 && f.Slots[mandatory].Int == 0, 0
	})
	request := &credit.Request{Amount: credit.NumberIn(4), Over: "hold"}
	asSteps := checked(t, &credit.Terms{
		Steps: []credit.Step{
			{ID: "own", Set: credit.NumberIn(own)},
			{ID: "of-the-group", Set: credit.NumberIn(group), When: noneOfHisOwn},
			{ID: "ceiling", AtMost: credit.NumberIn(group)},
			{ID: "open", Unlimited: true, When: fact(true, open)},
		},
		Requested: request,
	})
	asGroup := checked(t, &credit.Terms{
		Steps: []credit.Step{
			{ID: "own", Set: credit.NumberIn(own)},
			{ID: "open", Unlimited: true, When: noneOfHisOwn},
		},
		Group:     &credit.Group{When: fact(false, open), Limit: credit.NumberIn(group)},
		Requested: request,
	})
	for _, c := range []struct {
		name, own, group string
		mandatory, open  bool
		limit            string
		blocked, allowed []string
	}{
		{"the group has more", "10000.00", "15000.00", false, false, "10000", []string{"10000.01"}, []string{"10000"}},
		{"the group has less", "20000.00", "15000.00", false, false, "15000", []string{"15000.01"}, []string{"15000"}},
		{"nothing, and mandatory", "0.00", "15000.00", true, false, "0", []string{"0.01", "15000"}, nil},
		{"nothing, and unlimited", "0.00", "15000.00", false, true, "unlimited", nil, []string{"15000.01", "1e30"}},
		{"only the group's", "0.00", "15000.00", false, false, "15000", []string{"15000.01"}, []string{"15000"}},
	} {
		for _, terms := range []*credit.Terms{asSteps, asGroup} {
			ask := func(order string) credit.Result {
				n := func(s string) credit.Value { return credit.Num(credit.MustParse(s)) }
				return decided(t, terms, credit.NewFrame(n(c.own), n(c.group), credit.Truth(c.mandatory), credit.Truth(c.open), n(order)))
			}
			assert.Equal(t, c.limit, ask("0").Limit.Amount.String(), c.name)
			for _, order := range c.blocked {
				assert.Equal(t, credit.Held, ask(order).Request.Verdict, "%s: %s", c.name, order)
			}
			for _, order := range c.allowed {
				assert.Equal(t, credit.Allowed, ask(order).Request.Verdict, "%s: %s", c.name, order)
			}
		}
	}
}

// The change of a credit limit of 5,000 by 30 % is 1,500 (github.com/gorules/zen, test-data/graphs/credit-limit-adjustment.json,
// MIT): the new limit is 6,500.
func TestAChangedLimit(t *testing.T) {
	r := limited(t, nil, credit.Step{Set: num("5000")}, credit.Step{Multiply: num("1.30")}, credit.Step{Round: &credit.Rounding{To: credit.Int(1)}})
	assert.Equal(t, "6500", r.Amount.String())
}
