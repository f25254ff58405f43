package record

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

type (
	days   int
	ratio  float64
	code   string
	money  decimal.Decimal
	moment time.Time
	flag   bool
)

// vault is a type of a database driver that panics.
type vault struct{}

func (vault) Value() (driver.Value, error) { panic("closed") }

// broken is a type of a database driver that fails.
type broken struct{}

func (broken) Value() (driver.Value, error) { return nil, errors.New("no connection") }

// endless is a type of a database driver that only ever makes itself.
type endless struct{}

func (endless) Value() (driver.Value, error) { return endless{}, nil }

func TestReadMapAccepts(t *testing.T) {
	third, _ := exact.Ratio(1, 3)
	midnight := time.Date(2024, 6, 30, 0, 0, 0, 0, time.FixedZone("", 8*3600))
	list := func(items ...slot.Value) slot.Value { return slot.Items(items) }
	member := func(amount, ccy string) slot.Value { return slot.Fields([]slot.Value{number(amount), slot.Text(ccy)}) }
	numbers, members := slot.ListOf(slot.NumberType), slot.ListOf(memberType)
	pointer := ptr(ptr(5))
	for _, test := range []struct {
		name string
		t    *slot.Type
		v    any
		want slot.Value
	}{
		{"int", slot.NumberType, 5, number("5")},
		{"int8", slot.NumberType, int8(-5), number("-5")},
		{"int16", slot.NumberType, int16(5), number("5")},
		{"int32", slot.NumberType, int32(5), number("5")},
		{"smallest int64", slot.NumberType, int64(math.MinInt64), number("-9223372036854775808")},
		{"uint", slot.NumberType, uint(5), number("5")},
		{"uint8", slot.NumberType, uint8(5), number("5")},
		{"uint16", slot.NumberType, uint16(5), number("5")},
		{"uint32", slot.NumberType, uint32(5), number("5")},
		{"largest uint64", slot.NumberType, uint64(math.MaxUint64), number("18446744073709551615")},
		{"own int", slot.NumberType, days(5), number("5")},
		{"json.Number", slot.NumberType, json.Number("0.10"), number("0.1")},
		{"decimal text", slot.NumberType, "1_000.5", number("1000.5")},
		{"own text", slot.NumberType, code("0.1"), number("0.1")},
		{"bytes", slot.NumberType, []byte("0.1"), number("0.1")},
		{"decimal", slot.NumberType, decimal.RequireFromString("-0.10"), number("-0.1")},
		{"zero decimal", slot.NumberType, decimal.Decimal{}, number("0")},
		{"large decimal", slot.NumberType, decimal.RequireFromString("123456789012345678901.5"), number("123456789012345678901.5")},
		{"scaled decimal", slot.NumberType, decimal.New(12, 3), number("12000")},
		{"tiny decimal", slot.NumberType, decimal.New(12, -30), number("12e-30")},
		{"*decimal", slot.NumberType, ptr(decimal.NewFromInt(5)), number("5")},
		{"NullDecimal", slot.NumberType, decimal.NewNullDecimal(decimal.NewFromInt(5)), number("5")},
		{"own decimal", slot.NumberType, money(decimal.NewFromInt(5)), number("5")},
		{"exact", slot.NumberType, third, slot.Num(third)},
		{"*exact", slot.NumberType, &third, slot.Num(third)},
		{"big.Int", slot.NumberType, big.NewInt(5), number("5")},
		{"big.Rat", slot.NumberType, big.NewRat(1, 3), slot.Num(third)},
		{"*int", slot.NumberType, ptr(5), number("5")},
		{"**int", slot.NumberType, pointer, number("5")},
		{"sql.NullInt64", slot.NumberType, sql.NullInt64{Int64: 5, Valid: true}, number("5")},
		{"*sql.NullInt64", slot.NumberType, &sql.NullInt64{Int64: 5, Valid: true}, number("5")},
		{"sql.Null", slot.NumberType, sql.Null[decimal.Decimal]{V: decimal.NewFromInt(5), Valid: true}, number("5")},

		{"text", slot.StringType, "矿业", slot.Text("矿业")},
		{"empty text", slot.StringType, "", slot.Text("")},
		{"text bytes", slot.StringType, []byte("a"), slot.Text("a")},
		{"own string", slot.StringType, code("a"), slot.Text("a")},
		{"*string", slot.StringType, ptr("a"), slot.Text("a")},
		{"sql.NullString", slot.StringType, sql.NullString{String: "a", Valid: true}, slot.Text("a")},

		{"true", slot.BoolType, true, slot.Truth(true)},
		{"false", slot.BoolType, false, slot.Truth(false)},
		{"own bool", slot.BoolType, flag(true), slot.Truth(true)},
		{"*bool", slot.BoolType, ptr(true), slot.Truth(true)},
		{"sql.NullBool", slot.BoolType, sql.NullBool{Bool: true, Valid: true}, slot.Truth(true)},

		{"date text", slot.DateType, "2024-06-30", date("2024-06-30")},
		{"date bytes", slot.DateType, []byte("2024-06-30"), date("2024-06-30")},
		{"day", slot.DateType, *day("2024-06-30"), date("2024-06-30")},
		{"midnight somewhere", slot.DateType, midnight, date("2024-06-30")},
		{"*time.Time", slot.DateType, &midnight, date("2024-06-30")},
		{"own time", slot.DateType, moment(midnight), date("2024-06-30")},
		{"sql.NullTime", slot.DateType, sql.NullTime{Time: midnight, Valid: true}, date("2024-06-30")},

		{"grade", slot.GradeType, "B", grade("B")},
		{"grade off the ladder", slot.GradeType, "M", grade("M")},
		{"own grade", slot.GradeType, code("B"), grade("B")},
		{"grade bytes", slot.GradeType, []byte("B"), grade("B")},

		{"empty list", numbers, []any{}, list()},
		{"list", numbers, []any{1, "2.5", nil}, list(number("1"), number("2.5"), slot.Gone(1))},
		{"typed list", numbers, []int{1, 2}, list(number("1"), number("2"))},
		{"array", numbers, [2]int{1, 2}, list(number("1"), number("2"))},
		{"list of pointers", numbers, []*int{ptr(1)}, list(number("1"))},
		{"list of texts", slot.ListOf(slot.StringType), []string{"a"}, list(slot.Text("a"))},
		{"list of lists", slot.ListOf(numbers), [][]int{{1}, {}}, list(list(number("1")), list())},
		{"list of maps", members, []map[string]any{{"amount": 1, "ccy": "USD"}}, list(member("1", "USD"))},
		{"list of any maps", members, []any{map[string]any{"amount": 1, "ccy": "USD"}}, list(member("1", "USD"))},
		{"list of structs", members, []struct {
			Amount int
			Ccy    string
		}{{1, "USD"}}, list(member("1", "USD"))},

		{"record", memberType, map[string]any{"amount": 1, "ccy": "USD"}, member("1", "USD")},
		{"Record", memberType, Record{"amount": 1, "ccy": "USD"}, member("1", "USD")},
		{"typed map", memberType, map[code]string{"amount": "1", "ccy": "USD"}, member("1", "USD")},
		{"struct", memberType, struct {
			Amount int `json:"amount"`
			Ccy    any
		}{1, "USD"}, member("1", "USD")},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := one(test.t)
			f := frame(s)
			absent := f.Blame(7) // is 1, as in the list with a gap
			require.EqualValues(t, 1, absent)
			require.NoError(t, s.ReadMap(f, map[string]any{"x": test.v}))
			assertValue(t, f, test.want)
		})
	}
}

