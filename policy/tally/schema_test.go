package tally_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/tally"
)

var update = flag.Bool("update", false, "rewrite the schemas that the repository holds")

// The schemas beside the package policy are what the command prints, so that a change of the format is seen in them.
func TestTheSchemasOfTheRepositoryAreUpToDate(t *testing.T) {
	for file, args := range map[string][]string{
		"../policy.schema.json":      {"schema"},
		"../policy_test.schema.json": {"schema", "-test"},
	} {
		status, stdout, stderr := tallyRun("", args...)
		require.Equal(t, tally.Done, status, stderr)
		require.True(t, json.Valid([]byte(stdout)))
		if *update {
			require.NoError(t, os.WriteFile(file, []byte(stdout), 0o644))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(want), stdout, "run go test ./policy/tally -update and look at the difference")
	}
}

func TestASchemaIsWrittenToAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "policy.schema.json")
	status, stdout, stderr := tallyRun("", "schema", "-o", file)
	require.Equal(t, tally.Done, status, stderr)
	require.Empty(t, stdout)
	_, want, _ := tallyRun("", "schema")
	got, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, want, string(got))

	status, _, stderr = tallyRun("", "schema", "-o", filepath.Join(file, "nowhere"))
	require.Equal(t, tally.Usage, status)
	require.Contains(t, stderr, "nowhere")
	status, _, stderr = tallyRun("", "schema", "policy.yaml")
	require.Equal(t, tally.Usage, status)
	require.Contains(t, stderr, "policy.yaml")
}
