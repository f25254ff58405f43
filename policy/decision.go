package policy

import (
	"slices"
	"sync/atomic"

	"github.com/shopspring/decimal"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/record"
	"github.com/tallystick-go/tallystick/scoring"
)

// Outcome is what becomes of a customer.
type Outcome = program.Outcome

// The outcomes, from the best to the worst: rejected beats referred beats admitted.
const (
	Admitted = program.Admitted
	Referred = program.Referred
	Rejected = program.Rejected
)

// Decision is what a policy says of one customer, with the reasons. It is made by Decide, or filled again and again by
// DecideInto. Reading it from several goroutines is safe while nobody decides into it.
//
// What Decide and Clone return takes a few hundred bytes: the verdict and the inputs. The rest, such as what every indicator
// earned, is worked out from these when it is first asked for, by the same policy, which takes about a microsecond, and is
// kept from then on. A policy with functions, methods or combiners of your own is not asked again: its decisions are kept
// whole.
//
// The zero Decision has been decided by nobody: its methods return zero values.
type Decision struct {
	policy  *Policy
	state   *program.State // what was decided, and how; nil where only what follows is kept
	decided bool

	withheld bool // its inputs are not those that were decided on: see Withhold

	verdict verdict
	inputs  string                        // as record.Keep keeps them
	again   atomic.Pointer[program.State] // worked out again from these
}

// verdict is what most callers ask of a decision, and all that is kept of it.
type verdict struct {
	asOf          Date
	outcome       Outcome
	hasScore      bool
	hasGrade      bool
	hasLimit      bool
	score         Number
	scored, grade int // what the score alone gives, and what there is in the end; -1 for none
	limit         credit.Amount
}

// verdictOf returns the verdict of s.
func verdictOf(s *program.State) verdict {
	return verdict{
		asOf: s.AsOf, outcome: s.Outcome,
		score: s.Score.Score, hasScore: s.Score.HasScore,
		scored: s.Grade.Scored, grade: s.Grade.Final, hasGrade: s.Grade.Has,
		limit: s.Credit.Limit.Amount, hasLimit: s.Credit.Limit.Has,
	}
}

// brief returns the verdict of a decision that was made.
func (d *Decision) brief() verdict {
	if d.state != nil {
		return verdictOf(d.state)
	}
	return d.verdict
}

// whole returns all that was found out about the customer of a decision that was made.
func (d *Decision) whole() *program.State {
	if d.state != nil {
		return d.state
	}
	if s := d.again.Load(); s != nil {
		return s
	}
	p := d.policy.program
	s := new(program.State)
	p.Begin(s)
	record.Restore(&s.Frame, d.inputs, len(p.Inputs))
	_ = p.Run(s, d.verdict.asOf)   // there is no error: the same program has decided the same inputs before
	d.again.CompareAndSwap(nil, s) // of several goroutines that come here at once, all see the same one afterwards
	return d.again.Load()
}

// void makes d say nothing: the customer could not be decided.
func (d *Decision) void() { d.decided = false }

// Clone returns a copy that lives on when d is decided into again.
func (d *Decision) Clone() *Decision {
	switch {
	case !d.decided:
		return &Decision{policy: d.policy}
	case d.state == nil:
		out := &Decision{policy: d.policy, decided: true, verdict: d.verdict, inputs: d.inputs}
		out.again.Store(d.again.Load())
		return out
	case d.policy.foreign || d.withheld:
		return d.deepClone()
	}
	var buffer [512]byte
	inputs := record.Keep(buffer[:0], &d.state.Frame, len(d.policy.program.Inputs))
	return &Decision{policy: d.policy, decided: true, verdict: verdictOf(d.state), inputs: string(inputs)}
}

// deepClone returns a copy with a state of its own.
func (d *Decision) deepClone() *Decision {
	state := d.whole().Clone()
	return &Decision{policy: d.policy, decided: true, state: &state, withheld: d.withheld}
}

// Policy returns the policy that decided, nil for a zero Decision.
func (d *Decision) Policy() *Policy { return d.policy }

