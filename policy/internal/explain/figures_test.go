package explain_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/explain"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/search"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
	"github.com/tallystick-go/tallystick/scoring"
)

// link makes a policy ready.
func link(t testing.TB, src string) *program.Program {
	t.Helper()
	root, faults := yamldoc.Parse([]byte(src))
	require.Empty(t, faults)
	methods, combiners := scoring.Methods(), scoring.Combiners()
	p, faults := program.Link(root, program.Options{Decoder: doc.Decoder{Variants: map[reflect.Type]doc.Variants{
		reflect.TypeFor[scoring.Method]():   methods.Variants(),
		reflect.TypeFor[scoring.Combiner](): combiners.Variants(),
	}}})
	require.NotNil(t, p, "%v", faults)
	return p
}

// file returns the text of a policy.
func file(t testing.TB, name string) string {
	t.Helper()
	src, err := os.ReadFile(filepath.FromSlash(name))
	require.NoError(t, err)
	return string(src)
}

func day(t testing.TB, s string) slot.Day {
	t.Helper()
	d, err := slot.ParseDay(s)
	require.NoError(t, err)
	return d
}

// policies are policies with all that an explanation can have in it.
func policies(t testing.TB) map[string]string {
	const testdata = "../../testdata/"
	out := map[string]string{
		"contract": file(t, testdata+"contract/customer-management.yaml"),
		"bench":    file(t, testdata+"bench/policy.yaml"),
		"dealer":   file(t, testdata+"explain/dealer.yaml"),
	}
	for _, pattern := range []string{testdata + "published/*.yaml", testdata + "tables/*.yaml", "../../../examples/*/policy.yaml"} {
		names, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, name := range names {
			if strings.Contains(name, "custom-method") { // it has methods of its own
				continue
			}
			out[strings.TrimPrefix(name, testdata)] = file(t, name)
		}
	}
	for name, card := range map[string]string{
		"weighted mean": "combine: weighted_mean\n  indicators:\n    - {id: a, weight: 2, of: x, linear: {0: 0, 30: 100}, missing: reweight}\n    - {id: b, weight: 1, of: y, linear: {0: 100, 7: 0}, missing: reweight}",
		"minimum":       "combine: minimum\n  indicators:\n    - {id: a, of: x, linear: {0: 0, 30: 100}}\n    - {id: b, of: y, linear: {0: 100, 7: 0}, missing: 20}",
		"product":       "combine: product\n  indicators:\n    - {id: a, of: x, formula: x / 3}\n    - {id: b, of: y, formula: y - 3, missing: 2}\n  min: -50\n  max: 50",
		"points":        "combine: {points: {initial: 'y > 3 ? 10 : -5.5'}}\n  indicators:\n    - {id: a, of: x, bands: [{min: 20, points: 7}, {points: -3}], baseline: 5, missing: 1}\n    - {id: b, of: y, formula: y / 7, baseline: 1}",
		"modified":      "combine: modified\n  indicators:\n    - {id: a, weight: 60, of: x, linear: {0: 0, 30: 60}}\n    - {id: b, weight: 40, of: y, linear: {0: 40, 7: 0}}\n  modifiers:\n    - {id: c, weight: 70, of: x - y, linear: {-7: 0, 20: 70}, missing: reweight}\n    - {id: d, weight: 30, of: y, linear: {0: 0, 9: 30}, missing: reweight}",
		"odds":          "pdo: {points: 600, odds: 50, double: 20}\n  indicators:\n    - {id: a, of: x, formula: x / 30}\n    - {id: b, of: y, bands: [{min: 3, points: 1.25}, {points: -0.5}]}",
		"each odds":     "pdo: {factor: 28.8539, offset: 487.123, each: true}\n  indicators:\n    - {id: a, of: x, formula: x / 30}\n    - {id: b, of: y, bands: [{min: 3, points: 1.25}, {points: -0.5}]}",
		"exact":         "indicators:\n    - {id: a, weight: 50, of: x, proportional: {full: 7}}\n    - {id: b, weight: 50, of: y / x, linear: {0: 0, 3: 50}, missing: reweight}\n  caps:\n    - {id: small, when: x < 2, at_most: 100 / 3}",
	} {
		rounding := ""
		if name == "exact" {
			rounding = "rounding: {points: exact, score: exact}\n"
		}
		out[name] = "policy: p\nversion: \"1\"\n" + rounding + "inputs:\n  x: {type: number, min: 0, max: 30, decimals: 1}\n  y: {type: number, min: 0, max: 9, decimals: 0}\nscoring:\n  " + card + "\n"
	}
	return out
}

