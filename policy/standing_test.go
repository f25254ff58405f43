package policy_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/policy"
)

const standingPolicy = `
policy: p
version: "1"
currency: CNY
inputs:
  sound: bool
  used: {type: number, decimals: 2}
  member: bool
  members: {type: list, of: {amount: {type: number, min: 0, required: true}}}
admission: [{id: sound, require: sound}]
credit:
  limit: [{set: 1000}]
  exposure: [used]
  group: {when: member, limit: 5000, exposure: ['sum(members, .amount)']}
`

// A decision of the morning checks the orders of the day.
func TestOrdersAreCheckedByADecision(t *testing.T) {
	p := load(t, standingPolicy)
	members := func(amounts ...any) (out []any) {
		for _, a := range amounts {
			out = append(out, map[string]any{"amount": a})
		}
		return out
	}
	for _, c := range []struct {
		name, order string
		record      policy.Record
		verdict     credit.Verdict
		available   string
	}{
		{"within his limit", "600", policy.Record{"sound": true, "used": 400, "member": false}, credit.Allowed, "600"},
		{"over it", "600.01", policy.Record{"sound": true, "used": 400, "member": false}, credit.Held, "600"},
		{"within what the group has left", "100", policy.Record{"sound": true, "used": 400, "member": true, "members": members(400, 4500)}, credit.Allowed, "100"},
		{"over what the group has left", "100.01", policy.Record{"sound": true, "used": 400, "member": true, "members": members(400, 4500)}, credit.Held, "100"},
		{"of somebody who is rejected", "0.01", policy.Record{"sound": false, "used": 400, "member": true, "members": members(400)}, credit.Held, "-400"},
		{"of somebody who is referred", "0.01", policy.Record{"used": 0, "member": false}, credit.Held, "0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := decide(t, p, c.record)
			s, ok := d.Standing()
			require.True(t, ok)
			r, err := credit.Check(credit.Order{Amount: credit.MustParse(c.order), Currency: "CNY"}, s, credit.OrderTerms{})
			require.NoError(t, err)
			assert.Equal(t, c.verdict, r.Verdict)
			assert.Equal(t, c.available, r.Available.String())
			if available, ok := d.Available(); ok {
				assert.Equal(t, available.String(), r.Available.String(), "it is what the decision says")
			}
		})
	}
	_, ok := decide(t, p, policy.Record{"sound": true, "member": false}).Standing()
	assert.False(t, ok, "what is used is missing")
	_, ok = new(policy.Decision).Standing()
	assert.False(t, ok)
}

func ExampleDecision_Standing() {
	p, err := policy.Parse("dealers.yaml", []byte(standingPolicy))
	if err != nil {
		fmt.Println(err)
		return
	}
	day, _ := policy.ParseDate("2026-06-30")
	d, err := p.Decide(policy.Record{"sound": true, "used": 400, "member": false}, policy.AsOf(day))
	if err != nil {
		fmt.Println(err)
		return
	}
	standing, _ := d.Standing()
	standing.Overdue, standing.DaysOverdue = credit.Int(80), 12
	most := 10
	r, err := credit.Check(credit.Order{Amount: credit.Int(500), Currency: "CNY"}, standing, credit.OrderTerms{HoldDays: &most})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Verdict, r.Reasons[0].Text.In("zh"))
	// Output: held 逾期12天，超过10天
}
