package prove

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/table"
	"github.com/tallystick-go/tallystick/scoring"
)

// rows asks of everything that has rows whether one holds for every customer.
func (r *prover) rows() {
	for i := range r.Atoms {
		a := &r.Atoms[i]
		id, ok := a.RowsOf()
		if !ok {
			continue
		}
		of, ok := r.rowsOf(id, a.Place)
		if !ok {
			continue
		}
		q := r.question(HasRow, id, of.place, of.verdict, func(s *program.State) bool {
			if s.Missing == 0 {
				return false
			}
			for _, b := range r.Blamed(s, s.Missing) {
				if b == *a {
					return true
				}
			}
			return false
		})
		q.meant, q.minor, q.last = of.meant, of.open, lastLine(of.node)
	}
}

// lastLine returns the line on which n ends, or nearly.
func lastLine(n *doc.Node) int {
	if n == nil {
		return 0
	}
	last := n.Place.Line
	for _, p := range n.Pairs {
		last = max(last, lastLine(p.Key), lastLine(p.Value))
	}
	for _, item := range n.Items {
		last = max(last, lastLine(item))
	}
	return last
}

// rowed is something that has rows.
type rowed struct {
	place   doc.Place
	node    *doc.Node
	verdict Verdict // Proved: one of them holds for everybody
	meant   bool    // the policy says what follows where none does
	open    bool    // any text is asked for, and some are listed
}

// rowsOf returns the value or the indicator called id, whose rows stand somewhere in place. ok is false where there are no
// rows, and for the scale, which has a claim of its own.
func (r *prover) rowsOf(id string, place doc.Place) (out rowed, ok bool) {
	c := r.File.Scoring
	if c != nil && (place == c.Place() || inGroup(c.Groups, place)) {
		ind := indicatorOf(c, id)
		if ind == nil {
			return out, false
		}
		out = rowed{place: ind.ID.Place(), node: ind.Node(), meant: ind.Node().Get("missing") != nil}
		out.verdict, ok = allRows(ind.Method)
		_, out.open = ind.Method.(*scoring.Categories)
		return out, ok
	}
	for i := range r.Values {
		v := &r.Values[i]
		if v.Decl.Name.Value != id {
			continue
		}
		decl := &v.Decl.Value
		out = rowed{place: v.Decl.Name.Place(), node: decl.Node(), meant: decl.Missing.IsSet()}
		if v.Table != nil {
			out.verdict = certain(catchesAll(v.Table))
			return out, true
		}
		out.verdict, ok = allRows(decl.Method)
		_, out.open = decl.Method.(*scoring.Categories)
		return out, ok
	}
	return out, false
}

// inGroup reports whether place is that of one of groups.
func inGroup(groups []scoring.Group, place doc.Place) bool {
	for i := range groups {
		if groups[i].Place() == place || inGroup(groups[i].Groups, place) {
			return true
		}
	}
	return false
}

// indicatorOf returns the indicator called id.
func indicatorOf(c *scoring.Card, id string) *scoring.Indicator {
	for _, list := range [][]scoring.Indicator{c.Indicators, c.Modifiers} {
		for i := range list {
			if list[i].ID.Value == id {
				return &list[i]
			}
		}
	}
	for i := range c.Groups {
		if ind := indicatorOf(&c.Groups[i].Card, id); ind != nil {
			return ind
		}
	}
	return nil
}

func certain(b bool) Verdict {
	if b {
		return Proved
	}
	return Unproved
}

// catchesAll reports whether some result stands for every customer, whatever the cells.
func catchesAll(t *table.Table) bool {
	if t.Otherwise != nil || t.Hit.Always() {
		return true
	}
	for i := range t.Rows {
		if len(t.Rows[i].Cells) == 0 && t.Rows[i].When == nil {
			return true
		}
	}
	return false
}

// allRows returns Proved where a row of m holds for everybody; rows is false where m has none.
func allRows(m scoring.Method) (verdict Verdict, rows bool) {
	switch m := m.(type) {
	case *scoring.Bands:
		for i := range m.Rows {
			if b := &m.Rows[i]; b.Min == nil && b.Above == nil && b.Max == nil && b.Below == nil {
				return Proved, true
			}
		}
		return Unproved, true
	case *scoring.Categories:
		return certain(m.Otherwise != nil), true
	case *scoring.Rules:
		if m.Collect == scoring.CollectSum || m.Collect == scoring.CollectCount {
			return Proved, false
		}
		for i := range m.Rows {
			if always(&m.Rows[i].When) {
				return Proved, true
			}
		}
		return Unproved, true
	case *scoring.Best:
		return ofAll(*m)
	case *scoring.Worst:
		return ofAll(*m)
	case *scoring.Mean:
		return ofAll(*m)
	case *scoring.Linear, *scoring.Proportional, *scoring.Efficacy, *scoring.Wall, *scoring.Deduct, *scoring.Occurrences, *scoring.Formula:
		return Proved, false
	}
	return Unproved, true
}

// ofAll is allRows for several methods, all of which must have points.
func ofAll(methods []scoring.Method) (verdict Verdict, rows bool) {
	verdict = Proved
	for _, m := range methods {
		v, some := allRows(m)
		rows = rows || some
		if v != Proved {
			verdict = v
		}
	}
	return verdict, rows
}

func always(c *slot.Condition) bool {
	v, constant := c.IsConst()
	return !c.IsSet() || constant && v
}
