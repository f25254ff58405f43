package policy_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// Every kind of input, with the rules that a record can break.
const recordPolicy = `
policy: record
version: "1"
inputs:
  name:       {type: string, required: true}
  industry:   {type: string, one_of: [矿业, 冶金]}
  sales:      {type: number, min: 0, max: 1000, from: annualSales}
  orders:     {type: number, decimals: 0, above: 0}
  rate:       {type: number, decimals: 2, below: 1}
  reading:    {type: number, ranges: [{min: 12.1, max: 14.6}, {min: 29.1, max: 44.6}]}
  since:      {type: date, min: 2000-01-01, max: 2024-12-31}
  member:     {type: bool}
  last:       {type: grade}
  owner.age:  {type: number, decimals: 0}
  owner.name: {type: string}
  members:    {type: list, of: {amount: {type: number}, ccy: {type: string}}}
  quotes:     {type: list, of: number}
  home:       {type: record, of: {city: {type: string}, rooms: {type: number}}}
values:
  total: sum(members, .amount)
  quote: sum(quotes)
  city: home.city
grade:
  of: last
  scale: [{grade: A}, {grade: B}]
`

// faultsOf returns what is wrong with a record, a line each.
func faultsOf(t testing.TB, p *policy.Policy, record any) string {
	t.Helper()
	d, err := p.Decide(record, asOf)
	require.Error(t, err)
	require.Nil(t, d)
	var all policy.InputErrors
	require.True(t, errors.As(err, &all), "%T: %v", err, err)
	var lines []string
	for _, e := range all {
		lines = append(lines, fmt.Sprintf("%s [%s]", e, e.Code))
	}
	return strings.Join(lines, "\n")
}

// Absent, null, unknown and of a wrong type are four different things.
func TestWhatIsWrongWithARecord(t *testing.T) {
	p := load(t, recordPolicy)
	for name, x := range map[string]struct {
		json, want string
	}{
		"absent":                    {`{}`, `field "name": it is required, but absent [required]`},
		"null":                      {`{"name": null}`, `field "name": it is required, but null [null]`},
		"unknown":                   {`{"name": "x", "industy": "矿业"}`, `field "industy": no input has this name; did you mean "industry"? [unknown]`},
		"unknown, foreign":          {`{"name": "x", "shoe_size": 44}`, `field "shoe_size": no input has this name [unknown]`},
		"wrong type":                {`{"name": 5}`, `field "name": a text is needed, not the number 5; put it in quotes, so that no leading zero is lost [type]`},
		"wrong type of a number":    {`{"name": "x", "sales": true}`, `field "sales": a number is needed, not true [type]`},
		"wrong type of a bool":      {`{"name": "x", "member": 1}`, `field "member": true or false is needed, not the number 1; write true [type]`},
		"wrong type of a date":      {`{"name": "x", "since": 20240630}`, `field "since": a date is needed, not the number 20240630; write it as text, "2024-06-30" [type]`},
		"wrong type of a record":    {`{"name": "x", "home": "Paris"}`, `field "home": a record is needed, not the text "Paris" [type]`},
		"no number":                 {`{"name": "x", "sales": "5%"}`, `field "sales": "5%" is not a number; write 0.05 [format]`},
		"a number with separators":  {`{"name": "x", "sales": "1,000"}`, `field "sales": "1,000" is not a number; leave out the comma (1000 or 1_000) [format]`},
		"no date":                   {`{"name": "x", "since": "2024/6/30"}`, `field "since": "2024/6/30" is not a date; write 2024-06-30 [format]`},
		"no such day":               {`{"name": "x", "since": "2023-02-29"}`, `field "since": "2023-02-29" is not a date; there is no day 29 in February 2023 [format]`},
		"too small":                 {`{"name": "x", "sales": -0.01}`, `field "sales": -0.01 is out of range; allowed: 0 or more and 1000 or less [range]`},
		"too great":                 {`{"name": "x", "sales": 1000.0000001}`, `field "sales": 1000.0000001 is out of range; allowed: 0 or more and 1000 or less [range]`},
		"just not above":            {`{"name": "x", "orders": 0}`, `field "orders": 0 is out of range; allowed: above 0 [range]`},
		"just not below":            {`{"name": "x", "rate": 1.00}`, `field "rate": 1 is out of range; allowed: below 1 [range]`},
		"between the ranges":        {`{"name": "x", "reading": 14.61}`, `field "reading": 14.61 is out of range; allowed: 12.1 to 14.6 or 29.1 to 44.6 [range]`},
		"too early":                 {`{"name": "x", "since": "1999-12-31"}`, `field "since": 1999-12-31 is out of range; allowed: 2000-01-01 or later and 2024-12-31 or earlier [range]`},
		"not whole":                 {`{"name": "x", "orders": 2.5}`, `field "orders": 2.5 is not a whole number [decimals]`},
		"too fine":                  {`{"name": "x", "rate": 0.125}`, `field "rate": 0.125 is finer than 2 decimals [decimals]`},
		"not one of":                {`{"name": "x", "industry": "矿"}`, `field "industry": "矿" is not one of the values allowed; did you mean "矿业"? allowed: 矿业, 冶金 [choice]`},
		"no such grade":             {`{"name": "x", "last": "a"}`, `field "last": "a" is not a grade; did you mean "A"? allowed: A, B [choice]`},
		"a part of a nested record": {`{"name": "x", "owner": {"age": "old"}}`, `field "owner.age": "old" is not a number; write digits, and a point before the decimals, as in 1234.5 [format]`},
		"a part of a list":          {`{"name": "x", "members": [{"amount": 5, "ccy": "CNY"}, {"amount": "?", "ccy": "CNY"}]}`, `field "members[1].amount": "?" is not a number; write digits, and a point before the decimals, as in 1234.5 [format]`},
		"unknown in a list":         {`{"name": "x", "members": [{"amont": 5}]}`, `field "members[0].amont": no input has this name; did you mean "amount"? [unknown]`},
		"flat and nested":           {`{"name": "x", "owner.age": 40, "owner": {"age": 41}}`, `field "owner.age": it is there twice; give it under one name only (flat or nested) [duplicate]`},
		"under both names":          {`{"name": "x", "sales": 5, "annualSales": 5}`, `field "sales": it is there twice; give it under one name only (sales or annualSales) [duplicate]`},
		"a number of many digits":   {`{"name": "x", "sales": 0.` + strings.Repeat("1", 70) + `}`, `field "sales": the number is too long: "0.11111111111111111111111111111111111111"…; it is longer than 64 characters [too-long]`},
		"a number of many zeros":    {`{"name": "x", "sales": 1e100000000}`, `field "sales": "1e100000000" is not a number; the exponent must be a whole number from -1000 to 1000 [format]`},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := policy.ParseRecord([]byte(x.json))
			require.NoError(t, err)
			assert.Equal(t, x.want, faultsOf(t, p, r))
		})
	}
}

