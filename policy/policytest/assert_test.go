package policytest_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/policytest"
)

var update = flag.Bool("update", false, "write the golden files")

// listener is a test that fails without failing.
type listener struct {
	testing.TB
	said   strings.Builder
	helped int
}

func (l *listener) Helper()                           { l.helped++ }
func (l *listener) Error(args ...any)                 { fmt.Fprintln(&l.said, args...) }
func (l *listener) Errorf(format string, args ...any) { fmt.Fprintf(&l.said, format+"\n", args...) }

func customer(changes ...any) policy.Record {
	r := policy.Record{
		"name": "华北矿业有限公司", "industry": "矿业", "licence_expires": "2026-12-31", "blacklisted": false, "registered_capital": 20_000_000,
		"safety_incidents": 0, "annual_purchase": 12_000_000, "last_year_purchase": 10_000_000, "contracts_total": 30, "contracts_fulfilled": 30,
		"payments_total": 48, "payments_on_time": 47, "overdue_days": 5, "current_ratio": "1.8", "debt_ratio": "0.42", "net_assets": 30_000_000,
		"previous_grade": "B", "receivables": 800_000, "open_orders": "350000.50",
	}
	for i := 0; i < len(changes); i += 2 {
		r[changes[i].(string)] = changes[i+1]
	}
	return r
}

func decide(t *testing.T, changes ...any) *policy.Decision {
	t.Helper()
	p, err := policy.LoadFile("testdata/customer-management.yaml")
	require.NoError(t, err)
	d, err := p.Decide(customer(changes...), policy.AsOf(policy.NewDate(2024, time.June, 30)))
	require.NoError(t, err)
	return d
}

func TestAssertionsThatHold(t *testing.T) {
	d := decide(t)
	assert.True(t, policytest.Outcome(t, d, policy.Admitted))
	assert.True(t, policytest.Score(t, d, "97.660"))
	assert.True(t, policytest.Points(t, d, "volume", "20"))
	assert.True(t, policytest.Grade(t, d, "A"))
	assert.True(t, policytest.Limit(t, d, "3_600_000"))
	assert.True(t, policytest.Criterion(t, d, "licence", policy.Pass))
	assert.True(t, policytest.Value(t, d, "growth", "0.20"))
	assert.True(t, policytest.Step(t, d, "factor", "3_600_000"))
	assert.True(t, policytest.Binding(t, d, ""))
	assert.True(t, policytest.ProposedLimit(t, d, "3_600_000"))
	assert.True(t, policytest.Available(t, d, "2_449_999.50"))
	assert.True(t, policytest.Request(t, d, ""))
	assert.True(t, policytest.Approval(t, d, "客户管理委员会"))
	assert.True(t, policytest.Missing(t, d))
	assert.True(t, policytest.Reasons(t, d))

	d = decide(t, "registered_capital", nil, "annual_purchase", nil, "safety_incidents", 1)
	assert.True(t, policytest.Outcome(t, d, policy.Referred))
	assert.True(t, policytest.Score(t, d, ""))
	assert.True(t, policytest.Points(t, d, "volume", ""))
	assert.True(t, policytest.Grade(t, d, ""))
	assert.True(t, policytest.Criterion(t, d, "capital", policy.Unknown))
	assert.True(t, policytest.Value(t, d, "growth", ""))
	assert.True(t, policytest.Step(t, d, "base", ""))
	assert.True(t, policytest.ProposedLimit(t, d, ""))
	assert.True(t, policytest.Limit(t, d, "0"))
	assert.True(t, policytest.Approval(t, d, ""))
	assert.True(t, policytest.Missing(t, d, "annual_purchase", "registered_capital"))
	assert.True(t, policytest.Reasons(t, d, "capital", "volume"))
}

// Each assertion that fails returns false and says, once, what is behind the figure.
func TestAssertionsThatFail(t *testing.T) {
	d := decide(t, "registered_capital", nil, "safety_incidents", 1, "net_assets", 1_000_000)
	var out strings.Builder
	for _, x := range []struct {
		name   string
		assert func(t testing.TB) bool
	}{
		{"Outcome", func(t testing.TB) bool { return policytest.Outcome(t, d, policy.Admitted) }},
		{"Score", func(t testing.TB) bool { return policytest.Score(t, d, "97.664") }},
		{"Score that is no number", func(t testing.TB) bool { return policytest.Score(t, d, "97,66") }},
		{"Points", func(t testing.TB) bool { return policytest.Points(t, d, "volume", "16") }},
		{"Points of nothing", func(t testing.TB) bool { return policytest.Points(t, d, "volum", "16") }},
		{"Grade", func(t testing.TB) bool { return policytest.Grade(t, d, "A") }},
		{"Limit", func(t testing.TB) bool { return policytest.Limit(t, d, "200000") }},
		{"Criterion", func(t testing.TB) bool { return policytest.Criterion(t, d, "capital", policy.Pass) }},
		{"Value", func(t testing.TB) bool { return policytest.Value(t, d, "growth", "0.3") }},
		{"ProposedLimit", func(t testing.TB) bool { return policytest.ProposedLimit(t, d, "1") }},
		{"Step", func(t testing.TB) bool { return policytest.Step(t, d, "base", "1") }},
		{"Binding", func(t testing.TB) bool { return policytest.Binding(t, d, "ceiling") }},
		{"Available", func(t testing.TB) bool { return policytest.Available(t, d, "1") }},
		{"Request", func(t testing.TB) bool { return policytest.Request(t, d, "held") }},
		{"Approval", func(t testing.TB) bool { return policytest.Approval(t, d, "客户管理委员会") }},
		{"Missing", func(t testing.TB) bool { return policytest.Missing(t, d, "net_assets", "registered_capital") }},
		{"Reasons", func(t testing.TB) bool {
			return policytest.Reasons(t, d, "incident", "无法判断：注册资本不足50万元")
		}},
		{"no Reasons", func(t testing.TB) bool { return policytest.Reasons(t, d) }},
		{"no decision", func(t testing.TB) bool { return policytest.Score(t, nil, "1") }},
		{"a decision that nobody has made", func(t testing.TB) bool { return policytest.Grade(t, new(policy.Decision), "A") }},
	} {
		l := &listener{TB: t}
		assert.False(t, x.assert(l), x.name)
		assert.GreaterOrEqual(t, l.helped, 2, "%s: the failure must stand in the line of the caller", x.name)
		fmt.Fprintf(&out, "%s\n%s\n", x.name, l.said.String())
	}
	const golden = "testdata/assertions.out"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(out.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), out.String(), "run go test -update and look at the difference")
}
