package scoring

// A Combiner makes one score out of the points of a card. Implementations are pointers; in a policy file the tagged
// fields of what they point to are the parameters. It belongs to one card and is safe for concurrent use once it has
// been checked.
//
// A Combiner whose weights do not mean what they mean to the sum is also a [Termed].
type Combiner interface {
	// Check looks at the parameters and at the card.
	Check(c *Card) []Fault
	// Combine returns the score, or why there is none. It neither keeps parts nor allocates; where terms say
	// LeaveOut, it skips the parts that are not Present.
	Combine(f *Frame, parts []Part) (Number, Absence)
}

// Part is what an indicator or a group brings to the score.
type Part struct {
	Points   Number // rounded
	Weight   Number // 0 where it has none
	Present  bool   // false: left out, because it is missing and its rule says reweight
	Beyond   bool   // its points may be outside [0, weight]
	Modifier bool   // from Card.Modifiers; Combine may replace Points by the coefficient that it used
}

// Termed is a Combiner that says what weights mean to it.
type Termed interface {
	// Terms is asked when the card is checked.
	Terms() Terms
}

// Terms say what weights mean to a Combiner. The zero Terms are those of the sum.
type Terms struct {
	Full     Full    // the most that an indicator can earn
	Leave    Leave   // what `missing: reweight` does
	Weights  Weights // which weights there must be
	Modifies bool    // whether Card.Modifiers are used
}

// Full says what the W of an indicator is.
type Full uint8

// What an indicator can earn at most.
const (
	FullWeight Full = iota // its weight
	FullTotal              // the total of the card, whatever its weight
	FullFree               // its weight where it has one, otherwise anything
)

// Leave says what leaving out a missing indicator means.
type Leave uint8

// What happens to the rest when an indicator is left out.
const (
	LeaveScaled   Leave = iota // points are multiplied by total weight / weight present
	LeaveCombiner              // the Combiner sees to it: it is given the parts that are not Present
	LeaveFault                 // it means nothing: refused when the card is checked
)

// Weights says which weights a Combiner needs.
type Weights uint8

// The needs.
const (
	WeightsAddUp    Weights = iota // each has one, and they add up to the total
	WeightsRelative                // each has one, above 0
	WeightsOptional                // some may have one
	WeightsNone                    // none has one
)

// termsOf returns what weights mean to c.
func termsOf(c Combiner) Terms {
	if t, ok := c.(Termed); ok {
		return t.Terms()
	}
	return Terms{}
}
