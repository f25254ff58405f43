package scoring

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
)

// Check finds everything that is wrong with the card, and makes it ready for [Card.Score] if none of it is an error. r
// says where points and scores are rounded.
func (c *Card) Check(r Rounding) []Fault {
	k := checker{rounding: r, atom: c.Atom, ids: map[string]Place{}, events: map[string]Place{}}
	c.plan, c.outline = nil, nil
	p := k.card(c, nil)
	p.counts = k.counts
	if !k.incomplete {
		k.faults = append(k.faults, c.weightings(r, k.faults)...)
	}
	if k.incomplete || broken(k.faults) {
		return k.faults
	}
	c.outline = p
	if !hasErrors(k.faults) {
		c.plan = p
	}
	return k.faults
}

// The codes of errors that leave the range of the score as it is.
const (
	gapCode     = "gap"
	notMonotone = "not-monotone"
)

// broken reports whether one of the errors among the faults leaves it open what points there can be.
func broken(faults []Fault) bool {
	return slices.ContainsFunc(faults, func(f Fault) bool { return f.Severity == doc.Error && f.Code != gapCode && f.Code != notMonotone })
}

// hasErrors reports whether one of the faults is more than a warning.
func hasErrors(faults []Fault) bool {
	for _, f := range faults {
		if f.Severity == doc.Error {
			return true
		}
	}
	return false
}

// checker makes the plan of a card and of the groups in it.
type checker struct {
	rounding   Rounding
	atom       func(id string) int
	ids        map[string]Place // of indicators and groups
	events     map[string]Place // of adjustments and caps
	faults     []Fault
	incomplete bool // something is not there that a decoder has reported
	counts     counts
}

// counts are how many results of each kind a card has.
type counts struct {
	items, groups, adjustments, caps int
}

// plan is a card made ready.
type plan struct {
	card     *Card
	combiner Combiner
	sum      bool // the combiner is a Sum
	final    bool // besides, points are not reweighted: they can be added up as they are earned
	settles  bool // points are scaled or rounded
	plain    bool // the score is the sum of the points of the indicators, which is within its range by itself
	unknown  bool // the combiner could not be read: what weights mean to it is not known
	terms    Terms
	steps    []step
	groups   []groupStep
	gathers  []gather
	total    Number
	scaled   bool   // whether total means anything
	shared   Number // the weights of all that take part in reweighting
	span     Span
	lo, hi   *Number
	pdo      *scale
	round    Rounding
	places   int    // that points are rounded to, or Exact
	index    int    // in Result.Groups, -1 for the whole card
	first    counts // where the results of this card begin
	counts   counts // how many results there are, of this card and all its groups
}

// step is an indicator made ready.
type step struct {
	ind      *Indicator
	formula  func(*Frame) (Number, Absence) // the method Formula where there is no `of`, compiled; else nil
	rows     *cuts                          // the method Bands, where what it is `of` is in a slot and each row earns a constant; else nil
	earned   []Number                       // by each of its rows
	item     int
	group    int
	atom     int
	full     Number // W
	weight   Number
	slot     int // that holds what it is `of`, -1 when that is worked out
	out      int // 1 + the slot that the points are written to, 0 for none
	hasOf    bool
	weighted bool       // whether full means anything
	held     bool       // points are held within [0, W]
	holds    bool       // and are not within it by themselves
	most     exact.Mark // at W
	modifier bool
}

// groupStep is a group with a weight made ready.
type groupStep struct {
	group  *Group
	plan   *plan
	parent int // in Result.Groups
	weight Number
	scale  Number // points in the card around it for each point of its score
}

// gather is a group without a weight, and which of the steps and groups of the card around it are its.
type gather struct {
	group         *Group
	index         int
	parent        int
	steps, groups run
}

// run is from one index until before another.
type run struct{ from, to int }

func (k *checker) errorf(p Place, code, format string, args ...any) {
	k.faults = append(k.faults, doc.Errorf(p, code, format, args...))
}

