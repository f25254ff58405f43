package grade

import (
	"errors"
	"strconv"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// climb is one customer's way up and down a ladder.
type climb struct {
	ladder *Ladder
	frame  *Frame
	out    *Result
	at     int // the grade so far, -1 for none
	err    error
}

// Grade writes to out which grade the customer in f has.
//
// score is the rounded score; where hasScore is false, missing says why, and there is no grade unless a rule with Grade
// gives one. Both are ignored by a ladder with Of. o is the override by hand that the record brings, or nil.
//
// The error, an *[Error], says that the ladder could not be climbed at all: an expression failed (the frame's error is
// taken from it), or l has not been checked. There is no grade then. An override that is not taken is no such error: see
// Result.Refused.
func (l *Ladder) Grade(f *Frame, score Number, hasScore bool, missing Absence, o *Override, out *Result) error {
	out.reset()
	c := climb{ladder: l, frame: f, out: out, at: -1}
	if !l.ready {
		return &Error{What: "ladder", Place: l.Place(), Err: errUnchecked}
	}
	if !c.start(score, hasScore, missing) {
		return c.err
	}
	out.Scored = c.at
	if !c.rules() || !c.transitions() {
		return c.err
	}
	c.hold()
	out.Ruled, out.Final, out.Has = c.at, c.at, c.at >= 0
	if o != nil {
		c.override(o)
	}
	if out.Has {
		out.Outcome = worse(out.Outcome, l.Scale[out.Final].Outcome)
	}
	return nil
}

var errUnchecked = errors.New("the ladder has not been checked, or Check found faults")

// start finds the grade that the score, or Of, gives.
func (c *climb) start(score Number, hasScore bool, missing Absence) bool {
	l := c.ladder
	switch {
	case l.Of.IsSet():
		v, absent, ok := evaluate(c, &l.Of, where{what: "of"})
		switch {
		case !ok:
			return false
		case absent != 0 || v.Kind == slot.Missing:
			c.blame(absent)
			return true
		}
		i, err := l.gradeOf(v)
		if err != nil {
			c.fail(where{what: "of"}, l.Of.Place(), err)
			return false
		}
		c.at = i
	case hasScore:
		c.at = l.ofScore(score)
		c.out.NoRow = c.at < 0
	default:
		c.blame(missing)
	}
	return true
}

// rules applies the rules in their order.
func (c *climb) rules() bool {
	for i := range c.ladder.Rules {
		r := &c.ladder.Rules[i]
		met, missing, ok := evaluate(c, &r.When, where{what: "rule", rule: r, index: i})
		if !ok {
			return false
		}
		s := Step{Kind: OfRule, Index: i, From: c.at, To: c.at, Missing: missing}
		switch {
		case missing == 0 && !met:
			s.Effect = NotMet
		case missing != 0 && r.Missing == skip:
			s.Effect = Skipped
			c.blame(missing)
		case missing != 0 && r.Missing != apply:
			s.Effect = Unknown
			c.refer(s)
			continue
		default:
			c.blame(missing)
			s.To, s.Effect = r.apply(c.at, c.ladder.onScale)
			c.at = s.To
		}
		c.out.step(s)
	}
	return true
}

// The values of Rule.Missing; refer is the one unsaid.
const (
	apply = "apply"
	skip  = "skip"
)

// transitions holds the step from the previous grade within its limits.
func (c *climb) transitions() bool {
	t := c.ladder.Transitions
	if t == nil || c.at < 0 {
		return true
	}
	s := Step{Kind: Transition, Index: -1, From: c.at, To: c.at}
	v, missing, ok := evaluate(c, &t.From, where{what: "transitions", part: "from"})
	if !ok {
		return false
	}
	if missing != 0 || v.Kind == slot.Missing {
		c.blame(missing)
		s.Effect, s.Missing = NoPrevious, missing
		c.out.step(s)
		return true
	}
	previous, err := c.ladder.gradeOf(v)
	if err != nil {
		c.fail(where{what: "transitions", part: "from"}, t.From.Place(), err)
		return false
	}
	c.out.Before = previous
	if c.at >= c.ladder.onScale || previous >= c.ladder.onScale {
		s.Effect = OffLadder
		c.out.step(s)
		return true
	}
	t.limit(c, previous, c.at)
	return c.err == nil
}

// hold makes what AtLeast and then AtMost of the rules that fired say true once more.
func (c *climb) hold() {
	if c.at < 0 || c.at >= c.ladder.onScale || len(c.ladder.Rules) == 0 {
		return
	}
	for _, a := range [...]action{atLeast, atMost} {
		for i, n := 0, len(c.ladder.Rules); i < n; i++ {
			r, fired := &c.ladder.Rules[i], &c.out.Steps[i] // the rules' steps come first, one for each
			if r.action != a || !fired.Fired() {
				continue
			}
			if to, e := r.apply(c.at, c.ladder.onScale); e == Applied {
				c.out.step(Step{Kind: Hold, Index: i, From: c.at, To: to})
				c.at = to
			}
		}
	}
}

// blame adds a to what was missing.
func (c *climb) blame(a Absence) { c.out.Missing = c.frame.Both(c.out.Missing, a) }

// refer notes a step that could not be told, and refers the customer.
func (c *climb) refer(s Step) {
	c.blame(s.Missing)
	c.out.Outcome = worse(c.out.Outcome, Refer)
	c.out.step(s)
}

// fail ends the climb without a grade.
func (c *climb) fail(w where, p Place, err error) {
	c.err = &Error{What: w.String(), Place: p, Err: err}
}

// evaluate asks e; ok is false when it failed, and the climb is over.
func evaluate[T any](c *climb, e *slot.Expr[T], w where) (v T, missing Absence, ok bool) {
	v, missing = e.Eval(c.frame)
	if err := c.frame.TakeErr(); err != nil {
		c.fail(w, e.Place(), err)
		return v, missing, false
	}
	return v, missing, true
}

// where names an expression of the ladder, and makes text of it only when it is asked to.
type where struct {
	what  string
	part  string
	rule  *Rule
	index int
}

func transitionWhere(part string) where { return where{what: "transitions", part: part} }

// name returns the id of the rule, or its number.
func (w where) name() string {
	if w.rule.ID != "" {
		return w.rule.ID
	}
	return strconv.Itoa(w.index + 1)
}

func (w where) String() string {
	switch {
	case w.rule != nil:
		return w.what + " " + w.name()
	case w.part != "":
		return w.what + "." + w.part
	}
	return w.what
}