func TestWhatIsAllowedInARecord(t *testing.T) {
	p := load(t, recordPolicy)
	for _, object := range []string{
		`{"name": "x"}`,
		`{"name": "x", "sales": null, "industry": null, "owner": null, "members": null, "home": null, "last": null}`,
		`{"name": "x", "sales": 1000.00, "orders": 2.0, "rate": 0.990, "reading": 12.1}`,
		`{"name": "x", "sales": "1000", "orders": 1e3, "since": "2024-12-31", "member": true}`,
		`{"name": "x", "annualSales": 0, "owner": {"age": 40, "name": "y"}}`,
		`{"name": "x", "owner.age": 40, "owner": {"name": "y"}}`,
		`{"name": "x", "members": [], "quotes": [1, "2.5", null], "home": {"city": "Paris"}}`,
		`{"name": "", "last": "B", "industry": "冶金"}`,
	} {
		decideJSON(t, p, object)
	}
}

func TestAllFaultsOfARecordAtOnce(t *testing.T) {
	p := load(t, recordPolicy)
	got := faultsOf(t, p, policy.Record{
		"sales": -1, "orders": "many", "rate": 0.5, "member": "yes", "owner": policy.Record{"telephone": 5}, "colour": "red", "Name": "x",
	})
	assert.Equal(t, strings.Join([]string{
		`field "name": it is required, but absent [required]`,
		`field "sales": -1 is out of range; allowed: 0 or more and 1000 or less [range]`,
		`field "orders": "many" is not a number; write digits, and a point before the decimals, as in 1234.5 [format]`,
		`field "rate": a float64 is not exact: 0.5 may have been rounded; pass a decimal.Decimal or text "0.5", or decode JSON with policy.ParseRecord [float]`,
		`field "member": true or false is needed, not the text "yes"; write true [type]`,
		`field "Name": no input has this name; did you mean "name"? [unknown]`,
		`field "colour": no input has this name [unknown]`,
		`field "owner.telephone": no input has this name [unknown]`,
	}, "\n"), got)

	_, err := p.Decide(policy.Record{"rate": 5, "sales": "five"}, asOf)
	var first *policy.InputError
	require.True(t, errors.As(fmt.Errorf("customer 7: %w", err), &first))
	assert.Equal(t, "name", first.Field)
	assert.Equal(t, "required", first.Code)
	assert.Equal(t, `field "name": it is required, but absent; field "sales": "five" is not a number; `+
		`write digits, and a point before the decimals, as in 1234.5; field "rate": 5 is out of range; allowed: below 1`, err.Error())
}