// card makes the plan of c; g is the group that it is, nil for the whole card.
func (k *checker) card(c *Card, g *groupRole) *plan {
	if g != nil && len(c.Weights) > 0 {
		k.errorf(c.Key("weights"), "wrong-key", "`weights` is for the whole card, not for a group")
	}
	p := &plan{card: c, combiner: c.Combine, round: k.rounding, places: k.rounding.Points, index: -1, lo: c.Min, hi: c.Max}
	p.first = k.counts
	k.counts.adjustments += len(c.Adjustments)
	k.counts.caps += len(c.Caps)
	if c.Combine == nil {
		p.combiner = new(Sum)
		p.unknown = unread(c.Node(), "combine")
		k.incomplete = k.incomplete || p.unknown
	}
	_, p.sum = p.combiner.(*Sum)
	k.terms(c, p)
	if c.PDO != nil {
		k.pdo(c, p, g)
	}
	p.total, p.scaled = Int(100), true
	noTotal := c.Total == nil && c.Has("total") // the decoder said so
	if g != nil {
		p.index = g.index
		if g.weighted {
			p.total = g.full
		}
	}
	switch {
	case c.Total != nil:
		p.total = *c.Total
		if c.Total.Sign() <= 0 {
			k.errorf(c.Of("total"), "bad-number", "`total` must be above 0, not %s", *c.Total)
			return p
		}
	case p.terms.Full == FullFree:
		p.scaled = false
	}
	w, m := weights{unknown: p.unknown || noTotal || unread(c.Node(), "indicators") || unread(c.Node(), "groups")}, weights{unknown: p.unknown || noTotal}
	k.incomplete = k.incomplete || w.unknown
	k.members(c, p, p.index, &w)
	for i := range c.Modifiers {
		k.indicator(&c.Modifiers[i], p, p.index, &m, true)
	}
	p.shared = w.shared
	p.final = p.sum && len(p.groups) == 0 && !slices.ContainsFunc(p.steps, func(s step) bool { return s.ind.Missing.Do == Reweight })
	if len(p.steps)+len(p.groups) == 0 && !k.incomplete {
		k.faults = append(k.faults, doc.Errorf(c.Place(), "no-rows", "there are no indicators here").WithHint("add `indicators`, or `groups` that have some"))
	}
	if p.terms.Weights == WeightsAddUp && !w.unknown && len(w.parts) > 0 {
		k.addUp(c, p.total, &w, "indicators")
	}
	switch {
	case p.unknown:
	case len(c.Modifiers) > 0 && !p.terms.Modifies:
		k.faults = append(k.faults, doc.Errorf(c.Key("modifiers"), "wrong-key", "modifiers mean nothing to this combiner").
			WithHint("add `combine: modified`"))
	case p.terms.Modifies && !m.unknown && len(c.Modifiers) > 0:
		k.addUp(c, p.total, &m, "modifiers")
	}
	k.faults = append(k.faults, checkCombiner(p.combiner, c)...)
	k.changes(c, p)
	k.bounds(c, p)
	p.settles = p.places >= 0 || p.pdo != nil && p.pdo.each
	p.plain = p.final && len(c.Adjustments)+len(c.Caps) == 0 && p.pdo == nil && p.sumsWithin()
	return p
}

// terms asks the combiner what weights mean to it, with a panic of a combiner from outside turned into a fault.
func (k *checker) terms(c *Card, p *plan) {
	defer func() {
		if x := recover(); x != nil {
			p.unknown, k.incomplete = true, true
			k.faults = append(k.faults, doc.Errorf(c.Of("combine"), "panic", "asking the combiner for its terms panics: %v", x).WithHint(ownFault))
		}
	}()
	p.terms = termsOf(p.combiner)
}

