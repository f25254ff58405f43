package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/tally"
)

// TestPolicyAsADocument holds POLICY.md, which the README points to, to what the command writes.
func TestPolicyAsADocument(t *testing.T) {
	var got, errs bytes.Buffer
	c := tally.Command{Stdout: &got, Stderr: &errs}
	require.Equal(t, tally.Done, c.Main([]string{"doc", "policy.yaml"}), errs.String())
	const golden = "POLICY.md"
	if *update {
		require.NoError(t, os.WriteFile(golden, got.Bytes(), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got.String(), "run go test -update and look at the difference")
}
