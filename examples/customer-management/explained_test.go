package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/tally"
)

// TestExplainedDecision holds explained.md, which the README points to, to what the command writes.
func TestExplainedDecision(t *testing.T) {
	var got, errs bytes.Buffer
	c := tally.Command{Stdout: &got, Stderr: &errs}
	status := c.Main([]string{"explain", "-policy", "policy.yaml", "-as-of", "2026-06-30", "-name", "驼铃采石场", "-next", "-format", "markdown", "customers.csv"})
	require.Equal(t, tally.Done, status, errs.String())
	const golden = "explained.md"
	if *update {
		require.NoError(t, os.WriteFile(golden, got.Bytes(), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got.String(), "run go test -update and look at the difference")
}