// checkCombiner is m.Check, with a panic of a combiner from outside turned into a fault.
func checkCombiner(m Combiner, c *Card) (faults []Fault) {
	defer func() {
		if p := recover(); p != nil {
			faults = append(faults, doc.Errorf(c.Of("combine"), "panic", "checking the combiner panics: %v", p).WithHint(ownFault))
		}
	}()
	return m.Check(c)
}

// groupRole is what a card is to the card around it.
type groupRole struct {
	index    int
	full     Number // the most that it can earn there
	weighted bool   // whether there is such a most
}

// weights gathers the weights of a card.
type weights struct {
	sum, shared Number
	parts       []string // each weight with its id, for messages
	unknown     bool     // one is not there
}

func (w *weights) add(id doc.Text, weight Number) {
	w.sum = w.sum.Add(weight)
	w.parts = append(w.parts, id.Value+" "+weight.String())
}

// unread reports whether key stands in n, of which the decoder made nothing and said so.
func unread(n *doc.Node, key string) bool {
	v := n.Get(key)
	return v != nil && (v.Kind != doc.Seq || key == "combine" || key == "weight")
}

// members makes steps of the indicators and groups of c for the plan p; group is what they belong to.
func (k *checker) members(c *Card, p *plan, group int, w *weights) {
	for i := range c.Indicators {
		k.indicator(&c.Indicators[i], p, group, w, false)
	}
	for i := range c.Groups {
		k.group(&c.Groups[i], p, group, w)
	}
}

// id checks an identifier and that it stands nowhere else.
func (k *checker) id(id doc.Text, at At, what string, taken map[string]Place) {
	place := id.Place()
	if !place.Known() {
		place = at.Place()
	}
	if id.Value == "" {
		if at.Node() == nil || at.Node().Get("id") != nil { // else the decoder said so
			k.errorf(place, "missing-key", "the %s has no `id`", what)
		}
		return
	}
	if !validID(id.Value) {
		k.faults = append(k.faults, doc.Errorf(place, "bad-name", "%q cannot be the id of an %s", id.Value, what).
			WithHint("use letters (Chinese too), digits, _ and -, and begin with a letter"))
		return
	}
	if first, ok := taken[id.Value]; ok {
		k.faults = append(k.faults, doc.Errorf(place, "duplicate-id", "the id %s is taken", id).See(first, "the first one is here").WithHint("give one of them another id"))
		return
	}
	taken[id.Value] = place
}

// indicator makes a step of ind.
func (k *checker) indicator(ind *Indicator, p *plan, group int, w *weights, modifier bool) {
	if n := ind.Node(); n != nil && n.Kind != doc.Map { // the decoder said so
		w.unknown, k.incomplete = true, true
		return
	}
	k.id(ind.ID, ind.At, "indicator", k.ids)
	s := step{ind: ind, item: k.counts.items, group: group, modifier: modifier, hasOf: ind.Of.IsSet(), atom: NoRowAtom, slot: -1, out: ind.slot}
	if i, ok := ind.Of.Slot(); ok {
		s.slot = i
	}
	k.counts.items++
	if k.atom != nil {
		s.atom = k.atom(ind.ID.Value)
	}
	weighted := k.weight(ind, p, w, modifier)
	if ind.Weight != nil {
		s.weight = *ind.Weight
	}
	s.full = s.weight
	if p.terms.Full == FullTotal && !modifier || p.unknown && !weighted {
		s.full, weighted = p.total, true
	}
	s.weighted, s.held = weighted, weighted && !ind.Beyond
	s.holds, s.most = s.held, exact.NewMark(s.full)
	if m, ok := ind.Method.(*Formula); ok && m != nil && !s.hasOf {
		s.formula = m.Expr.Compiled()
	}
	k.missing(ind, p, s)
	place := ind.methodPlace()
	if ind.Method == nil {
		k.incomplete = true
		if ind.Node() == nil {
			k.errorf(place, "missing-key", "the indicator %s has no method", ind.ID)
		}
		return
	}
	setting := Setting{Weight: s.full, Weighted: weighted, Beyond: ind.Beyond, HasOf: s.hasOf, Of: ind.Kind, Domain: ind.Domain, Place: place}
	faults := checkMethod(ind.Method, setting)
	k.faults = append(k.faults, faults...)
	if !p.unknown && !broken(faults) {
		k.outlook(ind, setting, hasErrors(faults))
		s.holds = s.held && !within(ind.Method, s.full)
	}
	if m, ok := ind.Method.(*Bands); ok && s.slot >= 0 && !hasErrors(faults) {
		if s.earned, ok = m.constants(s.full); ok {
			s.rows = &m.cuts
		}
	}
	p.steps = append(p.steps, s)
}

