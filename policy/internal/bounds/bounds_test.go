package bounds_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/bounds"
)

// shop is a world of inputs without all too many bounds: sales and debts are amounts, paid and orders counts.
func shop() *world {
	w := newWorld()
	free := func(name string, places int, s sets.Span) {
		w.input(name, slot.NumberType, places, numbers("0", "1", 0, true)...)
		r := bounds.Range{Set: sets.Within(slot.Number, s), Places: places, Full: true, Ends: true}
		w.space.Declare(w.scope.Symbols[name].Slot, slot.NumberType, r)
	}
	free("sales", -1, sets.Span{NoHigh: true})
	free("debts", -1, sets.Span{NoHigh: true})
	free("paid", 0, sets.Span{NoHigh: true})
	free("orders", 0, sets.Span{NoHigh: true})
	free("any", -1, sets.Everything())
	w.input("percent", slot.NumberType, 1, numbers("0", "100", 1, false)...)
	w.input("staff", slot.NumberType, 0, numbers("1", "9", 0, false)...)
	w.input("since", slot.DateType, 0, slot.OfDay(20_000), slot.OfDay(20_001), slot.Value{})
	return w
}

func TestWhereExpressionsLie(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		// What cancels out is seen, whatever it is.
		{"sales - sales", "[0, 0]"},
		{"2 * percent - percent", "[0, 100]"},
		{"(percent + staff) - percent", "[1, 9]"},
		{"percent / staff - percent / staff", "[0, 0]"},
		{"3 * (percent / staff) - (percent / staff)", "[0, 200]"},
		// Shares lie between 0 and 1.
		{"sales / (sales + debts)", "[0, 1]"},
		{"sales / (sales + debts + 1)", "[0, 1)"},
		{"percent / (percent + staff)", "[0, 0.990099009901]"},
		{"(sales - debts) / (sales + debts)", "[-1, 1]"},
		{"sales / debts", "[0, -)"},
		{"staff / (staff + 1)", "[0.5, 0.9]"},
		{"percent / orders", "[0, 100]"},
		{"paid / orders - 1", "[-1, -)"},
		{"1 / any", "(-, 0) (0, -)"},
		// Functions.
		{"min(1, paid / orders)", "[0, 1]"},
		{"max(percent, 50)", "[50, 100]"},
		{"clamp(any, -5, 5)", "[-5, 5]"},
		{"abs(percent - 50)", "[0, 50]"},
		{"any ** 2", "[0, -)"},
		{"round(percent / 7, 1)", "[0, 14.3]"},
		{"floor(percent / 7)", "[0, 14]"},
		{"paid % 12", "[0, 11]"},
		{"sqrt(percent)", "[0, 10]"},
		{"percent ?? 500", "[0, 100]"},
		{"paid ?? -1", "[-1, -1] [0, -)"},
		// Conditions narrow what is behind them.
		{"percent > 50 ? percent : 50", "[50, 50] [50.1, 100]"},
		{"percent > 50 ? 1 : 0", "[0, 0] [1, 1]"},
		{"orders > 0 ? paid / orders : 0", "[0, -)"},
		{"staff >= 5 ? 10 / (staff - 4) : 0", "[0, 0] [2, 10]"},
		{"percent - staff > 0 ? percent - staff : 0", "[0, 0] [0.1, 99]"},
		{"let x = percent / 2; x > 10 ? x : 10", "[10, 10] [10.05, 50]"},
		{"percent > 500 ? 1 : 2", "[2, 2]"},
	} {
		w := shop()
		p := w.compile(t, c.src)
		require.NotNil(t, p, c.src)
		v := w.space.Of(p)
		assert.Equal(t, c.want, spans(v.Range), c.src)
	}
}

