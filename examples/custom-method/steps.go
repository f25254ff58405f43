package main

import (
	"fmt"

	"github.com/tallystick-go/tallystick/scoring"
)

// Steps is a method of our own: points for every unit of the value, and one that has only begun counts in full.
//
//	steps: {unit: 2, points: 20}             # earned from 0: 20 points for every two years begun
//	steps: {unit: 7, points: -25, from: 3}   # taken off the weight: 25 for every week begun after day 3
//
// The embedded At remembers where in the policy the parameters stand, for faults; the tags are what a policy writes.
type Steps struct {
	scoring.At
	Unit scoring.Number `key:"unit,required" doc:"how long a step is, above 0, in the unit of the value"`
	Each scoring.Number `key:"points,required" doc:"the points of a step; below 0 they are taken off the weight"`
	From scoring.Number `key:"from" doc:"where the first step begins, 0 if unsaid"`
}

// Check looks at the parameters, once, when the policy is loaded.
func (m *Steps) Check(s scoring.Setting) []scoring.Fault {
	faults := s.NeedNumber()
	if m.Unit.Sign() <= 0 {
		faults = append(faults, wrong(m.At, "unit", "a step of %s leads nowhere: `unit` must be above 0", m.Unit)...)
	}
	switch m.Each.Sign() {
	case 0:
		faults = append(faults, wrong(m.At, "points", "steps of 0 points change nothing")...)
	case -1:
		faults = append(faults, s.NeedWeight()...)
	}
	return faults
}

// wrong returns a fault at the value of key. Where the policy does not have the key, that was said before.
func wrong(at scoring.At, key, format string, args ...any) []scoring.Fault {
	if at.Node() != nil && at.Node().Get(key) == nil {
		return nil
	}
	return []scoring.Fault{{Place: at.Of(key), Code: "bad-number", Message: fmt.Sprintf(format, args...)}}
}

// Points is asked for every customer, from many goroutines at once: it changes nothing in m.
func (m *Steps) Points(c *scoring.Case) (scoring.Number, scoring.Absence) {
	value, missing := c.Number()
	if missing != 0 {
		return value, missing
	}
	return m.points(value, c.Weight), 0
}

func (m *Steps) points(value, weight scoring.Number) scoring.Number {
	points := m.count(value).Mul(m.Each)
	if m.Each.Sign() < 0 {
		points = weight.Add(points)
	}
	return points
}

// count returns how many steps have begun.
func (m *Steps) count(value scoring.Number) scoring.Number {
	steps, _ := value.Sub(m.From).Quo(m.Unit) // Check has seen to it that the unit is not 0
	if steps.Sign() <= 0 {
		return scoring.Int(0)
	}
	return steps.Ceil()
}

// Range says which points can come out, so that a policy is told of a weight that nobody can earn.
func (m *Steps) Range(of scoring.Interval, weight scoring.Number) (points scoring.Interval, ok bool) {
	lowest := of.Min
	if of.NoMin {
		lowest = m.From // before which no step begins
	}
	first, last := m.points(lowest, weight), m.points(of.Max, weight)
	if m.Each.Sign() < 0 {
		return scoring.Interval{Min: last, NoMin: of.NoMax, Max: first}, true
	}
	return scoring.Interval{Min: first, Max: last, NoMax: of.NoMax}, true
}

// Trend says which way points go, for the key `monotone` of an indicator.
func (m *Steps) Trend(scoring.Number) scoring.Trend {
	if m.Each.Sign() < 0 {
		return scoring.Falling
	}
	return scoring.Rising
}

// Working shows the calculation of one customer, for explanations.
func (m *Steps) Working(c *scoring.Case) string {
	value, missing := c.Number()
	if missing != 0 {
		return ""
	}
	steps := m.count(value).String()
	if m.Each.Sign() < 0 {
		return c.Weight.String() + " - " + steps + " * " + m.Each.Abs().String()
	}
	return steps + " * " + m.Each.String()
}

// Describe says what the method does, for the policy as a document.
func (m *Steps) Describe(lang string) string {
	if lang == "zh" {
		return fmt.Sprintf("%s以上每%s计%s分，不足一步按一步计", m.From, m.Unit, m.Each)
	}
	return fmt.Sprintf("%s points for every %s begun above %s", m.Each, m.Unit, m.From)
}
