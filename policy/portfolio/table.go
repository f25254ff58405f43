package portfolio

import (
	"bufio"
	"fmt"
	"io"
	"strconv"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/display"
)

// tableRows is how many rows a table has. Widths are those of all its rows, which are held until then; more customers make
// another table, so that memory does not grow with them.
const tableRows = 1000

// tableWriter writes tables for people, and the summary under them.
type tableWriter struct {
	w       *bufio.Writer
	columns []column
	table   *display.Table
	rows    int // in table
}

func newTableWriter(w io.Writer, p *policy.Policy) *tableWriter {
	t := &tableWriter{w: bufio.NewWriter(w), columns: columnsOf(p)}
	t.begin()
	return t
}

// begin begins a table.
func (t *tableWriter) begin() {
	headers, right := []string{"line"}, []int{0}
	for i, c := range t.columns {
		headers = append(headers, c.name)
		if c.right {
			right = append(right, i+1)
		}
	}
	t.table, t.rows = display.NewTable(headers...).Right(right...), 0
}

func (t *tableWriter) Decision(line int, d *policy.Decision) error {
	cells := []string{strconv.Itoa(line)}
	for _, c := range t.columns {
		cells = append(cells, c.cell(d))
	}
	return t.row(cells)
}

func (t *tableWriter) Bad(line int, err error) error {
	cells := make([]string, len(t.columns)+1)
	cells[0], cells[2] = strconv.Itoa(line), "error"
	for i, c := range t.columns {
		if c.name == "reasons" {
			cells[i+1] = err.Error()
		}
	}
	return t.row(cells)
}

func (t *tableWriter) row(cells []string) error {
	if t.rows == tableRows {
		if err := t.table.Write(t.w); err != nil {
			return err
		}
		t.begin()
		if err := t.w.WriteByte('\n'); err != nil {
			return err
		}
	}
	t.table.Row(cells...)
	t.rows++
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
