package policy_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

const limitByHandPolicy = `
policy: p
version: "1"
inputs:
  n: {type: number}
  sales: {type: number, min: 0, decimals: 2}
  ceiling: number
  order: number
  members: bool
scoring: {indicators: [{id: one, weight: 100, formula: n}]}
grade:
  scale: [{grade: A, min: 90}, {grade: B, min: 70}, {grade: C, min: 50}, {grade: D, min: 0, outcome: reject}]
  override: {grades: [A, B, C], by: [branch, committee]}
  valid: 24 months
credit:
  limit: [{id: base, set: sales}, {id: ceiling, at_most: 5000}]
  override: {at_most: 'min(limit * 1.5, ceiling ?? 100_000)', by: [committee]}
  group: {when: members, limit: 4000}
  request: {amount: 'order ?? 0'}
  approval: [{by: branch, up_to: 1000}, {by: committee}]
  valid: 12 months
`

// limitByHand is a customer of that policy with both.
const limitByHand = `{"n": 75, "sales": 9000, "members": false, "order": 8000,
	"override": {"grade": "A", "limit": 7500, "by": "committee", "reason": "guaranteed by the parent", "until": "2024-12-31"}}`

// A limit given by hand comes with the record: the decision keeps both, and says what became of it.
func TestLimitsByHand(t *testing.T) {
	p := load(t, limitByHandPolicy)
	by := func(limit any, more ...any) policy.Record {
		o := policy.Record{"limit": limit, "reason": "long known", "by": "committee"}
		r := policy.Record{"n": 75, "sales": 1000, "members": false, "override": o}
		for i := 0; i < len(more); i += 2 {
			if name := more[i].(string); name == "by" || name == "reason" || name == "until" || name == "grade" {
				o[name] = more[i+1]
			} else {
				r[name] = more[i+1]
			}
		}
		return r
	}
	for name, x := range map[string]struct {
		record        policy.Record
		limit, effect string
		binding       string
		reasons       []string
		calculated    string
		until         string
	}{
		"more":     {by(1500), "1500.00", "applied", "override", []string{"the limit was set by hand to 1500.00 by committee: long known"}, "1000", "2025-06-30"},
		"less":     {by(10), "10.00", "applied", "override", []string{"the limit was set by hand to 10.00 by committee: long known"}, "1000", "2025-06-30"},
		"nothing":  {by(0), "0.00", "applied", "override", []string{"the limit was set by hand to 0.00 by committee: long known"}, "1000", "2025-06-30"},
		"the same": {by(1000), "1000.00", "no change", "override", nil, "1000", "2025-06-30"},
		"a cent beyond the most": {by("1500.01"), "1000.00", "refused", "",
			[]string{"the limit given by hand is not taken: 1500.01 is more than 1500, the most that is allowed"}, "1000", "2025-06-30"},
		"the most is rounded down": {by("1333.34", "ceiling", "1333.339"), "1000.00", "refused", "",
			[]string{"the limit given by hand is not taken: 1333.34 is more than 1333.33, the most that is allowed"}, "1000", "2025-06-30"},
		"up to the most rounded down": {by("1333.33", "ceiling", "1333.339"), "1333.33", "applied", "override",
			[]string{"the limit was set by hand to 1333.33 by committee: long known"}, "1000", "2025-06-30"},
		"by somebody else": {by(1500, "by", "branch"), "1000.00", "refused", "",
			[]string{"the limit given by hand is not taken: branch may not give it: that is for committee"}, "1000", "2025-06-30"},
		"on its last day": {by(1500, "until", "2024-06-30"), "1500.00", "applied", "override",
			[]string{"the limit was set by hand to 1500.00 by committee: long known"}, "1000", "2024-06-30"},
		"expired": {by(1500, "until", "2024-06-29"), "1000.00", "ignored: expired", "",
			[]string{"the limit given by hand has expired and is ignored"}, "1000", "2025-06-30"},
		"it ends after the limit itself": {by(1500, "until", "2026-01-01"), "1500.00", "applied", "override",
			[]string{"the limit was set by hand to 1500.00 by committee: long known"}, "1000", "2025-06-30"},
		"in the place of a bound one": {by(7500, "sales", 9000), "7500.00", "applied", "override",
			[]string{"the limit was set by hand to 7500.00 by committee: long known"}, "5000", "2025-06-30"},
		"within the limit of the group": {by(4000, "sales", 3000, "members", true), "4000.00", "applied", "override",
			[]string{"the limit was set by hand to 4000.00 by committee: long known"}, "3000", "2025-06-30"},
		"over that of the group": {by("4000.01", "sales", 3000, "members", true), "3000.00", "refused", "",
			[]string{"the limit given by hand is not taken: 4000.01 is more than 4000, the limit of the group"}, "3000", "2025-06-30"},
		"beside a grade": {by(1500, "grade", "A"), "1500.00", "applied", "override",
			[]string{"the grade was set by hand to A by committee: long known", "the limit was set by hand to 1500.00 by committee: long known"}, "1000", "2025-06-30"},
		"a grade that the limit's author may give, and not the limit": {by(1500, "grade", "A", "by", "branch"), "1000.00", "refused", "",
			[]string{"the limit given by hand is not taken: branch may not give it: that is for committee", "the grade was set by hand to A by branch: long known"}, "1000", "2025-06-30"},
	} {
		t.Run(name, func(t *testing.T) {
			d := decide(t, p, x.record)
			require.Equal(t, policy.Admitted, d.Outcome(), texts(d.Reasons()))
			assert.Equal(t, x.limit, d.LimitText())
			assert.Equal(t, x.limit, d.AvailableText())
			assert.Equal(t, x.effect, d.LimitOverride())
			reasons := texts(d.Reasons())
			if x.binding == "" && d.Binding() != "" {
				reasons = reasons[:len(reasons)-1]
			} else {
				assert.Equal(t, x.binding, d.Binding())
			}
			assert.Equal(t, x.reasons, reasons)
			calculated, ok := d.CalculatedLimit()
			assert.True(t, ok)
			assert.Equal(t, x.calculated, calculated.String())
			until, _ := d.ValidUntil()
			assert.Equal(t, x.until, until.String())
		})
	}

	d := decide(t, p, by(1500))
	assert.Equal(t, "committee", d.Approval(), "the limit that was given is approved, not the one worked out")
	f := fields(t, d)
	assert.Equal(t, "1000.00", f["calculated_limit"])
	assert.Equal(t, map[string]any{"limit": "1500.00", "limit_effect": "applied", "by": "committee", "reason": "long known"}, f["override"])
	f = fields(t, decide(t, p, by("1500.01")))
	assert.Nil(t, f["calculated_limit"])
	assert.Equal(t, map[string]any{"limit": "1500.01", "limit_effect": "refused", "by": "committee", "reason": "long known"}, f["override"])
	f = fields(t, decide(t, p, by(1500, "grade", "D", "until", "2024-07-01")))
	assert.Equal(t, map[string]any{"grade": "D", "grade_effect": "refused", "limit": "1500.00", "limit_effect": "applied", "by": "committee", "reason": "long known",
		"until": "2024-07-01"}, f["override"])
	assert.NotContains(t, fields(t, decide(t, p, policy.Record{"n": 75, "sales": 1000, "members": false, "override": policy.Record{"by": "committee"}})), "override")

	assert.Equal(t, "allowed", decide(t, p, by(1500, "order", 1500)).Request())
	assert.Equal(t, "held", decide(t, p, by(1500, "order", "1500.01")).Request())
}

