package credit

import (
	"fmt"
	"slices"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Order is what a customer asks for.
type Order struct {
	Amount     Number // 0 or more; it is compared as it is, not rounded
	Currency   string // "CNY"
	ReleasedOn *Day   // the day on which somebody released this order from its holds; nil: nobody did
}

// Line is a limit and what is used of it.
type Line struct {
	Limit    Amount // 0 or more
	Exposure Number // receivables, open orders, whatever counts; below 0 where the customer has paid in advance
}

// available returns what is left of l.
func (l *Line) available() Amount { return l.Limit.less(l.Exposure) }

// Standing is how a customer stands on the day of an order. A decision gives it, but for what is overdue.
type Standing struct {
	AsOf     Day
	Currency string // of the limits and of all that is used or overdue
	Own      *Line  // the customer's own limit; nil: none, only the group's counts
	Group    *Line  // that of all members of his group; nil: he is in none

	Overdue     Number // the amount overdue, 0 or more
	DaysOverdue int    // how long the oldest of it has been, in days; 0: nothing is overdue
}

// OrderTerms say when orders are held and when they are refused. The zero OrderTerms hold what is over a limit.
type OrderTerms struct {
	RefuseOver  bool              // an order over what is available is refused, not held
	HoldOverdue *Number           // more overdue than this holds every order; nil: no amount does
	HoldDays    *int              // more days overdue than this hold every order; nil: none do
	RefuseDays  *int              // more days overdue than this refuse every order; nil: none do
	GraceDays   int               // an order that was released stays so on the day of the release and so many days after it
	Rates       map[string]Number // what 1 of another currency is worth in that of the Standing; nothing else is converted
}

// OrderResult is what becomes of an order.
type OrderResult struct {
	Verdict   Verdict // Allowed, Held or Refused: the gravest of the reasons that stand
	Amount    Number  // of the order in the currency of the Standing, exact
	Available Amount  // what the own limit and that of the group leave, the smaller one; below 0 where too much is used
	Reasons   []OrderReason
}

// OrderReason is why an order is held or refused, or would be if it had not been released.
type OrderReason struct {
	Code     string  // GroupOver, OwnOver, OverdueDays or OverdueAmount
	Verdict  Verdict // Held or Refused
	Released bool    // the order was released from the hold, which does not stand any more
	Text     Title   // in Chinese and in English
}

// The codes of the reasons, in the order in which they are looked at.
const (
	GroupOver     = "over-group-limit"
	OwnOver       = "over-limit"
	OverdueDays   = "overdue-days"
	OverdueAmount = "overdue-amount"
)

// OrderError says that an order cannot be checked: something about it, the standing or the terms makes no sense.
type OrderError struct {
	Field   string // "Order.Currency"
	Message string // what is wrong, and the remedy
}

// Error returns the field and what is wrong with it.
func (e *OrderError) Error() string { return "credit: " + e.Field + ": " + e.Message }

// Check says whether an order is allowed, held or refused. An order equal to what is available is allowed. All reasons are
// told: refusals first, then holds, then holds that were released; each of these with the limit of the group before the own
// one, and both before what is overdue. A release never lifts a refusal.
//
// The error is an *OrderError. There is no verdict then: an amount in a currency without a rate is not compared.
func Check(o Order, s Standing, t OrderTerms) (OrderResult, error) {
	amount, err := convert(o, &s, &t)
	if err == nil {
		err = s.check(&o, &t)
	}
	if err != nil {
		return OrderResult{}, err
	}
	c := orderCheck{order: o, out: OrderResult{Verdict: Allowed, Amount: amount, Available: Amount{Unlimited: true}}}
	c.released = o.ReleasedOn != nil && s.AsOf <= *o.ReleasedOn+Day(t.GraceDays)
	over := Held
	if t.RefuseOver {
		over = Refused
	}
	c.line(s.Group, over, GroupOver, "集团", "the group")
	c.line(s.Own, over, OwnOver, "客户", "the customer")
	switch {
	case t.RefuseDays != nil && s.DaysOverdue > *t.RefuseDays:
		c.days(Refused, s.DaysOverdue, *t.RefuseDays)
	case t.HoldDays != nil && s.DaysOverdue > *t.HoldDays:
		c.days(Held, s.DaysOverdue, *t.HoldDays)
	}
	if most := t.HoldOverdue; most != nil && most.Less(s.Overdue) {
		c.add(Held, OverdueAmount, fmt.Sprintf("逾期金额%s，超过%s", s.Overdue, most), fmt.Sprintf("%s is overdue, and %s at most is let pass", s.Overdue, most))
	}
	c.rank()
	return c.out, nil
}

// orderCheck gathers the reasons.
type orderCheck struct {
	order    Order
	released bool
	out      OrderResult
}

func (c *orderCheck) add(v Verdict, kind, zh, en string) {
	r := OrderReason{Code: kind, Verdict: v, Released: v == Held && c.released, Text: doc.Bilingual(zh, en)}
	if !r.Released {
		c.out.Verdict = max(c.out.Verdict, v)
	}
	c.out.Reasons = append(c.out.Reasons, r)
}

// line compares the order with what l leaves.
func (c *orderCheck) line(l *Line, over Verdict, kind, zh, en string) {
	if l == nil {
		return
	}
	left := l.available()
	c.out.Available = least(c.out.Available, left)
	if left.Covers(c.out.Amount) {
		return
	}
	c.add(over, kind, fmt.Sprintf("订单金额%s，超过%s可用额度%s", c.out.Amount, zh, left), fmt.Sprintf("the order of %s is more than the %s that %s has left", c.out.Amount, left, en))
}

func (c *orderCheck) days(v Verdict, days, most int) {
	c.add(v, OverdueDays, fmt.Sprintf("逾期%d天，超过%d天", days, most), fmt.Sprintf("payment is %d days overdue, and %d at most are let pass", days, most))
}

// rank puts refusals first, then holds, then what was released.
func (c *orderCheck) rank() {
	weight := func(r *OrderReason) int {
		if r.Released {
			return 0
		}
		return int(r.Verdict)
	}
	slices.SortStableFunc(c.out.Reasons, func(a, b OrderReason) int { return weight(&b) - weight(&a) })
}

// convert returns the amount of o in the currency of s.
func convert(o Order, s *Standing, t *OrderTerms) (Number, error) {
	switch rate, known := t.Rates[o.Currency]; {
	case o.Amount.Sign() < 0:
		return Number{}, &OrderError{"Order.Amount", "an order of " + o.Amount.String() + " asks for nothing: it must be 0 or more"}
	case o.Currency == "":
		return Number{}, &OrderError{"Order.Currency", "it is not said: give it, even where there is one only"}
	case s.Currency == "":
		return Number{}, &OrderError{"Standing.Currency", "it is not said: give it, even where there is one only"}
	case o.Currency == s.Currency:
		return o.Amount, nil
	case !known:
		return Number{}, &OrderError{"Order.Currency", fmt.Sprintf("there is no rate for %s: give in OrderTerms.Rates what 1 %s is worth in %s", o.Currency, o.Currency, s.Currency)}
	case rate.Sign() <= 0:
		return Number{}, &OrderError{"OrderTerms.Rates", fmt.Sprintf("1 %s cannot be worth %s %s: a rate is more than 0", o.Currency, rate, s.Currency)}
	default:
		return o.Amount.Mul(rate), nil
	}
}

// check reports what makes no sense together.
func (s *Standing) check(o *Order, t *OrderTerms) error {
	for _, x := range []struct {
		field string
		line  *Line
	}{{"Standing.Own", s.Own}, {"Standing.Group", s.Group}} {
		if x.line != nil && x.line.Limit.Value.Sign() < 0 {
			return &OrderError{x.field, "a limit of " + x.line.Limit.String() + " is none: it must be 0 or more"}
		}
	}
	switch {
	case s.Own == nil && s.Group == nil:
		return &OrderError{"Standing.Own", "there is no limit at all: a customer without credit has one of 0"}
	case s.Overdue.Sign() < 0:
		return &OrderError{"Standing.Overdue", "an amount of " + s.Overdue.String() + " cannot be overdue: it must be 0 or more"}
	case s.DaysOverdue < 0:
		return &OrderError{"Standing.DaysOverdue", fmt.Sprintf("nothing is %d days overdue: it must be 0 or more", s.DaysOverdue)}
	case s.Overdue.Sign() > 0 && s.DaysOverdue == 0:
		return &OrderError{"Standing.DaysOverdue", "there is an amount overdue: say for how many days"}
	case o.ReleasedOn != nil && *o.ReleasedOn > s.AsOf:
		return &OrderError{"Order.ReleasedOn", fmt.Sprintf("the release of %s is after the day of the check, %s", *o.ReleasedOn, s.AsOf)}
	case t.HoldOverdue != nil && t.HoldOverdue.Sign() < 0:
		return &OrderError{"OrderTerms.HoldOverdue", t.HoldOverdue.String() + " would hold orders of whom nothing is overdue: it must be 0 or more"}
	case t.HoldDays != nil && *t.HoldDays < 0:
		return &OrderError{"OrderTerms.HoldDays", fmt.Sprintf("%d would hold orders of whom nothing is overdue: it must be 0 or more", *t.HoldDays)}
	case t.RefuseDays != nil && *t.RefuseDays < 0:
		return &OrderError{"OrderTerms.RefuseDays", fmt.Sprintf("%d would refuse orders of whom nothing is overdue: it must be 0 or more", *t.RefuseDays)}
	case t.GraceDays < 0:
		return &OrderError{"OrderTerms.GraceDays", fmt.Sprintf("%d days of grace are none: it must be 0 or more", t.GraceDays)}
	case t.HoldDays != nil && t.RefuseDays != nil && *t.RefuseDays < *t.HoldDays:
		return &OrderError{"OrderTerms.RefuseDays", fmt.Sprintf("who is refused beyond %d days is never held beyond %d: exchange the two", *t.RefuseDays, *t.HoldDays)}
	}
	return nil
}
