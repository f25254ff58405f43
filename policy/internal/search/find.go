package search

import (
	"math/rand/v2"
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

// Base returns an ordinary record: everything is there and all criteria are met, as far as such a record was found.
func (s *Search) Base() Inputs {
	if s.base == nil {
		in := make(Inputs, len(s.inputs))
		for i := range in {
			in[i] = s.plain(i)
		}
		s.left = s.Budget
		c := climb{Search: s, goal: ordinary, hints: []Hint{standing}, plain: true}
		in, ok := c.up(in)
		if !ok { // what makes up for one thing may take another away
			if pair, ok := c.pairs(in); ok {
				in = pair
			}
		}
		s.base = in
	}
	return s.base
}

// plain returns a value of input i that nothing is known against: a small number, a day in the middle of those tried.
func (s *Search) plain(i int) slot.Value {
	values := s.inputs[i].values
	if n := len(values); n > 0 && values[n-1].Kind == slot.Missing {
		values = values[:n-1]
	}
	decl := &s.program.Inputs[i]
	switch {
	case len(values) == 0 || decl.Optional && decl.With == nil: // a grade by hand is the exception
		return slot.Value{}
	case decl.Type.Kind == slot.Number:
		for _, m := range []int64{1, 0} {
			if v := slot.Num(exact.Int(m)); containsValue(values, &v) {
				return v
			}
		}
		return values[len(values)/2]
	case decl.Type.Kind == slot.Date:
		return values[len(values)/2]
	}
	return values[0]
}

// standing tells how far a customer is from an ordinary one.
func standing(s *program.State) (exact.Number, bool) {
	n := int64(s.Outcome)
	for i := range s.Criteria {
		n += int64(s.Criteria[i].Result)
	}
	if s.Missing != 0 {
		n++
	}
	return exact.Int(n), true
}

func ordinary(s *program.State) bool {
	far, _ := standing(s)
	return far.Sign() == 0
}

// tried returns the values of input i that are drawn or paired with others.
func (s *Search) tried(i int) []slot.Value {
	if s.pool != nil {
		return s.pool[i]
	}
	return s.inputs[i].values
}

// Anchors returns the records that a search begins from: the ordinary one, those with the highest and the lowest score, and
// with the highest limit, as far as they were found.
func (s *Search) Anchors() []Inputs {
	if s.anchors != nil {
		return s.anchors
	}
	s.anchors = []Inputs{s.Base()}
	for _, m := range []Measure{highScore, lowScore, highLimit} {
		if in, _, ok := s.Maximize(m, s.anchors...); ok {
			s.anchors = append(s.anchors, in)
		}
	}
	s.pool = make([][]slot.Value, len(s.inputs))
	for i := range s.pool {
		s.pool[i] = slices.Clone(s.inputs[i].values)
		for _, in := range s.anchors {
			for _, v := range s.Values(in, i) {
				if !containsValue(s.pool[i], &v) {
					s.pool[i] = append(s.pool[i], v)
				}
			}
		}
	}
	return s.anchors
}

// Measure is something of a decision that can be great or small; ok is false where there is none.
type Measure = func(*program.State) (n exact.Number, ok bool)

func highScore(s *program.State) (exact.Number, bool) { return s.Score.Score, s.Score.HasScore }

func lowScore(s *program.State) (exact.Number, bool) { return s.Score.Score.Neg(), s.Score.HasScore }

func highLimit(s *program.State) (exact.Number, bool) {
	l := &s.Credit.Limit
	return l.Exact.Value, s.Outcome == program.Admitted && l.Has && !l.Exact.Unlimited
}

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

// Nearer returns in, which reaches goal, with every input as it is in from that need not be different, and the others as
// close to that as was found to do.
func (s *Search) Nearer(in, from Inputs, goal func(*program.State) bool) Inputs {
	return s.nearer(in, from, func(in Inputs) bool {
		state, err := s.Decide(in)
		return err == nil && goal(state)
	})
}

// NearerFault is Nearer for a record that cannot be decided: it keeps one whose error fails is true of.
func (s *Search) NearerFault(in, from Inputs, fails func(error) bool) Inputs {
	return s.nearer(in, from, func(in Inputs) bool {
		_, err := s.Decide(in)
		return err != nil && fails(err)
	})
}

func (s *Search) nearer(in, from Inputs, does func(Inputs) bool) Inputs {
	in = slices.Clone(in)
	var others []int // that must be different
	for i := range in {
		if same(&in[i], &from[i]) {
			continue
		}
		now := in[i]
		if in[i] = from[i]; !does(in) {
			in[i] = now
			others = append(others, i)
		}
	}
	for _, i := range others {
		now := in[i]
		for _, v := range s.closer(in, from, i) {
			if in[i] = v; does(in) {
				now = v
				break
			}
		}
		in[i] = now
	}
	return in
}

// closer returns the values of input i that are closer to what it is in from than in is, the closest first.
func (s *Search) closer(in, from Inputs, i int) (out []slot.Value) {
	to, ok := number(&from[i])
	here, ok2 := number(&in[i])
	if !ok || !ok2 {
		return nil
	}
	way := func(v *slot.Value) exact.Number {
		x, _ := number(v)
		return x.Sub(to).Abs()
	}
	far := here.Sub(to).Abs()
	for _, v := range s.Values(in, i) {
		if v.Kind != slot.Missing && way(&v).Less(far) && !v.Equal(from[i]) {
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(v, w slot.Value) int { return way(&v).Cmp(way(&w)) })
	return out
}

// same reports whether a and b are the same in a record.
func same(a, b *slot.Value) bool {
	return a.Kind == slot.Missing && b.Kind == slot.Missing || a.Equal(*b)
}

// draw returns a record some way from one of those that a search begins from.
func (s *Search) draw(r *rand.Rand) Inputs {
	in := slices.Clone(s.anchors[r.IntN(len(s.anchors))])
	one := 1 + r.IntN(len(in)+1) // each input is changed with a chance of one in so many
	for i := range in {
		if values := s.tried(i); len(values) > 0 && r.IntN(one) == 0 {
			in[i] = values[r.IntN(len(values))]
		}
	}
	return in
}

// climb changes one input after the other.
type climb struct {
	*Search
	goal  func(*program.State) bool // nil: to go as far as the hints lead
	hints []Hint
	plain bool // to the smallest numbers that do
}

// there reports whether the decision at hand reaches the goal.
func (c *climb) there() bool { return c.goal != nil && c.goal(&c.state) }

// far returns how far the decision at hand is from what is looked for.
func (c *climb) far() []sight {
	out := make([]sight, len(c.hints))
	for i, h := range c.hints {
		out[i].away, out[i].ok = h(&c.state)
	}
	return out
}

// nearer reports whether a is nearer than b.
func nearer(a, b []sight) bool {
	for i := range a {
		if a[i].ok != b[i].ok {
			return a[i].ok
		}
		if d := a[i].away.Cmp(b[i].away); a[i].ok && d != 0 {
			return d < 0
		}
	}
	return false
}

// up changes the inputs of in in turn, each to the value that brings it nearest, until the goal is reached or nothing
// brings it nearer.
func (c *climb) up(in Inputs) (Inputs, bool) {
	in = slices.Clone(in)
	best := make([]sight, len(c.hints))
	if c.try(in) {
		if c.there() {
			return in, true
		}
		best = c.far()
	}
	for moved := true; moved; {
		moved = false
		for i := range in {
			now := in[i]
			var ties []slot.Value // those that bring it nearest
			for _, v := range c.Values(in, i) {
				if c.left <= 0 {
					break
				}
				in[i] = v
				if !c.try(in) {
					continue
				}
				if c.there() {
					return in, true
				}
				far := c.far()
				switch {
				case nearer(far, best):
					best, ties = far, []slot.Value{v}
				case len(ties) > 0 && !nearer(best, far):
					ties = append(ties, v)
				}
			}
			in[i] = now
			if len(ties) > 0 {
				in[i], moved = ties[c.choice(ties)], true
			}
			if c.left <= 0 {
				return in, false
			}
		}
	}
	return in, false
}

// choice returns which of values, all as good, is taken. Mostly it is not the first of them: that one may be an edge, where
// the next input is stopped again.
func (c *climb) choice(values []slot.Value) int {
	if c.plain && values[0].Kind == slot.Number && values[0].Num.Sign() >= 0 {
		return 0
	}
	return len(values) / 2
}

// pairs changes two inputs of in at once, on half of what is left of the budget, until the goal is reached.
func (c *climb) pairs(in Inputs) (Inputs, bool) {
	in = slices.Clone(in)
	share := c.left / 2
	for i := range in {
		for j := range i {
			a, b := in[i], in[j]
			for _, v := range c.tried(i) {
				for _, w := range c.tried(j) {
					if c.left <= share {
						return in, false
					}
					in[i], in[j] = v, w
					if c.try(in) && c.there() {
						return in, true
					}
				}
			}
			in[i], in[j] = a, b
		}
	}
	return in, false
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
