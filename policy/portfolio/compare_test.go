package portfolio_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/portfolio"
)

var update = flag.Bool("update", false, "write the golden files anew")

const before = `
policy: shop
version: "1"
effective: {from: 2025-01-01, until: 2026-01-01}
inputs:
  name:  {type: string, required: true}
  sales: {type: number, min: 0, title: Sales of a year}
  late:  {type: number, min: 0, decimals: 0}
  vip:   {type: bool}
admission:
  - {id: late, require: late < 90, missing: pass}
scoring:
  indicators:
    - {id: volume, weight: 60, of: sales, bands: [{min: 1000, points: 60}, {min: 100, points: 40}, {points: 10}]}
    - {id: care, weight: 40, of: late, deduct: {from: 0, step: 10, points: 10}}
grade:
  scale: [{grade: A, min: 80}, {grade: B, min: 50}, {grade: C, min: 0, outcome: reject}]
credit:
  limit:
    - {id: base, set: sales * 0.25}
    - {id: ceiling, at_most: 500}
    - {id: vip, unlimited: true, when: vip}
`

// changed returns the policy of the year after: with another version and time, and with what replaces what.
func changed(t *testing.T, replace ...string) *policy.Policy {
	t.Helper()
	src := strings.NewReplacer(`version: "1"`, `version: "2"`, "from: 2025-01-01, until: 2026-01-01", "from: 2026-01-01").Replace(before)
	for i := 0; i < len(replace); i += 2 {
		require.Contains(t, src, replace[i])
		src = strings.ReplaceAll(src, replace[i], replace[i+1])
	}
	p, err := policy.Parse("new.yaml", []byte(src))
	require.NoError(t, err)
	return p
}

func old(t *testing.T) *policy.Policy {
	t.Helper()
	p, err := policy.Parse("old.yaml", []byte(before))
	require.NoError(t, err)
	return p
}

var (
	lastDay  = policy.NewDate(2025, time.December, 31)
	firstDay = policy.NewDate(2026, time.January, 1)
)

func compare(t *testing.T, old, new *policy.Policy, customers string) *portfolio.Comparison {
	t.Helper()
	c, err := portfolio.Compare(portfolio.Side{Policy: old, AsOf: lastDay}, portfolio.Side{Policy: new, AsOf: firstDay}, strings.NewReader(customers), policy.CSV, 10, "en")
	require.NoError(t, err)
	return c
}

const customers = `name,sales,late,vip
Ada,1000,0,false
Bob,3000,0,false
Cyd,100.04,0,false
Dan,99,70,false
Eve,2000,60,false
Fay,500,95,false
Gus,5000,0,true
Hal,1000,,false
Ida,1000,-1,false
`

func TestWhoIsDecidedOtherwise(t *testing.T) {
	new := changed(t, "late < 90", "late < 60", "{min: 1000, points: 60}", "{min: 2000, points: 60}", "at_most: 500", "at_most: 600.5", "A, min: 80", "A, min: 81")
	c := compare(t, old(t), new, customers)
	require.Equal(t, 9, c.Customers)
	require.Equal(t, 1, c.Bad)
	require.Equal(t, portfolio.Changed{Outcome: 1, Grade: 2, Score: 1, Limit: 2, Raised: 1, Lowered: 1, None: 4}, c.Changed)

	require.Equal(t, []string{"admitted", "referred", "rejected", "error"}, c.Outcomes.Rows)
	require.Equal(t, [][]int{{4, 0, 1, 0}, {0, 1, 0, 0}, {0, 0, 2, 0}, {0, 0, 0, 1}}, c.Outcomes.Counts)
	require.Equal(t, []string{"A", "B", "C", ""}, c.Grades.Rows)
	require.Equal(t, [][]int{{2, 2, 0, 0}, {0, 1, 0, 0}, {0, 0, 2, 0}, {0, 0, 0, 1}}, c.Grades.Counts)

	require.Equal(t, "1275.01", c.Old.Total, "250 + 500 + 25.01 + 500; Gus has no amount, Hal is referred")
	require.Equal(t, "875.51", c.New.Total)
	require.Equal(t, []int{1, 1}, []int{c.Old.Unlimited, c.New.Unlimited})

	require.Equal(t, []portfolio.Mover{
		{Line: 6, Customer: "Eve", Old: standing(policy.Admitted, "60.00", "B", "500.00"), New: standing(policy.Rejected, "60.00", "B", "0.00"), Change: "-500.00",
			Why: []string{"criterion late: passed → failed"}},
		{Line: 3, Customer: "Bob", Old: standing(policy.Admitted, "100.00", "A", "500.00"), New: standing(policy.Admitted, "100.00", "A", "600.50"), Change: "100.50",
			Why: []string{"step ceiling: 500 → 600.5"}},
		{Line: 2, Customer: "Ada", Old: standing(policy.Admitted, "100.00", "A", "250.00"), New: standing(policy.Admitted, "80.00", "B", "250.00"),
			Why: []string{"indicator volume: 60 → 40 (≥ 1,000 → ≥ 100)", "grade A: ≥ 80.00 → ≥ 81.00"}},
		{Line: 4, Customer: "Cyd", Old: standing(policy.Admitted, "80.00", "A", "25.01"), New: standing(policy.Admitted, "80.00", "B", "25.01"),
			Why: []string{"grade A: ≥ 80.00 → ≥ 81.00"}},
	}, c.Movers)
	require.Len(t, c.Faults, 1)
	require.Equal(t, 10, c.Faults[0].Line)
	require.Contains(t, c.Faults[0].Old, "late")
	require.Contains(t, c.Faults[0].New, "late")
}

