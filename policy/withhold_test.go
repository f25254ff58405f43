package policy_test

import (
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

func record(t *testing.T, d *policy.Decision) string {
	t.Helper()
	b, err := d.AppendRecord(nil)
	require.NoError(t, err)
	return string(b)
}

const everyType = `
policy: p
version: "1"
inputs:
  text: {type: string}
  amount: {type: number}
  yes: {type: bool}
  day: {type: date}
  before: {type: grade}
  applicant.age: {type: number}
  firm: {type: record, of: {name: {type: string}, staff: {type: number}}}
  members: {type: list, of: {amount: {type: number}, tags: {type: list, of: {type: string}}}}
  numbers: {type: list, of: {type: number}}
grade:
  of: before
  scale: [{grade: A}, {grade: B}]
  override: {max_notches: 1}
`

// A decision gives back its record, and that decides the same again, wherever it came from.
func TestTheRecordOfADecisionDecidesTheSameAgain(t *testing.T) {
	p := load(t, everyType)
	for name, object := range map[string]string{
		"empty":              `{}`,
		"of every type":      `{"numbers":["1.5","-0.25","100"],"text":"张三 \"x\" <&>\n\u2028","yes":false,"day":"2024-02-29","before":"B","amount":"12000000.05"}`,
		"nested":             `{"firm":{"staff":"3"},"members":[{"amount":"1","tags":["a",null]},{},null],"applicant.age":"41"}`,
		"with empty parts":   `{"firm":{},"members":[],"numbers":[null]}`,
		"an empty text":      `{"text":"","before":"A"}`,
		"decided by hand":    `{"before":"B","override.grade":"A","override.reason":"老客户","override.by":"王经理","override.until":"2024-12-31"}`,
		"a very large one":   `{"amount":"1e1000","numbers":["-12e900"]}`,
		"a very small one":   `{"amount":"1e-1000","numbers":["-1234.5e-900"]}`,
		"of sixty-four":      `{"amount":"1234567890123456789012345678901234567890123456789012345678901234"}`,
		"of sixty-four, too": `{"amount":"0.12345678901234567890123456789012345678901234567890123456789012"}`,
	} {
		t.Run(name, func(t *testing.T) {
			first := decideJSON(t, p, object)
			again := decideJSON(t, p, record(t, first))
			assert.Equal(t, string(first.AppendJSON(nil)), string(again.AppendJSON(nil)))
			assert.Equal(t, record(t, first), record(t, again))
			for _, input := range []string{"text", "amount", "yes", "day", "before", "firm", "members", "numbers", "override.by"} {
				a, ok := first.Value(input)
				b, there := again.Value(input)
				assert.Equal(t, fmt.Sprint(a, ok), fmt.Sprint(b, there), input)
			}
		})
	}
	assert.Equal(t, `{"text":"x","amount":"0.1","applicant.age":"41","numbers":["1.5"]}`,
		record(t, decideJSON(t, p, `{"numbers": [1.50], "applicant": {"age": 41.0}, "amount": 1e-1, "text": "x", "day": null}`)),
		"in the order of the file, each number in its shortest form, without what is absent")
}

func TestTheRecordIsTheSameWhereverItCameFrom(t *testing.T) {
	p := load(t, "policy: p\nversion: \"1\"\ninputs: {name: {type: string}, sales: {type: number}, since: {type: date}}\n")
	want := `{"name":"Ada","sales":"1200.5","since":"2024-06-30"}`
	customers, err := p.Customers(strings.NewReader("since,name,sales\n2024-06-30,Ada,1200.50\n"), policy.CSV)
	require.NoError(t, err)
	var d policy.Decision
	_, err = customers.Decide(&d, policy.AsOf(date(t, "2024-06-30")))
	require.NoError(t, err)
	assert.Equal(t, want, record(t, &d))
	assert.Equal(t, want, record(t, decide(t, p, policy.Record{"name": "Ada", "sales": decimal.RequireFromString("1200.500"), "since": "2024-06-30"})))
	assert.Equal(t, want, record(t, decide(t, p, struct {
		Name  string
		Sales decimal.Decimal
		Since string
	}{"Ada", decimal.RequireFromString("1200.5"), "2024-06-30"})))
	assert.Equal(t, "null", record(t, &policy.Decision{}))
}

func TestANumberThatNoTextHoldsHasNoRecord(t *testing.T) {
	p := load(t, everyType)
	long := decimal.RequireFromString(strings.Repeat("12", 40))
	for input, r := range map[string]policy.Record{
		"amount":  {"amount": big.NewRat(1, 3)},
		"numbers": {"amount": 1, "numbers": []any{1, long}},
		"members": {"members": []any{map[string]any{"amount": long.Neg()}}},
	} {
		b, err := decide(t, p, r).AppendRecord([]byte("before"))
		var field *policy.InputError
		require.ErrorAs(t, err, &field)
		assert.Equal(t, input, field.Field)
		assert.Equal(t, "before", string(b))
	}
	assert.Equal(t, `{"amount":"12e98"}`, record(t, decide(t, p, policy.Record{"amount": decimal.New(12, 98)})))
}

// Whatever can be withheld has no say: another value of it, or none, makes the same decision.
func TestWhatCanBeWithheldHasNoSay(t *testing.T) {
	src, err := os.ReadFile(contractFile)
	require.NoError(t, err)
	p := load(t, strings.Replace(string(src), "  overdue_days: ", "  id_card: {type: string, required: true}\n  age: {type: number}\n  overdue_days: ", 1))
	full := customer("id_card", "110101199003074477", "age", 35)
	d := decide(t, p, full)
	var free, read []string
	for name := range full {
		without, err := d.Withhold(name)
		if err != nil {
			read = append(read, name)
			continue
		}
		free = append(free, name)
		q, err := p.Withhold(name)
		require.NoError(t, err)
		r := customer("id_card", "110101199003074477", "age", 35)
		delete(r, name)
		again := decide(t, q, r)
		assert.Equal(t, string(without.AppendJSON(nil)), string(again.AppendJSON(nil)), name)
		assert.Equal(t, record(t, without), record(t, again), name)
		if name == "name" {
			assert.NotEmpty(t, d.Customer())
			assert.Empty(t, without.Customer(), "the only thing that goes is what the customer is called")
			continue
		}
		assert.Equal(t, string(d.AppendJSON(nil)), string(without.AppendJSON(nil)), name)
	}
	assert.ElementsMatch(t, []string{"name", "industry", "id_card", "age"}, free)
	require.NotEmpty(t, read)
	_, err = p.Decide(without(full, "id_card"), policy.AsOf(date(t, "2024-06-30")))
	require.Error(t, err, "the policy itself still wants it")
}

func TestWhatIsReadCannotBeWithheldWhereverItIsRead(t *testing.T) {
	p := load(t, `policy: p
version: "1"
inputs:
  name: {type: string}
  cell: {type: number}
  called: {type: number}
  shown: {type: number}
  before: {type: grade}
  step: {type: number}
functions:
  twice(x): x * 2
values:
  table: {rows: [{cell: {min: 1}, is: 1}], otherwise: 0}
  calls: twice(called)
  nobody_reads: shown
  best: "cell > 1 ? 'A' : 'B'"
grade:
  of: best
  scale: [{grade: A}, {grade: B}]
  transitions: {from: before, max_up: 1}
  override: {max_notches: 1}
credit:
  limit: [{set: 1, when: step > 0}]
`)
	for _, input := range []string{"cell", "called", "shown", "before", "step"} {
		_, err := p.Withhold("name", input)
		var refused *policy.WithholdError
		require.ErrorAs(t, err, &refused, input)
		assert.True(t, refused.Read)
		assert.NotZero(t, refused.Line, input)
	}
	_, err := p.Withhold("override.by")
	require.EqualError(t, err, "policy p: override.by cannot be withheld, since it is part of what is decided by hand")
	_, err = p.Withhold("firm")
	require.ErrorContains(t, err, `there is no input "firm"`)
	same, err := (&policy.Decision{}).Withhold("name")
	require.NoError(t, err)
	assert.Equal(t, "null", string(same.AppendJSON(nil)))
}
