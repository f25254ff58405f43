package credit

// Terms are the section `credit` of a policy: how the limit is worked out, what counts as used, who may approve. Terms
// made in Go are used after their Check, and not changed then; they are safe for concurrent use from there on.
type Terms struct {
	At
	Steps     []Step     `key:"limit" doc:"信用额度: the steps that make the limit, in this order"`
	Exposures []Exposure `key:"exposure" doc:"what counts as used: expressions, or of and weight"`
	Requested *Request   `key:"request" doc:"the amount asked for, and what happens where it is more than is available"`
	Holds     []Hold     `key:"holds" doc:"what holds or refuses every request"`
	Approval  []Approver `key:"approval" doc:"审批权限: who may approve what; the first row that holds"`
	Segments  []Segment  `key:"segments" doc:"limits of products or currencies, each within the limit"`
	Group     *Group     `key:"group" doc:"one limit over all members of a group"`
	Overrides *Overrides `key:"override" doc:"opens the record's override of the limit: limit, reason, by, until"`
	Gaps      string     `key:"gaps,oneof=refer" doc:"refer: there may be amounts that nobody may approve"`
	Valid     Period     `key:"valid" doc:"how long the limit is good for: 12 months"`

	// Mode is how amounts are rounded. Set it before Check; HalfUp if unsaid.
	Mode Mode

	places  int // of money; negative: exact
	checked bool
}

// round returns n at the scale of money.
func (t *Terms) round(n Number) Number { return t.roundTo(n, t.Mode) }

// bound returns n as a ceiling: at the scale of money and never above n, so that no rounding lifts an amount over it.
func (t *Terms) bound(n Number) Number { return t.roundTo(n, Floor) }

func (t *Terms) roundTo(n Number, m Mode) Number {
	if t.places < 0 {
		return n
	}
	return n.Round(t.places, m)
}

// ValidUntil returns the last day on which a limit given on the day from is good; ok is false when it is good for ever.
// Months end at a month's end: a month from 31 January is the last of February.
func (t *Terms) ValidUntil(from Day) (until Day, ok bool) {
	if t.Valid.IsZero() {
		return 0, false
	}
	return from.AddMonths(t.Valid.Months) + Day(t.Valid.Days), true
}
