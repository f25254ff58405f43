// Package explain writes a decision down in figures that add up, as a person would on paper.
//
// [Of] makes an [Explanation] of what a decision holds: one tree, which [Explanation.Text], [Explanation.Markdown] and
// [Explanation.JSON] write. Nothing of it is kept while deciding: what the decision does not hold is worked out again from
// the values of its frame, in a copy.
package explain

import (
	"github.com/tallystick-go/tallystick/internal/exact"
)

// Number is an exact number. In JSON it is a string that reads back exactly: "97.66", or "40/3" where its decimals do not
// end within 12 places.
type Number = exact.Number

// Explanation is a decision, with the figures behind it. Texts are in the language that was asked for. Keys of its JSON are
// stable; more may be added. What a policy does not have is left out.
type Explanation struct {
	Policy   Policy `json:"policy"`
	AsOf     string `json:"as_of"`
	Customer string `json:"customer,omitempty"`
	Outcome  string `json:"outcome"` // admitted, referred or rejected

	Admission []Criterion `json:"admission,omitempty"`
	Values    []Value     `json:"values,omitempty"`
	Scoring   *Scoring    `json:"scoring,omitempty"`
	Grade     *Grade      `json:"grade,omitempty"`
	Credit    *Credit     `json:"credit,omitempty"`

	ValidUntil string `json:"valid_until,omitempty"` // the last day on which the limit, or else the grade, is good
	NextReview string `json:"next_review,omitempty"` // the last day on which the grade is good

	Reasons   []Reason   `json:"reasons"`
	Missing   []Missing  `json:"missing"`
	Undefined []Missing  `json:"undefined,omitempty"`
	Inexact   []string   `json:"inexact,omitempty"` // what is worked out by way of roots or logarithms, at 34 digits
	Next      *NextGrade `json:"next,omitempty"`

	words words
}

// Policy is the policy that decided.
type Policy struct {
	ID       string `json:"id"`
	Version  string `json:"version"`
	Title    string `json:"title,omitempty"`
	Number   string `json:"number,omitempty"` // of the document, 文号
	Issuer   string `json:"issuer,omitempty"`
	Digest   string `json:"digest"`
	Currency string `json:"currency,omitempty"`

	Rounding Rounding `json:"rounding"`
}

// Rounding is where the policy rounds: to how many decimal places, -1 for not at all, and how.
type Rounding struct {
	Points int    `json:"points"`
	Score  int    `json:"score"`
	Money  int    `json:"money"`
	Mode   string `json:"mode"`
}

// Working is an expression of the policy and what came of it.
type Working struct {
	Expr    string    `json:"expr"`              // as the policy has it
	Figures string    `json:"figures,omitempty"` // with the figures in place of the names
	Reads   []Reading `json:"reads,omitempty"`   // what it looks at, each once
	Missing []string  `json:"missing,omitempty"` // why it has no value: inputs that are absent, expressions that are undefined
}

// Reading is an input, a value or a result that an expression looks at.
type Reading struct {
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
	Unit  string `json:"unit,omitempty"`
	Value Datum  `json:"value"` // null where it is missing
}

// Criterion is a criterion of admission.
type Criterion struct {
	ID      string   `json:"id"`
	Title   string   `json:"title,omitempty"`
	Result  string   `json:"result"`           // pass, fail or unknown
	Effect  string   `json:"effect,omitempty"` // what follows where it does not pass: reject, refer, warn or pass
	Reason  string   `json:"reason,omitempty"` // of the policy, where it is not met
	Require *Working `json:"require"`
}

// Value is a named value of the policy.
type Value struct {
	Name        string     `json:"name"`
	Title       string     `json:"title,omitempty"`
	Value       Datum      `json:"value"`
	Work        *Working   `json:"work,omitempty"`   // of an expression, or of what a method looks at
	Method      string     `json:"method,omitempty"` // what a scoring method does
	Hit         string     `json:"hit,omitempty"`    // of a table: which of the rows that hold count
	Columns     []Reading  `json:"columns,omitempty"`
	Rows        []TableRow `json:"rows,omitempty"`        // those that held
	Otherwise   bool       `json:"otherwise,omitempty"`   // no row of the table held, and it says what it gives then
	Substituted bool       `json:"substituted,omitempty"` // it was missing, and the policy says what stands in
	Missing     []string   `json:"missing,omitempty"`     // what it is missing for, also where that was dealt with
}

