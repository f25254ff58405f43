package table

import (
	"github.com/tallystick-go/tallystick/internal/slot"
)

// index finds the rows that can hold by the value of one column. Of a table of 1,000 rows over intervals of one number,
// a binary search leaves one.
type index struct {
	axis *axis
	rows [][]int32 // by piece, ascending; a row that is not among them does not hold
}

// The sizes that an index is worth making for, and may grow to.
const (
	minIndexed   = 8  // rows of the table; fewer are quicker tried one by one
	maxIndexSize = 16 // rows in all lists together, for each row of the table
)

// buildIndex makes an index over the column that leaves the fewest rows for a piece; nil where none leaves less than half
// of them.
func (g *grid) buildIndex() *index {
	if len(g.Rows) <= minIndexed {
		return nil
	}
	var best *index
	size, pieces := len(g.Rows), 2 // of the best one: half the rows
	for c := range g.axes {
		if x, n := g.indexOver(c); x != nil && n*pieces < size*len(x.rows) {
			best, size, pieces = x, n, len(x.rows)
		}
	}
	return best
}

// indexOver makes an index over column c, or returns nil where it would grow too large.
func (g *grid) indexOver(c int) (x *index, size int) {
	pieces := g.axes[c].pieces
	x = &index{axis: g.axes[c], rows: make([][]int32, pieces)}
	// Under First, a row that asks nothing else is the last one for its pieces. next[p] leads to the first piece from p on
	// that has no such row yet, so that each is closed once, however many rows there are.
	next := make([]int, pieces+1)
	for p := range next {
		next[p] = p
	}
	free := func(p int) int {
		for next[p] != p {
			next[p] = next[next[p]]
			p = next[p]
		}
		return p
	}
	all := []run{{0, pieces - 1}}
	for i := range g.Rows {
		runs := g.boxes[i][c]
		if runs == nil {
			runs = all
		}
		last := g.Hit == First && g.Rows[i].When == nil && g.only(i, c)
		for _, r := range runs {
			for p := free(r.from); p <= r.to && p < pieces; p = free(p + 1) {
				if size++; size > maxIndexSize*len(g.Rows) {
					return nil, 0
				}
				x.rows[p] = append(x.rows[p], int32(i))
				if last {
					next[p] = p + 1
				}
			}
		}
	}
	return x, size
}

// only reports whether row i asks nothing of the columns but c.
func (g *grid) only(i, c int) bool {
	for d := range g.axes {
		if d != c && g.boxes[i][d] != nil {
			return false
		}
	}
	return true
}

// candidates returns the rows that can hold for the customer in f; all says that it may be any of them.
func (t *Table) candidates(f *slot.Frame) (rows []int32, all bool) {
	if t.index == nil {
		return nil, true
	}
	v := &f.Slots[t.index.axis.column.Slot]
	if v.Kind == slot.Missing {
		return nil, true
	}
	return t.index.rows[t.index.axis.piece(v)], false
}
