package policy_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// Only policy, version and inputs are needed; every other section may be absent.
func TestPoliciesWithoutSomeSections(t *testing.T) {
	head := "policy: p\nversion: \"1\"\ninputs: {n: {type: number}}\n"
	t.Run("inputs alone", func(t *testing.T) {
		p := load(t, head)
		d := decide(t, p, policy.Record{"n": 5})
		assert.Equal(t, policy.Admitted, d.Outcome())
		for name, text := range map[string]string{
			"score": d.ScoreText(), "grade": d.Grade(), "grade before": d.GradeBefore(), "limit": d.LimitText(), "binding": d.Binding(),
			"approval": d.Approval(), "available": d.AvailableText(), "request": d.Request(), "customer": d.Customer(),
		} {
			assert.Empty(t, text, name)
		}
		assert.Empty(t, d.Criteria())
		assert.Empty(t, d.Indicators())
		assert.Empty(t, p.Grades())
		assert.False(t, p.HasScore())
		assert.False(t, p.HasLimit())
		_, ok := d.ValidUntil()
		assert.False(t, ok)
		j := fields(t, d)
		for _, key := range []string{"criteria", "indicators", "values", "score", "grade", "limit", "exposure", "available", "valid_until"} {
			assert.NotContains(t, j, key)
		}
	})
	t.Run("admission alone", func(t *testing.T) {
		p := load(t, head+"admission: [{id: size, require: n > 5}]\n")
		assert.Equal(t, policy.Admitted, decide(t, p, policy.Record{"n": 6}).Outcome())
		d := decide(t, p, policy.Record{"n": 5})
		assert.Equal(t, policy.Rejected, d.Outcome())
		assert.Equal(t, []string{"the criterion size is not met"}, texts(d.Reasons()))
		assert.NotContains(t, fields(t, d), "limit", "there are none, not even 0")
	})
	t.Run("a score without grades", func(t *testing.T) {
		d := decide(t, load(t, head+"scoring: {indicators: [{id: one, weight: 100, formula: n}]}\n"), policy.Record{"n": "99.999"})
		assert.Equal(t, "100.00", d.ScoreText())
		assert.Empty(t, d.Grade())
	})
	t.Run("a grade without a score", func(t *testing.T) {
		p := load(t, head+"values: {which: \"n > 5 ? 'A' : 'B'\"}\ngrade:\n  of: which\n  scale: [{grade: A}, {grade: B, outcome: refer, valid: 3 months}]\n  valid: 1 year\n")
		d := decide(t, p, policy.Record{"n": 6})
		assert.Equal(t, "A", d.Grade())
		assert.Equal(t, policy.Admitted, d.Outcome())
		until, ok := d.ValidUntil()
		assert.True(t, ok)
		assert.Equal(t, "2025-06-30", until.String())
		d = decide(t, p, policy.Record{"n": 5})
		assert.Equal(t, "B", d.Grade())
		assert.Equal(t, policy.Referred, d.Outcome())
		until, _ = d.ValidUntil()
		assert.Equal(t, "2024-09-30", until.String(), "a grade may have a time of its own")
		d = decide(t, p, policy.Record{})
		assert.Empty(t, d.Grade())
		assert.Equal(t, policy.Referred, d.Outcome())
		assert.Equal(t, []string{"n"}, d.Missing())
		assert.Equal(t, []string{"the grade cannot be told"}, texts(d.Reasons()))
	})
	t.Run("a limit alone", func(t *testing.T) {
		p := load(t, head+"credit: {limit: [{set: n * 3}]}\n")
		d := decide(t, p, policy.Record{"n": "0.335"})
		assert.Equal(t, "1.01", d.LimitText(), "1.005 is rounded half up")
		assert.Equal(t, "1.01", d.AvailableText(), "nothing is used")
		assert.Empty(t, d.Approval(), "nobody needs to")
		d = decide(t, p, policy.Record{})
		assert.Equal(t, policy.Referred, d.Outcome())
		assert.Equal(t, []string{"the limit cannot be worked out"}, texts(d.Reasons()))
	})
	t.Run("an exposure alone", func(t *testing.T) {
		d := decide(t, load(t, head+"credit: {exposure: [n]}\n"), policy.Record{"n": 7})
		exposure, ok := d.Exposure()
		assert.True(t, ok)
		assert.Equal(t, "7.00", exposure.StringFixed(2))
	})
}