// TableRow is a row that held.
type TableRow struct {
	Row    int    `json:"row"` // from 1
	Text   string `json:"text,omitempty"`
	Result string `json:"result,omitempty"`
	Chosen bool   `json:"chosen,omitempty"` // its result stands
}

// Scoring is how the score came about.
type Scoring struct {
	Weights *Working `json:"weights,omitempty"` // the condition of the conditional weights that count
	Card
	Score    *Number  `json:"score,omitempty"` // rounded; absent where there is none
	Missing  []string `json:"missing,omitempty"`
	Baseline []Cost   `json:"baseline,omitempty"` // points below or above the baselines, by reason
}

// Cost is how many points a reason cost.
type Cost struct {
	Code   string `json:"code"`
	Text   string `json:"text,omitempty"`
	Points Number `json:"points"`
}

// Card is a scorecard, or a group, which is one too. With the combiner sum (and no scaling), the points of its indicators
// and groups add up to Combined; Combined and Adjusted to Sum, which caps and Held may change; Exact is what is left.
type Card struct {
	Indicators  []Indicator  `json:"indicators,omitempty"`
	Modifiers   []Indicator  `json:"modifiers,omitempty"`
	Groups      []Group      `json:"groups,omitempty"`
	Reweighted  *Reweighted  `json:"reweighted,omitempty"`
	Combiner    string       `json:"combiner"`          // sum, weighted_mean, minimum, product, points, modified, or custom
	Describe    string       `json:"describe"`          // what it does
	Figures     string       `json:"figures,omitempty"` // how Combined came about, in figures
	Points      *Number      `json:"combined_points,omitempty"`
	PDO         *PDO         `json:"pdo,omitempty"`
	Combined    *Number      `json:"combined,omitempty"` // absent where there is no score
	Adjustments []Adjustment `json:"adjustments,omitempty"`
	Span        *Span        `json:"adjustments_cap,omitempty"`
	Adjusted    *Number      `json:"adjusted,omitempty"` // what the adjustments add together, within their cap
	Caps        []Cap        `json:"caps,omitempty"`
	Held        *Held        `json:"held,omitempty"`
	Exact       *Number      `json:"exact,omitempty"` // the score before it was rounded
}

// Reweighted says that points were multiplied because others were left out.
type Reweighted struct {
	Total   Number `json:"total"`   // the weights that take part
	Present Number `json:"present"` // those of them that are there
	Factor  Number `json:"factor"`  // total / present
}

// PDO is the scaling of log odds to points: offset + factor * points.
type PDO struct {
	Factor Number `json:"factor"`
	Offset Number `json:"offset"`
	Each   bool   `json:"each,omitempty"` // the points of each indicator are scaled
}

// Indicator is what one indicator earned: Raw, held within 0 and Full, times the factors, rounded, is Points.
type Indicator struct {
	ID          string   `json:"id"`
	Title       string   `json:"title,omitempty"`
	Heading     string   `json:"heading,omitempty"` // that it is shown under
	Weight      *Number  `json:"weight,omitempty"`
	Of          *Working `json:"of,omitempty"`
	Value       Datum    `json:"value"`
	Method      string   `json:"method,omitempty"` // what the method does
	Row         int      `json:"row,omitempty"`    // that matched, from 1
	RowText     string   `json:"row_text,omitempty"`
	RowWhy      string   `json:"row_reason,omitempty"`
	Working     string   `json:"working,omitempty"` // how Raw came about, in figures
	Effect      string   `json:"effect"`            // ok, substituted, reweighted (left out), refer or reject
	Raw         *Number  `json:"raw,omitempty"`     // exact, as the method gives them
	Full        *Number  `json:"full,omitempty"`    // the most that can be earned
	Held        *Number  `json:"held,omitempty"`    // Raw within 0 and Full
	Factors     []Factor `json:"factors,omitempty"`
	Exact       *Number  `json:"exact,omitempty"`       // Held times the factors
	Points      *Number  `json:"points,omitempty"`      // that count: Exact, rounded; absent where there are none
	Coefficient *Number  `json:"coefficient,omitempty"` // of a modifier
	Missing     []string `json:"missing,omitempty"`
}

