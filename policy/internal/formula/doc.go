// Package formula turns the expressions of a policy into functions over the slots of a [slot.Frame].
//
// Start with [Parse], which reads the text and checks its limits, and [Compile], which resolves the names in a [Scope],
// gives types, and returns a [Program] to be asked for each customer. Whatever is wrong is a [Problem] that points into
// the text; all come at once. The parser is that of github.com/expr-lang/expr; its checker, optimizer and virtual
// machine are not used, because they compute on floats.
//
// # Values
//
// Numbers are exact (package exact); nothing rounds unless round, floor or ceil is called. The types are number, string,
// bool, date, grade, list and record. A string in quotes becomes a date or a grade where it meets one. Grades are ordered
// by the scale, the best is the greatest; a grade off the ladder equals itself but has no order. Strings have none.
//
//	1_000.5  1.5e3       numbers, always decimal
//	'text'  "text"       strings, with \n, \', \u00e9 and the like
//	[a, b]  1..5         lists; a range is of whole numbers, and 2.5 in 1..5 is false
//	+ - * / % **         % has the sign of its left side; ** takes whole exponents; + joins two strings
//	== != < <= > >=      also chained: 1 < x <= 5
//	and or not && || !   not binds tighter than comparisons: not (a > b)
//	c ? a : b   x ?? y   ?? is y where x is missing; it needs brackets beside any other operator
//	in  not in           in lists and ranges
//	contains  startsWith  endsWith  matches     a pattern (RE2) is found anywhere in the text, unless it has ^ and $
//	let x = a; b         a variable; it may have the name of a function, which then cannot be called
//	r.field  r['field']  r[text]      the field that a text names is missing where there is none
//	list[0]  list[-1]    from the beginning or the end; beyond it is missing
//	list | f(b)          the same as f(list, b)
//
// all any none one count filter find map sum(list, expression) look at the items of a list: # is the item, .field its
// field. min max sum mean median take numbers or one list of them (min and max dates too). abs round floor ceil clamp are
// exact, and so is pow with a whole exponent; sqrt ln exp pow give 34 significant digits and mark the Program
// Inexact. lower upper trim len work on strings, len on lists too; date days_between months_between
// years_between add_days add_months year month day weekday on dates: the ones "between" count what is completed, weekday
// is 1 on Monday and 7 on Sunday. minutes('08:30') is 510: a time of day HH:MM, 00:00 to 24:00, in minutes since midnight.
//
// workdays_between(from, to, holidays) counts the days worked after from, up to and including to; with the two exchanged it
// is the same below 0. add_workdays(date, n, holidays) is the nth day worked after date, before it for a negative n, and date
// itself for 0, worked or not. Monday to Friday are worked, but for the holidays, a list of dates; a list of weekend days that
// are worked all the same (调休) may follow, and wins over the holidays.
//
// # Missing
//
// What is computed from something missing is missing, and blames what that was missing for (see [slot.Absence]). So is
// what is undefined, and blames the piece of the text: a division by zero, an index beyond the end, the smallest of no
// items. and, or, all, any, none, one and in follow Kleene: a side that decides does so even when the other is missing.
// has(x) asks, x ?? y makes up for it. A whole list with a missing item is not missing, its sum is.
//
// Errors are for what must not pass for missing: they go to the Frame, see [slot.Frame.Fail].
//
// # Limits
//
//	what                                             limit              beyond it
//	text                                             4 KiB (MaxText)    Problem, before the work
//	brackets, signs in a row                         64 (MaxDepth)      Problem, before the work
//	operations, names and literals                   2,000 (MaxNodes)   Problem
//	the same, with the functions it calls            10,000             Problem
//	a number literal                                 64 characters      Problem
//	a pattern                                        500 instructions   Problem
//	steps: a turn of a loop counts its operations    100,000            error
//	a number                                         32,768 bits        error
//	a string made                                    64 KiB             error
//	a date                                           years 1 to 9999    error, when reached by add_days, add_months or add_workdays
//
// Long strings, numbers of hundreds of digits, patterns and roots count for more steps, so that the limit bounds the time.
package formula
