package program

import (
	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/scoring"
)

// reasonCodes warns of a code that stands for two reasons: who gets a decision by its codes could not tell them apart.
// What has neither a reason nor a code of its own does not count: it is told by its id, and its section tells which.
func (l *linker) reasonCodes() {
	type reason struct {
		text  string
		place doc.Place
	}
	first := map[string]reason{}
	add := func(at doc.At, id, code string, text doc.Title) {
		if code == "" {
			code = id
		}
		if code == "" || at.Node() == nil || at.Node().Get("code") == nil && text.String() == "" {
			return
		}
		place := at.Of("id")
		if at.Node().Get("code") != nil {
			place = at.Of("code")
		}
		known, taken := first[code]
		switch {
		case !taken:
			first[code] = reason{text.String(), place}
		case known.text != text.String():
			l.Fault(doc.Warnf(place, "duplicate-code", "the reason code %s stands for two reasons", code).
				See(known.place, "the other one is here").WithHint("give one of them a `code` of its own"))
		}
	}
	for i := range l.file.Admission {
		c := &l.file.Admission[i]
		add(c.At, c.ID.Value, c.Code, c.Reason)
	}
	var card func(c *scoring.Card)
	card = func(c *scoring.Card) {
		for i := range c.Adjustments {
			a := &c.Adjustments[i]
			add(a.At, a.ID.Value, a.Code, a.Reason)
		}
		for i := range c.Caps {
			a := &c.Caps[i]
			add(a.At, a.ID.Value, a.Code, a.Reason)
		}
		for i := range c.Groups {
			card(&c.Groups[i].Card)
		}
	}
	if l.file.Scoring != nil {
		card(l.file.Scoring)
	}
	if g := l.file.Grade; g != nil {
		for i := range g.Rules {
			r := &g.Rules[i]
			add(r.At, r.ID, r.Code, r.Reason)
		}
	}
	if t := l.file.Credit; t != nil {
		steps := func(list []credit.Step) {
			for i := range list {
				add(list[i].At, list[i].ID, list[i].Code, list[i].Reason)
			}
		}
		steps(t.Steps)
		for i := range t.Segments {
			steps(t.Segments[i].Steps)
		}
		for i := range t.Holds {
			h := &t.Holds[i]
			add(h.At, h.ID, h.Code, h.Reason)
		}
	}
}
