package record

import (
	"strings"
	"time"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// day reads v, a Go value, as a date.
func (r *reader) day(v any, dst *slot.Value) state {
	switch x := v.(type) {
	case string:
		return dayText(r, x, dst)
	case []byte:
		if x == nil {
			return null
		}
		return dayText(r, x, dst)
	case time.Time:
		return r.time(x, dst)
	case *time.Time:
		if x == nil {
			return null
		}
		return r.time(*x, dst)
	case slot.Day:
		dst.SetDay(x)
		return filled
	}
	if isNumber(v) {
		r.fault(wrongType(slot.DateType, describe(v)).hint("%s", dayAsText))
		return bad
	}
	return r.other(slot.DateType, 0, v, dst)
}

// time reads the calendar day of t; the zero time is no date.
func (r *reader) time(t time.Time, dst *slot.Value) state {
	if t.IsZero() {
		return null
	}
	if loc := r.s.opts.Location; loc != nil {
		t = t.In(loc)
	} else if h, m, s := t.Clock(); h|m|s|t.Nanosecond() != 0 {
		r.fault(errorf(CodeFormat, "", "%s is not midnight, and so not a date without knowing in which place", t.Format(time.RFC3339Nano)).
			hint("pass the day as %q, or give policy.InLocation", t.Format(time.DateOnly)))
		return bad
	}
	if y := t.Year(); y < 1 || y > 9999 {
		r.fault(errorf(CodeFormat, "", "the year %d is not between 1 and 9999", y))
		return bad
	}
	dst.SetDay(slot.DayOf(t))
	return filled
}

// dayText reads a date as policies write it.
func dayText[T string | []byte](r *reader, s T, dst *slot.Value) state {
	d, ok := parseDay(s)
	if !ok {
		text := string(s[:min(len(s), maxDateText)])
		r.fault(errorf(CodeFormat, "", "%s is not a date", quote(text)).hint("%s", slot.DayHint(text)))
		return bad
	}
	dst.SetDay(d)
	return filled
}

// maxDateText is more than any way of writing a date takes, in bytes.
const maxDateText = 200

// parseDay reads 2024-06-30, years 0001 to 9999, as slot.ParseDay does, without allocating.
func parseDay[T string | []byte](s T) (slot.Day, bool) {
	if len(s) != len(time.DateOnly) || s[4] != '-' || s[7] != '-' {
		return 0, false
	}
	y, ok1 := digits(s[0:4])
	m, ok2 := digits(s[5:7])
	d, ok3 := digits(s[8:10])
	if !ok1 || !ok2 || !ok3 {
		return 0, false
	}
	return civil(y, m, d)
}

// sheetDay reads a date as spreadsheets write it: 2024/6/30, 2024-6-30, with the year first and in four digits.
func sheetDay(s string) (slot.Day, bool) {
	if len(s) < len("2024/6/3") || len(s) > len(time.DateOnly) || s[4] != '/' && s[4] != '-' {
		return 0, false
	}
	month, day, ok := strings.Cut(s[5:], s[4:5])
	if !ok || len(month) > 2 || len(day) > 2 || month == "" || day == "" {
		return 0, false
	}
	y, ok1 := digits(s[:4])
	m, ok2 := digits(month)
	d, ok3 := digits(day)
	if !ok1 || !ok2 || !ok3 {
		return 0, false
	}
	return civil(y, m, d)
}

func digits[T string | []byte](s T) (n int, ok bool) {
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int(c)
	}
	return n, true
}

// civil returns the day that y, m and d name, if there is one.
func civil(y, m, d int) (slot.Day, bool) {
	if y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return 0, false
	}
	// Years that begin in March put the leap day at their end: Howard Hinnant, "chrono-Compatible Low-Level Date
	// Algorithms", days_from_civil.
	if m <= 2 {
		y--
		m += 12
	}
	era, yearOfEra := y/400, y%400
	dayOfYear := (153*(m-3)+2)/5 + d - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return slot.Day(era*146097 + dayOfEra - 719468), true
}

func daysIn(y, m int) int {
	switch m {
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

const dayAsText = `write it as text, "2024-06-30"`