func TestUnknownFieldsCanBeAllowed(t *testing.T) {
	strict, loose := load(t, recordPolicy), load(t, recordPolicy, policy.AllowUnknownFields())
	r := policy.Record{"name": "x", "colour": "red", "owner": policy.Record{"age": 5, "telephone": 6}, "members": []policy.Record{{"amount": 5, "note": "y"}}}
	assert.Equal(t, `field "colour": no input has this name [unknown]
field "members[0].note": no input has this name [unknown]
field "owner.telephone": no input has this name [unknown]`, faultsOf(t, strict, r))
	d := decide(t, loose, r)
	total, ok := d.Value("total")
	assert.True(t, ok)
	assert.Equal(t, "5", total)
	assert.Equal(t, `field "name": it is required, but absent [required]`, faultsOf(t, loose, policy.Record{"nmae": "x"}))
}

func TestFloatsAreRefusedUnlessAllowed(t *testing.T) {
	p := load(t, recordPolicy)
	assert.Equal(t, `field "sales": a float64 cannot hold 0.1 exactly; pass a decimal.Decimal or text "0.1", or decode JSON with policy.ParseRecord [float]`,
		faultsOf(t, p, map[string]any{"name": "x", "sales": 0.1}))
	assert.Equal(t, `field "sales": a float32 cannot hold 0.1 exactly; pass a decimal.Decimal or text "0.1", or decode JSON with policy.ParseRecord [float]`,
		faultsOf(t, p, map[string]any{"name": "x", "sales": float32(0.1)}))
	assert.Equal(t, `field "quotes[1]": a float64 cannot hold 0.3 exactly; pass a decimal.Decimal or text "0.3", or decode JSON with policy.ParseRecord [float]`,
		faultsOf(t, p, map[string]any{"name": "x", "quotes": []any{1, 0.3}}))

	// What encoding/json makes of an object by default.
	var m map[string]any
	require.NoError(t, json.Unmarshal([]byte(`{"name": "x", "sales": 12}`), &m))
	assert.Contains(t, faultsOf(t, p, m), "decode JSON with policy.ParseRecord")

	p = load(t, recordPolicy, policy.AllowFloats())
	d := decide(t, p, map[string]any{"name": "x", "sales": 0.1, "rate": float32(0.3), "quotes": []float64{0.1, 0.2}})
	sales, _ := d.Value("sales")
	assert.Equal(t, "0.1", sales, "its shortest text, not 0.1000000000000000055")
	rate, _ := d.Value("rate")
	assert.Equal(t, "0.3", rate)
	quote, _ := d.Value("quote")
	assert.Equal(t, "0.3", quote)
	for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		assert.Equal(t, fmt.Sprintf(`field "sales": %v is not a number; leave it out where there is no number [float]`, f),
			faultsOf(t, p, map[string]any{"name": "x", "sales": f}))
	}
}

func TestNumbersOfGo(t *testing.T) {
	p := load(t, recordPolicy)
	pointer := decimal.RequireFromString("0.42")
	for _, v := range []any{
		"0.42", json.Number("0.42"), json.Number("42e-2"), decimal.RequireFromString("0.420"), &pointer,
		decimal.NewNullDecimal(pointer), sql.NullString{String: "0.42", Valid: true}, []byte("0.42"),
	} {
		d := decide(t, p, policy.Record{"name": "x", "sales": v})
		sales, ok := d.Value("sales")
		assert.True(t, ok)
		assert.Equal(t, "0.42", sales, "%T", v)
	}
	for _, v := range []any{nil, (*int)(nil), (*decimal.Decimal)(nil), decimal.NullDecimal{}, sql.NullInt64{}, (*string)(nil)} {
		_, ok := decide(t, p, policy.Record{"name": "x", "sales": v}).Value("sales")
		assert.False(t, ok, "%T is missing", v)
	}
	for _, v := range []any{42, int8(42), uint64(42), sql.NullInt32{Int32: 42, Valid: true}} {
		sales, _ := decide(t, p, policy.Record{"name": "x", "sales": v}).Value("sales")
		assert.Equal(t, "42", sales, "%T", v)
	}
	assert.Contains(t, faultsOf(t, p, policy.Record{"name": "x", "sales": decimal.New(1, 100_000_000)}), `field "sales": `, "and not a gigabyte of zeros")
}

