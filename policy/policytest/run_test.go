package policytest_test

import (
	"os"
	"testing"

	"github.com/tallystick-go/tallystick/policy/policytest"
)

// The cases that are agreed on for the contract policy.
func TestContract(t *testing.T) {
	policytest.Run(t, os.DirFS("testdata"), "customer-management_test.yaml")
}
