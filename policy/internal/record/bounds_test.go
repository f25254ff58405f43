package record

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

func TestBounds(t *testing.T) {
	third, _ := exact.Ratio(1, 3)
	industries := []slot.Value{slot.Text("矿业"), slot.Text("冶金"), slot.Text("电力")}
	for _, test := range []struct {
		name string
		in   Input
		good []any
		bad  map[any]string // the message
	}{
		{"min and max", Input{Type: slot.NumberType, Min: num("0"), Max: num("100")}, []any{0, 100, "99.999"}, map[any]string{
			-1: "-1 is out of range; allowed: 0 or more and 100 or less", "100.0001": "100.0001 is out of range; allowed: 0 or more and 100 or less"}},
		{"above and below", Input{Type: slot.NumberType, Above: num("0"), Below: num("1")}, []any{"0.0001", "0.9"}, map[any]string{
			0: "0 is out of range; allowed: above 0 and below 1", 1: "1 is out of range; allowed: above 0 and below 1"}},
		{"whole", Input{Type: slot.NumberType, Decimals: ptr(0)}, []any{5, "5.00", "-3e2", "50e-1"}, map[any]string{
			"5.5": "5.5 is not a whole number", third: "0.333333333333 is not a whole number"}},
		{"two decimals", Input{Type: slot.NumberType, Decimals: ptr(2)}, []any{5, "5.25", "5.2500", "-0.01"}, map[any]string{
			"5.255": "5.255 is finer than 2 decimals", third: "0.333333333333 is finer than 2 decimals"}},
		{"ranges", Input{Type: slot.NumberType, Min: num("0"), Ranges: []Range{{*num("12.1"), *num("14.6")}, {*num("29.1"), *num("44.6")}}},
			[]any{"12.1", 13, "44.6"}, map[any]string{15: "15 is out of range; allowed: 0 or more; 12.1 to 14.6 or 29.1 to 44.6"}},
		{"only ranges", Input{Type: slot.NumberType, Ranges: []Range{{*num("1"), *num("2")}}}, []any{1, 2}, map[any]string{
			3: "3 is out of range; allowed: 1 to 2"}},
		{"numbers to choose from", Input{Type: slot.NumberType, OneOf: []slot.Value{number("1.50"), number("2")}}, []any{"1.5", "2.0"}, map[any]string{
			3: "3 is not one of the values allowed; allowed: 1.5, 2"}},
		{"texts to choose from", Input{Type: slot.StringType, OneOf: industries}, []any{"矿业"}, map[any]string{
			"矿山": `"矿山" is not one of the values allowed; did you mean "矿业"? allowed: 矿业, 冶金, 电力`,
			"":   `"" is not one of the values allowed; allowed: 矿业, 冶金, 电力`}},
		{"grades to choose from", Input{Type: slot.GradeType, OneOf: []slot.Value{grade("A"), grade("B")}}, []any{"A"}, map[any]string{
			"C": "C is not one of the values allowed; allowed: A, B"}},
		{"only yes", Input{Type: slot.BoolType, OneOf: []slot.Value{slot.Truth(true)}}, []any{true}, map[any]string{
			false: "false is not one of the values allowed; allowed: true"}},
		{"days to choose from", Input{Type: slot.DateType, OneOf: []slot.Value{date("2024-06-30")}}, []any{"2024-06-30"}, map[any]string{
			"2024-07-01": `2024-07-01 is not one of the values allowed; did you mean "2024-06-30"? allowed: 2024-06-30`}},
		{"days", Input{Type: slot.DateType, MinDate: day("2024-01-01"), MaxDate: day("2024-12-31")}, []any{"2024-01-01", "2024-12-31"}, map[any]string{
			"2023-12-31": "2023-12-31 is out of range; allowed: 2024-01-01 or later and 2024-12-31 or earlier",
			"2025-01-01": "2025-01-01 is out of range; allowed: 2024-01-01 or later and 2024-12-31 or earlier"}},
		{"length in characters", Input{Type: slot.StringType, MaxLen: 4}, []any{"abcd", "客户名称"}, map[any]string{
			"客户名称一": `"客户名称一" has 5 characters, at most 4 are allowed`}},
		{"nothing to choose from", Input{Type: slot.StringType, OneOf: []slot.Value{}}, nil, map[any]string{
			"a": `"a" is not one of the values allowed; none is allowed`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.in.Name = "x"
			s := New([]Input{test.in}, Options{Grades: grades})
			for _, v := range test.good {
				assert.NoError(t, s.ReadMap(frame(s), map[string]any{"x": v}), v)
			}
			for v, message := range test.bad {
				f := frame(s)
				assert.EqualError(t, s.ReadMap(f, map[string]any{"x": v}), `field "x": `+message, v)
				assert.Equal(t, slot.Missing, f.Slots[0].Kind)
			}
		})
	}
}

func TestBoundsOfLists(t *testing.T) {
	s := New([]Input{{Name: "x", Type: slot.ListOf(slot.NumberType), MaxLen: 2}}, Options{})
	assert.NoError(t, s.ReadJSON(frame(s), []byte(`{"x": [1, 2]}`)))
	assert.EqualError(t, s.ReadJSON(frame(s), []byte(`{"x": [1, 2, 3]}`)), `field "x": the list has 3 items, at most 2 are allowed`)
}

func TestALongListOfChoicesIsCut(t *testing.T) {
	var choices []slot.Value
	for i := range 30 {
		choices = append(choices, slot.Text("sector "+strings.Repeat("i", i)))
	}
	s := New([]Input{{Name: "x", Type: slot.StringType, OneOf: choices}}, Options{})
	err := s.ReadMap(frame(s), map[string]any{"x": strings.Repeat("客", 500)})
	assert.ErrorContains(t, err, "and 18 more")
	assert.Less(t, len(err.Error()), 600)
}
