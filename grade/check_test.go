package grade_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/doc"
)

// codes returns what is wrong, in short.
func codes(faults []grade.Fault) []string {
	var out []string
	for _, f := range faults {
		out = append(out, f.Code)
	}
	return out
}

func TestScalesLeaveNoGapAndDoNotOverlap(t *testing.T) {
	for _, c := range []struct {
		name     string
		decimals int
		scale    []grade.Row
		message  string // "": nothing is wrong
	}{
		{"thresholds", 2, abcd().Scale, ""},
		{"79.9 before 80 at one place", 1, []grade.Row{{Grade: "A", Min: at("80")}, {Grade: "B", Max: at("79.9")}}, ""},
		{"79.9 before 80 at two places", 2, []grade.Row{{Grade: "A", Min: at("80")}, {Grade: "B", Max: at("79.9")}},
			"no grade has the scores from 79.91 to 79.99, between A and B"},
		{"79.9 before 80, exact", -1, []grade.Row{{Grade: "A", Min: at("80")}, {Grade: "B", Max: at("79.9")}},
			"no grade has the scores above 79.9 and below 80, between A and B"},
		{"below 80 meets min 80, exact", -1, []grade.Row{{Grade: "A", Min: at("80")}, {Grade: "B", Below: at("80")}}, ""},
		{"max 80 meets above 80, exact", -1, []grade.Row{{Grade: "A", Above: at("80")}, {Grade: "B", Max: at("80")}}, ""},
		{"80 itself is in neither, exact", -1, []grade.Row{{Grade: "A", Above: at("80")}, {Grade: "B", Below: at("80")}},
			"no grade has the score 80, between A and B"},
		{"80 itself is in neither, at no places", 0, []grade.Row{{Grade: "A", Above: at("80")}, {Grade: "B", Below: at("80")}},
			"no grade has the score 80, between A and B"},
		{"80 itself is in both", -1, []grade.Row{{Grade: "A", Min: at("80")}, {Grade: "B", Max: at("80")}},
			"a score of 80 is within the bounds of both A and B"},
		{"80 itself is in both, rounded", 2, []grade.Row{{Grade: "A", Min: at("80")}, {Grade: "B", Max: at("80")}},
			"a score of 80 is within the bounds of both A and B"},
		{"a bound finer than the score", 0, []grade.Row{{Grade: "A", Min: at("79.5")}, {Grade: "B", Below: at("80")}}, ""},
		{"above 79.99 is from 80 at no places", 0, []grade.Row{{Grade: "A", Above: at("79.99")}, {Grade: "B", Max: at("79")}}, ""},
		{"the same bound twice", 2, []grade.Row{{Grade: "A", Min: at("80")}, {Grade: "B", Min: at("80")}},
			"nobody can have grade B: every score within its bounds has grade A or a better one"},
		{"above the same twice", -1, []grade.Row{{Grade: "A", Above: at("80")}, {Grade: "B", Above: at("80")}},
			"nobody can have grade B: every score within its bounds has grade A or a better one"},
		{"above what is above", -1, []grade.Row{{Grade: "A", Above: at("80")}, {Grade: "B", Min: at("80")}, {Grade: "C", Min: at("80")}},
			"nobody can have grade C: every score within its bounds has grade B or a better one"},
		{"the wrong way round", 2, []grade.Row{{Grade: "A", Min: at("60")}, {Grade: "B", Min: at("80")}, {Grade: "C", Min: at("0")}},
			"nobody can have grade B: every score within its bounds has grade A or a better one"},
		{"a row without a bound in the middle", 2, []grade.Row{{Grade: "A", Min: at("80")}, {Grade: "B"}, {Grade: "C", Min: at("0")}},
			"nobody can have grade C: grade B takes every score that is left"},
		{"low is best", 2, []grade.Row{{Grade: "A", Max: at("5")}, {Grade: "B", Max: at("10")}, {Grade: "C"}}, ""},
		{"low is best, the last row above", 2, []grade.Row{{Grade: "A", Max: at("5")}, {Grade: "B", Above: at("5")}}, ""},
		{"low is best, with a gap", 2, []grade.Row{{Grade: "A", Max: at("5")}, {Grade: "B", Min: at("6")}},
			"no grade has the scores from 5.01 to 5.99, between A and B"},
		{"low is best, wrong way round", 2, []grade.Row{{Grade: "A", Max: at("5")}, {Grade: "B", Max: at("4")}, {Grade: "C"}},
			"nobody can have grade B: every score within its bounds has grade A or a better one"},
		{"both bounds", 0, []grade.Row{{Grade: "A", Min: at("700"), Max: at("749")}, {Grade: "B", Min: at("650"), Max: at("699")}}, ""},
		{"both bounds, one place finer", 1, []grade.Row{{Grade: "A", Min: at("700"), Max: at("749")}, {Grade: "B", Min: at("650"), Max: at("699")}},
			"no grade has the scores from 699.1 to 699.9, between A and B"},
		{"both bounds, low is best", 0, []grade.Row{{Grade: "A", Min: at("0"), Max: at("9")}, {Grade: "B", Min: at("10"), Max: at("19")}}, ""},
		{"both bounds overlap", 0, []grade.Row{{Grade: "A", Min: at("700"), Max: at("749")}, {Grade: "B", Min: at("650"), Max: at("705")}},
			"a score of 705 is within the bounds of both A and B"},
		{"nothing between the bounds", 2, []grade.Row{{Grade: "A", Min: at("90"), Below: at("90")}, {Grade: "B"}},
			"no score lies within the bounds of grade A"},
		{"nothing between the bounds at no places", 0, []grade.Row{{Grade: "A", Min: at("90.2"), Max: at("90.8")}, {Grade: "B"}},
			"no score lies within the bounds of grade A"},
		{"two lower bounds", 2, []grade.Row{{Grade: "A", Min: at("90"), Above: at("90")}, {Grade: "B"}},
			"grade A has two lower bounds, min and above: one of them is needed"},
		{"two upper bounds", 2, []grade.Row{{Grade: "A", Max: at("90"), Below: at("90")}, {Grade: "B"}},
			"grade A has two upper bounds, max and below: one of them is needed"},
		{"one grade for all", 2, []grade.Row{{Grade: "A"}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := &grade.Ladder{Scale: c.scale}
			faults := l.Check(c.decimals)
			if c.message == "" {
				require.Empty(t, faults)
				return
			}
			require.Len(t, faults, 1)
			assert.Equal(t, c.message, faults[0].Message)
		})
	}
}