func TestRounding(t *testing.T) {
	card := "scoring:\n  indicators: [{id: a, weight: 50, formula: n}, {id: b, weight: 50, formula: n}]\ncredit: {limit: [{set: n}]}\n"
	for _, x := range []struct {
		rounding, n          string
		points, score, limit string
	}{
		{"{}", "1.005", "1.01", "2.02", "1.01"}, // 2 places half up where the policy says nothing
		{"{points: 1}", "1.05", "1.1", "2.20", "1.05"},
		{"{points: exact}", "1.005", "1.005", "2.01", "1.01"},
		{"{points: exact, score: 0}", "0.75", "0.75", "2", "0.75"},
		{"{mode: half_even}", "1.005", "1", "2.00", "1.00"},
		{"{mode: down, money: 0}", "1.999", "1.99", "3.98", "1"},
		{"{mode: ceiling, money: 0}", "1.001", "1.01", "2.02", "2"},
		{"{points: exact, score: exact}", "1.005", "1.005", "2.01", "1.01"},
	} {
		p := load(t, "policy: p\nversion: \"1\"\nrounding: "+x.rounding+"\ninputs: {n: {type: number}}\n"+card)
		d := decide(t, p, policy.Record{"n": x.n})
		points, ok := d.Points("a")
		assert.True(t, ok)
		assert.Equal(t, x.points, points.String(), x.rounding)
		assert.Equal(t, x.score, d.ScoreText(), x.rounding)
		assert.Equal(t, x.limit, d.LimitText(), x.rounding)
	}

	// What does not end is shown to 12 places, with the fraction beside it, and compared as it is.
	p := load(t, "policy: p\nversion: \"1\"\nrounding: {points: exact, score: exact}\ninputs: {n: {type: number}}\n"+
		"scoring: {indicators: [{id: a, weight: 100, formula: n / 3}]}\ngrade: {scale: [{grade: A, above: 33.333333333333}, {grade: B}]}\n")
	d := decide(t, p, policy.Record{"n": 100})
	assert.Equal(t, "33.333333333333", d.ScoreText())
	assert.Equal(t, "A", d.Grade(), "a third is more than what is shown of it")
	exact, ok := d.ExactScore()
	assert.True(t, ok)
	assert.Equal(t, "100/3", exact.Fraction())
	assert.Equal(t, "100/3", fields(t, d)["score_exact"])
	for n, want := range map[string]string{"99": "33", "99.375": "33.125", "0.000000000003": "0.000000000001"} {
		d = decide(t, p, policy.Record{"n": n})
		assert.Equal(t, want, d.ScoreText())
		assert.NotContains(t, fields(t, d), "score_exact", "it is all there")
	}
}

// Dotted names, lists and records: members of a group in several currencies.
const groupPolicy = `
policy: group
version: "1"
inputs:
  applicant.age:   {type: number, decimals: 0}
  applicant.name:  {type: string, required: true}
  members: {type: list, of: {amount: {type: number}, ccy: {type: string}, since: {type: date}}}
  rates:   {type: record, of: {CNY: {type: number}, USD: {type: number}, EUR: {type: number}}}
  scores:  {type: list, of: number}
values:
  in_cny:  sum(members, .amount * rates[.ccy])
  dollars: sum(filter(members, .ccy == 'USD'), .amount)
  first:   members[0].amount
  known:   all(members, has(.since))
  young:   applicant.age < 30
  many:    len(members) > 2 and applicant.name != ''
  mean_of: mean(scores)
  worst:   min(scores)
  fair:    clean(mean_of) + clean(worst)
functions:
  clean(x): clamp(round(x, 1), 0, 10)
credit:
  limit: [{set: 1000}]
  exposure: ['sum(members, .amount * rates[.ccy])']
`

