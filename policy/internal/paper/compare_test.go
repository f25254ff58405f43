package paper_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// compare compares what the engine and the clerk make of a customer.
func compare(t *testing.T, d *policy.Decision, p *onPaper, s *sheet, want result, about string) {
	t.Helper()
	for _, v := range append(slices.Clone(p.values), p.late...) {
		v.compare(t, d, want.values[v.name], about)
	}
	for i, c := range d.Criteria() {
		require.Equal(t, want.criteria[i], c.Result, "criterion %s of %s", c.ID, about)
	}
	for _, x := range d.Indicators() {
		paper := want.bill.earned[x.ID]
		if paper.unused {
			continue
		}
		require.Equal(t, paper.points != nil, x.Present, "whether %s has points: %s", x.ID, about)
		if !x.Present {
			continue
		}
		require.Zero(t, x.Raw.Rat().Cmp(paper.raw), "%s earns %s on paper: %s", x.ID, paper.raw, about)
		require.Equal(t, inPlaces(paper.points, 12, "half_even").FloatString(12), x.Points.RoundBank(12).StringFixed(12), "points of %s: %s", x.ID, about)
	}
	for _, x := range d.Groups() {
		paper, earns := want.bill.earned[x.ID]
		if !earns { // a heading; or nothing at all, where it cannot be told which weights count
			continue
		}
		require.Equal(t, paper.points != nil, x.Present, "whether the group %s has points: %s", x.ID, about)
		if x.Present {
			require.Zero(t, x.Points.Rat().Cmp(paper.points), "the group %s earns %s on paper: %s", x.ID, paper.points, about)
		}
	}
	score, ok := d.ExactScore()
	require.Equal(t, want.score != nil, ok, "whether there is a score: %s", about)
	if ok {
		require.Zero(t, score.Rat().Cmp(want.score), "the score is %s on paper, not %s: %s", want.score, score.Fraction(), about)
		for _, x := range d.Adjustments() {
			require.Equal(t, want.bill.changes[x.ID], change(told(x.Holds, x.Unknown), x.Points.Rat()), "the adjustment %s: %s", x.ID, about)
		}
		for _, x := range d.Caps() {
			require.Equal(t, want.bill.changes[x.ID], change(told(x.Holds, x.Unknown), x.AtMost.Rat()), "the cap %s: %s", x.ID, about)
		}
	}
	name := func(i int) string {
		if i < 0 {
			return ""
		}
		return p.ladder.names()[i]
	}
	require.Equal(t, name(want.grade.scored), d.GradeBefore(), "the grade of the score: %s", about)
	require.Equal(t, name(want.grade.final), d.Grade(), "the grade: %s", about)
	byHand := ""
	if steps := d.GradeSteps(); len(steps) > 0 && steps[len(steps)-1].Kind == "override" {
		byHand = steps[len(steps)-1].Effect
	}
	require.Equal(t, want.grade.byHand, byHand, "what comes of the grade given by hand: %s", about)
	require.Equal(t, want.outcome, d.Outcome(), about)
	proposed := ""
	if limit, ok := d.ProposedLimit(); ok {
		proposed = limit.StringFixed(int32(p.money))
	} else if d.Unlimited() || want.limit.endless {
		proposed = "unlimited"
	}
	require.Equal(t, want.limit.text(p.figures), proposed, "the limit: %s", about)
	made := ""
	if limit, ok := d.CalculatedLimit(); ok {
		made = limit.StringFixed(int32(p.money))
	} else if want.made.endless {
		made = "unlimited"
	}
	require.Equal(t, want.made.text(p.figures), made, "the limit that the steps make: %s", about)
	require.Equal(t, want.byHand, d.LimitOverride(), "what comes of the limit given by hand: %s", about)
	require.Equal(t, want.limit.binding, d.Binding(), "what bound the limit: %s", about)
	if want.outcome != policy.Rejected {
		require.Equal(t, want.steps, stepTexts(d.LimitSteps()), "the steps to the limit: %s", about)
	}
	require.Equal(t, want.approval, d.Approval(), "who approves: %s", about)
	require.Equal(t, want.review, dayText(d.NextReview()), "when the grade ends: %s", about)
	require.Equal(t, want.valid, dayText(d.ValidUntil()), "when the limit ends: %s", about)
	compareShares(t, d, p, want, about)
	compareReasons(t, d, s, want, about)
	used, ok := d.Exposure()
	require.Equal(t, want.exposure != nil, ok, "whether there is an exposure: %s", about)
	if ok {
		require.Equal(t, want.exposure.FloatString(p.money), used.StringFixed(int32(p.money)), "the exposure: %s", about)
	}
	require.Equal(t, want.available, d.AvailableText(), "what is available: %s", about)
	compareStanding(t, d, want, about)
	require.Equal(t, want.request, d.Request(), "the request: %s", about)
}

