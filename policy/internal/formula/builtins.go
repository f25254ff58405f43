package formula

import (
	"sort"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// builtin describes a function of the language. Where params is nil, the arguments are checked by a method of their own.
type builtin struct {
	usage    string
	low      int // arguments at least
	high     int // and at most; -1 for any number
	params   []*slot.Type
	result   *slot.Type
	partial  bool // the result may be undefined
	inexact  bool
	eachItem bool // takes a list and a condition or expression on its items
}

var (
	number = slot.NumberType
	text   = slot.StringType
	date   = slot.DateType
	dates  = slot.ListOf(date)
)

// builtins are the functions of the language: the allow-list. It is never written.
var builtins = map[string]builtin{
	"has": {usage: "has(x)", low: 1, high: 1},

	"min":    {usage: "min(a, b, ...) or min(list)", low: 1, high: -1},
	"max":    {usage: "max(a, b, ...) or max(list)", low: 1, high: -1},
	"mean":   {usage: "mean(a, b, ...) or mean(list)", low: 1, high: -1},
	"median": {usage: "median(a, b, ...) or median(list)", low: 1, high: -1},
	"sum":    {usage: "sum(list), sum(list, .field) or sum(a, b, ...)", low: 1, high: -1},

	"all":    {usage: "all(list, condition)", low: 2, high: 2, eachItem: true},
	"any":    {usage: "any(list, condition)", low: 2, high: 2, eachItem: true},
	"none":   {usage: "none(list, condition)", low: 2, high: 2, eachItem: true},
	"one":    {usage: "one(list, condition)", low: 2, high: 2, eachItem: true},
	"count":  {usage: "count(list, condition)", low: 2, high: 2, eachItem: true},
	"filter": {usage: "filter(list, condition)", low: 2, high: 2, eachItem: true},
	"find":   {usage: "find(list, condition)", low: 2, high: 2, eachItem: true},
	"map":    {usage: "map(list, expression)", low: 2, high: 2, eachItem: true},

	"abs":   {usage: "abs(x)", low: 1, high: 1, params: []*slot.Type{number}, result: number},
	"floor": {usage: "floor(x)", low: 1, high: 1, params: []*slot.Type{number}, result: number},
	"ceil":  {usage: "ceil(x)", low: 1, high: 1, params: []*slot.Type{number}, result: number},
	"round": {usage: "round(x), round(x, places) or round(x, places, 'half_even')", low: 1, high: 3},
	"clamp": {usage: "clamp(x, low, high)", low: 3, high: 3, params: []*slot.Type{number, number, number}, result: number, partial: true},
	"sqrt":  {usage: "sqrt(x)", low: 1, high: 1, params: []*slot.Type{number}, result: number, partial: true, inexact: true},
	"ln":    {usage: "ln(x)", low: 1, high: 1, params: []*slot.Type{number}, result: number, partial: true, inexact: true},
	"exp":   {usage: "exp(x)", low: 1, high: 1, params: []*slot.Type{number}, result: number, inexact: true},
	"pow":   {usage: "pow(x, y)", low: 2, high: 2, params: []*slot.Type{number, number}, result: number, partial: true, inexact: true},

	"lower": {usage: "lower(text)", low: 1, high: 1, params: []*slot.Type{text}, result: text},
	"upper": {usage: "upper(text)", low: 1, high: 1, params: []*slot.Type{text}, result: text},
	"trim":  {usage: "trim(text)", low: 1, high: 1, params: []*slot.Type{text}, result: text},
	"len":   {usage: "len(text) or len(list)", low: 1, high: 1},

	"date":           {usage: "date('2024-06-30') or date(year, month, day)", low: 1, high: 3},
	"days_between":   {usage: "days_between(from, to)", low: 2, high: 2, params: []*slot.Type{date, date}, result: number},
	"months_between": {usage: "months_between(from, to)", low: 2, high: 2, params: []*slot.Type{date, date}, result: number},
	"years_between":  {usage: "years_between(from, to)", low: 2, high: 2, params: []*slot.Type{date, date}, result: number},
	"add_days":       {usage: "add_days(date, n)", low: 2, high: 2, params: []*slot.Type{date, number}, result: date},
	"add_months":     {usage: "add_months(date, n)", low: 2, high: 2, params: []*slot.Type{date, number}, result: date},
	"workdays_between": {usage: "workdays_between(from, to, holidays) or workdays_between(from, to, holidays, workdays)", low: 3, high: 4,
		params: []*slot.Type{date, date, dates, dates}, result: number},
	"add_workdays": {usage: "add_workdays(date, n, holidays) or add_workdays(date, n, holidays, workdays)", low: 3, high: 4,
		params: []*slot.Type{date, number, dates, dates}, result: date},
	"weekday": {usage: "weekday(date)", low: 1, high: 1, params: []*slot.Type{date}, result: number},
	"minutes": {usage: "minutes('08:30')", low: 1, high: 1, params: []*slot.Type{text}, result: number, partial: true},
	"year":    {usage: "year(date)", low: 1, high: 1, params: []*slot.Type{date}, result: number},
	"month":   {usage: "month(date)", low: 1, high: 1, params: []*slot.Type{date}, result: number},
	"day":     {usage: "day(date)", low: 1, high: 1, params: []*slot.Type{date}, result: number},
}

// elsewhere are functions of expr and of spreadsheets that people will look for, with what to use instead.
var elsewhere = map[string]string{
	"if": "write condition ? this : that", "IF": "write condition ? this : that", "iif": "write condition ? this : that",
	"avg": "write mean", "average": "write mean", "AVERAGE": "write mean", "ceiling": "write ceil", "int": "write floor(x)",
	"now": "a policy never reads the clock: as_of is the day of the decision", "today": "as_of is the day of the decision",
	"duration": "write days_between or add_days", "first": "write list[0]", "last": "write list[-1]", "get": "write x ?? y",
	"log": "write ln(x)", "substring": "write x matches 'pattern'", "coalesce": "write x ?? y", "ifnull": "write x ?? y",
	"isnull": "write not has(x)", "isNull": "write not has(x)", "exists": "write has(x)", "size": "write len", "length": "write len",
	"hasPrefix": "write x startsWith 'a'", "hasSuffix": "write x endsWith 'a'", "reduce": "write sum(list, expression)",
	"NETWORKDAYS": "write workdays_between(from, to, holidays), which does not count `from` itself", "networkdays": "write workdays_between(from, to, holidays), which does not count `from` itself",
	"WORKDAY": "write add_workdays(date, n, holidays)", "workday": "write add_workdays(date, n, holidays)", "workdays": "write workdays_between(from, to, holidays)",
	"WEEKDAY": "write weekday(date): Monday is 1", "TIMEVALUE": "write minutes('08:30')", "time": "write minutes('08:30')", "hour": "write minutes('08:30') and compare",
	"datediff": "write days_between", "DATEDIF": "write days_between", "power": "write pow", "mod": "write a % b", "trunc": "write floor or ceil",
	"string": "a number cannot become a string here", "float": "a string cannot become a number here: declare the input as a number",
}

// misspeltValues are words that people write for the truth values.
var misspeltValues = map[string]string{"True": "true", "TRUE": "true", "yes": "true", "Yes": "true", "YES": "true", "False": "false",
	"FALSE": "false", "no": "false", "No": "false", "NO": "false"}

// IsBuiltin reports whether name is a function of the language, so that no function of the policy or the embedder can
// have it. An input or a variable may.
func IsBuiltin(name string) bool {
	_, ok := builtins[name]
	return ok
}

// Builtins returns the names of the functions of the language, sorted.
func Builtins() []string {
	out := make([]string, 0, len(builtins))
	for name := range builtins {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}
