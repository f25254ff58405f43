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
		{name: "one beyond the last grade", overrides: &grade.Overrides{}, score: "80", to: 5, want: "B", ruled: 1, effect: grade.NotTaken,
			refusal: "the override was refused: there is no grade number 5"},
		{name: "one before the first grade", overrides: &grade.Overrides{}, score: "80", to: -1, want: "B", ruled: 1, effect: grade.NotTaken,
			refusal: "the override was refused: there is no grade number -1"},
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

func TestOnlySomeGradesAreChangedByHand(t *testing.T) {
	for _, c := range []struct {
		name, score string
		to          int
		want        string
		refusal     string
	}{
		{"among them, down", "80", 2, "C", ""},
		{"among them, up", "70", 1, "B", ""},
		{"to another one", "80", 0, "B", "the override to grade A was refused: A is not changed by hand: only B, C are"},
		{"from another one", "95", 1, "A", "the override to grade B was refused: A is not changed by hand: only B, C are"},
		{"two others", "95", 3, "A", "the override to grade D was refused: A is not changed by hand: only B, C are"},
		{"to what it is anyway", "95", 0, "A", ""},
		{"where there is none", "", 1, "B", ""},
		{"another one where there is none", "", 3, "", "the override to grade D was refused: D is not changed by hand: only B, C are"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := abcd()
			l.Override = &grade.Overrides{Grades: []string{"B", "C"}}
			got, r := gradedBy(t, checked(t, l), c.score, nil, &grade.Override{Grade: c.to, By: "王", Reason: "committee"})
			assert.Equal(t, c.want, got)
			if c.refusal == "" {
				assert.NoError(t, r.Refused)
				assert.True(t, r.Overridden())
				return
			}
			assert.EqualError(t, r.Refused, c.refusal)
			assert.False(t, r.Overridden())
		})
	}
}

func TestAnOverrideIsSignedByWhoMayGiveIt(t *testing.T) {
	l := abcd()
	l.Override = &grade.Overrides{By: []string{"客户管理委员会", "总经理"}}
	checked(t, l)
	for _, c := range []struct{ by, reason, zh, en string }{
		{"客户管理委员会", "长期合作", "", ""},
		{" 总经理 ", "长期合作", "", ""},
		{"销售部", "长期合作", "销售部无权调整等级，有权的是客户管理委员会、总经理", "销售部 may not give it: that is for 客户管理委员会, 总经理"},
		{"", "长期合作", "没有注明调整人", "it does not say who gave it"},
		{"客户管理委员会", " ", "没有注明原因", "it does not say why"},
	} {
		got, r := gradedBy(t, l, "80", nil, &grade.Override{Grade: 0, By: c.by, Reason: c.reason})
		if c.en == "" {
			assert.Equal(t, "A", got)
			continue
		}
		assert.Equal(t, "B", got)
		var e *grade.OverrideError
		require.ErrorAs(t, r.Refused, &e)
		assert.Equal(t, c.zh, e.Reason.In("zh"))
		assert.Equal(t, c.en, e.Reason.In("en"))
	}
}

func TestWhatIsWrongWithOverrides(t *testing.T) {
	for _, c := range []struct {
		o    grade.Overrides
		want string
	}{
		{grade.Overrides{MaxNotches: new(0)}, "an override of 0 steps is none: at least 1 is needed"},
		{grade.Overrides{Grades: []string{"B", "E"}}, "there is no grade E"},
		{grade.Overrides{Grades: []string{"B"}}, "no grade can be changed by hand: both the grade worked out and the one given must be among these"},
		{grade.Overrides{By: []string{}}, "nobody may give a grade by hand: the list is empty"},
	} {
		l := abcd()
		l.Override = &c.o
		faults := l.Check(2)
		require.Len(t, faults, 1)
		assert.Equal(t, c.want, faults[0].Message)
	}
}

func TestAnOverrideEndsAfterItsLastDay(t *testing.T) {
	l := abcd()
	l.Override = &grade.Overrides{MaxNotches: new(1)}
	checked(t, l)
	o := grade.Override{Grade: 0, By: "王", Reason: "committee", Until: 100, HasUntil: true, AsOf: 100}
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
	_, r := gradedBy(t, l, "10", nil, &grade.Override{Grade: 2, By: "王", Reason: "committee"})
	assert.Equal(t, grade.None, r.Outcome)
	_, r = gradedBy(t, l, "70", nil, &grade.Override{Grade: 3, By: "王", Reason: "committee"})
	assert.Equal(t, grade.Reject, r.Outcome)
}
