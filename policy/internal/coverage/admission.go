package coverage

import (
	"slices"

	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/scoring"
)

// admission lists what can come of each criterion, and both sides of what it compares with.
func (l *lister) admission() {
	for i := range l.program.File.Admission {
		c := &l.program.File.Admission[i]
		id := c.ID.Value
		t := l.about(Admission, id, called(Words{"准入条件", "criterion"}, id, c.Title), c.ID.Place(), Figure{"criteria", id})
		result := func(r program.Result) func(*program.State) bool {
			return func(s *program.State) bool { return i < len(s.Criteria) && s.Criteria[i].Result == r }
		}
		if canHold(&c.Require) {
			t.add("pass", t.place, Words{"符合", "is met"}, result(program.Pass))
		}
		if canFail(&c.Require) {
			t.add("fail", t.place, Words{"不符合", "is not met"}, result(program.Fail))
		}
		if mayMiss(&c.Require) {
			t.add("unknown", t.place, Words{"无法判断", "cannot be told"}, result(program.Unknown))
		}
		thresholds(t, &c.Require)
	}
}

// outcome lists what can become of a customer.
func (l *lister) outcome() {
	t := l.about(Outcome, "is", Words{"结论", "outcome"}, l.program.File.Policy.Place(), Figure{"reasons", ""})
	for o, name := range []Words{{"准入", "admitted"}, {"转人工", "referred"}, {"拒绝", "rejected"}} {
		if program.Outcome(o) == program.Rejected && !l.rejects() || program.Outcome(o) == program.Referred && !l.refers() {
			continue
		}
		t.add(name.En, t.place, name, func(s *program.State) bool { return s.Outcome == program.Outcome(o) })
	}
}

// refers reports whether anything in the policy may refer customers. What a score, a grade and a limit need may be missing.
func (l *lister) refers() bool {
	f := l.program.File
	return f.Scoring != nil || f.Grade != nil || f.Credit != nil || slices.ContainsFunc(f.Admission, func(c model.Criterion) bool {
		return c.Otherwise == "refer" || (c.Missing == "" || c.Missing == "refer") && mayMiss(&c.Require)
	})
}

// rejects reports whether anything in the policy rejects customers.
func (l *lister) rejects() bool {
	f := l.program.File
	for i := range f.Admission {
		c := &f.Admission[i]
		if (c.Otherwise == "" || c.Otherwise == "reject") && canFail(&c.Require) || c.Missing == "reject" && mayMiss(&c.Require) {
			return true
		}
	}
	if f.Grade != nil {
		for i := range f.Grade.Scale {
			if f.Grade.Scale[i].Outcome == grade.Reject {
				return true
			}
		}
	}
	return f.Scoring != nil && cardRejects(f.Scoring)
}

// cardRejects reports whether an indicator that is missing rejects the customer.
func cardRejects(c *scoring.Card) bool {
	rejects := func(ind scoring.Indicator) bool { return ind.Missing.Do == scoring.Reject }
	return slices.ContainsFunc(c.Indicators, rejects) || slices.ContainsFunc(c.Modifiers, rejects) ||
		slices.ContainsFunc(c.Groups, func(g scoring.Group) bool { return cardRejects(&g.Card) })
}
