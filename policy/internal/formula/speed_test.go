package formula_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

func customer() *env {
	e := newEnv().num("paid", "47").num("orders", "48").num("annual_purchase", "12000000").num("last_year", "10000000").num("overdue", "5").num("zero", "0")
	e.set("absent", slot.NumberType, gone).set("industry", slot.StringType, slot.Text("矿业")).set("due", slot.DateType, day("2024-06-30"))
	e.set("grade", slot.GradeType, slot.Rank(1, "B")).set("listed", slot.BoolType, slot.Truth(false))
	rec := &slot.Type{Kind: slot.Record, Fields: []slot.Field{{Name: "amount", Type: slot.NumberType}, {Name: "ccy", Type: slot.StringType}}}
	e.set("members", slot.ListOf(rec), list(slot.Fields([]slot.Value{number("100"), slot.Text("usd")}), slot.Fields([]slot.Value{number("50.5"), slot.Text("eur")})))
	return e.num("rates.usd", "7.2").num("rates.eur", "8")
}

// The values and conditions of a policy allocate nothing.
func TestNoAllocations(t *testing.T) {
	e := customer()
	for _, src := range []string{
		"min(20, paid / orders * 20)", "annual_purchase / last_year - 1", "10 - overdue * 0.25 - (overdue > 10 ? 2 : 0)", "annual_purchase >= 10_000_000",
		"1 < overdue <= 5 and not listed", "industry in ['矿业', '冶金']", "industry == '矿业' or overdue > 90", "grade >= 'C'", "due >= '2024-01-01'", "days_between(due, '2025-01-01') / 365",
		"let r = paid / orders; r >= 0.9 ? r * 20 : r * 10", "sum(members, .amount * rates[.ccy])", "any(members, .amount > 60 and .ccy == 'usd')", "all(members, let m = #; m.amount > 0)",
		"round(paid / orders * 20, 2)", "clamp(annual_purchase / 1000000, 0, 20)", "median(paid, orders, overdue)", "mean(paid, orders)", "sum(paid, orders, overdue)", "max(paid, orders)",
		"absent ?? 0", "has(absent) ? absent : 5", "absent > 5 and overdue > 90", "(paid / zero) ?? 0", "members[0].amount", "overdue in 1..5", "paid in [overdue, orders, 47]",
		"overdue ** 2", "paid % orders", "-paid", "floor(paid / orders)", "months_between('2024-01-01', due)", "year(due)", "len(industry)", "industry matches '^矿'", "count(members, .amount > 60)",
		"find(members, .ccy == 'eur').amount", "absent + paid",
	} {
		p := e.mustCompile(t, src)
		f := e.frame(p)
		var run func()
		switch p.Type.Kind {
		case slot.Number:
			eval := p.Number()
			run = func() { eval(f) }
		case slot.Bool:
			eval := p.Bool()
			run = func() { eval(f) }
		}
		run() // room for the causes
		absent := f.Slots[6]
		require.Zero(t, testing.AllocsPerRun(100, func() {
			_ = f.TakeErr()
			run()
		}) >= 1, src)
		require.Equal(t, absent, f.Slots[6])
	}
}

// One Program serves many goroutines, each with its own frame.
func TestConcurrency(t *testing.T) {
	e := customer()
	p := e.mustCompile(t, "let r = paid / orders; sum(members, .amount * rates[.ccy]) + r + (industry matches '矿' ? 1 : 0)")
	want := e.eval(t, "let r = paid / orders; sum(members, .amount * rates[.ccy]) + r + (industry matches '矿' ? 1 : 0)")
	var wg sync.WaitGroup
	for range 8 {
		f := e.frame(p)
		wg.Go(func() {
			for range 1000 {
				_ = f.TakeErr()
				if got := show(p.Any()(f)); got != want {
					t.Errorf("got %s, want %s", got, want)
					return
				}
			}
		})
	}
	tree, _ := formula.Parse("paid + orders")
	for range 8 {
		wg.Go(func() {
			scope := e.scope
			scope.Atom = nil
			if _, problems := formula.Compile(tree, &scope); len(problems) > 0 || len(tree.Names()) != 2 {
				t.Error(problems)
			}
		})
	}
	wg.Wait()
}

func benchmark(b *testing.B, src string) {
	e := customer()
	p := e.mustCompile(b, src)
	f := e.frame(p)
	b.ReportAllocs()
	switch p.Type.Kind {
	case slot.Number:
		eval := p.Number()
		for b.Loop() {
			eval(f)
		}
	case slot.Bool:
		eval := p.Bool()
		for b.Loop() {
			eval(f)
		}
	}
}

func BenchmarkQuotient(b *testing.B) { benchmark(b, "min(20, paid / orders * 20)") }

func BenchmarkThreshold(b *testing.B) { benchmark(b, "annual_purchase >= 10_000_000") }

func BenchmarkLogic(b *testing.B) {
	benchmark(b, "overdue < 90 and not listed and annual_purchase > 500_000")
}

func BenchmarkChoice(b *testing.B) { benchmark(b, "10 - overdue * 0.25 - (overdue > 10 ? 2 : 0)") }

func BenchmarkCategories(b *testing.B) { benchmark(b, "industry in ['冶金', '电力', '矿业']") }

func BenchmarkExposure(b *testing.B) {
	e := customer()
	p := e.mustCompile(b, "sum(members, .amount * rates[.ccy])")
	f := e.frame(p)
	eval := p.Number()
	b.ReportAllocs()
	for b.Loop() {
		eval(f)
		_ = f.TakeErr()
	}
}

func BenchmarkMissing(b *testing.B) {
	e := customer()
	p := e.mustCompile(b, "absent + paid / zero > 5 and overdue > 1")
	f := e.frame(p)
	eval := p.Bool()
	b.ReportAllocs()
	for b.Loop() {
		f.Reset(len(f.Slots))
		eval(f)
	}
}

func BenchmarkParseAndCompile(b *testing.B) {
	e := customer()
	e.scope.Atom = nil
	b.ReportAllocs()
	for b.Loop() {
		tree, _ := formula.Parse("min(20, paid / orders * 20) - (overdue > 10 ? 2 : 0)")
		if _, problems := formula.Compile(tree, &e.scope); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
