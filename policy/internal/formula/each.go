package formula

import (
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// loop is what the functions that go through a list have in common.
type loop struct {
	items fn[[]slot.Value]
	item  int // the slot for the item at hand
	size  int // steps a turn takes
}

func loopOf(n *Each) loop { return loop{itemsOf(n.List), n.Item, size(n.Body)} }

// begin returns the list.
func (l *loop) begin(f *slot.Frame) ([]slot.Value, slot.Absence) {
	list, a := l.items(f)
	if a == 0 && l.item >= len(f.Slots) {
		return nil, tooFewSlots(f)
	}
	return list, a
}

// turn puts v into its slot, and reports whether there are steps left for it.
func (l *loop) turn(f *slot.Frame, v *slot.Value) bool {
	if !f.Step(l.size) {
		return false
	}
	f.Slots[l.item] = *v
	return true
}

// decide compiles all and any: the first item for which the condition is `when` decides, even when it is missing for
// another.
func decide(n *Each, when bool) fn[bool] {
	l, holds := loopOf(n), boolOf(n.Body)
	return func(f *slot.Frame) (bool, slot.Absence) {
		list, absent := l.begin(f)
		if absent != 0 {
			return false, absent
		}
		for i := range list {
			if !l.turn(f, &list[i]) {
				return false, slot.Broken
			}
			b, a := holds(f)
			switch {
			case a != 0:
				absent = f.Both(absent, a)
			case b == when:
				return when, 0
			}
		}
		return !when && absent == 0, absent
	}
}

func allEach(n *Each) fn[bool] { return decide(n, false) }

func anyEach(n *Each) fn[bool] { return decide(n, true) }

// oneEach compiles one: true when the condition holds for just one item. Two decide, even when others are missing.
func oneEach(n *Each) fn[bool] {
	l, holds := loopOf(n), boolOf(n.Body)
	return func(f *slot.Frame) (bool, slot.Absence) {
		list, absent := l.begin(f)
		if absent != 0 {
			return false, absent
		}
		found := 0
		for i := range list {
			if !l.turn(f, &list[i]) {
				return false, slot.Broken
			}
			b, a := holds(f)
			switch {
			case a != 0:
				absent = f.Both(absent, a)
			case b:
				if found++; found > 1 {
					return false, 0
				}
			}
		}
		return found == 1 && absent == 0, absent
	}
}

// countEach compiles count.
func countEach(n *Each) numberFn {
	l, holds := loopOf(n), boolOf(n.Body)
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		list, absent := l.begin(f)
		if absent != 0 {
			return exact.Number{}, absent
		}
		var found int64
		for i := range list {
			if !l.turn(f, &list[i]) {
				return exact.Number{}, slot.Broken
			}
			b, a := holds(f)
			if a != 0 {
				absent = f.Both(absent, a)
			} else if b {
				found++
			}
		}
		return exact.Int(found), absent
	}
}

// sumEach compiles sum(list, expression).
func sumEach(n *Each) numberFn {
	l, term := loopOf(n), numberOf(n.Body)
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		list, absent := l.begin(f)
		if absent != 0 {
			return exact.Number{}, absent
		}
		var total exact.Number
		for i := range list {
			if !l.turn(f, &list[i]) {
				return exact.Number{}, slot.Broken
			}
			x, a := term(f)
			if a != 0 {
				absent = f.Both(absent, a)
				continue
			}
			total = total.Add(x)
			if !bigSteps(f, total) {
				return exact.Number{}, slot.Broken
			}
		}
		if absent != 0 {
			return exact.Number{}, absent
		}
		return total, 0
	}
}

// findRef compiles find: the first item for which the condition holds. Where it is missing before that, the first is not
// known.
func findRef(n *Each) ref {
	l, holds, atom := loopOf(n), boolOf(n.Body), n.Atom
	return func(f *slot.Frame) (*slot.Value, slot.Absence) {
		list, a := l.begin(f)
		if a != 0 {
			return nil, a
		}
		for i := range list {
			if !l.turn(f, &list[i]) {
				return nil, slot.Broken
			}
			b, a := holds(f)
			switch {
			case a != 0:
				return nil, a
			case b && list[i].Kind == slot.Missing:
				return nil, gone(f, &list[i], atom)
			case b:
				return &list[i], 0
			}
		}
		return nil, blame(f, atom)
	}
}

// filter compiles filter. Where the condition is missing for an item, it is not known which items are in the list.
func filter(n *Each) fn[slot.Value] {
	l, holds := loopOf(n), boolOf(n.Body)
	return func(f *slot.Frame) (slot.Value, slot.Absence) {
		list, absent := l.begin(f)
		if absent != 0 {
			return slot.Value{}, absent
		}
		var out []slot.Value
		for i := range list {
			if !l.turn(f, &list[i]) {
				return slot.Value{}, slot.Broken
			}
			b, a := holds(f)
			if a != 0 {
				absent = f.Both(absent, a)
			} else if b {
				out = append(out, list[i])
			}
		}
		return slot.Items(out), absent
	}
}

// mapEach compiles map. What is missing for an item is missing in the list.
func mapEach(n *Each) fn[slot.Value] {
	l, of := loopOf(n), valueOf(n.Body)
	return func(f *slot.Frame) (slot.Value, slot.Absence) {
		list, absent := l.begin(f)
		if absent != 0 {
			return slot.Value{}, absent
		}
		out := make([]slot.Value, 0, min(len(list), slot.MaxSteps))
		for i := range list {
			if !l.turn(f, &list[i]) {
				return slot.Value{}, slot.Broken
			}
			v, a := of(f)
			if a != 0 {
				v = slot.Gone(a)
			}
			out = append(out, v)
		}
		return slot.Items(out), 0
	}
}
