package formula

import (
	"github.com/tallystick-go/tallystick/internal/slot"
)

// fieldRef finds a field of a record.
func fieldRef(n *Field) ref {
	record, i, atom := itemsOf(n.X), n.Index, n.Atom
	return func(f *slot.Frame) (*slot.Value, slot.Absence) {
		fields, a := record(f)
		if a != 0 {
			return nil, a
		}
		if uint(i) >= uint(len(fields)) {
			return nil, blame(f, atom)
		}
		v := &fields[i]
		if v.Kind == slot.Missing {
			return nil, gone(f, v, atom)
		}
		return v, 0
	}
}

// gone returns why v is missing: what its maker says, or else the atom of where it should be.
func gone(f *slot.Frame, v *slot.Value, atom int) slot.Absence {
	if v.Absent != 0 {
		return v.Absent
	}
	return blame(f, atom)
}

// itemRef finds an item of a list, counted from 0, or from the end when the index is negative.
func itemRef(n *Item) ref {
	items, index, atom := itemsOf(n.List), numberOf(n.Index), n.Atom
	return func(f *slot.Frame) (*slot.Value, slot.Absence) {
		list, la := items(f)
		x, lb := index(f)
		if la|lb != 0 {
			return nil, f.Both(la, lb)
		}
		i, ok := x.Int64()
		if i < 0 {
			i += int64(len(list))
		}
		if !ok || i < 0 || i >= int64(len(list)) {
			return nil, blame(f, atom)
		}
		v := &list[i]
		if v.Kind == slot.Missing {
			return nil, gone(f, v, atom)
		}
		return v, 0
	}
}

// pickRef finds the field that a string names.
func pickRef(n *Pick) ref {
	key, atom := textOf(n.Key), n.Atom
	choices := make(map[string]ref, len(n.Keys))
	for i, k := range n.Keys {
		choices[k] = refOf(n.Choices[i])
	}
	return func(f *slot.Frame) (*slot.Value, slot.Absence) {
		k, a := key(f)
		if a != 0 {
			return nil, a
		}
		choice := choices[k]
		if choice == nil {
			return nil, blame(f, atom)
		}
		return choice(f)
	}
}
