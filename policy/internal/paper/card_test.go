package paper_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// figures is where figures are rounded.
type figures struct {
	points, score, money int // decimal places; -1: exact
	mode                 string
}

// standing is what comes of a card or a part of it.
type standing int

const (
	there    standing = iota
	leftOut           // missing, and the others count for more
	toRefer           // missing, and there is no score
	toReject          // likewise
)

// indicator is what is scored on paper.
type indicator struct {
	id      string
	weight  *big.Rat // nil: none
	of      amount   // of.text is "" where the text `kind` is scored
	method  method
	missing string // "" for refer
	beyond  bool

	baseline *big.Rat // nil: none
	code     string   // "": the id
}

// onBill is what an indicator or a group earned.
type onBill struct {
	raw, points *big.Rat // points: nil where there are none
	unused      bool     // a modifier of a score that there is none of
}

// scorecard is a card on paper, or a group of one.
type scorecard struct {
	id          string
	weight      *big.Rat // of a group; nil: none
	total       *big.Rat // nil: unsaid
	combine     string   // "": sum, unsaid
	initial     *amount
	reasons     string      // below or above, "" for unsaid
	coefficient [3]*big.Rat // the least, the most, and what a modifier begins at that earns its weight; nil: unsaid
	indicators  []indicator
	weightings  []weighting
	modifiers   []indicator
	groups      []*scorecard
	adjustments []conditional
	least, most *big.Rat // that the adjustments add together
	caps        []conditional
	min, max    *big.Rat
	pdo         *odds
}

// conditional is an amount under a condition; a condition without text always holds.
type conditional struct {
	when claim
	amount
}

// weighting is other weights for some customers, by the id of the indicator.
type weighting struct {
	when claim
	is   map[string]*big.Rat
}

// odds is pdo.
type odds struct {
	text           string
	factor, offset *big.Rat
	each           bool
}

// free reports whether points are not held within weights that add up.
func (c *scorecard) free() bool {
	return c.combine == "product" || c.combine == "points" || c.pdo != nil
}

// weighted reports whether all indicators of the card have weights.
func (c *scorecard) weighted() bool {
	return c.pdo == nil && (c.combine == "" || c.combine == "sum" || c.combine == "weighted_mean" || c.combine == "modified")
}

// other finds the weights that count for a customer in place of the card's own; ok is false where that cannot be told.
func (c *scorecard) other(s *sheet) (weights map[string]*big.Rat, ok bool) {
	for i, w := range c.weightings {
		switch w.when.of(s) {
		case isTrue:
			s.meet(fmt.Sprint("weights of row ", i+1))
			return w.is, true
		case unknown:
			s.meet("weights unknown")
			s.lacks = true
			return nil, false
		}
	}
	if c.weightings != nil {
		s.meet("weights of no row")
	}
	return nil, true
}

// pointNames are what expressions call the points of the card's indicators, of its groups and of headings in it.
func (c *scorecard) pointNames() (all []string) {
	for _, ind := range c.indicators {
		all = append(all, "points."+ind.id)
	}
	for _, group := range c.groups {
		if group.gathers() {
			all = append(all, "points."+group.indicators[0].id)
		} else {
			all = append(all, "points."+group.id)
		}
	}
	return all
}

// gathers reports whether a group is only a heading.
func (c *scorecard) gathers() bool { return c.weight == nil && c.combine == "" }

// full returns what the card's weights add up to, or what each indicator can earn. It is full where the card is a group
// that says nothing else.
func (c *scorecard) full(around *big.Rat) *big.Rat {
	switch {
	case c.total != nil:
		return c.total
	case around != nil:
		return around
	}
	return rat("100")
}

// partition divides total into n parts of a twentieth or more.
func (g *drafter) partition(total *big.Rat, n int) []*big.Rat {
	units := make([]int64, n)
	for i := range units {
		units[i] = 1
	}
	for range 20 - n {
		units[g.IntN(n)]++
	}
	out := make([]*big.Rat, n)
	for i := range out {
		out[i] = times(total, big.NewRat(units[i], 20))
	}
	return out
}

