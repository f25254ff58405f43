package bounds_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// FuzzRange looks for an expression with a value outside of what is claimed, in a small world.
func FuzzRange(f *testing.F) {
	for _, src := range []string{
		"a / (a + c)", "min(a, b ?? 2)", "a > 1 ? a * c : -a", "let x = a - c; x * x", "round(a / 3, 1) % 2", "k in ['x'] and (t or b > a)",
		"g >= 'B' ? 1 : 0", "d > date('1970-01-12')", "sum([a, c, b], # * 2)", "clamp(a, b, 3)", "has(b) and not t", "a ** 3 - sqrt(c)",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		w := small()
		p := w.compile(t, src)
		if p == nil || p.Type == nil {
			return
		}
		v := w.space.Of(p)
		w.customers([]*formula.Program{p}, func(got []slot.Value) {
			switch x := got[0]; x.Kind {
			case slot.Missing:
				require.True(t, v.CanMiss(), "%s is missing", src)
			case slot.List, slot.Record:
			default:
				require.True(t, v.Set.Accepts(&x), "%s = %v %s, not in %s", src, x.Num, x.Str, show(v.Range))
				if x.Kind == slot.Number && v.Places >= 0 {
					require.True(t, x.Num.Round(v.Places, exact.Down).Equal(x.Num), "%s = %s has more than %d decimals", src, x.Num, v.Places)
				}
			}
		})
	})
}
