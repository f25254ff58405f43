package policy

import (
	"strings"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/scoring"
)

// Effect says what a Reason did.
type Effect string

// The effects, in the order in which reasons are ranked.
const (
	Rejects Effect = "reject" // the customer is rejected
	Refers  Effect = "refer"  // the customer is referred
	Warns   Effect = "warn"   // to be known, without effect
	Grades  Effect = "grade"  // the grade was changed
	Limits  Effect = "limit"  // the limit was bound
	Holds   Effect = "hold"   // the request is held
	Refuses Effect = "refuse" // the request is refused
	Scores  Effect = "score"  // the score was changed
)

// Reason is why a decision is as it is.
type Reason struct {
	Code   string // the id of the rule, unless the policy gives another code
	Text   string // for people
	Effect Effect
}

// Reasons returns why the decision is as it is: what rejects, what refers, warnings, rules that changed the grade, the
// step that bound the limit, holds on the request, and what changed the score, each in the order of the file.
func (d *Decision) Reasons() []Reason { return d.ReasonsIn("") }

// ReasonsIn returns the reasons in lang, "zh" or "en"; a text that the policy does not have in lang comes in the language
// that it has.
func (d *Decision) ReasonsIn(lang string) []Reason {
	if !d.decided {
		return nil
	}
	c := collector{d: d, lang: lang}
	c.admission()
	c.scoring()
	c.grade()
	c.credit()
	var out []Reason
	for _, e := range []Effect{Rejects, Refers, Warns, Grades, Limits, Refuses, Holds, Scores} {
		for _, r := range c.out {
			if r.Effect == e {
				out = append(out, r)
			}
		}
	}
	return out
}

// collector gathers reasons in the order of the file.
type collector struct {
	d    *Decision
	lang string
	out  []Reason
}

