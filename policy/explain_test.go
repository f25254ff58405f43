package policy_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// dealers returns a policy with as many parts as there are, and four customers: one who is admitted and whose request is held,
// one with missing data who is referred, one of whom hardly anything is known, and one who is rejected.
func dealers(t testing.TB) map[string]*policy.Decision {
	t.Helper()
	p, err := policy.LoadFile("testdata/explain/dealer.yaml")
	require.NoError(t, err)
	f, err := os.Open("testdata/explain/dealers.json")
	require.NoError(t, err)
	defer f.Close()
	customers, err := p.Customers(f, policy.JSON)
	require.NoError(t, err)
	out := map[string]*policy.Decision{}
	for _, name := range []string{"held", "missing", "unknown", "rejected"} {
		d := new(policy.Decision)
		_, err := customers.Decide(d, policy.AsOf(policy.NewDate(2026, 6, 30)))
		require.NoError(t, err)
		out["dealer-"+name] = d
	}
	return out
}

// Explanations as they are printed: whoever changes one looks at it.
func TestExplanationsAsPrinted(t *testing.T) {
	p := contract(t)
	decisions := dealers(t)
	decisions["contract-admitted"] = decide(t, p, customer())
	decisions["contract-referred"] = decide(t, p, customer("registered_capital", nil, "net_assets", 10_000_000, "last_year_purchase", 0, "debt_ratio", nil))
	decisions["contract-rejected"] = decide(t, p, customer("licence_expires", "2024-06-29", "overdue_days", 91, "safety_incidents", 1))
	decisions["contract-nothing"] = decide(t, p, policy.Record{"name": "\x1b[31m|*红*|\u202e\n"})
	decisions["limit-by-hand"] = decideJSON(t, load(t, limitByHandPolicy), limitByHand)
	decisions["override"] = decideJSON(t, load(t, overridePolicy), `{"n": 75, "override": {"grade": "A", "by": "Li", "reason": "long known"}}`)
	decisions["modified"] = decide(t, published(t, "cn-efficacy-coefficient"), efficacyCustomer())
	for name, d := range decisions {
		for _, lang := range []string{"zh", "en"} {
			e := d.Explain(lang)
			e.Next = d.NextGrade(lang)
			golden(t, "explain/"+name+"."+lang+".txt", e.Text())
			golden(t, "explain/"+name+"."+lang+".md", e.Markdown())
		}
		e := d.Explain("")
		e.Next = d.NextGrade("")
		b, err := e.JSON()
		require.NoError(t, err)
		require.True(t, json.Valid(b))
		golden(t, "explain/"+name+".json", string(b))
	}
}

// An explanation is of what the decision holds, and leaves that alone.
func TestExplainingChangesNothing(t *testing.T) {
	for name, d := range dealers(t) {
		kept := d.Clone()
		before := told(d)
		text := d.Explain("en").Text()
		next := d.NextGrade("en")
		require.Equal(t, before, told(d), name)
		require.Equal(t, text, d.Explain("en").Text(), "%s: the same again", name)
		require.Equal(t, next, d.NextGrade("en"), name)
		require.NoError(t, d.Policy().DecideInto(d, policy.Record{"name": "another"}, asOf2026))
		require.Equal(t, text, kept.Explain("en").Text(), "%s: a clone is explained like the decision that it was made of", name)
	}
}

var asOf2026 = policy.AsOf(policy.NewDate(2026, 6, 30))

func TestNobodyExplainsADecisionThatNobodyMade(t *testing.T) {
	d := new(policy.Decision)
	assert.Nil(t, d.Explain("zh"))
	assert.Nil(t, d.NextGrade("zh"))
	assert.Nil(t, d.Groups())
	assert.Nil(t, d.Adjustments())
	assert.Nil(t, d.Caps())
	assert.Nil(t, d.GradeSteps())
	assert.Nil(t, d.LimitSteps())
	assert.Nil(t, d.Segments())
	assert.True(t, d.Adjusted().Equal(policy.Number{}))
	_, ok := d.Combined()
	assert.False(t, ok)
	rows, chosen := d.Rows("risk")
	assert.Empty(t, rows)
	assert.Zero(t, chosen)
}

