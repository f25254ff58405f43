package tally_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/tally"
)

// decideLogged decides the customers of the example with a log, and returns the folder in which that is.
func decideLogged(t *testing.T, flags ...string) (dir, log string) {
	t.Helper()
	dir = t.TempDir()
	log = filepath.Join(dir, "decisions.log")
	status, _, stderr := tallyRun("", append([]string{"decide", "-policy", example + "policy.yaml", "-as-of", "2026-06-30", "-log", log,
		example + "customers.csv"}, flags...)...)
	require.Equal(t, tally.Findings, status, stderr) // one record is bad
	return dir, log
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(b)
}

func TestALogIsReplayed(t *testing.T) {
	_, log := decideLogged(t)
	require.Equal(t, 4, strings.Count(read(t, log), "\n"), "a bad record is no decision")
	for _, from := range []string{example + "policy.yaml", example} {
		status, stdout, stderr := tallyRun("", "replay", "-policy", from, log)
		if from == example { // which has a policy with mistakes beside it
			require.Equal(t, tally.Findings, status)
			require.Contains(t, stderr, filepath.Join(example, "mistakes.yaml")+":")
			continue
		}
		require.Equal(t, tally.Done, status, stdout+stderr)
		require.Contains(t, stdout, log+": 4 decisions, 4 of them the same; the last line is ")
	}

	status, _, _ := tallyRun("", "decide", "-policy", example+"policy.yaml", "-as-of", "2026-07-01", "-log", log, example+"customers.csv")
	require.Equal(t, tally.Findings, status)
	_, stdout, _ := tallyRun("", "replay", "-policy", example+"policy.yaml", log)
	require.Contains(t, stdout, "8 decisions, 8 of them the same", "a log goes on")
}

func TestALogThatIsNotAsItWasIsAFinding(t *testing.T) {
	dir, log := decideLogged(t)
	altered := strings.Replace(read(t, log), `"outcome":"admitted"`, `"outcome":"rejected"`, 1)
	require.NoError(t, os.WriteFile(log, []byte(altered), 0o600))
	status, stdout, _ := tallyRun("", "replay", "-policy", example+"policy.yaml", log)
	require.Equal(t, tally.Findings, status)
	require.Contains(t, stdout, log+":1: the line was damaged or altered: it does not have its hash [broken]\n"+
		log+`:1: the decision comes out differently: outcome was "rejected" and is "admitted" [result]`+"\n")
	require.Contains(t, stdout, "4 decisions, 3 of them the same")

	policies := filepath.Join(dir, "policies")
	require.NoError(t, os.Mkdir(policies, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(policies, "new.yaml"), []byte(read(t, example+"policy.yaml")+"# signed\n"), 0o644))
	_, log = decideLogged(t)
	status, stdout, _ = tallyRun("", "replay", "-policy", policies, log)
	require.Equal(t, tally.Findings, status)
	require.Contains(t, stdout, "that decided, but means the same: the decision is the same [digest]\n")
}

func TestALineThatWasTornIsMendedAndSaidSo(t *testing.T) {
	_, log := decideLogged(t)
	whole := read(t, log)
	require.NoError(t, os.WriteFile(log, []byte(whole[:len(whole)-100]), 0o600))
	status, stdout, _ := tallyRun("", "replay", "-policy", example+"policy.yaml", log)
	require.Equal(t, tally.Findings, status)
	require.Contains(t, stdout, log+":4: the line is torn")
	_, _, stderr := tallyRun("", "decide", "-policy", example+"policy.yaml", "-as-of", "2026-06-30", "-log", log, example+"customers.csv")
	require.Contains(t, stderr, "tally: "+log+" ended in a line that a crash tore; ")
	status, stdout, _ = tallyRun("", "replay", "-policy", example+"policy.yaml", log)
	require.Equal(t, tally.Done, status)
	require.Contains(t, stdout, "7 decisions, 7 of them the same")
}

