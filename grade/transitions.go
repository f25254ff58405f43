package grade

import (
	"fmt"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Transitions say how far a grade may move from the previous one. Where the previous grade is absent, or one of the two
// is off the ladder, they are skipped.
//
// First comes the freeze, which leaves the previous grade as it was and ends the matter; then the longest step up or
// down; then the forbidden steps: who may not go from C to A goes to the next grade on the way back to C that is
// allowed, here B. AtMost and AtLeast of rules that fired hold after all of this.
type Transitions struct {
	At
	From    Any       `key:"from,required" doc:"the previous grade, or its name"`
	MaxUp   Operand   `key:"max_up" doc:"the most steps up, a whole number"`
	MaxDown Operand   `key:"max_down" doc:"the most steps down, a whole number"`
	Forbid  []Move    `key:"forbid" doc:"steps that may not be made at once"`
	Freeze  Condition `key:"freeze" doc:"when the grade stays as it was"`
	Reason  Title     `key:"reason" doc:"the reason given where the grade was held back"`
}

// Move is a step from one grade to another, both on the ladder.
type Move struct {
	At
	From string `key:"from,required" doc:"the previous grade"`
	To   string `key:"to,required" doc:"the grade that may not follow"`

	from, to int
}

// limit returns how far the transitions let a grade move from previous to to, both on the ladder. index is the step
// forbidden, -1 for the other effects.
func (t *Transitions) limit(c *climb, previous, to int) {
	at := to
	if t.Freeze.IsSet() {
		frozen, missing, ok := evaluate(c, &t.Freeze, transitionWhere("freeze"))
		switch {
		case !ok:
			return
		case missing != 0:
			c.refer(Step{Kind: Transition, Index: -1, From: at, To: at, Effect: Unknown, Missing: missing})
		case frozen:
			c.out.step(Step{Kind: Transition, Index: -1, From: at, To: previous, Effect: Frozen})
			c.at = previous
			return
		}
	}
	up, ok := t.steps(c, &t.MaxUp, "max_up", at < previous)
	if !ok {
		return
	}
	down, ok := t.steps(c, &t.MaxDown, "max_down", at > previous)
	if !ok {
		return
	}
	moved := false
	if up >= 0 && at < previous-up {
		c.out.step(Step{Kind: Transition, Index: -1, From: at, To: previous - up, Effect: HeldUp})
		at, moved = previous-up, true
	}
	if down >= 0 && at > previous+down {
		c.out.step(Step{Kind: Transition, Index: -1, From: at, To: previous + down, Effect: HeldDown})
		at, moved = previous+down, true
	}
	for at != previous {
		i := t.forbidden(previous, at)
		if i < 0 {
			break
		}
		back := at + 1
		if at > previous {
			back = at - 1
		}
		c.out.step(Step{Kind: Transition, Index: i, From: at, To: back, Effect: Forbidden})
		at, moved = back, true
	}
	if !moved {
		c.out.step(Step{Kind: Transition, Index: -1, From: at, To: at, Effect: NoChange})
	}
	c.at = at
}

// forbidden returns the index of the step from one grade to another among those forbidden, or -1.
func (t *Transitions) forbidden(from, to int) int {
	for i := range t.Forbid {
		if t.Forbid[i].from == from && t.Forbid[i].to == to {
			return i
		}
	}
	return -1
}

// steps returns the number of steps that e allows, -1 for any number. It asks e only when the grade moves that way.
func (t *Transitions) steps(c *climb, e *Operand, key string, moves bool) (n int, ok bool) {
	if !e.IsSet() || !moves {
		return -1, true
	}
	x, missing, ok := evaluate(c, e, transitionWhere(key))
	switch {
	case !ok:
		return 0, false
	case missing != 0:
		c.refer(Step{Kind: Transition, Index: -1, From: c.at, To: c.at, Effect: Unknown, Missing: missing})
		return -1, true
	}
	i, ok := stepCount(x)
	if !ok {
		c.fail(transitionWhere(key), e.Place(), fmt.Errorf("%s steps cannot be made: a whole number from 0 is needed", x))
		return 0, false
	}
	return i, true
}

// stepCount returns x as a number of steps; more than there can be grades are all of them.
func stepCount(x Number) (n int, ok bool) {
	if !x.IsInt() || x.Sign() < 0 {
		return 0, false
	}
	if i, fits := x.Int64(); fits && i < maxGrades {
		return int(i), true
	}
	return maxGrades, true
}

// gradeOf returns the index of the grade that v is or names.
func (l *Ladder) gradeOf(v Value) (int, error) {
	switch v.Kind {
	case slot.Grade:
		if v.Int >= 0 && v.Int < int64(len(l.Scale)) {
			return int(v.Int), nil
		}
		return 0, fmt.Errorf("there is no grade number %d", v.Int)
	case slot.String:
		if i := l.Index(v.Str); i >= 0 {
			return i, nil
		}
		return 0, fmt.Errorf("there is no grade %q: %s", v.Str, doc.Suggest(v.Str, l.Names()))
	}
	return 0, fmt.Errorf("a %s is no grade", v.Kind)
}
