package slot_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

func day(t *testing.T, s string) slot.Day {
	d, err := slot.ParseDay(s)
	require.NoError(t, err)
	return d
}

func TestMonthsEndAtTheMonthsEnd(t *testing.T) {
	for _, tt := range []struct {
		from   string
		months int
		to     string
	}{
		{"2024-01-31", 1, "2024-02-29"},
		{"2023-01-31", 1, "2023-02-28"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-06-30", 12, "2025-06-30"},
		{"2024-03-31", -1, "2024-02-29"},
		{"2024-12-15", 1, "2025-01-15"},
		{"1969-12-31", 2, "1970-02-28"},
	} {
		require.Equal(t, tt.to, day(t, tt.from).AddMonths(tt.months).String(), "%s and %d months", tt.from, tt.months)
	}
	require.Equal(t, 0, day(t, "2024-01-31").MonthsTo(day(t, "2024-02-28")))
	require.Equal(t, 1, day(t, "2024-01-31").MonthsTo(day(t, "2024-02-29")))
	require.Equal(t, 11, day(t, "2024-06-30").MonthsTo(day(t, "2025-06-29")))
	require.Equal(t, -12, day(t, "2025-06-30").MonthsTo(day(t, "2024-06-30")))
}

func TestADayIsThatOfItsOwnCalendar(t *testing.T) {
	shanghai := time.FixedZone("UTC+8", 8*60*60)
	require.Equal(t, "2024-07-01", slot.DayOf(time.Date(2024, 7, 1, 1, 0, 0, 0, shanghai)).String())
	for _, bad := range []string{"", "2024-6-30", "2024/06/30", "2024-02-30", "0000-01-01", "20240630"} {
		_, err := slot.ParseDay(bad)
		require.Error(t, err, bad)
	}
}

func TestCausesAreToldOnceInTheirOrder(t *testing.T) {
	var f slot.Frame
	f.Reset(0)
	a, b, c := f.Blame(3), f.Blame(1), f.Blame(2)
	ab := f.Both(a, b)
	require.Equal(t, []int{3, 1, 2}, f.Atoms(nil, f.Both(ab, f.Both(c, ab))))
	require.Equal(t, a, f.Both(a, 0))
	require.Equal(t, a, f.Both(0, a))
	require.Equal(t, a, f.Both(a, slot.Broken), "what is broken blames nothing")
	require.Equal(t, a, f.Both(slot.Broken, a))
	require.Empty(t, f.Atoms(nil, slot.Broken))
	f.Reset(0)
	require.Empty(t, f.Atoms(nil, ab), "an absence means nothing after a reset")
}

func TestStepsAndErrors(t *testing.T) {
	var f slot.Frame
	require.True(t, f.Step(slot.MaxSteps))
	require.False(t, f.Step(1))
	require.Error(t, f.TakeErr())
	require.True(t, f.Step(1), "the next expression starts afresh")
	first := errors.New("first")
	f.Fail(first)
	f.Fail(errors.New("second"))
	require.Equal(t, first, f.TakeErr())
	require.NoError(t, f.Err())
}

func TestEqualValues(t *testing.T) {
	require.True(t, slot.Num(exact.MustParse("1.50")).Equal(slot.Num(exact.MustParse("1.5"))))
	require.False(t, slot.Num(exact.Int(1)).Equal(slot.Truth(true)))
	require.False(t, slot.Value{}.Equal(slot.Value{}), "missing equals nothing")
	list := slot.Items([]slot.Value{slot.Text("a"), slot.OfDay(1)})
	require.True(t, list.Equal(slot.Items([]slot.Value{slot.Text("a"), slot.OfDay(1)})))
	require.False(t, list.Equal(slot.Items([]slot.Value{slot.Text("a")})))
}

func TestACloneLivesOn(t *testing.T) {
	f := slot.NewFrame(slot.Text("a"))
	absent := f.Blame(5)
	c := f.Clone()
	f.Slots[0] = slot.Text("b")
	f.Reset(1)
	require.Equal(t, "a", c.Slots[0].Str)
	require.Equal(t, []int{5}, c.Atoms(nil, absent))
}
