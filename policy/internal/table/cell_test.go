package table

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// randomSet returns a set of small numbers or short texts, built as cells build theirs.
func randomSet(r *rand.Rand, k slot.Kind) Set {
	s := sets.Just(randomValue(r, k))
	for range r.IntN(4) {
		u := sets.Just(randomValue(r, k))
		if k == slot.Number && r.IntN(2) == 0 {
			a, b := int64(r.IntN(7)), int64(r.IntN(7))
			u = sets.Within(k, Span{
				Low: exact.Int(min(a, b)), High: exact.Int(max(a, b)), LowOpen: r.IntN(2) == 0, HighOpen: r.IntN(2) == 0,
				NoLow: r.IntN(5) == 0, NoHigh: r.IntN(5) == 0,
			})
		}
		switch r.IntN(3) {
		case 0:
			s = s.Or(u)
		case 1:
			s = s.And(u)
		default:
			s = s.Or(u.Not())
		}
	}
	return s
}

func randomValue(r *rand.Rand, k slot.Kind) slot.Value {
	switch k {
	case slot.String:
		return slot.Text(string(rune('a' + r.IntN(4))))
	case slot.Bool:
		return slot.Truth(r.IntN(2) == 0)
	}
	half, _ := exact.Ratio(int64(r.IntN(13)), 2)
	return slot.Num(half)
}

// samples returns values at, between and beyond all that random sets mention.
func samples(k slot.Kind) (out []slot.Value) {
	switch k {
	case slot.String:
		for c := 'a'; c <= 'e'; c++ {
			out = append(out, slot.Text(string(c)))
		}
	case slot.Bool:
		out = append(out, slot.Truth(false), slot.Truth(true))
	default:
		for i := int64(-1); i <= 28; i++ {
			x, _ := exact.Ratio(i, 4)
			out = append(out, slot.Num(x))
		}
	}
	return out
}

func TestACellThatWasMadeReadyAcceptsWhatItsSetDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		k := []slot.Kind{slot.Number, slot.String, slot.Bool}[r.IntN(3)]
		set := randomSet(r, k)
		ready := newTest(0, &set)
		for _, v := range samples(k) {
			require.Equal(t, set.Accepts(&v), ready.holds(&v), "%v: %v", set, v)
		}
	}
}
