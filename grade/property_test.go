package grade_test

import (
	"fmt"
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
			o = &grade.Override{Grade: rnd.IntN(n + 1), By: "王", Reason: "committee"}
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

// Random scales of whole scores: in one without a fault every grade can be had, the scores of better grades lie beyond
// those of worse ones, and no score between has no grade. In one with a gap, the score that the fault names has no grade.
func TestAScaleWithoutFaultsIsWhole(t *testing.T) {
	const most = 40
	rnd := rand.New(rand.NewPCG(9, 10))
	clean, gaps := 0, 0
	for range 20_000 {
		l := &grade.Ladder{}
		n := 1 + rnd.IntN(4)
		// Mostly sensible scales: bounds go one way, each meets the last or nearly does.
		step := []int64{-1, 1}[rnd.IntN(2)]
		at := int64(20) - 10*step
		for i := range n {
			r := grade.Row{Grade: string(rune('A' + i))}
			from, to := at, at+step*rnd.Int64N(6)
			at = to + step*(rnd.Int64N(3)+rnd.Int64N(2)) // overlap, meet or gap
			lo, hi := min(from, to), max(from, to)
			switch rnd.IntN(3) {
			case 0:
				r.Min = new(grade.Int(lo))
			case 1:
				r.Above = new(grade.Int(lo - 1))
			}
			switch rnd.IntN(3) {
			case 0:
				r.Max = new(grade.Int(hi))
			case 1:
				r.Below = new(grade.Int(hi + 1))
			}
			l.Scale = append(l.Scale, r)
		}
		faults := l.Check(0)
		gradeOf := func(score int64) int {
			x := grade.Int(score)
			var r grade.Result
			require.NoError(t, l.Grade(grade.NewFrame(), x, true, 0, nil, &r))
			if r.Has {
				row := &l.Scale[r.Final]
				require.True(t, (row.Min == nil || !x.Less(*row.Min)) && (row.Above == nil || row.Above.Less(x)) &&
					(row.Max == nil || !row.Max.Less(x)) && (row.Below == nil || x.Less(*row.Below)), "%d %+v", score, l.Scale)
			}
			return r.Final
		}
		if len(faults) > 0 {
			for _, f := range faults {
				var lo, hi int64
				_, err := fmt.Sscanf(f.Message, "no grade has the scores from %d to %d,", &lo, &hi)
				if err != nil {
					_, err = fmt.Sscanf(f.Message, "no grade has the score %d,", &lo)
					hi = lo
				}
				l.Gaps = "refer"
				if err == nil && f.Code == "scale-gap" && l.Check(0) == nil {
					gaps++
					for score := lo; score <= hi; score++ {
						require.Equal(t, -1, gradeOf(score), "%s %+v", f.Message, l.Scale)
					}
					require.NotEqual(t, -1, gradeOf(lo-1), "%s %+v", f.Message, l.Scale)
					require.NotEqual(t, -1, gradeOf(hi+1), "%s %+v", f.Message, l.Scale)
				}
			}
			continue
		}
		clean++
		var met []int // the grades from the lowest score to the highest
		for score := int64(-most); score <= 2*most; score++ {
			if g := gradeOf(score); len(met) == 0 || met[len(met)-1] != g {
				met = append(met, g)
			}
		}
		if met[0] == -1 {
			met = met[1:]
		}
		if met[len(met)-1] == -1 {
			met = met[:len(met)-1]
		}
		require.Len(t, met, n, "%+v", l.Scale)
		for i, g := range met {
			require.True(t, g == i || g == n-1-i, "%v %+v", met, l.Scale)
		}
		require.Empty(t, l.Reach(nil, nil).Never)
	}
	require.Greater(t, clean, 1000)
	require.Greater(t, gaps, 1000)
}
