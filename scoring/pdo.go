package scoring

import "github.com/tallystick-go/tallystick/internal/doc"

// PDO scales a card whose points are log odds: their sum is ln(odds), good to bad, and
//
//	factor = double / ln 2
//	offset = points - factor * ln(odds)
//	score  = offset + factor * sum
//
// as in Siddiqi, Credit Risk Scorecards (2006), chapter 6. Logarithms are correctly rounded to 34 significant digits and
// so are not exact; nothing else is rounded before the score is, once: not the points either. A policy whose source prints the constants gives
// `factor` and `offset` in place of points, odds and double.
//
// A scorecard that is printed as a table of whole points is scaled indicator by indicator: with `each`, the points of an
// indicator are factor * its log odds, rounded once to the places of points, the offset is rounded likewise, and the score is
// their sum, so that the printed points add up.
//
//	pdo: {points: 600, odds: 50, double: 20}
//	pdo: {factor: 28.8539, offset: 487.123, each: true}
type PDO struct {
	At
	Points *Number  `key:"points" doc:"the score at the odds that are given"`
	Odds   *Operand `key:"odds" doc:"good to bad at those points, above 0: 50, or 1/19"`
	Double *Number  `key:"double" doc:"the points that double the odds, not 0"`
	Factor *Number  `key:"factor" doc:"the published factor"`
	Offset *Number  `key:"offset" doc:"the published offset"`
	Each   bool     `key:"each" doc:"true: the points of each indicator are scaled and rounded, and the offset too"`
}

// scale is a PDO made ready.
type scale struct {
	factor, offset Number
	each           bool // factor is for the points, before they are rounded, and offset is rounded
}

// Constants returns factor and offset; ok is false when they cannot be had. inexact tells whether they come from
// logarithms.
func (o *PDO) Constants() (factor, offset Number, inexact, ok bool) {
	if o.Factor != nil && o.Offset != nil {
		return *o.Factor, *o.Offset, false, true
	}
	odds, ok := o.odds()
	if o.Points == nil || o.Double == nil || !ok {
		return factor, offset, false, false
	}
	lnOdds, ok := odds.Ln()
	ln2, ok2 := Int(2).Ln()
	if !ok || !ok2 {
		return factor, offset, false, false
	}
	factor = quo(*o.Double, ln2)
	return factor, o.Points.Sub(factor.Mul(lnOdds)), true, true
}

// Inexact reports whether the score of the card depends on logarithms, which are rounded at 34 significant digits. (What
// expressions of the card do is not looked at.)
func (c *Card) Inexact() bool {
	if c.PDO == nil {
		return false
	}
	_, _, inexact, ok := c.PDO.Constants()
	return ok && inexact
}

// odds returns the odds, which must not depend on the customer.
func (o *PDO) odds() (odds Number, ok bool) {
	if o.Odds == nil {
		return odds, false
	}
	if v, constant := o.Odds.IsConst(); constant {
		return v, true
	}
	defer func() {
		if recover() != nil { // it reads a slot of the empty frame
			ok = false
		}
	}()
	f := NewFrame()
	odds, absent := o.Odds.Eval(f)
	return odds, absent == 0 && f.Err() == nil
}

// pdo makes the scale of c.
func (k *checker) pdo(c *Card, p *plan, g *groupRole) {
	o := c.PDO
	if c.Combine == nil {
		p.terms = Terms{Full: FullFree, Weights: WeightsOptional, Leave: LeaveFault}
	}
	at := func(key string) Place {
		if o.Node() == nil {
			return c.Place()
		}
		return o.Of(key)
	}
	published := o.Factor != nil || o.Offset != nil
	derived := o.Points != nil || o.Odds != nil || o.Double != nil
	switch {
	case g != nil:
		k.errorf(c.Key("pdo"), "wrong-key", "only the whole card can be scaled to odds, not a group")
		return
	case published && derived, !published && !derived:
		k.errorf(c.Key("pdo"), "missing-key", "pdo needs `points`, `odds` and `double`, or else `factor` and `offset`")
		return
	case published && (o.Factor == nil || o.Offset == nil):
		k.errorf(c.Key("pdo"), "missing-key", "pdo needs both `factor` and `offset`")
		return
	case derived && (o.Points == nil || o.Odds == nil || o.Double == nil):
		k.errorf(c.Key("pdo"), "missing-key", "pdo needs all of `points`, `odds` and `double`")
		return
	}
	if o.Double != nil && o.Double.Sign() == 0 {
		k.errorf(at("double"), "bad-number", "`double` must not be 0: the score would be the same for all")
		return
	}
	factor, offset, _, ok := o.Constants()
	if !ok {
		k.faults = append(k.faults, doc.Errorf(at("odds"), "bad-number", "`odds` must be a number above 0").
			WithHint("good to bad, such as 50 or 1/19"))
		return
	}
	if !o.Each {
		p.pdo, p.places = &scale{factor, offset, false}, Exact
		return
	}
	if !p.sum {
		k.errorf(at("each"), "wrong-key", "`each` is for points that are added up: leave out `combine`")
		return
	}
	if len(c.Groups) > 0 {
		k.errorf(at("each"), "wrong-key", "`each` is for the indicators of the card itself: take them out of the groups")
		return
	}
	if p.places >= 0 {
		offset = offset.Round(p.places, p.round.Mode)
	}
	p.pdo = &scale{factor, offset, true}
}
