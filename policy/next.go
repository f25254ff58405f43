package policy

import "github.com/tallystick-go/tallystick/policy/internal/explain"

// NextGrade is what reaches the next better grade of the scale: the smallest exact changes of one input of the customer's
// record, and of two, each proved by deciding again; and what holds the grade down whatever the score.
type NextGrade = explain.NextGrade

// NextGrade looks for the smallest changes that reach the next better grade; nil where the policy has no grades, or the
// decision has been decided by nobody. lang is as for Explain. It decides some thousand records, and so takes some
// milliseconds; the same decision gives the same answer, always.
func (d *Decision) NextGrade(lang string) *NextGrade {
	if !d.decided || d.policy.program.File.Grade == nil {
		return nil
	}
	return explain.Next(d.policy.program, d.whole(), d.facts(lang))
}

// GradeChange is a change of one input of the record, or of two, and what the policy then says.
type GradeChange = explain.Change

// GradeBlock is what holds the grade down whatever the score, or a criterion that is not met.
type GradeBlock = explain.Block
