package search

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Values returns the values of input i that are worth trying while the others are as in: those of its domain and of the
// constants that it is compared with, and those that put an expression that it is part of, the points, the score or the
// limit on an edge, exactly where that is possible, with the nearest values on either side. Numbers and dates ascend; last
// comes Missing, unless the input is required. A record that cannot be decided has none but those that are always tried.
//
// The edges are found between values at which the policy was asked: where what is worked out crosses an edge twice between
// two of them, it can be missed.
func (s *Search) Values(in Inputs, i int) []slot.Value {
	values := s.inputs[i].values
	k := s.program.Inputs[i].Type.Kind
	if k != slot.Number && k != slot.Date {
		return values
	}
	c := crossing{Search: s, in: slices.Clone(in), i: i, kind: k}
	for j := range s.levels {
		if s.levels[j].inputs[i] {
			c.levels = append(c.levels, &s.levels[j])
		}
	}
	if len(c.levels) == 0 {
		return values
	}
	var last []sight
	for j := range values {
		x, ok := number(&values[j])
		if !ok {
			break // Missing
		}
		here := c.look(x)
		for l := range c.levels {
			if last != nil && here != nil && turns(&last[l], &here[l]) {
				c.between(l, last[l], here[l])
			}
		}
		last = here
	}
	if len(c.found) == 0 {
		return values
	}
	out := slices.Clone(values)
	missing := len(out) > 0 && out[len(out)-1].Kind == slot.Missing
	if missing {
		out = out[:len(out)-1]
	}
	out = append(out, s.allowedOnly(i, c.found)...)
	sortUnique(&out)
	if missing {
		out = append(out, slot.Value{})
	}
	return out
}

// crossing looks for the values of one input at which levels are crossed.
type crossing struct {
	*Search
	in     Inputs
	i      int
	kind   slot.Kind
	levels []*level
	found  []slot.Value
}

// sight is how far a level is away at a value of the input.
type sight struct {
	x, away exact.Number
	ok      bool
}

// turns reports whether the level lies between a and b.
func turns(a, b *sight) bool { return a.ok && b.ok && a.away.Sign() != b.away.Sign() }

// look decides with the input at x and returns how far each level is away; nil where that cannot be decided.
func (c *crossing) look(x exact.Number) []sight {
	c.in[c.i] = ofNumber(c.kind, x)
	if !c.try(c.in) {
		return nil
	}
	out := make([]sight, len(c.levels))
	for l := range c.levels {
		out[l].x = x
		out[l].away, out[l].ok = c.levels[l].away(&c.state)
	}
	return out
}

// one is look for one level.
func (c *crossing) one(l int, x exact.Number) (sight, bool) {
	c.in[c.i] = ofNumber(c.kind, x)
	if !c.try(c.in) {
		return sight{}, false
	}
	out := sight{x: x}
	out.away, out.ok = c.levels[l].away(&c.state)
	return out, out.ok
}

// between finds where level l lies between a and b, which are on different sides of it or on it: first where it would be if
// what is compared was a quotient of two straight lines, as shares of totals and prices times quantities are, then by
// halving.
func (c *crossing) between(l int, a, b sight) {
	middle, ok := c.one(l, c.middle(&a, &b))
	if !ok {
		return
	}
	if x, ok := root(a, middle, b); ok && a.x.Less(x) && x.Less(b.x) {
		c.found = append(c.found, c.valuesAround(x)...)
		below, ok := c.one(l, c.down(x))
		above, ok2 := c.one(l, c.down(x).Add(c.inputs[c.i].step()))
		if ok && ok2 && turns(&below, &above) {
			return
		}
	}
	c.halve(l, a, b)
}

// halve finds the neighbours between a and b that are on different sides of level l or on it. Where what is compared is
// rounded, there can be many values on it: the first and the last of them are found.
func (c *crossing) halve(l int, a, b sight) {
	for {
		x := c.middle(&a, &b)
		if !a.x.Less(x) || !x.Less(b.x) {
			break
		}
		middle, ok := c.one(l, x)
		switch sign := middle.away.Sign(); {
		case !ok:
			return
		case sign == a.away.Sign():
			a = middle
		case sign == b.away.Sign():
			b = middle
		default:
			c.halve(l, a, middle)
			a = middle
		}
	}
	c.found = append(c.found, ofNumber(c.kind, a.x), ofNumber(c.kind, b.x))
}

// middle returns the value half way between a and b.
func (c *crossing) middle(a, b *sight) exact.Number {
	half, _ := exact.Ratio(1, 2)
	return c.down(a.x.Add(b.x).Mul(half))
}

// down returns x at the decimals that are tried.
func (c *crossing) down(x exact.Number) exact.Number {
	return x.Round(c.inputs[c.i].places, exact.Floor)
}

func (c *crossing) valuesAround(x exact.Number) []slot.Value {
	var out []slot.Value
	for _, y := range c.around(c.i, x) {
		out = append(out, ofNumber(c.kind, y))
	}
	return out
}

// root returns where a quotient of two straight lines through a, b and c is 0.
func root(a, b, c sight) (exact.Number, bool) {
	// The cross-ratio of four points is that of their values: (x-a)(b-c) / ((x-c)(b-a)) = k.
	ab, bc := b.away.Sub(a.away), b.away.Sub(c.away)
	k, ok := a.away.Neg().Mul(bc).Quo(c.away.Neg().Mul(ab))
	if !ok {
		return exact.Number{}, false
	}
	// (x-a)(b-c) = k (x-c)(b-a)
	p, q := b.x.Sub(c.x), k.Mul(b.x.Sub(a.x))
	return p.Mul(a.x).Sub(q.Mul(c.x)).Quo(p.Sub(q))
}
