package formula

import (
	"slices"
	"sort"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// weekday returns the number of d in its week by ISO 8601: 1 for Monday, 7 for Sunday.
func weekday(d slot.Day) int { return int(sinceMonday(int64(d))%7) + 1 }

// sinceMonday counts the days from a Monday, one before all days that can be written, to d.
func sinceMonday(d int64) int64 {
	const thursday = 3 // of 1970-01-01, from Monday
	return d + thursday - (firstDay-7)/7*7
}

// calendar knows which days are worked: Monday to Friday, but for the days off, and the weekend days on.
type calendar struct {
	off, on []int64 // days Monday to Friday, and of weekends; ascending, each once
}

// count returns how many days up to and including d are worked, from some day before all dates on.
func (c *calendar) count(d int64) int64 {
	days := sinceMonday(d)
	weeks, rest := days/7, days%7+1
	return weeks*5 + min(rest, 5) - upTo(c.off, d) + upTo(c.on, d)
}

// upTo returns how many of days, which ascend, are d or before.
func upTo(days []int64, d int64) int64 {
	return int64(sort.Search(len(days), func(i int) bool { return days[i] > d }))
}

// add returns the nth day worked after d, or before it for a negative n; d itself for 0. ok is false where that is
// beyond the dates that can be written.
func (c *calendar) add(d, n int64) (day int64, ok bool) {
	switch {
	case n == 0:
		return d, true
	case n > 0:
		target := c.count(d) + n
		day = d + int64(sort.Search(int(lastDay-d)+1, func(i int) bool { return c.count(d+int64(i)) >= target }))
		return day, day <= lastDay
	}
	target := c.count(d-1) + n // of the days before the one sought
	day = d - int64(sort.Search(int(d-firstDay)+1, func(i int) bool { return c.count(d-int64(i)-1) <= target }))
	return day, day >= firstDay
}

// calendarRoom is how many holidays a calendar takes without allocating.
const calendarRoom = 64

// newCalendar returns the calendar of a list of holidays and one of weekend days that are worked. A day in both is worked.
// It may lie in room.
func newCalendar(holidays, worked []slot.Value, room *[2][calendarRoom]int64) (c calendar) {
	c.off, c.on = ascending(room[0][:0], holidays), ascending(room[1][:0], worked)
	c.off = slices.DeleteFunc(c.off, func(d int64) bool {
		_, also := slices.BinarySearch(c.on, d)
		return also || weekday(slot.Day(d)) > 5
	})
	c.on = slices.DeleteFunc(c.on, func(d int64) bool { return weekday(slot.Day(d)) <= 5 })
	return c
}

// ascending appends the days of list to dst in their order, each once.
func ascending(dst []int64, list []slot.Value) []int64 {
	for i := range list {
		dst = append(dst, list[i].Int)
	}
	slices.Sort(dst)
	return slices.Compact(dst)
}

// daysWorked are the lists of which a calendar is made.
type daysWorked struct{ holidays, worked []slot.Value }

// calendarLists compiles the last arguments of a call: the list of holidays, and that of weekend days that are worked.
func calendarLists(args []Node) fn[daysWorked] {
	holidays := itemsOf(args[0])
	worked := func(*slot.Frame) ([]slot.Value, slot.Absence) { return nil, 0 }
	if len(args) > 1 {
		worked = itemsOf(args[1])
	}
	return func(f *slot.Frame) (d daysWorked, a slot.Absence) {
		var la, lb slot.Absence
		d.holidays, la = holidays(f)
		d.worked, lb = worked(f)
		switch {
		case la|lb != 0:
			return d, f.Both(la, lb)
		case !f.Step(len(d.holidays) + len(d.worked)):
			return d, slot.Broken
		}
		return d, f.Both(missingItem(f, d.holidays, slot.Date), missingItem(f, d.worked, slot.Date))
	}
}

// workdaysBetween compiles workdays_between(from, to, holidays, workdays).
func workdaysBetween(n *Call) numberFn {
	x, y, lists := rankOf(n.Args[0]), rankOf(n.Args[1]), calendarLists(n.Args[2:])
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		from, la := x(f)
		to, lb := y(f)
		days, lc := lists(f)
		if la|lb|lc != 0 {
			return exact.Number{}, f.Both(f.Both(la, lb), lc)
		}
		var room [2][calendarRoom]int64
		c := newCalendar(days.holidays, days.worked, &room)
		return exact.Int(c.count(to) - c.count(from)), 0
	}
}

// addWorkdays compiles add_workdays(date, n, holidays, workdays).
func addWorkdays(n *Call) fn[int64] {
	x, y, lists := rankOf(n.Args[0]), numberOf(n.Args[1]), calendarLists(n.Args[2:])
	return func(f *slot.Frame) (int64, slot.Absence) {
		d, la := x(f)
		b, lb := y(f)
		days, lc := lists(f)
		if la|lb|lc != 0 {
			return 0, f.Both(f.Both(la, lb), lc)
		}
		if !b.IsInt() {
			return 0, f.Fail(errWhole)
		}
		k, ok := b.Int64()
		if !ok || k > lastDay-firstDay || k < firstDay-lastDay {
			return 0, f.Fail(errCalendar)
		}
		var room [2][calendarRoom]int64
		c := newCalendar(days.holidays, days.worked, &room)
		if d, ok = c.add(d, k); !ok {
			return 0, f.Fail(errCalendar)
		}
		return d, 0
	}
}

// minutesOf compiles minutes('08:30').
func minutesOf(n *Call) numberFn {
	x, atom := textOf(n.Args[0]), n.Atom
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		s, absent := x(f)
		if absent != 0 {
			return exact.Number{}, absent
		}
		m, ok := clock(s)
		if !ok {
			return exact.Number{}, blame(f, atom)
		}
		return exact.Int(m), 0
	}
}

// clock reads a time of day HH:MM, 00:00 to 24:00, as minutes since midnight.
func clock(s string) (minutes int64, ok bool) {
	if len(s) != len("08:30") || s[2] != ':' {
		return 0, false
	}
	for _, i := range [...]int{0, 1, 3, 4} {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	h, m := int64(s[0]-'0')*10+int64(s[1]-'0'), int64(s[3]-'0')*10+int64(s[4]-'0')
	return h*60 + m, m < 60 && (h < 24 || h == 24 && m == 0)
}
