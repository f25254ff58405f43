package cases

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy"
)

// Run returns what is not as c expects.
func (c *Case) Run() []*Difference {
	if c.failure != nil {
		return c.fails()
	}
	if c.err != nil {
		return []*Difference{{What: "decision", Place: c.blamed(), Want: "a decision", Got: "an error", Behind: lines(c.err)}}
	}
	p, err := printedBy(c.decision)
	if err != nil { // a mistake of ours: the decision writes JSON that we cannot read
		return []*Difference{{What: "decision", Place: c.Place, Want: "a decision", Got: "an error", Behind: lines(err)}}
	}
	var out []*Difference
	for _, e := range c.expects {
		if d := p.compare(e); d != nil {
			out = append(out, d)
		}
	}
	return out
}

// fails compares the error with the one expected.
func (c *Case) fails() []*Difference {
	d := &Difference{What: "error", Place: c.failure.Place(), Want: c.failure.String()}
	switch {
	case c.err == nil:
		d.Got = fmt.Sprintf("a decision: %s", c.decision.Outcome())
	case c.failure.matches(c.err):
		return nil
	default:
		d.Got, d.Behind = c.failure.got(c.err), lines(c.err)
	}
	return []*Difference{d}
}

// blamed returns the place of the first field that the record is refused for, or else that of the case.
func (c *Case) blamed() doc.Place {
	var bad *policy.InputError
	if errors.As(c.err, &bad) {
		if at, ok := c.given.place(bad.Field, false); ok {
			return at
		}
	}
	return c.Place
}

// lines returns the messages of err, a line each.
func lines(err error) string {
	var bad policy.InputErrors
	if !errors.As(err, &bad) {
		return err.Error() + "\n"
	}
	var b strings.Builder
	for _, e := range bad {
		b.WriteString(e.Error() + "\n")
	}
	return b.String()
}

// Report returns the text of what is not as c expects: each difference with its place, and the figures behind it, those
// that are behind several of them once.
func (c *Case) Report(differences []*Difference) string {
	var b strings.Builder
	told := map[string]bool{}
	for _, d := range differences {
		shown := *d
		if told[shown.Behind] {
			shown.Behind = ""
		}
		told[d.Behind] = true
		fmt.Fprintf(&b, "%s:%d:%d: %s", c.File, d.Place.Line, d.Place.Col, shown.Text())
	}
	return b.String()
}
