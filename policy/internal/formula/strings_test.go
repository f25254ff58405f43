package formula_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

func TestStrings(t *testing.T) {
	e := newEnv().num("x", "2")
	e.set("name", slot.StringType, slot.Text(" 华北矿业有限公司 ")).set("code", slot.StringType, slot.Text("AB-12"))
	e.set("long", slot.StringType, slot.Text(strings.Repeat("a", 40_000)))
	e.table(t, []row{
		{"trim(name)", `"华北矿业有限公司"`}, {"len(trim(name))", "8"}, {"len('')", "0"},
		{"lower(code)", `"ab-12"`}, {"upper('ab')", `"AB"`}, {"'a' + code + \"b\"", `"aAB-12b"`},
		{"name contains '矿业'", "true"}, {"code startsWith 'AB'", "true"}, {"code endsWith '13'", "false"}, {"code not contains 'AB'", "false"}, {"not (code endsWith '12')", "false"},
		{"code matches '^[A-Z]{2}-[0-9]+$'", "true"}, {"code not matches '^[0-9]'", "true"}, {"'abc' matches 'b'", "true"},
		{`code == "AB-12"`, "true"}, {`"it's" == 'it\'s'`, "true"}, {`'\u77ff'`, `"矿"`}, {"'' == \"\"", "true"}, {"code != 'x'", "true"},
		{"long + long", "error: a string grew beyond 64 KiB"}, {"len(long + code)", "40005"},
		{"x > 1 ? code : 'none'", `"AB-12"`},
		{"code == 5", "problem: `==` compares values of one type, but `code` is a string and `5` is a number (for the text write '5')"},
		{"code < 'B'", "problem: strings have no order, so that `<` cannot compare them (only numbers, dates and grades have an order)"},
		{"code + x", "problem: `+` needs numbers, but `code` is a string"},
	})
}

func TestDates(t *testing.T) {
	e := newEnv().num("n", "1").num("huge", "1e12").num("half", "0.5")
	e.set("from", slot.DateType, day("2024-01-31")).set("to", slot.DateType, day("2025-01-30")).set("as_of", slot.DateType, day("2024-06-30"))
	e.set("text", slot.StringType, slot.Text("2024-02-30"))
	e.table(t, []row{
		{"date('2024-06-30')", "2024-06-30"}, {"date(2024, 2, 29)", "2024-02-29"}, {"date(2023 + n, 12, 31)", "2024-12-31"}, {"date(2024, 13, n)", "missing: date(2024, 13, n)"},
		{"date(text)", "missing: date(text)"}, {"date(trim(' 2024-02-28 '))", "2024-02-28"}, {"date(lower('2024-02-2') + '9')", "2024-02-29"}, {"date(from)", "2024-01-31"},
		{"days_between(from, to)", "365"}, {"days_between(to, from)", "-365"}, {"days_between(from, '2024-03-01')", "30"}, {"days_between('2024-01-01', '2024-01-01')", "0"},
		{"months_between(from, to)", "11"}, {"months_between(from, '2024-02-29')", "1"}, {"months_between(to, from)", "-11"},
		{"years_between(from, to)", "0"}, {"years_between(from, '2025-01-31')", "1"}, {"years_between('2020-02-29', '2021-02-28')", "1"}, {"years_between(to, from)", "0"},
		{"add_days(from, 1)", "2024-02-01"}, {"add_days(from, -31)", "2023-12-31"}, {"add_months(from, n)", "2024-02-29"}, {"add_months(from, -11)", "2023-02-28"}, {"add_months('2024-01-31', 13)", "2025-02-28"},
		{"add_days(from, huge)", "error: a date left the years 1 to 9999"}, {"add_months(from, huge)", "error: a date left the years 1 to 9999"}, {"add_months(from, 120000)", "error: a date left the years 1 to 9999"},
		{"add_days(from, half)", "error: the number of days or months to add is not a whole number: use floor, ceil or round"},
		{"year(from) * 10000 + month(from) * 100 + day(from)", "20240131"},
		{"from < to", "true"}, {"from >= as_of", "false"}, {"from == '2024-01-31'", "true"}, {"'2024-01-01' < from < '2024-12-31'", "true"}, {"from != to", "true"},
		{"min(from, to)", "2024-01-31"}, {"max(from)", "2024-01-31"}, {"min([to, from])", "2024-01-31"}, {"max('2024-05-05', from)", "2024-05-05"}, {"(n > 5 ? from : '2024-03-03')", "2024-03-03"}, {"from in ['2024-01-31', '2024-02-01']", "true"},
		{"from > (n > 5 ? '2024-01-01' : '2024-03-03')", "false"},
		{"to - from", "problem: dates are not subtracted by `-` (write days_between(from, to))"},
		{"from - 30", "problem: a number is not subtracted from a date (write add_days(from, -n))"},
		{"from - text", "problem: `-` needs numbers, but `from` is a date"},
		{"from + 30", "problem: a number is not added to a date by `+` (write add_days(date, n))"},
		{"from > '2024-02-30'", "problem: `2024-02-30` is not a date (there is no day 30 in February 2024)"},
		{"date('2024-02-30')", "problem: `2024-02-30` is not a date (there is no day 30 in February 2024)"},
		{"date(2024, 2, 30)", "problem: there is no such day (write date(year, month, day))"},
		{"add_days(date(1, 1, 1), 3652058)", "9999-12-31"}, {"add_days(date(9999, 12, 31), -3652058)", "0001-01-01"},
		{"add_months(date(1, 1, 1), n * 119987)", "9999-12-01"}, {"add_months(date(9999, 12, 1), -119987 * n)", "0001-01-01"},
		{"add_days(date(1, 1, 1), n * 3652059)", "error: a date left the years 1 to 9999"}, {"add_days(date(9999, 12, 31), n * -3652059)", "error: a date left the years 1 to 9999"},
		{"add_days(date(1, 1, 1), -n)", "error: a date left the years 1 to 9999"}, {"add_days(date(9999, 12, 31), n)", "error: a date left the years 1 to 9999"}, {"date(1, 1, 1)", "0001-01-01"}, {"date(9999, 12, 31)", "9999-12-31"}, {"date(10000, 1, n)", "missing: date(10000, 1, n)"}, {"date(2024.5, 1, n)", "missing: date(2024.5, 1, n)"},
	})
}

