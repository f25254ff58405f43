package program_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
	"github.com/tallystick-go/tallystick/scoring"
)

// smallHead declares inputs of which every record can be looked at.
const smallHead = `policy: small
version: "1"
inputs:
  a: {type: number, min: 0, max: 4, decimals: 0, required: true}
  b: {type: number, min: -1, max: 2, decimals: 0}
  c: {type: number, ranges: [{min: 0, max: 0.2}, {min: 0.6, max: 0.8}], decimals: 1, required: true}
  k: {type: string, one_of: [x, y], required: true}
  v: bool
  g: grade
`

// small are policies over those inputs, with a bit of everything that has a range.
var small = []string{`
values:
  quotient: a / (a + c)
  guarded: 'b > 0 ? a / b : 0'
  table: {rows: [{k: x, a: {min: 2}, of: a * c}, {k: y, is: 3}]}
  added: {hit: sum, rows: [{a: {min: 1}, is: 2}, {v: true, is: -1}]}
  counted: {hit: count, rows: [{a: {min: 1}}, {v: true}]}
  filled: {expr: a / b, missing: 'b ?? 7'}
  scored: {of: a, linear: {1: 0, 3: 10}}
  total: {hit: unique, rows: [{k: x, is: 5}, {k: y, a: {below: 3}, is: 6}, {k: y, a: {min: 3}, of: a * 2}]}
  settled: {rows: [{k: x, is: 5}, {when: a > 2, is: 6}], otherwise: 7}
  unsettled: {rows: [{v: true, is: 5}, {when: a > 2, is: 6}], otherwise: 7}
  asked: {rows: [{k: x, is: 5}, {when: b > 0, is: 6}], otherwise: 7}
  partial: {rows: [{k: x, is: 5}, {when: a > 2, is: 6}]}
  yes: a > 1 and v
admission: [{id: one, require: yes or guarded > quotient or table > added + counted + filled + scored + total + settled + unsettled + asked + partial}]
scoring:
  indicators:
    - {id: bands, weight: 40, of: c, bands: [{min: 0.7, points: 40}, {min: 0.1, points: a * 5}, {points: -3}]}
    - {id: rules, weight: 20, rules: {collect: sum, rows: [{when: a > 3, points: 12}, {when: v, points: a}, {when: a > 9, points: 100}]}}
    - {id: formula, weight: 20, formula: 10 - b * 6, missing: 4}
    - {id: best, weight: 20, best: [{linear: {0: 0, 4: 15}}, {formula: guarded * 2}], of: a}
  adjustments: [{id: plus, when: v, add: a / 3}, {id: minus, add: -c}, {id: none, when: a > 4, add: 500}]
  adjustments_cap: {least: -1, most: 1}
  caps: [{id: hold, when: "k == 'x'", at_most: 50 + a}, {id: most, at_most: 80}]
grade: {scale: [{grade: A, min: 60, factor: 2}, {grade: B, min: 30, factor: 0.5}, {grade: C, min: 0}], rules: [{id: low, when: a > 2, at_most: B, missing: skip}]}
credit: {limit: [{id: set, set: a * 100 - 50}, {id: by, multiply: grade.factor}, {id: add, when: v, add: b * 10}, {id: most, at_most: 500}, {id: round, round: {to: 7, mode: up}}]}
`, `
scoring:
  combine: product
  indicators:
    - {id: one, weight: 3, of: a, proportional: {full: 4}}
    - {id: two, formula: c + 1}
grade: {scale: [{grade: A, above: 2}, {grade: B, min: 0}]}
credit: {limit: [{id: open, when: v, unlimited: true}, {id: score, add: score * 10}, {id: least, at_least: a}]}
`, `
scoring:
  combine: modified
  indicators:
    - {id: one, weight: 60, of: a, linear: {0: 0, 4: 60}, missing: reweight}
    - {id: two, weight: 40, of: b, linear: {-1: 40, 2: 0}, missing: reweight}
  modifiers: [{id: three, weight: 100, of: c, linear: {0: 0, 0.8: 100}}]
grade: {scale: [{grade: A, min: 60}, {grade: B, min: 0}], transitions: {from: g, max_up: 1}}
`, `
scoring:
  total: 50
  weights: [{when: v, is: {one: 10, two: 30}}]
  indicators:
    - {id: one, weight: 20, of: a, deduct: {from: 1, step: 2, points: 5}}
    - {id: two, weight: 20, of: k, categories: {x: 20, y: c * 10}}
    - {id: extra, beyond: true, formula: b * c, missing: 0}
  groups:
    - {id: part, weight: 10, total: 5, indicators: [{id: deep, weight: 5, occurrences: [{count: a, points: 1, most: 3, repairs: [{count: b, points: 1}]}], missing: reweight}]}
grade: {scale: [{grade: A, min: 40}, {grade: B, min: 10}, {grade: C, min: 0}], override: {max_notches: 1}}
credit: {limit: [{id: s, set: points.one * points.part + points.two}, {id: f, when: "grade >= 'B'", multiply: 2}]}
`, `
scoring:
  combine: minimum
  indicators: [{id: one, of: a, linear: {0: 10, 2: 90, 4: 20}}, {id: two, rules: [{when: v, points: 70}, {when: b >= 0, points: 30}, {points: 5}]}]
grade: {scale: [{grade: A, min: 60}, {grade: B, min: 0}]}
`, `
scoring:
  combine: {points: {initial: 'v ? 10 : a'}}
  min: 0
  max: 60
  indicators: [{id: one, of: c, bands: [{min: 0.1, points: 20}, {points: -20}]}, {id: two, of: b, wall: {standard: 0, max: 2, standard_points: 10, max_points: 15, min_points: 5}}]
grade: {scale: [{grade: A, min: 30}, {grade: B, min: 0}]}
`, `
values: {double: limit * 2}
grade: {of: g, scale: [{grade: A}, {grade: B}], override: {}}
credit: {limit: [{id: set, set: a * 100}, {id: most, at_most: 500 * c}], override: {at_most: limit * 1.5 + b}, approval: [{by: x, up_to: 100}, {by: y, when: double > 300}, {by: z}]}
`, `
grade: {of: g, scale: [{grade: A}, {grade: B}]}
credit: {limit: [{id: set, set: a * 100}], override: {}}
`, attained}

