package prove

import (
	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/search"
	"github.com/tallystick-go/tallystick/scoring"
)

// About is what a claim is about.
type About string

// What claims are about. Of the first ones a witness is a customer for whom it is not so, of the others one for whom it
// happens.
const (
	Decided     About = "decided"      // every record can be decided
	Graded      About = "graded"       // every score has a grade
	Approved    About = "approved"     // every limit has its approver
	NotNegative About = "not-negative" // no limit comes out below 0 before it is held there
	HasRow      About = "has-row"      // a row holds for every customer: of the bands of an indicator, of a table, of the scale

	Admits   About = "admits"   // somebody is admitted
	Passes   About = "passes"   // somebody meets the criterion
	Fails    About = "fails"    // somebody does not meet the criterion
	Applies  About = "applies"  // the condition of the rule, adjustment, cap, step, hold or segment holds for somebody
	Limits   About = "limits"   // the transitions hold somebody's grade
	Approves About = "approves" // the row approves somebody's limit

	hidden About = "" // what no claim is made of by itself
)

// always reports whether the claim is that something holds for every customer, so that a witness refutes it.
func (a About) always() bool {
	switch a {
	case Decided, Graded, Approved, NotNegative, HasRow:
		return true
	}
	return false
}

// question is a claim that is being looked into.
type question struct {
	about   About
	id      string
	place   doc.Place
	asks    func(*program.State) bool // whether the decision is a witness
	hints   []search.Hint
	settled Verdict // what bounds say
	grade   int     // of hidden: the grade that is given, else -1
	meant   bool    // see Claim
	minor   bool    // see Claim
	last    int     // see Claim
	witness search.Inputs
}

// question adds a claim; what bounds say of it is settled.
func (r *prover) question(about About, id string, place doc.Place, settled Verdict, asks func(*program.State) bool, hints ...search.Hint) *question {
	q := &question{about: about, id: id, place: place, asks: asks, hints: hints, settled: settled, grade: -1}
	r.questions = append(r.questions, q)
	return q
}

// hidden adds a question of which no claim is made.
func (r *prover) hidden(asks func(*program.State) bool) *question {
	return r.question(hidden, "", doc.Place{}, Unproved, asks)
}

// happens adds the claim that condition, of what is called id, holds for somebody: asks says whether it did. There is no
// question where nothing is said, and so it always holds.
func (r *prover) happens(id string, place doc.Place, condition *slot.Condition, asks func(*program.State) bool) {
	if condition.IsSet() {
		r.question(Applies, id, place, never(condition), asks, r.search.Toward(condition, true))
	}
}

// never returns Refuted where the condition is known to hold for nobody.
func never(c *slot.Condition) Verdict {
	can, _ := truths(c)
	return possibly(can)
}

// possibly returns Refuted of what cannot be.
func possibly(can bool) Verdict {
	if !can {
		return Refuted
	}
	return Unproved
}

// truths reports whether a condition can hold and whether it can fail, as far as is known.
func truths(c *slot.Condition) (hold, fail bool) {
	if v, constant := c.IsConst(); constant {
		return v, !v
	}
	if c.Reach != nil {
		return c.Reach.CanHold, c.Reach.CanFail
	}
	return true, true
}

// applies returns Refuted where the rule is known to apply to nobody.
func applies(rule *grade.Rule) Verdict {
	if when := &rule.When; rule.Missing != "apply" || when.Reach == nil || !when.Reach.CanMiss {
		return never(when)
	}
	return Unproved // it applies where it cannot be told
}

// ask gathers the claims.
func (r *prover) ask() {
	r.admission()
	r.rows()
	if c := r.File.Scoring; c != nil {
		r.card(c)
	}
	if l := r.File.Grade; l != nil {
		r.ladder(l)
	}
	if t := r.File.Credit; t != nil {
		r.terms(t)
	}
}

func (r *prover) admission() {
	list := r.File.Admission
	for i := range list {
		c := &list[i]
		is := func(result program.Result) func(*program.State) bool {
			return func(s *program.State) bool { return s.Criteria[i].Result == result }
		}
		hold, fail := truths(&c.Require)
		r.question(Passes, c.ID.Value, c.ID.Place(), possibly(hold), is(program.Pass), r.search.Toward(&c.Require, true))
		r.question(Fails, c.ID.Value, c.ID.Place(), possibly(fail), is(program.Fail), r.search.Toward(&c.Require, false))
	}
	if len(list) > 0 {
		r.question(Admits, "", list[0].Place(), Unproved, func(s *program.State) bool { return s.Outcome == program.Admitted })
	}
}

// card asks of the adjustments, the caps and the other weights of a card whether they happen.
func (r *prover) card(c *scoring.Card) {
	for i := range c.Adjustments {
		a := &c.Adjustments[i]
		r.happens(a.ID.Value, a.ID.Place(), &a.When, func(s *program.State) bool {
			return applied(s.Score.Adjustments, func(x *scoring.Applied) bool { return x.Adjustment == a })
		})
	}
	for i := range c.Caps {
		k := &c.Caps[i]
		r.happens(k.ID.Value, k.ID.Place(), &k.When, func(s *program.State) bool {
			return applied(s.Score.Caps, func(x *scoring.Applied) bool { return x.Cap == k })
		})
	}
	for i := range c.Weights {
		w := &c.Weights[i]
		r.happens("weights", w.Place(), &w.When, func(s *program.State) bool {
			for j := range i {
				if holds(&c.Weights[j].When, s) {
					return false
				}
			}
			return holds(&w.When, s)
		})
	}
	for i := range c.Groups {
		r.card(&c.Groups[i].Card)
	}
}

