package explain

import (
	"slices"
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

// table returns g without its empty columns, or nil where it has no rows.
func (g *grid) table() *display.Table {
	if len(g.rows) == 0 {
		return nil
	}
	var headers []string
	var right []int
	rows := make([][]string, len(g.rows))
	for i, header := range g.headers {
		if !slices.ContainsFunc(g.rows, func(row []string) bool { return i < len(row) && row[i] != "" }) {
			continue
		}
		if slices.Contains(g.right, i) {
			right = append(right, len(headers))
		}
		headers = append(headers, header)
		for j, row := range g.rows {
			cell := ""
			if i < len(row) {
				cell = row[i]
			}
			rows[j] = append(rows[j], cell)
		}
	}
	t := display.NewTable(headers...).Right(right...)
	for _, row := range rows {
		t.Row(row...)
	}
	return t
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
	t := g.table()
	if t == nil {
		return
	}
	if p.said {
		p.gap()
	}
	p.said = false
	_ = t.Write(p) // a Builder takes everything
	p.WriteByte('\n')
}

// markdownPage is Markdown, its tables aligned for those who read the source.
type markdownPage struct{ strings.Builder }

func (p *markdownPage) title(text string) { p.WriteString("# " + display.MarkdownText(text) + "\n\n") }
func (p *markdownPage) section(text string) {
	p.WriteString("## " + display.MarkdownText(text) + "\n\n")
}
func (p *markdownPage) part(text string) { p.WriteString("**" + display.MarkdownText(text) + "**\n\n") }
func (p *markdownPage) line(text string) { p.WriteString(display.MarkdownText(text) + "\n\n") }

func (p *markdownPage) table(g grid) {
	if t := g.table(); t != nil {
		p.WriteString(t.Markdown() + "\n")
	}
}
