package credit

// Group is one limit over all members of a group: no member's limit is above it, and what all of them use together
// comes off it.
type Group struct {
	At
	When      Condition  `key:"when" doc:"whether the customer is a member; always if unsaid"`
	Limit     Operand    `key:"limit,required" doc:"the limit of the group"`
	Exposures []Exposure `key:"exposure" doc:"what counts as used, of all members"`
	Reason    Title      `key:"reason" doc:"the reason given where the group's limit binds"`
}

// GroupResult is what the group leaves a customer.
type GroupResult struct {
	Applies  bool    // whether the customer is a member, and the limit is known
	Limit    Number  // of the group, rounded down to the scale of money
	Missing  Absence // why it is not known whether, or how much
	Exposure ExposureResult
}

func (r *GroupResult) resetLimit() { r.Applies, r.Limit, r.Missing = false, Number{}, 0 }

func (r *GroupResult) resetExposure(g *Group) {
	items := 0
	if g != nil {
		items = len(g.Exposures)
	}
	r.Exposure.reset(items)
}

// member reports whether the customer is one.
func (g *Group) member(e *evaluator) (bool, Absence) {
	if !g.When.IsSet() {
		return true, 0
	}
	return ask(e, &g.When, where{what: "group", index: -1, key: "when"})
}

// groupLimit holds r within the limit of the group.
func (t *Terms) groupLimit(e *evaluator, r *LimitResult, out *GroupResult) {
	member, missing := t.Group.member(e)
	if missing == 0 && !member {
		return
	}
	limit, absent := ask(e, &t.Group.Limit, where{what: "group", index: -1, key: "limit"})
	out.Missing = e.frame.Both(missing, absent)
	r.Missing = e.frame.Both(r.Missing, out.Missing)
	if e.err != nil || out.Missing != 0 {
		return
	}
	out.Applies, out.Limit = true, t.bound(limit)
	if most := Of(out.Limit); most.Less(r.Amount) {
		r.Amount, r.Binding = most, ByGroup
	}
}

// groupExposure adds up what the group uses.
func (t *Terms) groupExposure(e *evaluator, out *GroupResult) {
	member, missing := t.Group.member(e)
	if missing == 0 && !member {
		out.Exposure.Has = true
		return
	}
	out.Exposure.Missing = missing
	t.sum(e, t.Group.Exposures, "", "group exposure", &out.Exposure)
}
