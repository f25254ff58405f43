package credit_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/credit"
)

// busy are terms in which everything has something to do.
func busy(t testing.TB) (*credit.Terms, *credit.Frame) {
	terms := &credit.Terms{
		Steps: []credit.Step{
			{ID: "base", Set: credit.NumberIn(0)},
			{ID: "factor", Multiply: credit.NumberIn(1)},
			{ID: "capital", AtMost: credit.NumberIn(2)},
			{ID: "ceiling", AtMost: num("5_000_000")},
			{ID: "step", Round: &credit.Rounding{To: credit.Int(1000), Mode: "down"}},
		},
		Exposures: []credit.Exposure{{Of: credit.NumberIn(3)}, {Of: credit.NumberIn(4), Weight: num("0.5")}},
		Requested: &credit.Request{Amount: credit.NumberIn(5)},
		Holds:     []credit.Hold{{ID: "late", When: flag(6), Unless: flag(7)}, {ID: "unknown", When: unknown(8)}},
		Approval:  []credit.Approver{{By: "销售部门", UpTo: num("200_000")}, {By: "客户管理办公室", UpTo: num("1_000_000"), Grades: []string{"A"}}, {By: "客户管理委员会"}},
		Segments:  []credit.Segment{{ID: "usd", Steps: []credit.Step{{Set: num("1_000_000")}, {AtMost: gone(9)}}}, {ID: "eur", Steps: []credit.Step{{Set: num("500")}}, Exposures: []credit.Exposure{{Of: num("5")}}}},
		Group:     &credit.Group{Limit: num("10_000_000"), Exposures: []credit.Exposure{{Of: credit.NumberIn(3)}}},
	}
	require.Empty(t, terms.Check(2, []string{"A", "B"}))
	n := func(s string) credit.Value { return credit.Num(credit.MustParse(s)) }
	return terms, credit.NewFrame(n("3_000_000"), n("1.2"), n("6_000_000"), n("800_000"), n("350_000.50"), n("1000"), credit.Truth(true), credit.Truth(false))
}

func work(terms *credit.Terms, f *credit.Frame, r *credit.Result) bool {
	f.Reset(len(f.Slots))
	if terms.Limit(f, r) != nil || terms.Exposure(f, r) != nil {
		return false
	}
	terms.Available(f, r)
	return terms.Approve(f, r.Limit.Amount, 0, r) == nil && terms.Request(f, r) == nil && terms.Divide(f, r) == nil
}

func TestDecidingAllocatesNothing(t *testing.T) {
	terms, f := busy(t)
	var r credit.Result
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if !work(terms, f, &r) {
			t.Error("not decided")
		}
	}))
	assert.Equal(t, "3600000", r.Limit.Amount.String())
	assert.Equal(t, "2624999.75", r.Available.Amount.String())
	assert.Equal(t, credit.Held, r.Request.Verdict)
	assert.False(t, r.Segments[0].Limit.Has)
	assert.Equal(t, "495", r.Segments[1].Available.Amount.String())
}

func TestAResultForgetsTheCustomerBefore(t *testing.T) {
	terms, f := busy(t)
	var used, fresh credit.Result
	require.True(t, work(terms, f, &used))
	poor := credit.NewFrame(make([]credit.Value, 8)...)
	require.True(t, work(terms, poor, &used))
	require.True(t, work(terms, poor, &fresh))
	assert.Equal(t, fresh, used)

	used.Reset()
	assert.Equal(t, credit.NoBinding, used.Limit.Binding)
	assert.Empty(t, used.Segments)
	assert.False(t, used.Exposure.Has)
	require.True(t, work(terms, poor, &used))
	assert.Equal(t, fresh, used)
}

func BenchmarkLimit(b *testing.B) {
	terms, f := busy(b)
	terms.Group, terms.Segments = nil, nil
	require.Empty(b, terms.Check(2, []string{"A", "B"}))
	var r credit.Result
	b.ReportAllocs()
	for b.Loop() {
		if terms.Limit(f, &r) != nil || !r.Limit.Has {
			b.Fatal("no limit")
		}
	}
}

func BenchmarkEverything(b *testing.B) {
	terms, f := busy(b)
	var r credit.Result
	b.ReportAllocs()
	for b.Loop() {
		if !work(terms, f, &r) {
			b.Fatal("not decided")
		}
	}
}
