package credit

import (
	"strconv"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
)

// Step changes the limit. It has exactly one of Set, Add, Multiply, AtLeast, AtMost, Round and Unlimited.
//
// A limit that no step has set begins at 0. Every step is exact; Round rounds to multiples, by the mode of the policy
// unless it says another, and never over an AtMost that the amount was within, but then down. An AtMost is rounded down
// to the scale of money first.
//
// An unlimited limit stays so under Add, AtLeast, Round, and Multiply by more than 0; Multiply by 0 or less makes it 0.
// Set and AtMost make it finite again.
type Step struct {
	At
	ID        string    `key:"id" doc:"the identifier of the step"`
	Title     Title     `key:"title" doc:"the name for people"`
	When      Condition `key:"when" doc:"when the step is taken; always if unsaid"`
	Set       Operand   `key:"set" doc:"the limit is this"`
	Add       Operand   `key:"add" doc:"this more; less where it is negative"`
	Multiply  Operand   `key:"multiply" doc:"times this"`
	AtLeast   Operand   `key:"at_least" doc:"this, where it is less"`
	AtMost    Operand   `key:"at_most" doc:"this, where it is more"`
	Round     *Rounding `key:"round" doc:"to a multiple: {to: 1000, mode: down}"`
	Unlimited bool      `key:"unlimited" doc:"true: there is no limit"`
	Reason    Title     `key:"reason" doc:"the reason given where the step binds"`
	Code      string    `key:"code" doc:"the code of the reason, the id if unsaid"`

	// What Check makes ready.
	action  action
	when    func(*Frame) (bool, Absence)   // nil where the step is always taken
	value   func(*Frame) (Number, Absence) // of the operand, nil for Round and Unlimited
	mode    Mode
	ceiling *exact.Mark // of an AtMost that is the same for everybody, at the scale of money; else nil
	most    Number      // the same
}

// DocDetails says that a step does one thing.
func (*Step) DocDetails() doc.Details { return doc.Details{OneOf: actionKeys[1:]} }

// Rounding is to a multiple of an amount.
type Rounding struct {
	At
	To   Number `key:"to,required,short" doc:"round to multiples of this, more than 0"`
	Mode string `key:"mode,oneof=half_up|half_even|half_down|up|down|ceiling|floor" doc:"how to round, the policy's mode if unsaid"`
}

// action says which of its fields a Step uses.
type action uint8

const (
	noAction action = iota
	set
	add
	multiply
	atLeast
	atMost
	round
	makeUnlimited
)

// actionKeys are the keys of the actions.
var actionKeys = [...]string{"", "set", "add", "multiply", "at_least", "at_most", "round", "unlimited"}

// operand returns the field that the action uses, nil for Round and Unlimited.
func (s *Step) operand() *Operand {
	switch s.action {
	case set:
		return &s.Set
	case add:
		return &s.Add
	case multiply:
		return &s.Multiply
	case atLeast:
		return &s.AtLeast
	case atMost:
		return &s.AtMost
	}
	return nil
}

// begins reports whether s, of which that came, leaves nothing of what the steps before it made.
func (s *Step) begins(e StepEffect) bool {
	return (s.action == set || s.action == makeUnlimited) && e != NotMet
}

// ReasonCode returns the code under which the step is reported.
func (s *Step) ReasonCode() string {
	if s.Code != "" {
		return s.Code
	}
	return s.ID
}

// What bound a limit, where no step did.
const (
	NoBinding = -1 // nothing
	ByFloor   = -2 // a limit is never below 0
	ByGroup   = -3 // the limit of the group
	ByTotal   = -4 // a segment's limit is never above the limit as a whole
	ByHand    = -5 // the limit was given by hand
)

// Their names.
const (
	floorBinding = "floor"
	groupBinding = "group"
	totalBinding = "total"
	handBinding  = "override"
)

// unnamedStep begins the name of a step without an id.
const unnamedStep = "step "

// BindingName returns what a policy calls the step that bound, from a [LimitResult]: its id, "floor", "group", "total",
// "override", or "" for nothing.
func (t *Terms) BindingName(binding int) string { return bindingName(t.Steps, binding) }

func bindingName(steps []Step, binding int) string {
	switch binding {
	case ByFloor:
		return floorBinding
	case ByGroup:
		return groupBinding
	case ByTotal:
		return totalBinding
	case ByHand:
		return handBinding
	}
	if binding < 0 || binding >= len(steps) {
		return ""
	}
	return name(steps[binding].ID, unnamedStep, binding)
}

// name returns id, or the number of what has none.
func name(id, what string, index int) string {
	if id != "" {
		return id
	}
	return what + strconv.Itoa(index+1)
}
