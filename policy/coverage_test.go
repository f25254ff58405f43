package policy_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

const oldEnough = `policy: old-enough
version: "1"
inputs: {name: {type: string, required: true}, years: {type: number, min: 0, decimals: 0}}
admission: [{id: old, require: years >= 2}]
`

var midyear = policy.AsOf(policy.NewDate(2026, time.June, 30))

// What the customers of a day have shown of a policy, and who would show the rest.
func ExamplePolicy_Coverage() {
	p, err := policy.Parse("policy.yaml", []byte(oldEnough))
	if err != nil {
		fmt.Println(err)
		return
	}
	c := p.Coverage()
	for _, years := range []any{2, 7, nil} {
		d, err := p.Decide(policy.Record{"name": "Ada", "years": years}, midyear)
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := c.Add(d); err != nil {
			fmt.Println(err)
			return
		}
	}
	for _, it := range c.Items() {
		fmt.Println(it.Seen, it.Name("en"))
	}
	cases, err := c.Suggest(policy.Record{"name": "Ada", "years": 2}, policy.NewDate(2026, time.June, 30))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, x := range cases {
		fmt.Println(x.Changes, x.Decision.Outcome())
	}
	// Output:
	// 2 criterion old is met
	// 0 criterion old is not met
	// 1 criterion old cannot be told
	// 1 criterion old: years = 2
	// 0 criterion old: years = 1
	// 2 outcome admitted
	// 1 outcome referred
	// 0 outcome rejected
	// [{years 1}] rejected
}

func TestCoverageCountsDecisionsOfItsPolicyOnly(t *testing.T) {
	p, err := policy.Parse("policy.yaml", []byte(oldEnough))
	require.NoError(t, err)
	again, err := policy.Parse("policy.yaml", []byte(oldEnough))
	require.NoError(t, err)
	other, err := policy.Parse("policy.yaml", []byte(oldEnough+"# another one\n"))
	require.NoError(t, err)
	decide := func(p *policy.Policy) *policy.Decision {
		d, err := p.Decide(policy.Record{"name": "Ada", "years": 2}, midyear)
		require.NoError(t, err)
		return d
	}
	c := p.Coverage()
	require.NoError(t, c.Add(decide(p)))
	require.NoError(t, c.Add(decide(again)), "it was loaded twice")
	require.ErrorIs(t, c.Add(decide(other)), policy.ErrOtherPolicy)
	require.ErrorIs(t, c.Add(new(policy.Decision)), policy.ErrOtherPolicy)
	require.Equal(t, 2, c.Items()[0].Seen)
}

func TestNobodyIsSuggestedOnADayWithoutAPolicy(t *testing.T) {
	p, err := policy.Parse("policy.yaml", []byte(oldEnough+"effective: {from: 2027-01-01}\n"))
	require.NoError(t, err)
	_, err = p.Coverage().Suggest(nil, policy.NewDate(2026, time.June, 30))
	var late *policy.AsOfError
	require.ErrorAs(t, err, &late)
}

// A base may lack what a record must have: a suggested case gives it.
func TestABaseNeedNotBeARecord(t *testing.T) {
	p, err := policy.Parse("policy.yaml", []byte(oldEnough))
	require.NoError(t, err)
	cases, err := p.Coverage().Suggest(policy.Record{"years": 2}, policy.NewDate(2026, time.June, 30))
	require.NoError(t, err)
	require.Equal(t, []policy.CoverageChange{{Input: "name", Text: "X"}}, cases[0].Changes)
	require.Equal(t, []policy.CoverageChange{{Input: "name", Text: "X"}, {Input: "years", Text: "1"}}, cases[1].Changes)
}
