package search

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/record"
)

// All shows see every record that there can be, with its decision or why it cannot be decided, where they are no more than
// the budget allows: each input has declared values, or bounds and decimals, and is there or not. An input that nothing
// reads is always the same. It reports whether it did: what see was not shown then does not exist. The state and the record
// are good until see returns.
func (s *Search) All(see func(in Inputs, state *program.State, err error)) bool {
	domains := make([][]slot.Value, len(s.inputs))
	count := 1
	for i := range domains {
		values, ok := s.domain(i)
		if !ok || len(values) == 0 || len(values) > s.Budget/count {
			return false
		}
		domains[i], count = values, count*len(values)
	}
	in := make(Inputs, len(domains))
	s.all(in, domains, 0, see)
	return true
}

func (s *Search) all(in Inputs, domains [][]slot.Value, i int, see func(Inputs, *program.State, error)) {
	if i == len(in) {
		state, err := s.Decide(in)
		see(in, state, err)
		return
	}
	for _, v := range domains[i] {
		in[i] = v
		s.all(in, domains, i+1, see)
	}
}

// domain returns every value that input i can have; ok is false where there are too many to tell.
func (s *Search) domain(i int) (values []slot.Value, ok bool) {
	in := &s.program.Inputs[i]
	switch {
	case !s.read[i]:
		return s.inputs[i].values[:min(1, len(s.inputs[i].values))], true
	case in.OneOf != nil:
		values = in.OneOf
	case in.Type.Kind == slot.Bool, in.Type.Kind == slot.Grade:
		values = s.others(in, i)
	case in.Type.Kind == slot.Date && in.MinDate != nil && in.MaxDate != nil:
		if int(*in.MaxDate-*in.MinDate) >= s.Budget {
			return nil, false
		}
		for d := *in.MinDate; d <= *in.MaxDate; d++ {
			values = append(values, slot.OfDay(d))
		}
	case in.Type.Kind == slot.Number && in.Decimals != nil:
		for _, r := range s.spans(i) {
			n, _ := r.Max.Sub(r.Min).Quo(s.inputs[i].step())
			if !n.Less(exact.Int(int64(s.Budget - len(values)))) {
				return nil, false
			}
			for x := r.Min.Round(*in.Decimals, exact.Ceiling); !r.Max.Less(x); x = x.Add(s.inputs[i].step()) {
				values = append(values, slot.Num(x))
			}
		}
		sortUnique(&values) // ranges may overlap
		if len(values) == 0 {
			return nil, false
		}
	default:
		return nil, false
	}
	values = s.allowedOnly(i, values)
	if !in.Required {
		values = append(slices.Clip(values), slot.Value{})
	}
	return values, true
}

// spans returns the intervals in which the numbers of input i lie, which has so many decimals; none where they have no end.
func (s *Search) spans(i int) []record.Range {
	in := &s.program.Inputs[i]
	if len(in.Ranges) > 0 {
		return in.Ranges
	}
	low, high := in.Min, in.Max
	if low == nil && in.Above != nil {
		next := in.Above.Round(*in.Decimals, exact.Floor).Add(s.inputs[i].step())
		low = &next
	}
	if high == nil && in.Below != nil {
		next := in.Below.Round(*in.Decimals, exact.Ceiling).Sub(s.inputs[i].step())
		high = &next
	}
	if low == nil || high == nil {
		return nil
	}
	return []record.Range{{Min: *low, Max: *high}}
}
