package scoring

import (
	"fmt"
	"strings"

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

// constants returns what each row earns of the weight; ok is false where one of them depends on the customer.
func (b *Bands) constants(weight Number) (points []Number, ok bool) {
	points = make([]Number, len(b.Rows))
	for i := range b.Rows {
		if points[i], ok = constantly(&b.Rows[i].Points, b.Rows[i].Share, weight); !ok {
			return nil, false
		}
	}
	return points, true
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
