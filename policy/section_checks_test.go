package policy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/scoring"
)

// vague is a method from outside that never knows why.
type vague struct{ scoring.At }

func (*vague) Check(scoring.Setting) []scoring.Fault { return nil }
func (*vague) Points(c *scoring.Case) (scoring.Number, scoring.Absence) {
	return scoring.Number{}, c.Frame.Blame(scoring.NoRowAtom)
}

func TestAMethodThatBlamesNobodyRefersTheCustomer(t *testing.T) {
	methods := scoring.Methods()
	require.NoError(t, methods.Register("vague", func() scoring.Method { return new(vague) }))
	p, err := policy.Parse("p.yaml", []byte(`
policy: p
version: "1"
inputs: {x: {type: number}}
scoring: {indicators: [{id: v, weight: 100, vague: {}}]}
`), policy.WithMethods(methods))
	require.NoError(t, err)
	d, err := p.Decide(policy.Record{"x": 1}, asOf)
	require.NoError(t, err)
	require.Equal(t, policy.Referred, d.Outcome())
	require.Empty(t, d.Missing())
	require.NotEmpty(t, d.Reasons())
}

func TestANumberIsNoGrade(t *testing.T) {
	_, err := policy.Parse("p.yaml", []byte(`
policy: p
version: "1"
inputs: {x: {type: number}}
grade: {of: x, scale: [{grade: A}, {grade: B}]}
`))
	require.ErrorContains(t, err, "p.yaml:5:13: error: a grade is needed here, but `x` is a number [wrong-type]")
}

// By the time of adjustments and caps a card has its points: a veto may look at one indicator.
func TestAdjustmentsAndCapsMayReadPoints(t *testing.T) {
	p, err := policy.Parse("p.yaml", []byte(`
policy: p
version: "1"
inputs: {x: {type: number}}
scoring:
  indicators: [{id: a, weight: 60, formula: x}, {id: b, weight: 40, formula: 40}]
  adjustments: [{id: plus, when: points.b > 30, add: points.a / 10}]
  caps: [{id: veto, when: points.a < 5, at_most: 30}]
`))
	require.NoError(t, err)
	for x, score := range map[string]string{"10": "51.00", "5": "45.50", "4.99": "30.00"} {
		d, err := p.Decide(policy.Record{"x": x}, asOf)
		require.NoError(t, err)
		require.Equal(t, score, d.ScoreText(), x)
	}
}

func TestScoresWithoutAGradeAreWarnedOf(t *testing.T) {
	scale := func(rows string) (found policy.Diagnostics) {
		p, err := policy.Parse("p.yaml", []byte(`
policy: p
version: "1"
inputs: {x: {type: number, min: 0, max: 50}}
scoring: {indicators: [{id: a, weight: 100, of: x, linear: {0: 10, 50: 80}}]}
grade: {scale: [`+rows+"]}\n"))
		require.NoError(t, err)
		for _, w := range p.Warnings() {
			if w.Code == "scale-gap" || w.Code == "never-reached" {
				found = append(found, w)
			}
		}
		return found
	}
	require.Empty(t, scale("{grade: A, min: 60}, {grade: B, min: 10}"), "10 is the lowest score")
	require.ErrorContains(t, scale("{grade: A, min: 60}, {grade: B, min: 10.01}"), "the lowest scores have no grade: the score can be 10")
	require.ErrorContains(t, scale("{grade: A, min: 60, max: 79.99}, {grade: B, min: 10}"), "the highest scores have no grade: the score can be 80")
	require.ErrorContains(t, scale("{grade: A, min: 80.01}, {grade: B, min: 10}"), "nobody can have grade A")
	require.Empty(t, scale("{grade: A, min: 80}, {grade: B, min: 10}"), "80 is the highest score")
}

// A root cannot be exact: what is worked out from one says so.
func TestWhatIsInexactSaysSo(t *testing.T) {
	p, err := policy.Parse("p.yaml", []byte(`
policy: p
version: "1"
inputs: {x: {type: number}}
values: {root: sqrt(x), plain: x * 2, more: root + 1}
scoring: {indicators: [{id: a, weight: 100, formula: more}]}
credit: {limit: [{id: l, set: plain}]}
`))
	require.NoError(t, err)
	d, err := p.Decide(policy.Record{"x": 2}, asOf)
	require.NoError(t, err)
	require.Contains(t, string(d.AppendJSON(nil)), `"inexact":["root","more","score"]`)
}

// What a section lacks is said once, by whoever reads it.
func TestAMissingKeyIsSaidOnce(t *testing.T) {
	head := "policy: p\nversion: '1'\ninputs: {x: {type: number}}\n"
	for _, src := range []string{
		"grade: {of: \"x > 1 ? 'A' : 'B'\", scale: [{grade: A}, {grade: B}], rules: [{id: late, at_most: B}]}\n",
		"grade: {of: \"x > 1 ? 'A' : 'B'\", scale: [{grade: A}, {grade: B}], transitions: {max_up: 1}}\n",
		"credit: {limit: [{set: x}], holds: [{id: late}]}\n",
		"credit: {limit: [{set: x}], request: {over: hold}}\n",
		"scoring: {indicators: [{id: a, weight: 100, of: x, proportional: {inverse: true}}]}\n",
		"admission: [{id: a}]\n",
	} {
		faults := diagnosed(t, "p.yaml", []byte(head+src))
		var found []string
		for _, f := range faults {
			if f.Severity == policy.Error {
				found = append(found, f.Code)
			}
		}
		require.Equal(t, []string{"missing-key"}, found, "%s%s", src, faults.Text())
	}
}
