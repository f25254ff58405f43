package accept_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/accept"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

const file = `policy: shop
inputs:
  applicant.age: {type: number}
  applicant: {type: string}
grade:
  scale: [{grade: A, min: 80}, {grade: B}]
  rules:
    - {id: late, when: late > 90}
    - id: incident
      when: incidents > 0
    - {when: true}
credit:
  approval:
    - {by: 销售部门, up_to: 5}
    - {by: 委员会}
  valid: 12 months
`

var codes = []string{"rule-order", "gap", "never-holds"}

// root returns the file with a section accept of these entries.
func root(t *testing.T, entries ...string) *doc.Node {
	t.Helper()
	n, faults := yamldoc.Parse([]byte(file + "accept:\n  - " + strings.Join(entries, "\n  - ") + "\n"))
	require.Empty(t, faults)
	return n
}

// at returns the place of the text in the file.
func at(t *testing.T, text string) doc.Place {
	t.Helper()
	before, _, found := strings.Cut(file, text)
	require.True(t, found, text)
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return doc.Place{Line: strings.Count(before, "\n") + 1, Col: len([]rune(line)) + 1, Width: 1}
}

// A path covers the thing that it names and everything in it, and nothing beside it.
func TestAPathCoversWhatItNames(t *testing.T) {
	for path, covers := range map[string]map[string]bool{
		"grade.rules.late":       {"late > 90": true, "{id: late": true, "incident\n": false, "{grade: B}": false},
		"grade.rules.incident":   {"incidents > 0": true, "incident\n": true, "late > 90": false, "{when: true}": false},
		"grade.rules.3":          {"{when: true}": true, "incidents > 0": false, "credit:": false},
		"grade.rules.1":          {"late > 90": true, "incidents > 0": false},
		"grade.rules":            {"late > 90": true, "true}": true, "80}": false, "credit:": false},
		"grade.scale.B":          {"{grade: B}": true, "80}": false, "rules:": false},
		"grade":                  {"80}": true, "true}": true, "applicant:": false, "approval:": false},
		"inputs.applicant.age":   {"applicant.age": true, "applicant: {": false},
		"inputs.applicant":       {"applicant: {": true, "applicant.age": false},
		"credit.approval.委员会":    {"委员会": true, "valid:": false, "5}": false},
		"credit.approval.2.by":   {"委员会": true},
		"credit.valid":           {"12 months": true, "委员会": false},
		"grade.rules.late.when":  {"late > 90": true, "{id: late": false},
		"policy":                 {"shop": true, "inputs:": false},
		"credit":                 {"12 months": true, "policy: shop": false},
		"inputs.applicant.type":  {"string}": true, "number}": false},
		"inputs.applicant.age.1": nil,
	} {
		l, faults := accept.New(root(t, "{code: gap, at: "+path+", reason: known}"), codes)
		if covers == nil {
			require.Len(t, faults, 1, path)
			continue
		}
		require.Empty(t, faults, path)
		for text, want := range covers {
			shown, accepted, _ := l.Sift([]doc.Fault{doc.Warnf(at(t, text), "gap", "a gap")}, nil)
			require.Equal(t, want, len(accepted) == 1, "%s: %s", path, text)
			require.Equal(t, want, len(shown) == 0, "%s: %s", path, text)
		}
	}
}

func TestOnlyTheCodeThatIsNamedIsAccepted(t *testing.T) {
	l, faults := accept.New(root(t, "{code: gap, at: grade.rules, reason: known}"), codes)
	require.Empty(t, faults)
	here := at(t, "late > 90")
	note := doc.Warnf(here, "gap", "a note")
	note.Severity = doc.Note
	shown, accepted, used := l.Sift([]doc.Fault{doc.Warnf(here, "gap", "a gap"), doc.Warnf(here, "rule-order", "the order"), note}, nil)
	require.Len(t, accepted, 2)
	require.Len(t, shown, 1)
	require.Equal(t, "rule-order", shown[0].Code)
	require.Empty(t, l.Unneeded(used, all))
}

func TestWithoutAPathTheWholeFileIsMeant(t *testing.T) {
	l, faults := accept.New(root(t, "{code: gap, reason: known}"), codes)
	require.Empty(t, faults)
	_, accepted, _ := l.Sift([]doc.Fault{doc.Warnf(at(t, "shop"), "gap", ""), doc.Warnf(at(t, "委员会"), "gap", ""), doc.Warnf(doc.Place{}, "gap", "")}, nil)
	require.Len(t, accepted, 3)
}

func all(string) bool { return true }