func standing(o policy.Outcome, score, grade, limit string) portfolio.Standing {
	return portfolio.Standing{Outcome: o, Score: score, Grade: grade, Limit: limit}
}

func TestTheSamePolicyChangesNobody(t *testing.T) {
	c := compare(t, old(t), changed(t), customers)
	require.Equal(t, portfolio.Changed{None: 8}, c.Changed)
	require.Empty(t, c.Movers)
	require.Equal(t, c.Old.Total, c.New.Total)
	require.Contains(t, c.Text(), "limits     1,275.01  1,275.01    0.00")
}

func TestAnUnlimitedLimitIsTheLargestChange(t *testing.T) {
	c := compare(t, old(t), changed(t, "when: vip", "when: not vip", "at_most: 500", "at_most: 100"), customers)
	require.Equal(t, "Bob", c.Movers[1].Customer)
	require.Equal(t, []string{"Ada", "Bob", "Cyd"}, []string{c.Movers[0].Customer, c.Movers[1].Customer, c.Movers[2].Customer}, "in the order of the file")
	require.Equal(t, "unlimited", c.Movers[0].New.Limit)
	require.Empty(t, c.Movers[0].Change)
	require.Contains(t, c.Movers[0].Why, "step vip: does not apply → unlimited")
	require.Contains(t, c.Text(), "unlimited")
}

func TestARecordIsBadInOneOfThem(t *testing.T) {
	c := compare(t, old(t), changed(t, "sales: {type: number, min: 0,", "sales: {type: number, min: 100,"), customers)
	require.Equal(t, 2, c.Bad)
	require.Equal(t, []int{1, 2}, []int{c.Old.Bad, c.New.Bad})
	require.Equal(t, 5, c.Faults[0].Line)
	require.Empty(t, c.Faults[0].Old)
	require.Contains(t, c.Faults[0].New, "sales")
	require.Equal(t, 1, c.Outcomes.Counts[2][3], "rejected by the old one, an error for the new one")
}

func TestOneFileServesBothPolicies(t *testing.T) {
	renamed := changed(t, "  sales:", "  turnover:", "of: sales", "of: turnover", "set: sales", "set: turnover", "  vip:   {type: bool}", "  vip:   {type: bool}\n  audited: {type: bool}")
	for _, header := range []string{"name,sales,late,audited", "name,turnover,late,audited"} {
		c := compare(t, old(t), renamed, header+",vip\nAda,1000,0,true,false\n")
		require.Zero(t, c.Bad)
		require.Equal(t, portfolio.Changed{None: 1}, c.Changed, header)
	}
	_, err := portfolio.Compare(portfolio.Side{Policy: old(t), AsOf: lastDay}, portfolio.Side{Policy: renamed, AsOf: firstDay}, strings.NewReader("name,remark\nAda,x\n"), policy.CSV, 1, "")
	require.ErrorContains(t, err, "remark", "what neither knows may be misspelt")
	var broken *policy.FileError
	require.ErrorAs(t, err, &broken)
}

func TestEachPolicyDecidesInItsTime(t *testing.T) {
	_, err := portfolio.Compare(portfolio.Side{Policy: old(t), AsOf: firstDay}, portfolio.Side{Policy: changed(t), AsOf: firstDay}, strings.NewReader(customers), policy.CSV, 1, "")
	var outside *policy.AsOfError
	require.ErrorAs(t, err, &outside)
	require.Equal(t, "1", outside.Version)
}