func TestWhatIsKnownToBeReachedSaysSo(t *testing.T) {
	for _, c := range []struct {
		src            string
		attained, full bool
	}{
		{"percent", true, true},
		{"percent + 5", true, true},
		{"100 - percent", true, true},
		{"percent * 2", true, false},
		{"percent * staff", true, false},
		{"percent * percent", true, false},
		{"percent * (100 - percent)", false, false},
		{"sales * 2", true, true},
		{"sales / debts", true, true},
		{"paid / orders", true, true},
		{"staff / orders", true, false},
		{"sales / (sales + debts)", true, false},
		{"min(percent, 50)", true, true},
		{"percent > 50 ? percent : 50", true, true},
		{"percent > 50 ? staff : 0", true, true},
		{"percent > 50 ? 100 - percent : percent", true, true},
		{"sum(filter([percent, staff], # > 3))", false, false},
	} {
		w := shop()
		p := w.compile(t, c.src)
		require.NotNil(t, p, c.src)
		v := w.space.Of(p)
		assert.Equal(t, c.attained, v.Attained(), "%s: %s", c.src, v.Why)
		assert.Equal(t, c.full, v.Full, "%s: %s", c.src, v.Why)
		assert.Equal(t, !c.full && !c.attained, v.Why != "" && !v.Attained(), c.src)
	}
}

func TestWhatIsAskedForFirstIsNotMissing(t *testing.T) {
	for _, c := range []struct {
		src    string
		always bool
	}{
		{"(has(paid) ? paid / 2 : 0) > 1", true},
		{"(has(paid) ? abs(paid) : 0) > 1", true},
		{"(has(paid) ? abs(paid + orders) : 0) > 1", false},
		{"(has(paid) ? 0 : paid) > 1", false},
		{"abs(paid) > 1", false},
		{"(has(since) ? days_between(since, date('2026-01-01')) : 0) > 1", true},
		{"(has(since) ? workdays_between(since, date('2026-01-01'), [date('2025-12-25')]) : 0) > 1", true},
		{"(has(since) ? workdays_between(since, date('2026-01-01'), [since]) : 0) > 1", false},
		{"workdays_between(since ?? date('2026-01-01'), date('2026-01-01'), []) > 1", true},
		{"workdays_between(since, date('2026-01-01'), []) > 1", false},
		{"has(since) ? add_workdays(since, staff, []) > date('2026-01-01') : false", true},
		{"add_workdays(date('2026-01-01'), staff, [since]) > date('2026-01-02')", false},
		{"add_workdays(since, staff, []) > date('2026-01-01')", false},
	} {
		w := shop()
		v := w.space.Of(w.compile(t, c.src))
		assert.Equal(t, c.always, !v.CanMiss(), c.src)
	}
}

func TestConditionsOverTheSameDataAreSeenThrough(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"percent > 5", "percent > 3", "a only where b"},
		{"percent > 5", "10 < 2 * percent", "a only where b, b only where a"},
		{"sales > debts", "debts - sales < 0", "a only where b, b only where a"},
		{"sales > debts", "debts > sales", "apart"},
		{"percent > 5 and staff > 3", "staff > 3", "a only where b"},
		{"percent > 5 or staff > 3", "percent <= 5 and staff <= 3", "apart"},
		{"percent / staff > 2", "percent / staff > 1", "a only where b"},
		{"has(paid)", "paid > 3", "b only where a"},
		{"not has(paid)", "paid > 3", "apart"},
		{"(paid ?? 0) > 3", "paid > 3", "a only where b, b only where a"},
		{"staff in [1, 2]", "staff in 1..3", "a only where b"},
		{"staff > 3 ? percent > 5 : percent > 50", "percent > 5", "a only where b"},
		{"percent > 5", "staff > 5", ""},
	} {
		w := shop()
		s := w.space
		a, b := s.Of(w.compile(t, c.a)), s.Of(w.compile(t, c.b))
		got := ""
		for _, x := range []struct {
			is   bool
			text string
		}{{s.Covers(a.True, b.True), "a only where b"}, {s.Covers(b.True, a.True), "b only where a"}, {s.Disjoint(a.True, b.True), "apart"}} {
			if x.is && got != "" {
				got += ", "
			}
			if x.is {
				got += x.text
			}
		}
		assert.Equal(t, c.want, got, "%s and %s", c.a, c.b)
	}
}
