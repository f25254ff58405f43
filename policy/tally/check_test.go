package tally_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/tally"
)

// dull is a policy in which a rule applies to nobody, though it takes a search to see that; and the limit can be negative.
const dull = `
policy: dull
version: "1"
title: 客户信用办法
effective: {from: 2026-01-01, until: 2027-01-01}
inputs:
  sales:  {type: number, min: 0}
  assets: {type: number}
scoring:
  indicators:
    - {id: sales, weight: 100, of: sales, proportional: {full: 1_000_000}}
grade:
  scale: [{grade: A, min: 80}, {grade: B}]
  rules:
    - {id: odd, when: sales > 1_000 and sales * assets == 7 and assets > 1, at_most: B}
credit:
  limit:
    - {id: base, set: sales * 0.1}
    - {id: own, at_most: assets}
  approval: [{by: 销售部门, up_to: 10_000}, {by: 总经理}]
`

func TestCheckSaysWhatCanComeOfAPolicy(t *testing.T) {
	status, stdout, stderr := tallyRun("", "check", example+"policy.yaml")
	require.Equal(t, tally.Done, status, stderr)
	require.Empty(t, stderr)
	require.Contains(t, stdout, "no faults\nas of ")
	require.Contains(t, stdout, " records decided:\n  admission  every criterion is met by some and not by others\n")
	require.Contains(t, stdout, "\n  score      between 10.00 and 100.00 (proved)\n  grades     A B C: all can be reached\n")
	require.Contains(t, stdout, "at most 500,000.00 (proved), grade A, bound by ceiling, approved by committee\n")
	require.NotContains(t, stdout, "witnesses")
}

func TestCheckSpeaksTheLanguageOfThePolicy(t *testing.T) {
	status, stdout, _ := tallyRun("", "check", "-witness", written(t, dull))
	require.Equal(t, tally.Done, status)
	for _, want := range []string{
		"截至 2026-01-01，试算 20,000 条记录：\n", "得分    0.00 至 100.00（已证明）\n", "等级    A、B 均可达到\n",
		"额度    见到 100,000,000,000.00（未找到界限）", "由 总经理 审批\n", "每笔额度都有人审批：已证明\n",
		"实例，在下面这条记录上改动（测试文件中的 base 与 given）：\n  {sales: 1, assets: 1}\n", "由 销售部门 审批",
	} {
		require.Contains(t, stdout, want)
	}
}

func TestNotesAreNoFindings(t *testing.T) {
	file := written(t, dull)
	status, stdout, _ := tallyRun("", "check", "-strict", file)
	require.Equal(t, tally.Done, status, stdout)
	require.Contains(t, stdout, "note: the limit comes out below 0 for some customers, who are given 0 [below-zero]")
	require.Contains(t, stdout, "= hint: for example {sales: 1, assets: -")
	require.Contains(t, stdout, "note: the condition of odd holds for nobody, as far as was found in 20000 records; this proves nothing [never-seen]")
	require.Contains(t, stdout, file+": no faults\n")

	status, stdout, _ = tallyRun("", "check", "-format", "json", file)
	require.Equal(t, tally.Done, status)
	var found []struct{ Code, Severity, Hint string }
	require.NoError(t, json.Unmarshal([]byte(stdout), &found), "it is an array, whatever else is known")
	require.Len(t, found, 2)
	require.Equal(t, "never-seen", found[0].Code, "in the order of the file")
	require.Equal(t, "note", found[1].Severity)
	require.Contains(t, found[1].Hint, "{sales: 1, assets: -")
}

func TestCheckWarnsOfWhatNeverHappens(t *testing.T) {
	file := written(t, strings.NewReplacer(
		"{type: number, min: 0}", "{type: number, min: 0, max: 3, decimals: 0, required: true}",
		"{type: number}", "{type: number, min: 0, max: 3, decimals: 0, required: true}",
		"sales > 1_000 and sales * assets == 7 and assets > 1", "sales % 2 == 1 and sales ** 2 % 2 == 0",
		"1_000_000", "3",
	).Replace(dull))
	status, stdout, _ := tallyRun("", "check", file)
	require.Equal(t, tally.Done, status)
	require.Contains(t, stdout, "warning: the condition of odd holds for nobody: all 16 records there can be were decided, as of 2026-01-01 [never-happens]")
	require.Contains(t, stdout, "1 warning\n截至 2026-01-01，可能的 16 条记录已全部试算：\n")
	status, _, _ = tallyRun("", "check", "-strict", file)
	require.Equal(t, tally.Findings, status)
	status, stdout, _ = tallyRun("", "check", "-strict", "-quick", file)
	require.Equal(t, tally.Done, status)
	require.Equal(t, file+": no faults\n", stdout)
}

func TestCheckCountsWhatIsAccepted(t *testing.T) {
	file := written(t, dull+"accept: [{code: below-zero, reason: 资不抵债者不授信}]\n")
	_, stdout, _ := tallyRun("", "check", file)
	require.Contains(t, stdout, "no faults, 1 finding accepted\n")
	require.NotContains(t, stdout, "below-zero")
}

func TestCheckIsForADayOnWhichThePolicyIsInForce(t *testing.T) {
	file := written(t, dull)
	_, stdout, _ := tallyRun("", "check", "-as-of", "today", file)
	require.Contains(t, stdout, "截至 2026-06-30")
	status, _, stderr := tallyRun("", "check", "-as-of", "2027-01-01", file)
	require.Equal(t, tally.Usage, status)
	require.Contains(t, stderr, "policy dull 1 is not in force on 2027-01-01")
	status, _, stderr = tallyRun("", "check", "-as-of", "tomorrow", file)
	require.Equal(t, tally.Usage, status)
	require.Contains(t, stderr, "tomorrow")
}
