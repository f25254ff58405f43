package policy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// A code that stands for two reasons is warned of; the same reason in two places, or an id without a reason, is not.
func TestACodeStandsForOneReason(t *testing.T) {
	for name, c := range map[string]struct {
		criterion, step string
		clash           bool
	}{
		"two reasons under one id":            {"id: capital, reason: 注册资本不足", "id: capital, reason: 不超过注册资本的两倍", true},
		"one code for two reasons":            {"id: a, code: C1, reason: 注册资本不足", "id: b, code: C1, reason: 不超过注册资本的两倍", true},
		"a code that is the id of another":    {"id: capital, reason: 注册资本不足", "id: b, code: capital, reason: 不超过注册资本的两倍", true},
		"a code, and no reason":               {"id: a, code: C1, reason: 注册资本不足", "id: b, code: C1", true},
		"the step has no reason of its own":   {"id: capital, reason: 注册资本不足", "id: capital", false},
		"one reason in two places":            {"id: a, code: C1, reason: 资本", "id: b, code: C1, reason: 资本", false},
		"the same id, but codes of their own": {"id: capital, code: C1, reason: 注册资本不足", "id: capital, code: C2, reason: 不超过注册资本的两倍", false},
	} {
		p := load(t, "policy: shop\nversion: \"1\"\ninputs: {capital: {type: number, min: 0}}\n"+
			"admission: [{"+c.criterion+", require: capital >= 500_000}]\n"+
			"credit: {limit: [{id: base, set: capital * 3}, {"+c.step+", at_most: capital * 2}]}\n")
		var found []string
		for _, w := range p.Warnings() {
			if w.Severity == policy.Warning {
				found = append(found, w.Code)
			}
		}
		if c.clash {
			require.Equal(t, []string{"duplicate-code"}, found, name)
		} else {
			require.Empty(t, found, name)
		}
	}
}