func TestGapsMayRefer(t *testing.T) {
	l := &grade.Ladder{Scale: []grade.Row{{Grade: "A", Min: at("80")}, {Grade: "B", Max: at("70")}}, Gaps: "refer"}
	checked(t, l)
	got, r := graded(t, l, "75", nil)
	assert.Empty(t, got)
	assert.True(t, r.NoRow)
}

func TestFaultsOfALadder(t *testing.T) {
	rule := func(r grade.Rule) func(*grade.Ladder) {
		return func(l *grade.Ladder) { l.Rules = []grade.Rule{r} }
	}
	transitions := func(tr grade.Transitions) func(*grade.Ladder) {
		return func(l *grade.Ladder) { l.Transitions = &tr }
	}
	for _, c := range []struct {
		name   string
		break_ func(*grade.Ladder)
		codes  []string
	}{
		{"no rows", func(l *grade.Ladder) { l.Scale = nil }, []string{"no-rows"}},
		{"nothing on the ladder", func(l *grade.Ladder) { l.Scale = []grade.Row{{Grade: "M", OffScale: true}} }, []string{"no-rows"}},
		{"no name", func(l *grade.Ladder) { l.Scale[1].Grade = "" }, []string{"empty-value"}},
		{"the same name", func(l *grade.Ladder) { l.Scale[3].Grade = "A" }, []string{"duplicate-id"}},
		{"off the ladder in the middle", func(l *grade.Ladder) { l.Scale = append([]grade.Row{{Grade: "M", OffScale: true}}, l.Scale...) },
			[]string{"no-rows", "scale-order", "scale-order", "scale-order", "scale-order"}},
		{"off the ladder with a bound", func(l *grade.Ladder) {
			l.Scale = append(l.Scale, grade.Row{Grade: "M", OffScale: true, Min: at("1")})
		}, []string{"off-scale"}},
		{"a strange outcome", func(l *grade.Ladder) { l.Scale[3].Outcome = "warn" }, []string{"bad-choice"}},

		{"no action", rule(grade.Rule{When: always()}), []string{"one-action"}},
		{"two actions", rule(grade.Rule{When: always(), AtMost: "B", Notches: new(-1)}), []string{"one-action"}},
		{"no condition", rule(grade.Rule{AtMost: "B"}), []string{"missing-key"}},
		{"an unknown grade", rule(grade.Rule{When: always(), AtMost: "E"}), []string{"unknown-grade"}},
		{"an unknown grade to set", rule(grade.Rule{When: always(), Grade: "E"}), []string{"unknown-grade"}},
		{"no steps", rule(grade.Rule{When: always(), Notches: new(0)}), []string{"bad-number"}},
		{"a strange missing", rule(grade.Rule{When: always(), Notches: new(1), Missing: "pass"}), []string{"bad-choice"}},
		{"the same id", func(l *grade.Ladder) {
			l.Rules = []grade.Rule{{ID: "x", When: always(), AtMost: "B"}, {ID: "x", When: always(), AtMost: "C"}}
		}, []string{"duplicate-id"}},

		{"no previous grade", transitions(grade.Transitions{MaxUp: steps(1)}), []string{"missing-key"}},
		{"nothing held back", transitions(grade.Transitions{From: grade.Slot(0)}), []string{"no-effect"}},
		{"half a step", transitions(grade.Transitions{From: grade.Slot(0), MaxUp: grade.Const(grade.MustParse("0.5"))}), []string{"bad-number"}},
		{"steps below 0", transitions(grade.Transitions{From: grade.Slot(0), MaxDown: steps(-1)}), []string{"bad-number"}},
		{"an unknown grade to step to", transitions(grade.Transitions{From: grade.Slot(0), Forbid: []grade.Move{{From: "C", To: "AA"}}}), []string{"unknown-grade"}},
		{"a step to itself", transitions(grade.Transitions{From: grade.Slot(0), Forbid: []grade.Move{{From: "C", To: "C"}}}), []string{"no-effect"}},
		{"half a move", transitions(grade.Transitions{From: grade.Slot(0), Forbid: []grade.Move{{From: "C"}}}), []string{"missing-key"}},
		{"an override of no steps", func(l *grade.Ladder) { l.Override = &grade.Overrides{MaxNotches: new(0)} }, []string{"bad-number"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := abcd()
			c.break_(l)
			assert.Equal(t, c.codes, codes(l.Check(2)))
		})
	}
}

