package policy_test

import (
	"encoding/json"
	"fmt"
	"log"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// A proof tells what can come of a policy, before any customer is decided.
func ExamplePolicy_Prove() {
	p, err := policy.Parse("orchard.yaml", []byte(orchard))
	if err != nil {
		log.Fatal(err)
	}
	proof, err := p.Prove()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(proof.Text("en", false))
	fmt.Println(proof.Score.Highest.Reached, proof.Score.Highest.Verdict)
	fmt.Println(proof.Grades[1].Name, proof.Grades[1].Witness.Text)
	// Output:
	// as of 2024-01-01, 20,000 records decided:
	//   admission  every criterion is met by some and not by others
	//   score      between 0.00 and 100.00 (proved)
	//   grades     A B C: all can be reached
	//   complete   every score has a grade: proved
	// 100 proved
	// B {name: X, paid: 8, orders: 10}
}

func proofOf(t *testing.T, src string, opts ...policy.ProveOption) *policy.Proof {
	t.Helper()
	proof, err := load(t, src).Prove(opts...)
	require.NoError(t, err)
	return proof
}

func TestWhatCanComeOfACustomerPolicy(t *testing.T) {
	p, err := policy.LoadFile("testdata/contract/customer-management.yaml")
	require.NoError(t, err)
	proof, err := p.Prove()
	require.NoError(t, err)
	golden(t, "proof/contract.txt", proof.Text("", false))
	golden(t, "proof/contract-en.txt", proof.Text("en", false))
	again, err := p.Prove()
	require.NoError(t, err)
	require.Equal(t, proof.Text("", true), again.Text("", true), "there is no chance in it")
	require.Equal(t, proof.Diagnostics.Text(), again.Diagnostics.Text())
}

func TestEveryWitnessCanBeDecidedAsAnyRecord(t *testing.T) {
	p, err := policy.LoadFile("testdata/contract/customer-management.yaml")
	require.NoError(t, err)
	proof, err := p.Prove()
	require.NoError(t, err)
	decide := func(w policy.Witness) *policy.Decision {
		r, err := policy.ParseRecord(w.JSON)
		require.NoError(t, err, w.Text)
		d, err := p.Decide(r, policy.AsOf(proof.AsOf))
		require.NoError(t, err, w.Text)
		return d
	}
	require.Len(t, proof.Grades, 4)
	for _, g := range proof.Grades {
		require.Equal(t, g.Name, decide(g.Witness).Grade())
		d := decide(g.Limit.Witness)
		require.Equal(t, policy.Admitted, d.Outcome())
		require.Equal(t, g.Limit.Reached.Fixed(2), d.LimitText())
		require.Equal(t, g.Limit.Approval, d.Approval())
		require.Equal(t, g.Limit.Binding, d.Binding())
	}
	require.Equal(t, proof.Score.Highest.Reached.Fixed(2), decide(proof.Score.Highest.Witness).ScoreText())
	require.Equal(t, proof.Score.Lowest.Reached.Fixed(2), decide(proof.Score.Lowest.Witness).ScoreText())
}

// few is a policy with so few records that all of them are decided.
const few = `
policy: few
version: "1"
inputs:
  years:   {type: number, min: 0, max: 20, decimals: 0, required: true}
  partner: {type: bool, required: true}
  old:     {type: bool, required: true}
values:
  settled: years > 12 and partner
admission:
  - {id: known, require: partner or years >= 2, otherwise: refer}
scoring:
  indicators:
    - {id: years, weight: 60, of: years, linear: {0: 0, 20: 40}}
    - {id: partner, weight: 40, of: partner, categories: {true: 40, false: 10}}
grade:
  scale: [{grade: A, min: 75}, {grade: B, min: 45}, {grade: C}]
  rules:
    - {id: strange, when: settled and old and years % 13 == 5 and years < 18, at_most: C}
credit:
  limit: [{id: base, set: years * 1_000}]
  approval: [{by: desk, up_to: 10_000}, {by: head, when: old}, {by: board}]
`

func TestWhereAllRecordsAreDecidedNothingIsLeftOpen(t *testing.T) {
	proof := proofOf(t, few)
	require.True(t, proof.Complete)
	require.Equal(t, 21*2*2, proof.Records)
	for _, c := range proof.Claims {
		require.NotEqual(t, policy.Unproved, c.Verdict, "%s %s", c.About, c.ID)
	}
	require.Equal(t, "80", proof.Score.Highest.Reached.String())
	require.Equal(t, policy.Proved, proof.Score.Highest.Verdict)
	require.Equal(t, "20000", proof.Limit.Reached.String())
	require.Contains(t, proof.Text("en", false), "as of 2024-01-01, all 84 records that there can be were decided:\n")
	require.Contains(t, proof.Text("zh", false), "years 最高 40.00（满分 60，已证明）")
	require.Contains(t, proof.Diagnostics.Text(), "the condition of strange holds for nobody: all 84 records there can be were decided, as of 2024-01-01 [never-happens]")
}

func TestAProofIsWrittenForPeopleAndForPrograms(t *testing.T) {
	proof := proofOf(t, few)
	golden(t, "proof/few.txt", proof.Text("zh", true)+"\n"+proof.Text("en", true))
	text, err := json.MarshalIndent(proof, "", "  ")
	require.NoError(t, err)
	golden(t, "proof/few.json", string(text)+"\n")
}

func TestWhatIsOnlyNotFoundIsNeverSaidToBeProved(t *testing.T) {
	proof := proofOf(t, strings.Replace(few, "max: 20, ", "", 1)) // years have no end now
	require.False(t, proof.Complete)
	require.Equal(t, policy.Unproved, proof.Limit.Verdict)
	require.False(t, proof.Limit.Bounded)
	require.Contains(t, proof.Text("en", false), "(no bound was found)")
	for _, d := range proof.Diagnostics {
		require.Equal(t, policy.Note, d.Severity, d.Error())
	}
	require.Contains(t, proof.Diagnostics.Text(), "this proves nothing [never-seen]")
}

// Texts that stand in a list of their own, and items of a list that differ from each other, are tried.
func TestTheSearchTriesTheTextsOfThePolicy(t *testing.T) {
	proof := proofOf(t, `
policy: texts
version: "1"
inputs: {name: {type: string, required: true}, city: string, members: {type: list, of: {city: string}}}
values: {cities: "['上海', '北京']"}
admission:
  - {id: city, require: city in cities}
  - {id: together, require: 'not any(members, .city != members[0].city)'}
`)
	require.Empty(t, proof.Diagnostics.Text(), "some are admitted, and each criterion is met by some and not by others")
	require.Contains(t, proof.Text("en", false), "every criterion is met by some and not by others")
}

func TestAFindingOfAProofCanBeAccepted(t *testing.T) {
	proof := proofOf(t, few+"accept: [{code: never-happens, at: grade.rules.strange, reason: 备而不用}]\n")
	require.Empty(t, proof.Diagnostics.Text())
	require.Len(t, proof.Accepted, 1)
	proof = proofOf(t, few+"accept: [{code: never-happens, reason: 备而不用}, {code: no-row, reason: 无}]\n")
	require.Len(t, proof.Diagnostics, 1)
	require.Equal(t, "unneeded-accept", proof.Diagnostics[0].Code)
}

func TestAProofIsForADayOnWhichThePolicyIsInForce(t *testing.T) {
	const span = "effective: {from: 2026-01-01, until: 2027-01-01}\n"
	require.Equal(t, "2026-01-01", proofOf(t, few+span).AsOf.String())
	require.Equal(t, "2026-12-31", proofOf(t, few+"effective: {until: 2027-01-01}\n").AsOf.String())
	require.Equal(t, "2025-03-01", proofOf(t, few+"published: 2025-03-01\n").AsOf.String())
	day, err := policy.ParseDate("2027-01-01")
	require.NoError(t, err)
	_, err = load(t, few+span).Prove(policy.ProveAsOf(day))
	var late *policy.AsOfError
	require.ErrorAs(t, err, &late)
}

func TestTheBudgetBoundsHowManyRecordsAreDecided(t *testing.T) {
	proof := proofOf(t, orchard, policy.ProveBudget(300))
	require.LessOrEqual(t, proof.Records, 300)
	require.False(t, proof.Complete)
}

func TestAnEndlessLimitHasAWitness(t *testing.T) {
	proof := proofOf(t, `
policy: open
version: "1"
inputs: {sales: {type: number, min: 0}, state: {type: bool}}
credit:
  limit: [{id: base, set: sales}, {id: ceiling, at_most: 100}, {id: open, unlimited: true, when: state and sales > 1_000}]
  approval: [{by: desk, up_to: 50}, {by: board}]
`)
	require.True(t, proof.Limit.Unlimited)
	require.Equal(t, "{sales: 1000.01, state: true}", proof.Limit.Witness.Text)
	require.Equal(t, "board", proof.Limit.Approval)
	require.Contains(t, proof.Text("zh", false), "不限额")
}

func TestEveryPolicyOfTheRepositoryIsProvedTwiceTheSame(t *testing.T) {
	var files []string
	for _, pattern := range []string{"testdata/*/*.yaml", "../examples/*/policy.yaml"} {
		found, err := filepath.Glob(pattern)
		require.NoError(t, err)
		files = append(files, found...)
	}
	proved := 0
	for _, file := range files {
		p, err := policy.LoadFile(file)
		if err != nil {
			continue // a test, a policy with faults, one that needs more methods
		}
		proved++
		first, err := p.Prove(policy.ProveBudget(400))
		require.NoError(t, err, file)
		again, err := p.Prove(policy.ProveBudget(400))
		require.NoError(t, err, file)
		require.Equal(t, first.Text("", true), again.Text("", true), file)
		require.Equal(t, first.Diagnostics, again.Diagnostics, file)
	}
	require.Greater(t, proved, 20)
}
