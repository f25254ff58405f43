package grade

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Ladder is the section `grade` of a policy: the grades, and what moves a customer between them. A Ladder made in Go is
// used after its Check, and not changed then; it is safe for concurrent use from there on.
type Ladder struct {
	At
	Of          Any          `key:"of" doc:"a value that is the grade, or its name, instead of the score"`
	Scale       []Row        `key:"scale,required" doc:"the grades, best first"`
	Gaps        string       `key:"gaps,oneof=refer" doc:"refer: scores between two rows may have no grade"`
	Rules       []Rule       `key:"rules" doc:"what caps, lifts or sets the grade, in this order"`
	Transitions *Transitions `key:"transitions" doc:"how far the grade may move from the previous one"`
	Override    *Overrides   `key:"override" doc:"opens the record's override: grade, reason, by, until"`
	Valid       Period       `key:"valid" doc:"how long a grade is good for: 12 months"`

	onScale  int  // grades on the ladder; 0 until Check has found nothing wrong but gaps
	ready    bool // Check has found nothing wrong
	decimals int  // of scores; negative: exact
	rising   bool // low scores are the best

	ruler  exact.Ruler // on the bounds of the scale
	places []int       // of each place of the ruler: the grade, -1 for none
}

// DocDetails says that a scale has a grade.
func (*Ladder) DocDetails() doc.Details {
	return doc.Details{Keys: map[string][]any{"scale": {doc.Shape{Of: []Row{}, Least: 1}}}}
}

// Names returns the names of the grades in the order of their index: from the best to the worst, then those off the
// ladder.
func (l *Ladder) Names() []string {
	names := make([]string, len(l.Scale))
	for i := range l.Scale {
		names[i] = l.Scale[i].Grade
	}
	return names
}

// OnScale returns how many grades are on the ladder; those with a higher index are off it.
func (l *Ladder) OnScale() int {
	for i := range l.Scale {
		if l.Scale[i].OffScale {
			return i
		}
	}
	return len(l.Scale)
}

// Index returns the index of the grade name, or -1.
func (l *Ladder) Index(name string) int {
	for i := range l.Scale {
		if l.Scale[i].Grade == name {
			return i
		}
	}
	return -1
}

// Rank returns the grade at index as a Value, missing when there is none.
func (l *Ladder) Rank(index int) Value {
	if index < 0 || index >= len(l.Scale) {
		return Value{}
	}
	return slot.Rank(index, l.Scale[index].Grade)
}

// ValidFor returns how long the grade at index is good for: what its row says, else what the ladder says. Zero: for ever.
func (l *Ladder) ValidFor(index int) Period {
	if index >= 0 && index < len(l.Scale) && !l.Scale[index].Valid.IsZero() {
		return l.Scale[index].Valid
	}
	return l.Valid
}

// ValidUntil returns the last day on which the grade at index, given on the day from, is good; ok is false when it is
// good for ever. Months end at a month's end: a month from 31 January is the last of February.
func (l *Ladder) ValidUntil(index int, from Day) (until Day, ok bool) {
	p := l.ValidFor(index)
	if p.IsZero() {
		return 0, false
	}
	return from.AddMonths(p.Months) + Day(p.Days), true
}
