package paper_test

import (
	"fmt"
	"math/big"
	"strings"
)

// method is a way to give points, and what it gives for the value x (or the text) to an indicator of weight w.
type method struct {
	text   string // as a key and its value: "linear: {0: 0, 1: 20}"
	points func(s *sheet, x *big.Rat, text string, w *big.Rat) *big.Rat
}

// earning is what a row gives: points, an expression, or a share of the weight.
type earning struct {
	text string
	of   func(s *sheet, w *big.Rat) *big.Rat
}

// earns drafts what a row gives. w is nil where there is no weight.
func (g *drafter) earns(w *big.Rat) earning {
	switch {
	case w != nil && g.chance(30):
		share := big.NewRat(int64(g.IntN(11)), 10)
		return earning{"share: " + plain(share), func(_ *sheet, w *big.Rat) *big.Rat { return times(share, w) }}
	case g.chance(20):
		a := g.amount(1)
		return earning{"points: " + quoted(a.text), func(s *sheet, _ *big.Rat) *big.Rat { return a.of(s) }}
	}
	points := g.pointsWithin(w)
	return earning{"points: " + plain(points), func(*sheet, *big.Rat) *big.Rat { return points }}
}

// pointsWithin is a number of points from 0 to w, any where there is no weight.
func (g *drafter) pointsWithin(w *big.Rat) *big.Rat {
	if w == nil {
		return g.literal()
	}
	return quotient(times(w, big.NewRat(int64(g.IntN(9)), 1)), rat("8"))
}

// freeMethods need no weight; allMethods are for an indicator that has one.
var (
	freeMethods = []string{"bands", "rules", "linear", "wall", "formula", "categories"}
	allMethods  = append([]string{"best", "worst", "mean", "proportional", "efficacy", "deduct", "occurrences"}, freeMethods...)
)

// method drafts the method called name for an indicator of weight w, nil for none.
func (g *drafter) method(name string, w *big.Rat) method {
	g.use(name)
	switch name {
	case "bands":
		return g.bands(w)
	case "rules":
		return g.rules(w)
	case "linear":
		return g.linear(w)
	case "proportional":
		return g.proportional()
	case "efficacy":
		return g.efficacy()
	case "wall":
		return g.wall(w)
	case "deduct":
		return g.deduct()
	case "occurrences":
		return g.occurrences(w)
	case "categories":
		return g.categories(w)
	case "formula":
		a := g.amount(2)
		return method{"formula: " + quoted(a.text), func(s *sheet, _ *big.Rat, _ string, _ *big.Rat) *big.Rat { return a.of(s) }}
	}
	return g.several(name, w)
}

func (g *drafter) bands(w *big.Rat) method {
	type band struct {
		holds func(x *big.Rat) bool
		earning
	}
	var rows []band
	var texts []string
	for _, bound := range g.ascending(2 + g.IntN(3)) {
		b := band{earning: g.earns(w)}
		key := oneOf(g, "min", "above", "max", "below")
		high := plus(bound, g.positive())
		closed := g.chance(20)
		b.holds = func(x *big.Rat) bool {
			c := x.Cmp(bound)
			switch {
			case closed:
				return c >= 0 && x.Cmp(high) < 0
			case key == "min":
				return c >= 0
			case key == "above":
				return c > 0
			case key == "max":
				return c <= 0
			}
			return c < 0
		}
		text := key + ": " + plain(bound)
		if closed {
			text = "min: " + plain(bound) + ", below: " + plain(high)
		}
		texts = append(texts, "{"+text+", "+b.text+"}")
		rows = append(rows, b)
	}
	if g.chance(90) {
		last := band{func(*big.Rat) bool { return true }, g.earns(w)}
		rows = append(rows, last)
		texts = append(texts, "{"+last.text+"}")
	}
	return method{"bands: [" + strings.Join(texts, ", ") + "]", func(s *sheet, x *big.Rat, _ string, w *big.Rat) *big.Rat {
		for _, row := range rows {
			if row.holds(x) {
				return row.of(s, w)
			}
		}
		return nil
	}}
}

