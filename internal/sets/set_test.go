package sets

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// randomSet returns a set of small numbers or short texts, built as cells build theirs.
func randomSet(r *rand.Rand, k slot.Kind) Set {
	s := Just(randomValue(r, k))
	for range r.IntN(4) {
		u := Just(randomValue(r, k))
		if k == slot.Number && r.IntN(2) == 0 {
			a, b := int64(r.IntN(7)), int64(r.IntN(7))
			u = Within(k, Span{
				Low: exact.Int(min(a, b)), High: exact.Int(max(a, b)), LowOpen: r.IntN(2) == 0, HighOpen: r.IntN(2) == 0,
				NoLow: r.IntN(5) == 0, NoHigh: r.IntN(5) == 0,
			})
		}
		switch r.IntN(3) {
		case 0:
			s = s.Or(u)
		case 1:
			s = s.And(u)
		default:
			s = s.Or(u.Not())
		}
	}
	return s
}

func randomValue(r *rand.Rand, k slot.Kind) slot.Value {
	switch k {
	case slot.String:
		return slot.Text(string(rune('a' + r.IntN(4))))
	case slot.Bool:
		return slot.Truth(r.IntN(2) == 0)
	}
	half, _ := exact.Ratio(int64(r.IntN(13)), 2)
	return slot.Num(half)
}

// samples returns values at, between and beyond all that random sets mention.
func samples(k slot.Kind) (out []slot.Value) {
	switch k {
	case slot.String:
		for c := 'a'; c <= 'e'; c++ {
			out = append(out, slot.Text(string(c)))
		}
	case slot.Bool:
		out = append(out, slot.Truth(false), slot.Truth(true))
	default:
		for i := int64(-1); i <= 28; i++ {
			x, _ := exact.Ratio(i, 4)
			out = append(out, slot.Num(x))
		}
	}
	return out
}

func TestSetsAreWhatTheyAreMadeOf(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		k := []slot.Kind{slot.Number, slot.String, slot.Bool}[r.IntN(3)]
		a, b := randomSet(r, k), randomSet(r, k)
		or, and, not, without := a.Or(b), a.And(b), a.Not(), a.Without(b)
		for _, v := range samples(k) {
			inA, inB := a.Accepts(&v), b.Accepts(&v)
			require.Equal(t, inA || inB, or.Accepts(&v), "%v or %v: %v", a, b, v)
			require.Equal(t, inA && inB, and.Accepts(&v), "%v and %v: %v", a, b, v)
			require.Equal(t, !inA, not.Accepts(&v), "not %v: %v", a, v)
			require.Equal(t, inA && !inB, without.Accepts(&v), "%v without %v: %v", a, b, v)
		}
		for i := 1; i < len(or.Spans); i++ {
			require.Negative(t, lowerEnd(&or.Spans[i-1], &or.Spans[i]))
			require.False(t, touches(&or.Spans[i-1], &or.Spans[i]))
		}
	}
}

func TestWhatSetsSayOfMissingValues(t *testing.T) {
	for _, c := range []struct{ a, b, or, and Verdict }{
		{Unknown, Unknown, Unknown, Unknown},
		{Unknown, Accepted, Accepted, Unknown},
		{Unknown, Refused, Unknown, Refused},
		{Accepted, Refused, Accepted, Refused},
		{Refused, Refused, Refused, Refused},
		{Accepted, Accepted, Accepted, Accepted},
	} {
		a, b := All(slot.Number), All(slot.Number)
		a.Missing, b.Missing = c.a, c.b
		require.Equal(t, c.or, a.Or(b).Missing)
		require.Equal(t, c.or, b.Or(a).Missing)
		require.Equal(t, c.and, a.And(b).Missing)
		require.Equal(t, c.and, b.And(a).Missing)
	}
}

func TestANumberOfASpan(t *testing.T) {
	for _, c := range []struct {
		span   Span
		places int
		want   string // "" for none
	}{
		{Span{Low: exact.Int(1), High: exact.Int(2), LowOpen: true, HighOpen: true}, -1, "1.5"},
		{Span{Low: exact.Int(1), High: exact.Int(2), LowOpen: true, HighOpen: true}, 1, "1.1"},
		{Span{Low: exact.Int(1), High: exact.Int(2), LowOpen: true, HighOpen: true}, 0, ""},
		{Span{Low: exact.Int(1), High: exact.Int(2), LowOpen: true}, 0, "2"},
		{Span{NoLow: true, High: exact.MustParse("2.55"), HighOpen: true}, 1, "2.5"},
		{Span{NoLow: true, High: exact.Int(2), HighOpen: true}, 0, "1"},
		{Span{NoLow: true, High: exact.Int(2), HighOpen: true}, -1, "1"},
		{Span{Low: exact.Int(2), LowOpen: true, NoHigh: true}, -1, "3"},
		{Everything(), 2, "0"},
	} {
		got := ""
		if x, ok := c.span.Pick(c.places); ok {
			got = x.String()
		}
		require.Equal(t, c.want, got, "%+v", c)
	}
}
