package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/portfolio"
)

var update = flag.Bool("update", false, "write testdata/summary.txt")

func TestSummaryTable(t *testing.T) {
	var got bytes.Buffer
	require.NoError(t, run(&got))
	const golden = "testdata/summary.txt"
	if *update {
		require.NoError(t, os.WriteFile(golden, got.Bytes(), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got.String(), "run go test -update and look at the difference")
}

// TestEveryCustomerIsDecidedAsByHand compares with expected.csv, which another program worked out from the measures, with
// fractions of its own.
func TestEveryCustomerIsDecidedAsByHand(t *testing.T) {
	p, err := policy.Load(files, "policy.yaml")
	require.NoError(t, err)
	customers, err := files.ReadFile("customers.csv")
	require.NoError(t, err)
	var out bytes.Buffer
	w, err := portfolio.NewWriter(&out, portfolio.NDJSON, p)
	require.NoError(t, err)
	summary, err := portfolio.Decide(t.Context(), p, policy.NewDate(2026, time.June, 30), bytes.NewReader(customers), policy.CSV, w)
	require.NoError(t, err)

	file, err := os.Open("testdata/expected.csv")
	require.NoError(t, err)
	defer file.Close()
	expected, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	expected = expected[1:]

	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Len(t, lines, len(expected))
	for i, line := range lines {
		var d struct {
			Customer, Outcome, Score, Grade, Limit string
			Missing                                []string
		}
		require.NoError(t, json.Unmarshal([]byte(line), &d))
		require.Equal(t, expected[i], []string{d.Customer, d.Outcome, d.Score, d.Grade, d.Limit, strings.Join(d.Missing, " ")})
	}

	require.GreaterOrEqual(t, summary.Customers, 40)
	for _, o := range []policy.Outcome{policy.Admitted, policy.Referred, policy.Rejected} {
		require.NotZero(t, summary.Outcomes[o], "nobody is %s", o)
	}
	for _, g := range summary.Grades {
		require.NotZero(t, g.Customers, "nobody has grade %q", g.Grade)
	}
}