// What an explanation shows can also be asked for, part by part.
func TestPartsOfADecision(t *testing.T) {
	d := dealers(t)["dealer-held"]

	groups := d.Groups()
	require.Len(t, groups, 2)
	assert.Equal(t, "finance", groups[0].ID)
	assert.Equal(t, "46.06", groups[0].Score.String())
	assert.Equal(t, "36.85", groups[0].Points.String(), "46.06 of 50, scaled to 40, rounded")
	assert.Equal(t, "18.79", groups[1].Points.String(), "what only gathers has the points of what is in it")

	adjustments := d.Adjustments()
	require.Len(t, adjustments, 4, "those of the card, then that of the group")
	assert.Equal(t, policy.Adjustment{ID: "loyal", Title: "老客户", Holds: true, Points: number("4")}, adjustments[0])
	assert.Equal(t, "6", d.Adjusted().String(), "4 + 4 - 1, and 6 at most")
	combined, ok := d.Combined()
	require.True(t, ok)
	assert.Equal(t, "86.14", combined.String())

	require.Len(t, d.Caps(), 1)
	assert.False(t, d.Caps()[0].Holds)

	steps := d.GradeSteps()
	require.Len(t, steps, 3)
	assert.Equal(t, policy.GradeStep{Kind: "transition", Effect: "no change", Fired: true, From: "A", To: "A"}, steps[2])

	limit := d.LimitSteps()
	require.Len(t, limit, 5)
	assert.Equal(t, "condition not met", limit[1].Effect)
	assert.True(t, limit[2].Binding)
	assert.Equal(t, "2360000", limit[4].After.String())

	segments := d.Segments()
	require.Len(t, segments, 2)
	assert.Equal(t, "786666.67", segments[0].Limit.StringFixed(2))
	assert.Equal(t, "761666.62", segments[0].Available.StringFixed(2))
	assert.False(t, segments[1].Applies)

	rows, chosen := d.Rows("warnings")
	assert.Equal(t, []int{1, 2}, rows)
	assert.Zero(t, chosen, "the result is made of both")
	rows, chosen = d.Rows("risk")
	assert.Equal(t, []int{4}, rows)
	assert.Equal(t, 4, chosen)

	for _, x := range d.Indicators() {
		if x.ID == "punctual" {
			assert.Equal(t, "235/24", x.Held.Fraction())
		}
	}
}

// Whoever reads an explanation cannot be misled by what a customer calls himself.
func TestANameCannotForgeAnExplanation(t *testing.T) {
	d := decide(t, contract(t), policy.Record{"name": "x\n结论  准入\x1b[2J| a | b |"})
	for _, text := range []string{d.Explain("zh").Text(), d.Explain("zh").Markdown()} {
		assert.NotContains(t, text, "\x1b")
		for line := range strings.Lines(text) {
			assert.False(t, strings.HasPrefix(line, "结论  准入"), line)
		}
	}
}

// shown lists changes as "input: from -> to, score, grade".
func shown(changes ...policy.GradeChange) (out []string) {
	for _, c := range changes {
		text := ""
		for _, x := range c.Inputs {
			text += x.Name + ": " + x.Value.String() + " -> " + x.To.String() + ", "
		}
		out = append(out, text+c.Score.Fixed(2)+" "+c.Grade)
	}
	return out
}

// fair is a customer of the contract policy with 89.08 points, grade B, whose grade nothing holds down.
func fair(changes ...any) policy.Record {
	return like(customer("annual_purchase", 9_200_000, "last_year_purchase", 7_000_000, "payments_total", 40, "payments_on_time", 30, "previous_grade", "B"), changes...)
}

func TestWhatReachesTheNextGrade(t *testing.T) {
	p := contract(t)
	d := decide(t, p, fair())
	n := d.NextGrade("zh")
	require.Equal(t, "B", d.Grade())
	require.Equal(t, "A", n.Next)
	require.Empty(t, n.Blocks)
	require.NotEmpty(t, n.Changes)
	for _, c := range n.Changes {
		require.Equal(t, "A", c.Grade)
		require.False(t, c.Score.Less(number("90")))
	}
	require.Contains(t, shown(n.Changes...), "annual_purchase: 9,200,000 -> 10,000,000, 93.08 A", "the next band")

	for i := 1; i < len(n.Changes); i++ {
		require.False(t, n.Changes[i].Cost.Less(n.Changes[i-1].Cost), "the cheapest first")
	}
}

func TestOneLessWillNotDo(t *testing.T) {
	p := contract(t)
	for _, c := range decide(t, p, fair()).NextGrade("").Changes {
		x := c.Inputs[0]
		to, ok := x.To.Number()
		require.True(t, ok)
		unit := number("1")
		if places, _ := to.Places(); places > 0 {
			unit, _ = number("10").PowInt(-places)
		}
		if x.By.Sign() < 0 {
			unit = unit.Neg()
		}
		less := decide(t, p, fair(x.Name, to.Sub(unit)))
		require.Equal(t, "B", less.Grade(), "%s %s", x.Name, to.Sub(unit))
		require.Equal(t, "A", decide(t, p, fair(x.Name, to)).Grade(), "%s %s", x.Name, to)
	}
}