// AsOf returns the day of the decision.
func (d *Decision) AsOf() Date {
	if !d.decided {
		return 0
	}
	if d.state != nil {
		return d.state.AsOf
	}
	return d.verdict.asOf
}

// Outcome returns what becomes of the customer. A Decision that nobody has made is rejected.
func (d *Decision) Outcome() Outcome {
	if !d.decided {
		return Rejected
	}
	if d.state != nil {
		return d.state.Outcome
	}
	return d.verdict.outcome
}

// Customer returns the name of the customer: the first required text of the policy's inputs, or else the
// first text that is not one of a few (one_of).
func (d *Decision) Customer() string {
	if !d.decided || d.policy.subject < 0 {
		return ""
	}
	return d.whole().Frame.Slots[d.policy.subject].Str
}

// CriterionResult is what came of a criterion of admission: Pass, Fail, or Unknown where data are missing.
type CriterionResult = program.Result

// The results.
const (
	Pass    = program.Pass
	Fail    = program.Fail
	Unknown = program.Unknown
)

// Criterion is what came of one criterion of admission.
type Criterion struct {
	ID     string
	Title  string
	Result CriterionResult
}

// Criteria returns what came of every criterion, in the order of the file.
func (d *Decision) Criteria() []Criterion {
	if !d.decided {
		return nil
	}
	out := make([]Criterion, len(d.whole().Criteria))
	for i, s := range d.whole().Criteria {
		c := &d.policy.program.File.Admission[i]
		out[i] = Criterion{c.ID.Value, c.Title.String(), s.Result}
	}
	return out
}

// Indicator is what one indicator earned.
type Indicator struct {
	ID, Title, Group string
	Value            string          // what was scored, "" where it is missing or the method takes nothing
	Row              int             // the row of the method's table that matched, from 1; 0 for none
	Raw              Number          // exact points before they were held within the weight
	Held             Number          // exact points held within the weight, before they were reweighted and rounded
	Points           decimal.Decimal // that count: held, reweighted, rounded
	Weight           decimal.Decimal // 0 where there is none
	Present          bool            // whether it has points
	Effect           string          // ok, substituted, reweighted, refer or reject
}

// Indicators returns what every indicator earned, in the order of the file.
func (d *Decision) Indicators() []Indicator {
	if !d.hasScoring() {
		return nil
	}
	out := make([]Indicator, len(d.whole().Score.Items))
	for i := range d.whole().Score.Items {
		item := &d.whole().Score.Items[i]
		out[i] = Indicator{
			ID: item.Indicator.ID.Value, Title: item.Indicator.Title.String(), Group: item.Indicator.Group.Value,
			Value: string(appendPlain(nil, &item.Value)), Row: item.Row, Raw: item.Raw, Held: item.Held(),
			Present: hasPoints(item), Effect: item.Effect.String(),
		}
		out[i].Points, _ = item.Points.Decimal()
		if item.Indicator.Weight != nil {
			out[i].Weight, _ = item.Indicator.Weight.Decimal()
		}
	}
	return out
}

func (d *Decision) hasScoring() bool { return d.decided && d.policy.program.File.Scoring != nil }

// hasPoints reports whether an indicator has points that count.
func hasPoints(item *scoring.Item) bool { return item.Effect <= scoring.Substituted }

// Points returns the points of an indicator at the scale of the policy, exact where that is exact; ok is false where it
// has none.
func (d *Decision) Points(id string) (points decimal.Decimal, ok bool) {
	if !d.hasScoring() {
		return decimal.Decimal{}, false
	}
	for i := range d.whole().Score.Items {
		if item := &d.whole().Score.Items[i]; item.Indicator.ID.Value == id && hasPoints(item) {
			points, _ = item.Points.Decimal()
			return points, true
		}
	}
	return decimal.Decimal{}, false
}

// Value returns a named value, an input, or a field of one that is a record ("risk.class"), as text: a number in its
// shortest form, to 12 places where it does not end, a list or a record as JSON; ok is false where it is missing, or the
// policy has none of that name.
func (d *Decision) Value(name string) (text string, ok bool) {
	if !d.decided {
		return "", false
	}
	v, t := d.find(name)
	switch {
	case v == nil:
		return "", false
	case v.Kind == slot.List || v.Kind == slot.Record:
		return string(appendTyped(nil, v, t)), true
	}
	return string(appendPlain(nil, v)), v.Kind != slot.Missing
}

