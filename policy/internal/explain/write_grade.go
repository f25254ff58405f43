package explain

import "strings"

func (w writer) grade() {
	s := w.e.Grade
	w.section(w.say("等级", "Grade"))
	scale := grid{headers: []string{w.say("等级", "grade"), w.say("名称", "title"), w.say("得分", "score"), ""}}
	for _, r := range s.Scale {
		mark := ""
		switch {
		case r.Scored && r.Final:
			mark = w.say("← 评定", "← the grade")
		case r.Scored:
			mark = w.say("← 按得分", "← by the score")
		case r.Final:
			mark = w.say("← 最终", "← in the end")
		}
		scale.row(r.Grade, r.Title, r.Text, mark)
	}
	w.table(scale)
	if s.Of != nil {
		w.line(w.because(w.say("等级来自：%s（%s）", "The grade is given by %s (%s)", expr(s.Of), w.data(s.Of)), s.Missing))
	}
	if s.NoRow {
		w.line(w.say("得分不在任何等级之内", "No row of the scale holds for the score"))
	}
	if score := w.e.Scoring; s.Of == nil && score != nil && score.Score != nil && s.Scored != "" {
		text := w.say("得分 %s，按得分为 %s 级", "Score %s, grade %s by the score", w.score(*score.Score), s.Scored)
		if d := s.Better; d != nil {
			text += w.say("；%s 级 %s，还差 %s", "; %s is %s: %s short", d.Grade, d.Text, w.score(d.By))
		}
		if d := s.Worse; d != nil {
			text += w.say("；距 %s 级有 %s 的余地（%s）", "; %[2]s to spare before %[1]s", d.Grade, w.score(d.By), d.Text)
		}
		w.line(text)
	}
	steps := grid{headers: []string{w.say("规则", "rule"), w.say("条件", "condition"), w.say("数据", "data"), w.say("内容", "says"), w.say("结果", "result"), w.say("等级", "grade"), w.say("原因", "reason")}}
	for _, x := range s.Steps {
		move := ""
		if x.From != x.To {
			move = named(x.From, w.say("无", "none")) + " → " + named(x.To, w.say("无", "none"))
		}
		reason := ""
		if x.Fired || x.Kind == "override" {
			reason = x.Reason
		}
		steps.row(strings.TrimSpace(w.term(gradeKinds, x.Kind)+" "+x.ID), expr(x.When), w.data(x.When), x.Does, x.Text, move, w.because(reason, x.Missing))
	}
	w.table(steps)
	text := w.say("等级：", "Grade: ") + strings.TrimSpace(named(s.Grade, w.say("无", "none"))+" "+s.Title)
	if s.Outcome != "" {
		text += w.say("（该等级：%s）", " (this grade: %s)", w.term(effects, s.Outcome))
	}
	w.line(text)
	var attributes []string
	for _, a := range s.Attributes {
		attributes = append(attributes, a.Name+" "+w.value(a.Value))
	}
	if len(attributes) > 0 {
		w.line(w.say("等级属性：", "With the grade: ") + w.list(attributes))
	}
}
