package tally_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/portfolio"
	"github.com/tallystick-go/tallystick/policy/tally"
)

// decideArgs are the arguments for the example, without customers.
func decideArgs(more ...string) []string {
	return append([]string{"decide", "-policy", example + "policy.yaml", "-as-of", "2026-06-30"}, more...)
}

// manyCustomers writes a file of customers of the example.
func manyCustomers(t *testing.T, n int) string {
	var b strings.Builder
	b.WriteString("name,dishonest,purchases,orders,paid\n")
	for i := range n {
		fmt.Fprintf(&b, "Customer %d,false,%d.50,%d,%d\n", i, i*1000, i%50, i%49)
	}
	file := filepath.Join(t.TempDir(), "customers.csv")
	require.NoError(t, os.WriteFile(file, []byte(b.String()), 0o600))
	return file
}

func TestTheNumberOfWorkersDoesNotShow(t *testing.T) {
	file := manyCustomers(t, 500)
	for _, format := range []string{"table", "csv", "json", "ndjson"} {
		_, want, stderr := tallyRun("", decideArgs("-format", format, "-workers", "1", file)...)
		require.Empty(t, stderr)
		for _, workers := range []string{"2", "8"} {
			_, got, _ := tallyRun("", decideArgs("-format", format, "-workers", workers, file)...)
			require.True(t, want == got, format)
		}
	}
}

func TestResumeSaysWhatItNeeds(t *testing.T) {
	file := manyCustomers(t, 2)
	out := filepath.Join(t.TempDir(), "out.csv")
	for _, tt := range []struct {
		args []string
		says string
	}{
		{[]string{"-format", "csv", file}, "add -o FILE"},
		{[]string{"-format", "csv", "-o", out}, "give a file of customers"},
		{[]string{"-format", "csv", "-o", out, "-"}, "give a file of customers"},
		{[]string{"-o", out, file}, "add -format csv, json or ndjson"},
		{[]string{"-format", "csv", "-o", out, "-log", out + ".log", file}, "leave out -log or -resume"},
		{[]string{"-format", "csv", "-o", file, file}, "write into another"},
	} {
		status, _, stderr := tallyRun("", decideArgs(append(tt.args, "-resume")...)...)
		require.Equal(t, tally.Usage, status)
		require.Contains(t, stderr, tt.says)
		require.NoFileExists(t, out)
	}
	status, _, stderr := tallyRun("", decideArgs("-workers", "-1", file)...)
	require.Equal(t, tally.Usage, status)
	require.Contains(t, stderr, "above 0")
}

func TestResumeRefusesARunUnderOtherTerms(t *testing.T) {
	file := manyCustomers(t, 2)
	out := filepath.Join(t.TempDir(), "out.ndjson")
	state := `{"resume": 1, "terms": {"policy": "customer-management"}}`
	require.NoError(t, os.WriteFile(out+portfolio.ResumeSuffix, []byte(state), 0o600))
	status, _, stderr := tallyRun("", decideArgs("-format", "ndjson", "-o", out, "-resume", file)...)
	require.Equal(t, tally.Usage, status)
	require.Contains(t, stderr, "the run cannot be continued: the policy was customer-management and is ")
	require.Contains(t, stderr, "delete "+out+portfolio.ResumeSuffix)

	// Without -resume it is forgotten: the output is a new one.
	status, _, stderr = tallyRun("", decideArgs("-format", "ndjson", "-o", out, file)...)
	require.Equal(t, tally.Done, status, stderr)
	require.NoFileExists(t, out+portfolio.ResumeSuffix)
	want, err := os.ReadFile(out)
	require.NoError(t, err)

	status, _, stderr = tallyRun("", decideArgs("-format", "ndjson", "-o", out, "-resume", file)...)
	require.Equal(t, tally.Done, status, stderr)
	got, err := os.ReadFile(out)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}

func TestCustomersAreNotOverwritten(t *testing.T) {
	file := manyCustomers(t, 2)
	before, err := os.ReadFile(file)
	require.NoError(t, err)
	status, _, stderr := tallyRun("", decideArgs("-format", "csv", "-o", file, file)...)
	require.Equal(t, tally.Usage, status)
	require.Contains(t, stderr, "is the file of customers")
	after, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, before, after)
}