func TestALimitByHandDoesNotMakeUpForEverything(t *testing.T) {
	p := load(t, limitByHandPolicy)
	signed := policy.Record{"limit": 1500, "reason": "long known", "by": "committee"}

	d := decide(t, p, policy.Record{"n": 10, "sales": 1000, "members": false, "override": signed})
	assert.Equal(t, policy.Rejected, d.Outcome())
	assert.Equal(t, "0.00", d.LimitText(), "a rejected customer has no limit, whoever gives him one")
	assert.Empty(t, d.LimitOverride())
	assert.Equal(t, []string{"the grade is D"}, texts(d.Reasons()))
	assert.Equal(t, map[string]any{"limit": "1500.00", "by": "committee", "reason": "long known"}, fields(t, d)["override"], "it is on record all the same")

	d = decide(t, p, policy.Record{"n": 75, "members": false, "override": signed})
	assert.Equal(t, policy.Referred, d.Outcome(), "without sales nobody knows what may be given")
	assert.Equal(t, "unknown", d.LimitOverride())
	assert.Equal(t, []string{"sales"}, d.Missing())
	assert.Contains(t, texts(d.Reasons()), "it cannot be told whether the limit given by hand is allowed")

	d = decide(t, p, policy.Record{"n": 75, "sales": 1000, "override": signed})
	assert.Equal(t, policy.Referred, d.Outcome(), "nor where it is not known whether he is a member")
	assert.Equal(t, []string{"members"}, d.Missing())

	free := load(t, "policy: p\nversion: \"1\"\ninputs: {sales: number}\ncredit: {limit: [{set: sales}], override: {}, valid: 1 month}\n")
	d = decide(t, free, policy.Record{"override": signed})
	assert.Equal(t, policy.Admitted, d.Outcome(), "a limit by hand is one where none could be worked out")
	assert.Equal(t, "1500.00", d.LimitText())
	assert.Equal(t, []string{"sales"}, d.Missing(), "but what was missing is said")
	_, ok := d.CalculatedLimit()
	assert.False(t, ok)
	assert.NotContains(t, fields(t, d), "calculated_limit")
}

