package table

import (
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// gaps warns of values of the columns that no row covers. Rows with a condition of their own count as if it always held,
// and a value that is missing is no gap: what is said here is so.
func (g *grid) gaps() []doc.Fault {
	const most = 3 // that are told
	rows := make([]int, len(g.Rows))
	for i := range rows {
		rows[i] = i
	}
	defer func() { g.boxes = g.boxes[:len(g.Rows)] }()
	f := doc.Warnf(g.Place, "gap", "no row of %s holds", g.Name)
	given, told := true, map[int]bool{} // told: rows beside a gap
	for n := 0; ; n++ {
		g.work = maxWork
		point, found := g.uncovered(rows, make([][]run, len(g.axes)), 0)
		if !found && n == 0 {
			return nil
		} else if !found {
			break
		} else if n == most {
			f.Message += "; and elsewhere"
			break
		}
		box := g.around(point)
		var where, such []string
		for c := range point {
			text, example := g.axes[c].describeRun(box[c][0], point[c])
			where = append(where, text)
			if example != "" {
				such = append(such, example)
			}
			given = given && g.Columns[c].Given
		}
		switch {
		case n > 0:
			f.Message += "; nor where " + strings.Join(where, " and ")
		case len(where) > 0:
			f.Message += " where " + strings.Join(where, " and ")
		}
		if len(such) > 0 {
			f.Message += ", such as " + strings.Join(such, " and ")
		}
		for _, i := range g.beside(box) {
			if told[i] {
				continue
			}
			told[i] = true
			if f.Place == g.Place {
				f.Place = g.Rows[i].Place
			} else {
				f = f.See(g.Rows[i].Place, "a row beside it")
			}
		}
		// What was told counts as covered.
		g.boxes, rows = append(g.boxes, box), append(rows, len(g.boxes))
	}
	if !given { // whether the values that are worked out can be so together is not known
		return []doc.Fault{f.WithHint("if that can be, the result is missing: add a row, or `otherwise`")}
	}
	return []doc.Fault{f.WithHint("the result is missing then: add a row, or `otherwise`")}
}

// around returns the box of point, a piece for each of the first columns, with the pieces beside it along numbers and dates as
// far as no row holds.
func (g *grid) around(point []int) [][]run {
	box := make([][]run, len(g.axes))
	for c, p := range point {
		box[c] = []run{{p, p}}
	}
	free := func() bool {
		for i := range g.boxes {
			if g.meets(g.boxes[i], box) {
				return false
			}
		}
		return g.work >= 0
	}
	for c, p := range point {
		x, r := g.axes[c], &box[c][0]
		if !x.endless() {
			continue
		}
		for r.from > 0 && x.next[r.from-1] == r.from-1 {
			if r.from--; !free() {
				r.from++
				break
			}
		}
		for p = r.to + 1; p < x.pieces && x.next[p] == p; p++ {
			if r.to = p; !free() {
				r.to--
				break
			}
		}
	}
	return box
}

// beside returns the rows that begin or end where the box does along one column, and hold there in the others.
func (g *grid) beside(box [][]run) (rows []int) {
	for i := range g.Rows {
		for c := range box {
			if box[c] == nil || !g.axes[c].endless() {
				continue
			}
			wide := slices.Clone(box)
			wide[c] = []run{{max(box[c][0].from-1, 0), min(box[c][0].to+1, g.axes[c].pieces-1)}}
			if g.meets(g.boxes[i], wide) {
				rows = append(rows, i)
				break
			}
		}
	}
	return rows
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

// idle warns of rows that never count: of a First table, since those before them cover all that they do; of a Priority table,
// since those with a result that stands before theirs do. Where values are missing, the other rows cannot be told to hold or
// not, and the row does not count either, unless the cells say what missing values are to them.
func (g *grid) idle() (faults []doc.Fault) {
	if g.Hit != First && g.Hit != Priority {
		return nil
	}
	g.work = maxWork
	for i := range g.Rows {
		var near []int
		for j := range g.Rows {
			ahead := j < i
			if g.Hit == Priority {
				ahead = g.Rows[j].rank < g.Rows[i].rank
			}
			// Rows with a condition of their own need not hold where their cells do.
			if ahead && g.Rows[j].When == nil && g.meets(g.boxes[i], g.boxes[j]) {
				near = append(near, j)
			}
		}
		if g.work < 0 {
			return faults
		}
		if len(near) == 0 || g.speaksOfMissing(i) {
			continue
		}
		if _, found := g.uncovered(near, g.boxes[i], 0); found || g.work < 0 {
			continue
		}
		f := doc.Warnf(g.Rows[i].Place, "never-holds", "row %d of %s never counts: the rows before it hold wherever it does", i+1, g.Name).
			WithHint("put the narrower row first")
		if g.Hit == Priority {
			f = doc.Warnf(g.Rows[i].Place, "never-holds", "row %d of %s never counts: rows whose results stand before its own in the order hold wherever it does", i+1, g.Name).
				WithHint("narrow these rows, or change the order")
			for _, j := range near {
				f = f.See(g.Rows[j].Place, "such a row")
			}
		}
		faults = append(faults, f)
	}
	return faults
}

// speaksOfMissing reports whether a cell of row i, or of a row that may come before it, says what a missing value is to it.
func (g *grid) speaksOfMissing(i int) bool {
	if g.Hit == Priority {
		i = len(g.Rows) - 1
	}
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
