package record

import (
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Columns says which column of a table fills which input. It is immutable and safe for concurrent use.
type Columns struct {
	s      *Schema
	inputs []int // by column; -1: ignored
}

// byteOrderMark is what spreadsheets put at the beginning of a UTF-8 file.
const byteOrderMark = "\uFEFF"

// Columns reads the header of a table: names of inputs, or what From calls them, in any order. Unknown columns (unless
// AllowUnknown), two columns for one input, and required inputs without a column are faults. Other inputs without a
// column are missing in each row.
func (s *Schema) Columns(header []string) (*Columns, error) {
	if e := separatorError(header); e != nil {
		return nil, Errors{e}
	}
	c := &Columns{s, make([]int, len(header))}
	var faults, strange Errors
	first := make(map[int]string, len(header))
	met := make(map[string]bool, len(header))
	for i, name := range header {
		if i == 0 {
			name = strings.TrimPrefix(name, byteOrderMark)
		}
		c.inputs[i] = -1
		switch e := s.root.entries[name]; {
		case s.knows(name):
			if other, taken := first[e.input]; taken {
				faults = append(faults, errorf(CodeDuplicate, name, "the column is there twice (%s and %s)", other, name))
			}
			first[e.input] = name
			c.inputs[i] = e.input
		case met[name] && name != "":
			faults = append(faults, errorf(CodeDuplicate, cut(name), "the column is there twice"))
		case s.foreign("", name):
		case !s.opts.AllowUnknown || s.knows(strings.TrimSpace(name)):
			strange = append(strange, s.unknownColumn(name, i))
		}
		met[name] = true
	}
	for i := range s.inputs {
		if _, there := first[i]; !there && s.inputs[i].Required {
			faults = append(faults, errorf(CodeRequired, s.inputs[i].Name, "it is required, but there is no such column"))
		}
	}
	if faults = append(faults, strange...); len(faults) > MaxFaults {
		faults = append(faults[:MaxFaults:MaxFaults], errorf(CodeMore, "", "and %d more faults", len(faults)-MaxFaults))
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return c, nil
}

// separatorError knows a header that was separated by something else than commas.
func separatorError(header []string) *Error {
	if len(header) != 1 {
		return nil
	}
	for _, sep := range []struct{ char, name string }{{";", "semicolons"}, {"\t", "tabs"}, {"|", "bars"}, {"，", "Chinese commas"}} {
		if strings.Contains(header[0], sep.char) {
			return errorf(CodeSyntax, "", "the columns are separated by %s: %s", sep.name, quote(header[0])).hint("save the file with commas")
		}
	}
	return nil
}

func (s *Schema) unknownColumn(name string, i int) *Error {
	if name == "" {
		return errorf(CodeUnknown, "", "column %d has no name", i+1).hint("name it, or leave it out")
	}
	e := errorf(CodeUnknown, cut(name), "no input has the name of column %d", i+1)
	if trimmed := strings.TrimSpace(name); trimmed != name && s.knows(trimmed) {
		return e.hint("leave out the space around %s", trimmed)
	}
	if near := doc.Nearest(name, s.names); near != "" {
		e.hint("did you mean %q?", near)
	}
	return e
}

// knows reports whether an input has this name.
func (s *Schema) knows(name string) bool {
	e := s.root.entries[name]
	return e != nil && e.input >= 0
}

// ReadRow fills f from the cells of one row, which are kept where they are texts. An empty cell is missing (CodeNull for
// a required input); anything else is read by the declared type: numbers and dates as policies write them, true and
// false, names of grades, texts as they are, lists and records as JSON. What spreadsheets write is read as well: TRUE and
// FALSE in any case, and dates with the year first, 2024/6/30 and 2024-6-30.
func (c *Columns) ReadRow(f *slot.Frame, cells []string) error {
	r := c.s.begin(f)
	if len(cells) != len(c.inputs) {
		r.whole = errorf(CodeSyntax, "", "the row has %s, the header %d", count(len(cells), "cell"), len(c.inputs))
		if len(cells) > len(c.inputs) {
			r.whole.hint("put cells that contain a comma in double quotes")
		}
		r.wipe()
		return r.end()
	}
	for col, i := range c.inputs {
		if i < 0 {
			continue
		}
		r.at, r.seen[i] = i, true
		if cells[col] == "" {
			if c.s.inputs[i].Required {
				r.fault(errorf(CodeNull, "", "it is required, but the cell is empty"))
			}
			r.gone(i)
			continue
		}
		r.settle(r.cell(&c.s.inputs[i], cells[col], &r.f.Slots[i]))
	}
	return r.end()
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// cell reads a cell that is not empty.
func (r *reader) cell(in *input, s string, dst *slot.Value) state {
	switch in.Type.Kind {
	case slot.Number:
		return r.numberText(s, dst)
	case slot.String:
		return r.setText(s, dst)
	case slot.Bool:
		return r.boolCell(s, dst)
	case slot.Date:
		if d, ok := sheetDay(s); ok {
			dst.SetDay(d)
			return filled
		}
		return dayText(r, s, dst)
	case slot.Grade:
		return gradeText(r, s, dst)
	case slot.List, slot.Record:
		return r.jsonCell(in, s, dst)
	}
	return r.noType()
}

// jsonCell reads a cell that holds JSON.
func (r *reader) jsonCell(in *input, s string, dst *slot.Value) state {
	if len(s) > MaxRecord {
		r.fault(errorf(CodeTooLong, "", "the cell has %d bytes, at most %d are allowed", len(s), MaxRecord))
		return bad
	}
	j := &r.json
	faults, strange := len(r.faults), len(r.strange)
	j.start([]byte(s))
	st := r.fromJSON(in.Type, in.Atom, dst)
	j.finish()
	if e := j.err; e != nil {
		if e.Hint == "" {
			e.hint("%s in a cell is written as JSON: %s", nouns[in.Type.Kind], example(in.Type))
		}
		// What cannot be read to its end has no other faults.
		r.path, r.faults, r.strange = r.path[:0], r.faults[:faults], r.strange[:strange]
		r.fault(e)
		st = bad
	}
	j.stop()
	return st
}

// example shows what a list or a record looks like in JSON.
func example(t *slot.Type) string {
	switch t.Kind {
	case slot.Number:
		return "12.5"
	case slot.String:
		return `"text"`
	case slot.Bool:
		return "true"
	case slot.Date:
		return `"2024-06-30"`
	case slot.Grade:
		return `"A"`
	case slot.List:
		return "[" + example(elemOf(t)) + ", ...]"
	case slot.Record:
		if len(t.Fields) > 0 {
			return "{" + strconv.Quote(t.Fields[0].Name) + ": " + example(t.Fields[0].Type) + ", ...}"
		}
		return "{}"
	}
	return "..."
}
