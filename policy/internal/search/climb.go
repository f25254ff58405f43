package search

import (
	"math/rand/v2"
	"slices"

	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

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
