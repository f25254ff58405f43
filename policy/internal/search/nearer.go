package search

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

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
