package record

import (
	"database/sql"
	"encoding/json"
	"math/big"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

func numbersOf(names ...string) []Input {
	inputs := make([]Input, len(names))
	for i, name := range names {
		inputs[i] = Input{Name: name, Type: slot.NumberType, Atom: i}
	}
	return inputs
}

func TestBindFindsFieldsByTagThenByName(t *testing.T) {
	type Address struct{ PostCode int }
	type base struct {
		Age    int
		Income int `policy:"income"`
	}
	type Deep struct {
		base
		HTTPPort int
	}
	type customer struct {
		Deep
		*Address
		CustomerID int
		DPD        int `policy:"overdue_days" json:"not_this"`
		Ratio      int `json:"debt_ratio,omitempty"`
		Note       int `json:"-"`
		Late30d    int
		Secret     int `policy:"-"`
		Applicant  *struct {
			Age     int
			Address struct {
				Zip int `policy:"city.zip"`
			}
		}
		Flat   int `policy:"group.flat"`
		hidden int
		Other  chan int
		矿业     int
	}
	names := []string{"age", "income", "http_port", "post_code", "customer_id", "overdue_days", "debt_ratio", "note",
		"late30d", "applicant.age", "applicant.address.city.zip", "group.flat"}
	s := New(numbersOf(names...), Options{})
	b, err := s.Bind(reflect.TypeFor[*customer]())
	require.NoError(t, err)

	c := customer{Deep: Deep{base{1, 2}, 3}, CustomerID: 5, DPD: 6, Ratio: 7, Note: 8, Late30d: 9, Flat: 12}
	f := frame(s)
	require.NoError(t, b.Read(f, c))
	for i := range names {
		if i == 3 || i == 9 || i == 10 { // behind nil pointers
			assert.Equal(t, []int{i}, atomsOf(f, f.Slots[i]))
			continue
		}
		assertSlot(t, f, i, slot.Num(exact.Int(int64(i+1))))
	}
	c.Address = &Address{4}
	c.Applicant = &struct {
		Age     int
		Address struct {
			Zip int `policy:"city.zip"`
		}
	}{Age: 10}
	c.Applicant.Address.Zip = 11
	require.NoError(t, b.Read(f, &c))
	for i := range names {
		assertSlot(t, f, i, slot.Num(exact.Int(int64(i+1))))
	}
	_, _ = c.hidden, c.矿业
}

func TestAFieldMayBearTheForeignName(t *testing.T) {
	s := New([]Input{{Name: "overdue_days", From: "dpd", Type: slot.NumberType}}, Options{})
	b, err := s.Bind(reflect.TypeFor[struct{ Dpd int }]())
	require.NoError(t, err)
	f := frame(s)
	require.NoError(t, b.Read(f, struct{ Dpd int }{5}))
	assertValue(t, f, number("5"))
}

func TestSnakeCase(t *testing.T) {
	for name, want := range map[string]string{
		"OverdueDays": "overdue_days", "CustomerID": "customer_id", "ID": "id", "HTTPPort": "http_port", "A": "a",
		"Late30d": "late30d", "DebtRatioQ1": "debt_ratio_q1", "Already_Snake": "already_snake", "X矿Y": "x矿_y", "already": "already",
	} {
		assert.Equal(t, want, snakeCase(name), name)
	}
}

func TestBindAcceptsFieldsOfEveryKind(t *testing.T) {
	midnight := time.Date(2024, 6, 30, 0, 0, 0, 0, time.UTC)
	dec := decimal.RequireFromString("1.50")
	half := exact.MustParse("1.5")
	type member struct {
		Amount *decimal.Decimal
		Ccy    sql.NullString
	}
	for _, test := range []struct {
		t    *slot.Type
		v    any // a struct with the field X
		want slot.Value
	}{
		{slot.NumberType, struct{ X int }{5}, number("5")},
		{slot.NumberType, struct{ X int8 }{-5}, number("-5")},
		{slot.NumberType, struct{ X uint64 }{1 << 63}, number("9223372036854775808")},
		{slot.NumberType, struct{ X days }{5}, number("5")},
		{slot.NumberType, struct{ X decimal.Decimal }{dec}, number("1.5")},
		{slot.NumberType, struct{ X decimal.Decimal }{}, number("0")},
		{slot.NumberType, struct{ X *decimal.Decimal }{&dec}, number("1.5")},
		{slot.NumberType, struct{ X *decimal.Decimal }{}, slot.Gone(1)},
		{slot.NumberType, struct{ X decimal.NullDecimal }{decimal.NewNullDecimal(dec)}, number("1.5")},
		{slot.NumberType, struct{ X decimal.NullDecimal }{}, slot.Gone(1)},
		{slot.NumberType, struct{ X money }{money(dec)}, number("1.5")},
		{slot.NumberType, struct{ X exact.Number }{half}, number("1.5")},
		{slot.NumberType, struct{ X *exact.Number }{&half}, number("1.5")},
		{slot.NumberType, struct{ X json.Number }{"1.50"}, number("1.5")},
		{slot.NumberType, struct{ X string }{"1.50"}, number("1.5")},
		{slot.NumberType, struct{ X []byte }{[]byte("1.50")}, number("1.5")},
		{slot.NumberType, struct{ X sql.RawBytes }{sql.RawBytes("1.50")}, number("1.5")},
		{slot.NumberType, struct{ X []byte }{}, slot.Gone(1)},
		{slot.NumberType, struct{ X *big.Int }{big.NewInt(5)}, number("5")},
		{slot.NumberType, struct{ X *big.Rat }{big.NewRat(3, 2)}, number("1.5")},
		{slot.NumberType, struct{ X sql.NullInt16 }{sql.NullInt16{Int16: 5, Valid: true}}, number("5")},
		{slot.NumberType, struct{ X sql.NullInt16 }{}, slot.Gone(1)},
		{slot.NumberType, struct{ X sql.NullString }{sql.NullString{String: "1.5", Valid: true}}, number("1.5")},
		{slot.NumberType, struct{ X sql.Null[decimal.Decimal] }{sql.Null[decimal.Decimal]{V: dec, Valid: true}}, number("1.5")},
		{slot.NumberType, struct{ X *sql.NullInt64 }{&sql.NullInt64{Int64: 5, Valid: true}}, number("5")},
		{slot.NumberType, struct{ X any }{dec}, number("1.5")},
		{slot.NumberType, struct{ X any }{}, slot.Gone(1)},
		{slot.StringType, struct{ X string }{"矿业"}, slot.Text("矿业")},
		{slot.StringType, struct{ X string }{}, slot.Text("")},
		{slot.StringType, struct{ X *string }{}, slot.Gone(1)},
		{slot.StringType, struct{ X code }{"a"}, slot.Text("a")},
		{slot.StringType, struct{ X sql.NullString }{sql.NullString{String: "a", Valid: true}}, slot.Text("a")},
		{slot.BoolType, struct{ X bool }{true}, slot.Truth(true)},
		{slot.BoolType, struct{ X flag }{}, slot.Truth(false)},
		{slot.BoolType, struct{ X sql.NullBool }{}, slot.Gone(1)},
		{slot.DateType, struct{ X time.Time }{midnight}, date("2024-06-30")},
		{slot.DateType, struct{ X time.Time }{}, slot.Gone(1)},
		{slot.DateType, struct{ X *time.Time }{&midnight}, date("2024-06-30")},
		{slot.DateType, struct{ X moment }{moment(midnight)}, date("2024-06-30")},
		{slot.DateType, struct{ X sql.NullTime }{sql.NullTime{Time: midnight, Valid: true}}, date("2024-06-30")},
		{slot.DateType, struct{ X string }{"2024-06-30"}, date("2024-06-30")},
		{slot.DateType, struct{ X slot.Day }{*day("2024-06-30")}, date("2024-06-30")},
		{slot.GradeType, struct{ X string }{"B"}, grade("B")},
		{slot.GradeType, struct{ X *code }{ptr(code("B"))}, grade("B")},
		{slot.ListOf(slot.NumberType), struct{ X []int }{[]int{1, 2}}, slot.Items([]slot.Value{number("1"), number("2")})},
		{slot.ListOf(slot.NumberType), struct{ X []int }{}, slot.Gone(1)},
		{slot.ListOf(slot.NumberType), struct{ X []int }{[]int{}}, slot.Items(nil)},
		{slot.ListOf(slot.NumberType), struct{ X [1]any }{[1]any{"1"}}, slot.Items([]slot.Value{number("1")})},
		{slot.ListOf(memberType), struct{ X []member }{[]member{{Amount: &dec}}}, slot.Items([]slot.Value{slot.Fields([]slot.Value{number("1.5"), slot.Gone(2)})})},
		{slot.ListOf(memberType), struct{ X []*member }{[]*member{nil}}, slot.Items([]slot.Value{slot.Gone(1)})},
		{slot.ListOf(memberType), struct{ X []map[string]any }{[]map[string]any{{"amount": 1}}}, slot.Items([]slot.Value{slot.Fields([]slot.Value{number("1"), slot.Gone(2)})})},
		{memberType, struct{ X member }{member{Amount: &dec, Ccy: sql.NullString{String: "USD", Valid: true}}}, slot.Fields([]slot.Value{number("1.5"), slot.Text("USD")})},
		{memberType, struct{ X Record }{Record{"amount": 1, "ccy": "USD"}}, slot.Fields([]slot.Value{number("1"), slot.Text("USD")})},
		{memberType, struct{ X map[string]string }{}, slot.Gone(1)},
	} {
		t.Run(reflect.TypeOf(test.v).String(), func(t *testing.T) {
			s := one(test.t)
			b, err := s.Bind(reflect.TypeOf(test.v))
			require.NoError(t, err)
			pointer := reflect.New(reflect.TypeOf(test.v))
			pointer.Elem().Set(reflect.ValueOf(test.v))
			for _, v := range []any{test.v, pointer.Interface()} {
				f := frame(s)
				f.Blame(7)   // is 1
				f.Blame(102) // is 2
				require.NoError(t, b.Read(f, v))
				assertValue(t, f, test.want)
			}
		})
	}
}

func TestOmitzeroMakesZeroMissing(t *testing.T) {
	type customer struct {
		A int             `policy:",omitzero" json:"a"`
		B decimal.Decimal `policy:"b,omitzero"`
		C string          `policy:"c,omitzero"`
		D bool            `policy:",omitzero"`
	}
	inputs := append(numbersOf("a", "b"), Input{Name: "c", Type: slot.StringType, Atom: 2}, Input{Name: "d", Type: slot.BoolType, Atom: 3})
	s := New(inputs, Options{})
	b, err := s.Bind(reflect.TypeFor[customer]())
	require.NoError(t, err)
	f := frame(s)
	for _, c := range []customer{{}, {B: decimal.RequireFromString("0.00")}} {
		require.NoError(t, b.Read(f, &c))
		for i := range f.Slots {
			assert.Equal(t, []int{i}, atomsOf(f, f.Slots[i]))
		}
	}
	require.NoError(t, b.Read(f, customer{1, decimal.NewFromInt(1), "c", true}))
	for i := range f.Slots {
		assert.NotEqual(t, slot.Missing, f.Slots[i].Kind)
	}
}

type selfish *selfish

type chain struct {
	*chain
	X int
}

func TestBindRefuses(t *testing.T) {
	type member struct{ Amount float64 }
	type ratios struct {
		X ratio
	}
	for _, test := range []struct {
		name   string
		inputs []Input
		v      any
		want   string
	}{
		{"no struct", nil, 5, `a struct or a pointer to one is needed, not int`},
		{"nothing", nil, nil, `a struct or a pointer to one is needed, not <nil>`},
		{"inputs without a field", numbersOf("a", "b.c", "x"), struct{ X int }{},
			`field "a": struct { X int } has no field for it; tag one ` + "`policy:\"a\"`" + `; field "b.c": struct { X int } has no field for it; tag one ` + "`policy:\"b.c\"`"},
		{"float", numbersOf("x"), struct{ X float64 }{}, `field "x": a float64 cannot hold decimals exactly; make it a decimal.Decimal`},
		{"pointer to float", numbersOf("x"), struct{ X *float32 }{}, `field "x": a float32 cannot hold decimals exactly; make it a decimal.Decimal`},
		{"own float", numbersOf("x"), ratios{}, `field "x": a record.ratio cannot hold decimals exactly; make it a decimal.Decimal`},
		{"float of a database", numbersOf("x"), struct{ X sql.NullFloat64 }{}, `field "x": a float64 cannot hold decimals exactly; make it a decimal.Decimal`},
		{"float in a list", []Input{{Name: "x", Type: slot.ListOf(memberType)}}, struct{ X []member }{},
			`field "x.amount": a float64 cannot hold decimals exactly; make it a decimal.Decimal; field "x.ccy": record.member has no field for it; tag one ` + "`policy:\"ccy\"`"},
		{"bool for number", numbersOf("x"), struct{ X bool }{}, `field "x": a number is needed, not a Go bool`},
		{"number for text", []Input{{Name: "x", Type: slot.StringType}}, struct{ X decimal.Decimal }{}, `field "x": a text is needed, not a Go decimal.Decimal`},
		{"json.Number for text", []Input{{Name: "x", Type: slot.StringType}}, struct{ X json.Number }{}, `field "x": a text is needed, not a Go json.Number`},
		{"big number for text", []Input{{Name: "x", Type: slot.StringType}}, struct{ X *big.Int }{}, `field "x": a text is needed, not a Go *big.Int`},
		{"text for bool", []Input{{Name: "x", Type: slot.BoolType}}, struct{ X string }{}, `field "x": true or false is needed, not a Go string`},
		{"number for date", []Input{{Name: "x", Type: slot.DateType}}, struct{ X int }{}, `field "x": a date is needed, not a Go int`},
		{"json.Number for date", []Input{{Name: "x", Type: slot.DateType}}, struct{ X json.Number }{}, `field "x": a date is needed, not a Go json.Number`},
		{"bytes for list", []Input{{Name: "x", Type: slot.ListOf(slot.NumberType)}}, struct{ X []byte }{}, `field "x": a list is needed, not a Go []uint8`},
		{"time for record", []Input{{Name: "x", Type: memberType}}, struct{ X time.Time }{}, `field "x": a record is needed, not a Go time.Time`},
		{"struct for number", numbersOf("x"), struct{ X struct{ Y int } }{}, `field "x": a number is needed, not a Go struct { Y int }`},
		{"pointers without end", numbersOf("x"), struct{ X selfish }{}, `field "x": a number is needed, not pointers to pointers: record.selfish`},
		{"tag without an input", numbersOf("x"), struct {
			X int
			Y int `policy:"overdu_days"`
		}{}, `field "overdu_days": no input has the name in the tag of field Y of`},
		{"misspelt tag", numbersOf("overdue_days"), struct {
			Y int `policy:"overdu_days"`
		}{}, `did you mean "overdue_days"?`},
		{"misspelt tag of a nested field", numbersOf("a.b"), struct {
			A struct {
				B int `policy:"bb"`
			}
		}{}, `field "a.bb": no input has the name in the tag of field B of struct { B int "policy:\"bb\"" }`},
		{"tag of a hidden field", numbersOf("x"), struct {
			X int
			y int `policy:"x"`
		}{}, `field "x": field y of`},
		{"unknown option", numbersOf("x"), struct {
			X int `policy:"x,omitempty"`
		}{}, `has the unknown tag option "omitempty"; allowed: omitzero`},
		{"two tags", numbersOf("x"), struct {
			Y int `policy:"x"`
			Z int `policy:"x"`
		}{}, `field "x": struct { Y int "policy:\"x\""; Z int "policy:\"x\"" } has two fields for it: Y and Z`},
		{"number tagged as a group", numbersOf("a.b"), struct {
			A int `policy:"a"`
		}{}, `field "a": a struct is needed, but field A of struct { A int "policy:\"a\"" } is a int`},
	} {
		t.Run(test.name, func(t *testing.T) {
			b, err := New(test.inputs, Options{}).Bind(reflect.TypeOf(test.v))
			assert.Nil(t, b)
			faultsOf(t, err)
			assert.ErrorContains(t, err, test.want)
		})
	}
}

func TestBindPrefersTheClearerName(t *testing.T) {
	type inner struct {
		OverdueDays int `policy:"x"`
	}
	s := New(numbersOf("x"), Options{})
	f := frame(s)

	b, err := s.Bind(reflect.TypeFor[struct {
		inner
		X int
	}]())
	require.NoError(t, err, "a tag is clearer than a name")
	require.NoError(t, b.Read(f, struct {
		inner
		X int
	}{inner{1}, 2}))
	assertValue(t, f, number("1"))

	b, err = s.Bind(reflect.TypeFor[chain]())
	require.NoError(t, err, "the outer field hides those of the embedded struct")
	require.NoError(t, b.Read(f, chain{&chain{nil, 1}, 2}))
	assertValue(t, f, number("2"))
}

func TestOptionalInputsNeedNoField(t *testing.T) {
	s := New([]Input{{Name: "x", Type: slot.NumberType}, {Name: "override.grade", Type: slot.GradeType, Optional: true, Atom: 1}}, Options{})
	b, err := s.Bind(reflect.TypeFor[struct{ X int }]())
	require.NoError(t, err)
	f := frame(s)
	require.NoError(t, b.Read(f, struct{ X int }{1}))
	assert.Equal(t, []int{1}, atomsOf(f, f.Slots[1]))
}

func TestFloatFieldsCanBeAllowed(t *testing.T) {
	s := one(slot.NumberType, allowFloat)
	b, err := s.Bind(reflect.TypeFor[struct{ X float32 }]())
	require.NoError(t, err)
	f := frame(s)
	require.NoError(t, b.Read(f, struct{ X float32 }{0.1}))
	assertValue(t, f, number("0.1"))
}

func TestReadNamesEveryFaultOfAStruct(t *testing.T) {
	type member struct{ Amount, Ccy string }
	type customer struct {
		Name           *string
		OverdueDays    int
		Applicant      struct{ Age string }
		City           string
		LicenceExpires time.Time
		PreviousGrade  string
		Members        []member
		Blacklisted    any
		Tags           []any
		Head           *member
	}
	s := everything()
	b, err := s.Bind(reflect.TypeFor[customer]())
	require.NoError(t, err)
	c := &customer{OverdueDays: -1, Applicant: struct{ Age string }{"x"}, City: "\xff", LicenceExpires: time.Unix(1, 0).UTC(),
		PreviousGrade: "X", Members: []member{{"1", "USD"}, {"b", "USD"}}, Blacklisted: "no", Tags: []any{1}, Head: &member{}}
	f := frame(s)
	assert.Equal(t, []string{"name null", "overdue_days range", "applicant.age format", "applicant.address.city encoding",
		"licence_expires format", "previous_grade choice", "members[1].amount format", "blacklisted type", "tags[0] type",
		"head.amount format"}, faultsOf(t, b.Read(f, c)))
	for i := range f.Slots {
		assert.Equal(t, []int{i}, atomsOf(f, f.Slots[i]))
	}
}

func TestReadOfSomethingElse(t *testing.T) {
	s := New(numbersOf("x"), Options{})
	b, err := s.Bind(reflect.TypeFor[chain]())
	require.NoError(t, err)
	for _, test := range []struct {
		v    any
		want string
	}{
		{nil, "a record.chain is needed, not a <nil>"},
		{5, "a record.chain is needed, not a int"},
		{(*chain)(nil), "a record.chain is needed, not a nil pointer"},
		{ptr(&chain{}), "a record.chain is needed, not a **record.chain"},
	} {
		f := frame(s)
		assert.EqualError(t, b.Read(f, test.v), test.want)
		assert.Equal(t, []int{0}, atomsOf(f, f.Slots[0]))
	}
}

func TestOnlyStructsThatNobodyMindsAreCopied(t *testing.T) {
	type plain struct {
		X    int
		Note string
		Seen time.Time
		More struct{ Y int }
	}
	type locked struct {
		X int
		_ sync.Mutex
	}
	type list struct {
		X    int
		Rows []string
	}
	type bytes64 struct{ A, B, C, D, E, F, G, H int64 }
	type bytes512 struct{ A, B, C, D, E, F, G, H bytes64 }
	type large struct {
		X    int
		More struct{ A, B, C, D, E, F, G, H bytes512 }
	}
	type embedded struct{ plain }
	s := New(numbersOf("x"), Options{})
	for _, c := range []struct {
		v      any
		copied bool
	}{{&plain{X: 7}, true}, {&embedded{plain{X: 7}}, true}, {&locked{X: 7}, false}, {&list{X: 7}, false}, {&large{X: 7}, false}} {
		b, err := s.Bind(reflect.TypeOf(c.v))
		require.NoError(t, err)
		assert.Equal(t, c.copied, b.copied, "%T", c.v)
		f := frame(s)
		require.NoError(t, b.Read(f, c.v))
		assertValue(t, f, slot.Num(exact.Int(7)))
	}
}

// TestCopiedAndUncopiedReadTheSame reads the same fields from a struct that is copied and from one that is not.
func TestCopiedAndUncopiedReadTheSame(t *testing.T) {
	type money exact.Number
	type days int
	type fields struct {
		A exact.Number
		B money
		C decimal.Decimal
		D int
		E days
		F int64
		G json.Number
		H string
		I bool
		J *int
		K sql.NullInt64
		L time.Time
		M int `policy:"m,omitzero"`
		N uint8
		O any
	}
	type copied struct{ fields }
	type uncopied struct {
		fields
		_ sync.Mutex
	}
	kinds := map[string]*slot.Type{"h": slot.StringType, "i": slot.BoolType, "l": slot.DateType}
	var inputs []Input
	for i, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "left_out"} {
		in := Input{Name: name, Type: slot.NumberType, Atom: i, Optional: name == "left_out"}
		if k := kinds[name]; k != nil {
			in.Type = k
		}
		if name == "d" {
			in.Max = new(exact.Int(5))
		}
		inputs = append(inputs, in)
	}
	s := New(inputs, Options{})
	half, _ := exact.Ratio(1, 2)
	for _, x := range []fields{
		{},
		{half, money(half), decimal.New(125, -2), 3, 4, 5, "6.50", "建材", true, ptr(7), sql.NullInt64{Int64: 8, Valid: true},
			time.Date(2024, 6, 30, 0, 0, 0, 0, time.UTC), 9, 10, 11},
		{G: "0"},
		{D: 6, G: "1.5.2", H: "\xff", O: "x"},
	} {
		one, two := frame(s), frame(s)
		b, err := s.Bind(reflect.TypeFor[copied]())
		require.NoError(t, err)
		require.True(t, b.copied)
		c, err := s.Bind(reflect.TypeFor[uncopied]())
		require.NoError(t, err)
		require.False(t, c.copied)
		for range 2 { // the second time in memory that has been used
			assert.Equal(t, c.Read(two, &uncopied{fields: x}), b.Read(one, &copied{x}))
			for i := range one.Slots {
				a, b := one.Slots[i], two.Slots[i]
				assert.Equal(t, two.Atoms(nil, b.Absent), one.Atoms(nil, a.Absent), inputs[i].Name)
				a.Absent, b.Absent = 0, 0 // the fields are read in another order
				assert.Equal(t, b, a, inputs[i].Name)
			}
			one.Reset(s.Len())
			two.Reset(s.Len())
		}
	}
}

func TestReadKeepsNothingOfAStructThatComesByValue(t *testing.T) {
	s := one(slot.StringType)
	type customer struct{ X *string }
	b, err := s.Bind(reflect.TypeFor[customer]())
	require.NoError(t, err)
	f := frame(s)
	for _, x := range []*string{ptr("a"), nil, ptr("b")} {
		require.NoError(t, b.Read(f, customer{x}))
		if x == nil {
			assert.Equal(t, slot.Missing, f.Slots[0].Kind)
			continue
		}
		assertValue(t, f, slot.Text(*x))
	}
}
