package scoring

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
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

// UnmarshalDoc reads a list of rows.
func (b *Bands) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	b.place = n.Place
	d.Decode(n, &b.Rows)
}

// DocShapes says that a list of rows is read.
func (b *Bands) DocShapes() []any { return []any{doc.Shape{Of: b.Rows, Least: 1}} }

// DocDetails says that a row earns either points or a share.
func (*Band) DocDetails() doc.Details { return eitherEarned }

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
	return anyBand
}

// anyBand is what a band without bounds is called.
const anyBand = "any x"

// Check finds rows without points, with bounds that exclude each other, and rows that never hold because others come
// first; and, where it is known which values there can be, values for which no row holds.
func (b *Bands) Check(s Setting) []Fault {
	faults := s.NeedNumber()
	if len(b.Rows) == 0 {
		return append(faults, doc.Errorf(b.at(s), "no-rows", "bands need at least one row"))
	}
	unread := false
	for i := range b.Rows {
		row := &b.Rows[i]
		unread = unread || row.unread()
		faults = append(faults, checkEarned(&row.Points, row.Share, row.Place(), s)...)
		if row.Min != nil && row.Above != nil || row.Max != nil && row.Below != nil {
			faults = append(faults, doc.Errorf(row.Place(), "too-many-keys", "a row has one lower bound, `min` or `above`, and one upper bound, `max` or `below`"))
			continue
		}
		if row.empty() {
			faults = append(faults, doc.Errorf(row.Place(), "empty-range", "no value lies in the band %s", row))
		}
	}
	if unread || hasErrors(faults) {
		return faults
	}
	b.cuts = cut(b.Rows)
	idle := b.cuts.idle(len(b.Rows))
	for i, never := range idle {
		if never {
			faults = append(faults, doc.Warnf(b.Rows[i].Place(), "never-holds", "this row never holds: the rows before it catch every value of its band").
				WithHint("put the narrower row first"))
		}
	}
	faults = append(faults, b.overlaps(idle, s)...)
	if s.Domain != nil && s.HasOf && (s.Of == KindNumber || s.Of == KindMissing) {
		faults = append(faults, b.unreached(s)...)
		for _, gap := range b.cuts.gaps(s.Domain) {
			faults = append(faults, b.gap(gap, s))
		}
		faults = append(faults, b.between(s)...)
	}
	return faults
}

// overlaps warns of rows that run into an earlier one: it takes what lies in both. A row that holds all of the earlier one
// is a threshold below it, or the wider of two, and meant so.
func (b *Bands) overlaps(idle []bool, s Setting) (faults []Fault) {
	c := &b.cuts
	for j := range b.Rows {
		if idle[j] {
			continue // said already
		}
		first, last := c.span(&b.Rows[j])
		for _, end := range [...]struct{ at, far int }{{first, -1}, {last, 1}} {
			i := c.rows[end.at]
			if i < 0 || i >= j {
				continue
			}
			lo, hi := c.span(&b.Rows[i])
			if end.far < 0 && lo >= first || end.far > 0 && hi <= last {
				continue // all of the earlier row on this side is in this one, too
			}
			lo, hi = max(lo, first), min(hi, last)
			if s.Domain != nil && s.HasOf && !c.occurs(lo, hi, s.Domain) {
				continue
			}
			f := doc.Warnf(b.Rows[j].Place(), "overlap", "%s in this row and in an earlier one, which takes it", c.lies(lo, hi)).
				See(b.Rows[i].Place(), "the earlier row").WithHint("let one row end where the other begins: `min` with `below`, `above` with `max`")
			faults = append(faults, f)
		}
	}
	return faults
}

// gap reports values for which no row holds.
func (b *Bands) gap(g gap, s Setting) Fault {
	what := g.what
	if g.low == nil || g.high == nil || !g.low.Equal(*g.high) {
		what += ", such as " + g.witness.String()
	}
	f := doc.Errorf(b.at(s), gapCode, "no row holds for %s", what).
		WithHint("add a row, or a last row without a bound")
	if g.low != nil && g.high != nil && g.low.Equal(*g.high) {
		f = f.WithHint("let a row include %s: write `min: %s` for `above: %s`, or `max: %s` for `below: %s`", g.low, g.low, g.low, g.low, g.low)
	}
	var beside []Place // the rows that end there
	for i := range b.Rows {
		row := &b.Rows[i]
		for _, bound := range []*Number{row.Min, row.Above, row.Max, row.Below} {
			if bound != nil && (g.low != nil && bound.Equal(*g.low) || g.high != nil && bound.Equal(*g.high)) {
				beside = append(beside, row.Place())
				break
			}
		}
	}
	if n := len(beside); n > 0 && beside[n-1].Known() {
		f.Place = beside[n-1]
		for _, place := range beside[:n-1] {
			f = f.See(place, "the row on the other side")
		}
	}
	if places, ok := g.step(); ok {
		f = f.WithHint("write `below: %s`, or round the value: round(..., %d)", g.high, places)
		if s.Domain.Input {
			f = f.WithHint("write `below: %s`, or say `decimals: %d` where the input is declared", g.high, places)
		}
	}
	switch {
	case g.endless: // it may be that nobody said how far the value can go
		f.Severity = doc.Warning
		f = f.WithHint("add a last row without a bound, or say in the inputs how far the value can go: min, max")
	case s.Domain.Outer && !(s.Domain.Attained && g.end):
		f.Severity = doc.Warning
		f.Message += fmt.Sprintf("; it is not proved that there are such values: %s", s.Domain.Why)
	}
	return f
}

