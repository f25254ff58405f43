package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestInterval(t *testing.T) {
	atLeast, atMost := Interval{Min: n("2"), NoMax: true}, Interval{NoMin: true, Max: n("5")}
	assert.Equal(t, "[2, …]", atLeast.String())
	assert.Equal(t, "[…, 5]", atMost.String())
	assert.Equal(t, "[-1, 3]", Between(n("3"), n("-1")).String())
	assert.True(t, atLeast.Contains(n("2")))
	assert.False(t, atLeast.Contains(n("1.99")))
	assert.False(t, atMost.Contains(n("5.01")))
	assert.True(t, Everything().Contains(n("-1e9")))

	assert.Equal(t, "[…, …]", atLeast.Join(atMost).String())
	assert.Equal(t, "[1, 7]", Just(n("7")).Join(Just(n("1"))).String())
	assert.Equal(t, "[4, …]", atLeast.Add(atLeast).String())

	w := Between(n("0"), n("10"))
	assert.Equal(t, "[0, 10]", Everything().Hold(w).String())
	assert.Equal(t, "[2, 10]", atLeast.Hold(w).String())
	assert.Equal(t, "[0, 5]", atMost.Hold(w).String())
	assert.Equal(t, "[10, 10]", Between(n("12"), n("15")).Hold(w).String())
	assert.Equal(t, "[0, 0]", Between(n("-3"), n("-2")).Hold(w).String())
	assert.Equal(t, "[2, …]", atLeast.Hold(Everything()).String())
}
