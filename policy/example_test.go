package policy_test

import (
	"errors"
	"fmt"
	"io"
	"log"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/scoring"
)

// A policy file, a record, a day: and there is a decision.
func Example() {
	p, err := policy.LoadFile("testdata/contract/customer-management.yaml")
	if err != nil {
		log.Fatal(err) // every fault of the file, with its place
	}
	d, err := p.Decide(policy.Record{
		"name": "华北矿业有限公司", "licence_expires": "2026-12-31", "blacklisted": false, "registered_capital": 20_000_000, "safety_incidents": 0,
		"annual_purchase": 12_000_000, "last_year_purchase": 10_000_000, "contracts_total": 30, "contracts_fulfilled": 30,
		"payments_total": 48, "payments_on_time": 47, "overdue_days": 5, "current_ratio": "1.8", "debt_ratio": "0.42",
		"net_assets": 30_000_000, "receivables": 800_000, "open_orders": "350000.50",
	}, policy.AsOf(policy.NewDate(2024, time.June, 30)))
	if err != nil {
		log.Fatal(err) // every fault of the record
	}
	fmt.Println(d.Outcome(), d.ScoreText(), d.Grade(), d.LimitText(), d.Approval())
	// Output:
	// admitted 97.66 A 3600000.00 客户管理委员会
}

const orchard = `
policy: orchard
version: "1"
inputs:
  name:   {type: string, required: true}
  paid:   {type: number, min: 0, decimals: 0}
  orders: {type: number, min: 0, decimals: 0}
admission:
  - {id: orders, require: orders >= 10, otherwise: refer, reason: too few orders}
scoring:
  indicators:
    - {id: punctuality, weight: 100, of: paid / orders, proportional: {full: 1}}
grade:
  scale: [{grade: A, min: 90}, {grade: B, min: 60}, {grade: C, min: 0, outcome: reject, title: is not a customer}]
`

// An explanation is what a person would write on paper; the figures in it can be worked out again.
func ExampleDecision_Explain() {
	p, err := policy.Parse("orchard.yaml", []byte(orchard))
	if err != nil {
		log.Fatal(err)
	}
	d, err := p.Decide(policy.Record{"name": "Ada", "orders": 48, "paid": 40}, policy.AsOf(policy.NewDate(2026, time.June, 30)))
	if err != nil {
		log.Fatal(err)
	}
	e := d.Explain("en")
	for _, x := range e.Scoring.Indicators {
		fmt.Printf("%s: %s = %s points, rounded %s\n", x.ID, x.Working, x.Exact.Fraction(), x.Points)
	}
	fmt.Printf("grade %s, %s short of %s\n", e.Grade.Grade, e.Grade.Better.By, e.Grade.Better.Grade)
	// Output:
	// punctuality: 100 * (5/6) / 1 = 250/3 points, rounded 83.33
	// grade B, 6.67 short of A
}

// The next grade, and what it takes: each change was decided again.
func ExampleDecision_NextGrade() {
	p, err := policy.Parse("orchard.yaml", []byte(orchard))
	if err != nil {
		log.Fatal(err)
	}
	d, err := p.Decide(policy.Record{"name": "Ada", "orders": 48, "paid": 40}, policy.AsOf(policy.NewDate(2026, time.June, 30)))
	if err != nil {
		log.Fatal(err)
	}
	for _, change := range d.NextGrade("en").Changes {
		for _, x := range change.Inputs {
			fmt.Printf("%s %s -> %s: score %s, grade %s\n", x.Name, x.Value, x.To, change.Score, change.Grade)
		}
	}
	// Output:
	// orders 48 -> 44: score 90.91, grade A
	// paid 40 -> 44: score 91.67, grade A
}

// Structs are bound to the inputs of a policy by their tags or names; a decision that is used again allocates nothing.
func ExamplePolicy_DecideInto() {
	p, err := policy.Parse("orchard.yaml", []byte(orchard))
	if err != nil {
		log.Fatal(err)
	}
	type customer struct {
		Name   string
		Paid   int `json:"paid"`
		Orders int `policy:"orders,omitzero"` // 0 stands for nothing known
	}
	day := policy.AsOf(policy.NewDate(2026, time.June, 30))
	var d policy.Decision
	for _, c := range []*customer{{"Ada", 47, 48}, {"Ben", 6, 9}, {"Cleo", 0, 0}} {
		if err := p.DecideInto(&d, c, day); err != nil {
			log.Fatal(err)
		}
		fmt.Println(d.Customer(), d.Outcome(), d.ScoreText(), d.Grade(), d.Missing())
	}
	// Output:
	// Ada admitted 97.92 A []
	// Ben referred 66.67 B []
	// Cleo referred   [orders]
}

// Decoded by ParseRecord, or into a Record, numbers keep their digits; decoded into a map[string]any they become floats,
// and are refused.
func ExampleParseRecord() {
	r, err := policy.ParseRecord([]byte(`{"name": "Ada", "paid": 9007199254740993, "orders": 9007199254740993}`))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r["paid"])

	_, err = policy.ParseRecord([]byte(`{"name": "Ada", "paid": 47, "paid": 48}`))
	fmt.Println(err)
	// Output:
	// 9007199254740993
	// field "paid": it is there twice
}