// compareShares compares the segments.
func compareShares(t *testing.T, d *policy.Decision, p *onPaper, want result, about string) {
	t.Helper()
	segments := d.Segments()
	require.Len(t, segments, len(want.shares), about)
	for i, x := range segments {
		paper := want.shares[i]
		require.Equal(t, paper.applies, x.Applies, "whether %s is for the customer: %s", x.ID, about)
		limit := ""
		switch {
		case !x.Known:
		case x.Unlimited:
			limit = "unlimited"
		default:
			limit = x.Limit.StringFixed(int32(p.money))
		}
		require.Equal(t, paper.limit.text(p.figures), limit, "the limit of %s: %s", x.ID, about)
		require.Equal(t, paper.limit.binding, x.Binding, "what bound %s: %s", x.ID, about)
		if paper.limit.after != nil {
			require.Equal(t, paper.limit.after, stepTexts(x.Steps), "the steps of %s: %s", x.ID, about)
		}
		if want.outcome == policy.Admitted && paper.left.known && !paper.left.endless {
			require.Equal(t, paper.left.text(p.figures), x.Available.StringFixed(int32(p.money)), "what is left of %s: %s", x.ID, about)
		}
	}
}

func stepTexts(steps []policy.LimitStep) (all []string) {
	for _, x := range steps {
		switch x.Effect {
		case "changed", "no change":
			all = append(all, stepText(x.Effect, x.After.Rat(), x.Unlimited))
		default:
			all = append(all, x.Effect)
		}
	}
	return all
}

func dayText(day policy.Date, ok bool) string {
	if !ok {
		return ""
	}
	return day.String()
}

// bound says what kind of thing bound a limit; the ids of steps end with a number.
func bound(binding string) string {
	if strings.ContainsAny(binding, "0123456789") {
		return "a step"
	}
	return binding
}

// told is what the engine says of a condition, and of what hangs on it.
func told(holds, missing bool) truth {
	if missing {
		return unknown
	}
	return truthOf(holds)
}

// compareStanding compares what orders are checked against later: the limit in force and what is used of it.
func compareStanding(t *testing.T, d *policy.Decision, want result, about string) {
	t.Helper()
	standing, ok := d.Standing()
	require.Equal(t, want.exposure != nil, ok, "whether orders can be checked: %s", about)
	if !ok {
		return
	}
	require.Zero(t, standing.Own.Exposure.Rat().Cmp(want.exposure), "what is used: %s", about)
	if want.outcome != policy.Admitted {
		require.Zero(t, standing.Own.Limit.Value.Rat().Sign(), "the limit of one who is not admitted: %s", about)
		require.False(t, standing.Own.Limit.Unlimited, about)
		require.Nil(t, standing.Group, about)
		return
	}
	require.Equal(t, want.limit.endless, standing.Own.Limit.Unlimited, about)
	require.Zero(t, standing.Own.Limit.Value.Rat().Cmp(want.limit.amount), "the limit in force: %s", about)
	require.Equal(t, want.groupLimit != nil, standing.Group != nil, "whether he is in a group: %s", about)
	if standing.Group != nil {
		left := minus(standing.Group.Limit.Value.Rat(), standing.Group.Exposure.Rat())
		require.Zero(t, left.Cmp(want.groupLeft), "what the group has left: %s", about)
	}
}
