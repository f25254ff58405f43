package scoring

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Bands gives the points of the first row in whose band the value lies. A row without a bound catches all; where no row
// holds, the points are missing.
//
//	bands:
//	  - {min: 10_000_000, points: 20}
//	  - {min: 5_000_000,  points: 16}
//	  - {points: 4}
type Bands struct {
	Rows []Band

	place Place
	cuts  cuts
}

// Band is a row of [Bands]. Bounds are in the unit of the value; one that is not given does not bind.
type Band struct {
	At
	Min    *Number `key:"min" doc:"the value is at least this (>=)"`
	Above  *Number `key:"above" doc:"the value is more than this (>)"`
	Max    *Number `key:"max" doc:"the value is at most this (<=)"`
	Below  *Number `key:"below" doc:"the value is less than this (<)"`
	Points Operand `key:"points" doc:"the points earned, a number or an expression"`
	Share  *Number `key:"share" doc:"the part of the weight that is earned: 0.8 is 80 %"`
	Code   string  `key:"code" doc:"the code of the reason, that of the indicator if unsaid"`
	Reason Title   `key:"reason" doc:"the reason given where the row holds"`
}

// scanRows is how many rows are tried one after the other; it takes a binary search to go through more.
const scanRows = 8

// UnmarshalDoc reads a list of rows.
func (b *Bands) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	b.place = n.Place
	d.Decode(n, &b.Rows)
}

// DocShapes says that a list of rows is read.
func (b *Bands) DocShapes() []any { return []any{b.Rows} }

// Holds reports whether x lies in the band.
func (b *Band) Holds(x Number) bool {
	return (b.Min == nil || !x.Less(*b.Min)) &&
		(b.Above == nil || b.Above.Less(x)) &&
		(b.Max == nil || !b.Max.Less(x)) &&
		(b.Below == nil || x.Less(*b.Below))
}

// String returns the band as a condition on x: "5 <= x < 10", "x >= 90", or "any x".
func (b *Band) String() string {
	hi := ""
	switch {
	case b.Max != nil:
		hi = " <= " + b.Max.String()
	case b.Below != nil:
		hi = " < " + b.Below.String()
	}
	switch {
	case b.Min != nil && b.Max != nil && b.Min.Equal(*b.Max):
		return "x = " + b.Min.String()
	case b.Min != nil && hi == "":
		return "x >= " + b.Min.String()
	case b.Above != nil && hi == "":
		return "x > " + b.Above.String()
	case b.Min != nil:
		return b.Min.String() + " <= x" + hi
	case b.Above != nil:
		return b.Above.String() + " < x" + hi
	case hi != "":
		return "x" + hi
	}
	return "any x"
}

// Check finds rows without points, with bounds that exclude each other, and rows that never hold because others come
// first; and, where it is known which values there can be, values for which no row holds.
func (b *Bands) Check(s Setting) []Fault {
	faults := s.NeedNumber()
	if len(b.Rows) == 0 {
		return append(faults, doc.Errorf(b.at(s), "no-rows", "bands need at least one row"))
	}
	for i := range b.Rows {
		row := &b.Rows[i]
		faults = append(faults, earns(&row.Points, row.Share, row.Place(), s)...)
		if row.Min != nil && row.Above != nil || row.Max != nil && row.Below != nil {
			faults = append(faults, doc.Errorf(row.Place(), "too-many-keys", "a row has one lower bound, `min` or `above`, and one upper bound, `max` or `below`"))
			continue
		}
		if row.empty() {
			faults = append(faults, doc.Errorf(row.Place(), "empty-band", "no value lies in the band %s", row))
		}
	}
	if hasErrors(faults) {
		return faults
	}
	b.cuts = cut(b.Rows)
	for i, row := range b.cuts.idle(len(b.Rows)) {
		if row {
			faults = append(faults, doc.Warnf(b.Rows[i].Place(), "never-holds", "this row never holds: the rows before it catch every value of its band").
				WithHint("put the narrower row first"))
		}
	}
	if s.Domain != nil && s.HasOf {
		for _, gap := range b.cuts.gaps(s.Domain) {
			fault := doc.Errorf(b.at(s), "gap", "no row holds for %s, such as %s", gap.what, gap.witness).
				WithHint("add a row, or a last row without a bound")
			if gap.endless { // it may be that nobody said how far the value can go
				fault.Severity = doc.Warning
				fault = fault.WithHint("add a last row without a bound, or say in the inputs how far the value can go: min, max")
			}
			faults = append(faults, fault)
		}
	}
	return faults
}