func TestReadMapTakesForMissing(t *testing.T) {
	for name, test := range map[string]struct {
		t *slot.Type
		v any
	}{
		"nil":                {slot.NumberType, nil},
		"nil pointer":        {slot.NumberType, (*int)(nil)},
		"nil decimal":        {slot.NumberType, (*decimal.Decimal)(nil)},
		"nil big.Int":        {slot.NumberType, (*big.Int)(nil)},
		"nil big.Rat":        {slot.NumberType, (*big.Rat)(nil)},
		"nil bytes":          {slot.NumberType, []byte(nil)},
		"NullDecimal":        {slot.NumberType, decimal.NullDecimal{}},
		"sql.NullInt64":      {slot.NumberType, sql.NullInt64{}},
		"nil *sql.NullInt64": {slot.NumberType, (*sql.NullInt64)(nil)},
		"sql.Null":           {slot.NumberType, sql.Null[int]{}},
		"sql.NullString":     {slot.StringType, sql.NullString{}},
		"nil text bytes":     {slot.StringType, []byte(nil)},
		"sql.NullBool":       {slot.BoolType, sql.NullBool{}},
		"sql.NullTime":       {slot.DateType, sql.NullTime{}},
		"zero time":          {slot.DateType, time.Time{}},
		"nil time":           {slot.DateType, (*time.Time)(nil)},
		"nil date bytes":     {slot.DateType, []byte(nil)},
		"nil grade bytes":    {slot.GradeType, []byte(nil)},
		"nil list":           {slot.ListOf(slot.NumberType), []any(nil)},
		"nil typed list":     {slot.ListOf(slot.NumberType), []int(nil)},
		"nil map":            {memberType, map[string]any(nil)},
		"nil typed map":      {memberType, map[string]int(nil)},
	} {
		t.Run(name, func(t *testing.T) {
			s := one(test.t)
			f := frame(s)
			require.NoError(t, s.ReadMap(f, map[string]any{"x": test.v}))
			assert.Equal(t, slot.Missing, f.Slots[0].Kind)
			assert.Equal(t, []int{7}, atomsOf(f, f.Slots[0]))

			err := one(test.t, required).ReadMap(f, map[string]any{"x": test.v})
			assert.EqualError(t, err, `field "x": it is required, but null`)
		})
	}
}

