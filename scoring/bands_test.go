package scoring

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func volumeBands() *Bands {
	return &Bands{Rows: []Band{
		{Min: num("10_000_000"), Points: Const(n("20"))},
		{Min: num("5_000_000"), Points: Const(n("16"))},
		{Min: num("1_000_000"), Points: Const(n("12"))},
		{Min: num("500_000"), Points: Const(n("8"))},
		{Points: Const(n("4"))},
	}}
}

func TestBandsThresholdsBestFirst(t *testing.T) {
	b := volumeBands()
	for _, tt := range []struct {
		value, points string
		row           int
	}{
		{"12_000_000", "20", 1}, {"10_000_000", "20", 1}, {"9_999_999.99", "16", 2}, {"5e6", "16", 2},
		{"1_000_000", "12", 3}, {"500_000", "8", 4}, {"499_999.999999", "4", 5}, {"0", "4", 5}, {"-1", "4", 5},
	} {
		p, row := points(t, b, "20", tt.value)
		assert.Equal(t, tt.points, p, tt.value)
		assert.Equal(t, tt.row, row, tt.value)
	}
	assert.Equal(t, Rising, b.Trend(n("20")))
}

func TestBandsWithEveryKindOfBound(t *testing.T) {
	b := &Bands{Rows: []Band{
		{Above: num("100"), Points: Const(n("5"))},
		{Min: num("50"), Max: num("100"), Share: num("0.8")},
		{Min: num("20"), Below: num("50"), Share: num("0.6")},
		{Below: num("0"), Points: NumberIn(0)},
	}}
	for _, tt := range []struct {
		value, points string
		row           int
	}{
		{"100.01", "5", 1}, {"100", "4", 2}, {"50", "4", 2}, {"49.9", "3", 3}, {"20", "3", 3}, {"-1", "-1", 4},
	} {
		p, row := points(t, b, "5", tt.value)
		assert.Equal(t, tt.points, p, tt.value)
		assert.Equal(t, tt.row, row, tt.value)
	}
	v := Num(n("10"))
	c := &Case{Frame: NewFrame(), Of: &v, Weight: n("5"), atom: 77}
	_, absent := b.Points(c)
	require.NotZero(t, absent, "no row holds for 10")
	assert.Equal(t, []int{77}, c.Frame.Atoms(nil, absent))
	assert.Zero(t, c.Row)
}

// A table of many rows is searched, a short one scanned: both must give what trying one row after the other gives.
func TestBandsSearchAgreesWithTrying(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	bound := func() *Number {
		if r.IntN(3) == 0 {
			return nil
		}
		x, _ := Ratio(int64(r.IntN(40)), int64(1+r.IntN(3)))
		return &x
	}
	for range 500 {
		b := new(Bands)
		for i := range 1 + r.IntN(30) {
			row := Band{Points: Const(Int(int64(i)))}
			switch lo := bound(); r.IntN(2) {
			case 0:
				row.Min = lo
			default:
				row.Above = lo
			}
			switch hi := bound(); r.IntN(2) {
			case 0:
				row.Max = hi
			default:
				row.Below = hi
			}
			if !row.empty() {
				b.Rows = append(b.Rows, row)
			}
		}
		if len(b.Rows) == 0 {
			continue
		}
		cuts := cut(b.Rows)
		for i := int64(-2); i < 250; i++ {
			x, _ := Ratio(i, 6)
			want := -1
			for j := range b.Rows {
				if b.Rows[j].Holds(x) {
					want = j
					break
				}
			}
			require.Equal(t, want, cuts.row(x), "%s in %v", x, b.Rows)
		}
	}
}

func TestBandsOfManyRows(t *testing.T) {
	b := new(Bands)
	for i := int64(40); i > 0; i-- {
		b.Rows = append(b.Rows, Band{Min: new(Int(i * 10)), Points: Const(Int(i))})
	}
	for _, tt := range []struct {
		value, points string
		row           int
	}{{"400", "40", 1}, {"399.99", "39", 2}, {"15", "1", 40}, {"1e9", "40", 1}} {
		p, row := points(t, b, "40", tt.value)
		assert.Equal(t, tt.points, p)
		assert.Equal(t, tt.row, row)
	}
}

func TestBandsFaults(t *testing.T) {
	check := func(rows ...Band) []string { return errorsIn((&Bands{Rows: rows}).Check(setting("10"))) }
	assert.Equal(t, []string{"bands need at least one row"}, check())
	assert.Equal(t, []string{"the row does not say what it earns"}, check(Band{Min: num("1")}))
	assert.Equal(t, []string{"a row earns either `points` or a `share` of the weight, not both"},
		check(Band{Points: Const(n("1")), Share: num("1")}))
	assert.Equal(t, []string{"a row has one lower bound, `min` or `above`, and one upper bound, `max` or `below`"},
		check(Band{Min: num("1"), Above: num("2"), Points: Const(n("1"))}))
	assert.Equal(t, []string{"no value lies in the band 5 <= x < 5"},
		check(Band{Min: num("5"), Below: num("5.0"), Points: Const(n("1"))}))
	assert.Empty(t, check(Band{Min: num("5"), Max: num("5"), Points: Const(n("1"))}))
}

