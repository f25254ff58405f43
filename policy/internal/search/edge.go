package search

import (
	"reflect"
	"strings"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/table"
	"github.com/tallystick-go/tallystick/scoring"
)

// method notes the edges of a scoring method, which looks at of.
func (g *gatherer) method(of *slot.Any, m scoring.Method) {
	root := rootOf(of.Shape)
	if m == nil || root == nil {
		return
	}
	walk(reflect.ValueOf(m), func(v reflect.Value, key string) bool {
		if key == "points" || key == "share" || strings.HasSuffix(key, "_points") {
			return false
		}
		switch x := v.Interface().(type) {
		case exact.Number:
			g.constant(root, &slot.Value{Kind: slot.Number, Num: x})
			return false
		case slot.Operand:
			if n := rootOf(x.Shape); n != nil {
				g.compare(root, n)
			}
			return false
		case scoring.Category:
			for _, text := range x.Values {
				g.constant(root, &slot.Value{Kind: slot.String, Str: text})
				if n, err := exact.Parse(text); err == nil {
					g.constant(root, &slot.Value{Kind: slot.Number, Num: n})
				}
			}
			return false
		}
		return true
	}, "")
}

// table notes the cells of a decision table.
func (g *gatherer) table(t *table.Table) {
	for i := range t.Columns {
		c := &t.Columns[i]
		for j := range t.Rows {
			for k := range t.Rows[j].Cells {
				if cell := &t.Rows[j].Cells[k]; cell.Column == i {
					g.cell(c, &cell.Set)
				}
			}
		}
	}
}

func (g *gatherer) cell(c *table.Column, cell *table.Set) {
	reach := g.reachOf(c.Slot)
	own := c.Slot < len(g.inputs)
	for _, text := range cell.Texts {
		for i, can := range reach {
			if can {
				g.inputs[i].constants = append(g.inputs[i].constants, slot.Text(text))
			}
		}
	}
	edge := func(x exact.Number, open bool) {
		switch {
		case open:
		case own:
			g.inputs[c.Slot].constants = append(g.inputs[c.Slot].constants, ofNumber(c.Type.Kind, x))
		case c.Type.Kind == slot.Number || c.Type.Kind == slot.Date:
			at := c.Slot
			g.level(func(s *program.State) (exact.Number, bool) {
				n, ok := number(&s.Frame.Slots[at])
				return n.Sub(x), ok
			}, reach)
		}
	}
	for i := range cell.Spans {
		edge(cell.Spans[i].Low, cell.Spans[i].NoLow)
		edge(cell.Spans[i].High, cell.Spans[i].NoHigh)
	}
}

// ofNumber returns the value of kind k that is counted as x.
func ofNumber(k slot.Kind, x exact.Number) slot.Value {
	if k == slot.Number {
		return slot.Num(x)
	}
	n, _ := x.Floor().Int64()
	return slot.Value{Kind: k, Int: n}
}

// card notes the edges of the methods of c, and where points are held.
func (g *gatherer) card(c *scoring.Card) {
	for _, list := range [][]scoring.Indicator{c.Indicators, c.Modifiers} {
		for i := range list {
			ind := &list[i]
			g.method(&ind.Of, ind.Method)
			reach := g.readsOf(reflect.ValueOf(ind))
			id := ind.ID.Value
			g.level(func(s *program.State) (exact.Number, bool) {
				it := itemOf(s, id)
				if it == nil || it.Missing != 0 {
					return exact.Number{}, false
				}
				full, ok := it.Full()
				return it.Raw.Sub(full), ok
			}, reach)
			g.level(func(s *program.State) (exact.Number, bool) {
				it := itemOf(s, id)
				if it == nil || it.Missing != 0 {
					return exact.Number{}, false
				}
				return it.Raw, true
			}, reach)
		}
	}
	for i := range c.Groups {
		g.card(&c.Groups[i].Card)
	}
	reach := g.readsOf(reflect.ValueOf(g.program.File.Scoring))
	for i := range c.Caps {
		if at, ok := c.Caps[i].AtMost.IsConst(); ok {
			g.level(scoreAway(at), reach)
		}
	}
}

