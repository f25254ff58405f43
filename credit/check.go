package credit

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
)

// Check makes t ready and returns everything that is wrong with it. money are the places that amounts are rounded to,
// negative for exact ones; grades are the names of the grades by index, nil when there are none. Terms with a fault of
// severity Error decide nothing.
func (t *Terms) Check(money int, grades []string) []Fault {
	c := checker{terms: t, grades: grades}
	t.places, t.checked = money, false
	c.steps(t.Steps)
	c.exposures(t.Exposures)
	if t.Requested != nil {
		c.needs(&t.Requested.Amount, t.Requested.At, "amount", "a request does not say how much is asked for")
		c.over(t.Requested.Over, t.Requested.At)
	}
	c.holds()
	c.approval()
	c.segments()
	if g := t.Group; g != nil {
		c.needs(&g.Limit, g.At, "limit", "a group has no limit")
		c.exposures(g.Exposures)
	}
	if t.Overrides != nil {
		c.override(t.Overrides)
	}
	for i := range c.Faults {
		if c.Faults[i].Severity == doc.Error {
			return c.Faults
		}
	}
	t.checked = true
	return c.Faults
}

// checker gathers faults.
type checker struct {
	doc.Decoder
	terms  *Terms
	grades []string
}

// needs reports that the expression under key is not there, unless the decoder has said so.
func (c *checker) needs(e interface{ IsSet() bool }, at At, key, message string) {
	if !e.IsSet() && (at.Node() == nil || at.Node().Get(key) != nil) {
		c.Errorf(at.Place(), "missing-key", "%s: `%s` is missing", message, key)
	}
}

func (c *checker) over(over string, at At) {
	if over != "" && over != hold && over != refuse {
		c.Errorf(at.Of("over"), "bad-choice", "%q is neither hold nor refuse", over)
	}
}

// unique reports the second of two ids.
func (c *checker) unique(what string, first map[string]Place, id string, at At) {
	if id == "" {
		return
	}
	if p, taken := first[id]; taken {
		c.Fault(doc.Errorf(at.Of("id"), "duplicate-id", "there are two %ss %s", what, id).See(p, "the first one is here").WithHint("give one of them another id"))
		return
	}
	first[id] = at.Of("id")
}

// steps checks steps and notes what each does.
func (c *checker) steps(steps []Step) {
	ids := map[string]Place{}
	for i := range steps {
		s := &steps[i]
		c.unique("step", ids, s.ID, s.At)
		if s.ID == floorBinding || s.ID == groupBinding && c.terms.Group != nil || s.ID == totalBinding && len(c.terms.Segments) > 0 ||
			s.ID == handBinding && c.terms.Overrides != nil {
			c.Fault(doc.Errorf(s.Of("id"), "reserved-id", "a step cannot be called %s: that is what a limit is said to be bound by where no step binds it", s.ID).WithHint("choose another id"))
		}
		s.action, s.mode = noAction, c.terms.Mode
		var given []string
		for a, has := range [...]bool{
			set: s.Set.IsSet(), add: s.Add.IsSet(), multiply: s.Multiply.IsSet(), atLeast: s.AtLeast.IsSet(),
			atMost: s.AtMost.IsSet(), round: s.Round != nil, makeUnlimited: s.Unlimited,
		} {
			if !has && action(a) != makeUnlimited && a > 0 {
				has = s.Has(actionKeys[a]) // the decoder said what is wrong with it
			}
			if has {
				s.action = action(a)
				given = append(given, actionKeys[a])
			}
		}
		if len(given) != 1 {
			f := doc.Errorf(s.Place(), "one-action", "%s does nothing", name(s.ID, unnamedStep, i))
			if len(given) > 1 {
				f = doc.Errorf(s.Place(), "one-action", "%s does more than one thing: %s", name(s.ID, unnamedStep, i), strings.Join(given, ", "))
			}
			c.Fault(f.WithHint("a step has exactly one of %s", strings.Join(actionKeys[1:], ", ")))
		}
		c.rounding(s)
		if s.when = nil; s.When.IsSet() {
			s.when = s.When.Compiled()
		}
		if s.value = nil; s.operand() != nil {
			s.value = s.operand().Compiled()
		}
		if s.ceiling = nil; s.action == atMost {
			if v, ok := s.AtMost.IsConst(); ok {
				s.most = c.terms.bound(v)
				s.ceiling = new(exact.NewMark(s.most))
			}
		}
	}
}

// rounding checks the multiple that s rounds to.
func (c *checker) rounding(s *Step) {
	r := s.Round
	if r == nil {
		return
	}
	if r.To.Sign() <= 0 && (r.Node() == nil || r.Node().Kind == doc.Scalar || r.Node().Get("to") != nil) {
		c.Errorf(r.Of("to"), "bad-number", "%s has no multiples to round to: more than 0 is needed", r.To)
	}
	if r.Mode == "" {
		return
	}
	m, ok := exact.ParseMode(r.Mode)
	if !ok {
		c.Fault(doc.Errorf(r.Of("mode"), "bad-choice", "%q is no way of rounding", r.Mode).WithHint("%s", doc.Suggest(r.Mode, exact.Modes())))
	}
	s.mode = m
}

func (c *checker) exposures(items []Exposure) {
	ids := map[string]Place{}
	for i := range items {
		c.unique("exposure", ids, items[i].ID, items[i].At)
		c.needs(&items[i].Of, items[i].At, "of", "an exposure has no amount")
	}
}

func (c *checker) holds() {
	ids := map[string]Place{}
	for i := range c.terms.Holds {
		h := &c.terms.Holds[i]
		c.unique("hold", ids, h.ID, h.At)
		c.needs(&h.When, h.At, "when", name(h.ID, "hold ", i)+" does not say when it holds")
		c.over(h.Over, h.At)
	}
}

func (c *checker) segments() {
	ids := map[string]Place{}
	for i := range c.terms.Segments {
		s := &c.terms.Segments[i]
		if s.ID == "" && s.Node() == nil {
			c.Errorf(s.Place(), "missing-key", "a segment needs an id")
		}
		c.unique("segment", ids, s.ID, s.At)
		c.steps(s.Steps)
		c.exposures(s.Exposures)
	}
}
