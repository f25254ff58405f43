package paper_test

import (
	"fmt"
	"math/big"
	"time"
)

// day is an expression that yields a date, and what it comes to: nil where that is missing.
type day struct {
	text string
	of   func(s *sheet) *time.Time
}

// dated reads a date as ISO 8601 writes it.
func dated(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

// later is the day so many months after d, at the latest the last one of that month.
func later(d time.Time, months int) time.Time {
	end := d.AddDate(0, months, 0)
	if end.Day() != d.Day() { // it ran over into the next month
		end = end.AddDate(0, 0, -end.Day())
	}
	return end
}

// date makes up a date; many lie where months end and years leap.
func (g *drafter) date() string {
	if g.chance(50) {
		return oneOf(g, today, "2024-02-29", "2024-01-31", "2023-06-30", "2023-02-28", "2024-05-31", "2024-07-01", "2020-02-29", "2023-12-31")
	}
	return dated(today).AddDate(0, 0, g.IntN(3000)-2200).Format(time.DateOnly)
}

// day drafts a date.
func (g *drafter) day(depth int) day {
	n := g.IntN(40) - 15
	switch {
	case depth == 0 || g.chance(40):
		return day{"born", func(s *sheet) *time.Time { return s.born }}
	case g.chance(35):
		return day{"as_of", func(*sheet) *time.Time { d := dated(today); return &d }}
	case g.chance(25):
		d := dated(g.date())
		return day{`date("` + d.Format(time.DateOnly) + `")`, func(*sheet) *time.Time { return &d }}
	case g.chance(50):
		x := g.day(depth - 1)
		return day{fmt.Sprintf("add_days(%s, %d)", x.text, n), func(s *sheet) *time.Time {
			d := x.of(s)
			if d == nil {
				return nil
			}
			end := d.AddDate(0, 0, n)
			return &end
		}}
	}
	x := g.day(depth - 1)
	return day{fmt.Sprintf("add_months(%s, %d)", x.text, n), func(s *sheet) *time.Time {
		d := x.of(s)
		if d == nil {
			return nil
		}
		end := later(*d, n)
		return &end
	}}
}

// span drafts a number that dates give.
func (g *drafter) span() amount {
	x, y := g.day(2), g.day(2)
	number := func(text string, of func(x, y time.Time) int) amount {
		return amount{text, func(s *sheet) *big.Rat {
			x, y := x.of(s), y.of(s)
			if x == nil || y == nil {
				return nil
			}
			return big.NewRat(int64(of(*x, *y)), 1)
		}}
	}
	name := g.use(oneOf(g, "days_between", "months_between", "years_between", "year", "month", "day", "weekday"))
	switch name {
	case "days_between":
		return number(name+"("+x.text+", "+y.text+")", func(x, y time.Time) int { return int(y.Sub(x).Hours()) / 24 })
	case "months_between":
		return number(name+"("+x.text+", "+y.text+")", func(x, y time.Time) int { return completed(x, y, 1) })
	case "years_between":
		return number(name+"("+x.text+", "+y.text+")", func(x, y time.Time) int { return completed(x, y, 12) })
	}
	y = x
	return number(name+"("+x.text+")", func(x, _ time.Time) int {
		switch name {
		case "year":
			return x.Year()
		case "month":
			return int(x.Month())
		case "day":
			return x.Day()
		}
		return (int(x.Weekday())+6)%7 + 1 // from Monday, 1
	})
}

// completed counts how many times so many months are completed from x to y; backwards below 0.
func completed(x, y time.Time, months int) int {
	if y.Before(x) {
		return -completed(y, x, months)
	}
	n := 0
	for !later(x, (n+1)*months).After(y) {
		n++
	}
	return n
}

// dates drafts a claim about two dates.
func (g *drafter) dates() claim {
	x, y := g.day(2), g.day(1)
	return claim{x.text + " < " + y.text, func(s *sheet) truth {
		x, y := x.of(s), y.of(s)
		if x == nil || y == nil {
			return unknown
		}
		return truthOf(x.Before(*y))
	}}
}
