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
