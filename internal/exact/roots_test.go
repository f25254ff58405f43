package exact_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
)

func TestKnownValues(t *testing.T) {
	ln2, ok := exact.Int(2).Ln()
	require.True(t, ok)
	require.Equal(t, "0.6931471805599453094172321214581766", ln2.Fixed(34))
	e, ok := exact.Int(1).Exp()
	require.True(t, ok)
	require.Equal(t, "2.718281828459045235360287471352662", e.Fixed(33))
	root2, ok := exact.Int(2).Sqrt()
	require.True(t, ok)
	require.Equal(t, "1.414213562373095048801688724209698", root2.Fixed(33))
}

func TestAgainstDecimal128(t *testing.T) {
	data, err := os.ReadFile("testdata/decimal34.txt")
	require.NoError(t, err)
	lines := 0
	for line := range strings.Lines(string(data)) {
		fields := strings.Fields(line)
		if fields[0] == "#" {
			continue
		}
		lines++
		a := frac(t, fields[1])
		var got exact.Number
		var ok bool
		switch fields[0] {
		case "ln":
			got, ok = a.Ln()
		case "exp":
			got, ok = a.Exp()
		case "pow":
			got, _, ok = a.Pow(frac(t, fields[2]))
		case "sqrt":
			got, ok = a.Sqrt()
		}
		require.True(t, ok, line)
		require.NoError(t, got.Check(), line)
		want := frac(t, fields[len(fields)-1])
		if fields[0] == "sqrt" && got.Mul(got).Equal(a) {
			continue // exact, with more digits than 34 where it has them
		}
		require.True(t, got.Equal(want), "%sgot %s", line, got.Fraction())
	}
	require.Greater(t, lines, 200)
}

func TestSqrt(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "1": "1", "4": "2", "0.25": "1/2", "0.250": "1/2", "2.25": "3/2", "9/49": "3/7", "1e40": "1" + zeros(20), "1e-40": "1/1" + zeros(20),
		"9223372030926249001": "3037000499", "15241578753238836750495351562536198787501905199875019052100": "123456789012345678901234567890",
	} {
		root, ok := frac(t, in).Sqrt()
		require.True(t, ok, in)
		require.Equal(t, want, root.Fraction(), in)
	}
	_, ok := num("-1e-30").Sqrt()
	require.False(t, ok)
	huge, _ := exact.Int(3).PowInt(20001)
	_, ok = huge.Sqrt()
	require.False(t, ok, "beyond 10^1000 and not exact")
	square, _ := exact.Int(3).PowInt(20000)
	root, ok := square.Sqrt()
	require.True(t, ok, "what is exact is bounded by MaxBits alone")
	require.True(t, root.Mul(root).Equal(square))
	inverse, _ := exact.Int(1).Quo(huge)
	_, ok = inverse.Sqrt()
	require.False(t, ok)
}

// checkSqrt proves a root by squaring the two numbers half a unit in the last digit away from it.
func checkSqrt(t testing.TB, a exact.Number) {
	root, ok := a.Sqrt()
	if !ok {
		t.Fatalf("no root of %s", a.Fraction())
	}
	if root.Mul(root).Equal(a) {
		return
	}
	unit := exact.Int(1)
	ten := exact.Int(10)
	for scaled := root; scaled.Less(exact.Int(1)); scaled = scaled.Mul(ten) {
		unit, _ = unit.Quo(ten)
	}
	for limit := ten; !root.Less(limit); limit = limit.Mul(ten) {
		unit = unit.Mul(ten)
	}
	half := unit.Mul(num("5e-34"))
	low, high := root.Sub(half), root.Add(half)
	if !low.Mul(low).Less(a) || !a.Less(high.Mul(high)) {
		t.Fatalf("root of %s is not %s", a.Fraction(), root.Fraction())
	}
}

func TestSqrtIsProved(t *testing.T) {
	for _, a := range edges(t) {
		checkSqrt(t, a.Abs())
	}
	for i := range int64(400) {
		checkSqrt(t, exact.Int(i))
		q, _ := exact.Ratio(i, 997)
		checkSqrt(t, q)
	}
}