func TestWhatHoldsTheGradeDown(t *testing.T) {
	p := contract(t)

	n := decide(t, p, fair("overdue_days", 91)).NextGrade("zh")
	require.Equal(t, "C", n.Grade)
	require.Equal(t, "B", n.Next)
	require.Len(t, n.Blocks, 1)
	require.Equal(t, policy.GradeBlock{Kind: "rule", ID: "long-overdue", Text: "最高C级", To: "C", Reason: "逾期超过90天"}, n.Blocks[0])
	require.Contains(t, shown(n.Changes...), "overdue_days: 91 -> 90, 80.08 B", "ninety days are not over ninety")

	n = decide(t, p, fair("previous_grade", "C")).NextGrade("zh")
	require.Equal(t, "B", n.Grade)
	require.Equal(t, "transition", n.Blocks[0].Kind, "from C to A is too far at once")
	for _, c := range n.Changes {
		require.Equal(t, "B", c.Grade, "the score can be that of an A, the grade cannot")
		require.False(t, c.Score.Less(number("90")))
	}

	n = decide(t, p, fair("blacklisted", true)).NextGrade("zh")
	require.Equal(t, "blacklist", n.Criteria[0].ID, "a better grade does not admit him")
	require.Equal(t, "rejected", n.Changes[0].Outcome)

	require.Equal(t, "best", decide(t, p, customer()).NextGrade("").None)
	require.Equal(t, "no_grade", decide(t, p, customer("contracts_total", nil)).NextGrade("").None)
	require.Nil(t, decide(t, load(t, "policy: p\nversion: \"1\"\ninputs: {n: {type: number}}\n"), policy.Record{}).NextGrade(""), "there are no grades")
}

func TestToLeaveOutDataIsNoWayUp(t *testing.T) {
	p := load(t, `policy: p
version: "1"
inputs: {a: {type: number, min: 0, max: 10, decimals: 0}, b: {type: number, min: 0, max: 10, decimals: 0}}
scoring:
  indicators:
    - {id: a, weight: 50, of: a, linear: {0: 0, 10: 50}}
    - {id: b, weight: 50, of: 10 / b, linear: {0: 0, 10: 50}, missing: reweight}
grade: {scale: [{grade: A, min: 80}, {grade: B}]}
`)
	n := decide(t, p, policy.Record{"a": 9, "b": 5}).NextGrade("")
	require.Equal(t, []string{"b: 5 -> 1, 95.00 A"}, shown(n.Changes...), "with b = 0 the indicator would be left out, and 90 points be had")
}

func TestTwoChangesTogether(t *testing.T) {
	p := load(t, `policy: p
version: "1"
inputs: {years: {type: number, min: 0, max: 50, decimals: 1}, late: {type: number, min: 0, max: 90, decimals: 0}, kind: {type: string, one_of: [a, b]}}
scoring:
  indicators: [{id: kind, weight: 100, of: kind, categories: {a: 90, b: 40}}]
grade:
  scale: [{grade: A, min: 80}, {grade: B, min: 50}, {grade: C}]
  rules:
    - {id: young, when: years < 3, at_most: C}
    - {id: late, when: late > 10, notches: -2}
`)
	n := decide(t, p, policy.Record{"years": "1.5", "late": 12, "kind": "a"}).NextGrade("")
	require.Empty(t, n.Changes, "each of the two rules leaves a C")
	require.Equal(t, []string{"years: 1.5 -> 3, late: 12 -> 10, 90.00 A"}, shown(*n.Pair))
	require.Len(t, n.Blocks, 2)

	given := load(t, `policy: p
version: "1"
inputs: {n: {type: number, min: 0, max: 100, decimals: 1}, pay: {type: string, one_of: [good, bad]}}
values:
  class: {type: grade, rows: [{n: {min: 50}, pay: good, is: A}, {n: {min: 20}, is: B}, {is: C}]}
grade: {of: class, scale: [{grade: A}, {grade: B}, {grade: C}]}
`)
	n = decide(t, given, policy.Record{"n": 30, "pay": "bad"}).NextGrade("")
	require.Empty(t, n.Changes)
	require.Equal(t, "50", n.Pair.Inputs[0].To.String(), "a grade that is given has no score to go by")
	require.Equal(t, "good", n.Pair.Inputs[1].To.String())
}
