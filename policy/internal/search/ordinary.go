package search

import (
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
