package tally_test

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/tally"
)

const (
	goodCases    = "../policytest/testdata/customer-management_test.yaml"
	failingCases = "../internal/cases/testdata/failures/shop_test.yaml"
	faultyCases  = "../internal/cases/testdata/faults/names_test.yaml"
	faultyPolicy = "../internal/cases/testdata/faults/faulty-policy_test.yaml"
	noPolicy     = "../internal/cases/testdata/faults/no-policy_test.yaml"
)

func TestTestExitStatus(t *testing.T) {
	for _, tt := range []struct {
		name   string
		args   []string
		status int
		says   []string // on standard error, or on standard output where it begins with >
	}{
		{"help", []string{"-h"}, tally.Done, []string{">usage: tally test", ">tally test -run", ">-junit file"}},
		{"all as expected", []string{goodCases}, tally.Done, []string{">ok    " + goodCases + ": 4 cases\n"}},
		{"some of them", []string{"-run", "升级|执照", goodCases}, tally.Done, []string{">ok    " + goodCases + ": 2 cases, 2 not run\n"}},
		{"a case that fails", []string{goodCases, failingCases}, tally.Findings, []string{">ok    " + goodCases, ">FAIL  " + failingCases + ": 16 of 16 cases failed\n"}},
		{"one of several", []string{"-run", "^values$", failingCases, goodCases}, tally.Findings,
			[]string{">FAIL  " + failingCases + ": 1 of 1 case failed, 15 not run\n", ">ok    " + goodCases + ": 0 cases, 4 not run\n"}},
		{"a file with faults", []string{faultyCases}, tally.Findings, []string{">FAIL  " + faultyCases + ": 12 errors\n", ">did you mean `payment`?"}},
		{"a policy with faults", []string{faultyPolicy}, tally.Findings, []string{">FAIL  " + faultyPolicy + ": its policy has 1 error\n", ">did you mean `sales`?"}},
		{"faults beside what does not match", []string{"-run", "nobody", goodCases, faultyCases}, tally.Findings, nil},
		{"no file", nil, tally.Usage, []string{"which test files?"}},
		{"a file that is not there", []string{"none_test.yaml"}, tally.Usage, []string{">FAIL  none_test.yaml: open none_test.yaml: ", "1 file could not be read"}},
		{"a policy that is not there", []string{noPolicy}, tally.Usage, []string{">the policy cannot be read: open ", "1 file could not be read"}},
		{"the rest is run all the same", []string{"none_test.yaml", failingCases, goodCases}, tally.Usage, []string{">16 of 16 cases failed", ">ok    " + goodCases}},
		{"-run that matches nothing", []string{"-run", "nobody", goodCases}, tally.Usage, []string{"-run nobody matches no case"}},
		{"-run that is no regexp", []string{"-run", "(", goodCases}, tally.Usage, []string{"-run: error parsing regexp"}},
		{"a report that cannot be written", []string{"-junit", "none/report.xml", goodCases}, tally.Usage, []string{"none/report.xml"}},
		{"a flag that is none", []string{"-cover", goodCases}, tally.Usage, []string{"-cover"}},
		{"the coverage", []string{"-coverage", goodCases}, tally.Done, []string{">coverage of ../policytest/testdata/customer-management.yaml: ", ">untested:\n"}},
		{"enough coverage", []string{"-min", "20", goodCases}, tally.Done, []string{">coverage of "}},
		{"too little coverage", []string{"-min", "100", goodCases}, tally.Findings, []string{">FAIL  ../policytest/testdata/customer-management.yaml: the coverage is below 100 %"}},
		{"no coverage of what has faults", []string{"-coverage", faultyCases}, tally.Findings, nil},
		{"suggested cases", []string{"-suggest", goodCases}, tally.Done, []string{">  - name: 准入条件 blacklist 不符合\n", ">    given: {blacklisted: true}\n"}},
		{"a percentage that is none", []string{"-min", "101", goodCases}, tally.Usage, []string{"-min 101: a percentage from 0 to 100 is needed"}},
		{"a format that is none", []string{"-format", "xml", goodCases}, tally.Usage, []string{"-format xml: text or json is needed"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, stdout, stderr := tallyRun("", append([]string{"test"}, tt.args...)...)
			require.Equal(t, tt.status, status, stdout+stderr)
			for _, says := range tt.says {
				if onOutput, ok := strings.CutPrefix(says, ">"); ok {
					require.Contains(t, stdout, onOutput)
				} else {
					require.Contains(t, stderr, says)
				}
			}
		})
	}
}