// card drafts a card, or a group that can earn around; prefix keeps identifiers apart.
func (g *drafter) card(depth int, around *big.Rat, prefix string) *scorecard {
	c := &scorecard{}
	if depth == 0 {
		c.combine = oneOf(g, "", "", "sum", "weighted_mean", "minimum", "product", "points", "modified")
		if g.chance(12) {
			c.combine, c.pdo = "", g.odds()
		}
	} else {
		c.combine = oneOf(g, "sum", "sum", "weighted_mean", "minimum", "modified")
	}
	if c.pdo != nil {
		g.use("pdo")
	} else {
		g.use("combine " + c.combine)
	}
	if g.chance(40) && !c.free() {
		c.total = big.NewRat(int64(oneOf(g, 10, 60, 150, 1000)), 1)
	}
	if c.combine == "points" {
		if g.chance(60) {
			a := g.amount(1)
			c.initial = &a
		}
		c.reasons = oneOf(g, "", "below", "above")
	}
	if c.combine == "modified" {
		for i, x := range []*big.Rat{rat("0.85"), rat("1.15"), rat("1.1")} {
			if g.chance(40) {
				c.coefficient[i] = x
				g.use("coefficients of modifiers")
			}
		}
	}
	total := c.full(around)
	n := 1 + g.IntN(5)
	groups := 0
	if depth < 2 && (c.combine == "" || c.combine == "sum" || c.combine == "weighted_mean" || c.combine == "product") && c.pdo == nil {
		groups = g.IntN(3)
	}
	shares := g.partition(total, n+groups)
	weights := [][]*big.Rat{shares[:n]} // those of the card, and other ones for some customers
	if depth == 0 && n > 1 && c.weighted() && g.chance(40) {
		g.use("weights")
		own := new(big.Rat)
		for _, w := range shares[:n] {
			own = plus(own, w)
		}
		for range 1 + g.IntN(2) {
			weights = append(weights, g.partition(own, n))
		}
	}
	for i := range n {
		least := shares[i] // what its rows say is within all of its weights
		for _, w := range weights {
			least = lower(least, w[i])
		}
		ind := g.indicator(c, fmt.Sprintf("%si%d", prefix, i+1), least, total)
		if ind.weight != nil {
			ind.weight = shares[i]
		}
		c.indicators = append(c.indicators, ind)
	}
	for _, other := range weights[1:] {
		w := weighting{g.claim(1), map[string]*big.Rat{}}
		for i, ind := range c.indicators {
			if other[i].Cmp(shares[i]) != 0 || g.chance(50) { // those that it does not name keep their weights
				w.is[ind.id] = other[i]
			}
		}
		if len(w.is) > 0 {
			c.weightings = append(c.weightings, w)
		}
	}
	if c.combine == "" || c.combine == "sum" { // beside the weights
		if g.chance(20) {
			extra := g.indicator(c, prefix+"extra", nil, total)
			extra.beyond = true
			g.use("beyond without weight")
			c.indicators = append(c.indicators, extra)
		}
	}
	for i := range groups {
		c.groups = append(c.groups, g.group(c, depth, shares[n+i], total, fmt.Sprintf("%sg%d", prefix, i+1)))
	}
	if c.combine == "modified" {
		m := 1 + g.IntN(3)
		for i, w := range g.partition(total, m) {
			ind := g.weighted(fmt.Sprintf("%sm%d", prefix, i+1), w, w)
			c.modifiers = append(c.modifiers, ind)
		}
	}
	names := g.names
	if depth == 0 { // what a group changes is still within the points of the card
		g.names = append(slices.Clone(names), c.pointNames()...)
	}
	g.changes(c, total)
	g.names = names
	return c
}

// group drafts a group of c.
func (g *drafter) group(c *scorecard, depth int, weight, total *big.Rat, prefix string) *scorecard {
	if (c.combine == "" || c.combine == "sum") && g.chance(30) {
		// A heading: its indicator counts as one of the card around it.
		g.use("heading")
		return &scorecard{id: prefix, indicators: []indicator{g.indicator(c, prefix+"i1", weight, nil)}}
	}
	g.use("group")
	var inner *scorecard
	switch c.combine {
	case "product":
		inner = g.card(depth+1, nil, prefix)
	case "weighted_mean":
		inner = g.card(depth+1, total, prefix)
		inner.weight = weight
	default:
		inner = g.card(depth+1, weight, prefix)
		inner.weight = weight
	}
	inner.id = prefix
	return inner
}

