package scoring

import "github.com/tallystick-go/tallystick/internal/doc"

// checkAll checks the methods of a Best, Worst or Mean.
func checkAll(methods []Method, s Setting) []Fault {
	if len(methods) == 0 {
		return []Fault{doc.Errorf(s.Place, "no-rows", "at least one method is needed here")}
	}
	var faults []Fault
	for _, m := range methods {
		switch {
		case m != nil:
			faults = append(faults, m.Check(s)...)
		case !s.Place.Known(): // in a file, the decoder said so
			faults = append(faults, doc.Errorf(s.Place, "missing-key", "one of the methods is nil"))
		}
	}
	return faults
}

// pick returns the points of the method that better prefers; the row is that method's number. All must have points.
func pick(methods []Method, c *Case, better func(a, b Number) bool) (Number, Absence) {
	var points Number
	row := 0
	for i, m := range methods {
		p, absent := m.Points(c)
		if absent != 0 {
			c.Row = 0
			return p, absent
		}
		if i == 0 || better(p, points) {
			points, row = p, i+1
		}
	}
	c.Row = row
	return points, 0
}

// ranges returns the range of every method.
func ranges(methods []Method, of Interval, weight Number) ([]Interval, bool) {
	out := make([]Interval, len(methods))
	for i, m := range methods {
		r, ok := m.(Ranger)
		if !ok {
			return nil, false
		}
		if out[i], ok = r.Range(of, weight); !ok {
			return nil, false
		}
	}
	return out, len(out) > 0
}

// trends returns the trend that all methods have, or that of those which are not steady.
func trends(methods []Method, weight Number) Trend {
	all := Steady
	for _, m := range methods {
		t := UnknownTrend
		if m, ok := m.(Trender); ok {
			t = m.Trend(weight)
		}
		switch {
		case t == Steady || t == all:
		case all == Steady && t != Mixed:
			all = t
		default:
			return UnknownTrend // methods that go opposite ways may still agree together
		}
	}
	return all
}

// methodText says what method i, from 1, does.
func methodText(methods []Method, i int, lang string) string {
	if i < 1 || i > len(methods) {
		return ""
	}
	if m, ok := methods[i-1].(Describer); ok {
		return m.Describe(lang)
	}
	return ""
}
