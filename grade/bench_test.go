package grade_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/grade"
)

// busy is a ladder on which everything has something to do.
func busy(t testing.TB) (*grade.Ladder, *grade.Frame) {
	l := abcd()
	l.Rules = []grade.Rule{
		{ID: "long-overdue", When: flag(1), AtMost: "C"},
		{ID: "incident", When: flag(2), Notches: new(1)},
		{ID: "unknown", When: unknown(7), AtMost: "C"},
	}
	l.Transitions = &grade.Transitions{From: grade.Slot(0), MaxUp: steps(1), Freeze: flag(3)}
	l.Override = &grade.Overrides{MaxNotches: new(1)}
	return checked(t, l), grade.NewFrame(grade.Rank(2, "C"), grade.Truth(true), grade.Truth(true), grade.Truth(false))
}

func TestGradingAllocatesNothing(t *testing.T) {
	l, f := busy(t)
	var r grade.Result
	o := &grade.Override{Grade: 3, By: "王", Reason: "committee"}
	score := grade.MustParse("97.66")
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		f.Reset(4)
		if l.Grade(f, score, true, 0, o, &r) != nil || r.Final != 3 {
			t.Error("not graded")
		}
	}))
	require.Len(t, r.Steps, 6)
}

// Scores at the thresholds and one step below them.
func BenchmarkGrade(b *testing.B) {
	scores := []grade.Number{}
	for _, s := range []string{"90", "89.99", "75", "74.99", "60", "59.99", "0", "100"} {
		scores = append(scores, grade.MustParse(s))
	}
	run := func(b *testing.B, l *grade.Ladder, f *grade.Frame) {
		var r grade.Result
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			f.Reset(len(f.Slots))
			if err := l.Grade(f, scores[i%len(scores)], true, 0, nil, &r); err != nil || !r.Has {
				b.Fatal("not graded")
			}
		}
	}
	b.Run("scale", func(b *testing.B) { run(b, checked(b, abcd()), grade.NewFrame()) })
	b.Run("rules and transitions", func(b *testing.B) {
		l, f := busy(b)
		run(b, l, f)
	})
}
