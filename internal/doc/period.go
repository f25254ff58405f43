package doc

import (
	"strconv"
	"strings"
)

// Period is a length of time on the calendar: `12 months`, `90 days`, `1 year`. The zero Period is none at all.
type Period struct {
	Months int // 12 for each year
	Days   int
}

// maxYears bounds a Period: longer ones are mistakes, and their ends would leave the calendar.
const maxYears = 100

// periodUnits are the units a Period is written in, with what one of them is and the most there may be.
var periodUnits = [...]struct {
	name string
	one  Period
	most int
}{
	{"day", Period{Days: 1}, maxYears * 366},
	{"month", Period{Months: 1}, maxYears * 12},
	{"year", Period{Months: 12}, maxYears},
}

// IsZero reports whether p is no period at all.
func (p Period) IsZero() bool { return p == Period{} }

// UnmarshalDoc reads a whole number and a unit.
func (p *Period) UnmarshalDoc(n *Node, d *Decoder) {
	s, ok := d.scalar(n, "a period")
	if !ok {
		return
	}
	number, unit, _ := strings.Cut(s, " ")
	count, err := strconv.Atoi(number)
	for _, u := range periodUnits {
		if err != nil || unit != u.name && unit != u.name+"s" {
			continue
		}
		if count < 1 || count > u.most {
			d.Errorf(n.Place, "bad-period", "a period has 1 to %d %ss, not %d", u.most, u.name, count)
			return
		}
		*p = Period{Months: count * u.one.Months, Days: count * u.one.Days}
		return
	}
	d.Fault(Errorf(n.Place, "bad-period", "%q is not a period", s).WithHint("%s", periodHint(s)))
}

// unitsInChinese are units of time as a Chinese policy has them.
var unitsInChinese = map[string]string{"天": "days", "日": "days", "个月": "months", "月": "months", "年": "years", "周年": "years"}

// periodHint says how to write the period that s probably is.
func periodHint(s string) string {
	number := s[:len(s)-len(strings.TrimLeft(s, "0123456789"))]
	unit := strings.TrimSpace(s[len(number):])
	if in, ok := unitsInChinese[unit]; ok && number != "" {
		return "write " + number + " " + in
	}
	return "write a whole number of days, months or years: 12 months"
}

// String returns p as a policy has it: "12 months".
func (p Period) String() string {
	count := func(n int, unit string) string {
		if n == 1 {
			return "1 " + unit
		}
		return strconv.Itoa(n) + " " + unit + "s"
	}
	switch {
	case p.Months == 0:
		return count(p.Days, "day")
	case p.Days == 0:
		return count(p.Months, "month")
	}
	return count(p.Months, "month") + " and " + count(p.Days, "day")
}
