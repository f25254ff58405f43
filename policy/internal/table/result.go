package table

import (
	"errors"
	"fmt"
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// result makes the result of the rows (from 1) that hold, and of those that may. chosen is the row whose result stands, 0
// where it is made of several.
func (t *Table) result(f *slot.Frame, to *slot.Value, rows []int32, maybe []perhaps) (chosen int, missing slot.Absence, err error) {
	switch {
	case t.Hit == First:
		// Those that may hold come first: rows are tried only until one holds.
		if len(maybe) > 0 {
			return 0, allCauses(f, maybe), nil
		}
	case t.Hit == Unique && len(rows) > 1:
		return 0, 0, t.clash(rows[0], rows[1], errors.New("only one may"))
	case t.Hit == Unique || t.Hit.Always() || len(rows) == 0:
		if len(maybe) > 0 {
			return 0, allCauses(f, maybe), nil
		}
	}
	switch {
	case t.Hit == Count:
		put(to, slot.Num(exact.Int(int64(len(rows)))))
		return 0, 0, nil
	case t.Hit.Listing():
		missing, err = t.list(f, to, rows)
		return 0, missing, err
	case len(rows) == 0 && t.Otherwise != nil:
		put(to, *t.Otherwise)
		return 0, 0, nil
	case len(rows) == 0:
		return 0, f.Blame(t.NoRow), nil
	case t.Hit == Priority:
		return t.first(to, rows, maybe, f)
	case t.Hit.Numeric():
		return t.calculate(f, to, rows, maybe)
	}
	return t.agreed(f, to, rows, maybe)
}

// allCauses returns what the absences of rows are together.
func allCauses(f *slot.Frame, rows []perhaps) (a slot.Absence) {
	for i := range rows {
		a = f.Both(a, rows[i].absent)
	}
	return a
}

// clash returns the error that rows a and b (from 1) both hold.
func (t *Table) clash(a, b int32, why error) error {
	return &Error{t.Rows[b-1].Place, fmt.Errorf("rows %d and %d both hold, but %w", a, b, why)}
}

// of works out the result of row i (from 1).
func (t *Table) of(f *slot.Frame, i int32) (slot.Value, error) {
	r := &t.Rows[i-1]
	if r.Of == nil {
		return r.Is, nil
	}
	v := r.Of(f)
	if err := f.TakeErr(); err != nil {
		return v, &Error{r.OfPlace, fmt.Errorf("row %d: %w", i, err)}
	}
	if v.Kind == slot.Missing {
		v.Absent = orBroken(v.Absent)
	}
	return v, nil
}

// put writes v to a slot. A number leaves alone what a number does not use.
func put(to *slot.Value, v slot.Value) {
	if v.Kind == slot.Number {
		to.Kind, to.Absent, to.Num = slot.Number, 0, v.Num
		return
	}
	*to = v
}

// agreed is the result of all rows, which must be the same. For First and Unique there is one.
func (t *Table) agreed(f *slot.Frame, to *slot.Value, rows []int32, maybe []perhaps) (chosen int, missing slot.Absence, err error) {
	v, err := t.of(f, rows[0])
	if err != nil {
		return 0, 0, err
	}
	missing = v.Absent
	for _, i := range rows[1:] {
		w, err := t.of(f, i)
		switch {
		case err != nil:
			return 0, 0, err
		case w.Kind == slot.Missing || v.Kind == slot.Missing:
			missing = f.Both(missing, w.Absent)
		case !same(&v, &w):
			return 0, 0, t.clash(rows[0], i, errors.New("give different results"))
		}
	}
	for _, m := range maybe {
		if r := &t.Rows[m.row]; r.Of != nil || !same(&v, &r.Is) {
			missing = f.Both(missing, m.absent)
		}
	}
	put(to, v)
	return int(rows[0]), missing, nil
}

// same reports whether a and b are the same result; a field that is missing in both is the same.
func same(a, b *slot.Value) bool {
	if a.Kind != slot.Record || b.Kind != slot.Record {
		return a.Equal(*b)
	}
	return slices.EqualFunc(a.List, b.List, func(x, y slot.Value) bool {
		return x.Kind == slot.Missing && y.Kind == slot.Missing || x.Equal(y)
	})
}

// first is the result that stands first in the order.
func (t *Table) first(to *slot.Value, rows []int32, maybe []perhaps, f *slot.Frame) (chosen int, missing slot.Absence, err error) {
	best := rows[0]
	for _, i := range rows[1:] {
		if t.Rows[i-1].rank < t.Rows[best-1].rank {
			best = i
		}
	}
	for _, m := range maybe {
		if t.Rows[m.row].rank < t.Rows[best-1].rank {
			missing = f.Both(missing, m.absent)
		}
	}
	put(to, t.Rows[best-1].Is)
	return int(best), missing, nil
}

// list is the results of all rows, for OutputOrder sorted.
func (t *Table) list(f *slot.Frame, to *slot.Value, rows []int32) (missing slot.Absence, err error) {
	items := make([]slot.Value, 0, len(rows))
	if t.Hit == OutputOrder {
		for rank := range t.Order {
			for _, i := range rows {
				if t.Rows[i-1].rank == rank {
					items = append(items, t.Rows[i-1].Is)
				}
			}
		}
		*to = slot.Items(items)
		return 0, nil
	}
	for _, i := range rows {
		v, err := t.of(f, i)
		if err != nil {
			return 0, err
		}
		if v.Kind == slot.Missing {
			missing = f.Both(missing, v.Absent)
		}
		items = append(items, v)
	}
	*to = slot.Items(items)
	return missing, nil
}

var errTooLarge = fmt.Errorf("the sum grew beyond %d bits, about 9,800 digits", exact.MaxBits)

// calculate is the sum, the least or the greatest of the results.
func (t *Table) calculate(f *slot.Frame, to *slot.Value, rows []int32, maybe []perhaps) (chosen int, missing slot.Absence, err error) {
	var total exact.Number
	for k, i := range rows {
		v, err := t.of(f, i)
		switch {
		case err != nil:
			return 0, 0, err
		case v.Kind == slot.Missing:
			missing = f.Both(missing, v.Absent)
		case t.Hit == Sum:
			if total = total.Add(v.Num); total.TooLarge() {
				return 0, 0, &Error{t.Rows[i-1].Place, errTooLarge}
			}
		case k == 0 || t.better(v.Num, total):
			total, chosen = v.Num, int(i)
		}
	}
	for _, m := range maybe {
		if r := &t.Rows[m.row]; r.Of != nil || t.changes(r.Is.Num, total) {
			missing = f.Both(missing, m.absent)
		}
	}
	put(to, slot.Num(total))
	return chosen, missing, nil
}

// better reports whether x takes the place of best.
func (t *Table) better(x, best exact.Number) bool {
	if t.Hit == Min {
		return x.Less(best)
	}
	return best.Less(x)
}

// changes reports whether another row with the result x would change the total.
func (t *Table) changes(x, total exact.Number) bool {
	if t.Hit == Sum {
		return x.Sign() != 0
	}
	return t.better(x, total)
}
