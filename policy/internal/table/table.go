package table

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Table is a decision table. It is filled, then checked once, and from then on immutable and safe for concurrent use.
type Table struct {
	Name    string
	Place   doc.Place // of its rows
	Hit     Hit
	Columns []Column
	Rows    []Row

	// Order is, for Priority and OutputOrder, the results from the first to the last.
	Order []slot.Value

	// Otherwise is what there is where no row holds; nil: it is missing, and the atom NoRow is to blame.
	Otherwise *slot.Value
	NoRow     int

	// Settled says that the policy says what stands in where no row holds, so that gaps are not worth a word.
	Settled bool

	fetch []*Column // those whose value is worked out for the table
	apart bool      // it is proved that no two rows hold at once
	all   bool      // it is proved that a row holds whatever the columns are
	index *index    // nil: every row is tried
}

// Row is a row of a Table: when it holds, and its result.
type Row struct {
	Place doc.Place
	Cells []Cell // all must hold

	// When is a condition besides the cells, nil for none.
	When      func(*slot.Frame) (bool, slot.Absence)
	WhenPlace doc.Place

	// Is is the result, where it is known; else Of works it out. A table that counts needs neither.
	Is      slot.Value
	Of      func(*slot.Frame) slot.Value
	OfPlace doc.Place

	tests []test
	rank  int // of Is in the order
}

// Cell is what a row asks of a column.
type Cell struct {
	Column int // index
	Place  doc.Place
	Set    Set
}

// cell returns the cell of row r over column c, or nil.
func (r *Row) cell(c int) *Cell {
	for i := range r.Cells {
		if r.Cells[i].Column == c {
			return &r.Cells[i]
		}
	}
	return nil
}

// Check reports what is proved to be wrong, and makes the table ready to decide: rows that never hold, rows that hold at
// once although the hit policy allows one, values that no row covers.
func (t *Table) Check() []doc.Fault {
	for i := range t.Columns {
		if t.Columns[i].Fetch != nil {
			t.fetch = append(t.fetch, &t.Columns[i])
		}
	}
	t.settleMissing()
	for i := range t.Rows {
		t.Rows[i].prepare(t)
	}
	g := newGrid(t)
	t.index = g.buildIndex()
	t.all = g.covered()
	faults := append(g.overlaps(), g.idle()...)
	if !t.Settled && t.Otherwise == nil && !t.Hit.Always() {
		faults = append(faults, g.gaps()...)
	}
	return faults
}

// Total reports whether it is proved that the table gives the result of a row, or Otherwise, as long as no condition and no
// result of a row is missing.
func (t *Table) Total() bool {
	if t.Hit.Always() || !t.all && t.Otherwise == nil {
		return false
	}
	for i := range t.Columns {
		if c := &t.Columns[i]; c.Fetch != nil || c.Domain.Missing != Refused {
			return false
		}
	}
	return true
}

// settleMissing lets a value that is missing be one like any other in a column of which some row asks for it: the cells that
// do not, refuse it. Else that row would never be the first, or the only one, that holds.
func (t *Table) settleMissing() {
	asked := make([]bool, len(t.Columns))
	t.eachCell(func(c *Cell) { asked[c.Column] = asked[c.Column] || c.Set.Missing == Accepted })
	t.eachCell(func(c *Cell) {
		if asked[c.Column] && c.Set.Missing == Unknown {
			c.Set.Missing = Refused
		}
	})
}

func (t *Table) eachCell(f func(*Cell)) {
	for i := range t.Rows {
		for j := range t.Rows[i].Cells {
			f(&t.Rows[i].Cells[j])
		}
	}
}

// prepare makes tests of the cells, and finds the result in the order.
func (r *Row) prepare(t *Table) {
	for i := range r.Cells {
		c := &r.Cells[i]
		r.tests = append(r.tests, newTest(t.Columns[c.Column].Slot, &c.Set))
	}
	r.rank = len(t.Order)
	for i := range t.Order {
		if t.Order[i].Equal(r.Is) {
			r.rank = i
			break
		}
	}
}
