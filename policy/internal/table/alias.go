package table

import "github.com/tallystick-go/tallystick/internal/sets"

// What a cell accepts, and what a column can hold.
type (
	Set     = sets.Set     // values of one kind
	Span    = sets.Span    // an interval of numbers, or of what is counted in whole ones
	Verdict = sets.Verdict // yes, no, or that it cannot be told
)

// The verdicts.
const (
	Unknown  = sets.Unknown
	Accepted = sets.Accepted
	Refused  = sets.Refused
)
