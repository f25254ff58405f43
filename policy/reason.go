package policy

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
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
	Refuses Effect = "refuse" // the request is refused
	Holds   Effect = "hold"   // the request is held
	Scores  Effect = "score"  // the score was changed
)

// Reason is why a decision is as it is.
type Reason struct {
	Code    string // the id of the rule, unless the policy gives another code
	Text    string // for people
	Effect  Effect
	Missing []string // the inputs, and expressions without a value, for want of which it could not be told otherwise
}

// Reasons returns why the decision is as it is: what rejects, what refers, warnings, rules that changed the grade, the
// step that bound the limit, holds on the request, and what changed the score, each in the order of the file.
func (d *Decision) Reasons() []Reason { return d.ReasonsIn("") }

// ReasonsIn returns the reasons in lang, "zh" or "en", or in the language of the policy where lang is "". A text that the
// policy does not have in lang comes in the language that it has.
func (d *Decision) ReasonsIn(lang string) []Reason { return slices.Collect(d.reasons(lang)) }

// reasons yields what ReasonsIn returns.
func (d *Decision) reasons(lang string) iter.Seq[Reason] {
	return func(yield func(Reason) bool) {
		if !d.decided {
			return
		}
		c := collectors.Get().(*collector)
		c.d, c.lang, c.zh = d, lang, lang == "zh" || lang == "" && d.policy.chinese
		c.admission()
		c.scoring()
		c.grade()
		c.credit()
		for _, e := range ranks {
			for i := range c.out {
				if c.out[i].Effect == e && !yield(c.out[i]) {
					return
				}
			}
		}
		clear(c.out)
		c.d, c.out = nil, c.out[:0]
		collectors.Put(c)
	}
}

// ranks are the effects in the order in which reasons are ranked.
var ranks = [...]Effect{Rejects, Refers, Warns, Grades, Limits, Refuses, Holds, Scores}

// collectors are kept for the next decision.
var collectors = sync.Pool{New: func() any { return new(collector) }}

// collector gathers reasons in the order of the file.
type collector struct {
	d    *Decision
	lang string
	zh   bool // our own words are Chinese
	out  []Reason
}

// add adds a reason, whose text is said in other words where the policy gives none.
func (c *collector) add(e Effect, code string, text doc.Title, otherwise string) {
	c.out = append(c.out, Reason{Code: code, Text: or(text.In(c.lang), otherwise), Effect: e})
}

// unknown adds a reason why something could not be told. A reason of the policy says what was found, and nothing was
// found here: it is told as the question that is open.
func (c *collector) unknown(e Effect, code string, reason doc.Title, otherwise string, missing slot.Absence) {
	if text := reason.In(c.lang); text != "" {
		otherwise = c.say("无法判断：%s", "it cannot be told: %s", text)
	}
	c.add(e, code, doc.Title{}, otherwise)
	c.out[len(c.out)-1].Missing = c.d.blamedFor(missing)
}