func TestALimitByHandIsSignedAndAnAmount(t *testing.T) {
	p := load(t, limitByHandPolicy)
	for want, o := range map[string]policy.Record{
		"field \"override.reason\": it is required together with override.limit, but absent [required]\n" +
			"field \"override.by\": it is required together with override.limit, but absent [required]": {"limit": 5},
		`field "override.reason": it is required together with override.limit, but absent [required]`: {"limit": 5, "by": "committee", "reason": " "},
		`field "override.limit": -1 is out of range; allowed: 0 or more [range]`:                      {"limit": -1, "by": "committee", "reason": "x"},
		`field "override.limit": 5.001 is finer than 2 decimals [decimals]`:                           {"limit": "5.001", "by": "committee", "reason": "x"},
	} {
		assert.Equal(t, want, faultsOf(t, p, policy.Record{"n": 75, "sales": 1000, "members": false, "override": o}))
	}
	gradesOnly := load(t, overridePolicy)
	assert.Contains(t, faultsOf(t, gradesOnly, policy.Record{"n": 75, "override": policy.Record{"limit": 5}}), `field "override.limit": no input has this name`)
}

func TestAGradeByHandEndsTheValidity(t *testing.T) {
	p := load(t, limitByHandPolicy)
	record := func(until any) policy.Record {
		return policy.Record{"n": 75, "sales": 1000, "members": false,
			"override": policy.Record{"grade": "A", "by": "branch", "reason": "long known", "until": until}}
	}
	for _, x := range []struct {
		until         any
		valid, review string
	}{{nil, "2025-06-30", "2026-06-30"}, {"2024-12-31", "2024-12-31", "2024-12-31"}, {"2025-12-31", "2025-06-30", "2025-12-31"},
		{"2027-12-31", "2025-06-30", "2026-06-30"}, {"2024-06-29", "2025-06-30", "2026-06-30"}} {
		d := decide(t, p, record(x.until))
		valid, _ := d.ValidUntil()
		review, _ := d.NextReview()
		assert.Equal(t, [2]string{x.valid, x.review}, [2]string{valid.String(), review.String()}, "until %v", x.until)
	}
}

// Who is no longer qualified loses what he had at once: nothing of his is valid, and nothing is to be reviewed.
func TestNothingOfARejectedCustomerIsValid(t *testing.T) {
	p := load(t, "policy: p\nversion: \"1\"\ninputs: {n: number}\nscoring: {indicators: [{id: one, weight: 100, formula: n}]}\n"+
		"grade: {scale: [{grade: A, min: 50}, {grade: C, min: 0, outcome: reject, valid: 6 months}], valid: 12 months}\n")
	d := decide(t, p, policy.Record{"n": 50})
	day, ok := d.ValidUntil()
	assert.True(t, ok)
	assert.Equal(t, "2025-06-30", day.String())
	d = decide(t, p, policy.Record{"n": "49.99"})
	assert.Equal(t, "C", d.Grade(), "for information")
	_, ok = d.ValidUntil()
	assert.False(t, ok)
	_, ok = d.NextReview()
	assert.False(t, ok)
	assert.NotContains(t, fields(t, d), "next_review")
}

// What the override's ceiling reads is the limit that was worked out; the explanation shows both.
func TestALimitByHandIsExplained(t *testing.T) {
	p := load(t, limitByHandPolicy)
	d := decide(t, p, policy.Record{"n": 75, "sales": 1000, "members": false,
		"override": policy.Record{"limit": 1500, "by": "committee", "reason": "long known", "until": "2024-12-31"}})
	text := d.Explain("en").Text()
	assert.Contains(t, text, "Limit: 1,000.00\n")
	assert.Contains(t, text, "Limit given by hand: 1,500.00; at most min(limit * 1.5, ceiling ?? 100_000) = 1,500.00; applied: by committee, reason: long known, until 2024-12-31")
	assert.Contains(t, d.Explain("zh").Text(), "人工调整额度：1,500.00；最高 min(limit * 1.5, ceiling ?? 100_000) = 1,500.00；采用：调整人：committee，原因：long known，有效至：2024-12-31")
	assert.Contains(t, p.Document("en"), "The limit may be set by hand, with reason, author and expiry; to no more than `min(limit * 1.5, ceiling ?? 100_000)`; by committee only.")
}

func TestFaultsOfLimitsByHand(t *testing.T) {
	for src, want := range map[string]string{
		"credit: {limit: [{id: override, set: n}], override: {}}\n":     "a step cannot be called override",
		"credit: {limit: [{set: n}], override: {at_most: 0}}\n":         "no limit can be given by hand: at most 0 is allowed",
		"credit: {limit: [{set: n}], override: {by: []}}\n":             "nobody may give a limit by hand: the list is empty",
		"credit: {limit: [{set: n}], override: {at_most: yes}}\n":       "",
		"credit: {limit: [{set: n}], override: {at_most: available}}\n": "cannot be worked out",
	} {
		_, err := policy.Parse("p.yaml", []byte("policy: p\nversion: \"1\"\ninputs: {n: number}\n"+src))
		require.Error(t, err, src)
		assert.Contains(t, err.Error(), want, src)
	}
}