// The working days around the National Day of 2026: Thursday 1 to Wednesday 7 October are off, Saturday 10 October and Sunday
// 20 September are worked for it.
func TestWorkingDays(t *testing.T) {
	e := newEnv().num("n", "1").num("half", "0.5").num("huge", "1e12")
	e.set("eve", slot.DateType, day("2026-09-30")).set("back", slot.DateType, day("2026-10-08")).set("none", slot.DateType, gone)
	e.set("off", slot.ListOf(slot.DateType), list(day("2026-10-07"), day("2026-10-01"), day("2026-10-02"), day("2026-10-03"), day("2026-10-04"),
		day("2026-10-05"), day("2026-10-06"), day("2026-10-01")))
	e.set("on", slot.ListOf(slot.DateType), list(day("2026-10-10"), day("2026-09-20"), day("2026-10-09")))
	e.set("holes", slot.ListOf(slot.DateType), list(day("2026-10-01"), gone)).set("absent", slot.ListOf(slot.DateType), gone)
	e.set("texts", slot.ListOf(slot.StringType), list(slot.Text("2026-10-01")))
	e.table(t, []row{
		{"weekday(eve)", "3"}, {"weekday('2026-10-04')", "7"}, {"weekday('2026-10-05')", "1"}, {"weekday('1970-01-01')", "4"}, {"weekday('1969-12-28')", "7"},
		{"weekday(date(1, 1, 1))", "1"}, {"weekday('9999-12-31')", "5"}, {"weekday(none)", "missing: none"},

		{"workdays_between(eve, back, off)", "1"}, {"workdays_between(eve, '2026-10-07', off)", "0"}, {"workdays_between(eve, back, [])", "6"},
		{"workdays_between('2026-10-01', '2026-10-02', [])", "1"}, {"workdays_between(eve, eve, off)", "0"}, {"workdays_between('2026-09-29', eve, off)", "1"},
		{"workdays_between(back, eve, off)", "-1"}, {"workdays_between('2026-10-08', '2026-10-11', off)", "1"}, {"workdays_between('2026-10-08', '2026-10-11', off, on)", "2"},
		{"workdays_between(eve, back, off, ['2026-10-01'])", "2"}, {"workdays_between('2026-09-18', '2026-09-21', off, on)", "2"},
		{"workdays_between(eve, back, ['2026-10-01', '2026-10-02'])", "4"}, {"workdays_between('2026-01-01', '2027-01-01', [])", "261"},

		{"add_workdays(eve, n, off)", "2026-10-08"}, {"add_workdays(eve, 2, off)", "2026-10-09"}, {"add_workdays(eve, 3, off)", "2026-10-12"}, {"add_workdays(eve, 3, off, on)", "2026-10-10"},
		{"add_workdays(eve, 0, off)", "2026-09-30"}, {"add_workdays('2026-10-03', 0, off)", "2026-10-03"}, {"add_workdays('2026-10-03', 1, off)", "2026-10-08"},
		{"add_workdays(back, -1, off)", "2026-09-30"}, {"add_workdays('2026-10-03', -1, off)", "2026-09-30"}, {"add_workdays('2026-10-12', -1, off)", "2026-10-09"}, {"add_workdays('2026-10-12', -1, off, on)", "2026-10-10"},
		{"add_workdays('2026-10-02', 1, [])", "2026-10-05"}, {"add_workdays(eve, half, off)", "error: the number of days or months to add is not a whole number: use floor, ceil or round"},
		{"add_workdays(eve, huge, off)", "error: a date left the years 1 to 9999"}, {"add_workdays(eve, 2500000, off)", "error: a date left the years 1 to 9999"},
		{"add_workdays(date(9999, 12, 31), n, off)", "error: a date left the years 1 to 9999"}, {"add_workdays(date(9999, 12, 30), n, off)", "9999-12-31"},
		{"add_workdays(date(1, 1, 1), -n, off)", "error: a date left the years 1 to 9999"}, {"add_workdays(date(1, 1, 2), -n, off)", "0001-01-01"},

		{"workdays_between(eve, none, off)", "missing: none"}, {"workdays_between(none, eve, absent)", "missing: none, absent"}, {"workdays_between(eve, back, off, absent)", "missing: absent"},
		{"workdays_between(eve, back, absent ?? [])", "6"}, {"add_workdays(none, 1, off)", "missing: none"}, {"workdays_between(eve, back, holes)", "missing: "},
		{"workdays_between(eve, back)", "problem: `workdays_between` takes 3 to 4 arguments, but here are 2 (write workdays_between(from, to, holidays) or workdays_between(from, to, holidays, workdays))"},
		{"workdays_between(eve, back, texts)", "problem: `workdays_between` needs a list of dates as its third argument, but `texts` is a list of strings (in a value, write each day as date('2024-06-30'); an input is {type: list, of: date})"},
		{"workdays_between(eve, back, eve)", "problem: `workdays_between` needs a list of dates as its third argument, but `eve` is a date"},
		{"add_workdays(eve, 1, off, ['2026-2-3'])", "problem: `2026-2-3` is not a date (write 2026-02-03)"}, {"weekday(n)", "problem: `weekday` needs a date, but `n` is a number"},
	})
}

