package document

import (
	"strconv"

	"github.com/tallystick-go/tallystick/credit"
)

// credit writes how the limit comes about, and who approves it.
func (w *writer) credit() {
	t := w.file.Credit
	if t == nil {
		return
	}
	w.heading("信用额度", "Credit limit")
	if len(t.Steps) > 0 {
		w.steps(t.Steps)
		w.line(w.say("额度从 0 开始，按次序计算，计算中不舍入，最后舍入一次；结果不低于 0。上限先舍到金额位数，舍入不会使额度超过上限。",
			"The limit begins at 0; the steps are carried out in this order, exactly, and the limit is rounded once at the end. It is never below 0, and no rounding lifts it over a ceiling."))
	}
	if g := t.Group; g != nil {
		w.part(1, w.say("集团额度", "Limit of the group"))
		w.point(w.say("集团成员：", "Members: ") + w.always(w.when(&g.When)))
		w.point(w.say("集团额度：", "Limit: ") + amount(&g.Limit))
		if reason := w.in(g.Reason); reason != "" {
			w.point(w.say("原因：", "Reason: ") + reason)
		}
		w.WriteByte('\n')
		w.exposures(g.Exposures, w.say("集团已用额度", "What the group uses"), 2)
	}
	if o := t.Overrides; o != nil {
		text := w.say("可以人工调整额度，须注明理由、调整人和期限", "The limit may be set by hand, with reason, author and expiry")
		if o.AtMost.IsSet() {
			text += w.say("；最高 ", "; to no more than ") + amount(&o.AtMost)
		}
		if o.By != nil {
			text += w.say("；有权调整的是 %s", "; by %s only", w.list(o.By))
		}
		w.line(text + w.say("。", "."))
	}
	w.exposures(t.Exposures, w.say("已用额度", "Exposure"), 1)
	if len(t.Exposures) > 0 {
		w.line(w.say("可用额度 = 额度 − 已用额度合计。", "What is available is the limit less the exposure."))
	}
	for i := range t.Segments {
		s := &t.Segments[i]
		w.part(1, w.say("分项额度 ", "Segment ")+titled(s.ID, w.in(s.Title)))
		w.line(w.say("适用：", "For: ") + w.always(w.when(&s.When)))
		w.steps(s.Steps)
		w.exposures(s.Exposures, w.say("分项已用额度", "What is used of it"), 2)
		w.line(w.say("分项额度不超过总额度。", "It is never above the limit as a whole."))
	}
	w.requests(t)
	if !t.Valid.IsZero() {
		w.line(w.say("额度有效期：", "The limit is valid for ") + w.period(t.Valid) + w.say("。", "."))
	}
	w.approval(t)
}

// steps writes the steps of a limit in words.
func (w *writer) steps(steps []credit.Step) {
	t := table(">"+w.say("次序", "Order"), w.say("编号", "Step"), w.say("名称", "Name"), w.say("做法", "What it does"), w.say("条件", "Where"), w.say("原因", "Reason"), w.say("代码", "Code"))
	for i := range steps {
		s := &steps[i]
		t.row(strconv.Itoa(i+1), id(s.ID), w.in(s.Title), w.step(s), w.when(&s.When), w.in(s.Reason), id(s.Code))
	}
	w.write(t)
}

// step says what a step does.
func (w *writer) step(s *credit.Step) string {
	switch {
	case s.Set.IsSet():
		return w.say("定为 ", "set to ") + amount(&s.Set)
	case s.Add.IsSet():
		return w.say("加 ", "add ") + amount(&s.Add)
	case s.Multiply.IsSet():
		return w.say("乘以 ", "times ") + amount(&s.Multiply)
	case s.AtLeast.IsSet():
		return w.say("不低于 ", "at least ") + amount(&s.AtLeast)
	case s.AtMost.IsSet():
		return w.say("不高于 ", "at most ") + amount(&s.AtMost)
	case s.Unlimited:
		return w.say("不设上限", "no limit")
	case s.Round != nil:
		mode := s.Round.Mode
		if mode == "" {
			mode = w.p.Rounding.Mode.String()
		}
		return w.say("取整到 %s 的倍数，%s", "round to a multiple of %s, %s", figure(s.Round.To), w.term(modes, mode))
	}
	return ""
}

// exposures writes what counts as used.
func (w *writer) exposures(all []credit.Exposure, heading string, level int) {
	if len(all) == 0 {
		return
	}
	w.part(level, heading)
	t := table(w.say("编号", "Exposure"), w.say("名称", "Name"), w.say("金额", "Amount"), w.say("计入比例", "Part that counts"))
	for i := range all {
		x := &all[i]
		weight, name := "", w.in(x.Title)
		if x.Weight.IsSet() {
			weight = amount(&x.Weight)
		}
		if name == "" {
			if people := w.name(x.Of.Source.Value); people != x.Of.Source.Value {
				name = people
			}
		}
		t.row(id(x.ID), name, amount(&x.Of), weight)
	}
	w.write(t)
}

// requests says what becomes of an amount asked for.
func (w *writer) requests(t *credit.Terms) {
	over := func(over string) string {
		if over == "" {
			over = "hold"
		}
		return w.term(effects, over)
	}
	if r := t.Requested; r != nil {
		w.part(1, w.say("用信申请", "Requests"))
		w.point(w.say("申请金额：", "The amount asked for: ") + amount(&r.Amount))
		w.point(w.say("超过可用额度时：", "Where it is more than is available: ") + over(r.Over) + w.say("；等于可用额度的同意", "; one that equals it is allowed"))
		if reason := w.in(r.Reason); reason != "" {
			w.point(w.say("原因：", "Reason: ") + reason)
		}
		if r.Code != "" {
			w.point(w.say("代码：", "Code: ") + id(r.Code))
		}
		w.WriteByte('\n')
	}
	if len(t.Holds) == 0 {
		return
	}
	w.part(1, w.say("暂缓条件", "Holds"))
	c := table(w.say("编号", "Hold"), w.say("名称", "Name"), w.say("条件", "Where"), w.say("例外", "Unless"), w.say("处理", "What happens"), w.say("原因", "Reason"), w.say("代码", "Code"))
	for i := range t.Holds {
		h := &t.Holds[i]
		c.row(id(h.ID), w.in(h.Title), w.when(&h.When), w.when(&h.Unless), over(h.Over), w.in(h.Reason), id(h.Code))
	}
	w.write(c)
}

// approval lists who may approve what.
func (w *writer) approval(t *credit.Terms) {
	if len(t.Approval) == 0 {
		return
	}
	w.heading("审批权限", "Approval")
	c := table(w.say("审批人", "Who approves"), w.say("额度", "Limit"), w.say("等级", "Grades"), w.say("条件", "Where"))
	for i := range t.Approval {
		a := &t.Approval[i]
		limit := w.say("不限", "any")
		if a.UpTo.IsSet() {
			limit = "≤ " + amount(&a.UpTo)
		}
		c.row(a.By, limit, w.list(a.Grades), w.when(&a.When))
	}
	w.write(c)
	w.line(w.say("由第一个符合的审批人审批。", "The first row that holds says who approves."))
	if t.Gaps == "refer" {
		w.line(w.say("没有符合的审批人的，转人工。", "Where no row holds, a person decides."))
	}
}