func TestNestedInputsListsAndFunctions(t *testing.T) {
	p := load(t, groupPolicy)
	d := decideJSON(t, p, `{
		"applicant": {"age": 29, "name": "赵"},
		"members": [{"amount": 100, "ccy": "CNY", "since": "2020-01-01"}, {"amount": 10.5, "ccy": "USD", "since": "2021-01-01"}, {"amount": 2, "ccy": "EUR"}],
		"rates": {"CNY": 1, "USD": 7.1, "EUR": 7.75},
		"scores": [8, 9.5, "3.25"]
	}`)
	for name, want := range map[string]string{
		"in_cny":  "190.05", // 100 + 74.55 + 15.5
		"dollars": "10.5", "first": "100", "known": "false", "young": "true", "many": "true",
		"mean_of": "6.916666666667", // 20.75 / 3
		"worst":   "3.25",
		"fair":    "10.2", // 6.9 + 3.3
	} {
		got, ok := d.Value(name)
		assert.True(t, ok, name)
		assert.Equal(t, want, got, name)
	}
	assert.Equal(t, "809.95", d.AvailableText())
	assert.Equal(t, "赵", d.Customer())

	flat := decide(t, p, policy.Record{
		"applicant.age": 29, "applicant.name": "赵", "scores": []string{"8", "9.5", "3.25"},
		"members": []map[string]any{{"amount": 100, "ccy": "CNY", "since": "2020-01-01"}, {"amount": "10.5", "ccy": "USD", "since": "2021-01-01"}, {"amount": 2, "ccy": "EUR"}},
		"rates":   map[string]any{"CNY": 1, "USD": "7.1", "EUR": "7.75"},
	})
	assert.Equal(t, string(d.AppendJSON(nil)), string(flat.AppendJSON(nil)))

	// A currency without a rate, an amount that is absent, a list without an item: what needs them is missing.
	d = decideJSON(t, p, `{"applicant": {"name": "钱"}, "members": [{"amount": 1, "ccy": "JPY"}], "rates": {"CNY": 1}}`)
	assert.Equal(t, policy.Referred, d.Outcome())
	assert.Equal(t, []string{"the exposure cannot be worked out"}, texts(d.Reasons()))
	assert.Equal(t, []string{"rates[.ccy]"}, d.Undefined())
	d = decideJSON(t, p, `{"applicant": {"name": "孙"}, "members": [{"ccy": "CNY"}], "rates": {"CNY": 1}}`)
	assert.Equal(t, policy.Referred, d.Outcome())
	assert.Equal(t, []string{"members.amount"}, d.Missing())
	d = decideJSON(t, p, `{"applicant": {"name": "李"}, "members": [], "rates": {}, "scores": []}`)
	assert.Equal(t, policy.Admitted, d.Outcome())
	assert.Equal(t, "1000.00", d.AvailableText(), "nobody owes nothing")
	for _, name := range []string{"first", "mean_of", "worst", "fair"} {
		_, ok := d.Value(name)
		assert.False(t, ok, name)
	}
}

// Later sections, and criteria too, may read points, score, grade, limit, exposure and available.
func TestSectionsReadEachOther(t *testing.T) {
	p := load(t, `
policy: p
version: "1"
inputs: {n: {type: number}, used: {type: number}}
admission:
  - {id: score, require: score >= 40, otherwise: refer}
  - {id: part, require: 'points["on-time"] > 0', otherwise: warn, reason: never on time}
  - {id: good, require: grade >= 'B'}
  - {id: used, require: exposure <= limit and available >= 0, otherwise: warn}
scoring:
  indicators:
    - {id: on-time, weight: 60, formula: n}
    - {id: rest, weight: 40, formula: n - 20}
grade:
  scale: [{grade: A, min: 80, factor: 2}, {grade: B, min: 30, factor: 1}, {grade: C, min: 0, factor: 0.5}]
  rules: [{id: late, when: points.rest < 10, at_most: B}]
credit:
  limit: [{set: score * 10}, {multiply: grade.factor}, {id: small, at_most: 'points["on-time"] * 30'}]
  exposure: [used]
`)
	d := decide(t, p, policy.Record{"n": 55, "used": 100})
	assert.Equal(t, policy.Admitted, d.Outcome())
	assert.Equal(t, "90.00", d.ScoreText())
	assert.Equal(t, "1650.00", d.LimitText(), "900 * 2, at most 55 * 30")
	assert.Equal(t, "small", d.Binding())
	assert.Equal(t, "1550.00", d.AvailableText())

	d = decide(t, p, policy.Record{"n": 29, "used": 5000})
	assert.Equal(t, "38.00", d.ScoreText())
	assert.Equal(t, policy.Referred, d.Outcome())
	assert.Equal(t, []string{"score", "used"}, codes(d.Reasons()), "what refers, then what warns")
	d = decide(t, p, policy.Record{"n": 0, "used": 0})
	assert.Equal(t, policy.Rejected, d.Outcome())
	assert.Equal(t, []string{"good", "score", "part"}, codes(d.Reasons()))
	assert.Equal(t, []string{"the criterion good is not met", "the criterion score is not met", "never on time"}, texts(d.Reasons()))

	d = decide(t, p, policy.Record{})
	assert.Equal(t, policy.Referred, d.Outcome(), "what is unknown is not what is bad")
}

