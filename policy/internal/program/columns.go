package program

import (
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/bounds"
	"github.com/tallystick-go/tallystick/policy/internal/table"
)

// bound notes what the column can hold, as far as that is known.
func (t *tableLinker) bound(c *table.Column) {
	if c.Fetch != nil {
		r := bounds.Anything(c.Type, "")
		if c.Domain = r.Set; c.Type.Kind == slot.Grade {
			c.Domain = ranks(slot.Grade, len(t.grades))
		}
		return
	}
	c.Domain, c.Places = sets.All(c.Type.Kind), -1
	if v, ok := t.space.Slot(c.Slot); ok {
		c.Domain, c.Places = v.Set, v.Places
		if v.CanMiss() {
			c.Domain.Missing = sets.Unknown
		}
	}
}
