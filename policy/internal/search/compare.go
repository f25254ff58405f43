package search

import (
	"fmt"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

// expression notes what is compared in p.
func (g *gatherer) expression(p *formula.Program) { g.node(p.Root, false) }

// node notes what is compared in n; within a loop, constants are those of items.
func (g *gatherer) node(n formula.Node, loop bool) {
	switch n := n.(type) {
	case *formula.Binary:
		switch n.Op {
		case formula.OpEq, formula.OpNe, formula.OpLt, formula.OpLe, formula.OpGt, formula.OpGe:
			g.compare(n.X, n.Y)
		case formula.OpIn:
			g.among(n.X, n.Y)
		case formula.OpContains, formula.OpStartsWith, formula.OpEndsWith:
			g.compare(n.X, n.Y)
		case formula.OpMatches:
			if k, ok := n.Y.(*formula.Const); ok {
				if text, ok := sample(k.Value.Str); ok {
					g.constant(n.X, &slot.Value{Kind: slot.String, Str: text})
				}
			}
		case formula.OpQuo, formula.OpRem:
			g.zero(n.Y)
		}
	case *formula.Call:
		if n.Name == "min" || n.Name == "max" || n.Name == "clamp" {
			for _, a := range n.Args[1:] {
				g.compare(n.Args[0], a)
			}
		}
	case *formula.Const:
		if loop {
			g.loose = append(g.loose, n.Value)
		}
	case *formula.Each:
		loop = true
	}
	for _, c := range n.Children() {
		g.node(c, loop)
	}
}

// among notes that x is compared with what is in list, which may be a value of the policy.
func (g *gatherer) among(x, list formula.Node) {
	switch list := list.(type) {
	case *formula.Array:
		for _, item := range list.Items {
			g.compare(x, item)
		}
	case *formula.Range:
		g.compare(x, list.From)
		g.compare(x, list.To)
	case *formula.Const:
		for i := range list.Value.List {
			g.constant(x, &list.Value.List[i])
		}
	case *formula.Read:
		for i := range g.program.Values {
			if v := &g.program.Values[i]; v.Slot == list.Slot {
				if root := rootOf(v.Decl.Value.Expr.Shape); root != nil {
					g.among(x, root)
				}
			}
		}
	}
}

// compare notes that x and y are compared.
func (g *gatherer) compare(x, y formula.Node) {
	if k, ok := y.(*formula.Const); ok {
		g.constant(x, &k.Value)
		return
	}
	if k, ok := x.(*formula.Const); ok {
		g.constant(y, &k.Value)
		return
	}
	switch {
	case local(x) || local(y): // an item may be what an input is
		for _, side := range []formula.Node{x, y} {
			if isInput(side, g.program) {
				g.loose = append(g.loose, g.program.Inputs[side.(*formula.Read).Slot].OneOf...)
			}
		}
		if x.Type().Kind == slot.String {
			g.loose = append(g.loose, slot.Text(secondText))
		}
	case counted(x) && counted(y):
		g.level(difference(formula.Part(x), formula.Part(y)), g.reads(x).or(g.reads(y)))
	case x.Type().Kind == slot.String: // two texts can be the same, and they can be different
		for i, can := range g.reads(x).or(g.reads(y)) {
			if can {
				g.inputs[i].constants = append(g.inputs[i].constants, slot.Text(secondText))
			}
		}
	}
}

// constant notes that x is compared with v.
func (g *gatherer) constant(x formula.Node, v *slot.Value) {
	switch {
	case local(x):
		g.loose = append(g.loose, *v)
	case isInput(x, g.program):
		in := &g.inputs[x.(*formula.Read).Slot]
		in.constants = append(in.constants, *v)
	case v.Kind == slot.String:
		for i, can := range g.reads(x) {
			if can {
				g.inputs[i].constants = append(g.inputs[i].constants, *v)
			}
		}
	case counted(x):
		if k, ok := number(v); ok {
			part := formula.Part(x)
			reads := g.reads(x)
			g.level(difference(part, func(*slot.Frame) (slot.Value, slot.Absence) { return slot.Num(k), 0 }), reads)
			g.times(k, reads)
		}
	}
}

// times notes the times of day next to k, in minutes since midnight, for the texts that a number compared with k is worked
// out from: a text becomes a number by minutes(), rarely otherwise.
func (g *gatherer) times(k exact.Number, reads set) {
	minutes, whole := k.Int64()
	if !whole || minutes < 0 || minutes > dayMinutes {
		return
	}
	for i, can := range reads {
		if !can || g.program.Inputs[i].Type.Kind != slot.String {
			continue
		}
		for m := max(minutes-1, 0); m <= min(minutes+1, dayMinutes); m++ {
			g.inputs[i].constants = append(g.inputs[i].constants, slot.Text(fmt.Sprintf("%02d:%02d", m/60, m%60)))
		}
	}
}

// dayMinutes is 24:00.
const dayMinutes = 24 * 60

// zero notes that something happens where x is 0.
func (g *gatherer) zero(x formula.Node) {
	if _, ok := x.(*formula.Const); !ok && !local(x) {
		g.constant(x, &slot.Value{Kind: slot.Number})
	}
}

// difference returns how far x is from y.
func difference(x, y func(*slot.Frame) (slot.Value, slot.Absence)) func(*program.State) (exact.Number, bool) {
	return func(s *program.State) (exact.Number, bool) {
		a, absentA := x(&s.Frame)
		b, absentB := y(&s.Frame)
		if s.Frame.TakeErr() != nil || absentA != 0 || absentB != 0 {
			return exact.Number{}, false
		}
		m, okA := number(&a)
		n, okB := number(&b)
		return m.Sub(n), okA && okB
	}
}

// local reports whether n reads a variable, so that it has no value outside of its expression.
func local(n formula.Node) bool {
	if _, ok := n.(*formula.Local); ok {
		return true
	}
	for _, c := range n.Children() {
		if local(c) {
			return true
		}
	}
	return false
}

// counted reports whether n is a number or a date.
func counted(n formula.Node) bool {
	return n.Type().Kind == slot.Number || n.Type().Kind == slot.Date
}

func isInput(n formula.Node, p *program.Program) bool {
	read, ok := n.(*formula.Read)
	return ok && read.Slot < len(p.Inputs)
}

// rootOf returns what e was compiled to, nil where it was not.
func rootOf(shape any) formula.Node {
	if p, ok := shape.(*formula.Program); ok {
		return p.Root
	}
	return nil
}
