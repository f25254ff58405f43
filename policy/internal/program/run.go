package program

import (
	"errors"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/scoring"
)

// Begin makes s ready for a customer: the slots of the inputs are to be filled next.
func (p *Program) Begin(s *State) {
	s.Frame.Reset(p.frame)
	if s.program != p {
		p.adopt(s)
	}
	s.Hits.Reset(p.hits)
	s.Outcome, s.Missing = Admitted, 0
}

// adopt makes s a state of p: what p does not work out for each customer is as it stays.
func (p *Program) adopt(s *State) {
	s.program = p
	s.Criteria = resized(s.Criteria, len(p.File.Admission))
	s.Credit.Reset()
	if p.exposure >= 0 && !p.File.Credit.Exposes() {
		s.Credit.Exposure.Has = true
		s.Frame.Slots[p.exposure].SetNum(exact.Number{})
	}
}

// Run decides the customer whose inputs are in the slots of s, on the day asOf. With an error, what s holds means nothing.
func (p *Program) Run(s *State, asOf slot.Day) error {
	s.AsOf = asOf
	s.Frame.Slots[p.asOf].SetDay(asOf)
	for _, u := range p.order {
		var err error
		switch u.what {
		case aValue:
			err = p.value(s, &p.Values[u.index])
		case theScore:
			err = p.runScore(s)
		case theGrade:
			err = p.runGrade(s)
		case theLimit:
			err = p.runLimit(s)
		case theExposure:
			err = p.runExposure(s)
		case theAvailable:
			p.runAvailable(s)
		}
		if err != nil {
			return err
		}
	}
	if err := p.runAdmission(s); err != nil {
		return err
	}
	return p.conclude(s)
}

// miss notes an absence that reached a place which needs an answer.
func (s *State) miss(a slot.Absence) {
	if a > 0 {
		s.Missing = s.Frame.Both(s.Missing, a)
	}
}

// outcome makes the outcome of s at least as grave as o.
func (s *State) outcome(o Outcome) { s.Outcome = max(s.Outcome, o) }

// put writes the number n, or what is missing, to a slot.
func (s *State) put(i int, n exact.Number, ok bool, missing slot.Absence) {
	if !ok {
		s.Frame.Slots[i].SetGone(orBroken(missing))
		return
	}
	s.Frame.Slots[i].SetNum(n)
}

// orBroken returns a, or an absence that blames nothing where a says that nothing is missing.
func orBroken(a slot.Absence) slot.Absence {
	if a == 0 {
		return slot.Broken
	}
	return a
}

// criterion is a criterion of admission made ready.
type criterion struct {
	require       func(*slot.Frame) (bool, slot.Absence)
	unmet, absent Outcome // what it makes of the customer where it is not met, and where that cannot be told
}

// criteria makes the criteria of admission ready.
func (l *linker) criteria() {
	outcome := func(word string, unsaid Outcome) Outcome {
		switch word {
		case "reject":
			return Rejected
		case "refer":
			return Referred
		case "":
			return unsaid
		}
		return Admitted
	}
	for i := range l.file.Admission {
		c := &l.file.Admission[i]
		l.program.criteria = append(l.program.criteria, criterion{c.Require.Compiled(), outcome(c.Otherwise, Rejected), outcome(c.Missing, Referred)})
	}
}

// runAdmission looks at every criterion; none hides another.
func (p *Program) runAdmission(s *State) error {
	for i := range p.criteria {
		c := &p.criteria[i]
		met, missing := c.require(&s.Frame)
		if s.Frame.Failed() {
			c := &p.File.Admission[i]
			return &Error{"criterion " + c.ID.Value, c.Require.Place(), s.Frame.TakeErr()}
		}
		out := &s.Criteria[i]
		switch out.Missing = missing; {
		case missing != 0:
			out.Result = Unknown
			s.miss(missing)
			s.outcome(c.absent)
		case !met:
			out.Result = Fail
			s.outcome(c.unmet)
		default:
			out.Result = Pass
		}
	}
	return nil
}

// resized returns s with n elements, in the same memory where that is enough.
func resized[T any](s []T, n int) []T {
	if n > cap(s) {
		return make([]T, n)
	}
	return s[:n]
}

// runScore works out points and score.
func (p *Program) runScore(s *State) error {
	c := p.File.Scoring
	r := &s.Score
	if err := c.Score(&s.Frame, r); err != nil {
		return located(err, "scoring", c.Place())
	}
	s.miss(r.Missing)
	switch r.Outcome {
	case scoring.OutcomeRefer:
		s.outcome(Referred)
	case scoring.OutcomeReject:
		s.outcome(Rejected)
	}
	return nil
}

// runGrade works out the grade and puts its attributes into their slots.
func (p *Program) runGrade(s *State) error {
	g := p.File.Grade
	f := &s.Frame
	var score exact.Number
	hasScore, missing := false, slot.Absence(0)
	if p.score >= 0 {
		if v := &f.Slots[p.score]; v.Kind == slot.Number {
			score, hasScore = v.Num, true
		} else {
			missing = v.Absent
		}
	}
	r := &s.Grade
	if err := g.Grade(f, score, hasScore, missing, p.byHand.grading(s), r); err != nil {
		return located(err, "grade", g.Place())
	}
	s.miss(r.Missing)
	switch {
	case r.Outcome == grade.Reject:
		s.outcome(Rejected)
	case r.Outcome == grade.Refer, !r.Has:
		s.outcome(Referred)
	}
	if !r.Has {
		missing = f.Both(r.Missing, missing)
		if r.NoRow {
			missing = f.Blame(p.noGrade)
			s.miss(missing)
		}
		f.Slots[p.grade] = slot.Gone(orBroken(missing))
		for _, a := range p.attributes {
			f.Slots[a.slot] = f.Slots[p.grade]
		}
		return nil
	}
	f.Slots[p.grade].SetRank(r.Final, p.Grades[r.Final])
	for i := range p.attributes {
		a := &p.attributes[i]
		if v := &a.values[r.Final]; v.Kind == slot.Number {
			f.Slots[a.slot].SetNum(v.Num)
		} else if v.Kind != slot.Missing {
			f.Slots[a.slot] = *v
		} else {
			f.Slots[a.slot] = slot.Gone(f.Blame(a.atom))
		}
	}
	return nil
}

