package table

import (
	"fmt"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Error is a fault of one customer's record or of the policy that was met while deciding: two rows that hold where one may,
// an expression of a row that fails.
type Error struct {
	Place doc.Place // of the row, or of its expression
	Err   error
}

// Error says what is wrong.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns what is wrong.
func (e *Error) Unwrap() error { return e.Err }

// perhaps is a row of which it cannot be told whether it holds, and why.
type perhaps struct {
	row    int
	absent slot.Absence
}

// Decide writes to to what the table gives for the customer in f, and to hits which rows held, as those of table number at.
// Where a value that a row looks at is missing, it cannot be told whether the row holds; the result is then missing with
// the same causes, unless the row cannot change it. The error is an *Error.
func (t *Table) Decide(f *slot.Frame, to *slot.Value, hits *Hits, at int) error {
	for _, c := range t.fetch {
		f.Slots[c.Slot] = c.Fetch(f)
		if err := f.TakeErr(); err != nil {
			return &Error{t.Place, fmt.Errorf("column %s: %w", c.Name, err)}
		}
	}
	from := len(hits.rows)
	hits.maybe = hits.maybe[:0]
	if err := t.try(f, hits); err != nil {
		hits.rows = hits.rows[:from]
		return err
	}
	chosen, missing, err := t.result(f, to, hits.rows[from:], hits.maybe)
	if err != nil {
		return err
	}
	if missing != 0 {
		*to = slot.Gone(missing)
		hits.rows, chosen = hits.rows[:from], 0
	}
	hits.set(at, from, chosen)
	return nil
}

// try gathers the rows that hold, and those of which it cannot be told.
func (t *Table) try(f *slot.Frame, hits *Hits) error {
	rows, all := t.candidates(f)
	n := len(rows)
	if all {
		n = len(t.Rows)
	}
	for k := range n {
		i := k
		if !all {
			i = int(rows[k])
		}
		r := &t.Rows[i]
		holds, absent := r.holds(f)
		if err := f.TakeErr(); err != nil {
			return &Error{r.WhenPlace, fmt.Errorf("row %d: %w", i+1, err)}
		}
		switch {
		case absent != 0:
			hits.maybe = append(hits.maybe, perhaps{i, absent})
		case holds:
			hits.rows = append(hits.rows, int32(i+1))
			if t.Hit == First || t.Hit == Unique && t.apart {
				return nil
			}
		}
	}
	return nil
}

// holds reports whether all cells and the condition of r hold, or why that cannot be told: it is enough that one does not.
func (r *Row) holds(f *slot.Frame) (holds bool, absent slot.Absence) {
	unknown := false
	for i := range r.tests {
		c := &r.tests[i]
		v := &f.Slots[c.slot]
		switch {
		case v.Kind != slot.Missing:
			if !c.holds(v) {
				return false, 0
			}
		case c.missing == Refused:
			return false, 0
		case c.missing == Unknown:
			unknown = true
		}
	}
	if r.When != nil {
		b, a := r.When(f)
		if a == 0 && !b {
			return false, 0
		}
		absent = a
	}
	if unknown {
		absent = r.causes(f, absent)
	}
	return absent == 0, absent
}

// causes returns why the cells that look at something missing cannot be told, together with absent.
func (r *Row) causes(f *slot.Frame, absent slot.Absence) slot.Absence {
	for i := range r.tests {
		c := &r.tests[i]
		if v := &f.Slots[c.slot]; v.Kind == slot.Missing && c.missing == Unknown {
			absent = f.Both(absent, orBroken(v.Absent))
		}
	}
	return absent
}

// orBroken returns a, or an absence that blames nothing where a says that nothing is missing.
func orBroken(a slot.Absence) slot.Absence {
	if a == 0 {
		return slot.Broken
	}
	return a
}
