package exact_test

import (
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
)

func num(s string) exact.Number { return exact.MustParse(s) }

// frac reads "n/d", which Parse refuses.
func frac(t testing.TB, s string) exact.Number {
	t.Helper()
	var n exact.Number
	require.NoError(t, n.UnmarshalText([]byte(s)))
	return n
}

func TestZeroValueIsZero(t *testing.T) {
	var z exact.Number
	require.Equal(t, "0", z.String())
	require.Equal(t, 0, z.Sign())
	require.True(t, z.IsInt())
	require.True(t, z.Equal(num("-0.00")))
	require.Equal(t, "5", z.Add(exact.Int(5)).String())
	require.Equal(t, "0/1", z.Rat().String())
	require.Equal(t, exact.HalfUp, exact.Mode(0))
}

func TestNothingRoundsInPassing(t *testing.T) {
	require.True(t, num("0.1").Add(num("0.2")).Equal(num("0.3")))
	third, ok := exact.Int(1).Quo(exact.Int(3))
	require.True(t, ok)
	require.True(t, third.Mul(exact.Int(3)).Equal(exact.Int(1)))
	require.True(t, third.Add(third).Add(third).Equal(exact.Int(1)))
}

func TestRatio(t *testing.T) {
	for _, tt := range []struct {
		n, d int64
		want string
	}{
		{1, 2, "1/2"},
		{-1, -2, "1/2"},
		{1, -2, "-1/2"},
		{6, 4, "3/2"},
		{0, -5, "0"},
		{math.MaxInt64, math.MaxInt64, "1"},
		{math.MinInt64, 1, "-9223372036854775808"},
		{math.MinInt64, math.MinInt64, "1"},
		{1, math.MinInt64, "-1/9223372036854775808"},
		{2, math.MinInt64, "-1/4611686018427387904"},
		{math.MinInt64, -2, "4611686018427387904"},
		{math.MinInt64, 3, "-9223372036854775808/3"},
	} {
		q, ok := exact.Ratio(tt.n, tt.d)
		require.True(t, ok)
		require.NoError(t, q.Check())
		require.Equal(t, tt.want, q.Fraction(), "%d/%d", tt.n, tt.d)
	}
	_, ok := exact.Ratio(1, 0)
	require.False(t, ok)
}

func TestInt64(t *testing.T) {
	for s, want := range map[string]int64{
		"0": 0, "-7": -7, "7.00": 7, "1e3": 1000,
		"9223372036854775807": math.MaxInt64, "-9223372036854775808": math.MinInt64,
		"9223372036854775807.0": math.MaxInt64,
	} {
		i, ok := num(s).Int64()
		require.True(t, ok, s)
		require.Equal(t, want, i, s)
		require.True(t, num(s).IsInt(), s)
		require.True(t, exact.Int(want).Equal(num(s)), s)
	}
	for _, s := range []string{"0.5", "-7.01", "9223372036854775808", "-9223372036854775809", "1e30", "1e-30", "9223372036854775807.5"} {
		_, ok := num(s).Int64()
		require.False(t, ok, s)
	}
	require.False(t, num("0.5").IsInt())
	require.True(t, num("1e30").IsInt())
	require.False(t, num("1e-30").IsInt())
}

func TestFromRatCopies(t *testing.T) {
	huge, _ := new(big.Rat).SetString("123456789012345678901234567890/7")
	n := exact.FromRat(huge)
	before := n.Fraction()
	huge.SetInt64(1)
	require.Equal(t, before, n.Fraction())
	n.Rat().SetInt64(2)
	require.Equal(t, before, n.Fraction())
	require.Equal(t, "1/2", exact.FromRat(big.NewRat(2, 4)).Fraction())
	require.True(t, exact.FromRat(nil).Equal(exact.Number{}))
}

func TestFromDecimal(t *testing.T) {
	for _, s := range []string{"0", "1.10", "-12.5", "1e18", "1e19", "1e-18", "1e-19", "123456789012345678901234567890.5",
		"9223372036854775807", "-9223372036854775808", "1e1000", "1e-1000", "-0.000"} {
		d := decimal.RequireFromString(s)
		n, err := exact.FromDecimal(d)
		require.NoError(t, err, s)
		require.NoError(t, n.Check(), s)
		require.Zero(t, n.Rat().Cmp(d.Rat()), s)
	}
	n, err := exact.FromDecimal(decimal.Decimal{})
	require.NoError(t, err)
	require.Equal(t, 0, n.Sign())
}

