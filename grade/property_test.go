package grade_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/grade"
)

// Random ladders, rules, transitions, overrides and customers: what must be so whatever they are.
func TestWhatHoldsForEveryLadder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	names := []string{"A", "B", "C", "D", "E", "F", "G", "H"}
	for range 20_000 {
		n := 1 + rnd.IntN(6)
		l := &grade.Ladder{}
		for i := range n {
			l.Scale = append(l.Scale, grade.Row{Grade: names[i], Min: new(grade.Int(int64(90 - 10*i)))})
		}
		l.Scale = append(l.Scale, grade.Row{Grade: "M", OffScale: true})
		any := func() string { return names[rnd.IntN(n)] }
		for i := range rnd.IntN(5) {
			r := grade.Rule{When: flag(1 + i)}
			switch rnd.IntN(5) {
			case 0, 1:
				r.AtMost = any()
			case 2:
				r.AtLeast = any()
			case 3:
				r.Notches = new([]int{-2, -1, 1, 2}[rnd.IntN(4)])
			case 4:
				r.Grade = l.Names()[rnd.IntN(n+1)]
			}
			l.Rules = append(l.Rules, r)
		}
		maxUp, maxDown := rnd.IntN(4), rnd.IntN(4)
		if rnd.IntN(2) == 0 {
			l.Transitions = &grade.Transitions{From: grade.Slot(0), MaxUp: steps(int64(maxUp)), MaxDown: steps(int64(maxDown))}
			if a, b := any(), any(); a != b {
				l.Transitions.Forbid = []grade.Move{{From: a, To: b}}
			}
		}
		if rnd.IntN(2) == 0 {
			l.Override = &grade.Overrides{MaxNotches: new(1 + rnd.IntN(2))}
		}
		require.Empty(t, l.Check(0))

		f := grade.NewFrame(grade.Text(l.Names()[rnd.IntN(n+1)]))
		for range 5 {
			f.Slots = append(f.Slots, grade.Truth(rnd.IntN(2) == 0))
		}
		var o *grade.Override
		if rnd.IntN(2) == 0 {
			o = &grade.Override{Grade: rnd.IntN(n + 1)}
		}
		var r grade.Result
		require.NoError(t, l.Grade(f, grade.Int(int64(20+rnd.IntN(80))), true, 0, o, &r))

		// The steps are a chain from the score to the final grade.
		at := r.Scored
		for _, s := range r.Steps {
			require.Equal(t, at, s.From, "%+v", r.Steps)
			at = s.To
		}
		require.Equal(t, r.Final, at)
		require.Equal(t, r.Has, r.Final >= 0)
		if !r.Has || r.Final == n {
			continue // no grade, or off the ladder
		}
		best, worst := 0, n-1
		for i, s := range r.Steps[:len(l.Rules)] {
			if to := l.Index(l.Rules[i].AtMost); to >= 0 && s.Fired() {
				best = max(best, to)
			}
			if to := l.Index(l.Rules[i].AtLeast); to >= 0 && s.Fired() {
				worst = min(worst, to)
			}
		}
		require.GreaterOrEqual(t, r.Final, best, "never better than a veto that fired")
		require.GreaterOrEqual(t, r.Ruled, best)
		require.LessOrEqual(t, r.Ruled, max(worst, best), "never worse than an at_least that fired, unless a veto says so")
		if o != nil && r.Final != r.Ruled {
			require.NotNil(t, l.Override)
			require.LessOrEqual(t, max(r.Final-r.Ruled, r.Ruled-r.Final), *l.Override.MaxNotches)
			require.NoError(t, r.Refused)
		}
		if p := l.Index(f.Slots[0].Str); l.Transitions != nil && p < n && best == 0 && worst == n-1 {
			require.LessOrEqual(t, p-r.Ruled, maxUp)
			require.LessOrEqual(t, r.Ruled-p, maxDown)
			for _, m := range l.Transitions.Forbid {
				require.False(t, l.Index(m.From) == p && l.Index(m.To) == r.Ruled, "a forbidden step")
			}
		}
	}
}

// Of a thousand scales with thresholds at random, every score has the grade that counting thresholds gives it.
func TestScalesAgainstCounting(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		l := &grade.Ladder{}
		bound := int64(1000)
		for i := range 1 + rnd.IntN(20) {
			bound -= 1 + rnd.Int64N(40)
			n, _ := grade.Int(bound).Quo(grade.Int(7))
			l.Scale = append(l.Scale, grade.Row{Grade: string(rune('a' + i)), Min: new(n)})
		}
		require.Empty(t, l.Check(-1))
		sevenths := rnd.Int64N(1100)
		want := -1
		for i := range l.Scale {
			if least := l.Scale[i].Min; !grade.Int(sevenths).Less(least.Mul(grade.Int(7))) {
				want = i
				break
			}
		}
		score, _ := grade.Int(sevenths).Quo(grade.Int(7))
		var r grade.Result
		require.NoError(t, l.Grade(grade.NewFrame(), score, true, 0, nil, &r))
		assert.Equal(t, want, r.Final)
	}
}
