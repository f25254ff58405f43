package cases

import (
	"reflect"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/policy/internal/schema"
)

// Schema returns the JSON Schema of test files.
func Schema() ([]byte, error) {
	return schema.Of(reflect.TypeFor[file](), nil, "tests of a tallystick policy")
}

// file is a test file as it is written.
type file struct {
	doc.At
	Policy doc.Text   `key:"policy,required" doc:"the file of the policy, relative to this one"`
	AsOf   *model.Day `key:"as_of" doc:"the day of every case that has no as_of of its own"`
	Base   *doc.Node  `key:"base" doc:"the record that every case starts from"`
	Tests  []test     `key:"tests,required" doc:"the cases: name, as_of, given, expect"`
}

// DocDetails says that base is a record, and that there must be a case.
func (*file) DocDetails() doc.Details {
	return doc.Details{Keys: map[string][]any{"base": aRecord, "tests": {doc.Shape{Of: []test{}, Least: 1}}}}
}

// aRecord are the shapes of a record; nothing is an empty one.
var aRecord = []any{doc.Dict[*doc.Node]{}, nil}

// test is a case as it is written.
type test struct {
	doc.At
	Name   doc.Text   `key:"name,required" doc:"what the case shows, in words"`
	AsOf   *model.Day `key:"as_of" doc:"the day of this case"`
	Given  *doc.Node  `key:"given" doc:"changes to base; null makes an input missing"`
	Expect expect     `key:"expect,required" doc:"what the decision must be: outcome, score, grade, limit, ..."`
}

// DocDetails says that given is a record, and that something must be expected.
func (*test) DocDetails() doc.Details {
	return doc.Details{Keys: map[string][]any{"given": aRecord, "expect": {doc.Shape{Of: expect{}, Least: 1}}}}
}

// expect is what a case expects, all of it optional. Null stands for none.
type expect struct {
	doc.At
	Outcome       doc.Text          `key:"outcome,oneof=admitted|referred|rejected" doc:"what becomes of the customer"`
	Criteria      doc.Dict[result]  `key:"criteria" doc:"criteria by their id: pass, fail or unknown"`
	Points        doc.Dict[number]  `key:"points" doc:"points of indicators and groups by their id"`
	Values        doc.Dict[literal] `key:"values" doc:"named values"`
	Score         score             `key:"score" doc:"the score"`
	Grade         word              `key:"grade" doc:"the grade after rules, transitions and an override"`
	GradeBefore   word              `key:"grade_before" doc:"the grade that the score alone gives"`
	Attributes    doc.Dict[literal] `key:"attributes" doc:"attributes of the grade"`
	Limit         amount            `key:"limit" doc:"the limit in force: a number or unlimited"`
	ProposedLimit amount            `key:"proposed_limit" doc:"the limit that a referred customer would have"`
	Calculated    amount            `key:"calculated_limit" doc:"the limit that the steps make, before one given by hand took its place"`
	Steps         doc.Dict[amount]  `key:"steps" doc:"the amount after a step of the limit, by the step's id"`
	Binding       word              `key:"binding" doc:"the step that bound the limit, floor, group or override"`
	Approval      word              `key:"approval" doc:"who may approve the limit"`
	Exposure      number            `key:"exposure" doc:"what is used"`
	Available     amount            `key:"available" doc:"what is left to use: a number or unlimited"`
	Request       verdict           `key:"request" doc:"what becomes of the amount asked for: allowed, held, refused or unknown"`
	Reasons       list              `key:"reasons" doc:"reasons that must be there, in this order, by their text or code; [] for none at all"`
	Missing       list              `key:"missing" doc:"exactly the inputs whose absence mattered"`
	Undefined     list              `key:"undefined" doc:"exactly the expressions without a value"`
	ValidUntil    day               `key:"valid_until" doc:"the last day on which the limit is good"`
	NextReview    day               `key:"next_review" doc:"the last day on which the grade is good"`
	Segments      doc.Dict[literal] `key:"segments" doc:"segments by their id: the limit, or a map of limit, available and binding; null where it is not for the customer"`
	Error         *failure          `key:"error" doc:"the record or the decision must fail: a part of the message, or a map of field, code and message"`
}

// expectations returns what x expects, in the order of the file. Error is not among it.
func (x *expect) expectations() []Expectation {
	var l lister
	l.text("outcome", x.Outcome)
	dict(&l, "criteria", x.Criteria)
	dict(&l, "points", x.Points)
	dict(&l, "values", x.Values)
	l.add("score", x.Score.Want)
	l.add("grade", x.Grade.Want)
	l.add("grade_before", x.GradeBefore.Want)
	dict(&l, "attributes", x.Attributes)
	l.add("limit", x.Limit.Want)
	l.add("proposed_limit", x.ProposedLimit.Want)
	l.add("calculated_limit", x.Calculated.Want)
	dict(&l, "steps", x.Steps)
	l.add("binding", x.Binding.Want)
	l.add("approval", x.Approval.Want)
	l.add("exposure", x.Exposure.Want)
	l.add("available", x.Available.Want)
	l.add("request", x.Request.Want)
	l.add("reasons", x.Reasons.Want)
	l.add("missing", x.Missing.Want)
	l.add("undefined", x.Undefined.Want)
	l.add("valid_until", x.ValidUntil.Want)
	l.add("next_review", x.NextReview.Want)
	dict(&l, "segments", x.Segments)
	return l.inOrder()
}