// say returns our own words in the language asked for.
func (c *collector) say(zh, en string, args ...any) string {
	if c.zh {
		return fmt.Sprintf(zh, args...)
	}
	return fmt.Sprintf(en, args...)
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (c *collector) admission() {
	for i, s := range c.d.whole().Criteria {
		decl := &c.d.policy.program.File.Admission[i]
		e := Rejects
		switch decl.Otherwise {
		case "refer":
			e = Refers
		case "warn":
			e = Warns
		}
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
		code := or(decl.Code, decl.ID.Value)
		switch {
		case s.Result == program.Fail:
			c.add(e, code, decl.Reason, c.say("不符合准入条件：%s", "the criterion %s is not met", title))
		case e == Rejects && decl.Reason.In(c.lang) != "": // the policy takes what is missing for a failure
			c.add(e, code, decl.Reason, "")
			c.out[len(c.out)-1].Missing = c.d.blamedFor(s.Missing)
		default:
			c.unknown(e, code, decl.Reason, c.say("无法判断准入条件：%s", "it cannot be told whether the criterion %s is met", title), s.Missing)
		}
	}
}

func (c *collector) scoring() {
	card := c.d.policy.program.File.Scoring
	if card == nil {
		return
	}
	r := &c.d.whole().Score
	before := len(c.out)
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
		c.unknown(e, or(ind.Code, ind.ID.Value), doc.Title{},
			c.say("指标无法评分：%s", "the indicator %s cannot be scored", or(ind.Title.In(c.lang), ind.ID.Value)), item.Missing)
	}
	if !r.HasScore && r.Outcome == scoring.OutcomeRefer && len(c.out) == before {
		c.unknown(Refers, "score", doc.Title{}, c.say("无法得出总分", "there is no score"), r.Missing)
	}
	for i := range r.Adjustments {
		if a := &r.Adjustments[i]; a.Holds && a.Amount.Sign() != 0 && r.HasScore {
			x := a.Adjustment
			c.add(Scores, or(x.Code, x.ID.Value), x.Reason, c.say("%s：%s分", "%s: %s points", or(x.Title.In(c.lang), x.ID.Value), a.Amount))
		}
	}
	for i := range r.Caps {
		if a := &r.Caps[i]; a.Bound && r.HasScore {
			x := a.Cap
			c.add(Scores, or(x.Code, x.ID.Value), x.Reason, c.say("%s：总分最高%s", "%s: the score is at most %s", or(x.Title.In(c.lang), x.ID.Value), a.Amount))
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
	r := &c.d.whole().Grade
	for i := range r.Steps {
		s := &r.Steps[i]
		switch {
		case s.Kind == grade.OfRule && s.Effect == grade.Unknown:
			x := &l.Rules[s.Index]
			c.unknown(Refers, x.ReasonCode(), x.Reason, c.say("无法判断等级规则：%s", "it cannot be told whether the rule %s applies", x.ID), s.Missing)
		case s.Kind == grade.OfRule && s.Effect == grade.Applied:
			x := &l.Rules[s.Index]
			c.add(Grades, x.ReasonCode(), x.Reason, c.say("规则%s：等级由%s调整为%s", "the rule %s changes the grade from %s to %s", x.ID, c.name(s.From), c.name(s.To)))
		case s.Kind == grade.Hold && r.Steps[s.Index].Effect != grade.Applied: // its rule changed nothing in its turn
			x := &l.Rules[s.Index]
			c.add(Grades, x.ReasonCode(), x.Reason, c.say("规则%s：等级由%s调整为%s", "the rule %s changes the grade from %s to %s", x.ID, c.name(s.From), c.name(s.To)))
		case s.Kind == grade.Transition && s.Effect == grade.Unknown:
			c.unknown(Refers, "transitions", doc.Title{}, c.say("无法判断等级升降限制", "it cannot be told how far the grade may move"), s.Missing)
		case s.Kind == grade.Transition && s.Fired() && s.From != s.To:
			c.add(Grades, "transitions", l.Transitions.Reason, c.say("受上期等级限制，由%s调整为%s", "the grade may not move from the previous one to %s: it is %s", c.name(s.From), c.name(s.To)))
		case s.Kind == grade.ByHand && s.Fired() && s.From != s.To:
			c.add(Grades, "override", doc.Title{}, c.signed(c.say("人工调整为%s", "the grade was set by hand to %s", c.name(s.To))))
		case s.Kind == grade.ByHand && s.Effect == grade.Expired:
			c.add(Warns, "override", doc.Title{}, c.say("人工调整已过期，不予采用", "the override by hand has expired and is ignored"))
		case s.Kind == grade.ByHand && s.Effect == grade.NotTaken:
			var refused *grade.OverrideError
			if errors.As(r.Refused, &refused) {
				c.add(Warns, "override", doc.Title{}, c.refused("人工调整", "the override by hand", refused.Reason))
			}
		}
	}
	if !r.Has && !r.NoRow && l.Of.IsSet() { // without a score it is the score that is the reason
		c.unknown(Refers, "grade", doc.Title{}, c.say("无法得出等级", "the grade cannot be told"), r.Missing)
	}
	if !r.Has && r.NoRow {
		c.add(Refers, "grade", doc.Title{}, c.say("总分不在任何等级之内", "no row of the scale holds for the score"))
	}
	if r.Has {
		switch l.Scale[r.Final].Outcome {
		case grade.Reject:
			c.add(Rejects, "grade", doc.Title{}, c.graded(&l.Scale[r.Final]))
		case grade.Refer:
			c.add(Refers, "grade", doc.Title{}, c.graded(&l.Scale[r.Final]))
		}
	}
}

// graded says which grade it is.
func (c *collector) graded(row *grade.Row) string {
	if title := row.Title.In(c.lang); title != "" {
		return row.Grade + " " + title
	}
	return c.say("等级为%s", "the grade is %s", row.Grade)
}

// refused says that what was given by hand was not taken, and why.
func (c *collector) refused(zh, en string, reason doc.Title) string {
	if c.zh {
		return zh + "不予采用：" + reason.In("zh")
	}
	return en + " is not taken: " + reason.In("en")
}

// signed adds to text who gave an override by hand, and why.
func (c *collector) signed(text string) string {
	if who, ok := c.d.Value("override.by"); ok {
		text += c.say("，调整人：%s", " by %s", who)
	}
	if why, ok := c.d.Value("override.reason"); ok {
		text += c.say("，原因：%s", ": %s", why)
	}
	return text
}

func (c *collector) name(i int) string {
	if i < 0 {
		return c.say("无", "none")
	}
	return c.d.policy.program.Grades[i]
}

// limitByHand says what came of a limit given by hand.
func (c *collector) limitByHand(o *credit.OverrideResult) {
	const code = "limit-override"
	switch o.Effect {
	case credit.OverrideTaken:
		c.add(Limits, code, doc.Title{}, c.signed(c.say("额度人工调整为%s", "the limit was set by hand to %s", c.d.fixed(o.Limit))))
	case credit.OverrideExpired:
		c.add(Warns, code, doc.Title{}, c.say("额度的人工调整已过期，不予采用", "the limit given by hand has expired and is ignored"))
	case credit.OverrideRefused:
		c.add(Warns, code, doc.Title{}, c.refused("额度的人工调整", "the limit given by hand", o.Refusal))
	case credit.OverrideUnknown:
		c.unknown(Refers, code, doc.Title{}, c.say("无法判断是否允许人工调整额度", "it cannot be told whether the limit given by hand is allowed"), o.Missing)
	}
}

func (c *collector) credit() {
	t := c.d.policy.program.File.Credit
	if t == nil {
		return
	}
	r := &c.d.whole().Credit
	switch {
	case r.Limit.Missing != 0 && (c.d.policy.program.File.Grade == nil || c.d.whole().Grade.Has): // else the grade is the reason
		c.unknown(Refers, "limit", doc.Title{}, c.say("无法计算信用额度", "the limit cannot be worked out"), r.Limit.Missing)
	case r.Approval.Missing != 0:
		c.unknown(Refers, "approval", doc.Title{}, c.say("无法确定审批权限", "it cannot be told who may approve"), r.Approval.Missing)
	case c.d.hasProposal() && !r.Approval.Has && len(t.Approval) > 0:
		c.add(Refers, "approval", doc.Title{}, c.say("该额度无人有权审批", "nobody may approve this limit"))
	}
	if t.Group != nil && r.Limit.Missing == 0 && (r.Group.Missing != 0 || r.Group.Exposure.Missing != 0) {
		missing := r.Group.Missing
		if missing == 0 {
			missing = r.Group.Exposure.Missing
		}
		c.unknown(Refers, "group", doc.Title{}, c.say("无法计算集团额度的占用", "it cannot be told what the group has left"), missing)
	}
	if r.Exposure.Missing != 0 {
		c.unknown(Refers, "exposure", doc.Title{}, c.say("无法计算已用额度", "the exposure cannot be worked out"), r.Exposure.Missing)
	}
	if c.d.hasProposal() {
		switch b := r.Limit.Binding; {
		case b >= 0:
			s := &t.Steps[b]
			name := t.BindingName(b)
			c.add(Limits, or(s.Code, name), s.Reason, c.say("额度受限于：%s", "the limit is bound by %s", or(s.Title.In(c.lang), name)))
		case b == credit.ByFloor:
			c.add(Limits, "floor", doc.Title{}, c.say("额度不低于0", "the limit would be negative: it is 0"))
		case b == credit.ByGroup:
			c.add(Limits, "group", t.Group.Reason, c.say("额度受集团额度限制", "the limit is bound by that of the group"))
		}
	}
	if c.d.Outcome() != Rejected {
		c.limitByHand(&r.Override)
	}
	if r.Request.Over && c.d.Outcome() == Admitted { // else there is no limit, for a reason that is told
		e := Holds
		if t.Requested.Over == "refuse" {
			e = Refuses
		}
		c.add(e, t.Requested.ReasonCode(), t.Requested.Reason, c.say("申请金额超过可用额度", "the amount asked for is more than is available"))
	}
	unsure := r.Request.Verdict == credit.Unsure // else what is missing does not matter
	if unsure && t.Requested != nil && !r.Request.Has {
		c.unknown(Refers, t.Requested.ReasonCode(), doc.Title{}, c.say("无法判断申请金额", "it cannot be told how much is asked for"), r.Request.Missing)
	}
	for i := range r.Segments {
		if s := &r.Segments[i]; s.Exposure.Missing != 0 && s.Limit.Missing == 0 {
			name := or(t.Segments[i].Title.In(c.lang), t.Segments[i].ID)
			c.unknown(Refers, t.Segments[i].ID, doc.Title{}, c.say("无法计算分项占用：%s", "what %s uses cannot be worked out", name), s.Exposure.Missing)
		} else if s.Limit.Missing != 0 && r.Limit.Missing == 0 {
			name := or(t.Segments[i].Title.In(c.lang), t.Segments[i].ID)
			c.unknown(Refers, t.Segments[i].ID, doc.Title{}, c.say("无法计算分项额度：%s", "the limit of %s cannot be worked out", name), s.Limit.Missing)
		}
	}
	for i, h := range r.Request.Holds {
		decl := &t.Holds[i]
		switch {
		case h.Verdict == credit.Held:
			c.add(Holds, decl.ReasonCode(), decl.Reason, c.say("暂缓：%s", "requests are held: %s", decl.ID))
		case h.Verdict == credit.Refused:
			c.add(Refuses, decl.ReasonCode(), decl.Reason, c.say("拒绝：%s", "requests are refused: %s", decl.ID))
		case h.Verdict == credit.Unsure && unsure:
			c.unknown(Refers, decl.ReasonCode(), decl.Reason, c.say("无法判断：%s", "it cannot be told whether %s holds", decl.ID), h.Missing)
		}
	}
}
