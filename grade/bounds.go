package grade

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
)

// edge is one end of the scores of a row. The scores that can occur are either all numbers or the multiples of a unit
// (0.01); in the latter case an edge is moved to the nearest score that can occur, so that it is never open.
type edge struct {
	at   Number
	open bool // at itself is not in the row
	set  bool
}

// bounds checks that the rows leave no gap, do not overlap, and can all be reached. Rows of better grades come first:
// whether those have the higher scores or the lower, the scale says itself.
func (c *checker) bounds(decimals int) {
	rows := c.ladder.Scale[:c.ladder.OnScale()]
	for i := range rows {
		r := &rows[i]
		if r.unread() {
			return
		}
		switch {
		case r.Min != nil && r.Above != nil:
			c.Errorf(r.Key("above"), "too-many-keys", "grade %s has two lower bounds, min and above: one of them is needed", r.Grade)
			return
		case r.Max != nil && r.Below != nil:
			c.Errorf(r.Key("below"), "too-many-keys", "grade %s has two upper bounds, max and below: one of them is needed", r.Grade)
			return
		}
		if lo, hi := r.edges(decimals); lo.set && hi.set {
			if d := lo.at.Cmp(hi.at); d > 0 || d == 0 && (lo.open || hi.open) {
				c.Errorf(r.Place(), "empty-range", "no score lies within the bounds of grade %s", r.Grade)
				return
			}
		}
	}
	// The bounds of the first rows mostly tell which scores are best. Where they mislead, the other way has no fault.
	rising := lowIsBest(rows)
	faults := c.adjoining(rows, decimals, rising)
	if len(faults) > 0 && len(c.adjoining(rows, decimals, !rising)) == 0 {
		rising, faults = !rising, nil
	}
	c.ladder.rising = rising
	c.Faults = append(c.Faults, faults...)
}

// unread reports whether a bound of r could not be read.
func (r *Row) unread() bool {
	return r.Min == nil && r.Has("min") || r.Above == nil && r.Has("above") || r.Max == nil && r.Has("max") || r.Below == nil && r.Has("below")
}

// adjoining returns what is wrong where rows meet.
func (c *checker) adjoining(rows []Row, decimals int, rising bool) []Fault {
	var out []Fault
	for i := range rows {
		r := &rows[i]
		_, far := r.turned(decimals, rising)
		if !far.set && i+1 < len(rows) {
			next := &rows[i+1]
			return append(out, doc.Errorf(next.Place(), "scale-order", "nobody can have grade %s: grade %s takes every score that is left", next.Grade, r.Grade).
				See(r.Place(), "this row has no bound that would end it").WithHint("give grade %s a bound, or put it last", r.Grade))
		}
		if i > 0 {
			out = append(out, c.adjoin(&rows[i-1], r, decimals, rising)...)
		}
	}
	return out
}

// adjoin checks r against the next better row.
func (c *checker) adjoin(better, r *Row, decimals int, rising bool) []Fault {
	_, last := better.turned(decimals, rising)
	near, far := r.turned(decimals, rising)
	if far.set && !beyond(far, last) {
		return []Fault{doc.Errorf(r.Place(), "scale-order", "nobody can have grade %s: every score within its bounds has grade %s or a better one", r.Grade, better.Grade).
			See(better.Place(), "the better grade").WithHint("grades stand from the best to the worst")}
	}
	if !near.set {
		return nil // takes up where the better one ends
	}
	switch gap := meet(last, near, decimals); {
	case gap > 0 && c.ladder.Gaps != "refer":
		return []Fault{doc.Errorf(r.Place(), scaleGap, "no grade has %s, between %s and %s", between(last, near, decimals, rising), better.Grade, r.Grade).
			See(better.Place(), "grade "+better.Grade+" is here").
			WithHint("write `%s` in grade %s, or `gaps: refer` beside scale", better.next(rising), r.Grade)}
	case gap < 0:
		return []Fault{doc.Errorf(r.Place(), "scale-overlap", "a score of %s is within the bounds of both %s and %s", turn(near.at, rising), better.Grade, r.Grade).
			See(better.Place(), "grade "+better.Grade+" is here").WithHint("write `%s` in grade %s", better.next(rising), r.Grade)}
	}
	return nil
}

