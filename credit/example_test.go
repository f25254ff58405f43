package credit_test

import (
	"fmt"

	"github.com/tallystick-go/tallystick/credit"
)

// A limit of three months' sales, by the factor of the grade, within a fifth of the net assets.
func Example_terms() {
	const monthlySales, factor, netAssets, receivables, order = 0, 1, 2, 3, 4 // slots
	terms := credit.Terms{
		Steps: []credit.Step{
			{ID: "base", Set: credit.NumberIn(monthlySales)},
			{ID: "months", Multiply: credit.Const(credit.Int(3))},
			{ID: "factor", Multiply: credit.NumberIn(factor)},
			{ID: "capital", AtMost: credit.Func(func(f *credit.Frame) (credit.Number, credit.Absence) {
				v := f.Slots[netAssets]
				return v.Num.Mul(credit.MustParse("0.20")), v.Absent
			})},
			{ID: "step", Round: &credit.Rounding{To: credit.Int(1000), Mode: "down"}},
		},
		Exposures: []credit.Exposure{{Of: credit.NumberIn(receivables)}},
		Requested: &credit.Request{Amount: credit.NumberIn(order), Over: "hold"},
		Approval: []credit.Approver{
			{By: "sales", UpTo: credit.Const(credit.Int(200_000))},
			{By: "board"},
		},
	}
	for _, fault := range terms.Check(2, nil) {
		fmt.Println(fault.Message)
	}

	n := func(s string) credit.Value { return credit.Num(credit.MustParse(s)) }
	frame := credit.NewFrame(n("1_000_000"), n("1.2"), n("9_000_999.99"), n("800_000"), n("1_000_000.01"))
	var r credit.Result
	if err := terms.Limit(frame, &r); err != nil {
		fmt.Println(err)
	}
	for i, s := range r.Limit.Steps {
		fmt.Printf("%-8s %s\n", terms.Steps[i].ID, s.After)
	}
	fmt.Println("limit", r.Limit.Amount.Value.Fixed(2), "bound by", terms.BindingName(r.Limit.Binding))

	if err := terms.Exposure(frame, &r); err != nil {
		fmt.Println(err)
	}
	terms.Available(frame, &r)
	fmt.Println("available", r.Available.Amount)
	if err := terms.Request(frame, &r); err != nil {
		fmt.Println(err)
	}
	fmt.Println("the request is", r.Request.Verdict)
	if err := terms.Approve(frame, r.Limit.Amount, -1, &r); err != nil {
		fmt.Println(err)
	}
	fmt.Println("approved by the", r.Approval.By)
	// Output:
	// base     1000000
	// months   3000000
	// factor   3600000
	// capital  1800199.99
	// step     1800000
	// limit 1800000.00 bound by capital
	// available 1000000
	// the request is held
	// approved by the board
}

// What is wrong with terms is found before any customer is asked about.
func ExampleTerms_Check() {
	terms := credit.Terms{Approval: []credit.Approver{
		{By: "office", UpTo: credit.Const(credit.Int(1_000_000))},
		{By: "sales", UpTo: credit.Const(credit.Int(200_000))},
	}}
	for _, fault := range terms.Check(2, nil) {
		fmt.Println(fault.Message)
	}
	// Output:
	// sales approves nothing: office approves all of it before
	// nobody may approve limits above 1000000
}

// An order in dollars of a customer who is a little late; the credit department released it two days ago.
func ExampleCheck() {
	released := credit.Day(20_000)
	late := 30
	standing := credit.Standing{
		AsOf: released + 2, Currency: "CNY",
		Own:     &credit.Line{Limit: credit.Of(credit.Int(500_000)), Exposure: credit.MustParse("420_000.50")},
		Overdue: credit.Int(12_000), DaysOverdue: 34,
	}
	terms := credit.OrderTerms{
		HoldDays: &late, GraceDays: 5,
		Rates: map[string]credit.Number{"USD": credit.MustParse("7.1")},
	}
	for _, amount := range []string{"11_267", "11_268"} {
		r, err := credit.Check(credit.Order{Amount: credit.MustParse(amount), Currency: "USD", ReleasedOn: &released}, standing, terms)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.Verdict, r.Amount, "of", r.Available)
		for _, x := range r.Reasons {
			fmt.Println("-", x.Text.In("en"), x.Released)
		}
	}
	// Output:
	// allowed 79995.7 of 79999.5
	// - payment is 34 days overdue, and 30 at most are let pass true
	// allowed 80002.8 of 79999.5
	// - the order of 80002.8 is more than the 79999.5 that the customer has left true
	// - payment is 34 days overdue, and 30 at most are let pass true
}
