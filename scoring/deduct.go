package scoring

import "github.com/tallystick-go/tallystick/internal/doc"

// Deduct takes points off the weight for the distance beyond a standard: W - distance / step * points, in proportion, or
// for complete steps only. A value on the good side of the standard earns W.
//
//	deduct: {from: 0, step: 10, points: 2}                       # overdue days: 2 points for every 10, 1 for 5
//	deduct: {from: 0.4, step: 0.05, points: 1, whole: true}      # 每增加5个百分点扣1分: 1 point for every complete 0.05
//	deduct: {from: 1.5, step: 0.01, points: 0.08, direction: below}
type Deduct struct {
	At
	From      Number    `key:"from,required" doc:"the value up to which nothing is deducted, in the unit of the value"`
	Step      Number    `key:"step,required" doc:"the distance that costs points, above 0, in the unit of the value"`
	Cost      Number    `key:"points,required" doc:"the points that a step costs, above 0"`
	Whole     bool      `key:"whole" doc:"whether only complete steps cost points; false if unsaid: in proportion"`
	Direction Direction `key:"direction,oneof=above|below" doc:"which values cost points: above from (unsaid), or below"`

	rate Number // points per unit of the value
}

// Direction says on which side of a standard values cost points. The empty Direction is AboveCosts.
type Direction string

// The directions.
const (
	AboveCosts Direction = "above" // greater values cost points
	BelowCosts Direction = "below" // smaller values cost points
)

// Check finds a step or a cost that is not above 0.
func (t *Deduct) Check(s Setting) []Fault {
	faults := append(s.NeedNumber(), s.NeedWeight()...)
	if t.Node() == nil && t.Direction != "" && t.Direction != AboveCosts && t.Direction != BelowCosts {
		faults = append(faults, doc.Errorf(s.Place, "bad-choice", "values cost points above or below the standard, not %q", t.Direction))
	}
	if t.Node() != nil && (t.Node().Get("step") == nil || t.Node().Get("points") == nil) {
		return faults // the decoder said so
	}
	at := func(key string) Place {
		if t.Node() == nil {
			return s.Place
		}
		return t.Of(key)
	}
	if t.Cost.Sign() <= 0 {
		faults = append(faults, doc.Errorf(at("points"), "bad-number", "`points` must be above 0, not %s", t.Cost).
			WithHint("it says how many points a step takes away"))
	}
	if t.Step.Sign() <= 0 {
		return append(faults, doc.Errorf(at("step"), "bad-number", "`step` must be above 0, not %s", t.Step))
	}
	t.rate = quo(t.Cost, t.Step)
	return faults
}

// distance returns how far x lies on the side that costs points.
func (t *Deduct) distance(x Number) Number {
	d := x.Sub(t.From)
	if t.Direction == BelowCosts {
		d = d.Neg()
	}
	if d.Sign() <= 0 {
		return Number{}
	}
	return d
}

// deduction returns what x costs.
func (t *Deduct) deduction(x Number) Number {
	d := t.distance(x)
	if t.Whole {
		return quo(d, t.Step).Floor().Mul(t.Cost)
	}
	return d.Mul(t.rate)
}

// Points returns the weight less the deduction.
func (t *Deduct) Points(c *Case) (Number, Absence) {
	x, absent := c.Number()
	if absent != 0 {
		return x, absent
	}
	return c.Weight.Sub(t.deduction(x)), 0
}

// Working shows the deduction.
func (t *Deduct) Working(c *Case) string {
	x, absent := c.Number()
	if absent != 0 || t.distance(x).Sign() == 0 {
		return ""
	}
	a, b := x, t.From
	if t.Direction == BelowCosts {
		a, b = b, a
	}
	steps := "(" + figure(a) + " - " + paren(b) + ") / " + figure(t.Step)
	if t.Whole {
		steps = "floor(" + steps + ")"
	}
	return figure(c.Weight) + " - " + steps + " * " + figure(t.Cost)
}

// Range returns the points at the ends of of.
func (t *Deduct) Range(of Interval, weight Number) (points Interval, ok bool) {
	good, bad, noGood, noBad := of.Min, of.Max, of.NoMin, of.NoMax
	if t.Direction == BelowCosts {
		good, bad, noGood, noBad = bad, good, noBad, noGood
	}
	points.Max = weight
	if !noGood {
		points.Max = weight.Sub(t.deduction(good))
	}
	if points.NoMin = noBad; !noBad {
		points.Min = weight.Sub(t.deduction(bad))
	}
	return points, true
}

// Trend is falling where greater values cost points.
func (t *Deduct) Trend(Number) Trend {
	if t.Direction == BelowCosts {
		return Rising
	}
	return Falling
}

// Describe says what Deduct does.
func (t *Deduct) Describe(lang string) string {
	step, cost, from := t.Step.String(), t.Cost.String(), t.From.String()
	switch {
	case t.Direction == BelowCosts && t.Whole:
		return in(lang, "满分为权重，低于 "+from+" 每满 "+step+" 扣 "+cost+" 分", "weight less "+cost+" for every complete "+step+" below "+from)
	case t.Direction == BelowCosts:
		return in(lang, "满分为权重，低于 "+from+" 每 "+step+" 扣 "+cost+" 分，按比例", "weight less "+cost+" for every "+step+" below "+from+", in proportion")
	case t.Whole:
		return in(lang, "满分为权重，高于 "+from+" 每满 "+step+" 扣 "+cost+" 分", "weight less "+cost+" for every complete "+step+" above "+from)
	}
	return in(lang, "满分为权重，高于 "+from+" 每 "+step+" 扣 "+cost+" 分，按比例", "weight less "+cost+" for every "+step+" above "+from+", in proportion")
}