func TestMaskedNamesAreProvedWithTheKey(t *testing.T) {
	key := filepath.Join(t.TempDir(), "decisions.key")
	_, log := decideLogged(t, "-mask", "name", "-mask-key", key)
	require.NotContains(t, read(t, log), "Aldgate")
	status, stdout, _ := tallyRun("", "replay", "-policy", example+"policy.yaml", log)
	require.Equal(t, tally.Done, status, stdout)
	status, stdout, _ = tallyRun("", "replay", "-mask-key", key, "-claim", "name=Aldgate Mining", log)
	require.Equal(t, tally.Done, status)
	require.Regexp(t, `:1: name is Aldgate Mining; the salt is [0-9a-f]{64}\n$`, stdout)
	status, stdout, stderr := tallyRun("", "replay", "-mask-key", key, "-claim", "name=Nobody", log)
	require.Equal(t, tally.Findings, status)
	require.Empty(t, stdout)
	require.Contains(t, stderr, "in no decision name is masked and was Nobody")

	made := read(t, key)
	_, _, stderr = tallyRun("", "decide", "-policy", example+"policy.yaml", "-as-of", "2026-06-30", "-log", log, "-mask", "name", "-mask-key", key, example+"customers.csv")
	require.NotContains(t, stderr, "made the key")
	require.Equal(t, made, read(t, key), "a key that is there is used")
}

func TestLogsAndMasksThatMakeNoSense(t *testing.T) {
	dir := t.TempDir()
	log, key, none := filepath.Join(dir, "d.log"), filepath.Join(dir, "d.key"), filepath.Join(dir, "none")
	bad := filepath.Join(dir, "bad.key")
	require.NoError(t, os.WriteFile(bad, []byte("secret\n"), 0o600))
	customers, err := os.ReadFile(example + "customers.csv")
	require.NoError(t, err)
	foreign := filepath.Join(dir, "customers.csv")
	require.NoError(t, os.WriteFile(foreign, customers, 0o600))
	decide := func(flags ...string) []string {
		return append([]string{"decide", "-policy", example + "policy.yaml", "-as-of", "2026-06-30", "-o", filepath.Join(dir, "out"), example + "customers.csv"}, flags...)
	}
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"a mask without a log":         {decide("-mask", "name", "-mask-key", key), "add -log FILE"},
		"a mask without a key":         {decide("-log", log, "-mask", "name"), "add -mask-key FILE"},
		"a key without a mask":         {decide("-log", log, "-mask-key", key), "add -mask"},
		"a mask of what decides":       {decide("-log", log, "-mask", "name, paid", "-mask-key", key), "paid cannot be withheld, since decisions depend on it: it is read at " + example + "policy.yaml:"},
		"a mask of what is not there":  {decide("-log", log, "-mask", "nmae", "-mask-key", key), "did you mean `name`?"},
		"a key that is none":           {decide("-log", log, "-mask", "name", "-mask-key", bad), "bad.key: a key has 64 hexadecimal digits"},
		"a log that is something else": {decide("-log", foreign), "its last line cannot be read: it is no line of a decision log"},
		"a log that is the output":     {decide("-log", filepath.Join(dir, "out")), "need files of their own"},
		"a log in no folder":           {decide("-log", filepath.Join(none, "d.log")), "no such file"},
		"no log":                       {[]string{"replay", "-policy", example + "policy.yaml"}, "which log?"},
		"no policy":                    {[]string{"replay", foreign}, "by which policies was it decided?"},
		"a policy that is not there":   {[]string{"replay", "-policy", none, foreign}, "none"},
		"a log that is not there":      {[]string{"replay", "-policy", example + "policy.yaml", none}, "none"},
		"a key that is not needed":     {[]string{"replay", "-policy", example + "policy.yaml", "-mask-key", key, foreign}, "without it"},
		"a claim without a value":      {[]string{"replay", "-claim", "name", "-mask-key", key, foreign}, "-claim name=Ada"},
		"a claim without a key":        {[]string{"replay", "-claim", "name=Ada", foreign}, "add -mask-key FILE"},
		"a claim with a key not there": {[]string{"replay", "-claim", "name=Ada", "-mask-key", none, foreign}, "none"},
	} {
		t.Run(name, func(t *testing.T) {
			status, _, stderr := tallyRun("", c.args...)
			require.Equal(t, tally.Usage, status, stderr)
			require.Contains(t, stderr, c.says)
		})
	}
	require.NoFileExists(t, key)
	require.NoFileExists(t, filepath.Join(dir, "out"), "nothing is overwritten before all is understood")
	require.Equal(t, string(customers), read(t, foreign))
}
