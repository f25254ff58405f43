package document

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/scoring"
)

// scoring writes the scorecard.
func (w *writer) scoring() {
	c := w.file.Scoring
	if c == nil {
		return
	}
	w.heading("评分", "Scoring")
	w.card(c, 1)
	if len(c.Forbid) > 0 {
		names := make([]string, len(c.Forbid))
		for i, f := range c.Forbid {
			names[i] = titled(f.Value, w.in(w.file.Inputs.Get(f.Value).Title))
		}
		w.line(w.say("不得直接或间接影响评分的数据：", "Data that must not influence the score, directly or by way of something else: ") + w.list(names) + w.say("。", "."))
	}
}

// card writes a card, or a group of one; its parts are level deep within the section.
func (w *writer) card(c *scoring.Card, level int) {
	w.sum(c)
	w.indicators(c.Indicators, level, w.scale(c))
	if len(c.Modifiers) > 0 {
		w.part(level, w.say("修正指标", "Modifiers"))
		w.indicators(c.Modifiers, level, nil)
	}
	w.weights(c, level)
	for i := range c.Groups {
		g := &c.Groups[i]
		heading := w.say("分组 ", "Group ") + titled(g.ID.Value, w.in(g.Title))
		if g.Weight != nil {
			heading += w.say("（%s 分）", " (%s points)", figure(*g.Weight))
		}
		w.part(level, heading)
		w.card(&g.Card, level+1)
	}
	w.adjustments(c, level)
	w.caps(c, level)
}

// sum says how the points become the score.
func (w *writer) sum(c *scoring.Card) {
	how := w.say("各项得分相加", "the points are added up")
	weighted := true // whether weights add up to the total
	if c.Combine != nil {
		if text := scoring.DescriptionOf(c.Combine, w.lang); text != "" {
			how = text
		}
		t, ok := c.Combine.(scoring.Termed)
		weighted = !ok || t.Terms().Weights == scoring.WeightsAddUp
	}
	weighted = weighted && c.PDO == nil
	text := w.say("总分：", "The score: ") + how
	if weighted {
		text += w.say("；权重合计 %s 分", "; the weights add up to %s", figure(weightsOf(c)))
	} else if c.Total != nil {
		text += w.say("；满分 %s 分", "; out of %s", figure(*c.Total))
	}
	if c.Min != nil {
		text += w.say("；最低 %s 分", "; at least %s", figure(*c.Min))
	}
	if c.Max != nil {
		text += w.say("；最高 %s 分", "; at most %s", figure(*c.Max))
	}
	if weighted {
		text += w.say("；各项得分不低于 0、不超过权重，另有说明的除外", "; points are never below 0 nor above the weight, save where it says so")
	}
	w.line(text + w.say("。", "."))
	if c.Combine != nil && c.Node() != nil {
		if n := c.Node().Get("combine"); n != nil && n.Kind == doc.Map && len(n.Pairs) > 0 && n.Pairs[0].Value.Kind == doc.Map {
			w.parameters(n.Pairs[0].Value)
		}
	}
	w.pdo(c.PDO)
}

// weightsOf returns what the weights of a card add up to; a group without one counts with what is in it.
func weightsOf(c *scoring.Card) (sum exact.Number) {
	for i := range c.Indicators {
		if weight := c.Indicators[i].Weight; weight != nil {
			sum = sum.Add(*weight)
		}
	}
	for i := range c.Groups {
		if weight := c.Groups[i].Weight; weight != nil {
			sum = sum.Add(*weight)
		} else {
			sum = sum.Add(weightsOf(&c.Groups[i].Card))
		}
	}
	return sum
}

// pdo says how log odds become points.
func (w *writer) pdo(o *scoring.PDO) {
	if o == nil {
		return
	}
	if o.Points != nil && o.Odds != nil && o.Double != nil {
		w.line(w.say("换算：好坏比 %s 时为 %s 分，每加 %s 分好坏比翻一倍。", "Scaled to odds: good to bad of %s is %s points, and %s points more double the odds.",
			amount(o.Odds), figure(*o.Points), figure(*o.Double)))
	}
	factor, offset, inexact, ok := o.Constants()
	if !ok {
		return
	}
	about := ""
	if inexact {
		about = w.say("约 ", "about ")
	}
	formula := w.say("总分 = %s + %s × 各项之和", "The score = %s + %s * the sum", about+figure(offset.Round(shown, exact.HalfEven)), about+figure(factor.Round(shown, exact.HalfEven)))
	if o.Each {
		formula = w.say("逐项换算：得分 = %s × 分值，逐项舍入；再加 %s。", "Scaled one by one: points = %s * value, each rounded; then %s is added.",
			about+figure(factor.Round(shown, exact.HalfEven)), about+figure(offset.Round(shown, exact.HalfEven)))
	}
	w.line(formula)
}

// shown are the decimals of what does not end.
const shown = 6

// scale returns how log odds are scaled to the points of a row; nil where they are not, row by row.
func (w *writer) scale(c *scoring.Card) func(exact.Number) string {
	if c.PDO == nil || !c.PDO.Each {
		return nil
	}
	factor, _, _, ok := c.PDO.Constants()
	if !ok {
		return nil
	}
	return func(n exact.Number) string {
		n = n.Mul(factor)
		if p := w.p.Rounding.Points; p >= 0 {
			return n.Round(p, w.p.Rounding.Mode).Fixed(p)
		}
		return figure(n)
	}
}

