package search_test

import (
	"os"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/record"
	"github.com/tallystick-go/tallystick/policy/internal/search"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
	"github.com/tallystick-go/tallystick/scoring"
)

// load links a policy, which has no errors.
func load(t testing.TB, src []byte) *program.Program {
	t.Helper()
	root, notation := yamldoc.Parse(src)
	require.Empty(t, notation)
	p, faults := program.Link(root, program.Options{Decoder: doc.Decoder{Variants: map[reflect.Type]doc.Variants{
		reflect.TypeFor[scoring.Method]():   scoring.Methods().Variants(),
		reflect.TypeFor[scoring.Combiner](): scoring.Combiners().Variants(),
	}}})
	require.NotNil(t, p, "%v", faults)
	return p
}

func loadFile(t testing.TB, name string) *program.Program {
	t.Helper()
	src, err := os.ReadFile(name)
	require.NoError(t, err)
	return load(t, src)
}

func day(t testing.TB, s string) slot.Day {
	t.Helper()
	d, err := slot.ParseDay(s)
	require.NoError(t, err)
	return d
}

// searching returns a search in a policy with these sections, on 2024-06-30.
func searching(t testing.TB, sections string) *search.Search {
	t.Helper()
	return search.New(load(t, []byte("policy: p\nversion: \"1\"\n"+sections)), day(t, "2024-06-30"))
}

// index returns where the input called name stands.
func index(t testing.TB, p *program.Program, name string) int {
	t.Helper()
	for i := range p.Inputs {
		if p.Inputs[i].Name == name {
			return i
		}
	}
	t.Fatalf("there is no input %s", name)
	return 0
}

// texts returns values as a policy owner writes them.
func texts(k *slot.Type, values []slot.Value) []string {
	out := make([]string, len(values))
	for i := range values {
		out[i] = search.ValueText(k, &values[i])
	}
	return out
}

const contract = "../../testdata/contract/customer-management.yaml"

func TestAnOrdinaryCustomerIsAdmittedAndLacksNothing(t *testing.T) {
	s := search.New(loadFile(t, contract), day(t, "2024-06-30"))
	state, err := s.Decide(s.Base())
	require.NoError(t, err)
	require.Equal(t, program.Admitted, state.Outcome)
	require.Zero(t, state.Missing)
	require.True(t, state.Score.HasScore && state.Grade.Has && state.Credit.Limit.Has)
}

func TestAQuotientIsPutExactlyOnItsEdge(t *testing.T) {
	const policy = `
inputs:
  paid:   {type: number, min: 0, decimals: 0}
  orders: {type: number, min: 0, decimals: 0}
values:
  punctuality: paid / orders
scoring:
  indicators:
    - {id: punctuality, weight: 100, of: punctuality, bands: [{min: 0.9, points: 100}, {points: 0}]}
`
	p := load(t, []byte("policy: p\nversion: \"1\"\n"+policy))
	s := search.New(p, day(t, "2024-06-30"))
	in := search.Inputs{slot.Num(exact.Int(1)), slot.Num(exact.Int(70))}
	require.Subset(t, texts(slot.NumberType, s.Values(in, 0)), []string{"62", "63", "64"}, "63 of 70 are 0.9")
	in = search.Inputs{slot.Num(exact.Int(63)), slot.Num(exact.Int(1))}
	require.Subset(t, texts(slot.NumberType, s.Values(in, 1)), []string{"69", "70", "71"}, "63 of 70 are 0.9, in the other input too")
}

func TestAnEdgeThatHasNoDecimalValueIsEnclosed(t *testing.T) {
	s := searching(t, `
inputs: {sales: {type: number, min: 0, decimals: 2}}
admission: [{id: a, require: sales * 3 >= 100}]
`)
	require.Subset(t, texts(slot.NumberType, s.Values(s.Base(), 0)), []string{"33.33", "33.34"})
}

