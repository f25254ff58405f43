package grade_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/slot"
)

func steps(n int64) grade.Operand { return grade.Const(grade.Int(n)) }

func TestAGradeMovesOnlySoFarFromThePrevious(t *testing.T) {
	for _, c := range []struct {
		name            string
		t               grade.Transitions
		previous, score string
		want            string
		effects         []grade.Effect
	}{
		{"one up is allowed", grade.Transitions{MaxUp: steps(1)}, "B", "95", "A", []grade.Effect{grade.NoChange}},
		{"two up are not", grade.Transitions{MaxUp: steps(1)}, "C", "95", "B", []grade.Effect{grade.HeldUp}},
		{"no way up", grade.Transitions{MaxUp: steps(0)}, "C", "95", "C", []grade.Effect{grade.HeldUp}},
		{"max_up says nothing of the way down", grade.Transitions{MaxUp: steps(1)}, "A", "10", "D", []grade.Effect{grade.NoChange}},
		{"one down is allowed", grade.Transitions{MaxDown: steps(1)}, "A", "80", "B", []grade.Effect{grade.NoChange}},
		{"two down are not", grade.Transitions{MaxDown: steps(1)}, "A", "70", "B", []grade.Effect{grade.HeldDown}},
		{"max_down says nothing of the way up", grade.Transitions{MaxDown: steps(1)}, "D", "95", "A", []grade.Effect{grade.NoChange}},
		{"nothing moves", grade.Transitions{MaxUp: steps(0), MaxDown: steps(0)}, "B", "80", "B", []grade.Effect{grade.NoChange}},
		{"frozen above", grade.Transitions{Freeze: always()}, "A", "10", "A", []grade.Effect{grade.Frozen}},
		{"frozen below", grade.Transitions{Freeze: always(), MaxUp: steps(1)}, "D", "95", "D", []grade.Effect{grade.Frozen}},
		{"a forbidden step up ends below", grade.Transitions{Forbid: []grade.Move{{From: "C", To: "A"}}}, "C", "95", "B", []grade.Effect{grade.Forbidden}},
		{"from elsewhere it is allowed", grade.Transitions{Forbid: []grade.Move{{From: "C", To: "A"}}}, "D", "95", "A", []grade.Effect{grade.NoChange}},
		{"to elsewhere it is allowed", grade.Transitions{Forbid: []grade.Move{{From: "C", To: "A"}}}, "C", "80", "B", []grade.Effect{grade.NoChange}},
		{"a forbidden step down ends above", grade.Transitions{Forbid: []grade.Move{{From: "A", To: "C"}}}, "A", "70", "B", []grade.Effect{grade.Forbidden}},
		{"all steps forbidden", grade.Transitions{Forbid: []grade.Move{{From: "C", To: "B"}, {From: "C", To: "A"}}}, "C", "95", "C", []grade.Effect{grade.Forbidden, grade.Forbidden}},
		{"held, and forbidden where it is held", grade.Transitions{MaxUp: steps(2), Forbid: []grade.Move{{From: "D", To: "B"}}}, "D", "95", "C", []grade.Effect{grade.HeldUp, grade.Forbidden}},
		{"a previous grade off the ladder", grade.Transitions{MaxUp: steps(0)}, "M", "95", "A", []grade.Effect{grade.OffLadder}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := abcd()
			l.Scale = append(l.Scale, grade.Row{Grade: "M", OffScale: true})
			c.t.From = grade.Slot(0)
			l.Transitions = &c.t
			checked(t, l)
			for _, previous := range []grade.Value{grade.Text(c.previous), l.Rank(l.Index(c.previous))} {
				got, r := graded(t, l, c.score, grade.NewFrame(previous))
				assert.Equal(t, c.want, got)
				var effects []grade.Effect
				at := r.Scored
				for _, s := range r.Steps {
					assert.Equal(t, grade.Transition, s.Kind)
					assert.Equal(t, at, s.From)
					at = s.To
					effects = append(effects, s.Effect)
				}
				assert.Equal(t, r.Final, at)
				assert.Equal(t, c.effects, effects)
			}
		})
	}
}

func TestAForbiddenStepIsNamed(t *testing.T) {
	l := abcd()
	l.Transitions = &grade.Transitions{From: grade.Slot(0), Forbid: []grade.Move{{From: "D", To: "A"}, {From: "C", To: "A"}}}
	_, r := graded(t, checked(t, l), "95", grade.NewFrame(grade.Text("C")))
	assert.Equal(t, []grade.Step{{Kind: grade.Transition, Index: 1, From: 0, To: 1, Effect: grade.Forbidden}}, r.Steps)
}

