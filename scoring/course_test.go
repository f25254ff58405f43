package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
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
