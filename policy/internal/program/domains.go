package program

import (
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/record"
	"github.com/tallystick-go/tallystick/scoring"
)

// domains tells every indicator of c what its `of` yields, so that its method can be checked for gaps and for rows that
// never hold.
func (l *linker) domains(c *scoring.Card) {
	for _, list := range [][]scoring.Indicator{c.Indicators, c.Modifiers} {
		for i := range list {
			ind := &list[i]
			prog := l.programs[&ind.Of]
			if prog == nil {
				continue
			}
			ind.Kind = prog.Type.Kind
			if read, ok := prog.Root.(*formula.Read); ok && read.Slot < len(l.program.Inputs) {
				ind.Domain = domainOf(&l.program.Inputs[read.Slot], l.grades)
			}
		}
	}
	for i := range c.Groups {
		l.domains(&c.Groups[i].Card)
	}
}

// domainOf returns which values an input can have; it may be larger than what can be, never smaller.
func domainOf(in *record.Input, grades []string) *scoring.Domain {
	d := &scoring.Domain{Interval: scoring.Everything(), Decimals: -1}
	switch in.Type.Kind {
	case slot.Number:
		if lo := either(in.Min, in.Above); lo != nil {
			d.Min, d.NoMin, d.OpenMin = *lo, false, in.Min == nil
		}
		if hi := either(in.Max, in.Below); hi != nil {
			d.Max, d.NoMax, d.OpenMax = *hi, false, in.Max == nil
		}
		if in.Decimals != nil {
			d.Decimals = *in.Decimals
		}
	case slot.String:
		for _, v := range in.OneOf {
			d.Texts = append(d.Texts, v.Str)
		}
	case slot.Bool:
		d.Texts = []string{"true", "false"}
	case slot.Grade:
		d.Texts = grades
	default:
		return nil
	}
	return d
}

func either(a, b *exact.Number) *exact.Number {
	if a != nil {
		return a
	}
	return b
}
