package policy_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// findingsHead begins a policy that is right, with a defect to be added.
const findingsHead = `policy: shop
version: "1"
inputs:
  name:     {type: string, required: true}
  region:   {type: string, one_of: [north, south, east]}
  sales:    {type: number, min: 0}
  orders:   {type: number, min: 0, decimals: 0}
  paid:     {type: number, min: 0, decimals: 0}
  percent:  {type: number, min: 0, max: 100, decimals: 1}
  fine:     {type: number, min: 0, max: 100}
  staff:    {type: number, min: 0, max: 50, decimals: 0}
  mark:     {type: number, ranges: [{min: 0, max: 10}, {min: 20, max: 30}]}
  vip:      bool
  since:    {type: date, min: 2000-01-01, max: 2030-12-31}
`

// findings are what loading says of a policy: severity, code and message, without what nobody reads.
func findings(t testing.TB, rest string) (out []string) {
	t.Helper()
	p, err := policy.Parse("policy.yaml", []byte(findingsHead+rest))
	var all policy.Diagnostics
	if err == nil {
		all = p.Warnings()
	} else {
		require.True(t, errors.As(err, &all), "%v", err)
	}
	for _, d := range all {
		if !strings.HasPrefix(d.Code, "unused-") {
			out = append(out, d.Severity.String()+" "+d.Code+": "+d.Message)
		}
	}
	return out
}

// scored is a scorecard of one indicator.
func scored(method string) string {
	return "scoring: {indicators: [{id: one, weight: 100, " + method + "}]}\n"
}

// An error keeps nothing quiet that has nothing to do with it.
func TestFindingsStandBesideErrors(t *testing.T) {
	rest := func(bands, require string) []string {
		return findings(t, "admission: [{id: a, require: "+require+"}, {id: b, require: percent >= 0}]\n"+
			scored("of: percent, bands: ["+bands+"]")+
			"grade: {scale: [{grade: A, min: 120}, {grade: B, min: 90}, {grade: C, min: 10, max: 70}]}\n")
	}
	const (
		whole  = "{min: 90, points: 100}, {points: 0}"
		holed  = "{min: 90, points: 100}, {max: 80, points: 0}"
		always = "warning always-holds: `percent >= 0` never fails: it holds, or it is missing, since percent is between 0 and 100"
		grade  = "error scale-gap: no grade has the scores from 70.01 to 89.99, between B and C"
		low    = "warning scale-gap: the lowest scores have no grade: the score can be 0, which is below grade C"
		never  = "warning never-reached: nobody can have grade A: the score is between 0 and 100"
		gap    = "error gap: no row holds for 80 < x < 90, such as 80.1"
		typo   = "error unknown-name: there is no name `vipp`"
	)
	require.ElementsMatch(t, []string{always, grade, low, never}, rest(whole, "vip"), "a gap in the scale")
	require.ElementsMatch(t, []string{always, gap, grade, low, never}, rest(holed, "vip"), "and one in the bands")
	require.ElementsMatch(t, []string{typo, always, gap, grade, low, never}, rest(holed, "vipp"), "and a name that is misspelt")
}

