package table

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// gaps warns of values of the columns that no row covers. Rows with a condition of their own count as if it always held,
// and a value that is missing is no gap: what is said here is so.
func (g *grid) gaps() []doc.Fault {
	g.work = maxWork
	rows := make([]int, len(g.Rows))
	for i := range rows {
		rows[i] = i
	}
	point, found := g.uncovered(rows, make([][]run, len(g.axes)), 0)
	if !found {
		return nil
	}
	f := doc.Warnf(g.Place, "gap", "no row of %s holds", g.Name)
	var where []string
	given := true
	for c, p := range point {
		where = append(where, g.axes[c].describe(p))
		given = given && g.Columns[c].Given
	}
	if len(where) > 0 {
		f.Message += " where " + strings.Join(where, " and ")
	}
	if !given { // whether the values that are worked out can be so together is not known
		return []doc.Fault{f.WithHint("if that can be, the result is missing: add a row, or `otherwise`")}
	}
	return []doc.Fault{f.WithHint("the result is missing then: add a row, or `otherwise`")}
}

// covered reports whether it is proved that a row without a condition of its own holds, whatever the columns are.
func (g *grid) covered() bool {
	g.work = maxWork
	var rows []int
	for i := range g.Rows {
		if g.Rows[i].When == nil {
			rows = append(rows, i)
		}
	}
	_, found := g.uncovered(rows, make([][]run, len(g.axes)), 0)
	return !found && g.work >= 0
}

// idle warns of rows of a First table that never count, since those before them cover all that they do. Where values are
// missing, the rows before cannot be told to hold or not, and the row does not count either, unless the cells say what
// missing values are to them.
func (g *grid) idle() (faults []doc.Fault) {
	if g.Hit != First {
		return nil
	}
	g.work = maxWork
	var before []int // rows that hold wherever their cells do
	for i := range g.Rows {
		var near []int
		for _, j := range before {
			if g.meets(g.boxes[i], g.boxes[j]) {
				near = append(near, j)
			}
		}
		if g.work < 0 {
			return faults
		}
		if len(near) > 0 && !g.speaksOfMissing(i) {
			if _, found := g.uncovered(near, g.boxes[i], 0); !found && g.work >= 0 {
				faults = append(faults, doc.Warnf(g.Rows[i].Place, "never-holds", "row %d of %s never counts: the rows before it hold wherever it does", i+1, g.Name).
					WithHint("put the narrower row first"))
			}
		}
		if g.Rows[i].When == nil {
			before = append(before, i)
		}
	}
	return faults
}

// speaksOfMissing reports whether a cell of row i, or of a row before it, says what a missing value is to it.
func (g *grid) speaksOfMissing(i int) bool {
	for j := range g.Rows[:i+1] {
		for k := range g.Rows[j].Cells {
			if g.Rows[j].Cells[k].Set.Missing != Unknown {
				return true
			}
		}
	}
	return false
}

// uncovered looks for a point of box, from column c on, that lies in the box of none of rows. The point has a piece for
// each column from c on, or fewer where the others do not matter. Where the work runs out, nothing is found.
func (g *grid) uncovered(rows []int, box [][]run, c int) (point []int, found bool) {
	if len(rows) == 0 {
		return nil, g.anywhere(box, c)
	}
	if c == len(g.axes) {
		return nil, false
	}
	for _, i := range rows {
		if g.opens(i, c) {
			return nil, false // this row covers all that is left
		}
	}
	x := g.axes[c]
	within := box[c]
	if within == nil {
		within = []run{{0, x.pieces - 1}}
	}
	var starts marks
	for _, r := range within {
		for p := x.next[r.from]; p <= r.to && p < x.pieces; {
			if !g.spend(len(rows)) {
				return nil, false
			}
			var here []int
			for _, i := range rows {
				if contains(g.boxes[i][c], p) {
					here = append(here, i)
				}
			}
			if rest, found := g.uncovered(here, box, c+1); found {
				return append([]int{p}, rest...), true
			}
			// The same rows hold until one begins or ends.
			if starts == nil {
				if !g.spend(x.pieces) {
					return nil, false
				}
				starts = g.starts(rows, c)
			}
			p = x.next[starts.after(p)]
		}
	}
	return nil, false
}

// opens reports whether row i asks nothing of the columns from c on.
func (g *grid) opens(i, c int) bool {
	for ; c < len(g.axes); c++ {
		if g.boxes[i][c] != nil {
			return false
		}
	}
	return true
}

// anywhere reports whether the box has a point at all from column c on, with no value missing.
func (g *grid) anywhere(box [][]run, c int) bool {
	for ; c < len(g.axes); c++ {
		x := g.axes[c]
		if p, ok := x.meet(box[c], []run{{0, x.pieces - 1}}); !ok || p == x.pieces {
			return false
		}
	}
	return true
}

// marks are the pieces of a column, ascending, at which a row begins, or behind which one ends.
type marks []bool

func (g *grid) starts(rows []int, c int) marks {
	m := make(marks, g.axes[c].pieces+2)
	for _, i := range rows {
		for _, r := range g.boxes[i][c] {
			m[r.from], m[r.to+1] = true, true
		}
	}
	return m
}

// after returns the first mark behind p, or where the pieces end.
func (m marks) after(p int) int {
	for p++; p < len(m)-1 && !m[p]; p++ {
	}
	return p
}
