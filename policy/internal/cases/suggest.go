package cases

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/display"
	"github.com/tallystick-go/tallystick/policy/internal/search"
)

// Suggest looks for customers who show what was not shown. They start from the base of the first file, and expect what the
// policy decides now, so that a person must look at each. The error says why the policy cannot decide on the day of that
// file.
func (c *Coverage) Suggest() error {
	f := c.files[0]
	asOf, ok := f.day()
	if !ok {
		return nil // none of its cases was decided: it says why
	}
	found, err := c.noted.Suggest(f.base, asOf)
	if err != nil {
		return err
	}
	w := caseWriter{coverage: c, asOf: asOf, zh: c.language() == "zh", taken: map[string]bool{}}
	for _, f := range c.files {
		for _, k := range f.Cases {
			w.taken[k.Name] = true
		}
	}
	shown := map[string]bool{}
	for i := range found {
		if err := w.add(&found[i]); err != nil {
			return err
		}
		for _, it := range found[i].Shows {
			shown[it.ID] = true
		}
	}
	c.Suggested = w.out.String()
	c.NotFound = slices.DeleteFunc(c.untested(), func(it policy.CoverageItem) bool { return shown[it.ID] })
	return nil
}

// day returns the day of the file, or else of the first case that has been decided.
func (f *File) day() (policy.Date, bool) {
	if f.asOf != nil {
		return *f.asOf, true
	}
	for _, c := range f.Cases {
		if c.decision != nil {
			return c.decision.AsOf(), true
		}
	}
	return 0, false
}

// caseWriter writes cases as a test file has them.
type caseWriter struct {
	coverage *Coverage
	asOf     policy.Date
	zh       bool
	taken    map[string]bool // names of cases
	out      strings.Builder
}

// add writes a case.
func (w *caseWriter) add(c *policy.CoverageCase) error {
	p, err := printedBy(c.Decision)
	if err != nil {
		return err
	}
	lang, check := "en", "check: "
	if w.zh {
		lang, check = "zh", "请核对："
	}
	name := c.Shows[0].Name(lang)
	fmt.Fprintf(&w.out, "  - name: %s\n", plain(w.name(name)))
	fmt.Fprintf(&w.out, "    # %s%s:%d\n", check, path.Base(w.coverage.PolicyName), c.Shows[0].Line)
	const told = 6
	for i, it := range c.Shows[1:] {
		if i == told {
			fmt.Fprintf(&w.out, "    # ... %d\n", len(c.Shows)-1-told)
			break
		}
		fmt.Fprintf(&w.out, "    # %s%s:%d %s\n", check, path.Base(w.coverage.PolicyName), it.Line, it.Name(lang))
	}
	if w.coverage.files[0].asOf == nil {
		fmt.Fprintf(&w.out, "    as_of: %s\n", w.asOf)
	}
	changes := make([]string, len(c.Changes))
	for i, x := range c.Changes {
		changes[i] = quoted(x.Input) + ": " + grouped(x.Text)
	}
	if len(changes) > 0 {
		fmt.Fprintf(&w.out, "    given: {%s}\n", strings.Join(changes, ", "))
	}
	fmt.Fprintf(&w.out, "    expect: {%s}\n", p.expectations(c.Figures))
	return nil
}

// name returns name, or with a number where another case has it.
func (w *caseWriter) name(name string) string {
	out := name
	for i := 2; w.taken[out]; i++ {
		out = name + " (" + strconv.Itoa(i) + ")"
	}
	w.taken[out] = true
	return out
}

// expectations returns what a test file expects of the decision: the outcome, these figures, and what is missing.
func (p *printed) expectations(of []policy.CoverageFigure) string {
	texts := []string{"outcome: " + p.Outcome}
	named := map[string][]string{} // by key
	for _, f := range of {
		if f.Name != "" {
			named[f.Key] = append(named[f.Key], quoted(f.Name)+": "+p.written(figures[f.Key].got(p, f.Name)))
		}
	}
	for _, f := range of {
		switch {
		case f.Name == "":
			texts = append(texts, f.Key+": "+p.written(figures[f.Key].got(p, "")))
		case named[f.Key] != nil:
			texts = append(texts, f.Key+": {"+strings.Join(named[f.Key], ", ")+"}")
			delete(named, f.Key)
		}
	}
	if len(p.Missing) > 0 {
		texts = append(texts, "missing: "+p.written(p.Missing))
	}
	return strings.Join(texts, ", ")
}

// written returns what a decision has as a test file writes it.
func (p *printed) written(got any) string {
	switch g := got.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(g)
	case string:
		if x, err := exact.Parse(g); err == nil && numeral.MatchString(g) {
			return grouped(x.String())
		}
		if aDay.MatchString(g) || aFraction.MatchString(g) {
			return g
		}
		return quoted(g)
	case []string:
		return listOf(g, quoted)
	case []reason:
		return listOf(g, func(r reason) string { return quoted(r.Code) })
	case []any:
		return listOf(g, p.written)
	case map[string]any:
		var fields []string
		for _, name := range slices.Sorted(maps.Keys(g)) {
			fields = append(fields, quoted(name)+": "+p.written(g[name]))
		}
		return "{" + strings.Join(fields, ", ") + "}"
	}
	return fmt.Sprint(got)
}

func listOf[T any](items []T, text func(T) string) string {
	texts := make([]string, len(items))
	for i, x := range items {
		texts[i] = text(x)
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

var (
	numeral   = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	aFraction = regexp.MustCompile(`^-?[0-9]+/[0-9]+$`)
	aDay      = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
)

// grouped returns a number with its thousands apart, as people write long ones in policies; another text as it is.
func grouped(text string) string {
	const short = 4 // digits that are read at a glance
	whole, _, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	if len(whole) <= short || !numeral.MatchString(text) {
		return text
	}
	return strings.ReplaceAll(display.Thousands(text), ",", "_")
}

// plain returns s as the value of a key on a line of its own, in quotes where a plain text would be misread.
func plain(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsLetter(first) || strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasSuffix(s, ":") || strings.TrimSpace(s) != s {
		return quoted(s)
	}
	return s
}

// quoted returns s as a test file writes it, in quotes unless it is plainly a word.
func quoted(s string) string {
	v := slot.Text(s)
	return search.ValueText(slot.StringType, &v)
}
