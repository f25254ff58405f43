package search

import (
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

// Hint says how far a decision is from what is looked for, 0 for there; ok is false where that cannot be told. A search
// goes on to records that are nearer by the first of its hints, or by the next one where that makes no difference.
type Hint = func(*program.State) (distance exact.Number, ok bool)

// Toward returns the hint that leads to records for which the condition is want: each comparison in it counts as far as
// its sides are apart, at most 1.
func (s *Search) Toward(condition *slot.Condition, want bool) Hint {
	root := rootOf(condition.Shape)
	if root == nil {
		return func(*program.State) (exact.Number, bool) { return exact.Number{}, false }
	}
	d := s.distance(root, want)
	return func(st *program.State) (exact.Number, bool) { return d(st), true }
}

// distance returns how far a condition is from want.
func (s *Search) distance(n formula.Node, want bool) func(*program.State) exact.Number {
	switch n := n.(type) {
	case *formula.Unary:
		if n.Op == formula.OpNot {
			return s.distance(n.X, !want)
		}
	case *formula.Binary:
		switch n.Op {
		case formula.OpAnd, formula.OpOr:
			x, y := s.distance(n.X, want), s.distance(n.Y, want)
			if (n.Op == formula.OpAnd) == want {
				return func(st *program.State) exact.Number { return x(st).Add(y(st)) }
			}
			return func(st *program.State) exact.Number { return exact.Min(x(st), y(st)) }
		case formula.OpEq, formula.OpNe, formula.OpLt, formula.OpLe, formula.OpGt, formula.OpGe:
			if counted(n.X) && counted(n.Y) && !local(n) {
				return apart(truth(n, want), difference(formula.Part(n.X), formula.Part(n.Y)))
			}
		}
	case *formula.Read:
		for i := range s.program.Values {
			v := &s.program.Values[i]
			if root := rootOf(v.Decl.Value.Expr.Shape); v.Slot == n.Slot && root != nil {
				return s.distance(root, want)
			}
		}
	}
	if local(n) {
		return func(*program.State) exact.Number { return exact.Int(1) }
	}
	return truth(n, want)
}

// truth returns 0 where n is want, else 1.
func truth(n formula.Node, want bool) func(*program.State) exact.Number {
	part := formula.Part(n)
	return func(st *program.State) exact.Number {
		v, missing := part(&st.Frame)
		if st.Frame.TakeErr() == nil && missing == 0 && (v.Int != 0) == want {
			return exact.Number{}
		}
		return exact.Int(1)
	}
}

// apart returns 0 where met does, else how far two sides are apart, d / (1 + d), or 1 where that is not known.
func apart(met func(*program.State) exact.Number, away Measure) func(*program.State) exact.Number {
	return func(st *program.State) exact.Number {
		one := met(st)
		if one.Sign() == 0 {
			return one
		}
		if d, ok := away(st); ok {
			d = d.Abs()
			part, _ := d.Add(exact.Int(1)).Quo(d.Add(exact.Int(2))) // above 0 where the sides are equal
			return part
		}
		return one
	}
}