func TestAnUnknownGradeComesWithTheNearest(t *testing.T) {
	l := &grade.Ladder{
		Scale: []grade.Row{{Grade: "AAA", Min: at("90")}, {Grade: "AA", Min: at("80")}, {Grade: "BBB"}, {Grade: "new", OffScale: true}},
		Rules: []grade.Rule{{When: always(), AtMost: "BBBB"}, {When: always(), AtLeast: "new"}},
	}
	faults := l.Check(2)
	require.Len(t, faults, 2)
	assert.Equal(t, "there is no grade BBBB", faults[0].Message)
	assert.Equal(t, "did you mean `BBB`? allowed: AA, AAA, BBB", faults[0].Hint)
	assert.Equal(t, "grade new is off the ladder: nothing is better or worse than it", faults[1].Message)
}

func TestAWarningDoesNotKeepALadderFromGrading(t *testing.T) {
	l := abcd()
	l.Transitions = &grade.Transitions{From: grade.Slot(0)}
	faults := l.Check(2)
	require.Len(t, faults, 1)
	assert.Equal(t, doc.Warning, faults[0].Severity)
	got, _ := graded(t, l, "95", grade.NewFrame(grade.Text("C")))
	assert.Equal(t, "A", got)
}

func TestReachSaysWhichGradesNoScoreHas(t *testing.T) {
	l := checked(t, abcd())
	for _, c := range []struct {
		least, most string
		want        grade.Reach
	}{
		{"0", "100", grade.Reach{}},
		{"0", "90", grade.Reach{}},
		{"0", "89.99", grade.Reach{Never: []int{0}}},
		{"60", "100", grade.Reach{Never: []int{3}}},
		{"59.99", "100", grade.Reach{}},
		{"75", "80", grade.Reach{Never: []int{0, 2, 3}}},
		{"-0.01", "100", grade.Reach{Low: true}},
		{"", "", grade.Reach{Low: true}},
	} {
		assert.Equal(t, c.want, l.Reach(bound(c.least), bound(c.most)), "%s to %s", c.least, c.most)
	}
	rising := checked(t, &grade.Ladder{Scale: []grade.Row{{Grade: "A", Min: at("0"), Max: at("10")}, {Grade: "B", Max: at("20")}}})
	for _, c := range []struct {
		least, most string
		want        grade.Reach
	}{
		{"0", "20", grade.Reach{}},
		{"-0.01", "20", grade.Reach{Low: true}},
		{"0", "20.01", grade.Reach{High: true}},
		{"0", "10", grade.Reach{Never: []int{1}}},
		{"10.01", "20", grade.Reach{Never: []int{0}}},
		{"", "", grade.Reach{Low: true, High: true}},
	} {
		assert.Equal(t, c.want, rising.Reach(bound(c.least), bound(c.most)), "%s to %s", c.least, c.most)
	}
	between := &grade.Ladder{Scale: []grade.Row{{Grade: "A", Min: at("90")}, {Grade: "B", Min: at("60"), Below: at("90")}}}
	require.Empty(t, between.Check(-1))
	assert.Equal(t, grade.Reach{}, between.Reach(at("60"), at("90")))
	assert.Equal(t, grade.Reach{Never: []int{1}}, between.Reach(at("90"), at("100")))
	exact := &grade.Ladder{Scale: []grade.Row{{Grade: "A", Above: at("90")}, {Grade: "B"}}}
	require.Empty(t, exact.Check(-1))
	assert.Equal(t, grade.Reach{Never: []int{0}}, exact.Reach(at("0"), at("90")))
	assert.Equal(t, grade.Reach{}, exact.Reach(at("0"), at("90.0001")))
	assert.Equal(t, grade.Reach{Never: []int{1}}, exact.Reach(at("90.0001"), nil))
	assert.Equal(t, grade.Reach{}, exact.Reach(at("90"), nil))
	assert.Equal(t, grade.Reach{}, abcd().Reach(nil, nil), "not checked")
}

