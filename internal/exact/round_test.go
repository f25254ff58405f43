package exact_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
)

func TestModes(t *testing.T) {
	// The columns are the modes in the order of Modes.
	for _, tt := range []struct {
		places int
		in     string
		want   string
	}{
		//           half_up half_even half_down up down ceiling floor
		{0, "2.5", "3 2 2 3 2 3 2"},
		{0, "-2.5", "-3 -2 -2 -3 -2 -2 -3"},
		{0, "3.5", "4 4 3 4 3 4 3"},
		{0, "-3.5", "-4 -4 -3 -4 -3 -3 -4"},
		{0, "2.4", "2 2 2 3 2 3 2"},
		{0, "-2.4", "-2 -2 -2 -3 -2 -2 -3"},
		{0, "2.6", "3 3 3 3 2 3 2"},
		{0, "0.5", "1 0 0 1 0 1 0"},
		{0, "-0.5", "-1 0 0 -1 0 0 -1"},
		{0, "7", "7 7 7 7 7 7 7"},
		{2, "1.005", "1.01 1 1 1.01 1 1.01 1"},
		{2, "1.015", "1.02 1.02 1.01 1.02 1.01 1.02 1.01"},
		{2, "-1.005", "-1.01 -1 -1 -1.01 -1 -1 -1.01"},
		{2, "1.0050000000000000001", "1.01 1.01 1.01 1.01 1 1.01 1"},
		{2, "0.001", "0 0 0 0.01 0 0.01 0"},
		{2, "-0.001", "0 0 0 -0.01 0 0 -0.01"},
		{2, "1/3", "0.33 0.33 0.33 0.34 0.33 0.34 0.33"},
		{2, "-1/3", "-0.33 -0.33 -0.33 -0.34 -0.33 -0.33 -0.34"},
		{2, "1/8", "0.13 0.12 0.12 0.13 0.12 0.13 0.12"},
		{-2, "250", "300 200 200 300 200 300 200"},
		{-2, "-250", "-300 -200 -200 -300 -200 -200 -300"},
		{-2, "349.99", "300 300 300 400 300 400 300"},
		{-1, "0.01", "0 0 0 10 0 10 0"},
		{-20, "1", "0 0 0 100000000000000000000 0 100000000000000000000 0"},
		{-20, "50000000000000000000", "100000000000000000000 0 0 100000000000000000000 0 100000000000000000000 0"},
		{0, "9223372036854775807.5", "9223372036854775808 9223372036854775808 9223372036854775807 9223372036854775808 9223372036854775807 9223372036854775808 9223372036854775807"},
		{0, "-9223372036854775807.5", "-9223372036854775808 -9223372036854775808 -9223372036854775807 -9223372036854775808 -9223372036854775807 -9223372036854775807 -9223372036854775808"},
	} {
		n := frac(t, tt.in)
		var got []string
		for _, name := range exact.Modes() {
			mode, ok := exact.ParseMode(name)
			require.True(t, ok)
			require.Equal(t, name, mode.String())
			r := n.Round(tt.places, mode)
			require.NoError(t, r.Check())
			got = append(got, r.String())
		}
		require.Equal(t, tt.want, strings.Join(got, " "), "%s at %d places", tt.in, tt.places)
	}
	_, ok := exact.ParseMode("HalfUp")
	require.False(t, ok)
	require.Equal(t, "mode(9)", exact.Mode(9).String())
	require.Equal(t, "3", num("2.5").Round(0, exact.Mode(9)).String())
	exact.Modes()[0] = "changed"
	require.Equal(t, "half_up", exact.Modes()[0])
}

// oracle rounds by another way than the package does: down to the floor first, then up if the mode wants it.
func oracle(x *big.Rat, places int, m exact.Mode) *big.Rat {
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(places, -places))), nil))
	if places < 0 {
		scale.Inv(scale)
	}
	scaled := new(big.Rat).Mul(x, scale)
	floor := new(big.Int).Div(scaled.Num(), scaled.Denom())
	rest := new(big.Rat).Sub(scaled, new(big.Rat).SetInt(floor))
	half := rest.Cmp(big.NewRat(1, 2))
	var up bool
	switch m {
	case exact.HalfUp:
		up = half > 0 || half == 0 && x.Sign() > 0
	case exact.HalfDown:
		up = half > 0 || half == 0 && x.Sign() < 0
	case exact.HalfEven:
		up = half > 0 || half == 0 && floor.Bit(0) == 1
	case exact.Up:
		up = x.Sign() > 0
	case exact.Down:
		up = x.Sign() < 0
	case exact.Ceiling:
		up = true
	case exact.Floor:
	}
	if up && rest.Sign() != 0 {
		floor.Add(floor, big.NewInt(1))
	}
	return scaled.Quo(scaled.SetInt(floor), scale)
}