// within reports whether m, a method whose rows are known, never earns less than 0 or more than full.
func within(m Method, full Number) bool {
	switch m := m.(type) {
	case *Bands:
		points, ok := m.Range(Everything(), full)
		return ok && !points.NoMin && !points.NoMax && !points.Min.Less(Int(0)) && !full.Less(points.Max)
	case *Categories:
		points, ok := m.Range(Everything(), full)
		return ok && !points.NoMin && !points.NoMax && !points.Min.Less(Int(0)) && !full.Less(points.Max)
	}
	return false
}

// ownFault is what to do about a method or combiner that panics.
const ownFault = "the program that loads the policy is at fault, not the policy: tell those who wrote it"

// checkMethod is m.Check, with a panic of a method from outside turned into a fault.
func checkMethod(m Method, s Setting) (faults []Fault) {
	defer func() {
		if p := recover(); p != nil {
			faults = append(faults, doc.Errorf(s.Place, "panic", "checking the method panics: %v", p).WithHint(ownFault))
		}
	}()
	return m.Check(s)
}

// checkRange asks m for a range, with a panic of a method from outside turned into a fault.
func checkRange(m Method, s Setting) (faults []Fault) {
	defer func() {
		if p := recover(); p != nil {
			faults = append(faults, doc.Errorf(s.Place, "panic", "asking the method for the range of its points panics: %v", p).WithHint(ownFault))
		}
	}()
	if r, ok := m.(Ranger); ok {
		r.Range(Everything(), s.Weight)
	}
	return nil
}

// methodPlace returns where the key of the method stands.
func (ind *Indicator) methodPlace() Place {
	if ind.Node() != nil {
		keys := keysOf[Indicator]()
		for _, pair := range ind.Node().Pairs {
			if !contains(keys, pair.Key.Text) {
				return pair.Key.Place
			}
		}
	}
	return ind.Place()
}

// weight checks the weight of ind, and reports whether its points have a most.
func (k *checker) weight(ind *Indicator, p *plan, w *weights, modifier bool) bool {
	need := p.terms.Weights
	if modifier {
		need = WeightsAddUp
	}
	switch {
	case p.unknown:
		return ind.Weight != nil
	case ind.Weight == nil && unread(ind.Node(), "weight"):
		w.unknown = true
		return false
	case ind.Weight == nil:
		if need == WeightsAddUp && (!ind.Beyond || modifier) || need == WeightsRelative {
			k.faults = append(k.faults, doc.Errorf(ind.Place(), "missing-key", "the indicator %s has no `weight`", ind.ID).
				WithHint("say how many points it can earn"))
			w.unknown = true
		}
		return false
	}
	switch {
	case need == WeightsNone:
		k.faults = append(k.faults, doc.Errorf(ind.Key("weight"), "wrong-key", "weights mean nothing to this combiner").
			WithHint("leave `weight` out"))
	case ind.Weight.Sign() < 0 || ind.Weight.Sign() == 0 && (need == WeightsRelative || modifier):
		k.errorf(ind.At.Of("weight"), "bad-number", "a weight must be above 0, not %s", *ind.Weight)
	case ind.Weight.Sign() == 0 && !ind.Beyond:
		k.faults = append(k.faults, doc.Warnf(ind.At.Of("weight"), "never-earned", "the indicator %s can earn nothing: its weight is 0", ind.ID))
	}
	w.add(ind.ID, *ind.Weight)
	if !ind.Beyond {
		w.shared = w.shared.Add(*ind.Weight)
	}
	return true
}

