package formula_test

import (
	"testing"

	"github.com/tallystick-go/tallystick/internal/slot"
)

func TestLists(t *testing.T) {
	e := newEnv().num("x", "2").num("big", "1e30").num("half", "0.5")
	e.set("l", slot.ListOf(slot.NumberType), numbers("1", "2.50", "4"))
	e.set("empty", slot.ListOf(slot.NumberType), slot.Items(nil))
	e.set("s", slot.StringType, slot.Text("b"))
	e.set("names", slot.ListOf(slot.StringType), list(slot.Text("a"), slot.Text("b")))
	e.set("flags", slot.ListOf(slot.BoolType), list(slot.Truth(true), slot.Truth(false)))
	e.set("days", slot.ListOf(slot.DateType), list(day("2024-02-01"), day("2024-01-01")))
	e.table(t, []row{
		{"l[0]", "1"}, {"l[-1]", "4"}, {"l[x]", "4"}, {"l[x - 1]", "2.5"}, {"l[3]", "missing: l[3]"}, {"l[-4]", "missing: l[-4]"}, {"l[big]", "missing: l[big]"}, {"l[half]", "missing: l[half]"},
		{"[1, 2, 3][1]", "2"}, {"[x, 7][1]", "7"}, {"[1, 2][5]", "missing: [1, 2][5]"},
		{"2.5 in l", "true"}, {"2.51 in l", "false"}, {"x in [1, 2]", "true"}, {"x in [x]", "true"}, {"x not in [1, 3]", "true"}, {"x in []", "false"},
		{"x in 1..3", "true"}, {"x in 3..1", "false"}, {"2.5 in 1..3", "false"}, {"3 in 1..3", "true"}, {"1 in 1..3", "true"}, {"x in 1..1e15", "true"}, {"x in half..3", "error: an end of a range is not a whole number"},
		{"s in ['a', 'b']", "true"}, {"s in names", "true"}, {"s not in ['a']", "true"}, {"true in flags", "true"}, {"s in ['a', lower('B')]", "true"}, {"(x > 1) in [true]", "true"}, {"(x > 1) in [x > 5, x > 0]", "true"},
		{"'2024-01-01' in days", "true"}, {"days[0] in ['2024-02-01']", "true"}, {"days[0] in [days[1], '2024-02-01']", "true"},
		{"['a', s]", `["a", "b"]`}, {"[x / 0.5, (x - 2) / (x - 2)]", "[4, ?]"}, {"map(l, [#, x])", "[[1, 2], [2.5, 2], [4, 2]]"}, {"map(names, # + s)", `["ab", "bb"]`}, {"map(l, # > 2)", "[false, true, true]"},
		{"filter(names, # == s)", `["b"]`}, {"find(names, # != 'a')", `"b"`}, {"map(days, add_days(#, 1))", "[2024-02-02, 2024-01-02]"}, {"sum(l, # - x)", "1.5"}, {"sum(l, # % x)", "1.5"}, {"sum(l, # / x)", "3.75"}, {"sum(l, x ** #)", "error: the exponent of ** is not a whole number: use pow(x, y)"},
		{"min(filter(days, # > '2030-01-01'))", "missing: min(filter(days, # > '2030-01-01'))"}, {"map([1, 2], map([3], #))", "[[3], [3]]"}, {"names ?? ['x']", `["a", "b"]`}, {"x > 5 ? ['q'] : names", `["a", "b"]`},
		{"1..3", "[1, 2, 3]"}, {"sum(1..100)", "5050"}, {"sum(1..x, # * #)", "5"}, {"len(3..1)", "0"}, {"map(1..3, # * x)", "[2, 4, 6]"},
		{"sum(1..1000000)", "error: the expression takes more than 100000 steps: shorten the lists it goes through"},
		{"sum(1..big)", "error: the expression takes more than 100000 steps: shorten the lists it goes through"},
		{"all(l, # >= 1)", "true"}, {"all(l, # > 1)", "false"}, {"any(l, # > 3)", "true"}, {"any(l, # > 4)", "false"}, {"none(l, # > 4)", "true"}, {"none(l, # > 3)", "false"},
		{"one(l, # > 3)", "true"}, {"one(l, # > 1)", "false"}, {"one(l, # > 9)", "false"}, {"count(l, # > 1)", "2"}, {"filter(l, # == 2.5)", "[2.5]"}, {"find(l, # > 1)", "2.5"},
		{"find(l, # > 9)", "missing: find(l, # > 9)"}, {"find(l, # > 9) ?? 0", "0"},
		{"all(empty, # > 1)", "true"}, {"any(empty, # > 1)", "false"}, {"none(empty, # > 1)", "true"}, {"one(empty, # > 1)", "false"}, {"count(empty, # > 1)", "0"}, {"sum(empty)", "0"}, {"sum(empty, # * 2)", "0"},
		{"filter(empty, # > 1)", "[]"}, {"map(empty, # > 1)", "[]"},
		{"min(empty)", "missing: min(empty)"}, {"max(empty)", "missing: max(empty)"}, {"max(x)", "2"}, {"mean(empty)", "missing: mean(empty)"}, {"median(empty)", "missing: median(empty)"}, {"find(empty, # > 1)", "missing: find(empty, # > 1)"},
		{"all([], # > 1)", "true"}, {"any([], # > 1)", "false"}, {"sum([], # * 2)", "0"}, {"len([])", "0"}, {"min([])", "missing: min([])"}, {"filter([], # > 1)", "[]"},
		{"min(l)", "1"}, {"max(l)", "4"}, {"mean(l)", "2.5"}, {"median(l)", "2.5"}, {"sum(l)", "7.5"}, {"len(l)", "3"}, {"median([x, 9, 1, 2])", "2"},
		{"max(map(l, # * 2))", "8"}, {"min(filter(l, # > 1))", "2.5"}, {"sum(l, {let y = #; y * y})", "23.25"}, {"sum(l, let y = #; y * y)", "23.25"},
		{"l | filter(# > 1) | sum()", "6.5"}, {"l | map(# + 1) | max()", "5"}, {"l | len()", "3"}, {"l | sum(# * 2)", "15"},
		{"any(l, let y = #; all(l, # <= y))", "true"}, {"count(l, # > mean(l))", "1"},
		{"[1, 2.0, 3] | len()", "3"}, {"len([x, x])", "2"},
		{"min(days)", "2024-01-01"}, {"max(days)", "2024-02-01"}, {"max(days[0], days[1], '2025-01-01')", "2025-01-01"},
		{"empty ?? [1]", "[]"}, {"(x > 5 ? l : [])", "[]"}, {"sum(x > 1 ? l : [])", "7.5"},
	})
}

