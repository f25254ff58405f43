package explain

import (
	"strconv"
	"strings"
)

func (w writer) scoring() {
	s := w.e.Scoring
	w.section(w.say("评分", "Scoring"))
	if s.Weights != nil {
		w.line(w.because(w.say("采用条件权重：%s（%s）", "conditional weights: %s (%s)", expr(s.Weights), w.data(s.Weights)), s.Weights.Missing))
	}
	w.card(&s.Card)
	if s.Score == nil {
		w.line(w.because(w.say("没有得分", "There is no score"), s.Missing))
		return
	}
	text := w.say("得分：", "Score: ")
	if s.Exact != nil && !s.Exact.Equal(*s.Score) {
		text += number(*s.Exact) + " → "
	}
	w.line(text + w.score(*s.Score))
	if len(s.Baseline) > 0 {
		g := grid{headers: []string{w.say("代码", "code"), w.say("原因", "reason"), w.say("差额", "points from the baseline")}, right: []int{2}}
		for _, c := range s.Baseline {
			g.row(c.Code, c.Text, w.points(c.Points))
		}
		w.table(g)
	}
}

// card lays out a scorecard, or what is in a group.
func (w writer) card(c *Card) {
	if r := c.Reweighted; r != nil {
		w.line(w.say("部分指标缺失，其余得分 × %s ÷ %s = × %s", "Some indicators are left out: the points of the others × %s ÷ %s = × %s",
			number(r.Total), number(r.Present), number(r.Factor)))
	}
	w.indicators(c.Indicators)
	if len(c.Modifiers) > 0 {
		w.part(w.say("修正指标", "Modifiers"))
		w.indicators(c.Modifiers)
	}
	for i := range c.Groups {
		g := &c.Groups[i]
		title := named(g.Title, g.ID)
		if g.Weight != nil {
			title += w.say("（权重 %s）", " (weight %s)", number(*g.Weight))
		}
		w.part(w.say("分组：", "Group ") + title)
		w.card(&g.Card)
		w.group(g)
	}
	if c.Combined == nil {
		return
	}
	if len(c.Groups) > 0 {
		w.part(w.say("合计", "Together"))
	}
	w.combined(c)
	w.changes(c)
}

func (w writer) indicators(all []Indicator) {
	if len(all) == 0 {
		return
	}
	g := grid{headers: []string{w.say("组", "heading"), w.say("指标", "indicator"), w.say("数据", "data"), w.say("档次", "row"), w.say("计算", "working"),
		w.say("得分", "points"), w.say("权重", "weight"), w.say("说明", "remark")}, right: []int{5, 6}}
	heading := ""
	for i := range all {
		x := &all[i]
		shown := x.Heading
		if shown == heading {
			shown = ""
		}
		heading = x.Heading
		points, weight, remark := "", "", ""
		if x.Points != nil {
			points = w.points(*x.Points)
		}
		if x.Weight != nil {
			weight = number(*x.Weight)
		}
		switch x.Effect {
		case "substituted":
			remark = w.say("按缺失计分", "points for what is missing")
		case "reweighted":
			remark = w.say("不参与计分", "left out")
		case "refer":
			remark = w.say("转人工", "refers the customer")
		case "reject":
			remark = w.say("拒绝", "rejects the customer")
		}
		remark = w.because(remark, x.Missing)
		if remark == "" {
			remark = x.RowWhy
		}
		g.row(shown, named(x.Title, x.ID), w.looked(x), w.row(x), w.path(x), points, weight, remark)
	}
	w.table(g)
}

// looked says what an indicator looks at: the value, and how that came about where it is no plain name.
func (w writer) looked(x *Indicator) string {
	if x.Of == nil {
		return ""
	}
	if x.Value.IsMissing() {
		return w.say("缺失", "missing")
	}
	text := w.value(x.Value)
	if len(x.Of.Reads) == 1 && x.Of.Reads[0].Name == x.Of.Expr {
		if unit := x.Of.Reads[0].Unit; unit != "" {
			text += " " + unit
		}
		return text
	}
	if x.Of.Figures != "" {
		return x.Of.Figures + " = " + text
	}
	return text
}

// row says which row held.
func (w writer) row(x *Indicator) string {
	if x.Row == 0 {
		return ""
	}
	if x.RowText == "" {
		return strconv.Itoa(x.Row)
	}
	return w.say("%d：%s", "%d: %s", x.Row, x.RowText)
}

