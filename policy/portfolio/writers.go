package portfolio

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/display"
)

// Format is a format in which decisions are written.
type Format string

// The formats.
const (
	Table  Format = "table"  // for people: aligned columns, then the summary
	CSV    Format = "csv"    // a row a customer
	JSON   Format = "json"   // an array of decisions
	NDJSON Format = "ndjson" // a decision a line
)

// Formats are all the formats.
var formats = []Format{Table, CSV, JSON, NDJSON}

// ParseFormat returns the format with this name.
func ParseFormat(s string) (Format, error) {
	for _, f := range formats {
		if string(f) == s {
			return f, nil
		}
	}
	return "", fmt.Errorf("there is no format %q: use table, csv, json or ndjson", s)
}

// NewWriter returns a Writer to w in format f. What it writes is complete once Close has been called.
func NewWriter(w io.Writer, f Format, p *policy.Policy) (Writer, error) {
	b := bufio.NewWriterSize(w, 64<<10)
	switch f {
	case Table:
		return newTableWriter(b, p), nil
	case CSV:
		return newCSVWriter(b, p), nil
	case JSON:
		return &jsonWriter{w: b, open: "[\n", between: ",\n", close: "\n]\n", empty: "[]\n"}, nil
	case NDJSON:
		return &jsonWriter{w: b, between: "\n", close: "\n"}, nil
	}
	_, err := ParseFormat(string(f))
	return nil, err
}

// jsonWriter writes decisions as JSON objects, in an array or a line each.
type jsonWriter struct {
	w                           *bufio.Writer
	open, between, close, empty string
	written                     bool
	buffer                      []byte
}

func (w *jsonWriter) begin() {
	if w.written {
		w.buffer = append(w.buffer[:0], w.between...)
	} else {
		w.buffer = append(w.buffer[:0], w.open...)
	}
	w.written = true
}

func (w *jsonWriter) Decision(line int, d *policy.Decision) error {
	w.begin()
	w.buffer = append(w.buffer, `{"line":`...)
	w.buffer = strconv.AppendInt(w.buffer, int64(line), 10)
	w.buffer = append(w.buffer, ',')
	object := len(w.buffer)
	w.buffer = d.AppendJSON(w.buffer)
	w.buffer = append(w.buffer[:object], w.buffer[object+1:]...) // the decision's own brace
	_, err := w.w.Write(w.buffer)
	return err
}

func (w *jsonWriter) Bad(line int, err error) error {
	w.begin()
	w.buffer = append(w.buffer, `{"line":`...)
	w.buffer = strconv.AppendInt(w.buffer, int64(line), 10)
	w.buffer = append(w.buffer, `,"error":`...)
	w.buffer = policy.AppendJSONString(w.buffer, err.Error())
	w.buffer = append(w.buffer, '}')
	_, err = w.w.Write(w.buffer)
	return err
}

func (w *jsonWriter) Close(*Summary) error {
	end := w.close
	if !w.written {
		end = w.empty
	}
	if _, err := w.w.WriteString(end); err != nil {
		return err
	}
	return w.w.Flush()
}

// columns are what the table and the CSV show of a decision.
type column struct {
	name  string
	right bool
	cell  func(d *policy.Decision) string
}

// columnsOf returns the columns that make sense for p.
func columnsOf(p *policy.Policy) []column {
	cs := []column{
		{"customer", false, (*policy.Decision).Customer},
		{"outcome", false, func(d *policy.Decision) string { return d.Outcome().String() }},
	}
	if p.HasScore() {
		cs = append(cs, column{"score", true, (*policy.Decision).ScoreText})
	}
	if len(p.Grades()) > 0 {
		cs = append(cs, column{"grade", false, (*policy.Decision).Grade})
	}
	if p.HasLimit() {
		cs = append(cs,
			column{"limit", true, (*policy.Decision).LimitText},
			column{"available", true, (*policy.Decision).AvailableText},
			column{"approval", false, (*policy.Decision).Approval})
	}
	cs = append(cs,
		column{"valid_until", false, func(d *policy.Decision) string {
			if day, ok := d.ValidUntil(); ok {
				return day.String()
			}
			return ""
		}},
		column{"reasons", false, func(d *policy.Decision) string {
			var texts []string
			for _, r := range d.Reasons() {
				text := r.Text
				if len(r.Missing) > 0 {
					text += " (? " + strings.Join(r.Missing, ", ") + ")"
				}
				texts = append(texts, text)
			}
			return strings.Join(texts, "; ")
		}},
		column{"missing", false, func(d *policy.Decision) string { return strings.Join(d.Missing(), ", ") }})
	return cs
}

// tableWriter writes a table for people, and the summary under it. It holds the whole table, for its widths.
type tableWriter struct {
	w       *bufio.Writer
	columns []column
	table   *display.Table
}

func newTableWriter(w *bufio.Writer, p *policy.Policy) *tableWriter {
	t := &tableWriter{w: w, columns: columnsOf(p)}
	headers := []string{"line"}
	right := []int{0}
	for i, c := range t.columns {
		headers = append(headers, c.name)
		if c.right {
			right = append(right, i+1)
		}
	}
	t.table = display.NewTable(headers...)
	t.table.Right(right...)
	return t
}

func (t *tableWriter) Decision(line int, d *policy.Decision) error {
	cells := []string{strconv.Itoa(line)}
	for _, c := range t.columns {
		cells = append(cells, c.cell(d))
	}
	t.table.Row(cells...)
	return nil
}

func (t *tableWriter) Bad(line int, err error) error {
	cells := make([]string, len(t.columns)+1)
	cells[0], cells[2] = strconv.Itoa(line), "error"
	for i, c := range t.columns {
		if c.name == "reasons" {
			cells[i+1] = err.Error()
		}
	}
	t.table.Row(cells...)
	return nil
}

func (t *tableWriter) Close(s *Summary) error {
	if err := t.table.Write(t.w); err != nil {
		return err
	}
	fmt.Fprintln(t.w)
	if err := s.Write(t.w); err != nil {
		return err
	}
	return t.w.Flush()
}

// csvWriter writes a row a customer.
type csvWriter struct {
	b       *bufio.Writer
	w       *csv.Writer
	columns []column
	cells   []string
	begun   bool
}

func newCSVWriter(b *bufio.Writer, p *policy.Policy) *csvWriter {
	return &csvWriter{b: b, w: csv.NewWriter(b), columns: columnsOf(p)}
}

// row begins a row, after the header where it is the first.
func (c *csvWriter) row(line int) error {
	if !c.begun {
		c.begun = true
		c.cells = append(c.cells[:0], "line")
		for _, col := range c.columns {
			c.cells = append(c.cells, col.name)
		}
		if err := c.w.Write(append(c.cells, "error")); err != nil {
			return err
		}
	}
	c.cells = append(c.cells[:0], strconv.Itoa(line))
	return nil
}

func (c *csvWriter) Decision(line int, d *policy.Decision) error {
	if err := c.row(line); err != nil {
		return err
	}
	for _, col := range c.columns {
		c.cells = append(c.cells, col.cell(d))
	}
	return c.w.Write(append(c.cells, ""))
}

func (c *csvWriter) Bad(line int, err error) error {
	if err := c.row(line); err != nil {
		return err
	}
	for range c.columns {
		c.cells = append(c.cells, "")
	}
	return c.w.Write(append(c.cells, err.Error()))
}

func (c *csvWriter) Close(*Summary) error {
	if err := c.row(0); err != nil { // the header, where there was no customer
		return err
	}
	c.w.Flush()
	if err := c.w.Error(); err != nil {
		return err
	}
	return c.b.Flush()
}
