package diff_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

var update = flag.Bool("update", false, "write the golden files anew")

func source(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile("testdata/dealer.yaml")
	require.NoError(t, err)
	return string(src)
}

func parse(t *testing.T, src string) *policy.Policy {
	t.Helper()
	p, err := policy.Parse("policy.yaml", []byte(src))
	require.NoError(t, err)
	return p
}

// edits are changes that policy owners make: what is replaced, and by what.
var edits = [][2]string{
	// The head.
	{`version: "3"`, `version: "4"`},
	{"title: {zh: 经销商授信办法, en: Dealer credit}", "title: 经销商授信办法"},
	{"currency: CNY\n", ""},
	{"rounding: {points: 2, score: 1, money: 2}", "rounding: {score: 2, money: 0, mode: down}"},
	{"currency: CNY\n", "currency: CNY\neffective: {from: 2026-01-01}\n"},
	// Inputs.
	{"  visits: {type: number, min: 0, decimals: 0,", "  visits: {type: number, min: 0, max: 365, decimals: 1,"},
	{"one_of: [贸易, 制造]", "one_of: [贸易, 制造, 服务]"},
	{"  name: {type: string, required: true,", "  name: {type: string,"},
	{"  awards: {type: number", "  phone: string\n  awards: {type: number"},
	{"of: {amount: {type: number}, share: {type: number}}", "of: {amount: {type: number}, part: {type: number}, share: {type: number}}"},
	{"from: erp_sales", "from: crm_sales"},
	// Values and functions.
	{"leverage: debts / assets", "leverage: debts / (assets + 1)"},
	{"  part(a, b): a / b", "  part(a, b): a / (b + 1)"},
	{"joint: {expr: \"sum(members, .amount * .share)\", missing: 0}", "joint: \"sum(members, .amount)\""},
	{"{leverage: {min: 0.7}, years: {below: 3}, is: {class: high, load: 1.5}}", "{leverage: {min: 0.8}, years: {below: 3}, is: {class: high, load: 1.5}}"},
	{"{leverage: {min: 0.7}, years: {below: 3}, is: {class: high, load: 1.5}}", "{leverage: {min: 0.7}, years: {below: 3}, is: {class: high, load: 1.6}}"},
	{"    hit: sum\n", "    hit: max\n"},
	{"      - {oldest: {above: 60}, is: 2}\n", ""},
	{"tenure: {of: years, linear: {0: 0, 10: 1}}", "tenure: {of: years, linear: {0: 0, 5: 1}}"},
	{"tenure: {of: years, linear: {0: 0, 10: 1}}", "tenure: years / 10"},
	{"  leverage: debts / assets\n", "  gearing: debts / assets\n"}, // with all that looks at it, see sweeping
	// Admission.
	{"require: years >= 0.5 or awards > 0, otherwise: refer", "require: years >= 1 or awards > 0, otherwise: reject"},
	{"  - {id: known,", "  - {id: solid, require: assets > debts, otherwise: warn, missing: pass, reason: 资不抵债}\n  - {id: known,"},
	{"  - {id: solvent, title: {zh: 未破产, en: solvent}, require: not bankrupt, reason: {zh: 已破产, en: bankrupt}}\n", ""},
	// Scoring.
	{"{min: 1_000_000, share: 0.7,", "{min: 1_000_000, share: 0.75,"},
	{"{min: 1_000_000, share: 0.7,", "{min: 2_000_000, share: 0.7,"},
	{"{min: 1_000_000, share: 0.7,", "{min: 3_000_000, share: 0.8}, {min: 1_000_000, share: 0.7,"},
	{"linear: {0: 0, 0.3: 30}", "linear: {0: 0, 0.1: 15, 0.3: 30}"},
	{"linear: {0: 0, 0.3: 30}", "bands: [{min: 0.3, points: 30}, {points: 10}]"},
	{"efficacy: {excellent: 0.3,", "efficacy: {excellent: 0.35,"},
	{"formula: awards * 1.5 - 1", "formula: awards * 2 - 1"},
	{"occurrences: [{count: late, points: 3, most: 9, repairs: [{count: repaired, points: 2}]}]", "occurrences: [{count: late, points: 4, most: 9, repairs: [{count: repaired, points: 3}]}]"},
	{"proportional: {full: 1}, missing: 3", "proportional: {full: 0.8}, missing: refer"},
	{"is: {volume: 30, growth: 10}", "is: {volume: 35, growth: 5}"},
	{"weight: 40\n      total: 50", "weight: 40\n      combine: weighted_mean"},
	{"{id: awarded, when: awards > 0, add: awards * 2}", "{id: awarded, when: awards > 1, add: awards * 3}"},
	{"adjustments_cap: {least: -5, most: 6}", "adjustments_cap: {least: -5, most: 8}"},
	{"at_most: 60, reason: {zh: 高风险封顶,", "at_most: 55, reason: {zh: 高风险封顶,"},
	{"  total: 100\n  weights:", "  total: 100\n  min: 20\n  weights:"},
	// Grade.
	{"grade: A, min: 85,", "grade: A, min: 90,"},
	{"factor: 0.3, term: 60", "factor: 0.25, bonus: 1"},
	{"term: 0, outcome: refer", "term: 0, outcome: reject"},
	{"    - {grade: C, min: 0,", "    - {grade: BB, min: 60, factor: 0.1, term: 20}\n    - {grade: C, min: 0,"},
	{"when: late > 2, at_most: B", "when: late > 3, at_most: C"},
	{"    - {id: young, when: years < 1, notches: -1, missing: skip}\n    - {id: late-payer, when: late > 2, at_most: B, reason: {zh: 多次逾期, en: often late}}\n",
		"    - {id: late-payer, when: late > 2, at_most: B, reason: {zh: 多次逾期, en: often late}}\n    - {id: young, when: years < 1, notches: -1, missing: skip}\n"},
	{"max_up: 1,", "max_up: 2, max_down: 1,"},
	{"  transitions: {from: last, max_up: 1, reason: {zh: 每期最多升一级, en: one step up at a time}}\n", ""},
	{"override: {max_notches: 1}", "override: {}"},
	{"  override: {max_notches: 1}\n", ""},
	{"  valid: 12 months", "  valid: 6 months"},
	// Credit.
	{"{id: young, when: years < 2, multiply: 0.5}", "{id: young, when: years < 2, at_most: 100_000}"},
	{"    - {id: least, at_least: 10_000}\n", ""},
	{"round: {to: 5000, mode: down}", "round: 1000"},
	{"limit: 3_000_000\n", "limit: 2_500_000\n"},
	{"of: guarantees, weight: 0.5", "of: guarantees"},
	{"exposure: [open_items * 0.1]", "exposure: [open_items * 0.2]"},
	{"{id: machines, when: kind == '制造', limit: [{id: all, set: limit}]}", "{id: machines, when: kind == '制造', limit: [{id: all, set: limit / 2}]}"},
	{"over: hold,", "over: refuse,"},
	{"when: oldest > 60, unless: late == 0", "when: oldest > 90"},
	{"up_to: 100_000, grades: [A, B]", "up_to: 150_000, grades: [A]"},
	{"{by: 总部, up_to: \"sales * 0.2\"}", "{by: 总经理, up_to: \"sales * 0.2\"}"},
	{"    - {by: 委员会}\n", "    - {by: 董事长, up_to: 9_000_000}\n    - {by: 委员会}\n"},
}