// Score returns the score at the scale of the policy. Where that is exact and the score does not end (1/3), it is rounded
// half_even to 12 places; see ExactScore. ok is false where there is no score.
func (d *Decision) Score() (score decimal.Decimal, ok bool) {
	n, ok := d.ExactScore()
	score, _ = n.Decimal()
	return score, ok
}

// ExactScore returns the score as the exact number that the grade was decided on.
func (d *Decision) ExactScore() (score Number, ok bool) {
	if !d.hasScoring() {
		return Number{}, false
	}
	v := d.brief()
	return v.score, v.hasScore
}

// ScoreText returns the score with all the places of its scale, "" where there is none.
func (d *Decision) ScoreText() string {
	n, ok := d.ExactScore()
	if !ok {
		return ""
	}
	return string(appendScaled(nil, n, d.policy.program.Rounding.Score))
}

// Grade returns the name of the grade after rules, transitions and an override; "" where there is none.
func (d *Decision) Grade() string {
	if !d.hasGrading() {
		return ""
	}
	return d.gradeName(d.brief().grade)
}

// GradeBefore returns the grade that the score alone gives; "" where there is none.
func (d *Decision) GradeBefore() string {
	if !d.hasGrading() {
		return ""
	}
	return d.gradeName(d.brief().scored)
}

func (d *Decision) hasGrading() bool { return d.decided && d.policy.program.File.Grade != nil }

// GradeIndex returns the index of the grade in Policy.Grades, where there is one.
func (d *Decision) GradeIndex() (index int, ok bool) {
	if !d.hasGrading() {
		return 0, false
	}
	v := d.brief()
	if !v.hasGrade {
		return 0, false
	}
	return v.grade, true
}

// PreviousGradeIndex returns the index in Policy.Grades of the grade that the customer had before, where the policy has
// `transitions`, the record tells it, and the customer has a grade now.
func (d *Decision) PreviousGradeIndex() (index int, ok bool) {
	if !d.decided || !d.policy.HasTransitions() || d.whole().Grade.Before < 0 {
		return 0, false
	}
	return d.whole().Grade.Before, true
}

func (d *Decision) gradeName(i int) string {
	if i < 0 {
		return ""
	}
	return d.policy.program.Grades[i]
}

// Attribute returns an attribute of the customer's grade, such as a term or a service, as text; ok is false where there is
// no grade, or it has no such attribute.
func (d *Decision) Attribute(name string) (text string, ok bool) { return d.Value("grade." + name) }

func (d *Decision) hasCredit() bool { return d.decided && d.policy.program.File.Credit != nil }

// Limit returns the limit that is in force: 0 for a customer who is rejected or referred. ok is false where the policy
// gives no limits, or this one is without end.
func (d *Decision) Limit() (limit decimal.Decimal, ok bool) {
	if !d.hasCredit() || d.Unlimited() {
		return decimal.Decimal{}, false
	}
	if d.Outcome() != Admitted {
		return decimal.New(0, int32(-d.policy.program.Rounding.Money)), true
	}
	return d.ProposedLimit()
}

// ExactLimit returns what Limit does as an exact number: it is on the scale of money.
func (d *Decision) ExactLimit() (limit Number, ok bool) {
	switch {
	case !d.hasCredit() || d.Unlimited():
		return Number{}, false
	case d.Outcome() != Admitted:
		return Number{}, true
	}
	return d.brief().limit.Value, d.hasProposal()
}

// CalculatedLimit returns the limit that the steps of the policy make, before one that was given by hand took its place; ok
// is false where ProposedLimit has none either, or the steps make none or one without end.
func (d *Decision) CalculatedLimit() (limit decimal.Decimal, ok bool) {
	if !d.hasProposal() || !d.whole().Credit.Override.Effect.Taken() {
		return d.ProposedLimit()
	}
	made := &d.whole().Credit.Override.Calculated
	if !made.Has || made.Amount.Unlimited {
		return decimal.Decimal{}, false
	}
	return d.money(made.Amount.Value), true
}

