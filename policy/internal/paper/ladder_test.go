package paper_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// gradeRule is a rule of the ladder on paper.
type gradeRule struct {
	when    claim
	action  string // at_most, at_least, notches or grade
	target  int    // index of the grade, or the notches
	missing string // "" for refer
}

// ladder is the section grade on paper. Grades are counted from the best, 0; one more than those of the scale is off it.
type ladder struct {
	bounds      []*big.Rat // of all grades but the last
	far         []*big.Rat // the other bounds of these, included; nil: none
	open        bool       // whether the bounds themselves belong to the worse grade
	lowest      bool       // whether the lowest score is the best
	outcome     string     // of the last grade
	offScale    bool       // whether there is a grade M
	of          *given     // what gives the grade in place of the score; nil: the score does
	rules       []gradeRule
	transitions bool
	up, down    int // -1: any number
	forbid      [][2]int
	freeze      *claim
	hand        *gradesByHand // nil: no grade is given by hand
	valid       period
	validOf     []period // of the grades of the scale
}

// given is an expression that yields a grade, -1 where it is missing.
type given struct {
	text string
	of   func(s *sheet) int
}

func (l *ladder) names() []string {
	if l.offScale {
		return append(slices.Clone(paperGrades), "M")
	}
	return paperGrades
}

// before is the grade that the customer had, -1 where it is not known.
func (s *sheet) before() int {
	return slices.Index(append(slices.Clone(paperGrades), "M"), s.texts["was"])
}

func (g *drafter) ladder() *ladder {
	l := &ladder{up: -1, down: -1, open: g.chance(30)}
	l.bounds = g.ascending(3)
	slices.Reverse(l.bounds)
	if g.chance(50) { // as scores mostly lie
		l.bounds = []*big.Rat{rat("90"), rat("75"), rat("60")}
	}
	if l.lowest = g.chance(15); l.lowest {
		g.use("lowest is best")
		slices.Reverse(l.bounds)
	}
	l.far = make([]*big.Rat, len(l.bounds))
	if g.chance(10) {
		g.use("gaps in the scale")
		i := g.IntN(3)
		better := minus(times(rat("2"), l.bounds[0]), l.bounds[1]) // as far from the best grade as the next one is
		if i > 0 {
			better = l.bounds[i-1]
		}
		l.far[i] = quotient(plus(l.bounds[i], better), rat("2"))
	}
	l.outcome = oneOf(g, "", "", "reject", "refer")
	l.offScale = g.chance(25)
	if g.chance(10) {
		g.use("a grade that is given")
		l.of = g.given()
	}
	for range g.IntN(4) {
		r := gradeRule{when: g.claim(1), action: g.use(oneOf(g, "at_most", "at_least", "notches", "grade")), target: g.IntN(4), missing: oneOf(g, "", "skip", "apply")}
		switch {
		case r.action == "notches":
			r.target = oneOf(g, -2, -1, 1)
		case r.action == "grade" && l.offScale && g.chance(60):
			r.target = 4
			g.use("off_scale")
		}
		l.rules = append(l.rules, r)
	}
	if g.chance(60) {
		l.transitions = true
		if g.chance(70) {
			l.up = g.IntN(3)
		}
		if g.chance(50) {
			l.down = g.IntN(3)
		}
		if g.chance(40) {
			from, to := g.IntN(4), g.IntN(4)
			if from != to {
				l.forbid = append(l.forbid, [2]int{from, to})
				g.use("forbid")
			}
		}
		if g.chance(30) {
			c := g.claim(1)
			l.freeze = &c
			g.use("freeze")
		}
		if l.up < 0 && l.down < 0 && l.forbid == nil && l.freeze == nil {
			l.up = 1
		}
	}
	if g.chance(40) {
		l.hand = g.gradesByHand(l)
	}
	if g.chance(40) {
		l.valid = g.period()
	}
	l.validOf = make([]period, len(paperGrades))
	if g.chance(30) {
		l.validOf[g.IntN(len(paperGrades))] = g.period()
	}
	return l
}

// given drafts what gives a grade.
func (g *drafter) given() *given {
	if g.chance(40) {
		return &given{"was", (*sheet).before}
	}
	c, a, b := g.claim(1), g.IntN(4), g.IntN(4)
	return &given{c.text + ` ? "` + paperGrades[a] + `" : "` + paperGrades[b] + `"`, func(s *sheet) int {
		switch c.of(s) {
		case isTrue:
			return a
		case untrue:
			return b
		}
		return -1
	}}
}

