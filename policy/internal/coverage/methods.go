package coverage

import (
	"slices"
	"strconv"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/scoring"
)

// scored returns the row of a method that held for a customer, 0 for none, -1 where it gave no points, and what it looked at.
type scored func(*program.State) (row int, of *slot.Value)

// method lists the rows of a scoring method, and the edges of what it looks at. weight is the most that it can earn, nil
// where there is no such thing.
func (t *thing) method(m scoring.Method, of *slot.Any, weight *exact.Number, scored scored) {
	q, counted := t.quantityIn(of)
	if counted {
		q.read = func(s *program.State) (exact.Number, bool) {
			_, v := scored(s)
			if v == nil || v.Kind != slot.Number && v.Kind != slot.Date {
				return exact.Number{}, false
			}
			return ordinal(v), true
		}
	}
	row := func(i int, place doc.Place) {
		n := strconv.Itoa(i)
		name := Words{"第" + n + "档", "row " + n}
		if text := scoring.RowTextOf(m, i, "zh"); text != "" {
			name = Words{name.Zh + "（" + text + "）", name.En + " (" + scoring.RowTextOf(m, i, "en") + ")"}
		}
		t.add("row-"+n, place, name, func(s *program.State) bool {
			got, _ := scored(s)
			return got == i
		})
	}
	switch m := m.(type) {
	case *scoring.Bands:
		for i := range m.Rows {
			b := &m.Rows[i]
			row(i+1, b.Place())
			if counted {
				t.band(q, b)
			}
			thresholds(t, &b.Points)
		}
	case *scoring.Categories:
		for i := range m.Rows {
			row(i+1, m.Rows[i].Points.Place())
		}
		if m.Otherwise != nil {
			row(len(m.Rows)+1, m.Otherwise.Points.Place())
		}
	case *scoring.Rules:
		t.rules(m, row)
	case *scoring.Linear:
		if counted {
			knots := make([]exact.Number, len(m.Knots))
			for i := range knots {
				knots[i] = m.Knots[i].At
			}
			t.line(q, t.place, knots...)
		}
	case *scoring.Efficacy:
		t.efficacy(m, q, counted)
	case *scoring.Wall:
		standard, ok := m.Standard.IsConst()
		best, ok2 := m.Max.IsConst()
		if counted && ok && ok2 {
			t.line(q, m.Standard.Place(), exact.Min(standard, best), exact.Max(standard, best))
		}
	case *scoring.Deduct:
		if counted {
			t.line(q, m.Place(), deductKnots(m, weight)...)
		}
	case *scoring.Proportional:
		if full, ok := m.Full.IsConst(); ok && counted {
			t.line(q, m.Full.Place(), full)
		}
	case *scoring.Occurrences:
		t.occurrences(m)
	case *scoring.Formula:
		t.earns(scored)
		thresholds(t, &m.Expr)
	case *scoring.Best:
		t.several(*m, of, weight, scored, true)
	case *scoring.Worst:
		t.several(*m, of, weight, scored, true)
	case *scoring.Mean:
		t.several(*m, of, weight, scored, false)
	default: // the embedder's own: nothing is known of its rows
		t.earns(scored)
	}
}

// earns adds the item that the method gives points at all.
func (t *thing) earns(scored scored) {
	t.add("earns", t.place, Words{"得分", "has points"}, func(s *program.State) bool {
		points, _ := scored(s)
		return points >= 0
	})
}

// band lists the bounds of a band.
func (t *thing) band(q quantity, b *scoring.Band) {
	for _, bound := range []struct {
		at     *exact.Number
		beyond side
	}{{b.Min, below}, {b.Above, above}, {b.Max, above}, {b.Below, below}} {
		if bound.at != nil {
			t.threshold(q, *bound.at, bound.beyond, b.Place())
		}
	}
}

// rules lists the rows of rules: those that are all tried hold each for itself.
func (t *thing) rules(m *scoring.Rules, row func(int, doc.Place)) {
	all := m.Collect == scoring.CollectSum || m.Collect == scoring.CollectCount
	for i := range m.Rows {
		r := &m.Rows[i]
		if !canHold(&r.When) {
			continue
		}
		if all {
			n := strconv.Itoa(i + 1)
			t.add("row-"+n, r.Place(), Words{"第" + n + "条", "rule " + n}, holds(&r.When))
		} else {
			row(i+1, r.Place())
		}
		thresholds(t, &r.When)
		thresholds(t, &r.Points)
	}
	if all && !slices.ContainsFunc(m.Rows, func(r scoring.Rule) bool { return !canFail(&r.When) }) {
		t.add("no-row", m.Place(), Words{"各条都不符合", "no rule holds"}, func(s *program.State) bool {
			for i := range m.Rows {
				if met, absent := m.Rows[i].When.Eval(&s.Frame); met || absent != 0 {
					return false
				}
			}
			return true
		})
	}
}

