package scoring

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// benchmarkCard has seven indicators of the usual methods.
func benchmarkCard(t testing.TB) *Card {
	t.Helper()
	leave := MissingRule{Do: Reweight}
	c := &Card{Indicators: []Indicator{
		{ID: name("volume"), Weight: num("20"), Of: Slot(0), Method: volumeBands()},
		{ID: name("growth"), Weight: num("10"), Of: Slot(1), Method: line("0", "0", "0.2", "10"), Missing: PointsIfMissing(n("5"))},
		{ID: name("fulfilment"), Weight: num("25"), Of: Slot(2), Method: &Proportional{Full: Const(n("1"))}},
		{ID: name("punctuality"), Weight: num("20"), Of: Slot(3), Method: &Proportional{Full: Const(n("1"))}},
		{ID: name("overdue"), Weight: num("10"), Of: Slot(4), Method: &Deduct{Step: n("10"), Cost: n("2")}},
		{ID: name("liquidity"), Weight: num("8"), Of: Slot(5), Method: efficacy("2", "1.5", "1.2", "1", "0.8"), Missing: leave},
		{ID: name("leverage"), Weight: num("7"), Of: Slot(6), Method: efficacy("0.4", "0.5", "0.6", "0.7", "0.8"), Missing: leave},
	}}
	require.Empty(t, c.Check(DefaultRounding()))
	return c
}

func BenchmarkScore(b *testing.B) {
	for name, r := range map[string]Rounding{"rounded": DefaultRounding(), "exact": exactly} {
		b.Run(name, func(b *testing.B) {
			c := benchmarkCard(b)
			require.Empty(b, c.Check(r))
			rnd := rand.New(rand.NewPCG(1, 2))
			frames := make([]*Frame, 1000)
			for i := range frames {
				q := func(d int64) Value { x, _ := Ratio(rnd.Int64N(d+1), d); return Num(x) }
				frames[i] = NewFrame(Num(Int(rnd.Int64N(15_000_000))), q(5), q(1+rnd.Int64N(40)), q(1+rnd.Int64N(200)),
					Num(Int(rnd.Int64N(60))), Num(n("1.37")), Num(n("0.52")))
			}
			out := new(Result)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if err := c.Score(frames[i%len(frames)], out); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkMethods(b *testing.B) {
	bands := func(rows int64) *Bands {
		b := new(Bands)
		for i := rows; i > 0; i-- {
			b.Rows = append(b.Rows, Band{Min: new(quo(Int(100*i), Int(rows))), Points: Const(Int(i))})
		}
		return b
	}
	for name, m := range map[string]Method{
		"bands of 5":    volumeBands(),
		"bands of 100":  bands(100),
		"bands of 1000": bands(1000),
		"categories":    &Categories{Rows: []Category{{Values: []string{"37"}, Points: Const(n("5"))}}, Otherwise: &Category{Points: Const(n("1"))}},
		"linear":        line("0", "0", "20", "5", "100", "10"),
		"proportional":  &Proportional{Full: Const(n("100"))},
		"inverse":       &Proportional{Full: Const(n("100")), Inverse: true},
		"efficacy":      efficacy("120", "95", "50", "30", "10"),
		"wall":          &Wall{Standard: Const(n("30")), Max: Const(n("60")), StandardPoints: n("50"), MaxPoints: n("100")},
		"deduct":        &Deduct{From: n("10"), Step: n("3"), Cost: n("1")},
	} {
		b.Run(name, func(b *testing.B) {
			require.Empty(b, errorsIn(m.Check(setting("100"))))
			v := Num(Int(37))
			c := &Case{Frame: NewFrame(v), Of: &v, Weight: n("100"), held: true}
			b.ReportAllocs()
			for b.Loop() {
				if _, absent := m.Points(c); absent != 0 {
					b.Fatal(absent)
				}
			}
		})
	}
}

// BenchmarkCategories looks up one of few texts, and one of very many.
func BenchmarkCategories(b *testing.B) {
	for _, n := range []int{10, 100_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			m := new(Categories)
			for i := range n {
				m.Rows = append(m.Rows, Category{Values: []string{"site-" + strconv.Itoa(i)}, Points: Const(Int(int64(i % 10)))})
			}
			s := setting("10")
			s.Of = KindString
			require.Empty(b, errorsIn(m.Check(s)))
			v := Text("site-" + strconv.Itoa(n/2))
			c := &Case{Frame: NewFrame(v), Of: &v, Weight: Int(10), held: true}
			b.ReportAllocs()
			for b.Loop() {
				if _, absent := m.Points(c); absent != 0 {
					b.Fatal(absent)
				}
			}
		})
	}
}
