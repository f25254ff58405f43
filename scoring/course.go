package scoring

import "strings"

// course is what the points of an indicator are as its value rises, each with the place where it stands.
type course struct {
	points     []Number
	places     []Place
	thresholds bool // rows with a bound on one side only, which stand from the best to the worst
}

// charted is a Method whose points are known beforehand; ok is false where they depend on more than the value.
type charted interface {
	// course is that of the values in d; nil: of all there are.
	course(weight Number, d *Domain) (c course, ok bool)
}

// trend returns where the points go.
func (c *course) trend() Trend {
	t := Steady
	for i := 1; i < len(c.points); i++ {
		switch d := c.points[i].Cmp(c.points[i-1]); {
		case d == 0:
		case t == Steady && d > 0:
			t = Rising
		case t == Steady:
			t = Falling
		case d > 0 && t == Falling, d < 0 && t == Rising:
			return Mixed
		}
	}
	return t
}

// doubtful reports whether the points go a way that nobody means, mostly: down and up again, or, along thresholds, up and
// down. Points that are best in the middle are what some ratios ask for.
func (c *course) doubtful() bool {
	if c.trend() != Mixed {
		return false
	}
	fell := false
	for i := 1; i < len(c.points); i++ {
		switch d := c.points[i].Cmp(c.points[i-1]); {
		case d < 0:
			fell = true
		case d > 0 && fell:
			return true
		}
	}
	return c.thresholds
}

// way returns where the points go on the whole.
func (c *course) way() Trend {
	if n := len(c.points); n > 0 && c.points[n-1].Less(c.points[0]) {
		return Falling
	}
	return Rising
}

// odd returns the first points that do not go the way of most, and those beside them that they contradict.
func (c *course) odd(way Trend) (i, beside int) {
	n := len(c.points)
	length, before := make([]int, n), make([]int, n) // of the longest row of points that goes that way and ends here
	end := 0
	for j := range n {
		length[j], before[j] = 1, -1
		for k := range j {
			d := c.points[j].Cmp(c.points[k])
			if (d == 0 || (d > 0) == (way == Rising)) && length[k]+1 > length[j] {
				length[j], before[j] = length[k]+1, k
			}
		}
		if length[j] > length[end] {
			end = j
		}
	}
	goes := make([]bool, n)
	for j := end; j >= 0; j = before[j] {
		goes[j] = true
	}
	for j := range n {
		if !goes[j] && j > 0 {
			return j, j - 1
		} else if !goes[j] {
			return j, 1
		}
	}
	return 0, 0
}

// String lists the points: "0, 25, 24, 30".
func (c *course) String() string {
	const most = 10
	var parts []string
	for i, p := range c.points {
		if i == most {
			return strings.Join(parts, ", ") + ", …"
		}
		parts = append(parts, p.String())
	}
	return strings.Join(parts, ", ")
}
