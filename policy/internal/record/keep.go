package record

import (
	"encoding/binary"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Keep appends the first n slots of f, the inputs of a customer, in a compact form for memory, not for files: Restore fills a
// frame with them again.
func Keep(dst []byte, f *slot.Frame, n int) []byte {
	for i := range f.Slots[:n] {
		dst = keep(dst, f, &f.Slots[i])
	}
	return dst
}

// keep appends the kind of v, and what that says: numbers, and texts with their size.
func keep(dst []byte, f *slot.Frame, v *slot.Value) []byte {
	dst = append(dst, byte(v.Kind))
	switch v.Kind {
	case slot.Missing:
		if atom, ok := f.Atom(v.Absent); ok {
			return binary.AppendVarint(append(dst, 1), int64(atom))
		}
		atoms := f.Atoms(nil, v.Absent)
		dst = append(dst, byte(len(atoms)))
		for _, atom := range atoms {
			dst = binary.AppendVarint(dst, int64(atom))
		}
	case slot.Number:
		return v.Num.AppendTo(dst)
	case slot.String:
		return keepText(dst, v.Str)
	case slot.Bool, slot.Date:
		return binary.AppendVarint(dst, v.Int)
	case slot.Grade:
		return keepText(binary.AppendVarint(dst, v.Int), v.Str)
	default:
		dst = binary.AppendUvarint(dst, uint64(len(v.List)))
		for i := range v.List {
			dst = keep(dst, f, &v.List[i])
		}
	}
	return dst
}

func keepText(dst []byte, s string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

// Restore fills the first n slots of f with what Keep has kept, of which texts are parts.
func Restore(f *slot.Frame, kept string, n int) {
	for i := range f.Slots[:n] {
		kept = restore(kept, f, &f.Slots[i])
	}
}

// restore reads what keep has appended, and returns what follows.
func restore(s string, f *slot.Frame, v *slot.Value) string {
	kind, s := slot.Kind(s[0]), s[1:]
	*v = slot.Value{Kind: kind}
	switch kind {
	case slot.Missing:
		n := s[0]
		s = s[1:]
		if n == 0 {
			v.Absent = slot.Broken
		}
		for range n {
			var atom int64
			atom, s = exact.NextVarint(s)
			v.Absent = f.Both(v.Absent, f.Blame(int(atom)))
		}
	case slot.Number:
		v.Num, s = exact.NextNumber(s)
	case slot.String:
		v.Str, s = nextText(s)
	case slot.Bool, slot.Date:
		v.Int, s = exact.NextVarint(s)
	case slot.Grade:
		v.Int, s = exact.NextVarint(s)
		v.Str, s = nextText(s)
	default:
		var n uint64
		n, s = exact.NextUvarint(s)
		v.List = make([]slot.Value, n)
		for i := range v.List {
			s = restore(s, f, &v.List[i])
		}
	}
	return s
}

func nextText(s string) (text, rest string) {
	n, s := exact.NextUvarint(s)
	return s[:n], s[n:]
}
