package cases

import (
	"fmt"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy"
)

// Difference is a figure that is not as expected.
type Difference struct {
	What      string    // "score", "points volume"
	Place     doc.Place // of what is expected, in the test file; unknown for an expectation made in Go
	Want, Got string
	Behind    string // the figures that it was worked out from, in lines; may be empty
}

// Text returns what a person wants to know, in lines.
func (d *Difference) Text() string {
	return fmt.Sprintf("%s: expected %s, got %s\n%s", d.What, d.Want, d.Got, indent(d.Behind))
}

// indent moves every line of s to the right.
func indent(s string) string {
	const by = "    "
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString(by + line)
	}
	return b.String()
}

// Compare returns how d differs from what is expected, nil where it does not.
func Compare(d *policy.Decision, e Expectation) (*Difference, error) {
	p, err := printedBy(d)
	if err != nil {
		return nil, err
	}
	return p.compare(e), nil
}

func (p *printed) compare(e Expectation) *Difference {
	f := figures[e.Key]
	if f.same == nil {
		f.same = same
	}
	got := f.got(p, e.Name.Value)
	if f.same(e.Want, got) {
		return nil
	}
	d := &Difference{What: strings.TrimSpace(e.Key + " " + e.Name.Value), Place: e.Want.Place, Want: e.Want.String(), Got: show(got)}
	if f.behind != nil {
		d.Behind = f.behind(p, e.Name.Value)
	}
	return d
}
