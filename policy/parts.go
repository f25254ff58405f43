package policy

import (
	"github.com/shopspring/decimal"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/scoring"
)

// Group is what a group of indicators brings to the card around it.
type Group struct {
	ID, Title string
	Parent    string          // the id of the group around it, "" for none
	Weight    decimal.Decimal // 0 for a group that only gathers
	Score     Number          // its own, exact; of a group that only gathers the points of what is in it
	Points    Number          // that count: scaled to the weight, reweighted, rounded to the places of points
	Present   bool            // whether it has points
	Effect    string          // ok, reweighted (left out), refer or reject
}

// Groups returns what every group earned, in the order of the file.
func (d *Decision) Groups() []Group {
	if !d.hasScoring() {
		return nil
	}
	items := d.whole().Score.Groups
	out := make([]Group, len(items))
	for i := range items {
		g := &items[i]
		if g.Group == nil { // it cannot be told which weights count
			continue
		}
		out[i] = Group{
			ID: g.Group.ID.Value, Title: g.Group.Title.String(), Score: g.Score, Points: g.Points,
			Present: g.Effect <= scoring.Substituted, Effect: g.Effect.String(),
		}
		if g.Parent >= 0 {
			out[i].Parent = items[g.Parent].Group.ID.Value
		}
		if g.Group.Weight != nil {
			out[i].Weight, _ = g.Group.Weight.Decimal()
		}
	}
	return out
}

// Adjustment is what became of an adjustment of the score, or of a group of indicators.
type Adjustment struct {
	ID, Title string
	Holds     bool   // whether its condition holds
	Points    Number // exact, negative where they are taken; 0 where it does not hold
	Unknown   bool   // data are missing: it cannot be told
}

// Adjustments returns what became of every adjustment, in the order of the file. What they add together may be less, by
// the policy's adjustments_cap: see Adjusted.
func (d *Decision) Adjustments() []Adjustment {
	if !d.hasScoring() {
		return nil
	}
	out := make([]Adjustment, len(d.whole().Score.Adjustments))
	for i := range out {
		if a := &d.whole().Score.Adjustments[i]; a.Adjustment != nil {
			out[i] = Adjustment{a.Adjustment.ID.Value, a.Adjustment.Title.String(), a.Holds, a.Amount, a.Missing != 0}
		}
	}
	return out
}

// Adjusted returns the exact points that the adjustments of the score add together, within their cap.
func (d *Decision) Adjusted() Number {
	if !d.hasScoring() {
		return Number{}
	}
	return d.whole().Score.Adjusted
}

// Combined returns what the combiner made of the points, exact, before adjustments, caps and the range of the score; ok is
// false where there is no score.
func (d *Decision) Combined() (score Number, ok bool) {
	if _, ok := d.ExactScore(); !ok {
		return Number{}, false
	}
	return d.whole().Score.Combined, true
}

// Cap is what became of a ceiling of the score, or of a group of indicators.
type Cap struct {
	ID, Title string
	Holds     bool   // whether its condition holds
	AtMost    Number // exact; 0 where it does not hold
	Bound     bool   // whether it changed the score
	Unknown   bool   // data are missing: it cannot be told
}

// Caps returns what became of every cap, in the order of the file.
func (d *Decision) Caps() []Cap {
	if !d.hasScoring() {
		return nil
	}
	out := make([]Cap, len(d.whole().Score.Caps))
	for i := range out {
		if a := &d.whole().Score.Caps[i]; a.Cap != nil {
			out[i] = Cap{a.Cap.ID.Value, a.Cap.Title.String(), a.Holds, a.Amount, a.Bound, a.Missing != 0}
		}
	}
	return out
}

// GradeStep is a rule, a transition or an override that was looked at on the way to the grade.
type GradeStep struct {
	Kind     string // rule, transition, hold (a rule that is held to once more at the end) or override
	ID       string // of the rule
	Effect   string // what came of it, in words: "applied", "condition not met", "held at the most steps up"
	Fired    bool   // whether it applied to the customer, whether or not it changed the grade
	From, To string // the grade before and after, "" for none
}

