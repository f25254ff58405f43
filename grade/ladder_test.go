package grade_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// at returns a bound.
func at(s string) *grade.Number { return new(grade.MustParse(s)) }

// flag is a condition that reads the truth value in slot i.
func flag(i int) grade.Condition {
	return grade.When(func(f *grade.Frame) (bool, grade.Absence) {
		if v := f.Slots[i]; v.Kind == slot.Bool {
			return v.Int == 1, 0
		}
		return false, f.Slots[i].Absent
	})
}

// always holds.
func always() grade.Condition {
	return grade.When(func(*grade.Frame) (bool, grade.Absence) { return true, 0 })
}

// unknown is missing, for want of the input atom.
func unknown(atom int) grade.Condition {
	return grade.When(func(f *grade.Frame) (bool, grade.Absence) { return false, f.Blame(atom) })
}

// abcd is the ladder of the customer management measures: A from 90, B from 75, C from 60, D from 0.
func abcd() *grade.Ladder {
	return &grade.Ladder{Scale: []grade.Row{
		{Grade: "A", Min: at("90")}, {Grade: "B", Min: at("75")}, {Grade: "C", Min: at("60")}, {Grade: "D", Min: at("0")},
	}}
}

// checked returns l, in which there is nothing wrong at two places.
func checked(t testing.TB, l *grade.Ladder) *grade.Ladder {
	t.Helper()
	require.Empty(t, l.Check(2))
	return l
}

// graded grades a customer with score, "" for none, and returns the name of the grade and how it came about.
func graded(t testing.TB, l *grade.Ladder, score string, f *grade.Frame) (string, grade.Result) {
	t.Helper()
	return gradedBy(t, l, score, f, nil)
}

func gradedBy(t testing.TB, l *grade.Ladder, score string, f *grade.Frame, o *grade.Override) (string, grade.Result) {
	t.Helper()
	if f == nil {
		f = grade.NewFrame()
	}
	var r grade.Result
	var n grade.Number
	var missing grade.Absence
	if score == "" {
		missing = f.Blame(0)
	} else {
		n = grade.MustParse(score)
	}
	require.NoError(t, l.Grade(f, n, score != "", missing, o, &r))
	if !r.Has {
		assert.Equal(t, -1, r.Final)
		return "", r
	}
	return l.Names()[r.Final], r
}

func TestAScoreHasTheFirstGradeWhoseBoundHolds(t *testing.T) {
	l := checked(t, abcd())
	for score, want := range map[string]string{
		"100": "A", "90": "A", "89.99": "B", "75.01": "B", "75": "B", "74.99": "C", "60": "C", "59.99": "D", "0": "D",
		"89.9999999999999999": "B", // no rounding here
	} {
		got, r := graded(t, l, score, nil)
		assert.Equal(t, want, got, score)
		assert.Equal(t, r.Final, r.Scored)
		assert.Equal(t, r.Final, r.Ruled)
		assert.Empty(t, r.Steps)
	}
}

func TestAScoreBelowAllRowsHasNoGrade(t *testing.T) {
	got, r := graded(t, checked(t, abcd()), "-0.01", nil)
	assert.Empty(t, got)
	assert.True(t, r.NoRow)
	assert.Zero(t, r.Missing, "nothing is missing: the scale has no row")
}

func TestARowWithoutBoundsTakesWhatIsLeft(t *testing.T) {
	l := checked(t, &grade.Ladder{Scale: []grade.Row{{Grade: "good", Above: at("60")}, {Grade: "other"}}})
	for score, want := range map[string]string{"60.01": "good", "60": "other", "-1000": "other"} {
		got, _ := graded(t, l, score, nil)
		assert.Equal(t, want, got, score)
	}
}

func TestLowScoresMayBeTheBest(t *testing.T) {
	l := checked(t, &grade.Ladder{Scale: []grade.Row{
		{Grade: "low", Max: at("10")}, {Grade: "middle", Below: at("20")}, {Grade: "high", Max: at("100")},
	}})
	for score, want := range map[string]string{"-3": "low", "10": "low", "10.01": "middle", "19.99": "middle", "20": "high", "100": "high", "100.01": ""} {
		got, _ := graded(t, l, score, nil)
		assert.Equal(t, want, got, score)
	}
}

func TestRowsMayGiveBothBounds(t *testing.T) {
	l := checked(t, &grade.Ladder{Scale: []grade.Row{
		{Grade: "A", Min: at("90"), Max: at("100")}, {Grade: "B", Min: at("70"), Below: at("90")}, {Grade: "C", Max: at("69.99")},
	}})
	for score, want := range map[string]string{"100.01": "", "100": "A", "90": "A", "89.99": "B", "70": "B", "69.99": "C", "-5": "C"} {
		got, _ := graded(t, l, score, nil)
		assert.Equal(t, want, got, score)
	}
}

func TestAGivenGradeTakesThePlaceOfTheScore(t *testing.T) {
	l := abcd()
	l.Of = grade.Slot(0)
	checked(t, l)
	got, _ := graded(t, l, "95", grade.NewFrame(grade.Rank(2, "C")))
	assert.Equal(t, "C", got, "the score does not count")
	got, _ = graded(t, l, "", grade.NewFrame(grade.Text("B")))
	assert.Equal(t, "B", got, "a name will do")

	f := grade.NewFrame(grade.Value{})
	f.Slots[0] = slot.Gone(f.Blame(7))
	got, r := graded(t, l, "95", f)
	assert.Empty(t, got)
	assert.Equal(t, []int{7}, f.Atoms(nil, r.Missing))

	for _, v := range []grade.Value{grade.Text("b"), grade.Num(grade.Int(1)), grade.Rank(4, "E"), grade.Rank(-1, "")} {
		err := l.Grade(grade.NewFrame(v), grade.Number{}, false, 0, nil, &r)
		var e *grade.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, "of", e.What)
		assert.False(t, r.Has)
	}
	err := l.Grade(grade.NewFrame(grade.Text("b")), grade.Number{}, false, 0, nil, &r)
	assert.ErrorContains(t, err, `there is no grade "b": did you mean`)
}