func TestReadMapRefuses(t *testing.T) {
	numbers := slot.ListOf(slot.NumberType)
	var loop any
	loop = &loop
	for _, test := range []struct {
		name string
		t    *slot.Type
		v    any
		want string
	}{
		{"float", slot.NumberType, 0.42, `field "x": a float64 cannot hold 0.42 exactly; pass a decimal.Decimal or text "0.42", or decode JSON with policy.ParseRecord`},
		{"float32", slot.NumberType, float32(0.1), `field "x": a float32 cannot hold 0.1 exactly; pass a decimal.Decimal or text "0.1", or decode JSON with policy.ParseRecord`},
		{"float that is exact", slot.NumberType, 0.5, `field "x": a float64 is not exact: 0.5 may have been rounded; pass a decimal.Decimal or text "0.5", or decode JSON with policy.ParseRecord`},
		{"own float", slot.NumberType, ratio(0.42), `field "x": a float64 cannot hold 0.42 exactly; pass a decimal.Decimal or text "0.42", or decode JSON with policy.ParseRecord`},
		{"float of a database", slot.NumberType, sql.NullFloat64{Float64: 0.42, Valid: true}, `field "x": a float64 cannot hold 0.42 exactly; pass a decimal.Decimal or text "0.42", or decode JSON with policy.ParseRecord`},
		{"not a number", slot.NumberType, math.NaN(), `field "x": NaN is not a number; leave it out where there is no number`},
		{"infinity", slot.NumberType, math.Inf(-1), `field "x": -Inf is not a number; leave it out where there is no number`},
		{"word for number", slot.NumberType, "many", `field "x": "many" is not a number; write digits, and a point before the decimals, as in 1234.5`},
		{"empty number", slot.NumberType, "", `field "x": "" is not a number; it is empty`},
		{"thousands", slot.NumberType, "1,000", `field "x": "1,000" is not a number; leave out the comma (1000 or 1_000)`},
		{"bool for number", slot.NumberType, true, `field "x": a number is needed, not true`},
		{"time for number", slot.NumberType, time.Unix(0, 0).UTC(), `field "x": a number is needed, not the time 1970-01-01T00:00:00Z`},
		{"list for number", slot.NumberType, []any{1}, `field "x": a number is needed, not a list`},
		{"record for number", slot.NumberType, map[string]any{}, `field "x": a number is needed, not a record`},
		{"channel for number", slot.NumberType, make(chan int), `field "x": a number is needed, not a Go chan int`},
		{"decimal out of bounds", slot.NumberType, decimal.New(1, 1e8), `field "x": the decimal has exponent 100000000: only -1000 to 1000 is allowed`},
		{"panic of a driver", slot.NumberType, vault{}, `field "x": record.vault: its method Value panics: closed`},
		{"error of a driver", slot.NumberType, broken{}, `field "x": record.broken: no connection`},
		{"driver in circles", slot.NumberType, endless{}, `field "x": a number is needed, not a Go record.endless`},
		{"pointer in circles", slot.NumberType, loop, `field "x": values are nested deeper than 64 levels`},

		{"number for text", slot.StringType, 5, `field "x": a text is needed, not the number 5; put it in quotes, so that no leading zero is lost`},
		{"json.Number for text", slot.StringType, json.Number("5"), `field "x": a text is needed, not the number 5; put it in quotes, so that no leading zero is lost`},
		{"decimal for text", slot.StringType, decimal.New(1, 1e8), `field "x": a text is needed, not a decimal.Decimal; put it in quotes, so that no leading zero is lost`},
		{"bool for text", slot.StringType, true, `field "x": a text is needed, not true`},
		{"text that is not UTF-8", slot.StringType, "\xbf\xf3", `field "x": "�" is not UTF-8; save the file as UTF-8`},

		{"text for bool", slot.BoolType, "yes", `field "x": true or false is needed, not the text "yes"; write true`},
		{"Chinese text for bool", slot.BoolType, "否", `field "x": true or false is needed, not the text "否"; write false`},
		{"number for bool", slot.BoolType, 1, `field "x": true or false is needed, not the number 1; write true`},
		{"other number for bool", slot.BoolType, 2, `field "x": true or false is needed, not the number 2`},

		{"slashes in date", slot.DateType, "2024/6/30", `field "x": "2024/6/30" is not a date; write 2024-06-30`},
		{"number for date", slot.DateType, 20240630, `field "x": a date is needed, not the number 20240630; write it as text, "2024-06-30"`},
		{"bool for date", slot.DateType, true, `field "x": a date is needed, not true`},
		{"noon", slot.DateType, time.Date(2024, 6, 30, 12, 0, 0, 0, time.UTC), `field "x": 2024-06-30T12:00:00Z is not midnight, and so not a date without knowing in which place; pass the day as "2024-06-30", or give policy.InLocation`},
		{"far future", slot.DateType, time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), `field "x": the year 10000 is not between 1 and 9999`},

		{"unknown grade", slot.GradeType, "AA", `field "x": "AA" is not a grade; allowed: A, B, C, D, M`},
		{"number for grade", slot.GradeType, 1, `field "x": the name of a grade is needed, not the number 1`},

		{"text for list", numbers, "1", `field "x": a list is needed, not the text "1"`},
		{"number for list", numbers, 1, `field "x": a list is needed, not the number 1`},
		{"bytes for list", numbers, []byte{1}, `field "x": a list is needed, not a Go []uint8`},
		{"record for list", numbers, map[string]any{}, `field "x": a list is needed, not a record`},
		{"typed list of something else", numbers, []bool{true}, `field "x": a list is needed, not a Go []bool`},
		{"items", numbers, []any{1, "b", true}, `field "x[1]": "b" is not a number; write digits, and a point before the decimals, as in 1234.5; field "x[2]": a number is needed, not true`},
		{"list for record", memberType, []any{}, `field "x": a record is needed, not a list`},
		{"number for record", memberType, 1, `field "x": a record is needed, not the number 1`},
		{"fields", memberType, map[string]any{"amount": "b", "cyc": "USD"}, `field "x.amount": "b" is not a number; write digits, and a point before the decimals, as in 1234.5; field "x.cyc": no input has this name; did you mean "ccy"?`},
		{"struct without a field", memberType, struct{ Amount int }{}, `field "x.ccy": struct { Amount int } has no field for it; tag one ` + "`policy:\"ccy\"`"},
		{"map with other keys", memberType, map[int]int{}, `field "x": a record is needed, not a Go map[int]int`},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := one(test.t)
			f := frame(s)
			assert.EqualError(t, s.ReadMap(f, map[string]any{"x": test.v}), test.want)
			assert.Equal(t, slot.Missing, f.Slots[0].Kind)
			assert.Equal(t, []int{7}, atomsOf(f, f.Slots[0]))
		})
	}
}

