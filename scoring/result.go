package scoring

import "slices"

// Result is what [Card.Score] found. It can be used again: Score overwrites everything, and allocates nothing once the
// slices have grown. What it holds of a Frame (absences, lists) means nothing once the frame is reset.
type Result struct {
	Items       []Item      // one for each indicator, in the order of the file; a card's own before those of its groups
	Groups      []GroupItem // one for each group, in the order of the file
	Adjustments []Applied   // one for each adjustment, in the order of the file; a card's own before those of its groups
	Caps        []Applied   // one for each cap, likewise
	Combined    Number      // what the combiner (and pdo) made of the points, exact; 0 where there is no score
	Adjusted    Number      // what the adjustments add together, held within their cap
	Shared      Number      // the weights that take part in reweighting
	Present     Number      // those of them that were not left out; less than Shared: points were reweighted
	Score       Number      // the score, rounded; 0 where there is none
	HasScore    bool        // whether there is a score
	Missing     Absence     // everything that was missing anywhere, also where that was dealt with
	Outcome     Outcome     // what missing data does to the customer

	plan  *plan // whose indicators Items are
	parts []Part
	c     Case
	card  *Card // that is being scored
	at    what
	err   *Error
}

// Clone returns a copy that lives on when out is overwritten. Absences and lists in it are still those of the frame.
func (out *Result) Clone() Result {
	c := *out
	c.Items, c.Groups = slices.Clone(out.Items), slices.Clone(out.Groups)
	c.Adjustments, c.Caps = slices.Clone(out.Adjustments), slices.Clone(out.Caps)
	c.plan, c.parts, c.c = nil, nil, Case{}
	return c
}

// Outcome is what missing data does to the customer.
type Outcome uint8

// The outcomes, from good to bad.
const (
	OutcomeNone   Outcome = iota // nothing
	OutcomeRefer                 // somebody has to look
	OutcomeReject                // rejected
)

// Effect is what became of an indicator or a group.
type Effect uint8

// The effects.
const (
	Earned      Effect = iota // it earned its points
	Substituted               // it is missing and got a number of points instead
	LeftOut                   // it is missing and was left out
	Refers                    // it is missing and refers the customer
	Rejects                   // it is missing and rejects the customer
)

var effectNames = [...]string{"ok", "substituted", "reweighted", "refer", "reject"}

// String returns the effect as decisions show it.
func (e Effect) String() string {
	if int(e) < len(effectNames) {
		return effectNames[e]
	}
	return "unknown"
}

// Item is what an indicator earned.
type Item struct {
	Indicator *Indicator
	Group     int     // the group that it belongs to, an index of Result.Groups; -1 for none
	Value     Value   // what it is `of`; Missing where that is missing, or there is no `of`
	Row       int     // the row that matched, from 1; 0 for none
	Raw       Number  // the points before they were held within [0, W], exact
	Points    Number  // the points that count: held, reweighted, rounded; for a modifier its coefficient
	Missing   Absence // why it is missing, also where that was dealt with
	Effect    Effect
	Modifier  bool // it is from Card.Modifiers

	step *step
}

// Full returns W, the most that the indicator can earn; ok is false when there is no most.
func (it *Item) Full() (full Number, ok bool) { return it.step.full, it.step.weighted }

// Held returns the points held within [0, W], exact, before they were reweighted and rounded.
func (it *Item) Held() Number {
	if it.step.held && it.Effect != Substituted {
		return hold(it.Raw, it.step.full)
	}
	return it.Raw
}

// Working returns how the points came about before they were held, as a calculation in figures, or "" where there is
// nothing to calculate. f is the frame that was scored, as it was then: there are the other values that count.
func (it *Item) Working(f *Frame) string {
	w, ok := it.Indicator.Method.(Worker)
	if !ok || it.Missing != 0 {
		return ""
	}
	v := it.Value
	c := &Case{Frame: f, Weight: it.step.full, Row: it.Row, atom: it.step.atom, held: it.step.held}
	if it.step.hasOf {
		c.Of = &v
	}
	return ask(func() string { return w.Working(c) })
}

// GroupItem is what a group earned.
type GroupItem struct {
	Group    *Group
	Parent   int     // the group around it, an index of Result.Groups; -1 for none
	Score    Number  // its own score, exact; of a group without a weight the points of what is in it
	Points   Number  // what it brings to the card around it: scaled, reweighted, rounded
	Combined Number  // as in Result
	Adjusted Number  // as in Result
	Shared   Number  // as in Result
	Present  Number  // as in Result
	Missing  Absence // why it is missing
	Effect   Effect  // Earned, LeftOut, Refers or Rejects
}

// Applied is what became of an adjustment or a cap.
type Applied struct {
	Adjustment *Adjustment // one of the two, the other is nil
	Cap        *Cap
	Group      int     // the group that it belongs to, an index of Result.Groups; -1 for none
	Holds      bool    // whether its condition holds
	Amount     Number  // what it adds, or what the score is at most; 0 where it does not hold
	Bound      bool    // for a cap: whether it changed the score
	Missing    Absence // why it cannot be told
}