func TestADateHasNoZone(t *testing.T) {
	p := load(t, recordPolicy)
	shanghai := time.FixedZone("UTC+8", 8*60*60)
	midnight := time.Date(2024, time.May, 1, 0, 0, 0, 0, shanghai)
	since, _ := decide(t, p, policy.Record{"name": "x", "since": midnight}).Value("since")
	assert.Equal(t, "2024-05-01", since, "the day that it shows, not that of UTC")
	_, ok := decide(t, p, policy.Record{"name": "x", "since": time.Time{}}).Value("since")
	assert.False(t, ok, "the zero time is missing")

	evening := time.Date(2024, time.May, 1, 20, 30, 0, 0, time.UTC)
	assert.Contains(t, faultsOf(t, p, policy.Record{"name": "x", "since": evening}),
		`field "since": 2024-05-01T20:30:00Z is not midnight, and so not a date without knowing in which place; pass the day as "2024-05-01", or give policy.`)
	p = load(t, recordPolicy, policy.InLocation(shanghai))
	since, _ = decide(t, p, policy.Record{"name": "x", "since": evening}).Value("since")
	assert.Equal(t, "2024-05-02", since, "half past four in the morning there")
}

func TestParseRecord(t *testing.T) {
	r, err := policy.ParseRecord([]byte(`{"sales": 1.10, "name": "x", "members": [{"amount": 1e2}], "member": true, "since": null}`))
	require.NoError(t, err)
	assert.Equal(t, policy.Record{
		"sales": json.Number("1.10"), "name": "x", "members": []any{map[string]any{"amount": json.Number("1e2")}}, "member": true, "since": nil,
	}, r, "numbers keep their text")

	var records []policy.Record
	require.NoError(t, json.Unmarshal([]byte(`[{"sales": 0.1}, {"sales": 12345678901234567890.123}]`), &records))
	assert.Equal(t, json.Number("12345678901234567890.123"), records[1]["sales"], "also within something else")

	for object, want := range map[string]string{
		`{"a": 1, "b": 2, "a": 1}`:           `field "a": it is there twice`,
		`{"a": {"b": 1, "b": 2}}`:            `field "a.b": it is there twice`,
		`{"a": [{"b": 1}, {"b": 1, "b":2}]}`: `field "a[1].b": it is there twice`,
		`[1]`:                                "a record is a JSON object {...}, not a list",
		`null`:                               "a record is a JSON object {...}, not null",
		`5`:                                  "a record is a JSON object {...}, not a number",
		``:                                   "not JSON: there is nothing",
		`{"a": 1`:                            "not JSON: it ends too early",
		`{"a": 1} {"a": 2}`:                  "something follows the JSON value",
		`{"a": 01}`:                          "not JSON: ",
		`{"a": NaN}`:                         "not JSON: ",
		`{'a': 1}`:                           "not JSON: ",
		`{"a": 1,}`:                          "not JSON: ",
		"{\"a\": \"\xff\"}":                  "not UTF-8",
	} {
		r, err := policy.ParseRecord([]byte(object))
		require.Error(t, err, object)
		assert.Nil(t, r)
		assert.Contains(t, err.Error(), want, object)
		var bad *policy.InputError
		assert.True(t, errors.As(err, &bad), object)
		assert.Error(t, json.Unmarshal([]byte(object), new(policy.Record)), object)
	}
}

type address struct {
	City  string
	Rooms *int
}

type person struct {
	Age  int
	Name *string `json:"name"`
}

type member struct {
	Amount decimal.Decimal
	Ccy    string
}

// entity is embedded: its fields count as the customer's own.
type entity struct {
	Name     string
	Industry *string
}

type shop struct {
	entity
	AnnualSales decimal.NullDecimal `policy:"sales"`
	Orders      int                 `policy:",omitzero"`
	Rate        *decimal.Decimal
	Reading     json.Number `policy:"reading,omitzero"`
	Since       time.Time
	Member      bool
	Previous    string `json:"last,omitempty" policy:",omitzero"`
	Owner       person
	Members     []member
	Quotes      []int64
	Home        *address
	secret      string
	Note        string // no input, and no matter
}

