package tally_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/tally"
)

const example = "../../examples/quickstart/"

// tallyRun runs the command and returns its exit status and what it wrote.
func tallyRun(stdin string, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	c := tally.Command{
		Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &errs,
		Today: func() time.Time { return time.Date(2026, 6, 30, 23, 59, 0, 0, time.UTC) },
	}
	status = c.Main(args)
	return status, out.String(), errs.String()
}

func TestExitStatus(t *testing.T) {
	for _, tt := range []struct {
		name   string
		args   []string
		status int
		says   string // on standard error, or on standard output where it begins with >
	}{
		{"nothing is a question", nil, tally.Usage, "usage: tally"},
		{"help is an answer", []string{"help"}, tally.Done, ">usage: tally"},
		{"each verb has help", []string{"decide", "-h"}, tally.Done, ">usage: tally decide"},
		{"an unknown verb", []string{"decode"}, tally.Usage, `there is no verb "decode"`},
		{"an unknown flag", []string{"check", "-fast", "x.yaml"}, tally.Usage, "-fast"},
		{"a good policy", []string{"check", example + "policy.yaml"}, tally.Done, ">no faults"},
		{"a policy with faults", []string{"check", example + "mistakes.yaml"}, tally.Findings, ">did you mean `paid`"},
		{"warnings pass", []string{"check", "../testdata/contract/customer-management.yaml"}, tally.Done, ">1 warning"},
		{"unless it is strict", []string{"check", "-strict", "../testdata/contract/customer-management.yaml"}, tally.Findings, ">1 warning"},
		{"check what?", []string{"check"}, tally.Usage, "which policies?"},
		{"a policy that is not there", []string{"check", "nowhere.yaml"}, tally.Usage, "nowhere.yaml"},
		{"no policy", []string{"decide", "-as-of", "today", example + "customers.csv"}, tally.Usage, "which policy?"},
		{"no day", []string{"decide", "-policy", example + "policy.yaml", example + "customers.csv"}, tally.Usage, "for which day?"},
		{"a day that is none", []string{"decide", "-policy", example + "policy.yaml", "-as-of", "30.6.2026", example + "customers.csv"}, tally.Usage, "write 2026-06-30"},
		{"an unknown format", []string{"decide", "-policy", example + "policy.yaml", "-as-of", "today", "-format", "xml", example + "customers.csv"}, tally.Usage, "xml"},
		{"customers of no known format", []string{"decide", "-policy", example + "policy.yaml", "-as-of", "today", "customers.txt"}, tally.Usage, "-input"},
		{"customers that are not there", []string{"decide", "-policy", example + "policy.yaml", "-as-of", "today", "nobody.csv"}, tally.Usage, "nobody.csv"},
		{"decide by a policy with faults", []string{"decide", "-policy", example + "mistakes.yaml", "-as-of", "today", example + "customers.csv"}, tally.Findings, "payed"},
		{"a bad record", []string{"decide", "-policy", example + "policy.yaml", "-as-of", "today", example + "customers.csv"}, tally.Findings, "1 of 5 records could not be decided"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, stdout, stderr := tallyRun("", tt.args...)
			require.Equal(t, tt.status, status, stdout+stderr)
			if says, ok := strings.CutPrefix(tt.says, ">"); ok {
				require.Contains(t, stdout, says)
			} else {
				require.Contains(t, stderr, tt.says)
			}
		})
	}
}

func TestCheckWritesJSONForEditors(t *testing.T) {
	status, stdout, _ := tallyRun("", "check", "-format", "json", example+"mistakes.yaml")
	require.Equal(t, tally.Findings, status)
	var found []map[string]any
	require.NoError(t, json.Unmarshal([]byte(stdout), &found))
	require.NotEmpty(t, found)
	for _, key := range []string{"file", "line", "col", "severity", "code", "message", "hint", "related"} {
		require.Contains(t, found[0], key)
	}
	require.Equal(t, "unknown-name", found[0]["code"])
	require.EqualValues(t, 8, found[0]["line"])
	require.EqualValues(t, 5, found[0]["col"])

	_, stdout, _ = tallyRun("", "check", "-format", "json", example+"policy.yaml")
	require.JSONEq(t, "[]", stdout)
}

const two = `{"name": "Ada", "dishonest": false, "purchases": 1200000, "orders": 48, "paid": 47}
{"name": "Bob", "dishonest": false, "purchases": 250000.5, "orders": 12, "paid": 11}
`