func (b *Bands) at(s Setting) Place {
	if b.place.Known() {
		return b.place
	}
	return s.Place
}

// empty reports whether nothing can lie in the band.
func (b *Band) empty() bool {
	lo, hi, open := b.Min, b.Max, false
	if b.Above != nil {
		lo, open = b.Above, true
	}
	if b.Below != nil {
		hi, open = b.Below, true
	}
	if lo == nil || hi == nil {
		return false
	}
	c := lo.Cmp(*hi)
	return c > 0 || c == 0 && open
}

// Points returns the points of the first row that holds.
func (b *Bands) Points(c *Case) (Number, Absence) {
	x, absent := c.Number()
	if absent != 0 {
		return x, absent
	}
	row := -1
	if len(b.Rows) > scanRows {
		row = b.cuts.row(x)
	} else {
		for i := range b.Rows {
			if b.Rows[i].Holds(x) {
				row = i
				break
			}
		}
	}
	if row < 0 {
		return Number{}, c.NoRow()
	}
	c.Row = row + 1
	return earned(&b.Rows[row].Points, b.Rows[row].Share, c)
}

// Row returns the code and the reason of row i.
func (b *Bands) Row(i int) (code string, reason Title) {
	if i < 1 || i > len(b.Rows) {
		return "", Title{}
	}
	return b.Rows[i-1].Code, b.Rows[i-1].Reason
}

// Range returns the least and the most points of the rows that can hold in of.
func (b *Bands) Range(of Interval, weight Number) (points Interval, ok bool) {
	any := false
	for i := range b.cuts.rows {
		row := b.cuts.rows[i]
		if row < 0 || !b.cuts.meets(i, of) {
			continue
		}
		p, ok := constantly(&b.Rows[row].Points, b.Rows[row].Share, weight)
		if !ok {
			return Interval{}, false
		}
		if !any {
			points, any = Just(p), true
		} else {
			points = points.Join(Just(p))
		}
	}
	return points, any
}

// Trend compares the points of neighbouring bands.
func (b *Bands) Trend(weight Number) Trend {
	var points []Number
	for _, row := range b.cuts.rows {
		if row < 0 {
			continue
		}
		p, ok := constantly(&b.Rows[row].Points, b.Rows[row].Share, weight)
		if !ok {
			return UnknownTrend
		}
		points = append(points, p)
	}
	return trendOf(points)
}

// Describe says what Bands does.
func (b *Bands) Describe(lang string) string {
	return in(lang, "按所在区间计分，取第一个符合的档", "points of the first band that the value lies in")
}

// trendOf returns where points go from the first to the last.
func trendOf(points []Number) Trend {
	t := Steady
	for i := 1; i < len(points); i++ {
		switch c := points[i].Cmp(points[i-1]); {
		case c == 0:
		case t == Steady && c > 0:
			t = Rising
		case t == Steady:
			t = Falling
		case c > 0 && t == Falling, c < 0 && t == Rising:
			return Mixed
		}
	}
	return t
}

// cuts divides the numbers at the bounds of bands: at[i] is a place of its own, 2i+1, and so are the numbers before it,
// 2i, and those after the last, 2*len(at). rows has the first row that holds in each place, or -1.
type cuts struct {
	at   []Number
	rows []int
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
		first, last := 0, len(c.rows)-1
		if b := rows[i].Min; b != nil {
			first = c.place(*b)
		}
		if b := rows[i].Above; b != nil {
			first = c.place(*b) + 1
		}
		if b := rows[i].Max; b != nil {
			last = c.place(*b)
		}
		if b := rows[i].Below; b != nil {
			last = c.place(*b) - 1
		}
		for p := free(first); p <= last; p = free(p) {
			c.rows[p] = i
			next[p] = p + 1
		}
	}
	return c
}

// place returns where x lies.
func (c *cuts) place(x Number) int {
	lo, hi := 0, len(c.at)
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		switch x.Cmp(c.at[mid]) {
		case 0:
			return 2*mid + 1
		case 1:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return 2 * lo
}

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

type gap struct {
	what    string
	witness Number
	endless bool // it goes on where the domain has no end
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
			endless := first == 0 && d.NoMin || p == len(c.rows) && d.NoMax
			out = append(out, gap{c.between(first, p-1), x, endless})
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