// Factor is something that points are multiplied by.
type Factor struct {
	What string `json:"what"` // reweighted, pdo or weight
	By   Number `json:"by"`
}

// Group is a card within a card.
type Group struct {
	ID     string  `json:"id"`
	Title  string  `json:"title,omitempty"`
	Weight *Number `json:"weight,omitempty"` // nil: it only gathers, and its indicators count as those of the card around it
	Card
	Effect  string   `json:"effect"`
	Factors []Factor `json:"factors,omitempty"`
	Points  *Number  `json:"points,omitempty"` // Exact times the factors, rounded; of a group without a weight the sum of what is in it
	Missing []string `json:"missing,omitempty"`
}

// Adjustment adds or takes points.
type Adjustment struct {
	ID      string   `json:"id"`
	Title   string   `json:"title,omitempty"`
	Reason  string   `json:"reason,omitempty"`
	When    *Working `json:"when,omitempty"`
	Add     *Working `json:"add"`
	Holds   bool     `json:"holds"`
	Amount  Number   `json:"amount"` // 0 where it does not hold
	Missing []string `json:"missing,omitempty"`
}

// Span is within what the adjustments together are held.
type Span struct {
	Sum   Number  `json:"sum"` // of the adjustments
	Least *Number `json:"least,omitempty"`
	Most  *Number `json:"most,omitempty"`
	Bound bool    `json:"bound"` // it changed the sum
}

// Cap is a ceiling of the score.
type Cap struct {
	ID      string   `json:"id"`
	Title   string   `json:"title,omitempty"`
	Reason  string   `json:"reason,omitempty"`
	When    *Working `json:"when,omitempty"`
	AtMost  *Working `json:"at_most"`
	Holds   bool     `json:"holds"`
	Amount  Number   `json:"amount"`
	Bound   bool     `json:"bound"` // it changed the score
	Missing []string `json:"missing,omitempty"`
}

// Held says that the score was held in its range.
type Held struct {
	Before Number `json:"before"`
	At     Number `json:"at"`
}

// Grade is how the grade came about.
type Grade struct {
	Grade      string      `json:"grade,omitempty"` // "" for none
	Title      string      `json:"title,omitempty"`
	Outcome    string      `json:"outcome,omitempty"` // what the grade makes of the customer: reject or refer
	Of         *Working    `json:"of,omitempty"`      // the value that is the grade, in place of the score
	Scored     string      `json:"scored,omitempty"`  // by the score alone
	Ruled      string      `json:"ruled,omitempty"`   // after rules and transitions, before an override
	NoRow      bool        `json:"no_row,omitempty"`
	Better     *Distance   `json:"better,omitempty"` // to the next better grade of the scale
	Worse      *Distance   `json:"worse,omitempty"`  // to the next worse one
	Scale      []ScaleRow  `json:"scale"`
	Steps      []GradeStep `json:"steps,omitempty"`
	Attributes []Reading   `json:"attributes,omitempty"`
	Missing    []string    `json:"missing,omitempty"`
}

// Distance is how far the score lies from a grade's threshold.
type Distance struct {
	Grade string `json:"grade"`
	Text  string `json:"text"`  // "≥ 85"
	Bound Number `json:"bound"` // the threshold
	By    Number `json:"by"`    // between score and threshold, at least 0
}