func (g *drafter) rules(w *big.Rat) method {
	type rule struct {
		when claim
		earning
	}
	var rows []rule
	var texts []string
	collect := g.use(oneOf(g, "first", "sum", "min", "max", "count"))
	for range 1 + g.IntN(4) {
		r := rule{g.claim(1), g.earns(w)}
		rows = append(rows, r)
		texts = append(texts, "{when: "+quoted(r.when.text)+", "+r.text+"}")
	}
	list := "[" + strings.Join(texts, ", ") + "]"
	if collect != "first" {
		list = "{collect: " + collect + ", rows: " + list + "}"
	}
	return method{"rules: " + list, func(s *sheet, _ *big.Rat, _ string, w *big.Rat) *big.Rat {
		var found []*big.Rat
		for _, row := range rows {
			switch row.when.of(s) {
			case unknown:
				return nil
			case untrue:
				continue
			}
			if collect == "count" {
				found = append(found, nil)
				continue
			}
			points := row.of(s, w)
			if points == nil || collect == "first" {
				return points
			}
			found = append(found, points)
		}
		sum := new(big.Rat)
		switch {
		case collect == "count":
			return big.NewRat(int64(len(found)), 1)
		case collect == "sum":
			for _, x := range found {
				sum = plus(sum, x)
			}
			return sum
		case len(found) == 0:
			return nil
		}
		best := found[0]
		for _, x := range found {
			if collect == "min" {
				best = lower(best, x)
			} else {
				best = higher(best, x)
			}
		}
		return best
	}}
}

func (g *drafter) linear(w *big.Rat) method {
	at := g.ascending(2 + g.IntN(3))
	points := make([]*big.Rat, len(at))
	var texts []string
	for i := range at {
		points[i] = g.pointsWithin(w)
		texts = append(texts, plain(at[i])+": "+plain(points[i]))
	}
	return method{"linear: {" + strings.Join(texts, ", ") + "}", func(_ *sheet, x *big.Rat, _ string, _ *big.Rat) *big.Rat {
		if x.Cmp(at[0]) <= 0 {
			return points[0]
		}
		for i := 1; i < len(at); i++ {
			if x.Cmp(at[i]) <= 0 {
				part := quotient(minus(x, at[i-1]), minus(at[i], at[i-1]))
				return plus(points[i-1], times(part, minus(points[i], points[i-1])))
			}
		}
		return points[len(points)-1]
	}}
}

func (g *drafter) proportional() method {
	full := g.positive()
	text, of := plain(full), func(*sheet) *big.Rat { return full }
	if g.chance(20) { // a bound of the customer's own, never 0
		base := g.named()
		text = quoted("max(" + base.text + ", " + plain(full) + ")")
		of = func(s *sheet) *big.Rat {
			if x := base.of(s); x != nil {
				return higher(x, full)
			}
			return nil
		}
	}
	inverse := g.chance(40)
	key := "proportional: {full: " + text
	if inverse {
		g.use("inverse")
		key += ", inverse: true"
	}
	return method{key + "}", func(s *sheet, x *big.Rat, _ string, w *big.Rat) *big.Rat {
		full := of(s)
		switch {
		case full == nil:
			return nil
		case inverse && x.Sign() <= 0:
			return w
		case inverse:
			return quotient(times(w, full), x)
		}
		return higher(quotient(times(w, x), full), rat("0"))
	}}
}

func (g *drafter) efficacy() method {
	at := g.ascending(5)
	falling, keep := g.chance(50), g.chance(40)
	if !falling {
		at[0], at[1], at[3], at[4] = at[4], at[3], at[1], at[0]
	}
	text := fmt.Sprintf("efficacy: {excellent: %s, good: %s, average: %s, low: %s, poor: %s", plain(at[0]), plain(at[1]), plain(at[2]), plain(at[3]), plain(at[4]))
	if keep {
		text += ", below_poor: " + g.use("keep")
	}
	shares := []string{"1", "0.8", "0.6", "0.4", "0.2"}
	return method{text + "}", func(_ *sheet, x *big.Rat, _ string, w *big.Rat) *big.Rat {
		for i, level := range at {
			if c := x.Cmp(level); c != 0 && (c > 0) == falling {
				continue
			}
			share := rat(shares[i])
			if i > 0 {
				position := quotient(minus(x, level), minus(at[i-1], level))
				share = plus(share, times(position, minus(rat(shares[i-1]), rat(shares[i]))))
			}
			return times(share, w)
		}
		if keep {
			return times(rat("0.2"), w)
		}
		return new(big.Rat)
	}}
}

func (g *drafter) wall(w *big.Rat) method {
	most := big.NewRat(20, 1)
	if w != nil {
		most = w
	}
	least, standard := quotient(most, rat("4")), quotient(most, rat("2"))
	base := g.literal()
	best := plus(base, g.positive())
	if g.chance(40) {
		best = minus(base, g.positive())
	}
	text := fmt.Sprintf("wall: {standard: %s, max: %s, standard_points: %s, max_points: %s, min_points: %s}",
		plain(base), plain(best), plain(standard), plain(most), plain(least))
	return method{text, func(_ *sheet, x *big.Rat, _ string, _ *big.Rat) *big.Rat {
		perPoint := quotient(minus(best, base), minus(most, standard)) // 每分比率差
		return held(plus(standard, quotient(minus(x, base), perPoint)), least, most)
	}}
}

