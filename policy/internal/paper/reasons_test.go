package paper_test

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// reason is why the decision is as it is. Only those of criteria, holds and scorecards are worked out one by one.
type reason struct {
	effect policy.Effect
	code   string
}

// itemised are those.
var itemised = regexp.MustCompile(`^\w+ [kh][0-9]$|^score RC`)

// effects are the effects of reasons in the order in which reasons are ranked.
var effects = []policy.Effect{policy.Rejects, policy.Refers, policy.Warns, policy.Grades, policy.Limits, policy.Refuses, policy.Holds, policy.Scores}

func byEffect(a, b reason) int {
	return slices.Index(effects, a.effect) - slices.Index(effects, b.effect)
}

// reasons gathers the reasons that criteria and holds give.
func (p *onPaper) reasons(found result, holds []truth) (all []reason) {
	for i, c := range p.criteria {
		what := c.effect(found.criteria[i])
		if what != "pass" {
			all = append(all, reason{policy.Effect(what), fmt.Sprint("k", i+1)})
		}
	}
	for i, h := range p.terms.holds {
		what := policy.Holds
		switch {
		case holds[i] == untrue, holds[i] == unknown && found.request != "unknown":
			continue
		case holds[i] == unknown:
			what = policy.Refers
		case h.over == "refuse":
			what = policy.Refuses
		}
		all = append(all, reason{what, fmt.Sprint("h", i+1)})
	}
	for _, code := range p.card.ranked(found) {
		all = append(all, reason{policy.Scores, code})
	}
	slices.SortStableFunc(all, byEffect)
	return all
}

// ranked are the codes of what costs points in a scorecard with baselines, what costs most first. Those that are ids are
// left out, since other reasons may have them.
func (c *scorecard) ranked(found result) (codes []string) {
	var costly []indicator
	cost := map[string]*big.Rat{}
	for _, ind := range c.indicators {
		if points := found.bill.earned[ind.id].points; ind.baseline != nil && points != nil {
			cost[ind.id] = minus(ind.baseline, points)
			if c.reasons == "above" {
				cost[ind.id].Neg(cost[ind.id])
			}
			if cost[ind.id].Sign() > 0 {
				costly = append(costly, ind)
			}
		}
	}
	slices.SortStableFunc(costly, func(a, b indicator) int { return cost[b.id].Cmp(cost[a.id]) })
	for _, ind := range costly {
		if ind.code != "" {
			codes = append(codes, ind.code)
		}
	}
	return codes
}

// compareReasons compares those reasons, and holds all of them to the decision that they are reasons for: what rejects or
// refers has one that says so, they are ranked, and what they miss is missing.
func compareReasons(t *testing.T, d *policy.Decision, s *sheet, want result, about string) {
	t.Helper()
	var all, some []reason
	absent := append(d.Missing(), d.Undefined()...)
	gravest := policy.Admitted
	for _, r := range d.Reasons() {
		x := reason{r.Effect, r.Code}
		all = append(all, x)
		if itemised.MatchString(string(r.Effect) + " " + r.Code) {
			some = append(some, x)
		}
		switch r.Effect {
		case policy.Rejects:
			gravest = policy.Rejected
		case policy.Refers:
			gravest = max(gravest, policy.Referred)
		}
		require.Subset(t, absent, r.Missing, "what %s misses: %s", r.Code, about)
	}
	require.Equal(t, want.outcome, gravest, "the outcome has its reasons, %v: %s", all, about)
	require.True(t, slices.IsSortedFunc(all, byEffect), "the order of %v: %s", all, about)
	require.Equal(t, want.reasons, some, "the reasons: %s", about)
	if !want.endless { // which is no number, and yet not missing
		require.Equal(t, s.lacks, len(absent) > 0, "whether anything is missing, as %v: %s", absent, about)
	}
	for _, name := range d.Missing() {
		_, number := s.numbers[name]
		_, flag := s.truths[name]
		there := number || flag || s.texts[name] != "" || name == "bills" && s.listed || name == "born" && s.born != nil
		require.False(t, there, "%s is there: %s", name, about)
	}
}
