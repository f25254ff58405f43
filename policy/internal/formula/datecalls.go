package formula

import (
	"errors"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// firstDay and lastDay are 0001-01-01 and 9999-12-31: the dates that can be written.
const (
	firstDay = -719162
	lastDay  = 2932896
)

var (
	errWhole    = errors.New("the number of days or months to add is not a whole number: use floor, ceil or round")
	errCalendar = errors.New("a date left the years 1 to 9999")
)

// dayCall compiles a built-in function that yields a date.
func dayCall(n *Call) fn[int64] {
	switch {
	case n.Name == "date" && len(n.Args) == 1:
		return dayOfText(n)
	case n.Name == "date":
		return dayOfParts(n)
	case n.Name == "min" || n.Name == "max":
		return extremeDay(n)
	case n.Name == "add_workdays":
		return addWorkdays(n)
	case n.Name == "add_days":
		return addTo(n, func(d, k int64) (int64, bool) { return d + k, true })
	}
	return addTo(n, func(d, k int64) (int64, bool) {
		const months = 12 * 9999
		if k < -months || k > months {
			return 0, false
		}
		return int64(slot.Day(d).AddMonths(int(k))), true
	})
}

func dayOfText(n *Call) fn[int64] {
	x, atom := textOf(n.Args[0]), n.Atom
	return func(f *slot.Frame) (int64, slot.Absence) {
		s, absent := x(f)
		if absent != 0 {
			return 0, absent
		}
		d, err := slot.ParseDay(s)
		if err != nil {
			return 0, blame(f, atom)
		}
		return int64(d), 0
	}
}

func dayOfParts(n *Call) fn[int64] {
	y, m, d, atom := numberOf(n.Args[0]), numberOf(n.Args[1]), numberOf(n.Args[2]), n.Atom
	return func(f *slot.Frame) (int64, slot.Absence) {
		a, la := y(f)
		b, lb := m(f)
		c, lc := d(f)
		if la|lb|lc != 0 {
			return 0, f.Both(f.Both(la, lb), lc)
		}
		year, ok1 := a.Int64()
		month, ok2 := b.Int64()
		day, ok3 := c.Int64()
		if !ok1 || !ok2 || !ok3 || year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 {
			return 0, blame(f, atom)
		}
		out := civil(year, month, day)
		if t := out.Time(); t.Day() != int(day) {
			return 0, blame(f, atom) // 31 June
		}
		return int64(out), 0
	}
}

// civil returns the day of a date in the Gregorian calendar; a day beyond the end of the month runs into the next.
func civil(year, month, day int64) slot.Day {
	return slot.Day(firstDay).AddMonths(int((year-1)*12+month-1)) + slot.Day(day-1)
}

// addTo compiles add_days and add_months.
func addTo(n *Call, add func(d, k int64) (int64, bool)) fn[int64] {
	x, y := rankOf(n.Args[0]), numberOf(n.Args[1])
	return func(f *slot.Frame) (int64, slot.Absence) {
		d, la := x(f)
		b, lb := y(f)
		if la|lb != 0 {
			return 0, f.Both(la, lb)
		}
		if !b.IsInt() {
			return 0, f.Fail(errWhole)
		}
		k, ok := b.Int64()
		if !ok || k > lastDay-firstDay || k < firstDay-lastDay {
			return 0, f.Fail(errCalendar)
		}
		d, ok = add(d, k)
		if !ok || d < firstDay || d > lastDay {
			return 0, f.Fail(errCalendar)
		}
		return d, 0
	}
}

// extremeDay compiles min and max of dates.
func extremeDay(n *Call) fn[int64] {
	better := func(a, b int64) int64 { return min(a, b) }
	if n.Name == "max" {
		better = func(a, b int64) int64 { return max(a, b) }
	}
	if len(n.Args) == 1 && n.Args[0].Type().Kind == slot.List {
		items, atom := itemsOf(n.Args[0]), n.Atom
		return func(f *slot.Frame) (int64, slot.Absence) {
			list, absent := items(f)
			if absent != 0 {
				return 0, absent
			}
			if !f.Step(len(list)) {
				return 0, slot.Broken
			}
			if absent = missingItem(f, list, slot.Date); absent != 0 {
				return 0, absent
			}
			if len(list) == 0 {
				return 0, blame(f, atom)
			}
			d := list[0].Int
			for i := range list {
				d = better(d, list[i].Int)
			}
			return d, 0
		}
	}
	args := make([]fn[int64], len(n.Args))
	for i, a := range n.Args {
		args[i] = rankOf(a)
	}
	return func(f *slot.Frame) (d int64, absent slot.Absence) {
		for i, x := range args {
			a, la := x(f)
			switch {
			case la != 0:
				absent = f.Both(absent, la)
			case i == 0:
				d = a
			default:
				d = better(d, a)
			}
		}
		return d, absent
	}
}

// dateNumber compiles a built-in function of dates that yields a number.
func dateNumber(n *Call) numberFn {
	switch n.Name {
	case "days_between":
		return between(n, func(a, b slot.Day) int64 { return int64(b) - int64(a) })
	case "months_between":
		return between(n, func(a, b slot.Day) int64 { return int64(a.MonthsTo(b)) })
	case "years_between":
		return between(n, func(a, b slot.Day) int64 { return int64(a.MonthsTo(b) / 12) })
	case "workdays_between":
		return workdaysBetween(n)
	case "minutes":
		return minutesOf(n)
	case "weekday":
		return partOf(n, weekday)
	case "year":
		return partOf(n, func(d slot.Day) int { return d.Time().Year() })
	case "month":
		return partOf(n, func(d slot.Day) int { return int(d.Time().Month()) })
	case "day":
		return partOf(n, func(d slot.Day) int { return d.Time().Day() })
	}
	return func(f *slot.Frame) (exact.Number, slot.Absence) { return exact.Number{}, f.Fail(errNode) }
}

func between(n *Call, op func(a, b slot.Day) int64) numberFn {
	x, y := rankOf(n.Args[0]), rankOf(n.Args[1])
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		if la|lb != 0 {
			return exact.Number{}, f.Both(la, lb)
		}
		return exact.Int(op(slot.Day(a), slot.Day(b))), 0
	}
}

func partOf(n *Call, op func(slot.Day) int) numberFn {
	x := rankOf(n.Args[0])
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		d, absent := x(f)
		if absent != 0 {
			return exact.Number{}, absent
		}
		return exact.Int(int64(op(slot.Day(d)))), 0
	}
}