// All faults of a record come at once, each with the field and what to do.
func ExampleInputErrors() {
	p, err := policy.Parse("orchard.yaml", []byte(orchard))
	if err != nil {
		log.Fatal(err)
	}
	_, err = p.Decide(policy.Record{"paid": "47%", "order": 48}, policy.AsOf(policy.NewDate(2026, time.June, 30)))
	var faults policy.InputErrors
	if errors.As(err, &faults) {
		for _, f := range faults {
			fmt.Println(f)
		}
	}
	// Output:
	// field "name": it is required, but absent
	// field "paid": "47%" is not a number; write 0.47
	// field "order": no input has this name; did you mean "orders"?
}

// All faults of a policy come at once, each with its place and remedy.
func ExampleDiagnostics() {
	_, err := policy.Parse("orchard.yaml", []byte(`
policy: orchard
version: "1"
inputs:
  orders: {type: number}
admission:
  - {id: orders, require: order >= 10, otherwize: refer}
`))
	var faults policy.Diagnostics
	if errors.As(err, &faults) {
		fmt.Print(faults.Text())
	}
	// Output:
	// orchard.yaml:7:27: error: there is no name `order` [unknown-name]
	//     7 |   - {id: orders, require: order >= 10, otherwize: refer}
	//       |                           ^~~~~
	//       = hint: did you mean `orders`? allowed: as_of, orders
	// orchard.yaml:7:40: error: there is no key `otherwize` here [unknown-key]
	//     7 |   - {id: orders, require: order >= 10, otherwize: refer}
	//       |                                        ^~~~~~~~~
	//       = hint: did you mean `otherwise`? allowed: code, id, missing, otherwise, reason, require, title
}

// A function of the program can be called in the policy. Its types are known when the policy is loaded.
func ExampleWithFunction() {
	rates := map[string]decimal.Decimal{"EUR": decimal.RequireFromString("7.7514"), "USD": decimal.RequireFromString("7.1268")}
	inYuan := func(amount policy.Number, currency string) (policy.Number, error) {
		rate, ok := rates[currency]
		if !ok {
			return policy.Number{}, fmt.Errorf("there is no rate for %s", currency)
		}
		n, err := scoring.Parse(rate.String())
		return amount.Mul(n), err
	}
	p, err := policy.Parse("limit.yaml", []byte(`
policy: limit
version: "1"
inputs: {sales: {type: number}, currency: {type: string}}
credit: {limit: [{id: base, set: 'in_yuan(sales, currency) / 4'}]}
`), policy.WithFunction("in_yuan", inYuan))
	if err != nil {
		log.Fatal(err)
	}
	for _, currency := range []string{"EUR", "JPY"} {
		d, err := p.Decide(policy.Record{"sales": 1000, "currency": currency}, policy.AsOf(policy.NewDate(2026, time.June, 30)))
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(d.LimitText())
	}
	// Output:
	// 1937.85
	// policy limit: credit limit base: set (line 5, column 34): the function `in_yuan`: there is no rate for JPY
}

// Reasons are ranked; codes are for programs, texts for people.
func ExampleDecision_Reasons() {
	p, err := policy.Parse("orchard.yaml", []byte(orchard))
	if err != nil {
		log.Fatal(err)
	}
	d, err := p.Decide(policy.Record{"name": "Dan", "paid": 3, "orders": 9}, policy.AsOf(policy.NewDate(2026, time.June, 30)))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Outcome())
	for _, r := range d.Reasons() {
		fmt.Printf("%s %s: %s\n", r.Effect, r.Code, r.Text)
	}
	// Output:
	// rejected
	// reject grade: C is not a customer
	// refer orders: too few orders
}

// Customers of a file are decided one after the other; a bad record does not stop the rest.
func ExamplePolicy_Customers() {
	p, err := policy.Parse("orchard.yaml", []byte(orchard))
	if err != nil {
		log.Fatal(err)
	}
	file := "name,orders,paid\nAda,48,47\nBen,9.5,6\nCleo,20,\n"
	customers, err := p.Customers(strings.NewReader(file), policy.CSV)
	if err != nil {
		log.Fatal(err)
	}
	day := policy.AsOf(policy.NewDate(2026, time.June, 30))
	var d policy.Decision
	for {
		line, err := customers.Decide(&d, day)
		var bad *policy.RecordError
		switch {
		case errors.Is(err, io.EOF):
			return
		case errors.As(err, &bad):
			fmt.Printf("line %d: %s\n", line, bad)
		case err != nil:
			log.Fatal(err)
		default:
			fmt.Printf("line %d: %s is %s\n", line, d.Customer(), d.Outcome())
		}
	}
	// Output:
	// line 2: Ada is admitted
	// line 3: field "orders": 9.5 is not a whole number
	// line 4: Cleo is referred
}
