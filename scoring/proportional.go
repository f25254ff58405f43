package scoring

import (
	"errors"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Proportional gives points in proportion to the value: W * of / full, and nothing for a value below 0. Inverse, it gives
// W * full / of, and W for a value of 0 or less.
//
//	proportional: {full: 1}
//	proportional: {full: 0.5, inverse: true}
//
// The first is the traditional index of Wall (1928), the second the 应得分值 = 标准 / 实际 × 权重 of bank rating tables.
type Proportional struct {
	At
	Full    Operand `key:"full,required" doc:"the value that earns the full weight, above 0, in the unit of the value"`
	Inverse bool    `key:"inverse" doc:"whether smaller values earn more: W * full / of"`

	factor   Number // W / full, or W * full
	constant bool   // whether factor is known beforehand
}

var errFullNotAbove0 = errors.New("`full` must be above 0 to divide by it")

// Check finds a full value that is not above 0.
func (p *Proportional) Check(s Setting) []Fault {
	faults := append(s.NeedNumber(), s.NeedWeight()...)
	full, ok := p.Full.IsConst()
	switch {
	case !p.Full.IsSet():
		if p.Node() == nil { // else the decoder said so
			faults = append(faults, doc.Errorf(s.Place, "missing-key", "proportional needs `full`: the value that earns the full weight"))
		}
	case ok && full.Sign() <= 0:
		faults = append(faults, doc.Errorf(p.Of("full"), "bad-number", "`full` must be above 0, not %s", full))
	case ok:
		p.factor, p.constant = p.factorOf(full, s.Weight), true
	}
	return faults
}

func (p *Proportional) factorOf(full, weight Number) Number {
	if p.Inverse {
		return weight.Mul(full)
	}
	return quo(weight, full)
}

// Points returns the points in proportion to the value.
func (p *Proportional) Points(c *Case) (Number, Absence) {
	x, absent := c.Number()
	if absent != 0 {
		return x, absent
	}
	factor := p.factor
	if !p.constant {
		full, absent := p.Full.Eval(c.Frame)
		if absent != 0 {
			return full, absent
		}
		if full.Sign() <= 0 {
			return full, c.Frame.Fail(errFullNotAbove0)
		}
		factor = p.factorOf(full, c.Weight)
	}
	switch {
	case !p.Inverse && x.Sign() <= 0:
		return Number{}, 0
	case !p.Inverse:
		return x.Mul(factor), 0
	case x.Sign() <= 0:
		return c.Weight, 0
	}
	return quo(factor, x), 0
}

// Working shows the proportion.
func (p *Proportional) Working(c *Case) string {
	x, absent := c.Number()
	full, absent2 := p.Full.Eval(c.Frame)
	switch {
	case absent != 0 || absent2 != 0 || x.Sign() <= 0:
		return ""
	case p.Inverse:
		return figure(c.Weight) + " * " + figure(full) + " / " + figure(x)
	}
	return figure(c.Weight) + " * " + figure(x) + " / " + figure(full)
}

// Range returns the points at the ends of of.
func (p *Proportional) Range(of Interval, weight Number) (points Interval, ok bool) {
	if !p.constant {
		return Interval{}, false
	}
	at := func(x Number) Number {
		switch {
		case x.Sign() <= 0 && p.Inverse:
			return weight
		case x.Sign() <= 0:
			return Number{}
		case p.Inverse:
			return quo(p.factor, x)
		}
		return x.Mul(p.factor)
	}
	if !p.Inverse {
		points.NoMax = of.NoMax
		if !of.NoMin {
			points.Min = at(of.Min)
		}
		if !of.NoMax {
			points.Max = at(of.Max)
		}
		return points, true
	}
	// Just above 0 the points grow beyond every bound; from there on they fall towards 0.
	if !of.NoMax {
		points.Min = at(of.Max)
	}
	switch {
	case !of.NoMin && of.Min.Sign() > 0:
		points.Max = at(of.Min)
	case !of.NoMax && of.Max.Sign() <= 0:
		points.Min, points.Max = weight, weight
	default:
		points.NoMax = true
		points.Min = least(points.Min, weight)
	}
	return points, true
}

// Trend is rising, or falling where inverse: once points are held at W, values of 0 and less earn no less than others.
func (p *Proportional) Trend(Number) Trend {
	if p.Inverse {
		return Falling
	}
	return Rising
}

// Describe says what Proportional does.
func (p *Proportional) Describe(lang string) string {
	if p.Inverse {
		return in(lang, "与实际值成反比：权重 × 标准 ÷ 实际值", "inversely proportional: weight * full / value")
	}
	return in(lang, "与实际值成正比：权重 × 实际值 ÷ 标准", "proportional: weight * value / full")
}