func TestStructs(t *testing.T) {
	p := load(t, recordPolicy)
	require.NoError(t, p.Bind(shop{}))
	require.NoError(t, p.Bind(&shop{}))
	rate := decimal.RequireFromString("0.25")
	whole := &shop{
		entity: entity{Name: "x"}, AnnualSales: decimal.NewNullDecimal(decimal.RequireFromString("99.50")), Orders: 3, Rate: &rate, Reading: "12.5",
		Since: time.Date(2024, time.May, 1, 0, 0, 0, 0, time.UTC), Member: true, Previous: "B", Owner: person{Age: 40},
		Members: []member{{decimal.NewFromInt(5), "CNY"}, {decimal.RequireFromString("0.1"), "USD"}}, Quotes: []int64{1, 2}, Home: &address{City: "Paris"},
		secret: "s", Note: "n",
	}
	for _, r := range []any{whole, *whole} {
		d := decide(t, p, r)
		for name, want := range map[string]string{
			"name": "x", "sales": "99.5", "orders": "3", "rate": "0.25", "reading": "12.5", "since": "2024-05-01", "member": "true", "last": "B",
			"owner.age": "40", "total": "5.1", "quote": "3", "city": "Paris",
		} {
			got, ok := d.Value(name)
			assert.True(t, ok, name)
			assert.Equal(t, want, got, name)
		}
		for _, name := range []string{"industry", "owner.name"} {
			_, ok := d.Value(name)
			assert.False(t, ok, "a nil pointer is missing: %s", name)
		}
	}

	// In a struct zero is a value, save where there is none: nil, what is not valid, the zero time, omitzero.
	d := decide(t, p, shop{})
	for name, want := range map[string]string{"name": "", "member": "false", "owner.age": "0"} {
		got, ok := d.Value(name)
		assert.True(t, ok, name)
		assert.Equal(t, want, got, name)
	}
	for _, name := range []string{"industry", "sales", "orders", "rate", "reading", "since", "last", "owner.name", "members", "quotes", "home", "total"} {
		_, ok := d.Value(name)
		assert.False(t, ok, name)
	}
	assert.Equal(t, `field "sales": -1 is out of range; allowed: 0 or more and 1000 or less [range]`,
		faultsOf(t, p, &shop{AnnualSales: decimal.NewNullDecimal(decimal.NewFromInt(-1))}))
}

func TestStructsThatDoNotFit(t *testing.T) {
	p := load(t, "policy: p\nversion: \"1\"\ninputs:\n  sales: {type: number}\n  name: {type: string}\n  since: {type: date}\n")
	for name, x := range map[string]struct {
		record any
		want   string
	}{
		"an input without a field": {struct{ Sales int }{}, `field "name": struct { Sales int } has no field for it; tag one ` + "`policy:\"name\"`" + ` [unbound]
field "since": struct { Sales int } has no field for it; tag one ` + "`policy:\"since\"`" + ` [unbound]`},
		"a float": {struct {
			Sales float64
			Name  string
			Since time.Time
		}{}, `field "sales": a float64 cannot hold decimals exactly; make it a decimal.Decimal [float]`},
		"a wrong type": {struct {
			Sales bool
			Name  int
			Since time.Time
		}{}, `field "sales": a number is needed, not a Go bool [type]
field "name": a text is needed, not a Go int [type]`},
		"a tag that no input has": {struct {
			Sales int `policy:"sale"`
			Name  string
			Since string
		}{}, `field "sale": no input has the name in the tag of field Sales of struct { Sales int "policy:\"sale\""; Name string; Since string }; did you mean "sales"? [unknown]
field "sales": struct { Sales int "policy:\"sale\""; Name string; Since string } has no field for it; tag one ` + "`policy:\"sales\"`" + ` [unbound]`},
		"no struct at all": {5, `a Go int is no record; pass a policy.Record, a map[string]any, a struct or a pointer to a struct [type]`},
		"a nil pointer":    {(*struct{ Sales, Name, Since string })(nil), `a struct { Sales string; Name string; Since string } is needed, not a nil pointer [type]`},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, x.want, faultsOf(t, p, x.record))
			if name != "a nil pointer" {
				assert.Error(t, p.Bind(x.record), "before the first customer comes")
			}
		})
	}
	_, err := p.Decide(nil, asOf)
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "<nil>")
	require.Error(t, p.Bind(nil))

	p = load(t, "policy: p\nversion: \"1\"\ninputs: {sales: {type: number}}\n", policy.AllowFloats())
	sales, _ := decide(t, p, struct{ Sales float64 }{0.1}).Value("sales")
	assert.Equal(t, "0.1", sales)
}
