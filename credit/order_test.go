package credit_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/credit"
)

func line(limit, exposure string) *credit.Line {
	return &credit.Line{Limit: credit.Of(credit.MustParse(limit)), Exposure: credit.MustParse(exposure)}
}

func yuan(amount string) credit.Order {
	return credit.Order{Amount: credit.MustParse(amount), Currency: "CNY"}
}

// found are the reasons of r with what they do: "over-limit held", "overdue-days held, released".
func found(r credit.OrderResult) (out []string) {
	for _, x := range r.Reasons {
		text := x.Code + " " + x.Verdict.String()
		if x.Released {
			text += ", released"
		}
		out = append(out, text)
	}
	return out
}

func TestEveryBoundOfAnOrder(t *testing.T) {
	const today = credit.Day(20_000)
	sound := credit.Standing{AsOf: today, Currency: "CNY", Own: line("1000", "400")}
	late := func(amount string, days int) credit.Standing {
		s := sound
		s.Overdue, s.DaysOverdue = credit.MustParse(amount), days
		return s
	}
	released := func(amount string, days credit.Day) credit.Order {
		o, on := yuan(amount), today-days
		o.ReleasedOn = &on
		return o
	}
	grouped := sound
	grouped.Group = line("5000", "4500")
	hundred := credit.Int(100)
	strict := credit.OrderTerms{HoldOverdue: &hundred, HoldDays: new(30), RefuseDays: new(60), GraceDays: 3}
	for _, c := range []struct {
		name     string
		order    credit.Order
		standing credit.Standing
		terms    credit.OrderTerms
		verdict  credit.Verdict
		reasons  []string
	}{
		{"all that is available", yuan("600"), sound, strict, credit.Allowed, nil},
		{"a cent more", yuan("600.01"), sound, strict, credit.Held, []string{"over-limit held"}},
		{"a cent more, where that is refused", yuan("600.01"), sound, credit.OrderTerms{RefuseOver: true}, credit.Refused, []string{"over-limit refused"}},
		{"all that is available, where more is refused", yuan("600"), sound, credit.OrderTerms{RefuseOver: true}, credit.Allowed, nil},
		{"all that the group has left", yuan("500"), grouped, strict, credit.Allowed, nil},
		{"a cent more than the group has left", yuan("500.01"), grouped, strict, credit.Held, []string{"over-group-limit held"}},
		{"more than both have left", yuan("600.01"), grouped, strict, credit.Held, []string{"over-group-limit held", "over-limit held"}},
		{"nothing", yuan("0"), credit.Standing{AsOf: today, Currency: "CNY", Own: line("0", "0")}, strict, credit.Allowed, nil},
		{"a cent without a limit", yuan("0.01"), credit.Standing{AsOf: today, Currency: "CNY", Own: line("0", "0")}, strict, credit.Held, []string{"over-limit held"}},
		{"nothing, where too much is used", yuan("0"), credit.Standing{AsOf: today, Currency: "CNY", Own: line("10", "10.01")}, strict, credit.Held, []string{"over-limit held"}},
		{"what was paid in advance", yuan("1500"), credit.Standing{AsOf: today, Currency: "CNY", Own: line("1000", "-500")}, strict, credit.Allowed, nil},
		{"a third of a cent more", yuan("600.0033"), sound, strict, credit.Held, []string{"over-limit held"}},

		{"30 days overdue", yuan("1"), late("1", 30), strict, credit.Allowed, nil},
		{"31 days overdue", yuan("1"), late("1", 31), strict, credit.Held, []string{"overdue-days held"}},
		{"60 days overdue", yuan("1"), late("1", 60), strict, credit.Held, []string{"overdue-days held"}},
		{"61 days overdue", yuan("1"), late("1", 61), strict, credit.Refused, []string{"overdue-days refused"}},
		{"61 days overdue, where only holds are known", yuan("1"), late("1", 61), credit.OrderTerms{HoldDays: new(30)}, credit.Held, []string{"overdue-days held"}},
		{"61 days overdue, where only refusals are known", yuan("1"), late("1", 61), credit.OrderTerms{RefuseDays: new(60)}, credit.Refused, []string{"overdue-days refused"}},
		{"one day overdue, where none is let pass", yuan("1"), late("1", 1), credit.OrderTerms{HoldDays: new(0)}, credit.Held, []string{"overdue-days held"}},
		{"nothing overdue, where none is let pass", yuan("1"), sound, credit.OrderTerms{HoldDays: new(0), HoldOverdue: new(credit.Number)}, credit.Allowed, nil},
		{"long overdue, where that does not matter", yuan("1"), late("900", 400), credit.OrderTerms{}, credit.Allowed, nil},
		{"100 overdue", yuan("1"), late("100", 1), strict, credit.Allowed, nil},
		{"100.01 overdue", yuan("1"), late("100.01", 1), strict, credit.Held, []string{"overdue-amount held"}},
		{"everything at once", yuan("600.01"), late("100.01", 61), strict, credit.Refused, []string{"overdue-days refused", "over-limit held", "overdue-amount held"}},

		{"released today", released("600.01", 0), late("100.01", 31), strict, credit.Allowed,
			[]string{"over-limit held, released", "overdue-days held, released", "overdue-amount held, released"}},
		{"on the last day of grace", released("600.01", 3), sound, strict, credit.Allowed, []string{"over-limit held, released"}},
		{"a day later", released("600.01", 4), sound, strict, credit.Held, []string{"over-limit held"}},
		{"released today, without grace", released("600.01", 0), sound, credit.OrderTerms{}, credit.Allowed, []string{"over-limit held, released"}},
		{"released yesterday, without grace", released("600.01", 1), sound, credit.OrderTerms{}, credit.Held, []string{"over-limit held"}},
		{"a refusal is not released", released("600.01", 0), late("1", 61), strict, credit.Refused, []string{"overdue-days refused", "over-limit held, released"}},
		{"released, and there was nothing to release", released("1", 0), sound, strict, credit.Allowed, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := credit.Check(c.order, c.standing, c.terms)
			require.NoError(t, err)
			assert.Equal(t, c.verdict, r.Verdict)
			assert.Equal(t, c.reasons, found(r))
		})
	}
}