func TestBandsRowsThatNeverHold(t *testing.T) {
	var b Bands
	root := list(
		keys("min", "500", "points", "8"),
		keys("min", "1000", "points", "10"),
		keys("points", "0"))
	require.Empty(t, decoded(t, root, &b))
	faults := b.Check(setting("10"))
	require.Len(t, faults, 1)
	assert.Equal(t, "never-holds", faults[0].Code)
	assert.Equal(t, root.Items[1].Place, faults[0].Place)
}

// Rows that lie where the value never does; a last one without a bound may be there to be safe.
func TestBandsOutsideOfTheValue(t *testing.T) {
	b := &Bands{Rows: []Band{
		{Min: num("100"), Points: Const(n("10"))}, {Min: num("50"), Points: Const(n("8"))}, {Min: num("60"), Points: Const(n("7"))}, {Min: num("0"), Points: Const(n("5"))}, {Points: Const(n("0"))},
	}}
	s := setting("10")
	s.Domain = &Domain{Interval: Between(n("0"), n("99.99")), Decimals: 2}
	assert.Equal(t, []string{
		"this row never holds: the rows before it catch every value of its band", // said once
		"this row never holds: the value is between 0 and 99.99",
	}, warningsIn(b.Check(s)))
	b = &Bands{Rows: []Band{{Min: num("100"), Points: Const(n("10"))}, {Points: Const(n("0"))}}}
	assert.Equal(t, []string{"this row never holds: the value is between 0 and 99.99"}, warningsIn(b.Check(s)))
}

// 21 and 22 all but meet, and what lies between them falls into the last row, which is meant for what is below 0.
func TestBandsThatAllButMeet(t *testing.T) {
	faults := func(decimals int, rows ...Band) []string {
		s := setting("10")
		s.Domain = &Domain{Interval: Between(n("-10"), n("100")), Decimals: decimals}
		return warningsIn((&Bands{Rows: rows}).Check(s))
	}
	row := func(min, max *Number) Band { return Band{Min: min, Max: max, Points: Const(n("1"))} }
	last := Band{Points: Const(n("0"))}
	assert.Equal(t, []string{"the values 21 < x < 22 lie between this row and another one: a later row takes it"},
		faults(1, row(num("0"), num("21")), row(num("22"), num("100")), last))
	assert.Empty(t, faults(0, row(num("0"), num("21")), row(num("22"), num("100")), last), "nothing lies there")
	assert.Empty(t, faults(1, row(num("0"), num("21")), row(num("25"), num("100")), last), "so wide a gap is meant")
	assert.Equal(t, []string{"90 lies between this row and another one: a later row takes it"},
		faults(0, Band{Above: num("90"), Points: Const(n("2"))}, Band{Below: num("90"), Min: num("0"), Points: Const(n("3"))}, last))
}

// At 1,000,000 two rows hold, and the first one takes it: an owner who wrote `max` there may not know.
func TestBandsRowsThatRunIntoAnEarlierOne(t *testing.T) {
	overlaps := func(rows ...Band) (out []string) {
		for i := range rows {
			rows[i].Points = Const(n("5"))
		}
		b := &Bands{Rows: rows}
		for _, f := range b.Check(setting("10")) {
			if f.Code == "overlap" {
				out = append(out, f.Message)
			}
		}
		return out
	}
	one := func(what string) []string {
		return []string{what + " in this row and in an earlier one, which takes it"}
	}
	assert.Equal(t, one("1000000 lies"), overlaps(Band{Min: num("1_000_000")}, Band{Min: num("500_000"), Max: num("1_000_000")}))
	assert.Equal(t, one("21 lies"), overlaps(Band{Min: num("18"), Max: num("21")}, Band{Min: num("21"), Max: num("25")}))
	assert.Equal(t, one("the values 20 <= x <= 21 lie"), overlaps(Band{Min: num("18"), Max: num("21")}, Band{Min: num("20"), Max: num("25")}))
	assert.Equal(t, one("the values 0.8 <= x < 1 lie"), overlaps(Band{Min: num("0.8")}, Band{Below: num("1")}))
	assert.Empty(t, overlaps(Band{Min: num("1_000_000")}, Band{Min: num("500_000"), Below: num("1_000_000")}), "they meet")
	assert.Empty(t, overlaps(Band{Min: num("10")}, Band{Min: num("5")}, Band{}), "thresholds, best first")
	assert.Empty(t, overlaps(Band{Max: num("0.4")}, Band{Max: num("0.5")}), "thresholds, least first")
	assert.Empty(t, overlaps(Band{Min: num("5"), Max: num("6")}, Band{Min: num("0"), Max: num("10")}), "the narrower row first")
}

func TestBandsPointsOverTheWeightAreReported(t *testing.T) {
	b := &Bands{Rows: []Band{{Min: num("1"), Points: Const(n("12"))}, {Points: Const(n("-1"))}}}
	faults := b.Check(setting("10"))
	require.Len(t, faults, 2)
	assert.Equal(t, "the row says 12 points, but points are held between 0 and the weight: it earns 10", faults[0].Message)
	assert.Equal(t, "the row says -1 points, but points are held between 0 and the weight: it earns 0", faults[1].Message)
	s := setting("10")
	s.Beyond = true
	assert.Empty(t, b.Check(s))
}

