package grade

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Overrides opens a ladder to grades given by hand. Each says who gave it, and why.
type Overrides struct {
	At
	MaxNotches *int     `key:"max_notches" doc:"how far from the grade worked out, in steps either way; any grade if unsaid"`
	Grades     []string `key:"grades" doc:"the grades that may be given by hand, and taken away by hand; all if unsaid"`
	By         []string `key:"by" doc:"who may give a grade by hand; anybody if unsaid"`

	grades []bool // by index of the grade; nil: all
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
	if zh, en := c.refusal(o); en != "" {
		e := &OverrideError{Reason: doc.Bilingual(zh, en)}
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

// refusal returns why o cannot be taken, in Chinese and in English, or "".
func (c *climb) refusal(o *Override) (zh, en string) {
	say := func(zh, en string, args ...any) (string, string) {
		return fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)
	}
	l, by := c.ladder, strings.TrimSpace(o.By)
	switch {
	case l.Override == nil:
		return say("办法不允许人工调整等级", "the policy does not allow overrides")
	case o.Grade < 0 || o.Grade >= len(l.Scale):
		return say("没有第%d个等级", "there is no grade number %d", o.Grade)
	case by == "":
		return say("没有注明调整人", "it does not say who gave it")
	case strings.TrimSpace(o.Reason) == "":
		return say("没有注明原因", "it does not say why")
	case l.Override.By != nil && !slices.Contains(l.Override.By, by):
		return fmt.Sprintf("%s无权调整等级，有权的是%s", by, strings.Join(l.Override.By, "、")),
			fmt.Sprintf("%s may not give it: that is for %s", by, strings.Join(l.Override.By, ", "))
	}
	for i := range l.Rules {
		r := &l.Rules[i]
		if r.action == atMost && c.out.Steps[i].Fired() && o.Grade < r.target {
			w := where{what: "rule", rule: r, index: i}
			return fmt.Sprintf("规则%s限定最高%s", w.name(), r.AtMost), fmt.Sprintf("%s allows %s at most", w, r.AtMost)
		}
	}
	if o.Grade == c.at {
		return "", ""
	}
	if allowed := l.Override.grades; allowed != nil {
		for _, i := range [...]int{c.at, o.Grade} {
			if i >= 0 && !allowed[i] {
				return fmt.Sprintf("%s不得人工调整，可以调整的只有%s", l.Scale[i].Grade, strings.Join(l.Override.Grades, "、")),
					fmt.Sprintf("%s is not changed by hand: only %s are", l.Scale[i].Grade, strings.Join(l.Override.Grades, ", "))
			}
		}
	}
	if l.Override.MaxNotches == nil {
		return "", ""
	}
	most := *l.Override.MaxNotches
	switch {
	case c.at < 0:
		return say("没有可以调整的等级", "there is no grade to change")
	case c.at >= l.onScale || o.Grade >= l.onScale:
		return say("与%s不在同一等级序列，无法计算级数，最多%d级", "from %s it is no number of steps on the ladder, and %d are allowed", l.Scale[c.at].Grade, most)
	case o.Grade < c.at-most || o.Grade > c.at+most:
		steps, from := max(o.Grade-c.at, c.at-o.Grade), l.Scale[c.at].Grade
		return fmt.Sprintf("与%s相差%d级，最多%d级", from, steps, most), fmt.Sprintf("it is %d steps from %s, and %d are allowed", steps, from, most)
	}
	return "", ""
}

// override checks what o says, and notes which grades it names.
func (c *checker) override(o *Overrides) {
	if o.MaxNotches != nil && *o.MaxNotches < 1 {
		c.Errorf(o.Of("max_notches"), "bad-number", "an override of %d steps is none: at least 1 is needed", *o.MaxNotches)
	}
	o.grades = nil
	if o.Grades != nil {
		o.grades = make([]bool, len(c.ladder.Scale))
		for i, name := range o.Grades {
			if at := c.ladder.Index(name); at >= 0 {
				o.grades[at] = true
				continue
			}
			c.Fault(doc.Errorf(o.Item("grades", i), "unknown-grade", "there is no grade %s", name).WithHint("%s", doc.Suggest(name, c.ladder.Names())))
		}
		if len(o.Grades) < 2 {
			c.Fault(doc.Errorf(o.Of("grades"), "empty-value", "no grade can be changed by hand: both the grade worked out and the one given must be among these").
				WithHint("name at least two grades, or leave it out for all"))
		}
	}
	if o.By != nil && len(o.By) == 0 {
		c.Fault(doc.Errorf(o.Of("by"), "empty-value", "nobody may give a grade by hand: the list is empty").WithHint("leave it out where anybody may"))
	}
}