// edges returns the ends of the scores of r, moved to scores that can occur.
func (r *Row) edges(decimals int) (lo, hi edge) {
	lo, hi = end(r.Min, r.Above), end(r.Max, r.Below)
	return lo.settle(decimals, exact.Ceiling, 1), hi.settle(decimals, exact.Floor, -1)
}

// end returns the edge at closed or at open, whichever is there.
func end(closed, open *Number) edge {
	switch {
	case closed != nil:
		return edge{at: *closed, set: true}
	case open != nil:
		return edge{at: *open, open: true, set: true}
	}
	return edge{}
}

// settle moves e inward to the nearest score that can occur; inward is 1 for a lower end and -1 for an upper one.
func (e edge) settle(decimals int, m exact.Mode, inward int64) edge {
	if !e.set || decimals < 0 {
		return e
	}
	at := e.at.Round(decimals, m)
	if e.open && at.Equal(e.at) {
		at = at.Add(unit(decimals).Mul(exact.Int(inward)))
	}
	return edge{at: at, set: true}
}

// unit returns 10 to the power -decimals.
func unit(decimals int) Number {
	u, _ := exact.Int(10).PowInt(-decimals) // 10 is not 0
	return u
}

// turned returns the ends of r nearer to the best score and farther from it, mirrored at 0 where low scores are best:
// near >= far then always.
func (r *Row) turned(decimals int, rising bool) (near, far edge) {
	lo, hi := r.edges(decimals)
	if rising {
		lo.at, hi.at = lo.at.Neg(), hi.at.Neg()
		return lo, hi
	}
	return hi, lo
}

func turn(n Number, rising bool) Number {
	if rising {
		return n.Neg()
	}
	return n
}

// beyond reports whether far lies farther from the best score than last.
func beyond(far, last edge) bool {
	d := far.at.Cmp(last.at)
	return d < 0 || d == 0 && last.open && !far.open
}

// meet returns 0 when the row that begins at near takes up just where the better one ends, 1 when there are scores
// between, -1 when there are scores in both.
func meet(last, near edge, decimals int) int {
	if decimals >= 0 {
		return last.at.Cmp(near.at.Add(unit(decimals)))
	}
	switch d := last.at.Cmp(near.at); {
	case d != 0:
		return d
	case last.open && near.open:
		return 1
	case !last.open && !near.open:
		return -1
	}
	return 0
}

// between says which scores lie in the gap between last and near: "the scores from 79.51 to 79.99".
func between(last, near edge, decimals int, rising bool) string {
	if decimals >= 0 {
		lo, hi := near.at.Add(unit(decimals)), last.at.Sub(unit(decimals))
		if lo.Equal(hi) {
			return "the score " + turn(lo, rising).String()
		}
		if rising {
			lo, hi = hi.Neg(), lo.Neg()
		}
		return "the scores from " + lo.String() + " to " + hi.String()
	}
	lo, hi := near, last // near is in the worse row unless it is open, last in the better one
	if rising {
		lo, hi = edge{at: last.at.Neg(), open: last.open}, edge{at: near.at.Neg(), open: near.open}
	}
	if lo.at.Equal(hi.at) {
		return "the score " + lo.at.String()
	}
	from, to := "above ", " and below "
	if lo.open {
		from = "from "
	}
	if hi.open {
		to = " up to "
	}
	return "the scores " + from + lo.at.String() + to + hi.at.String()
}

// next returns the bound with which the worse row takes up where r ends.
func (r *Row) next(rising bool) string {
	switch {
	case rising && r.Max != nil:
		return "above: " + r.Max.String()
	case rising:
		return "min: " + r.Below.String()
	case r.Min != nil:
		return "below: " + r.Min.String()
	}
	return "max: " + r.Above.String()
}

// lowIsBest reports whether the better rows have the lower scores.
func lowIsBest(rows []Row) bool {
	for i := range rows {
		r := &rows[i]
		lower, upper := r.Min != nil || r.Above != nil, r.Max != nil || r.Below != nil
		if lower == upper {
			continue
		}
		// A single bound ends the row, save in the last one, where it is where the better one ends.
		return upper != (i > 0 && i == len(rows)-1)
	}
	if len(rows) < 2 {
		return false
	}
	a, _ := rows[0].edges(-1)
	b, _ := rows[1].edges(-1)
	return a.set && b.set && a.at.Less(b.at)
}