func TestOneDefectIsOneFinding(t *testing.T) {
	for _, c := range []struct{ name, rest, want string }{
		// Bands against what the value can be.
		{"a hole at exactly 80", scored("of: fine, bands: [{above: 80, points: 100}, {below: 80, points: 1}]"),
			"error gap: no row holds for x = 80"},
		{"whole numbers need decimals: 0", scored("of: fine, bands: [{min: 22, points: 100}, {max: 21, points: 1}]"),
			"error gap: no row holds for 21 < x < 22, such as 21.5"},
		{"79.9 and 80 leave a gap at two places", scored("of: 'round(fine, 2)', bands: [{min: 80, points: 100}, {max: 79.9, points: 1}]"),
			"error gap: no row holds for 79.9 < x < 80, such as 79.91"},
		{"a gap over an expression", scored("of: fine * 2, bands: [{min: 100, points: 100}, {max: 99.9, points: 1}]"),
			"error gap: no row holds for 99.9 < x < 100, such as 99.95"},
		{"a quotient of counts is any number", scored("of: paid / orders, bands: [{min: 1, points: 100}, {max: 0.99, points: 1}]"),
			"error gap: no row holds for 0.99 < x < 1, such as 0.995"},
		{"a quotient of a few whole numbers is not", scored("of: staff / 7, bands: [{min: 1, points: 100}, {max: 0.99, points: 1}]"),
			"warning gap: no row holds for 0.99 < x < 1, such as 0.995; it is not proved that there are such values: whole numbers, or so many decimals, leave some values between out"},
		{"an end that is reached lies in the gap", scored("of: staff / 7, bands: [{min: 1, max: 7, points: 100}, {below: 1, points: 1}]"),
			"error gap: no row holds for x > 7, such as 7.142857142857"},
		{"nobody said how far it goes", scored("of: sales, bands: [{max: 10, points: 100}]"),
			"warning gap: no row holds for x > 10, such as 11"},
		{"a row where no value is", scored("of: percent, bands: [{min: 150, points: 100}, {min: 50, points: 100}, {points: 1}]"),
			"warning never-holds: this row never holds: the value is between 0 and 100"},
		{"an area that is left out", scored("of: mark, bands: [{min: 20, points: 100}, {min: 12, max: 15, points: 1}, {max: 10, points: 1}]"),
			"warning never-holds: this row never holds: the value is between 0 and 30"},
		{"points that nobody earns", scored("of: percent, linear: {0: 0, 120: 100}"),
			"warning never-earned: the indicator one can earn 83.333333333333 at most, but 100 is to be had"},
		{"the best of rules is out of reach", scored("rules: [{when: staff > 50, points: 100}, {points: 18}]"),
			"warning never-earned: the indicator one can earn 18 at most, but 100 is to be had | warning never-holds: `staff > 50` never holds, since staff is between 0 and 50, a whole number"},
		{"a formula that stays below its weight", scored("formula: percent / 2"),
			"warning never-earned: the indicator one can earn 50 at most, but 100 is to be had"},
		{"points up and down and up", scored("of: percent, bands: [{min: 75, points: 100}, {min: 50, points: 20}, {min: 25, points: 40}, {points: 0}]"),
			"note not-monotone: the points of one go up and down as the value rises: 0, 40, 20, 100"},
		{"a value between two rows falls to the last", scored("of: fine, monotone: rising, bands: [{min: 22, points: 100}, {min: 18, max: 21, points: 1}, {points: 1}]"),
			"warning gap: the values 21 < x < 22 lie between this row and another one: a later row takes it"},
		{"90 itself falls to the last row", scored("of: fine, beyond: true, bands: [{above: 90, points: 100}, {min: 80, below: 90, points: 0}, {points: 0}]"),
			"warning gap: 90 lies between this row and another one: a later row takes it"},
		{"points down and up", scored("of: percent, linear: {0: 100, 50: 10, 100: 20}"),
			"note not-monotone: the points of one go up and down as the value rises: 100, 10, 20"},
		{"thresholds of which the best is not the first", scored("of: percent, bands: [{min: 75, points: 20}, {min: 50, points: 100}, {points: 0}]"),
			"note not-monotone: the points of one go up and down as the value rises: 0, 100, 20"},

		// Conditions.
		{"never", "admission: [{id: a, require: percent > 100}]\n",
			"warning never-holds: `percent > 100` never holds, since percent is between 0 and 100"},
		{"always, where it is known", "admission: [{id: a, require: percent >= 0}]\n",
			"warning always-holds: `percent >= 0` never fails: it holds, or it is missing, since percent is between 0 and 100"},
		{"always", "admission: [{id: a, require: 'percent >= 0 or not has(percent)'}]\n",
			"warning always-holds: `percent >= 0 or not has(percent)` always holds, since percent is between 0 and 100"},
		{"two conditions that exclude each other", "admission: [{id: a, require: 'percent > 60 and percent < 40'}]\n",
			"warning never-holds: `percent > 60 and percent < 40` never holds: nothing meets both sides"},
		{"by way of a difference", "admission: [{id: a, require: 'sales > fine and fine > sales'}]\n",
			"warning never-holds: `sales > fine and fine > sales` never holds: nothing meets both sides"},
		{"no such text", "admission: [{id: a, require: \"region in ['west', 'up']\"}]\n",
			"warning never-holds: `region in ['west', 'up']` never holds, since region is one of north, south, east"},
		{"a day that is too late", "admission: [{id: a, require: since <= date('1999-12-31')}]\n",
			"warning never-holds: `since <= date('1999-12-31')` never holds, since since is 2000-01-01 to 2030-12-31"},
		{"nothing between whole numbers", "admission: [{id: a, require: 'staff > 3 and staff < 4'}]\n",
			"warning never-holds: `staff > 3 and staff < 4` never holds: nothing meets both sides, since staff is between 0 and 50, a whole number"},
		{"divided by nothing", "values: {v: sales / (orders - orders)}\nadmission: [{id: a, require: v > 1 or vip}]\n",
			"warning undefined: `sales / (orders - orders)` never has a result: it is missing for every customer"},
		{"a step", "credit: {limit: [{id: a, set: sales}, {id: b, when: percent > 100, multiply: 2}]}\n",
			"warning never-holds: `percent > 100` never holds, since percent is between 0 and 100"},
		{"a hold", "credit: {limit: [{id: a, set: sales}], request: orders, holds: [{id: b, when: staff < 0}]}\n",
			"warning never-holds: `staff < 0` never holds, since staff is between 0 and 50, a whole number"},
		{"a side that is never taken", "values: {v: 'percent > 100 ? 1 : staff'}\nadmission: [{id: a, require: v > 3}]\n",
			"warning never-holds: `percent > 100` never holds, since percent is between 0 and 100"},
		{"what stands in for missing data is meant", "values: {v: {expr: staff > 5, missing: false}, w: {expr: staff > 6, missing: true}}\nadmission: [{id: a, require: v and w}]\n", ""},
		{"a part of it that never holds is no finding", "admission: [{id: a, require: 'staff < 0 or vip'}]\n", ""},

		// Rows behind others.
		{"rules", scored("rules: [{when: staff > 5, points: 100}, {when: staff > 10, points: 50}, {points: 0}]"),
			"warning never-holds: this row never counts: wherever `staff > 10` holds, a row before it does"},
		{"rules that together leave nothing", scored("rules: [{when: staff > 5, points: 100}, {when: staff <= 5, points: 50}, {when: vip, points: 0}]"),
			"warning never-holds: this row never counts: wherever `vip` holds, a row before it does"},
		{"a table with conditions", "values: {t: {rows: [{when: staff > 5, is: 1}, {staff: {min: 7}, when: vip, is: 2}, {is: 3}]}}\nadmission: [{id: a, require: t > 1}]\n",
			"warning never-holds: row 2 of t never counts: the rows before it hold wherever it does"},
		{"approval", "credit: {limit: [{id: a, set: sales}], approval: [{by: boss, when: staff > 5}, {by: clerk, up_to: 100, when: staff > 6}, {by: board}]}\n",
			"warning never-holds: clerk approves nothing: rows before it hold wherever this one does"},
		{"any, with results that differ", "values: {t: {hit: any, rows: [{staff: {min: 5}, is: 1}, {staff: {min: 7}, is: 2}, {staff: {below: 5}, is: 1}]}}\nadmission: [{id: a, require: t > 1}]\n",
			"warning overlap: rows 1 and 2 of t both hold where staff >= 7, such as staff = 7, but their results differ: who meets both cannot be decided"},

		// What must not count.
		{"forbidden", "scoring: {forbid: [region], indicators: [{id: one, weight: 100, of: region, categories: {north: 100, otherwise: 0}}]}\n",
			"error forbidden-input: the score must not depend on region, but it does: region -> indicator one"},
		{"by way of values", "values: {zone: \"region == 'north' ? 1 : 0\", far: zone * 2}\nscoring: {forbid: [region, staff], indicators: [{id: one, weight: 100, formula: far * 50}]}\n",
			"error forbidden-input: the score must not depend on region, but it does: region -> value zone -> value far -> indicator one"},
		{"by way of a table", "values: {zone: {rows: [{region: north, is: 1}, {is: 0}]}}\nscoring: {forbid: [region], indicators: [{id: one, weight: 100, formula: sales * zone}]}\n",
			"error forbidden-input: the score must not depend on region, but it does: region -> value zone -> indicator one"},
		{"by way of a function", "functions: {'far(x)': \"region == 'north' ? x : 0\"}\nscoring: {forbid: [region], indicators: [{id: one, weight: 100, formula: far(sales)}]}\n",
			"error forbidden-input: the score must not depend on region, but it does: region -> indicator one"},
		{"in weights", "scoring: {forbid: [region], weights: [{when: \"region == 'north'\", is: {one: 30, two: 70}}], indicators: [{id: one, weight: 50, formula: sales}, {id: two, weight: 50, formula: fine}]}\n",
			"error forbidden-input: the score must not depend on region, but it does: region -> weights"},
		{"in an adjustment", "scoring: {forbid: [region], adjustments: [{id: near, when: \"region == 'north'\", add: 5}], indicators: [{id: one, weight: 100, formula: sales}]}\n",
			"error forbidden-input: the score must not depend on region, but it does: region -> adjustment near"},
		{"of no input", "scoring: {forbid: [regoin], indicators: [{id: one, weight: 100, formula: sales}]}\n",
			"error unknown-name: there is no input regoin"},

		// Grades.
		{"a grade out of reach", scored("formula: percent / 2") + "grade: {scale: [{grade: A, min: 60}, {grade: B, min: 0}]}\n",
			"warning never-earned: the indicator one can earn 50 at most, but 100 is to be had | warning never-reached: nobody can have grade A: the score is between 0 and 50"},
		{"a grade off the ladder that no rule gives", scored("formula: percent") + "grade: {scale: [{grade: A, min: 60}, {grade: B, min: 0}, {grade: M, off_scale: true}], rules: [{id: a, when: staff > 50, grade: M}]}\n",
			"warning never-reached: nobody can have grade M: it is off the ladder, and no rule gives it | warning never-holds: `staff > 50` never holds, since staff is between 0 and 50, a whole number"},
		{"a grade that is never given", "values: {class: {rows: [{staff: {min: 9}, is: A}, {is: C}]}}\ngrade: {of: class, scale: [{grade: A}, {grade: B}, {grade: C}]}\n",
			"warning never-reached: nobody can have grade B: `class` never gives it, and no rule does"},
		{"a rule that changes nothing", scored("formula: percent") + "grade: {scale: [{grade: A, min: 60}, {grade: B, min: 30}, {grade: C, min: 0}], rules: [{id: a, when: staff > 5, at_most: C}, {id: b, when: staff > 9, at_most: B}]}\n",
			"warning no-effect: the rule changes nothing: wherever `staff > 9` holds, another rule holds the grade as far or farther"},
		{"a rule that holds nobody back", scored("formula: percent") +
			"grade: {scale: [{grade: A, min: 60}, {grade: B, min: 0}], rules: [{id: a, when: vip, at_most: A}]}\n",
			"warning no-effect: the rule changes nothing: no grade is better than A"},
		{"a row of which the result is never the first in the order",
			"values: {v: {hit: priority, order: [NO, ASK, YES], rows: [{region: north, is: NO}, {region: north, vip: true, is: ASK}, {is: YES}]}}\nadmission: [{id: a, require: \"v == 'YES'\"}]\n",
			"warning never-holds: row 2 of v never counts: rows whose results stand before its own in the order hold wherever it does"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, strings.Join(findings(t, c.rest), " | "))
		})
	}
}

