package document

import (
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/doc"
)

// grade writes the scale and what moves a customer on it.
func (w *writer) grade() {
	g := w.file.Grade
	if g == nil {
		return
	}
	w.heading("等级", "Grades")
	if of := code(g.Of.Source); of != "" {
		w.line(w.say("等级取自：", "The grade is: ") + of)
	}
	w.gradeScale(g)
	w.gradeRules(g)
	w.transitions(g.Transitions)
	if o := g.Override; o != nil {
		text := w.say("可以人工调整等级，须注明理由、调整人和期限", "The grade may be set by hand, with reason, author and expiry")
		if o.MaxNotches != nil {
			text += w.say("；最多调整 %d 级", "; no more than %d up or down from the one worked out", *o.MaxNotches)
		}
		if o.Grades != nil {
			text += w.say("；只能在 %s 之间调整", "; only among the grades %s", w.list(o.Grades))
		}
		if o.By != nil {
			text += w.say("；有权调整的是 %s", "; by %s only", w.list(o.By))
		}
		w.line(text + w.say("。", "."))
	}
	if !g.Valid.IsZero() {
		w.line(w.say("等级有效期：", "A grade is valid for ") + w.period(g.Valid) + w.say("。", "."))
	}
}

func (w *writer) gradeScale(g *grade.Ladder) {
	heads := []string{w.say("等级", "Grade"), w.say("名称", "Name"), w.say("得分", "Score"), w.say("结果", "Outcome"), w.say("有效期", "Valid for")}
	var names []string
	for _, a := range g.Attributes() {
		names = append(names, a.Name)
		heads = append(heads, "`"+a.Name+"`")
	}
	t := table(heads...)
	scores := w.scores(g)
	for i := range g.Scale {
		r := &g.Scale[i]
		outcome, valid := "", ""
		if r.Outcome != grade.None {
			outcome = w.term(effects, string(r.Outcome))
		}
		if !r.Valid.IsZero() {
			valid = w.period(r.Valid)
		}
		cells := []string{r.Grade, w.in(r.Title), scores[i], outcome, valid}
		for _, name := range names {
			cell := ""
			for _, p := range r.Rest {
				if p.Key.Text == name {
					cell = w.truth(literal(p.Value))
				}
			}
			cells = append(cells, cell)
		}
		t.row(cells...)
	}
	w.write(t)
	if g.Gaps == "refer" {
		w.line(w.say("得分不在任何等级之内的，转人工。", "A score that is in no row has no grade; the customer is referred to a person."))
	}
}

// scores writes the scores of each row: between its own bound and that of the better one.
func (w *writer) scores(g *grade.Ladder) []string {
	rows := make([]bounds, g.OnScale())
	given := g.Of.IsSet() // then rows need no bounds
	for i := range rows {
		r := &g.Scale[i]
		rows[i] = bounds{r.Min, r.Above, r.Max, r.Below}
		given = given && rows[i] == bounds{}
	}
	if given {
		rows = nil
	}
	texts := append(w.intervals(rows, w.say("其他", "the rest")), make([]string, len(g.Scale)-len(rows))...)
	for i := g.OnScale(); i < len(g.Scale); i++ {
		texts[i] = w.say("仅由规则评定", "given by rules only")
	}
	return texts
}

func (w *writer) gradeRules(g *grade.Ladder) {
	if len(g.Rules) == 0 {
		return
	}
	w.part(1, w.say("等级规则", "Rules"))
	t := table(">"+w.say("次序", "Order"), w.say("编号", "Rule"), w.say("条件", "Where"), w.say("等级", "Grade"), w.say("数据缺失时", "Where data are missing"),
		w.say("原因", "Reason"), w.say("代码", "Code"))
	for i := range g.Rules {
		r := &g.Rules[i]
		t.row(strconv.Itoa(i+1), id(r.ID), w.when(&r.When), w.gradeRule(r), w.missing(r.Missing), w.in(r.Reason), id(r.Code))
	}
	w.write(t)
	w.line(w.say("规则按次序适用，每条以前一条的结果为准；最高、最低等级的限制在升降限制之后再适用一次，最高优先。",
		"Rules apply in this order, each to what the last one left. Those that say at most and at least hold once more after the transitions; at most wins."))
}

// gradeRule says what a rule does.
func (w *writer) gradeRule(r *grade.Rule) string {
	switch {
	case r.AtMost != "":
		return w.say("最高 %s", "at most %s", r.AtMost)
	case r.AtLeast != "":
		return w.say("最低 %s", "at least %s", r.AtLeast)
	case r.Grade != "":
		return w.say("定为 %s", "%s", r.Grade)
	case r.Notches != nil && *r.Notches < 0:
		return w.say("降 %d 级", "%d down", -*r.Notches)
	case r.Notches != nil:
		return w.say("升 %d 级", "%d up", *r.Notches)
	}
	return ""
}

func (w *writer) transitions(t *grade.Transitions) {
	if t == nil {
		return
	}
	w.part(1, w.say("升降限制", "Transitions"))
	from := code(t.From.Source)
	if name := w.name(t.From.Source.Value); name != t.From.Source.Value {
		from = name + " " + from
	}
	w.point(w.say("以上期等级为准：", "They look at the previous grade: ") + from + w.say("；没有上期等级的不限制", "; without one they are skipped"))
	if t.MaxUp.IsSet() {
		w.point(w.say("最多上调级数：", "At most so many steps up: ") + amount(&t.MaxUp))
	}
	if t.MaxDown.IsSet() {
		w.point(w.say("最多下调级数：", "At most so many steps down: ") + amount(&t.MaxDown))
	}
	for _, m := range t.Forbid {
		w.point(w.say("不得由 %s 直接评为 %s", "not at once from %s to %s", m.From, m.To))
	}
	if t.Freeze.IsSet() {
		w.point(w.say("等级冻结（维持上期等级）的条件：", "The grade stays as it was where: ") + w.when(&t.Freeze))
	}
	if reason := w.in(t.Reason); reason != "" {
		w.point(w.say("原因：", "Reason: ") + reason)
	}
	w.WriteByte('\n')
}

// period writes a length of time.
func (w *writer) period(p doc.Period) string {
	if w.lang != "zh" {
		return p.String()
	}
	var parts []string
	if p.Months > 0 {
		parts = append(parts, strconv.Itoa(p.Months)+" 个月")
	}
	if p.Days > 0 {
		parts = append(parts, strconv.Itoa(p.Days)+" 天")
	}
	return strings.Join(parts, "零 ")
}