// indicators writes a table of them, and then what each one earns.
func (w *writer) indicators(all []scoring.Indicator, level int, scale func(exact.Number) string) {
	t := table(w.say("编号", "Indicator"), w.say("名称", "Name"), w.say("类别", "Under"), ">"+w.say("权重", "Weight"), w.say("考察", "Looks at"), w.say("方法", "Method"),
		w.say("数据缺失时", "Where data are missing"), w.say("说明", "Remarks"), w.say("原因", "Reason"), w.say("代码", "Code"))
	for i := range all {
		ind := &all[i]
		weight := ""
		if ind.Weight != nil {
			weight = figure(*ind.Weight)
		}
		t.row(id(ind.ID.Value), w.in(ind.Title), ind.Group.Value, weight, w.of(ind), w.describe(ind.Method), w.ifMissing(ind.Missing), w.remarks(ind), w.in(ind.Reason), id(ind.Code))
	}
	w.write(t)
	for i := range all {
		ind := &all[i]
		switch ind.Method.(type) {
		case *scoring.Proportional, *scoring.Deduct, *scoring.Formula:
			continue // the table above has it all
		}
		w.part(level, titled(ind.ID.Value, w.in(ind.Title)))
		w.method(ind.Method, extra(ind.Node(), ind), level, scale)
	}
}

// of says what an indicator looks at.
func (w *writer) of(ind *scoring.Indicator) string {
	of := code(ind.Of.Source)
	if name := w.name(ind.Of.Source.Value); name != ind.Of.Source.Value {
		return name + " " + of
	}
	return of
}

// describe says what a method does, and where that is little, all of it.
func (w *writer) describe(m scoring.Method) string {
	switch m := m.(type) {
	case *scoring.Formula:
		return w.say("按公式计分：", "by the formula ") + amount(&m.Expr)
	case *scoring.Proportional:
		return m.Describe(w.lang) + w.say("；标准 = ", "; full = ") + amount(&m.Full)
	}
	return scoring.DescriptionOf(m, w.lang)
}

// ifMissing says what becomes of an indicator that is missing.
func (w *writer) ifMissing(m scoring.MissingRule) string {
	if m.Do == scoring.Substitute {
		return w.say("得 %s 分", "%s points", figure(m.Points))
	}
	return w.term(effects, m.String())
}

// remarks say what else is said of an indicator.
func (w *writer) remarks(ind *scoring.Indicator) string {
	var parts []string
	if ind.Beyond {
		parts = append(parts, w.say("得分可低于 0 或超过权重", "points may be below 0 or above the weight"))
	}
	switch ind.Monotone {
	case "rising":
		parts = append(parts, w.say("值越大得分不得越低", "points never fall as the value rises"))
	case "falling":
		parts = append(parts, w.say("值越大得分不得越高", "points never rise as the value rises"))
	}
	if ind.Baseline != nil {
		parts = append(parts, w.say("基准得分 %s", "baseline %s", figure(*ind.Baseline)))
	}
	return strings.Join(parts, w.say("；", "; "))
}

// weights lists the weights of some customers.
func (w *writer) weights(c *scoring.Card, level int) {
	if len(c.Weights) == 0 {
		return
	}
	w.part(level, w.say("条件权重", "Conditional weights"))
	t := table(w.say("适用条件", "Where"), w.say("权重", "Weights"))
	for i := range c.Weights {
		x := &c.Weights[i]
		var parts []string
		for _, n := range x.Is {
			parts = append(parts, id(n.Name.Value)+" "+figure(n.Value))
		}
		t.row(w.when(&x.When), w.list(parts))
	}
	w.write(t)
	w.line(w.say("取第一个符合的行；未列出的指标权重不变。", "The first row that holds counts; indicators that it does not name keep their weights."))
}

// adjustments lists what is added or taken afterwards.
func (w *writer) adjustments(c *scoring.Card, level int) {
	if len(c.Adjustments) == 0 {
		return
	}
	w.part(level, w.say("加减分", "Adjustments"))
	t := table(w.say("编号", "Adjustment"), w.say("名称", "Name"), w.say("条件", "Where"), ">"+w.say("加减分", "Points"), w.say("原因", "Reason"), w.say("代码", "Code"))
	for i := range c.Adjustments {
		a := &c.Adjustments[i]
		t.row(id(a.ID.Value), w.in(a.Title), w.always(w.when(&a.When)), amount(&a.Add), w.in(a.Reason), id(a.Code))
	}
	w.write(t)
	if s := c.AdjustmentsCap; s != nil {
		var parts []string
		if s.Least != nil {
			parts = append(parts, w.say("不低于 %s", "at least %s", figure(*s.Least)))
		}
		if s.Most != nil {
			parts = append(parts, w.say("不高于 %s", "at most %s", figure(*s.Most)))
		}
		w.line(w.say("加减分合计", "Together they are ") + w.list(parts) + w.say("。", "."))
	}
}

// caps lists what the score is at most.
func (w *writer) caps(c *scoring.Card, level int) {
	if len(c.Caps) == 0 {
		return
	}
	w.part(level, w.say("得分上限", "Caps"))
	t := table(w.say("编号", "Cap"), w.say("名称", "Name"), w.say("条件", "Where"), ">"+w.say("总分不高于", "Score at most"), w.say("原因", "Reason"), w.say("代码", "Code"))
	for i := range c.Caps {
		x := &c.Caps[i]
		t.row(id(x.ID.Value), w.in(x.Title), w.always(w.when(&x.When)), amount(&x.AtMost), w.in(x.Reason), id(x.Code))
	}
	w.write(t)
}

// always says that something without a condition always holds.
func (w *writer) always(condition string) string {
	if condition == "" {
		return w.say("一律", "always")
	}
	return condition
}
