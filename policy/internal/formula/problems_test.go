package formula_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// owner is a policy owner's scope, with names of every type.
func owner(t testing.TB) *env {
	e := newEnv().num("a", "1").num("b", "2").num("采购额", "3").num("points.volume", "1").num("points.long-overdue", "1").num("applicant.age", "40").num("g.factor", "1.2")
	e.set("name", slot.StringType, slot.Text("x")).set("ok", slot.BoolType, slot.Truth(true)).set("due", slot.DateType, day("2024-01-01")).set("g", slot.GradeType, slot.Rank(0, "A"))
	rec := &slot.Type{Kind: slot.Record, Fields: []slot.Field{{Name: "amount", Type: slot.NumberType}, {Name: "ccy", Type: slot.StringType}}}
	e.set("members", slot.ListOf(rec), slot.Items(nil)).set("xs", slot.ListOf(slot.NumberType), numbers("1"))
	e.set("rec", rec, slot.Fields([]slot.Value{number("1"), slot.Text("a")}))
	return e.function(t, "share(part, whole)", "part / whole")
}

// Each row is an expression with the place of its fault between « and », the message, and a piece of the hint.
func TestProblems(t *testing.T) {
	e := owner(t)
	for _, r := range []struct{ marked, message, hint string }{
		// Habits of other languages, spreadsheets and input methods.
		{"a «=» 1", "`=` does not compare", "write `==`"},
		{"a >= 1 and ok «=» true", "`=` does not compare", "write `==`"},
		{"a ==«=» 1", "`=` is one too many here", "`==` compares"},
		{"a «=»> 1", "there is no operator `=>`", "write `>=`"},
		{"a «=»< 1", "there is no operator `=<`", "write `<=`"},
		{"a > «=» 1", "`>` and `=` must stand together", "write `>=`"},
		{"a «<>» 1", "there is no operator `<>`", "write `!=`"},
		{"a > 1 «&» ok", "there is no operator `&`", "write `and`"},
		{"ok «|» ok", "`|` hands a list on to a function", "write `or`"},
		{"a «^» 2", "there is no operator `^`", "x ** 2"},
		{"a > 1 «AND» ok", "`AND` is no operator", "write `and`"},
		{"a > 1 «且» ok", "`且` is no operator", "write `and`"},
		{"«NOT» ok", "`NOT` is no operator", "write `not`"},
		{"a «mod» 2", "`mod` is no operator", "write `%`"},
		{"a > 1«，» 2", "`，` has no meaning here", "write `,`"},
		{"max(a«，» 2)", "`，` has no meaning here", "write `,`"},
		{"«（»a + b)", "`（` has no meaning here", "write `(`"},
		{"采购额 «≥» 5", "`≥` has no meaning here", "write `>=`"},
		{"采购额 «×» 5", "`×` has no meaning here", "write `*`"},
		{"name == «“x”»", "a string does not begin with “", "write 'x'"},
		{"name == «`x`»", "a string does not begin with `", "write 'x'"},
		{"«１２» + a", "is not written in the digits 0 to 9", ""},
		{"a > «￥»500", "the character `￥` has no meaning here", "currency"},
		{"a > «50万»", "`50万` is not a number", "write 500_000"},
		{"a > «1.5亿元»", "`1.5亿元` is not a number", "write 150_000_000"},
		{"a > «10天»", "`10天` is not a number", "write 10 without"},
		{"a > «1,000»", "a comma separates values, not digits", "write 1_000"},
		{"a > «1,000,000.50»", "a comma separates values, not digits", "write 1_000_000.50"},
		{"a > «1.000,50»", "a comma separates values, not digits", "write 1000.50"},
		{"a > «100,000»", "a comma separates values, not digits", "write 100_000"},
		{"a > «1,50»", "a comma separates values, not digits", "write 1.50"},
		{"a > «1,00,000»", "a comma separates values, not digits", "leave out the commas"},
		{"a > «1,000.5,000»", "a comma separates values, not digits", "leave out the commas"},
		{"a > «1000,000,000»", "a comma separates values, not digits", "leave out the commas"},
		{"max(a, «1,000»)", "a comma separates values, not digits", "write 1_000"},
		{"a * «20%»", "a percentage is not written with `%`", "write 0.2"},
		{"a * «20%» - b", "a percentage is not written with `%`", "write 0.2"},
		{"a > «20%» and ok", "a percentage is not written with `%`", "write 0.2"},
		{"a > b«%»", "`%` needs a number on its right", "0.05"},
		{"a > 1 «,» b > 1", "a comma can only stand within brackets", "`and` or `or`"},
		{"«if» a > 1 { 1 } else { 2 }", "there is no `if`", "condition ? this : that"},
		{"«if»(ok, 1, 2)", "there is no `if`", "condition ? this : that"},
		{"«IF»(ok, 1, 2)", "there is no function `IF`", "condition ? this : that"},
		{"a «?:» b", "there is no operator `?:`", "`x ?? y`"},
		{"a == 1 or «2»", "`or` joins conditions, but `2` is a number", "write a in [1, 2]"},
		{"ok == «True»", "there is no name `True`", "write `true`"},
		{"a «//» 2", "`//` does not belong in an expression", "floor(a / b)"},
		{"a «/*» b */", "`/*` does not belong in an expression", ""},
		{"«now»()", "there is no function `now`", "as_of"},
		{"«avg»(xs)", "there is no function `avg`", "write mean"},
		{"a == «nil»", "there is no `nil`", "has(x)"},
		{"a == «null»", "there is no `null`", "has(x)"},
		{"has(a) and not «>» 1", "something is missing between `not` and `>`", ""},

		// Numbers.
		{"«0x1F» + a", "`0x1F` is not a number", "in decimal"},
		{"«0b11»", "`0b11` is not a number", "in decimal"},
		{"«0o17»", "`0o17` is not a number", "in decimal"},
		{"«010»", "`010` is not a number", "leading zero"},
		{"«.5» * a", "`.5` is not a number", "0.5"},
		{"«5.» * a", "`5.` is not a number", "write 5 or 5.0"},
		{"«1e»", "`1e` is not a number", ""},
		{"«1e2000»", "`1e2000` is not a number", "-1000 to 1000"},
		{"«1__0»", "`1__0` is not a number", "underscore"},
		{"«1.5.»", "`1.5.` is not a number", "more than one point"},
		{"«1.2.3»", "`1.2.3` is not a number", "more than one point"},
		{"a + «" + strings.Repeat("9", 65) + "»", "is not a number", "longer than 64"},

		// Syntax.
		{"«(»a + b", "this `(` is not closed", ""},
		{"a + b«)»", "this `)` closes nothing", ""},
		{"[a, b«)»", "`[` is closed by `)`", "write `]`"},
		{"sum«(»members,", "this `(` is not closed", "YAML"},
		{"«\"abc»", "the string that begins here is not closed", ""},
		{"'it'«'s'»", "two strings stand side by side", `\'`},
		{"«'\\q'»", "the backslash in this string begins nothing that is known", `\\`},
		{"«»", "there is no expression here", ""},
		{"«  \n »", "there is no expression here", ""},
		{"a «+»", "something is missing after `+`", ""},
		{"a + «*» b", "something is missing between `+` and `*`", ""},
		{"采购额 «a»", "an operator is missing between `采购额` and `a`", ""},
		{"ok ? «1»", "the expression ends too soon", "condition ? this : that"},
		{"let x = «1»", "the expression ends too soon", "let x = ...; ..."},
		{"a ?? b «+» 1", "`??` and `+` need brackets", "(a ?? b) + c"},
		{"a / «b ?? 0»", "`/` and `??` need brackets", "a / (b ?? c), or (a / b) ?? c"},
		{"-«a ?? 1»", "`-` and `??` need brackets", ""},
		{"not «ok ?? true»", "`not` and `??` need brackets", ""},
		{"a > «b ?? 0»", "`>` and `??` need brackets", ""},
		{"1 < «b ?? 0» < 5", "`<` and `??` need brackets", ""},
		{"ok and «ok ?? false»", "`and` and `??` need brackets", ""},
		{"mean(members, «.»amount)", "`.` stands for an item, and there is no list here", "mean(map(list, .field))"},
		{"«#» > 1", "`#` stands for an item, and there is no list here", ""},
		{"any(xs, # > 1«;» 2)", "a condition with `let` must stand in { }", ""},
		{"all(xs«)»", "an argument is missing here", "all(list, condition)"},
		{"all(xs, # > 1, «2»)", "`all` takes fewer arguments", "all(list, condition)"},
		{"(a«,» 2)", "`,` is not expected here", ""},
		{"name == 'a' ? 'b' : «'c\\q'»", "the backslash in this string begins nothing that is known", `\\`},
		{"a.«+» b", "the name of a field is needed after the dot", ""},
		{"a + «\u0001»", "the character U+0001 has no meaning here", ""},
		{"«B»'abc'", "a string has no letter before its quote", "leave out the B"},
		{"«b»'abc'", "a string has no letter before its quote", "leave out the b"},
		{"«$a» + 1", "`$` can be no part of a name", ""},
		{"«::»max(a)", "there is no operator `::`", ""},

		// What expr has and we have not.
		{"«{»a: 1}", "a record cannot be written in an expression", ""},
		{"xs«[»0:1]", "part of a list cannot be taken by `:`", "filter"},
		{"«1»; 2", "an expression has one result", "let"},
		{"name.«contains»('a')", "a function is not called behind a dot", "f(x)"},
		{"any(xs, «#»index > 1)", "there is no `#index`", ""},
		{"let «true» = 1; a", "`true` cannot be the name of a variable", ""},
		{"«repeat»(name, 100)", "there is no function `repeat`", ""},
		{"«toJSON»(xs)", "there is no function `toJSON`", ""},
		{"«reduce»(xs, # + 1)", "there is no function `reduce`", "sum(list, expression)"},
		{"«groupBy»(xs, #)", "there is no function `groupBy`", ""},
		{"«first»(xs)", "there is no function `first`", "list[0]"},

		// Names.
		{"max(a, «memebrs»)", "there is no name `memebrs`", "did you mean `members`?"},
		{"采购额 + «采购»", "there is no name `采购`", "did you mean `采购额`?"},
		{"«volume»", "there is no name `volume`", "did you mean `points.volume`?"},
		{"«points.volum»", "there is no name `points.volum`", "did you mean `points.volume`? allowed: points.long-overdue, points.volume"},
		{"«points»", "`points` holds several values", "points.volume"},
		{"a + «points.long-overdue» * 2", "a name with a hyphen must be quoted", `write points["long-overdue"]`},
		{"«mim»(a, b)", "there is no function `mim`", "did you mean `min`?"},
		{"«a»(b)", "`a` is a value, not a function", ""},
		{"«share»", "`share` is a function", "share(part, whole)"},
		{"«min»", "`min` is a function", "min(a, b, ...)"},
		{"any(members, «amount» > 1)", "there is no name `amount`", "write .amount"},
		{"any(members, «.amont» > 1)", "there is no field `amont` in the items of this list", "did you mean `amount`?"},
		{"«rec.amont»", "there is no field `amont` in `rec`", "did you mean `amount`?"},
		{`name == «'a\qb'»`, "the backslash in this string begins nothing that is known", `write \\`},
		{"«foo»[name]", "there is no name `foo`", ""},
		{"«g»[name]", "only a list or a record can be followed by [ ]", ""},
		{"«g.facto»", "there is no name `g.facto`", "did you mean `g.factor`?"},
		{"«a.b»", "`a` is a number, and has no field `b`", ""},
		{"sum(«members.amount»)", "a list has no fields", "map(list, .amount)"},

		// Types.
		{"a + «name»", "`+` needs numbers, but `name` is a string", ""},
		{"«ok» * 2", "`*` needs numbers, but `ok` is a condition", "condition ? 1 : 0"},
		{"«name < 'b'»", "strings have no order", "only numbers, dates and grades"},
		{"«ok < true»", "conditions have no order", ""},
		{"«a == '5'»", "`a` is a number and `'5'` is a string", "leave out the quotes"},
		{"«members == members»", "whole lists cannot be compared", ""},
		{"«rec == rec»", "whole records cannot be compared", ""},
		{"not «a» > 1", "`not` needs a condition, but `a` is a number", "not (a > b)"},
		{"-«name»", "a sign needs a number", ""},
		{"«a» and ok", "`and` joins conditions, but `a` is a number", ""},
		{"«a» ? 1 : 2", "a condition is needed before `?`, but `a` is a number", ""},
		{"ok ? 1 : «'x'»", "must be of one type", ""},
		{"a ?? «'x'»", "the two sides of `??` must be of one type", ""},
		{"a in «5»", "a list must follow `in`", "[a, b]"},
		{"name in «'abc'»", "a list must follow `in`", "contains"},
		{"«name in [1, 2]»", "`name` is a string and cannot be in a list of numbers", ""},
		{"«rec in members»", "whole records cannot be compared", "any(list"},
		{"[1, «'a'»]", "the items of a list must be of one type", ""},
		{"xs[«0.5»]", "the place of an item is a whole number", ""},
		{"xs[«name»]", "the place of an item in a list is a number", ""},
		{"«a»[0]", "only a list or a record can be followed by [ ]", ""},
		{"1..«2.5»", "the ends of a range are whole numbers", "x >= a and x <= b"},
		{"min(a, «name»)", "`min` needs numbers", ""},
		{"min(«xs», a)", "`min` needs numbers", "the only argument"},
		{"sum(«members»)", "`sum` needs a list of numbers", "sum(list, .field)"},
		{"«clamp(a, 1)»", "`clamp` takes 3 arguments, but here are 2", "clamp(x, low, high)"},
		{"«share(a)»", "`share` takes 2 arguments, but here is 1", "share(part, whole)"},
		{"round(a, «1.5»)", "the number of decimal places is a whole number", ""},
		{"round(a, 2, «'half_evn'»)", "says which way to round", "did you mean `half_even`?"},
		{"round(a, 2, «name»)", "says which way to round", ""},
		{"all(xs, «#»)", "`all` needs a condition on the items, but `#` is a number", ""},
		{"sum(members, «.ccy»)", "`sum` adds numbers, but `.ccy` is a string", ""},
		{"count(«a», # > 1)", "`count` needs a list, but `a` is a number", ""},
		{"«count(xs)»", "`count` takes 2 arguments", "len(list)"},
		{"len(«a»)", "`len` needs a string or a list", ""},
		{"name matches «name»", "a pattern must be a string in quotes", ""},
		{"name matches «'(a'»", "the pattern `(a` cannot be used", ""},
		{"a ** «0.5»", "the exponent of `**` must be a whole number", "pow(x, y)"},
		{"rec[«a»]", "the name of a field is a string", ""},
		{"«rec[name]»", "only fields of one type can be chosen by a computed name, but `amount` is a number and `ccy` is a string", ""},
		{"«rec['am' + 'ont']»", "there is no field `amont`", "did you mean `amount`?"},
		{"«points[name + x]»", "", ""},
		{"name contains «5»", "`contains` needs strings, but `5` is a number", ""},
		{"«xs» contains name", "`contains` needs strings", "x in list"},
		{"a in 1..«name»", "the ends of a range are whole numbers", ""},
		{"«a» matches 'b'", "`matches` needs a string", ""},
		{"find([], # > 1)«»", "", ""},
		{"«max()»", "`max` takes at least 1 argument, but here are 0", "max(list)"},
		{"«round(a, 1, 'up', 2)»", "`round` takes 1 to 3 arguments, but here are 4", ""},
		{"«date(1, 2)»", "`date` takes 1 or 3 arguments", ""},
		{"date(«a»)", "`date` needs a string", ""},
		{"median(«name»)", "`median` needs numbers", ""},
		{"max(«['a']»)", "`max` needs a list of numbers", ""},
		{"max(«g», g)", "`max` needs numbers", "compare grades"},
		{"«all()»", "", ""},
		{"«xs['a']»", "the place of an item in a list is a number", ""},
		{"«[][0]»", "an empty list has no items", ""},
		{"ok ? g : «'Z'»", "there is no grade `Z`", "allowed: A"},
		{"g in [«'Z'», g]", "there is no grade `Z`", "allowed: A"},
		{"due in «['x', 'y']»", "is not a date", ""},
		{"g >= (ok ? «'Z'» : 'A')", "there is no grade `Z`", ""},
		{"«g >= (ok ? name : 'A')»", "`g` is a grade and", "declare the string as a grade"},
		{"let «nil» = 1; 2", "`nil` cannot be the name of a variable", ""},
		{"a «let» x", "", ""},
		{"a b«»", "", ""},
		{"max(a, «mean»)", "`mean` is a function", ""},
		{"«or» ok", "`or` is not expected here", ""},
		{"«2 ** 100000»", "a number grew beyond 32768 bits", ""},
		{"1 < a < «'x'»", "", ""},
		{"due > «2024-06-30»", "a date is not written without quotes", "write date('2024-06-30')"},
		{"due > «2024-6-30»", "a date is not written without quotes", "write date('2024-06-30')"},
		{"due > «2024/6/30»", "a date is not written without quotes", "write date('2024-06-30')"},
		{"due > «2024-2-30»", "a date is not written without quotes", "there is no day 30 in February 2024"},
		{"g >= «B»", "there is no name `B`", "for the grade write 'B'"},
		{"name == «trade»", "there is no name `trade`", "for the text write 'trade'"},
		{"name in [«矿业»]", "there is no name `矿业`", "for a text write '矿业'"},
		{"name == «矿业»", "there is no name `矿业`", "for the text write '矿业'; allowed"},
		{"a > «１００»", "`１００` is not written in the digits 0 to 9", "100"},
		{"a > «￥»100", "the character `￥` has no meaning here", "leave out the currency sign"},
		{"a «＞＝» 5", "`＞＝` has no meaning here", "write `>=`"},
		{"a «>＝» 5", "`>＝` has no meaning here", "write `>=`"},
		{"a «＝＝» 5", "`＝＝` has no meaning here", "write `==`"},
		{"a «＋»= 5", "`＋` has no meaning here", "write `+`"},
		{"max(ok ? 2«)»", "`)` is not expected here", "max(a, b, ...)"},
		{"a «！＝» 5", "`！＝` has no meaning here", "write `!=`"},
		{"a «between» 1 and 5", "`between` is no operator", "write `a <= x <= b`"},
		{"a «is» null", "`is` is no operator", "has(x) asks whether x is there"},
		{"a «IS» NOT NULL", "`IS` is no operator", "has(x) asks whether x is there"},
		{"name in ('a'«,» 'b')", "a list stands in square brackets", "write in [a, b]"},
		{"round(a«;» 2)", "`;` does not separate arguments", "write `,`"},
		{"a > «5%»", "a percentage is not written with `%`", "write 0.05"},
		{"a > «1.5亿»", "`1.5亿` is not a number", "write 150_000_000"},
	} {
		t.Run(r.marked, func(t *testing.T) {
			before, rest, _ := strings.Cut(r.marked, "«")
			inside, after, _ := strings.Cut(rest, "»")
			_, problems := e.compile(before + inside + after)
			require.NotEmpty(t, problems)
			p := problems[0]
			require.Contains(t, p.Message, r.message)
			require.Contains(t, p.Hint, r.hint)
			require.NotEmpty(t, p.Code)
			if r.message != "" {
				require.Equal(t, len([]rune(before)), p.Offset, p)
				require.Equal(t, len([]rune(inside)), p.Width, p)
			}
		})
	}
}

