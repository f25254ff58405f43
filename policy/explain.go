package policy

import (
	"github.com/tallystick-go/tallystick/policy/internal/explain"
)

// Explanation is a decision with the figures behind it, as a person would write it on paper. Text, Markdown and JSON write it;
// numbers in its fields are exact. Its JSON has these keys, the texts in the language asked for, numbers as strings that
// read back exactly ("97.66", "40/3"); sections that the policy lacks are left out, and more keys may be added:
//
//	policy              id, version, title, number, issuer, digest, currency, rounding
//	as_of, customer, outcome
//	admission           each criterion: id, result, effect, reason, require
//	values              each named value: value; work of an expression, or columns and the rows that held of a table
//	scoring             indicators, modifiers, groups (each like scoring itself), reweighted, combiner, figures, pdo, combined,
//	                    adjustments, adjustments_cap, adjusted, caps, held, exact, score
//	  indicators        of, value, row, row_text, working, raw, held, factors, exact, points, weight, effect
//	grade               grade, scored, better and worse (how far the thresholds are), scale, steps, attributes
//	credit              steps (each with before, operand, value, after), exact, rounded, binding, limit, proposed_limit, exposure,
//	                    group, available, approval, segments, request, holds
//	reasons             code, text, effect, missing; ranked
//	missing, undefined  each input that is absent, or expression without a value, with what waits for it
//	next                see NextGrade; where Next was set
//
// An expression is expr, as the policy has it, figures, with the figures in place of the names, reads, what it looks at, and
// missing, why it has no value.
type Explanation = explain.Explanation

// Explain explains the decision in lang, "zh" or "en", or in the language of the policy where lang is "". It is worked out
// from what the decision holds, so that it costs nothing before. nil: the decision has been decided by nobody.
func (d *Decision) Explain(lang string) *Explanation {
	if !d.decided {
		return nil
	}
	return explain.Of(d.policy.program, d.whole(), d.facts(lang))
}

// facts are what an explanation cannot find out by itself.
func (d *Decision) facts(lang string) explain.Facts {
	f := explain.Facts{
		Lang: lang, Chinese: lang == "zh" || lang == "" && d.policy.chinese, Digest: d.policy.digest, Customer: d.Customer(),
	}
	for _, r := range d.ReasonsIn(lang) {
		f.Reasons = append(f.Reasons, explain.Reason{Code: r.Code, Text: r.Text, Effect: string(r.Effect), Missing: r.Missing})
	}
	if day, ok := d.ValidUntil(); ok {
		f.ValidUntil = day.String()
	}
	if day, ok := d.NextReview(); ok {
		f.NextReview = day.String()
	}
	return f
}
