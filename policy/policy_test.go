package policy_test

import (
	"time"

	"github.com/tallystick-go/tallystick/policy"
)

var asOf = policy.AsOf(policy.NewDate(2024, time.June, 30))