func itemOf(s *program.State, id string) *scoring.Item {
	for i := range s.Score.Items {
		if s.Score.Items[i].Indicator.ID.Value == id {
			return &s.Score.Items[i]
		}
	}
	return nil
}

func scoreAway(at exact.Number) func(*program.State) (exact.Number, bool) {
	return func(s *program.State) (exact.Number, bool) { return s.Score.Score.Sub(at), s.Score.HasScore }
}

// scale notes where grades begin and end.
func (g *gatherer) scale() {
	l := g.program.File.Grade
	if g.program.File.Scoring == nil || l.Of.IsSet() {
		return
	}
	reach := g.readsOf(reflect.ValueOf(g.program.File.Scoring))
	for i := range l.Scale {
		r := &l.Scale[i]
		for _, at := range []*exact.Number{r.Min, r.Above, r.Max, r.Below} {
			if at != nil {
				g.level(scoreAway(*at), reach)
			}
		}
	}
}

// terms notes where steps bind, where the limit is 0, where approval passes to another, where a request is too much.
func (g *gatherer) terms(t *credit.Terms) {
	all := g.all()
	g.steps(t.Steps, all, func(s *program.State) *credit.LimitResult { return &s.Credit.Limit })
	for i := range t.Segments {
		g.steps(t.Segments[i].Steps, all, func(s *program.State) *credit.LimitResult {
			if i >= len(s.Credit.Segments) || !s.Credit.Segments[i].Applies {
				return nil
			}
			return &s.Credit.Segments[i].Limit
		})
	}
	for i := range t.Approval {
		a := &t.Approval[i]
		if a.UpTo.IsSet() {
			g.level(func(s *program.State) (exact.Number, bool) {
				most, missing := a.UpTo.Eval(&s.Frame)
				l := &s.Credit.Limit
				return l.Amount.Value.Sub(most), s.Frame.TakeErr() == nil && missing == 0 && l.Has && !l.Amount.Unlimited
			}, all)
		}
	}
	if t.Requested != nil {
		g.level(func(s *program.State) (exact.Number, bool) {
			c := &s.Credit
			return c.Request.Amount.Sub(c.Available.Amount.Value), c.Request.Has && c.Available.Has && !c.Available.Amount.Unlimited
		}, all)
	}
}

// steps notes where each step that bounds does so, and where the limit is 0.
func (g *gatherer) steps(steps []credit.Step, all set, of func(*program.State) *credit.LimitResult) {
	for i := range steps {
		if !steps[i].AtMost.IsSet() && !steps[i].AtLeast.IsSet() {
			continue
		}
		g.level(func(s *program.State) (exact.Number, bool) {
			l := of(s)
			if l == nil || i >= len(l.Steps) || l.Steps[i].Effect > credit.Unchanged {
				return exact.Number{}, false
			}
			before := credit.Amount{}
			if i > 0 {
				before = l.Steps[i-1].After
			}
			return before.Value.Sub(l.Steps[i].Value), !before.Unlimited
		}, all)
	}
	if len(steps) > 0 {
		g.level(func(s *program.State) (exact.Number, bool) {
			l := of(s)
			if l == nil || !l.Has || l.Exact.Unlimited {
				return exact.Number{}, false
			}
			return l.Exact.Value, true
		}, all)
	}
}

// byHand notes who may give a grade or a limit by hand, and where a limit that is given is the most that is allowed.
func (g *gatherer) byHand() {
	p := g.program
	by := func(names []string) {
		for i := range p.Inputs {
			in := &p.Inputs[i]
			g.read[i] = g.read[i] || in.Optional
			if in.Name == "override.by" {
				for _, name := range names {
					g.inputs[i].constants = append(g.inputs[i].constants, slot.Text(name))
				}
			}
		}
	}
	if l := p.File.Grade; l != nil && l.Override != nil {
		by(l.Override.By)
	}
	if t := p.File.Credit; t != nil && t.Overrides != nil {
		by(t.Overrides.By)
		g.level(func(s *program.State) (exact.Number, bool) {
			o := &s.Credit.Override
			return o.Limit.Sub(o.AtMost), o.HasAtMost
		}, g.all())
	}
}