// Counted one by one, the working days are the same.
func TestWorkingDaysOneByOne(t *testing.T) {
	holidays := map[string]bool{"2026-01-01": true, "2026-01-02": true, "2026-01-03": true}
	worked := map[string]bool{"2026-01-04": true, "2026-01-11": true}
	e := newEnv().num("n", "0")
	e.set("from", slot.DateType, day("2025-12-27")).set("to", slot.DateType, day("2025-12-27"))
	between := e.mustCompile(t, "workdays_between(from, to, ['2026-01-01', '2026-01-02', '2026-01-03'], ['2026-01-04', '2026-01-11'])").Number()
	add := e.mustCompile(t, "days_between(from, add_workdays(from, n, ['2026-01-01', '2026-01-02', '2026-01-03'], ['2026-01-04', '2026-01-11']))").Number()
	isWorked := func(d slot.Day) bool {
		s, w := d.String(), d.Time().Weekday()
		return worked[s] || w != time.Saturday && w != time.Sunday && !holidays[s]
	}
	first := slot.Day(day("2025-12-20").Int)
	for from := first; from < first+40; from++ {
		count := int64(0)
		for to := from; to < first+40; to++ {
			if to > from && isWorked(to) {
				count++
			}
			f := slot.NewFrame(slot.Num(exact.Int(count)), slot.OfDay(from), slot.OfDay(to))
			n, _ := between(f)
			require.Equal(t, exact.Int(count), n, "%s to %s", from, to)
			if to == from || isWorked(to) {
				n, _ = add(f)
				require.Equal(t, exact.Int(int64(to-from)), n, "%d from %s", count, from)
			}
			f = slot.NewFrame(slot.Num(exact.Int(-count)), slot.OfDay(to), slot.OfDay(from))
			n, _ = between(f)
			require.Equal(t, exact.Int(-count), n, "%s back to %s", to, from)
		}
	}
}