func TestDecideKeepsTheOrderInEveryFormat(t *testing.T) {
	inputs := map[string]string{
		"ndjson": two,
		"json":   "[" + strings.Replace(strings.TrimSpace(two), "\n", ",\n", 1) + "]",
		"csv":    "name,dishonest,purchases,orders,paid\nAda,false,1200000,48,47\nBob,false,250000.5,12,11\n",
	}
	for format, text := range inputs {
		t.Run(format, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "customers."+format)
			require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
			for _, source := range [][]string{{file}, {"-"}, nil, {"-input", format, "-"}} {
				args := append([]string{"decide", "-policy", example + "policy.yaml", "-as-of", "today", "-format", "ndjson"}, source...)
				status, stdout, stderr := tallyRun(text, args...)
				require.Equal(t, tally.Done, status, stderr)
				lines := strings.Split(strings.TrimSpace(stdout), "\n")
				require.Len(t, lines, 2)
				for i, want := range []struct{ name, score, limit string }{{"Ada", "98.75", "200000.00"}, {"Bob", "80.00", "20833.38"}} {
					var d map[string]any
					require.NoError(t, json.Unmarshal([]byte(lines[i]), &d))
					require.Equal(t, []any{want.name, want.score, want.limit, "2026-06-30"}, []any{d["customer"], d["score"], d["limit"], d["as_of"]})
				}
			}
		})
	}
}

func TestDecideWritesEveryFormat(t *testing.T) {
	decide := func(format, stdin string) string {
		status, stdout, stderr := tallyRun(stdin, "decide", "-policy", example+"policy.yaml", "-as-of", "2026-06-30", "-format", format, "-input", "ndjson", "-")
		require.Equal(t, tally.Done, status, stderr)
		return stdout
	}
	rows, err := csv.NewReader(strings.NewReader(decide("csv", two))).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"line", "customer", "outcome", "score", "grade", "limit", "available", "approval", "valid_until", "reasons", "missing", "error"}, rows[0])
	require.Equal(t, []string{"1", "Ada", "admitted", "98.75", "A", "200000.00", "200000.00", "committee", "", "", "", ""}, rows[1])

	var all []map[string]any
	require.NoError(t, json.Unmarshal([]byte(decide("json", two)), &all))
	require.Len(t, all, 2)
	require.Equal(t, "[]\n", decide("json", ""))
	require.Equal(t, "", decide("ndjson", ""))
	require.Contains(t, decide("csv", ""), "line,customer")
	require.Contains(t, decide("table", two), "220,833.38")
}

func TestABadRecordIsToldAndTheRestDecided(t *testing.T) {
	stdin := `{"name": "Ada", "orders": "many"}
not json
{"name": "Bob", "dishonest": false, "purchases": 250000.5, "orders": 12, "paid": 11}
{"nmae": "Cyd"}
`
	status, stdout, stderr := tallyRun(stdin, "decide", "-policy", example+"policy.yaml", "-as-of", "2026-06-30", "-format", "ndjson", "-")
	require.Equal(t, tally.Findings, status)
	require.Contains(t, stderr, "3 of 4 records could not be decided")
	lines := strings.Split(strings.TrimSpace(stdout), "\n")
	require.Len(t, lines, 4)
	for i, says := range map[int]string{0: "orders", 1: "JSON", 3: "name"} {
		var bad struct {
			Line  int
			Error string
		}
		require.NoError(t, json.Unmarshal([]byte(lines[i]), &bad))
		require.Equal(t, i+1, bad.Line)
		require.Contains(t, bad.Error, says)
	}
	require.Contains(t, lines[2], `"grade":"B"`)
}

func TestDecideWritesAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "out.ndjson")
	status, stdout, stderr := tallyRun(two, "decide", "-policy", example+"policy.yaml", "-as-of", "2026-06-30", "-format", "ndjson", "-o", file, "-")
	require.Equal(t, tally.Done, status, stderr)
	require.Empty(t, stdout)
	got, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, 2, bytes.Count(got, []byte("\n")))
}

func TestAnObjectOverSeveralLinesOnStandardInput(t *testing.T) {
	status, stdout, stderr := tallyRun("{\n  \"name\": \"Ada\",\n  \"dishonest\": true\n}\n", "decide", "-policy", example+"policy.yaml", "-as-of", "2026-06-30", "-format", "ndjson")
	require.Equal(t, tally.Done, status, stderr)
	require.Contains(t, stdout, `"outcome":"rejected"`)
}

func TestExtraColumnsAreIgnoredWhereAskedFor(t *testing.T) {
	customers := "name,dishonest,purchases,orders,paid,remark\nAda,false,1200000,48,47,good\n"
	args := []string{"decide", "-policy", example + "policy.yaml", "-as-of", "2026-06-30", "-format", "csv", "-"}
	status, _, stderr := tallyRun(customers, args...)
	require.Equal(t, tally.Findings, status)
	require.Contains(t, stderr, "remark")
	require.Contains(t, stderr, "-extra")
	status, stdout, stderr := tallyRun(customers, append(args, "-extra")...)
	require.Equal(t, tally.Done, status, stderr)
	require.Contains(t, stdout, "98.75")
}

func TestWhatPrecedesABrokenPlaceIsDecided(t *testing.T) {
	stdin := strings.Replace("["+strings.Replace(strings.TrimSpace(two), "\n", ",\n", 1)+"]", `"paid": 11}`, `"paid" 11}`, 1)
	status, stdout, stderr := tallyRun(stdin, "decide", "-policy", example+"policy.yaml", "-as-of", "2026-06-30", "-format", "ndjson", "-")
	require.Equal(t, tally.Findings, status)
	require.Contains(t, stdout, `"customer":"Ada"`)
	require.Contains(t, stderr, "line 2")
}