// attained is a policy of which it is known that the ends of the score and the limit are reached.
const attained = `
values: {share: a * c, twice: 2 * a - a, rest: a + 2 * c}
scoring: {indicators: [{id: one, weight: 60, of: a, linear: {0: 0, 4: 50}}, {id: two, weight: 40, of: c, linear: {0: 40, 1: 0}}]}
grade: {scale: [{grade: A, min: 30}, {grade: B, min: 0}]}
credit: {limit: [{id: set, set: a * 100}, {id: most, at_most: 500 * c + 20}]}
`

func TestWhatIsKnownToBeReached(t *testing.T) {
	p := linked(t, smallHead+attained)
	for name, want := range map[string]string{"share": "0 3.2", "twice": "0 4", "rest": "0 5.6", "score": "8 90", "limit": "0 400"} {
		r, ok := p.Range(p.Symbols[name].Slot)
		require.True(t, ok && r.Attained(), "%s: %s", name, r.Why)
		s, _ := r.Hull()
		require.Equal(t, want, s.Low.String()+" "+s.High.String(), name)
	}
}

func TestATableThatAlwaysHasARowIsNeverMissing(t *testing.T) {
	p := linked(t, smallHead+small[0])
	for name, misses := range map[string]bool{"total": false, "settled": false, "unsettled": true, "asked": true, "partial": true, "table": true} {
		r, ok := p.Range(p.Symbols[name].Slot)
		require.True(t, ok)
		require.Equal(t, misses, r.CanMiss(), name)
	}
}