func TestFloatsAreReadByTheirShortestTextWhenAllowed(t *testing.T) {
	for _, test := range []struct {
		v    any
		want string
	}{{0.1, "0.1"}, {float32(0.1), "0.1"}, {1e21, "1e21"}, {-2.5, "-2.5"}, {ratio(0.3), "0.3"}, {5e-324, "5e-324"}, {0.0, "0"}} {
		s := one(slot.NumberType, allowFloat)
		f := frame(s)
		require.NoError(t, s.ReadMap(f, map[string]any{"x": test.v}))
		assertValue(t, f, number(test.want))
	}
	s := one(slot.NumberType, allowFloat)
	assert.Equal(t, []string{"x float"}, faultsOf(t, s.ReadMap(frame(s), map[string]any{"x": math.NaN()})))
	assert.Equal(t, []string{"x float"}, faultsOf(t, s.ReadMap(frame(s), map[string]any{"x": float32(math.Inf(1))})))
}

func TestAbsentNullUnknownAndWrongTypeAreFourThings(t *testing.T) {
	s := one(slot.NumberType, required)
	for _, test := range []struct{ json, want, message string }{
		{`{}`, "x required", `field "x": it is required, but absent`},
		{`{"x": null}`, "x null", `field "x": it is required, but null`},
		{`{"x": 1, "xx": 2}`, "xx unknown", `field "xx": no input has this name`},
		{`{"x": true}`, "x type", `field "x": a number is needed, not true`},
	} {
		f := frame(s)
		m, err := ParseRecord([]byte(test.json))
		require.NoError(t, err)
		err = s.ReadMap(f, m)
		assert.Equal(t, []string{test.want}, faultsOf(t, err))
		assert.EqualError(t, err, test.message)
		assert.EqualError(t, s.ReadJSON(f, []byte(test.json)), test.message)
	}
	// Not required, absent and null are missing alike.
	s = one(slot.NumberType)
	for _, m := range []map[string]any{{}, nil, {"x": nil}} {
		f := frame(s)
		require.NoError(t, s.ReadMap(f, m))
		assert.Equal(t, slot.Missing, f.Slots[0].Kind)
		assert.Equal(t, []int{7}, atomsOf(f, f.Slots[0]))
	}
}