// indicator drafts an indicator of c, whose part of the total is share.
func (g *drafter) indicator(c *scorecard, id string, share, total *big.Rat) indicator {
	var ind indicator
	switch {
	case c.combine == "minimum":
		ind = g.weighted(id, nil, total)
	case c.combine == "weighted_mean":
		ind = g.weighted(id, share, total)
	case share == nil, c.combine == "points", c.pdo != nil, c.combine == "product" && g.chance(50):
		ind = g.unweighted(id)
	default:
		ind = g.weighted(id, share, share)
	}
	if c.combine == "points" && g.chance(70) {
		ind.baseline = g.literal()
		if g.chance(50) {
			ind.code = "RC" + id
		}
	}
	if ind.missing == "reweight" && (c.free() || c.combine == "minimum") {
		ind.missing = ""
	}
	return ind
}

// weighted drafts an indicator that can earn full.
func (g *drafter) weighted(id string, weight, full *big.Rat) indicator {
	name := oneOf(g, allMethods...)
	ind := indicator{id: id, weight: weight, method: g.method(name, full), beyond: name != "mean" && g.chance(10)}
	if name != "categories" {
		ind.of = g.amount(2)
	}
	ind.missing = oneOf(g, "", "", "reject", "reweight", "reweight", "reweight", plain(g.pointsWithin(full)))
	if ind.beyond {
		g.use("beyond")
	}
	return ind
}

// unweighted drafts an indicator whose points are not held.
func (g *drafter) unweighted(id string) indicator {
	name := oneOf(g, freeMethods...)
	ind := indicator{id: id, method: g.method(name, nil), missing: oneOf(g, "", "", "reject", plain(g.literal()))}
	if name != "categories" {
		ind.of = g.amount(2)
	}
	return ind
}

// changes drafts what is done to the combined score.
func (g *drafter) changes(c *scorecard, total *big.Rat) {
	if g.chance(30) {
		g.use("adjustments")
		for range 1 + g.IntN(2) {
			c.adjustments = append(c.adjustments, conditional{g.maybe(1), g.amount(1)})
		}
		if g.chance(50) {
			c.most = g.positive()
		}
		if g.chance(50) {
			c.least = new(big.Rat).Neg(g.positive())
		}
	}
	if g.chance(30) {
		g.use("caps")
		c.caps = append(c.caps, conditional{g.maybe(1), g.amount(1)})
	}
	if g.chance(15) {
		c.min = quotient(total, rat("8"))
	}
	if g.chance(15) {
		c.max = quotient(total, rat("2"))
	}
}

// maybe drafts a condition, or none.
func (g *drafter) maybe(depth int) claim {
	if g.chance(25) {
		return claim{"", func(*sheet) truth { return isTrue }}
	}
	return g.claim(depth)
}

// odds drafts pdo.
func (g *drafter) odds() *odds {
	o := &odds{each: g.chance(50)}
	if g.chance(60) {
		o.factor, o.offset = big.NewRat(288539, 10000), big.NewRat(487123, 1000)
		o.text = "factor: 28.8539, offset: 487.123"
	} else {
		points, good, double := big.NewRat(600, 1), int64(oneOf(g, 1, 20, 50)), big.NewRat(int64(oneOf(g, 20, 40, -25)), 1)
		o.factor = quotient(double, logarithm(2))
		o.offset = minus(points, times(o.factor, logarithm(good)))
		o.text = fmt.Sprintf("points: 600, odds: %d, double: %s", good, plain(double))
	}
	if o.each {
		o.text += ", each: true"
	}
	return o
}

