package scoring

import (
	"fmt"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// CheckAlone is Check for a method outside of a card. There is no weight that its points could be a part of.
func CheckAlone(m Method, s Setting) []Fault {
	s.Weight, s.Weighted, s.Beyond = Number{}, false, true
	faults := checkMethod(m, s)
	if !hasErrors(faults) {
		faults = append(faults, checkRange(m, s)...)
	}
	return faults
}

// Alone asks m for its points outside of a card: they are neither held nor rounded. of is what m looks at, nil for nothing;
// noRow is the atom to blame where no row matches. c is used again and again; c.Row is afterwards the row that matched.
func (c *Case) Alone(m Method, f *Frame, of *Value, noRow int) (points Number, absent Absence, err error) {
	*c = Case{Frame: f, Of: of, atom: noRow}
	if of != nil && of.Kind == KindMissing {
		if of.Absent == 0 {
			return points, slot.Broken, nil
		}
		return points, of.Absent, nil
	}
	defer func() {
		if p := recover(); p != nil {
			_ = f.TakeErr() // it belongs to what panicked
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	points, absent = m.Points(c)
	if err := f.TakeErr(); err != nil {
		return Number{}, 0, err
	}
	if points.TooLarge() {
		return Number{}, 0, errTooLarge
	}
	return points, absent, nil
}
