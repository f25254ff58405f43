package grade

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
)

// Row is a grade of the scale. Mostly a row has one bound, the one farther from the best score; it takes the scores
// within that which no better row takes. A row without bounds takes all that is left below the others. A row may say both:
// then scores between it and the better one, and better than the first one, have no grade.
type Row struct {
	At
	Grade    string  `key:"grade,required" doc:"the name of the grade"`
	Min      *Number `key:"min" doc:"least score, included"`
	Above    *Number `key:"above" doc:"lower bound, not included"`
	Max      *Number `key:"max" doc:"greatest score, included"`
	Below    *Number `key:"below" doc:"upper bound, not included"`
	OffScale bool    `key:"off_scale" doc:"off the ladder: given by rules only, neither better nor worse than the others"`
	Title    Title   `key:"title" doc:"the name for people"`
	Outcome  Outcome `key:"outcome,oneof=reject|refer" doc:"what becomes of a customer with this grade"`
	Valid    Period  `key:"valid" doc:"how long this grade is good for, where it differs from the others"`

	Rest       []doc.Pair  `key:"*" doc:"attributes: numbers, true or false, dates or texts, read as grade.NAME"`
	Attributes []Attribute // of a Row made in Go; those of a file stand in Rest

	read []placedAttribute // both, once Check has read them
}

// DocDetails says what an attribute can be.
func (*Row) DocDetails() doc.Details { return doc.Details{Keys: map[string][]any{"*": {""}}} }

// Outcome is what a grade makes of a customer.
type Outcome string

// The outcomes. The zero Outcome leaves the customer's outcome alone.
const (
	None   Outcome = ""
	Refer  Outcome = "refer"
	Reject Outcome = "reject"
)

// worse returns the graver of two outcomes: a rejection beats a referral.
func worse(a, b Outcome) Outcome {
	if a == Reject || b == None {
		return a
	}
	return b
}

// ofScore returns the index of the grade that the scale gives to score, or -1 when no row takes it.
func (l *Ladder) ofScore(score Number) int { return l.places[l.ruler.Place(score)] }

// measure lays a ruler on the bounds of the scale, so that ofScore need not go through the rows.
func (l *Ladder) measure() {
	var at []Number
	for i := range l.Scale[:l.onScale] {
		for _, bound := range []*Number{l.Scale[i].Min, l.Scale[i].Above, l.Scale[i].Max, l.Scale[i].Below} {
			if bound != nil {
				at = append(at, *bound)
			}
		}
	}
	slices.SortFunc(at, Number.Cmp)
	at = slices.CompactFunc(at, Number.Equal)
	l.ruler = exact.NewRuler(at)
	l.places = make([]int, 2*len(at)+1)
	half, _ := exact.Ratio(1, 2)
	for p := range l.places {
		var score Number // one that lies there
		switch i := p / 2; {
		case p%2 == 1:
			score = at[i]
		case i > 0 && i < len(at):
			score = at[i-1].Add(at[i]).Mul(half)
		case i > 0:
			score = at[i-1].Add(exact.Int(1))
		case len(at) > 0:
			score = at[0].Sub(exact.Int(1))
		}
		l.places[p] = l.scan(score)
	}
}

// scan is ofScore by going through the rows.
func (l *Ladder) scan(score Number) int {
	for i := range l.Scale[:l.onScale] {
		r := &l.Scale[i]
		ends, begins := r.above(score), r.below(score)
		if l.rising {
			ends, begins = begins, ends
		}
		switch {
		case !ends:
		case begins:
			return i
		default:
			return -1 // better than this row, and not within the better one
		}
	}
	return -1
}

// above reports whether score is within the lower bound of r.
func (r *Row) above(score Number) bool {
	return (r.Min == nil || score.Cmp(*r.Min) >= 0) && (r.Above == nil || score.Cmp(*r.Above) > 0)
}

// below reports whether score is within the upper bound of r.
func (r *Row) below(score Number) bool {
	return (r.Max == nil || score.Cmp(*r.Max) <= 0) && (r.Below == nil || score.Cmp(*r.Below) < 0)
}
