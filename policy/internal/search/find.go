package search

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

// Find looks for a record whose decision reaches goal, near an ordinary one. Hints are followed where changing one input
// is not enough. The record has been decided again from its text; where ok is false none was found, which proves nothing.
func (s *Search) Find(goal func(*program.State) bool, hints ...Hint) (found Inputs, ok bool) {
	return s.FindFrom(s.Base(), goal, hints...)
}

// FindFrom is Find near the record from: of those inputs that need not be changed, none is.
func (s *Search) FindFrom(from Inputs, goal func(*program.State) bool, hints ...Hint) (found Inputs, ok bool) {
	s.left = s.Budget
	if s.try(from) && goal(&s.state) {
		return s.confirmed(from, goal)
	}
	anchors := s.Anchors()
	s.left = s.Budget
	c := climb{Search: s, goal: goal, hints: hints}
	in, ok := c.up(from)
	for i := 0; i < len(anchors) && !ok; i++ {
		in, ok = c.up(anchors[i])
	}
	if !ok {
		in, ok = c.pairs(from)
	}
	for r := random(); !ok && s.left > 0; {
		in, ok = c.up(s.draw(r))
	}
	if !ok {
		return nil, false
	}
	return s.confirmed(s.Nearer(in, from, goal), goal)
}

// confirmed decides in again, from its text.
func (s *Search) confirmed(in Inputs, goal func(*program.State) bool) (Inputs, bool) {
	state, err := s.Confirm(in)
	return in, err == nil && goal(state)
}

// How often a search for the greatest begins again from a record drawn at random.
const restarts = 3

// Maximize looks for the record with the greatest measure, beginning from the records given, or else from the ordinary one,
// and from some drawn at random. ok is false where no record has the measure. The record has been decided again from its
// text. That nothing is greater is not proved. [Search.Nearer] makes the record an ordinary one in all that does not matter.
func (s *Search) Maximize(measure Measure, from ...Inputs) (found Inputs, best exact.Number, ok bool) {
	if len(from) == 0 {
		from = s.Anchors()
	}
	s.left = s.Budget
	c := climb{Search: s, hints: []Hint{func(st *program.State) (exact.Number, bool) {
		n, ok := measure(st)
		return n.Neg(), ok
	}}}
	r := random()
	for k := 0; k < len(from)+restarts && s.left > 0; k++ {
		var in Inputs
		switch {
		case k < len(from):
			in = from[k]
		case s.pool != nil:
			in = s.draw(r)
		default:
			return found, best, ok
		}
		in, _ = c.up(in)
		if state, err := s.Confirm(in); err == nil {
			if n, has := measure(state); has && (!ok || best.Less(n)) {
				found, best, ok = in, n, true
			}
		}
	}
	return found, best, ok
}

// Explore shows see one record after another with its decision, as many as the budget allows, until see returns false: the
// ordinary one, those that differ in one input from it or from those with extreme scores and limits, and then others. A
// record that cannot be decided comes with its error. The state and the record are good until see returns.
func (s *Search) Explore(see func(in Inputs, state *program.State, err error) bool) {
	anchors := s.Anchors()
	s.left = s.Budget
	show := func(in Inputs) bool {
		s.left--
		state, err := s.Decide(in)
		if err != nil {
			s.left -= faultCost
		}
		return see(in, state, err) && s.left > 0
	}
	for _, anchor := range anchors {
		if !show(anchor) {
			return
		}
		in := slices.Clone(anchor)
		for i := range in {
			for _, v := range s.tried(i) {
				in[i] = v
				if !show(in) {
					return
				}
			}
			in[i] = anchor[i]
		}
	}
	for r := random(); show(s.draw(r)); {
	}
}
