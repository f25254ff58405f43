package prove

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/scoring"
)

// Whatever two numbers are in two intervals, their product, the greater and the lesser one lie in what is said of them.
func TestIntervalsHoldWhatComesOfTheirNumbers(t *testing.T) {
	var intervals []scoring.Interval
	numbers := []exact.Number{exact.Int(-3), exact.MustParse("-0.5"), exact.Int(0), exact.MustParse("0.5"), exact.Int(2), exact.Int(40)}
	for i, a := range numbers {
		for _, b := range numbers[i:] {
			intervals = append(intervals, scoring.Interval{Min: a, Max: b})
		}
		intervals = append(intervals, scoring.Interval{Min: a, NoMax: true}, scoring.Interval{Max: a, NoMin: true})
	}
	intervals = append(intervals, scoring.Everything())
	for _, v := range intervals {
		for _, w := range intervals {
			product, most, least := times(v, w), greater(v, w), lesser(v, w)
			for _, x := range numbers {
				for _, y := range numbers {
					if !v.Contains(x) || !w.Contains(y) {
						continue
					}
					require.True(t, product.Contains(x.Mul(y)), "%s in %s times %s in %s is not in %s", x, v, y, w, product)
					require.True(t, most.Contains(exact.Max(x, y)), "the greater one of %s in %s and %s in %s is not in %s", x, v, y, w, most)
					require.True(t, least.Contains(exact.Min(x, y)), "the lesser one of %s in %s and %s in %s is not in %s", x, v, y, w, least)
				}
			}
		}
	}
	require.Equal(t, "[0, 0]", times(scoring.Interval{}, scoring.Everything()).String(), "0 times anything is 0")
	require.Equal(t, "[…, 2]", lesser(scoring.Everything(), scoring.Just(exact.Int(2))).String())
	require.Equal(t, "[2, 40]", greater(scoring.Between(exact.Int(0), exact.Int(40)), scoring.Just(exact.Int(2))).String())
}

func TestFiguresHaveCommasBetweenTheThousands(t *testing.T) {
	for _, tt := range []struct {
		n      string
		places int
		want   string
	}{
		{"5000000", 2, "5,000,000.00"}, {"-1234.5", 2, "-1,234.50"}, {"999", 0, "999"}, {"1000", 0, "1,000"},
		{"0.125", scoring.Exact, "0.125"}, {"-100", 2, "-100.00"}, {"1234567.8901", scoring.Exact, "1,234,567.8901"},
	} {
		require.Equal(t, tt.want, figure(exact.MustParse(tt.n), tt.places))
	}
}
