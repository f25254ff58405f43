package scoring

// Best gives the most points of several methods (孰高法). All of them must have points. The row is the number of the
// method that gave the most.
//
//	best: [{bands: [...]}, {linear: {...}}]
type Best []Method

// Check checks all methods.
func (b *Best) Check(s Setting) []Fault { return checkAll(*b, s) }

// Points returns the most points.
func (b *Best) Points(c *Case) (Number, Absence) {
	return pick(*b, c, func(x, y Number) bool { return y.Less(x) })
}

// Range returns an interval for the most points.
func (b *Best) Range(of Interval, weight Number) (points Interval, ok bool) {
	rs, ok := ranges(*b, of, weight)
	for i, r := range rs {
		if i == 0 {
			points = r
			continue
		}
		switch {
		case points.NoMin:
			points.Min, points.NoMin = r.Min, r.NoMin
		case !r.NoMin:
			points.Min = most(points.Min, r.Min)
		}
		points.NoMax = points.NoMax || r.NoMax
		points.Max = most(points.Max, r.Max)
	}
	return points, ok
}

// Trend is the one that the methods have in common.
func (b *Best) Trend(weight Number) Trend { return trends(*b, weight) }

// Describe says what Best does.
func (b *Best) Describe(lang string) string {
	return in(lang, "孰高法：取各方法中的最高分", "the most points of several methods")
}

// RowText says what method i does.
func (b *Best) RowText(i int, lang string) string { return methodText(*b, i, lang) }
