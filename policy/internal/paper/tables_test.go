package paper_test

import (
	"fmt"
	"math/big"
	"strings"
)

// row is a row of a decision table on paper: claims that must all be true, and the result.
type row struct {
	claims []claim
	of     amount
}

// decisionTable drafts a decision table; text are the lines of it in a policy.
//
// Where it cannot be told whether a row holds, the result is missing; but sums, least and greatest results stand where another
// row holds, and the doubtful one gives a number that would change nothing.
func (g *drafter) decisionTable() (text string, a amount) {
	hit := g.use(oneOf(g, "first", "sum", "min", "max", "count"))
	g.use("table")
	var otherwise *big.Rat
	lines := "    hit: " + hit + "\n"
	if hit != "count" && g.chance(50) {
		otherwise = g.small()
		lines += "    otherwise: " + plain(otherwise) + "\n"
	}
	lines += "    rows:\n"
	var rows []row
	for range 1 + g.IntN(4) {
		r := row{}
		var cells []string
		if g.chance(70) {
			name, low, width := oneOf(g, "n1", "n2", "n3"), g.literal(), g.positive()
			cells = append(cells, fmt.Sprintf("%s: {min: %s, below: %s}", name, plain(low), plain(plus(low, width))))
			r.claims = append(r.claims, claim{of: func(s *sheet) truth {
				x := s.numbers[name]
				if x == nil {
					return unknown
				}
				return truthOf(x.Cmp(low) >= 0 && x.Cmp(plus(low, width)) < 0)
			}})
		}
		if g.chance(40) {
			kind := oneOf(g, paperKinds...)
			cells = append(cells, "kind: {not: "+kind+"}")
			r.claims = append(r.claims, claim{of: func(s *sheet) truth {
				if s.texts["kind"] == "" {
					return unknown
				}
				return truthOf(s.texts["kind"] != kind)
			}})
		}
		if g.chance(40) || len(cells) == 0 {
			when := g.claim(1)
			cells = append(cells, "when: "+quoted(when.text))
			r.claims = append(r.claims, when)
		}
		switch {
		case hit == "count":
		case g.chance(25):
			r.of = g.amount(1)
			cells = append(cells, "of: "+quoted(r.of.text))
		default:
			x := g.small()
			r.of.of = func(*sheet) *big.Rat { return x }
			cells = append(cells, "is: "+plain(x))
		}
		rows = append(rows, r)
		lines += "      - {" + strings.Join(cells, ", ") + "}\n"
	}
	return lines, amount{of: func(s *sheet) *big.Rat {
		var holding, doubtful []row
		for _, r := range rows {
			is := isTrue
			for _, c := range r.claims {
				is = min(is, c.of(s))
			}
			switch {
			case is == isTrue && hit == "first" && len(doubtful) == 0:
				return r.of.of(s)
			case is == isTrue:
				holding = append(holding, r)
			case is == unknown:
				doubtful = append(doubtful, r)
			}
		}
		if len(doubtful) > 0 && (hit == "first" || hit == "count" || len(holding) == 0) {
			return nil
		}
		result := total(hit, holding, otherwise, s)
		for _, r := range doubtful {
			if result != nil && (r.of.text != "" || total(hit, append(holding[:len(holding):len(holding)], r), nil, s).Cmp(result) != 0) {
				return nil
			}
		}
		return result
	}}
}

// small is a number of which there are few, so that results are the same now and then.
func (g *drafter) small() *big.Rat { return big.NewRat(int64(g.IntN(4)), 1) }

// total is what rows that hold make together, nil where that is missing.
func total(hit string, rows []row, otherwise *big.Rat, s *sheet) *big.Rat {
	if hit == "count" {
		return big.NewRat(int64(len(rows)), 1)
	}
	if len(rows) == 0 {
		return otherwise
	}
	var all *big.Rat
	for _, r := range rows {
		x := r.of.of(s)
		switch {
		case x == nil:
			return nil
		case all == nil:
			all = x
		case hit == "sum":
			all = plus(all, x)
		case hit == "min":
			all = lower(all, x)
		default:
			all = higher(all, x)
		}
	}
	return all
}
