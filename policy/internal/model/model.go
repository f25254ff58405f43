// Package model is a policy file as it was read: every section a struct with its places, before anything is compiled.
// Checks, documents and comparisons work on it; the package program makes a decider of it.
package model

import (
	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/scoring"
)

// File is a policy file of format 1, its sections in the order in which a customer passes through them.
type File struct {
	doc.At
	Policy    doc.Text           `key:"policy,required" doc:"the identifier of the policy"`
	Version   doc.Text           `key:"version,required" doc:"the version, a text of your own"`
	Title     doc.Title          `key:"title" doc:"the name for people"`
	Issuer    doc.Title          `key:"issuer" doc:"who issued the policy"`
	Number    doc.Text           `key:"number" doc:"the document number (文号)"`
	Published *Day               `key:"published" doc:"the day of publication"`
	Effective *Span              `key:"effective" doc:"when the policy is in force: from, until (the first day after)"`
	Currency  string             `key:"currency" doc:"the currency of all money, for people"`
	Rounding  *Rounding          `key:"rounding" doc:"places of points, score and money, and how to round"`
	Inputs    doc.Dict[Input]    `key:"inputs,required" doc:"what a customer record holds"`
	Values    doc.Dict[Value]    `key:"values" doc:"expressions and decision tables named once, used anywhere"`
	Functions doc.Dict[doc.Text] `key:"functions" doc:"expressions with parameters: name(a, b): expression"`
	Admission []Criterion        `key:"admission" doc:"准入: the criteria, all of them evaluated"`
	Scoring   *scoring.Card      `key:"scoring" doc:"评分: indicators and how their points become a score"`
	Grade     *grade.Ladder      `key:"grade" doc:"等级: the scale, rules and transitions"`
	Credit    *credit.Terms      `key:"credit" doc:"信用额度: limit, exposure and approval"`
	Accept    []Accepted         `key:"accept" doc:"findings that are known and meant, each with the reason"`
}

// identifier is what can be a name in expressions.
const identifier = `[\p{L}_][\p{L}\p{Nd}_]*`

// DocDetails says which names inputs and values may have.
func (*File) DocDetails() doc.Details {
	return doc.Details{Keys: map[string][]any{
		"inputs": {doc.Shape{Of: doc.Dict[Input]{}, Names: &doc.Pattern{
			Regexp: `^` + identifier + `(\.` + identifier + `)*$`, Examples: []string{"last_sales", "applicant.income"},
		}}},
		"values": {doc.Shape{Of: doc.Dict[Value]{}, Names: &doc.Pattern{
			Regexp: `^` + identifier + `$`, Examples: []string{"last_sales", "增长率"},
		}}},
	}}
}

// Span is the time from one day until the day before another; either end may be open.
type Span struct {
	doc.At
	From  *Day `key:"from" doc:"the first day in force"`
	Until *Day `key:"until" doc:"the first day no longer in force"`
}

// Rounding says where figures are rounded, and how.
type Rounding struct {
	doc.At
	Points *Places `key:"points" doc:"decimal places of points, or exact"`
	Score  *Places `key:"score" doc:"decimal places of the score, or exact"`
	Money  *Places `key:"money" doc:"decimal places of money"`
	Mode   *Mode   `key:"mode" doc:"half_up, half_even, half_down, up, down, ceiling or floor"`
}

// Input declares one thing that a customer record holds.
type Input struct {
	doc.At
	Type     string        `key:"type,required,short,oneof=number|string|bool|date|grade|list|record" doc:"number, string, bool, date, grade, list or record" meant:"int=number, and decimals: 0|integer=number, and decimals: 0|整数=number, and decimals: 0|float=number|double=number|decimal=number|numeric=number|money=number|amount=number|percent=number (5% is 0.05)|text=string|str=string|varchar=string|boolean=bool|logical=bool|yes/no=bool|datetime=date|day=date|timestamp=date|rating=grade|array=list|object=record|map=record|struct=record"`
	Title    doc.Title     `key:"title" doc:"the name for people"`
	From     doc.Text      `key:"from" doc:"the name in the record, where it is another"`
	Required bool          `key:"required" doc:"whether a record without it is an error"`
	Unit     string        `key:"unit" doc:"the unit, for people"`
	Min      *doc.Node     `key:"min" doc:"least value, included (a number or a date)"`
	Above    *exact.Number `key:"above" doc:"lower bound, not included"`
	Max      *doc.Node     `key:"max" doc:"greatest value, included (a number or a date)"`
	Below    *exact.Number `key:"below" doc:"upper bound, not included"`
	Decimals *int          `key:"decimals" doc:"most decimal places, 0 for whole numbers"`
	Ranges   []Range       `key:"ranges" doc:"allowed intervals"`
	OneOf    []*doc.Node   `key:"one_of" doc:"the allowed values"`
	Parts    *doc.Node     `key:"of" doc:"list: what an item is; record: its fields"`
}

// DocDetails says what is read where the type decides how.
func (*Input) DocDetails() doc.Details {
	return doc.Details{Keys: map[string][]any{
		"min": aBound, "max": aBound, "one_of": {[]string{}}, "of": {Input{}, doc.Dict[Input]{}},
	}}
}

// aBound are the shapes of a bound of numbers or dates.
var aBound = []any{exact.Number{}, Day{}}

// Range is an interval of allowed numbers, both ends included.
type Range struct {
	doc.At
	Min exact.Number `key:"min,required" doc:"least value, included"`
	Max exact.Number `key:"max,required" doc:"greatest value, included"`
}

// Criterion is a condition of admission.
type Criterion struct {
	doc.At
	ID        doc.Text       `key:"id,required" doc:"the identifier of the criterion"`
	Title     doc.Title      `key:"title" doc:"the name for people"`
	Require   slot.Condition `key:"require,required" doc:"what must be true"`
	Otherwise string         `key:"otherwise,oneof=reject|refer|warn" doc:"what happens where it is false: reject (unsaid), refer or warn"`
	Missing   string         `key:"missing,oneof=reject|refer|pass" doc:"what happens where it cannot be told: reject, refer (unsaid) or pass"`
	Reason    doc.Title      `key:"reason" doc:"the reason given where it is not met"`
	Code      string         `key:"code" doc:"the code of the reason, the id if unsaid"`
}

// Accepted is a finding of the checks that is known and meant.
type Accepted struct {
	doc.At
	Code   doc.Text `key:"code,required" doc:"the code of the finding, the word that stands in [ ] behind it"`
	Where  doc.Text `key:"at" doc:"where it is: keys, and the ids of list items or their numbers from 1, joined by dots; all of the file if unsaid"`
	Reason doc.Text `key:"reason,required" doc:"why it is meant"`
}
