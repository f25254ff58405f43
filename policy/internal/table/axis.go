package table

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// axis divides what a column can hold into pieces that no cell of the table tells apart. Numbers are divided at the cuts,
// where spans end: cut i is piece 2i+1, what lies before it piece 2i, what lies after the last piece 2n. Texts are a piece
// each, and so are all others together. The last piece is that the value is missing.
type axis struct {
	column *Column
	cuts   exact.Ruler
	texts  map[string]int
	names  []string // the keys of texts, by piece

	pieces int          // without the last one
	values []slot.Value // of each piece one that the column can hold; missing where there is none
	next   []int        // of each piece: the first one from it on that the column can be in
	whole  []run        // every piece, with the last one
}

// run is pieces from one until another, which belongs to it.
type run struct{ from, to int }

// newAxis divides the column at the ends of all sets.
func newAxis(c *Column, all []*Set) *axis {
	x := &axis{column: c}
	all = append(all, &c.Domain)
	if c.Type.Kind == slot.String {
		x.divideTexts(all)
	} else {
		x.divideSpans(all)
	}
	x.whole = []run{{0, x.pieces}}
	x.next = make([]int, x.pieces+2)
	x.next[x.pieces+1] = x.pieces + 1
	for p := x.pieces; p >= 0; p-- {
		x.next[p] = x.next[p+1]
		if p < x.pieces && x.values[p].Kind != slot.Missing || p == x.pieces && c.Domain.Missing != Refused {
			x.next[p] = p
		}
	}
	return x
}

func (x *axis) divideTexts(all []*Set) {
	x.texts = map[string]int{}
	for _, s := range all {
		for _, text := range s.Texts {
			if _, known := x.texts[text]; !known {
				x.texts[text] = len(x.names)
				x.names = append(x.names, text)
			}
		}
	}
	x.pieces = len(x.names) + 1
	x.values = make([]slot.Value, x.pieces)
	for i, text := range x.names {
		if v := slot.Text(text); x.column.Domain.Accepts(&v) {
			x.values[i] = v
		}
	}
	if x.column.Domain.Except {
		x.values[len(x.names)] = slot.Text("") // stands for any other
	}
}

func (x *axis) divideSpans(all []*Set) {
	var cuts []exact.Number
	for _, s := range all {
		for i := range s.Spans {
			if !s.Spans[i].NoLow {
				cuts = append(cuts, s.Spans[i].Low)
			}
			if !s.Spans[i].NoHigh {
				cuts = append(cuts, s.Spans[i].High)
			}
		}
	}
	slices.SortFunc(cuts, exact.Number.Cmp)
	cuts = slices.CompactFunc(cuts, exact.Number.Equal)
	x.cuts = exact.NewRuler(cuts)
	x.pieces = 2*len(cuts) + 1
	x.values = make([]slot.Value, x.pieces)
	for p := range x.values {
		s := x.span(p)
		// The ends of the domain are cuts as well: a piece lies within it or without.
		n, ok := s.Pick(x.column.places())
		if ok && x.column.Domain.Holds(n) {
			x.values[p] = x.value(n)
		}
	}
}

// span returns the numbers of piece p.
func (x *axis) span(p int) Span {
	if p%2 == 1 {
		return sets.Point(x.cuts.At(p / 2))
	}
	s := sets.Everything()
	if p > 0 {
		s.Low, s.NoLow, s.LowOpen = x.cuts.At(p/2-1), false, true
	}
	if p/2 < x.cuts.Len() {
		s.High, s.NoHigh, s.HighOpen = x.cuts.At(p/2), false, true
	}
	return s
}

// value returns the value of the column that spans hold as n.
func (x *axis) value(n exact.Number) slot.Value {
	if x.column.Type.Kind == slot.Number {
		return slot.Num(n)
	}
	i, _ := n.Int64()
	return slot.Value{Kind: x.column.Type.Kind, Int: i}
}

// piece returns where v lies, which is not missing.
func (x *axis) piece(v *slot.Value) int {
	if x.texts != nil {
		if p, ok := x.texts[v.Str]; ok {
			return p
		}
		return len(x.names)
	}
	return x.cuts.Place(sets.Ordinal(v))
}

// runs returns the pieces of s, whose ends were among those of newAxis.
func (x *axis) runs(s *Set) []run {
	out := []run{} // not nil, which stands for all pieces
	add := func(from, to int) {
		if last := len(out) - 1; last >= 0 && out[last].to == from-1 {
			out[last].to = to
			return
		}
		out = append(out, run{from, to})
	}
	if x.texts != nil {
		in := make([]bool, x.pieces)
		for _, text := range s.Texts {
			in[x.texts[text]] = true
		}
		for p := range in {
			if in[p] != s.Except {
				add(p, p)
			}
		}
	}
	for i := range s.Spans {
		u := &s.Spans[i]
		from, to := 0, x.pieces-1
		if !u.NoLow {
			from = x.cuts.Place(u.Low) + truth(u.LowOpen)
		}
		if !u.NoHigh {
			to = x.cuts.Place(u.High) - truth(u.HighOpen)
		}
		add(from, to)
	}
	if s.Missing == Accepted {
		add(x.pieces, x.pieces)
	}
	return out
}

// meet returns the first piece that lies in both a and b and that the column can be in; nil stands for all pieces.
func (x *axis) meet(a, b []run) (piece int, ok bool) {
	if a == nil {
		a = x.whole
	}
	if b == nil {
		b = x.whole
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		from, to := max(a[i].from, b[j].from), min(a[i].to, b[j].to)
		if from <= to {
			if p := x.next[from]; p <= to {
				return p, true
			}
		}
		if a[i].to < b[j].to {
			i++
		} else {
			j++
		}
	}
	return 0, false
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}
