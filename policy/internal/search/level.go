package search

import (
	"reflect"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

// level is an edge of the policy: something changes where away is 0. away says how far a decision is from it, and ok is
// false where that cannot be told.
type level struct {
	away   func(*program.State) (away exact.Number, ok bool)
	inputs set // that can move it
}

// gatherer finds the levels of a program, and what each input is compared with.
type gatherer struct {
	*Search
	reach map[int]set  // by slot: the inputs that it depends on
	loose []slot.Value // constants that items of lists may be compared with
}

// gather fills s.levels and the constants of s.inputs.
func (s *Search) gather() {
	g := &gatherer{Search: s, reach: map[int]set{}}
	p := s.program
	for i := range p.Inputs {
		g.reach[i] = g.none()
		g.reach[i][i] = true
	}
	g.results()
	s.read = g.readsOf(reflect.ValueOf(p.File))
	g.byHand()
	for i := range p.Values {
		v := &p.Values[i]
		s.read = s.read.or(g.reachOf(v.Slot))
		g.method(&v.Decl.Value.Of, v.Decl.Value.Method)
		if v.Table != nil {
			g.table(v.Table)
		}
	}
	eachExpr(reflect.ValueOf(p.File), g.expression)
	if c := p.File.Scoring; c != nil {
		g.card(c)
	}
	if l := p.File.Grade; l != nil {
		g.scale()
	}
	if t := p.File.Credit; t != nil {
		g.terms(t)
	}
	for i := range s.inputs {
		if k := p.Inputs[i].Type.Kind; k == slot.List || k == slot.Record {
			s.inputs[i].loose = g.loose
		}
	}
}

// level adds a level that the inputs can move, unless none can.
func (g *gatherer) level(away func(*program.State) (exact.Number, bool), inputs set) {
	for _, can := range inputs {
		if can {
			g.levels = append(g.levels, level{away, inputs})
			return
		}
	}
}
