package program

import (
	"errors"

	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/table"
)

// value works out a named value.
func (p *Program) value(s *State, v *Value) error {
	f := &s.Frame
	to := &f.Slots[v.Slot]
	switch {
	case v.Table != nil:
		if err := v.Table.Decide(f, to, &s.Hits, v.trace); err != nil {
			return v.failed(err)
		}
	case v.Decl.Value.Method != nil:
		if err := p.method(s, v, to); err != nil {
			return v.failed(err)
		}
	case v.number != nil:
		n, missing := v.number(f)
		if missing != 0 {
			*to = slot.Gone(missing)
		} else {
			to.Kind, to.Absent, to.Num = slot.Number, 0, n
		}
	default:
		*to = v.any(f)
	}
	if to.Kind == slot.Missing && v.fallback != nil && f.Err() == nil {
		s.miss(to.Absent) // the fallback is what the policy says happens
		*to = v.fallback(f)
	}
	if err := f.TakeErr(); err != nil {
		return v.failed(err)
	}
	return nil
}

// failed names the value, and the place of the row where the fault has one.
func (v *Value) failed(err error) error {
	place := v.place
	var row *table.Error
	if errors.As(err, &row) {
		place, err = row.Place, row.Err
	}
	return &Error{"value " + v.Decl.Name.Value, place, err}
}

// method works out a value that is the points of a method.
func (p *Program) method(s *State, v *Value, to *slot.Value) error {
	f := &s.Frame
	var of *slot.Value
	if v.any != nil {
		s.of = v.any(f)
		if err := f.TakeErr(); err != nil {
			return err
		}
		of = &s.of
	}
	n, missing, err := s.method.Alone(v.Decl.Value.Method, f, of, v.noRow)
	if err != nil {
		return err
	}
	if missing != 0 {
		*to = slot.Gone(missing)
		return nil
	}
	to.Kind, to.Absent, to.Num = slot.Number, 0, n
	s.Hits.Note(v.trace, s.method.Row)
	return nil
}

// Rows returns the rows, from 1, of a table or of a method that held for the customer, and the one whose result stands: 0
// where there is none, or the result is made of several. Other values have none, and neither has one that is missing.
func (s *State) Rows(v *Value) (rows []int32, chosen int) {
	return s.Hits.Rows(v.trace), s.Hits.Chosen(v.trace)
}
