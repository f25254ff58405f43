package record

import (
	"reflect"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// loans is a list of records of which much is declared, beside a record with a list in it.
func loans() *Schema {
	zero, five := 0, exact.Int(5)
	loan := Input{
		Type: &slot.Type{Kind: slot.Record, Fields: []slot.Field{
			{Name: "amount", Type: slot.NumberType, Atom: 1}, {Name: "ccy", Type: slot.StringType, Atom: 2}, {Name: "due", Type: slot.DateType, Atom: 3},
		}},
		Fields: []Input{
			{Name: "amount", Type: slot.NumberType, Required: true, Min: new(exact.Number), Decimals: &zero},
			{Name: "ccy", Type: slot.StringType, OneOf: []slot.Value{slot.Text("CNY"), slot.Text("USD")}},
			{Name: "due", Type: slot.DateType, MinDate: day("2024-01-01")},
		},
	}
	marks := Input{Name: "marks", Type: slot.ListOf(slot.NumberType), Item: &Input{Type: slot.NumberType, Required: true, Max: &five}}
	return New([]Input{
		{Name: "loans", Type: slot.ListOf(loan.Type), Item: &loan},
		{Name: "school", Type: &slot.Type{Kind: slot.Record, Fields: []slot.Field{{Name: "marks", Type: marks.Type, Atom: 4}}}, Fields: []Input{marks}, Optional: true},
	}, Options{})
}

func TestWhatIsDeclaredOfPartsHolds(t *testing.T) {
	for _, test := range []struct {
		name, record string
		want         []string
	}{
		{"all well", `{"loans": [{"amount": 0, "ccy": "USD", "due": "2024-01-01"}, {"amount": 5}], "school": {"marks": [5, -1]}}`, nil},
		{"null lists", `{"loans": null, "school": {"marks": null}}`, nil},
		{"below the least", `{"loans": [{"amount": 1}, {"amount": -1}]}`, []string{`field "loans[1].amount": -1 is out of range; allowed: 0 or more`}},
		{"too fine", `{"loans": [{"amount": 1.5}]}`, []string{`field "loans[0].amount": 1.5 is not a whole number`}},
		{"absent", `{"loans": [{"ccy": "CNY"}]}`, []string{`field "loans[0].amount": it is required, but absent`}},
		{"null", `{"loans": [{"amount": null}]}`, []string{`field "loans[0].amount": it is required, but null`}},
		{"no choice", `{"loans": [{"amount": 1, "ccy": "EUR"}]}`, []string{`field "loans[0].ccy": "EUR" is not one of the values allowed; allowed: CNY, USD`}},
		{"too early", `{"loans": [{"amount": 1, "due": "2023-12-31"}]}`, []string{`field "loans[0].due": 2023-12-31 is out of range; allowed: 2024-01-01 or later`}},
		{"in a list in a record", `{"school": {"marks": [1, 5.1]}}`, []string{`field "school.marks[1]": 5.1 is out of range; allowed: 5 or less`}},
		{"null in a list", `{"school": {"marks": [1, null]}}`, []string{`field "school.marks[1]": it is required, but null`}},
		{"all at once", `{"loans": [{"amount": -1, "ccy": "x"}, {}, {"amount": "much"}]}`, []string{
			`field "loans[0].amount": -1 is out of range; allowed: 0 or more`, `field "loans[0].ccy": "x" is not one of the values allowed; allowed: CNY, USD`,
			`field "loans[1].amount": it is required, but absent`, `field "loans[2].amount": "much" is not a number`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := loans()
			m, err := ParseRecord([]byte(test.record))
			require.NoError(t, err)
			for how, err := range map[string]error{"JSON": s.ReadJSON(frame(s), []byte(test.record)), "map": s.ReadMap(frame(s), m)} {
				if test.want == nil {
					require.NoError(t, err, how)
					continue
				}
				require.Error(t, err, how)
				got := err.(Errors)
				require.Len(t, got, len(test.want), how)
				for i := range got {
					assert.Contains(t, got[i].Error(), test.want[i], how)
				}
			}
		})
	}
}

func TestWhatIsDeclaredOfPartsHoldsInCellsAndStructs(t *testing.T) {
	s := loans()
	columns, err := s.Columns([]string{"loans"})
	require.NoError(t, err)
	assert.EqualError(t, columns.ReadRow(frame(s), []string{`[{"amount": -1}, {}]`}),
		`field "loans[0].amount": -1 is out of range; allowed: 0 or more; field "loans[1].amount": it is required, but absent`)

	type loan struct {
		Amount decimal.NullDecimal
		Ccy    *string
		Due    string
	}
	type customer struct{ Loans []loan }
	one := decimal.NullDecimal{Decimal: decimal.NewFromInt(1), Valid: true}
	for _, x := range []struct {
		loans []loan
		want  string
	}{
		{[]loan{{Amount: one, Due: "2024-01-01"}}, ""},
		{[]loan{{Amount: one, Due: "2024-01-01"}, {Due: "2024-01-01"}}, `field "loans[1].amount": it is required, but null`},
		{[]loan{{Amount: one, Due: "2020-01-01"}}, `field "loans[0].due": 2020-01-01 is out of range; allowed: 2024-01-01 or later`},
		{[]loan{{Amount: decimal.NullDecimal{Decimal: decimal.New(15, -1), Valid: true}, Due: "2024-01-01"}}, `field "loans[0].amount": 1.5 is not a whole number`},
	} {
		b, err := s.Bind(reflect.TypeFor[customer]())
		require.NoError(t, err)
		for _, v := range []any{customer{x.loans}, &customer{x.loans}} {
			if err := b.Read(frame(s), v); x.want != "" {
				assert.EqualError(t, err, x.want)
			} else {
				assert.NoError(t, err)
			}
		}
		if err := s.ReadMap(frame(s), map[string]any{"loans": x.loans}); x.want != "" {
			assert.EqualError(t, err, x.want, "structs in a map")
		} else {
			assert.NoError(t, err)
		}
	}
}

func TestAllowsLooksIntoParts(t *testing.T) {
	s := loans()
	loan := func(amount, ccy slot.Value) *slot.Value {
		v := slot.Items([]slot.Value{slot.Fields([]slot.Value{amount, ccy, {}})})
		return &v
	}
	in := s.Input(0)
	assert.True(t, in.Allows(loan(number("0"), slot.Text("CNY"))))
	assert.True(t, in.Allows(loan(number("0"), slot.Value{})))
	assert.False(t, in.Allows(loan(number("-1"), slot.Text("CNY"))))
	assert.False(t, in.Allows(loan(number("1"), slot.Text("EUR"))))
	assert.False(t, in.Allows(loan(slot.Value{}, slot.Text("CNY"))), "the amount is required")
}

func TestAnOverrideIsSigned(t *testing.T) {
	s := New([]Input{
		{Name: "override.grade", Type: slot.StringType, Optional: true}, {Name: "override.limit", Type: slot.NumberType, Optional: true},
		{Name: "override.by", Type: slot.StringType, Optional: true, With: []int{0, 1}},
	}, Options{})
	const absent = `field "override.by": it is required together with override.grade, but absent`
	for record, want := range map[string]string{
		`{}`:                         "",
		`{"override": {"by": "Li"}}`: "",
		`{"override": {"grade": "A", "by": "Li"}}`:                 "",
		`{"override": {"grade": "A"}}`:                             absent,
		`{"override.grade": "A", "override.by": null}`:             absent,
		`{"override": {"grade": "A", "by": "  "}}`:                 absent,
		`{"override": {"limit": 5}}`:                               `field "override.by": it is required together with override.limit, but absent`,
		`{"override": {"grade": "A", "by": 5}}`:                    `field "override.by": a text is needed, not the number 5; put it in quotes, so that no leading zero is lost`,
		`{"override": {"limit": "much", "by": null}}`:              `field "override.limit": "much" is not a number`,
		`{"override": {"limit": null, "grade": null, "by": null}}`: "",
	} {
		err := s.ReadJSON(frame(s), []byte(record))
		if want == "" {
			require.NoError(t, err, record)
			continue
		}
		require.Error(t, err, record)
		assert.Contains(t, err.Error(), want, record)
		assert.Len(t, err.(Errors), 1, record)
	}
}
