package scoring

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
)

// Linear gives points along straight lines between knots, and those of the outermost knots beyond them.
//
//	linear: {0.6: 0, 0.8: 10, 1: 20}
type Linear struct {
	Knots []Knot // ascending by At

	place  Place
	ruler  exact.Ruler // on the knots
	slopes []Number    // from knot i to knot i+1
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

// aNumber is what a name that is a number is like.
var aNumber = doc.Pattern{Regexp: `^-?[0-9][0-9_]*(\.[0-9_]+)?([eE][+-]?[0-9]+)?$`, Examples: []string{"0.6", "1_000"}}

// DocShapes says that a map from numbers to numbers is read.
func (l *Linear) DocShapes() []any {
	return []any{doc.Shape{Of: doc.Dict[Number]{}, Least: 2, Names: &aNumber}}
}

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
			faults = append(faults, doc.Errorf(l.at(s, b.place), "knot-order", "the knot %s stands after %s, but the knots must ascend", b.At, a.At).
				WithHint("put the knots in the order of their values"))
		}
		l.slopes[i] = slope
	}
	at := make([]Number, len(l.Knots))
	for i := range l.Knots {
		at[i] = l.Knots[i].At
	}
	l.ruler = exact.NewRuler(at)
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
	place := l.ruler.Place(x)
	switch last := len(l.Knots) - 1; {
	case place == 0:
		return 0, false
	case place > 2*last:
		return last, false
	}
	return (place - 1) / 2, true
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
	return figure(y1) + " + (" + figure(x) + " - " + paren(x1) + ") / (" + figure(x2) + " - " + paren(x1) + ") * (" +
		figure(y2) + " - " + paren(y1) + ")"
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
	c, _ := l.course(Number{}, nil)
	return c.trend()
}

func (l *Linear) course(Number, *Domain) (c course, ok bool) {
	for _, k := range l.Knots {
		c.points, c.places = append(c.points, k.Points), append(c.places, k.place)
	}
	return c, true
}

// Describe says what Linear does.
func (l *Linear) Describe(lang string) string {
	return in(lang, "在各节点之间线性插值，两端以外取端点得分", "straight lines between the knots, flat beyond them")
}
