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
	// Their common unit fits, but as whole numbers of it both go round beyond 2^64, and come out small.
	round, _ := exact.Ratio(4728899534754066264, 1000000007)
	round2, _ := exact.Ratio(7131176828839164789, 998244353)
	for _, at := range [][]exact.Number{
		nil,
		numbers("0"),
		numbers("0.4", "0.5", "0.6", "0.7"),
		numbers("-1.5", "-1", "0", "2.25", "500000", "10000000"),
		numbers("1e-18", "1", "1e18"),                   // no common unit fits 63 bits
		numbers("-1e30", "0", "1e30", "1e31", "1.5e31"), // nor do the marks
		{third.Neg(), third, exact.Int(1)},
		{round, round2},
		numbers("9223372036854775806", "9223372036854775807"),
	} {
		r := exact.NewRuler(at)
		require.Equal(t, len(at), r.Len())
		probes := numbers("0", "1", "-1", "9", "9223372036854775807", "-9223372036854775807", "-9223372036854775808", "1e40", "-1e40")
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

// A mark answers as Cmp does, and Spans never says of a number that it is between 0 and the mark when it is not.
func TestMarksCompareAsNumbersDo(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	half, _ := exact.Ratio(1, 2)
	numbers := []exact.Number{
		exact.MustParse("1e40"), exact.MustParse("-1e40"), exact.MustParse("1e-40"), exact.Int(math.MaxInt64), exact.Int(math.MinInt64),
		exact.Int(math.MinInt64 + 1), exact.Int(0), exact.Int(1), exact.Int(-1), half, half.Neg(), exact.Int(20),
	}
	for range 200 {
		n, _ := exact.Ratio(rnd.Int64N(4001)-2000, rnd.Int64N(40)+1)
		huge, _ := exact.Ratio(rnd.Int64()-math.MaxInt64/2, rnd.Int64()+1)
		// unreduced: 480/24 and 20 are the same number
		k := rnd.Int64N(50) + 1
		twenty, _ := exact.Ratio(20*k, k)
		numbers = append(numbers, n, huge, twenty)
	}
	spanned := 0
	for _, n := range numbers {
		m := exact.NewMark(n)
		for _, x := range numbers {
			require.Equal(t, x.Cmp(n), m.Against(x), "%s against %s", x.Fraction(), n.Fraction())
			if m.Spans(x) {
				spanned++
				require.True(t, x.Sign() >= 0 && x.Less(n), "%s is not between 0 and %s", x.Fraction(), n.Fraction())
			}
		}
	}
	require.Greater(t, spanned, 10_000)
	twenty := exact.NewMark(exact.Int(20))
	require.True(t, twenty.Spans(exact.MustParse("19.99")))
	require.True(t, twenty.Spans(exact.Int(0)))
	require.False(t, twenty.Spans(exact.Int(20)))
	require.False(t, twenty.Spans(exact.MustParse("-0.01")))
	big := exact.NewMark(exact.MustParse("1e40"))
	require.False(t, big.Spans(exact.Int(5)), "that cannot be told at a glance")
}

// What is kept in memory comes back as it was, whatever follows it.
func TestNumbersAreKeptAsTheyAre(t *testing.T) {
	third, _ := exact.Ratio(1, 3)
	twenty, _ := exact.Ratio(480, 24)
	var kept []byte
	numbers := []exact.Number{
		{}, exact.Int(1), exact.Int(-1), third, twenty, exact.Int(math.MaxInt64), exact.Int(math.MinInt64), exact.Int(math.MinInt64 + 1),
		exact.MustParse("123456789012345678901234567890.5"), exact.MustParse("-1e-30"), exact.MustParse("0.01"),
	}
	for _, n := range numbers {
		kept = n.AppendTo(kept)
	}
	rest := string(kept) + "x"
	for _, want := range numbers {
		var got exact.Number
		got, rest = exact.NextNumber(rest)
		require.Equal(t, want, got, want.Fraction())
	}
	require.Equal(t, "x", rest)
}
