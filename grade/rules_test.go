package grade_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/grade"
)

func TestRulesCapLiftMoveAndSet(t *testing.T) {
	for _, c := range []struct {
		rule        grade.Rule
		score, want string
		effect      grade.Effect
	}{
		{grade.Rule{AtMost: "C"}, "95", "C", grade.Applied},
		{grade.Rule{AtMost: "C"}, "60", "C", grade.NoChange},
		{grade.Rule{AtMost: "C"}, "10", "D", grade.NoChange},
		{grade.Rule{AtLeast: "B"}, "10", "B", grade.Applied},
		{grade.Rule{AtLeast: "B"}, "95", "A", grade.NoChange},
		{grade.Rule{Notches: new(-1)}, "95", "B", grade.Applied},
		{grade.Rule{Notches: new(1)}, "70", "B", grade.Applied},
		{grade.Rule{Notches: new(-2)}, "70", "D", grade.Applied},
		{grade.Rule{Notches: new(-9)}, "95", "D", grade.Applied}, // stops at the end of the ladder
		{grade.Rule{Notches: new(9)}, "70", "A", grade.Applied},
		{grade.Rule{Notches: new(-1)}, "10", "D", grade.NoChange},
		{grade.Rule{Grade: "C"}, "95", "C", grade.Applied},
		{grade.Rule{Grade: "C"}, "10", "C", grade.Applied},
		{grade.Rule{Grade: "M"}, "95", "M", grade.Applied},
	} {
		l := abcd()
		l.Scale = append(l.Scale, grade.Row{Grade: "M", OffScale: true})
		c.rule.When = always()
		l.Rules = []grade.Rule{c.rule}
		got, r := graded(t, checked(t, l), c.score, nil)
		assert.Equal(t, c.want, got, "%+v of %s", c.rule, c.score)
		require.Len(t, r.Steps, 1)
		assert.Equal(t, c.effect, r.Steps[0].Effect)
		assert.Equal(t, grade.OfRule, r.Steps[0].Kind)
		assert.Equal(t, r.Scored, r.Steps[0].From)
		assert.Equal(t, r.Final, r.Steps[0].To)
		assert.True(t, r.Steps[0].Fired())
	}
}

func TestARuleThatDoesNotApplyIsSaidToBeSo(t *testing.T) {
	l := abcd()
	l.Rules = []grade.Rule{{When: flag(0), AtMost: "D"}}
	got, r := graded(t, checked(t, l), "95", grade.NewFrame(grade.Truth(false)))
	assert.Equal(t, "A", got)
	assert.Equal(t, []grade.Step{{Effect: grade.NotMet}}, r.Steps)
	assert.False(t, r.Steps[0].Fired())
}

// Long overdue caps at C, an incident costs one grade: in this order A goes to C and then D.
func TestRulesApplyInTheOrderOfTheFile(t *testing.T) {
	late := grade.Rule{ID: "long-overdue", When: always(), AtMost: "C"}
	incident := grade.Rule{ID: "incident", When: always(), Notches: new(-1)}
	l := abcd()
	l.Rules = []grade.Rule{late, incident}
	got, r := graded(t, checked(t, l), "95", nil)
	assert.Equal(t, "D", got)
	assert.Equal(t, []grade.Step{{Index: 0, From: 0, To: 2}, {Index: 1, From: 2, To: 3}}, r.Steps)

	l.Rules = []grade.Rule{incident, late}
	got, _ = graded(t, checked(t, l), "95", nil)
	assert.Equal(t, "C", got)
}

func TestAVetoHoldsOnceMoreAtTheEnd(t *testing.T) {
	l := abcd()
	l.Rules = []grade.Rule{
		{When: always(), AtMost: "C"},
		{When: always(), Notches: new(2)},
	}
	got, r := graded(t, checked(t, l), "95", nil)
	assert.Equal(t, "C", got)
	assert.Equal(t, grade.Step{Kind: grade.Hold, Index: 0, From: 0, To: 2}, r.Steps[2])

	l.Rules = []grade.Rule{
		{When: always(), AtLeast: "B"},
		{When: always(), Notches: new(-2)},
	}
	got, _ = graded(t, checked(t, l), "95", nil)
	assert.Equal(t, "B", got)

	l.Rules = []grade.Rule{
		{When: always(), AtMost: "C"},
		{When: always(), AtLeast: "A"},
	}
	got, _ = graded(t, checked(t, l), "95", nil)
	assert.Equal(t, "C", got, "at_most wins over at_least, wherever it stands")

	l.Rules[0].When = flag(0)
	got, _ = graded(t, checked(t, l), "10", grade.NewFrame(grade.Truth(false)))
	assert.Equal(t, "A", got, "what did not fire does not hold")
}

