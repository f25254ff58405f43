package policy_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/tallystick-go/tallystick/policy"
)

const groupCustomersPolicy = `
policy: p
version: "1"
inputs:
  asks: {type: number, min: 0, decimals: 2}
  capital: {type: number, min: 0, decimals: 2}
  members: {type: list, of: {amount: {type: number, min: 0, decimals: 2, required: true}, ccy: {type: string, required: true}, province: string, city: string}}
  rates: {type: record, of: {CNY: number, USD: number}}
values:
  together: sum(members, .amount * rates[.ccy])
  provinces_differ: any(members, .province != members[0].province)
  cities_differ: any(members, .city != members[0].city)
credit:
  limit: [{id: asked-for, set: asks}]
  exposure: ['members[0].amount * rates[members[0].ccy]']
  group: {when: len(members) > 1, limit: 'min(9000, capital * 0.15)', exposure: [together], reason: 集团授信不超过资本净额的15%}
  approval:
    - {by: head office, when: 'provinces_differ ?? true'}
    - {by: provincial branch, when: 'cities_differ ?? true'}
    - {by: branch, up_to: 500}
    - {by: provincial branch}
`

// One limit over all members of a group; where they sit decides who decides, and the bank's capital how much there can be.
func TestGroupCustomers(t *testing.T) {
	p := load(t, groupCustomersPolicy)
	member := func(amount any, ccy, province, city string) map[string]any {
		m := map[string]any{"amount": amount, "ccy": ccy}
		if province != "" {
			m["province"] = province
		}
		if city != "" {
			m["city"] = city
		}
		return m
	}
	ask := func(asks, capital any, members ...any) policy.Record {
		return policy.Record{"asks": asks, "capital": capital, "members": members, "rates": map[string]any{"CNY": 1, "USD": "7.1"}}
	}
	for _, c := range []struct {
		name                               string
		record                             policy.Record
		limit, available, binding, decides string
	}{
		{"alone", ask(500, 10_000, member(100, "CNY", "陕西", "西安")), "500.00", "400.00", "", "branch"},
		{"alone, over the branch's authority", ask("500.01", 10_000, member(100, "CNY", "陕西", "西安")), "500.01", "400.01", "", "provincial branch"},
		{"in one city", ask(500, 10_000, member(100, "CNY", "陕西", "西安"), member(1000, "CNY", "陕西", "西安")), "500.00", "400.00", "", "branch"},
		{"in two cities", ask(500, 10_000, member(100, "CNY", "陕西", "西安"), member(0, "CNY", "陕西", "宝鸡")), "500.00", "400.00", "", "provincial branch"},
		{"in two provinces", ask(500, 10_000, member(100, "CNY", "陕西", "西安"), member(0, "CNY", "山西", "太原")), "500.00", "400.00", "", "head office"},
		{"nobody knows where", ask(500, 10_000, member(100, "CNY", "陕西", "西安"), member(0, "CNY", "", "")), "500.00", "400.00", "", "head office"},
		{"the others use most of it", ask(500, 10_000, member(100, "CNY", "陕西", "西安"), member(200, "USD", "陕西", "西安")), "500.00", "-20.00", "", "branch"},
		{"concentration: 15 % of the capital", ask(500, 2000, member(0, "CNY", "陕西", "西安"), member(100, "CNY", "陕西", "西安")), "300.00", "200.00", "group", "branch"},
		{"exactly as concentrated", ask(300, 2000, member(0, "CNY", "陕西", "西安"), member(100, "CNY", "陕西", "西安")), "300.00", "200.00", "", "branch"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := decide(t, p, c.record)
			assert.Equal(t, policy.Admitted, d.Outcome(), texts(d.Reasons()))
			assert.Equal(t, c.limit, d.LimitText())
			assert.Equal(t, c.available, d.AvailableText())
			assert.Equal(t, c.binding, d.Binding())
			assert.Equal(t, c.decides, d.Approval())
		})
	}
	d := decide(t, p, policy.Record{"asks": 500, "members": []any{member(1, "CNY", "a", "b"), member(1, "CNY", "a", "b")}, "rates": map[string]any{"CNY": 1}})
	assert.Equal(t, policy.Referred, d.Outcome(), "without the capital nobody knows what the group may have")
	assert.Equal(t, []string{"capital"}, d.Missing())
	assert.Equal(t, `field "members[1].amount": it is required, but absent [required]`,
		faultsOf(t, p, ask(1, 1, member(1, "CNY", "a", "b"), map[string]any{"ccy": "CNY"})), "a member whose exposure is not said is no 0")
}
