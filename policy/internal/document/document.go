// Package document writes a policy as a document: what its file says, in words and tables, in an order in which a committee
// reads and signs it. Start with [Markdown].
//
// Nothing of the file is left out but its comments: every condition stands there as it is written, and beside it in words
// where it is simple; every number with its thousands grouped.
package document

import (
	"fmt"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/display"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

// Identity is what tells a policy from every other.
type Identity struct {
	Digest  string // of the file's bytes
	Meaning string // of what it says
}

// Markdown returns the policy as Markdown in lang, "zh" or "en". Titles and reasons are in that language where the policy has
// them in it.
func Markdown(p *program.Program, id Identity, lang string) string {
	w := &writer{p: p, file: p.File, lang: lang}
	w.head(id)
	w.inputs()
	w.values()
	w.functions()
	w.admission()
	w.scoring()
	w.grade()
	w.credit()
	w.accepted()
	w.signatures()
	return strings.TrimRight(w.String(), "\n") + "\n"
}

// writer is the document so far.
type writer struct {
	strings.Builder
	p       *program.Program
	file    *model.File
	lang    string
	section int // the number of the last one
}

// say returns zh or en, filled in.
func (w *writer) say(zh, en string, args ...any) string {
	text := en
	if w.lang == "zh" {
		text = zh
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// list joins words.
func (w *writer) list(all []string) string { return strings.Join(all, w.say("、", ", ")) }

// heading begins a numbered section.
func (w *writer) heading(zh, en string) {
	w.section++
	number := []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"}[w.section-1]
	w.WriteString(w.say("## "+number+"、"+zh, fmt.Sprintf("## %d. %s", w.section, en)) + "\n\n")
}

// part begins a part of a section, level deep within it.
func (w *writer) part(level int, text string) {
	w.WriteString(strings.Repeat("#", min(level+2, 6)) + " " + display.MarkdownText(text) + "\n\n")
}

// line writes a paragraph.
func (w *writer) line(text string) { w.WriteString(display.MarkdownText(text) + "\n\n") }

// point writes an item of a list; the list ends with a blank line of the caller's.
func (w *writer) point(text string) { w.WriteString("- " + display.MarkdownText(text) + "\n") }

// columns is a table whose columns are left out where they are empty.
type columns struct {
	heads []string
	right []int
	rows  [][]string
}

// table begins a table with these heads. One that begins with a > is of figures, aligned to the right.
func table(heads ...string) *columns {
	c := &columns{}
	for i, h := range heads {
		figures := strings.HasPrefix(h, ">")
		if figures {
			c.right = append(c.right, i)
		}
		c.heads = append(c.heads, strings.TrimPrefix(h, ">"))
	}
	return c
}

func (c *columns) row(cells ...string) { c.rows = append(c.rows, cells) }

// write writes c, if it has rows.
func (w *writer) write(c *columns) {
	if len(c.rows) == 0 {
		return
	}
	var kept []int
	var heads []string
	for i, h := range c.heads {
		for _, row := range c.rows {
			if row[i] != "" {
				kept, heads = append(kept, i), append(heads, h)
				break
			}
		}
	}
	t := display.NewTable(heads...)
	for j, i := range kept {
		for _, r := range c.right {
			if r == i {
				t.Right(j)
			}
		}
	}
	for _, row := range c.rows {
		cells := make([]string, len(kept))
		for j, i := range kept {
			cells[j] = row[i]
		}
		t.Row(cells...)
	}
	w.WriteString(t.Markdown() + "\n")
}

// in returns t in the language of the document.
func (w *writer) in(t doc.Title) string { return t.In(w.lang) }
