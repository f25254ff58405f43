package tally_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/tally"
)

const contractPolicy = "../testdata/contract/customer-management.yaml"

func TestDocWritesTheDocument(t *testing.T) {
	status, stdout, stderr := tallyRun("", "doc", contractPolicy)
	require.Equal(t, tally.Done, status, stderr)
	require.Contains(t, stdout, "# 客户管理办法\n", "a Chinese policy is a Chinese document")

	out := filepath.Join(t.TempDir(), "POLICY.md")
	status, stdout, stderr = tallyRun("", "doc", "-lang", "en", "-o", out, contractPolicy)
	require.Equal(t, tally.Done, status, stderr)
	require.Empty(t, stdout)
	text, err := os.ReadFile(out)
	require.NoError(t, err)
	require.Contains(t, string(text), "# Customer management measures\n")
}

func TestDocTellsWhatItCannotDo(t *testing.T) {
	for _, tt := range []struct {
		why    string
		args   []string
		status int
		says   string
	}{
		{"no policy", []string{"doc"}, tally.Usage, "which policy?"},
		{"two policies", []string{"doc", contractPolicy, contractPolicy}, tally.Usage, "one at a time"},
		{"another language", []string{"doc", "-lang", "fr", contractPolicy}, tally.Usage, `"fr"`},
		{"another format", []string{"doc", "-format", "pdf", contractPolicy}, tally.Usage, `"pdf"`},
		{"a policy that is not there", []string{"doc", "nowhere.yaml"}, tally.Usage, "nowhere.yaml"},
		{"a policy with faults", []string{"doc", example + "mistakes.yaml"}, tally.Findings, "payed"},
	} {
		status, stdout, stderr := tallyRun("", tt.args...)
		require.Equal(t, tt.status, status, tt.why)
		require.Contains(t, stderr, tt.says, tt.why)
		require.Empty(t, stdout, tt.why)
	}
}
