package program

import (
	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/bounds"
	"github.com/tallystick-go/tallystick/policy/internal/table"
	"github.com/tallystick-go/tallystick/scoring"
)

// hidden warns of rows that never count because of the rows before them.
func (l *linker) hidden() {
	if c := l.file.Scoring; c != nil {
		l.hiddenIn(c)
	}
	for i := range l.program.Values {
		v := &l.program.Values[i]
		if v.Table != nil {
			l.hiddenRows(v)
		} else if v.Decl.Value.Method != nil {
			l.hiddenRules(v.Decl.Value.Method)
		}
	}
	if g := l.file.Grade; g != nil {
		l.idleRules()
	}
	if t := l.file.Credit; t != nil {
		l.hiddenApprovers(t)
	}
}

func (l *linker) hiddenIn(c *scoring.Card) {
	for _, list := range [][]scoring.Indicator{c.Indicators, c.Modifiers} {
		for i := range list {
			l.hiddenRules(list[i].Method)
		}
	}
	for i := range c.Groups {
		l.hiddenIn(&c.Groups[i].Card)
	}
}

// queue finds out of rows, one after the other, whether they ever are the first that holds. A row counts where it holds and
// all before it fail.
type queue struct {
	space *bounds.Space
	left  bounds.Region // where all rows so far fail
	yes   []bounds.Region
	place []doc.Place
}

func newQueue(s *bounds.Space) *queue { return &queue{space: s, left: bounds.Everywhere()} }

// add puts a row at the end. hidden says that it never counts although it can hold; of is the row that alone covers it, if
// one does.
func (q *queue) add(yes, no bounds.Region, at doc.Place) (hidden bool, of doc.Place) {
	s := q.space
	hidden = !s.Never(yes) && s.Disjoint(q.left, yes)
	if hidden {
		for i := range q.yes {
			if s.Covers(yes, q.yes[i]) {
				of = q.place[i]
				break
			}
		}
	}
	q.left = s.And(q.left, no)
	q.yes, q.place = append(q.yes, yes), append(q.place, at)
	return hidden, of
}

// hiddenRules looks at the rows of rules of which the first that holds counts.
func (l *linker) hiddenRules(m scoring.Method) {
	switch m := m.(type) {
	case *scoring.Best:
		for _, x := range *m {
			l.hiddenRules(x)
		}
	case *scoring.Worst:
		for _, x := range *m {
			l.hiddenRules(x)
		}
	case *scoring.Mean:
		for _, x := range *m {
			l.hiddenRules(x)
		}
	case *scoring.Rules:
		if m.Collect != "" && m.Collect != scoring.First {
			return
		}
		q := newQueue(l.space)
		for i := range m.Rows {
			row := &m.Rows[i]
			yes, no := l.when(&row.When)
			if always, constant := row.When.IsConst(); !row.When.IsSet() || constant && always {
				return // of those after it the method has spoken, and a last row without a condition may be there to be safe
			}
			if hidden, of := q.add(yes, no, row.Place()); hidden {
				l.Fault(doc.Warnf(row.Place(), "never-holds", "this row never counts: wherever `%s` holds, a row before it does", brief(row.When.Source.Value)).
					See(of, "this row").WithHint("put the narrower row first"))
			}
		}
	}
}

// when returns where a condition holds and where it fails; one that is not set always holds.
func (l *linker) when(c *slot.Condition) (yes, no bounds.Region) {
	v, ok := l.yields[c]
	if !ok {
		return bounds.Everywhere(), bounds.Region{}
	}
	return v.True, v.False
}

// hiddenRows looks at a table of which the first row that holds counts, where rows have conditions of their own: cells alone
// are looked at by the table.
func (l *linker) hiddenRows(v *Value) {
	t := v.Table
	conditions := false
	for i := range t.Rows {
		conditions = conditions || t.Rows[i].When != nil
	}
	if t.Hit != table.First || !conditions {
		return
	}
	q := newQueue(l.space)
	for i := range t.Rows {
		row := &t.Rows[i]
		yes, no := l.when(&v.Decl.Value.Rows[i].When)
		for j := range row.Cells {
			cell := &row.Cells[j]
			column := &t.Columns[cell.Column]
			if column.Fetch != nil {
				return
			}
			in, out := l.cell(column, cell)
			yes, no = l.space.And(yes, in), l.space.Or(no, out)
		}
		if len(row.Cells) == 0 && row.When == nil {
			return // a last row for all others may be there to be safe
		}
		if hidden, of := q.add(yes, no, row.Place); hidden && (row.When != nil || !l.reported(row.Place)) {
			l.Fault(doc.Warnf(row.Place, "never-holds", "row %d of %s never counts: the rows before it hold wherever it does", i+1, t.Name).
				See(of, "this row").WithHint("put the narrower row first"))
		}
	}
}

