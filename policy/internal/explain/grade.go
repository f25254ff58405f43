package explain

import (
	"errors"

	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// grade explains how the grade came about.
func (b *builder) grade() *Grade {
	l, r := b.p.File.Grade, &b.s.Grade
	out := &Grade{
		Of: working(b, &l.Of), Scored: b.gradeName(r.Scored), Ruled: b.gradeName(r.Ruled), NoRow: r.NoRow,
		Grade: b.gradeName(r.Final), Missing: b.blamed(r.Missing),
	}
	if r.Has {
		row := &l.Scale[r.Final]
		out.Title, out.Outcome = b.in(row.Title), string(row.Outcome)
	} else if l.Of.IsSet() {
		b.blame(r.Missing, "grade", "", grade.Title{})
	}
	for i := range l.Scale {
		row := &l.Scale[i]
		out.Scale = append(out.Scale, ScaleRow{
			Grade: row.Grade, Title: b.in(row.Title), Text: b.bounds(row), Scored: i == r.Scored, Final: r.Has && i == r.Final,
		})
	}
	if !l.Of.IsSet() && b.s.Score.HasScore {
		score := b.s.Score.Score
		if r.Scored > 0 {
			out.Better = b.distance(&l.Scale[r.Scored-1], score)
		}
		if r.Scored >= 0 && r.Scored+1 < l.OnScale() {
			out.Worse = b.margin(&l.Scale[r.Scored], &l.Scale[r.Scored+1], score)
		}
	}
	for i := range r.Steps {
		out.Steps = append(out.Steps, b.gradeStep(&r.Steps[i]))
	}
	if r.Has {
		for _, a := range l.Attributes() {
			if s, ok := b.p.Symbols["grade."+a.Name]; ok {
				if v := b.s.Frame.Slots[s.Slot]; v.Kind != slot.Missing {
					out.Attributes = append(out.Attributes, Reading{Name: a.Name, Value: Datum{v, s.Type}})
				}
			}
		}
	}
	return out
}

func (b *builder) gradeName(i int) string {
	if i < 0 || i >= len(b.p.Grades) {
		return ""
	}
	return b.p.Grades[i]
}

// bounds writes the bounds of a row: "≥ 85", "≥ 60, < 75".
func (b *builder) bounds(r *grade.Row) string {
	var texts []string
	places := b.p.Rounding.Score
	for _, x := range []struct {
		sign string
		at   *Number
	}{{"≥ ", r.Min}, {"> ", r.Above}, {"≤ ", r.Max}, {"< ", r.Below}} {
		if x.at != nil {
			texts = append(texts, x.sign+fixed(*x.at, places))
		}
	}
	if len(texts) == 0 && !r.OffScale && !b.p.File.Grade.Of.IsSet() {
		return b.say("其余", "the rest")
	}
	return b.list(texts)
}

// distance says how far the score lies from the better row.
func (b *builder) distance(better *grade.Row, score Number) *Distance {
	for _, at := range []*Number{better.Min, better.Above} {
		if at != nil && score.Cmp(*at) <= 0 {
			return &Distance{better.Grade, b.bounds(better), *at, at.Sub(score)}
		}
	}
	for _, at := range []*Number{better.Max, better.Below} {
		if at != nil && score.Cmp(*at) >= 0 {
			return &Distance{better.Grade, b.bounds(better), *at, score.Sub(*at)}
		}
	}
	return nil
}

// margin says how far the score lies from the end of its row, beyond which the next worse one begins.
func (b *builder) margin(own, worse *grade.Row, score Number) *Distance {
	lowIsBest := own.Min == nil && own.Above == nil
	ends := []*Number{own.Min, own.Above}
	if lowIsBest {
		ends = []*Number{own.Max, own.Below}
	}
	for _, at := range ends {
		if at != nil {
			return &Distance{worse.Grade, b.bounds(own), *at, score.Sub(*at).Abs()}
		}
	}
	return nil
}

// gradeStep explains a rule, a transition or an override.
func (b *builder) gradeStep(s *grade.Step) GradeStep {
	l := b.p.File.Grade
	out := GradeStep{
		Kind: s.Kind.String(), Effect: s.Effect.String(), Text: b.term(gradeEffects, s.Effect.String()), Fired: s.Fired(),
		From: b.gradeName(s.From), To: b.gradeName(s.To),
	}
	switch s.Kind {
	case grade.OfRule, grade.Hold:
		r := &l.Rules[s.Index]
		out.ID, out.Reason, out.Does = r.ID, b.in(r.Reason), b.ruleText(r)
		if s.Kind == grade.OfRule {
			out.When = working(b, &r.When)
		}
		out.Missing = b.blame(s.Missing, "rule", r.ID, grade.Title{})
	case grade.Transition:
		if t := l.Transitions; t != nil {
			out.Reason = b.in(t.Reason)
			out.When = working(b, &t.From)
		}
		out.Missing = b.blame(s.Missing, "transitions", "", grade.Title{})
	case grade.ByHand:
		out.Reason = b.signed()
		var refused *grade.OverrideError
		if errors.As(b.s.Grade.Refused, &refused) {
			out.Reason += b.say("（%s）", " (%s)", refused.Reason.In(b.own()))
		}
	}
	return out
}

// signed says who gave an override by hand, why and until when.
func (b *builder) signed() (text string) {
	for _, x := range []struct {
		name, zh, en string
	}{{"override.by", "调整人：%s", "by %s"}, {"override.reason", "原因：%s", "reason: %s"}, {"override.until", "有效至：%s", "until %s"}} {
		if sym, ok := b.p.Symbols[x.name]; ok {
			if v := (Datum{b.s.Frame.Slots[sym.Slot], sym.Type}); !v.IsMissing() {
				if text != "" {
					text += b.say("，", ", ")
				}
				text += b.say(x.zh, x.en, v.String())
			}
		}
	}
	return text
}

// ruleText says what a rule does.
func (b *builder) ruleText(r *grade.Rule) string {
	switch {
	case r.AtMost != "":
		return b.say("最高%s级", "at most %s", r.AtMost)
	case r.AtLeast != "":
		return b.say("最低%s级", "at least %s", r.AtLeast)
	case r.Grade != "":
		return b.say("定为%s级", "grade %s", r.Grade)
	case r.Notches != nil && *r.Notches < 0:
		return b.say("降%d级", "%d down", -*r.Notches)
	case r.Notches != nil:
		return b.say("升%d级", "%d up", *r.Notches)
	}
	return ""
}
