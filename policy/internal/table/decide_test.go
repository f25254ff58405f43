package table

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// thresholds returns a table of n rows: row i holds for 10 i <= n < 10 (i+1), and gives i.
func thresholds(hit Hit, n int) *Table {
	t := &Table{Name: "t", Hit: hit, Columns: []Column{{Name: "n", Type: slot.NumberType, Domain: sets.All(slot.Number), Places: -1, Given: true}}}
	for i := range n {
		span := Span{Low: exact.Int(int64(10 * i)), High: exact.Int(int64(10 * (i + 1))), HighOpen: true}
		t.Rows = append(t.Rows, Row{
			Cells: []Cell{{Set: sets.Within(slot.Number, span)}},
			Is:    slot.Num(exact.Int(int64(i))),
		})
	}
	return t
}

// descending returns a First table of n rows with a lower bound each, the highest first.
func descending(n int) *Table {
	t := thresholds(First, 0)
	for i := n - 1; i >= 0; i-- {
		span := Span{Low: exact.Int(int64(10 * i)), NoHigh: true}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Set: sets.Within(slot.Number, span)}}, Is: slot.Num(exact.Int(int64(i)))})
	}
	return t
}

func decideNumber(t testing.TB, x *Table, f *slot.Frame, hits *Hits, n int64) slot.Value {
	f.Slots[0] = slot.Num(exact.Int(n))
	hits.Reset(1)
	require.NoError(t, x.Decide(f, &f.Slots[1], hits, 0))
	return f.Slots[1]
}

func TestLongTablesAreSearchedNotScanned(t *testing.T) {
	for name, x := range map[string]*Table{"unique": thresholds(Unique, 1000), "first": thresholds(First, 1000), "descending": descending(1000)} {
		for _, f := range x.Check() {
			assert.Equal(t, doc.Warning, f.Severity, f.Message)
			assert.Equal(t, "gap", f.Code)
		}
		require.NotNil(t, x.index, name)
		f := slot.NewFrame(slot.Value{}, slot.Value{})
		var hits Hits
		for _, n := range []int64{0, 9, 10, 4999, 5000, 9999} {
			assert.Equal(t, exact.Int(n/10), decideNumber(t, x, f, &hits, n).Num, name)
			rows, all := x.candidates(f)
			assert.False(t, all)
			assert.Len(t, rows, 1, "%s at %d", name, n)
		}
	}
}

func TestDecidingAllocatesNothing(t *testing.T) {
	for _, hit := range []Hit{First, Unique, Any, Sum, Min, Max, Count} {
		x := thresholds(hit, 40)
		x.Check()
		f := slot.NewFrame(slot.Value{}, slot.Value{})
		var hits Hits
		f.Slots[0] = slot.Num(exact.Int(123))
		decideNumber(t, x, f, &hits, 123)
		assert.Zero(t, testing.AllocsPerRun(100, func() {
			hits.Reset(1)
			if err := x.Decide(f, &f.Slots[1], &hits, 0); err != nil {
				t.Fatal(err)
			}
		}), hit)
	}
}

func TestHitsSayWhichRowsHeld(t *testing.T) {
	over := func(hit Hit) *Table {
		x := thresholds(hit, 0)
		for _, low := range []int64{1, 2, 3} {
			x.Rows = append(x.Rows, Row{
				Cells: []Cell{{Set: sets.Within(slot.Number, Span{Low: exact.Int(low), NoHigh: true})}},
				Is:    slot.Num(exact.Int(10 - low)),
			})
		}
		x.Order = []slot.Value{slot.Num(exact.Int(8)), slot.Num(exact.Int(9)), slot.Num(exact.Int(7))}
		x.Check()
		return x
	}
	for _, c := range []struct {
		hit    Hit
		rows   []int32
		chosen int
	}{
		{First, []int32{1}, 1},
		{Priority, []int32{1, 2, 3}, 2},
		{Min, []int32{1, 2, 3}, 3},
		{Max, []int32{1, 2, 3}, 1},
		{Sum, []int32{1, 2, 3}, 0},
		{Count, []int32{1, 2, 3}, 0},
		{List, []int32{1, 2, 3}, 0},
		{OutputOrder, []int32{1, 2, 3}, 0},
	} {
		x := over(c.hit)
		f := slot.NewFrame(slot.Num(exact.Int(5)), slot.Value{})
		var hits Hits
		hits.Reset(3)
		hits.Note(2, 7)
		require.NoError(t, x.Decide(f, &f.Slots[1], &hits, 1))
		assert.Equal(t, c.rows, hits.Rows(1), c.hit)
		assert.Equal(t, c.chosen, hits.Chosen(1), c.hit)
		assert.Empty(t, hits.Rows(0))
		assert.Equal(t, []int32{7}, hits.Rows(2))
		assert.Empty(t, hits.Rows(3), "there is no such table")

		kept := hits.Clone()
		hits.Reset(3)
		f.Slots[0] = slot.Value{}
		require.NoError(t, x.Decide(f, &f.Slots[1], &hits, 1))
		assert.Empty(t, hits.Rows(1), "the result is missing")
		assert.Equal(t, c.rows, kept.Rows(1))
		assert.Equal(t, c.chosen, kept.Chosen(1))
	}
}