func TestTheFirstAndTheLastAmountOfARoundedScoreAreFound(t *testing.T) {
	s := searching(t, `
rounding: {score: 0, points: 0}
inputs: {sales: {type: number, min: 0, max: 200, decimals: 2}}
scoring:
  indicators: [{id: sales, weight: 100, of: sales, proportional: {full: 100}}]
grade:
  scale: [{grade: A, min: 90}, {grade: B, min: 60}, {grade: C}]
`)
	require.Subset(t, texts(slot.NumberType, s.Values(s.Base(), 0)), []string{"89.49", "89.5", "90.49", "90.5", "59.49", "59.5"})
}

func TestADateIsTriedWhereAnAgeHasItsEdge(t *testing.T) {
	p := load(t, []byte(`
policy: p
version: "1"
inputs: {born: date}
values: {age: 'years_between(born, as_of)'}
admission: [{id: adult, require: age >= 18}]
`))
	s := search.New(p, day(t, "2024-06-30"))
	require.Subset(t, texts(slot.DateType, s.Values(s.Base(), 0)), []string{"2006-06-30", "2006-07-01"})
}

const declared = `
inputs:
  whole:   {type: number, min: 1, below: 9, decimals: 0}
  share:   {type: number, above: 0, max: 1, decimals: 3}
  reading: {type: number, ranges: [{min: 12.1, max: 14.6}, {min: 29.1, max: 44.6}]}
  kind:    {type: string, one_of: [矿业, "电力, 水", 'yes'], required: true}
  level:   {type: number, one_of: [1, 2.5]}
  since:   {type: date, min: 2020-02-29, max: 2024-06-30}
  applicant.name: {type: string}
  members: {type: list, of: {amount: {type: number}, ccy: {type: string}, paid: {type: date}, ok: {type: bool}}}
  home:    {type: record, of: {rooms: {type: number}, city: {type: string}}}
admission:
  - {id: a, require: whole * share > 2 and reading != 30}
  - {id: b, require: 'sum(members, .amount) > 100 and any(members, .ccy == "a b")'}
  - {id: c, require: home.rooms > 3 or home.city == 'X' or applicant.name == 'A "B"'}
  - {id: d, require: kind != '矿业' and since > date('2021-01-01') and level < 2}
`

func TestEveryRecordThatIsTriedCanBeGivenByAUser(t *testing.T) {
	p := load(t, []byte("policy: p\nversion: \"1\"\n"+declared))
	s := search.New(p, day(t, "2024-06-30"))
	s.Budget = 3_000
	n := 0
	s.Explore(func(in search.Inputs, _ *program.State, err error) bool {
		require.NoError(t, err)
		n++
		var frame slot.Frame
		frame.Reset(len(p.Inputs))
		require.NoError(t, record.New(p.Inputs, record.Options{}).ReadJSON(&frame, s.JSON(in)), s.Text(in))
		for i := range in {
			if in[i].Kind != slot.Missing {
				require.True(t, in[i].Equal(frame.Slots[i]), "%s: %s", p.Inputs[i].Name, s.Text(in))
			}
		}
		return true
	})
	require.LessOrEqual(t, n, s.Budget)
	require.Greater(t, n, s.Budget/2)
}

func TestARecordIsWrittenAsAPolicyOwnerWritesIt(t *testing.T) {
	p := load(t, []byte("policy: p\nversion: \"1\"\n"+declared))
	s := search.New(p, day(t, "2024-06-30"))
	item := slot.Fields([]slot.Value{slot.Num(exact.MustParse("-0.50")), slot.Text("a b"), slot.OfDay(day(t, "2024-01-02")), slot.Truth(true)})
	in := search.Inputs{
		slot.Num(exact.Int(8)), {}, slot.Num(exact.MustParse("30.0")), slot.Text("电力, 水"), {}, slot.OfDay(day(t, "2020-02-29")),
		slot.Text("no"), slot.Items([]slot.Value{item}), {},
	}
	require.Equal(t, `{whole: 8, reading: 30, kind: "电力, 水", since: 2020-02-29, applicant.name: "no", `+
		`members: [{amount: -0.5, ccy: "a b", paid: 2024-01-02, ok: true}]}`, s.Text(in))
	require.Equal(t, `{"whole":8,"reading":30,"kind":"电力, 水","since":"2020-02-29","applicant.name":"no",`+
		`"members":[{"amount":-0.5,"ccy":"a b","paid":"2024-01-02","ok":true}]}`, string(s.JSON(in)))
}

