package program

import (
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/bounds"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/scoring"
)

// findings reports what a policy says in vain: conditions that are always the same, rows that never count, names that nobody
// reads. Everything here is proved for every customer. Of a file that could be read in part only, the other part may be right;
// but a condition that could be read is what it is, where all inputs are known.
func (l *linker) findings(partial bool) {
	l.forbidden()
	if partial || !l.sound() {
		if l.sound("inputs") {
			l.conditions()
		}
		return
	}
	l.refine()
	l.ungiven()
	l.conditions()
	l.hidden()
	l.unused()
}

// ofMeaning are the errors that leave every part of the file as it is written: what is wrong is what it says, and all else can
// be looked at as well.
var ofMeaning = []string{"gap", "overlap", "unproved", "weights-total", "not-monotone", "scale-gap", "approval-gap", "approval-order", "forbidden-input"}

// sound reports whether everything under some keys of the file, or all of it, could be read and makes sense by itself.
func (l *linker) sound(sections ...string) bool {
	return !slices.ContainsFunc(l.Faults, func(f doc.Fault) bool {
		if f.Severity != doc.Error || slices.Contains(ofMeaning, f.Code) {
			return false
		}
		return len(sections) == 0 || slices.ContainsFunc(sections, func(key string) bool { return within(l.file.Node(), f.Place, []string{key}) })
	})
}

// ungiven warns of grades that nobody can have, besides those that the score leaves out.
func (l *linker) ungiven() {
	g := l.file.Grade
	if g == nil {
		return
	}
	for i, can := range l.reachable(g) {
		row := &g.Scale[i]
		switch {
		case can || l.reported(row.Place()):
		case row.OffScale:
			l.Fault(doc.Warnf(row.Place(), "never-reached", "nobody can have grade %s: it is off the ladder, and no rule gives it", row.Grade).
				WithHint("add a rule with `grade: %s`, or take the grade away", row.Grade))
		case g.Of.IsSet():
			l.Fault(doc.Warnf(row.Place(), "never-reached", "nobody can have grade %s: `%s` never gives it, and no rule does", row.Grade, brief(g.Of.Source.Value)).
				WithHint("give it, or take the grade away"))
		}
	}
}

// conditions warns of conditions that never hold, or never fail.
func (l *linker) conditions() {
	standsIn := map[doc.Expression]bool{}
	for i := range l.file.Values {
		standsIn[&l.file.Values[i].Value.Missing] = true
	}
	forMissing := map[doc.Expression]bool{} // rules that may be there for customers of whom it is missing
	if g := l.file.Grade; g != nil {
		for i := range g.Rules {
			forMissing[&g.Rules[i].When] = g.Rules[i].Missing == "apply"
		}
	}
	for _, e := range l.Decoder.Expressions {
		prog, v := l.programs[e], l.yields[e]
		if prog == nil || v.Kind != slot.Bool {
			continue
		}
		if k, constant := prog.Const(); constant && (standsIn[e] || k.Int != 0 && strings.TrimSpace(prog.Source) == "true") {
			continue // it is written so on purpose
		}
		if forMissing[e] && l.space.Never(v.True) && v.CanMiss() {
			continue
		}
		l.idle(prog.Root, &v, source(e).Place())
	}
}

// idle reports a condition that stands at place, if it never holds or never fails.
func (l *linker) idle(n formula.Node, v *bounds.Value, place doc.Place) {
	text, s := brief(n.Text()), l.space
	if l.readsNothing(readsIn(n)) {
		return
	}
	var f doc.Fault
	switch never := s.Never(v.True); {
	case never && s.Never(v.False): // always missing, which was reported where it comes from
		return
	case never:
		f = doc.Warnf(place, "never-holds", "`%s` never holds", text).WithHint("correct it, or take away what depends on it")
	case s.Always(v.True):
		f = doc.Warnf(place, "always-holds", "`%s` always holds", text).WithHint("correct it, or leave it out")
	case s.Never(v.False):
		f = doc.Warnf(place, "always-holds", "`%s` never fails: it holds, or it is missing", text).WithHint("correct it, or say `has(...)` where only the data must be there")
	default:
		return
	}
	f.Message += l.since(n, f.Code == "never-holds")
	l.Fault(f)
}

// readsIn returns the slots that a part of an expression reads, in order, each once.
func readsIn(n formula.Node) (reads []int) {
	if r, ok := n.(*formula.Read); ok {
		return []int{r.Slot}
	}
	for _, child := range n.Children() {
		reads = append(reads, readsIn(child)...)
	}
	return sorted(reads)
}

// readsNothing reports whether one of reads never has a value, which was reported where it comes from.
func (l *linker) readsNothing(reads []int) bool {
	for _, i := range reads {
		if v, ok := l.space.Slot(i); ok && v.Kind == slot.Number && len(v.Set.Spans) == 0 {
			return true
		}
	}
	return false
}

// brief returns an expression on one line, and shortened where it is long.
func brief(s string) string {
	const most = 60
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// since says what is known of the slots that decide on a condition, where that is little enough to read. Of two conditions
// that exclude each other, what is known of each is mostly beside the point.
func (l *linker) since(n formula.Node, never bool) string {
	const most = 2
	both, joined := n.(*formula.Binary)
	joined = joined && both.Op == formula.OpAnd && never
	var parts []string
	for _, i := range readsIn(n) {
		v, ok := l.space.Slot(i)
		name := l.nameOf(i)
		if text := l.show(&v); ok && name != "" && text != "" && (!joined || v.Kind == slot.Number && v.Places == 0) {
			parts = append(parts, name+" is "+text)
		}
	}
	out := ""
	if joined {
		out = ": nothing meets both sides"
	}
	if len(parts) > 0 && len(parts) <= most {
		out += ", since " + strings.Join(parts, " and ")
	}
	return out
}

// nameOf returns the name of what is in slot i.
func (l *linker) nameOf(i int) string {
	for name, s := range l.program.Symbols {
		if s.Slot == i && s.Type != nil {
			return name
		}
	}
	return ""
}

// show says what a value can be: "between 0 and 20", "one of A, B"; "" where it can be anything.
func (l *linker) show(v *bounds.Value) string {
	switch v.Kind {
	case slot.Number:
		s, ok := v.Hull()
		if !ok || s.NoLow && s.NoHigh {
			return ""
		}
		d := scoring.Domain{Interval: scoring.Interval{Min: s.Low, Max: s.High, NoMin: s.NoLow, NoMax: s.NoHigh}, OpenMin: s.LowOpen, OpenMax: s.HighOpen}
		if v.Places == 0 {
			return d.String() + ", a whole number"
		}
		return d.String()
	case slot.Date:
		s, ok := v.Hull()
		if !ok || s.NoLow || s.NoHigh {
			return ""
		}
		from, _ := s.Low.Int64()
		to, _ := s.High.Int64()
		return slot.Day(from).String() + " to " + slot.Day(to).String()
	case slot.String:
		if v.Set.Except || len(v.Set.Texts) == 0 {
			return ""
		}
		return "one of " + strings.Join(v.Set.Texts, ", ")
	}
	return ""
}

// apart reports whether it is proved that two rules for the grade never apply to the same customer.
func (l *linker) apart(i, j int) bool {
	rules := l.file.Grade.Rules
	a, b := &rules[i], &rules[j]
	if a.Missing == "apply" || b.Missing == "apply" {
		return false
	}
	v, known := l.yields[&a.When]
	w, known2 := l.yields[&b.When]
	return known && known2 && l.space.Disjoint(v.True, w.True)
}