// What is declared of the items of a list and the fields of a record bounds what is worked out from them.
func TestPartsHaveTheRangesThatAreDeclared(t *testing.T) {
	p := linked(t, `policy: parts
version: "1"
inputs:
  members: {type: list, of: {amount: {type: number, min: -1, max: 5, decimals: 0, required: true}, debt: {type: number, max: -2}, free: number}}
  marks: {type: list, of: {type: number, min: 1, max: 3, decimals: 1}}
  home: {type: record, of: {rooms: {type: number, above: 0, max: 9}, owner: {type: record, of: {age: {type: number, ranges: [{min: 18, max: 99}]}}}}}
values:
  total: sum(members, .amount)
  debts: sum(members, .debt)
  squared: sum(members, .amount ** 2)
  first: members[0].amount
  found: find(members, .amount > 2).amount
  kept: filter(members, .amount > 2)[-1].amount
  named: let m = members; m[1].amount
  free: members[0].free
  most: max(marks)
  mean: mean(marks)
  marked: sum(marks)
  double: 2 * home.rooms
  age: home.owner.age
`)
	for name, want := range map[string]string{
		"total": "-∞ ∞", "debts": "-∞ 0", "first": "-1 5", "found": "-1 5", "kept": "-1 5", "named": "-1 5", "free": "-∞ ∞",
		"most": "1 3", "mean": "1 3", "marked": "0 ∞", "double": "0 18", "age": "18 99",
	} {
		r, ok := p.Range(p.Symbols[name].Slot)
		require.True(t, ok, name)
		require.True(t, r.CanMiss(), "%s: there may be no item", name)
		require.False(t, r.Attained(), "%s: only the outside is known", name)
		s, ok := r.Hull()
		require.True(t, ok, name)
		low, high := s.Low.String(), s.High.String()
		if s.NoLow {
			low = "-∞"
		}
		if s.NoHigh {
			high = "∞"
		}
		require.Equal(t, want, low+" "+high, name)
	}
}

// TestEveryRecordLiesInTheRanges decides every record that there can be.
func TestEveryRecordLiesInTheRanges(t *testing.T) {
	for _, src := range small {
		p := linked(t, smallHead+src)
		names := map[int]string{}
		for name, s := range p.Symbols {
			names[s.Slot] = name
		}
		decided := 0
		seen := map[string]bool{} // name and number
		every(p, func(s *program.State) {
			if err := p.Run(s, 19000); err != nil {
				return
			}
			decided++
			for i, name := range names {
				got := s.Frame.Slots[i]
				r, ok := p.Range(i)
				if !ok || got.Kind == slot.List || got.Kind == slot.Record {
					continue
				}
				if got.Kind == slot.Missing {
					require.True(t, r.CanMiss(), "%s is missing", name)
					continue
				}
				require.True(t, r.Set.Accepts(&got), "%s = %v is not in %+v", name, show(got), r)
				if got.Kind == slot.Number {
					seen[name+" "+got.Num.String()] = true
				}
				if got.Kind == slot.Number && r.Places >= 0 {
					require.True(t, got.Num.Round(r.Places, exact.Down).Equal(got.Num), "%s = %s has more than %d decimals", name, got.Num, r.Places)
				}
			}
		})
		require.Greater(t, decided, 1000)
		for i, name := range names {
			r, known := p.Range(i)
			s, ok := r.Hull()
			if !known || !ok || !r.Attained() || r.Set.Kind != slot.Number {
				continue
			}
			require.True(t, s.NoLow || s.LowOpen || seen[name+" "+s.Low.String()], "%s reaches %s", name, s.Low)
			require.True(t, s.NoHigh || s.HighOpen || seen[name+" "+s.High.String()], "%s reaches %s", name, s.High)
		}
	}
}

func show(v slot.Value) string {
	if v.Kind == slot.Number {
		return v.Num.String()
	}
	return v.Str
}

var variants = map[reflect.Type]doc.Variants{
	reflect.TypeFor[scoring.Method](): scoring.Methods().Variants(), reflect.TypeFor[scoring.Combiner](): scoring.Combiners().Variants(),
}

func linked(t *testing.T, src string) *program.Program {
	t.Helper()
	root, faults := yamldoc.Parse([]byte(src))
	require.Empty(t, faults)
	p, faults := program.Link(root, program.Options{Decoder: doc.Decoder{Variants: variants}})
	require.NotNil(t, p, "%v", errorsOf(faults))
	return p
}

