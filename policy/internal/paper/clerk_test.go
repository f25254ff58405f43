package paper_test

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/tallystick-go/tallystick/policy"
)

// result is what the clerk finds.
type result struct {
	outcome    policy.Outcome
	values     map[string]found
	clash      bool // two rows of a table hold of which only one may: there is no decision
	criteria   []policy.CriterionResult
	bill       bill
	score      *big.Rat // nil: none
	grade      graded
	made       sum      // the limit that the steps make
	most       *big.Rat // that may be given by hand; nil: no bound, or unknown
	groupLimit *sum     // nil: not in a group
	groupLeft  *big.Rat // likewise
	endless    bool     // whether these make one without end, also where he is rejected
	steps      []string // to it
	limit      sum      // proposed
	byHand     string   // what came of a limit given by hand
	approval   string
	exposure   *big.Rat
	available  string
	request    string
	shares     []share
	review     string // the last day of the grade
	valid      string // the last day of the limit
	reasons    []reason
}

// clerk works a customer out, one section of the policy after the other.
type clerk struct {
	p     *onPaper
	s     *sheet
	out   result
	whole sum // what is left to use, were he admitted
}

// work is what the clerk does with a customer.
func (p *onPaper) work(s *sheet) result {
	c := clerk{p: p, s: s, out: result{values: map[string]found{}}}
	if c.values(p.values); c.out.clash {
		return c.out
	}
	c.score()
	if c.values(p.late); c.out.clash {
		return c.out
	}
	c.grade()
	c.limit()
	c.use()
	c.admit()
	if c.out.outcome != policy.Rejected {
		c.approve()
		c.divide()
	}
	holds := c.ask()
	c.out.available = c.left().text(p.figures)
	c.out.reasons = p.reasons(c.out, holds)
	if c.out.outcome == policy.Rejected { // he has nothing
		c.out.made, c.out.limit, c.out.byHand = sum{}, sum{}, ""
	} else {
		c.end()
	}
	return c.out
}

// worst makes the outcome at least as grave as o.
func (c *clerk) worst(o policy.Outcome) { c.out.outcome = max(c.out.outcome, o) }

// decline makes of the outcome what a part of the policy says: reject, refer, or nothing.
func (c *clerk) decline(what string) {
	switch what {
	case "reject":
		c.worst(policy.Rejected)
	case "refer":
		c.worst(policy.Referred)
	}
}

// lack refers the customer, because something is missing.
func (c *clerk) lack() {
	c.worst(policy.Referred)
	c.s.lacks = true
}

func (c *clerk) values(values []namedValue) {
	for _, v := range values {
		x := v.work(c.s)
		c.out.values[v.name] = x
		c.out.clash = c.out.clash || x.clash
	}
}

func (c *clerk) score() {
	b := bill{c.p.figures, map[string]onBill{}, map[string]string{}}
	score, is := b.cardScore(c.p.card, c.s, nil)
	c.out.bill = b
	switch is {
	case there:
		c.out.score = inPlaces(score, c.p.score, c.p.mode)
		c.s.numbers["score"] = c.out.score
	case toReject:
		c.worst(policy.Rejected)
	default:
		c.worst(policy.Referred)
	}
}

func (c *clerk) grade() {
	c.out.grade = c.p.ladder.climb(c.s, c.out.score)
	c.decline(c.out.grade.outcome)
	if i := c.out.grade.final; i >= 0 {
		c.s.numbers["grade.factor"] = rat([]string{"1.25", "0.8", "0.3", "0", "0.5"}[i])
	}
}

// limit works out the limit, and what comes of one that is given by hand.
func (c *clerk) limit() {
	t, s, out := c.p.terms, c.s, &c.out
	out.made, out.groupLimit = t.limit(s, c.p.figures)
	out.limit, out.steps, out.endless = out.made, out.made.after, out.made.endless
	if out.made.known && !out.made.endless {
		s.numbers["limit"] = out.made.amount
	}
	s.lacks = s.lacks || !out.made.known
	unsure := out.groupLimit != nil && !out.groupLimit.known
	if t.hand != nil && t.hand.most != nil {
		if most := t.hand.most.of(s); most != nil {
			out.most = inPlaces(most, c.p.money, "floor")
		} else {
			unsure = true
		}
	}
	if s.hand != nil && s.hand.limit != nil {
		out.byHand = t.byHand(s, *out, unsure)
		s.meet("limit by hand " + out.byHand)
		switch out.byHand {
		case taken, same:
			out.limit = sum{amount: s.hand.limit, known: true, binding: "override"}
			s.numbers["limit"] = s.hand.limit
		case doubted:
			c.lack()
		}
	}
	if !out.limit.known {
		c.lack()
	}
}

