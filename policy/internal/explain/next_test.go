package explain_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/explain"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/search"
)

// smallPolicy returns a policy whose inputs have so few values that all of them can be tried. Points may rise and fall.
func smallPolicy(r *rand.Rand) string {
	pick := func(all ...string) string { return all[r.IntN(len(all))] }
	n := func(most int) int { return r.IntN(most + 1) }
	var b strings.Builder
	b.WriteString("policy: small\nversion: \"1\"\ninputs:\n" +
		"  x: {type: number, min: 0, max: 24, decimals: 0}\n" +
		"  y: {type: number, min: 0, max: 1.5, decimals: 1}\n" +
		"  kind: {type: string, one_of: [a, b, c]}\n" +
		"  ok: {type: bool}\n" +
		"values: {q: x / (y + 1)}\nscoring:\n  indicators:\n")
	switch n(4) {
	case 0:
		fmt.Fprintf(&b, "    - {id: p, weight: 40, of: x, bands: [{min: %d, points: %d}, {min: %d, points: %d}, {points: %d}]}\n", 12+n(10), n(40), n(11), n(40), n(40))
	case 1:
		fmt.Fprintf(&b, "    - {id: p, weight: 40, of: q, linear: {0: %d, %d: %d, 24: %d}}\n", n(40), 2+n(8), n(40), n(40))
	case 2:
		fmt.Fprintf(&b, "    - {id: p, weight: 40, of: q, deduct: {from: %d, step: %d, points: %d}}\n", n(9), 1+n(3), 1+n(5))
	case 3:
		fmt.Fprintf(&b, "    - {id: p, weight: 40, rules: [{when: x > %d and y < %d.%d, points: %d}, {points: %d}]}\n", n(20), n(1), n(5), n(40), n(40))
	default:
		fmt.Fprintf(&b, "    - {id: p, weight: 40, formula: %s}\n", pick("x * y", "x * (24 - x) / 4", "40 / (x + y + 1)", "abs(x - 11) + y", "x % 7 * 5"))
	}
	fmt.Fprintf(&b, "    - {id: s, weight: 30, of: y, linear: {0: %d, 0.7: %d, 1.5: %d}}\n", n(30), n(30), n(30))
	fmt.Fprintf(&b, "    - {id: t, weight: 20, of: kind, categories: {a: %d, b: %d, otherwise: %d}}\n", n(20), n(20), n(20))
	fmt.Fprintf(&b, "    - {id: u, weight: 10, rules: [{when: ok, points: %d}, {points: %d}]}\n", n(10), n(10))
	fmt.Fprintf(&b, "grade:\n  scale: [{grade: A, min: %d}, {grade: B, min: %d}, {grade: C}]\n", 60+n(25), 25+n(30))
	if n(2) == 0 {
		fmt.Fprintf(&b, "  rules:\n    - {id: r, when: x > %d, %s}\n", n(24), pick("at_most: B", "notches: -1", "at_most: C"))
	}
	return b.String()
}

// domains returns every value of each input of a small policy.
func domains(p *program.Program) (out [][]slot.Value) {
	for i := range p.Inputs {
		in := &p.Inputs[i]
		var all []slot.Value
		switch {
		case in.Type.Kind == slot.Number:
			unit, _ := exact.Int(10).PowInt(-*in.Decimals)
			for x := *in.Min; !in.Max.Less(x); x = x.Add(unit) {
				all = append(all, slot.Num(x))
			}
		case in.Type.Kind == slot.Bool:
			all = []slot.Value{slot.Truth(false), slot.Truth(true)}
		default:
			all = in.OneOf
		}
		out = append(out, all)
	}
	return out
}

