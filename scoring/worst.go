package scoring

// Worst gives the least points of several methods (孰低法). All of them must have points. The row is the number of the
// method that gave the least.
//
//	worst: [{bands: [...]}, {formula: ...}]
type Worst []Method

// Check checks all methods.
func (w *Worst) Check(s Setting) []Fault { return checkAll(*w, s) }

// Points returns the least points.
func (w *Worst) Points(c *Case) (Number, Absence) {
	return pick(*w, c, Number.Less)
}

// Range returns an interval for the least points.
func (w *Worst) Range(of Interval, weight Number) (points Interval, ok bool) {
	rs, ok := ranges(*w, of, weight)
	for i, r := range rs {
		if i == 0 {
			points = r
			continue
		}
		switch {
		case points.NoMax:
			points.Max, points.NoMax = r.Max, r.NoMax
		case !r.NoMax:
			points.Max = least(points.Max, r.Max)
		}
		points.NoMin = points.NoMin || r.NoMin
		points.Min = least(points.Min, r.Min)
	}
	return points, ok
}

// Trend is the one that the methods have in common.
func (w *Worst) Trend(weight Number) Trend { return trends(*w, weight) }

// Describe says what Worst does.
func (w *Worst) Describe(lang string) string {
	return in(lang, "孰低法：取各方法中的最低分", "the least points of several methods")
}

// RowText says what method i does.
func (w *Worst) RowText(i int, lang string) string { return methodText(*w, i, lang) }