// canHold reports whether a condition can hold, as far as is known; one that is not set always does.
func canHold(c *slot.Condition) bool {
	if v, ok := c.IsConst(); ok {
		return v
	}
	return c.Reach == nil || c.Reach.CanHold
}

// canFail reports whether it can be false.
func canFail(c *slot.Condition) bool {
	if v, ok := c.IsConst(); ok || !c.IsSet() {
		return ok && !v
	}
	return c.Reach == nil || c.Reach.CanFail
}

// mayMiss reports whether an expression can be missing.
func mayMiss[T any](e *slot.Expr[T]) bool { return e.IsSet() && (e.Reach == nil || e.Reach.CanMiss) }

// holds reports whether a condition holds; one that is not set always does.
func holds(c *slot.Condition) func(*program.State) bool {
	return func(s *program.State) bool {
		if !c.IsSet() {
			return true
		}
		met, absent := c.Eval(&s.Frame)
		return absent == 0 && met
	}
}

// fails reports whether it is known that a condition does not hold.
func fails(c *slot.Condition) func(*program.State) bool {
	return func(s *program.State) bool {
		met, absent := c.Eval(&s.Frame)
		return absent == 0 && !met
	}
}

// efficacy lists the levels, and what lies between them. At the level poor the points jump.
func (t *thing) efficacy(m *scoring.Efficacy, q quantity, counted bool) {
	var levels []exact.Number
	for _, o := range []*scoring.Operand{&m.Poor, &m.Low, &m.Average, &m.Good, &m.Excellent} {
		if at, ok := o.IsConst(); ok {
			levels = append(levels, at)
		}
	}
	if !counted || len(levels) != 5 {
		return
	}
	poor, worse := levels[0], below
	if levels[4].Less(levels[0]) {
		slices.Reverse(levels)
		worse = above
	}
	t.line(q, m.Place(), levels...)
	if q.unit.Sign() != 0 && m.BelowPoor != scoring.KeepBelowPoor {
		t.threshold(q, poor, worse, m.Poor.Place())
	}
}

// deductKnots returns where points begin to be taken, and where none are left.
func deductKnots(m *scoring.Deduct, weight *exact.Number) []exact.Number {
	if weight == nil {
		return []exact.Number{m.From}
	}
	steps, _ := weight.Quo(m.Cost) // above 0, or the policy would not have been loaded
	distance := steps.Mul(m.Step)
	if m.Direction == scoring.BelowCosts {
		return []exact.Number{m.From.Sub(distance), m.From}
	}
	return []exact.Number{m.From, m.From.Add(distance)}
}

// occurrences lists what each row takes and gives back.
func (t *thing) occurrences(m *scoring.Occurrences) {
	for i := range m.Rows {
		r := &m.Rows[i]
		n := strconv.Itoa(i + 1)
		takes := func(s *program.State) (exact.Number, bool) {
			x, absent := r.Count.Eval(&s.Frame)
			return x.Mul(r.Cost), absent == 0
		}
		t.add("row-"+n, r.Place(), Words{"第" + n + "条扣分", "row " + n + " takes points"}, func(s *program.State) bool {
			x, ok := takes(s)
			return ok && x.Sign() > 0
		})
		if r.Most != nil {
			t.add("most-"+n, r.Of("most"), Words{"第" + n + "条扣到上限", "row " + n + " takes its most"}, func(s *program.State) bool {
				x, ok := takes(s)
				return ok && !x.Less(*r.Most)
			})
		}
		for j := range r.Repairs {
			repair := &r.Repairs[j]
			k := strconv.Itoa(j + 1)
			t.add("repair-"+n+"-"+k, repair.Place(), Words{"第" + n + "条修复" + k + "加回", "repair " + k + " of row " + n + " gives points back"}, func(s *program.State) bool {
				x, ok := takes(s)
				back, absent := repair.Count.Eval(&s.Frame)
				return ok && absent == 0 && x.Sign() > 0 && back.Sign() > 0
			})
		}
	}
}

// several lists the methods, of which one counts where picks is true, and what is in each.
func (t *thing) several(methods []scoring.Method, of *slot.Any, weight *exact.Number, outer scored, picks bool) {
	for i, m := range methods {
		n := strconv.Itoa(i + 1)
		if picks {
			t.add("method-"+n, t.place, Words{"取方法" + n, "goes by method " + n}, func(s *program.State) bool {
				row, _ := outer(s)
				return row == i+1
			})
		}
		inner := *t
		inner.id += ".method-" + n
		inner.name = t.name.and(Words{"方法" + n, "method " + n})
		inner.method(m, of, weight, func(s *program.State) (int, *slot.Value) {
			_, v := outer(s)
			var c scoring.Case
			if _, absent, err := c.Alone(m, &s.Frame, v, scoring.NoRowAtom); absent != 0 || err != nil {
				return -1, v
			}
			return c.Row, v
		})
	}
}