func TestOnlySoManyAreTold(t *testing.T) {
	var b strings.Builder
	b.WriteString("name,sales,late,vip\n")
	for i := range 300 {
		fmt.Fprintf(&b, "c%d,%d,%d,false\n", i, i*7%301*10, -(i % 50 / 49))
	}
	new := changed(t, "sales * 0.25", "sales * 0.2")
	c := compare(t, old(t), new, b.String())
	require.Equal(t, 300, c.Customers)
	require.Len(t, c.Movers, 10)
	require.Equal(t, 6, c.Bad)
	for i := 1; i < len(c.Movers); i++ {
		a, b := c.Movers[i-1], c.Movers[i]
		require.False(t, a.Change == b.Change && a.Line > b.Line)
	}
	none, err := portfolio.Compare(portfolio.Side{Policy: old(t), AsOf: lastDay}, portfolio.Side{Policy: new, AsOf: firstDay}, strings.NewReader(b.String()), policy.CSV, 0, "")
	require.NoError(t, err)
	require.Empty(t, none.Movers)
	require.Empty(t, none.Faults)
	require.Equal(t, c.Changed, none.Changed)
}

func TestPoliciesWithoutGradesOrLimits(t *testing.T) {
	bare, err := policy.Parse("bare.yaml", []byte("policy: shop\nversion: \"0\"\ninputs: {name: {type: string, required: true}, sales: number}\nadmission: [{id: sells, require: sales > 500}]\n"))
	require.NoError(t, err)
	c := compare(t, bare, bare, "name,sales\nAda,1\n")
	require.Empty(t, c.Grades.Rows)
	require.NotContains(t, c.Text(), "grade")
	c = compare(t, bare, changed(t), "name,sales,late,vip\nAda,1000,0,false\nBob,1000,95,false\n")
	require.Equal(t, [][]int{{1, 1, 0, 0}}, c.Grades.Counts)
	require.Equal(t, []string{"250.00", "there was no scoring before"}, []string{c.Movers[0].Change, c.Movers[0].Why[0]})
	require.Equal(t, "new criterion late: failed", c.Movers[1].Why[0])
}

func TestAReaderThatFails(t *testing.T) {
	disk := errors.New("disk on fire")
	r := io.MultiReader(strings.NewReader(customers), iotest.ErrReader(disk))
	_, err := portfolio.Compare(portfolio.Side{Policy: old(t), AsOf: lastDay}, portfolio.Side{Policy: changed(t), AsOf: firstDay}, r, policy.CSV, 1, "")
	require.ErrorIs(t, err, disk)
	c := compare(t, old(t), changed(t), "name,sales\n")
	require.Zero(t, c.Customers)
	require.NotNil(t, c.Movers)
}

func TestHowTheFileComesMakesNoDifference(t *testing.T) {
	want := compare(t, old(t), changed(t, "late < 90", "late < 60"), customers)
	for _, wrap := range []func(io.Reader) io.Reader{iotest.OneByteReader, iotest.HalfReader, iotest.DataErrReader} {
		c, err := portfolio.Compare(portfolio.Side{Policy: old(t), AsOf: lastDay}, portfolio.Side{Policy: changed(t, "late < 90", "late < 60"), AsOf: firstDay},
			wrap(strings.NewReader(customers)), policy.CSV, 10, "en")
		require.NoError(t, err)
		require.Equal(t, want.Text(), c.Text())
	}
	var b strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(customers), "\n")[1:] {
		cells := strings.Split(line, ",")
		late := cells[2]
		if late == "" {
			late = "null"
		}
		fmt.Fprintf(&b, `{"name": %q, "sales": %s, "late": %s, "vip": %s}`+"\n", cells[0], cells[1], late, cells[3])
	}
	c, err := portfolio.Compare(portfolio.Side{Policy: old(t), AsOf: lastDay}, portfolio.Side{Policy: changed(t, "late < 90", "late < 60"), AsOf: firstDay},
		strings.NewReader(b.String()), policy.NDJSON, 10, "en")
	require.NoError(t, err)
	require.Equal(t, want.Changed, c.Changed)
	require.Equal(t, want.Outcomes, c.Outcomes)
}

func TestComparisonsAsPrinted(t *testing.T) {
	new := changed(t, "late < 90", "late < 60", "{min: 1000, points: 60}", "{min: 2000, points: 60}", "at_most: 500", "at_most: 600.5", "A, min: 80", "A, min: 81")
	for _, lang := range []string{"zh", "en"} {
		c, err := portfolio.Compare(portfolio.Side{Policy: old(t), AsOf: lastDay}, portfolio.Side{Policy: new, AsOf: firstDay}, strings.NewReader(customers), policy.CSV, 10, lang)
		require.NoError(t, err)
		b, err := c.JSON()
		require.NoError(t, err)
		require.True(t, json.Valid(b))
		for name, got := range map[string]string{"txt": c.Text(), "md": c.Markdown(), "json": string(b)} {
			file := "testdata/compare." + lang + "." + name
			if *update {
				require.NoError(t, os.MkdirAll("testdata", 0o755))
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, string(want), got, "run go test -update and look at the difference")
		}
	}
}
