package prove_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/prove"
)

func run(t *testing.T, sections string) *prove.Report {
	t.Helper()
	p := link("policy: p\nversion: \"1\"\n" + sections)
	require.NotNil(t, p, "the policy has errors")
	return prove.Run(p, asOf, prove.Options{Budget: 3_000})
}

// claim returns what is said of something.
func claim(t *testing.T, r *prove.Report, about prove.About, id string) prove.Claim {
	t.Helper()
	for _, c := range r.Claims {
		if c.About == about && c.ID == id {
			return c
		}
	}
	t.Fatalf("there is no claim that %s %s", id, about)
	return prove.Claim{}
}

func TestACustomerWithoutARowIsShown(t *testing.T) {
	r := run(t, `
inputs: {years: {type: number, min: 0, decimals: 0}, visits: {type: number, min: 0, decimals: 0}}
values:
  kind: {rows: [{when: years > 5, is: 1}, {when: visits > years, is: 2}]}
  size: {rows: [{when: years > 5, is: 1}], otherwise: 0}
  bond: {rows: [{when: years > 5, is: 1}], missing: 0}
scoring:
  indicators:
    - {id: years, weight: 50, of: kind + size + bond, bands: [{min: 1, points: 50}, {points: 0}]}
    - {id: habit, weight: 50, rules: [{when: visits > 3, points: 50}]}
`)
	kind := claim(t, r, prove.HasRow, "kind")
	require.Equal(t, prove.Refuted, kind.Verdict)
	require.Equal(t, "{years: 5}", kind.Witness.Given, "who has visited once")
	require.Equal(t, prove.Refuted, claim(t, r, prove.HasRow, "habit").Verdict)
	require.Equal(t, prove.Proved, claim(t, r, prove.HasRow, "size").Verdict, "there is an otherwise")
	require.Equal(t, prove.Proved, claim(t, r, prove.HasRow, "years").Verdict, "a row without a bound")
	bond := claim(t, r, prove.HasRow, "bond")
	require.True(t, bond.Meant, "the policy says what stands in")

	var codes []string
	for _, f := range r.Faults(func(int, int) bool { return false }) {
		codes = append(codes, f.Code+" "+f.Severity.String())
	}
	require.Equal(t, []string{"no-row warning", "no-row warning"}, codes)
	require.Empty(t, r.Faults(func(from, to int) bool { return true }), "what the loader has said is not said again")
}

func TestACustomerForWhomTwoRowsHoldIsShown(t *testing.T) {
	r := run(t, `
inputs: {a: {type: number, min: 0, decimals: 0}, b: {type: number, min: 0, decimals: 0}}
values:
  kind:
    hit: unique
    rows:
      - {when: a + b > 10, is: 1}
      - {when: a + b <= 10, is: 2}
      - {when: a * b == 60, is: 3}
admission: [{id: a, require: kind > 1}]
`)
	c := claim(t, r, prove.Decided, "")
	require.Equal(t, prove.Refuted, c.Verdict)
	require.Contains(t, c.Detail, "rows 1 and 3 both hold")
	require.Equal(t, 11, c.Place.Line, "the row that should not hold as well")
	faults := r.Faults(func(int, int) bool { return false })
	require.Len(t, faults, 1)
	require.Equal(t, "undecidable", faults[0].Code)
	require.Equal(t, doc.Warning, faults[0].Severity)
}

func TestAmountsBeyondReasonAreWorthANoteOnly(t *testing.T) {
	r := run(t, `
inputs: {months: {type: number, min: 0, decimals: 0}}
admission: [{id: a, require: 1.01 ** months < 1_000}]
`)
	require.Equal(t, prove.Refuted, claim(t, r, prove.Decided, "").Verdict)
	faults := r.Faults(func(int, int) bool { return false })
	require.Len(t, faults, 1)
	require.Equal(t, doc.Note, faults[0].Severity)
}

