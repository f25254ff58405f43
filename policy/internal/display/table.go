package display

import (
	"io"
	"strings"
	"unicode"
)

// gap stands between two columns of a table.
const gap = "  "

// Table is text in columns under headers.
type Table struct {
	headers []string
	right   map[int]bool
	rows    [][]string
}

// NewTable returns a table with these headers; without any, the table begins with its first row.
func NewTable(headers ...string) *Table {
	return &Table{headers: plain(headers), right: map[int]bool{}}
}

// Right aligns columns, counted from 0, to the right, as numbers want it. It returns t.
func (t *Table) Right(cols ...int) *Table {
	for _, c := range cols {
		t.right[c] = true
	}
	return t
}

// Row appends a row. Cells that are missing at its end are empty.
func (t *Table) Row(cells ...string) { t.rows = append(t.rows, plain(cells)) }

// Write writes the table: two spaces between the columns, dashes under the headers, no spaces at the end of a line.
func (t *Table) Write(w io.Writer) error {
	rows := t.rows
	if len(t.headers) > 0 {
		rows = append([][]string{t.headers}, rows...)
	}
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], Width(cell))
		}
	}
	var b strings.Builder
	for i, row := range rows {
		t.line(&b, row, widths)
		if i == 0 && len(t.headers) > 0 {
			dashes := make([]string, len(widths))
			for i, n := range widths {
				dashes[i] = strings.Repeat("-", n)
			}
			t.line(&b, dashes, widths)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t *Table) line(b *strings.Builder, cells []string, widths []int) {
	var line strings.Builder
	for i, cell := range cells {
		if i > 0 {
			line.WriteString(gap)
		}
		if t.right[i] {
			line.WriteString(PadLeft(cell, widths[i]))
		} else {
			line.WriteString(PadRight(cell, widths[i]))
		}
	}
	b.WriteString(strings.TrimRight(line.String(), " "))
	b.WriteByte('\n')
}

// plain returns cells in which nothing moves the cursor: a line break is shown as ⏎, a tab as a space, any other control
// character, also one that turns the direction of writing, as �.
func plain(cells []string) []string {
	out := make([]string, len(cells))
	for i, cell := range cells {
		cell = strings.ReplaceAll(cell, "\r\n", "\n")
		out[i] = strings.Map(func(r rune) rune {
			switch {
			case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
				return '⏎'
			case r == '\t':
				return ' '
			case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
				return unicode.ReplacementChar
			}
			return r
		}, cell)
	}
	return out
}

// Plain returns s in one line in which nothing moves the cursor, as a cell of a table is written.
func Plain(s string) string { return plain([]string{s})[0] }
