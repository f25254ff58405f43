package display

import "strings"

// Markdown returns the table as GitHub's Markdown has it, aligned for those who read the source. Cells are text, see
// MarkdownText. A table without headers gets empty ones.
func (t *Table) Markdown() string {
	rows := append([][]string{t.headers}, t.rows...)
	columns := 0
	for _, row := range rows {
		columns = max(columns, len(row))
	}
	const least = 3 // dashes under a header
	widths := make([]int, columns)
	cells := make([][]string, len(rows))
	for i, row := range rows {
		cells[i] = make([]string, columns)
		for j := range widths {
			if j < len(row) {
				cells[i][j] = MarkdownText(row[j])
			}
			widths[j] = max(widths[j], Width(cells[i][j]), least)
		}
	}
	var b strings.Builder
	for i, row := range cells {
		for j, cell := range row {
			if t.right[j] {
				cell = PadLeft(cell, widths[j])
			} else {
				cell = PadRight(cell, widths[j])
			}
			b.WriteString("| " + cell + " ")
		}
		b.WriteString("|\n")
		if i > 0 {
			continue
		}
		for j, w := range widths {
			dashes := strings.Repeat("-", w)
			if t.right[j] {
				dashes = dashes[1:] + ":"
			}
			b.WriteString("| " + dashes + " ")
		}
		b.WriteString("|\n")
	}
	return b.String()
}

// MarkdownText returns text in one line as Markdown shows it unchanged; what stands in `backquotes` becomes code.
func MarkdownText(text string) string {
	parts := strings.Split(Plain(text), "`")
	// A backquote without another one begins no code, and two side by side pair otherwise than one and one.
	if len(parts)%2 == 0 || strings.Contains(text, "``") {
		for i, part := range parts {
			parts[i] = marks.Replace(part)
		}
		return strings.Join(parts, "\\`")
	}
	for i, part := range parts {
		if i%2 == 0 {
			parts[i] = marks.Replace(part)
		} else {
			parts[i] = strings.ReplaceAll(part, "|", `\|`)
		}
	}
	return strings.Join(parts, "`")
}

// marks are the characters that mean something to Markdown within a line.
var marks = strings.NewReplacer(
	`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "<", `\<`, "[", `\[`, "]", `\]`, "#", `\#`, "~", `\~`, "&", `\&`,
)
