package prove

import (
	"encoding/json"

	"github.com/tallystick-go/tallystick/internal/exact"
)

// MarshalJSON writes the report. Numbers are strings that keep every digit, witnesses are records, null where there is none.
//
//	as_of, records, complete     how much was decided; complete: these are all the records that there can be
//	by_hand_left_out             true where the policy lets grades or limits be given by hand
//	ordinary                     the record that the witnesses were made of
//	score, indicators            id, lowest and highest: bound (where there is one), reached, verdict, witness
//	grades                       grade, verdict, witness, and the largest limit
//	limit                        limit or unlimited, bound, verdict, grade, binding, approval, witness
//	claims                       about, id, line, verdict, witness, detail
//
// Beside a verdict that is unproved stands why.
func (r *Report) MarshalJSON() ([]byte, error) {
	out := jsonReport{AsOf: r.AsOf.String(), Records: r.Records, Complete: r.Complete, ByHand: r.ByHand, Ordinary: r.Ordinary, Limit: jsonOfLimit(r.Limit)}
	if r.Score != nil {
		x := jsonOfExtent(r.Score)
		out.Score = &x
	}
	for i := range r.Points {
		out.Indicators = append(out.Indicators, jsonOfExtent(&r.Points[i]))
	}
	for i := range r.Grades {
		g := &r.Grades[i]
		out.Grades = append(out.Grades, jsonGrade{g.Name, g.Verdict, g.Why, g.Witness, jsonOfLimit(g.Limit)})
	}
	for i := range r.Claims {
		c := &r.Claims[i]
		out.Claims = append(out.Claims, jsonClaim{c.About, c.ID, c.Place.Line, c.Verdict, c.Why, c.Witness, c.Detail})
	}
	return json.Marshal(out)
}

type jsonReport struct {
	AsOf       string       `json:"as_of"`
	Records    int          `json:"records"`
	Complete   bool         `json:"complete"`
	ByHand     bool         `json:"by_hand_left_out,omitempty"`
	Ordinary   Witness      `json:"ordinary"`
	Score      *jsonExtent  `json:"score,omitempty"`
	Indicators []jsonExtent `json:"indicators,omitempty"`
	Grades     []jsonGrade  `json:"grades,omitempty"`
	Limit      *jsonLimit   `json:"limit,omitempty"`
	Claims     []jsonClaim  `json:"claims"`
}

type jsonExtent struct {
	ID      string  `json:"id"`
	Lowest  jsonEnd `json:"lowest"`
	Highest jsonEnd `json:"highest"`
}

type jsonEnd struct {
	Bound   *exact.Number `json:"bound,omitempty"`
	Reached *exact.Number `json:"reached,omitempty"`
	Verdict Verdict       `json:"verdict"`
	Why     string        `json:"why,omitempty"`
	Witness Witness       `json:"witness"`
}

type jsonGrade struct {
	Grade   string     `json:"grade"`
	Verdict Verdict    `json:"verdict"`
	Why     string     `json:"why,omitempty"`
	Witness Witness    `json:"witness"`
	Limit   *jsonLimit `json:"limit,omitempty"`
}

type jsonLimit struct {
	Unlimited bool `json:"unlimited,omitempty"`
	jsonEnd
	Grade    string `json:"grade,omitempty"`
	Binding  string `json:"binding,omitempty"`
	Approval string `json:"approval,omitempty"`
}

type jsonClaim struct {
	About   About   `json:"about"`
	ID      string  `json:"id,omitempty"`
	Line    int     `json:"line,omitempty"`
	Verdict Verdict `json:"verdict"`
	Why     string  `json:"why,omitempty"`
	Witness Witness `json:"witness"`
	Detail  string  `json:"detail,omitempty"`
}

func jsonOfExtent(x *Extent) jsonExtent {
	return jsonExtent{x.ID, jsonOfEnd(&x.Lowest), jsonOfEnd(&x.Highest)}
}

func jsonOfEnd(e *End) jsonEnd {
	out := jsonEnd{Verdict: e.Verdict, Why: e.Why, Witness: e.Witness}
	if e.Bounded {
		out.Bound = &e.Bound
	}
	if e.Witness.Found() {
		out.Reached = &e.Reached
	}
	return out
}

func jsonOfLimit(l *Limit) *jsonLimit {
	if l == nil {
		return nil
	}
	out := &jsonLimit{l.Unlimited, jsonOfEnd(&l.End), l.Grade, l.Binding, l.Approval}
	if l.Unlimited {
		out.Reached, out.Bound = nil, nil
	}
	return out
}