// What is explained adds up, for every customer: each figure follows from those before it, and the last is that of the
// decision.
func TestFiguresAddUp(t *testing.T) {
	for name, src := range policies(t) {
		t.Run(name, func(t *testing.T) {
			p := link(t, src)
			s := search.New(p, day(t, "2026-06-30"))
			s.Budget = 200
			seen := 0
			s.Explore(func(in search.Inputs, state *program.State, err error) bool {
				if err != nil {
					return true
				}
				seen++
				e := explain.Of(p, state, explain.Facts{})
				b := book{t, p.Rounding, s.Text(in)}
				b.values(e.Values)
				if e.Scoring != nil {
					b.score(e.Scoring, state)
				}
				if e.Credit != nil {
					b.credit(e.Credit, state)
				}
				if seen%10 == 0 {
					require.NotContains(t, e.Text()+e.Markdown(), "%!", b.record)
				}
				return true
			})
			require.Greater(t, seen, 20)
		})
	}
}

// book checks the figures of one customer.
type book struct {
	t        *testing.T
	rounding scoring.Rounding
	record   string
}

func (b book) same(want, got exact.Number, what string) {
	b.t.Helper()
	require.Truef(b.t, want.Equal(got), "%s: %s is not %s, for %s", what, got.Fraction(), want.Fraction(), b.record)
}

// result works out a calculation in figures.
func (b book) result(text string) exact.Number {
	b.t.Helper()
	text = strings.NewReplacer(",", "", "×", "*", "÷", "/").Replace(text)
	tree, problems := formula.Parse(text)
	require.Emptyf(b.t, problems, "%q of %s", text, b.record)
	prog, problems := formula.Compile(tree, &formula.Scope{})
	require.Emptyf(b.t, problems, "%q of %s", text, b.record)
	v, ok := prog.Const()
	require.Truef(b.t, ok && v.Kind == slot.Number, "%q of %s", text, b.record)
	return v.Num
}

// calculable reports whether text is a calculation with nothing but figures in it.
func calculable(text string) bool {
	return text != "" && strings.Trim(text, "0123456789.,+-*/×÷() ") == "" && !strings.Contains(text, "**")
}

func (b book) values(all []explain.Value) {
	for _, v := range all {
		n, ok := v.Value.Number()
		if ok && v.Work != nil && v.Method == "" && !v.Substituted && calculable(v.Work.Figures) {
			b.same(b.result(v.Work.Figures), n, v.Name)
		}
	}
}

func (b book) round(n exact.Number, places int) exact.Number {
	if places < 0 {
		return n
	}
	return n.Round(places, b.rounding.Mode)
}

func (b book) score(s *explain.Scoring, state *program.State) {
	b.card(&s.Card, b.rounding.Points)
	require.Equal(b.t, state.Score.HasScore, s.Score != nil, b.record)
	if s.Score == nil {
		return
	}
	b.same(state.Score.Score, *s.Score, "the score")
	b.same(b.round(*s.Exact, b.rounding.Score), *s.Score, "the score")
	b.changes(&s.Card)
}

// changes goes from what was combined to what is left of it.
func (b book) changes(c *explain.Card) {
	at := *c.Combined
	if c.Adjusted != nil {
		var sum exact.Number
		for _, a := range c.Adjustments {
			sum = sum.Add(a.Amount)
		}
		if x := c.Span; x != nil {
			b.same(sum, x.Sum, "the adjustments")
			if x.Most != nil {
				sum = exact.Min(sum, *x.Most)
			}
			if x.Least != nil {
				sum = exact.Max(sum, *x.Least)
			}
			require.Equal(b.t, x.Bound, !sum.Equal(x.Sum))
		}
		b.same(sum, *c.Adjusted, "the adjustments")
		at = at.Add(sum)
	}
	for _, x := range c.Caps {
		if x.Holds {
			at = exact.Min(at, x.Amount)
		}
	}
	if c.Held != nil {
		b.same(at, c.Held.Before, "the score before it was held")
		at = c.Held.At
	}
	b.same(at, *c.Exact, "the exact score")
}