// A grade that is held back on the way from the previous one is still held by the rules that say at most.
func TestReachableAppliesBoundsLast(t *testing.T) {
	l := abcd()
	l.Transitions = &grade.Transitions{From: grade.Slot(0), MaxUp: steps(1)}
	l.Rules = []grade.Rule{{When: always(), AtMost: "C"}}
	from := []bool{true, false, false, false} // the score gives A
	previous := []bool{false, false, false, true}
	got := checked(t, l).Reachable(from, func(int) bool { return true }, previous)
	assert.True(t, got[2], "the bound holds")
	l.Rules = []grade.Rule{{When: always(), AtLeast: "A"}}
	previous = []bool{false, true, true, false}
	assert.True(t, checked(t, l).Reachable([]bool{false, false, true, false}, func(int) bool { return true }, previous)[0])
}

// A bound is not a grade that is given: where nobody is better than C, none of these rules leads to B.
func TestABoundMakesNoGradeReachable(t *testing.T) {
	onlyC := []bool{false, false, true, false}
	l := abcd()
	l.Rules = []grade.Rule{{When: always(), AtMost: "B"}, {When: always(), AtLeast: "D"}}
	assert.Equal(t, onlyC, checked(t, l).Reachable(onlyC, func(int) bool { return true }, nil))
	l.Rules = []grade.Rule{{When: always(), Grade: "B"}}
	assert.Equal(t, []bool{false, true, true, false}, checked(t, l).Reachable(onlyC, func(int) bool { return true }, nil))
}

func TestHowManyNotchesThereCanBe(t *testing.T) {
	for n, fits := range map[int]bool{-1000: true, 1000: true, -1001: false, 1001: false, 0: false} {
		l := abcd()
		l.Rules = []grade.Rule{{When: always(), Notches: new(n)}}
		faults := l.Check(2)
		assert.Equal(t, fits, len(faults) == 0, "%d: %v", n, faults)
	}
}

