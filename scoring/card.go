package scoring

import "github.com/tallystick-go/tallystick/internal/doc"

// Card is a scorecard: indicators with weights, and how their points become one score.
//
// It is filled from the section `scoring` of a policy file, or written as a literal. Call [Card.Check] once, then
// [Card.Score] for each customer, from as many goroutines as you like. Do not change a card after Check.
type Card struct {
	At
	Total          *Number      `key:"total" doc:"what the weights add up to, 100 if unsaid"`
	Combine        Combiner     `key:"combine" doc:"how the points become one score: sum if unsaid, weighted_mean, minimum, product, points or modified"`
	Indicators     []Indicator  `key:"indicators" doc:"指标: what is scored"`
	Weights        []Weighting  `key:"weights" doc:"条件权重: other weights for some customers: when, and is, the weights by the id of the indicator"`
	Modifiers      []Indicator  `key:"modifiers" doc:"修正指标: with the combiner modified, what corrects the score of the indicators"`
	Groups         []Group      `key:"groups" doc:"groups of indicators, each a card of its own that is scaled to its weight"`
	PDO            *PDO         `key:"pdo" doc:"scales ln(odds) to points: points, odds, double"`
	Adjustments    []Adjustment `key:"adjustments" doc:"加减分: points added or taken when a condition holds"`
	AdjustmentsCap *Span        `key:"adjustments_cap" doc:"the least and the most that the adjustments add together"`
	Caps           []Cap        `key:"caps" doc:"what the score is at most when a condition holds"`
	Forbid         []doc.Text   `key:"forbid" doc:"inputs that must not influence the score, directly or by way of values: [region, size]"`
	Min            *Number      `key:"min" doc:"the lowest score, 0 if unsaid where weights add up to total"`
	Max            *Number      `key:"max" doc:"the highest score, total if unsaid where weights add up to total"`

	// Atom returns what to blame when no row of the indicator with this id matches; see [Case.NoRow]. Set it before
	// Check; nil blames NoRowAtom.
	Atom func(id string) int

	slot    int   // 1 + the slot that the score is written to, 0 for none
	plan    *plan // nil until Check has found nothing wrong
	outline *plan // the same, also where only values without a row or points that go the wrong way were found
}

// SetSlot makes Score write the score to slot i of the frame as well, for expressions that read it, -1: to none; for a group,
// the points that it gets in the card it belongs to. Call it before Check.
func (c *Card) SetSlot(i int) { c.slot = i + 1 }

// Indicator is one thing that is scored.
type Indicator struct {
	At
	ID       doc.Text    `key:"id,required" doc:"the identifier of the indicator"`
	Title    Title       `key:"title" doc:"the name for people"`
	Group    doc.Text    `key:"group" doc:"a heading that the indicator is shown under"`
	Weight   *Number     `key:"weight,percent" doc:"权重: the most points that it can earn"`
	Of       Any         `key:"of" doc:"the expression that is scored"`
	Method   Method      `key:"*,required"`
	Missing  MissingRule `key:"missing" doc:"what happens where it is missing: reject, refer (unsaid), reweight, or a number of points"`
	Beyond   bool        `key:"beyond" doc:"whether points may be below 0 or above the weight; false if unsaid"`
	Monotone string      `key:"monotone,oneof=rising|falling" doc:"which way points must go as the value rises: rising or falling; checked"`
	Baseline *Number     `key:"baseline" doc:"with the combiner points: what a customer without fault earns here"`
	Code     string      `key:"code" doc:"the code of its reason, the id if unsaid"`
	Reason   Title       `key:"reason" doc:"the reason given where it costs points"`

	// Kind is what Of yields, Missing when that is not known. Domain says which values it can have, nil when that is
	// not known. Set them before Check.
	Kind   Kind
	Domain *Domain

	slot int // 1 + the slot that the points are written to, 0 for none
}

// SetSlot makes Score write the points to slot i of the frame as well, for expressions that read them; -1: to none. Call it
// before Check.
func (ind *Indicator) SetSlot(i int) { ind.slot = i + 1 }