// "650 to 699, 700 to 749" is complete for whole numbers, and not where there are decimals.
func TestBandsGaps(t *testing.T) {
	b := &Bands{Rows: []Band{
		{Min: num("700"), Max: num("749"), Points: Const(n("10"))},
		{Min: num("650"), Max: num("699"), Points: Const(n("5"))},
	}}
	within := func(lo, hi string, decimals int) []string {
		s := setting("10")
		s.Domain = &Domain{Interval: Between(n(lo), n(hi)), Decimals: decimals}
		return errorsIn(b.Check(s))
	}
	assert.Empty(t, within("650", "749", 0))
	assert.Equal(t, []string{"no row holds for 699 < x < 700, such as 699.1"}, within("650", "749", 1))
	assert.Equal(t, []string{"no row holds for 699 < x < 700, such as 699.5"}, within("650", "749", -1))
	assert.Equal(t, []string{"no row holds for x > 749, such as 750"}, within("650", "850", 0))
	assert.Equal(t, []string{"no row holds for x < 650, such as 300"}, within("300", "749", 0))
	s := setting("10")
	s.Domain = &Domain{Interval: Everything(), Decimals: 0}
	assert.Empty(t, errorsIn(b.Check(s)), "it may be that nobody said how far the value can go")
	assert.Equal(t, []string{"no row holds for x < 650, such as 649", "no row holds for x > 749, such as 750"}, warningsIn(b.Check(s)))
	s.Domain = &Domain{Interval: Interval{Max: n("700"), NoMin: true}, Decimals: -1}
	assert.Equal(t, []string{"no row holds for 699 < x < 700, such as 699.5"}, errorsIn(b.Check(s)))
	assert.Equal(t, []string{"no row holds for x < 650, such as 649"}, warningsIn(b.Check(s)))

	// Above 0, up to and not including 100: nothing is said of 0 and 100 themselves.
	inner := &Bands{Rows: []Band{{Above: num("0"), Below: num("100"), Points: Const(n("1"))}}}
	s.Domain = &Domain{Interval: Between(n("0"), n("100")), OpenMin: true, OpenMax: true, Decimals: -1}
	assert.Empty(t, errorsIn(inner.Check(s)))
	s.Domain.OpenMax = false
	assert.Equal(t, []string{"no row holds for x >= 100, such as 100"}, errorsIn(inner.Check(s)))
	inner.Rows[0].Above = num("1")
	s.Domain.OpenMax = true
	assert.Equal(t, []string{"no row holds for x <= 1, such as 0.5"}, errorsIn(inner.Check(s)))
	inner.Rows[0].Above, inner.Rows[0].Min = nil, num("1")
	assert.Equal(t, []string{"no row holds for x < 1, such as 0.5"}, errorsIn(inner.Check(s)))
	s.Domain.Decimals = 0
	assert.Empty(t, errorsIn(inner.Check(s)))

	open := &Bands{Rows: []Band{{Above: num("0"), Points: Const(n("1"))}, {Below: num("0"), Points: Const(n("2"))}}}
	s.Domain = &Domain{Interval: Everything(), Decimals: -1}
	assert.Equal(t, []string{"no row holds for x = 0"}, errorsIn(open.Check(s)))
}

func TestBandsRangeAndTrend(t *testing.T) {
	b := volumeBands()
	require.Empty(t, b.Check(setting("20")))
	for _, tt := range []struct {
		of   Interval
		want string
	}{
		{Everything(), "[4, 20]"},
		{Between(n("500_000"), n("4_999_999")), "[8, 12]"},
		{Just(n("5e6")), "[16, 16]"},
		{Interval{Min: n("1e7"), NoMax: true}, "[20, 20]"},
	} {
		r, ok := b.Range(tt.of, n("20"))
		assert.True(t, ok)
		assert.Equal(t, tt.want, r.String())
	}
	b.Rows[1].Points = NumberIn(0)
	_, ok := b.Range(Everything(), n("20"))
	assert.False(t, ok, "points of the customer have no range")
	assert.Equal(t, UnknownTrend, b.Trend(n("20")))
	up := &Bands{Rows: []Band{{Max: num("1"), Points: Const(n("5"))}, {Max: num("2"), Points: Const(n("9"))}, {Points: Const(n("1"))}}}
	require.Empty(t, up.Check(setting("9")))
	assert.Equal(t, Mixed, up.Trend(n("9")))
}

func TestBandsRowReason(t *testing.T) {
	var b Bands
	require.Empty(t, decoded(t, list(keys("min", "1", "points", "1", "code", "RC1", "reason", "low"), keys("points", "0")), &b))
	code, reason := b.Row(1)
	assert.Equal(t, "RC1", code)
	assert.Equal(t, "low", reason.String())
	for _, i := range []int{0, 2, 3} {
		code, _ = b.Row(i)
		assert.Empty(t, code, strconv.Itoa(i))
	}
}
