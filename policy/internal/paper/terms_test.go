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

// exposure is what counts as used, in part.
type exposure struct {
	amount
	weight *amount // nil: 1
}

// terms are the section credit on paper.
type terms struct {
	steps    []step
	exposure []exposure
	bills    string // how the bills are exposure as well: "" for not at all, as they are, or converted
	approval []approver
	gaps     bool // whether there are amounts that nobody may approve
	request  *amount
	over     string
	holds    []hold
	group    *groupTerms
	segments []segment
	hand     *limitsByHand // nil: no limit is given by hand
	valid    period
}

// approver is who may approve a limit: what is nil is not asked.
type approver struct {
	upTo   *amount
	when   *claim
	grades []int
}

// groupTerms are one limit over all members of a group.
type groupTerms struct {
	when        claim
	limit, used amount
}

// segment is a limit within the limit.
type segment struct {
	when     claim
	steps    []step
	exposure []exposure
}

type hold struct {
	when, unless claim
	over         string
}

var noClaim = claim{"", func(*sheet) truth { return isTrue }}

// theLimit is the limit that was worked out, for expressions that may read it.
var theLimit = amount{"limit", func(s *sheet) *big.Rat { return s.numbers["limit"] }}

func (g *drafter) terms() *terms {
	t := &terms{steps: g.steps(5), exposure: g.exposure()}
	if g.chance(50) {
		t.bills = g.use(oneOf(g, "as they are", "converted"))
	}
	for range g.IntN(3) {
		t.approval = append(t.approval, g.approver())
	}
	t.gaps = len(t.approval) > 0 && g.chance(30)
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
	if g.chance(35) {
		for range 1 + g.IntN(2) {
			s := segment{g.maybe(1), g.steps(3), g.exposure()}
			if g.chance(50) {
				s.steps[0].amount = joined("%s / 2", func(x []*big.Rat) *big.Rat { return quotient(x[0], rat("2")) }, theLimit)
			}
			t.segments = append(t.segments, s)
		}
	}
	if g.chance(40) {
		t.hand = g.limitsByHand()
	}
	return t
}

// steps drafts one step that sets a limit, and up to more that change it.
func (g *drafter) steps(more int) []step {
	steps := []step{{when: noClaim, action: "set", amount: g.amount(2)}}
	for range 1 + g.IntN(more) {
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
		steps = append(steps, s)
	}
	return steps
}

func (g *drafter) exposure() (all []exposure) {
	for range g.IntN(3) {
		x := exposure{amount: g.amount(1)}
		switch {
		case g.chance(30):
			w := oneOf(g, rat("0.5"), rat("0.125"), rat("1.1"))
			x.weight = &amount{plain(w), func(*sheet) *big.Rat { return w }}
		case g.chance(15):
			w := g.amount(1)
			x.weight = &w
		}
		all = append(all, x)
	}
	return all
}

// approver drafts one who may not approve everything.
func (g *drafter) approver() (a approver) {
	if g.chance(75) {
		most := g.amount(1)
		a.upTo = &most
	}
	if g.chance(25) {
		when := g.claim(1)
		a.when = &when
	}
	if a.upTo == nil && a.when == nil || g.chance(20) {
		for i := range paperGrades {
			if g.chance(50) {
				a.grades = append(a.grades, i)
			}
		}
		if a.grades == nil {
			a.grades = []int{1}
		}
	}
	return a
}

