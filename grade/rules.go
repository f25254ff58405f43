package grade

import "github.com/tallystick-go/tallystick/internal/doc"

// Rule changes the grade of the customers it applies to. It has exactly one of AtMost, AtLeast, Notches and Grade.
//
// Rules apply in their order, each to the grade that the last one left. AtMost and AtLeast that fired hold once more at
// the end, so that neither a later rule nor a transition undoes them; AtMost wins over AtLeast. A grade off the ladder
// is neither better nor worse than another: only a rule with Grade leads to it or away from it.
type Rule struct {
	At
	ID      string    `key:"id" doc:"the identifier of the rule"`
	When    Condition `key:"when,required" doc:"whom the rule is for"`
	AtMost  string    `key:"at_most" doc:"the best grade there may be: a veto"`
	AtLeast string    `key:"at_least" doc:"the worst grade there may be"`
	Notches *int      `key:"notches" doc:"steps on the ladder: -1 is one grade worse, 1 one better"`
	Grade   string    `key:"grade" doc:"the grade itself, on the ladder or off it"`
	Reason  Title     `key:"reason" doc:"the reason given where the rule applies"`
	Code    string    `key:"code" doc:"the code of the reason, the id if unsaid"`
	Missing string    `key:"missing,oneof=apply|skip|refer" doc:"what happens where it cannot be told: apply, skip or refer (unsaid)"`

	action action
	target int // index of the grade named
}

// DocDetails says that a rule does one thing.
func (*Rule) DocDetails() doc.Details {
	return doc.Details{OneOf: []string{"at_most", "at_least", "notches", "grade"}}
}

// action says which of its fields a Rule uses.
type action uint8

const (
	noAction action = iota
	atMost
	atLeast
	notches
	setGrade
)

// ReasonCode returns the code under which the rule is reported.
func (r *Rule) ReasonCode() string {
	if r.Code != "" {
		return r.Code
	}
	return r.ID
}

// apply returns the grade that r makes of grade from (-1: none) on a ladder of n grades.
func (r *Rule) apply(from, n int) (to int, e Effect) {
	switch {
	case r.action == setGrade:
		to = r.target
	case from < 0:
		return from, NoGrade
	case from >= n:
		return from, OffLadder
	case r.action == atMost:
		to = max(from, r.target)
	case r.action == atLeast:
		to = min(from, r.target)
	default:
		to = max(0, min(from-*r.Notches, n-1))
	}
	if to == from {
		return to, NoChange
	}
	return to, Applied
}