func TestTheOrderIsAcceptedByIDOrByNumber(t *testing.T) {
	for id, path := range map[string]string{"incident": "grade.rules.incident", "": "grade.rules.2"} {
		l := abcd()
		l.Rules = []grade.Rule{{ID: "long-overdue", When: always(), AtMost: "C"}, {ID: id, When: always(), Notches: new(-1)}}
		faults := checked(t, l).Order(nil)
		require.Len(t, faults, 1)
		assert.Contains(t, faults[0].Hint, "at: "+path+",")
	}
}

// Of two rows with two bounds each, the one with the lower scores may be the better one.
func TestTwoRowsWithBothBounds(t *testing.T) {
	l := checked(t, &grade.Ladder{Scale: []grade.Row{
		{Grade: "low risk", Min: at("0"), Below: at("10")}, {Grade: "high risk", Min: at("10"), Max: at("20")},
	}})
	for score, want := range map[string]string{"0": "low risk", "9.99": "low risk", "10": "high risk", "20": "high risk", "20.01": "", "-0.01": ""} {
		got, _ := graded(t, l, score, nil)
		assert.Equal(t, want, got, score)
	}
}

func bound(s string) *grade.Number {
	if s == "" {
		return nil
	}
	return at(s)
}

func TestOrderWarnsWhereItChangesAGrade(t *testing.T) {
	l := abcd()
	l.Rules = []grade.Rule{
		{ID: "long-overdue", When: always(), AtMost: "C"},
		{ID: "incident", When: always(), Notches: new(-1)},
	}
	faults := checked(t, l).Order(nil)
	require.Len(t, faults, 1)
	assert.Equal(t, doc.Warning, faults[0].Severity)
	assert.Equal(t, "the order matters: a customer with grade A to whom both apply gets D, and would get C if rule incident came before rule long-overdue", faults[0].Message)

	l.Rules = []grade.Rule{{When: always(), AtMost: "C"}, {When: always(), AtMost: "B"}, {When: always(), AtLeast: "D"}, {When: always(), AtLeast: "A"}}
	assert.Empty(t, checked(t, l).Order(nil), "bounds hold once more at the end, so that their order does not matter")

	l.Rules = []grade.Rule{{When: always(), Notches: new(-1)}, {When: always(), Notches: new(-1)}}
	assert.Empty(t, checked(t, l).Order(nil))
	l.Rules[1].Notches = new(1)
	assert.Len(t, checked(t, l).Order(nil), 1, "the ends of the ladder stop one of them")
	assert.Empty(t, l.Order(func(i, j int) bool { return i == 0 && j == 1 }), "no customer meets both")
	assert.Len(t, l.Order(func(int, int) bool { return false }), 1)
}

func TestARowOfAnExactScaleMayBeOpenAtBothEnds(t *testing.T) {
	for _, rows := range [][]grade.Row{
		{{Grade: "A", Min: at("90")}, {Grade: "B", Above: at("60"), Below: at("90")}, {Grade: "C"}},
		{{Grade: "A", Above: at("90")}, {Grade: "B", Above: at("60"), Max: at("90")}, {Grade: "C"}},
		{{Grade: "A", Min: at("90")}, {Grade: "B", Min: at("60"), Below: at("90")}, {Grade: "C"}},
		{{Grade: "A", Above: at("60")}, {Grade: "B", Min: at("60"), Max: at("60")}, {Grade: "C", Below: at("60")}}, // of one score
	} {
		l := &grade.Ladder{Scale: rows}
		assert.Empty(t, l.Check(-1))
		assert.Empty(t, l.Check(2))
	}
	for _, row := range []grade.Row{{Above: at("60"), Max: at("60")}, {Min: at("60"), Below: at("60")}, {Min: at("60.01"), Max: at("60")}} {
		row.Grade = "B"
		l := &grade.Ladder{Scale: []grade.Row{{Grade: "A", Min: at("90")}, row, {Grade: "C"}}}
		faults := l.Check(-1)
		require.NotEmpty(t, faults)
		assert.Equal(t, "empty-range", faults[0].Code)
	}
}