// logarithm returns ln n at 34 significant digits, as the series 2(z + z^3/3 + z^5/5 + ...) with z = (n-1)/(n+1) has it.
func logarithm(n int64) *big.Rat {
	const bits = 300
	float := func(x int64) *big.Float { return new(big.Float).SetPrec(bits).SetInt64(x) }
	z := new(big.Float).Quo(float(n-1), float(n+1))
	square := new(big.Float).Mul(z, z)
	sum, power := float(0), new(big.Float).Set(z)
	for k := int64(1); power.Sign() > 0 && power.MantExp(nil) > -200; k += 2 { // far beyond the 34th digit
		sum.Add(sum, new(big.Float).Quo(power, float(k)))
		power.Mul(power, square)
	}
	sum.Mul(sum, float(2))
	return rat(sum.Text('e', 33))
}

// bill is what a clerk writes down while he scores: the points of every indicator, and of every group.
type bill struct {
	figures
	earned  map[string]onBill
	changes map[string]string // what became of each adjustment and cap, by its id
}

// change says what becomes of an adjustment or a cap: it is missing, it does not hold, or it has so many points.
func change(is truth, points *big.Rat) string {
	switch is {
	case unknown:
		return "unknown"
	case untrue:
		return "does not hold"
	}
	return points.RatString()
}