func TestLn(t *testing.T) {
	zero, ok := num("1.00").Ln()
	require.True(t, ok)
	require.Equal(t, "0", zero.Fraction())
	for _, s := range []string{"0", "-1", "-1e30"} {
		_, ok := num(s).Ln()
		require.False(t, ok, s)
	}
	// ln(1 + x) is x - x^2/2, which at x = 1e-40 is x for 34 digits.
	tiny, ok := num("1e-40").Add(exact.Int(1)).Ln()
	require.True(t, ok)
	require.True(t, tiny.Equal(num("1e-40")), tiny.Fraction())
	edge, ok := num("1e-1000").Add(exact.Int(1)).Ln()
	require.True(t, ok)
	require.True(t, edge.Equal(num("1e-1000")))
	_, ok = num("1e-1000").Mul(num("0.9")).Add(exact.Int(1)).Ln()
	require.False(t, ok, "within 10^-1000 of 0")
	top, ok := num("1e1000").Ln()
	require.True(t, ok)
	require.Equal(t, "2302.585092994045684017991454684364", top.Fixed(30))
}

func TestExp(t *testing.T) {
	one, ok := num("0.00").Exp()
	require.True(t, ok)
	require.Equal(t, "1", one.Fraction())
	for _, s := range []string{"2302.58509299404569", "-2302.58509299404569", "2400", "-2401", "1e1000", "-1e1000"} {
		_, ok := num(s).Exp()
		require.False(t, ok, s)
	}
	for _, s := range []string{"2302.58509299404568", "-2302.58509299404568", "1e-1000", "-1e-1000"} {
		_, ok := num(s).Exp()
		require.True(t, ok, s)
	}
}

func TestPow(t *testing.T) {
	for _, tt := range []struct{ a, b, want string }{
		{"2", "10", "1024"}, {"2", "-1", "1/2"}, {"0", "0", "1"}, {"-2", "3", "-8"}, {"-2", "3.0", "-8"}, {"0", "0.5", "0"}, {"0", "1e30", "0"},
		{"4", "0.5", "2"}, {"4", "-0.5", "1/2"}, {"4", "1.5", "8"}, {"8", "1/3", "2"}, {"8/27", "2/3", "4/9"}, {"8/27", "-2/3", "9/4"}, {"2.25", "1.5", "27/8"},
		{"1", "0.3", "1"}, {"1", "1e500", "1"}, {"-1", "1e30", "1"}, {"-1", "1000000000000000000000000000001", "-1"}, {"1e30", "0.1", "1000"}, {"1e-30", "0.1", "1/1000"},
		{"1.1", "0", "1"}, {"16", "0.25", "2"}, {"1e1000", "0.001", "10"}, {"6.25", "0.50", "5/2"},
	} {
		p, isExact, ok := frac(t, tt.a).Pow(frac(t, tt.b))
		require.True(t, ok, "%s^%s", tt.a, tt.b)
		require.True(t, isExact, "%s^%s", tt.a, tt.b)
		require.Equal(t, tt.want, p.Fraction(), "%s^%s", tt.a, tt.b)
	}
	for _, tt := range []struct{ a, b, want string }{
		{"2", "0.5", "1.414213562373095048801688724209698"},
		{"1.05", "1/12", "1.004074123783648301605419602672107"},
		{"0.5", "0.5", "0.707106781186547524400844362104849"},
	} {
		p, isExact, ok := frac(t, tt.a).Pow(frac(t, tt.b))
		require.True(t, ok)
		require.False(t, isExact)
		require.True(t, p.Equal(num(tt.want)), "%s^%s = %s", tt.a, tt.b, p.Fixed(40))
	}
	for _, tt := range [][2]string{{"0", "-1"}, {"0", "-0.5"}, {"-4", "0.5"}, {"-8", "1/3"}, {"2", "4000.5"}, {"2", "1e30"}, {"2", "-1e30"}, {"1.1", "1e500"}, {"-2", "1e30"}} {
		_, _, ok := frac(t, tt[0]).Pow(frac(t, tt[1]))
		require.False(t, ok, "%s^%s", tt[0], tt[1])
	}
}

func TestPowRoundsWhereTheExactPowerIsTooLarge(t *testing.T) {
	// Ten years of daily interest: 21 bits to the power 3650 would take over 70,000.
	p, isExact, ok := num("1.0001234").Pow(exact.Int(3650))
	require.True(t, ok)
	require.False(t, isExact)
	require.Equal(t, "1.568911727779", p.String())
	n, isExact, ok := num("-1.0001234").Pow(exact.Int(3651))
	require.True(t, ok)
	require.False(t, isExact)
	require.Equal(t, -1, n.Sign())
}

