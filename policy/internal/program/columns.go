package program

import (
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/record"
	"github.com/tallystick-go/tallystick/policy/internal/table"
)

// bound notes what the column can hold, as far as that is known.
func (t *tableLinker) bound(c *table.Column) {
	c.Domain = table.All(c.Type.Kind)
	switch c.Type.Kind {
	case slot.Bool:
		c.Domain = ranks(slot.Bool, 2)
	case slot.Grade:
		c.Domain = ranks(slot.Grade, len(t.grades))
	}
	if c.Fetch != nil {
		return
	}
	if t.isInput(c.Slot) {
		boundByInput(c, &t.program.Inputs[c.Slot])
	} else if outcomes, known := t.outcomes[c.Slot]; known {
		c.Domain = outcomes
	}
}

// ranks returns the set of the first n grades, or of false and true.
func ranks(k slot.Kind, n int) table.Set {
	values := make([]slot.Value, n)
	for i := range values {
		values[i] = slot.Value{Kind: k, Int: int64(i)}
	}
	return table.OneOf(k, values...)
}

// boundByInput narrows the column to what the record's rules let through.
func boundByInput(c *table.Column, in *record.Input) {
	k := c.Type.Kind
	span := table.Span{NoLow: true, NoHigh: true}
	if x := either(in.Min, in.Above); x != nil {
		span.Low, span.NoLow, span.LowOpen = *x, false, in.Min == nil
	}
	if x := either(in.Max, in.Below); x != nil {
		span.High, span.NoHigh, span.HighOpen = *x, false, in.Max == nil
	}
	if in.MinDate != nil {
		span.Low, span.NoLow = exact.Int(int64(*in.MinDate)), false
	}
	if in.MaxDate != nil {
		span.High, span.NoHigh = exact.Int(int64(*in.MaxDate)), false
	}
	if k == slot.Number || k == slot.Date {
		c.Domain = table.Within(k, span)
	}
	if len(in.Ranges) > 0 {
		spans := make([]table.Span, len(in.Ranges))
		for i, r := range in.Ranges {
			spans[i] = table.Span{Low: r.Min, High: r.Max}
		}
		c.Domain = c.Domain.And(table.Within(k, spans...))
	}
	if in.OneOf != nil {
		c.Domain = c.Domain.And(table.OneOf(k, in.OneOf...))
	}
	if in.Decimals != nil {
		c.Places = *in.Decimals
	}
	if in.Required {
		c.Domain.Missing = table.Refused
	}
}