// ScaleRow is a grade of the scale.
type ScaleRow struct {
	Grade  string `json:"grade"`
	Title  string `json:"title,omitempty"`
	Text   string `json:"text,omitempty"` // its bounds
	Scored bool   `json:"scored,omitempty"`
	Final  bool   `json:"final,omitempty"`
}

// GradeStep is a rule, a transition or an override that was looked at.
type GradeStep struct {
	Kind    string   `json:"kind"` // rule, transition, hold or override
	ID      string   `json:"id,omitempty"`
	When    *Working `json:"when,omitempty"`
	Does    string   `json:"does,omitempty"` // what a rule says, as the policy has it
	Effect  string   `json:"effect"`
	Text    string   `json:"text"` // the effect, in the language asked for
	Fired   bool     `json:"fired"`
	From    string   `json:"from,omitempty"`
	To      string   `json:"to,omitempty"`
	Reason  string   `json:"reason,omitempty"`
	Missing []string `json:"missing,omitempty"`
}

// Amount is an amount of money: a number, or "unlimited".
type Amount struct {
	Number
	Unlimited bool
}

// Credit is how the limit came about.
type Credit struct {
	LimitSteps
	Limit    *Amount        `json:"limit,omitempty"`          // in force: 0 unless admitted
	Proposed *Amount        `json:"proposed_limit,omitempty"` // what an admitted customer has, and a referred one would have
	Missing  []string       `json:"missing,omitempty"`
	Override *LimitOverride `json:"override,omitempty"`

	Exposure  *Exposure    `json:"exposure,omitempty"`
	Group     *CreditGroup `json:"group,omitempty"`
	Available *Amount      `json:"available,omitempty"`
	Approval  []Approver   `json:"approval,omitempty"`
	By        string       `json:"approved_by,omitempty"`
	Segments  []Segment    `json:"segments,omitempty"`
	Request   *Request     `json:"request,omitempty"`
	Holds     []Hold       `json:"holds,omitempty"`
}

// LimitOverride is a limit given by hand. The steps beside it are those to the limit that was worked out.
type LimitOverride struct {
	Limit   Number   `json:"limit"`
	Effect  string   `json:"effect"`           // applied, no change, "ignored: expired", refused or unknown
	Text    string   `json:"text"`             // the same in words
	Remark  string   `json:"remark,omitempty"` // who gave it, why and until when; and why it was refused
	AtMost  *Working `json:"at_most,omitempty"`
	Most    *Number  `json:"most,omitempty"` // the value of AtMost, rounded down to the scale of money
	Missing []string `json:"missing,omitempty"`
}

// LimitSteps are the steps to a limit: each begins with what the one before left, the first with 0. The last amount, at
// least 0 and within what bounds it from outside, rounded, is Rounded.
type LimitSteps struct {
	Steps   []Step  `json:"steps,omitempty"`
	Exact   *Amount `json:"exact,omitempty"`   // before it was held at 0 or more and rounded; within the group's or the total limit
	Rounded *Amount `json:"rounded,omitempty"` // absent where there is no limit
	Binding string  `json:"binding,omitempty"`
	Why     string  `json:"binding_reason,omitempty"`
}

// Step is a step to the limit.
type Step struct {
	ID      string    `json:"id,omitempty"`
	Title   string    `json:"title,omitempty"`
	Action  string    `json:"action"` // set, add, multiply, at_least, at_most, round or unlimited
	When    *Working  `json:"when,omitempty"`
	Operand *Working  `json:"operand,omitempty"`
	Value   *Number   `json:"value,omitempty"` // of the operand; of at_most, rounded down to the scale of money
	Round   *Multiple `json:"round,omitempty"`
	Effect  string    `json:"effect"`
	Before  Amount    `json:"before"`
	After   *Amount   `json:"after,omitempty"` // absent once something is unknown
	Binding bool      `json:"binding,omitempty"`
	Missing []string  `json:"missing,omitempty"`
}

// Multiple is what an amount is rounded to a multiple of, and how.
type Multiple struct {
	To   Number `json:"to"`
	Mode string `json:"mode,omitempty"` // that of the policy if unsaid
}

