package paper_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// step is a step of the limit on paper.
type step struct {
	when   claim
	action string // set, add, multiply, at_least, at_most, round or unlimited
	amount        // of round: the multiple
	mode   string // of round
}

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
	open        bool       // whether the bounds themselves belong to the worse grade
	lowest      bool       // whether the lowest score is the best
	outcome     string     // of the last grade
	offScale    bool       // whether there is a grade M
	rules       []gradeRule
	transitions bool
	up, down    int // -1: any number
	forbid      [][2]int
	freeze      *claim
}

// terms are the section credit on paper.
type terms struct {
	steps    []step
	exposure []conditional // the claim is not used; the amount is weighted with weights
	weights  []*big.Rat    // nil: 1
	bills    bool          // whether the bills are exposure as well
	upTo     []amount      // of the approvers but the last
	gaps     bool          // whether there is no last approver
	request  *amount
	over     string
	holds    []hold
	group    *groupTerms
}

// groupTerms are one limit over all members of a group.
type groupTerms struct {
	when        claim
	limit, used amount
}

type hold struct {
	when, unless claim
	over         string
}

var noClaim = claim{"", func(*sheet) truth { return isTrue }}

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
	l.outcome = oneOf(g, "", "", "reject", "refer")
	l.offScale = g.chance(25)
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
	return l
}

func (g *drafter) terms() *terms {
	t := &terms{}
	t.steps = append(t.steps, step{when: noClaim, action: "set", amount: g.amount(2)})
	for range 1 + g.IntN(5) {
		s := step{when: g.maybe(1), action: oneOf(g, "set", "add", "multiply", "multiply", "at_least", "at_most", "at_most", "round", "round", "unlimited"), amount: g.amount(1)}
		switch s.action {
		case "round":
			to := g.positive()
			s.amount = amount{plain(to), func(*sheet) *big.Rat { return to }}
			s.mode = oneOf(g, roundingModes...)
		case "unlimited":
			if g.chance(60) {
				s.action = "add"
			}
		case "multiply":
			if g.chance(60) {
				s.amount = amount{"grade.factor", func(s *sheet) *big.Rat { return s.numbers["grade.factor"] }}
			}
		}
		g.use(s.action)
		t.steps = append(t.steps, s)
	}
	for range g.IntN(3) {
		t.exposure = append(t.exposure, conditional{noClaim, g.amount(1)})
		var w *big.Rat
		if g.chance(40) {
			w = oneOf(g, rat("0.5"), rat("0.125"), rat("1.1"))
		}
		t.weights = append(t.weights, w)
	}
	t.bills = g.chance(40)
	for range g.IntN(3) {
		t.upTo = append(t.upTo, g.amount(1))
	}
	t.gaps = len(t.upTo) > 0 && g.chance(30)
	if g.chance(50) {
		a := g.amount(1)
		t.request, t.over = &a, oneOf(g, "", "hold", "refuse")
		g.use("request")
	}
	if g.chance(25) {
		t.group = &groupTerms{g.maybe(1), g.amount(1), g.amount(1)}
		g.use("credit group")
	}
	for range g.IntN(3) {
		h := hold{g.claim(1), claim{"", func(*sheet) truth { return untrue }}, oneOf(g, "", "hold", "refuse")}
		if g.chance(40) {
			h.unless = g.claim(1)
		}
		t.holds = append(t.holds, h)
		g.use("holds")
	}
	return t
}

