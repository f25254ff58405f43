package policy

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/scoring"
)

// find returns an input, a value or a result by its name, or a field of one that is a record (pre_risk.class), with its
// type; nil where the policy has none of that name.
func (d *Decision) find(name string) (*slot.Value, *slot.Type) {
	if s, ok := d.policy.program.Symbols[name]; ok {
		if id, ok := strings.CutPrefix(name, "points."); ok {
			return d.findPoints(id), s.Type
		}
		return &d.whole().Frame.Slots[s.Slot], s.Type
	}
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return nil, nil
	}
	v, t := d.find(name[:dot])
	if v == nil || t.Kind != slot.Record {
		return nil, nil
	}
	i := t.FieldIndex(name[dot+1:])
	switch {
	case i < 0:
		return nil, nil
	case v.Kind == slot.Missing: // so are its fields
		return v, t.Fields[i].Type
	}
	return &v.List[i], t.Fields[i].Type
}

// findPoints returns the points of an indicator or a group; missing where it has none.
func (d *Decision) findPoints(id string) *slot.Value {
	r := &d.whole().Score
	for i := range r.Items {
		if it := &r.Items[i]; it.Indicator.ID.Value == id && hasPoints(it) {
			return new(slot.Num(it.Points))
		}
	}
	for i := range r.Groups {
		if g := &r.Groups[i]; g.Group != nil && g.Group.ID.Value == id && g.Effect == scoring.Earned {
			return new(slot.Num(g.Points))
		}
	}
	return new(slot.Value)
}

// appendTyped appends v as JSON. A record is an object of its fields without those that are missing.
func appendTyped(b []byte, v *slot.Value, t *slot.Type) []byte {
	switch {
	case v.Kind == slot.List && t.Elem != nil:
		b = append(b, '[')
		for i := range v.List {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendTyped(b, &v.List[i], t.Elem)
		}
		return append(b, ']')
	case v.Kind == slot.Record:
		b = append(b, '{')
		for i := range v.List {
			if v.List[i].Kind == slot.Missing {
				continue
			}
			if b[len(b)-1] != '{' {
				b = append(b, ',')
			}
			b = AppendJSONString(b, t.Fields[i].Name)
			b = append(b, ':')
			b = appendTyped(b, &v.List[i], t.Fields[i].Type)
		}
		return append(b, '}')
	}
	return appendValue(b, v)
}
