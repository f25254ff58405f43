package cases

import (
	"encoding/json"
	"strings"

	"github.com/tallystick-go/tallystick/policy"
)

// printed is a decision as it prints itself. Test files are written by people who have seen that, and no accessor shows
// the steps of the limit.
type printed struct {
	decision    *policy.Decision
	explanation *policy.Explanation // made when it is asked for
	printedJSON
}

// printedJSON is the part of policy.Decision.MarshalJSON that cases look at.
type printedJSON struct {
	Outcome  string `json:"outcome"`
	Criteria []struct {
		ID     string `json:"id"`
		Result string `json:"result"`
	} `json:"criteria"`
	Indicators    []earner       `json:"indicators"`
	Groups        []earner       `json:"groups"`
	Values        map[string]any `json:"values"`
	Score         string         `json:"score"`
	ScoreExact    string         `json:"score_exact"`
	Grade         string         `json:"grade"`
	GradeSteps    []gradeStep    `json:"grade_steps"`
	Attributes    map[string]any `json:"attributes"`
	Limit         string         `json:"limit"`
	ProposedLimit string         `json:"proposed_limit"`
	Calculated    string         `json:"calculated_limit"`
	Steps         []limitStep    `json:"steps"`
	Binding       string         `json:"binding"`
	Approval      string         `json:"approval"`
	Exposure      string         `json:"exposure"`
	Available     string         `json:"available"`
	Request       string         `json:"request"`
	Segments      []segment      `json:"segments"`
	ValidUntil    string         `json:"valid_until"`
	NextReview    string         `json:"next_review"`
	Missing       []string       `json:"missing"`
	Undefined     []string       `json:"undefined"`
}

// earner is an indicator or a group.
type earner struct {
	ID     string `json:"id"`
	Value  any    `json:"value"`
	Row    int    `json:"row"`
	Points string `json:"points"`
	Raw    string `json:"raw"`
	Weight string `json:"weight"`
	Effect string `json:"effect"`
}

type gradeStep struct {
	Kind   string `json:"kind"`
	ID     string `json:"id"`
	Effect string `json:"effect"`
	From   string `json:"from"`
	To     string `json:"to"`
}

type limitStep struct {
	ID    string `json:"id"`
	After string `json:"after"`
}

// segment is a limit within the limit.
type segment struct {
	ID        string `json:"id"`
	Limit     string `json:"limit"`
	Available string `json:"available"`
	Binding   string `json:"binding"`
}

// printedBy returns d as it prints itself.
func printedBy(d *policy.Decision) (*printed, error) {
	p := &printed{decision: d}
	return p, json.Unmarshal(d.AppendJSON(nil), &p.printedJSON)
}

// explained returns the explanation of the decision.
func (p *printed) explained() *policy.Explanation {
	if p.explanation == nil {
		p.explanation = p.decision.Explain("")
	}
	return p.explanation
}

// one returns a figure's got of what a decision has one of.
func one(get func(*printed) string) func(*printed, string) any {
	return func(p *printed, _ string) any { return some(get(p)) }
}

// some returns s, or nil where there is none.
func some(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func (p *printed) outcome() string     { return p.Outcome }
func (p *printed) grade() string       { return p.Grade }
func (p *printed) gradeBefore() string { return p.decision.GradeBefore() }
func (p *printed) limit() string       { return p.Limit }
func (p *printed) binding() string     { return p.Binding }
func (p *printed) approval() string    { return p.Approval }
func (p *printed) exposure() string    { return p.Exposure }
func (p *printed) available() string   { return p.Available }
func (p *printed) request() string     { return p.Request }
func (p *printed) validUntil() string  { return p.ValidUntil }
func (p *printed) nextReview() string  { return p.NextReview }

// score returns the score exactly, where its decimals do not tell it.
func (p *printed) score() string {
	if p.ScoreExact != "" {
		return p.ScoreExact
	}
	return p.Score
}

// proposedLimit returns what an admitted customer has as well: a limit that is in force was proposed before.
func (p *printed) proposedLimit() string {
	if p.Outcome == policy.Admitted.String() {
		return p.Limit
	}
	return p.ProposedLimit
}

// calculatedLimit returns the limit that the steps make, which is written only where another one took its place.
func (p *printed) calculatedLimit() string {
	if p.decision.LimitOverride() == "applied" || p.decision.LimitOverride() == "no change" {
		return p.Calculated
	}
	return p.proposedLimit()
}

func (p *printed) criterion(id string) any {
	for _, c := range p.Criteria {
		if c.ID == id {
			return c.Result
		}
	}
	return nil
}

func (p *printed) points(id string) any {
	if e := p.earner(id); e != nil {
		return some(e.Points)
	}
	return nil
}

// earner returns the indicator or the group id, or nil.
func (p *printed) earner(id string) *earner {
	for _, list := range [][]earner{p.Indicators, p.Groups} {
		for i := range list {
			if list[i].ID == id {
				return &list[i]
			}
		}
	}
	return nil
}

// value returns a value, or a field of one that is a record: risk.class.
func (p *printed) value(name string) any {
	name, field, dotted := strings.Cut(name, ".")
	v := p.Values[name]
	for dotted {
		name, field, dotted = strings.Cut(field, ".")
		fields, _ := v.(map[string]any)
		v = fields[name]
	}
	return v
}

func (p *printed) attribute(name string) any { return p.Attributes[name] }

func (p *printed) step(id string) any {
	for _, s := range p.Steps {
		if s.ID == id {
			return s.After
		}
	}
	return nil
}

// segment returns the figures of a segment that is for the customer.
func (p *printed) segment(id string) any {
	for _, s := range p.Segments {
		if s.ID == id {
			return map[string]any{"limit": some(s.Limit), "available": some(s.Available), "binding": some(s.Binding)}
		}
	}
	return nil
}

func (p *printed) missing(string) any   { return p.Missing }
func (p *printed) undefined(string) any { return p.Undefined }

// reason is a reason with its text in every language that it may be expected in.
type reason struct {
	policy.Reason
	texts []string
}

// languages of the reasons; "" is that of the policy.
var languages = []string{"", "zh", "en"}

func (p *printed) reasons(string) any {
	var out []reason
	for _, lang := range languages {
		for i, r := range p.decision.ReasonsIn(lang) {
			if i == len(out) {
				out = append(out, reason{Reason: r})
			}
			out[i].texts = append(out[i].texts, r.Text)
		}
	}
	return out
}
