package policy_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

const shopPolicy = `
policy: shop
version: "1"
inputs:
  name:    {type: string, required: true}
  sales:   {type: number, min: 0}
  members: {type: list, of: number}
values:
  all: sum(members)
admission:
  - {id: size, require: sales >= 100}
`

// decided decides the customers in a file and returns a line for each: where it begins, and what came of it.
func decided(t *testing.T, p *policy.Policy, file string, f policy.Format) (lines []string, err error) {
	t.Helper()
	customers, err := p.Customers(strings.NewReader(file), f)
	if err != nil {
		return nil, err
	}
	var d policy.Decision
	for range 100 {
		line, err := customers.Decide(&d, asOf)
		var bad *policy.RecordError
		switch {
		case errors.Is(err, io.EOF):
			return lines, nil
		case errors.As(err, &bad):
			assert.Equal(t, line, bad.Line)
			lines = append(lines, fmt.Sprintf("%d: %s", line, bad))
			assert.Empty(t, d.Customer(), "nothing is left of the customer before")
		case err != nil:
			return lines, err
		default:
			lines = append(lines, fmt.Sprintf("%d: %s %s", line, d.Customer(), d.Outcome()))
		}
	}
	t.Fatal("the file does not end")
	return nil, nil
}

// A bad record never stops a batch: the rest is decided.
func TestCustomersWithBadOnesAmongThem(t *testing.T) {
	p := load(t, shopPolicy)
	for _, x := range []struct {
		format policy.Format
		file   string
		want   []string
	}{
		{policy.CSV, "name,sales,members\n" + // the line of a record is the line of the file
			"华北,150,\"[1, 2]\"\n" +
			"华东,5%,\n" +
			",100,\n" +
			"华南,\n" +
			"\n" +
			"\"华\n西\",99.99,\n" +
			"华中,-1,[1\n" +
			"东北,,\n",
			[]string{
				"2: 华北 admitted",
				`3: field "sales": "5%" is not a number; write 0.05`,
				`4: field "name": it is required, but the cell is empty`,
				"5: the row has 2 cells, the header 3",
				"7: 华\n西 rejected",
				`9: field "sales": -1 is out of range; allowed: 0 or more; field "members": not JSON: it ends too early; a list in a cell is written as JSON: [12.5, ...]`,
				"10: 东北 referred",
			}},
		{policy.NDJSON, `{"name": "华北", "sales": 150}` + "\n" +
			`{"name": "华东", "sales": "5%"}` + "\n" +
			`{"sales": 100}` + "\n" +
			`{"name": "华南", ` + "\n" +
			"\n" +
			`{"name": "华西", "sales": 99.99, "sales": 100}` + "\n" +
			`[]` + "\n" +
			`{"name": "东北"}`,
			[]string{
				"1: 华北 admitted",
				`2: field "sales": "5%" is not a number; write 0.05`,
				`3: field "name": it is required, but absent`,
				"4: not JSON: it ends too early",
				`6: field "sales": it is there twice`,
				"7: a record is a JSON object {...}, not a list",
				"8: 东北 referred",
			}},
		{policy.JSON, `[{"name": "华北", "sales": 150},` + "\n" +
			`  {"name": "华东", "sales": "5%"}, {"sales": 100},` + "\n" +
			`  5,` + "\n" +
			`  {"name": "东北"}]`,
			[]string{
				"1: 华北 admitted",
				`2: field "sales": "5%" is not a number; write 0.05`,
				`2: field "name": it is required, but absent`,
				"3: a record is a JSON object {...}, not a number",
				"4: 东北 referred",
			}},
		{policy.JSON, `{"name": "华北", "sales": 150}`, []string{"1: 华北 admitted"}},
		{policy.JSON, `[]`, nil},
		{policy.NDJSON, "", nil},
		{policy.CSV, "sales,name\n", nil},
	} {
		t.Run(x.format.String(), func(t *testing.T) {
			got, err := decided(t, p, x.file, x.format)
			require.NoError(t, err)
			assert.Equal(t, x.want, got)
		})
	}
}

// What cannot be read on ends the batch, once.
func TestCustomersThatCannotBeReadOn(t *testing.T) {
	p := load(t, shopPolicy)
	for _, x := range []struct {
		format policy.Format
		file   string
		want   []string
		err    string
	}{
		{policy.JSON, `[{"name": "华北", "sales": 150}, {"name": `, []string{"1: 华北 admitted"}, "line 1: not JSON: it ends too early"},
		{policy.JSON, `[{"name": "华北", "sales": 150}` + "\n" + `{"name": "x"}]`, []string{"1: 华北 admitted"}, "line 2: not JSON"},
		{policy.JSON, `[{"name": "华北", "sales": 150}]` + "\n" + `[]`, []string{"1: 华北 admitted"}, "line 2: something follows the JSON value"},
		{policy.JSON, `"x"`, nil, "line 1: the file is an array of records"},
		{policy.JSON, ``, nil, "line 1: not JSON: there is nothing"},
		{policy.NDJSON, `[{"name": "华北"}]`, nil, "line 1: the file is JSON, not NDJSON with a record in each line; name it .json"},
		{policy.CSV, "", nil, "line 1: there is no header; the first line names the columns"},
		{policy.CSV, "name;sales\n", nil, `line 1: the columns are separated by semicolons: "name;sales"; save the file with commas`},
		{policy.CSV, "sales\n", nil, `line 1: field "name": it is required, but there is no such column`},
		{policy.CSV, "name,sale\n", nil, `line 1: field "sale": no input has the name of column 2; did you mean "sales"?`},
		{policy.CSV, "name,name\n", nil, `line 1: field "name": the column is there twice`},
		{policy.CSV, "\xff\xfen\x00", nil, "line 1: the file is UTF-16; "},
	} {
		t.Run(x.format.String()+" "+x.err, func(t *testing.T) {
			got, err := decided(t, p, x.file, x.format)
			require.Error(t, err)
			assert.Contains(t, err.Error(), x.err)
			var bad *policy.RecordError
			assert.False(t, errors.As(err, &bad), "nobody is to go on after it")
			assert.Equal(t, x.want, got)
		})
	}

	customers, err := p.Customers(io.MultiReader(strings.NewReader("name,sales\n华北,150\n"), iotest.ErrReader(errors.New("the disk is gone"))), policy.CSV)
	require.NoError(t, err)
	d := new(policy.Decision)
	_, err = customers.Decide(d, asOf)
	require.NoError(t, err)
	_, err = customers.Decide(d, asOf)
	require.ErrorContains(t, err, "the disk is gone")
	assert.Empty(t, d.Customer(), "nothing is left of the customer before")
}

