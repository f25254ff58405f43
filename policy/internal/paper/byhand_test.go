package paper_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// signed is what a record gives by hand. Days are written as in ISO 8601, so that they compare as texts do.
type signed struct {
	grade int      // -1: none
	limit *big.Rat // nil: none
	by    string
	until string // "" for no end
}

// today is the day of all decisions, as asOf says it to the engine.
const today = "2024-06-30"

func (h *signed) expired() bool { return h.until != "" && h.until < today }

// What comes of a grade or a limit that is given by hand.
const (
	taken   = "applied"
	same    = "no change"
	expired = "ignored: expired"
	refused = "refused"
	doubted = "unknown"
)

// gradesByHand and limitsByHand are the override of the section grade and of the section credit.
type gradesByHand struct {
	notches int   // 0: any number
	among   []int // nil: all
	by      []string
}

type limitsByHand struct {
	most *amount // nil: any
	by   []string
}

var signatories = []string{"总经理", "branch", "信用委员会"}

// some drafts a list of n of all or fewer, at least least; nil is no list, which leaves everything open.
func some[T any](g *drafter, all []T, least int) []T {
	if g.chance(50) {
		return nil
	}
	all = slices.Clone(all)
	g.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:least+g.IntN(len(all)-least+1)]
}

func (g *drafter) gradesByHand(l *ladder) *gradesByHand {
	grades := []int{0, 1, 2, 3}
	if l.offScale {
		grades = append(grades, 4)
	}
	return &gradesByHand{notches: oneOf(g, 0, 0, 1, 2), among: some(g, grades, 2), by: some(g, signatories, 1)}
}

func (g *drafter) limitsByHand() *limitsByHand {
	h := &limitsByHand{by: some(g, signatories, 1)}
	switch g.IntN(4) {
	case 0:
		more := joined("%s * 1.5", func(x []*big.Rat) *big.Rat { return times(x[0], rat("1.5")) }, theLimit)
		h.most = &more
	case 1:
		larger := joined("max(%s, %s)", func(x []*big.Rat) *big.Rat { return higher(x[0], x[1]) }, theLimit, g.amount(1))
		h.most = &larger
	case 2:
		a := g.amount(1)
		h.most = &a
	}
	return h
}

func (h *gradesByHand) write(names []string) string {
	var keys []string
	if h.notches > 0 {
		keys = append(keys, fmt.Sprintf("max_notches: %d", h.notches))
	}
	if h.among != nil {
		var among []string
		for _, i := range h.among {
			among = append(among, names[i])
		}
		keys = append(keys, "grades: ["+strings.Join(among, ", ")+"]")
	}
	return "  override: {" + strings.Join(append(keys, signatures(h.by)...), ", ") + "}\n"
}

func (h *limitsByHand) write() string {
	var keys []string
	if h.most != nil {
		keys = append(keys, "at_most: "+quoted(h.most.text))
	}
	return "  override: {" + strings.Join(append(keys, signatures(h.by)...), ", ") + "}\n"
}

// signatures are the key `by`, where there is a list.
func signatures(by []string) []string {
	if by == nil {
		return nil
	}
	return []string{"by: [" + strings.Join(by, ", ") + "]"}
}

// sign makes up what a record gives by hand, nil for nothing. Limits are aimed at the one worked out, at the most that may
// be given and at that of the group, since random ones would miss them.
func (g *drafter) sign(p *onPaper, s *sheet) *signed {
	h := &signed{grade: -1, by: oneOf(g, signatories...), until: oneOf(g, "", "", "2024-06-29", today, "2024-07-01", "2025-01-31", "2030-12-31")}
	if p.ladder.hand != nil && g.chance(75) {
		h.grade = g.IntN(4)
		if p.ladder.offScale && g.chance(20) {
			h.grade = 4
		}
	}
	if p.terms.hand != nil && g.chance(75) {
		marks := []*big.Rat{g.positive()}
		unsigned := p.work(s)
		if unsigned.most != nil {
			marks = append(marks, unsigned.most)
		}
		if unsigned.made.known {
			marks = append(marks, unsigned.made.amount)
		}
		if unsigned.groupLimit != nil && unsigned.groupLimit.known {
			marks = append(marks, unsigned.groupLimit.amount)
		}
		aim := oneOf(g, marks...)
		if g.chance(40) {
			aim = plus(aim, inPlaces(rat("1/1000"), p.money, "ceiling"))
		}
		h.limit = inPlaces(higher(aim, new(big.Rat)), p.money, "floor")
	}
	if h.grade < 0 && h.limit == nil {
		return nil
	}
	return h
}

// record is the key `override` of a record.
func (h *signed) record(p *onPaper) map[string]any {
	o := map[string]any{"by": h.by, "reason": "long known"}
	if h.grade >= 0 {
		o["grade"] = p.ladder.names()[h.grade]
	}
	if h.limit != nil {
		o["limit"] = plain(h.limit)
	}
	if h.until != "" {
		o["until"] = h.until
	}
	return o
}

// byHand puts a grade given by hand in the place of at, the one worked out (-1: none), and says what came of it.
func (l *ladder) byHand(s *sheet, at int, fired []gradeRule) (int, string) {
	h := s.hand
	refuse := func(why string) (int, string) {
		s.meet("refused: " + why)
		return at, refused
	}
	if h.expired() {
		return at, expired
	}
	if l.hand.by != nil && !slices.Contains(l.hand.by, h.by) {
		return refuse("by")
	}
	for _, r := range fired {
		if r.action == "at_most" && h.grade < r.target {
			return refuse("veto")
		}
	}
	if h.grade == at {
		return at, same
	}
	if among := l.hand.among; among != nil && (!slices.Contains(among, h.grade) || at >= 0 && !slices.Contains(among, at)) {
		return refuse("grades")
	}
	apart := max(at-h.grade, h.grade-at)
	if n := l.hand.notches; n > 0 && (at < 0 || at > 3 || h.grade > 3 || apart > n) {
		return refuse("max_notches")
	}
	return h.grade, taken
}

// byHand says what comes of a limit given by hand, where so much has been found; unsure says that the most that may be
// given, or the limit of the group, is missing.
func (t *terms) byHand(s *sheet, found result, unsure bool) string {
	h, group := s.hand, found.groupLimit
	refuse := func(why string) string {
		s.meet("refused: " + why)
		return refused
	}
	switch {
	case h.expired():
		return expired
	case t.hand.by != nil && !slices.Contains(t.hand.by, h.by):
		return refuse("by")
	case found.most != nil && h.limit.Cmp(found.most) > 0:
		return refuse("at_most")
	case group != nil && group.known && h.limit.Cmp(group.amount) > 0:
		return refuse("group")
	case unsure:
		return doubted
	case found.made.known && !found.made.endless && h.limit.Cmp(found.made.amount) == 0:
		return same
	}
	return taken
}