const manyFaults = `{"dpd": 5.5, "applicant": {"age": "x", "agee": 3, "address": 4}, "licence_expires": "2024/6/30",
	"previous_grade": "AA", "members": [{"amount": 1.5, "ccy": 3}, {"amount": null, "q": 1}], "blacklisted": "yes",
	"zz": 1, "tags": ["a"], "yy": 2}`

func TestAllFaultsComeAtOnceInTheOrderOfTheInputs(t *testing.T) {
	want := []string{"name required", "overdue_days decimals", "applicant.age format", "applicant.address type",
		"licence_expires format", "previous_grade choice", "members[0].ccy type", "blacklisted type",
		"applicant.agee unknown", "members[1].q unknown", "yy unknown", "zz unknown"}
	s := everything()
	f := frame(s)
	m, err := ParseRecord([]byte(manyFaults))
	require.NoError(t, err)
	assert.Equal(t, want, faultsOf(t, s.ReadMap(f, m)))
	assert.Equal(t, want, faultsOf(t, s.ReadJSON(f, []byte(manyFaults))))

	for i := range f.Slots {
		if i == 8 { // tags
			assertSlot(t, f, i, slot.Items([]slot.Value{slot.Text("a")}))
			continue
		}
		assert.Equal(t, slot.Missing, f.Slots[i].Kind, s.Input(i).Name)
		assert.Equal(t, []int{i}, atomsOf(f, f.Slots[i]), s.Input(i).Name)
	}
	var first *Error
	require.True(t, errors.As(s.ReadMap(f, m), &first))
	assert.Equal(t, "name", first.Field)
}

