package scoring

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Linear gives points along straight lines between knots, and those of the outermost knots beyond them.
//
//	linear: {0.6: 0, 0.8: 10, 1: 20}
type Linear struct {
	Knots []Knot // ascending by At

	place  Place
	slopes []Number // from knot i to knot i+1
}

// Knot is a value, and the points that it earns.
type Knot struct {
	At, Points Number

	place Place
}

// UnmarshalDoc reads a map from values to points.
func (l *Linear) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	l.place = n.Place
	if n.Kind != doc.Map {
		d.Fault(doc.Errorf(n.Place, "wrong-type", "a map from values to points is needed here, not %s", n.Kind).
			WithHint("write {0.6: 0, 0.8: 10, 1: 20}"))
		return
	}
	for _, p := range n.Pairs {
		at, ok := d.Number(p.Key)
		points, ok2 := d.Number(p.Value)
		if ok && ok2 {
			l.Knots = append(l.Knots, Knot{at, points, p.Key.Place})
		}
	}
}

// DocShapes says that a map from numbers to numbers is read.
func (l *Linear) DocShapes() []any { return []any{doc.Dict[Number]{}} }

// Check finds knots that do not ascend, or stand twice (0.2 and 0.20 are one).
func (l *Linear) Check(s Setting) []Fault {
	faults := s.NeedNumber()
	if len(l.Knots) < 2 {
		return append(faults, doc.Errorf(l.at(s, l.place), "no-rows", "a line needs at least two knots"))
	}
	l.slopes = make([]Number, len(l.Knots)-1)
	for i := range l.slopes {
		a, b := l.Knots[i], l.Knots[i+1]
		slope, ok := b.Points.Sub(a.Points).Quo(b.At.Sub(a.At))
		switch {
		case !ok:
			faults = append(faults, doc.Errorf(l.at(s, b.place), "duplicate-key", "the knot %s stands here twice", b.At).See(a.place, "the first one is here"))
		case b.At.Less(a.At):
			faults = append(faults, doc.Errorf(l.at(s, b.place), "not-ascending", "the knot %s stands after %s, but the knots must ascend", b.At, a.At))
		}
		l.slopes[i] = slope
	}
	return faults
}

func (l *Linear) at(s Setting, p Place) Place {
	if p.Known() {
		return p
	}
	return s.Place
}

// segment returns the knot that the line through x begins at, and whether x lies on a line at all; if not, the knot
// whose points x earns.
func (l *Linear) segment(x Number) (i int, between bool) {
	last := len(l.Knots) - 1
	switch {
	case !l.Knots[0].At.Less(x):
		return 0, false
	case !x.Less(l.Knots[last].At):
		return last, false
	}
	if last <= scanRows {
		for i = 1; !x.Less(l.Knots[i].At); i++ {
		}
		return i - 1, true
	}
	i, found := slices.BinarySearchFunc(l.Knots, x, func(k Knot, x Number) int { return k.At.Cmp(x) })
	if !found {
		i--
	}
	return i, true
}

// Points returns the points on the line through the value.
func (l *Linear) Points(c *Case) (Number, Absence) {
	x, absent := c.Number()
	if absent != 0 {
		return x, absent
	}
	i, between := l.segment(x)
	k := &l.Knots[i]
	if !between {
		return k.Points, 0
	}
	return k.Points.Add(x.Sub(k.At).Mul(l.slopes[i])), 0
}

// Working shows the line that the value lies on.
func (l *Linear) Working(c *Case) string {
	x, absent := c.Number()
	if absent != 0 {
		return ""
	}
	i, between := l.segment(x)
	if !between {
		return ""
	}
	return interpolated(x, l.Knots[i].At, l.Knots[i+1].At, l.Knots[i].Points, l.Knots[i+1].Points)
}

// interpolated shows the point at x on the line from (x1, y1) to (x2, y2).
func interpolated(x, x1, x2, y1, y2 Number) string {
	return y1.String() + " + (" + x.String() + " - " + paren(x1) + ") / (" + x2.String() + " - " + paren(x1) + ") * (" +
		y2.String() + " - " + paren(y1) + ")"
}

// Range returns the least and the most points between the ends of of.
func (l *Linear) Range(of Interval, _ Number) (Interval, bool) {
	at := func(x Number) Number {
		i, between := l.segment(x)
		if !between {
			return l.Knots[i].Points
		}
		return l.Knots[i].Points.Add(x.Sub(l.Knots[i].At).Mul(l.slopes[i]))
	}
	lo, hi := l.Knots[0].At, l.Knots[len(l.Knots)-1].At
	if !of.NoMin {
		lo = of.Min
	}
	if !of.NoMax {
		hi = of.Max
	}
	points := Just(at(lo)).Join(Just(at(hi)))
	for _, k := range l.Knots {
		if of.Contains(k.At) {
			points = points.Join(Just(k.Points))
		}
	}
	return points, true
}

// Trend compares the points of neighbouring knots.
func (l *Linear) Trend(Number) Trend {
	points := make([]Number, len(l.Knots))
	for i, k := range l.Knots {
		points[i] = k.Points
	}
	return trendOf(points)
}

// Describe says what Linear does.
func (l *Linear) Describe(lang string) string {
	return in(lang, "在各节点之间线性插值，两端以外取端点得分", "straight lines between the knots, flat beyond them")
}
