package policytest_test

import (
	"os"
	"testing"
	"time"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/policytest"
)

func ExampleRun() {
	// In a test file, beside policy.yaml and policy_test.yaml:
	_ = func(t *testing.T) {
		policytest.Run(t, os.DirFS("."), "policy_test.yaml")
	}
}

func ExampleCovers() {
	_ = func(t *testing.T) {
		policytest.Run(t, os.DirFS("."), "policy_test.yaml")
		policytest.Covers(t, 90, os.DirFS("."), "policy_test.yaml")
	}
}

func ExampleScore() {
	_ = func(t *testing.T) {
		p, err := policy.LoadFile("policy.yaml")
		if err != nil {
			t.Fatal(err)
		}
		d, err := p.Decide(policy.Record{"name": "Ada", "paid": 47, "orders": 48}, policy.AsOf(policy.NewDate(2026, time.June, 30)))
		if err != nil {
			t.Fatal(err)
		}
		policytest.Outcome(t, d, policy.Admitted)
		policytest.Score(t, d, "97.92")
		policytest.Points(t, d, "payment", "97.92")
	}
}