// All faults come at once, and none comes twice.
func TestAllProblemsAtOnce(t *testing.T) {
	e := owner(t)
	for src, want := range map[string][]string{
		"x + y * a + x":                 {"there is no name `x`", "there is no name `y`", "there is no name `x`"},
		"x > 1 and name + 1 > 2":        {"there is no name `x`", "`+` needs numbers, but `name` is a string"},
		"min(x, round(y, z))":           {"there is no name `x`", "there is no name `y`", "there is no name `z`"},
		"foo(x, 'a' + 1)":               {"there is no function `foo`", "there is no name `x`", "`+` needs numbers, but `'a'` is a string"},
		"any(zz, # > y)":                {"there is no name `zz`", "there is no name `y`"},
		"all(xs, .q)":                   {"`#` is a number"},
		"a，b；c":                         {"`，`", "`；`"},
		"a) + 0x1":                      {"this `)` closes nothing"}, // whatever follows is not read
		"(a] + 0x1":                     {"`(` is closed by `]`"},
		"50万 + 10天 + 0x1":               {"`50万`", "`10天`", "`0x1`"},
		"let v = x; v + v * 2":          {"there is no name `x`"},
		"(x ?? 1) + 'a'":                {"there is no name `x`", "`+` needs numbers"},
		"points.long-overdue + overdue": {"a name with a hyphen must be quoted", "there is no name `overdue`"},
		"points.long -overdue":          {"there is no name `points.long`", "there is no name `overdue`"}, // a space makes it a minus
		"a > 2024-06-30":                {"a date is not written without quotes"},
		"points.long- overdue":          {"there is no name `points.long`", "there is no name `overdue`"},
	} {
		_, problems := e.compile(src)
		if src == "all(xs, .q)" || src == "(x ?? 1) + 'a'" {
			require.NotEmpty(t, problems)
			continue
		}
		require.Len(t, problems, len(want), "%s: %v", src, problems)
		for i, p := range problems {
			require.Contains(t, p.Message, want[i], src)
		}
	}
}

