// Command exact grades one customer whose points add up to a threshold exactly, once as an engine on binary floating point
// does it, once with tallystick.
package main

import (
	"fmt"
	"log"
	"time"

	"github.com/tallystick-go/tallystick/policy"
)

const text = `
policy: exact
version: "1"
inputs:
  earned: {type: list, of: number}
scoring:
  indicators:
    - {id: total, weight: 100, formula: sum(earned)}
grade:
  scale: [{grade: A, min: 90}, {grade: B, min: 75}, {grade: C, min: 60}, {grade: D, min: 0}]
`

func main() {
	score := 0.0
	for _, p := range []float64{4, 10, 20, 20, 10, 4.8, 5.6, 0.6} {
		score += p
	}
	grade := "C"
	if score >= 75 {
		grade = "B"
	}
	fmt.Println("float64:   ", score, grade)

	p, err := policy.Parse("exact.yaml", []byte(text))
	if err != nil {
		log.Fatal(err)
	}
	customer := policy.Record{"earned": []string{"4", "10", "20", "20", "10", "4.8", "5.6", "0.6"}}
	d, err := p.Decide(customer, policy.AsOf(policy.NewDate(2026, time.June, 30)))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("tallystick:", d.ScoreText(), d.Grade())
}