// LimitOverride returns what came of the limit given by hand that the record brings: "applied", "no change", "ignored:
// expired", "refused", or "unknown" where data are missing; "" where it brings none, or the customer is rejected.
func (d *Decision) LimitOverride() string {
	if !d.hasCredit() || d.Outcome() == Rejected {
		return ""
	}
	return d.whole().Credit.Override.Effect.String()
}

// Unlimited reports whether the limit is without end.
func (d *Decision) Unlimited() bool {
	return d.hasCredit() && d.Outcome() == Admitted && d.brief().limit.Unlimited
}

// ProposedLimit returns the limit that an admitted customer has, and a referred one would have if he was admitted. ok is
// false where it is missing or without end, and for a rejected customer.
func (d *Decision) ProposedLimit() (limit decimal.Decimal, ok bool) {
	if !d.hasProposal() || d.brief().limit.Unlimited {
		return decimal.Decimal{}, false
	}
	return d.money(d.brief().limit.Value), true
}

func (d *Decision) hasProposal() bool {
	return d.hasCredit() && d.Outcome() != Rejected && d.brief().hasLimit
}

// money returns n, which is on the scale of money, as a decimal that shows all its places.
func (d *Decision) money(n exact.Number) decimal.Decimal {
	x, _ := n.Decimal()
	return x.Round(int32(d.policy.program.Rounding.Money)).Truncate(int32(d.policy.program.Rounding.Money))
}

const unlimited = "unlimited"

// LimitText returns the limit with all the places of money, "unlimited", or "" where the policy gives none.
func (d *Decision) LimitText() string {
	switch {
	case !d.hasCredit():
		return ""
	case d.Outcome() != Admitted:
		return d.fixed(exact.Number{})
	}
	return d.amount(d.brief().limit.Value, d.brief().limit.Unlimited)
}

func (d *Decision) amount(n exact.Number, endless bool) string {
	if endless {
		return unlimited
	}
	return d.fixed(n)
}

func (d *Decision) fixed(n exact.Number) string { return n.Fixed(d.policy.program.Rounding.Money) }

// Binding returns the id of the step that bound the limit, "floor" where it would have been negative,
// "group", "override" where it was given by hand, "" where nothing did.
func (d *Decision) Binding() string {
	if !d.hasProposal() {
		return ""
	}
	return d.policy.program.File.Credit.BindingName(d.whole().Credit.Limit.Binding)
}

// Approval returns who may approve the limit, or the proposed one; "" where nobody needs to.
func (d *Decision) Approval() string {
	if !d.hasProposal() {
		return ""
	}
	return d.whole().Credit.Approval.By
}

// Exposure returns what the customer uses; ok is false where that is missing.
func (d *Decision) Exposure() (amount decimal.Decimal, ok bool) {
	if !d.hasCredit() || !d.whole().Credit.Exposure.Has {
		return decimal.Decimal{}, false
	}
	return d.money(d.whole().Credit.Exposure.Amount), true
}

// Available returns what the limit leaves to use, negative where more is used than allowed; ok is false where that is
// missing or without end.
func (d *Decision) Available() (amount decimal.Decimal, ok bool) {
	if !d.hasCredit() || !d.whole().Credit.Available.Has || d.whole().Credit.Available.Amount.Unlimited {
		return decimal.Decimal{}, false
	}
	return d.money(d.whole().Credit.Available.Amount.Value), true
}

// AvailableText returns what Available does with all the places of money, "unlimited", or "".
func (d *Decision) AvailableText() string {
	if !d.hasCredit() || !d.whole().Credit.Available.Has {
		return ""
	}
	return d.amount(d.whole().Credit.Available.Amount.Value, d.whole().Credit.Available.Amount.Unlimited)
}

