package tally_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/tally"
)

const (
	untidy = "version: '1'\r\npolicy: p # 客户\r\ninputs:\r\n    a: {type: number,\r\n        min: 0}\r\n"
	tidy   = "policy: p # 客户\nversion: '1'\n\ninputs:\n  a: {type: number, min: 0}\n"
)

// written writes a file of its own and returns its name.
func written(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "p.yaml")
	require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	return name
}

func TestFmtPrintsTheLayout(t *testing.T) {
	name := written(t, untidy)
	status, stdout, stderr := tallyRun("", "fmt", name)
	require.Equal(t, tally.Done, status)
	require.Equal(t, tidy, stdout)
	require.Empty(t, stderr)

	status, stdout, _ = tallyRun(untidy, "fmt", "-")
	require.Equal(t, tally.Done, status)
	require.Equal(t, tidy, stdout, "standard input is laid out as well")
}

func TestFmtListsAndShowsWhatDiffers(t *testing.T) {
	name, good := written(t, untidy), written(t, tidy)
	status, stdout, _ := tallyRun("", "fmt", "-l", name, good)
	require.Equal(t, tally.Findings, status)
	require.Equal(t, name+"\n", stdout)

	status, stdout, _ = tallyRun("", "fmt", "-d", name, good)
	require.Equal(t, tally.Findings, status)
	require.Contains(t, stdout, "--- "+name+"\n+++ "+name+" (canonical layout)\n@@ -1,5 +1,5 @@\n")
	require.Contains(t, stdout, "+inputs:\n+  a: {type: number, min: 0}\n")

	status, stdout, _ = tallyRun("", "fmt", "-l", "-d", good)
	require.Equal(t, tally.Done, status)
	require.Empty(t, stdout)
}

func TestFmtWritesTheFile(t *testing.T) {
	name := written(t, untidy)
	link := filepath.Join(t.TempDir(), "link.yaml")
	require.NoError(t, os.Symlink(name, link))
	status, stdout, stderr := tallyRun("", "fmt", "-w", "-l", link)
	require.Equal(t, tally.Done, status, "a difference that is mended is no finding")
	require.Equal(t, link+"\n", stdout)
	require.Contains(t, stderr, "CR LF")
	got, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, tidy, string(got))
	info, err := os.Lstat(name)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode(), "its permissions stay")
	files, err := os.ReadDir(filepath.Dir(name))
	require.NoError(t, err)
	require.Len(t, files, 1, "nothing else is left behind")
}

func TestFmtLeavesAFileWithFaultsAlone(t *testing.T) {
	name, other := written(t, "policy: [p\n"), written(t, untidy)
	status, _, stderr := tallyRun("", "fmt", "-w", name, other)
	require.Equal(t, tally.Findings, status)
	require.Contains(t, stderr, name+":1:")
	got, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, "policy: [p\n", string(got))
	got, err = os.ReadFile(other)
	require.NoError(t, err)
	require.Equal(t, tidy, string(got), "the other files are laid out")
}

func TestFmtNeedsFiles(t *testing.T) {
	for _, args := range [][]string{{"fmt"}, {"fmt", "nowhere.yaml"}, {"fmt", "-w", "-"}} {
		status, _, stderr := tallyRun("", args...)
		require.Equal(t, tally.Usage, status)
		require.NotEmpty(t, stderr)
	}
}
