package table

import (
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
)

// grid is a table as boxes: of each row, the pieces of each axis in which its cells hold.
type grid struct {
	*Table
	axes  []*axis
	boxes [][][]run // by row and column; nil: all pieces
	work  int       // that is left of the search at hand
}

// maxWork bounds each search for overlaps, idle rows or gaps, in comparisons: some tens of milliseconds. What is not reached
// is not proved.
const maxWork = 2_000_000

func newGrid(t *Table) *grid {
	g := &grid{Table: t}
	asked := make([][]*Set, len(t.Columns))
	for i := range t.Rows {
		for j := range t.Rows[i].Cells {
			c := &t.Rows[i].Cells[j]
			asked[c.Column] = append(asked[c.Column], &c.Set)
		}
	}
	for i := range t.Columns {
		g.axes = append(g.axes, newAxis(&t.Columns[i], asked[i]))
	}
	for i := range t.Rows {
		box := make([][]run, len(t.Columns))
		for j := range t.Rows[i].Cells {
			c := &t.Rows[i].Cells[j]
			box[c.Column] = g.axes[c.Column].runs(&c.Set)
		}
		g.boxes = append(g.boxes, box)
	}
	return g
}

// spend takes n from the work that is left, and reports whether there was enough.
func (g *grid) spend(n int) bool {
	g.work -= n
	return g.work >= 0
}

// meets reports whether both boxes lie in some pieces.
func (g *grid) meets(a, b [][]run) bool {
	for c := range g.axes {
		if a[c] == nil && b[c] == nil {
			continue
		}
		if !g.spend(1) {
			return false
		}
		if _, ok := g.axes[c].meet(a[c], b[c]); !ok {
			return false
		}
	}
	return true
}

// inside reports whether box a lies in box b.
func (g *grid) inside(a, b [][]run) bool {
	for c := range g.axes {
		if b[c] == nil {
			continue
		}
		left := a[c]
		if left == nil {
			left = g.axes[c].whole
		}
		for _, r := range left {
			for p := g.axes[c].next[r.from]; p <= r.to; p = g.axes[c].next[p+1] {
				if !g.spend(1) || !contains(b[c], p) {
					return false
				}
			}
		}
	}
	return true
}

// contains reports whether piece p lies in runs, which ascend.
func contains(runs []run, p int) bool {
	if runs == nil {
		return true
	}
	lo, hi := 0, len(runs)
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		if runs[mid].to < p {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo < len(runs) && runs[lo].from <= p
}

// endless reports whether the column has values in any number, which stand in an order.
func (x *axis) endless() bool { return x.texts == nil && x.column.names(English) == nil }

// describeRun says that the column lies in r, and where that is more than one value, gives one in piece p as an example.
func (x *axis) describeRun(r run, p int) (text, example string) {
	if !x.endless() || p == x.pieces {
		return x.describe(p), ""
	}
	s := x.span(r.from)
	end := x.span(r.to)
	s.High, s.NoHigh, s.HighOpen = end.High, end.NoHigh, end.HighOpen
	if s.IsPoint() || x.single(s) {
		return x.describe(p), ""
	}
	if s.NoLow || s.LowOpen { // else it begins with one
		example = x.describe(p)
	}
	in := sets.Within(x.column.Type.Kind, s)
	return x.column.Text(&in), example
}

// single reports whether the column has one value only in s.
func (x *axis) single(s Span) bool {
	places := x.column.places()
	if places < 0 || s.NoLow || s.NoHigh {
		return false
	}
	unit, _ := exact.Int(10).PowInt(-places)
	if s.LowOpen {
		s.Low = s.Low.Add(unit)
	}
	if s.HighOpen {
		s.High = s.High.Sub(unit)
	}
	return s.Low.Equal(s.High)
}

// describe says that the column lies in piece p, by an example.
func (x *axis) describe(p int) string {
	c := x.column
	switch {
	case p == x.pieces:
		return c.Name + " is missing"
	case x.texts != nil && p == len(x.names):
		if p == 0 {
			return c.Name + " is any text"
		}
		return c.Name + English.IsNot + English.list(x.names)
	case x.texts != nil:
		return c.Name + " = " + x.names[p]
	}
	return c.Name + " = " + c.show(sets.Ordinal(&x.values[p]))
}
