package coverage

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

// Coverage notes what of a policy decisions have shown.
type Coverage struct {
	Items []*Item

	program *program.Program
	seen    []int
}

// New returns the coverage of p by no decisions. idle are the places of what has been proved never to happen.
func New(p *program.Program, idle []doc.Place) *Coverage {
	items := Items(p, idle)
	return &Coverage{Items: items, program: p, seen: make([]int, len(items))}
}

// Add notes what the decision in s shows. It looks at a copy: the items ask expressions of the policy again.
func (c *Coverage) Add(s *program.State) {
	state := s.Clone()
	for i, it := range c.Items {
		if it.Happens(&state) {
			c.seen[i]++
		}
	}
}

// Seen returns how many decisions have shown item i.
func (c *Coverage) Seen(i int) int { return c.seen[i] }
