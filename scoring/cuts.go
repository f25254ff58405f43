package scoring

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
)

// cuts divides the numbers at the bounds of bands: at[i] is a place of its own, 2i+1, and so are the numbers before it,
// 2i, and those after the last, 2*len(at). rows has the first row that holds in each place, or -1.
type cuts struct {
	at    []Number
	ruler exact.Ruler // on at
	rows  []int
}

// cut divides the numbers at the bounds of rows.
func cut(rows []Band) cuts {
	var c cuts
	for i := range rows {
		for _, bound := range []*Number{rows[i].Min, rows[i].Above, rows[i].Max, rows[i].Below} {
			if bound != nil {
				c.at = append(c.at, *bound)
			}
		}
	}
	slices.SortFunc(c.at, Number.Cmp)
	c.at = slices.CompactFunc(c.at, Number.Equal)
	c.ruler = exact.NewRuler(c.at)
	c.rows = make([]int, 2*len(c.at)+1)
	// The first row that covers a place gets it. next[p] leads to the first free place from p on, so that each place is
	// looked at about once, however many rows there are.
	next := make([]int, len(c.rows)+1)
	for p := range next {
		next[p] = p
	}
	free := func(p int) int {
		for next[p] != p {
			next[p] = next[next[p]]
			p = next[p]
		}
		return p
	}
	for p := range c.rows {
		c.rows[p] = -1
	}
	for i := range rows {
		first, last := c.span(&rows[i])
		for p := free(first); p <= last; p = free(p) {
			c.rows[p] = i
			next[p] = p + 1
		}
	}
	return c
}

// span returns the first and the last place that lie in the band.
func (c *cuts) span(b *Band) (first, last int) {
	first, last = 0, len(c.rows)-1
	if b.Min != nil {
		first = c.place(*b.Min)
	}
	if b.Above != nil {
		first = c.place(*b.Above) + 1
	}
	if b.Max != nil {
		last = c.place(*b.Max)
	}
	if b.Below != nil {
		last = c.place(*b.Below) - 1
	}
	return first, last
}

// occurs reports whether d has a value in the places from p to q.
func (c *cuts) occurs(p, q int, d *Domain) bool {
	for ; p <= q; p++ {
		if _, ok := c.witness(p, d); ok {
			return true
		}
	}
	return false
}

// lies says that what is in the places from p to q lies somewhere.
func (c *cuts) lies(p, q int) string {
	if p == q && p%2 == 1 {
		return c.at[p/2].String() + " lies"
	}
	return "the values " + c.between(p, q) + " lie"
}

// place returns where x lies.
func (c *cuts) place(x Number) int { return c.ruler.Place(x) }

// row returns the first row that holds for x, or -1.
func (c *cuts) row(x Number) int { return c.rows[c.place(x)] }

// idle reports of each of n rows whether it is the first one to hold nowhere.
func (c *cuts) idle(n int) []bool {
	idle := make([]bool, n)
	for i := range idle {
		idle[i] = true
	}
	for _, row := range c.rows {
		if row >= 0 {
			idle[row] = false
		}
	}
	return idle
}

// meets reports whether some number of place p lies in v.
func (c *cuts) meets(p int, v Interval) bool {
	_, ok := c.witness(p, &Domain{Interval: v, Decimals: -1})
	return ok
}

// witness returns a value of d that lies in place p.
func (c *cuts) witness(p int, d *Domain) (x Number, ok bool) {
	if d.Spans == nil {
		return c.within(p, d)
	}
	for _, s := range d.Spans {
		part := Domain{Interval: Interval{s.Low, s.High, s.NoLow, s.NoHigh}, OpenMin: s.LowOpen, OpenMax: s.HighOpen, Decimals: d.Decimals}
		if x, ok = c.within(p, &part); ok {
			break
		}
	}
	return x, ok
}

