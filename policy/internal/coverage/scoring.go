package coverage

import (
	"slices"
	"strconv"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/scoring"
)

// scoring lists what a card, or a group, can do.
func (l *lister) scoring(c *scoring.Card) {
	for i := range c.Weights {
		w := &c.Weights[i]
		n := strconv.Itoa(i + 1)
		t := l.about(Scoring, "weights", Words{"权重", "weights"}, w.Place(), Figure{"score", ""})
		if !canHold(&w.When) {
			continue
		}
		t.add(n, w.Place(), Words{"第" + n + "组权重适用", "set " + n + " applies"}, func(s *program.State) bool {
			for k := range i {
				if met, absent := c.Weights[k].When.Eval(&s.Frame); met || absent != 0 {
					return false
				}
			}
			return holds(&w.When)(s)
		})
		thresholds(t, &w.When)
	}
	if n := len(c.Weights); n > 0 {
		t := l.about(Scoring, "weights", Words{"权重", "weights"}, c.Weights[0].Place(), Figure{"score", ""})
		t.add("none", t.place, Words{"各组都不适用", "no set applies"}, func(s *program.State) bool {
			return !slices.ContainsFunc(c.Weights, func(w scoring.Weighting) bool { return !fails(&w.When)(s) })
		})
	}
	for _, list := range [][]scoring.Indicator{c.Indicators, c.Modifiers} {
		for i := range list {
			l.indicator(&list[i], len(c.Weights) == 0)
		}
	}
	for i := range c.Groups {
		l.scoring(&c.Groups[i].Card)
	}
	for i := range c.Adjustments {
		a := &c.Adjustments[i]
		t := l.about(Scoring, a.ID.Value, called(Words{"加减分", "adjustment"}, a.ID.Value, a.Title), a.ID.Place(), Figure{"score", ""}, Figure{"reasons", ""})
		applied := func(s *program.State) *scoring.Applied { return appliedOf(s.Score.Adjustments, a.ID.Value) }
		t.applies(&a.When, applied)
		thresholds(t, &a.When)
		thresholds(t, &a.Add)
	}
	if c.AdjustmentsCap != nil {
		l.adjustmentsCap(c)
	}
	for i := range c.Caps {
		a := &c.Caps[i]
		t := l.about(Scoring, a.ID.Value, called(Words{"封顶", "cap"}, a.ID.Value, a.Title), a.ID.Place(), Figure{"score", ""}, Figure{"reasons", ""})
		applied := func(s *program.State) *scoring.Applied { return appliedOf(s.Score.Caps, a.ID.Value) }
		t.applies(&a.When, applied)
		if !canHold(&a.When) {
			continue
		}
		t.add("binds", a.AtMost.Place(), Words{"起作用", "holds the score down"}, func(s *program.State) bool {
			x := applied(s)
			return x != nil && x.Bound
		})
		thresholds(t, &a.When)
	}
}

// adjustmentsCap lists that the adjustments together are held at their least and at their most.
func (l *lister) adjustmentsCap(c *scoring.Card) {
	span := c.AdjustmentsCap
	t := l.about(Scoring, "adjustments-cap", Words{"加减分合计", "sum of adjustments"}, span.Place(), Figure{"score", ""})
	sum := func(s *program.State) (total exact.Number) {
		for i := range c.Adjustments {
			if x := appliedOf(s.Score.Adjustments, c.Adjustments[i].ID.Value); x != nil && x.Holds {
				total = total.Add(x.Amount)
			}
		}
		return total
	}
	if span.Least != nil {
		t.add("least", span.Of("least"), Words{"减到下限", "is held at the least"}, func(s *program.State) bool { return sum(s).Less(*span.Least) })
	}
	if span.Most != nil {
		t.add("most", span.Of("most"), Words{"加到上限", "is held at the most"}, func(s *program.State) bool { return span.Most.Less(sum(s)) })
	}
}

// applies lists that an adjustment or a cap applies, and does not.
func (t *thing) applies(when *slot.Condition, applied func(*program.State) *scoring.Applied) {
	if canHold(when) {
		t.add("applies", t.place, Words{"适用", "applies"}, func(s *program.State) bool {
			x := applied(s)
			return x != nil && x.Holds
		})
	}
	if canFail(when) {
		t.add("not", t.place, Words{"不适用", "does not apply"}, func(s *program.State) bool {
			x := applied(s)
			return x != nil && !x.Holds && x.Missing == 0
		})
	}
}

// appliedOf returns what became of the adjustment or cap id, nil where nothing did.
func appliedOf(list []scoring.Applied, id string) *scoring.Applied {
	for i := range list {
		if x := &list[i]; x.Adjustment != nil && x.Adjustment.ID.Value == id || x.Cap != nil && x.Cap.ID.Value == id {
			return x
		}
	}
	return nil
}

// indicator lists what an indicator can earn. Where its weight is not always the same, fixed is false.
func (l *lister) indicator(ind *scoring.Indicator, fixed bool) {
	id := ind.ID.Value
	weight := ind.Weight
	if !fixed || ind.Beyond {
		weight = nil
	}
	t := l.about(Scoring, id, called(Words{"指标", "indicator"}, id, ind.Title), ind.ID.Place(), Figure{"points", id})
	t.method(ind.Method, &ind.Of, weight, func(s *program.State) (int, *slot.Value) {
		it := itemOf(s, id)
		switch {
		case it == nil:
			return -1, nil
		case it.Effect != scoring.Earned:
			return -1, &it.Value
		}
		return it.Row, &it.Value
	})
	if mayMiss(&ind.Of) || methodMisses(ind.Method) {
		t.add("missing", t.place, Words{"缺失", "is missing"}, func(s *program.State) bool {
			it := itemOf(s, id)
			return it != nil && it.Missing != 0
		})
	}
}

// methodMisses reports whether something that a method asks besides what it looks at can be missing.
func methodMisses(m scoring.Method) bool {
	switch m := m.(type) {
	case *scoring.Formula:
		return mayMiss(&m.Expr)
	case *scoring.Rules:
		for i := range m.Rows {
			if mayMiss(&m.Rows[i].When) {
				return true
			}
		}
	case *scoring.Occurrences:
		for i := range m.Rows {
			if mayMiss(&m.Rows[i].Count) {
				return true
			}
		}
	}
	return false
}

// itemOf returns what the indicator id earned, nil where the card was not scored.
func itemOf(s *program.State, id string) *scoring.Item {
	for i := range s.Score.Items {
		if s.Score.Items[i].Indicator.ID.Value == id {
			return &s.Score.Items[i]
		}
	}
	return nil
}
