package record

import (
	"maps"
	"slices"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// ReadMap fills f from m. Inputs with dotted names are found under the dotted name and in nested maps; under both is a
// fault. A value may be
//
//	a number    any integer type, json.Number, decimal text, decimal.Decimal, decimal.NullDecimal, exact.Number,
//	            *big.Int, *big.Rat; float32 and float64 only with AllowFloat
//	a text      string, []byte
//	a bool      bool
//	a date      "2024-06-30", time.Time (see Options.Location; the zero time is null)
//	a grade     its name
//	a list      a slice; a nil slice is null
//	a record    a map with names for keys, a struct as for Bind; a nil map is null
//	any         nil (null), a pointer to one of these (nil: null), a type derived from one of these, a driver.Valuer such
//	            as sql.NullInt64
func (s *Schema) ReadMap(f *slot.Frame, m map[string]any) error {
	r := s.begin(f)
	r.group(s.root, m)
	return r.end()
}

// group reads the inputs that stand at n, which m holds.
func (r *reader) group(n *node, m map[string]any) {
	met := 0
	for _, e := range n.order {
		v, there := m[e.key]
		if !there {
			continue
		}
		met++
		r.entry(e, v)
	}
	if met < len(m) && !r.s.opts.AllowUnknown {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			if n.entries[name] == nil {
				r.unknown(n.name, name, r.s.names)
			}
		}
	}
}

func (r *reader) entry(e *entry, v any) {
	if e.group != nil {
		nested, ok := asMap(v)
		switch {
		case e.input >= 0 && (!ok || r.s.inputs[e.input].Type.Kind == slot.Record):
			// the input itself
		case v == nil || ok && nested == nil:
			r.absent(e.group)
			return
		case ok:
			r.group(e.group, nested)
			return
		default:
			r.misplaced(e.group, describe(v))
			return
		}
	}
	if !r.take(e.input) {
		return
	}
	in := &r.s.inputs[e.input]
	r.settle(r.value(in.Type, in.Atom, v, &r.f.Slots[e.input]))
}
