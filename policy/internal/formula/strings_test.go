package formula_test

import (
	"strings"
	"testing"

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
		{"code == 5", "problem: `==` compares values of one type, but `code` is a string and `5` is a number"},
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
		{"min(from, to)", "2024-01-31"}, {"max('2024-05-05', from)", "2024-05-05"}, {"(n > 5 ? from : '2024-03-03')", "2024-03-03"}, {"from in ['2024-01-31', '2024-02-01']", "true"},
		{"from > (n > 5 ? '2024-01-01' : '2024-03-03')", "false"},
		{"to - from", "problem: dates are not subtracted by `-` (write days_between(from, to))"},
		{"from + 30", "problem: a number is not added to a date by `+` (write add_days(date, n))"},
		{"from > '2024-02-30'", "problem: \"2024-02-30\" is not a date: write it as 2024-06-30"},
		{"date('2024-02-30')", "problem: \"2024-02-30\" is not a date: write it as 2024-06-30"},
		{"date(2024, 2, 30)", "problem: there is no such day (write date(year, month, day))"},
		{"add_days(date(1, 1, 1), -n)", "error: a date left the years 1 to 9999"}, {"add_days(date(9999, 12, 31), n)", "error: a date left the years 1 to 9999"}, {"date(1, 1, 1)", "0001-01-01"}, {"date(9999, 12, 31)", "9999-12-31"}, {"date(10000, 1, n)", "missing: date(10000, 1, n)"}, {"date(2024.5, 1, n)", "missing: date(2024.5, 1, n)"},
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
