package explain

func (w writer) credit() {
	c := w.e.Credit
	w.section(w.say("信用额度", "Credit limit"))
	if w.e.Outcome == "rejected" {
		w.line(w.say("不予准入，额度为0。", "Rejected: the limit is 0."))
	}
	w.steps(&c.LimitSteps)
	if len(c.Missing) > 0 {
		w.line(w.because(w.say("无法计算额度", "The limit cannot be worked out"), c.Missing))
	}
	if o := c.Override; o != nil {
		w.limitOverride(o)
	}
	if w.e.Outcome == "referred" {
		text := w.say("转人工，批准之前额度为0", "Referred: the limit is 0 until a person decides")
		if c.Proposed != nil {
			text += w.say("；拟定额度 ", "; proposed: ") + w.currency(w.amount(c.Proposed))
		}
		w.line(text)
	}
	if g := c.Group; g != nil {
		w.creditGroup(g)
	}
	if c.Exposure != nil {
		w.part(w.say("已用额度", "Exposure"))
		w.exposure(c.Exposure)
	}
	w.available(c)
	w.approval(c)
	for i := range c.Segments {
		w.segment(&c.Segments[i])
	}
	w.request(c)
}

// limitOverride shows a limit given by hand.
func (w writer) limitOverride(o *LimitOverride) {
	text := w.say("人工调整额度：", "Limit given by hand: ") + w.currency(w.money(o.Limit))
	if o.Most != nil {
		text += w.say("；最高 ", "; at most ")
		if len(o.AtMost.Reads) > 0 {
			text += expr(o.AtMost) + " = "
		}
		text += w.money(*o.Most)
	}
	text += w.say("；", "; ") + o.Text
	if o.Remark != "" {
		text += w.say("：", ": ") + o.Remark
	}
	w.line(w.because(text, o.Missing))
}

// steps shows the steps to a limit.
func (w writer) steps(s *LimitSteps) {
	g := grid{headers: []string{w.say("步骤", "step"), w.say("算法", "does"), w.say("代入", "in figures"), w.say("数值", "value"), w.say("额度", "limit after it"), w.say("说明", "remark")}, right: []int{3, 4}}
	for _, x := range s.Steps {
		does := w.term(actions, x.Action)
		if x.Operand != nil {
			does += " " + expr(x.Operand)
		} else if x.Round != nil {
			does = w.rounding(x.Round)
		}
		if x.When != nil {
			does += w.say("，当 ", " where ") + expr(x.When)
		}
		figures, value, after := "", "", ""
		if x.Operand != nil {
			figures = x.Operand.Figures
		}
		if x.Value != nil {
			value = number(*x.Value)
		}
		if figures == value {
			figures = ""
		}
		if x.After != nil {
			after = w.exact(x.After)
		}
		remark := w.term(stepEffects, x.Effect)
		if x.Binding {
			remark = w.say("← 限定额度", "← binds")
		}
		if x.When != nil && x.Effect == "condition not met" {
			remark += w.say("（", " (") + w.data(x.When) + w.say("）", ")")
		}
		g.row(named(x.Title, x.ID), does, figures, value, after, w.because(remark, x.Missing))
	}
	w.table(g)
	if s.Rounded == nil || len(s.Steps) == 0 {
		return
	}
	if s.Binding == "group" || s.Binding == "total" {
		w.line(w.say("不高于%s：", "At most the %s: ", w.term(bindings, s.Binding)) + w.exact(s.Exact))
	}
	text := w.say("额度：", "Limit: ")
	if !s.Exact.Unlimited && !s.Exact.Equal(s.Rounded.Number) {
		text += number(s.Exact.Number) + " → "
	}
	text += w.currency(w.amount(s.Rounded))
	if s.Binding != "" {
		text += w.say("；受限于 ", "; bound by ") + w.term(bindings, s.Binding)
		if s.Why != "" {
			text += w.say("：", ": ") + s.Why
		}
	}
	w.line(text)
}

// rounding says what an amount is rounded to.
func (w writer) rounding(m *Multiple) string {
	text := w.say("取 %s 的整倍数", "to multiples of %s", number(m.To))
	return text + w.say("（", " (") + w.term(modes, named(m.Mode, w.e.Policy.Rounding.Mode)) + w.say("）", ")")
}

// exact writes an amount that is not rounded.
func (w writer) exact(a *Amount) string {
	if a.Unlimited {
		return w.amount(a)
	}
	return number(a.Number)
}