// use works out what is used, and what that leaves.
func (c *clerk) use() {
	t, out := c.p.terms, &c.out
	if used := t.used(c.s); used != nil {
		out.exposure = inPlaces(used, c.p.money, c.p.mode)
		c.s.numbers["exposure"] = out.exposure
	} else {
		c.lack()
	}
	left, known := t.groupLeft(c.s, out.groupLimit, c.p.figures)
	if out.groupLeft = left; !known {
		c.lack()
	}
	if !known || !out.limit.known || out.exposure == nil {
		return
	}
	c.whole = out.limit.less(out.exposure)
	if left != nil {
		c.whole = c.whole.within(sum{amount: left}, "")
	}
	if !c.whole.endless {
		c.s.numbers["available"] = c.whole.amount
	}
}

// left is what may be used; one who is not admitted has no limit.
func (c *clerk) left() sum {
	if c.out.exposure != nil && c.out.outcome != policy.Admitted {
		return sum{amount: new(big.Rat).Neg(c.out.exposure), known: true}
	}
	return c.whole
}

func (c *clerk) admit() {
	for _, k := range c.p.criteria {
		result := map[truth]policy.CriterionResult{isTrue: policy.Pass, untrue: policy.Fail, unknown: policy.Unknown}[k.require.of(c.s)]
		c.out.criteria = append(c.out.criteria, result)
		c.decline(k.effect(result))
		c.s.lacks = c.s.lacks || result == policy.Unknown
	}
}

// effect is what a criterion does: reject, refer, warn, or pass for nothing.
func (k *criterion) effect(is policy.CriterionResult) string {
	switch {
	case is == policy.Fail && k.otherwise != "":
		return k.otherwise
	case is == policy.Fail:
		return "reject"
	case is == policy.Unknown && k.missing != "":
		return k.missing
	case is == policy.Unknown:
		return "refer"
	}
	return "pass"
}

func (c *clerk) approve() {
	if !c.out.limit.known {
		return
	}
	by, known := c.p.terms.approve(c.s, c.out.limit, c.out.grade.final)
	c.out.approval = by
	switch {
	case !known:
		c.s.meet("approval unknown")
		c.lack()
	case by == "":
		c.s.meet("approval by nobody")
		c.worst(policy.Referred)
	case by == board:
		c.s.meet("approved by the board")
	default:
		c.s.meet("approved by a rank")
	}
}

// divide works out the segments.
func (c *clerk) divide() {
	for i := range c.p.terms.segments {
		x := c.p.terms.segments[i].share(c.s, fmt.Sprintf("x%ds", i+1), c.out.limit, c.whole, c.p.figures)
		if !x.sure {
			c.lack()
		}
		c.out.shares = append(c.out.shares, x)
	}
}

// ask finds what becomes of the request, and which holds hold.
func (c *clerk) ask() (holds []truth) {
	t := c.p.terms
	if t.request == nil && len(t.holds) == 0 {
		return nil
	}
	verdicts := []string{"allowed", "unknown", "held", "refused"} // the gravest last
	gravest := 0
	add := func(verdict string) { gravest = max(gravest, slices.Index(verdicts, verdict)) }
	over := map[string]string{"": "held", "hold": "held", "refuse": "refused"}
	if t.request != nil {
		asked, most := t.request.of(c.s), c.left()
		switch {
		case asked == nil || !most.known:
			add("unknown")
		case !most.endless && asked.Cmp(most.amount) > 0:
			add(over[t.over])
		}
	}
	for _, h := range t.holds {
		is := min(h.when.of(c.s), -h.unless.of(c.s))
		holds = append(holds, is)
		switch is {
		case isTrue:
			add(over[h.over])
		case unknown:
			add("unknown")
		}
	}
	c.out.request = verdicts[gravest]
	if c.out.request == "unknown" {
		c.lack()
	}
	return holds
}

// end finds how long all this is good for.
func (c *clerk) end() {
	out, until := &c.out, ""
	out.review = c.p.ladder.validUntil(out.grade.final)
	if out.limit.known {
		out.valid = c.p.terms.valid.until()
	}
	if c.s.hand != nil {
		until = c.s.hand.until
	}
	gradeByHand := out.grade.byHand == taken || out.grade.byHand == same
	if gradeByHand {
		out.review = earlier(out.review, until)
	}
	if out.limit.known && (gradeByHand || out.byHand == taken || out.byHand == same) {
		out.valid = earlier(out.valid, until)
		if until != "" && out.valid == until {
			c.s.meet("valid until the last day of an override")
		}
	}
}
