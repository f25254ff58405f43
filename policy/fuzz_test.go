package policy_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/tallystick-go/tallystick/internal/bounded"
	"github.com/tallystick-go/tallystick/policy"
)

// Whatever the text of a policy is: it is loaded or refused, without a panic and without end, and what is wrong stands in
// the file. A policy that is loaded decides a customer of whom nothing is known.
func FuzzParse(f *testing.F) {
	for _, pattern := range []string{contractFile, "testdata/bench/policy.yaml", "testdata/faults/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(src)
		}
	}
	for _, src := range []string{recordPolicy, missingPolicy, groupPolicy, requestPolicy, overridePolicy, shopPolicy} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		bounded.Run(t, func() { _, _ = policy.Parse("policy.yaml", src) })
		p, err := policy.Parse("policy.yaml", src)
		var faults policy.Diagnostics
		switch {
		case err == nil:
			faults = p.Warnings()
		case !errors.As(err, &faults) || !faults.Has(policy.Error):
			t.Fatalf("refused without a reason: %v", err)
		}
		lines := strings.Count(string(src), "\n") + strings.Count(string(src), "\r") + 1
		for _, d := range faults {
			if d.Line < 0 || d.Line > lines || d.Line > 0 && d.Col < 1 || d.Width < 0 || d.Message == "" || d.Code == "" {
				t.Errorf("%#v", d)
			}
			if text := d.Text(); !utf8.ValidString(text) {
				t.Errorf("%q", text)
			}
		}
		if err != nil {
			return
		}
		again, err := policy.Parse("policy.yaml", src)
		if err != nil || again.Meaning() != p.Meaning() || again.Warnings().Text() != faults.Text() {
			t.Fatal("read twice, it is another policy")
		}
		d, err := p.Decide(policy.Record{}, asOf)
		var bad policy.InputErrors
		var late *policy.AsOfError
		var failed *policy.EvalError
		switch {
		case err == nil:
			if !json.Valid(d.AppendJSON(nil)) {
				t.Errorf("%s", d.AppendJSON(nil))
			}
		case !errors.As(err, &bad) && !errors.As(err, &late) && !errors.As(err, &failed):
			t.Errorf("%T: %v", err, err)
		}
	})
}