const requestPolicy = `
policy: p
version: "1"
inputs: {sales: {type: number}, used: {type: number}, order: {type: number}, days: {type: number}, key: {type: bool}, open: {type: bool}}
credit:
  limit:
    - {id: base, set: sales}
    - {id: cap, at_most: 1000, reason: nobody gets more}
    - {id: open, unlimited: true, when: open}
  exposure: [used, {of: used, weight: 0.5}]
  approval: [{by: clerk, up_to: 500}, {by: head, up_to: sales * 2, when: key}, {by: board}]
  request: {amount: order, over: hold, reason: more than is free}
  holds:
    - {id: late, when: days > 61, unless: key and days < 100, reason: late payer}
    - {id: gone, when: days > 200, over: refuse, code: GONE}
`

func TestRequestsHoldsAndUnlimited(t *testing.T) {
	p := load(t, requestPolicy)
	good := func(changes ...any) policy.Record {
		r := policy.Record{"sales": 800, "used": 200, "order": 500, "days": 5, "key": false, "open": false}
		for i := 0; i < len(changes); i += 2 {
			r[changes[i].(string)] = changes[i+1]
		}
		return r
	}
	for name, x := range map[string]struct {
		record                              policy.Record
		limit, available, request, approval string
		reasons                             []string
	}{
		"just what is free":              {good(), "800.00", "500.00", "allowed", "board", nil},
		"a fen more":                     {good("order", "500.01"), "800.00", "500.00", "held", "board", []string{"more than is free"}},
		"late":                           {good("days", 62), "800.00", "500.00", "held", "board", []string{"late payer"}},
		"late and too much":              {good("days", 62, "order", 501), "800.00", "500.00", "held", "board", []string{"more than is free", "late payer"}},
		"a key customer may be late":     {good("days", 62, "key", true), "800.00", "500.00", "allowed", "head", nil},
		"but not that late":              {good("days", 100, "key", true), "800.00", "500.00", "held", "head", []string{"late payer"}},
		"refused beats held":             {good("days", 201), "800.00", "500.00", "refused", "board", []string{"requests are refused: gone", "late payer"}},
		"a bound":                        {good("sales", 1800), "1000.00", "700.00", "allowed", "board", []string{"nobody gets more"}},
		"a small limit, a small office":  {good("sales", 500, "used", 0), "500.00", "500.00", "allowed", "clerk", nil},
		"more used than allowed":         {good("used", 600), "800.00", "-100.00", "held", "board", []string{"more than is free"}},
		"without limit":                  {good("open", true, "order", "1e30"), "unlimited", "unlimited", "allowed", "board", nil},
		"without limit, but late":        {good("open", true, "days", 62), "unlimited", "unlimited", "held", "board", []string{"late payer"}},
		"nothing is asked, nothing held": {good("order", 0), "800.00", "500.00", "allowed", "board", nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := decide(t, p, x.record)
			assert.Equal(t, policy.Admitted, d.Outcome(), "requests are not outcomes")
			assert.Equal(t, x.limit, d.LimitText())
			assert.Equal(t, x.available, d.AvailableText())
			assert.Equal(t, x.request, d.Request())
			assert.Equal(t, x.approval, d.Approval())
			assert.Equal(t, x.reasons, texts(d.Reasons()))
			_, ok := d.Limit()
			assert.Equal(t, x.limit != "unlimited", ok)
			assert.Equal(t, !ok, d.Unlimited())
			assert.Equal(t, x.limit, fields(t, d)["limit"])
		})
	}
	for absent, want := range map[string][]string{
		"order": {"it cannot be told how much is asked for"},
		"days":  {"it cannot be told: late payer", "it cannot be told whether gone holds"},
		"key":   {"it cannot be told who may approve"}, // a referred customer has no limit yet: that says why the order is over
	} {
		d := decide(t, p, without(good(), absent))
		assert.Equal(t, policy.Referred, d.Outcome(), absent)
		assert.Equal(t, []string{absent}, d.Missing())
		assert.Equal(t, want, texts(d.Reasons()))
		assert.Equal(t, "0.00", d.LimitText(), absent)
		assert.Equal(t, "-300.00", d.AvailableText(), "who is referred has nothing yet, but owes what he owes")
		if absent != "key" {
			assert.Equal(t, "unknown", d.Request(), absent)
		}
	}
	d := decide(t, p, without(good("days", 201), "order"))
	assert.Equal(t, "refused", d.Request(), "that is certain, whatever was asked for")
}