// path follows the points from the method to those that count.
func (w writer) path(x *Indicator) string {
	if x.Raw == nil {
		return ""
	}
	text, at := "", *x.Raw
	if x.Working != "" {
		text = x.Working
		if raw := number(at); raw != x.Working {
			text += " = " + raw
		}
	}
	begin := func() {
		if text == "" {
			text = number(at)
		}
	}
	if text == "" && x.Row == 0 && x.Full != nil && x.Effect == "ok" {
		switch {
		case at.Equal(*x.Full):
			text = w.say("满分", "full marks")
		case at.Sign() == 0:
			text = w.say("0分", "none")
		}
	}
	if !x.Held.Equal(at) {
		begin()
		at = *x.Held
		if at.Sign() == 0 {
			text += w.say("，最低为0", ", at least 0")
		} else {
			text += w.say("，最高为权重 %s", ", at most %s", number(at))
		}
	}
	for _, f := range x.Factors {
		begin()
		at = at.Mul(f.By)
		text += " × " + number(f.By) + " = " + number(at)
	}
	if x.Coefficient != nil {
		begin()
		return text + w.say("；系数 ", "; coefficient ") + number(*x.Coefficient)
	}
	if !x.Points.Equal(at) {
		begin()
		text += " → " + w.points(*x.Points)
	}
	return text
}

// combined shows how the points became one figure.
func (w writer) combined(c *Card) {
	if c.Combiner == "custom" || c.Figures == "" {
		w.line(named(c.Describe, w.say("合计", "together")) + w.say("：", ": ") + number(*c.Combined))
		return
	}
	at := *c.Combined
	if c.Points != nil {
		at = *c.Points
	}
	if total := w.points(at); total != c.Figures {
		w.line(c.Describe + w.say("：", ": ") + c.Figures + " = " + total)
	}
	if p := c.PDO; p != nil && c.Points != nil {
		if p.Each {
			w.line(number(p.Offset) + " + " + paren(w.points(at)) + " = " + number(*c.Combined))
		} else {
			w.line(number(p.Offset) + " + " + number(p.Factor) + " × " + paren(number(at)) + " = " + number(*c.Combined))
		}
	}
}

// changes shows adjustments, caps and the range of the score.
func (w writer) changes(c *Card) {
	at := *c.Combined
	if len(c.Adjustments) > 0 {
		g := grid{headers: []string{w.say("加减分", "adjustment"), w.say("条件", "condition"), w.say("数据", "data"), w.say("适用", "holds"), w.say("分值", "points"), w.say("原因", "reason")}, right: []int{4}}
		for _, a := range c.Adjustments {
			amount := ""
			if a.Holds {
				amount = number(a.Amount)
			}
			g.row(named(a.Title, a.ID), expr(a.When), w.data(a.When), w.yes(a.Holds, a.Missing), amount, w.because(a.Reason, a.Missing))
		}
		w.part(w.say("加减分", "Adjustments"))
		w.table(g)
		if s := c.Span; s != nil && s.Bound {
			w.line(w.say("加减分合计 %s，限定为 %s", "together %s, held at %s", number(s.Sum), number(*c.Adjusted)))
		}
		if c.Adjusted.Sign() != 0 {
			after := at.Add(*c.Adjusted)
			w.line(number(at) + " + " + paren(number(*c.Adjusted)) + " = " + number(after))
			at = after
		}
	}
	if len(c.Caps) > 0 {
		g := grid{headers: []string{w.say("得分上限", "cap"), w.say("条件", "condition"), w.say("数据", "data"), w.say("适用", "holds"), w.say("最高", "at most"), w.say("说明", "remark")}, right: []int{4}}
		for _, a := range c.Caps {
			amount, remark := "", a.Reason
			if a.Holds {
				amount = number(a.Amount)
			}
			if a.Bound {
				remark = strings.TrimSpace(w.say("得分降至 %s", "the score becomes %s", amount) + " " + a.Reason)
			}
			g.row(named(a.Title, a.ID), expr(a.When), w.data(a.When), w.yes(a.Holds, a.Missing), amount, w.because(remark, a.Missing))
		}
		w.part(w.say("得分上限", "Caps"))
		w.table(g)
	}
	if h := c.Held; h != nil {
		w.line(w.say("得分范围：%s 限定为 %s", "within the range of the score: %s becomes %s", number(h.Before), number(h.At)))
	}
}

// group shows what a group brings to the card around it.
func (w writer) group(g *Group) {
	switch {
	case g.Points == nil && g.Effect == "reweighted":
		w.line(w.because(w.say("全组缺失，不参与计分", "all of the group is missing: it is left out"), g.Missing))
		return
	case g.Points == nil:
		w.line(w.because(w.say("该组没有得分", "the group has no points"), g.Missing))
		return
	case g.Weight == nil:
		w.line(w.say("小计：", "Subtotal: ") + w.points(*g.Points))
		return
	}
	at := *g.Exact
	text := w.say("该组得分：", "Points of the group: ") + number(at)
	for _, f := range g.Factors {
		at = at.Mul(f.By)
		text += " × " + number(f.By) + " = " + number(at)
	}
	if !at.Equal(*g.Points) {
		text += " → " + w.points(*g.Points)
	}
	w.line(text)
}

// expr returns the text of an expression that may not be there.
func expr(work *Working) string {
	if work == nil {
		return ""
	}
	return grouped(work.Expr)
}

// yes says whether something holds.
func (w writer) yes(holds bool, missing []string) string {
	switch {
	case len(missing) > 0:
		return w.say("无法判断", "unknown")
	case holds:
		return w.say("是", "yes")
	}
	return w.say("否", "no")
}