func (g *drafter) deduct() method {
	from, step, cost := g.literal(), g.positive(), g.positive()
	completed, below := g.chance(40), g.chance(40)
	text := fmt.Sprintf("deduct: {from: %s, step: %s, points: %s", plain(from), plain(step), plain(cost))
	if completed {
		text += ", whole: true"
		g.use("whole")
	}
	if below {
		text += ", direction: below"
		g.use("below")
	}
	return method{text + "}", func(_ *sheet, x *big.Rat, _ string, w *big.Rat) *big.Rat {
		distance := minus(x, from)
		if below {
			distance = minus(from, x)
		}
		steps := quotient(higher(distance, rat("0")), step)
		if completed {
			steps = whole(steps)
		}
		return minus(w, times(steps, cost))
	}}
}

func (g *drafter) occurrences(w *big.Rat) method {
	type row struct {
		count, repaired amount
		cost, back      *big.Rat
		most            *big.Rat
	}
	var rows []row
	var texts []string
	for range 1 + g.IntN(2) {
		r := row{count: g.named(), cost: g.positive()}
		text := "{count: " + quoted(r.count.text) + ", points: " + plain(r.cost)
		if g.chance(60) {
			r.most = g.positive()
			text += ", most: " + plain(r.most)
		}
		if g.chance(50) {
			r.repaired, r.back = g.named(), g.positive()
			text += ", repairs: [{count: " + quoted(r.repaired.text) + ", points: " + plain(r.back) + "}]"
			g.use("repairs")
		}
		rows = append(rows, r)
		texts = append(texts, text+"}")
	}
	var base amount
	list := "[" + strings.Join(texts, ", ") + "]"
	if w == nil || g.chance(30) {
		base = g.amount(1)
		list = "{base: " + quoted(base.text) + ", rows: " + list + "}"
	}
	return method{"occurrences: " + list, func(s *sheet, _ *big.Rat, _ string, w *big.Rat) *big.Rat {
		points := w
		if base.of != nil {
			points = base.of(s)
		}
		for _, r := range rows {
			n := r.count.of(s)
			if points == nil || n == nil {
				return nil
			}
			cost := times(higher(n, rat("0")), r.cost)
			if r.most != nil {
				cost = lower(cost, r.most)
			}
			if r.back != nil {
				n := r.repaired.of(s)
				if n == nil {
					return nil
				}
				cost = minus(cost, lower(cost, times(higher(n, rat("0")), r.back)))
			}
			points = minus(points, cost)
		}
		return points
	}}
}

// categories look at the text `kind`.
func (g *drafter) categories(w *big.Rat) method {
	a, b := g.earns(w), g.earns(w)
	text := fmt.Sprintf("categories: {%s: {%s}, %s: {%s}", paperKinds[0], a.text, "["+paperKinds[1]+", "+paperKinds[2]+"]", b.text)
	rest := earning{}
	if g.chance(50) {
		// Only one of the three has a row of its own.
		rest = g.earns(w)
		text = fmt.Sprintf("categories: {%s: {%s}, otherwise: {%s}", paperKinds[0], a.text, rest.text)
	}
	return method{text + "}", func(s *sheet, _ *big.Rat, kind string, w *big.Rat) *big.Rat {
		switch {
		case kind == paperKinds[0]:
			return a.of(s, w)
		case rest.of != nil:
			return rest.of(s, w)
		}
		return b.of(s, w)
	}}
}

// several are best, worst and mean.
func (g *drafter) several(name string, w *big.Rat) method {
	var ways []method
	var texts []string
	for range 2 + g.IntN(2) {
		m := g.method(oneOf(g, "bands", "linear", "proportional", "efficacy", "deduct", "formula"), w)
		ways = append(ways, m)
		texts = append(texts, "{"+m.text+"}")
	}
	return method{name + ": [" + strings.Join(texts, ", ") + "]", func(s *sheet, x *big.Rat, text string, w *big.Rat) *big.Rat {
		var chosen *big.Rat
		sum := new(big.Rat)
		for _, m := range ways {
			points := m.points(s, x, text, w)
			switch {
			case points == nil:
				return nil
			case chosen == nil:
				chosen = points
			case name == "best":
				chosen = higher(chosen, points)
			default:
				chosen = lower(chosen, points)
			}
			sum = plus(sum, held(points, rat("0"), w))
		}
		if name == "mean" {
			return quotient(sum, big.NewRat(int64(len(ways)), 1))
		}
		return chosen
	}}
}
