package credit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Overrides opens terms to limits given by hand (人工调整额度). Each says who gave it, and why.
type Overrides struct {
	At
	AtMost Operand  `key:"at_most" doc:"the largest limit that may be given by hand, included; may read limit, the one worked out; any if unsaid"`
	By     []string `key:"by" doc:"who may give a limit by hand; anybody if unsaid"`
}

// Override is a limit given by hand. It comes with the customer's record.
type Override struct {
	Limit      Number // 0 or more, at the scale of money
	Reason, By string
	Until      Day  // the last day on which it is in force
	HasUntil   bool // false: it does not end
	AsOf       Day  // the day of the decision
}

// Expired reports whether o is no longer in force on the day of the decision.
func (o *Override) Expired() bool { return o.HasUntil && o.AsOf > o.Until }

// OverrideResult is what came of a limit given by hand.
type OverrideResult struct {
	Effect     OverrideEffect
	Limit      Number      // given by hand
	Calculated LimitResult // what the steps make, without the steps themselves: these are in Result.Limit
	AtMost     Number      // the largest one allowed, rounded down to the scale of money; means nothing unless HasAtMost
	HasAtMost  bool        // whether the terms bound it
	Refusal    Title       // why it was refused, in Chinese and in English
	Missing    Absence     // why it cannot be told whether it is allowed
}

// OverrideEffect says what came of a limit given by hand.
type OverrideEffect uint8

// The effects.
const (
	NoOverride      OverrideEffect = iota // the record brings none
	OverrideTaken                         // it is the limit
	OverrideSame                          // it is the limit, and is what the steps make
	OverrideExpired                       // it is no longer in force, and is ignored
	OverrideRefused                       // the terms do not allow it
	OverrideUnknown                       // it cannot be told whether they do: the customer is referred
)

var overrideEffects = [...]string{"", "applied", "no change", "ignored: expired", "refused", "unknown"}

// String returns e in words, "" for NoOverride.
func (e OverrideEffect) String() string {
	if int(e) < len(overrideEffects) {
		return overrideEffects[e]
	}
	return "unknown"
}

// Taken reports whether the override is the limit.
func (e OverrideEffect) Taken() bool { return e == OverrideTaken || e == OverrideSame }

// Override puts o in the place of out.Limit, which [Terms.Limit] has written before, where the terms let it: never above
// AtMost, nor above the limit of a group. It writes to out.Override what came of it; both limits are kept there. A nil o is
// no override. See [Terms.Limit] for the error.
func (t *Terms) Override(f *Frame, o *Override, out *Result) error {
	r := &out.Override
	if r.Effect != NoOverride {
		*r = OverrideResult{}
	}
	if o == nil {
		return nil
	}
	if !t.checked {
		return &Error{What: "credit", Place: t.Place(), Err: errUnchecked}
	}
	*r = OverrideResult{Limit: o.Limit, Calculated: out.Limit}
	r.Calculated.Steps = nil
	if o.Expired() {
		r.Effect = OverrideExpired
		return nil
	}
	e := evaluator{frame: f}
	zh, en := t.refusal(&e, o, out)
	switch {
	case e.err != nil:
		*r = OverrideResult{}
		return e.err
	case en != "":
		r.Effect, r.Refusal = OverrideRefused, doc.Bilingual(zh, en)
	case r.Missing != 0:
		r.Effect = OverrideUnknown
	default:
		r.Effect = OverrideTaken
		if r.Calculated.Has && r.Calculated.Amount.Equal(Of(o.Limit)) {
			r.Effect = OverrideSame
		}
		l := &out.Limit
		l.Amount, l.Exact, l.Has, l.Binding, l.Missing = Of(t.round(o.Limit)), Of(o.Limit), true, ByHand, 0
	}
	return nil
}

// refusal returns why o cannot be taken, in Chinese and in English, or "". It notes the bound, or why that is missing.
func (t *Terms) refusal(e *evaluator, o *Override, out *Result) (zh, en string) {
	say := func(zh, en string, args ...any) (string, string) {
		return fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)
	}
	r, by := &out.Override, strings.TrimSpace(o.By)
	switch {
	case t.Overrides == nil:
		return say("办法不允许人工调整额度", "the policy does not allow overrides of the limit")
	case o.Limit.Sign() < 0:
		return say("额度不得低于0", "a limit is never below 0")
	case by == "":
		return say("没有注明调整人", "it does not say who gave it")
	case strings.TrimSpace(o.Reason) == "":
		return say("没有注明原因", "it does not say why")
	case t.Overrides.By != nil && !slices.Contains(t.Overrides.By, by):
		return fmt.Sprintf("%s无权调整额度，有权的是%s", by, strings.Join(t.Overrides.By, "、")),
			fmt.Sprintf("%s may not give it: that is for %s", by, strings.Join(t.Overrides.By, ", "))
	}
	if t.Overrides.AtMost.IsSet() {
		most, missing := ask(e, &t.Overrides.AtMost, where{what: "override", index: -1, key: "at_most"})
		if r.Missing = missing; missing == 0 {
			r.AtMost, r.HasAtMost = t.bound(most), true
		}
		if r.HasAtMost && r.AtMost.Less(o.Limit) {
			return say("%s超过允许的最高额%s", "%s is more than %s, the most that is allowed", o.Limit, r.AtMost)
		}
	}
	g := &out.Group
	r.Missing = e.frame.Both(r.Missing, g.Missing)
	if g.Applies && g.Limit.Less(o.Limit) {
		return say("%s超过集团额度%s", "%s is more than %s, the limit of the group", o.Limit, g.Limit)
	}
	return "", ""
}

// override checks what o says.
func (c *checker) override(o *Overrides) {
	if n, ok := o.AtMost.IsConst(); ok && n.Sign() <= 0 {
		c.Fault(doc.Errorf(o.Of("at_most"), "bad-number", "no limit can be given by hand: at most %s is allowed", n).WithHint("more than 0 is needed"))
	}
	if o.By != nil && len(o.By) == 0 {
		c.Fault(doc.Errorf(o.Of("by"), "empty-value", "nobody may give a limit by hand: the list is empty").WithHint("leave it out where anybody may"))
	}
}