// TestTieOfARationalPower has results that lie exactly between two numbers of 34 digits, where rounding could never be
// proved if the power were not recognised as rational.
func TestTieOfARationalPower(t *testing.T) {
	tie := num("1.0000000000000000000000000000000005") // 35 digits
	square := tie.Mul(tie)
	root, ok := square.Sqrt()
	require.True(t, ok)
	require.True(t, root.Equal(tie))
	p, isExact, ok := square.Pow(num("0.5"))
	require.True(t, ok)
	require.True(t, isExact)
	require.True(t, p.Equal(tie))
	p, isExact, ok = square.Mul(tie).Pow(frac(t, "2/3"))
	require.True(t, ok)
	require.True(t, isExact)
	require.True(t, p.Equal(square))
}

func TestSqrtBesideATie(t *testing.T) {
	tie := num("1.0000000000000000000000000000000005") // its even neighbour is 1
	for delta, want := range map[string]string{"1e-80": "1.000000000000000000000000000000001", "-1e-80": "1"} {
		a := tie.Mul(tie).Add(num(delta))
		checkSqrt(t, a)
		root, ok := a.Sqrt()
		require.True(t, ok)
		require.True(t, root.Equal(num(want)), delta)
		p, isExact, ok := a.Pow(num("0.5"))
		require.True(t, ok)
		require.False(t, isExact)
		require.True(t, p.Equal(root), delta)
	}
}

func TestInexactRefusesWhatIsTooLarge(t *testing.T) {
	p, _ := exact.Int(2).PowInt(exact.MaxBits - 1)
	large := p.Mul(exact.Int(2))
	small, _ := exact.Int(1).Quo(large)
	for _, n := range []exact.Number{large, small} {
		_, ok := n.Sqrt()
		require.False(t, ok)
		_, ok = n.Ln()
		require.False(t, ok)
		_, ok = n.Exp()
		require.False(t, ok)
		_, _, ok = n.Pow(num("0.5"))
		require.False(t, ok)
		_, _, ok = num("0.5").Pow(n)
		require.False(t, ok)
	}
}

func TestHostileArgumentsTakeNoTime(t *testing.T) {
	top, _ := exact.Int(2).PowInt(exact.MaxBits - 1)
	odd := top.Add(top).Sub(exact.Int(1)) // as many bits as allowed, no pattern in the root
	other, _ := exact.Int(3).PowInt(20674)
	ratio, _ := odd.Quo(other)
	near1, _ := odd.Quo(odd.Sub(exact.Int(2)))
	cube, _ := exact.Int(3).PowInt(20673)
	values := []exact.Number{top, odd, other, ratio, near1, cube, odd.Neg(), num("1e-1000"), num("1e1000"), num("2399.99"), num("-2399.99"), num("0.3"), frac(t, "1/3")}
	for _, v := range values {
		if q, ok := exact.Int(1).Quo(v); ok {
			values = append(values, q)
		}
	}
	within := func(what string, a, b exact.Number, f func()) {
		start := time.Now()
		f()
		require.Less(t, time.Since(start), exact.Patience, "%s of %.30s, %.30s", what, a.Fraction(), b.Fraction())
	}
	for _, a := range values {
		within("sqrt", a, a, func() { a.Sqrt() })
		within("ln", a, a, func() { a.Ln() })
		within("exp", a, a, func() { a.Exp() })
		for _, b := range values {
			within("pow", a, b, func() { a.Pow(b) })
		}
	}
	for k := range int64(300) {
		q, _ := exact.Ratio(1, 7*k+2)
		within("pow", odd, q, func() { odd.Pow(q) })
	}
}

func TestExpUndoesLn(t *testing.T) {
	for i := int64(1); i < 500; i++ {
		a, _ := exact.Ratio(i*i, 37)
		ln, ok := a.Ln()
		require.True(t, ok)
		e, ok := ln.Exp()
		require.True(t, ok)
		q, _ := e.Sub(a).Quo(a)
		require.True(t, q.Abs().Less(num("1e-32")), a.Fraction())
	}
}
