package exact_test

import (
	"math"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
)

// edges are where 64 bits end, seen from both sides, and a few ordinary numbers.
func edges(t testing.TB) []exact.Number {
	var all []exact.Number
	for _, s := range []string{
		"0", "1", "-1", "2", "0.25", "0.250", "-0.25", "1/3", "-2/3", "100/7",
		"4611686018427387903", "4611686018427387904", "4611686018427387905", "-4611686018427387904",
		"9223372036854775806", "9223372036854775807", "9223372036854775808", "-9223372036854775807", "-9223372036854775808", "-9223372036854775809",
		"1/9223372036854775807", "1/9223372036854775808", "-1/9223372036854775807", "1/4611686018427387904",
		"9223372036854775807/9223372036854775806", "9223372036854775806/9223372036854775807", "-9223372036854775807/9223372036854775806",
		"9223372036854775807/2", "3037000499", "3037000500", "4294967296", "1/4294967296", "18446744073709551616", "1e40", "1e-40",
	} {
		all = append(all, frac(t, s))
	}
	return all
}

func TestArithmeticWhere64BitsEnd(t *testing.T) {
	all := edges(t)
	for _, a := range all {
		for _, b := range all {
			checkArithmetic(t, a, b)
		}
	}
}

func TestCmpWhereTheBitsMislead(t *testing.T) {
	// 2^100/(2^51 - 1) has a bit more in the numerator than (2^100 - 1)/2^50, and is half of it.
	p100, _ := exact.Int(2).PowInt(100)
	p50, _ := exact.Int(2).PowInt(50)
	one := exact.Int(1)
	lower, _ := p100.Quo(p50.Add(p50).Sub(one))
	higher, _ := p100.Sub(one).Quo(p50)
	checkArithmetic(t, lower, higher)
	checkArithmetic(t, higher, lower)
	checkArithmetic(t, lower.Neg(), higher.Neg())
	checkArithmetic(t, higher.Neg(), lower.Neg())
	checkArithmetic(t, lower, lower.Add(num("1e-300")))
}

// checkArithmetic compares everything that two numbers can do with what big.Rat makes of them.
func checkArithmetic(t testing.TB, a, b exact.Number) {
	x, y := a.Rat(), b.Rat()
	at, bt := a.Fraction(), b.Fraction()
	same := func(op string, got exact.Number, want *big.Rat) {
		t.Helper()
		if err := got.Check(); err != nil {
			t.Fatalf("%s %s %s: %v", at, op, bt, err)
		}
		if got.Rat().Cmp(want) != 0 {
			t.Fatalf("%s %s %s = %s, want %s", at, op, bt, got.Fraction(), want.RatString())
		}
	}
	same("+", a.Add(b), new(big.Rat).Add(x, y))
	same("-", a.Sub(b), new(big.Rat).Sub(x, y))
	same("*", a.Mul(b), new(big.Rat).Mul(x, y))
	same("neg", a.Neg(), new(big.Rat).Neg(x))
	same("abs", a.Abs(), new(big.Rat).Abs(x))
	q, ok := a.Quo(b)
	r, okRem := a.Rem(b)
	if ok != (y.Sign() != 0) || okRem != ok {
		t.Fatalf("%s / %s: ok is %v and %v", at, bt, ok, okRem)
	}
	if ok {
		want := new(big.Rat).Quo(x, y)
		same("/", q, want)
		trunc := new(big.Rat).SetInt(new(big.Int).Quo(want.Num(), want.Denom()))
		same("rem", r, new(big.Rat).Sub(x, trunc.Mul(trunc, y)))
	}
	cmp := x.Cmp(y)
	if got := a.Cmp(b); got != cmp {
		t.Fatalf("%s cmp %s = %d, want %d", at, bt, got, cmp)
	}
	if a.Equal(b) != (cmp == 0) || a.Less(b) != (cmp < 0) || a.Sign() != x.Sign() {
		t.Fatalf("%s and %s: Equal, Less or Sign is wrong", at, bt)
	}
	lower, higher := x, y
	if cmp > 0 {
		lower, higher = y, x
	}
	same("min", exact.Min(a, b), lower)
	same("max", exact.Max(a, b), higher)
	held := new(big.Rat)
	if x.Sign() >= 0 {
		held = lower
	}
	same("hold", a.Hold(b), held)
	if a.Fraction() != at || b.Fraction() != bt {
		t.Fatalf("%s and %s changed", at, bt)
	}
}

func TestComesBackFromBig(t *testing.T) {
	top := exact.Int(math.MaxInt64)
	over := top.Add(exact.Int(1))
	require.True(t, over.IsBig())
	require.False(t, over.Sub(exact.Int(1)).IsBig())
	require.True(t, over.Neg().IsBig(), "the smallest int64 is kept big, so that it can be negated")
	require.Equal(t, "9223372036854775808", over.Neg().Neg().String())
	half, ok := over.Quo(exact.Int(2))
	require.True(t, ok)
	require.False(t, half.IsBig())
	require.True(t, over.Sub(over).Equal(exact.Number{}))
	require.False(t, over.Equal(top))
}

