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

const measures = "../../examples/customer-management/"

func TestDiffTellsWhatChangedByItsExitStatus(t *testing.T) {
	old, new := measures+"policy-2025.yaml", measures+"policy.yaml"
	on := []string{"-on", measures + "customers.csv"}
	for _, tt := range []struct {
		name   string
		args   []string
		status int
		says   string // on standard error, or on standard output where it begins with >
	}{
		{"a policy and itself", []string{new, new}, tally.Done, ">含义没有变化"},
		{"two years", []string{old, new}, tally.Findings, ">等级 A（优质客户）：≥ 85 → 90"},
		{"in English", []string{"-lang", "en", old, new}, tally.Findings, ">grade A (优质客户): from 85 → 90"},
		{"help", []string{"-h"}, tally.Done, ">exit status: 0 nothing changed in meaning"},
		{"one policy", []string{old}, tally.Usage, "which two policies?"},
		{"three policies", []string{old, new, old}, tally.Usage, "which two policies?"},
		{"an unknown language", []string{"-lang", "fr", old, new}, tally.Usage, `"fr"`},
		{"an unknown format", []string{"-format", "html", old, new}, tally.Usage, `"html"`},
		{"a policy that is not there", []string{old, "none.yaml"}, tally.Usage, "none.yaml"},
		{"a policy with faults", []string{example + "mistakes.yaml", example + "policy.yaml"}, tally.Findings, "payed"},
		{"a day without customers", []string{"-as-of", "2026-01-01", old, new}, tally.Usage, "add -on"},
		{"customers without a day", append(on, old, new), tally.Usage, "for which day?"},
		{"a day on which one policy is not in force yet", append(on, "-as-of", "2025-06-30", old, new), tally.Usage, "-as-of 2025-06-30,2026-01-01"},
		{"a day on which one is no longer in force", append(on, "-as-of", "2026-06-30", old, new), tally.Usage, "-as-of 2025-12-31,2026-06-30"},
		{"a day that is none", append(on, "-as-of", "2025-12-31,soon", old, new), tally.Usage, "soon"},
		{"a day for each", append(on, "-as-of", "2025-12-31,2026-01-01", old, new), tally.Findings, ">157,950,000.00  121,620,000.00  -36,330,000.00"},
		{"the same policy on customers", append(on, "-as-of", "today", new, new), tally.Done, ">均无变化  51"},
		{"customers that are not there", []string{"-on", "nobody.csv", "-as-of", "today", new, new}, tally.Usage, "nobody.csv"},
		{"a negative top", []string{"-top", "-1", old, new}, tally.Usage, "-top"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, stdout, stderr := tallyRun("", append([]string{"diff"}, tt.args...)...)
			require.Equal(t, tt.status, status, stdout+stderr)
			if says, ok := strings.CutPrefix(tt.says, ">"); ok {
				require.Contains(t, stdout, says)
			} else {
				require.Contains(t, stderr, tt.says)
			}
		})
	}
}

func TestDiffShowsTheFaultsOfBothPolicies(t *testing.T) {
	file := filepath.Join(t.TempDir(), "other.yaml")
	require.NoError(t, os.WriteFile(file, []byte("policy: p\n"), 0o644))
	status, stdout, stderr := tallyRun("", "diff", example+"mistakes.yaml", file)
	require.Equal(t, tally.Findings, status)
	require.Empty(t, stdout)
	require.Contains(t, stderr, "mistakes.yaml:8:5")
	require.Contains(t, stderr, "other.yaml:1:1")
}

func TestDiffWritesOneJSONObject(t *testing.T) {
	args := []string{"diff", "-format", "json", measures + "policy-2025.yaml", measures + "policy.yaml"}
	_, stdout, _ := tallyRun("", args...)
	var d struct {
		Old, New struct{ Version, Meaning string }
		Changes  []struct {
			Kind, Section, Path, Old, New, Text string
			OldLine                             int `json:"old_line"`
		}
		Customers *struct {
			Customers int
			Changed   map[string]int
			Movers    []struct{ Why []string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(stdout), &d))
	require.Nil(t, d.Customers)
	require.Equal(t, []string{"2025.1", "2026.1"}, []string{d.Old.Version, d.New.Version})
	require.NotEqual(t, d.Old.Meaning, d.New.Meaning)
	require.Equal(t, "changed", d.Changes[0].Kind)
	require.Equal(t, []string{"policy", "version", "2025.1", "2026.1"}, []string{d.Changes[0].Section, d.Changes[0].Path, d.Changes[0].Old, d.Changes[0].New})
	require.Positive(t, d.Changes[0].OldLine)

	_, stdout, _ = tallyRun("", append(args, "-on", measures+"customers.csv", "-as-of", "2025-12-31,2026-01-01", "-top", "2")...)
	require.NoError(t, json.Unmarshal([]byte(stdout), &d))
	require.Equal(t, 51, d.Customers.Customers)
	require.Len(t, d.Customers.Movers, 2)
	require.NotEmpty(t, d.Customers.Movers[0].Why)
}

func TestDiffTellsOfRecordsThatCannotBeDecided(t *testing.T) {
	p := example + "policy.yaml"
	status, stdout, stderr := tallyRun(two+`{"name": "Cyd", "orders": "many"}`+"\n", "diff", "-on", "-", "-as-of", "today", p, p)
	require.Equal(t, tally.Findings, status)
	require.Contains(t, stdout, "no change in meaning")
	require.Contains(t, stdout, `"many"`)
	require.Contains(t, stderr, "1 of 3 records could not be decided")

	status, _, stderr = tallyRun("name,remark\nAda,x\n", "diff", "-on", "-", "-as-of", "today", p, p)
	require.Equal(t, tally.Findings, status)
	require.Contains(t, stderr, "remark")
	require.Contains(t, stderr, "-extra")
	status, _, stderr = tallyRun("name,remark\nAda,x\n", "diff", "-extra", "-on", "-", "-as-of", "today", p, p)
	require.Equal(t, tally.Done, status, stderr)
}

func TestDiffInMarkdown(t *testing.T) {
	status, stdout, _ := tallyRun("", "diff", "-format", "markdown", "-on", measures+"customers.csv", "-as-of", "2025-12-31,2026-01-01", measures+"policy-2025.yaml", measures+"policy.yaml")
	require.Equal(t, tally.Findings, status)
	require.True(t, strings.HasPrefix(stdout, "# 矿山设备客户管理办法 2025.1 → 2026.1\n"))
	require.Contains(t, stdout, "## 等级迁移")
	require.NotContains(t, stdout, "\n\n\n")
}
