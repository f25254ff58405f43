package credit_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/tallystick-go/tallystick/credit"
)

func TestTheWaysToRoundAreWhatTheirNamesSay(t *testing.T) {
	for name, mode := range map[string]credit.Mode{
		"half_up": credit.HalfUp, "half_even": credit.HalfEven, "half_down": credit.HalfDown, "up": credit.Up, "down": credit.Down,
		"ceiling": credit.Ceiling, "floor": credit.Floor,
	} {
		assert.Equal(t, name, mode.String())
	}
}