func TestOfEqualResultsTheFirstRowIsChosen(t *testing.T) {
	for _, hit := range []Hit{Any, Priority, Min, Max} {
		x := thresholds(hit, 0)
		for range 3 {
			x.Rows = append(x.Rows, Row{Is: slot.Num(exact.Int(4))})
		}
		x.Order = []slot.Value{slot.Num(exact.Int(4))}
		x.Check()
		f := slot.NewFrame(slot.Value{}, slot.Value{})
		var hits Hits
		hits.Reset(1)
		require.NoError(t, x.Decide(f, &f.Slots[1], &hits, 0))
		assert.Equal(t, 1, hits.Chosen(0), hit)
	}
}

func TestFaultsOfExpressionsNameTheRow(t *testing.T) {
	broken := errors.New("it broke")
	fails := func(f *slot.Frame) (bool, slot.Absence) { return false, f.Fail(broken) }
	x := thresholds(First, 3)
	x.Rows[1].When, x.Rows[1].WhenPlace = fails, doc.Place{Line: 7, Col: 3}
	x.Check()
	f := slot.NewFrame(slot.Num(exact.Int(15)), slot.Value{})
	var hits Hits
	hits.Reset(1)
	var fault *Error
	require.ErrorAs(t, x.Decide(f, &f.Slots[1], &hits, 0), &fault)
	assert.Equal(t, doc.Place{Line: 7, Col: 3}, fault.Place)
	assert.EqualError(t, fault, "row 2: it broke")
	assert.ErrorIs(t, fault, broken)
	assert.NoError(t, f.Err(), "the next expression starts afresh")

	x = thresholds(Sum, 1)
	x.Rows[0].Of = func(f *slot.Frame) slot.Value { return slot.Gone(f.Fail(broken)) }
	x.Check()
	f.Slots[0] = slot.Num(exact.Int(5))
	require.ErrorAs(t, x.Decide(f, &f.Slots[1], &hits, 0), &fault)
	assert.EqualError(t, fault, "row 1: it broke")
}

func TestASumThatGrowsTooLargeIsAnError(t *testing.T) {
	x := thresholds(Sum, 0)
	for i := range 2 {
		// 1/2^30000 + 1/3^15000 has a denominator of over 50,000 bits.
		y, _ := exact.Int(int64(2 + i)).PowInt(15000 * (2 - i))
		q, _ := exact.Int(1).Quo(y)
		x.Rows = append(x.Rows, Row{Is: slot.Num(q)})
	}
	x.Check()
	f := slot.NewFrame(slot.Value{}, slot.Value{})
	var hits Hits
	hits.Reset(1)
	assert.ErrorContains(t, x.Decide(f, &f.Slots[1], &hits, 0), "the sum grew beyond 32768 bits")
}

func BenchmarkTable(b *testing.B) {
	for name, x := range map[string]*Table{
		"rows=8":         thresholds(First, 8),
		"rows=1000":      thresholds(Unique, 1000),
		"descending1000": descending(1000),
	} {
		x.Check()
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			f := slot.NewFrame(slot.Value{}, slot.Value{})
			var hits Hits
			n := int64(10 * len(x.Rows))
			for i := 0; b.Loop(); i++ {
				f.Slots[0] = slot.Num(exact.Int(int64(i*7919) % n))
				hits.Reset(1)
				if err := x.Decide(f, &f.Slots[1], &hits, 0); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	b.Run("unique1000", func(b *testing.B) {
		for b.Loop() {
			thresholds(Unique, 1000).Check()
		}
	})
	b.Run("descending1000", func(b *testing.B) {
		for b.Loop() {
			descending(1000).Check()
		}
	})
}
