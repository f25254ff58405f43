package program

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/scoring"
)

// domains tells every indicator of c what its `of` yields, so that its method can be checked for gaps and for rows that
// never hold.
func (l *linker) domains(c *scoring.Card) {
	for _, list := range [][]scoring.Indicator{c.Indicators, c.Modifiers} {
		for i := range list {
			ind := &list[i]
			if prog := l.programs[&ind.Of]; prog != nil {
				ind.Kind, ind.Domain = prog.Type.Kind, l.domainOf(&ind.Of)
			}
		}
	}
	for i := range c.Groups {
		l.domains(&c.Groups[i].Card)
	}
}

// domainOf returns which values an expression can have; nil where nothing can be said.
func (l *linker) domainOf(e *slot.Any) *scoring.Domain {
	v, ok := l.yields[e]
	if !ok {
		return nil
	}
	d := &scoring.Domain{Interval: scoring.Everything(), Decimals: -1, Outer: !v.Full, Why: v.Why}
	switch v.Kind {
	case slot.Number:
		s, ok := v.Hull()
		if !ok {
			return nil
		}
		d.Min, d.NoMin, d.OpenMin = s.Low, s.NoLow, s.LowOpen
		d.Max, d.NoMax, d.OpenMax = s.High, s.NoHigh, s.HighOpen
		d.Decimals, d.Attained = v.Places, v.Attained()
		if len(v.Set.Spans) > 1 {
			d.Spans = v.Set.Spans
		}
	case slot.String:
		if !v.Set.Except {
			d.Texts = v.Set.Texts
		}
	case slot.Bool:
		d.Texts = []string{"true", "false"}
	case slot.Grade:
		for i, g := range l.grades {
			if x := slot.Rank(i, g); v.Set.Accepts(&x) {
				d.Texts = append(d.Texts, g)
			}
		}
	default:
		return nil
	}
	d.Reads, _ = v.Reads()
	if i, ok := e.Slot(); ok {
		d.Input = l.isInput(i)
	}
	return d
}

// sorted returns the numbers of list, each once.
func sorted(list []int) []int {
	slices.Sort(list)
	return slices.Compact(list)
}
