package scoring

// Mean gives the mean of the points of several methods, each held within [0, W] first unless the indicator goes beyond.
// All of them must have points.
//
//	mean: [{bands: [...]}, {linear: {...}}]
type Mean []Method

// Check checks all methods.
func (m *Mean) Check(s Setting) []Fault { return checkAll(*m, s) }

// Points returns the sum of the points over the number of methods.
func (m *Mean) Points(c *Case) (Number, Absence) {
	var sum Number
	for _, x := range *m {
		p, absent := x.Points(c)
		if absent != 0 {
			c.Row = 0
			return p, absent
		}
		sum = sum.Add(c.hold(p))
	}
	c.Row = 0
	return quo(sum, Int(int64(len(*m)))), 0
}

// Range returns the mean of the ends, for points that are held as well as for those that are not.
func (m *Mean) Range(of Interval, weight Number) (points Interval, ok bool) {
	rs, ok := ranges(*m, of, weight)
	if !ok {
		return points, false
	}
	for _, r := range rs {
		points = points.Add(r.Join(r.Hold(Interval{Max: weight})))
	}
	n := Int(int64(len(rs)))
	points.Min, points.Max = quo(points.Min, n), quo(points.Max, n)
	return points, true
}

// Trend is the one that the methods have in common.
func (m *Mean) Trend(weight Number) Trend { return trends(*m, weight) }

// Describe says what Mean does.
func (m *Mean) Describe(lang string) string {
	return in(lang, "取各方法得分的平均值", "the mean of the points of several methods")
}