func assertSlot(t *testing.T, f *slot.Frame, i int, want slot.Value) {
	t.Helper()
	assert.True(t, same(f, f.Slots[i], f, want), "slot %d: got %+v, want %+v", i, f.Slots[i], want)
}

func TestDottedNamesAreFlatOrNested(t *testing.T) {
	s := everything()
	for _, m := range []map[string]any{
		{"name": "a", "applicant.age": 3, "applicant.address.city": "西安"},
		{"name": "a", "applicant": map[string]any{"age": 3, "address.city": "西安"}},
		{"name": "a", "applicant": Record{"age": 3, "address": map[string]string{"city": "西安"}}},
		{"name": "a", "applicant.address": map[string]any{"city": "西安"}, "applicant": map[string]int{"age": 3}},
		{"name": "a", "applicant.age": 3, "city": "西安"},
	} {
		f := frame(s)
		require.NoError(t, s.ReadMap(f, m), m)
		assertSlot(t, f, 2, number("3"))
		assertSlot(t, f, 3, slot.Text("西安"))
	}
}

func TestOneNameTwiceIsAFault(t *testing.T) {
	s := everything()
	for _, test := range []struct {
		m    map[string]any
		want string
	}{
		{map[string]any{"name": "a", "applicant.age": 3, "applicant": map[string]any{"age": 3}},
			`field "applicant.age": it is there twice; give it under one name only (flat or nested)`},
		{map[string]any{"name": "a", "overdue_days": 3, "dpd": 3},
			`field "overdue_days": it is there twice; give it under one name only (overdue_days or dpd)`},
	} {
		assert.EqualError(t, s.ReadMap(frame(s), test.m), test.want)
	}
}

func TestNullForAGroupIsNullForItsInputs(t *testing.T) {
	s := New([]Input{{Name: "a.b", Type: slot.NumberType, Required: true}, {Name: "a.c", Type: slot.NumberType, Atom: 1}}, Options{})
	f := frame(s)
	for _, nothing := range []any{nil, map[string]any(nil), map[string]int(nil)} {
		assert.Equal(t, []string{"a.b null"}, faultsOf(t, s.ReadMap(f, map[string]any{"a": nothing})))
	}
	assert.Equal(t, []string{"a.b null"}, faultsOf(t, s.ReadJSON(f, []byte(`{"a": null}`))))
	assert.Equal(t, []int{1}, atomsOf(f, f.Slots[1]))
	assert.EqualError(t, s.ReadMap(f, map[string]any{"a": 3}), `field "a": a record is needed, not the number 3`)
}

func TestANameMayBeAnInputAndAGroup(t *testing.T) {
	s := New([]Input{{Name: "a", Type: slot.NumberType}, {Name: "a.b", Type: slot.NumberType, Atom: 1}}, Options{})
	for object, want := range map[string][2]slot.Value{
		`{"a": 1, "a.b": 2}`: {number("1"), number("2")},
		`{"a": {"b": 2}}`:    {{}, number("2")},
	} {
		f := frame(s)
		require.NoError(t, s.ReadJSON(f, []byte(object)))
		assert.Equal(t, want[0].Kind, f.Slots[0].Kind)
		assertSlot(t, f, 1, want[1])
		m, err := ParseRecord([]byte(object))
		require.NoError(t, err)
		require.NoError(t, s.ReadMap(f, m))
		assert.Equal(t, want[0].Kind, f.Slots[0].Kind)
		assertSlot(t, f, 1, want[1])
	}
}

func TestUnknownNamesMayBeAllowed(t *testing.T) {
	s := everything(allowUnknown)
	f := frame(s)
	require.NoError(t, s.ReadMap(f, map[string]any{"name": "a", "zz": make(chan int), "head": map[string]any{"amount": 1, "q": 2}}))
	require.NoError(t, s.ReadJSON(f, []byte(`{"name": "a", "zz": [{"a": 1}], "head": {"amount": 1, "q": {}}, "applicant": {"q": 1}}`)))
	assertSlot(t, f, 9, slot.Fields([]slot.Value{number("1"), slot.Gone(f.Blame(102))}))
}

