package explain

import (
	"strings"

	"github.com/tallystick-go/tallystick/policy/internal/display"
)

// page is what an explanation is laid out on: plain text, or Markdown.
type page interface {
	title(text string)
	section(text string)
	part(text string) // a heading within a section
	line(text string) // a paragraph of one line
	table(t grid)
}

// grid is a table. Columns that are empty in every row are left out.
type grid struct {
	headers []string
	right   []int // the columns that are aligned to the right
	rows    [][]string
}

func (g *grid) row(cells ...string) { g.rows = append(g.rows, cells) }

// trimmed returns g without its empty columns.
func (g grid) trimmed() grid {
	out := grid{rows: make([][]string, len(g.rows))}
	for i := range g.headers {
		used := false
		for _, row := range g.rows {
			used = used || i < len(row) && row[i] != ""
		}
		if !used {
			continue
		}
		for _, r := range g.right {
			if r == i {
				out.right = append(out.right, len(out.headers))
			}
		}
		out.headers = append(out.headers, g.headers[i])
		for j, row := range g.rows {
			cell := ""
			if i < len(row) {
				cell = row[i]
			}
			out.rows[j] = append(out.rows[j], cell)
		}
	}
	return out
}

// textPage is plain text in columns.
type textPage struct {
	strings.Builder
	said bool // the last thing written is a line of text
}

func (p *textPage) title(text string) {
	text = display.Plain(text)
	p.WriteString(text + "\n" + strings.Repeat("=", display.Width(text)) + "\n\n")
}

func (p *textPage) section(text string) {
	text = display.Plain(text)
	p.gap()
	p.WriteString(text + "\n" + strings.Repeat("-", display.Width(text)) + "\n")
	p.said = false
}

func (p *textPage) part(text string) {
	p.gap()
	p.WriteString(display.Plain(text) + "\n")
	p.said = false
}

// gap leaves a line free, unless one is.
func (p *textPage) gap() {
	if s := p.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
		p.WriteByte('\n')
	}
}

func (p *textPage) line(text string) {
	p.WriteString(display.Plain(text) + "\n")
	p.said = true
}

func (p *textPage) table(g grid) {
	g = g.trimmed()
	if len(g.rows) == 0 {
		return
	}
	if p.said {
		p.gap()
	}
	p.said = false
	t := display.NewTable(g.headers...).Right(g.right...)
	for _, row := range g.rows {
		t.Row(row...)
	}
	_ = t.Write(p) // a Builder takes everything
	p.WriteByte('\n')
}

// markdownPage is Markdown, its tables aligned for those who read the source.
type markdownPage struct{ strings.Builder }

func (p *markdownPage) title(text string)   { p.WriteString("# " + markdown(text) + "\n\n") }
func (p *markdownPage) section(text string) { p.WriteString("## " + markdown(text) + "\n\n") }
func (p *markdownPage) part(text string)    { p.WriteString("**" + markdown(text) + "**\n\n") }
func (p *markdownPage) line(text string)    { p.WriteString(markdown(text) + "\n\n") }

func (p *markdownPage) table(g grid) {
	g = g.trimmed()
	if len(g.rows) == 0 {
		return
	}
	widths := make([]int, len(g.headers))
	rows := append([][]string{g.headers}, g.rows...) // the cells are g's own: trimmed made them
	for _, row := range rows {
		for i := range row {
			row[i] = markdown(row[i])
			widths[i] = max(widths[i], display.Width(row[i]), len("--:"))
		}
	}
	right := map[int]bool{}
	for _, i := range g.right {
		right[i] = true
	}
	for n, row := range rows {
		for i, cell := range row {
			pad := display.PadRight
			if right[i] {
				pad = display.PadLeft
			}
			p.WriteString("| " + pad(cell, widths[i]) + " ")
		}
		p.WriteString("|\n")
		if n > 0 {
			continue
		}
		for i, w := range widths {
			rule := strings.Repeat("-", w)
			if right[i] {
				rule = rule[1:] + ":"
			}
			p.WriteString("| " + rule + " ")
		}
		p.WriteString("|\n")
	}
	p.WriteByte('\n')
}

// marks are the characters that mean something to Markdown within a line.
var marks = strings.NewReplacer(
	`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "<", `\<`, "[", `\[`, "]", `\]`, "#", `\#`, "~", `\~`, "&", `\&`,
)

// markdown returns text as Markdown shows it unchanged, in one line.
func markdown(text string) string { return marks.Replace(display.Plain(text)) }
