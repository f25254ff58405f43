package cases

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/display"
)

// Coverage is how much of what a policy means the cases of test files show; see [policy.Coverage].
type Coverage struct {
	PolicyName string // of its file

	// Suggested are cases that show what was not shown, to be pasted below the key tests of the first file, and NotFound is
	// what there are none for. Suggest sets them.
	Suggested string
	NotFound  []policy.CoverageItem

	files []*File
	noted *policy.Coverage
}

// Cover returns the coverage of each policy that files are about, in the order in which they come up.
func Cover(files ...*File) ([]*Coverage, error) {
	var out []*Coverage
	for _, f := range files {
		i := slices.IndexFunc(out, func(c *Coverage) bool { return c.PolicyName == f.PolicyName })
		if i < 0 {
			i = len(out)
			out = append(out, &Coverage{PolicyName: f.PolicyName, noted: f.Policy.Coverage()})
		}
		out[i].files = append(out[i].files, f)
		for _, c := range f.Cases {
			if c.decision == nil { // there is none, and the case says why
				continue
			}
			if err := out[i].noted.Add(c.decision); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// count is how many items of a section were shown, of how many there are.
type count struct {
	Section string `json:"section"`
	Covered int    `json:"covered"`
	Total   int    `json:"total"`
}

// percent returns the part that was shown in full percents: 100 only where everything was.
func (c count) percent() int {
	if c.Total == 0 {
		return 100
	}
	return c.Covered * 100 / c.Total
}

// counts returns the count of each section that has items, and that of all.
func (c *Coverage) counts() (sections []count, all count) {
	for _, it := range c.noted.Items() {
		if n := len(sections); n == 0 || sections[n-1].Section != it.Section {
			sections = append(sections, count{Section: it.Section})
		}
		seen := 0
		if it.Seen > 0 {
			seen = 1
		}
		last := &sections[len(sections)-1]
		last.Covered, last.Total = last.Covered+seen, last.Total+1
		all.Covered, all.Total = all.Covered+seen, all.Total+1
	}
	return sections, all
}

// Reaches reports whether at least percent of all there is to show was shown.
func (c *Coverage) Reaches(percent int) bool {
	_, all := c.counts()
	return all.Covered*100 >= percent*all.Total
}

// language returns the language of the policy, "zh" or "en".
func (c *Coverage) language() string { return c.files[0].Policy.Language() }

// untested returns what was not shown.
func (c *Coverage) untested() []policy.CoverageItem {
	return slices.DeleteFunc(c.noted.Items(), func(it policy.CoverageItem) bool { return it.Seen > 0 })
}

// Text returns the report for people: how much of each section was shown, and what was not, with its line in the policy and
// what was suggested.
func (c *Coverage) Text() string {
	var b strings.Builder
	sections, all := c.counts()
	fmt.Fprintf(&b, "coverage of %s: %d %% (%d of %d)\n", c.PolicyName, all.percent(), all.Covered, all.Total)
	for _, s := range sections {
		fmt.Fprintf(&b, "  %-10s %3d %%  %d of %d\n", s.Section, s.percent(), s.Covered, s.Total)
	}
	untested := c.untested()
	if len(untested) > 0 {
		b.WriteString("untested:\n")
	}
	c.list(&b, untested)
	if c.Suggested != "" {
		b.WriteString("suggested, to be checked and pasted below tests:\n" + c.Suggested)
	}
	if n := len(c.NotFound); n > 0 {
		fmt.Fprintf(&b, "no customer was found for %d of these; perhaps there is none:\n", n)
		c.list(&b, c.NotFound)
	}
	return b.String()
}

// list writes items, a line each.
func (c *Coverage) list(b *strings.Builder, items []policy.CoverageItem) {
	for _, it := range items {
		fmt.Fprintf(b, "  %s:%d:%d: %s\n", c.PolicyName, it.Line, it.Col, it.Name(c.language()))
	}
}

// WriteJSON writes the report of each policy as a list of objects. Percentages are whole and rounded down, so that 100 is
// everything.
func WriteJSON(w io.Writer, reports []*Coverage) error {
	type item struct {
		ID      string `json:"id"`
		Section string `json:"section"`
		Line    int    `json:"line"`
		Col     int    `json:"col"`
		Name    string `json:"name"`
	}
	type section struct {
		count
		Percent int `json:"percent"`
	}
	type report struct {
		Policy    string    `json:"policy"`
		Covered   int       `json:"covered"`
		Total     int       `json:"total"`
		Percent   int       `json:"percent"`
		Sections  []section `json:"sections"`
		Untested  []item    `json:"untested"`
		Suggested string    `json:"suggested,omitempty"` // cases in YAML
	}
	out := []report{}
	for _, c := range reports {
		sections, all := c.counts()
		r := report{c.PolicyName, all.Covered, all.Total, all.percent(), []section{}, []item{}, c.Suggested}
		for _, s := range sections {
			r.Sections = append(r.Sections, section{s, s.percent()})
		}
		for _, it := range c.untested() {
			r.Untested = append(r.Untested, item{it.ID, it.Section, it.Line, it.Col, it.Name(c.language())})
		}
		out = append(out, r)
	}
	return display.WriteJSON(w, out)
}
