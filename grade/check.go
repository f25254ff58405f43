package grade

import (
	"github.com/tallystick-go/tallystick/internal/doc"
)

// maxGrades bounds a scale; no published one comes near.
const maxGrades = 1000

// scaleGap is the code of scores between two grades. What else there is to find out of a scale can be found out all the same.
const scaleGap = "scale-gap"

// Check makes l ready and returns everything that is wrong with it. decimals are the places that scores are rounded to,
// negative for exact scores: `max: 79.9` before `min: 80` leaves no gap at one place, and one at two. A ladder with a
// fault of severity Error grades nobody.
func (l *Ladder) Check(decimals int) []Fault {
	c := checker{ladder: l}
	l.onScale, l.ready, l.decimals = 0, false, decimals
	c.scale()
	if !l.Of.IsSet() {
		c.bounds(decimals)
	}
	c.attributes()
	for i := range l.Rules {
		c.rule(&l.Rules[i], i)
	}
	if l.Transitions != nil {
		c.transitions(l.Transitions)
	}
	if l.Override != nil {
		c.override(l.Override)
	}
	l.ready = true
	for i := range c.Faults {
		if f := &c.Faults[i]; f.Severity == doc.Error {
			l.ready = false
			if f.Code != scaleGap {
				return c.Faults
			}
		}
	}
	l.onScale = l.OnScale()
	l.measure()
	return c.Faults
}

// checker gathers faults.
type checker struct {
	doc.Decoder
	ladder *Ladder
}

// scale checks the names of the grades and where those off the ladder stand.
func (c *checker) scale() {
	l := c.ladder
	switch n := l.OnScale(); {
	case n == 0:
		c.Errorf(l.At.Of("scale"), "no-rows", "a scale needs at least one grade on the ladder")
	case len(l.Scale) > maxGrades:
		c.Errorf(l.At.Of("scale"), "too-large", "a scale has at most %d grades, not %d", maxGrades, len(l.Scale))
	}
	first := map[string]*Row{}
	off := false
	for i := range l.Scale {
		r := &l.Scale[i]
		switch other := first[r.Grade]; {
		case r.Grade == "":
			if r.Node() == nil || r.Node().Get("grade") != nil { // else the decoder has said so
				c.Errorf(r.Of("grade"), "empty-value", "a grade needs a name")
			}
		case other != nil:
			c.Fault(doc.Errorf(r.Of("grade"), "duplicate-id", "there are two grades %s", r.Grade).See(other.Of("grade"), "the first one is here").WithHint("give one of them another name"))
		default:
			first[r.Grade] = r
		}
		if off && !r.OffScale {
			c.Fault(doc.Errorf(r.Place(), "scale-order", "grade %s stands after one that is off the ladder", r.Grade).
				WithHint("put grades with off_scale after all others"))
		}
		off = off || r.OffScale
		if r.OffScale && (r.Min != nil || r.Above != nil || r.Max != nil || r.Below != nil) {
			c.Errorf(r.Place(), "off-scale", "grade %s is off the ladder: no score leads to it, so it has no bounds", r.Grade)
		}
		if r.Outcome != None && r.Outcome != Refer && r.Outcome != Reject {
			c.Errorf(r.Of("outcome"), "bad-choice", "%q is no outcome of a grade: only refer or reject is", string(r.Outcome))
		}
	}
}

// attributes checks that an attribute is of one kind in all grades that have it.
func (c *checker) attributes() {
	type seen struct {
		attribute placedAttribute
		grade     string
	}
	first := map[string]seen{}
	for i := range c.ladder.Scale {
		r := &c.ladder.Scale[i]
		here := map[string]bool{}
		r.read = r.attributes(&c.Decoder)
		for _, a := range r.read {
			if here[a.Name] {
				c.Errorf(a.place, "duplicate-key", "grade %s has two attributes %s", r.Grade, a.Name)
			}
			here[a.Name] = true
			f, ok := first[a.Name]
			switch {
			case !ok:
				first[a.Name] = seen{a, r.Grade}
			case f.attribute.Value.Kind != a.Value.Kind:
				c.Fault(doc.Errorf(a.place, "wrong-type", "%s is a %s in grade %s, but a %s in grade %s", a.Name, a.Value.Kind, r.Grade, f.attribute.Value.Kind, f.grade).
					See(f.attribute.place, "the other one is here"))
			}
		}
	}
}