func TestCustomersNeedADay(t *testing.T) {
	p := load(t, shopPolicy)
	customers, err := p.Customers(strings.NewReader("name,sales\nx,150\n"), policy.CSV)
	require.NoError(t, err)
	var d policy.Decision
	_, err = customers.Decide(&d)
	var day *policy.AsOfError
	require.True(t, errors.As(err, &day))
	_, err = customers.Decide(&d, asOf)
	require.NoError(t, err, "and no customer was passed over")
	_, err = customers.Decide(&d)
	require.Error(t, err)
	assert.Empty(t, d.Customer())
}

// A policy that fails on one customer decides the next.
func TestACustomerOnWhomThePolicyFails(t *testing.T) {
	p := load(t, shopPolicy+"scoring:\n  indicators: [{id: one, weight: 100, formula: check(sales)}]\n", policy.WithFunction("check", func(n policy.Number) (policy.Number, error) {
		if n.Sign() == 0 {
			return policy.Number{}, errors.New("nothing was sold")
		}
		return n, nil
	}))
	got, err := decided(t, p, "name,sales\na,100\nb,0\nc,200\n", policy.CSV)
	require.NoError(t, err)
	require.Len(t, got, 3)
	assert.Equal(t, "2: a admitted", got[0])
	assert.Contains(t, got[1], "nothing was sold")
	assert.Equal(t, "4: c admitted", got[2])
}

func TestFormatsOfFiles(t *testing.T) {
	for name, want := range map[string]policy.Format{"a.csv": policy.CSV, "A.CSV": policy.CSV, "a.json": policy.JSON, "a.ndjson": policy.NDJSON, "a.jsonl": policy.NDJSON} {
		got, ok := policy.FormatOf(name)
		assert.True(t, ok, name)
		assert.Equal(t, want, got, name)
	}
	_, ok := policy.FormatOf("customers.xlsx")
	assert.False(t, ok)

	for head, want := range map[string]policy.Format{
		"name,sales\n":                         policy.CSV,
		"\ufeffname,sales\n":                   policy.CSV,
		`[{"name": "x"}]`:                      policy.JSON,
		"\n\n  [\n":                            policy.JSON,
		`{"name": "x"}` + "\n{}":               policy.NDJSON,
		"{\n  \"name\": \"x\"\n}":              policy.JSON,
		"\ufeff{\"name\": \"x\"}\n":            policy.NDJSON,
		"":                                     policy.NDJSON,
		"{" + strings.Repeat(" ", 1<<16) + "}": policy.NDJSON,
	} {
		r, got, err := policy.DetectFormat(strings.NewReader(head))
		require.NoError(t, err)
		assert.Equal(t, want, got, "%.20q", head)
		all, err := io.ReadAll(r)
		require.NoError(t, err)
		assert.Equal(t, head, string(all), "nothing is lost")
	}
	_, _, err := policy.DetectFormat(iotest.ErrReader(errors.New("the disk is gone")))
	assert.Error(t, err)
}

// Several goroutines can share the work: one finds customers, another decides them.
func TestCustomersAreTakenAndThenDecided(t *testing.T) {
	p := load(t, shopPolicy)
	const file = "name,sales,members\nAda,150,[1]\nBob,-1,\nCyd,50,\nDan,100,\n"
	want, err := decided(t, p, file, policy.CSV)
	require.NoError(t, err)
	customers, err := p.Customers(strings.NewReader(file), policy.CSV)
	require.NoError(t, err)
	first, second := &policy.Batch{}, &policy.Batch{}
	require.NoError(t, customers.Take(first, 3))
	require.NoError(t, customers.Take(second, 3))
	require.ErrorIs(t, customers.Take(&policy.Batch{}, 3), io.EOF)
	require.Equal(t, []int{3, 1}, []int{first.Len(), second.Len()})

	got := make([]string, 4)
	var d policy.Decision
	at := func(i int, b *policy.Batch, k int) {
		line, err := customers.DecideTaken(&d, b, k, asOf)
		var bad *policy.RecordError
		if errors.As(err, &bad) {
			assert.Equal(t, line, bad.Line)
			got[i] = fmt.Sprintf("%d: %s", line, bad)
			return
		}
		require.NoError(t, err)
		got[i] = fmt.Sprintf("%d: %s %s", line, d.Customer(), d.Outcome())
	}
	at(3, second, 0) // in any order
	for i := range first.Len() {
		at(i, first, i)
	}
	assert.Equal(t, want, got)

	_, err = customers.DecideTaken(&d, first, 0)
	var never *policy.AsOfError
	assert.ErrorAs(t, err, &never, "no day is given")
}