func TestMinutes(t *testing.T) {
	e := newEnv()
	e.set("at", slot.StringType, slot.Text("17:45")).set("bad", slot.StringType, slot.Text("24:01")).set("none", slot.StringType, gone)
	e.table(t, []row{
		{"minutes('08:30')", "510"}, {"minutes('00:00')", "0"}, {"minutes('24:00')", "1440"}, {"minutes('23:59')", "1439"}, {"minutes(at) - minutes('17:30')", "15"},
		{"minutes('08:30') <= minutes(at) <= minutes('18:00')", "true"},
		{"minutes(bad)", "missing: minutes(bad)"}, {"minutes(none)", "missing: none"}, {"minutes(at + '0')", "missing: minutes(at + '0')"},
		{"minutes('8:30')", "problem: `8:30` is not a time of day (write it as 08:30, from 00:00 to 24:00)"}, {"minutes('24:01')", "problem: `24:01` is not a time of day (write it as 08:30, from 00:00 to 24:00)"},
		{"minutes('12:60')", "problem: `12:60` is not a time of day (write it as 08:30, from 00:00 to 24:00)"}, {"minutes('08:3a')", "problem: `08:3a` is not a time of day (write it as 08:30, from 00:00 to 24:00)"},
		{"minutes('0::30')", "problem: `0::30` is not a time of day (write it as 08:30, from 00:00 to 24:00)"}, {"minutes('1/:30')", "problem: `1/:30` is not a time of day (write it as 08:30, from 00:00 to 24:00)"},
		{"minutes('')", "problem: `` is not a time of day (write it as 08:30, from 00:00 to 24:00)"}, {"minutes('08：30')", "problem: `08：30` is not a time of day (write it as 08:30, from 00:00 to 24:00)"},
		{"minutes(830)", "problem: `minutes` needs a string, but `830` is a number"},
	})
}

func TestGrades(t *testing.T) {
	e := newEnv().num("x", "2")
	e.set("b", slot.GradeType, slot.Rank(1, "B")).set("m", slot.GradeType, slot.Rank(4, "M")).set("none", slot.GradeType, gone).set("s", slot.StringType, slot.Text("B"))
	e.set("past", slot.ListOf(slot.GradeType), list(slot.Rank(1, "B"), slot.Rank(3, "D")))
	e.table(t, []row{
		{"b >= 'B'", "true"}, {"b >= 'A'", "false"}, {"b >= 'C'", "true"}, {"b > 'C'", "true"}, {"b > 'B'", "false"}, {"b < 'A'", "true"}, {"b <= 'B'", "true"}, {"'A' >= b", "true"}, {"'A' > b >= 'C'", "true"},
		{"b == 'B'", "true"}, {"b != 'B'", "false"}, {"b in ['A', 'B']", "true"}, {"b not in ['A', 'B']", "false"}, {"'B' in past", "true"}, {"b in past", "true"}, {"b in [past[1], 'A']", "false"},
		{"m == 'M'", "true"}, {"m in ['M', 'A']", "true"}, {"m >= 'B'", "missing: m >= 'B'"}, {"b < m", "missing: b < m"}, {"b <= 'M'", "missing: b <= 'M'"},
		{"none >= 'B'", "missing: none"}, {"(none ?? 'C') < 'B'", "true"}, {"none ?? 'C'", "C"}, {"x > 1 ? b : 'D'", "B"}, {"b >= (x > 1 ? 'B' : 'C')", "true"},
		{"b >= (let v = 'B'; v)", "true"}, {"let v = 'C'; b >= v", "true"}, {"all(past, # >= 'D')", "true"}, {"count(past, # == 'D')", "1"},
		{"b >= 'E'", "problem: there is no grade `E` (allowed: A, B, C, D, M)"}, {"b in ['A', 'Bb']", "problem: there is no grade `Bb` (allowed: A, B, C, D, M)"},
		{"b == s", "problem: `==` compares values of one type, but `b` is a grade and `s` is a string (declare the string as a grade)"},
		{"b > 1", "problem: `>` compares values of one type, but `b` is a grade and `1` is a number"},
	})
	e.scope.OnScale = 5
	e.table(t, []row{{"m >= 'B'", "false"}, {"b > 'M'", "true"}})
	e.scope.Grades = nil
	e.table(t, []row{{"b >= 'B'", "problem: the policy has no scale of grades, so that `B` is none"}})
}
