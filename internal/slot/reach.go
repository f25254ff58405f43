package slot

import "github.com/tallystick-go/tallystick/internal/exact"

// Reach says what an expression can yield at all, whoever the customer is. It may be wider than what can be, never narrower.
type Reach struct {
	// For numbers: where they lie. An end that is not there is NoMin or NoMax; one that is itself not reached is open.
	Min, Max         exact.Number
	NoMin, NoMax     bool
	OpenMin, OpenMax bool
	// Attained says that both ends are reached, or come near to where they are open. Why says why not.
	Attained bool
	Why      string
	// For conditions: whether they can hold, whether they can fail.
	CanHold, CanFail bool
	// CanMiss says whether the value may be missing.
	CanMiss bool
	// Reads are the slots that the value depends on, ascending; -1, as the first, says that it may depend on any.
	Reads []int
}