var allModes = []exact.Mode{exact.HalfUp, exact.HalfEven, exact.HalfDown, exact.Up, exact.Down, exact.Ceiling, exact.Floor}

func checkRound(t testing.TB, a exact.Number, places int) {
	x := a.Rat()
	for _, m := range allModes {
		got := a.Round(places, m)
		if err := got.Check(); err != nil {
			t.Fatalf("%s at %d places, %s: %v", a.Fraction(), places, m, err)
		}
		if want := oracle(x, places, m); got.Rat().Cmp(want) != 0 {
			t.Fatalf("%s at %d places, %s: %s, want %s", a.Fraction(), places, m, got.Fraction(), want.RatString())
		}
	}
	if a.Rat().Cmp(x) != 0 {
		t.Fatalf("%s changed", x.RatString())
	}
}

func TestRoundWhere64BitsEnd(t *testing.T) {
	for _, a := range edges(t) {
		for _, places := range []int{-1000, -41, -40, -20, -19, -18, -2, -1, 0, 1, 2, 17, 18, 19, 20, 40, 1000} {
			checkRound(t, a, places)
		}
		require.True(t, a.Floor().Equal(a.Round(0, exact.Floor)))
		require.True(t, a.Ceil().Equal(a.Round(0, exact.Ceiling)))
		require.True(t, a.Trunc().Equal(a.Round(0, exact.Down)))
	}
}

func TestRoundUpTo64Bits(t *testing.T) {
	// n * 10^18 / d is a little below 2^64, and 2^64 when it is rounded up.
	two64 := new(big.Int).Lsh(big.NewInt(1), 64)
	scale := big.NewInt(1_000_000_000_000_000_000)
	found := 0
	for d := int64(499_999_999_999_999_000); d < 500_000_000_000_000_000; d += 7 {
		n := new(big.Int).Mul(two64, big.NewInt(d))
		n.Quo(n, scale)
		q, _ := exact.Ratio(n.Int64(), d)
		if up := new(big.Int).Mul(n, scale); up.Quo(up, big.NewInt(d)).BitLen() == 64 && up.Add(up, big.NewInt(1)).BitLen() == 65 {
			checkRound(t, q, 18)
			found++
		}
	}
	require.Positive(t, found)
}

func TestRoundHoldsPlaces(t *testing.T) {
	tiny := num("1e-1000").Mul(num("0.5"))
	for _, places := range []int{1000, 1001, math.MaxInt} {
		require.True(t, tiny.Round(places, exact.HalfUp).Equal(num("1e-1000")))
	}
	huge := num("1e1000").Mul(num("0.5"))
	for _, places := range []int{-1000, -1001, math.MinInt} {
		require.True(t, huge.Round(places, exact.HalfUp).Equal(num("1e1000")))
	}
}

func TestRoundedNumbersAddUpInSmallForm(t *testing.T) {
	sum := exact.Number{}
	for i := range int64(10_000) {
		q, _ := exact.Ratio(i, 7919)
		sum = sum.Add(q.Round(2, exact.HalfUp))
	}
	require.False(t, sum.IsBig())
	require.Equal(t, "6313.27", sum.Fixed(2))
}

func TestRoundTo(t *testing.T) {
	for _, tt := range []struct {
		in, step string
		mode     exact.Mode
		want     string
	}{
		{"1234", "50", exact.Down, "1200"},
		{"1234", "50", exact.HalfUp, "1250"},
		{"1225", "50", exact.HalfEven, "1200"},
		{"1275", "50", exact.HalfEven, "1300"},
		{"-1225", "50", exact.HalfUp, "-1250"},
		{"-1", "50", exact.Floor, "-50"},
		{"0.12", "0.05", exact.HalfUp, "0.1"},
		{"0.13", "0.05", exact.Up, "0.15"},
		{"1", "1/3", exact.Up, "1"},
		{"0.5", "1/3", exact.Up, "0.666666666667"},
		{"9223372036854775807", "2", exact.Up, "9223372036854775808"},
		{"1e30", "7", exact.Floor, "999999999999999999999999999999"},
		{"0.1", "1e30", exact.Up, "1000000000000000000000000000000"},
		{"1/4611686018427387904", "4", exact.HalfUp, "0"}, // the product of the two is 2^64
		{"1.23", "0", exact.Up, "1.23"},
		{"1.23", "-1", exact.Up, "1.23"},
	} {
		got := frac(t, tt.in).RoundTo(frac(t, tt.step), tt.mode)
		require.Equal(t, tt.want, got.String(), "%s to %s, %s", tt.in, tt.step, tt.mode)
	}
}