// between warns of values between two rows that all but meet, as 21 and 22 do, or 90 without 90 itself: they fall into a later
// row, which is for what lies elsewhere.
func (b *Bands) between(s Setting) (faults []Fault) {
	c := &b.cuts
	for p := 1; p < len(c.rows)-1; p++ {
		first, row := p, c.rows[p]
		if row < 0 || c.rows[p-1] == row {
			continue
		}
		for p < len(c.rows)-1 && c.rows[p+1] == row {
			p++
		}
		if p == len(c.rows)-1 || c.rows[first-1] < 0 || c.rows[first-1] > row || c.rows[p+1] < 0 || c.rows[p+1] > row {
			continue // it is not between rows that come before it
		}
		g := gap{low: &c.at[(first-1)/2], high: &c.at[p/2]}
		point := first == p && p%2 == 1
		if !point && !g.narrow() || !c.elsewhere(row, first, p) || !c.occurs(first, p, s.Domain) {
			continue
		}
		below, above := &b.Rows[c.rows[first-1]], &b.Rows[c.rows[p+1]]
		faults = append(faults, doc.Warnf(below.Place(), gapCode, "%s between this row and another one: a later row takes it", c.lies(first, p)).
			See(above.Place(), "the row on the other side").See(b.Rows[row].Place(), "the later row").
			WithHint("let one row end where the other begins: `min` with `below`, `above` with `max`"))
	}
	return faults
}

// unreached warns of rows whose band lies where the value never does. A last row without a bound may be there to be safe.
func (b *Bands) unreached(s Setting) (faults []Fault) {
	met := make([]bool, len(b.Rows))
	for i, row := range b.cuts.rows {
		if row >= 0 && !met[row] {
			_, met[row] = b.cuts.witness(i, s.Domain)
		}
	}
	idle := b.cuts.idle(len(b.Rows))
	for i := range b.Rows {
		if row := &b.Rows[i]; !met[i] && !idle[i] && row.String() != anyBand {
			faults = append(faults, doc.Warnf(row.Place(), "never-holds", "this row never holds: the value is %s", s.Domain).
				WithHint("take the row away, or correct what the inputs can be"))
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

// unread reports whether a bound could not be read, which the decoder has reported.
func (b *Band) unread() bool {
	return b.Min == nil && b.Has("min") || b.Above == nil && b.Has("above") || b.Max == nil && b.Has("max") || b.Below == nil && b.Has("below")
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
	row := b.cuts.row(x)
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

// RowText returns the band of row i: "≥ 5", "5 ≤ x < 10".
func (b *Bands) RowText(i int, lang string) string {
	if i < 1 || i > len(b.Rows) {
		return ""
	}
	row := &b.Rows[i-1]
	if row.Min == nil && row.Above == nil && row.Max == nil && row.Below == nil {
		return in(lang, "其他", "any other")
	}
	return strings.TrimPrefix(mathSigns.Replace(row.String()), "x ")
}

var mathSigns = strings.NewReplacer(">=", "≥", "<=", "≤")

// Range returns the least and the most points of the rows that can hold in of.
func (b *Bands) Range(of Interval, weight Number) (points Interval, ok bool) {
	any := false
	for i := range b.cuts.rows {
		row := b.cuts.rows[i]
		if row < 0 || !b.cuts.meets(i, of) {
			continue
		}
		p := earns(&b.Rows[row].Points, b.Rows[row].Share, weight)
		if any {
			p = p.Join(points)
		}
		points, any = p, true
	}
	return points, any && points.known()
}

// Trend compares the points of neighbouring bands.
func (b *Bands) Trend(weight Number) Trend {
	c, ok := b.course(weight, nil)
	if !ok {
		return UnknownTrend
	}
	return c.trend()
}

func (b *Bands) course(weight Number, d *Domain) (c course, ok bool) {
	last := -1
	for p, row := range b.cuts.rows {
		if row < 0 || row == last || d != nil && !b.cuts.occurs(p, p, d) {
			continue
		}
		p, ok := constantly(&b.Rows[row].Points, b.Rows[row].Share, weight)
		if !ok {
			return c, false
		}
		c.points, c.places, last = append(c.points, p), append(c.places, b.Rows[row].Place()), row
	}
	lower, upper := 0, 0
	for i := range b.Rows {
		row := &b.Rows[i]
		lower += given(row.Min, row.Above)
		upper += given(row.Max, row.Below)
	}
	c.thresholds = lower == 0 || upper == 0
	return c, true
}

// given returns 1 where one of two bounds is there.
func given(a, b *Number) int {
	if a != nil || b != nil {
		return 1
	}
	return 0
}

// Describe says what Bands does.
func (b *Bands) Describe(lang string) string {
	return in(lang, "按所在区间计分，取第一个符合的档", "points of the first band that the value lies in")
}

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
