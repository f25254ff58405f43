package paper_test

import (
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// sheet is what is known of a customer. What is missing is not in the maps.
type sheet struct {
	numbers map[string]*big.Rat
	truths  map[string]bool
	texts   map[string]string
	bills   []*big.Rat // nil items are missing
	listed  bool       // whether there is a list of bills at all

	currencies []string            // of the bills, "" where missing
	rates      map[string]*big.Rat // by currency

	born *time.Time
	hand *signed // what the record gives by hand; nil: nothing

	lacks bool           // whether something missing reached a place that needs an answer
	met   map[string]int // what the clerk has come across, so that the test can tell what it reaches
}

// meet notes what the clerk comes across.
func (s *sheet) meet(what string) { s.met[what]++ }

// copy returns a sheet that says the same, to work on.
func (s *sheet) copy() *sheet {
	c := *s
	c.numbers, c.texts, c.met = maps.Clone(s.numbers), maps.Clone(s.texts), map[string]int{}
	return &c
}

// amount is an expression that yields a number, and what it comes to: nil where that is missing.
type amount struct {
	text string
	of   func(s *sheet) *big.Rat
}

// truth is what a claim comes to. The order makes min of and, max of or.
type truth int

const (
	untrue  truth = -1
	unknown truth = 0
	isTrue  truth = 1
)

func truthOf(b bool) truth {
	if b {
		return isTrue
	}
	return untrue
}

// claim is an expression that is true or not.
type claim struct {
	text string
	of   func(s *sheet) truth
}

func rat(s string) *big.Rat {
	x, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return x
}

func quotient(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }

// held returns x within [low, high].
func held(x, low, high *big.Rat) *big.Rat { return higher(lower(x, high), low) }

func plus(a, b *big.Rat) *big.Rat  { return new(big.Rat).Add(a, b) }
func minus(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
func times(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

func lower(a, b *big.Rat) *big.Rat {
	if b.Cmp(a) < 0 {
		return b
	}
	return a
}

func higher(a, b *big.Rat) *big.Rat {
	if b.Cmp(a) > 0 {
		return b
	}
	return a
}

// divided is missing where b is 0.
func divided(a, b *big.Rat) *big.Rat {
	if b.Sign() == 0 {
		return nil
	}
	return quotient(a, b)
}

// whole returns the greatest whole number that is not above x.
func whole(x *big.Rat) *big.Rat {
	q := new(big.Int).Div(x.Num(), x.Denom()) // rounds down, the divisor being positive
	return new(big.Rat).SetInt(q)
}

var roundingModes = []string{"half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"}

// multiple returns x rounded to a multiple of step: to the one below or the one above it.
func multiple(x, step *big.Rat, mode string) *big.Rat {
	units := quotient(x, step)
	below := whole(units)
	if below.Cmp(units) == 0 {
		return x
	}
	above := plus(below, rat("1"))
	nearer := minus(units, below).Cmp(rat("1/2"))
	away, toZero := above, below
	if x.Sign() < 0 {
		away, toZero = below, above
	}
	chosen := above
	switch {
	case mode == "up":
		chosen = away
	case mode == "down":
		chosen = toZero
	case mode == "ceiling":
	case mode == "floor", nearer < 0:
		chosen = below
	case nearer > 0:
	case mode == "half_up":
		chosen = away
	case mode == "half_down":
		chosen = toZero
	case new(big.Int).Mod(below.Num(), big.NewInt(2)).Sign() == 0:
		chosen = below
	}
	return times(chosen, step)
}

// inPlaces returns x rounded to decimal places; below 0 they mean that it is left exact.
func inPlaces(x *big.Rat, places int, mode string) *big.Rat {
	if places < 0 {
		return x
	}
	return multiple(x, quotient(rat("1"), rat("1"+strings.Repeat("0", places))), mode)
}

// plain writes a number that ends within 9 places.
func plain(x *big.Rat) string {
	s := x.FloatString(9)
	if rat(s).Cmp(x) != 0 {
		panic("not a number to write in a policy: " + x.String())
	}
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// drafter writes policies at random. The same seed writes the same policies.
type drafter struct {
	*rand.Rand
	names []string            // the numbers that expressions may name
	texts map[string][]string // the texts that they may name, and what these may be
	used  map[string]int      // how often each part of the format was drafted
}

func (g *drafter) use(part string) string {
	g.used[part]++
	return part
}

func (g *drafter) chance(percent int) bool { return g.IntN(100) < percent }

func oneOf[T any](g *drafter, all ...T) T { return all[g.IntN(len(all))] }

// literal is a number of a coarse grid, so that values meet bounds.
func (g *drafter) literal() *big.Rat {
	switch g.IntN(4) {
	case 0:
		return big.NewRat(int64(g.IntN(41)-10), 4)
	case 1:
		return big.NewRat(int64(g.IntN(2001)-500), 100)
	}
	return big.NewRat(int64(g.IntN(16)-3), 1)
}

// large is a number of up to 18 digits, so that results go beyond 64 bits.
func (g *drafter) large() *big.Rat { return big.NewRat(g.Int64N(1e18), oneOf[int64](g, 1, 1e4, 1e9)) }

// positive is a number above 0.
func (g *drafter) positive() *big.Rat {
	return big.NewRat(int64(1+g.IntN(40)), int64(oneOf(g, 1, 2, 4, 10)))
}

// ascending are n numbers, each above the last.
func (g *drafter) ascending(n int) []*big.Rat {
	out := make([]*big.Rat, n)
	x := g.literal()
	for i := range out {
		out[i] = x
		x = plus(x, g.positive())
	}
	return out
}

func (g *drafter) constant() amount {
	x := g.literal()
	text := plain(x)
	if x.Sign() < 0 {
		text = "(" + text + ")"
	}
	return amount{text, func(*sheet) *big.Rat { return x }}
}

func (g *drafter) named() amount {
	name := oneOf(g, g.names...)
	return amount{name, func(s *sheet) *big.Rat { return s.numbers[name] }}
}

// joined makes an expression of others; what it comes to is missing where one of them is.
func joined(text string, of func(x []*big.Rat) *big.Rat, parts ...amount) amount {
	texts := make([]any, len(parts))
	for i, p := range parts {
		texts[i] = p.text
	}
	return amount{fmt.Sprintf(text, texts...), func(s *sheet) *big.Rat {
		x := make([]*big.Rat, len(parts))
		for i, p := range parts {
			if x[i] = p.of(s); x[i] == nil {
				return nil
			}
		}
		return of(x)
	}}
}

// amount drafts an expression of at most depth levels.
func (g *drafter) amount(depth int) amount {
	if depth == 0 || g.chance(25) {
		if g.chance(25) {
			return g.constant()
		}
		return g.named()
	}
	a := func() amount { return g.amount(depth - 1) }
	switch g.IntN(23) {
	case 0, 1:
		return joined("(%s + %s)", func(x []*big.Rat) *big.Rat { return plus(x[0], x[1]) }, a(), a())
	case 2, 3:
		return joined("(%s - %s)", func(x []*big.Rat) *big.Rat { return minus(x[0], x[1]) }, a(), a())
	case 4, 5:
		return joined("(%s * %s)", func(x []*big.Rat) *big.Rat { return times(x[0], x[1]) }, a(), a())
	case 6, 7, 8:
		return joined("(%s / %s)", func(x []*big.Rat) *big.Rat { return divided(x[0], x[1]) }, a(), g.named())
	case 9:
		return joined("(%s %% %s)", func(x []*big.Rat) *big.Rat {
			if x[1].Sign() == 0 {
				return nil
			}
			return minus(x[0], times(x[1], multiple(quotient(x[0], x[1]), rat("1"), "down")))
		}, a(), g.named())
	case 10:
		n := g.IntN(4)
		return joined("(%s ** "+fmt.Sprint(n)+")", func(x []*big.Rat) *big.Rat {
			y := rat("1")
			for range n {
				y = times(y, x[0])
			}
			return y
		}, g.named())
	case 11:
		return joined("min(%s, %s)", func(x []*big.Rat) *big.Rat { return lower(x[0], x[1]) }, a(), a())
	case 12:
		return joined("max(%s, %s, %s)", func(x []*big.Rat) *big.Rat { return higher(higher(x[0], x[1]), x[2]) }, a(), a(), g.named())
	case 13:
		return joined("mean(%s, %s)", func(x []*big.Rat) *big.Rat { return quotient(plus(x[0], x[1]), rat("2")) }, a(), a())
	case 14:
		return joined("abs(%s)", func(x []*big.Rat) *big.Rat { return new(big.Rat).Abs(x[0]) }, a())
	case 15:
		places, mode := g.IntN(4), oneOf(g, roundingModes...)
		return joined(fmt.Sprintf(`round(%%s, %d, "%s")`, places, mode), func(x []*big.Rat) *big.Rat { return inPlaces(x[0], places, mode) }, a())
	case 16:
		low, high := g.constant(), g.positive()
		return joined("clamp(%s, "+low.text+", "+low.text+" + "+plain(high)+")", func(x []*big.Rat) *big.Rat {
			least := low.of(nil)
			return held(x[0], least, plus(least, high))
		}, a())
	case 17:
		return g.listed()
	case 18:
		g.use("functions")
		return joined("mix(%s, %s)", func(x []*big.Rat) *big.Rat { return plus(times(x[0], rat("0.7")), times(x[1], rat("0.3"))) }, a(), a())
	case 19:
		return joined("median(%s, %s, %s)", func(x []*big.Rat) *big.Rat {
			return plus(plus(x[0], x[1]), minus(x[2], plus(lower(lower(x[0], x[1]), x[2]), higher(higher(x[0], x[1]), x[2]))))
		}, a(), a(), g.named())
	case 20:
		return g.span()
	case 21:
		x, y := a(), a()
		return amount{"(" + x.text + " ?? " + y.text + ")", func(s *sheet) *big.Rat {
			if v := x.of(s); v != nil {
				return v
			}
			return y.of(s)
		}}
	}
	c, x, y := g.claim(depth-1), a(), a()
	return amount{"(" + c.text + " ? " + x.text + " : " + y.text + ")", func(s *sheet) *big.Rat {
		switch c.of(s) {
		case isTrue:
			return x.of(s)
		case untrue:
			return y.of(s)
		}
		return nil
	}}
}

// compared makes a claim about numbers, unknown where one of them is missing.
func compared(text string, of func(x []*big.Rat) bool, parts ...amount) claim {
	x := joined(text, func(x []*big.Rat) *big.Rat {
		if of(x) {
			return rat("1")
		}
		return rat("0")
	}, parts...)
	return claim{x.text, func(s *sheet) truth {
		v := x.of(s)
		if v == nil {
			return unknown
		}
		return truthOf(v.Sign() > 0)
	}}
}

var paperKinds = []string{"贸易", "制造", "steel"}
var paperGrades = []string{"A", "B", "C", "D"}

// claim drafts a condition of at most depth levels.
func (g *drafter) claim(depth int) claim {
	a := func() amount { return g.amount(max(0, depth-1)) }
	if depth > 0 && g.chance(35) {
		x, y := g.claim(depth-1), g.claim(depth-1)
		switch g.IntN(3) {
		case 0:
			return claim{"(" + x.text + " and " + y.text + ")", func(s *sheet) truth { return min(x.of(s), y.of(s)) }}
		case 1:
			return claim{"(" + x.text + " or " + y.text + ")", func(s *sheet) truth { return max(x.of(s), y.of(s)) }}
		}
		return claim{"not (" + x.text + ")", func(s *sheet) truth { return -x.of(s) }}
	}
	switch g.IntN(14) {
	case 0, 1:
		return compared("%s > %s", func(x []*big.Rat) bool { return x[0].Cmp(x[1]) > 0 }, g.named(), g.constant())
	case 2, 3:
		return compared("%s >= %s", func(x []*big.Rat) bool { return x[0].Cmp(x[1]) >= 0 }, g.named(), a())
	case 4:
		return compared("%s < %s", func(x []*big.Rat) bool { return x[0].Cmp(x[1]) < 0 }, a(), g.named())
	case 5:
		return compared("%s <= %s", func(x []*big.Rat) bool { return x[0].Cmp(x[1]) <= 0 }, g.named(), g.constant())
	case 6:
		return compared("%s != %s", func(x []*big.Rat) bool { return x[0].Cmp(x[1]) != 0 }, g.named(), a())
	case 7:
		low, width := g.constant(), plain(g.positive())
		high := amount{low.text + " + " + width, func(s *sheet) *big.Rat { return plus(low.of(s), rat(width)) }}
		return compared("%s < %s <= %s", func(x []*big.Rat) bool { return x[0].Cmp(x[1]) < 0 && x[1].Cmp(x[2]) <= 0 }, low, g.named(), high)
	case 8:
		p, q := g.constant(), g.constant()
		return compared("%s in ["+p.text+", "+q.text+"]", func(x []*big.Rat) bool { return x[0].Cmp(p.of(nil)) == 0 || x[0].Cmp(q.of(nil)) == 0 }, g.named())
	case 9:
		name := oneOf(g, "n1", "n2", "n3", "n4")
		return claim{"has(" + name + ")", func(s *sheet) truth { return truthOf(s.numbers[name] != nil) }}
	case 10:
		name := oneOf(g, slices.Sorted(maps.Keys(g.texts))...)
		text := oneOf(g, g.texts[name]...)
		return claim{name + ` == "` + text + `"`, func(s *sheet) truth {
			if s.texts[name] == "" {
				return unknown
			}
			return truthOf(s.texts[name] == text)
		}}
	}
	if depth > 0 && g.chance(40) {
		if g.chance(40) {
			return g.dates()
		}
		return g.quantified()
	}
	return claim{"flag", func(s *sheet) truth {
		if v, ok := s.truths["flag"]; ok {
			return truthOf(v)
		}
		return unknown
	}}
}

// quoted writes an expression as YAML.
func quoted(text string) string { return "'" + text + "'" }