// cell returns where a cell holds and where it fails.
func (l *linker) cell(c *table.Column, cell *table.Cell) (yes, no bounds.Region) {
	in, out := cell.Set, cell.Set.Not()
	in.Missing, out.Missing = sets.Refused, sets.Refused
	switch cell.Set.Missing {
	case sets.Accepted:
		in.Missing = sets.Accepted
	case sets.Refused:
		out.Missing = sets.Accepted
	}
	return l.space.Within(c.Slot, in), l.space.Within(c.Slot, out)
}

// reported reports whether something was found at place already.
func (l *linker) reported(place doc.Place) bool {
	for i := range l.Faults {
		if l.Faults[i].Place == place {
			return true
		}
	}
	return false
}

// idleRules warns of rules that hold the grade no more than the scale or another rule does already.
func (l *linker) idleRules() {
	rules, worst := l.file.Grade.Rules, l.file.Grade.OnScale()-1
	for j := range rules {
		b := &rules[j]
		if b.AtMost != "" && b.AtMost == l.grades[0] {
			l.Fault(doc.Warnf(b.Of("at_most"), "no-effect", "the rule changes nothing: no grade is better than %s", b.AtMost).
				WithHint("name the best grade that is left to the customer, or take the rule away"))
			continue
		}
		if b.AtLeast != "" && b.AtLeast == l.grades[worst] {
			l.Fault(doc.Warnf(b.Of("at_least"), "no-effect", "the rule changes nothing: no grade is worse than %s", b.AtLeast).
				WithHint("name the worst grade that the customer can get, or take the rule away"))
			continue
		}
		for i := range rules {
			a := &rules[i]
			if i == j || a.Missing != b.Missing || (a.AtMost == "") != (b.AtMost == "") || (a.AtLeast == "") != (b.AtLeast == "") || a.AtMost+a.AtLeast == "" {
				continue
			}
			x, y := l.file.Grade.Index(a.AtMost+a.AtLeast), l.file.Grade.Index(b.AtMost+b.AtLeast)
			stricter := b.AtMost != "" && x > y || b.AtLeast != "" && x < y || x == y && i < j
			yes, _ := l.when(&a.When)
			within, _ := l.when(&b.When)
			if stricter && !l.space.Never(within) && l.space.Covers(within, yes) {
				l.Fault(doc.Warnf(b.Place(), "no-effect", "the rule changes nothing: wherever `%s` holds, another rule holds the grade as far or farther", brief(b.When.Source.Value)).
					See(a.Place(), "the other rule").WithHint("take one of them away, or correct a condition"))
				break
			}
		}
	}
}

// hiddenApprovers looks at the rows of the approval with conditions: of those without, the section has spoken.
func (l *linker) hiddenApprovers(t *credit.Terms) {
	amount, class := l.space.Unknown(slot.NumberType, ""), l.space.Unknown(slot.GradeType, "")
	if p := l.program; p.limit >= 0 {
		if v, ok := l.space.Slot(p.limit); ok {
			amount = v
		}
		if v, ok := l.space.Slot(p.grade); ok && p.grade >= 0 {
			class = v
		}
	}
	q := newQueue(l.space)
	for i := range t.Approval {
		a := &t.Approval[i]
		yes, no := l.when(&a.When)
		if a.UpTo.IsSet() {
			most, constant := a.UpTo.IsConst()
			if !constant {
				return
			}
			// What is missing here is an unlimited amount, which only rows without a bound hold for.
			in := sets.Within(slot.Number, sets.Span{NoLow: true, High: most})
			out := in.Not()
			in.Missing, out.Missing = sets.Refused, sets.Accepted
			yes, no = l.space.And(yes, l.space.InSet(amount, in)), l.space.Or(no, l.space.InSet(amount, out))
		}
		if a.Grades != nil {
			var names []slot.Value
			for _, g := range a.Grades {
				names = append(names, slot.Rank(l.file.Grade.Index(g), g))
			}
			in := sets.OneOf(slot.Grade, names...)
			out := in.Not()
			in.Missing, out.Missing = sets.Refused, sets.Accepted
			yes, no = l.space.And(yes, l.space.InSet(class, in)), l.space.Or(no, l.space.InSet(class, out))
		}
		hidden, of := q.add(yes, no, a.Place())
		if hidden && !l.reported(a.Place()) && (a.UpTo.IsSet() || a.When.IsSet() || a.Grades != nil) {
			l.Fault(doc.Warnf(a.Place(), "never-holds", "%s approves nothing: rows before it hold wherever this one does", a.By).
				See(of, "this row").WithHint("put the narrower row first"))
		}
	}
}