// every fills the inputs of a state with every record that there can be.
func every(p *program.Program, f func(*program.State)) {
	half := func(x string) slot.Value { return slot.Num(exact.MustParse(x)) }
	values := map[string][]slot.Value{
		"a":               {half("0"), half("1"), half("2"), half("3"), half("4")},
		"b":               {half("-1"), half("0"), half("1"), half("2"), {}},
		"c":               {half("0"), half("0.1"), half("0.2"), half("0.6"), half("0.7"), half("0.8")},
		"k":               {slot.Text("x"), slot.Text("y")},
		"v":               {slot.Truth(false), slot.Truth(true), {}},
		"g":               {slot.Rank(0, p.Grades[0]), slot.Rank(1, p.Grades[1]), {}},
		"override.grade":  {slot.Rank(1, p.Grades[1]), {}},
		"override.limit":  {half("0"), half("0.01"), half("151"), half("600"), half("10000000"), {}},
		"override.reason": {slot.Text("known")},
		"override.by":     {slot.Text("Li")},
	}
	record := make([]slot.Value, len(p.Inputs))
	state := &program.State{}
	var fill func(i int)
	fill = func(i int) {
		if i < len(p.Inputs) {
			choices := values[p.Inputs[i].Name]
			if choices == nil {
				choices = []slot.Value{{}}
			}
			for _, v := range choices {
				record[i] = v
				fill(i + 1)
			}
			return
		}
		p.Begin(state)
		for j, v := range record {
			if v.Kind == slot.Missing {
				v = slot.Gone(state.Frame.Blame(p.Inputs[j].Atom))
			}
			state.Frame.Slots[j] = v
		}
		f(state)
	}
	fill(0)
}

func errorsOf(faults []doc.Fault) (out []doc.Fault) {
	for _, f := range faults {
		if f.Severity == doc.Error {
			out = append(out, f)
		}
	}
	return out
}

// TestRowsThatAreSaidNeverToCountDoNot puts conditions together at random and decides every record.
func TestRowsThatAreSaidNeverToCountDoNot(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	atoms := []string{"a > 1", "a > 3", "a <= 2", "a == 2", "b >= 0", "b < 1", "c >= 0.6", "c < 0.2", "k == 'x'", "k in ['y']", "v", "not v", "has(b)", "a + b > 2", "a * c > 1", "a > b"}
	condition := func() string {
		s := atoms[r.IntN(len(atoms))]
		if r.IntN(2) == 0 {
			s = "(" + s + []string{" and ", " or "}[r.IntN(2)] + atoms[r.IntN(len(atoms))] + ")"
		}
		return s
	}
	said := 0
	for range 150 {
		var rules, rows, approval strings.Builder
		for i := range 4 {
			fmt.Fprintf(&rules, "        - {when: \"%s\", points: %d}\n", condition(), i)
			fmt.Fprintf(&rows, "      - {a: {min: %d}, when: \"%s\", is: %d}\n", r.IntN(4), condition(), i)
			fmt.Fprintf(&approval, "    - {by: p%d, up_to: %d, when: \"%s\"}\n", i, r.IntN(5)*100, condition())
		}
		src := smallHead + "values:\n  t:\n    rows:\n" + rows.String() + "scoring:\n  indicators:\n    - id: one\n      weight: 100\n      rules:\n" + rules.String() +
			"grade: {scale: [{grade: A, min: 2}, {grade: B, min: 0}]}\ncredit:\n  limit: [{id: a, set: a * 100}]\n  gaps: refer\n  approval:\n" + approval.String()
		root, faults := yamldoc.Parse([]byte(src))
		require.Empty(t, faults)
		p, faults := program.Link(root, program.Options{Decoder: doc.Decoder{Variants: variants}})
		require.NotNil(t, p, "%v", errorsOf(faults))
		counted := map[doc.Place]bool{}
		table := &p.Values[0]
		every(p, func(s *program.State) {
			require.NoError(t, p.Run(s, 19000))
			if row := s.Score.Items[0].Row; row > 0 {
				counted[p.File.Scoring.Indicators[0].Method.(*scoring.Rules).Rows[row-1].Place()] = true
			}
			if _, row := s.Rows(table); row > 0 {
				counted[table.Table.Rows[row-1].Place] = true
			}
			if row := s.Credit.Approval.Row; row >= 0 {
				counted[p.File.Credit.Approval[row].Place()] = true
			}
		})
		for _, f := range faults {
			if f.Code == "never-holds" || f.Code == "approval-order" {
				said++
				require.False(t, counted[f.Place], "%s\n%s at %v", src, f.Message, f.Place)
			}
		}
	}
	require.Greater(t, said, 50)
}
