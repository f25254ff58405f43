package policy_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shopspring/decimal"

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
		r, err := policy.ParseRecord(src)
		if err != nil {
			return
		}
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