func (l *ladder) write() string {
	var out strings.Builder
	out.WriteString("grade:\n  scale:\n")
	bound := map[[2]bool]string{{false, false}: "min", {false, true}: "above", {true, false}: "max", {true, true}: "below"}[[2]bool{l.lowest, l.open}]
	for i, name := range paperGrades {
		fmt.Fprintf(&out, "    - {grade: %s, factor: %s", name, []string{"1.25", "0.8", "0.3", "0"}[i])
		if i < len(l.bounds) {
			fmt.Fprintf(&out, ", %s: %s", bound, plain(l.bounds[i]))
		} else if l.outcome != "" {
			out.WriteString(", outcome: " + l.outcome)
		}
		out.WriteString("}\n")
	}
	names := paperGrades
	if l.offScale {
		out.WriteString("    - {grade: M, off_scale: true, factor: 0.5}\n")
		names = append(slices.Clone(paperGrades), "M")
	}
	if len(l.rules) > 0 {
		out.WriteString("  rules:\n")
	}
	for i, r := range l.rules {
		target := fmt.Sprint(r.target)
		if r.action != "notches" {
			target = names[r.target]
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
	return out.String()
}

func (t *terms) write() string {
	var out strings.Builder
	out.WriteString("credit:\n  limit:\n")
	for i, s := range t.steps {
		fmt.Fprintf(&out, "    - {id: s%d", i+1)
		if s.when.text != "" {
			out.WriteString(", when: " + quoted(s.when.text))
		}
		switch s.action {
		case "round":
			fmt.Fprintf(&out, ", round: {to: %s, mode: %s}}\n", s.text, s.mode)
		case "unlimited":
			out.WriteString(", unlimited: true}\n")
		default:
			fmt.Fprintf(&out, ", %s: %s}\n", s.action, quoted(s.text))
		}
	}
	if len(t.exposure) > 0 || t.bills {
		out.WriteString("  exposure:\n")
		for i, x := range t.exposure {
			fmt.Fprintf(&out, "    - {of: %s", quoted(x.text))
			if t.weights[i] != nil {
				out.WriteString(", weight: " + plain(t.weights[i]))
			}
			out.WriteString("}\n")
		}
		if t.bills {
			out.WriteString("    - 'sum(bills, .amount)'\n")
		}
	}
	if t.group != nil {
		out.WriteString("  group:\n")
		if t.group.when.text != "" {
			fmt.Fprintf(&out, "    when: %s\n", quoted(t.group.when.text))
		}
		fmt.Fprintf(&out, "    limit: %s\n    exposure: [%s]\n", quoted(t.group.limit.text), quoted(t.group.used.text))
	}
	if t.request != nil {
		fmt.Fprintf(&out, "  request: {amount: %s", quoted(t.request.text))
		if t.over != "" {
			out.WriteString(", over: " + t.over)
		}
		out.WriteString("}\n")
	}
	if len(t.holds) > 0 {
		out.WriteString("  holds:\n")
	}
	for i, h := range t.holds {
		fmt.Fprintf(&out, "    - {id: h%d, when: %s", i+1, quoted(h.when.text))
		if h.unless.text != "" {
			out.WriteString(", unless: " + quoted(h.unless.text))
		}
		if h.over != "" {
			out.WriteString(", over: " + h.over)
		}
		out.WriteString("}\n")
	}
	out.WriteString("  approval:\n")
	for i, a := range t.upTo {
		fmt.Fprintf(&out, "    - {by: 第%d级, up_to: %s}\n", i+1, quoted(a.text))
	}
	if !t.gaps {
		out.WriteString("    - {by: 董事会}\n")
	} else {
		out.WriteString("  gaps: refer\n")
	}
	return out.String()
}

// climb works out the grade, -1 for none, and what it makes of the customer.
func (l *ladder) climb(s *sheet, score *big.Rat) (scored, final int, outcome string) {
	const none, last = -1, 3
	at := none
	if score != nil {
		at = last
		for i, bound := range l.bounds {
			if c := score.Cmp(bound); c == 0 && !l.open || c != 0 && (c < 0) == l.lowest {
				at = i
				break
			}
		}
	}
	scored = at
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
		switch is := r.when.of(s); {
		case is == isTrue, is == unknown && r.missing == "apply":
			change(r)
			fired = append(fired, r)
		case is == unknown && r.missing == "":
			outcome = "refer"
		}
	}
	if l.transitions && at != none {
		previous := slices.Index(paperGrades, s.texts["was"])
		if previous >= 0 && at <= last {
			frozen := false
			if l.freeze != nil {
				switch l.freeze.of(s) {
				case isTrue:
					frozen = true
				case unknown:
					outcome = "refer"
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
	switch {
	case at == last && l.outcome == "reject":
		outcome = "reject"
	case at == last && l.outcome == "refer", at == none:
		outcome = "refer"
	}
	return scored, at, outcome
}

// limit works out the exact limit; endless is without one, ok false where something is missing.
func (t *terms) limit(s *sheet, money int) (limit *big.Rat, endless, ok bool) {
	limit, ok = new(big.Rat), true
	var ceilings []*big.Rat // since the limit was set
	for _, x := range t.steps {
		is := x.when.of(s)
		if is == untrue {
			continue
		}
		v := rat("0")
		if x.action != "unlimited" {
			v = x.of(s)
		}
		if is == unknown || v == nil {
			ok = false
		}
		if !ok {
			continue
		}
		switch x.action {
		case "set":
			limit, endless, ceilings = v, false, nil
		case "unlimited":
			limit, endless, ceilings = new(big.Rat), true, nil
		case "add":
			limit = plus(limit, v)
		case "multiply":
			if endless && v.Sign() <= 0 {
				limit, endless = new(big.Rat), false
			} else {
				limit = times(limit, v)
			}
		case "at_least":
			limit = higher(limit, v)
		case "at_most":
			v = inPlaces(v, money, "floor")
			if endless {
				limit, endless = v, false
			}
			limit = lower(limit, v)
			ceilings = append(ceilings, v)
		case "round":
			rounded := multiple(limit, v, x.mode)
			for _, most := range ceilings {
				if limit.Cmp(most) <= 0 && rounded.Cmp(most) > 0 {
					rounded = multiple(limit, v, "floor")
				}
			}
			limit = rounded
		}
		if endless {
			limit = new(big.Rat)
		}
	}
	if t.group != nil {
		switch most, is := (conditional{t.group.when, t.group.limit}).holds(s); is {
		case unknown:
			ok = false
		case isTrue:
			most = inPlaces(most, money, "floor")
			if endless || most.Cmp(limit) < 0 {
				limit, endless = most, false
			}
		}
	}
	return limit, endless, ok
}

// groupLeft works out what the group leaves to a member; known is false where it is missing, left nil for one who is none.
func (t *terms) groupLeft(s *sheet, b figures) (left *big.Rat, known bool) {
	if t.group == nil || t.group.when.of(s) == untrue {
		return nil, true
	}
	limit, is := (conditional{t.group.when, t.group.limit}).holds(s)
	used := t.group.used.of(s)
	if is == unknown || used == nil {
		return nil, false
	}
	return minus(inPlaces(limit, b.money, "floor"), inPlaces(used, b.money, b.mode)), true
}

// used works out the exact exposure, nil where it is missing.
func (t *terms) used(s *sheet) *big.Rat {
	sum := new(big.Rat)
	for i, x := range t.exposure {
		v := x.of(s)
		if v == nil {
			return nil
		}
		if t.weights[i] != nil {
			v = times(v, t.weights[i])
		}
		sum = plus(sum, v)
	}
	if !t.bills {
		return sum
	}
	if !s.listed {
		return nil
	}
	for _, x := range s.bills {
		if x == nil {
			return nil
		}
		sum = plus(sum, x)
	}
	return sum
}