func TestAnEntryThatAcceptsNothingIsAWarning(t *testing.T) {
	l, faults := accept.New(root(t, "{code: gap, at: grade.rules.late, reason: known}", "{code: rule-order, at: grade.rules, reason: known}"), codes)
	require.Empty(t, faults)
	_, _, used := l.Sift([]doc.Fault{doc.Warnf(at(t, "incidents > 0"), "gap", "a gap")}, nil)
	unneeded := l.Unneeded(used, all)
	require.Len(t, unneeded, 2)
	require.Equal(t, "there is no `gap` at grade.rules.late to accept", unneeded[0].Message)
	require.Equal(t, doc.Warning, unneeded[0].Severity)

	// What is found later counts, too, and what only then can be found is judged then.
	require.Len(t, l.Unneeded(used, func(code string) bool { return code != "gap" }), 1)
	_, _, later := l.Sift([]doc.Fault{doc.Warnf(at(t, "late > 90"), "gap", "a gap")}, used)
	require.Len(t, l.Unneeded(later, all), 1)
	require.Len(t, l.Unneeded(used, all), 2, "what was used before is not changed")
}

func TestAnErrorIsNeverAccepted(t *testing.T) {
	l, _ := accept.New(root(t, "{code: gap, at: grade, reason: known}"), codes)
	shown, accepted, used := l.Sift([]doc.Fault{doc.Errorf(at(t, "80}"), "gap", "a gap")}, nil)
	require.Empty(t, accepted)
	require.Len(t, shown, 2)
	require.Equal(t, "accepted-error", shown[0].Code)
	require.Equal(t, []doc.Related{{Place: at(t, "80}"), Message: "the error is here"}}, shown[0].Related)
	require.Equal(t, "gap", shown[1].Code)
	require.Empty(t, l.Unneeded(used, all))
}

func TestUnknownCodesAndPathsSayWhatIsNear(t *testing.T) {
	for entry, want := range map[string]string{
		"{code: rules-order, at: grade, reason: r}":         "unknown-code did you mean `rule-order`? the code is the word in [ ] behind a finding",
		"{code: whatever, at: grade, reason: r}":            "unknown-code write the word that stands in [ ] behind the finding",
		"{code: gap, at: grad.rules.late, reason: r}":       "unknown-path did you mean `grade`? in the file there is policy, inputs, grade, credit, accept",
		"{code: gap, at: grade.rules.lat, reason: r}":       "unknown-path did you mean `grade.rules.late`? in `grade.rules` there is late, incident, 3",
		"{code: gap, at: grade.rules.4, reason: r}":         "unknown-path in `grade.rules` there is late, incident, 3",
		"{code: gap, at: grade.rules.late.if, reason: r}":   "unknown-path did you mean `grade.rules.late.id`? in `grade.rules.late` there is id, when",
		"{code: gap, at: credit.valid.months, reason: r}":   "unknown-path nothing in `credit.valid` has a name: leave out what follows it",
		"{code: gap, at: grade., reason: r}":                "unknown-path did you mean `grade`? in the file there is policy, inputs, grade, credit, accept",
		"{code: gap, at: '', reason: r}":                    "unknown-path in the file there is policy, inputs, grade, credit, accept",
		"{code: gap, at: inputs.applicant.aeg, reason: r}":  "unknown-path in `inputs.applicant` there is type",
		"{code: gap, at: credit.approval.部门, reason: r}":    "unknown-path in `credit.approval` there is 销售部门, 委员会",
		"{code: gap, at: grade.rules.incident, reason: []}": "",
	} {
		l, faults := accept.New(root(t, entry), codes)
		if want == "" {
			require.Empty(t, faults)
			continue
		}
		require.Len(t, faults, 1, entry)
		require.Equal(t, want, faults[0].Code+" "+faults[0].Hint, entry)
		shown, accepted, used := l.Sift([]doc.Fault{doc.Warnf(at(t, "80}"), "gap", "a gap")}, nil)
		require.Empty(t, accepted, "a wrong entry accepts nothing")
		require.Len(t, shown, 1)
		require.Empty(t, l.Unneeded(used, all), "one fault is enough for an entry")
	}
}

func TestAFileWithoutTheSectionAcceptsNothing(t *testing.T) {
	n, _ := yamldoc.Parse([]byte(file))
	l, faults := accept.New(n, codes)
	require.Empty(t, faults)
	found := []doc.Fault{doc.Warnf(at(t, "80}"), "gap", "a gap")}
	shown, accepted, used := l.Sift(found, nil)
	require.Equal(t, found, shown)
	require.Empty(t, accepted)
	require.Empty(t, l.Unneeded(used, all))
}
