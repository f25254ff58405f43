package portfolio

import (
	"fmt"
	"strings"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/display"
	"github.com/tallystick-go/tallystick/policy/internal/explain"
)

// why returns what is different between two decisions on one customer, in the order in which he passes through the policy:
// criteria, indicators, adjustments and caps, the scale and what changes the grade, the figures of the steps to the limit.
// The score and the amounts between steps only follow from these and are not told.
func why(old, new *policy.Explanation, lang string) []string {
	w := causes{zh: lang == "zh", out: []string{}}
	w.admission(old.Admission, new.Admission)
	switch {
	case old.Scoring != nil && new.Scoring != nil:
		w.card(&old.Scoring.Card, &new.Scoring.Card)
	case old.Scoring != nil:
		w.add("不再评分", "there is no scoring any more")
	case new.Scoring != nil:
		w.add("开始评分", "there was no scoring before")
	}
	if old.Grade != nil && new.Grade != nil {
		w.grade(old.Grade, new.Grade)
	}
	graded := func(e *policy.Explanation) bool { return e.Grade != nil && e.Grade.Grade != "" }
	if old.Credit != nil && new.Credit != nil && graded(old) == graded(new) { // else the steps follow from the grade
		if len(old.Credit.Steps) > 0 && len(new.Credit.Steps) > 0 { // who is rejected has none
			w.steps(old.Credit, new.Credit)
		}
	}
	if len(w.out) == 0 { // the way is the same, what follows is not
		for _, r := range new.Reasons {
			w.out = append(w.out, r.Text)
		}
	}
	return w.out
}

// causes gathers what is different.
type causes struct {
	zh  bool
	out []string
}

func (w *causes) say(zh, en string, args ...any) string {
	if w.zh {
		return fmt.Sprintf(zh, args...)
	}
	return fmt.Sprintf(en, args...)
}

func (w *causes) add(zh, en string, args ...any) { w.out = append(w.out, w.say(zh, en, args...)) }

// each calls do with what has the same id in both lists, in the order of the new one, and then with what is gone.
func each[T any](old, new []T, id func(*T) string, do func(old, new *T)) {
	at := make(map[string]*T, len(old))
	for i := range old {
		at[id(&old[i])] = &old[i]
	}
	for i := range new {
		do(at[id(&new[i])], &new[i])
		delete(at, id(&new[i]))
	}
	for i := range old {
		if at[id(&old[i])] == &old[i] {
			do(&old[i], nil)
		}
	}
}

// shownPlaces are the decimal places up to which a figure is shown in full, endlessPlaces those that others are cut to.
const (
	shownPlaces   = 6
	endlessPlaces = 4
)

