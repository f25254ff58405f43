package policy_test

import (
	"fmt"
	"log"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
	"github.com/tallystick-go/tallystick/scoring"
)

func TestTheContractPolicyAsADocument(t *testing.T) {
	p, err := policy.LoadFile("testdata/contract/customer-management.yaml")
	require.NoError(t, err)
	golden(t, "document.zh.md", p.Document("zh"))
	golden(t, "document.en.md", p.Document("en"))
	require.Equal(t, p.Document("zh"), p.Document(""), "a Chinese policy is a Chinese document")
}

func ExamplePolicy_Document() {
	p, err := policy.Parse("orchard.yaml", []byte(`
policy: orchard
version: "1"
inputs: {trees: {type: number, title: Trees, decimals: 0}}
admission:
  - {id: size, require: trees >= 1_000, reason: too small}
`))
	if err != nil {
		log.Fatal(err)
	}
	_, admission, _ := strings.Cut(p.Document("en"), "## 2. Admission\n\n")
	fmt.Print(admission[:strings.Index(admission, "\n\n")])
	// Output:
	// | Criterion | Requires      | Condition        | Where not met | Where data are missing | Reason    |
	// | --------- | ------------- | ---------------- | ------------- | ---------------------- | --------- |
	// | `size`    | Trees ≥ 1,000 | `trees >= 1_000` | reject        | refer to a person      | too small |
}

// saidOtherwise are words of the format for which a document has its own.
var saidOtherwise = strings.Fields(`number string bool date grade list record true false reject refer warn pass apply skip hold refuse reweight exact unlimited
	first unique any priority output_order sum min max count half_up half_even half_down up down ceiling floor above below zero keep rising falling
	weighted_mean minimum product points modified months month days day years year`)

// plainly returns text without what a document changes in it: escapes, the groups of thousands, blanks.
func plainly(text string) string {
	text = regexp.MustCompile(`(\d),(\d{3})`).ReplaceAllString(text, "$1$2")
	text = regexp.MustCompile(`(\d),(\d{3})`).ReplaceAllString(text, "$1$2")
	return strings.NewReplacer(`\`, "", " ", "", "\n", "", "`", "").Replace(text)
}

// leaves returns every value and every name that the policy's owner chose.
func leaves(n *doc.Node, lang string, owner bool) (out []string) {
	switch n.Kind {
	case doc.Scalar:
		if x, err := exact.Parse(n.Text); err == nil && !n.Quoted {
			return []string{x.String()}
		}
		return []string{n.Text}
	case doc.Seq:
		for _, item := range n.Items {
			out = append(out, leaves(item, lang, false)...)
		}
	case doc.Map:
		for _, p := range n.Pairs {
			key := p.Key.Text
			if other := map[string]string{"zh": "en", "en": "zh"}[lang]; key == other && n.Get(lang) != nil {
				continue // a title in the other language
			}
			if owner || p.Key.Kind == doc.Seq {
				out = append(out, leaves(p.Key, lang, false)...)
			}
			out = append(out, leaves(p.Value, lang, slices.Contains([]string{"inputs", "values", "functions", "categories", "linear"}, key))...)
		}
	}
	return out
}

func TestADocumentLeavesNothingOut(t *testing.T) {
	tried := 0
	sources := policyFiles(t)
	for i, text := range formatPolicies(t) {
		sources[fmt.Sprintf("block %d of FORMAT.md", i+2)] = text
	}
	for name, src := range sources {
		p, err := policy.Parse(name, []byte(src))
		if err != nil {
			continue
		}
		tried++
		root, _ := yamldoc.Parse([]byte(src))
		for _, lang := range []string{"zh", "en"} {
			text := p.Document(lang)
			require.Contains(t, text, p.Digest())
			require.Contains(t, text, p.Meaning())
			require.NotContains(t, text, "%!", name)
			shown := plainly(text)
			for _, leaf := range leaves(root, lang, false) {
				if leaf == "otherwise" || slices.Contains(saidOtherwise, leaf) || regexp.MustCompile(`^\d+ (day|month|year)s?$`).MatchString(leaf) {
					continue
				}
				require.Contains(t, shown, strings.TrimPrefix(plainly(leaf), "-"), "%s (%s)", name, lang)
			}
		}
	}
	require.Greater(t, tried, 20)
}

// A method that only the program knows is shown by its parameters.
type ladder struct {
	Rungs int `key:"rungs" doc:"how many rungs there are"`
}

func (*ladder) Check(scoring.Setting) []scoring.Fault { return nil }

func (l *ladder) Points(*scoring.Case) (scoring.Number, scoring.Absence) {
	return scoring.Int(int64(l.Rungs)), 0
}

func TestADocumentShowsTheProgramsOwnMethods(t *testing.T) {
	methods := scoring.Methods()
	require.NoError(t, methods.Register("ladder", func() scoring.Method { return new(ladder) }))
	p, err := policy.Parse("p.yaml", []byte("policy: p\nversion: '1'\ninputs: {a: number}\nscoring:\n  indicators:\n    - {id: i, weight: 100, of: a, ladder: {rungs: 77}}\n"), policy.WithMethods(methods))
	require.NoError(t, err)
	require.Contains(t, p.Document("en"), "| `rungs`   | 77    |")
}

func TestADocumentCannotBeBrokenByItsTexts(t *testing.T) {
	p, err := policy.Parse("p.yaml", []byte("policy: p\nversion: '1'\ntitle: \"a | b\\n# c *d*\"\ninputs: {a: {type: bool, title: \"x | y\"}}\nadmission:\n  - {id: i, require: a || not a, reason: \"<b> | `q\"}\n"))
	require.NoError(t, err)
	text := p.Document("en")
	require.Contains(t, text, "\\|", "a bar does not begin a cell")
	require.NotContains(t, text, "\n# c")
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "| `i`") {
			bars := strings.Count(line, "|") - strings.Count(line, `\|`)
			require.Equal(t, 7, bars, line)
		}
	}
}