func (w writer) exposure(x *Exposure) {
	g := grid{headers: []string{w.say("项目", "item"), w.say("算式", "worked out by"), w.say("代入", "in figures"), w.say("比例", "weight"), w.say("金额", "amount")}, right: []int{4}}
	for _, item := range x.Items {
		amount := ""
		if item.Amount != nil {
			amount = number(*item.Amount)
		}
		figures := item.Of.Figures
		if figures == amount {
			figures = ""
		}
		name := named(item.Title, item.ID)
		if name == "" && len(item.Of.Reads) == 1 {
			name = item.Of.Reads[0].Title
		}
		g.row(name, expr(item.Of), figures, expr(item.Weight), amount)
	}
	w.table(g)
	if x.Amount == nil {
		w.line(w.because(w.say("无法计算", "It cannot be worked out"), x.Missing))
		return
	}
	text := w.say("合计：", "Together: ")
	if !x.Exact.Equal(*x.Amount) {
		text += number(*x.Exact) + " → "
	}
	w.line(text + w.money(*x.Amount))
}

func (w writer) creditGroup(g *CreditGroup) {
	w.part(w.say("集团额度", "Limit of the group"))
	switch {
	case len(g.Missing) > 0:
		w.line(w.because(w.say("无法判断", "It cannot be told"), g.Missing))
		return
	case !g.Applies:
		w.line(w.say("不适用：%s（%s）", "Does not apply: %s (%s)", expr(g.When), w.data(g.When)))
		return
	}
	text := w.say("额度：", "limit: ")
	if len(g.Of.Reads) > 0 {
		text += expr(g.Of) + " = "
	}
	w.line(text + w.money(*g.Limit))
	if g.Exposure != nil {
		w.exposure(g.Exposure)
	}
	if g.Left != nil {
		w.line(w.say("剩余：", "left: ") + w.money(*g.Left))
	}
}

func (w writer) available(c *Credit) {
	if c.Available == nil || c.Limit == nil {
		return
	}
	text := w.say("可用额度：", "Available: ")
	if c.Exposure != nil && c.Exposure.Amount != nil && !c.Limit.Unlimited {
		text += w.amount(c.Limit) + " - " + paren(w.money(*c.Exposure.Amount)) + " = " + w.money(c.Limit.Sub(*c.Exposure.Amount))
		if w.e.Outcome == "admitted" && c.Group != nil && c.Group.Bound {
			text += w.say("；集团只剩 ", "; the group has only ") + w.amount(c.Available)
		}
		w.line(text)
		return
	}
	w.line(text + w.amount(c.Available))
}

func (w writer) approval(c *Credit) {
	if len(c.Approval) == 0 {
		return
	}
	w.part(w.say("审批权限", "Approval"))
	g := grid{headers: []string{w.say("审批人", "who"), w.say("不超过", "up to"), w.say("条件", "condition"), w.say("等级", "grades"), ""}}
	for _, a := range c.Approval {
		most := expr(a.UpTo)
		if a.Most != nil {
			most = w.money(*a.Most)
			if a.UpTo.Figures != "" {
				most = expr(a.UpTo) + " = " + most
			}
		}
		mark := w.term(notApproving, a.Not)
		if a.Chosen {
			mark = w.say("← 审批", "← approves")
		}
		g.row(a.By, most, expr(a.When), w.list(a.Grades), mark)
	}
	w.table(g)
	if c.By == "" {
		w.line(w.say("该额度无人有权审批", "Nobody may approve this limit"))
	}
}

func (w writer) segment(s *Segment) {
	w.part(w.say("分项额度：", "Segment ") + named(s.Title, s.ID))
	switch {
	case !s.Applies:
		w.line(w.say("不适用：%s（%s）", "Does not apply: %s (%s)", expr(s.When), w.data(s.When)))
		return
	case len(s.Missing) > 0:
		w.line(w.because(w.say("无法计算", "It cannot be worked out"), s.Missing))
		return
	}
	w.steps(&s.LimitSteps)
	if s.Exposure != nil {
		w.exposure(s.Exposure)
	}
	if s.Available != nil {
		w.line(w.say("可用：", "Available: ") + w.amount(s.Available))
	}
}

func (w writer) request(c *Credit) {
	r := c.Request
	if r == nil {
		return
	}
	w.part(w.say("申请", "Request"))
	if len(c.Holds) > 0 {
		g := grid{headers: []string{w.say("暂缓条件", "hold"), w.say("条件", "condition"), w.say("除非", "unless"), w.say("数据", "data"), w.say("结果", "result"), w.say("原因", "reason")}}
		for _, h := range c.Holds {
			reason := ""
			verdict := w.term(verdicts, h.Verdict)
			switch h.Verdict {
			case "held", "refused":
				reason = h.Reason
			case "allowed":
				verdict = w.say("不适用", "does not hold")
			}
			g.row(named(h.Title, h.ID), expr(h.When), expr(h.Unless), w.data(h.When), verdict, w.because(reason, h.Missing))
		}
		w.table(g)
	}
	if r.Amount != nil {
		text := w.say("申请金额 %s", "asked for: %s", number(*r.Amount))
		if c.Available != nil {
			sign := " ≤ "
			if r.Over {
				sign = " > "
			}
			text += sign + w.say("可用 ", "available ") + w.amount(c.Available)
		}
		w.line(text)
	}
	w.line(w.because(w.say("结果：", "Verdict: ")+w.term(verdicts, r.Verdict), r.Missing))
}