func (l *ladder) write() string {
	var out strings.Builder
	out.WriteString("grade:\n")
	if l.of != nil {
		fmt.Fprintf(&out, "  of: %s\n", quoted(l.of.text))
	}
	out.WriteString("  scale:\n")
	bound := map[[2]bool]string{{false, false}: "min", {false, true}: "above", {true, false}: "max", {true, true}: "below"}[[2]bool{l.lowest, l.open}]
	far := map[bool]string{false: "max", true: "min"}[l.lowest]
	gaps := false
	for i, name := range paperGrades {
		fmt.Fprintf(&out, "    - {grade: %s, factor: %s", name, []string{"1.25", "0.8", "0.3", "0"}[i])
		if i < len(l.bounds) && l.of == nil {
			fmt.Fprintf(&out, ", %s: %s", bound, plain(l.bounds[i]))
			if l.far[i] != nil {
				gaps = true
				fmt.Fprintf(&out, ", %s: %s", far, plain(l.far[i]))
			}
		}
		if i == len(l.bounds) && l.outcome != "" {
			out.WriteString(", outcome: " + l.outcome)
		}
		out.WriteString(l.validOf[i].write(", valid: %s") + "}\n")
	}
	if l.offScale {
		out.WriteString("    - {grade: M, off_scale: true, factor: 0.5}\n")
	}
	if gaps {
		out.WriteString("  gaps: refer\n")
	}
	if len(l.rules) > 0 {
		out.WriteString("  rules:\n")
	}
	for i, r := range l.rules {
		target := fmt.Sprint(r.target)
		if r.action != "notches" {
			target = l.names()[r.target]
		}
		fmt.Fprintf(&out, "    - {id: r%d, when: %s, %s: %s", i+1, quoted(r.when.text), r.action, target)
		if r.missing != "" {
			out.WriteString(", missing: " + r.missing)
		}
		out.WriteString("}\n")
	}
	if l.transitions {
		out.WriteString("  transitions:\n    from: was\n")
		if l.up >= 0 {
			fmt.Fprintf(&out, "    max_up: %d\n", l.up)
		}
		if l.down >= 0 {
			fmt.Fprintf(&out, "    max_down: %d\n", l.down)
		}
		for _, f := range l.forbid {
			fmt.Fprintf(&out, "    forbid: [{from: %s, to: %s}]\n", paperGrades[f[0]], paperGrades[f[1]])
		}
		if l.freeze != nil {
			fmt.Fprintf(&out, "    freeze: %s\n", quoted(l.freeze.text))
		}
	}
	if l.hand != nil {
		out.WriteString(l.hand.write(l.names()))
	}
	return out.String() + l.valid.write("  valid: %s\n")
}

// graded is how a customer came to a grade; -1 is none.
type graded struct {
	scored, final int
	byHand        string // what came of a grade given by hand
	outcome       string // what the grade makes of the customer
}

// ofScore is the grade that the scale has for a score, -1 for none.
func (l *ladder) ofScore(score *big.Rat) int {
	for i, bound := range l.bounds {
		if c := score.Cmp(bound); c == 0 && l.open || c != 0 && (c > 0) == l.lowest {
			continue
		}
		if far := l.far[i]; far != nil && score.Cmp(far) != 0 && (score.Cmp(far) < 0) == l.lowest {
			return -1
		}
		return i
	}
	return len(l.bounds)
}

// climb works out the grade.
func (l *ladder) climb(s *sheet, score *big.Rat) (out graded) {
	const none, last = -1, 3
	at := none
	switch {
	case l.of != nil:
		at = l.of.of(s)
		s.lacks = s.lacks || at == none
	case score != nil:
		if at = l.ofScore(score); at == none {
			s.meet("a score without a grade")
		}
	}
	out.scored = at
	change := func(r gradeRule) {
		switch {
		case r.action == "grade":
			at = r.target
		case at == none, at > last:
		case r.action == "at_most":
			at = max(at, r.target)
		case r.action == "at_least":
			at = min(at, r.target)
		default:
			at = min(max(at-r.target, 0), last)
		}
	}
	var fired []gradeRule
	for _, r := range l.rules {
		is := r.when.of(s)
		s.lacks = s.lacks || is == unknown
		switch {
		case is == isTrue, is == unknown && r.missing == "apply":
			change(r)
			fired = append(fired, r)
		case is == unknown && r.missing == "":
			out.outcome = "refer"
		}
	}
	if l.transitions && at != none {
		previous := s.before()
		s.lacks = s.lacks || previous < 0
		if previous >= 0 && previous <= last && at <= last {
			frozen := false
			if l.freeze != nil {
				switch l.freeze.of(s) {
				case isTrue:
					frozen = true
				case unknown:
					out.outcome = "refer"
					s.lacks = true
				}
			}
			if frozen {
				at = previous
			} else {
				if l.up >= 0 {
					at = max(at, previous-l.up)
				}
				if l.down >= 0 {
					at = min(at, previous+l.down)
				}
				for at != previous && slices.Contains(l.forbid, [2]int{previous, at}) {
					if at < previous {
						at++
					} else {
						at--
					}
				}
			}
		}
	}
	if at <= last {
		for _, action := range []string{"at_least", "at_most"} {
			for _, r := range fired {
				if r.action == action {
					change(r)
				}
			}
		}
	}
	if s.hand != nil && s.hand.grade >= 0 {
		at, out.byHand = l.byHand(s, at, fired)
		s.meet("grade by hand " + out.byHand)
	}
	switch {
	case at == last && l.outcome == "reject":
		out.outcome = "reject"
	case at == last && l.outcome == "refer", at == none:
		out.outcome = "refer"
	}
	out.final = at
	s.lacks = s.lacks || at == none
	return out
}

// ends reports whether some grade has an end.
func (l *ladder) ends() bool {
	return l.valid != period{} || slices.ContainsFunc(l.validOf, func(p period) bool { return p != period{} })
}

// validUntil is the last day on which a grade is good, "" for no end.
func (l *ladder) validUntil(grade int) string {
	switch {
	case grade < 0:
		return ""
	case grade < len(l.validOf) && l.validOf[grade] != period{}:
		return l.validOf[grade].until()
	}
	return l.valid.until()
}
