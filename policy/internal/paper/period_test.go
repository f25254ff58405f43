package paper_test

import (
	"fmt"
	"time"
)

// period is how long something is good for; the zero one has no end.
type period struct{ months, days int }

func (g *drafter) period() period {
	if g.chance(30) {
		return period{days: oneOf(g, 1, 30, 245)}
	}
	return period{months: oneOf(g, 1, 6, 8, 12, 24)}
}

// write writes a period where format has a %s, and nothing where there is none.
func (p period) write(format string) string {
	switch {
	case p.days > 0:
		return fmt.Sprintf(format, fmt.Sprintf("%d days", p.days))
	case p.months == 12:
		return fmt.Sprintf(format, "1 year")
	case p.months > 0:
		return fmt.Sprintf(format, fmt.Sprintf("%d months", p.months))
	}
	return ""
}

// until is the last day of a period that begins today, "" for no end.
func (p period) until() string {
	if p == (period{}) {
		return ""
	}
	return later(dated(today), p.months).AddDate(0, 0, p.days).Format(time.DateOnly)
}

// earlier is the earlier of two days, of which "" is none.
func earlier(a, b string) string {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}