// Standing returns how the customer stands on the day of the decision, as credit.Check takes it to check orders one by one:
// the limit in force, which is 0 unless he is admitted, what he uses, and the same of his group. What is overdue is for the
// caller to add. ok is false where the policy gives no limits, or what is used is missing.
func (d *Decision) Standing() (s credit.Standing, ok bool) {
	if !d.hasCredit() || !d.whole().Credit.Exposure.Has {
		return credit.Standing{}, false
	}
	c := &d.whole().Credit
	s = credit.Standing{AsOf: d.AsOf(), Currency: d.policy.program.File.Currency, Own: &credit.Line{Exposure: c.Exposure.Amount}}
	if d.Outcome() != Admitted {
		return s, true
	}
	s.Own.Limit = c.Limit.Amount
	if c.Group.Applies {
		s.Group = &credit.Line{Limit: credit.Of(c.Group.Limit), Exposure: c.Group.Exposure.Amount}
	}
	return s, true
}

// Request returns what becomes of the amount asked for: "allowed", "held", "refused", "unknown" where data are missing,
// or "" where the policy says nothing of requests.
func (d *Decision) Request() string {
	if !d.hasCredit() {
		return ""
	}
	return d.whole().Credit.Request.Verdict.String()
}

// ValidUntil returns the last day on which the limit, or in a policy without limits the grade, is good: at the latest the
// last day of an override by hand that was taken. ok is false where the policy does not say, or there is none, and for a
// rejected customer, of whom nothing is in force.
func (d *Decision) ValidUntil() (day Date, ok bool) {
	if !d.decided || d.Outcome() == Rejected || d.hasCredit() && !d.hasProposal() {
		return 0, false
	}
	if d.hasCredit() {
		day, ok = d.policy.program.File.Credit.ValidUntil(d.AsOf())
	}
	if !ok {
		day, ok = d.gradeUntil()
	}
	until, bounded := d.policy.program.Until(d.whole())
	return earlier(day, ok, until, bounded)
}

// NextReview returns the last day on which the grade is good, at the latest the last day of an override of it by hand: the
// customer is graded again by then. ok is false where the policy does not say, and for a rejected customer.
func (d *Decision) NextReview() (day Date, ok bool) {
	if !d.decided || d.Outcome() == Rejected {
		return 0, false
	}
	return d.gradeUntil()
}

// gradeUntil returns the last day on which the grade is good.
func (d *Decision) gradeUntil() (day Date, ok bool) {
	i, ok := d.GradeIndex()
	if !ok {
		return 0, false
	}
	day, ok = d.policy.program.File.Grade.ValidUntil(i, d.AsOf())
	if !d.whole().Grade.Overridden() {
		return day, ok
	}
	until, bounded := d.policy.program.Until(d.whole())
	return earlier(day, ok, until, bounded)
}

// earlier returns the earlier one of two days, where there are two.
func earlier(a Date, hasA bool, b Date, hasB bool) (day Date, ok bool) {
	if hasA && (!hasB || a <= b) {
		return a, true
	}
	return b, hasB
}

// Missing returns the inputs that the record does not have and whose absence mattered, in the order of the file.
func (d *Decision) Missing() []string { return d.blamed(program.Absent) }

// Undefined returns the expressions that had no value although their data are there: a division by zero, a table without
// a row that matches.
func (d *Decision) Undefined() []string {
	return append(d.blamed(program.Undefined), d.blamed(program.NoRow)...)
}

// blamed returns the names of the atoms of a kind that are to blame for what is missing.
func (d *Decision) blamed(k program.AtomKind) []string {
	if !d.decided {
		return nil
	}
	var out []string
	for _, atom := range d.policy.program.Blamed(d.whole(), d.whole().Missing) {
		if atom.Kind == k && !slices.Contains(out, atom.Name) {
			out = append(out, atom.Name)
		}
	}
	return out
}

// blamedFor returns the inputs that are to blame for a, and the expressions without a value.
func (d *Decision) blamedFor(a slot.Absence) []string {
	var out []string
	for _, atom := range d.policy.program.Blamed(d.whole(), a) {
		if !slices.Contains(out, atom.Name) {
			out = append(out, atom.Name)
		}
	}
	return out
}
