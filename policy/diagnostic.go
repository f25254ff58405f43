package policy

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/display"
)

// Severity says how bad a Diagnostic is.
type Severity = doc.Severity

// The severities. A policy with an Error is not loaded.
const (
	Error   = doc.Error
	Warning = doc.Warning
	Note    = doc.Note
)

// Diagnostic is something wrong with a policy file, with its place.
type Diagnostic struct {
	File      string
	Line, Col int // from 1, Col in characters; 0 when the fault concerns the file as a whole
	Width     int // how many characters are at fault, 0 when unknown
	Severity  Severity
	Code      string // stable: what kind of fault this is, e.g. "unknown-key"; DIAGNOSTICS.md shows each
	Message   string
	Hint      string // the remedy, if there is one to tell
	Related   []Related

	source string // the line of the file
}

// Related is another place that has to do with a Diagnostic: "first defined here".
type Related struct {
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	Message string `json:"message"`
}

// Error returns the diagnostic in one line: file:line:col: severity: message [code].
func (d *Diagnostic) Error() string {
	var b strings.Builder
	b.WriteString(d.File)
	if d.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", d.Line, d.Col)
	}
	fmt.Fprintf(&b, ": %s: %s [%s]", d.Severity, d.Message, d.Code)
	return b.String()
}

// Text returns the diagnostic as a person wants it: the line of Error, the line of the file with a mark under what is
// at fault, the hint and the related places.
func (d *Diagnostic) Text() string {
	var b strings.Builder
	b.WriteString(d.Error() + "\n")
	if d.source != "" {
		number := fmt.Sprintf("%5d | ", d.Line)
		line, col := excerpt(d.source, d.Col)
		fmt.Fprintf(&b, "%s%s\n", number, line)
		fmt.Fprintf(&b, "%s| %s\n", strings.Repeat(" ", len(number)-2), display.Caret(line, col, d.Width))
	}
	if d.Hint != "" {
		fmt.Fprintf(&b, "      = hint: %s\n", d.Hint)
	}
	for _, r := range d.Related {
		fmt.Fprintf(&b, "      = %s:%d:%d: %s\n", d.File, r.Line, r.Col, r.Message)
	}
	return b.String()
}

// MarshalJSON writes the diagnostic for editors.
func (d *Diagnostic) MarshalJSON() ([]byte, error) {
	related := d.Related
	if related == nil {
		related = []Related{}
	}
	return json.Marshal(struct {
		File     string    `json:"file"`
		Line     int       `json:"line"`
		Col      int       `json:"col"`
		EndCol   int       `json:"end_col"` // the column behind what is at fault, col itself when that is unknown
		Severity string    `json:"severity"`
		Code     string    `json:"code"`
		Message  string    `json:"message"`
		Hint     string    `json:"hint"`
		Related  []Related `json:"related"`
	}{d.File, d.Line, d.Col, d.Col + d.Width, d.Severity.String(), d.Code, d.Message, d.Hint, related})
}

// Diagnostics are all the faults of one policy file, in the order of the file. As an error, they are the reason why a
// policy was not loaded; errors.As finds the first *Diagnostic in them.
type Diagnostics []*Diagnostic

// Error returns the diagnostics, a line each.
func (ds Diagnostics) Error() string {
	lines := make([]string, len(ds))
	for i, d := range ds {
		lines[i] = d.Error()
	}
	return strings.Join(lines, "\n")
}

// Text returns the diagnostics as a person wants them, see Diagnostic.Text.
func (ds Diagnostics) Text() string {
	var b strings.Builder
	for _, d := range ds {
		b.WriteString(d.Text())
	}
	return b.String()
}

// Unwrap returns the diagnostics one by one, for errors.As.
func (ds Diagnostics) Unwrap() []error {
	out := make([]error, len(ds))
	for i, d := range ds {
		out[i] = d
	}
	return out
}

// Has reports whether there is a diagnostic of severity s.
func (ds Diagnostics) Has(s Severity) bool {
	for _, d := range ds {
		if d.Severity == s {
			return true
		}
	}
	return false
}

// diagnose turns the faults of a file, in its notation and in its meaning, into diagnostics: sorted, each once, and without
// those that only follow from another.
func diagnose(file string, line func(int) string, notation, meaning []doc.Fault) Diagnostics {
	broken := map[int]bool{} // lines in which a value is not what was meant
	for _, f := range notation {
		if strings.HasPrefix(f.Code, "yaml-") || f.Code == "foreign-character" {
			broken[f.Place.Line] = true
		}
	}
	faults := append([]doc.Fault(nil), notation...)
	for _, f := range meaning {
		if !broken[f.Place.Line] {
			faults = append(faults, f)
		}
	}
	sort.SliceStable(faults, func(i, j int) bool { return faults[i].Place.Before(faults[j].Place) })
	var out Diagnostics
	seen := map[string]bool{}
	unread := doc.Place{} // the last value that could not be read
	for _, f := range faults {
		if f.Place == unread && f.Place.Known() {
			continue
		}
		d := &Diagnostic{
			File: file, Line: f.Place.Line, Col: f.Place.Col, Width: f.Place.Width,
			Severity: f.Severity, Code: f.Code, Message: f.Message, Hint: f.Hint,
		}
		if f.Place.Known() && f.Place != (doc.Place{Line: 1, Col: 1}) { // that is the file as a whole
			d.source = line(d.Line)
		}
		for _, r := range f.Related {
			d.Related = append(d.Related, Related{r.Place.Line, r.Place.Col, r.Message})
		}
		if key := d.Error(); !seen[key] {
			seen[key] = true
			out = append(out, d)
		}
		if unreadable[f.Code] {
			unread = f.Place
		}
	}
	return out
}

func hasErrors(faults []doc.Fault) bool {
	return slices.ContainsFunc(faults, func(f doc.Fault) bool { return f.Severity == Error })
}

// unreadable are the codes of values that could not be read: what else is said of them follows from that.
var unreadable = map[string]bool{
	"wrong-type": true, "empty-value": true, "bad-character": true, "bad-number": true, "bad-date": true, "bad-choice": true, "bad-period": true, "unknown-grade": true,
}

// The most of a line that is shown, in characters, and how much of that before the place at fault.
const (
	mostShown   = 160
	shownBefore = 60
)

// excerpt returns what is shown of line, and where col is in that.
func excerpt(line string, col int) (shown string, at int) {
	runes := []rune(line)
	if len(runes) <= mostShown {
		return line, col
	}
	from := max(0, min(col-1-shownBefore, len(runes)-mostShown))
	to := from + mostShown
	shown = string(runes[from:to])
	if from > 0 {
		shown = "…" + string(runes[from+1:to])
	}
	if to < len(runes) {
		cut := []rune(shown)
		shown = string(cut[:len(cut)-1]) + "…"
	}
	return shown, col - from
}
