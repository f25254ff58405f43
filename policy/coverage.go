package policy

import (
	"errors"
	"slices"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/coverage"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

// Coverage notes how much of what a policy means has been seen at work in decisions: each criterion met, not met and not to
// be told, each row, each threshold from both sides, each grade, rule, step, approver and verdict. Test files are measured
// by it, and so may be the customers of a year. It serves one goroutine.
//
// A threshold has been seen when one customer was exactly on it, and another next to it on the side where the answer is
// another: one unit away at the decimals that are declared, or anywhere beyond where none are. What is known never to happen,
// such as a row that the loader warns of, does not count.
type Coverage struct {
	policy *Policy
	noted  *coverage.Coverage
}

// CoverageItem is one thing that a policy can do with a customer.
type CoverageItem struct {
	ID        string // "scoring.volume.row-2": stable while the policy does not change
	Section   string // values, admission, scoring, grade, credit or outcome
	Line, Col int    // in the policy's file
	Seen      int    // how many decisions have shown it

	names coverage.Words
}

// Name returns what happens, in lang: "zh", or else English.
func (it *CoverageItem) Name(lang string) string { return it.names.In(lang) }

// CoverageCase is a customer who shows what no decision has shown so far.
type CoverageCase struct {
	Shows   []CoverageItem   // the first one was looked for, or is the first in the file
	Changes []CoverageChange // what is not as in the record that the case starts from
	Figures []CoverageFigure // of the decision, in which it can be seen

	Decision *Decision // of the customer
}

// CoverageChange is an input that differs, with its value as a test file writes it; null for none.
type CoverageChange struct{ Input, Text string }

// CoverageFigure is the key of a figure in a test file, such as points, and its name where there are several of it.
type CoverageFigure struct{ Key, Name string }

// Coverage returns what is to be seen of p, of which nothing has been seen so far.
func (p *Policy) Coverage() *Coverage {
	return &Coverage{p, coverage.New(p.whole(), p.idle())}
}

// idle returns the places of rows and grades that the loader has proved to be in vain.
func (p *Policy) idle() (places []doc.Place) {
	for _, d := range slices.Concat(p.warnings, p.accepted) {
		if d.Code == "never-holds" || d.Code == "never-reached" {
			places = append(places, doc.Place{Line: d.Line, Col: d.Col})
		}
	}
	return places
}

// ErrOtherPolicy says that a decision was not made by the policy whose coverage is measured.
var ErrOtherPolicy = errors.New("the decision was made by another policy than the one whose coverage is measured")

// Add notes what d shows. The error is ErrOtherPolicy where d was decided by a policy of other content, or by nobody.
func (c *Coverage) Add(d *Decision) error {
	if !d.decided || d.policy.digest != c.policy.digest {
		return ErrOtherPolicy
	}
	c.noted.Add(d.whole())
	return nil
}

// Items returns everything that counts, in the order in which a customer passes through the policy.
func (c *Coverage) Items() []CoverageItem {
	out := make([]CoverageItem, len(c.noted.Items))
	for i, it := range c.noted.Items {
		out[i] = itemOf(it)
		out[i].Seen = c.noted.Seen(i)
	}
	return out
}

func itemOf(it *coverage.Item) CoverageItem {
	return CoverageItem{ID: it.ID, Section: it.Section.String(), Line: it.Place.Line, Col: it.Place.Col, names: it.Name}
}

// Suggest looks for customers who show what has not been seen so far, on the day asOf. They start from base, which may lack
// what a record must have, and change as little of it as was found possible; where it is empty, they start from an ordinary
// record. The same policy, day and base give the same cases. For some items there may be none: that proves nothing.
//
// The error is an *AsOfError where the policy is not in force.
func (c *Coverage) Suggest(base Record, asOf Date) ([]CoverageCase, error) {
	p := c.policy
	if err := p.inForce(&DecideOption{asOf, true}); err != nil {
		return nil, err
	}
	var empty program.State
	p.program.Begin(&empty)
	_ = p.schema.ReadMap(&empty.Frame, base) // what cannot be read is missing
	var out []CoverageCase
	for _, found := range c.noted.Suggest(asOf, empty.Frame.Slots[:len(p.program.Inputs)]) {
		x := CoverageCase{Decision: new(Decision)}
		if err := p.decideSlots(x.Decision, found.Inputs, asOf); err != nil {
			return nil, err
		}
		for _, it := range found.Shows {
			x.Shows = append(x.Shows, itemOf(it))
			for _, f := range it.Shows {
				if figure := CoverageFigure(f); !slices.Contains(x.Figures, figure) {
					x.Figures = append(x.Figures, figure)
				}
			}
		}
		for _, change := range found.Changes {
			x.Changes = append(x.Changes, CoverageChange{change.Name, change.Text})
		}
		out = append(out, x)
	}
	return out, nil
}

// decideSlots decides the customer whose inputs are values.
func (p *Policy) decideSlots(d *Decision, values []slot.Value, asOf Date) error {
	if err := p.begin(d, &DecideOption{asOf, true}); err != nil {
		return err
	}
	for i := range values {
		d.state.Frame.Slots[i] = values[i]
		if values[i].Kind == slot.Missing {
			d.state.Frame.Slots[i] = slot.Gone(d.state.Frame.Blame(p.program.Inputs[i].Atom))
		}
	}
	return p.finish(d)
}