// Group is a card within a card. Its score, over its total, times its weight, are its points in the card around it:
// rounded like the points of an indicator. Its own score is not rounded before.
//
// A group without a weight only gathers: its indicators count as those of the card around it.
type Group struct {
	ID     doc.Text `key:"id,required" doc:"the identifier of the group"`
	Title  Title    `key:"title" doc:"the name for people"`
	Weight *Number  `key:"weight,percent" doc:"the most points that the group can earn in the card around it"`
	Card
}

// Adjustment adds or takes points after the points of the indicators have been combined.
type Adjustment struct {
	At
	ID     doc.Text  `key:"id,required" doc:"the identifier of the adjustment"`
	Title  Title     `key:"title" doc:"the name for people"`
	When   Condition `key:"when" doc:"when it is made; always if unsaid"`
	Add    Operand   `key:"add,required" doc:"how many points are added; negative: taken"`
	Code   string    `key:"code" doc:"the code of its reason, the id if unsaid"`
	Reason Title     `key:"reason" doc:"the reason given where it is made"`
}

// Span is what the adjustments can add up to.
type Span struct {
	At
	Least *Number `key:"least" doc:"the least that they add together, such as -10"`
	Most  *Number `key:"most" doc:"the most that they add together, such as 5"`
}

// Cap is a ceiling of the score under a condition.
type Cap struct {
	At
	ID     doc.Text  `key:"id,required" doc:"the identifier of the cap"`
	Title  Title     `key:"title" doc:"the name for people"`
	When   Condition `key:"when" doc:"when it holds; always if unsaid"`
	AtMost Operand   `key:"at_most,required" doc:"what the score is at most"`
	Code   string    `key:"code" doc:"the code of its reason, the id if unsaid"`
	Reason Title     `key:"reason" doc:"the reason given where it changes the score"`
}

// Exact as a number of places leaves a stage unrounded.
const Exact = -1

// Rounding is where figures are rounded, to how many decimal places (or Exact), and how.
type Rounding struct {
	Points, Score, Money int  // decimal places, 0 or more; points and score may be Exact
	Mode                 Mode // how, of those that are rounded
}

// DefaultRounding is what a policy that says nothing gets: two places each, half up.
func DefaultRounding() Rounding { return Rounding{Points: 2, Score: 2, Money: 2} }

// MissingAction says what happens where an indicator is missing.
type MissingAction uint8

// The actions. The zero one is Refer: missing data never passes silently.
const (
	Refer      MissingAction = iota // no score, the customer is referred
	Reject                          // no score, the customer is rejected
	Reweight                        // left out; the others' points count for more
	Substitute                      // a number of points instead
)

// MissingRule is what happens where an indicator is missing.
type MissingRule struct {
	Do     MissingAction // the zero one is Refer
	Points Number        // for Substitute

	place Place
}

// PointsIfMissing returns the rule that a missing indicator earns n points.
func PointsIfMissing(n Number) MissingRule { return MissingRule{Do: Substitute, Points: n} }

// UnmarshalDoc reads reject, refer, reweight or a number of points.
func (m *MissingRule) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	m.place = n.Place
	if n.Kind == doc.Scalar {
		for i, name := range missingNames {
			if n.Text == name {
				m.Do = MissingAction(i)
				return
			}
		}
		if x, err := Parse(n.Text); err == nil && !n.Quoted {
			m.Do, m.Points = Substitute, x
			return
		}
	}
	d.Fault(doc.Errorf(n.Place, "bad-choice", "what happens where the indicator is missing cannot be read").
		WithHint("write reject, refer, reweight, or a number of points"))
}

// DocShapes says that a word is read, or a number.
func (m *MissingRule) DocShapes() []any { return []any{doc.Choice(missingNames[:]), m.Points} }

var missingNames = [...]string{Refer: "refer", Reject: "reject", Reweight: "reweight"}

// String returns the rule as a policy writes it.
func (m MissingRule) String() string {
	if int(m.Do) < len(missingNames) {
		return missingNames[m.Do]
	}
	return m.Points.String()
}

// Span returns between which scores the card holds its own, before they are rounded: min and max where they are given, else 0
// and the total where the weights add up to that. nil: there is no such end. It is asked after Check.
func (c *Card) Span() (lo, hi *Number) {
	if c.plan == nil {
		return nil, nil
	}
	return c.plan.lo, c.plan.hi
}