// Where all values can be tried, the changes are those that trying them all finds: the nearest on either side.
func TestNoNearerChangeReachesTheNextGrade(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	found, pairs, cheapest := 0, 0, 0
	for range 150 {
		src := smallPolicy(r)
		p := link(t, src)
		s := search.New(p, day(t, "2026-06-30"))
		all := domains(p)
		for range 4 {
			base := make(search.Inputs, len(all))
			for i := range base {
				base[i] = all[i][r.IntN(len(all[i]))]
			}
			state, err := s.Decide(base)
			require.NoError(t, err)
			n := explain.Next(p, state, explain.Facts{})
			if state.Grade.Ruled <= 0 {
				require.Equal(t, "best", n.None)
				continue
			}
			target := state.Grade.Ruled - 1
			reaches := func(in search.Inputs) bool {
				st, err := s.Decide(in)
				return err == nil && st.Grade.Ruled >= 0 && st.Grade.Ruled <= target
			}
			what := fmt.Sprintf("%s\n%s", src, s.Text(base))
			var want []string
			for i := range all {
				want = append(want, nearest(all[i], base, i, reaches)...)
			}
			var got []string
			for _, c := range n.Changes {
				if c.Grade == n.Next || c.Grade == "A" {
					require.Len(t, c.Inputs, 1)
					got = append(got, c.Inputs[0].Name+" "+c.Inputs[0].To.String())
				}
			}
			require.ElementsMatch(t, want, got, what)
			found += len(got)
			if n.Pair == nil || n.Pair.Grade != n.Next && n.Pair.Grade != "A" {
				continue
			}
			pairs++
			if len(n.Changes) > 0 {
				require.True(t, n.Pair.Cost.Less(n.Changes[0].Cost), what)
			}
			if best := cheapestPair(all, base, reaches); !best.Less(n.Pair.Cost) {
				cheapest++
			}
		}
	}
	require.Greater(t, found, 300)
	require.Greater(t, pairs, 30)
	t.Logf("%d changes, %d pairs, %d of them the cheapest there is", found, pairs, cheapest)
	require.Greater(t, cheapest*10, pairs*9, "nine of ten pairs are the cheapest there is")
}

// nearest tries every value of input i.
func nearest(all []slot.Value, base search.Inputs, i int, reaches func(search.Inputs) bool) (out []string) {
	at := -1
	for k := range all {
		if all[k].Equal(base[i]) {
			at = k
		}
	}
	name := []string{"x", "y", "kind", "ok"}[i]
	show := func(v slot.Value) string {
		switch v.Kind {
		case slot.Number:
			return name + " " + v.Num.String()
		case slot.Bool:
			return fmt.Sprintf("%s %t", name, v.Int == 1)
		}
		return name + " " + v.Str
	}
	if all[0].Kind != slot.Number {
		for k := range all {
			if k != at && reaches(base.With(i, all[k])) {
				out = append(out, show(all[k]))
			}
		}
		return out
	}
	for _, way := range []int{-1, 1} {
		for k := at + way; k >= 0 && k < len(all); k += way {
			if reaches(base.With(i, all[k])) {
				out = append(out, show(all[k]))
				break
			}
		}
	}
	return out
}

// cheapestPair returns what the cheapest change of two inputs costs.
func cheapestPair(all [][]slot.Value, base search.Inputs, reaches func(search.Inputs) bool) (best exact.Number) {
	known := false
	for i := range all {
		for j := range i {
			for _, v := range all[i] {
				for _, w := range all[j] {
					if v.Equal(base[i]) || w.Equal(base[j]) {
						continue
					}
					cost := costOf(base[i], v, i).Add(costOf(base[j], w, j))
					if (!known || cost.Less(best)) && reaches(base.With(i, v).With(j, w)) {
						best, known = cost, true
					}
				}
			}
		}
	}
	return best
}

// costOf is the cost of a change as it is documented.
func costOf(a, b slot.Value, i int) exact.Number {
	if a.Kind != slot.Number {
		return exact.Int(1)
	}
	unit := exact.Int(1)
	if i == 1 {
		unit = exact.MustParse("0.1")
	}
	cost, _ := b.Num.Sub(a.Num).Abs().Quo(exact.Max(a.Num.Abs(), unit))
	return cost
}