func TestFromDecimalRefusesWhatWouldTakeForEver(t *testing.T) {
	start := time.Now()
	for _, exp := range []int32{1001, -1001, 1e8, math.MaxInt32, math.MinInt32} {
		_, err := exact.FromDecimal(decimal.New(1, exp))
		require.ErrorContains(t, err, "only -1000 to 1000 is allowed")
	}
	many := new(big.Int).Lsh(big.NewInt(1), exact.MaxBits)
	_, err := exact.FromDecimal(decimal.NewFromBigInt(many, 0))
	require.ErrorContains(t, err, "too many digits")
	_, err = exact.FromDecimal(decimal.NewFromBigInt(many.Rsh(many, 1), 0))
	require.NoError(t, err)
	require.Less(t, time.Since(start), exact.Patience)
}

func TestDecimal(t *testing.T) {
	for _, tt := range []struct {
		in, want string
		exact    bool
	}{
		{"0", "0", true},
		{"20.00", "20", true},
		{"1000", "1000", true},
		{"-12.50", "-12.5", true},
		{"1/3", "0.333333333333", false},
		{"2/3", "0.666666666667", false},
		{"-2/3", "-0.666666666667", false},
		{"1/8", "0.125", true},
		{"1/4611686018427387904", "2.16840434497100886801490560173988342285156250E-19", true}, // 2^-62
		{"9223372036854775807", "9223372036854775807", true},
		{"-9223372036854775808", "-9223372036854775808", true},
		{"9223372036854775807/9223372036854775806", "1", false},
		{"123456789012345678901234567890/3", "41152263004115226300411522630", true},
		{"123456789012345678901234567891/3", "41152263004115226300411522630.333333333333", false},
		{"9223372036854775807/5", "1844674407370955161.4", true},
		{"4000000000000000001/2", "2000000000000000000.5", true}, // whose numerator times 10 is twice 2^64 and more
	} {
		d, ok := frac(t, tt.in).Decimal()
		require.Equal(t, tt.exact, ok, tt.in)
		require.True(t, decimal.RequireFromString(tt.want).Equal(d), "%s: %s", tt.in, d)
	}
	for s, ok := range map[string]bool{"1e-1000": true, "1e1000": true} {
		d, isExact := num(s).Decimal()
		require.Equal(t, ok, isExact)
		require.True(t, decimal.RequireFromString(s).Equal(d))
	}
	// One place too many.
	d, ok := num("1e-1000").Mul(num("0.1")).Decimal()
	require.False(t, ok)
	require.True(t, d.IsZero())
}

func TestPlaces(t *testing.T) {
	for s, want := range map[string]int{
		"0": 0, "0.00": 0, "100": 0, "0.25": 2, "0.250": 2, "1.5": 1, "1e-18": 18, "1e-19": 19, "1e-1000": 1000, "1e1000": 0,
		"1/2": 1, "1/8": 3, "3/40": 3, "1/625": 4, "1/4611686018427387904": 62, "7/7": 0, "21/14": 1, "1/1220703125": 13,
		"-123456789012345678901234567890.5": 1, "1/1267650600228229401496703205376": 100,
	} {
		places, ok := frac(t, s).Places()
		require.True(t, ok, s)
		require.Equal(t, want, places, s)
	}
	for _, s := range []string{"1/3", "1/7", "22/7", "1/30", "100000000000000000000000000001/3", "1/123456789012345678901234567890"} {
		_, ok := frac(t, s).Places()
		require.False(t, ok, s)
	}
	_, ok := num("1e-1000").Mul(num("0.5")).Places()
	require.False(t, ok)
	// Every power of five and of two on its own.
	for i := range 1000 {
		for _, base := range []int64{2, 5} {
			p, ok := exact.Int(base).PowInt(-i)
			require.True(t, ok)
			places, ok := p.Places()
			require.True(t, ok)
			require.Equal(t, i, places, "%d^-%d", base, i)
		}
	}
	for _, base := range []int64{2, 5} {
		p, _ := exact.Int(base).PowInt(-1001)
		_, ok := p.Places()
		require.False(t, ok)
	}
}

func TestTooLarge(t *testing.T) {
	p, ok := exact.Int(2).PowInt(exact.MaxBits - 1)
	require.True(t, ok)
	require.Equal(t, exact.MaxBits, p.BitLen())
	require.False(t, p.TooLarge())
	require.True(t, p.Mul(exact.Int(2)).TooLarge())
	q, ok := exact.Int(1).Quo(p.Mul(exact.Int(2)))
	require.True(t, ok)
	require.True(t, q.TooLarge())
	require.False(t, exact.Int(math.MaxInt64).TooLarge())
	require.Equal(t, 63, exact.Int(-math.MaxInt64).BitLen())
	require.Equal(t, 1, exact.Number{}.BitLen(), "its denominator is 1")
}

func TestErrorsAreShort(t *testing.T) {
	_, err := exact.Parse(strings.Repeat("x", 1_000_000))
	require.Less(t, len(err.Error()), 120)
}
