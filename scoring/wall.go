package scoring

import (
	"errors"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Wall is the modern form of Wall's comprehensive scoring (沃尔评分法): the standard value earns the standard points, and
// every further unit of
//
//	(max - standard) / (max_points - standard_points)
//
// one point more; the points are held between min_points and max_points. A max below the standard is for indicators of
// which less is better. Where max_points is above the weight, say `beyond: true`, or points are cut at the weight.
//
//	wall: {standard: 2, max: 3, standard_points: 10, max_points: 15, min_points: 5}
//
// Source: 《财务成本管理》 textbooks, 每分比率差 = (最高比率 − 标准比率) / (最高评分 − 标准评分). The traditional form, points in
// proportion to value / standard, is [Proportional].
type Wall struct {
	At
	Standard       Operand `key:"standard,required" doc:"标准比率: the value that earns standard_points"`
	Max            Operand `key:"max,required" doc:"最高比率: the value that earns max_points"`
	StandardPoints Number  `key:"standard_points,required" doc:"标准评分值: the points of the standard value"`
	MaxPoints      Number  `key:"max_points,required" doc:"最高评分: the most points"`
	MinPoints      Number  `key:"min_points" doc:"最低评分: the least points, 0 if unsaid"`

	slope    Number // points per unit of the value
	standard Number
	constant bool // whether they are known beforehand
}

var errWallFlat = errors.New("`standard` and `max` of wall are equal: no ratio can be formed")

// Check finds a max that equals the standard, and points that are in the wrong order.
func (w *Wall) Check(s Setting) []Fault {
	faults := s.NeedNumber()
	at := func(key string) Place {
		if w.Node() == nil {
			return s.Place
		}
		return w.Of(key)
	}
	if w.Node() == nil && (!w.Standard.IsSet() || !w.Max.IsSet()) { // in a file, the decoder said so
		faults = append(faults, doc.Errorf(s.Place, "missing-key", "wall needs `standard` and `max`"))
	}
	if !w.StandardPoints.Less(w.MaxPoints) {
		faults = append(faults, doc.Errorf(at("max_points"), "bad-number", "`max_points` must be above `standard_points`, but %s is not above %s", w.MaxPoints, w.StandardPoints))
	}
	if w.StandardPoints.Less(w.MinPoints) {
		faults = append(faults, doc.Errorf(at("min_points"), "bad-number", "`min_points` must not be above `standard_points`, but %s is above %s", w.MinPoints, w.StandardPoints))
	}
	if s.Weighted && !s.Beyond && s.Weight.Less(w.MaxPoints) {
		faults = append(faults, doc.Warnf(at("max_points"), "never-earned", "`max_points` %s can never be earned: points are cut at the weight, %s", w.MaxPoints, s.Weight).
			WithHint("add `beyond: true` to the indicator, or raise its weight"))
	}
	standard, ok := w.Standard.IsConst()
	best, ok2 := w.Max.IsConst()
	if ok && ok2 {
		w.standard, w.constant = standard, true
		if w.slope, ok = w.MaxPoints.Sub(w.StandardPoints).Quo(best.Sub(standard)); !ok {
			faults = append(faults, doc.Errorf(at("max"), "bad-number", "`max` must not equal `standard`, but both are %s", best))
		}
	}
	return faults
}

// line returns the standard value, and the points per unit of the value.
func (w *Wall) line(f *Frame) (standard, slope Number, absent Absence) {
	if w.constant {
		return w.standard, w.slope, 0
	}
	standard, absent = w.Standard.Eval(f)
	if absent != 0 {
		return standard, slope, absent
	}
	best, absent := w.Max.Eval(f)
	if absent != 0 {
		return standard, slope, absent
	}
	slope, ok := w.MaxPoints.Sub(w.StandardPoints).Quo(best.Sub(standard))
	if !ok {
		return standard, slope, f.Fail(errWallFlat)
	}
	return standard, slope, 0
}

// Points returns the standard points and the adjustment for the distance from the standard.
func (w *Wall) Points(c *Case) (Number, Absence) {
	x, absent := c.Number()
	if absent != 0 {
		return x, absent
	}
	standard, slope, absent := w.line(c.Frame)
	if absent != 0 {
		return Number{}, absent
	}
	return w.points(x, standard, slope), 0
}

func (w *Wall) points(x, standard, slope Number) Number {
	p := w.StandardPoints.Add(x.Sub(standard).Mul(slope))
	return least(most(p, w.MinPoints), w.MaxPoints)
}

// Working shows the adjustment.
func (w *Wall) Working(c *Case) string {
	x, absent := c.Number()
	if absent != 0 {
		return ""
	}
	standard, absent := w.Standard.Eval(c.Frame)
	best, absent2 := w.Max.Eval(c.Frame)
	if absent != 0 || absent2 != 0 {
		return ""
	}
	text := figure(w.StandardPoints) + " + (" + figure(x) + " - " + paren(standard) + ") / ((" + figure(best) + " - " + paren(standard) +
		") / (" + figure(w.MaxPoints) + " - " + paren(w.StandardPoints) + "))"
	slope, ok := w.MaxPoints.Sub(w.StandardPoints).Quo(best.Sub(standard))
	switch p := w.StandardPoints.Add(x.Sub(standard).Mul(slope)); {
	case !ok:
		return ""
	case p.Less(w.MinPoints):
		return "max(" + figure(w.MinPoints) + ", " + text + ")"
	case w.MaxPoints.Less(p):
		return "min(" + figure(w.MaxPoints) + ", " + text + ")"
	}
	return text
}

// Range returns the points at the ends of of.
func (w *Wall) Range(of Interval, _ Number) (Interval, bool) {
	if !w.constant {
		return Interval{}, false
	}
	at := func(x Number, none, top bool) Number {
		switch {
		case !none:
			return w.points(x, w.standard, w.slope)
		case top == (w.slope.Sign() > 0):
			return w.MaxPoints
		}
		return w.MinPoints
	}
	return Between(at(of.Min, of.NoMin, false), at(of.Max, of.NoMax, true)), true
}

// Trend is rising where max is above the standard.
func (w *Wall) Trend(Number) Trend {
	switch {
	case !w.constant:
		return UnknownTrend
	case w.slope.Sign() > 0:
		return Rising
	}
	return Falling
}

// Describe says what Wall does.
func (w *Wall) Describe(lang string) string {
	return in(lang, "沃尔评分法：标准评分 +（实际比率 − 标准比率）÷ 每分比率差", "Wall's scoring: standard points + (value - standard) / value per point")
}