// sweeping are the edits that are made wherever the text stands.
var sweeping = map[string][2]string{
	"  leverage: debts / assets\n": {"leverage", "gearing"},
}

func TestChangesAreToldAsACreditManagerWould(t *testing.T) {
	src := source(t)
	old := parse(t, src)
	var got strings.Builder
	for _, e := range edits {
		require.Contains(t, src, e[0])
		changed := strings.Replace(src, e[0], e[1], 1)
		if x, ok := sweeping[e[0]]; ok {
			changed = strings.ReplaceAll(src, "{leverage:", "{"+x[1]+":")
			changed = strings.NewReplacer("  leverage: debts", "  "+x[1]+": debts", "of: leverage", "of: "+x[1], "when: leverage", "when: "+x[1]).Replace(changed)
		}
		new := parse(t, changed)
		fmt.Fprintf(&got, "%s\n%s\n", strings.TrimSpace(strings.ReplaceAll(e[0], "\n", "⏎")), strings.TrimSpace(strings.ReplaceAll(e[1], "\n", "⏎")))
		en, zh := policy.Diff(old, new, "en").Changes, policy.Diff(old, new, "zh").Changes
		require.NotEmpty(t, en, e[1])
		for i := range en {
			fmt.Fprintf(&got, "  %d:%d %s\n  %s\n  %s\n", en[i].OldLine, en[i].NewLine, en[i].Path, en[i].Text, zh[i].Text)
		}
		got.WriteByte('\n')
	}
	golden(t, "testdata/words.txt", got.String())
}