func TestGroupsAndSegments(t *testing.T) {
	p := load(t, `
policy: p
version: "1"
inputs: {sales: {type: number}, group_limit: {type: number}, group_used: {type: number}, member: {type: bool}, usd: {type: number}}
credit:
  limit: [{id: base, set: sales}]
  exposure: [usd]
  group: {when: member, limit: group_limit, exposure: [group_used], reason: 集团额度}
  segments:
    - {id: dollars, limit: [{set: sales / 2}, {id: most, at_most: 300}], exposure: [usd]}
    - {id: other, when: usd > 100, limit: [{set: 10_000}]}
`)
	segments := func(d *policy.Decision) any { return fields(t, d)["segments"] }

	d := decide(t, p, policy.Record{"sales": 800, "group_limit": 500, "group_used": 450, "member": true, "usd": 10})
	assert.Equal(t, "500.00", d.LimitText(), "no member gets more than the group")
	assert.Equal(t, "group", d.Binding())
	assert.Equal(t, "50.00", d.AvailableText(), "and what all use comes off it")
	assert.Equal(t, []string{"集团额度"}, texts(d.Reasons()))
	assert.Equal(t, []any{map[string]any{"id": "dollars", "limit": "300.00", "binding": "most", "available": "50.00"}}, segments(d))

	d = decide(t, p, policy.Record{"sales": 800, "group_limit": 500, "group_used": 450, "member": false, "usd": 110})
	assert.Equal(t, "800.00", d.LimitText())
	assert.Equal(t, "690.00", d.AvailableText())
	assert.Equal(t, []any{
		map[string]any{"id": "dollars", "limit": "300.00", "binding": "most", "available": "190.00"},
		map[string]any{"id": "other", "limit": "800.00", "binding": "total", "available": "690.00"},
	}, segments(d), "a part is never more than the whole")

	d = decide(t, p, policy.Record{"sales": 800, "member": true, "usd": 10, "group_used": 0})
	assert.Equal(t, policy.Referred, d.Outcome())
	assert.Equal(t, []string{"group_limit"}, d.Missing())
	assert.Equal(t, []string{"the limit cannot be worked out"}, texts(d.Reasons()))
	d = decide(t, p, policy.Record{"sales": 800, "member": false, "usd": 10})
	assert.Equal(t, policy.Admitted, d.Outcome(), "who is no member needs no group")
}

const overridePolicy = `
policy: p
version: "1"
inputs: {n: {type: number}}
scoring: {indicators: [{id: one, weight: 100, formula: n}]}
grade:
  scale: [{grade: A, min: 90}, {grade: B, min: 70}, {grade: C, min: 50}, {grade: D, min: 0, outcome: reject}, {grade: M, off_scale: true, title: new}]
  rules:
    - {id: zero, when: n == 0, grade: M, reason: new customer}
    - {id: low, when: n < 60, at_most: C}
  override: {max_notches: 1}
`