func holds(c *slot.Condition, s *program.State) bool {
	yes, missing := c.Eval(&s.Frame)
	return s.Frame.TakeErr() == nil && missing == 0 && yes
}

func applied(list []scoring.Applied, is func(*scoring.Applied) bool) bool {
	for i := range list {
		if is(&list[i]) && list[i].Holds {
			return true
		}
	}
	return false
}

// ladder asks of grades, and of what moves them.
func (r *prover) ladder(l *grade.Ladder) {
	for g, can := range r.possible(l) {
		q := r.hidden(func(s *program.State) bool { return s.Grade.Has && s.Grade.Final == g })
		q.hints = toGrade(l, g)
		if q.grade = g; !can {
			q.settled = Refuted
		}
	}
	if r.File.Scoring != nil && !l.Of.IsSet() {
		r.question(Graded, "", l.Key("scale"), r.graded(l), func(s *program.State) bool { return s.Score.HasScore && s.Grade.NoRow }).meant = l.Gaps != ""
	}
	for i := range l.Rules {
		rule := &l.Rules[i]
		r.question(Applies, rule.ID, rule.Place(), applies(rule), func(s *program.State) bool {
			return stepped(s, func(x *grade.Step) bool { return x.Kind == grade.OfRule && x.Index == i && x.Fired() })
		}, r.search.Toward(&rule.When, true))
	}
	if t := l.Transitions; t != nil {
		r.question(Limits, "transitions", t.Place(), Unproved, func(s *program.State) bool {
			return stepped(s, func(x *grade.Step) bool {
				return x.Kind == grade.Transition && (x.Effect == grade.HeldUp || x.Effect == grade.HeldDown || x.Effect == grade.Forbidden || x.Effect == grade.Frozen)
			})
		})
	}
}

// toGrade returns the hints that lead to grade g: first how many grades away the customer is, then how far his score, then
// how many rules apply to him.
func toGrade(l *grade.Ladder, g int) []search.Hint {
	row := &l.Scale[g]
	return []search.Hint{
		func(s *program.State) (exact.Number, bool) {
			return exact.Int(int64(s.Grade.Final - g)).Abs(), s.Grade.Has
		},
		func(s *program.State) (exact.Number, bool) {
			far := exact.Number{}
			for _, least := range []*exact.Number{row.Min, row.Above} {
				if least != nil {
					far = exact.Max(far, least.Sub(s.Score.Score))
				}
			}
			for _, most := range []*exact.Number{row.Max, row.Below} {
				if most != nil {
					far = exact.Max(far, s.Score.Score.Sub(*most))
				}
			}
			return far, s.Score.HasScore
		},
		func(s *program.State) (exact.Number, bool) {
			n := 0
			for i := range s.Grade.Steps {
				if s.Grade.Steps[i].Fired() {
					n++
				}
			}
			return exact.Int(int64(n)), true
		},
	}
}

func stepped(s *program.State, is func(*grade.Step) bool) bool {
	for i := range s.Grade.Steps {
		if is(&s.Grade.Steps[i]) {
			return true
		}
	}
	return false
}

// terms asks of the limit, of who approves it, and of what holds requests.
func (r *prover) terms(t *credit.Terms) {
	r.steps(t.Steps, func(s *program.State) *credit.LimitResult { return &s.Credit.Limit })
	if len(t.Steps) > 0 {
		r.question(NotNegative, "", t.Key("limit"), Unproved, func(s *program.State) bool {
			l := &s.Credit.Limit
			return s.Outcome != program.Rejected && l.Has && !l.Exact.Unlimited && l.Exact.Value.Sign() < 0
		}).minor = true
	}
	if len(t.Approval) > 0 {
		r.question(Approved, "", t.Key("approval"), r.approved(t), func(s *program.State) bool {
			a := &s.Credit.Approval
			return s.Outcome != program.Rejected && s.Credit.Limit.Has && !a.Has && a.Missing == 0
		}).meant = t.Gaps != ""
		for i := range t.Approval {
			a := &t.Approval[i]
			q := r.question(Approves, a.By, a.Place(), Unproved, func(s *program.State) bool { return s.Credit.Approval.Has && s.Credit.Approval.Row == i })
			q.meant = i == len(t.Approval)-1 // there must be one for amounts that there may never be
		}
	}
	for i := range t.Holds {
		h := &t.Holds[i]
		r.happens(h.ID, h.Place(), &h.When, func(s *program.State) bool {
			list := s.Credit.Request.Holds
			return i < len(list) && list[i].Verdict >= credit.Held
		})
	}
	for i := range t.Segments {
		g := &t.Segments[i]
		of := func(s *program.State) *credit.SegmentResult {
			if i < len(s.Credit.Segments) && s.Credit.Segments[i].Applies {
				return &s.Credit.Segments[i]
			}
			return nil
		}
		r.happens(g.ID, g.Place(), &g.When, func(s *program.State) bool { return of(s) != nil })
		r.steps(g.Steps, func(s *program.State) *credit.LimitResult {
			if seg := of(s); seg != nil {
				return &seg.Limit
			}
			return nil
		})
	}
	if g := t.Group; g != nil {
		r.happens("group", g.Place(), &g.When, func(s *program.State) bool { return s.Credit.Group.Applies })
	}
}

func (r *prover) steps(steps []credit.Step, of func(*program.State) *credit.LimitResult) {
	for i := range steps {
		step := &steps[i]
		r.happens(step.ID, step.Place(), &step.When, func(s *program.State) bool {
			l := of(s)
			return l != nil && i < len(l.Steps) && l.Steps[i].Effect <= credit.Unchanged
		})
	}
}
