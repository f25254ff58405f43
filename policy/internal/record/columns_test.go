package record

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
)

func TestReadRow(t *testing.T) {
	s := everything()
	columns, err := s.Columns([]string{"\uFEFFname", "dpd", "applicant.age", "city", "licence_expires", "previous_grade", "members", "blacklisted"})
	require.NoError(t, err)
	f := frame(s)
	require.NoError(t, columns.ReadRow(f, []string{"华北矿业", "5", "", "西安", "2026-12-31", "B", `[{"amount": 1.50, "ccy": "USD"}]`, "false"}))
	for i, want := range []slot.Value{slot.Text("华北矿业"), number("5"), slot.Gone(f.Blame(2)), slot.Text("西安"), date("2026-12-31"), grade("B"),
		slot.Items([]slot.Value{slot.Fields([]slot.Value{number("1.5"), slot.Text("USD")})}), slot.Truth(false), slot.Gone(f.Blame(8)), slot.Gone(f.Blame(9))} {
		assertSlot(t, f, i, want)
	}
}

func TestACellMayBeAsSpreadsheetsWriteIt(t *testing.T) {
	for cell, want := range map[string]slot.Value{
		"TRUE": slot.Truth(true), "FALSE": slot.Truth(false), "True": slot.Truth(true), "true": slot.Truth(true), "fAlse": slot.Truth(false),
		"2024/6/30": date("2024-06-30"), "2024-6-30": date("2024-06-30"), "2024/06/30": date("2024-06-30"), "2024-06-30": date("2024-06-30"),
		"2024/12/1": date("2024-12-01"), "2024/1/9": date("2024-01-09"), "0001/1/1": date("0001-01-01"),
	} {
		s := one(&slot.Type{Kind: want.Kind})
		columns, err := s.Columns([]string{"x"})
		require.NoError(t, err)
		f := frame(s)
		require.NoError(t, columns.ReadRow(f, []string{cell}), cell)
		assertSlot(t, f, 0, want)
		require.Error(t, s.ReadMap(f, map[string]any{"x": map[bool]any{true: "TRUE", false: "2024/6/30"}[want.Kind == slot.Bool]}), "JSON and maps stay strict")
	}
}

func TestReadRowRefuses(t *testing.T) {
	numbers := slot.ListOf(slot.NumberType)
	for _, test := range []struct {
		name string
		t    *slot.Type
		cell string
		want string
	}{
		{"thousands", slot.NumberType, "1,000", `"1,000" is not a number; leave out the comma (1000 or 1_000)`},
		{"percent", slot.NumberType, "5%", `"5%" is not a number; write 0.05`},
		{"space", slot.NumberType, " 5", `" 5" is not a number; leave out the space around 5`},
		{"blank", slot.NumberType, "  ", `"  " is not a number; it is blank`},
		{"null", slot.NumberType, "NULL", `"NULL" is not a number; leave it out where there is no number`},
		{"long number", slot.NumberType, strings.Repeat("1", 1<<20), `the number is too long: "` + strings.Repeat("1", 40) + `"…; it is longer than 64 characters`},
		{"TRUE with a space", slot.BoolType, "TRUE ", `"TRUE " is not true or false; write true`},
		{"yes", slot.BoolType, "yes", `"yes" is not true or false; write true`},
		{"是", slot.BoolType, "是", `"是" is not true or false; write true`},
		{"1", slot.BoolType, "1", `"1" is not true or false; write true`},
		{"0", slot.BoolType, "0", `"0" is not true or false; write false`},
		{"perhaps", slot.BoolType, "perhaps", `"perhaps" is not true or false; write true or false`},
		{"long bool", slot.BoolType, strings.Repeat("1", 1000), `"` + strings.Repeat("1", 40) + `…" is not true or false; write true or false`},
		{"the day first", slot.DateType, "30/6/2024", `"30/6/2024" is not a date; write 2024-06-30`},
		{"two digits of a year", slot.DateType, "24/6/30", `"24/6/30" is not a date; write it as 2024-06-30`},
		{"no such day", slot.DateType, "2024/6/31", `"2024/6/31" is not a date; there is no day 31 in June 2024`},
		{"mixed separators", slot.DateType, "2024/6-30", `"2024/6-30" is not a date; write 2024-06-30`},
		{"a day and a time", slot.DateType, "2024/6/30 0:00", `"2024/6/30 0:00" is not a date`},
		{"dots", slot.DateType, "2024.6.30", `"2024.6.30" is not a date; write 2024-06-30`},
		{"nothing between", slot.DateType, "2024//30", `"2024//30" is not a date`},
		{"grade", slot.GradeType, "b", `"b" is not a grade; did you mean "B"? allowed: A, B, C, D, M`},
		{"GBK", slot.StringType, "\xbf\xf3", `"�" is not UTF-8; save the file as UTF-8`},
		{"long text", slot.StringType, strings.Repeat("a", MaxText+1), `the text has 65537 bytes, at most 65536 are allowed`},
		{"list without JSON", numbers, "1;2", `not JSON: invalid character ';' at start of value (at character 2); a list in a cell is written as JSON: [12.5, ...]`},
		{"broken JSON", numbers, `["b", 2`, `not JSON: it ends too early; a list in a cell is written as JSON: [12.5, ...]`},
		{"two values", numbers, `[1] [2]`, `something follows the JSON value (at character 5); a list in a cell is written as JSON: [12.5, ...]`},
		{"record without JSON", memberType, "USD 5", `not JSON: invalid character 'U' at start of value (at character 1); a record in a cell is written as JSON: {"amount": 12.5, ...}`},
		{"JSON of another type", numbers, "1", `a list is needed, not the number 1`},
		{"long JSON", numbers, strings.Repeat("1", MaxRecord+1), `the cell has 1048577 bytes, at most 1048576 are allowed`},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := one(test.t)
			columns, err := s.Columns([]string{"x"})
			require.NoError(t, err)
			f := frame(s)
			err = columns.ReadRow(f, []string{test.cell})
			require.Error(t, err)
			assert.Contains(t, strings.TrimPrefix(err.Error(), `field "x": `), test.want)
			assert.Equal(t, slot.Missing, f.Slots[0].Kind)
			assert.Equal(t, []int{7}, atomsOf(f, f.Slots[0]))
		})
	}
}

