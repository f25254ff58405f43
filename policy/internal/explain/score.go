package explain

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/scoring"
)

// rowText says when a row of m holds.
func rowText(m scoring.Method, row int, lang string) string {
	return oneLine(scoring.RowTextOf(m, row, lang))
}

// scoring explains the score.
func (b *builder) scoring() *Scoring {
	c, r := b.p.File.Scoring, &b.s.Score
	out := &Scoring{}
	for i := range c.Weights {
		w := &c.Weights[i]
		holds, absent := w.When.Eval(&b.s.Frame)
		if b.s.Frame.TakeErr() != nil || absent == 0 && !holds {
			continue
		}
		out.Weights = working(b, &w.When)
		out.Weights.Missing = b.blame(absent, "weights", "", scoring.Title{})
		break
	}
	if len(r.Items)+len(r.Groups) == 0 { // it cannot be told which weights count
		out.Missing = b.blamed(r.Missing)
		return out
	}
	b.card(c, -1, &out.Card)
	if !r.HasScore {
		out.Missing = b.blamed(r.Missing)
		return out
	}
	out.Combined = &r.Combined
	after := b.changes(c, &out.Card, r.Combined, r.Adjusted)
	lo, hi := c.Span()
	held := after
	if lo != nil {
		held = exact.Max(held, *lo)
	}
	if hi != nil {
		held = exact.Min(held, *hi)
	}
	out.hold(after, held)
	out.Score = &r.Score
	for _, x := range c.Reasons(r) {
		out.Baseline = append(out.Baseline, Cost{x.Code, b.in(x.Text), x.Points})
	}
	return out
}

// hold notes what is left of the score before, and that it was held in the range of the card.
func (c *Card) hold(before, at Number) {
	c.Exact = &at
	if !before.Equal(at) {
		c.Held = &Held{before, at}
	}
}

// card explains what is in the card, or in the group at index.
func (b *builder) card(c *scoring.Card, index int, out *Card) {
	r := &b.s.Score
	shared, present, combined := r.Shared, r.Present, r.Combined
	if index >= 0 {
		g := &r.Groups[index]
		shared, present, combined = g.Shared, g.Present, g.Combined
	}
	b.combiner(c, out)
	if leavesScaled(c) && present.Less(shared) {
		if factor, ok := shared.Quo(present); ok {
			out.Reweighted = &Reweighted{shared, present, factor}
		}
	}
	for i := range r.Items {
		item := &r.Items[i]
		switch {
		case item.Group != index:
		case item.Modifier:
			out.Modifiers = append(out.Modifiers, b.indicator(item, out))
		default:
			out.Indicators = append(out.Indicators, b.indicator(item, out))
		}
	}
	for i := range r.Groups {
		if g := &r.Groups[i]; g.Group != nil && g.Parent == index {
			out.Groups = append(out.Groups, b.group(c, i, out))
		}
	}
	b.combine(c, out, combined)
	for i := range r.Adjustments {
		a := &r.Adjustments[i]
		if a.Adjustment == nil || a.Group != index {
			continue
		}
		x := a.Adjustment
		out.Adjustments = append(out.Adjustments, Adjustment{
			ID: x.ID.Value, Title: b.in(x.Title), Reason: b.in(x.Reason), When: working(b, &x.When), Add: working(b, &x.Add),
			Holds: a.Holds, Amount: a.Amount, Missing: b.blame(a.Missing, "adjustment", x.ID.Value, x.Title),
		})
	}
	for i := range r.Caps {
		a := &r.Caps[i]
		if a.Cap == nil || a.Group != index {
			continue
		}
		x := a.Cap
		out.Caps = append(out.Caps, Cap{
			ID: x.ID.Value, Title: b.in(x.Title), Reason: b.in(x.Reason), When: working(b, &x.When), AtMost: working(b, &x.AtMost),
			Holds: a.Holds, Amount: a.Amount, Bound: a.Bound, Missing: b.blame(a.Missing, "cap", x.ID.Value, x.Title),
		})
	}
}

// leavesScaled reports whether leaving out an indicator of c lets the others count for more.
func leavesScaled(c *scoring.Card) bool {
	if c.Combine == nil {
		return c.PDO == nil
	}
	t, ok := c.Combine.(scoring.Termed)
	return !ok || t.Terms().Leave == scoring.LeaveScaled
}

