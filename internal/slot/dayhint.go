package slot

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

const writeDay = "write it as 2024-06-30"

// DayHint says how to write the date that s, which ParseDay refuses, probably is, or what is wrong with it.
func DayHint(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > len(time.DateOnly) {
		if d, ok := parseDay(s[:len(time.DateOnly)]); ok {
			return "leave out what follows the day: " + d.String()
		}
	}
	parts := strings.FieldsFunc(s, func(c rune) bool { return c < '0' || c > '9' })
	switch {
	case s == "":
		return "leave it out where there is no date"
	case len(parts) == 1 && len(parts[0]) == 8 && len(s) == 8:
		return sayDay(s[:4], s[4:6], s[6:])
	case len(parts) == 1 && len(parts[0]) == 5 && len(s) == 5:
		return serialHint(s)
	case len(parts) < 3:
		return writeDay
	case len(parts[0]) == 4:
		return sayDay(parts[0], parts[1], parts[2])
	case len(parts[2]) == 4:
		first, _ := strconv.Atoi(parts[0])
		second, _ := strconv.Atoi(parts[1])
		switch {
		case first > 12:
			return sayDay(parts[2], parts[1], parts[0])
		case second > 12:
			return sayDay(parts[2], parts[0], parts[1])
		}
		return "write the year first, then month and day, as in 2024-06-30"
	}
	return writeDay
}

// sayDay writes the day with these parts, or says that there is none.
func sayDay(year, month, day string) string {
	y, err1 := strconv.Atoi(year)
	m, err2 := strconv.Atoi(month)
	d, err3 := strconv.Atoi(day)
	if err1 != nil || err2 != nil || err3 != nil {
		return writeDay
	}
	if day, ok := parseDay(fmt.Sprintf("%04d-%02d-%02d", y, m, d)); ok {
		return "write " + day.String()
	}
	switch {
	case y == 0 && m == 0 && d == 0:
		return "leave it out where there is no date"
	case m >= 1 && m <= 12 && y >= 1 && y <= 9999:
		return "there is no day " + strconv.Itoa(d) + " in " + time.Month(m).String() + " " + strconv.Itoa(y)
	}
	return writeDay
}

// serialHint knows the day numbers of spreadsheets, in which 25569 is 1970-01-01.
func serialHint(s string) string {
	n, _ := strconv.Atoi(s)
	return "if it is a spreadsheet's day number, give the column a date format: " + Day(n-25569).String()
}
