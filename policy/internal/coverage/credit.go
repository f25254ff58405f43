package coverage

import (
	"slices"
	"strconv"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

// credit lists what each step of the limit, each row of the approval, each hold and each segment can do.
func (l *lister) credit(c *credit.Terms) {
	l.steps("", Words{}, c.Steps, func(s *program.State) *credit.LimitResult { return &s.Credit.Limit })
	if c.Group != nil {
		l.group(c.Group)
	}
	if c.Overrides != nil {
		l.limitOverride(c.Overrides)
	}
	for i := range c.Approval {
		l.approver(c, i)
	}
	for i := range c.Segments {
		l.segment(&c.Segments[i], i)
	}
	l.requests(c)
}

// orNumber returns id, or the number of what has none.
func orNumber(id string, i int) string {
	if id == "" {
		return strconv.Itoa(i + 1)
	}
	return id
}

// steps lists the steps of a limit: that of the customer, or that of the segment called within.
func (l *lister) steps(within string, prefix Words, steps []credit.Step, result func(*program.State) *credit.LimitResult) {
	for i := range steps {
		x := &steps[i]
		id := orNumber(x.ID, i)
		shows := []Figure{{"proposed_limit", ""}}
		if x.ID != "" && within == "" {
			shows = append(shows, Figure{"steps", x.ID})
		}
		name := called(Words{"额度步骤", "step"}, id, x.Title)
		if within != "" {
			name, shows = prefix.and(name), []Figure{{"segments", within}}
		}
		t := l.about(Credit, "step-"+id, name, x.Place(), shows...)
		if within != "" {
			t.id = "segment-" + within + "." + t.id
		}
		became := func(e ...credit.StepEffect) func(*program.State) bool {
			return func(s *program.State) bool {
				r := result(s)
				return r != nil && i < len(r.Steps) && r.Missing == 0 && (r.Steps[i].Effect == e[0] || r.Steps[i].Effect == e[len(e)-1])
			}
		}
		switch {
		case !canHold(&x.When):
		case x.AtMost.IsSet() || x.AtLeast.IsSet():
			t.add("binds", x.Place(), Words{"起作用", "binds"}, became(credit.Changed))
			t.add("idle", x.Place(), Words{"不起作用", "does not bind"}, became(credit.Unchanged))
		default:
			t.add("taken", x.Place(), Words{"执行", "is taken"}, became(credit.Changed, credit.Unchanged))
		}
		if canFail(&x.When) {
			t.add("not", x.When.Place(), Words{"条件不符合", "is not taken"}, became(credit.NotMet))
			thresholds(t, &x.When)
		}
	}
}

// limitOverride lists what can come of a limit given by hand.
func (l *lister) limitOverride(o *credit.Overrides) {
	t := l.about(Credit, "limit-override", Words{"额度人工调整", "override of the limit"}, o.Place(), Figure{"proposed_limit", ""}, Figure{"binding", ""})
	effect := func(e ...credit.OverrideEffect) func(*program.State) bool {
		return func(s *program.State) bool { return slices.Contains(e, s.Credit.Override.Effect) }
	}
	t.add("taken", t.place, Words{"采用", "is taken"}, effect(credit.OverrideTaken, credit.OverrideSame))
	t.add("expired", t.place, Words{"已过期", "has expired"}, effect(credit.OverrideExpired))
	if o.AtMost.IsSet() || o.By != nil {
		t.add("refused", t.place, Words{"超出允许范围不采用", "goes too far, and is refused"}, effect(credit.OverrideRefused))
	}
}

func (l *lister) group(g *credit.Group) {
	t := l.about(Credit, "group", Words{"集团额度", "group"}, g.Place(), Figure{"proposed_limit", ""}, Figure{"binding", ""})
	t.add("binds", g.Limit.Place(), Words{"起作用", "binds"}, func(s *program.State) bool { return s.Credit.Limit.Binding == credit.ByGroup })
	t.add("idle", g.Limit.Place(), Words{"不起作用", "does not bind"}, func(s *program.State) bool {
		return s.Credit.Group.Applies && s.Credit.Limit.Has && s.Credit.Limit.Binding != credit.ByGroup
	})
	if canFail(&g.When) {
		t.add("not", g.When.Place(), Words{"不属于集团", "is not for the customer"}, fails(&g.When))
		thresholds(t, &g.When)
	}
}

// approver lists that a row of the approval is the one, and both sides of its amount.
func (l *lister) approver(c *credit.Terms, i int) {
	a := &c.Approval[i]
	n := strconv.Itoa(i + 1)
	t := l.about(Credit, "approval-"+n, Words{"审批 " + a.By, "approval " + a.By}, a.Place(), Figure{"proposed_limit", ""}, Figure{"approval", ""})
	given := t.add("given", a.Place(), Words{"由其审批", "is theirs"}, func(s *program.State) bool { return s.Credit.Approval.Row == i })
	if most, ok := a.UpTo.IsConst(); ok && a.UpTo.IsSet() {
		q := l.limit(c)
		e := &edge{q, func(*program.State) (exact.Number, bool) { return most, true }}
		given.near = e.distance // the amount itself is theirs, unless a row before takes it
		t.threshold(q, most, above, a.UpTo.Place())
	}
	thresholds(t, &a.When)
}

// limit returns the limit as a quantity. Where the last step rounds to a multiple, the limit is one.
func (l *lister) limit(c *credit.Terms) quantity {
	q := quantity{text: "limit", kind: slot.Number, can: anything}
	if r, ok := l.program.Range(l.program.Symbols["limit"].Slot); ok {
		q.can = r.Set.Holds
	}
	if places := l.program.Rounding.Money; places >= 0 {
		q.unit = unitOf(places)
	}
	if n := len(c.Steps); n > 0 && c.Group == nil {
		if last := &c.Steps[n-1]; last.Round != nil && !last.When.IsSet() && q.unit.Less(last.Round.To) {
			q.unit = last.Round.To
		}
	}
	q.read = func(s *program.State) (exact.Number, bool) {
		r := &s.Credit.Limit
		return r.Amount.Value, r.Has && !r.Amount.Unlimited && s.Outcome != program.Rejected
	}
	return q
}

func (l *lister) segment(x *credit.Segment, i int) {
	name := called(Words{"分项", "segment"}, x.ID, x.Title)
	t := l.about(Credit, "segment-"+x.ID, name, x.Place(), Figure{"segments", x.ID})
	of := func(s *program.State) *credit.SegmentResult {
		if i >= len(s.Credit.Segments) {
			return nil
		}
		return &s.Credit.Segments[i]
	}
	t.add("applies", x.Place(), Words{"适用", "applies"}, func(s *program.State) bool {
		r := of(s)
		return r != nil && r.Applies && r.Limit.Has
	})
	if canFail(&x.When) {
		t.add("not", x.When.Place(), Words{"不适用", "does not apply"}, func(s *program.State) bool {
			r := of(s)
			return r != nil && !r.Applies
		})
		thresholds(t, &x.When)
	}
	t.add("total", x.Place(), Words{"受总额度限制", "is held by the limit as a whole"}, func(s *program.State) bool {
		r := of(s)
		return r != nil && r.Limit.Binding == credit.ByTotal
	})
	l.steps(x.ID, name, x.Steps, func(s *program.State) *credit.LimitResult {
		r := of(s)
		if r == nil || !r.Applies {
			return nil
		}
		return &r.Limit
	})
}

// requests lists what can become of an amount asked for, and each hold.
func (l *lister) requests(c *credit.Terms) {
	shows := []Figure{{"available", ""}, {"request", ""}}
	if r := c.Requested; r != nil {
		t := l.about(Credit, "request", Words{"用信申请", "request"}, r.Place(), shows...)
		t.add("allowed", r.Place(), Words{"允许", "is allowed"}, func(s *program.State) bool { return s.Credit.Request.Verdict == credit.Allowed })
		t.add("over", r.Place(), Words{"超过可用额度", "is more than is available"}, func(s *program.State) bool { return s.Credit.Request.Over })
		e := &edge{
			quantity{text: "request", kind: slot.Number, read: func(s *program.State) (exact.Number, bool) { return s.Credit.Request.Amount, s.Credit.Request.Has }},
			func(s *program.State) (exact.Number, bool) {
				r := &s.Credit.Available
				return r.Amount.Value, r.Has && !r.Amount.Unlimited
			},
		}
		it := t.add("exactly", r.Place(), Words{"正好等于可用额度", "is exactly what is available"}, func(s *program.State) bool {
			d, ok := e.distance(s)
			return ok && d.Sign() == 0 && s.Outcome == program.Admitted
		})
		it.near = e.distance
	}
	for i := range c.Holds {
		h := &c.Holds[i]
		id := orNumber(h.ID, i)
		t := l.about(Credit, "hold-"+id, called(Words{"冻结用信", "hold"}, id, h.Title), h.Place(), Figure{"request", ""}, Figure{"reasons", ""})
		verdict := func(is func(credit.Verdict) bool) func(*program.State) bool {
			return func(s *program.State) bool {
				return i < len(s.Credit.Request.Holds) && is(s.Credit.Request.Holds[i].Verdict)
			}
		}
		if canHold(&h.When) {
			t.add("holds", h.Place(), Words{"起作用", "applies"}, verdict(func(v credit.Verdict) bool { return v >= credit.Held }))
		}
		t.add("not", h.Place(), Words{"不起作用", "does not apply"}, verdict(func(v credit.Verdict) bool { return v == credit.Allowed }))
		if mayMiss(&h.When) {
			t.add("unknown", h.Place(), Words{"无法判断", "cannot be told"}, verdict(func(v credit.Verdict) bool { return v == credit.Unsure }))
		}
		if h.Unless.IsSet() {
			t.add("unless", h.Unless.Place(), Words{"例外", "is exempt from"}, func(s *program.State) bool { return holds(&h.When)(s) && holds(&h.Unless)(s) })
			thresholds(t, &h.Unless)
		}
		thresholds(t, &h.When)
	}
}
