package exact_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
)

// Package variables keep the compiler from computing the results once and for all.
var (
	sink     exact.Number
	sinkBool bool
	sinkInt  int
	sinkText []byte

	paid, orders, most = exact.Int(1234), exact.Int(1301), exact.Int(20)
	cents, rate        = num("1234.56"), num("0.0375")
	millions           = num("1234567.891")
	third              = mustQuo(exact.Int(1), exact.Int(3))
	wide1, wide2       = num("12345678901.2345"), num("987654321.87654321")
	big1, big2         = num("123456789012345678901234567890.123"), num("987654321098765432109876543210.77")
	dec                = decimal.RequireFromString("1234.56")
	textCents          = []byte("1234.56")
	textMillions       = []byte("-1234567.891")
	textBig            = []byte("123456789012345678901234567890.123")
)

func mustQuo(a, b exact.Number) exact.Number {
	q, _ := a.Quo(b)
	return q
}

// steps are the operations that are measured, and for the small form must not allocate.
func steps() (small, big []step) {
	buf := make([]byte, 0, 128)
	small = []step{
		{"MinQuoMul", func() { q, _ := paid.Quo(orders); sink = exact.Min(most, q.Mul(most)) }},
		{"Add/SameDenominator", func() { sink = cents.Add(cents) }},
		{"Add", func() { sink = cents.Add(rate) }},
		{"Add/Reduced", func() { sink = wide1.Add(wide2) }},
		{"Sub", func() { sink = cents.Sub(rate) }},
		{"Mul", func() { sink = cents.Mul(rate) }},
		{"Quo", func() { sink, sinkBool = cents.Quo(rate) }},
		{"Rem", func() { sink, sinkBool = cents.Rem(rate) }},
		{"Cmp", func() { sinkInt = cents.Cmp(rate) }},
		{"Cmp/SameDenominator", func() { sinkInt = cents.Cmp(cents) }},
		{"Equal", func() { sinkBool = cents.Equal(rate) }},
		{"Min", func() { sink = exact.Min(cents, rate) }},
		{"PowInt", func() { sink, sinkBool = cents.PowInt(3) }},
		{"Round", func() { sink = third.Round(2, exact.HalfUp) }},
		{"Round/Wide", func() { sink = millions.Round(2, exact.HalfEven) }},
		{"Round/Tens", func() { sink = cents.Round(-2, exact.HalfUp) }},
		{"RoundTo", func() { sink = cents.RoundTo(most, exact.Down) }},
		{"Floor", func() { sink = cents.Floor() }},
		{"Places", func() { sinkInt, sinkBool = cents.Places() }},
		{"Int64", func() { _, sinkBool = cents.Int64() }},
		{"BitLen", func() { sinkInt = cents.BitLen(); sinkBool = cents.TooLarge() }},
		{"FromDecimal", func() { sink, _ = exact.FromDecimal(dec) }},
		{"Parse", func() { sink, _ = exact.Parse("1234.56") }},
		{"ParseBytes", func() { sink, _ = exact.ParseBytes(textCents) }},
		{"ParseBytes/Millions", func() { sink, _ = exact.ParseBytes(textMillions) }},
		{"Append", func() { sinkText = cents.Append(buf) }},
		{"Append/Third", func() { sinkText = third.Append(buf) }},
		{"Append/Millions", func() { sinkText = millions.Append(buf) }},
		{"AppendFixed", func() { sinkText = cents.AppendFixed(buf, 2) }},
		{"AppendFixed/Third", func() { sinkText = third.AppendFixed(buf, 18) }},
	}
	big = []step{
		{"Add", func() { sink = big1.Add(big2) }},
		{"Mul", func() { sink = big1.Mul(big2) }},
		{"Quo", func() { sink, sinkBool = big1.Quo(big2) }},
		{"Cmp", func() { sinkInt = big1.Cmp(big2) }},
		{"Cmp/Small", func() { sinkInt = big1.Cmp(cents) }},
		{"Round", func() { sink = big1.Round(2, exact.HalfUp) }},
		{"ParseBytes", func() { sink, _ = exact.ParseBytes(textBig) }},
		{"Append", func() { sinkText = big1.Append(buf) }},
		{"AppendFixed", func() { sinkText = big1.AppendFixed(buf, 2) }},
		{"Overflow", func() { sink = wide1.Mul(wide2) }},
		{"Decimal", func() { _, sinkBool = cents.Decimal() }},
		{"Sqrt", func() { sink, sinkBool = cents.Sqrt() }},
		{"Ln", func() { sink, sinkBool = cents.Ln() }},
		{"Exp", func() { sink, sinkBool = rate.Exp() }},
		{"Pow", func() { sink, _, sinkBool = cents.Pow(rate) }},
	}
	return small, big
}

type step struct {
	name string
	do   func()
}

func BenchmarkSmall(b *testing.B) {
	small, _ := steps()
	run(b, small)
}

func BenchmarkBig(b *testing.B) {
	_, big := steps()
	run(b, big)
}

func run(b *testing.B, steps []step) {
	for _, s := range steps {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.do()
			}
		})
	}
}

func TestSmallFormDoesNotAllocate(t *testing.T) {
	small, _ := steps()
	for _, s := range small {
		require.Zero(t, testing.AllocsPerRun(100, s.do), s.name)
	}
}
