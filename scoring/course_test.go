package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPointsThatGoAWayThatNobodyMeans(t *testing.T) {
	for _, x := range []struct {
		points     []string
		thresholds bool
		trend      Trend
		doubtful   bool
	}{
		{[]string{"1", "2", "3"}, true, Rising, false},
		{[]string{"3", "2", "2"}, true, Falling, false},
		{[]string{"2", "2"}, true, Steady, false},
		{[]string{"1", "3", "2"}, false, Mixed, false}, // best in the middle
		{[]string{"1", "3", "2", "2"}, false, Mixed, false},
		{[]string{"1", "3", "3", "2"}, true, Mixed, true}, // along thresholds
		{[]string{"3", "1", "2"}, false, Mixed, true},
		{[]string{"3", "1", "1", "2"}, false, Mixed, true},
	} {
		c := course{thresholds: x.thresholds}
		for _, p := range x.points {
			c.points = append(c.points, n(p))
		}
		assert.Equal(t, x.trend, c.trend(), x.points)
		assert.Equal(t, x.doubtful, c.doubtful(), x.points)
	}
}

// A digit that is wrong shows in points that go up and down.
func TestPointsThatGoUpAndDownAreNoted(t *testing.T) {
	noted := func(points ...string) int {
		rows := list()
		for i, p := range points {
			rows.Items = append(rows.Items, keys("min", []string{"40", "30", "20", "10"}[i], "points", p))
		}
		rows.Items = append(rows.Items, keys("points", "0"))
		var c Card
		require.Empty(t, decoded(t, keys("indicators", list(keys("id", "volume", "weight", "30", "of", "$0", "bands", rows))), &c))
		n := 0
		for _, f := range c.Check(exactly) {
			if f.Code == notMonotone {
				n++
			}
		}
		return n
	}
	assert.Equal(t, 0, noted("30", "20", "10", "5"))
	assert.Equal(t, 1, noted("30", "20", "25", "5"))
	assert.Equal(t, 0, noted("30", "20", "20", "5"))
}
