package grade_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/grade"
)

func TestAnOverrideIsTakenWithinItsLimits(t *testing.T) {
	for _, c := range []struct {
		name        string
		overrides   *grade.Overrides
		score       string
		to          int
		want        string
		refusal     string
		effect      grade.Effect
		rules       []grade.Rule
		ruled, step int
	}{
		{name: "one up", overrides: &grade.Overrides{MaxNotches: new(1)}, score: "80", to: 0, want: "A", ruled: 1},
		{name: "one down", overrides: &grade.Overrides{MaxNotches: new(1)}, score: "80", to: 2, want: "C", ruled: 1},
		{name: "the same", overrides: &grade.Overrides{MaxNotches: new(1)}, score: "80", to: 1, want: "B", ruled: 1, effect: grade.NoChange},
		{name: "two down", overrides: &grade.Overrides{MaxNotches: new(1)}, score: "80", to: 3, want: "B", ruled: 1, effect: grade.NotTaken,
			refusal: "the override to grade D was refused: it is 2 steps from B, and 1 are allowed"},
		{name: "two up", overrides: &grade.Overrides{MaxNotches: new(1)}, score: "70", to: 0, want: "C", ruled: 2, effect: grade.NotTaken,
			refusal: "the override to grade A was refused: it is 2 steps from C, and 1 are allowed"},
		{name: "no bound", overrides: &grade.Overrides{}, score: "80", to: 3, want: "D", ruled: 1},
		{name: "not allowed at all", score: "80", to: 0, want: "B", ruled: 1, effect: grade.NotTaken,
			refusal: "the override to grade A was refused: the policy does not allow overrides"},
		{name: "no such grade", overrides: &grade.Overrides{}, score: "80", to: 9, want: "B", ruled: 1, effect: grade.NotTaken,
			refusal: "the override was refused: there is no grade number 9"},
		{name: "off the ladder, bounded", overrides: &grade.Overrides{MaxNotches: new(3)}, score: "80", to: 4, want: "B", ruled: 1, effect: grade.NotTaken,
			refusal: "the override to grade M was refused: from B it is no number of steps on the ladder, and 3 are allowed"},
		{name: "off the ladder, without a bound", overrides: &grade.Overrides{}, score: "80", to: 4, want: "M", ruled: 1},
		{name: "no grade, bounded", overrides: &grade.Overrides{MaxNotches: new(1)}, score: "", to: 3, want: "", ruled: -1, effect: grade.NotTaken,
			refusal: "the override to grade D was refused: there is no grade to change"},
		{name: "no grade, without a bound", overrides: &grade.Overrides{}, score: "", to: 2, want: "C", ruled: -1},
		{name: "never over a veto", overrides: &grade.Overrides{}, score: "80", to: 1, want: "C", ruled: 2, step: 1, effect: grade.NotTaken,
			rules:   []grade.Rule{{ID: "late", When: always(), AtMost: "C"}},
			refusal: "the override to grade B was refused: rule late allows C at most"},
		{name: "up to a veto", overrides: &grade.Overrides{}, score: "10", to: 2, want: "C", ruled: 3, step: 1,
			rules: []grade.Rule{{ID: "late", When: always(), AtMost: "C"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := abcd()
			l.Scale = append(l.Scale, grade.Row{Grade: "M", OffScale: true})
			l.Override, l.Rules = c.overrides, c.rules
			got, r := gradedBy(t, checked(t, l), c.score, nil, &grade.Override{Grade: c.to, By: "王", Reason: "committee"})
			assert.Equal(t, c.want, got)
			assert.Equal(t, c.ruled, r.Ruled, "the grade worked out is kept")
			s := r.Steps[c.step]
			assert.Equal(t, grade.ByHand, s.Kind)
			assert.Equal(t, c.effect, s.Effect)
			if c.refusal == "" {
				require.NoError(t, r.Refused)
				return
			}
			require.EqualError(t, r.Refused, c.refusal)
			var e *grade.OverrideError
			require.ErrorAs(t, r.Refused, &e)
		})
	}
}

func TestAnOverrideEndsAfterItsLastDay(t *testing.T) {
	l := abcd()
	l.Override = &grade.Overrides{MaxNotches: new(1)}
	checked(t, l)
	o := grade.Override{Grade: 0, Until: 100, HasUntil: true, AsOf: 100}
	got, _ := gradedBy(t, l, "80", nil, &o)
	assert.Equal(t, "A", got, "the last day counts")

	o.AsOf = 101
	got, r := gradedBy(t, l, "80", nil, &o)
	assert.Equal(t, "B", got)
	assert.Equal(t, grade.Expired, r.Steps[0].Effect)
	assert.NoError(t, r.Refused, "ignored, and said so")

	o.HasUntil = false
	got, _ = gradedBy(t, l, "80", nil, &o)
	assert.Equal(t, "A", got)
}

func TestTheOutcomeIsThatOfTheFinalGrade(t *testing.T) {
	l := abcd()
	l.Scale[3].Outcome = grade.Reject
	l.Override = &grade.Overrides{MaxNotches: new(1)}
	checked(t, l)
	_, r := gradedBy(t, l, "10", nil, &grade.Override{Grade: 2})
	assert.Equal(t, grade.None, r.Outcome)
	_, r = gradedBy(t, l, "70", nil, &grade.Override{Grade: 3})
	assert.Equal(t, grade.Reject, r.Outcome)
}