func TestADocumentSaysWhoseItIsAndWhatElseHolds(t *testing.T) {
	p := load(t, `
policy: p
version: "7"
title: {zh: 办法, en: Measures}
number: 信〔2026〕3号
issuer: {zh: 信用部, en: Credit department}
published: 2026-01-02
effective: {from: 2026-02-01, until: 2027-01-01}
inputs: {age: {type: number, min: 0, decimals: 0}, region: {type: string, one_of: [a, b], title: 地区}}
scoring:
  forbid: [region]
  pdo: {points: 600, odds: 50, double: 20}
  indicators:
    - {id: age, of: age, bands: [{below: 30, points: -0.5}, {points: 0.25}]}
grade:
  scale: [{grade: A, min: 600}, {grade: B, min: 500, outcome: refer, valid: 6 months}, {grade: C, outcome: reject}, {grade: M, off_scale: true}]
  rules: [{id: new, when: age < 1, grade: M, missing: skip}]
  override: {max_notches: 1}
accept:
  - {code: unused-input, at: inputs.region, reason: 备查}
`)
	zh, en := p.Document("zh"), p.Document("en")
	for _, text := range []string{
		"# 办法\n", "信〔2026〕3号", "信用部", "2026-01-02", "自 2026-02-01 起，至 2027-01-01 前一日止", "各项得分不舍入", "好坏比 50 时为 600 分，每加 20 分好坏比翻一倍",
		"不得直接或间接影响评分的数据：地区 `region`", "| C    | \\< 500        | 不予准入 |", "6 个月", "仅由规则评定", "定为 M", "最多调整 1 级", "备查", "批准",
	} {
		require.Contains(t, zh, text)
	}
	for _, text := range []string{
		"# Measures\n", "Credit department", "from 2026-02-01 until the day before 2027-01-01", "points exact", "about 28.853901", "given by rules only",
		"Data that must not influence the score", "| `unused-input` | `inputs.region` | 备查   |", "6 months", "Approved",
	} {
		require.Contains(t, en, text)
	}
}

func TestARoundedTableOfPointsIsPrinted(t *testing.T) {
	p, err := policy.Parse("p.yaml", []byte(`
policy: p
version: "1"
rounding: {points: 0, score: 0}
inputs: {age: {type: number, min: 0, decimals: 0}}
scoring:
  pdo: {factor: 28.8539, offset: 487.123, each: true}
  indicators:
    - {id: age, of: age, bands: [{below: 30, points: -0.5}, {points: 0.25}]}
`))
	require.NoError(t, err)
	text := p.Document("en")
	require.Contains(t, text, "|   -0.5 |            -14 |")
	require.Contains(t, text, "|   0.25 |              7 |")
	require.Contains(t, text, "487.123")
}
