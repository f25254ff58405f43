package grade

import "fmt"

// Error is an expression of a Ladder that failed, for one customer.
type Error struct {
	What  string // "rule long-overdue", "transitions.max_up"
	Place Place  // where the expression stands; unknown when it was made in Go
	Err   error  // the cause
}

// Error names the part of the ladder and the cause.
func (e *Error) Error() string { return "grade: " + e.What + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// OverrideError says why an override by hand was not taken.
type OverrideError struct {
	Grade  string // the grade asked for; empty when there is no such grade
	Reason Title  // in Chinese and in English
}

// Error says in English which grade was refused, and why.
func (e *OverrideError) Error() string {
	if e.Grade == "" {
		return "the override was refused: " + e.Reason.In("en")
	}
	return fmt.Sprintf("the override to grade %s was refused: %s", e.Grade, e.Reason.In("en"))
}