func TestTimesAreDaysOfTheLocationGiven(t *testing.T) {
	shanghai := time.FixedZone("Shanghai", 8*3600)
	s := one(slot.DateType, func(_ *Input, o *Options) { o.Location = shanghai })
	for at, want := range map[string]string{
		"2024-06-30T00:00:00+08:00": "2024-06-30",
		"2024-06-30T15:59:59Z":      "2024-06-30",
		"2024-06-30T16:00:00Z":      "2024-07-01",
		"2024-12-31T23:00:00-05:00": "2025-01-01",
	} {
		moment, err := time.Parse(time.RFC3339, at)
		require.NoError(t, err)
		f := frame(s)
		require.NoError(t, s.ReadMap(f, map[string]any{"x": moment}))
		assertValue(t, f, date(want))
	}
}

func TestFaultsAreCounted(t *testing.T) {
	items := make([]any, 3*MaxFaults)
	for i := range items {
		items[i] = "b"
	}
	s := one(slot.ListOf(slot.NumberType))
	f := frame(s)
	m := map[string]any{"x": items}
	for i := range 2 * MaxFaults {
		m[string(rune('a'+i%26))+exact.Int(int64(i)).String()] = i
	}
	got := faultsOf(t, s.ReadMap(f, m))
	require.Len(t, got, MaxFaults+1)
	err := s.ReadMap(f, m)
	assert.ErrorContains(t, err, "and 400 more faults")
	for range 3 {
		assert.EqualError(t, s.ReadMap(f, m), err.Error(), "the same every time")
	}
}

func TestListsAndTextsHaveLimits(t *testing.T) {
	s := one(slot.ListOf(slot.NumberType))
	f := frame(s)
	require.NoError(t, s.ReadMap(f, map[string]any{"x": make([]int, MaxItems)}))
	assert.EqualError(t, s.ReadMap(f, map[string]any{"x": make([]int, MaxItems+1)}), `field "x": the list has 10001 items, at most 10000 are allowed`)
	assert.Equal(t, []string{"x too-long"}, faultsOf(t, s.ReadMap(f, map[string]any{"x": make([]any, MaxItems+1)})))
	s = one(slot.StringType)
	require.NoError(t, s.ReadMap(f, map[string]any{"x": string(make([]byte, MaxText))}))
	for _, v := range []any{string(make([]byte, MaxText+1)), make([]byte, MaxText+1), code(make([]byte, MaxText+1))} {
		assert.EqualError(t, s.ReadMap(f, map[string]any{"x": v}), `field "x": the text has 65537 bytes, at most 65536 are allowed`)
	}
	s = one(slot.NumberType)
	assert.Equal(t, []string{"x too-long"}, faultsOf(t, s.ReadMap(f, map[string]any{"x": string(make([]byte, 1<<20))})))
	two40k := new(big.Int).Lsh(big.NewInt(1), 40_000)
	assert.Equal(t, []string{"x too-long"}, faultsOf(t, s.ReadMap(f, map[string]any{"x": two40k})))
}

func TestAFrameThatIsTooSmallGrows(t *testing.T) {
	s := everything()
	f := &slot.Frame{}
	require.NoError(t, s.ReadMap(f, map[string]any{"name": "a"}))
	assert.Len(t, f.Slots, s.Len())
}

func TestAnInputWithoutATypeIsAFault(t *testing.T) {
	for _, typ := range []*slot.Type{nil, {Kind: slot.List}} {
		s := one(typ)
		assert.Equal(t, 1, s.Len())
		for _, v := range []any{1, []any{1}} {
			if typ != nil || v == 1 {
				assert.Error(t, s.ReadMap(frame(s), map[string]any{"x": v}))
			}
		}
		assert.Error(t, s.ReadJSON(frame(s), []byte(`{"x": [1]}`)))
	}
}
