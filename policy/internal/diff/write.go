package diff

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/policy/internal/display"
)

// Difference is what changed in meaning from one policy to another. Keys of its JSON are stable; more may be added.
type Difference struct {
	Old     Policy   `json:"old"`
	New     Policy   `json:"new"`
	Changes []Change `json:"changes"` // in the order of the file; none where the two mean the same

	lang string
}

// Policy is one of two policies that are compared.
type Policy struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Title   string `json:"title,omitempty"`
	Digest  string `json:"digest"`
	Meaning string `json:"meaning"`
}

// New returns a Difference that is told in lang, "zh" or "en".
func New(old, new Policy, changes []Change, lang string) *Difference {
	return &Difference{Old: old, New: new, Changes: changes, lang: lang}
}

// marks stand before a change in text.
var marks = map[Kind]string{Added: "+", Removed: "-", Changed: "~", Moved: "~", Renamed: "~"}

// Text returns the difference as text for people: a line a change under the heading of its section, behind the lines of
// both files.
func (d *Difference) Text() string {
	w := teller{d.lang}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", display.Plain(d.title()))
	if len(d.Changes) == 0 {
		fmt.Fprintf(&b, "%s\n", w.say("no change in meaning", "含义没有变化"))
		return b.String()
	}
	old, new := w.say("old", "原行"), w.say("new", "新行")
	const width = 6 // of a line number
	fmt.Fprintf(&b, "%s\n\n%s%s\n", d.count(), display.PadLeft(old, width), display.PadLeft(new, width))
	for i, c := range d.Changes {
		if i == 0 || c.Section != d.Changes[i-1].Section {
			fmt.Fprintf(&b, "%s\n", sectionTitle(c.Section, d.lang))
		}
		fmt.Fprintf(&b, "%s%s  %s %s\n", display.PadLeft(line(c.OldLine), width), display.PadLeft(line(c.NewLine), width), marks[c.Kind], display.Plain(c.Text))
	}
	return b.String()
}

// Markdown returns the difference as Markdown: a table for each section.
func (d *Difference) Markdown() string {
	w := teller{d.lang}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", display.MarkdownText(d.title()))
	if len(d.Changes) == 0 {
		fmt.Fprintf(&b, "%s\n", w.say("No change in meaning.", "含义没有变化。"))
		return b.String()
	}
	fmt.Fprintf(&b, "%s\n", d.count())
	var t *display.Table
	for i, c := range d.Changes {
		if i == 0 || c.Section != d.Changes[i-1].Section {
			if t != nil {
				b.WriteString(t.Markdown())
			}
			fmt.Fprintf(&b, "\n## %s\n\n", sectionTitle(c.Section, d.lang))
			t = display.NewTable(w.say("old line", "原行"), w.say("new line", "新行"), w.say("change", "变化")).Right(0, 1)
		}
		t.Row(line(c.OldLine), line(c.NewLine), c.Text)
	}
	b.WriteString(t.Markdown())
	return b.String()
}

// JSON returns the difference as an indented JSON object.
func (d *Difference) JSON() ([]byte, error) {
	var b bytes.Buffer
	err := display.WriteJSON(&b, d)
	return b.Bytes(), err
}

// title names the two policies.
func (d *Difference) title() string {
	name := d.New.Title
	if name == "" {
		name = d.New.ID
	}
	old := d.Old.Version
	switch {
	case d.Old.ID != d.New.ID:
		old = d.Old.ID + " " + old
		return name + " " + old + " → " + d.New.ID + " " + d.New.Version
	case d.Old.Version == d.New.Version:
		return name + " " + d.New.Version
	}
	return name + " " + old + " → " + d.New.Version
}

func (d *Difference) count() string {
	w := teller{d.lang}
	if len(d.Changes) == 1 {
		return w.say("1 change in meaning", "含义变化 1 处")
	}
	n := strconv.Itoa(len(d.Changes))
	return w.say(n+" changes in meaning", "含义变化 "+n+" 处")
}

// line returns the number of a line, or a dash for nothing.
func line(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}