// mostParts is how many weights a message lists.
const mostParts = 12

// addUp checks that weights add up to the total, exactly.
func (k *checker) addUp(c *Card, total Number, w *weights, key string) {
	d := w.sum.Sub(total)
	if d.Sign() == 0 {
		return
	}
	if key == "indicators" && c.Indicators == nil {
		key = "groups"
	}
	place := c.Key(key)
	if c.Total != nil {
		place = c.Of("total")
	}
	parts := w.parts
	if n := len(parts) - mostParts; n > 0 {
		parts = append(parts[:mostParts:mostParts], strconv.Itoa(n)+" more")
	}
	what, how := "missing", "raise"
	if d.Sign() > 0 {
		what, how = "too many", "lower"
	}
	k.faults = append(k.faults, doc.Errorf(place, "weights-total", "the weights of the %s add up to %s, not to %s: %s %s (%s)", key, w.sum, total, d.Abs(), what, strings.Join(parts, " + ")).
		WithHint("%s a weight by %s, or write `total: %s`", how, d.Abs(), w.sum))
}

// missing checks the rule for a missing indicator.
func (k *checker) missing(ind *Indicator, p *plan, s step) {
	place := ind.Missing.place
	if !place.Known() {
		place = ind.Place()
	}
	switch ind.Missing.Do {
	case Refer, Reject:
	case Reweight:
		if p.terms.Leave == LeaveFault {
			k.faults = append(k.faults, doc.Errorf(place, "bad-choice", "to leave the indicator %s out and reweight the others means nothing to this combiner", ind.ID).
				WithHint("say `missing:` reject, refer, or a number of points"))
		}
	case Substitute:
		if s.held && !hold(ind.Missing.Points, s.full).Equal(ind.Missing.Points) {
			k.errorf(place, "bad-number", "%s points where it is missing, but the indicator %s earns 0 to %s", ind.Missing.Points, ind.ID, s.full)
		}
	default:
		k.errorf(place, "bad-choice", "the rule for a missing indicator %s does not exist", ind.ID)
	}
}

// group makes a step of g, or gathers its indicators.
func (k *checker) group(g *Group, p *plan, parent int, w *weights) {
	k.id(g.ID, g.At, "group", k.ids)
	index := k.counts.groups
	k.counts.groups++
	if g.Weight == nil && !p.terms.bare(g) {
		k.gathersOnly(g)
		x := gather{group: g, index: index, parent: parent, steps: run{from: len(p.steps)}, groups: run{from: len(p.groups)}}
		k.members(&g.Card, p, index, w)
		x.steps.to, x.groups.to = len(p.steps), len(p.groups)
		if len(g.Indicators)+len(g.Groups) == 0 {
			k.errorf(g.Place(), "no-rows", "the group %s has no indicators", g.ID)
		}
		p.gathers = append(p.gathers, x)
		return
	}
	role := groupRole{index: index}
	s := groupStep{group: g, parent: parent, scale: Int(1)}
	if g.Weight != nil {
		switch {
		case p.unknown:
		case p.terms.Weights == WeightsNone:
			k.errorf(g.Key("weight"), "wrong-key", "weights mean nothing to this combiner")
		case g.Weight.Sign() <= 0:
			k.errorf(g.At.Of("weight"), "bad-number", "a weight must be above 0, not %s", *g.Weight)
			w.unknown, k.incomplete = true, true
			return
		}
		s.weight, role.full, role.weighted = *g.Weight, *g.Weight, true
		w.add(g.ID, s.weight)
		w.shared = w.shared.Add(s.weight)
	}
	if p.terms.Full == FullTotal {
		role.full, role.weighted = p.total, true
	}
	s.plan = k.card(&g.Card, &role)
	switch {
	case !role.weighted:
	case !s.plan.scaled:
		k.faults = append(k.faults, doc.Errorf(g.Place(), "missing-key", "the score of the group %s cannot be scaled to its weight", g.ID).
			WithHint("add `total`: the score that earns the full weight"))
	case s.plan.total.Sign() > 0:
		s.scale = quo(role.full, s.plan.total)
	}
	p.groups = append(p.groups, s)
}

