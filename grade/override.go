package grade

import "fmt"

// Overrides opens a ladder to grades given by hand.
type Overrides struct {
	At
	MaxNotches *int `key:"max_notches" doc:"how far from the grade worked out, in steps either way; any grade if unsaid"`
}

// Override is a grade given by hand. It comes with the customer's record.
type Override struct {
	Grade      int // index in the scale
	Reason, By string
	Until      Day  // the last day on which it is in force
	HasUntil   bool // false: it does not end
	AsOf       Day  // the day of the decision
}

// Expired reports whether o is no longer in force on the day of the decision.
func (o *Override) Expired() bool { return o.HasUntil && o.AsOf > o.Until }

// override puts o in the place of the grade worked out, where the ladder lets it. AtMost of a rule that fired is a veto
// for it too.
func (c *climb) override(o *Override) {
	s := Step{Kind: ByHand, Index: -1, From: c.at, To: c.at}
	if o.Expired() {
		s.Effect = Expired
		c.out.step(s)
		return
	}
	if reason := c.refusal(o); reason != "" {
		e := &OverrideError{Reason: reason}
		if o.Grade >= 0 && o.Grade < len(c.ladder.Scale) {
			e.Grade = c.ladder.Scale[o.Grade].Grade
		}
		s.Effect, c.out.Refused = NotTaken, e
		c.out.step(s)
		return
	}
	s.To = o.Grade
	if s.To == s.From {
		s.Effect = NoChange
	}
	c.at, c.out.Final, c.out.Has = o.Grade, o.Grade, true
	c.out.step(s)
}

// refusal returns why o cannot be taken, or "".
func (c *climb) refusal(o *Override) string {
	l := c.ladder
	switch {
	case l.Override == nil:
		return "the policy does not allow overrides"
	case o.Grade < 0 || o.Grade >= len(l.Scale):
		return fmt.Sprintf("there is no grade number %d", o.Grade)
	}
	for i := range l.Rules {
		r := &l.Rules[i]
		if r.action == atMost && c.out.Steps[i].Fired() && o.Grade < r.target {
			return fmt.Sprintf("%s allows %s at most", where{what: "rule", rule: r, index: i}, r.AtMost)
		}
	}
	if l.Override.MaxNotches == nil || o.Grade == c.at {
		return ""
	}
	most := *l.Override.MaxNotches
	switch {
	case c.at < 0:
		return "there is no grade to change"
	case c.at >= l.onScale || o.Grade >= l.onScale:
		return fmt.Sprintf("from %s it is no number of steps on the ladder, and %d are allowed", l.Scale[c.at].Grade, most)
	case o.Grade < c.at-most || o.Grade > c.at+most:
		return fmt.Sprintf("it is %d steps from %s, and %d are allowed", max(o.Grade-c.at, c.at-o.Grade), l.Scale[c.at].Grade, most)
	}
	return ""
}