// Conditions that are missing for some items follow Kleene too.
func TestMissingConditions(t *testing.T) {
	e := newEnv()
	rec := &slot.Type{Kind: slot.Record, Fields: []slot.Field{{Name: "ok", Type: slot.BoolType, Atom: e.atom("ok")}, {Name: "id", Type: slot.NumberType, Atom: e.atom("id")}}}
	item := func(id string, ok slot.Value) slot.Value { return slot.Fields([]slot.Value{ok, number(id)}) }
	yes, no := slot.Truth(true), slot.Truth(false)
	e.set("tm", slot.ListOf(rec), list(item("1", yes), item("2", gone)))
	e.set("fm", slot.ListOf(rec), list(item("1", no), item("2", gone)))
	e.set("mf", slot.ListOf(rec), list(item("1", gone), item("2", no)))
	e.set("mt", slot.ListOf(rec), list(item("1", gone), item("2", yes)))
	e.set("mtt", slot.ListOf(rec), list(item("1", gone), item("2", yes), item("3", yes)))
	const m = "missing: ok"
	e.table(t, []row{
		{"all(tm, .ok)", m}, {"all(fm, .ok)", "false"}, {"all(mf, .ok)", "false"},
		{"any(tm, .ok)", "true"}, {"any(mt, .ok)", "true"}, {"any(fm, .ok)", m},
		{"none(tm, .ok)", "false"}, {"none(mt, .ok)", "false"}, {"none(fm, .ok)", m},
		{"one(tm, .ok)", m}, {"one(fm, .ok)", m}, {"one(mtt, .ok)", "false"},
		{"count(tm, .ok)", m}, {"filter(tm, .ok)", m}, {"len(filter(fm, .ok))", m},
		{"find(tm, .ok).id", "1"}, {"find(mt, .ok).id", m}, {"map(tm, .ok)", "[true, ?]"},
		{"count(tm, .ok ?? false)", "1"},
	})
}

func TestRecords(t *testing.T) {
	e := newEnv().num("x", "2").num("points.volume", "20").num("points.long-overdue", "-5").num("applicant.age", "44")
	money := &slot.Type{Kind: slot.Record, Fields: []slot.Field{{Name: "amount", Type: slot.NumberType}, {Name: "ccy", Type: slot.StringType, Atom: e.atom("ccy")}}}
	e.set("members", slot.ListOf(money), list(
		slot.Fields([]slot.Value{number("100"), slot.Text("usd")}),
		slot.Fields([]slot.Value{number("50.5"), slot.Text("eur")}),
	))
	e.set("odd", slot.ListOf(money), list(slot.Fields([]slot.Value{number("1"), slot.Text("xxx")}), slot.Fields([]slot.Value{number("1"), gone})))
	rates := &slot.Type{Kind: slot.Record, Fields: []slot.Field{{Name: "usd", Type: slot.NumberType}, {Name: "eur", Type: slot.NumberType}, {Name: "gbp", Type: slot.NumberType, Atom: e.atom("rates.gbp")}}}
	e.set("rates", rates, slot.Fields([]slot.Value{number("7.2"), number("8"), gone}))
	e.num("fx.usd", "7.2").num("fx.eur", "8")
	e.set("s", slot.StringType, slot.Text("gbp"))
	e.table(t, []row{
		{"applicant.age + 1", "45"}, {"applicant?.age", "44"}, {`applicant["age"]`, "44"},
		{"points.volume + points['long-overdue']", "15"}, {`points["long-overdue"] < 0`, "true"},
		{"rates.usd", "7.2"}, {"rates['eur']", "8"}, {"rates[s]", "missing: rates.gbp"}, {"rates[lower('USD')]", "7.2"}, {"rates['us' + s]", "missing: rates['us' + s]"},
		{"sum(members, .amount * rates[.ccy])", "1124"}, {"sum(members, .amount * fx[.ccy])", "1124"}, {"sum(odd, fx[.ccy])", "missing: fx[.ccy], ccy"},
		{"members[0].amount", "100"}, {"members[-1].ccy", `"eur"`}, {"members[0]", `{100, "usd"}`}, {"find(members, .ccy == 'eur').amount", "50.5"},
		{"sum(members, #.amount)", "150.5"}, {"max(map(members, .amount))", "100"}, {"filter(members, .amount > 60)[0].ccy", `"usd"`},
		{"let m = members[0]; m.amount + len(m.ccy)", "103"}, {"let r = rates; r.usd", "7.2"}, {"let p = find(members, .amount < 60); p['amount']", "50.5"},
		{"all(members, .amount > 10 and .ccy in ['usd', 'eur'])", "true"},
		{"(x > 1 ? members[0] : members[1]).amount", "100"},
	})
}
