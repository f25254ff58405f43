package main

import (
	_ "embed"
	"fmt"
	"log"
	"time"

	"github.com/tallystick-go/tallystick/policy"
)

//go:embed policy.yaml
var text []byte

func main() {
	p, err := policy.Parse("policy.yaml", text)
	if err != nil {
		log.Fatal(err) // every fault of the policy, with its line and column
	}
	customer := policy.Record{"name": "Aldgate Mining", "dishonest": false, "purchases": "1200000.00", "orders": 48, "paid": 47}
	d, err := p.Decide(customer, policy.AsOf(policy.NewDate(2026, time.June, 30)))
	if err != nil {
		log.Fatal(err) // every fault of the record, with its field
	}
	fmt.Println(d.Outcome(), d.ScoreText(), d.Grade(), d.LimitText(), d.Approval())
	for _, i := range d.Indicators() {
		fmt.Printf("%-12s %12s  %s of %s points\n", i.ID, i.Value, i.Points.StringFixed(2), i.Weight)
	}
}