// within is witness for a domain that leaves nothing out.
func (c *cuts) within(p int, d *Domain) (x Number, ok bool) {
	if p%2 == 1 {
		x = c.at[p/2]
		return x, d.contains(x)
	}
	// The place is open at both ends.
	hasLo, hasHi := p > 0, p/2 < len(c.at)
	var lo, hi Number
	if hasLo {
		lo = c.at[p/2-1]
	}
	if hasHi {
		hi = c.at[p/2]
	}
	openLo, openHi := hasLo, hasHi
	if !d.NoMin && (!hasLo || lo.Less(d.Min)) {
		lo, hasLo, openLo = d.Min, true, d.OpenMin
	}
	if !d.NoMax && (!hasHi || d.Max.Less(hi)) {
		hi, hasHi, openHi = d.Max, true, d.OpenMax
	}
	if d.Decimals >= 0 {
		unit := quo(Int(1), power10(d.Decimals))
		switch {
		case hasLo && openLo:
			x = lo.Round(d.Decimals, Floor).Add(unit)
		case hasLo:
			x = lo.Round(d.Decimals, Ceiling)
		case hasHi && openHi:
			x = hi.Round(d.Decimals, Ceiling).Sub(unit)
		case hasHi:
			x = hi.Round(d.Decimals, Floor)
		}
	} else {
		switch {
		case hasLo && !openLo:
			x = lo
		case hasHi && !openHi:
			x = hi
		case hasLo && hasHi:
			x = quo(lo.Add(hi), Int(2))
		case hasLo:
			x = lo.Add(Int(1))
		case hasHi:
			x = hi.Sub(Int(1))
		}
	}
	above := !hasLo || lo.Less(x) || !openLo && lo.Equal(x)
	below := !hasHi || x.Less(hi) || !openHi && hi.Equal(x)
	return x, above && below && d.contains(x)
}

// contains reports whether the domain has the value x.
func (d *Domain) contains(x Number) bool {
	return d.Interval.Contains(x) && (d.Decimals < 0 || x.Round(d.Decimals, Floor).Equal(x)) &&
		!(d.OpenMin && !d.NoMin && x.Equal(d.Min)) && !(d.OpenMax && !d.NoMax && x.Equal(d.Max))
}

func power10(n int) Number {
	p, _ := Int(10).PowInt(n)
	return p
}

// gap is where no row holds.
type gap struct {
	what      string
	low, high *Number // its ends, nil where it has none
	open      bool    // neither of them lies in it
	witness   Number
	endless   bool // it goes on where the domain has no end
	end       bool // an end of the domain lies in it
}

// step reports whether g lies between two numbers that are one unit of so many decimals apart, as 21 and 22 are.
func (g *gap) step() (places int, ok bool) {
	return g.places(), g.open && g.low != nil && g.high != nil && g.narrow()
}

// places returns how many decimals the ends have.
func (g *gap) places() int {
	most := 0
	for _, end := range []*Number{g.low, g.high} {
		if end != nil {
			p, _ := end.Places()
			most = max(most, p)
		}
	}
	return most
}

// narrow reports whether the ends, which are there, are one unit of their decimals apart.
func (g *gap) narrow() bool {
	_, ok1 := g.low.Places()
	_, ok2 := g.high.Places()
	return ok1 && ok2 && g.high.Sub(*g.low).Mul(power10(g.places())).Equal(Int(1))
}

// elsewhere reports whether row is the first that holds outside of the places from p to q, too.
func (c *cuts) elsewhere(row, p, q int) bool {
	return slices.Contains(c.rows[:p], row) || slices.Contains(c.rows[q+1:], row)
}

// gaps returns where no row holds although the domain has values there.
func (c *cuts) gaps(d *Domain) []gap {
	var out []gap
	for p := 0; p < len(c.rows); p++ {
		if c.rows[p] >= 0 {
			continue
		}
		first := p
		var x Number
		found := false
		for ; p < len(c.rows) && c.rows[p] < 0; p++ {
			if !found {
				x, found = c.witness(p, d)
			}
		}
		if found {
			g := gap{what: c.between(first, p-1), witness: x}
			g.endless = first == 0 && d.NoMin || p == len(c.rows) && d.NoMax
			if first > 0 {
				g.low = &c.at[(first-1)/2]
			}
			if p < len(c.rows) {
				g.high = &c.at[(p-1)/2]
			}
			g.open = first%2 == 0 && p%2 == 1
			g.end = !d.NoMin && c.place(d.Min) >= first && c.place(d.Min) < p && !d.OpenMin || !d.NoMax && c.place(d.Max) >= first && c.place(d.Max) < p && !d.OpenMax
			out = append(out, g)
		}
	}
	return out
}

// between names the numbers from place p to place q.
func (c *cuts) between(p, q int) string {
	b := Band{}
	if p > 0 {
		if x := c.at[(p-1)/2]; p%2 == 1 {
			b.Min = &x
		} else {
			b.Above = &x
		}
	}
	if q < len(c.rows)-1 {
		if x := c.at[q/2]; q%2 == 1 {
			b.Max = &x
		} else {
			b.Below = &x
		}
	}
	return b.String()
}