// add adds a reason, whose text is said in other words where the policy gives none.
func (c *collector) add(e Effect, code string, text doc.Title, otherwise string) {
	t := text.In(c.lang)
	if t == "" {
		t = otherwise
	}
	c.out = append(c.out, Reason{code, t, e})
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (c *collector) admission() {
	for i, s := range c.d.state.Criteria {
		decl := &c.d.policy.program.File.Admission[i]
		e := map[string]Effect{"": Rejects, "reject": Rejects, "refer": Refers, "warn": Warns}[decl.Otherwise]
		switch s.Result {
		case program.Pass:
			continue
		case program.Unknown:
			switch decl.Missing {
			case "pass":
				continue
			case "reject":
				e = Rejects
			default:
				e = Refers
			}
		}
		title := or(decl.Title.In(c.lang), decl.ID.Value)
		c.add(e, or(decl.Code, decl.ID.Value), decl.Reason, "the criterion "+title+" is "+map[program.Result]string{program.Fail: "not met", program.Unknown: "not known"}[s.Result])
	}
}

func (c *collector) scoring() {
	card := c.d.policy.program.File.Scoring
	if card == nil {
		return
	}
	r := &c.d.state.Score
	for i := range r.Items {
		item := &r.Items[i]
		ind := item.Indicator
		e := Refers
		switch item.Effect {
		case scoring.Rejects:
			e = Rejects
		case scoring.Refers:
		default:
			continue
		}
		c.add(e, or(ind.Code, ind.ID.Value), ind.Reason, "the indicator "+or(ind.Title.In(c.lang), ind.ID.Value)+" cannot be scored: data are missing")
	}
	if !r.HasScore && r.Outcome == scoring.OutcomeRefer && len(c.out) == 0 {
		c.add(Refers, "score", doc.Title{}, "there is no score: data are missing")
	}
	for i := range r.Adjustments {
		if a := &r.Adjustments[i]; a.Holds && a.Amount.Sign() != 0 && r.HasScore {
			x := a.Adjustment
			c.add(Scores, or(x.Code, x.ID.Value), x.Reason, or(x.Title.In(c.lang), x.ID.Value)+": "+a.Amount.String()+" points")
		}
	}
	for i := range r.Caps {
		if a := &r.Caps[i]; a.Bound && r.HasScore {
			x := a.Cap
			c.add(Scores, or(x.Code, x.ID.Value), x.Reason, or(x.Title.In(c.lang), x.ID.Value)+": the score is at most "+a.Amount.String())
		}
	}
	for _, x := range card.Reasons(r) {
		c.add(Scores, x.Code, x.Text, x.Code)
	}
}

func (c *collector) grade() {
	l := c.d.policy.program.File.Grade
	if l == nil {
		return
	}
	r := &c.d.state.Grade
	for i := range r.Steps {
		s := &r.Steps[i]
		switch {
		case s.Kind == grade.OfRule && s.Effect == grade.Unknown:
			x := &l.Rules[s.Index]
			c.add(Refers, x.ReasonCode(), x.Reason, "it cannot be told whether the rule "+x.ID+" applies: data are missing")
		case s.Kind == grade.OfRule && s.Effect == grade.Applied:
			x := &l.Rules[s.Index]
			c.add(Grades, x.ReasonCode(), x.Reason, "the rule "+x.ID+" changes the grade from "+c.name(s.From)+" to "+c.name(s.To))
		case s.Kind == grade.Transition && s.Effect == grade.Unknown:
			c.add(Refers, "transitions", doc.Title{}, "it cannot be told how far the grade may move: data are missing")
		case s.Kind == grade.Transition && s.Fired() && s.From != s.To:
			c.add(Grades, "transitions", doc.Title{}, "the grade may not move from the previous one to "+c.name(s.From)+": it is "+c.name(s.To))
		case s.Kind == grade.ByHand && s.Fired():
			by := []string{"the grade was set by hand to " + c.name(s.To)}
			if v, ok := c.d.Value("override.by"); ok {
				by = append(by, "by "+v)
			}
			if v, ok := c.d.Value("override.reason"); ok {
				by = append(by, "("+v+")")
			}
			c.add(Grades, "override", doc.Title{}, strings.Join(by, " "))
		case s.Kind == grade.ByHand && s.Effect == grade.Expired:
			c.add(Warns, "override", doc.Title{}, "the override by hand has expired and is ignored")
		}
	}
	if !r.Has && r.NoRow {
		c.add(Refers, "grade", doc.Title{}, "no row of the scale holds for the score")
	}
	if r.Has {
		row := &l.Scale[r.Final]
		text := doc.Title{}
		if title := row.Title.In(c.lang); title != "" {
			text = doc.TitleOf(row.Grade + " " + title)
		}
		switch row.Outcome {
		case grade.Reject:
			c.add(Rejects, "grade", text, "the grade is "+row.Grade)
		case grade.Refer:
			c.add(Refers, "grade", text, "the grade is "+row.Grade)
		}
	}
}

func (c *collector) name(i int) string {
	if i < 0 {
		return "none"
	}
	return c.d.policy.program.Grades[i]
}

func (c *collector) credit() {
	t := c.d.policy.program.File.Credit
	if t == nil {
		return
	}
	r := &c.d.state.Credit
	switch {
	case r.Limit.Missing != 0 && c.d.state.Grade.Has:
		c.add(Refers, "limit", doc.Title{}, "the limit cannot be worked out: data are missing")
	case r.Approval.Missing != 0:
		c.add(Refers, "approval", doc.Title{}, "it cannot be told who may approve: data are missing")
	case c.d.hasProposal() && !r.Approval.Has && len(t.Approval) > 0:
		c.add(Refers, "approval", doc.Title{}, "nobody may approve this limit")
	}
	if r.Exposure.Missing != 0 {
		c.add(Refers, "exposure", doc.Title{}, "the exposure cannot be worked out: data are missing")
	}
	if c.d.hasProposal() {
		switch b := r.Limit.Binding; {
		case b >= 0:
			s := &t.Steps[b]
			name := t.BindingName(b)
			c.add(Limits, or(s.Code, name), s.Reason, "the limit is bound by "+or(s.Title.In(c.lang), name))
		case b == credit.ByFloor:
			c.add(Limits, "floor", doc.Title{}, "the limit would be negative: it is 0")
		case b == credit.ByGroup:
			c.add(Limits, "group", t.Group.Reason, "the limit is bound by that of the group")
		}
	}
	if r.Request.Over {
		e := Holds
		if t.Requested.Over == "refuse" {
			e = Refuses
		}
		c.add(e, t.Requested.ReasonCode(), t.Requested.Reason, "the amount asked for is more than is available")
	}
	for i, h := range r.Request.Holds {
		decl := &t.Holds[i]
		switch h.Verdict {
		case credit.Held:
			c.add(Holds, decl.ReasonCode(), decl.Reason, "requests are held: "+decl.ID)
		case credit.Refused:
			c.add(Refuses, decl.ReasonCode(), decl.Reason, "requests are refused: "+decl.ID)
		case credit.Unsure:
			c.add(Refers, decl.ReasonCode(), decl.Reason, "it cannot be told whether "+decl.ID+" holds: data are missing")
		}
	}
}
