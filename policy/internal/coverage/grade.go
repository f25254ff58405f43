package coverage

import (
	"strconv"

	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

// grade lists every grade, both sides of where it begins, and what moves a customer between grades.
func (l *lister) grade(g *grade.Ladder) {
	shows := []Figure{{"grade", ""}}
	if l.program.File.Scoring != nil {
		shows = []Figure{{"score", ""}, {"grade", ""}}
	}
	for i := range g.Scale {
		row := &g.Scale[i]
		t := l.about(Grade, row.Grade, Words{"等级 " + row.Grade, "grade " + row.Grade}, row.Place(), shows...)
		t.add("given", row.Place(), Words{"评为该级", "is given"}, func(s *program.State) bool { return s.Grade.Has && s.Grade.Final == i })
		if !g.Of.IsSet() && l.program.File.Scoring != nil && !row.OffScale {
			l.gradeBounds(t, row)
		}
	}
	for i := range g.Rules {
		r := &g.Rules[i]
		id := r.ID
		if id == "" {
			id = strconv.Itoa(i + 1)
		}
		t := l.about(Grade, "rule-"+id, Words{"等级规则 " + id, "grade rule " + id}, r.Place(), Figure{"grade_before", ""}, Figure{"grade", ""})
		if canHold(&r.When) || r.Missing == "apply" && mayMiss(&r.When) {
			t.add("applies", r.Place(), Words{"适用", "applies"}, step(func(s *grade.Step) bool { return s.Kind == grade.OfRule && s.Index == i && s.Fired() }))
		}
		if canFail(&r.When) {
			t.add("not", r.Place(), Words{"不适用", "does not apply"}, step(func(s *grade.Step) bool {
				return s.Kind == grade.OfRule && s.Index == i && s.Effect == grade.NotMet
			}))
		}
		if mayMiss(&r.When) {
			t.add("unknown", r.Place(), Words{"无法判断", "cannot be told"}, step(func(s *grade.Step) bool {
				return s.Kind == grade.OfRule && s.Index == i && s.Missing != 0
			}))
		}
		thresholds(t, &r.When)
	}
	if g.Transitions != nil {
		l.transitions(g.Transitions)
	}
	if g.Override != nil {
		t := l.about(Grade, "override", Words{"人工调整", "override"}, g.Override.Place(), Figure{"grade", ""})
		taken := func(e ...grade.Effect) func(*program.State) bool {
			return step(func(s *grade.Step) bool {
				return s.Kind == grade.ByHand && (s.Effect == e[0] || s.Effect == e[len(e)-1])
			})
		}
		t.add("taken", t.place, Words{"采用", "is taken"}, taken(grade.Applied, grade.NoChange))
		t.add("expired", t.place, Words{"已过期", "has expired"}, taken(grade.Expired))
		if o := g.Override; o.MaxNotches != nil || o.Grades != nil || o.By != nil {
			t.add("refused", t.place, Words{"超出允许范围不采用", "goes too far, and is refused"}, taken(grade.NotTaken))
		}
	}
}

// gradeBounds lists both sides of the bounds of a grade, at the scale of the score.
func (l *lister) gradeBounds(t *thing, row *grade.Row) {
	q := quantity{text: "score", kind: slot.Number, can: anything}
	places := l.program.Rounding.Score
	if r, ok := l.program.Range(l.program.Symbols["score"].Slot); ok {
		q.can = r.Set.Holds
		if r.Places >= 0 { // whole points make a whole score
			places = r.Places
		}
	}
	if places >= 0 {
		q.unit = unitOf(places)
	}
	q.read = func(s *program.State) (exact.Number, bool) { return s.Score.Score, s.Score.HasScore }
	for _, bound := range []struct {
		at     *exact.Number
		beyond side
	}{{row.Min, below}, {row.Above, above}, {row.Max, above}, {row.Below, below}} {
		if bound.at != nil {
			t.threshold(q, *bound.at, bound.beyond, row.Place())
		}
	}
}

// transitions lists each way in which the previous grade holds the grade.
func (l *lister) transitions(x *grade.Transitions) {
	t := l.about(Grade, "transitions", Words{"等级变动", "transition"}, x.Place(), Figure{"grade_before", ""}, Figure{"grade", ""})
	effect := func(e grade.Effect) func(*program.State) bool {
		return step(func(s *grade.Step) bool { return s.Kind == grade.Transition && s.Effect == e })
	}
	if x.MaxUp.IsSet() {
		t.add("max-up", x.MaxUp.Place(), Words{"升级受限", "is held at the most steps up"}, effect(grade.HeldUp))
	}
	if x.MaxDown.IsSet() {
		t.add("max-down", x.MaxDown.Place(), Words{"降级受限", "is held at the most steps down"}, effect(grade.HeldDown))
	}
	for i := range x.Forbid {
		m := &x.Forbid[i]
		t.add("forbid-"+strconv.Itoa(i+1), m.Place(), Words{"禁止 " + m.From + " 到 " + m.To, "from " + m.From + " to " + m.To + " is forbidden"}, step(func(s *grade.Step) bool {
			return s.Kind == grade.Transition && s.Effect == grade.Forbidden && s.Index == i
		}))
	}
	if x.Freeze.IsSet() {
		t.add("freeze", x.Freeze.Place(), Words{"冻结", "is frozen"}, effect(grade.Frozen))
	}
	if mayMiss(&x.From) {
		t.add("no-previous", x.From.Place(), Words{"没有上期等级", "has no previous grade"}, effect(grade.NoPrevious))
	}
}

// step reports whether a step is such a one.
func step(is func(*grade.Step) bool) func(*program.State) bool {
	return func(s *program.State) bool {
		for i := range s.Grade.Steps {
			if is(&s.Grade.Steps[i]) {
				return true
			}
		}
		return false
	}
}