func TestNullInACellOfJSONIsMissing(t *testing.T) {
	s := one(slot.ListOf(slot.NumberType), required)
	columns, err := s.Columns([]string{"x"})
	require.NoError(t, err)
	assert.EqualError(t, columns.ReadRow(frame(s), []string{"null"}), `field "x": it is required, but null`)
	assert.EqualError(t, columns.ReadRow(frame(s), []string{""}), `field "x": it is required, but the cell is empty`)
}

func TestFaultsOfItemsInACell(t *testing.T) {
	s := one(slot.ListOf(memberType))
	columns, err := s.Columns([]string{"x"})
	require.NoError(t, err)
	f := frame(s)
	assert.EqualError(t, columns.ReadRow(f, []string{`[{"amount": "b"}, {"amount": 1, "amount": 2}, {"q": 1}]`}),
		`field "x[0].amount": "b" is not a number; write digits, and a point before the decimals, as in 1234.5; field "x[1].amount": it is there twice; field "x[2].q": no input has this name`)
	// Of what cannot be read to its end only that is told.
	assert.Equal(t, []string{"x syntax"}, faultsOf(t, columns.ReadRow(f, []string{`[{"amount": "b"}, {"q": 1}, {"amount": "c`})))
}

func TestRowsOfAnotherLength(t *testing.T) {
	s := everything()
	columns, err := s.Columns([]string{"name", "dpd"})
	require.NoError(t, err)
	for _, test := range []struct {
		cells []string
		want  string
	}{
		{[]string{"a"}, "the row has 1 cell, the header 2"},
		{nil, "the row has 0 cells, the header 2"},
		{[]string{"a", "1", "000"}, "the row has 3 cells, the header 2; put cells that contain a comma in double quotes"},
	} {
		f := frame(s)
		assert.EqualError(t, columns.ReadRow(f, test.cells), test.want)
		for i := range f.Slots {
			assert.Equal(t, slot.Missing, f.Slots[i].Kind)
			assert.Equal(t, []int{i}, atomsOf(f, f.Slots[i]))
		}
	}
}

func TestHeaders(t *testing.T) {
	s := New([]Input{
		{Name: "name", Type: slot.StringType, Required: true},
		{Name: "overdue_days", From: "最长逾期天数", Type: slot.NumberType},
		{Name: "applicant.age", Type: slot.NumberType, Required: true},
	}, Options{})
	for _, test := range []struct {
		header []string
		want   string
	}{
		{[]string{"name", "applicant.age"}, ""},
		{[]string{"最长逾期天数", "applicant.age", "name"}, ""},
		{[]string{"overdue_days"}, `field "name": it is required, but there is no such column; field "applicant.age": it is required, but there is no such column`},
		{[]string{"name", "applicant.age", "name"}, `field "name": the column is there twice (name and name)`},
		{[]string{"name", "applicant.age", "overdue_days", "最长逾期天数"}, `field "最长逾期天数": the column is there twice (overdue_days and 最长逾期天数)`},
		{[]string{"name", "applicant.age", "逾期天数"}, `field "逾期天数": no input has the name of column 3; did you mean "最长逾期天数"?`},
		{[]string{"name", "applicant.age", "applicant"}, `field "applicant": no input has the name of column 3`},
		{[]string{"name", "applicant.age", " overdue_days"}, `field " overdue_days": no input has the name of column 3; leave out the space around overdue_days`},
		{[]string{"name", "applicant.age", ""}, `column 3 has no name; name it, or leave it out`},
		{[]string{"name", "applicant.age", "zz", "zz"}, `field "zz": the column is there twice; field "zz": no input has the name of column 3`},
		{[]string{"name;applicant.age"}, `the columns are separated by semicolons: "name;applicant.age"; save the file with commas`},
		{[]string{"name\tapplicant.age"}, `the columns are separated by tabs: "name\tapplicant.age"; save the file with commas`},
		{[]string{"name，applicant.age"}, `the columns are separated by Chinese commas: "name，applicant.age"; save the file with commas`},
		{nil, `field "name": it is required, but there is no such column; field "applicant.age": it is required, but there is no such column`},
	} {
		columns, err := s.Columns(test.header)
		if test.want == "" {
			require.NoError(t, err)
			require.NotNil(t, columns)
			continue
		}
		assert.Nil(t, columns)
		require.Error(t, err, test.header)
		assert.Contains(t, err.Error(), test.want, test.header)
	}

	lenient := New([]Input{{Name: "name", Type: slot.StringType}}, Options{AllowUnknown: true})
	columns, err := lenient.Columns([]string{"", "name", "q", ""})
	require.NoError(t, err)
	f := frame(lenient)
	require.NoError(t, columns.ReadRow(f, []string{"1", "2", "3", "4"}))
	assertValue(t, f, slot.Text("2"))
	_, err = lenient.Columns([]string{"name "})
	assert.Error(t, err, "a space more is a slip, not another column")

	_, err = s.Columns(strings.Split(strings.Repeat("q,", 5000), ","))
	assert.Len(t, faultsOf(t, err), MaxFaults+1)
}