// runLimit works out the limit that the customer would have.
func (p *Program) runLimit(s *State) error {
	t := p.File.Credit
	r := &s.Credit.Limit
	if err := t.Limit(&s.Frame, &s.Credit); err != nil {
		return located(err, "credit", t.Place())
	}
	s.put(p.limit, r.Amount.Value, r.Has && !r.Amount.Unlimited, r.Missing)
	if p.byHand.limit < 0 {
		return nil
	}
	missing := r.Missing
	if err := t.Override(&s.Frame, p.byHand.limiting(s), &s.Credit); err != nil {
		return located(err, "credit", t.Place())
	}
	switch o := &s.Credit.Override; {
	case o.Effect.Taken():
		s.miss(missing)
		s.put(p.limit, r.Amount.Value, true, 0)
	case o.Effect == credit.OverrideUnknown:
		s.miss(o.Missing)
		s.outcome(Referred)
	}
	return nil
}

func (p *Program) runExposure(s *State) error {
	t := p.File.Credit
	r := &s.Credit.Exposure
	if err := t.Exposure(&s.Frame, &s.Credit); err != nil {
		return located(err, "credit", t.Place())
	}
	s.put(p.exposure, r.Amount, r.Has, r.Missing)
	return nil
}

func (p *Program) runAvailable(s *State) {
	p.File.Credit.Available(&s.Frame, &s.Credit)
	r := &s.Credit.Available
	s.put(p.available, r.Amount.Value, r.Has && !r.Amount.Unlimited, r.Missing)
}

// conclude draws from the outcome what becomes of the limit.
func (p *Program) conclude(s *State) error {
	t := p.File.Credit
	if t == nil {
		return nil
	}
	c := &s.Credit
	if len(t.Steps) > 0 && !c.Limit.Has {
		s.miss(c.Limit.Missing)
		s.outcome(Referred)
	}
	if !c.Exposure.Has {
		s.miss(c.Exposure.Missing)
		s.outcome(Referred)
	}
	if g := &c.Group; t.Group != nil && (g.Missing != 0 || g.Exposure.Missing != 0) {
		s.miss(g.Missing)
		s.miss(g.Exposure.Missing)
		s.outcome(Referred)
	}
	if len(t.Approval) > 0 {
		if err := p.runApproval(s); err != nil {
			return err
		}
	}
	if len(t.Segments) > 0 {
		if err := p.runSegments(s); err != nil {
			return err
		}
	}
	if s.Outcome != Admitted {
		p.deny(s)
	}
	if !t.Answers() {
		return nil
	}
	if err := t.Request(&s.Frame, c); err != nil {
		return located(err, "credit", t.Place())
	}
	if c.Request.Verdict == credit.Unsure {
		s.miss(c.Request.Missing)
		s.outcome(Referred)
		p.deny(s)
	}
	return nil
}

// deny leaves nothing to use: a customer who is not admitted has no limit.
func (p *Program) deny(s *State) {
	c := &s.Credit
	if c.Exposure.Has {
		c.Available = credit.AvailableResult{Amount: credit.Of(c.Exposure.Amount.Neg()), Has: true}
		s.put(p.available, c.Available.Amount.Value, true, 0)
	}
}

// runApproval finds who may approve the limit, or the proposed one.
func (p *Program) runApproval(s *State) error {
	t, c := p.File.Credit, &s.Credit
	c.Approval = credit.ApprovalResult{Row: -1}
	if s.Outcome == Rejected || !c.Limit.Has {
		return nil
	}
	graded := -1
	if p.File.Grade != nil && s.Grade.Has {
		graded = s.Grade.Final
	}
	if err := t.Approve(&s.Frame, c.Limit.Amount, graded, c); err != nil {
		return located(err, "credit", t.Place())
	}
	if !c.Approval.Has {
		s.miss(c.Approval.Missing)
		s.outcome(Referred)
	}
	return nil
}

// runSegments divides the limit.
func (p *Program) runSegments(s *State) error {
	t, c := p.File.Credit, &s.Credit
	if s.Outcome == Rejected {
		c.Segments = c.Segments[:0]
		return nil
	}
	if err := t.Divide(&s.Frame, c); err != nil {
		return located(err, "credit", t.Place())
	}
	for i := range c.Segments {
		if g := &c.Segments[i]; g.Limit.Missing != 0 || g.Exposure.Missing != 0 {
			s.miss(g.Limit.Missing)
			s.miss(g.Exposure.Missing)
			s.outcome(Referred)
		}
	}
	return nil
}

// located turns an error of scoring, grade or credit into an Error.
func located(err error, section string, place doc.Place) error {
	var se *scoring.Error
	var ge *grade.Error
	var ce *credit.Error
	switch {
	case errors.As(err, &se):
		return &Error{section + " " + se.What, se.Place, se.Err}
	case errors.As(err, &ge):
		return &Error{section + " " + ge.What, ge.Place, ge.Err}
	case errors.As(err, &ce):
		return &Error{section + " " + ce.What, ce.Place, ce.Err}
	}
	return &Error{section, place, err}
}