func TestReasonsOfOrdersSayTheFigures(t *testing.T) {
	hundred := credit.Int(100)
	s := credit.Standing{AsOf: 1, Currency: "CNY", Own: line("1000", "400"), Group: line("500", "0"), Overdue: credit.MustParse("100.5"), DaysOverdue: 31}
	r, err := credit.Check(yuan("700"), s, credit.OrderTerms{HoldOverdue: &hundred, HoldDays: new(30)})
	require.NoError(t, err)
	assert.Equal(t, "500", r.Available.String(), "the group has less left")
	var zh, en []string
	for _, x := range r.Reasons {
		zh, en = append(zh, x.Text.In("zh")), append(en, x.Text.In("en"))
	}
	assert.Equal(t, []string{"订单金额700，超过集团可用额度500", "订单金额700，超过客户可用额度600", "逾期31天，超过30天", "逾期金额100.5，超过100"}, zh)
	assert.Equal(t, []string{"the order of 700 is more than the 500 that the group has left", "the order of 700 is more than the 600 that the customer has left",
		"payment is 31 days overdue, and 30 at most are let pass", "100.5 is overdue, and 100 at most is let pass"}, en)
}

func TestOrdersAreConvertedByTheRatesGivenOnly(t *testing.T) {
	s := credit.Standing{AsOf: 1, Currency: "CNY", Own: line("100", "0")}
	third, _ := credit.Ratio(100, 3)
	terms := credit.OrderTerms{Rates: map[string]credit.Number{"USD": credit.MustParse("7.1"), "XAU": third, "CNY": credit.Int(9), "EUR": {}}}
	for _, c := range []struct {
		amount, currency, in string
		verdict              credit.Verdict
	}{
		{"14", "USD", "99.4", credit.Allowed}, {"14.1", "USD", "100.11", credit.Held},
		{"3", "XAU", "100", credit.Allowed},   // a third of 100 three times is 100
		{"100", "CNY", "100", credit.Allowed}, // its own currency needs no rate
	} {
		r, err := credit.Check(credit.Order{Amount: credit.MustParse(c.amount), Currency: c.currency}, s, terms)
		require.NoError(t, err)
		assert.Equal(t, c.in, r.Amount.String())
		assert.Equal(t, c.verdict, r.Verdict)
	}
	for currency, want := range map[string]string{
		"JPY": "credit: Order.Currency: there is no rate for JPY: give in OrderTerms.Rates what 1 JPY is worth in CNY",
		"usd": "credit: Order.Currency: there is no rate for usd: give in OrderTerms.Rates what 1 usd is worth in CNY",
		"EUR": "credit: OrderTerms.Rates: 1 EUR cannot be worth 0 CNY: a rate is more than 0",
		"":    "credit: Order.Currency: it is not said: give it, even where there is one only",
	} {
		_, err := credit.Check(credit.Order{Amount: credit.Int(1), Currency: currency}, s, terms)
		assert.EqualError(t, err, want)
	}
}

