package portfolio_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/portfolio"
)

// Customers come from a reader, decisions go to a writer, and what came out is summed up.
func ExampleDecide() {
	p, err := policy.Parse("policy.yaml", []byte(`
policy: shop
version: "1"
inputs: {name: {type: string, required: true}, sales: {type: number, min: 0}}
admission: [{id: size, require: sales >= 1000, reason: too small}]
credit: {limit: [{set: sales / 4}]}
`))
	if err != nil {
		log.Fatal(err)
	}
	customers := strings.NewReader("name,sales\nAda,100000\nBob,900\nCyd,many\n")
	day := policy.NewDate(2026, time.June, 30)

	w, err := portfolio.NewWriter(os.Stdout, portfolio.CSV, p)
	if err != nil {
		log.Fatal(err)
	}
	summary, err := portfolio.Decide(context.Background(), p, day, customers, policy.CSV, w)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("limits:", summary.Limit, "not decided:", summary.Bad)
	// Output:
	// line,customer,outcome,limit,available,approval,valid_until,reasons,missing,error
	// 2,Ada,admitted,25000.00,25000.00,,,,,
	// 3,Bob,rejected,0.00,0.00,,,too small,,
	// 4,,,,,,,,,"field ""sales"": ""many"" is not a number; write digits, and a point before the decimals, as in 1234.5"
	// limits: 25000 not decided: 1
}

// A long run that is told how far it is, and that goes on where it stopped when it is run again.
func ExampleDecideFile() {
	p, err := policy.Parse("policy.yaml", []byte("policy: shop\nversion: \"1\"\ninputs: {name: string}\n"))
	if err != nil {
		log.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "portfolio")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	customers, decisions := filepath.Join(dir, "customers.csv"), filepath.Join(dir, "decisions.ndjson")
	if err := os.WriteFile(customers, []byte("name\nAda\nBob\n"), 0o600); err != nil {
		log.Fatal(err)
	}
	day := policy.NewDate(2026, time.June, 30)
	summary, err := portfolio.DecideFile(context.Background(), p, day, customers, policy.CSV, decisions, portfolio.NDJSON,
		portfolio.OnProgress(time.Minute, func(at portfolio.Progress) { fmt.Println(at.Customers, "done:", at.Done) }))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(summary.Outcomes)
	// Output:
	// 2 done: true
	// map[admitted:2]
}

// What a higher ceiling does to the customers there are.
func ExampleCompare() {
	const text = `
policy: shop
version: "1"
inputs: {name: {type: string, required: true}, sales: number}
credit:
  limit: [{id: base, set: sales / 4}, {id: ceiling, at_most: 50_000}]
`
	old, err := policy.Parse("old.yaml", []byte(text))
	if err != nil {
		log.Fatal(err)
	}
	new, err := policy.Parse("new.yaml", []byte(strings.ReplaceAll(text, "50_000", "80_000")))
	if err != nil {
		log.Fatal(err)
	}
	customers := strings.NewReader("name,sales\nAda,100000\nBob,300000\n")
	day := policy.NewDate(2026, time.June, 30)
	c, err := portfolio.Compare(portfolio.Side{Policy: old, AsOf: day}, portfolio.Side{Policy: new, AsOf: day}, customers, policy.CSV, 10, "en")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("limits:", c.Old.Total, "→", c.New.Total)
	for _, m := range c.Movers {
		fmt.Println(m.Customer, m.Change, m.Why)
	}
	// Output:
	// limits: 75000.00 → 100000.00
	// Bob 25000.00 [step ceiling: 50,000 → 80,000]
}