// Exposure is what is used.
type Exposure struct {
	Items   []ExposureItem `json:"items,omitempty"`
	Exact   *Number        `json:"exact,omitempty"`  // their sum
	Amount  *Number        `json:"amount,omitempty"` // rounded; absent where something is missing
	Missing []string       `json:"missing,omitempty"`
}

// ExposureItem is one thing that is used.
type ExposureItem struct {
	ID     string   `json:"id,omitempty"`
	Title  string   `json:"title,omitempty"`
	Of     *Working `json:"of"`
	Weight *Working `json:"weight,omitempty"`
	Amount *Number  `json:"amount,omitempty"` // weighted, exact
}

// CreditGroup is the limit of a group of customers and what its members use together.
type CreditGroup struct {
	Applies  bool      `json:"applies"`
	When     *Working  `json:"when,omitempty"`
	Of       *Working  `json:"of,omitempty"`
	Limit    *Number   `json:"limit,omitempty"`
	Exposure *Exposure `json:"exposure,omitempty"`
	Left     *Number   `json:"left,omitempty"`
	Bound    bool      `json:"bound,omitempty"` // less is left than the customer's own limit leaves
	Missing  []string  `json:"missing,omitempty"`
}

// Approver is a row of the approval.
type Approver struct {
	By     string   `json:"by"`
	UpTo   *Working `json:"up_to,omitempty"`
	Most   *Number  `json:"most,omitempty"` // the value of UpTo
	When   *Working `json:"when,omitempty"`
	Grades []string `json:"grades,omitempty"`
	Chosen bool     `json:"chosen,omitempty"`
	Not    string   `json:"not,omitempty"` // why it is not the one, of a row before: grade, over (the limit is more), when or unknown
}

// Segment is a limit within the limit.
type Segment struct {
	ID      string   `json:"id"`
	Title   string   `json:"title,omitempty"`
	Applies bool     `json:"applies"`
	When    *Working `json:"when,omitempty"`
	LimitSteps
	Exposure  *Exposure `json:"exposure,omitempty"`
	Available *Amount   `json:"available,omitempty"`
	Missing   []string  `json:"missing,omitempty"`
}

// Request is what becomes of the amount asked for.
type Request struct {
	Of      *Working `json:"of,omitempty"`
	Amount  *Number  `json:"amount,omitempty"`
	Over    bool     `json:"over"`    // it is more than is available
	Verdict string   `json:"verdict"` // allowed, held, refused or unknown: with the holds
	Missing []string `json:"missing,omitempty"`
}

// Hold is what holds or refuses every request.
type Hold struct {
	ID      string   `json:"id,omitempty"`
	Title   string   `json:"title,omitempty"`
	When    *Working `json:"when"`
	Unless  *Working `json:"unless,omitempty"`
	Verdict string   `json:"verdict"` // held or refused where it holds, allowed where not, unknown
	Reason  string   `json:"reason,omitempty"`
	Missing []string `json:"missing,omitempty"`
}

// Reason is why the decision is as it is. They come ranked.
type Reason struct {
	Code    string   `json:"code"`
	Text    string   `json:"text"`
	Effect  string   `json:"effect"`
	Missing []string `json:"missing,omitempty"`
}

// Missing is an input that the record does not have, or an expression without a value, and what waits for it.
type Missing struct {
	Name  string  `json:"name"`
	Title string  `json:"title,omitempty"`
	Unit  string  `json:"unit,omitempty"`
	From  string  `json:"from,omitempty"`   // what the record calls it
	For   []Place `json:"for,omitempty"`    // what looked at it
	Where string  `json:"where,omitempty"`  // of an expression: line and column in the policy
	NoRow bool    `json:"no_row,omitempty"` // a table or a method of which no row holds
}

// Place is a part of the policy.
type Place struct {
	Kind  string `json:"kind"` // criterion, value, indicator, ...
	ID    string `json:"id,omitempty"`
	Title string `json:"title,omitempty"`
}
