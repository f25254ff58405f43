package grade

// Result is how a customer came to a grade. [Ladder.Grade] overwrites all of it, so that one Result serves one customer
// after another without allocating.
//
// Where there is no grade, its index is -1.
type Result struct {
	Scored int  // the grade that the score, or the value `of`, gives
	Before int  // the previous grade, where transitions looked at it
	Ruled  int  // after rules, transitions and what they hold; before an override
	Final  int  // the grade
	Has    bool // whether there is a grade
	NoRow  bool // no row of the scale holds for the score

	Steps   []Step  // what was looked at, in order
	Outcome Outcome // what the grade, or a rule that could not be told, makes of the customer
	Missing Absence // every absence that was met, also those that a rule's `missing` dealt with

	// Refused says why an override was not taken; it is the fault of the record. It is an *OverrideError.
	Refused error
}

// Step is a rule, a transition or an override that was looked at.
type Step struct {
	Kind     StepKind
	Index    int // Rule and Hold: the rule; Transition: the forbidden step, else -1; Override: -1
	From, To int // the grade before and after, -1 for none
	Effect   Effect
	Missing  Absence // why it could not be told whether the step applies
}

// StepKind says what a Step is.
type StepKind uint8

// The kinds of step.
const (
	OfRule     StepKind = iota // a rule, in its turn
	Transition                 // the step from the previous grade
	Hold                       // AtMost or AtLeast of a rule that fired, held once more
	ByHand                     // the override
)

var stepKinds = [...]string{"rule", "transition", "hold", "override"}

// String returns "rule", "transition", "hold" or "override".
func (k StepKind) String() string {
	if int(k) < len(stepKinds) {
		return stepKinds[k]
	}
	return "unknown"
}

// Effect is what came of a Step.
type Effect uint8

// The effects.
const (
	Applied    Effect = iota // it changed the grade
	NoChange                 // it applied, and the grade was so already
	NotMet                   // its condition is false
	Unknown                  // its condition, or a number in it, is missing: the customer is referred
	Skipped                  // its condition is missing, and the rule says skip
	NoGrade                  // it applied, but there is no grade that it could change
	OffLadder                // the grade, or the previous one, is off the ladder, where there is nothing to compare
	NoPrevious               // the previous grade is absent
	Frozen                   // the grade stays as it was
	HeldUp                   // too many steps up
	HeldDown                 // too many steps down
	Forbidden                // a forbidden step
	Expired                  // the override is no longer in force
	NotTaken                 // the override was refused
)

var effects = [...]string{
	"applied", "no change", "condition not met", "condition unknown", "skipped: condition unknown", "no grade to change",
	"off the ladder", "skipped: previous grade absent", "frozen", "held at the most steps up",
	"held at the most steps down", "forbidden step", "ignored: expired", "refused",
}

// String returns e in words.
func (e Effect) String() string {
	if int(e) < len(effects) {
		return effects[e]
	}
	return "unknown"
}

// Fired reports whether the step applied to the customer, whether or not it changed the grade.
func (s *Step) Fired() bool {
	switch s.Effect {
	case Applied, NoChange, Frozen, HeldUp, HeldDown, Forbidden:
		return true
	case NoGrade, OffLadder:
		return s.Kind == OfRule // should there be a grade on the ladder later, the rule holds for that
	}
	return false
}

// Overridden reports whether a grade given by hand was taken.
func (r *Result) Overridden() bool {
	e := r.ByHand()
	return e == Applied || e == NoChange
}

// ByHand returns what came of a grade given by hand: Applied, NoChange, Expired or NotTaken; NotMet where there is none.
func (r *Result) ByHand() Effect {
	if n := len(r.Steps); n > 0 && r.Steps[n-1].Kind == ByHand { // it comes last
		return r.Steps[n-1].Effect
	}
	return NotMet
}

// reset forgets the last customer.
func (r *Result) reset() {
	r.Scored, r.Before, r.Ruled, r.Final = -1, -1, -1, -1
	r.Has, r.NoRow, r.Steps, r.Outcome, r.Missing, r.Refused = false, false, r.Steps[:0], None, 0, nil
}

func (r *Result) step(s Step) { r.Steps = append(r.Steps, s) }
