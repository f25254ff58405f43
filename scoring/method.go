package scoring

import (
	"fmt"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// A Method turns what an indicator is `of` into points. Implementations are pointers; in a policy file the tagged fields
// of what they point to are the parameters. A Method belongs to one indicator and is safe for concurrent use once it has
// been checked.
//
// A Method may also be a [Describer], a [Worker], a [Ranger], a [Trender], a [Tabular] and a [RowTeller].
type Method interface {
	// Check looks at the parameters, and may work out beforehand what Points will need. It is called once all
	// expressions are compiled, and before Points.
	Check(s Setting) []Fault
	// Points returns the exact points, before they are held within [0, W], or why there are none. It neither keeps c
	// nor allocates.
	Points(c *Case) (Number, Absence)
}

// Setting is what a Method needs to know of its indicator.
type Setting struct {
	Weight   Number  // the most that can be earned, W
	Weighted bool    // whether there is a W at all: with the combiner `points` there is none
	Beyond   bool    // whether points are left as they are outside [0, W]
	HasOf    bool    // whether the indicator has an `of`
	Of       Kind    // what `of` is; Missing when that is not known
	Domain   *Domain // which values `of` can have; nil when that is not known
	Place    Place   // where the method stands in the file
}

// Domain is what can be said of a value before any customer is known.
type Domain struct {
	Interval          // for numbers: where it lies
	OpenMin  bool     // for numbers: whether Min itself cannot be
	OpenMax  bool     // for numbers: whether Max itself cannot be
	Decimals int      // for numbers: how many decimals it has at most; -1 when there is no limit
	Texts    []string // for texts, grades and truth values: all there are; nil when there is no limit
	Spans    []Piece  // for numbers: where between Min and Max it lies, where it leaves something out; nil otherwise

	// Outer says that not every value here is known to be possible, Attained that at least both ends are; Why says why
	// not. Reads are the slots that the value depends on, see slot.Reach.
	Outer, Attained bool
	Input           bool // it is an input, whose declaration can say how many decimals it has
	Why             string
	Reads           []int
}

// String says where a number lies: "between 0 and 20", "5 or more", "above 0 and 1 or less".
func (d *Domain) String() string {
	lo, hi := "", ""
	if !d.NoMin {
		if lo = d.Min.String() + " or more"; d.OpenMin {
			lo = "above " + d.Min.String()
		}
	}
	if !d.NoMax {
		if hi = d.Max.String() + " or less"; d.OpenMax {
			hi = "below " + d.Max.String()
		}
	}
	switch {
	case lo == "" && hi == "":
		return "any number"
	case lo == "" || hi == "":
		return lo + hi
	case !d.OpenMin && !d.OpenMax:
		return "between " + d.Min.String() + " and " + d.Max.String()
	}
	return lo + " and " + hi
}

// NeedNumber returns a fault unless `of` is a number, or of a kind that is not known.
func (s Setting) NeedNumber() []Fault {
	switch {
	case !s.HasOf:
		return []Fault{doc.Errorf(s.Place, "missing-key", "this method needs `of`: the number that it turns into points")}
	case s.Of != KindMissing && s.Of != KindNumber:
		return []Fault{doc.Errorf(s.Place, "wrong-type", "this method turns a number into points, but `of` is a %s", s.Of)}
	}
	return nil
}

// NeedWeight returns a fault unless the indicator has a weight.
func (s Setting) NeedWeight() []Fault {
	if s.Weighted {
		return nil
	}
	return []Fault{doc.Errorf(s.Place, "missing-key", "this method gives a part of the indicator's weight, but it has none")}
}

// Case is one customer before a Method.
type Case struct {
	Frame  *Frame
	Of     *Value // what the indicator is `of`, never missing; nil when it has no `of`
	Weight Number // W
	Row    int    // set by the Method: the row that matched, from 1; 0 when it has no rows

	atom int  // what to blame when no row matches
	held bool // whether points will be held within [0, W]
}

// Number returns the number that the indicator is `of`. When it is none, the frame gets an error.
func (c *Case) Number() (Number, Absence) {
	if c.Of != nil && c.Of.Kind == KindNumber {
		return c.Of.Num, 0
	}
	return c.notNumber()
}

func (c *Case) notNumber() (Number, Absence) {
	kind := KindMissing
	if c.Of != nil {
		kind = c.Of.Kind
	}
	return Number{}, c.Frame.Fail(fmt.Errorf("the method turns a number into points, but was given a %s", kind))
}

// hold returns points as they will be held.
func (c *Case) hold(points Number) Number {
	if !c.held {
		return points
	}
	return hold(points, c.Weight)
}

// hold returns x held within [0, most].
func hold(x, most Number) Number { return x.Hold(most) }

// NoRow returns the absence of points for which no row matches.
func (c *Case) NoRow() Absence { return c.Frame.Blame(c.atom) }

// NoRowAtom is what is blamed when no row matches and [Card.Atom] is nil.
const NoRowAtom = 1 << 30

// A Describer says what a Method or Combiner does, in one line, for the policy as a document.
type Describer interface {
	// Describe answers in lang, "zh" or "en".
	Describe(lang string) string
}

// A Worker shows how points came about, as a calculation in figures that can be done again on paper.
type Worker interface {
	// Working returns the calculation, such as "12 + (8 - 1.7) / (9.5 - 1.7) * (16 - 12)", or "" when there is none.
	// It is asked after Points, with the same Case.
	Working(c *Case) string
}

// A Ranger knows which points a Method can give.
type Ranger interface {
	// Range returns an interval that holds the points, before they are held within [0, weight], for every value in of.
	// ok is false when they depend on more than the value, or when there are none. It is asked after Check.
	Range(of Interval, weight Number) (points Interval, ok bool)
}

// Trend says where points go as the value rises. The zero Trend is unknown.
type Trend uint8

// The trends.
const (
	UnknownTrend Trend = iota
	Steady             // the points are always the same
	Rising             // never fewer for a greater value
	Falling            // never more for a greater value
	Mixed              // both more and fewer
)

// String returns the trend in a word.
func (t Trend) String() string {
	return [...]string{"unknown", "steady", "rising", "falling", "neither"}[min(t, Mixed)]
}

// A Trender knows where its points go as the value rises.
type Trender interface {
	// Trend is asked after Check.
	Trend(weight Number) Trend
}

// A Tabular Method has rows, counted from 1, that can carry a code and a reason of their own.
type Tabular interface {
	// Row returns what row i, from 1, carries; nothing where there is no such row.
	Row(i int) (code string, reason Title)
}

// A RowTeller says in words when a row holds, so that people need not count the rows of a policy.
type RowTeller interface {
	// RowText tells, in lang ("zh" or "en"), when row i, from 1, holds: "≥ 5000000"; "" where there is no such row.
	RowText(i int, lang string) string
}
