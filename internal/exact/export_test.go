package exact

import (
	"errors"
	"math"
	"math/big"
	"time"
)

// Patience is what a test waits for something that would otherwise take for ever. Nothing takes more than a quarter of a
// second on a machine of 2026 that is not busy; the race detector on a busy one is another matter.
const Patience = 20 * time.Second

// Check returns an error when a breaks what the rest of the package relies on.
func (a Number) Check() error {
	if a.big == nil {
		switch {
		case a.num == math.MinInt64:
			return errors.New("small form with the smallest int64")
		case a.den1 < 0 || a.den1 == math.MaxInt64:
			return errors.New("small form with a denominator that is not from 1 to 2^63 - 1")
		}
		return nil
	}
	if a.num != 0 || a.den1 != 0 {
		return errors.New("both forms at once")
	}
	if _, ok := small(a.big); ok {
		return errors.New("big form of a number that fits the small one")
	}
	if new(big.Int).GCD(nil, nil, new(big.Int).Abs(a.big.Num()), a.big.Denom()).Cmp(big.NewInt(1)) != 0 {
		return errors.New("big form not in lowest terms")
	}
	return nil
}

// IsBig reports whether a has left the small form.
func (a Number) IsBig() bool { return a.big != nil }
