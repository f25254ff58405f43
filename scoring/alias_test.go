package scoring_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/tallystick-go/tallystick/scoring"
)

func TestTheWaysToRoundAreWhatTheirNamesSay(t *testing.T) {
	for name, mode := range map[string]scoring.Mode{
		"half_up": scoring.HalfUp, "half_even": scoring.HalfEven, "half_down": scoring.HalfDown, "up": scoring.Up, "down": scoring.Down,
		"ceiling": scoring.Ceiling, "floor": scoring.Floor,
	} {
		assert.Equal(t, name, mode.String())
	}
}