func TestGapsThatThePolicyMeansAreNoFaults(t *testing.T) {
	r := run(t, `
inputs: {sales: {type: number, min: 0, max: 100, decimals: 1}}
scoring: {indicators: [{id: sales, weight: 100, of: sales, proportional: {full: 100}}]}
grade:
  gaps: refer
  scale: [{grade: A, min: 80}, {grade: B, min: 0, below: 79}]
credit:
  limit: [{id: base, set: sales * 10}]
  gaps: refer
  approval: [{by: desk, up_to: 600}]
`)
	graded := claim(t, r, prove.Graded, "")
	require.Equal(t, prove.Refuted, graded.Verdict)
	require.Equal(t, "{sales: 79}", graded.Witness.Given)
	approved := claim(t, r, prove.Approved, "")
	require.Equal(t, prove.Refuted, approved.Verdict)
	require.Equal(t, "{sales: 60.1}", approved.Witness.Given)
	require.Empty(t, r.Faults(func(int, int) bool { return false }))
}

func TestAGradeThatOnlyARuleGivesIsReached(t *testing.T) {
	const sections = `
inputs: {sales: {type: number, min: 0}, late: {type: number, min: 0, decimals: 0}, previous: {type: grade}}
scoring: {min: 40, indicators: [{id: sales, weight: 100, of: sales, proportional: {full: 1_000}}]}
grade:
  scale: [{grade: A, min: 80}, {grade: B, min: 40}, {grade: C, min: 20}, {grade: D}]
  rules: [{id: late, when: late > 90, at_most: C}]
`
	r := run(t, sections)
	require.Equal(t, prove.Proved, r.Grades[2].Verdict)
	require.Equal(t, "{late: 91}", r.Grades[2].Witness.Given)
	require.Equal(t, prove.Refuted, r.Grades[3].Verdict, "no score is below 40, and no rule gives D")
	require.False(t, r.Grades[3].Witness.Found())

	r = run(t, sections+"  transitions: {from: previous, max_up: 1}\n")
	require.Equal(t, prove.Proved, r.Grades[1].Verdict)
	require.NotEqual(t, prove.Refuted, r.Grades[3].Verdict, "who had D may keep it")
}

func TestALimitIsProvedToBeTheLargest(t *testing.T) {
	r := run(t, `
inputs: {sales: {type: number, min: 0}, share: {type: number, min: 0, max: 1}}
credit:
  limit:
    - {id: base, set: sales * 0.3}
    - {id: ceiling, at_most: 2_000_000.005}
    - {id: share, multiply: share}
    - {id: bonus, add: 50_000, when: share > 0.5}
    - {id: step, round: {to: 1_000, mode: up}}
  approval: [{by: desk, up_to: 1_000_000}, {by: board}]
`)
	require.Equal(t, prove.Proved, r.Limit.Verdict)
	require.Equal(t, "2050000", r.Limit.Reached.String())
	require.Equal(t, "board", r.Limit.Approval)
	require.Equal(t, "ceiling", r.Limit.Binding)
}

func TestNobodyIsAdmitted(t *testing.T) {
	r := run(t, `
inputs: {a: {type: bool, required: true}, b: {type: bool, required: true}}
admission:
  - {id: a, require: a and b}
  - {id: b, require: not (a and b), otherwise: refer}
`)
	require.True(t, r.Complete)
	require.Equal(t, prove.Refuted, claim(t, r, prove.Admits, "").Verdict)
	require.Contains(t, r.Text("zh", 2, false), "准入  无人能获准入（已证明）")
	require.Contains(t, r.Text("en", 2, false), "admission  nobody is admitted (proved)")
}

func TestWhatIsGivenByHandIsLeftOut(t *testing.T) {
	r := run(t, `
inputs: {sales: {type: number, min: 0}}
scoring: {min: 40, indicators: [{id: sales, weight: 100, of: sales, proportional: {full: 100}}]}
grade:
  scale: [{grade: A, min: 80}, {grade: B, min: 40}, {grade: C}]
  override: {max_notches: 1}
credit: {limit: [{id: base, set: sales}, {id: top, at_most: 70}]}
`)
	require.Equal(t, prove.Refuted, r.Grades[2].Verdict, "nobody has C but by hand")
	require.Equal(t, "{sales: 1}", r.Ordinary.Text)
	require.Equal(t, "{sales: 80}", r.Grades[0].Witness.Given)
	require.Equal(t, "70", r.Limit.Reached.String())
	require.Contains(t, r.Text("zh", 2, false), "（不含人工调整）：\n")
}
