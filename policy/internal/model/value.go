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

// Row is a row of a decision table: a key that is none of these is a column, the name of an input, a value or a result, and
// its value says what the column must be. All must hold.
type Row struct {
	doc.At
	Cells []doc.Pair     `key:"*" doc:"a column: a value, a list of values, or {min, above, max, below, at_least, at_most, not, missing}"`
	When  slot.Condition `key:"when" doc:"a condition that must hold as well"`
	Is    *doc.Node      `key:"is" doc:"the result: a value, or a map of names to values"`
	Of    slot.Any       `key:"of" doc:"the result as an expression"`
}