func TestOrdersThatCannotBeChecked(t *testing.T) {
	sound := func() credit.Standing { return credit.Standing{AsOf: 100, Currency: "CNY", Own: line("1", "0")} }
	minus, later := credit.Int(-1), credit.Day(101)
	for want, c := range map[string]struct {
		change   func(*credit.Standing)
		released *credit.Day
		terms    credit.OrderTerms
		order    string
	}{
		"Order.Amount: an order of -0.01 asks for nothing: it must be 0 or more":                         {order: "-0.01"},
		"Standing.Currency: it is not said: give it, even where there is one only":                       {change: func(s *credit.Standing) { s.Currency = "" }},
		"Standing.Own: there is no limit at all: a customer without credit has one of 0":                 {change: func(s *credit.Standing) { s.Own = nil }},
		"Standing.Own: a limit of -1 is none: it must be 0 or more":                                      {change: func(s *credit.Standing) { s.Own = line("-1", "0") }},
		"Standing.Group: a limit of -1 is none: it must be 0 or more":                                    {change: func(s *credit.Standing) { s.Group = line("-1", "0") }},
		"Standing.Overdue: an amount of -1 cannot be overdue: it must be 0 or more":                      {change: func(s *credit.Standing) { s.Overdue = minus }},
		"Standing.DaysOverdue: nothing is -1 days overdue: it must be 0 or more":                         {change: func(s *credit.Standing) { s.DaysOverdue = -1 }},
		"Standing.DaysOverdue: there is an amount overdue: say for how many days":                        {change: func(s *credit.Standing) { s.Overdue = credit.Int(1) }},
		"Order.ReleasedOn: the release of 1970-04-12 is after the day of the check, 1970-04-11":          {released: &later},
		"OrderTerms.GraceDays: -1 days of grace are none: it must be 0 or more":                          {terms: credit.OrderTerms{GraceDays: -1}},
		"OrderTerms.HoldOverdue: -1 would hold orders of whom nothing is overdue: it must be 0 or more":  {terms: credit.OrderTerms{HoldOverdue: &minus}},
		"OrderTerms.HoldDays: -1 would hold orders of whom nothing is overdue: it must be 0 or more":     {terms: credit.OrderTerms{HoldDays: new(-1)}},
		"OrderTerms.RefuseDays: -1 would refuse orders of whom nothing is overdue: it must be 0 or more": {terms: credit.OrderTerms{RefuseDays: new(-1)}},
		"OrderTerms.RefuseDays: who is refused beyond 29 days is never held beyond 30: exchange the two": {terms: credit.OrderTerms{HoldDays: new(30), RefuseDays: new(29)}},
	} {
		s, amount := sound(), "1"
		if c.change != nil {
			c.change(&s)
		}
		if c.order != "" {
			amount = c.order
		}
		o := yuan(amount)
		o.ReleasedOn = c.released
		r, err := credit.Check(o, s, c.terms)
		require.EqualError(t, err, "credit: "+want)
		var e *credit.OrderError
		require.ErrorAs(t, err, &e)
		assert.Equal(t, credit.NoVerdict, r.Verdict, "there is no verdict")
	}
	_, err := credit.Check(yuan("1"), sound(), credit.OrderTerms{HoldDays: new(30), RefuseDays: new(30)})
	assert.NoError(t, err, "beyond 30 days they are refused")
}

// The credit limit scenarios of Dynamics 365 (see TestEffectiveCreditLimits), by the order itself. Who has no limit of his
// own, and need not have one, has only the group's; who is unlimited is not held within it.
func TestOrdersUnderCreditLimitScenarios(t *testing.T) {
	unlimited := &credit.Line{Limit: credit.Amount{Unlimited: true}}
	for _, c := range []struct {
		name       string
		own, group *credit.Line
		available  string
		allowed    []string
		held       map[string][]string
	}{
		{"the group has more", line("10000.00", "0"), line("15000.00", "0"), "10000", []string{"10000"}, map[string][]string{"10000.01": {"over-limit held"}, "15000.01": {"over-group-limit held", "over-limit held"}}},
		{"the group has less", line("20000.00", "0"), line("15000.00", "0"), "15000", []string{"15000"}, map[string][]string{"15000.01": {"over-group-limit held"}}},
		{"nothing, and mandatory", line("0.00", "0"), line("15000.00", "0"), "0", nil, map[string][]string{"0.01": {"over-limit held"}, "15000": {"over-limit held"}}},
		{"nothing, and unlimited", unlimited, nil, "unlimited", []string{"15000.01", "1e30"}, nil},
		{"only the group's", nil, line("15000.00", "0"), "15000", []string{"15000"}, map[string][]string{"15000.01": {"over-group-limit held"}}},
	} {
		s := credit.Standing{AsOf: 1, Currency: "CNY", Own: c.own, Group: c.group}
		for _, order := range c.allowed {
			r, err := credit.Check(yuan(order), s, credit.OrderTerms{})
			require.NoError(t, err)
			assert.Equal(t, credit.Allowed, r.Verdict, "%s: %s", c.name, order)
			assert.Equal(t, c.available, r.Available.String(), c.name)
		}
		for order, reasons := range c.held {
			r, err := credit.Check(yuan(order), s, credit.OrderTerms{})
			require.NoError(t, err)
			assert.Equal(t, credit.Held, r.Verdict, "%s: %s", c.name, order)
			assert.Equal(t, reasons, found(r), "%s: %s", c.name, order)
		}
	}
}
