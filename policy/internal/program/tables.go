package program

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/policy/internal/table"
)

// tableLinker makes a table.Table of a value of the file.
type tableLinker struct {
	*valueLinker
	name    string
	decl    *model.Value
	out     *Value
	table   *table.Table
	columns map[string]int // by name; -1 for one that was reported
	failed  bool
}

// tableValue compiles a value that is a decision table.
func (v *valueLinker) tableValue(out *Value) bool {
	decl := &out.Decl.Value
	hit, _ := table.ParseHit(decl.Hit) // the decoder reports one that is none
	t := tableLinker{
		valueLinker: v, name: out.Decl.Name.Value, decl: decl, out: out, columns: map[string]int{},
		table: &table.Table{
			Name: out.Decl.Name.Value, Place: decl.Key("rows"), Hit: hit, Settled: decl.Missing.Source.Node != nil,
		},
	}
	out.Table, out.place, out.trace = t.table, t.table.Place, v.program.hits
	v.program.hits++
	before := len(v.Faults)
	if len(decl.Rows) == 0 {
		v.Errorf(t.table.Place, "no-rows", "the table %s needs at least one row", t.name)
		return false
	}
	t.cells()
	t.expressions()
	t.results()
	t.table.NoRow = v.atom(Atom{Kind: NoRow, Name: noRow + t.name, Place: t.table.Place})
	for _, f := range v.Faults[before:] {
		t.failed = t.failed || f.Severity == doc.Error
	}
	if t.failed || out.Type == nil {
		return false
	}
	v.Faults = append(v.Faults, t.table.Check()...)
	return true
}

// cells reads the cells of all rows.
func (t *tableLinker) cells() {
	reader := table.Reader{Decoder: &t.Decoder, Literal: t.literal}
	for i := range t.decl.Rows {
		decl := &t.decl.Rows[i]
		row := table.Row{Place: decl.Place()}
		for _, p := range decl.Cells {
			c, known := t.columns[p.Key.Text]
			if !known {
				c = t.column(p.Key)
				t.columns[p.Key.Text] = c
			}
			if c < 0 {
				t.failed = true
				continue
			}
			if set, ok := reader.Cell(p.Value, &t.table.Columns[c]); ok {
				row.Cells = append(row.Cells, table.Cell{Column: c, Place: p.Value.Place, Set: set})
			}
		}
		t.table.Rows = append(t.table.Rows, row)
	}
}

// rowKeys are the keys of a row that are no columns.
var rowKeys = []string{"is", "of", "when"}

// column adds the column that key names and returns its index, or -1 where it was reported that there is none.
func (t *tableLinker) column(key *doc.Node) int {
	name := key.Text
	c := table.Column{Name: name, Grades: t.grades, Ladder: t.onScale(), Places: -1}
	if s, known := t.program.Symbols[name]; known {
		if s.Type == nil {
			return -1 // reported where it is declared
		}
		c.Type, c.Slot, c.Given = s.Type, s.Slot, t.isInput(s.Slot)
		t.out.reads = append(t.out.reads, s.Slot)
	} else {
		prog := t.field(key)
		if prog == nil {
			return -1
		}
		// The field of a record is no slot: it is put into one for the table.
		c.Type, c.Fetch, c.Slot = prog.Type, prog.Any(), t.program.slots
		t.program.slots++
		c.Given = true
		for _, s := range prog.Reads {
			c.Given = c.Given && t.isInput(s)
		}
		t.out.reads = append(t.out.reads, prog.Reads...)
	}
	switch c.Type.Kind {
	case slot.Number, slot.String, slot.Bool, slot.Date, slot.Grade:
	default:
		t.Fault(doc.Errorf(key.Place, "wrong-type", "%s is a %s, which cannot be a column", name, c.Type).
			WithHint("ask for it in `when`"))
		return -1
	}
	t.bound(&c)
	t.table.Columns = append(t.table.Columns, c)
	return len(t.table.Columns) - 1
}

// field compiles a name that is a field of a record, or reports that it is none and returns nil.
func (t *tableLinker) field(key *doc.Node) *formula.Program {
	root, _, _ := strings.Cut(key.Text, ".")
	names := append([]string(nil), rowKeys...)
	begins := false
	for name := range t.program.Symbols {
		names = append(names, name)
		begins = begins || name == root || strings.HasPrefix(name, root+".")
	}
	if begins {
		prog := t.compile(doc.Text{Value: key.Text, Node: key})
		if prog == nil {
			return nil
		}
		if _, ok := prog.Root.(*formula.Field); ok {
			return prog
		}
	}
	t.Fault(doc.Errorf(key.Place, "unknown-name", "there is no input, value or result %s", key.Text).
		WithHint("%s", doc.Suggest(key.Text, names)))
	return nil
}

// expressions compiles the conditions and the results that are worked out.
func (t *tableLinker) expressions() {
	for i := range t.decl.Rows {
		decl, row := &t.decl.Rows[i], &t.table.Rows[i]
		if decl.When.Source.Node != nil {
			row.WhenPlace = decl.When.Place()
			if prog := t.expression(&decl.When); prog != nil {
				row.When = prog.Bool()
			} else {
				t.failed = true
			}
		}
		if decl.Of.Source.Node != nil {
			row.OfPlace = decl.Of.Place()
			if prog := t.expression(&decl.Of); prog != nil {
				row.Of = prog.Any()
			} else {
				t.failed = true
			}
		}
	}
}