// cardScore works out the exact score of c; around is what it can earn where it is a group with a weight, else nil.
func (b *bill) cardScore(c *scorecard, s *sheet, around *big.Rat) (*big.Rat, standing) {
	total := c.full(around)
	others, ok := c.other(s)
	if !ok {
		return nil, toRefer
	}
	type part struct {
		id             string
		weight, points *big.Rat
		standing
		shares, modifier bool
		raw              *big.Rat
	}
	var parts []part
	st, some := there, false
	add := func(ind indicator, modifier bool) {
		most := ind.weight
		if !modifier && (c.combine == "weighted_mean" || c.combine == "minimum") {
			most = total
		}
		raw, points, is := ind.earn(s, most)
		p := part{id: ind.id, weight: ind.weight, points: points, standing: is, shares: ind.weight != nil && !ind.beyond && !modifier, modifier: modifier, raw: raw}
		if is >= toRefer {
			st = max(st, is)
		}
		some = some || is == there && !modifier
		parts = append(parts, p)
	}
	var groups []*scorecard
	for _, ind := range c.indicators {
		if w := others[ind.id]; w != nil {
			ind.weight = w
		}
		add(ind, false)
	}
	for _, group := range c.groups {
		if !group.gathers() {
			groups = append(groups, group)
			continue
		}
		for _, ind := range group.indicators {
			add(ind, false)
		}
	}
	for _, ind := range c.modifiers {
		add(ind, true)
	}
	for _, group := range groups {
		var most *big.Rat
		switch {
		case c.combine == "weighted_mean":
			most = total
		case group.weight != nil:
			most = group.weight
		}
		score, is := b.cardScore(group, s, most)
		if is == leftOut && c.free() {
			is = toRefer
		}
		if is >= toRefer {
			st = max(st, is)
		}
		if is == there {
			some = true
			if most != nil {
				score = quotient(times(score, most), group.full(most))
			}
		} else {
			score = new(big.Rat)
		}
		parts = append(parts, part{id: group.id, weight: group.weight, points: score, standing: is, shares: group.weight != nil, raw: score})
	}

	// What was left out gives its weight to the others.
	if c.combine == "" && c.pdo == nil || c.combine == "sum" || c.combine == "modified" {
		all, present, missing := new(big.Rat), new(big.Rat), false
		for _, p := range parts {
			missing = missing || p.standing == leftOut
			if p.shares {
				all = plus(all, p.weight)
				if p.standing != leftOut {
					present = plus(present, p.weight)
				}
			}
		}
		if missing && all.Sign() > 0 && present.Sign() == 0 {
			some = false
		} else if missing && all.Sign() > 0 {
			for i := range parts {
				if parts[i].shares {
					parts[i].points = times(parts[i].points, quotient(all, present))
				}
			}
		}
	}
	modified := false
	for i := range parts {
		p := &parts[i]
		if c.pdo != nil && c.pdo.each {
			p.points = times(c.pdo.factor, p.points)
		}
		if !p.modifier && (c.pdo == nil || c.pdo.each) {
			p.points = inPlaces(p.points, b.points, b.mode)
		}
		modified = modified || p.modifier && p.standing == there
	}

	score := new(big.Rat)
	good := st == there && some && (c.combine != "modified" || modified)
	if st == there && !good {
		st = leftOut
	}
	weights := new(big.Rat)
	switch {
	case !good:
	case c.combine == "weighted_mean":
		for _, p := range parts {
			if p.standing == there {
				score, weights = plus(score, times(p.points, p.weight)), plus(weights, p.weight)
			}
		}
		score = quotient(score, weights)
	case c.combine == "minimum":
		score = parts[0].points
		for _, p := range parts {
			score = lower(score, p.points)
		}
	case c.combine == "product":
		score = rat("1")
		for _, p := range parts {
			score = times(score, p.points)
		}
	case c.combine == "modified":
		least, most, full := rat("0.7"), rat("1.3"), rat("1.2")
		for i, x := range []**big.Rat{&least, &most, &full} {
			if c.coefficient[i] != nil {
				*x = c.coefficient[i]
			}
		}
		for _, p := range parts {
			if !p.modifier && p.standing == there {
				score = plus(score, p.points)
			}
		}
		coefficient := new(big.Rat)
		for i := range parts {
			p := &parts[i]
			if !p.modifier || p.standing != there {
				continue
			}
			share, begin := quotient(p.points, p.weight), rat("1")
			if share.Cmp(rat("1")) >= 0 {
				begin = full
			}
			p.points = held(minus(plus(begin, share), quotient(score, total)), least, most)
			coefficient, weights = plus(coefficient, times(p.points, p.weight)), plus(weights, p.weight)
		}
		score = times(score, quotient(coefficient, weights))
	default:
		for _, p := range parts {
			if p.standing == there {
				score = plus(score, p.points)
			}
		}
		if c.initial != nil {
			if x := c.initial.of(s); x != nil {
				score = plus(score, x)
			} else {
				st = toRefer
				s.lacks = true
			}
		}
	}
	for _, p := range parts {
		e := onBill{raw: p.raw, unused: p.modifier && !good}
		if p.standing == there {
			e.points = p.points
			s.numbers["points."+p.id] = p.points
		}
		b.earned[p.id] = e
	}
	if c.pdo != nil {
		offset := c.pdo.offset
		if c.pdo.each {
			offset = inPlaces(offset, b.points, b.mode)
		} else {
			score = times(score, c.pdo.factor)
		}
		score = plus(score, offset)
	}

	extra := new(big.Rat)
	for i, a := range c.adjustments {
		x, is := a.holds(s)
		b.changes[fmt.Sprintf("%sa%d", c.id, i+1)] = change(is, x)
		s.lacks = s.lacks || is == unknown
		switch is {
		case unknown:
			if st != leftOut {
				st = max(st, toRefer)
			}
		case isTrue:
			extra = plus(extra, x)
		}
	}
	if c.least != nil {
		extra = higher(extra, c.least)
	}
	if c.most != nil {
		extra = lower(extra, c.most)
	}
	score = plus(score, extra)
	for i, k := range c.caps {
		x, is := k.holds(s)
		b.changes[fmt.Sprintf("%sc%d", c.id, i+1)] = change(is, x)
		s.lacks = s.lacks || is == unknown
		switch is {
		case unknown:
			if st != leftOut {
				st = max(st, toRefer)
			}
		case isTrue:
			score = lower(score, x)
		}
	}
	low, high := c.min, c.max
	if !c.free() && low == nil {
		low = new(big.Rat)
	}
	if !c.free() && high == nil {
		high = total
	}
	if low != nil {
		score = higher(score, low)
	}
	if high != nil {
		score = lower(score, high)
	}
	return score, st
}

// holds returns the amount where the condition holds; unknown is either of the two.
func (a conditional) holds(s *sheet) (*big.Rat, truth) {
	is := a.when.of(s)
	if is != isTrue {
		return nil, is
	}
	x := a.of(s)
	if x == nil {
		return nil, unknown
	}
	return x, isTrue
}