// card checks a card and what is in it.
func (b book) card(c *explain.Card, places int) {
	if c.PDO != nil && !c.PDO.Each {
		places = scoring.Exact
	}
	for i := range c.Indicators {
		b.indicator(&c.Indicators[i], places)
	}
	for i := range c.Groups {
		g := &c.Groups[i]
		b.card(&g.Card, places)
		if g.Points == nil {
			continue
		}
		if g.Weight == nil {
			b.same(sum(&g.Card), *g.Points, "group "+g.ID)
			continue
		}
		b.changes(&g.Card)
		at := *g.Exact
		for _, f := range g.Factors {
			at = at.Mul(f.By)
		}
		b.same(b.round(at, places), *g.Points, "group "+g.ID)
	}
	if c.Combined == nil {
		return
	}
	at := *c.Combined
	if c.PDO != nil {
		want := c.PDO.Offset.Add(c.PDO.Factor.Mul(*c.Points))
		if c.PDO.Each {
			want = c.PDO.Offset.Add(*c.Points)
		}
		b.same(want, at, "scaled to odds")
		at = *c.Points
	}
	if c.Combiner == "sum" {
		b.same(sum(c), at, "the sum of the points")
	}
	if calculable(c.Figures) {
		b.same(b.result(c.Figures), at, c.Figures)
	}
}

// sum adds the points of a card up.
func sum(c *explain.Card) (total exact.Number) {
	for i := range c.Indicators {
		if p := c.Indicators[i].Points; p != nil {
			total = total.Add(*p)
		}
	}
	for i := range c.Groups {
		if p := c.Groups[i].Points; p != nil {
			total = total.Add(*p)
		}
	}
	return total
}

func (b book) indicator(x *explain.Indicator, places int) {
	if x.Points == nil {
		return
	}
	if calculable(x.Working) {
		b.same(b.result(x.Working), *x.Raw, x.ID+": "+x.Working)
	}
	if x.Of != nil && calculable(x.Of.Figures) {
		if n, ok := x.Value.Number(); ok {
			b.same(b.result(x.Of.Figures), n, x.ID+": "+x.Of.Figures)
		}
	}
	at := *x.Held
	if !at.Equal(*x.Raw) {
		require.True(b.t, at.Sign() == 0 || at.Equal(*x.Full), b.record)
	}
	for _, f := range x.Factors {
		at = at.Mul(f.By)
	}
	b.same(at, *x.Exact, x.ID+" exactly")
	b.same(b.round(at, places), *x.Points, x.ID)
}

func (b book) credit(c *explain.Credit, state *program.State) {
	if state.Outcome == program.Rejected {
		require.Empty(b.t, c.Steps)
		return
	}
	b.steps(&c.LimitSteps)
	if c.Rounded != nil {
		b.same(state.Credit.Limit.Amount.Value, c.Rounded.Number, "the limit")
	}
	if x := c.Exposure; x != nil && x.Amount != nil {
		var total exact.Number
		for _, item := range x.Items {
			total = total.Add(*item.Amount)
		}
		b.same(total, *x.Exact, "the exposure")
		b.same(b.round(total, b.rounding.Money), *x.Amount, "the exposure")
	}
	for i := range c.Segments {
		if s := &c.Segments[i]; s.Applies {
			b.steps(&s.LimitSteps)
		}
	}
}

// steps follows the amount from step to step.
func (b book) steps(s *explain.LimitSteps) {
	var at explain.Amount
	for _, x := range s.Steps {
		if x.After == nil {
			return
		}
		require.Equal(b.t, at.Unlimited, x.Before.Unlimited)
		b.same(at.Number, x.Before.Number, "before step "+x.ID)
		if x.Operand != nil && x.Value != nil && calculable(x.Operand.Figures) && x.Action != "at_most" {
			b.same(b.result(x.Operand.Figures), *x.Value, "the operand of "+x.ID)
		}
		if x.Effect == "condition not met" {
			b.same(at.Number, x.After.Number, "after step "+x.ID)
		} else if x.Value != nil && !at.Unlimited {
			want := *x.Value
			switch x.Action {
			case "add":
				want = at.Add(want)
			case "multiply":
				want = at.Mul(want)
			case "at_least":
				want = exact.Max(at.Number, want)
			case "at_most":
				want = exact.Min(at.Number, want)
			}
			b.same(want, x.After.Number, "after step "+x.ID)
		}
		at = *x.After
	}
	if s.Rounded == nil || at.Unlimited {
		return
	}
	want := at.Number
	if s.Binding == "group" || s.Binding == "total" {
		want = exact.Min(want, s.Exact.Number)
	}
	b.same(want, s.Exact.Number, "the exact limit")
	b.same(b.round(exact.Max(want, exact.Number{}), b.rounding.Money), s.Rounded.Number, "the rounded limit")
}