// A hint is given only where it mends the mistake.
func TestNoHintForAnotherMistake(t *testing.T) {
	e := owner(t)
	for src, wrong := range map[string]string{
		"a == 'x'": "leave out the quotes", "name == 5": "leave out the quotes", "a == name": "leave out the quotes", "a == '5'": "for the text",
	} {
		_, problems := e.compile(src)
		require.NotEmpty(t, problems, src)
		require.NotContains(t, problems[0].Hint, wrong, src)
	}
	for src, wrong := range map[string]string{"name": "compare it with something", "xs": "compare it with something"} {
		require.NotContains(t, e.mustCompile(t, src).Want(slot.Bool)[0].Hint, wrong, src)
	}
	require.NotContains(t, e.mustCompile(t, "name").Want(slot.Number)[0].Hint, "? 1 : 0")
	require.NotContains(t, e.mustCompile(t, "name").Want(slot.Number)[0].Hint, "of a list")
}

func TestAForeignQuoteThatNeverEnds(t *testing.T) {
	e := owner(t)
	for _, src := range []string{"name == “x", "“", "name == ‘x\n’", "a + 「"} {
		_, problems := e.compile(src)
		require.NotEmpty(t, problems, src)
		require.Equal(t, "foreign-character", problems[0].Code, src)
	}
}

