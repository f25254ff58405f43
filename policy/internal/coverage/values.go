package coverage

import (
	"slices"
	"strconv"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/table"
)

// values lists what each value can do: the rows of tables and methods, what expressions compare, what stands in for a value
// that is missing.
func (l *lister) values() {
	for i := range l.program.Values {
		v := &l.program.Values[i]
		decl, id := &v.Decl.Value, v.Decl.Name.Value
		t := l.about(Values, id, called(Words{"取值", "value"}, id, decl.Title), v.Decl.Name.Place(), Figure{"values", id})
		switch {
		case v.Table != nil:
			t.table(v)
		case decl.Method != nil:
			t.method(decl.Method, &decl.Of, nil, func(s *program.State) (int, *slot.Value) {
				of, absent := decl.Of.Eval(&s.Frame)
				if s.Frame.Slots[v.Slot].Kind == slot.Missing || absent != 0 && decl.Of.IsSet() {
					return -1, &of
				}
				_, chosen := s.Rows(v)
				return chosen, &of
			})
		default:
			thresholds(t, &decl.Expr)
		}
		if decl.Missing.IsSet() && misses(decl) {
			t.add("missing", decl.Missing.Place(), Words{"缺失时取代用值", "is missing, and something stands in for it"}, l.standsIn(v))
		}
	}
}

// misses reports whether the value may be missing, so that something stands in for it.
func misses(decl *model.Value) bool {
	return decl.Rows != nil || decl.Method != nil || mayMiss(&decl.Expr)
}

// standsIn reports whether the value is what the policy says of one that is missing.
func (l *lister) standsIn(v *program.Value) func(*program.State) bool {
	decl := &v.Decl.Value
	return func(s *program.State) bool {
		if v.Table != nil || decl.Method != nil {
			rows, _ := s.Rows(v)
			return len(rows) == 0
		}
		got, _ := decl.Expr.Eval(&s.Frame)
		return got.Kind == slot.Missing
	}
}

// table lists the rows of a decision table, and the numbers in their cells.
func (t *thing) table(v *program.Value) {
	for i := range v.Table.Rows {
		row := &v.Table.Rows[i]
		n := strconv.Itoa(i + 1)
		t.add("row-"+n, row.Place, Words{"第" + n + "行", "row " + n}, func(s *program.State) bool {
			rows, _ := s.Rows(v)
			return slices.Contains(rows, int32(i+1))
		})
		for j := range row.Cells {
			t.cell(&v.Table.Columns[row.Cells[j].Column], &row.Cells[j])
		}
		thresholds(t, &v.Decl.Value.Rows[i].When)
	}
	if v.Table.Otherwise != nil {
		t.add("otherwise", v.Decl.Value.Otherwise.Place, Words{"各行都不符合", "no row holds"}, func(s *program.State) bool {
			rows, _ := s.Rows(v)
			return len(rows) == 0 && s.Frame.Slots[v.Slot].Kind != slot.Missing
		})
	}
}

// cell lists the ends of what a cell asks of a column.
func (t *thing) cell(c *table.Column, cell *table.Cell) {
	if c.Type.Kind != slot.Number && c.Type.Kind != slot.Date {
		return
	}
	q := quantity{text: c.Name, kind: c.Type.Kind, can: func(x exact.Number) bool { v := valueOf(c.Type.Kind, x); return c.CanBe(&v) }}
	q.read = func(s *program.State) (exact.Number, bool) {
		x := &s.Frame.Slots[c.Slot]
		return ordinal(x), x.Kind == q.kind
	}
	switch {
	case q.kind == slot.Date:
		q.unit = exact.Int(1)
	case c.Places >= 0:
		q.unit = unitOf(c.Places)
	}
	for i := range cell.Set.Spans {
		u := &cell.Set.Spans[i]
		switch {
		case !u.NoLow && !u.NoHigh && u.Low.Equal(u.High):
			t.threshold(q, u.Low, either, cell.Place)
			continue
		case !u.NoLow && u.LowOpen:
			t.threshold(q, u.Low, above, cell.Place)
		case !u.NoLow:
			t.threshold(q, u.Low, below, cell.Place)
		}
		switch {
		case u.NoHigh:
		case u.HighOpen:
			t.threshold(q, u.High, below, cell.Place)
		default:
			t.threshold(q, u.High, above, cell.Place)
		}
	}
}