func (t *terms) write() string {
	var out strings.Builder
	out.WriteString("credit:\n  limit:\n")
	for i, s := range t.steps {
		fmt.Fprintf(&out, "    - %s\n", s.write(fmt.Sprintf("s%d", i+1)))
	}
	if len(t.exposure) > 0 || t.bills != "" {
		out.WriteString("  exposure:\n")
		for _, x := range t.exposure {
			fmt.Fprintf(&out, "    - %s\n", x.write())
		}
		switch t.bills {
		case "as they are":
			out.WriteString("    - 'sum(bills, .amount)'\n")
		case "converted":
			out.WriteString("    - 'sum(bills, .amount * rates[.ccy])'\n")
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
	if len(t.segments) > 0 {
		out.WriteString("  segments:\n")
	}
	for i, s := range t.segments {
		out.WriteString(s.write(fmt.Sprintf("x%d", i+1)))
	}
	out.WriteString("  approval:\n")
	for i, a := range t.approval {
		fmt.Fprintf(&out, "    - {by: %s%s}\n", rank(i), a.write())
	}
	if !t.gaps {
		fmt.Fprintf(&out, "    - {by: %s}\n", board)
	} else {
		out.WriteString("  gaps: refer\n")
	}
	if t.hand != nil {
		out.WriteString(t.hand.write())
	}
	return out.String() + t.valid.write("  valid: %s\n")
}

// rank is what the approver of a row is called, and board the one who may approve everything.
func rank(i int) string { return fmt.Sprintf("第%d级", i+1) }

const board = "董事会"

func (s *step) write(id string) string {
	text := "{id: " + id
	if s.when.text != "" {
		text += ", when: " + quoted(s.when.text)
	}
	switch s.action {
	case "round":
		return text + fmt.Sprintf(", round: {to: %s, mode: %s}}", s.text, s.mode)
	case "unlimited":
		return text + ", unlimited: true}"
	}
	return text + fmt.Sprintf(", %s: %s}", s.action, quoted(s.text))
}

func (x *exposure) write() string {
	if x.weight == nil {
		return "{of: " + quoted(x.text) + "}"
	}
	return "{of: " + quoted(x.text) + ", weight: " + quoted(x.weight.text) + "}"
}

func (a *approver) write() (text string) {
	if a.upTo != nil {
		text += ", up_to: " + quoted(a.upTo.text)
	}
	if a.when != nil {
		text += ", when: " + quoted(a.when.text)
	}
	if a.grades != nil {
		var names []string
		for _, i := range a.grades {
			names = append(names, paperGrades[i])
		}
		text += ", grades: [" + strings.Join(names, ", ") + "]"
	}
	return text
}

func (s *segment) write(id string) string {
	var out strings.Builder
	fmt.Fprintf(&out, "    - id: %s\n", id)
	if s.when.text != "" {
		fmt.Fprintf(&out, "      when: %s\n", quoted(s.when.text))
	}
	out.WriteString("      limit:\n")
	for i, x := range s.steps {
		fmt.Fprintf(&out, "        - %s\n", x.write(fmt.Sprintf("%ss%d", id, i+1)))
	}
	if len(s.exposure) > 0 {
		out.WriteString("      exposure:\n")
	}
	for _, x := range s.exposure {
		fmt.Fprintf(&out, "        - %s\n", x.write())
	}
	return out.String()
}

// sum is a limit on paper: an amount, or none at all.
type sum struct {
	amount  *big.Rat // 0 where it is endless
	endless bool
	known   bool // false: something is missing
	binding string
	after   []string // each step: what came of it, and the exact amount then
}

// less is what a leaves after used.
func (a sum) less(used *big.Rat) sum {
	if !a.endless {
		a.amount = minus(a.amount, used)
	}
	return a
}

// within is a, but not above most, which binds then.
func (a sum) within(most sum, binding string) sum {
	if !most.endless && (a.endless || most.amount.Cmp(a.amount) < 0) {
		a.amount, a.endless, a.binding = most.amount, false, binding
	}
	return a
}

// rounded is a at the places of money, never below 0.
func (a sum) rounded(b figures) sum {
	if !a.known {
		a.amount, a.endless, a.binding = new(big.Rat), false, ""
		return a
	}
	if a.amount.Sign() < 0 {
		a.amount, a.binding = new(big.Rat), "floor"
	}
	a.amount = inPlaces(a.amount, b.money, b.mode)
	return a
}

// text is how a is printed, "" where it is not known.
func (a sum) text(b figures) string {
	switch {
	case !a.known:
		return ""
	case a.endless:
		return "unlimited"
	}
	return a.amount.FloatString(b.money)
}

// take carries out steps, whose ids begin with prefix, and leaves the exact amount.
func take(steps []step, prefix string, s *sheet, money int) sum {
	out := sum{amount: new(big.Rat), known: true}
	var ceilings []*big.Rat // since the limit was set
	for i, x := range steps {
		is := x.when.of(s)
		if is == untrue {
			out.after = append(out.after, "condition not met")
			continue
		}
		v := rat("0")
		if x.action != "unlimited" {
			v = x.of(s)
		}
		if is == unknown || v == nil {
			out.known = false
			out.after = append(out.after, "unknown")
			continue
		}
		if !out.known {
			out.after = append(out.after, "follows an unknown step")
			continue
		}
		before := out
		limit := out.amount
		switch x.action {
		case "set":
			limit, out.endless, out.binding, ceilings = v, false, "", nil
		case "unlimited":
			out.endless, out.binding, ceilings = true, "", nil
		case "add":
			limit = plus(limit, v)
		case "multiply":
			if out.endless && v.Sign() <= 0 {
				limit, out.endless = new(big.Rat), false
			} else {
				limit = times(limit, v)
			}
		case "at_least":
			limit = higher(limit, v)
		case "at_most":
			v = inPlaces(v, money, "floor")
			if out.endless {
				limit, out.endless = v, false
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
		if out.endless {
			limit = new(big.Rat)
		}
		out.amount = limit
		effect := "changed"
		if out.endless == before.endless && limit.Cmp(before.amount) == 0 {
			effect = "no change"
		} else if x.action == "at_most" || x.action == "at_least" {
			out.binding = fmt.Sprintf("%s%d", prefix, i+1)
		}
		out.after = append(out.after, stepText(effect, limit, out.endless))
	}
	return out
}

// stepText says what came of a step, and what the limit was then.
func stepText(effect string, after *big.Rat, endless bool) string {
	if endless {
		return effect + ": unlimited"
	}
	return effect + ": " + after.RatString()
}

// limit works out the limit, and that of the group: nil for one who is not in it, known false where it is missing.
func (t *terms) limit(s *sheet, b figures) (limit sum, group *sum) {
	limit = take(t.steps, "s", s, b.money)
	if t.group != nil {
		switch most, is := (conditional{t.group.when, t.group.limit}).holds(s); is {
		case unknown:
			limit.known = false
			group = &sum{}
		case isTrue:
			group = &sum{amount: inPlaces(most, b.money, "floor"), known: true}
			limit = limit.within(*group, "group")
		}
	}
	return limit.rounded(b), group
}

// groupLeft works out what the group leaves to a member; known is false where it is missing, left nil for one who is none.
func (t *terms) groupLeft(s *sheet, group *sum, b figures) (left *big.Rat, known bool) {
	if group == nil {
		return nil, true
	}
	used := t.group.used.of(s)
	if !group.known || used == nil {
		return nil, false
	}
	return minus(group.amount, inPlaces(used, b.money, b.mode)), true
}

// used works out the exact exposure, nil where it is missing.
func (t *terms) used(s *sheet) *big.Rat {
	sum := addUp(t.exposure, s)
	if sum == nil || t.bills == "" {
		return sum
	}
	if !s.listed {
		return nil
	}
	for i, x := range s.bills {
		rate := rat("1")
		if t.bills == "converted" {
			rate = s.rates[s.currencies[i]]
		}
		if x == nil || rate == nil {
			return nil
		}
		sum = plus(sum, times(x, rate))
	}
	return sum
}

func addUp(all []exposure, s *sheet) *big.Rat {
	sum := new(big.Rat)
	for _, x := range all {
		v := x.of(s)
		if v == nil {
			return nil
		}
		if x.weight != nil {
			w := x.weight.of(s)
			if w == nil {
				return nil
			}
			v = times(v, w)
		}
		sum = plus(sum, v)
	}
	return sum
}

// approve finds who may approve a limit, "" for nobody. It is not known where a row may hold or not.
func (t *terms) approve(s *sheet, limit sum, grade int) (by string, known bool) {
	for i, a := range t.approval {
		is := isTrue
		if a.grades != nil && !slices.Contains(a.grades, grade) {
			is = untrue
		}
		if a.upTo != nil {
			switch most := a.upTo.of(s); {
			case limit.endless:
				is = untrue
			case most == nil:
				is = min(is, unknown)
			case limit.amount.Cmp(most) > 0:
				is = untrue
			}
		}
		if a.when != nil {
			is = min(is, a.when.of(s))
		}
		switch is {
		case isTrue:
			return rank(i), true
		case unknown:
			return "", false
		}
	}
	if t.gaps {
		return "", true
	}
	return board, true
}

// share is what is worked out of a segment.
type share struct {
	applies     bool
	limit, left sum
	sure        bool // whether the limit and what is used of it are known
}

// share works out a segment under the limit and what is left of that; ids of its steps begin with prefix.
func (x *segment) share(s *sheet, prefix string, limit, left sum, b figures) (out share) {
	switch x.when.of(s) {
	case untrue:
		s.meet("segment for others")
		return share{sure: true}
	case unknown:
		s.meet("segment unknown")
		return share{applies: true}
	}
	own := take(x.steps, prefix, s, b.money)
	if own.known = own.known && limit.known; own.known {
		own = own.within(limit, "total")
	}
	out = share{applies: true, limit: own.rounded(b)}
	used := addUp(x.exposure, s)
	out.sure = own.known && used != nil
	if out.sure && left.known {
		out.left = out.limit.less(inPlaces(used, b.money, b.mode)).within(left, "")
	}
	return out
}