// GradeSteps returns what was looked at on the way from GradeBefore to Grade, in that order.
func (d *Decision) GradeSteps() []GradeStep {
	if !d.decided || d.policy.program.File.Grade == nil {
		return nil
	}
	steps := d.whole().Grade.Steps
	out := make([]GradeStep, len(steps))
	for i := range steps {
		s := &steps[i]
		out[i] = GradeStep{Kind: s.Kind.String(), Effect: s.Effect.String(), Fired: s.Fired(), From: d.gradeName(s.From), To: d.gradeName(s.To)}
		if s.Kind == grade.OfRule || s.Kind == grade.Hold {
			out[i].ID = d.policy.program.File.Grade.Rules[s.Index].ID
		}
	}
	return out
}

// LimitStep is a step to the limit.
type LimitStep struct {
	ID, Title string
	Effect    string // changed, no change, condition not met, unknown, follows an unknown step
	Value     Number // of what it sets, adds, multiplies by or is bound by, exact; of at_most, rounded down to the scale of money
	After     Number // the limit after it, exact; 0 where it is unlimited, or cannot be told
	Unlimited bool   // there is no end to the limit after it
	Binding   bool   // it is the one that bound the limit
}

// LimitSteps returns the steps to the limit, or to the proposed one, in the order of the file; nil for a rejected customer.
// The last amount is exact: the limit is that, at least 0 and at most that of the group, rounded once.
func (d *Decision) LimitSteps() []LimitStep {
	if !d.hasCredit() || d.Outcome() == Rejected {
		return nil
	}
	return limitSteps(d.policy.program.File.Credit.Steps, &d.whole().Credit.Limit)
}

func limitSteps(decl []credit.Step, r *credit.LimitResult) []LimitStep {
	out := make([]LimitStep, len(r.Steps))
	for i := range r.Steps {
		s := &r.Steps[i]
		out[i] = LimitStep{
			ID: decl[i].ID, Title: decl[i].Title.String(), Effect: s.Effect.String(), Value: s.Value, After: s.After.Value,
			Unlimited: s.After.Unlimited, Binding: r.Binding == i,
		}
	}
	return out
}

// Segment is a limit of its own within the limit: of a product, of a currency.
type Segment struct {
	ID, Title string
	Applies   bool            // whether it is for the customer
	Limit     decimal.Decimal // rounded to the scale of money, that a referred customer would have, too; 0 where it is unlimited or cannot be told
	Unlimited bool            // there is no end of it
	Known     bool            // whether there is a limit: nothing is missing
	Binding   string          // the id of the step that bound it, "floor", "total", or ""
	Available decimal.Decimal // what is left of it, at most what is available as a whole; 0 where that cannot be told
	Steps     []LimitStep     // to it, in the order of the file
}

// Segments returns the limits within the limit, in the order of the file; nil for a rejected customer.
func (d *Decision) Segments() []Segment {
	if !d.hasCredit() || d.Outcome() == Rejected {
		return nil
	}
	all := d.whole().Credit.Segments
	out := make([]Segment, len(all))
	for i := range all {
		decl, s := &d.policy.program.File.Credit.Segments[i], &all[i]
		out[i] = Segment{ID: decl.ID, Title: decl.Title.String(), Applies: s.Applies, Known: s.Applies && s.Limit.Has, Unlimited: s.Limit.Amount.Unlimited}
		if !s.Applies {
			continue
		}
		out[i].Steps = limitSteps(decl.Steps, &s.Limit)
		if s.Limit.Has {
			out[i].Limit, out[i].Binding = d.money(s.Limit.Amount.Value), decl.BindingName(s.Limit.Binding)
		}
		if s.Available.Has {
			out[i].Available = d.money(s.Available.Amount.Value)
		}
	}
	return out
}

// Rows returns the rows, from 1, of a value that is a decision table or a scoring method that held for the customer, and
// the one whose result stands, 0 where there is none or the result is made of several. Other values have none, and neither
// has one that is missing.
func (d *Decision) Rows(value string) (rows []int, chosen int) {
	if !d.decided {
		return nil, 0
	}
	values := d.policy.program.Values
	for i := range values {
		if values[i].Decl.Name.Value != value {
			continue
		}
		held, chosen := d.whole().Rows(&values[i])
		for _, row := range held {
			rows = append(rows, int(row))
		}
		return rows, chosen
	}
	return nil, 0
}