func TestWant(t *testing.T) {
	e := owner(t)
	p := e.mustCompile(t, "a + b")
	require.Empty(t, p.Want(slot.Number))
	problems := p.Want(slot.Bool)
	require.Len(t, problems, 1)
	require.Equal(t, "a condition is needed here, but `a + b` is a number", problems[0].Message)
	require.Equal(t, formula.Problem{Width: 5, Code: "wrong-type", Message: problems[0].Message, Hint: "compare it with something, as in x > 0"}, problems[0])
	require.Equal(t, "a number is needed here, but `xs` is a list of numbers", e.mustCompile(t, "xs").Want(slot.Number)[0].Message)
	require.Empty(t, (*formula.Program)(nil).Want(slot.Bool))
}

// A name whose declaration is wrong has no type, and gives no further problems.
func TestPoison(t *testing.T) {
	e := owner(t)
	e.scope.Symbols["bad"] = formula.Symbol{}
	for _, src := range []string{"bad", "bad + 1", "bad > 1 and ok", "bad.field", "bad[0]", "bad['x']", "min(bad, 1)", "bad ? 1 : 2", "a ?? bad", "a in bad", "[bad, 1]",
		"share(bad, 1)", "any(bad, # > 1)", "sum(bad, .x)", "not bad", "-bad", "1 < bad < 3", "let v = bad; v", "has(bad)", "bad matches 'a'", "a in 1..bad", "round(a, bad)", "date(bad)", "xs[bad]", "rec[bad]"} {
		p, problems := e.compile(src)
		require.Empty(t, problems, src)
		require.NotNil(t, p, src)
		require.Nil(t, p.Type, src)
		require.Empty(t, p.Want(slot.Bool), src)
		_, known := p.Const()
		require.False(t, known, src)
		f := &slot.Frame{}
		require.Equal(t, slot.Missing, p.Any()(f).Kind)
		require.Error(t, f.Err())
	}
	_, problems := e.compile("bad + x")
	require.Len(t, problems, 1)
	p, problems := formula.Compile(nil, &e.scope)
	require.Empty(t, problems)
	require.Nil(t, p.Type)
}

func TestWhatIsWrongInAFunctionIsToldOnce(t *testing.T) {
	e := owner(t).function(t, "f0(n)", "lost(n)")
	for i := 1; i <= 12; i++ {
		before := fmt.Sprintf("f%d(n)", i-1)
		e.function(t, fmt.Sprintf("f%d(n)", i), before+" + "+before)
	}
	tree, problems := formula.Parse("f12(a)")
	require.Empty(t, problems)
	_, problems = formula.Compile(tree, &e.scope)
	require.Len(t, problems, 1)
	require.Contains(t, problems[0].Message, "there is no function `lost`")
}
