// Package policy decides customers by a credit policy: who is admitted (准入), with which score (得分), grade (等级) and
// credit limit (信用额度), and why. Start with [LoadFile] and [Policy.Decide]:
//
//	p, err := policy.LoadFile("policy.yaml")
//	d, err := p.Decide(policy.Record{"name": "Ada", "paid": 47, "orders": 48}, policy.AsOf(policy.NewDate(2026, time.June, 30)))
//	fmt.Println(d.Outcome(), d.ScoreText(), d.Grade(), d.LimitText())
//
// [Decision.Explain] writes a decision down in figures that add up, and [Decision.NextGrade] finds the smallest changes that
// reach the next better grade. [Policy.Prove] tells what can come of a policy at all: which scores and grades, how large a
// limit, and what never happens, with a record for each.
//
// A policy is a YAML file that is checked as a whole when it is loaded: every fault comes at once as [Diagnostics], each
// with its line, column and remedy. A loaded [Policy] never changes and is safe for concurrent use.
//
// A [Store] holds a folder of policies in their versions and decides by the one that is in force on the day. Packages beside
// this one: portfolio decides many customers and compares two policies, policytest runs the tests of a policy, decisionlog keeps
// decisions so that they can be proved later, tally is the command.
//
// # Numbers
//
// A number is an exact rational from the text of the file or the record to the result: 0.1 + 0.2 == 0.3 and 1 / 3 * 3 == 1.
// Nothing is rounded except where the policy says so. Points are held within their weight and rounded once, the score is
// rounded once, the limit is rounded once at its end; the grade is decided on the rounded score, so that whoever reads the
// decision can work it out again. A float64 is refused, see [AllowFloats].
//
// # Missing data
//
// An input may be absent or null. What is computed from it is missing too (0 * missing as well; but false and missing is
// false, true or missing is true). Where a missing result reaches a place that needs an answer, the place says what
// follows: a criterion `missing: reject | refer | pass`, an indicator `missing: reject | refer | reweight | points`, a grade
// rule `missing: apply | skip | refer`; refer if unsaid, and anywhere else. [Decision.Missing] names the inputs.
// A division by zero is missing as well, and is listed by [Decision.Undefined].
//
// # The file
//
// Only policy, version and inputs are needed. Sections stand in the order in which a customer passes through them.
// Titles and reasons are a text, or {zh: ..., en: ...}.
//
//	policy: customer-management       # identifier
//	version: "2024.1"
//	title: 客户管理办法                # also issuer, number, published
//	effective: {from: 2024-01-01, until: 2025-01-01}     # until: the first day no longer in force
//	currency: CNY                     # for people
//	rounding: {points: 2, score: 2, money: 2, mode: half_up}   # points and score may be exact
//
// inputs: what a record holds. Types are number, string, bool, date, grade, list and record. Keys: title, unit, from (the
// name in foreign records), required, and for numbers min, max, above, below, decimals, ranges; one_of; for lists and
// records `of`.
//
//	inputs:
//	  overdue_days: {type: number, min: 0, decimals: 0}
//	  applicant.age: {type: number}                       # a nested record, or a column applicant.age
//	  members: {type: list, of: {amount: {type: number}, ccy: {type: string}}}
//
// values: expressions with a name, in any order; what stands in where one is missing may be said. A value may also be a
// decision table, or what a scoring method gives for an expression, as a number like any other: not held, and of no weight.
//
//	values:
//	  growth: annual_purchase / last_year_purchase - 1
//	  instalment: {expr: amount * rate, missing: 0}
//	  band: {of: annual_purchase, bands: [{min: 1_000_000, points: 3}, {points: 1}]}
//	  risk:
//	    hit: unique
//	    rows:
//	      - {existing: false, score: {below: 100},           is: HIGH}
//	      - {existing: false, score: {min: 100, below: 120}, is: MEDIUM}
//	      - {existing: false, score: {min: 120},             is: LOW}
//	      - {existing: true, when: overdue_days > 30,        is: HIGH}
//
// A row of a table holds where all its cells and its `when` do. The key of a cell is a column: the name of an input, a value
// or a result. A cell is a value; a list of which one will do; {min, above, max, below} for numbers and dates; {at_least: B,
// at_most: A} for grades on the ladder; {not: ...}; {missing: true} for what is absent, {missing: false} for what is there.
// Of several keys all must hold. `is` is the result, a value or a map of names to values ({class: HIGH, factor: 0.5}, read as
// risk.class), `of` an expression. Results are numbers, truth values, dates or texts as they look; `type` says otherwise.
// `hit` says what becomes of the rows that hold:
//
//	first          the first one (unsaid)
//	unique         the only one; rows that overlap are a fault, or else an error of the record
//	any            all of them, which must agree, or else an error of the record
//	priority       the one whose result stands first in `order`
//	output_order   a list of all results, sorted by `order`
//	list           a list of all results, in the order of the rows
//	sum, min, max  of all results
//	count          how many rows hold; they have no result
//
// Where no row holds, the result is `otherwise`, and else missing (an empty list, a count of 0). Where a column is missing,
// so is the result, unless the rows that cannot be told would not change it; in a column of which some row asks for
// {missing: true}, the other cells do not hold then.
//
// functions: expressions with parameters.
//
//	functions:
//	  affordable(risk): disposable * risk > instalment
//
// admission: the criteria. All are evaluated; each passes, fails or is unknown. otherwise: reject (unsaid), refer or warn.
//
//	admission:
//	  - {id: capital, require: registered_capital >= 500_000, otherwise: refer, missing: reject, reason: 注册资本不足}
//
// scoring: indicators with a weight and one method each, see the package scoring: bands, categories, rules, linear,
// proportional, efficacy, wall, deduct, occurrences, formula, best, worst, mean, and what is registered. Weights add up to
// total, 100 if unsaid. combine, groups, adjustments, caps and pdo make the score; forbid names inputs that must not.
//
//	scoring:
//	  indicators:
//	    - {id: volume, weight: 40, of: annual_purchase, bands: [{min: 1_000_000, points: 40}, {points: 10}]}
//	    - {id: growth, weight: 60, of: growth, linear: {0: 0, 0.2: 60}, missing: 30}
//
// grade: scale from best to worst, each grade with a title, an outcome (reject or refer) and attributes of your own, read
// as grade.factor; rules (at_most, at_least, notches, grade); transitions from the previous grade; override by hand; valid.
//
//	grade:
//	  scale:
//	    - {grade: A, min: 90, factor: 1.2}
//	    - {grade: B, min: 0, factor: 0, outcome: reject}
//	  rules:
//	    - {id: late, when: overdue_days > 90, at_most: B, reason: 逾期超过90天}
//	  transitions: {from: previous_grade, max_up: 1}
//	  valid: 12 months
//
// credit: limit is a list of steps: set, add, multiply, at_least, at_most, round, unlimited, each with an optional when.
// exposure is what is used; request, holds, segments and group; approval says who may approve what; override by hand; valid.
//
//	credit:
//	  limit:
//	    - {id: base, set: annual_purchase / 12 * 3}
//	    - {id: factor, multiply: grade.factor}
//	    - {id: ceiling, at_most: 5_000_000}
//	    - {id: step, round: {to: 1000, mode: down}}
//	  exposure: [receivables, open_orders]
//	  approval: [{by: 销售部门, up_to: 200_000}, {by: 客户管理委员会}]
//	  valid: 12 months
//
// accept: warnings and notes that are known and meant, each with the reason. It changes no decision.
//
//	accept:
//	  - {code: rule-order, at: grade.rules.late, reason: 先封顶再降级}
//
// # Expressions
//
// Operators: + - * / % **, == != < <= > >= (also chained: 0 <= x < 1), and or not (&& || !), c ? a : b, in and not in (lists,
// ranges 1..5), ?? (the right side where the left is missing; in brackets beside other operators), let x = ...; ..., .field and
// [index]; startsWith endsWith contains matches (a literal pattern). Functions: min max sum mean median abs round floor ceil
// clamp has len lower upper trim, sqrt ln exp pow (at 34 digits); all any none one count filter map find over lists, with .field
// of each item; date(...) days_between months_between years_between add_days add_months year month day weekday,
// workdays_between add_workdays with the holidays given, and minutes('08:30') of a time of day.
//
// An expression sees the inputs, the values, as_of (the day of the decision), points.ID and score, grade and grade.NAME,
// limit, exposure and available. What is worked out from itself is a fault. Grades compare by how good they are:
// previous_grade >= 'B' is B or better. In YAML, write `not x` (`!x` is a tag there), and quote an expression that has
// [ ] { } , or # in it where it stands between { }.
//
// # Limits
//
//	a policy file                1 MiB, 64 levels
//	an expression                4 KiB, brackets 64 deep, 2,000 nodes, 100,000 steps when it runs
//	a number                     64 characters, exponent within 1,000; 32,768 bits while computing
//	a text of a record           64 KiB
//	a list of a record           10,000 items
package policy
