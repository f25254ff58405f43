package scoring

import (
	"errors"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Efficacy is the efficacy coefficient method (功效系数法) of 《中央企业综合绩效评价实施细则》 (2006). Five levels carry the
// coefficients 1, 0.8, 0.6, 0.4 and 0.2; a value between two of them earns the base of the lower one, weight *
// coefficient, and the part of the way to the upper one of the difference of their bases:
//
//	base of the lower level + (of - lower) / (upper - lower) * (base of the upper level - base of the lower level)
//
// A value at the excellent level or better earns W, one worse than poor 0. Levels that fall are for indicators of which
// less is better.
//
//	efficacy: {excellent: 12, good: 9.5, average: 5, low: 3, poor: 1}
type Efficacy struct {
	At
	Excellent Operand   `key:"excellent,required" doc:"优秀值: earns the full weight"`
	Good      Operand   `key:"good,required" doc:"良好值: earns 0.8 of the weight"`
	Average   Operand   `key:"average,required" doc:"平均值: earns 0.6 of the weight"`
	Low       Operand   `key:"low,required" doc:"较低值: earns 0.4 of the weight"`
	Poor      Operand   `key:"poor,required" doc:"较差值: earns 0.2 of the weight"`
	BelowPoor BelowPoor `key:"below_poor,oneof=zero|keep" doc:"what a value worse than poor earns: zero (unsaid), or keep, 0.2 of the weight"`

	levels   levels
	fifth    Number // of the weight: what lies between the bases of two levels
	constant bool   // whether levels are known beforehand
}

// BelowPoor says what a value worse than the poor level earns. The empty BelowPoor is ZeroBelowPoor.
type BelowPoor string

// What a value worse than poor earns.
const (
	ZeroBelowPoor BelowPoor = "zero" // nothing
	KeepBelowPoor BelowPoor = "keep" // what the poor level earns, 0.2 of the weight
)

// levels are the values of the five levels, the best first, and for each but the last the points per unit of the value
// on the way up to it.
type levels struct {
	at     [5]Number
	slope  [4]Number
	rising bool
}

var (
	levelNames     = [5]string{"excellent", "good", "average", "low", "poor"}
	errLevelsOrder = errors.New("the levels of efficacy must all rise or all fall from poor to excellent, and no two may be equal")
)

func (e *Efficacy) operands() [5]*Operand {
	return [5]*Operand{&e.Excellent, &e.Good, &e.Average, &e.Low, &e.Poor}
}

// Check finds levels that are equal, or that neither all rise nor all fall.
func (e *Efficacy) Check(s Setting) []Fault {
	faults := append(s.NeedNumber(), s.NeedWeight()...)
	if e.Node() == nil && e.BelowPoor != "" && e.BelowPoor != ZeroBelowPoor && e.BelowPoor != KeepBelowPoor {
		faults = append(faults, doc.Errorf(s.Place, "bad-choice", "what a value worse than poor earns is zero or keep, not %q", e.BelowPoor))
	}
	e.fifth = quo(s.Weight, Int(5))
	var at [5]Number
	constant := true
	for i, o := range e.operands() {
		v, ok := o.IsConst()
		at[i], constant = v, constant && ok
		if !o.IsSet() {
			if e.Node() == nil { // else the decoder said so
				faults = append(faults, doc.Errorf(s.Place, "missing-key", "efficacy needs the level `%s`", levelNames[i]))
			}
			return faults
		}
	}
	if !constant {
		return faults
	}
	l, wrong := order(at, e.fifth)
	if wrong > 0 {
		a, b := levelNames[wrong-1], levelNames[wrong]
		f := doc.Errorf(e.Of(b), "level-order", "the levels `%s` and `%s` are both %s: nothing lies between them", a, b, at[wrong])
		if !at[wrong].Equal(at[wrong-1]) {
			f = doc.Errorf(e.Of(b), "level-order", "the levels go up and down: `%s` is %s, `%s` is %s", a, at[wrong-1], b, at[wrong]).
				WithHint("from excellent to poor they must all fall, or all rise where less is better")
		}
		if e.Node() == nil {
			f.Place = s.Place
		}
		return append(faults, f)
	}
	e.levels, e.constant = l, true
	return faults
}

// order works out the slopes; wrong is the first level that is not on the right side of the one before it.
func order(at [5]Number, fifth Number) (l levels, wrong int) {
	l = levels{at: at, rising: at[4].Less(at[0])}
	for i := range l.slope {
		way := at[i].Sub(at[i+1])
		if way.Sign() == 0 || (way.Sign() > 0) != l.rising {
			return l, i + 1
		}
		l.slope[i] = quo(fifth, way)
	}
	return l, 0
}

// reaches reports whether x is at the level or better.
func (l *levels) reaches(x Number, level int) bool {
	if l.rising {
		return !x.Less(l.at[level])
	}
	return !l.at[level].Less(x)
}

// level returns the best level that x reaches, 5 when it is worse than poor.
func (l *levels) level(x Number) int {
	const average = 2
	i := 0
	if !l.reaches(x, average) {
		i = average + 1
	}
	for i < len(l.at) && !l.reaches(x, i) {
		i++
	}
	return i
}

// points returns what x earns.
func (l *levels) points(x, fifth Number, below BelowPoor) Number {
	switch i := l.level(x); {
	case i == 0:
		return fifth.Mul(Int(5))
	case i < len(l.at):
		return fifth.Mul(Int(int64(5 - i))).Add(x.Sub(l.at[i]).Mul(l.slope[i-1]))
	case below == KeepBelowPoor:
		return fifth
	}
	return Number{}
}

// Points returns the points of the value among the levels.
func (e *Efficacy) Points(c *Case) (Number, Absence) {
	x, absent := c.Number()
	if absent != 0 {
		return x, absent
	}
	if e.constant {
		return e.levels.points(x, e.fifth, e.BelowPoor), 0
	}
	l, absent := e.evaluate(c)
	if absent != 0 {
		return Number{}, absent
	}
	return l.points(x, e.fifth, e.BelowPoor), 0
}

// evaluate works out levels that depend on the customer.
func (e *Efficacy) evaluate(c *Case) (levels, Absence) {
	var at [5]Number
	for i, o := range e.operands() {
		var absent Absence
		if at[i], absent = o.Eval(c.Frame); absent != 0 {
			return levels{}, absent
		}
	}
	l, wrong := order(at, e.fifth)
	if wrong > 0 {
		return levels{}, c.Frame.Fail(errLevelsOrder)
	}
	return l, 0
}

// Working shows how the points lie between two levels.
func (e *Efficacy) Working(c *Case) string {
	x, absent := c.Number()
	l := e.levels
	if absent == 0 && !e.constant {
		l, absent = e.evaluate(c)
	}
	if absent != 0 {
		return ""
	}
	i := l.level(x)
	if i == 0 || i == len(l.at) {
		return ""
	}
	base := e.fifth.Mul(Int(int64(5 - i)))
	return interpolated(x, l.at[i], l.at[i-1], base, base.Add(e.fifth))
}

// Range returns the points at the ends of of.
func (e *Efficacy) Range(of Interval, weight Number) (Interval, bool) {
	if !e.constant {
		return Interval{}, false
	}
	at := func(x Number, none, top bool) Number {
		switch {
		case !none:
			return e.levels.points(x, e.fifth, e.BelowPoor)
		case top == e.levels.rising:
			return weight
		case e.BelowPoor == KeepBelowPoor:
			return e.fifth
		}
		return Number{}
	}
	return Between(at(of.Min, of.NoMin, false), at(of.Max, of.NoMax, true)), true
}

// Trend is that of the levels.
func (e *Efficacy) Trend(Number) Trend {
	switch {
	case !e.constant:
		return UnknownTrend
	case e.levels.rising:
		return Rising
	}
	return Falling
}

// Describe says what Efficacy does.
func (e *Efficacy) Describe(lang string) string {
	return in(lang, "功效系数法：本档基础分 + 功效系数 ×（上档基础分 − 本档基础分）",
		"efficacy coefficient: base of the level + position between the levels * difference of the bases")
}
