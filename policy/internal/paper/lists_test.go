package paper_test

import (
	"fmt"
	"math/big"
)

// A list of bills, of which each may lack its amount. What is asked of all bills is missing where one of them is, unless
// the others decide it.

// listed drafts an expression that goes through the bills.
func (g *drafter) listed() amount {
	bound := g.constant()
	over := func(x *big.Rat) bool { return x.Cmp(bound.of(nil)) > 0 }
	each := func(text string, of func(bills []*big.Rat) *big.Rat) amount {
		return amount{text, func(s *sheet) *big.Rat {
			if !s.listed {
				return nil
			}
			for _, x := range s.bills {
				if x == nil {
					return nil
				}
			}
			return of(s.bills)
		}}
	}
	g.use("lists")
	switch g.IntN(6) {
	case 0:
		return amount{"len(bills)", func(s *sheet) *big.Rat {
			if !s.listed {
				return nil
			}
			return big.NewRat(int64(len(s.bills)), 1)
		}}
	case 1:
		i := g.IntN(3)
		return amount{fmt.Sprintf("bills[%d].amount", i), func(s *sheet) *big.Rat {
			if i >= len(s.bills) {
				return nil
			}
			return s.bills[i]
		}}
	case 2:
		return each("count(bills, .amount > "+bound.text+")", func(bills []*big.Rat) *big.Rat {
			n := int64(0)
			for _, x := range bills {
				if over(x) {
					n++
				}
			}
			return big.NewRat(n, 1)
		})
	case 3:
		return each("sum(filter(bills, .amount > "+bound.text+"), .amount)", func(bills []*big.Rat) *big.Rat {
			sum := new(big.Rat)
			for _, x := range bills {
				if over(x) {
					sum = plus(sum, x)
				}
			}
			return sum
		})
	case 4:
		return each("mean(map(bills, .amount))", func(bills []*big.Rat) *big.Rat {
			sum := new(big.Rat)
			for _, x := range bills {
				sum = plus(sum, x)
			}
			return divided(sum, big.NewRat(int64(len(bills)), 1))
		})
	}
	return each("max(map(bills, .amount))", func(bills []*big.Rat) *big.Rat {
		var most *big.Rat // of no bill there is none
		for _, x := range bills {
			if most == nil {
				most = x
			}
			most = higher(most, x)
		}
		return most
	})
}

// quantified drafts a claim about the bills.
func (g *drafter) quantified() claim {
	bound := g.constant()
	word := g.use(oneOf(g, "any", "all", "none"))
	return claim{word + "(bills, .amount > " + bound.text + ")", func(s *sheet) truth {
		if !s.listed {
			return unknown
		}
		some, every := untrue, isTrue
		for _, x := range s.bills {
			is := unknown
			if x != nil {
				is = truthOf(x.Cmp(bound.of(nil)) > 0)
			}
			some, every = max(some, is), min(every, is)
		}
		switch word {
		case "any":
			return some
		case "all":
			return every
		}
		return -some
	}}
}
