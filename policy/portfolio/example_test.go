package portfolio_test

import (
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/portfolio"
)

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