// Whatever the record is: it is decided or refused. A decision is JSON, its score lies on the scale, and its limit is an
// amount of money.
func FuzzDecideJSON(f *testing.F) {
	for _, r := range []policy.Record{
		customer(), customer("previous_grade", "C"), customer("licence_expires", "2024-06-29"), customer("registered_capital", nil), without(customer(), "debt_ratio"),
		customer("annual_purchase", "1e300", "last_year_purchase", "1e-300"), {"name": "x"}, {"name": "\u2028<&>\x00"},
	} {
		src, err := json.Marshal(r)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	for _, s := range []string{"", "{}", "null", "[]", `{"name": "x", "name": "y"}`, `{"name": "x", "overdue_days": 1.5}`, `{"name": "x", "debt_ratio": 1e999}`, "{\"name\": \"\xff\"}"} {
		f.Add([]byte(s))
	}
	p := contract(f)
	hundred, reused := decimal.NewFromInt(100), new(policy.Decision)
	f.Fuzz(func(t *testing.T, src []byte) {
		bounded.Run(t, func() { _, _ = policy.ParseRecord(src) })
		r, err := policy.ParseRecord(src)
		if err != nil {
			return
		}
		bounded.Run(t, func() { _, _ = p.Decide(r, asOf) })
		d, err := p.Decide(r, asOf)
		errReused := p.DecideInto(reused, r, asOf)
		if err != nil {
			var bad policy.InputErrors
			if !errors.As(err, &bad) || len(bad) == 0 || errReused == nil {
				t.Fatalf("%T: %v (again: %v)", err, err, errReused)
			}
			return
		}
		out := d.AppendJSON(nil)
		if !json.Valid(out) {
			t.Errorf("%s", out)
		}
		if again := reused.AppendJSON(nil); string(again) != string(out) {
			t.Errorf("%s\n%s", out, again)
		}
		if score, ok := d.Score(); ok && (score.IsNegative() || score.GreaterThan(hundred) || score.Exponent() < -2) {
			t.Errorf("the score is %s", score)
		}
		for _, x := range d.Indicators() {
			if x.Points.IsNegative() || x.Points.GreaterThan(hundred) {
				t.Errorf("%s has %s points", x.ID, x.Points)
			}
		}
		limit, ok := d.Limit()
		if !ok && d.Outcome() == policy.Admitted || limit.IsNegative() || limit.GreaterThan(decimal.NewFromInt(5_000_000)) || !limit.Mod(decimal.NewFromInt(1000)).IsZero() {
			t.Errorf("%s: the limit is %s", d.Outcome(), limit)
		}
		if d.Outcome() != policy.Admitted && len(d.Reasons()) == 0 {
			t.Errorf("%s without a reason", d.Outcome())
		}
	})
}

// mangled returns src with a few of its lines and words exchanged, as after a slip of the hand.
func mangled(src string, words []string, r *rand.Rand) string {
	lines := strings.Split(src, "\n")
	for range 1 + r.IntN(3) {
		i, j := r.IntN(len(lines)), r.IntN(len(lines))
		switch r.IntN(7) {
		case 0:
			lines = slices.Delete(lines, i, i+1)
		case 1:
			lines = slices.Insert(lines, i, lines[j])
		case 2:
			lines[i], lines[j] = lines[j], lines[i]
		case 3:
			lines[i] = strings.Repeat(" ", r.IntN(6)) + strings.TrimSpace(lines[i])
		default:
			parts := strings.FieldsFunc(lines[i], func(c rune) bool { return strings.ContainsRune(" {}[],:\"'", c) })
			if len(parts) > 0 {
				lines[i] = strings.Replace(lines[i], parts[r.IntN(len(parts))], words[r.IntN(len(words))], 1)
			}
		}
		if len(lines) == 0 {
			return ""
		}
	}
	return strings.Join(lines, "\n")
}

// Slips of the hand are told, and never end in a panic: neither when the policy is loaded nor, where it still makes sense,
// when it decides.
func TestSlipsOfTheHand(t *testing.T) {
	var sources, words []string
	for _, file := range []string{contractFile, "testdata/bench/policy.yaml"} {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, string(src))
	}
	sources = append(sources, recordPolicy, missingPolicy, groupPolicy, requestPolicy, overridePolicy)
	for _, src := range sources {
		words = append(words, strings.FieldsFunc(src, func(c rune) bool { return strings.ContainsRune(" {}[],:\n", c) })...)
	}
	words = append(words, "0", "-1", "1e9", "0.333", "~", "[]", "{}", "'", "score", "grade", "limit", "points", "n / 0", "not", "exact", "1e999", "中文")
	r := rand.New(rand.NewPCG(3, 3))
	loaded, refused := 0, 0
	for range 2000 {
		src := mangled(sources[r.IntN(len(sources))], words, r)
		func() {
			defer func() {
				if x := recover(); x != nil {
					t.Errorf("%v\n%s\n%s", x, debug.Stack(), src)
				}
			}()
			p, err := policy.Parse("policy.yaml", []byte(src))
			if err != nil {
				refused++
				for _, d := range err.(policy.Diagnostics) {
					if d.Line == 0 {
						t.Errorf("%s has no place in\n%s", d, src)
					}
				}
				return
			}
			loaded++
			for _, c := range []policy.Record{{}, customer(), {"name": "x", "n": 50, "m": 20, "a": true, "sales": 5, "used": 1, "order": 1, "days": 99}} {
				d, err := p.Decide(c, asOf)
				if err == nil && d.Outcome() != policy.Admitted && len(d.Reasons()) == 0 {
					t.Errorf("%s without a reason: %v\n%s", d.Outcome(), c, src)
				}
			}
		}()
	}
	t.Logf("%d loaded, %d refused", loaded, refused)
}
