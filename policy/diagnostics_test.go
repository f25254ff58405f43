package policy_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/scoring"
)

// example shows one code: a file of testdata/diagnostics, named after the code. It begins with what the code means; behind
// the line `-- wrong.yaml --` stands a small policy that has the fault, behind `-- mended.yaml --` the same without it.
// What cannot be seen or is too long to be written out is made by a template, `-- wrong.tmpl --`.
type example struct {
	code, about   string
	wrong, mended string
	shown         string // wrong as it is written in the file
}

// examples returns the examples of testdata/diagnostics, sorted by code.
func examples(t *testing.T) (out []example) {
	t.Helper()
	files, err := filepath.Glob("testdata/diagnostics/*.txt")
	require.NoError(t, err)
	for _, file := range files {
		src, err := os.ReadFile(file)
		require.NoError(t, err)
		e := example{code: strings.TrimSuffix(filepath.Base(file), ".txt")}
		parts := regexp.MustCompile(`(?m)^-- (wrong\.yaml|wrong\.tmpl|mended\.yaml) --\n`).FindAllStringSubmatchIndex(string(src), -1)
		require.Len(t, parts, 2, "%s: a wrong and a mended policy are needed", file)
		e.about = strings.TrimSpace(string(src[:parts[0][0]]))
		e.shown, e.mended = string(src[parts[0][1]:parts[1][0]]), string(src[parts[1][1]:])
		require.NotEmpty(t, e.about, file)
		e.wrong = e.shown
		if string(src[parts[0][2]:parts[0][3]]) == "wrong.tmpl" {
			e.wrong = fill(t, e.shown)
		}
		out = append(out, e)
	}
	return out
}

func fill(t *testing.T, text string) string {
	t.Helper()
	repeat := func(n int, s string) string { return strings.Repeat(s, n) }
	page, err := template.New("wrong").Funcs(template.FuncMap{"repeat": repeat}).Parse(text)
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, page.Execute(&out, nil))
	return out.String()
}

// broken is a method of an embedder that fails.
type broken struct{}

func (*broken) Check(scoring.Setting) []scoring.Fault                  { panic("index out of range") }
func (*broken) Points(*scoring.Case) (scoring.Number, scoring.Absence) { panic("index out of range") }

// found returns what loading finds about the policy src, and with proof what proving finds besides.
func found(t *testing.T, name, src string, proof bool) policy.Diagnostics {
	t.Helper()
	methods := scoring.Methods()
	require.NoError(t, methods.Register("broken", func() scoring.Method { return new(broken) }))
	p, err := policy.Parse(name, []byte(src), policy.WithMethods(methods))
	var faults policy.Diagnostics
	switch {
	case err == nil && proof:
		found, err := p.Prove()
		require.NoError(t, err)
		return append(p.Warnings(), found.Diagnostics...)
	case err == nil:
		return p.Warnings()
	case !errors.As(err, &faults):
		t.Fatalf("%s: %s", name, err)
	}
	return faults
}

// excerpt returns the text of ds, without the middle where there are very many.
func excerpt(ds policy.Diagnostics) string {
	const most = 10
	if len(ds) <= most {
		return ds.Text()
	}
	return fmt.Sprintf("%s[%d more]\n%s", ds[:1].Text(), len(ds)-2, ds[len(ds)-1:].Text())
}

func severities(ds policy.Diagnostics, code string) string {
	var out []string
	for _, d := range ds {
		if s := d.Severity.String(); d.Code == code && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

// Every code is explained on one page, with a policy that has the fault, what is said of it, and the policy mended.
func TestEveryCodeIsExplained(t *testing.T) {
	var page, index, entries strings.Builder
	page.WriteString(head)
	for _, e := range examples(t) {
		t.Run(e.code, func(t *testing.T) {
			proof := false
			wrong := found(t, e.code+".yaml", e.wrong, proof)
			if severities(wrong, e.code) == "" {
				proof = true
				wrong = found(t, e.code+".yaml", e.wrong, proof)
			}
			require.NotEmpty(t, severities(wrong, e.code), "the wrong policy does not have this fault, but:\n%s", wrong.Text())
			require.Empty(t, found(t, e.code+".yaml", e.mended, proof).Text(), "the mended policy has findings")
			first, _, _ := strings.Cut(strings.Join(strings.Fields(e.about), " "), ". ")
			fmt.Fprintf(&index, "| [%s](#%s) | %s | %s |\n", e.code, e.code, severities(wrong, e.code), strings.TrimSuffix(first, ".")+".")
			fmt.Fprintf(&entries, "\n## %s\n\n%s\n\n```yaml\n%s```\n\n```text\n%s```\n\nMended:\n\n```yaml\n%s```\n", e.code, e.about, e.shown, excerpt(wrong), e.mended)
		})
	}
	page.WriteString(index.String() + entries.String())
	if t.Failed() {
		return
	}
	if *update {
		require.NoError(t, os.WriteFile("DIAGNOSTICS.md", []byte(page.String()), 0o644))
		return
	}
	src, err := os.ReadFile("DIAGNOSTICS.md")
	require.NoError(t, err)
	require.Equal(t, page.String(), string(src), "write it with: go test ./policy -update, and look at the difference")
}

const head = `# What tally check finds

Made of ` + "`policy/testdata/diagnostics`" + ` by ` + "`go test ./policy -update`" + `: what is shown is what is printed.

Every finding has a place, a code in ` + "`[ ]`" + `, and mostly a hint with the remedy. An **error** keeps a policy from being loaded. A **warning**
is likely a mistake; ` + "`tally check -strict`" + ` fails on it. A **note** tells what could not be proved. A warning or a note that is known and
meant is accepted in the policy itself, with the reason:

` + "```yaml" + `
accept:
  - {code: rule-order, at: grade.rules.incident, reason: 先封顶再降级}
` + "```" + `

` + "`at`" + ` is a path of keys, and of the ids of list items or their numbers from 1 (` + "`credit.approval.2`" + `): the finding is there or anywhere within.
Without ` + "`at`" + ` all findings of the code are accepted.

| code | is | what it means |
| --- | --- | --- |
`
