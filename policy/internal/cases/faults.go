package cases

import (
	"fmt"
	"sort"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/display"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

// Faults are what is wrong with a test file, in the order of the file.
type Faults struct {
	policy.Diagnostics

	source *yamldoc.Source
	cause  error
}

// Unwrap returns the faults, and why the policy could not be read where that is the fault.
func (f *Faults) Unwrap() []error {
	if f.cause == nil {
		return []error{f.Diagnostics}
	}
	return []error{f.Diagnostics, f.cause}
}

// Text returns the faults as a person wants them, each with the line of the file and a mark under what is at fault.
func (f *Faults) Text() string {
	var b strings.Builder
	for _, d := range f.Diagnostics {
		head, remarks, _ := strings.Cut(d.Text(), "\n")
		b.WriteString(head + "\n")
		if line := f.source.Line(d.Line); line != "" && !ofWholeFile(d) {
			number := fmt.Sprintf("%5d | ", d.Line)
			fmt.Fprintf(&b, "%s%s\n%*s| %s\n", number, line, len(number)-2, "", display.Caret(line, d.Col, d.Width))
		}
		b.WriteString(remarks)
	}
	return b.String()
}

// ofWholeFile reports whether d is about the file, and not about a place in it.
func ofWholeFile(d *policy.Diagnostic) bool { return d.Line == 1 && d.Col == 1 && d.Width == 0 }

// newFaults returns faults of the file, nil where there are none. What a broken notation has made of a line is not told
// besides.
func newFaults(name string, src []byte, notation, meaning []doc.Fault) *Faults {
	broken := map[int]bool{}
	for _, f := range notation {
		broken[f.Place.Line] = true
	}
	all := append([]doc.Fault(nil), notation...)
	for _, f := range meaning {
		if !broken[f.Place.Line] {
			all = append(all, f)
		}
	}
	if len(all) == 0 {
		return nil
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Place.Before(all[j].Place) })
	out := &Faults{source: yamldoc.NewSource(src)}
	said := map[string]bool{}
	for _, f := range all {
		d := &policy.Diagnostic{
			File: name, Line: f.Place.Line, Col: f.Place.Col, Width: f.Place.Width,
			Severity: f.Severity, Code: f.Code, Message: f.Message, Hint: f.Hint,
		}
		for _, r := range f.Related {
			d.Related = append(d.Related, policy.Related{Line: r.Place.Line, Col: r.Place.Col, Message: r.Message})
		}
		if key := d.Error(); !said[key] { // what is wrong with base is wrong with every case
			said[key] = true
			out.Diagnostics = append(out.Diagnostics, d)
		}
	}
	return out
}