// bare reports whether a group without a weight is a card of its own.
func (t Terms) bare(g *Group) bool {
	switch {
	case t.Weights == WeightsNone && t.Full == FullTotal:
		return true // such as the least of several groups
	case t.Full == FullFree:
		return g.Combine != nil || g.Total != nil
	}
	return false
}

// gathersOnly checks that a group without a weight has nothing that needs a score of its own.
func (k *checker) gathersOnly(g *Group) {
	for _, x := range []struct {
		key   string
		given bool
	}{
		{"combine", g.Combine != nil}, {"total", g.Total != nil}, {"modifiers", g.Modifiers != nil}, {"pdo", g.PDO != nil},
		{"adjustments", g.Adjustments != nil}, {"adjustments_cap", g.AdjustmentsCap != nil}, {"caps", g.Caps != nil},
		{"min", g.Min != nil}, {"max", g.Max != nil},
	} {
		if x.given {
			k.faults = append(k.faults, doc.Errorf(g.Key(x.key), "wrong-key", "`%s` needs a group with a weight of its own", x.key).
				WithHint("add `weight` to the group %s, or leave `%s` out", g.ID, x.key))
		}
	}
}

// changes checks the adjustments and the caps of c.
func (k *checker) changes(c *Card, p *plan) {
	for i := range c.Adjustments {
		a := &c.Adjustments[i]
		k.id(a.ID, a.At, "adjustment", k.events)
		if !a.Add.IsSet() && a.Node() == nil {
			k.errorf(a.Place(), "missing-key", "the adjustment %s adds nothing", a.ID)
		}
	}
	for i := range c.Caps {
		a := &c.Caps[i]
		k.id(a.ID, a.At, "cap", k.events)
		if !a.AtMost.IsSet() && a.Node() == nil {
			k.errorf(a.Place(), "missing-key", "the cap %s does not say what the score is at most", a.ID)
		}
		if v, ok := a.AtMost.IsConst(); ok && k.rounding.Score >= 0 && v.Less(v.Round(k.rounding.Score, k.rounding.Mode)) {
			k.faults = append(k.faults, doc.Warnf(a.Of("at_most"), "finer-than-score", "a score held at %s is rounded to %s", v, v.Round(k.rounding.Score, k.rounding.Mode).Fixed(k.rounding.Score)).
				WithHint("give the cap no more decimals than the score has"))
		}
	}
	if c.AdjustmentsCap == nil {
		return
	}
	p.span = *c.AdjustmentsCap
	if len(c.Adjustments) == 0 {
		k.errorf(c.Key("adjustments_cap"), "wrong-key", "there are no adjustments to hold")
	}
	if p.span.Least != nil && p.span.Most != nil && p.span.Most.Less(*p.span.Least) {
		k.errorf(c.Of("adjustments_cap"), "bad-number", "`least` %s is above `most` %s", *p.span.Least, *p.span.Most)
	}
}

// bounds works out the range of the score.
func (k *checker) bounds(c *Card, p *plan) {
	if c.PDO == nil && p.terms.Full != FullFree {
		if p.lo == nil {
			p.lo = new(Number)
		}
		if p.hi == nil {
			total := p.total
			p.hi = &total
		}
	}
	if p.lo != nil && p.hi != nil && p.hi.Less(*p.lo) {
		key := "max"
		if c.Max == nil {
			key = "min"
		}
		k.errorf(c.Of(key), "bad-number", "the score cannot be at least %s and at most %s", *p.lo, *p.hi)
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
