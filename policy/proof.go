package policy

import (
	"slices"

	"github.com/tallystick-go/tallystick/policy/internal/prove"
)

// The verdicts of a Proof.
const (
	Unproved = prove.Unproved // neither the one nor the other was found
	Proved   = prove.Proved   // it is so
	Refuted  = prove.Refuted  // it is not so
)

// What a Proof is made of.
type (
	Verdict = prove.Verdict // what is known of a claim
	Witness = prove.Witness // a record that was decided
	Claim   = prove.Claim   // something that a policy should do, or can do, and whether it does
	Extent  = prove.Extent  // how far points or a score go
	Report  = prove.Report  // all of it
)

// Proof says what can come of a policy: which scores, which grades, how large a limit, and what in it can go wrong or never
// happens. What it says is proved or refuted is so: by a witness, a record that was decided again from its text, by exact
// bounds, or because every record that there can be was decided. What is unproved is no more than not found.
//
// As JSON it is its Report.
type Proof struct {
	*Report
	Diagnostics Diagnostics // what the loader could not know
	Accepted    Diagnostics // what the section `accept` of the policy silences
	policy      *Policy
}

// ProveOption says how a policy is proved.
type ProveOption func(*proveOptions)

type proveOptions struct {
	asOf   Date
	given  bool
	budget int
}

// ProveAsOf gives the day of the decisions. Unsaid, it is the first day on which the policy is in force, or else the last
// one, or the day of its publication, or 2024-01-01.
func ProveAsOf(day Date) ProveOption {
	return func(o *proveOptions) { o.asOf, o.given = day, true }
}

// ProveBudget is how many records are decided for all claims together, and again for each number that is made as small or
// as great as can be; 20,000 if unsaid. More find more, and take longer.
func ProveBudget(records int) ProveOption {
	return func(o *proveOptions) { o.budget = records }
}

// Prove finds out what can come of the policy. It decides many records, for which functions and methods of the embedder's
// are asked; there is neither a clock nor chance in it: the same policy, day and budget make the same Proof. The error is
// an *AsOfError where the policy is not in force on the day.
func (p *Policy) Prove(opts ...ProveOption) (*Proof, error) {
	var o proveOptions
	for _, opt := range opts {
		opt(&o)
	}
	if !o.given {
		o.asOf = p.someDay()
	}
	if err := p.inForce(&DecideOption{asOf: o.asOf, given: true}); err != nil {
		return nil, err
	}
	out := &Proof{Report: prove.Run(p.whole(), o.asOf, prove.Options{Budget: o.budget}), policy: p}
	out.Diagnostics, out.Accepted = p.sift(out.Report.Faults(p.warned))
	return out, nil
}

// someDay returns a day on which the policy is in force.
func (p *Policy) someDay() Date {
	f := p.program.File
	switch {
	case f.Effective != nil && f.Effective.From != nil:
		return f.Effective.From.Day
	case f.Effective != nil && f.Effective.Until != nil:
		return f.Effective.Until.Day - 1
	case f.Published != nil:
		return f.Published.Day
	}
	const january = 1
	return NewDate(2024, january, 1)
}

// foretold are codes of the loader that say what a proof would say again.
var foretold = []string{"always-holds", "approval-gap", "approval-order", "below-zero", "gap", "never-holds", "never-reached", "scale-gap"}

// warned reports whether the loader found something of the kind on the lines from one to another.
func (p *Policy) warned(from, to int) bool {
	for _, list := range []Diagnostics{p.warnings, p.accepted} {
		for _, d := range list {
			if from <= d.Line && d.Line <= to && slices.Contains(foretold, d.Code) {
				return true
			}
		}
	}
	return false
}

// Text returns the proof for people, in lang "zh" or "en", or in the language of the policy where lang is "": a line for
// each thing that is known. With witnesses, the records behind it follow.
func (p *Proof) Text(lang string, witnesses bool) string {
	if lang == "" {
		lang = p.policy.Language()
	}
	return p.Report.Text(lang, p.policy.program.Rounding.Money, witnesses)
}