func TestReducesBeforeItGoesBig(t *testing.T) {
	// 0.5 a hundred times over, as 5/10 that would become 5^100/10^100.
	p := exact.Int(1)
	for range 62 {
		p = p.Mul(num("0.5"))
	}
	require.False(t, p.IsBig())
	require.Equal(t, "1/4611686018427387904", p.Fraction())
	sum := exact.Number{}
	for range 1000 {
		sum = sum.Add(num("0.1")).Add(num("0.01")).Add(num("0.125"))
	}
	require.False(t, sum.IsBig())
	require.Equal(t, "235", sum.String())
}

func TestRem(t *testing.T) {
	for _, tt := range []struct{ a, b, want string }{
		{"7", "3", "1"}, {"-7", "3", "-1"}, {"7", "-3", "1"}, {"-7", "-3", "-1"},
		{"7.5", "2", "1.5"}, {"1", "0.3", "0.1"}, {"0.75", "0.25", "0"}, {"1e20", "7", "2"}, {"5", "1e20", "5"},
	} {
		r, ok := num(tt.a).Rem(num(tt.b))
		require.True(t, ok)
		require.Equal(t, tt.want, r.String(), "%s rem %s", tt.a, tt.b)
	}
	_, ok := exact.Int(1).Rem(num("0.0"))
	require.False(t, ok)
}

func TestPowInt(t *testing.T) {
	for _, tt := range []struct {
		a    string
		n    int
		want string
	}{
		{"0", 0, "1"}, {"0.00", 0, "1"}, {"0", 5, "0"}, {"1", math.MaxInt, "1"}, {"1", math.MinInt, "1"},
		{"-1", math.MaxInt, "-1"}, {"-1", math.MinInt, "1"}, {"-1.0", 3, "-1"}, {"2", 10, "1024"}, {"2", -2, "1/4"}, {"-2", -3, "-1/8"},
		{"-2", 63, "-9223372036854775808"}, {"2", 62, "4611686018427387904"}, {"2", 63, "9223372036854775808"},
		{"0.5", 62, "1/4611686018427387904"}, {"0.10", 3, "1/1000"}, {"2/3", -3, "27/8"}, {"1.05", 2, "441/400"},
		{"10", 25, "10000000000000000000000000"}, {"1e30", -1, "1/1000000000000000000000000000000"}, {"-1e30", 1, "-1000000000000000000000000000000"},
	} {
		p, ok := frac(t, tt.a).PowInt(tt.n)
		require.True(t, ok, "%s^%d", tt.a, tt.n)
		require.NoError(t, p.Check())
		require.Equal(t, tt.want, p.Fraction(), "%s^%d", tt.a, tt.n)
	}
	_, ok := exact.Number{}.PowInt(-1)
	require.False(t, ok)
}

func TestPowIntAgreesWithMultiplication(t *testing.T) {
	for _, a := range edges(t) {
		want := exact.Int(1)
		for n := range 12 {
			p, ok := a.PowInt(n)
			require.True(t, ok)
			require.NoError(t, p.Check())
			require.True(t, p.Equal(want), "%s^%d", a.Fraction(), n)
			if a.Sign() != 0 {
				inverse, ok := a.PowInt(-n)
				require.True(t, ok)
				require.True(t, inverse.Mul(p).Equal(exact.Int(1)), "%s^-%d", a.Fraction(), n)
			}
			want = want.Mul(a)
		}
	}
}

func TestPowIntRefusesBeforeTheWork(t *testing.T) {
	start := time.Now()
	for _, tt := range []struct {
		a string
		n int
	}{
		{"2", exact.MaxBits}, {"2", math.MaxInt}, {"2", math.MinInt}, {"0.5", math.MaxInt}, {"3", 1_000_000_000}, {"1.0000001", 1_000_000},
		{"1e30", 1000}, {"1e-30", 1000}, {"4294967296", math.MaxInt/16 + 1}, {"3", 32767}, {"-3", 25000},
	} {
		_, ok := num(tt.a).PowInt(tt.n)
		require.False(t, ok, "%s^%d", tt.a, tt.n)
	}
	_, ok := exact.Int(2).PowInt(exact.MaxBits - 1)
	require.True(t, ok)
	_, ok = exact.Int(3).PowInt(20674) // 32768 / log2(3)
	require.True(t, ok)
	_, ok = exact.Int(3).PowInt(20675)
	require.False(t, ok)
	require.Less(t, time.Since(start), exact.Patience)
}

func TestAnnuityOf360MonthsIsExact(t *testing.T) {
	rate, _ := num("0.0375").Quo(exact.Int(12))
	growth, ok := rate.Add(exact.Int(1)).PowInt(-360)
	require.True(t, ok)
	payment, ok := num("200000").Mul(rate).Quo(exact.Int(1).Sub(growth))
	require.True(t, ok)
	require.Equal(t, "926.23", payment.Round(2, exact.HalfUp).Fixed(2))
	require.False(t, payment.TooLarge())
}
