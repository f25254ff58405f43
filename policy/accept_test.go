package policy_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// accepting returns the contract policy with entries in its section accept.
func accepting(t *testing.T, entries string) string {
	t.Helper()
	src, err := os.ReadFile(contractFile)
	require.NoError(t, err)
	return string(src) + "accept:\n" + entries
}

func TestAWarningThatIsMeantIsAcceptedWithItsReason(t *testing.T) {
	plain := contract(t)
	require.True(t, plain.Warnings().Has(policy.Warning))
	p := load(t, accepting(t, "  - {code: rule-order, at: grade.rules.incident, reason: 先封顶再降级}\n"))
	require.False(t, p.Warnings().Has(policy.Warning), "%s", p.Warnings().Text())
	require.Len(t, p.Accepted(), 1)
	require.Contains(t, plain.Warnings().Text(), p.Accepted()[0].Message)

	require.NotEqual(t, plain.Digest(), p.Digest(), "the file is another one")
	require.Equal(t, plain.Meaning(), p.Meaning(), "it decides the same")
}

func TestAnEntryInTheWrongPlaceAcceptsNothing(t *testing.T) {
	p := load(t, accepting(t, "  - {code: rule-order, at: grade.rules.long-overdue, reason: 先封顶再降级}\n"))
	require.Empty(t, p.Accepted())
	var codes []string
	for _, w := range p.Warnings() {
		if w.Severity == policy.Warning {
			codes = append(codes, w.Code)
		}
	}
	require.Equal(t, []string{"rule-order", "unneeded-accept"}, codes)
}

// What only Prove can find is judged by Prove: loading does not know whether the entry is needed.
func TestEntriesForProofsAreJudgedByProofs(t *testing.T) {
	p := load(t, accepting(t, "  - {code: rule-order, at: grade, reason: 先封顶再降级}\n  - {code: below-zero, at: credit, reason: 净资产为负者额度为0}\n  - {code: below-zero, at: inputs, reason: 无}\n"))
	require.False(t, p.Warnings().Has(policy.Warning), "%s", p.Warnings().Text())
	proof, err := p.Prove()
	require.NoError(t, err)
	var unneeded []int
	for _, d := range proof.Diagnostics {
		require.NotEqual(t, "below-zero", d.Code)
		if d.Code == "unneeded-accept" {
			unneeded = append(unneeded, d.Line)
		}
	}
	require.Len(t, unneeded, 1, "%s", proof.Diagnostics.Text())
	require.Len(t, proof.Accepted, 1)
	require.Equal(t, "below-zero", proof.Accepted[0].Code)
}

func TestAnErrorInAcceptKeepsThePolicyFromLoading(t *testing.T) {
	faults := diagnosed(t, "shop.yaml", []byte(accepting(t, "  - {code: rule-orders, at: grade.rules.incident, reason: x}\n  - {code: rule-order, at: grade.rule, reason: x}\n  - {code: rule-order}\n")))
	var got []string
	for _, f := range faults {
		if f.Severity == policy.Error {
			got = append(got, f.Code)
		}
	}
	require.Equal(t, []string{"unknown-code", "unknown-path", "missing-key"}, got)
}