func TestAnInputThatNoValueIsRightFor(t *testing.T) {
	for _, c := range []struct{ decl, want string }{
		{"{type: number, min: 5, below: 5}", "error empty-range: no value of x can be right: nothing meets all that is said of it"},
		{"{type: number, above: 5, below: 6, decimals: 0}", "error empty-range: no value of x can be right: nothing meets all that is said of it"},
		{"{type: number, max: 5, ranges: [{min: 6, max: 7}]}", "error empty-range: no value of x can be right: nothing meets all that is said of it"},
		{"{type: number, max: 5, one_of: [6, 7]}", "error empty-range: no value of x can be right: nothing meets all that is said of it"},
		{"{type: number, min: 5, max: 5}", ""},
		{"{type: number, above: 5, below: 6, decimals: 1}", ""},
	} {
		got := findings(t, "  x: "+c.decl+"\nadmission: [{id: a, require: has(x)}]\n")
		assert.Equal(t, c.want, strings.Join(got, " | "), c.decl)
	}
}

func TestWhatNobodyReads(t *testing.T) {
	src := `policy: shop
version: "1"
inputs:
  number:   {type: number}
  name:     {type: string, required: true}
  branch:   string
  table:    {type: number, min: 0}
  segment:  bool
  list:     {type: list, of: {amount: number}}
  inner:    number
  kept:     number
values:
  used: {rows: [{table: {min: 1}, is: 1}, {is: 2}]}
  unused: kept * 2
functions:
  twice(x): x * 2 + inner
admission: [{id: a, require: used > 1}]
credit:
  limit: [{id: base, set: 'sum(list, .amount)'}]
  segments: [{id: s, when: segment, limit: [{id: half, set: limit / 2}]}]
`
	p, err := policy.Parse("policy.yaml", []byte(src))
	require.NoError(t, err)
	var got []string
	for _, d := range p.Warnings() {
		got = append(got, d.Severity.String()+" "+d.Code+": "+d.Message)
	}
	assert.Equal(t, []string{
		"warning unused-input: nothing reads the input number",
		"note unused-input: nothing reads the input branch",
		"note unused-value: nothing reads the value unused",
		"warning unused-function: nothing calls the function twice, so that its types were not checked",
	}, got)
}