// earn works out the exact points of an indicator that can earn most, nil for anything.
func (ind *indicator) earn(s *sheet, most *big.Rat) (raw, points *big.Rat, is standing) {
	text := s.texts["kind"]
	var x *big.Rat
	present := text != ""
	if ind.of.text != "" {
		x = ind.of.of(s)
		present = x != nil
	}
	if present {
		raw = ind.method.points(s, x, text, most)
	}
	if raw == nil {
		s.lacks = true
		zero := new(big.Rat)
		switch ind.missing {
		case "":
			return zero, zero, toRefer
		case "reject":
			return zero, zero, toReject
		case "reweight":
			return zero, zero, leftOut
		}
		x := rat(ind.missing)
		return x, x, there
	}
	points = raw
	if most != nil && !ind.beyond {
		points = held(raw, rat("0"), most)
	}
	return raw, points, there
}

// write writes the card as the lines of a section.
func (c *scorecard) write(indent string) string {
	var out strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&out, indent+format+"\n", args...) }
	if c.total != nil {
		line("total: %s", plain(c.total))
	}
	switch {
	case c.initial != nil || c.reasons != "":
		var keys []string
		if c.initial != nil {
			keys = append(keys, "initial: "+quoted(c.initial.text))
		}
		if c.reasons != "" {
			keys = append(keys, "reasons: "+c.reasons)
		}
		line("combine: {points: {%s}}", strings.Join(keys, ", "))
	case c.coefficient != [3]*big.Rat{}:
		var keys []string
		for i, key := range []string{"min", "max", "full"} {
			if x := c.coefficient[i]; x != nil {
				keys = append(keys, key+": "+plain(x))
			}
		}
		line("combine: {modified: {%s}}", strings.Join(keys, ", "))
	case c.combine != "":
		line("combine: %s", c.combine)
	}
	if c.pdo != nil {
		line("pdo: {%s}", c.pdo.text)
	}
	if c.min != nil {
		line("min: %s", plain(c.min))
	}
	if c.max != nil {
		line("max: %s", plain(c.max))
	}
	list := func(key string, all []indicator) {
		if len(all) == 0 {
			return
		}
		line("%s:", key)
		for _, ind := range all {
			text := "id: " + ind.id
			if ind.weight != nil {
				text += ", weight: " + plain(ind.weight)
			}
			if ind.of.text != "" {
				text += ", of: " + quoted(ind.of.text)
			} else {
				text += ", of: kind"
			}
			if ind.missing != "" {
				text += ", " + "missing: " + ind.missing
			}
			if ind.beyond {
				text += ", beyond: true"
			}
			if ind.baseline != nil {
				text += ", baseline: " + plain(ind.baseline)
			}
			if ind.code != "" {
				text += ", code: " + ind.code
			}
			line("  - {%s, %s}", text, ind.method.text)
		}
	}
	list("indicators", c.indicators)
	if len(c.weightings) > 0 {
		line("weights:")
	}
	for _, w := range c.weightings {
		var is []string
		for _, ind := range c.indicators {
			if x := w.is[ind.id]; x != nil {
				is = append(is, ind.id+": "+plain(x))
			}
		}
		line("  - {when: %s, is: {%s}}", quoted(w.when.text), strings.Join(is, ", "))
	}
	list("modifiers", c.modifiers)
	if len(c.groups) > 0 {
		line("groups:")
		for _, group := range c.groups {
			line("  - id: %s", group.id)
			if group.weight != nil {
				line("    weight: %s", plain(group.weight))
			}
			out.WriteString(group.write(indent + "    "))
		}
	}
	changes := func(key, what, prefix string, all []conditional) {
		if len(all) == 0 {
			return
		}
		line("%s:", key)
		for i, a := range all {
			when := ""
			if a.when.text != "" {
				when = ", when: " + quoted(a.when.text)
			}
			line("  - {id: %s%s%d%s, %s: %s}", c.id, prefix, i+1, when, what, quoted(a.text))
		}
	}
	changes("adjustments", "add", "a", c.adjustments)
	if c.least != nil || c.most != nil {
		var span []string
		if c.least != nil {
			span = append(span, "least: "+plain(c.least))
		}
		if c.most != nil {
			span = append(span, "most: "+plain(c.most))
		}
		line("adjustments_cap: {%s}", strings.Join(span, ", "))
	}
	changes("caps", "at_most", "c", c.caps)
	return out.String()
}
