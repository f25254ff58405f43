package exact_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
)

// place is Ruler.Place by the definition.
func place(at []exact.Number, x exact.Number) int {
	for i, n := range at {
		if c := x.Cmp(n); c == 0 {
			return 2*i + 1
		} else if c < 0 {
			return 2 * i
		}
	}
	return 2 * len(at)
}

func TestARulerTellsOnAndBesideItsMarks(t *testing.T) {
	numbers := func(texts ...string) (out []exact.Number) {
		for _, s := range texts {
			out = append(out, exact.MustParse(s))
		}
		return out
	}
	third, _ := exact.Ratio(1, 3)
	for _, at := range [][]exact.Number{
		nil,
		numbers("0"),
		numbers("0.4", "0.5", "0.6", "0.7"),
		numbers("-1.5", "-1", "0", "2.25", "500000", "10000000"),
		numbers("1e-18", "1", "1e18"),                   // no common unit fits 63 bits
		numbers("-1e30", "0", "1e30", "1e31", "1.5e31"), // nor do the marks
		{third.Neg(), third, exact.Int(1)},
		numbers("9223372036854775806", "9223372036854775807"),
	} {
		r := exact.NewRuler(at)
		require.Equal(t, len(at), r.Len())
		probes := numbers("0", "1", "-1", "9223372036854775807", "-9223372036854775807", "-9223372036854775808", "1e40", "-1e40")
		for _, n := range at {
			for _, step := range numbers("0", "1", "0.01", "1e-12", "1e-25") {
				probes = append(probes, n.Add(step), n.Sub(step), n.Add(step.Mul(third)), n.Sub(step.Mul(third)))
			}
		}
		for _, x := range probes {
			require.Equal(t, place(at, x), r.Place(x), "%s among %s", x, at)
		}
	}
}

// In quarters, the unit of the marks, these numbers are close to 2^63.
func TestARulerWhere64BitsEnd(t *testing.T) {
	quarter, _ := exact.Ratio(1, 4)
	top, _ := exact.Ratio(math.MaxInt64, 4)
	at := []exact.Number{top.Neg(), quarter.Neg(), quarter, top}
	r := exact.NewRuler(at)
	for i := int64(-3); i <= 3; i++ {
		x, _ := exact.Ratio(3<<61+i, 3)
		require.Equal(t, place(at, x), r.Place(x), x.Fraction())
		require.Equal(t, place(at, x.Neg()), r.Place(x.Neg()), x.Neg().Fraction())
	}
}

func TestARulerOfRandomMarks(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	number := func() exact.Number {
		n, _ := exact.Ratio(rnd.Int64N(2001)-1000, rnd.Int64N(60)+1)
		return n
	}
	for range 300 {
		var at []exact.Number
		for range rnd.IntN(12) {
			at = append(at, number())
		}
		slices.SortFunc(at, exact.Number.Cmp)
		at = slices.CompactFunc(at, exact.Number.Equal)
		r := exact.NewRuler(at)
		for range 100 {
			x := number()
			require.Equal(t, place(at, x), r.Place(x), "%s among %s", x, at)
		}
	}
}
