package display

import "strings"

// Caret returns the line to print under line so that it marks width characters from col on (both in characters, the
// first is 1): ^~~~. Tabs before the mark stay tabs, and a character of two columns gets two. The mark ends with the
// line, but is at least one column wide; it may stand right behind the line.
func Caret(line string, col, width int) string {
	col, width = max(col, 1), max(width, 1)
	var b strings.Builder
	at, columns := 0, 0
	for _, r := range line {
		at++
		switch {
		case at >= col && at-col < width:
			columns += runeWidth(r)
		case at > col:
		case r == '\t':
			b.WriteByte('\t')
		default:
			b.WriteString(spaces(runeWidth(r)))
		}
	}
	return b.String() + "^" + strings.Repeat("~", max(columns-1, 0))
}
