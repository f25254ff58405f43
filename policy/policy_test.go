package policy_test

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// update writes the golden files anew: go test ./policy -update. Look at what it changed.
var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with the file name in testdata, or writes it there.
func golden(t testing.TB, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "write it with: go test ./policy -update")
	require.Equal(t, string(want), got, file)
}

var asOf = policy.AsOf(policy.NewDate(2024, time.June, 30))

// load returns the policy with the text src, which has no faults.
func load(t testing.TB, src string, opts ...policy.Option) *policy.Policy {
	t.Helper()
	p, err := policy.Parse("policy.yaml", []byte(src), opts...)
	if faults, ok := err.(policy.Diagnostics); ok {
		t.Fatalf("the policy has faults:\n%s", faults.Text())
	}
	require.NoError(t, err)
	return p
}

// decide decides one customer on 2024-06-30.
func decide(t testing.TB, p *policy.Policy, record any) *policy.Decision {
	t.Helper()
	d, err := p.Decide(record, asOf)
	require.NoError(t, err)
	return d
}

// decideJSON decides the customer in a JSON object.
func decideJSON(t testing.TB, p *policy.Policy, object string) *policy.Decision {
	t.Helper()
	r, err := policy.ParseRecord([]byte(object))
	require.NoError(t, err)
	return decide(t, p, r)
}

// fields returns the decision as its JSON has it, numbers of the places as json.Number.
func fields(t testing.TB, d *policy.Decision) map[string]any {
	t.Helper()
	src, err := json.Marshal(d)
	require.NoError(t, err)
	r, err := policy.ParseRecord(src)
	require.NoError(t, err)
	return r
}

// texts returns the texts of the reasons.
func texts(reasons []policy.Reason) (out []string) {
	for _, r := range reasons {
		out = append(out, r.Text)
	}
	return out
}

// codes returns the codes of the reasons.
func codes(reasons []policy.Reason) (out []string) {
	for _, r := range reasons {
		out = append(out, r.Code)
	}
	return out
}

const contractFile = "testdata/contract/customer-management.yaml"

// contract returns the contract policy: 客户管理办法.
func contract(t testing.TB) *policy.Policy {
	t.Helper()
	p, err := policy.LoadFile(contractFile)
	require.NoError(t, err)
	return p
}

// customer returns the good customer of the contract's cases with some fields changed: name, value, name, value. A field
// that is nil is null.
func customer(changes ...any) policy.Record {
	r := policy.Record{
		"name": "华北矿业有限公司", "industry": "矿业", "licence_expires": "2026-12-31", "blacklisted": false,
		"registered_capital": 20_000_000, "safety_incidents": 0,
		"annual_purchase": 12_000_000, "last_year_purchase": 10_000_000,
		"contracts_total": 30, "contracts_fulfilled": 30, "payments_total": 48, "payments_on_time": 47, "overdue_days": 5,
		"current_ratio": "1.8", "debt_ratio": "0.42", "net_assets": 30_000_000,
		"previous_grade": "B", "receivables": 800_000, "open_orders": "350000.50",
	}
	for i := 0; i < len(changes); i += 2 {
		r[changes[i].(string)] = changes[i+1]
	}
	return r
}

// without returns r without some fields.
func without(r policy.Record, names ...string) policy.Record {
	r = maps.Clone(r)
	for _, n := range names {
		delete(r, n)
	}
	return r
}
