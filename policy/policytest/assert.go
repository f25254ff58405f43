package policytest

import (
	"strings"
	"testing"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/cases"
)

// Outcome asserts what becomes of the customer; the failure tells the reasons.
func Outcome(t testing.TB, d *policy.Decision, want policy.Outcome) bool {
	t.Helper()
	return check(t, d, "outcome", "", text(want.String()))
}

// Score asserts the score, in decimal text: "97.66". Where the policy does not round it, "1/3" will do as well. An empty
// text asserts that there is none; the failure tells the points.
func Score(t testing.TB, d *policy.Decision, want string) bool {
	t.Helper()
	return figure(t, d, "score", "", want)
}

// Points asserts the points of an indicator or a group, in decimal text. An empty text asserts that it has none; the
// failure tells the value, the row that matched and the weight.
func Points(t testing.TB, d *policy.Decision, id, want string) bool {
	t.Helper()
	return figure(t, d, "points", id, want)
}

// Criterion asserts what came of a criterion of admission; the failure tells its condition, and the figures in that.
func Criterion(t testing.TB, d *policy.Decision, id string, want policy.CriterionResult) bool {
	t.Helper()
	return check(t, d, "criteria", id, text(want.String()))
}

// Value asserts a value of the policy, or a field of one that is a record ("risk.class"), in text: "0.25", "true",
// "2026-06-30". Numbers compare by their value. An empty text asserts that it is missing.
func Value(t testing.TB, d *policy.Decision, name, want string) bool {
	t.Helper()
	return check(t, d, "values", name, text(want))
}

// Grade asserts the grade after rules, transitions and an override. An empty text asserts that there is none; the failure
// tells the score and what changed the grade.
func Grade(t testing.TB, d *policy.Decision, want string) bool {
	t.Helper()
	return check(t, d, "grade", "", text(want))
}

// Limit asserts the limit that is in force, in decimal text or "unlimited". An empty text asserts that the policy gives
// none; the failure tells the amount after each step.
func Limit(t testing.TB, d *policy.Decision, want string) bool {
	t.Helper()
	return figure(t, d, "limit", "", want)
}

// ProposedLimit asserts the limit that an admitted customer has, and a referred one would have if he was admitted, in decimal
// text or "unlimited". An empty text asserts that there is none; the failure tells the amount after each step.
func ProposedLimit(t testing.TB, d *policy.Decision, want string) bool {
	t.Helper()
	return figure(t, d, "proposed_limit", "", want)
}

// Step asserts the amount after a step of the limit, in decimal text or "unlimited". An empty text asserts that the step was
// not taken; the failure tells the amount after each step.
func Step(t testing.TB, d *policy.Decision, id, want string) bool {
	t.Helper()
	return figure(t, d, "steps", id, want)
}

// Binding asserts which step bound the limit, by its id; "floor", "group" and "override" are what binds besides. An empty text asserts
// that nothing did; the failure tells the amount after each step.
func Binding(t testing.TB, d *policy.Decision, want string) bool {
	t.Helper()
	return check(t, d, "binding", "", text(want))
}

// Available asserts what the limit leaves to use, in decimal text or "unlimited". An empty text asserts that it cannot be
// told; the failure tells the limit and what is used.
func Available(t testing.TB, d *policy.Decision, want string) bool {
	t.Helper()
	return figure(t, d, "available", "", want)
}

// Request asserts what becomes of the amount asked for: "allowed", "held", "refused" or "unknown". An empty text asserts
// that the policy says nothing of requests; the failure tells what is available, and the reasons.
func Request(t testing.TB, d *policy.Decision, want string) bool {
	t.Helper()
	return check(t, d, "request", "", text(want))
}

// Approval asserts who may approve the limit. An empty text asserts that nobody needs to; the failure tells the limit.
func Approval(t testing.TB, d *policy.Decision, want string) bool {
	t.Helper()
	return check(t, d, "approval", "", text(want))
}

// Missing asserts exactly which inputs were missing where that mattered, in any order.
func Missing(t testing.TB, d *policy.Decision, want ...string) bool {
	t.Helper()
	return check(t, d, "missing", "", texts(want))
}

// Reasons asserts that all these reasons are there in this order, by their text or their code; others may be between
// them. Without any, it asserts that there are none at all.
func Reasons(t testing.TB, d *policy.Decision, want ...string) bool {
	t.Helper()
	return check(t, d, "reasons", "", texts(want))
}

func text(s string) cases.Want { return cases.Want{Text: s, None: s == ""} }

func texts(all []string) cases.Want {
	w := cases.Want{List: true}
	for _, s := range all {
		w.Items = append(w.Items, cases.Want{Text: s})
	}
	return w
}

// unlimited is the one amount that is no number.
const unlimited = "unlimited"

// figure is check for a number, so that a misspelt one is told from a wrong one.
func figure(t testing.TB, d *policy.Decision, key, name, want string) bool {
	t.Helper()
	if want != "" && want != unlimited {
		if err := new(policy.Number).UnmarshalText([]byte(want)); err != nil {
			t.Errorf("%s: what is expected is not a number: %s", key, err)
			return false
		}
	}
	return check(t, d, key, name, text(want))
}

func check(t testing.TB, d *policy.Decision, key, name string, want cases.Want) bool {
	t.Helper()
	if d == nil || d.Policy() == nil {
		t.Errorf("%s: expected %s, but there is no decision", key, want)
		return false
	}
	difference, err := cases.Compare(d, cases.Expectation{Key: key, Name: doc.Text{Value: name}, Want: want})
	switch {
	case err != nil:
		t.Errorf("%s: %s", key, err)
		return false
	case difference != nil:
		t.Error(strings.TrimSuffix(difference.Text(), "\n"))
		return false
	}
	return true
}