func TestACustomerIsFoundWhoDiffersOnlyInWhatMatters(t *testing.T) {
	p := loadFile(t, contract)
	s := search.New(p, day(t, "2024-06-30"))
	incidents, overdue := index(t, p, "safety_incidents"), index(t, p, "overdue_days")
	in, ok := s.Find(func(st *program.State) bool {
		f := st.Frame.Slots
		return f[incidents].Num.Equal(exact.Int(2)) && f[overdue].Kind == slot.Number && exact.Int(90).Less(f[overdue].Num)
	})
	require.True(t, ok)
	base := s.Base()
	for i := range in {
		if i != incidents && i != overdue {
			require.True(t, in[i].Equal(base[i]), p.Inputs[i].Name)
		}
	}
	require.Equal(t, "91", search.ValueText(slot.NumberType, &in[overdue]), "as close to the ordinary customer as does")
}

func TestAHintLeadsToWhatSeveralInputsMakeTogether(t *testing.T) {
	p := load(t, []byte(`
policy: p
version: "1"
inputs:
  a: {type: number, min: 0, decimals: 0}
  b: {type: number, min: 0, decimals: 0}
  c: {type: number, min: 0, decimals: 0}
  d: {type: number, min: 0, decimals: 0}
values: {odd: a == 7 and b == 70 and not (c < 700 or d != 7_000)}
admission: [{id: odd, require: not odd}]
`))
	s := search.New(p, day(t, "2024-06-30"))
	fails := func(st *program.State) bool { return st.Criteria[0].Result == program.Fail }
	in, ok := s.Find(fails, s.Toward(&p.File.Admission[0].Require, false))
	require.True(t, ok)
	require.Equal(t, "{a: 7, b: 70, c: 700, d: 7000}", s.Text(in))
}

func TestWhatCannotHappenIsNotFound(t *testing.T) {
	s := searching(t, `
inputs: {sales: {type: number, min: 0}}
admission: [{id: a, require: sales > 10}]
`)
	s.Budget = 500
	n := 0
	in, ok := s.Find(func(st *program.State) bool { n++; return st.Frame.Slots[0].Num.Sign() < 0 })
	require.False(t, ok)
	require.Nil(t, in)
	require.Greater(t, n, s.Budget/2, "it has looked")
}

func TestALimitIsRaisedThroughTwoCeilingsThatHoldEachOther(t *testing.T) {
	p := load(t, []byte(`
policy: p
version: "1"
inputs:
  sales:  {type: number, min: 0}
  assets: {type: number, min: 0}
credit:
  limit:
    - {id: base, set: sales * 0.3}
    - {id: own, at_most: assets * 0.2}
    - {id: ceiling, at_most: 5_000_000}
`))
	s := search.New(p, day(t, "2024-06-30"))
	in, best, ok := s.Maximize(func(st *program.State) (exact.Number, bool) {
		return st.Credit.Limit.Amount.Value, st.Credit.Limit.Has
	})
	require.True(t, ok)
	require.Equal(t, "5000000", best.String())
	state, err := s.Confirm(in)
	require.NoError(t, err)
	require.Equal(t, "ceiling", p.File.Credit.BindingName(state.Credit.Limit.Binding))
}