// A grade given by hand comes with the record: the decision keeps both.
func TestOverridesByHand(t *testing.T) {
	p := load(t, overridePolicy)
	by := func(grade string, more ...any) policy.Record {
		o := policy.Record{"grade": grade, "reason": "long known", "by": "Li"}
		for i := 0; i < len(more); i += 2 {
			o[more[i].(string)] = more[i+1]
		}
		return policy.Record{"n": 75, "override": o}
	}
	for name, x := range map[string]struct {
		record  policy.Record
		grade   string
		reasons []string
	}{
		"one up":               {by("A"), "A", []string{"the grade was set by hand to A by Li: long known"}},
		"one down":             {by("C"), "C", []string{"the grade was set by hand to C by Li: long known"}},
		"on its last day":      {by("A", "until", "2024-06-30"), "A", []string{"the grade was set by hand to A by Li: long known"}},
		"expired":              {by("A", "until", "2024-06-29"), "B", []string{"the override by hand has expired and is ignored"}},
		"two down":             {by("D"), "B", []string{"the override by hand is not taken: it is 2 steps from B, and 1 are allowed"}},
		"off the ladder":       {by("M"), "B", []string{"the override by hand is not taken: from B it is no number of steps on the ladder, and 1 are allowed"}},
		"the grade he has":     {by("B"), "B", nil},
		"no grade, no matter":  {policy.Record{"n": 75, "override": policy.Record{"by": "Li"}}, "B", nil},
		"none at all":          {policy.Record{"n": 75}, "B", nil},
		"flat":                 {policy.Record{"n": 75, "override.grade": "A", "override.by": "Li", "override.reason": "known"}, "A", []string{"the grade was set by hand to A by Li: known"}},
		"a veto is no opinion": {policy.Record{"n": 55, "override.grade": "B", "override.by": "Li", "override.reason": "known"}, "C", []string{"the override by hand is not taken: rule low allows C at most"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := decide(t, p, x.record)
			assert.Equal(t, x.grade, d.Grade())
			assert.Equal(t, x.reasons, texts(d.Reasons()))
			assert.Empty(t, d.Customer(), "who set the grade is not the customer")
			assert.Empty(t, d.Missing())
		})
	}
	d := decide(t, p, by("A"))
	assert.Equal(t, "B", d.GradeBefore())
	assert.Equal(t, "B", fields(t, d)["grade_scored"])
	assert.Equal(t, []any{map[string]any{"kind": "override", "effect": "applied", "from": "B", "to": "A"}}, fields(t, d)["grade_steps"])

	d = decide(t, p, policy.Record{"n": 0})
	assert.Equal(t, "M", d.Grade())
	assert.Equal(t, policy.Admitted, d.Outcome())
	d = decide(t, p, policy.Record{"n": 5})
	assert.Equal(t, policy.Rejected, d.Outcome())
	assert.Equal(t, []string{"the grade is D"}, texts(d.Reasons()))

	assert.Contains(t, faultsOf(t, p, policy.Record{"n": 75, "override": policy.Record{"grade": "E"}}), `field "override.grade": "E" is not a grade`)
	assert.Equal(t, "field \"override.reason\": it is required together with override.grade, but absent [required]\n"+
		"field \"override.by\": it is required together with override.grade, but absent [required]",
		faultsOf(t, p, policy.Record{"n": 75, "override": policy.Record{"grade": "A"}}), "who changes a grade by hand signs for it")
	closed := load(t, "policy: p\nversion: \"1\"\ninputs: {n: {type: number}}\nscoring: {indicators: [{id: one, weight: 100, formula: n}]}\ngrade: {scale: [{grade: A, min: 90}, {grade: B, min: 0}]}\n")
	assert.Equal(t, `field "override": no input has this name [unknown]`, faultsOf(t, closed, policy.Record{"n": 75, "override": policy.Record{"grade": "A"}}),
		"only a policy that opens itself to overrides takes them")
}

// What a rule caps stays capped, whatever lifts it later; the reason is told.
func TestACapThatHoldsToTheEndIsAReason(t *testing.T) {
	p := load(t, `
policy: p
version: "1"
inputs: {n: {type: number}, late: {type: bool}, vip: {type: bool}, last: {type: grade}}
scoring: {indicators: [{id: one, weight: 100, formula: n}]}
grade:
  scale: [{grade: A, min: 90}, {grade: B, min: 70}, {grade: C, min: 0}]
  rules:
    - {id: late, when: late, at_most: C, reason: pays late}
    - {id: vip, when: vip, at_least: B, reason: is known}
  transitions: {from: last, max_up: 0, reason: no way up this year}
`)
	d := decide(t, p, policy.Record{"n": 60, "late": true, "vip": true})
	assert.Equal(t, "C", d.Grade())
	assert.Equal(t, []string{"is known", "pays late"}, texts(d.Reasons()))
	d = decide(t, p, policy.Record{"n": 95, "late": false, "vip": false, "last": "B"})
	assert.Equal(t, "B", d.Grade())
	assert.Equal(t, []string{"no way up this year"}, texts(d.Reasons()))
}

