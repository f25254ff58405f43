package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Rows are counted from 1. There is none before the first, and none after the last.
func TestEveryRowHasItsCodeAndItsReason(t *testing.T) {
	text := func(s string) Title { return doc.Bilingual(s, s) }
	for name, m := range map[string]interface {
		Method
		Tabular
	}{
		"bands":       &Bands{Rows: []Band{{Code: "one", Reason: text("first")}, {Code: "two", Reason: text("second")}}},
		"rules":       &Rules{Rows: []Rule{{Code: "one", Reason: text("first")}, {Code: "two", Reason: text("second")}}},
		"occurrences": &Occurrences{Rows: []Occurrence{{Code: "one", Reason: text("first")}, {Code: "two", Reason: text("second")}}},
		"categories":  &Categories{Rows: []Category{{Code: "one", Reason: text("first")}}, Otherwise: &Category{Code: "two", Reason: text("second")}},
		"no other":    &Categories{Rows: []Category{{Code: "one", Reason: text("first")}, {Code: "two", Reason: text("second")}}},
	} {
		var codes, reasons []string
		for i := -1; i <= 4; i++ {
			code, reason := m.Row(i)
			codes, reasons = append(codes, code), append(reasons, reason.In("en"))
		}
		assert.Equal(t, []string{"", "", "one", "two", "", ""}, codes, name)
		assert.Equal(t, []string{"", "", "first", "second", "", ""}, reasons, name)
	}
}

func TestEveryRowTellsWhenItHolds(t *testing.T) {
	above5 := When(func(*Frame) (bool, Absence) { return true, 0 })
	above5.Source = name("x > 5")
	for what, x := range map[string]struct {
		method RowTeller
		want   []string
	}{
		"bands":      {&Bands{Rows: []Band{{Min: num("5")}, {}}}, []string{"", "", "≥ 5", "any other", "", ""}},
		"rules":      {&Rules{Rows: []Rule{{When: above5}, {}}}, []string{"", "", "x > 5", "any other", "", ""}},
		"categories": {&Categories{Rows: []Category{{Values: []string{"a", "b"}}}, Otherwise: new(Category)}, []string{"", "", "a, b", "any other", "", ""}},
		"best":       {&Best{new(Bands), new(Linear)}, []string{"", "", new(Bands).Describe("en"), new(Linear).Describe("en"), "", ""}},
	} {
		var got []string
		for i := -1; i <= 4; i++ {
			got = append(got, x.method.RowText(i, "en"))
		}
		assert.Equal(t, x.want, got, what)
	}
}

func TestTheFirstRowHasACode(t *testing.T) {
	b := &Bands{Rows: []Band{{Min: num("5"), Points: Const(n("10")), Code: "good"}, {Points: Const(n("0")), Code: "poor"}}}
	for i, want := range map[int]string{-1: "", 0: "", 1: "good", 2: "poor", 3: ""} {
		code, _ := rowOf(b, i)
		assert.Equal(t, want, code, i)
	}
}