// rule checks r and notes what it does.
func (c *checker) rule(r *Rule, i int) {
	if r.ID != "" {
		for j := range i {
			if o := &c.ladder.Rules[j]; o.ID == r.ID {
				c.Fault(doc.Errorf(r.Of("id"), "duplicate-id", "there are two rules %s", r.ID).See(o.Of("id"), "the first one is here").WithHint("give one of them another id"))
				break
			}
		}
	}
	if !r.When.IsSet() && (r.Node() == nil || r.Node().Get("when") != nil) {
		c.Errorf(r.Place(), "missing-key", "%s does not say whom it is for: `when` is missing", where{what: "rule", rule: r, index: i})
	}
	switch r.Missing {
	case "", apply, skip, "refer":
	default:
		c.Errorf(r.Of("missing"), "bad-choice", "%q is none of apply, skip and refer", r.Missing)
	}
	r.action, r.target = noAction, 0
	count := 0
	named := func(a action, key, name string, onScale bool) {
		if name == "" {
			if r.Has(key) {
				count++
				if r.Node().Get(key).Kind == doc.Scalar { // of anything else the decoder said what is wrong with it
					c.Errorf(r.Of(key), "empty-value", "no grade is named here")
				}
			}
			return
		}
		count++
		r.action = a
		r.target = c.known(r.Of(key), name, onScale)
	}
	named(atMost, "at_most", r.AtMost, true)
	named(atLeast, "at_least", r.AtLeast, true)
	named(setGrade, "grade", r.Grade, false)
	if r.Notches == nil && r.Has("notches") {
		count++
	}
	if r.Notches != nil {
		count++
		r.action = notches
		if n := *r.Notches; n == 0 || n < -maxGrades || n > maxGrades {
			c.Fault(doc.Errorf(r.Of("notches"), "bad-number", "%d is no number of steps", n).WithHint("-1 is one grade worse, 1 one better"))
		}
	}
	if count != 1 {
		c.Fault(doc.Errorf(r.Place(), "one-action", "%s has %d of at_most, at_least, notches and grade, but exactly one is needed", where{what: "rule", rule: r, index: i}, count))
	}
}

// known returns the index of the grade name, or reports that there is none.
func (c *checker) known(p Place, name string, onScale bool) int {
	l := c.ladder
	names := l.Names()
	if onScale {
		names = names[:l.OnScale()]
	}
	for i, n := range names {
		if n == name {
			return i
		}
	}
	if l.Index(name) >= 0 {
		c.Fault(doc.Errorf(p, "off-scale", "grade %s is off the ladder: nothing is better or worse than it", name).
			WithHint("%s", doc.Suggest(name, names)))
		return 0
	}
	c.Fault(doc.Errorf(p, "unknown-grade", "there is no grade %s", name).WithHint("%s", doc.Suggest(name, names)))
	return 0
}

// transitions checks t and notes which grades its forbidden steps name.
func (c *checker) transitions(t *Transitions) {
	if !t.From.IsSet() && (t.Node() == nil || t.Node().Get("from") != nil) {
		c.Errorf(t.Place(), "missing-key", "transitions do not say which grade was the previous one: `from` is missing")
	}
	if !t.MaxUp.IsSet() && !t.MaxDown.IsSet() && !t.Freeze.IsSet() && len(t.Forbid) == 0 {
		c.Fault(doc.Warnf(t.Place(), "no-effect", "these transitions hold nothing back").WithHint("add max_up, max_down, forbid or freeze"))
	}
	for _, x := range []struct {
		key string
		e   *Operand
	}{{"max_up", &t.MaxUp}, {"max_down", &t.MaxDown}} {
		n, ok := x.e.IsConst()
		if !ok {
			continue
		}
		if _, ok := stepCount(n); !ok {
			c.Errorf(t.At.Of(x.key), "bad-number", "%s steps cannot be made: a whole number from 0 is needed", n)
		}
	}
	for i := range t.Forbid {
		m := &t.Forbid[i]
		if m.From == "" || m.To == "" {
			if m.Node() == nil {
				c.Errorf(m.Place(), "missing-key", "a forbidden step needs `from` and `to`")
			}
			continue // else the decoder has said so
		}
		m.from = c.known(m.Of("from"), m.From, true)
		m.to = c.known(m.Of("to"), m.To, true)
		if m.From == m.To {
			c.Fault(doc.Errorf(m.Place(), "no-effect", "from %s to %s is no step", m.From, m.To).WithHint("a grade may always stay as it was"))
		}
	}
}
