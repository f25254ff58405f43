package exact

import (
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestLn2Constant(t *testing.T) {
	series := ln2Series(ln2Bits + 64)
	series.Rsh(series, 64)
	require.Equal(t, ln2Hex, series.Text(16))
}

// TestErrorBounds compares every result with one of twice the precision: the difference must be within what is claimed.
func TestErrorBounds(t *testing.T) {
	var args []*big.Rat
	for i := int64(1); i < 100; i++ {
		args = append(args, big.NewRat(i*i*i, 12345), big.NewRat(1000000+i, 1000000), big.NewRat(i, i+1))
	}
	for _, f := range []int{128, 192, 384, 1000} {
		for _, r := range args {
			l, lf, ulps := lnFixed(r, f)
			fine, ff, _ := lnFixed(r, 2*f)
			requireWithin(t, l, fine, ff-lf, ulps)

			if r.Cmp(big.NewRat(maxExpArg, 1)) < 0 {
				for range 2 {
					x := new(big.Int).Lsh(r.Num(), uint(f))
					y := new(big.Int).Lsh(r.Num(), uint(2*f))
					v, ulps, e := expFixed(x.Div(x, r.Denom()), f, 1)
					fine, _, fe := expFixed(y.Div(y, r.Denom()), 2*f, 1)
					require.Positive(t, v.Sign())
					requireWithin(t, v, fine, e-fe, ulps)
					r = new(big.Rat).Neg(r)
				}
			}
		}
	}
}

// requireWithin wants coarse, in units that are 2^shift of those of fine, to be off by at most ulps.
func requireWithin(t *testing.T, coarse, fine *big.Int, shift int, ulps *big.Int) {
	t.Helper()
	diff := new(big.Int).Lsh(coarse, uint(shift))
	diff.Sub(diff, fine)
	limit := new(big.Int).Lsh(ulps, uint(shift))
	require.LessOrEqual(t, diff.CmpAbs(limit), 0)
}

// TestZivGoesOn takes arguments made to lie so close to a rounding boundary that the first precision cannot decide.
func TestZivGoesOn(t *testing.T) {
	boundary, _ := new(big.Rat).SetString("1.2345678901234567890123456789012345") // 35 digits: a tie
	down, _ := new(big.Rat).SetString("1.234567890123456789012345678901234")
	up, _ := new(big.Rat).SetString("1.234567890123456789012345678901235")
	for _, bits := range []int{150, 300, 1000, 5000, 12000} {
		l, f, ulps := lnFixed(boundary, bits)
		for _, tt := range []struct {
			side int64
			want *big.Rat
		}{{-1, down}, {1, up}} {
			x := new(big.Int).Mul(ulps, big.NewInt(2*tt.side))
			x.Add(x, l)
			arg := new(big.Rat).SetFrac(x, new(big.Int).Lsh(big.NewInt(1), uint(f)))
			start := time.Now()
			e, ok := FromRat(arg).Exp()
			require.True(t, ok)
			require.Less(t, time.Since(start), Patience)
			require.Zero(t, e.Rat().Cmp(tt.want), "%d bits", bits)

			// The other way about: the logarithm of what lies beside exp of the tie.
			x = new(big.Int).Lsh(boundary.Num(), uint(bits))
			v, vUlps, exp2 := expFixed(x.Div(x, boundary.Denom()), bits, 1)
			v.Add(v, vUlps.Mul(vUlps, big.NewInt(2*tt.side)))
			arg.SetFrac(v, big.NewInt(1))
			if exp2 < 0 {
				arg.SetFrac(v, new(big.Int).Lsh(big.NewInt(1), uint(-exp2)))
			}
			start = time.Now()
			ln, ok := FromRat(arg).Ln()
			require.True(t, ok)
			require.Less(t, time.Since(start), Patience)
			require.Zero(t, ln.Rat().Cmp(tt.want), "%d bits", bits)
		}
	}
	// Beyond the last precision it gives up rather than guess.
	l, f, _ := lnFixed(boundary, 30000)
	arg := new(big.Rat).SetFrac(l, new(big.Int).Lsh(big.NewInt(1), uint(f)))
	start := time.Now()
	_, ok := FromRat(arg).Exp()
	require.False(t, ok)
	require.Less(t, time.Since(start), Patience)
	x := new(big.Int).Lsh(boundary.Num(), 30000)
	v, _, exp2 := expFixed(x.Div(x, boundary.Denom()), 30000, 1)
	arg.SetFrac(v, new(big.Int).Lsh(big.NewInt(1), uint(-exp2)))
	_, ok = FromRat(arg).Ln()
	require.False(t, ok)
	require.Less(t, time.Since(start), Patience)
}

func TestFloorRoot(t *testing.T) {
	for _, k := range []uint{2, 3, 5, 17, 100} {
		for i := int64(2); i < 200; i++ {
			root := new(big.Int).Exp(big.NewInt(i), big.NewInt(1+i%11), nil)
			n := power(root, k)
			got, ok := intRoot(n, k)
			require.True(t, ok)
			require.Zero(t, got.Cmp(root))
			require.Zero(t, floorRoot(n, k).Cmp(root), "%d", k)
			above := new(big.Int).Add(n, big.NewInt(1))
			require.Zero(t, floorRoot(above, k).Cmp(root))
			_, ok = intRoot(above, k)
			require.False(t, ok)
			below := above.Sub(n, big.NewInt(1))
			require.Zero(t, floorRoot(below, k).Cmp(new(big.Int).Sub(root, big.NewInt(1))), "%d %d", i, k)
		}
	}
}