func TestARuleThatCannotBeToldRefers(t *testing.T) {
	rule := grade.Rule{When: unknown(4), AtMost: "C"}
	for _, c := range []struct {
		missing string
		want    string
		outcome grade.Outcome
		effect  grade.Effect
	}{
		{"", "A", grade.Refer, grade.Unknown},
		{"refer", "A", grade.Refer, grade.Unknown},
		{"skip", "A", grade.None, grade.Skipped},
		{"apply", "C", grade.None, grade.Applied},
	} {
		l := abcd()
		rule.Missing = c.missing
		l.Rules = []grade.Rule{rule}
		f := grade.NewFrame()
		got, r := graded(t, checked(t, l), "95", f)
		assert.Equal(t, c.want, got, c.missing)
		assert.Equal(t, c.outcome, r.Outcome, c.missing)
		assert.Equal(t, c.effect, r.Steps[0].Effect, c.missing)
		assert.Equal(t, []int{4}, f.Atoms(nil, r.Missing), "what was missing is named in any case")
		assert.Equal(t, []int{4}, f.Atoms(nil, r.Steps[0].Missing))
	}
}

func TestARejectionBeatsAReferral(t *testing.T) {
	l := abcd()
	l.Scale[3].Outcome = grade.Reject
	l.Rules = []grade.Rule{{When: unknown(1), Notches: new(-1)}}
	_, r := graded(t, checked(t, l), "10", nil)
	assert.Equal(t, grade.Reject, r.Outcome)
}

func TestEverythingMissingIsNamed(t *testing.T) {
	l := abcd()
	l.Rules = []grade.Rule{
		{When: unknown(1), AtMost: "C"}, {When: unknown(2), AtMost: "C", Missing: "skip"}, {When: unknown(3), AtMost: "C", Missing: "apply"},
	}
	f := grade.NewFrame()
	_, r := graded(t, checked(t, l), "", f) // the score itself blames atom 0
	assert.Equal(t, []int{0, 1, 2, 3}, f.Atoms(nil, r.Missing))
}

func TestARuleMayGiveAGradeWhereThereIsNoScore(t *testing.T) {
	l := abcd()
	l.Scale = append(l.Scale, grade.Row{Grade: "M", OffScale: true})
	l.Rules = []grade.Rule{{When: always(), AtMost: "C"}, {When: flag(0), Grade: "M"}, {When: flag(1), Grade: "A"}}
	checked(t, l)

	got, r := graded(t, l, "", grade.NewFrame(grade.Truth(false), grade.Truth(false)))
	assert.Empty(t, got)
	assert.Equal(t, grade.NoGrade, r.Steps[0].Effect)

	got, _ = graded(t, l, "", grade.NewFrame(grade.Truth(true), grade.Truth(false)))
	assert.Equal(t, "M", got)

	got, r = graded(t, l, "", grade.NewFrame(grade.Truth(false), grade.Truth(true)))
	assert.Equal(t, "C", got, "the veto fired when there was no grade yet, and stands")
	assert.Equal(t, -1, r.Scored)
}

func TestOnlySettingLeadsOffTheLadderAndBack(t *testing.T) {
	l := abcd()
	l.Scale = append(l.Scale, grade.Row{Grade: "M", OffScale: true})
	l.Rules = []grade.Rule{
		{When: always(), Grade: "M"},
		{When: always(), AtMost: "C"},
		{When: always(), Notches: new(-1)},
		{When: always(), AtLeast: "B"},
	}
	got, r := graded(t, checked(t, l), "95", nil)
	assert.Equal(t, "M", got)
	for _, s := range r.Steps[1:] {
		assert.Equal(t, grade.OffLadder, s.Effect)
	}
	l.Rules = append(l.Rules, grade.Rule{When: always(), Grade: "A"})
	got, _ = graded(t, checked(t, l), "95", nil)
	assert.Equal(t, "C", got, "back on the ladder, what fired holds")
}

func TestAConditionThatFailsIsAnErrorWithItsRule(t *testing.T) {
	broken := errors.New("the expression takes more than 100000 steps")
	l := abcd()
	l.Rules = []grade.Rule{{ID: "slow", When: grade.When(func(f *grade.Frame) (bool, grade.Absence) { return false, f.Fail(broken) }), AtMost: "C"}}
	checked(t, l)
	f := grade.NewFrame()
	var r grade.Result
	err := l.Grade(f, grade.Int(95), true, 0, nil, &r)
	require.ErrorIs(t, err, broken)
	assert.EqualError(t, err, "grade: rule slow: the expression takes more than 100000 steps")
	assert.False(t, r.Has)
	assert.Equal(t, -1, r.Final)
	assert.NoError(t, f.Err(), "the error was taken from the frame")

	l.Rules[0].ID = ""
	assert.ErrorContains(t, l.Grade(f, grade.Int(95), true, 0, nil, &r), "rule 1:")
}

func TestTheCodeOfAReasonIsTheIdUnlessItSaysOtherwise(t *testing.T) {
	assert.Equal(t, "late", (&grade.Rule{ID: "late"}).ReasonCode())
	assert.Equal(t, "R07", (&grade.Rule{ID: "late", Code: "R07"}).ReasonCode())
}

func TestStepsHaveNames(t *testing.T) {
	assert.Equal(t, "rule, transition, hold, override, unknown", fmt.Sprintf("%s, %s, %s, %s, %s", grade.OfRule, grade.Transition, grade.Hold, grade.ByHand, grade.StepKind(99)))
	assert.Equal(t, "applied, refused, unknown", fmt.Sprintf("%s, %s, %s", grade.Applied, grade.NotTaken, grade.Effect(99)))
}
