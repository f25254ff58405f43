package policy_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/tallystick-go/tallystick/policy"
)

const twoGrades = `
policy: shop
version: "1"
inputs: {name: {type: string, required: true}, sales: number}
scoring:
  indicators:
    - {id: volume, weight: 100, of: sales, bands: [{min: 1_000_000, points: 100}, {min: 200_000, points: 60}, {points: 20}]}
grade:
  scale: [{grade: A, min: 80}, {grade: B, min: 0}]
`

// What a new version changes, as a committee wants to read it. That 1_000_000 is now written 1000000 changes nothing.
func ExampleDiff() {
	old, err := policy.Parse("2025.yaml", []byte(twoGrades))
	if err != nil {
		log.Fatal(err)
	}
	text := strings.NewReplacer(`"1"`, `"2"`, "1_000_000", "1000000", "points: 60", "points: 70", "min: 80", "min: 70").Replace(twoGrades)
	new, err := policy.Parse("2026.yaml", []byte(text))
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range policy.Diff(old, new, "en").Changes {
		fmt.Printf("line %d: %s\n", c.NewLine, c.Text)
	}
	// Output:
	// line 3: version 1 → 2
	// line 7: indicator volume, from 200,000: earns 60 → 70
	// line 9: grade A: from 80 → 70
}