func TestWithoutAScoreThereIsNoGrade(t *testing.T) {
	f := grade.NewFrame()
	var r grade.Result
	require.NoError(t, checked(t, abcd()).Grade(f, grade.Int(95), false, f.Blame(3), nil, &r))
	assert.False(t, r.Has)
	assert.Equal(t, []int{3}, f.Atoms(nil, r.Missing))
	assert.Equal(t, grade.None, r.Outcome, "the score refers, not the grade")
}

func TestAGradeMayRejectOrRefer(t *testing.T) {
	l := abcd()
	l.Scale[2].Outcome, l.Scale[3].Outcome = grade.Refer, grade.Reject
	checked(t, l)
	for score, want := range map[string]grade.Outcome{"75": grade.None, "74.99": grade.Refer, "60": grade.Refer, "59.99": grade.Reject} {
		_, r := graded(t, l, score, nil)
		assert.Equal(t, want, r.Outcome, score)
	}
}

func TestAnUncheckedLadderGradesNobody(t *testing.T) {
	var r grade.Result
	require.ErrorContains(t, abcd().Grade(grade.NewFrame(), grade.Int(95), true, 0, nil, &r), "has not been checked")
	l := abcd()
	checked(t, l)
	l.Scale[0].Grade = ""
	require.NotEmpty(t, l.Check(2))
	require.Error(t, l.Grade(grade.NewFrame(), grade.Int(95), true, 0, nil, &r), "a fault undoes an earlier Check")
	assert.False(t, r.Has)
}

func TestAResultForgetsTheCustomerBefore(t *testing.T) {
	l := abcd()
	l.Rules = []grade.Rule{{When: unknown(5), AtMost: "C"}}
	l.Override = &grade.Overrides{}
	checked(t, l)
	used := grade.Result{Scored: 1, Ruled: 2, Final: 3, Has: true, NoRow: true, Outcome: grade.Reject, Missing: 9,
		Steps: make([]grade.Step, 7), Refused: assert.AnError}
	f, g := grade.NewFrame(), grade.NewFrame()
	var fresh grade.Result
	require.NoError(t, l.Grade(f, grade.Int(95), true, 0, nil, &used))
	require.NoError(t, l.Grade(g, grade.Int(95), true, 0, nil, &fresh))
	assert.Equal(t, fresh, used)
}

func TestIndexAndRank(t *testing.T) {
	l := abcd()
	l.Scale = append(l.Scale, grade.Row{Grade: "M", OffScale: true})
	checked(t, l)
	assert.Equal(t, []string{"A", "B", "C", "D", "M"}, l.Names())
	assert.Equal(t, 4, l.OnScale())
	assert.Equal(t, 4, l.Index("M"))
	assert.Equal(t, -1, l.Index("m"))
	assert.Equal(t, slot.Rank(1, "B"), l.Rank(1))
	assert.Equal(t, grade.Value{}, l.Rank(5))
	assert.Equal(t, grade.Value{}, l.Rank(-1))
}

func TestAGradeIsGoodUntilTheLastDayOfItsPeriod(t *testing.T) {
	l := abcd()
	checked(t, l)
	day := func(s string) grade.Day {
		d, err := slot.ParseDay(s)
		require.NoError(t, err)
		return d
	}
	_, ok := l.ValidUntil(0, day("2024-06-30"))
	assert.False(t, ok, "for ever")
	l.Valid = grade.Period{Months: 12}
	l.Scale[2].Valid = grade.Period{Months: 6}
	l.Scale[3].Valid = grade.Period{Days: 1}
	for i, want := range []string{"2025-08-31", "2025-08-31", "2025-02-28", "2024-09-01"} {
		until, ok := l.ValidUntil(i, day("2024-08-31"))
		require.True(t, ok)
		assert.Equal(t, want, until.String(), l.Names()[i])
	}
	until, _ := l.ValidUntil(-1, day("2024-08-31"))
	assert.Equal(t, "2025-08-31", until.String())
}

func TestNoScoreFallsPastTheRowItIsTooGoodFor(t *testing.T) {
	l := checked(t, &grade.Ladder{Scale: []grade.Row{
		{Grade: "A", Min: at("90"), Max: at("100")}, {Grade: "B", Min: at("70")}, {Grade: "C"},
	}})
	for score, want := range map[string]string{"100": "A", "100.01": "", "89.99": "B", "69.99": "C"} {
		got, _ := graded(t, l, score, nil)
		assert.Equal(t, want, got, score)
	}
	assert.Equal(t, grade.Reach{High: true}, l.Reach(at("0"), at("101")))

	l = checked(t, &grade.Ladder{Gaps: "refer", Scale: []grade.Row{{Grade: "A", Min: at("80")}, {Grade: "B", Min: at("60"), Max: at("70")}, {Grade: "C"}}})
	for score, want := range map[string]string{"80": "A", "79.99": "", "70.01": "", "70": "B", "60": "B", "59.99": "C"} {
		got, _ := graded(t, l, score, nil)
		assert.Equal(t, want, got, score)
	}
}