// A value may say what stands in for it where it is missing.
func TestValuesWithAFallback(t *testing.T) {
	p := load(t, "policy: p\nversion: \"1\"\ninputs: {a: {type: number}, b: {type: number}}\nvalues:\n  sum: {expr: a + b, missing: 0}\n  either: a ?? b\n  both: a + b\n  seen: has(a)\ncredit: {limit: [{set: sum}]}\n")
	d := decide(t, p, policy.Record{"a": 5})
	assert.Equal(t, policy.Admitted, d.Outcome())
	assert.Equal(t, "0.00", d.LimitText())
	assert.Equal(t, []string{"b"}, d.Missing(), "it mattered; what nobody asked for did not")
	either, ok := d.Value("either")
	assert.True(t, ok)
	assert.Equal(t, "5", either)
	_, ok = d.Value("both")
	assert.False(t, ok)
	seen, _ := d.Value("seen")
	assert.Equal(t, "true", seen)

	_, err := policy.Parse("policy.yaml", []byte("policy: p\nversion: \"1\"\ninputs: {a: {type: number}}\nvalues:\n  x: {expr: a, missing: \"'none'\"}\n"))
	require.ErrorContains(t, err, "x is a number, so a string cannot stand in for it")
}

// Reasons come in the language of the policy, or in the one that is asked for.
func TestReasonsInTwoLanguages(t *testing.T) {
	p := load(t, `
policy: p
version: "1"
title: {zh: 办法, en: Measures}
inputs: {a: {type: number}, b: {type: number}, c: {type: number}}
admission:
  - {id: a, require: a > 0, reason: {zh: 甲不足, en: too little a}}
  - {id: b, require: b > 0, title: {zh: 乙, en: the b}, otherwise: refer}
  - {id: c, require: c > 0, reason: 丙不足}
`)
	d := decide(t, p, policy.Record{"a": 0, "b": 0})
	assert.Equal(t, []string{"甲不足", "不符合准入条件：乙", "无法判断：丙不足"}, texts(d.ReasonsIn("zh")))
	assert.Equal(t, []string{"too little a", "the criterion the b is not met", "it cannot be told: 丙不足"}, texts(d.ReasonsIn("en")))
	assert.Equal(t, texts(d.ReasonsIn("zh")), texts(d.Reasons()), "the policy is Chinese")
	for _, r := range d.Reasons() {
		assert.Equal(t, map[string]policy.Effect{"a": policy.Rejects, "b": policy.Refers, "c": policy.Refers}[r.Code], r.Effect)
	}
	assert.Equal(t, []string{"c"}, d.Reasons()[2].Missing)
}

const groupedPolicy = `
policy: p
version: "1"
inputs: {a: {type: number}, b: {type: number}, c: {type: number}, ok: {type: bool}}
scoring:
  indicators: [{id: c, weight: 40, formula: c}]
  groups:
    - {id: ratios, weight: 60, total: 10, indicators: [{id: a, weight: 6, formula: a, missing: reweight}, {id: b, weight: 4, formula: b, missing: reweight}]}
    - {id: good, weight: 0.5, total: 1, indicators: [{id: ok, weight: 1, of: ok, categories: {true: 1, false: 0}, missing: reweight}]}
  total: 100.5
values: {share: points.ratios / 60, fine: ok}
`

