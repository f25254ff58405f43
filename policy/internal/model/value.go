package model

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/scoring"
)

// Value is something with a name that is worked out for each customer, in one of three ways: by an expression (Expr), by a
// decision table (Rows), or by a scoring method, whose points are then a number like any other.
type Value struct {
	doc.At
	Title doc.Title `key:"title" doc:"the name for people"`
	Type  string    `key:"type,oneof=number|string|bool|date|grade" doc:"what it is, where a table's results could be read in several ways"`
	Expr  slot.Any  `key:"expr,short" doc:"an expression"`

	Rows      []Row       `key:"rows" doc:"决策表: the rows of a decision table"`
	Hit       string      `key:"hit,oneof=first|unique|any|priority|output_order|list|sum|min|max|count" doc:"of a table: which of the rows that hold count: first (unsaid), unique, any, priority, output_order, list, sum, min, max or count"`
	Order     []*doc.Node `key:"order" doc:"with hit priority or output_order: the results from the first to the last"`
	Otherwise *doc.Node   `key:"otherwise" doc:"of a table: the result where no row holds"`

	Of     slot.Any       `key:"of" doc:"with a scoring method: the expression that it looks at"`
	Method scoring.Method `key:"*"`

	Missing slot.Any `key:"missing" doc:"the expression that stands in where the value is missing"`
}

// DocDetails says that there is one way to work the value out, and what the results of a table can be.
func (*Value) DocDetails() doc.Details {
	return doc.Details{
		OneOf: []string{"expr", "rows", "*"},
		Keys: map[string][]any{
			"rows": {doc.Shape{Of: []Row{}, Least: 1}}, "order": {[]string{}}, "otherwise": aResult,
		},
	}
}

// aResult are the shapes of a result: a value, or a map of names to values.
var aResult = []any{"", doc.Shape{Of: doc.Dict[string]{}, Least: 1}}

// Row is a row of a decision table: a key that is none of these is a column, the name of an input, a value or a result, and
// its value says what the column must be. All must hold.
type Row struct {
	doc.At
	Cells []doc.Pair     `key:"*" doc:"a column: a value, a list of values, or {min, above, max, below, at_least, at_most, not, missing}"`
	When  slot.Condition `key:"when" doc:"a condition that must hold as well"`
	Is    *doc.Node      `key:"is" doc:"the result: a value, or a map of names to values"`
	Of    slot.Any       `key:"of" doc:"the result as an expression"`
}

// DocDetails says what a cell and a result can be.
func (*Row) DocDetails() doc.Details {
	return doc.Details{Keys: map[string][]any{"*": {cell{}}, "is": aResult}}
}

// cell describes the cells of a column, which the package table reads by the type of the column.
type cell struct{}

// DocShapes says that a map of conditions is read, a list of cells, or a value.
func (*cell) DocShapes() []any {
	return []any{doc.Shape{Of: conditions{}, Least: 1}, doc.Shape{Of: []cell{}, Least: 1}, ""}
}

// conditions are the keys of a cell that is a map.
type conditions struct {
	Min     *doc.Node `key:"min" doc:"least value, included (a number or a date)"`
	Above   *doc.Node `key:"above" doc:"lower bound, not included"`
	Max     *doc.Node `key:"max" doc:"greatest value, included (a number or a date)"`
	Below   *doc.Node `key:"below" doc:"upper bound, not included"`
	AtLeast string    `key:"at_least" doc:"this grade or a better one"`
	AtMost  string    `key:"at_most" doc:"this grade or a worse one"`
	Not     cell      `key:"not" doc:"anything but this: a value, a list of values, or bounds"`
	Missing bool      `key:"missing" doc:"true: there is no value; false: there is one"`
}

// DocDetails says what bounds are.
func (*conditions) DocDetails() doc.Details {
	return doc.Details{Keys: map[string][]any{"min": aBound, "above": aBound, "max": aBound, "below": aBound}}
}