// idle are edits that say the same in another way: what is replaced, and by what.
var idle = [][2]string{
	{"version: \"3\"", "version: 3"},
	{"currency: CNY\n", "currency: CNY # yuan\n"},
	{"rounding: {points: 2, score: 1, money: 2}", "rounding: {score: 1}"},
	{"rounding: {points: 2, score: 1, money: 2}", "rounding: {score: 1.0, mode: half_up}"},
	{"one_of: [贸易, 制造]", "one_of: [制造, 贸易, 制造]"},
	{"  visits: {type: number,", "  visits: {type: number, required: false,"},
	{"of: {amount: {type: number}, share: {type: number}}", "of: {share: number, amount: number}"},
	{"leverage: debts / assets", "leverage: {expr: debts/assets}"},
	{"part(a, b): a / b", "part(a, b): (a)/(b)"},
	{"    hit: first\n", ""},
	{"{bankrupt: true, is: {class: high, load: 2}}", "{is: {load: 2.0, class: high}, bankrupt: true}"},
	{"years >= 0.5 or awards > 0, otherwise: refer", "'(years>=0.50) || (awards > 0)', otherwise: refer, missing: refer"},
	{"require: not bankrupt,", "require: '!bankrupt', otherwise: reject,"},
	{"  total: 100\n", ""},
	{"  total: 100\n", "  combine: sum\n"},
	{"  total: 100\n", "  combine: {sum: {}}\n  total: 100.0\n"},
	{"bands: [{min: 10_000_000, share: 1}", "bands: [{min: 1e7, share: 1.00}"},
	{"linear: {0: 0, 0.3: 30}", "linear: {0: 0, 0.30: 3e1}"},
	{"formula: awards * 1.5 - 1", "formula: {points: awards * 1.50 - 1}"},
	{"{id: loyal, title: {zh: 老客户, en: loyal}, when: years >= 5, add: 4,", "{add: (4), id: loyal, title: {zh: 老客户, en: loyal}, when: years >= 5,"},
	{"occurrences: [{count: late, points: 3, most: 9, repairs: [{count: repaired, points: 2}]}]", "occurrences: {rows: [{most: 9, count: late, points: 3, repairs: [{points: 2, count: repaired}]}]}"},
	{"  valid: 12 months", "  valid: 1 year"},
	{"{id: late-payer, when: late > 2, at_most: B,", "{id: late-payer, when: late > 2, at_most: B, missing: refer,"},
	{"    - {id: items, of: open_items}", "    - {id: items, of: open_items, weight: 1}"},
	{"request: {amount: order, over: hold,", "request: {amount: order,"},
	{"grades: [A, B]", "grades: [B, A]"},
	{"# A policy with as many parts as there are.\n", ""},
	{"  valid: 6 months", "  valid: 6 months\naccept:\n  - {code: gap, reason: meant}"},
}

func TestTheSameInOtherWordsIsNoChange(t *testing.T) {
	src := source(t)
	old := parse(t, src)
	for _, e := range idle {
		require.Contains(t, src, e[0])
		d := policy.Diff(old, parse(t, strings.Replace(src, e[0], e[1], 1)), "en")
		require.Empty(t, d.Changes, e[1])
		require.Equal(t, d.Old.Meaning, d.New.Meaning, e[1])
	}
}

func TestRoundingAsItIsAnywayIsNoChange(t *testing.T) {
	src := strings.Replace(source(t), "rounding: {points: 2, score: 1, money: 2}\n", "", 1)
	old, new := parse(t, src), parse(t, "rounding: {points: 2, score: 2, money: 2, mode: half_up}\n"+src)
	require.Empty(t, policy.Diff(old, new, "en").Changes)
	require.Equal(t, old.Meaning(), new.Meaning())
}

func TestDifferencesAsPrinted(t *testing.T) {
	src := source(t)
	r := strings.NewReplacer(`version: "3"`, `version: "4"`, "grade: A, min: 85,", "grade: A, min: 90,", "min: 1_000_000, share: 0.7", "min: 1_000_000, share: 0.75",
		"    - {id: least, at_least: 10_000}\n", "", "  - {id: known,", "  - {id: solid, require: assets > debts * 1.5 or years > 3}\n  - {id: known,")
	old, new := parse(t, src), parse(t, r.Replace(src))
	for _, lang := range []string{"en", "zh"} {
		d := policy.Diff(old, new, lang)
		b, err := d.JSON()
		require.NoError(t, err)
		golden(t, "testdata/dealer."+lang+".txt", d.Text())
		golden(t, "testdata/dealer."+lang+".md", d.Markdown())
		golden(t, "testdata/dealer."+lang+".json", string(b))
	}
}

func TestNoChangeIsSaid(t *testing.T) {
	p := parse(t, source(t))
	require.Equal(t, "Dealer credit 3\nno change in meaning\n", policy.Diff(p, p, "en").Text())
	require.Equal(t, "# 经销商授信办法 3\n\n含义没有变化。\n", policy.Diff(p, p, "zh").Markdown())
	b, err := policy.Diff(p, p, "").JSON()
	require.NoError(t, err)
	require.Contains(t, string(b), `"changes": []`)
}

// golden compares got with the file, or writes it.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "run go test -update and look at the difference")
}