func TestNamesInAFunctionThatNobodyCalls(t *testing.T) {
	got := findings(t, "functions:\n  half(x): x / too + sales + points.one + hlaf(x) + min(x, 1)\nadmission: [{id: a, require: vip}]\n"+scored("formula: sales"))
	assert.Equal(t, []string{"error unknown-name: there is no name `too`", "error unknown-function: there is no function `hlaf`"}, got)
}

func TestAGoodPolicyHasNoFindings(t *testing.T) {
	for _, c := range []struct{ name, rest string }{
		{"80 belongs to one row", scored("of: fine, bands: [{min: 80, points: 100}, {below: 80, points: 1}]")},
		{"79.9 and 80 at one decimal", scored("of: percent, bands: [{min: 80, points: 100}, {max: 79.9, points: 1}]")},
		{"79.9 and 80, rounded to one decimal", scored("of: 'round(fine, 1)', bands: [{min: 80, points: 100}, {max: 79.9, points: 1}]")},
		{"whole numbers", scored("of: staff, bands: [{min: 22, points: 100}, {min: 18, max: 21, points: 50}, {max: 17, points: 1}]")},
		{"a count of months is whole", scored("of: 'months_between(since, date(\"2031-01-01\"))', bands: [{min: 12, points: 100}, {max: 11, points: 1}]")},
		{"an area that no value is in", scored("of: mark, bands: [{min: 20, points: 100}, {max: 10, points: 1}]")},
		{"a share is at most all of it", scored("of: 'fine / (fine + sales)', bands: [{min: 0.5, max: 1, points: 100}, {min: 0, below: 0.5, points: 1}]")},
		{"held within a range", scored("of: 'min(1, paid / orders)', bands: [{min: 0.5, max: 1, points: 100}, {min: 0, below: 0.5, points: 1}]")},
		{"guarded against 0", scored("of: 'orders > 0 ? paid / orders : 0', bands: [{min: 0.5, points: 100}, {min: 0, below: 0.5, points: 1}]")},
		{"a last row to be safe", scored("of: percent, bands: [{min: 50, points: 100}, {min: 0, points: 1}, {points: 0}]")},
		{"best in the middle", scored("of: percent, bands: [{below: 50, points: 0}, {min: 50, below: 75, points: 100}, {min: 75, points: 20}]")},
		{"nothing is between whole numbers", scored("of: staff, monotone: rising, bands: [{min: 22, points: 100}, {min: 18, max: 21, points: 10}, {points: 0}]")},
		{"the middle is the rest", scored("of: fine, bands: [{max: 0.8, points: 0}, {min: 0.9, points: 100}, {points: 50}]")},
		{"a rule for those of whom nothing is known", scored("formula: percent") +
			"grade: {scale: [{grade: A, min: 60}, {grade: B, min: 0}], rules: [{id: a, when: staff < 0, at_most: B, missing: apply}]}\n"},
		{"best in the middle of a line", scored("of: percent, linear: {40: 0, 60: 100, 80: 20}")},
		{"rules, the narrower first", scored("rules: [{when: staff > 10, points: 100}, {when: staff > 5, points: 50}, {points: 0}]")},
		{"a last rule to be safe", scored("rules: [{when: staff > 10, points: 100}, {when: staff <= 10, points: 50}, {points: 0}]")},
		{"rules for one or the other", scored("formula: percent") +
			"grade: {scale: [{grade: A, min: 60}, {grade: B, min: 30}, {grade: C, min: 0}], rules: [{id: a, when: staff > 5, at_most: B}, {id: b, when: staff <= 5, notches: -1}]}\n"},
		{"a grade that a rule gives", scored("formula: 'min(50, percent)', beyond: true") +
			"grade: {scale: [{grade: A, min: 60}, {grade: B, min: 0}], rules: [{id: a, when: vip, grade: A}]}\n"},
		{"a function that is general", "functions: {'part(a, b)': 'b == 0 ? 0 : a / b'}\nvalues: {v: 'part(percent, staff + 1)'}\nadmission: [{id: a, require: v > 3}]\n"},
		{"written so on purpose", "admission: [{id: a, require: percent > 5}]\ncredit: {limit: [{id: a, set: sales}], approval: [{by: boss, when: 'true'}, {by: board}]}\n"},
		{"conditions over data that belongs together", "admission: [{id: a, require: 'paid <= orders'}, {id: b, require: 'not (orders == 0 and paid > 0)'}]\n"},
		{"approval by grade and amount", scored("formula: percent") + "grade: {scale: [{grade: A, min: 60}, {grade: B, min: 0}]}\n" +
			"credit: {limit: [{id: a, set: sales}], approval: [{by: clerk, up_to: 100, grades: [A]}, {by: boss, up_to: 100}, {by: chief, up_to: 500, when: vip}, {by: board}]}\n"},
		{"not forbidden", "scoring: {forbid: [region], indicators: [{id: one, weight: 100, formula: sales}]}\nadmission: [{id: a, require: \"region == 'north'\"}]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Empty(t, findings(t, c.rest))
		})
	}
}