func TestScorecards(t *testing.T) {
	t.Run("adjustments and caps", func(t *testing.T) {
		p := load(t, `
policy: p
version: "1"
inputs: {n: {type: number}, fair: {type: bool}, late: {type: bool}}
scoring:
  indicators: [{id: one, weight: 100, formula: n}]
  adjustments: [{id: bonus, when: fair, add: 5, reason: is fair}, {id: malus, when: late, add: -10}]
  caps: [{id: late, when: late and not fair, at_most: 60, reason: pays late}]
`)
		d := decide(t, p, policy.Record{"n": 98, "fair": true, "late": false})
		assert.Equal(t, "100.00", d.ScoreText(), "never more than the total")
		assert.Equal(t, []string{"is fair"}, texts(d.Reasons()))
		d = decide(t, p, policy.Record{"n": 98, "fair": false, "late": true})
		assert.Equal(t, "60.00", d.ScoreText())
		assert.Equal(t, []string{"malus: -10 points", "pays late"}, texts(d.Reasons()))
		d = decide(t, p, policy.Record{"n": 5, "fair": false, "late": true})
		assert.Equal(t, "0.00", d.ScoreText(), "never below 0")
		d = decide(t, p, policy.Record{"n": 98, "fair": true})
		assert.Equal(t, policy.Referred, d.Outcome())
		assert.Empty(t, d.ScoreText())
		assert.Equal(t, []string{"there is no score"}, texts(d.Reasons()))
	})
	t.Run("groups with weights of their own", func(t *testing.T) {
		p := load(t, groupedPolicy)
		d := decide(t, p, policy.Record{"a": 3, "b": 4, "c": 40, "ok": false})
		assert.Equal(t, "82.00", d.ScoreText(), "40 + (3 + 4) / 10 * 60")
		share, _ := d.Value("share")
		assert.Equal(t, "0.7", share)
		d = decide(t, p, policy.Record{"a": 3, "c": 40, "ok": false})
		assert.Equal(t, "70.00", d.ScoreText(), "40 + 3 * 10/6 / 10 * 60: b is shared out within its group")
		d = decide(t, p, policy.Record{"c": 40, "ok": false})
		assert.Equal(t, "99.26", d.ScoreText(), "40 * 100.5/40.5: a group of which nothing is there is left out as a whole")
	})
	t.Run("points with ranked reasons", func(t *testing.T) {
		p := load(t, `
policy: p
version: "1"
inputs: {age: {type: number}, job: {type: string}}
scoring:
  combine: {points: {initial: 100, reasons: below}}
  indicators:
    - {id: age, of: age, baseline: 20, code: AGE, reason: too young, bands: [{min: 40, points: 20}, {min: 25, points: 12}, {points: -5}]}
    - {id: job, of: job, baseline: 15, reason: the job, categories: {teacher: 15, [artist, writer]: 10, otherwise: 0}}
`)
		d := decide(t, p, policy.Record{"age": 20, "job": "artist"})
		assert.Equal(t, "105.00", d.ScoreText(), "100 - 5 + 10, and no bounds")
		assert.Equal(t, []string{"AGE", "job"}, codes(d.Reasons()), "25 below the baseline, 5 below")
		d = decide(t, p, policy.Record{"age": 41, "job": "teacher"})
		assert.Equal(t, "135.00", d.ScoreText())
		assert.Empty(t, d.Reasons())
	})
}

// Where the policy leaves a gap on purpose, or asks for what is missing, a person decides, and is told why.
func TestGapsThatRefer(t *testing.T) {
	p := load(t, `
policy: p
version: "1"
inputs: {n: {type: number}, known: {type: bool}, last: {type: grade}, steps: {type: number}, usd: {type: number}, order: {type: number}}
scoring: {indicators: [{id: one, weight: 100, formula: n}]}
grade:
  scale: [{grade: A, min: 90}, {grade: B, min: 50, max: 80}, {grade: C, min: 0}, {grade: M, off_scale: true}]
  gaps: refer
  rules: [{id: new, when: not known, grade: M}]
  transitions: {from: last, max_up: steps}
credit:
  limit: [{set: n * 100}]
  gaps: refer
  approval: [{by: clerk, up_to: 9200}]
  request: {amount: order, over: refuse}
  segments: [{id: dollars, title: in dollars, limit: [{set: usd}]}]
`)
	good := policy.Record{"n": 92, "known": true, "last": "A", "steps": 1, "usd": 5, "order": 0}
	with := func(name string, v any) policy.Record {
		r := without(good)
		r[name] = v
		return r
	}
	for name, x := range map[string]struct {
		record  policy.Record
		outcome policy.Outcome
		grade   string
		reasons []string
	}{
		"nothing":                      {good, policy.Admitted, "A", nil},
		"a score between the grades":   {with("n", 85), policy.Referred, "", []string{"no row of the scale holds for the score"}},
		"a limit that nobody approves": {with("n", "92.01"), policy.Referred, "A", []string{"nobody may approve this limit"}},
		"how far up":                   {without(with("last", "B"), "steps"), policy.Referred, "A", []string{"it cannot be told how far the grade may move"}},
		"how far up does not matter":   {without(good, "steps"), policy.Admitted, "A", nil},
		"a part of the limit":          {without(good, "usd"), policy.Referred, "A", []string{"the limit of in dollars cannot be worked out"}},
		"a request over the limit":     {with("order", "9200.01"), policy.Admitted, "A", []string{"the amount asked for is more than is available"}},
		"a grade without a score":      {without(with("known", false), "n"), policy.Referred, "M", []string{"the indicator one cannot be scored", "the limit cannot be worked out", "the rule new changes the grade from none to M"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := decide(t, p, x.record)
			assert.Equal(t, x.outcome, d.Outcome())
			assert.Equal(t, x.grade, d.Grade())
			assert.Equal(t, x.reasons, texts(d.Reasons()))
		})
	}
}
