package tally_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/tally"
)

// explained runs tally explain with the policy of the example.
func explained(stdin string, args ...string) (status int, stdout, stderr string) {
	return tallyRun(stdin, append([]string{"explain", "-policy", example + "policy.yaml", "-as-of", "2026-06-30"}, args...)...)
}

const birch = `{"name": "Birch Quarry", "dishonest": false, "purchases": "250000.50", "orders": 12, "paid": 11}`

func TestExplainTellsOneCustomer(t *testing.T) {
	for _, tt := range []struct {
		name  string
		stdin string
		args  []string
	}{
		{"an object on standard input", birch, []string{"-"}},
		{"an object over several lines", strings.ReplaceAll(birch, ", ", ",\n"), []string{"-"}},
		{"a customer by the line of a file", "", []string{"-line", "3", example + "customers.csv"}},
		{"a customer by name", "", []string{"-name", "Birch Quarry", example + "customers.csv"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, stdout, stderr := explained(tt.stdin, tt.args...)
			require.Equal(t, tally.Done, status, stderr)
			require.Empty(t, stderr)
			require.Contains(t, stdout, "Birch Quarry")
			require.Contains(t, stdout, "60 * (11/12) / 1 = 55")
			require.Contains(t, stdout, "25.00 + 55.00 = 80.00")
			require.NotContains(t, stdout, "The next grade", "that is for -next")
		})
	}
}

func TestExplainWritesEveryFormat(t *testing.T) {
	_, text, _ := explained(birch, "-next", "-")
	require.Contains(t, text, "B → A: the score must be ≥ 90.00, 10.00 away")
	require.Contains(t, text, "volume 25.00 → 40.00", "a million is the next band")

	_, markdown, _ := explained(birch, "-format", "markdown", "-lang", "zh", "-")
	require.Contains(t, markdown, "## 评分\n")
	require.Contains(t, markdown, "| -----")

	status, stdout, stderr := explained(birch, "-format", "json", "-next", "-")
	require.Equal(t, tally.Done, status, stderr)
	var e struct {
		Scoring struct {
			Score string
		}
		Next struct {
			Changes []struct {
				Inputs []struct{ Name, Value, To string }
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(stdout), &e))
	require.Equal(t, "80", e.Scoring.Score)
	require.Equal(t, "purchases", e.Next.Changes[0].Inputs[0].Name)
	require.Equal(t, "1000000", e.Next.Changes[0].Inputs[0].To)
}

func TestExplainNeedsOneCustomer(t *testing.T) {
	twins := filepath.Join(t.TempDir(), "twins.ndjson")
	require.NoError(t, os.WriteFile(twins, []byte(birch+"\n"+birch+"\n"), 0o644))
	for _, tt := range []struct {
		name   string
		args   []string
		stdin  string
		status int
		says   string
	}{
		{"which?", nil, "", tally.Usage, "which customer?"},
		{"several", []string{twins}, "", tally.Usage, "there are several customers: add -line or -name"},
		{"several of one name", []string{"-name", "Birch Quarry", twins}, "", tally.Usage, `several customers are called "Birch Quarry": use -line`},
		{"nobody of that name", []string{"-name", "Birch", example + "customers.csv"}, "", tally.Usage, `there is no customer "Birch" (1 record could not be decided`},
		{"no such line", []string{"-line", "99", example + "customers.csv"}, "", tally.Usage, "no record begins on line 99"},
		{"no customers", []string{"-"}, "", tally.Usage, "there is no customer"},
		{"a bad record by its line", []string{"-line", "6", example + "customers.csv"}, "", tally.Findings, `line 6: field "paid": "lots" is not a number`},
		{"a bad record alone", []string{"-"}, `{"name": "x", "payed": 1}`, tally.Findings, `did you mean "paid"?`},
		{"both ways at once", []string{"-line", "2", "-name", "x", twins}, "", tally.Usage, "either -line or -name"},
		{"a language that is none", []string{"-lang", "de", "-"}, birch, tally.Usage, `there is no language "de"`},
		{"a format that is none", []string{"-format", "html", "-"}, birch, tally.Usage, `there is no format "html"`},
		{"a field that the policy does not know", []string{"-extra", "-"}, `{"name": "x", "colour": "red"}`, tally.Done, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, _, stderr := explained(tt.stdin, tt.args...)
			require.Equal(t, tt.status, status, stderr)
			require.Contains(t, stderr, tt.says)
		})
	}
}
