package table

import (
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// maxOverlaps is how many overlaps of one table are reported.
const maxOverlaps = 10

// overlaps finds rows of a Unique table that hold at once, and those of an Any table that do and differ. Those that are proved are errors; where it cannot be told from
// the cells, a note says that it is seen to when deciding.
func (g *grid) overlaps() (faults []doc.Fault) {
	if g.Hit != Unique && g.Hit != Any {
		return nil
	}
	g.work = maxWork
	var pairs, unsure [][2]int
	complete := g.pairs(func(i, j int) {
		switch {
		case g.Hit == Any && g.agree(i, j), !g.meets(g.boxes[i], g.boxes[j]):
		case g.proved(i, j):
			pairs = append(pairs, [2]int{i, j})
		default:
			unsure = append(unsure, [2]int{i, j})
		}
	})
	complete = complete && g.work >= 0
	g.apart = g.Hit == Unique && complete && len(pairs)+len(unsure) == 0
	slices.SortFunc(pairs, comparePairs)
	slices.SortFunc(unsure, comparePairs)
	for n, p := range pairs {
		if n == maxOverlaps {
			faults = append(faults, doc.Errorf(g.Place, "overlap", "%d more pairs of rows of %s overlap", len(pairs)-n, g.Name))
			break
		}
		faults = append(faults, g.overlap(p[0], p[1]))
	}
	switch {
	case g.Hit == Any: // what is not proved is seen to when deciding
	case len(unsure) > 0:
		faults = append(faults, g.note("whether rows %d and %d can hold at once cannot be told from their cells", unsure[0][0]+1, unsure[0][1]+1))
	case !complete:
		faults = append(faults, g.note("there are too many rows to compare each with each"))
	}
	return faults
}

// agree reports whether rows i and j may give the same: results that are worked out may.
func (g *grid) agree(i, j int) bool {
	a, b := &g.Rows[i], &g.Rows[j]
	return a.Of != nil || b.Of != nil || a.Is.Equal(b.Is)
}

func comparePairs(a, b [2]int) int {
	if a[0] != b[0] {
		return a[0] - b[0]
	}
	return a[1] - b[1]
}

func (g *grid) note(format string, args ...any) doc.Fault {
	f := doc.Errorf(g.Place, "unproved", "%s: "+format, append([]any{g.Name}, args...)...).
		WithHint("two rows that hold for a customer are an error then; `hit: first` takes the first one")
	f.Severity = doc.Note
	return f
}

// proved reports whether rows i and j, whose boxes meet, hold at once for some record: their cells are all there is to
// them, and either their columns can be chosen freely, or both look at the same ones, or one row holds wherever the other
// does. Values that are worked out from others are not free: that a < 5 and that b > 10 may exclude each other.
func (g *grid) proved(i, j int) bool {
	if g.Rows[i].When != nil || g.Rows[j].When != nil {
		return false
	}
	free := true
	for c := range g.Columns {
		if !g.Columns[c].Given && (g.boxes[i][c] == nil) != (g.boxes[j][c] == nil) {
			free = false
		}
	}
	return free || g.inside(g.boxes[i], g.boxes[j]) || g.inside(g.boxes[j], g.boxes[i])
}

// overlap reports that rows i and j hold at once.
func (g *grid) overlap(i, j int) doc.Fault {
	a, b := &g.Rows[i], &g.Rows[j]
	var where, such []string
	for c := range g.Columns {
		x, y := a.cell(c), b.cell(c)
		var s Set
		switch {
		case x != nil && y != nil:
			s = x.Set.And(y.Set)
		case x != nil:
			s = x.Set
		case y != nil:
			s = y.Set
		default:
			continue
		}
		where = append(where, g.Columns[c].Text(&s))
		if piece, _ := g.axes[c].meet(g.boxes[i][c], g.boxes[j][c]); !s.Single() {
			such = append(such, g.axes[c].describe(piece))
		}
	}
	f := doc.Errorf(b.Place, "overlap", "rows %d and %d of %s both hold", i+1, j+1, g.Name)
	if len(where) > 0 {
		f.Message += " where " + strings.Join(where, " and ")
	}
	if len(such) > 0 {
		f.Message += ", such as " + strings.Join(such, " and ")
	}
	if g.Hit == Any {
		f.Severity = doc.Warning
		f.Message += ", but their results differ: who meets both cannot be decided"
		return f.WithHint("`hit: any` needs rows that agree: narrow one of them, or say `hit: first`").See(a.Place, "the other row is here")
	}
	return f.WithHint("`hit: unique` allows one row only: narrow one of them, or say `hit: first`").See(a.Place, "the other row is here")
}

// pairs calls f with every two rows that meet in the column which tells rows apart best, the earlier one first. It returns
// false where it gave up.
func (g *grid) pairs(f func(i, j int)) bool {
	best, most := -1, 0
	for c := range g.axes {
		begins := map[int]bool{}
		for i := range g.boxes {
			begins[g.begin(i, c)] = true
		}
		if len(begins) > most {
			best, most = c, len(begins)
		}
	}
	if best < 0 { // no columns: every row holds always
		for j := range g.Rows {
			for i := range j {
				if !g.spend(1) {
					return false
				}
				f(i, j)
			}
		}
		return true
	}
	order := make([]int, len(g.boxes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return g.begin(i, best) - g.begin(j, best) })
	var open []int // rows that do not end before the one at hand begins
	for _, j := range order {
		open = slices.DeleteFunc(open, func(i int) bool { return g.end(i, best) < g.begin(j, best) })
		for _, i := range open {
			if !g.spend(1) {
				return false
			}
			f(min(i, j), max(i, j))
		}
		open = append(open, j)
	}
	return true
}

// begin returns the first piece of column c in which row i holds.
func (g *grid) begin(i, c int) int {
	if runs := g.boxes[i][c]; len(runs) > 0 {
		return runs[0].from
	}
	return 0
}

// end returns the last one.
func (g *grid) end(i, c int) int {
	if runs := g.boxes[i][c]; len(runs) > 0 {
		return runs[len(runs)-1].to
	}
	return g.axes[c].pieces
}