func TestTestTellsWhatFailed(t *testing.T) {
	_, stdout, stderr := tallyRun("", "test", "-run", "^(values|a record|重点客户)$", goodCases, failingCases, faultyPolicy)
	require.Empty(t, stderr)
	require.Equal(t, `ok    ../policytest/testdata/customer-management_test.yaml: 1 case, 3 not run
FAIL  ../internal/cases/testdata/failures/shop_test.yaml: 2 of 2 cases failed, 14 not run

values
../internal/cases/testdata/failures/shop_test.yaml:19:30: values ratio: expected 1, got none
    paid / orders
    paid = 30
    orders = 0
../internal/cases/testdata/failures/shop_test.yaml:19:42: values trusted: expected false, got true
    not late
    late = false
../internal/cases/testdata/failures/shop_test.yaml:19:64: values members_total: expected 100.11, got 100.1
    sum(members, .amount)
    members = [amount 100.1, ccy CNY]

a record
../internal/cases/testdata/failures/shop_test.yaml:21:30: values terms: expected {days: 30, class: fair}, got {class: good, days: 30}
    ratio = 0.75
    row 1 ratio ≥ 0.5
../internal/cases/testdata/failures/shop_test.yaml:21:67: values terms.days: expected 31, got 30
FAIL  ../internal/cases/testdata/faults/faulty-policy_test.yaml: its policy has 1 error
../internal/cases/testdata/faults/faulty.yaml:4:30: error: there is no name `+"`sles`"+` [unknown-name]
    4 | admission: [{id: a, require: sles > 1}]
      |                              ^~~~
      = hint: did you mean `+"`sales`"+`? allowed: as_of, sales
`, stdout)
}

func TestTestWritesJUnit(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.xml")
	status, _, _ := tallyRun("", "test", "-junit", file, "-run", "重点客户|^values$", goodCases, failingCases, faultyCases, "none_test.yaml")
	require.Equal(t, tally.Usage, status)
	src, err := os.ReadFile(file)
	require.NoError(t, err)
	var report struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Suites   []struct {
			Name  string `xml:"name,attr"`
			Cases []struct {
				Name    string  `xml:"name,attr"`
				Failure *string `xml:"failure"`
				Error   *string `xml:"error"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal(src, &report))
	require.Equal(t, [3]int{4, 1, 2}, [3]int{report.Tests, report.Failures, report.Errors})
	require.Len(t, report.Suites, 4)
	require.Equal(t, goodCases, report.Suites[0].Name)
	require.Nil(t, report.Suites[0].Cases[0].Failure)
	require.Equal(t, "values", report.Suites[1].Cases[0].Name)
	require.Contains(t, *report.Suites[1].Cases[0].Failure, "values ratio: expected 1, got none\n    paid / orders\n")
	require.Contains(t, *report.Suites[2].Cases[0].Error, "did you mean `payment`?")
	require.Contains(t, *report.Suites[3].Cases[0].Error, "none_test.yaml")
}

// An embedder's own command loads policies with his functions.
func TestTestHandsOnOptions(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"p.yaml":      "policy: p\nversion: \"1\"\ninputs: {n: {type: number}}\nvalues: {a: twice(n)}\n",
		"p_test.yaml": "policy: p.yaml\nas_of: 2026-06-30\ntests:\n  - {name: a, given: {n: 1}, expect: {values: {a: 2}}}\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	var out strings.Builder
	c := tally.Command{Stdout: &out, Stderr: &out}
	require.Equal(t, tally.Findings, c.Main([]string{"test", filepath.Join(dir, "p_test.yaml")}), out.String())
	c.Options = []policy.Option{policy.WithFunction("twice", func(n policy.Number) policy.Number { return n.Add(n) })}
	require.Equal(t, tally.Done, c.Main([]string{"test", filepath.Join(dir, "p_test.yaml")}), out.String())
}

func TestCoverageAsJSONIsAllThatIsWrittenToStandardOutput(t *testing.T) {
	status, stdout, stderr := tallyRun("", "test", "-format", "json", "-suggest", goodCases)
	require.Equal(t, tally.Done, status, stderr)
	require.Contains(t, stderr, "ok    "+goodCases)
	var reports []struct {
		Policy         string
		Covered, Total int
		Percent        int
		Untested       []struct {
			ID   string
			Line int
		}
		Suggested string
	}
	require.NoError(t, json.Unmarshal([]byte(stdout), &reports), stdout)
	require.Len(t, reports, 1)
	r := reports[0]
	require.Equal(t, r.Total-r.Covered, len(r.Untested))
	require.Equal(t, r.Covered*100/r.Total, r.Percent)
	require.NotZero(t, r.Untested[0].Line)
	require.Contains(t, r.Suggested, "  - name: ")
}