func TestWithoutAPreviousGradeTransitionsAreSkipped(t *testing.T) {
	l := abcd()
	l.Transitions = &grade.Transitions{From: grade.Slot(0), MaxUp: steps(0)}
	checked(t, l)
	f := grade.NewFrame(grade.Value{})
	f.Slots[0] = slot.Gone(f.Blame(2))
	got, r := graded(t, l, "95", f)
	assert.Equal(t, "A", got)
	assert.Equal(t, grade.NoPrevious, r.Steps[0].Effect)
	assert.Equal(t, "skipped: previous grade absent", r.Steps[0].Effect.String())
	assert.Equal(t, grade.None, r.Outcome, "that does not refer")
	assert.Equal(t, []int{2}, f.Atoms(nil, r.Missing), "but is said")
	_, r = graded(t, l, "95", grade.NewFrame(grade.Value{}))
	assert.Equal(t, grade.NoPrevious, r.Steps[0].Effect, "also where nothing is to blame for it")
}

func TestAPreviousGradeThatDoesNotExistIsAnError(t *testing.T) {
	l := abcd()
	l.Transitions = &grade.Transitions{From: grade.Slot(0), MaxUp: steps(0)}
	checked(t, l)
	var r grade.Result
	err := l.Grade(grade.NewFrame(grade.Text("AA")), grade.Int(95), true, 0, nil, &r)
	assert.ErrorContains(t, err, `transitions.from: there is no grade "AA"`)
	assert.False(t, r.Has)
}

func TestWhatCannotBeToldInTransitionsRefers(t *testing.T) {
	gone := func(atom int) grade.Operand {
		return grade.Func(func(f *grade.Frame) (grade.Number, grade.Absence) { return grade.Number{}, f.Blame(atom) })
	}
	for _, c := range []struct {
		name        string
		t           grade.Transitions
		previous    string
		score, want string
		refers      bool
	}{
		{"freeze", grade.Transitions{Freeze: unknown(6)}, "C", "95", "A", true},
		{"max_up", grade.Transitions{MaxUp: gone(6)}, "C", "95", "A", true},
		{"max_up on the way down", grade.Transitions{MaxUp: gone(6)}, "A", "70", "C", false},
		{"max_down", grade.Transitions{MaxDown: gone(6)}, "A", "70", "C", true},
		{"max_down on the way up", grade.Transitions{MaxDown: gone(6)}, "C", "95", "A", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := abcd()
			c.t.From = grade.Slot(0)
			l.Transitions = &c.t
			f := grade.NewFrame(grade.Text(c.previous))
			got, r := graded(t, checked(t, l), c.score, f)
			assert.Equal(t, c.want, got)
			if c.refers {
				assert.Equal(t, grade.Refer, r.Outcome)
				assert.Equal(t, []int{6}, f.Atoms(nil, r.Missing))
			} else {
				assert.Equal(t, grade.None, r.Outcome)
				assert.Zero(t, r.Missing)
			}
		})
	}
}

func TestANumberOfStepsMustBeWhole(t *testing.T) {
	l := abcd()
	l.Transitions = &grade.Transitions{From: grade.Slot(0), MaxUp: grade.NumberIn(1)}
	checked(t, l)
	var r grade.Result
	for _, n := range []string{"-1", "0.5"} {
		f := grade.NewFrame(grade.Text("C"), grade.Num(grade.MustParse(n)))
		assert.ErrorContains(t, l.Grade(f, grade.Int(95), true, 0, nil, &r), "transitions.max_up: "+n+" steps cannot be made")
	}
	for n, want := range map[string]string{"0": "C", "1.0": "B", "2": "A", "1e30": "A"} {
		got, _ := graded(t, l, "95", grade.NewFrame(grade.Text("C"), grade.Num(grade.MustParse(n))))
		assert.Equal(t, want, got, n)
	}
}

// max_down never undoes a veto, and neither does a freeze.
func TestAVetoStandsAfterTransitions(t *testing.T) {
	for _, tr := range []grade.Transitions{{MaxDown: steps(1)}, {Freeze: always()}, {Forbid: []grade.Move{{From: "A", To: "D"}, {From: "A", To: "C"}}}} {
		l := abcd()
		tr.From = grade.Slot(0)
		l.Transitions = &tr
		l.Rules = []grade.Rule{{When: flag(1), AtMost: "D"}}
		checked(t, l)
		got, r := graded(t, l, "95", grade.NewFrame(grade.Text("A"), grade.Truth(true)))
		assert.Equal(t, "D", got)
		last := r.Steps[len(r.Steps)-1]
		assert.Equal(t, grade.Hold, last.Kind)
		assert.Equal(t, 3, last.To)
		got, _ = graded(t, l, "95", grade.NewFrame(grade.Text("A"), grade.Truth(false)))
		assert.Equal(t, "A", got)
	}
}

func TestTransitionsLookAtTheGradeThatTheRulesLeft(t *testing.T) {
	l := abcd()
	l.Transitions = &grade.Transitions{From: grade.Slot(0), MaxUp: steps(1)}
	l.Rules = []grade.Rule{{When: always(), Notches: new(-1)}}
	got, r := graded(t, checked(t, l), "95", grade.NewFrame(grade.Text("C")))
	assert.Equal(t, "B", got, "A, one down to B, which is one up from C: nothing to hold back")
	require.Len(t, r.Steps, 2)
	assert.Equal(t, grade.NoChange, r.Steps[1].Effect)
}
