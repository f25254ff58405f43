package main

import (
	"os"
	"testing"

	"github.com/tallystick-go/tallystick/policy/policytest"
)

func TestPolicy(t *testing.T) {
	policytest.Run(t, os.DirFS("."), "policy_test.yaml")
	policytest.Covers(t, 100, os.DirFS("."), "policy_test.yaml")
}