// changes explains what adjustments and caps made of what the combiner gave, and returns what they left.
func (b *builder) changes(c *scoring.Card, out *Card, combined, adjusted Number) Number {
	if len(c.Adjustments) > 0 {
		out.Adjusted = &adjusted
		if c.AdjustmentsCap != nil {
			var sum Number
			for i := range out.Adjustments {
				sum = sum.Add(out.Adjustments[i].Amount)
			}
			out.Span = &Span{sum, c.AdjustmentsCap.Least, c.AdjustmentsCap.Most, !sum.Equal(adjusted)}
		}
	}
	score := combined.Add(adjusted)
	for i := range out.Caps {
		if out.Caps[i].Bound {
			score = out.Caps[i].Amount
		}
	}
	return score
}

// indicator explains what one indicator earned, which counts in card.
func (b *builder) indicator(item *scoring.Item, card *Card) Indicator {
	ind := item.Indicator
	out := Indicator{
		ID: ind.ID.Value, Title: b.in(ind.Title), Heading: ind.Group.Value, Weight: ind.Weight, Of: working(b, &ind.Of),
		Value: Datum{item.Value, typeOf(ind.Of.Shape)}, Method: scoring.DescriptionOf(ind.Method, b.own()),
		Row: item.Row, RowText: grouped(rowText(ind.Method, item.Row, b.own())), Effect: item.Effect.String(),
		Missing: b.blame(item.Missing, "indicator", ind.ID.Value, ind.Title),
	}
	if full, ok := item.Full(); ok {
		out.Full = &full
	}
	if item.Effect > scored {
		return out
	}
	if item.Effect == scoring.Earned {
		_, reason := ind.RowReason(item.Row)
		out.RowWhy = b.in(reason)
		out.Working = b.methodWorking(item)
	}
	raw, held := item.Raw, item.Held()
	out.Raw, out.Held = &raw, &held
	if item.Modifier {
		coefficient := item.Points
		out.Points, out.Coefficient = &held, &coefficient
		out.Exact = &held
		return out
	}
	at := held
	if card.Reweighted != nil && !ind.Beyond {
		out.Factors = append(out.Factors, Factor{"reweighted", card.Reweighted.Factor})
		at = at.Mul(card.Reweighted.Factor)
	}
	if card.PDO != nil && card.PDO.Each {
		out.Factors = append(out.Factors, Factor{"pdo", card.PDO.Factor})
		at = at.Mul(card.PDO.Factor)
	}
	points := item.Points
	out.Exact, out.Points = &at, &points
	return out
}

// methodWorking shows how the points came about. A formula is an expression like any other.
func (b *builder) methodWorking(item *scoring.Item) string {
	if f, ok := item.Indicator.Method.(*scoring.Formula); ok {
		w := working(b, &f.Expr)
		return named(w.Figures, w.Expr)
	}
	text := item.Working(&b.s.Frame)
	_ = b.s.Frame.TakeErr()
	return grouped(text)
}

// group explains the group at index, which stands in the card around it.
func (b *builder) group(around *scoring.Card, index int, card *Card) Group {
	g := &b.s.Score.Groups[index]
	out := Group{
		ID: g.Group.ID.Value, Title: b.in(g.Group.Title), Weight: g.Group.Weight, Effect: g.Effect.String(), Missing: b.blamed(g.Missing),
	}
	if g.Group.Weight == nil {
		b.gathered(around, index, card, &out.Card)
		points := g.Points
		out.Points = &points
		return out
	}
	b.card(&g.Group.Card, index, &out.Card)
	if g.Effect != scoring.Earned {
		return out
	}
	combined, points := g.Combined, g.Points
	out.Combined = &combined
	out.hold(b.changes(&g.Group.Card, &out.Card, g.Combined, g.Adjusted), g.Score)
	full := *g.Group.Weight
	if t, ok := around.Combine.(scoring.Termed); ok && t.Terms().Full == scoring.FullTotal {
		full = totalOf(around)
	}
	if g.Group.Total != nil && !g.Group.Total.Equal(full) {
		if scale, ok := full.Quo(*g.Group.Total); ok {
			out.Factors = append(out.Factors, Factor{"weight", scale})
		}
	}
	if card.Reweighted != nil {
		out.Factors = append(out.Factors, Factor{"reweighted", card.Reweighted.Factor})
	}
	out.Points = &points
	return out
}

// gathered explains the indicators of a group without a weight: they count as those of the card around it.
func (b *builder) gathered(around *scoring.Card, index int, card, out *Card) {
	r := &b.s.Score
	out.Combiner, out.Describe = "sum", scoring.DescriptionOf(new(scoring.Sum), b.own())
	for i := range r.Items {
		if item := &r.Items[i]; item.Group == index {
			out.Indicators = append(out.Indicators, b.indicator(item, card))
		}
	}
	for i := range r.Groups {
		if g := &r.Groups[i]; g.Group != nil && g.Parent == index {
			out.Groups = append(out.Groups, b.group(around, i, card))
		}
	}
}

