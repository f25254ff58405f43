package slot

import (
	"fmt"
	"time"
)

// Day is a calendar day without a zone, as days since 1970-01-01.
type Day int32

const secondsPerDay = 24 * 60 * 60

// DayOf returns the calendar day that t shows in its own location.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// ParseDay reads "2024-06-30", years 0001 to 9999.
func ParseDay(s string) (Day, error) {
	d, ok := parseDay(s)
	if !ok {
		return 0, fmt.Errorf("%q is not a date: %s", cut(s), DayHint(cut(s)))
	}
	return d, nil
}

func parseDay(s string) (Day, bool) {
	t, err := time.Parse(time.DateOnly, s)
	return DayOf(t), err == nil && t.Year() >= 1
}

func cut(s string) string {
	r := []rune(s)
	if len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// Time returns midnight of d in UTC.
func (d Day) Time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// String returns d as 2024-06-30.
func (d Day) String() string { return d.Time().Format(time.DateOnly) }

// AppendTo appends d as 2024-06-30.
func (d Day) AppendTo(dst []byte) []byte {
	t := d.Time()
	y, m, day := t.Date()
	if y < 0 || y > 9999 {
		return t.AppendFormat(dst, time.DateOnly)
	}
	two := func(n int) { dst = append(dst, byte('0'+n/10), byte('0'+n%10)) }
	two(y / 100)
	two(y % 100)
	dst = append(dst, '-')
	two(int(m))
	dst = append(dst, '-')
	two(day)
	return dst
}

// AddMonths returns the day n months later, held at the month's end: a month after 31 January is the last of February.
func (d Day) AddMonths(n int) Day {
	t := d.Time()
	y, m, day := t.Date()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return DayOf(first.AddDate(0, 0, min(day, last)-1))
}

// MonthsTo returns how many whole months lie between d and e: the greatest n with d.AddMonths(n) <= e, negative when e
// is before d.
func (d Day) MonthsTo(e Day) int {
	if e < d {
		return -e.MonthsTo(d)
	}
	a, b := d.Time(), e.Time()
	n := (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
	if n > 0 && d.AddMonths(n) > e {
		n--
	}
	return n
}