func TestEveryRecordIsShownWhereTheyAreFew(t *testing.T) {
	const few = `
inputs:
  name:  {type: string}
  whole: {type: number, above: 0, max: 3, decimals: 0}
  half:  {type: number, ranges: [{min: 0, max: 0.2}, {min: 1, max: 1}], decimals: 1, required: true}
  ok:    bool
admission: [{id: a, require: whole + half > 1 or ok}]
`
	seen := map[string]bool{}
	s := searching(t, few)
	complete := s.All(func(in search.Inputs, _ *program.State, err error) {
		require.NoError(t, err)
		require.False(t, seen[s.Text(in)], s.Text(in))
		seen[s.Text(in)] = true
	})
	require.True(t, complete)
	require.Len(t, seen, 4*4*3, "1, 2, 3 or missing; 0, 0.1, 0.2 or 1; true, false or missing; nothing reads the name")
	s.Budget = 4*4*3 - 1
	require.False(t, s.All(func(search.Inputs, *program.State, error) { t.Fatal("it is not shown in part") }))
}

func TestTheSameQuestionHasTheSameAnswer(t *testing.T) {
	answers := func() (out []string) {
		s := search.New(loadFile(t, contract), day(t, "2024-06-30"))
		s.Budget = 2_000
		s.Explore(func(in search.Inputs, _ *program.State, _ error) bool {
			out = append(out, s.Text(in))
			return true
		})
		in, _ := s.Find(func(st *program.State) bool { return st.Grade.Has && st.Grade.Final == 0 })
		return append(out, s.Text(in))
	}
	require.Equal(t, answers(), answers())
}

func TestARecordThatCannotBeDecidedIsShownWithItsError(t *testing.T) {
	s := searching(t, `
inputs: {a: {type: number, min: 0, max: 5, decimals: 0}, b: {type: number, min: 0, max: 5, decimals: 0}}
values:
  kind:
    hit: unique
    rows: [{when: a + b > 7, is: 1}, {when: b == 5, is: 2}, {when: a + b <= 7 and b != 5, is: 3}]
admission: [{id: a, require: kind > 0}]
`)
	faults := 0
	s.Explore(func(_ search.Inputs, _ *program.State, err error) bool {
		if err != nil {
			require.ErrorContains(t, err, "both hold")
			faults++
		}
		return true
	})
	require.NotZero(t, faults)
}

const byHand = `
inputs: {sales: {type: number, min: 0}}
scoring: {indicators: [{id: sales, weight: 100, of: sales, proportional: {full: 100}}]}
grade:
  scale: [{grade: A, min: 80}, {grade: B, min: 40}, {grade: C}]
  override: {by: [总经理]}
`

func TestAGradeGivenByHandSaysWhoGaveItAndWhy(t *testing.T) {
	s := searching(t, byHand)
	in, ok := s.Find(func(st *program.State) bool { return st.Grade.Final < st.Grade.Scored })
	require.True(t, ok)
	require.Contains(t, s.Text(in), "override.by: 总经理")
	require.Contains(t, s.Text(in), "override.reason: ")
}

func TestTextsAreTheSameAndDifferent(t *testing.T) {
	s := searching(t, `
inputs:
  office: {type: string}
  branch: {type: string}
  kind:   {type: string, one_of: [甲, 乙]}
  held:   {type: list, of: {kind: {type: string}}}
admission:
  - {id: local, require: office == branch}
  - {id: only,  require: 'count(held, .kind == kind) == 0'}
`)
	for i, want := range []string{"office: Z", "held: [{kind: 甲}]"} {
		in, ok := s.Find(func(st *program.State) bool { return st.Criteria[i].Result == program.Fail })
		require.True(t, ok)
		require.Contains(t, s.Text(in), want)
	}
}

func TestATimeOfDayIsTriedOnBothSidesOfWhatItIsComparedWith(t *testing.T) {
	s := searching(t, `
inputs:
  arrival: {type: string}
values:
  start: minutes(arrival)
admission:
  - {id: open, require: start >= minutes('08:30')}
  - {id: late, require: start < 1440}
`)
	for _, c := range []struct {
		criterion int
		result    program.Result
		want      string
	}{{0, program.Pass, "08:30"}, {0, program.Fail, "08:29"}, {1, program.Fail, "24:00"}} {
		in, ok := s.Find(func(st *program.State) bool { return st.Criteria[c.criterion].Result == c.result })
		require.True(t, ok)
		require.Contains(t, s.Text(in), `arrival: "`+c.want+`"`)
	}
}