// figure shows a number.
func figure(n explain.Number) string {
	if places, ends := n.Places(); ends && places <= shownPlaces {
		return display.Thousands(n.String())
	}
	return display.Thousands(n.Round(endlessPlaces, exact.Down).Fixed(endlessPlaces)) + "…"
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// result returns what came of a criterion in words.
func (w *causes) result(r string) string {
	if w.zh {
		return map[string]string{"pass": "通过", "fail": "不通过", "unknown": "无法判断"}[r]
	}
	return map[string]string{"pass": "passed", "fail": "failed", "unknown": "could not be told"}[r]
}

func (w *causes) admission(old, new []explain.Criterion) {
	each(old, new, func(c *explain.Criterion) string { return c.ID }, func(a, b *explain.Criterion) {
		switch {
		case a == nil && b.Result != "pass":
			w.add("新准入条件 %s：%s", "new criterion %s: %s", or(b.Title, b.ID), w.result(b.Result))
		case b == nil && a.Result != "pass":
			w.add("准入条件 %s 已取消：原为%s", "criterion %s is gone: it %s", or(a.Title, a.ID), w.result(a.Result))
		case a != nil && b != nil && a.Result != b.Result:
			w.add("准入条件 %s：%s → %s", "criterion %s: %s → %s", or(b.Title, b.ID), w.result(a.Result), w.result(b.Result))
		case a != nil && b != nil && b.Result != "pass" && a.Effect != b.Effect:
			w.add("准入条件 %s：处理方式改变", "criterion %s: what follows has changed", or(b.Title, b.ID))
		}
	})
}

// points returns the points of an indicator, or what became of it.
func (w *causes) points(i *explain.Indicator) string {
	switch {
	case i == nil:
		return w.say("无", "none")
	case i.Coefficient != nil:
		return figure(*i.Coefficient)
	case i.Points != nil:
		return figure(*i.Points)
	}
	return w.say("缺失", "missing")
}

func (w *causes) card(old, new *explain.Card) {
	w.indicators(old.Indicators, new.Indicators)
	w.indicators(old.Modifiers, new.Modifiers)
	each(old.Groups, new.Groups, func(g *explain.Group) string { return g.ID }, func(a, b *explain.Group) {
		switch {
		case a == nil:
			w.card(&explain.Card{}, &b.Card)
		case b == nil:
			w.card(&a.Card, &explain.Card{})
		default:
			w.card(&a.Card, &b.Card)
			if text := weights(a.Weight, b.Weight); text != "" {
				w.add("指标组 %s：权重 %s", "group %s: weight %s", or(b.Title, b.ID), text)
			}
		}
	})
	if old.Describe != new.Describe && old.Describe != "" && new.Describe != "" {
		w.add("合成方式：%s → %s", "combined by: %s → %s", old.Describe, new.Describe)
	}
	each(old.Adjustments, new.Adjustments, func(x *explain.Adjustment) string { return x.ID }, func(a, b *explain.Adjustment) {
		was, is := explain.Number{}, explain.Number{}
		name := ""
		if a != nil {
			was, name = a.Amount, or(a.Title, a.ID)
		}
		if b != nil {
			is, name = b.Amount, or(b.Title, b.ID)
		}
		if !was.Equal(is) {
			w.add("加减分 %s：%s → %s", "adjustment %s: %s → %s", name, figure(was), figure(is))
		}
	})
	each(old.Caps, new.Caps, func(x *explain.Cap) string { return x.ID }, func(a, b *explain.Cap) {
		switch {
		case b != nil && b.Bound && (a == nil || !a.Bound || !a.Amount.Equal(b.Amount)):
			w.add("总分最高%[2]s：%[1]s", "cap %s: the score is at most %s", or(b.Title, b.ID), figure(b.Amount))
		case a != nil && a.Bound && (b == nil || !b.Bound):
			w.add("分数上限 %s 不再适用", "cap %s no longer holds", or(a.Title, a.ID))
		}
	})
}

// weights tells a change of a weight, "" where there is none.
func weights(old, new *explain.Number) string {
	if old == nil || new == nil || old.Equal(*new) {
		return ""
	}
	return figure(*old) + " → " + figure(*new)
}

func (w *causes) indicators(old, new []explain.Indicator) {
	each(old, new, func(i *explain.Indicator) string { return i.ID }, func(a, b *explain.Indicator) {
		was, is := w.points(a), w.points(b)
		if was == is {
			return
		}
		x := b
		if x == nil {
			x = a
		}
		text := w.say("指标 %s：%s → %s", "indicator %s: %s → %s", or(x.Title, x.ID), was, is)
		if a != nil && b != nil {
			if change := weights(a.Weight, b.Weight); change != "" {
				text += w.say("（权重 %s）", " (weight %s)", change)
			} else if a.RowText != b.RowText {
				text += w.say("（%s → %s）", " (%s → %s)", or(a.RowText, w.say("无", "none")), or(b.RowText, w.say("无", "none")))
			}
		}
		w.out = append(w.out, text)
	})
}

func (w *causes) grade(old, new *explain.Grade) {
	if old.Scored != new.Scored && old.Scored != "" && new.Scored != "" { // by another score, or another scale
		each(old.Scale, new.Scale, func(r *explain.ScaleRow) string { return r.Grade }, func(a, b *explain.ScaleRow) {
			if a != nil && b != nil && a.Text != b.Text && (a.Scored || b.Scored) {
				w.add("等级 %s：%s → %s", "grade %s: %s → %s", b.Grade, a.Text, b.Text)
			}
		})
	}
	id := func(s *explain.GradeStep) string { return s.Kind + " " + s.ID }
	each(old.Steps, new.Steps, id, func(a, b *explain.GradeStep) {
		did, does := a != nil && a.Fired && a.From != a.To, b != nil && b.Fired && b.From != b.To
		name := func(s *explain.GradeStep) string {
			return or(s.ID, w.say(map[string]string{"transition": "升降限制", "override": "人工调整"}[s.Kind], "%s", s.Kind))
		}
		switch {
		case does && (!did || a.From != b.From || a.To != b.To):
			w.add("等级规则 %s：%s → %s", "%s takes the grade from %s to %s", name(b), or(b.From, "-"), or(b.To, "-"))
		case did && !does:
			w.add("等级规则 %s 不再改变等级（原 %s → %s）", "%s no longer takes the grade from %s to %s", name(a), or(a.From, "-"), or(a.To, "-"))
		case a != nil && b != nil && a.Effect != b.Effect && (a.Effect == "condition unknown" || b.Effect == "condition unknown"):
			w.add("等级规则 %s：%s → %s", "%s: %s → %s", name(b), a.Text, b.Text)
		}
	})
	if old.Outcome != new.Outcome && new.Outcome != "" && old.Grade == new.Grade {
		w.add("等级 %s 的客户处理方式改变", "what becomes of customers with grade %s has changed", new.Grade)
	}
}

func (w *causes) steps(old, new *explain.Credit) {
	number := func(steps []explain.Step) map[*explain.Step]string {
		out := map[*explain.Step]string{}
		for i := range steps {
			out[&steps[i]] = or(steps[i].ID, fmt.Sprint(i+1))
		}
		return out
	}
	names := number(old.Steps)
	for s, name := range number(new.Steps) {
		names[s] = name
	}
	says := func(s *explain.Step) string {
		switch {
		case s.Effect == "condition not met":
			return w.say("不适用", "does not apply")
		case s.Value != nil:
			return figure(*s.Value)
		case s.Round != nil:
			return strings.TrimSpace(figure(s.Round.To) + " " + s.Round.Mode)
		case s.Action == "unlimited" && s.After != nil:
			return w.say("不限额", "unlimited")
		}
		return w.say("无法计算", "cannot be worked out")
	}
	each(old.Steps, new.Steps, func(s *explain.Step) string { return names[s] }, func(a, b *explain.Step) {
		switch {
		case a == nil && b.Effect == "changed":
			w.add("新额度步骤 %s：%s", "new step %s: %s", or(b.Title, names[b]), says(b))
		case b == nil && a.Effect == "changed":
			w.add("额度步骤 %s 已取消：原为 %s", "step %s is gone: it was %s", or(a.Title, names[a]), says(a))
		case a != nil && b != nil && (a.Effect == "changed" || b.Effect == "changed") && (a.Action != b.Action || says(a) != says(b)):
			w.add("额度步骤 %s：%s → %s", "step %s: %s → %s", or(b.Title, names[b]), says(a), says(b))
		}
	})
}