// totalOf is what the weights of c add up to.
func totalOf(c *scoring.Card) Number {
	if c.Total != nil {
		return *c.Total
	}
	return exact.Int(100)
}

// combiner names what makes one score of the points.
func (b *builder) combiner(c *scoring.Card, out *Card) {
	out.Combiner, out.Describe = "sum", scoring.DescriptionOf(new(scoring.Sum), b.own())
	if c.Combine != nil {
		out.Describe = scoring.DescriptionOf(c.Combine, b.own())
	}
	switch c.Combine.(type) {
	case nil, *scoring.Sum:
	case *scoring.WeightedMean:
		out.Combiner = "weighted_mean"
	case *scoring.Minimum:
		out.Combiner = "minimum"
	case *scoring.Product:
		out.Combiner = "product"
	case *scoring.Points:
		out.Combiner = "points"
	case *scoring.Modified:
		out.Combiner = "modified"
	default:
		out.Combiner = "custom"
	}
	if c.PDO == nil {
		return
	}
	factor, offset, _, ok := c.PDO.Constants()
	if !ok {
		return
	}
	if c.PDO.Each && b.p.Rounding.Points >= 0 {
		offset = offset.Round(b.p.Rounding.Points, b.p.Rounding.Mode)
	}
	out.PDO = &PDO{factor, offset, c.PDO.Each}
}

// term is what an indicator or a group brings to the score.
type term struct {
	points, weight Number
	text           string
}

// terms returns what the indicators and groups of the card bring, those that are there.
func (b *builder) terms(c *Card) (out []term) {
	places := b.p.Rounding.Points
	add := func(points, weight *Number) {
		if points == nil {
			return
		}
		t := term{points: *points, text: paren(fixed(*points, places))}
		if weight != nil {
			t.weight = *weight
		}
		out = append(out, t)
	}
	for i := range c.Indicators {
		add(c.Indicators[i].Points, c.Indicators[i].Weight)
	}
	for i := range c.Groups {
		g := &c.Groups[i]
		if g.Weight == nil { // what it gathers counts by itself
			out = append(out, b.terms(&g.Card)...)
			continue
		}
		add(g.Points, g.Weight)
	}
	return out
}

// combine shows in figures how the score came from the points.
func (b *builder) combine(c *scoring.Card, out *Card, combined Number) {
	terms := b.terms(out)
	texts := make([]string, len(terms))
	var sum, weights Number
	for i, t := range terms {
		texts[i] = t.text
		sum, weights = sum.Add(t.points), weights.Add(t.weight)
	}
	points := sum
	switch out.Combiner {
	case "sum":
		out.Figures = strings.Join(texts, " + ")
	case "points":
		out.Figures = strings.Join(texts, " + ")
		if m := c.Combine.(*scoring.Points); m.Initial != nil {
			if initial, absent := m.Initial.Eval(&b.s.Frame); b.s.Frame.TakeErr() == nil && absent == 0 {
				out.Figures = strings.Join(append([]string{paren(number(initial))}, texts...), " + ")
				points = points.Add(initial)
			}
		}
	case "product":
		out.Figures = strings.Join(texts, " × ")
	case "minimum":
		out.Figures = b.say("最低", "least of") + " " + strings.Join(texts, b.say("、", "; "))
	case "weighted_mean":
		for i, t := range terms {
			texts[i] += " × " + number(t.weight)
		}
		out.Figures = "(" + strings.Join(texts, " + ") + ") ÷ " + number(weights)
	case "modified":
		b.modified(out, sum)
	}
	if out.PDO != nil && (out.Combiner == "sum" || out.Combiner == "points") {
		out.Points = &points
	}
}

// modified shows the score of the indicators times the coefficient of the modifiers.
func (b *builder) modified(out *Card, basic Number) {
	var sum, weights Number
	var texts []string
	for i := range out.Modifiers {
		m := &out.Modifiers[i]
		if m.Coefficient == nil || m.Weight == nil {
			continue
		}
		sum, weights = sum.Add(m.Coefficient.Mul(*m.Weight)), weights.Add(*m.Weight)
		texts = append(texts, number(*m.Coefficient)+" × "+number(*m.Weight))
	}
	out.Figures = fixed(basic, b.p.Rounding.Points) + " × (" + strings.Join(texts, " + ") + ") ÷ " + number(weights)
}

// scored are the effects up to which an indicator has points.
const scored = scoring.Substituted
