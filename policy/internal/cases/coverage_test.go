package cases_test

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/internal/cases"
)

// cover returns the coverage of the test file name of files.
func cover(t *testing.T, files fs.FS, name string) (*cases.File, *cases.Coverage) {
	t.Helper()
	f, err := cases.Load(name, func(name string) ([]byte, error) { return fs.ReadFile(files, name) })
	if err != nil {
		if faults, ok := err.(*cases.Faults); ok {
			t.Fatal(faults.Text())
		}
		t.Fatal(err)
	}
	all, err := cases.Cover(f)
	require.NoError(t, err)
	require.Len(t, all, 1)
	return f, all[0]
}

func TestATestFileThatShowsEverythingCoversAll(t *testing.T) {
	_, c := cover(t, os.DirFS("testdata/coverage"), "small_test.yaml")
	require.True(t, c.Reaches(100), c.Text())
	require.Equal(t, "coverage of small.yaml: 100 % (8 of 8)\n  admission  100 %  5 of 5\n  outcome    100 %  3 of 3\n", c.Text())
	require.NoError(t, c.Suggest())
	require.Empty(t, c.Suggested, "there is nothing to suggest")
	require.Empty(t, c.NotFound)
}

func TestATestFileThatDecidesNobodyCoversNothing(t *testing.T) {
	_, c := cover(t, fstest.MapFS{
		"small.yaml":      {Data: read(t, "testdata/coverage/small.yaml")},
		"small_test.yaml": {Data: []byte("policy: small.yaml\nas_of: 2026-06-30\ntests: [{name: nobody, expect: {error: name}}]\n")},
	}, "small_test.yaml")
	require.Contains(t, c.Text(), "coverage of small.yaml: 0 % (0 of 8)\n")
	require.False(t, c.Reaches(1))
	require.True(t, c.Reaches(0))
	require.NoError(t, c.Suggest())
	golden(t, "coverage/small_test.out", c.Text())
}

func TestAThresholdIsTestedOnItAndNextToIt(t *testing.T) {
	for years, covered := range map[string]string{
		"2": "exactly on it", "1": "next to it, where the answer is another", "3": "", "0": "",
	} {
		_, c := cover(t, fstest.MapFS{
			"small.yaml":      {Data: read(t, "testdata/coverage/small.yaml")},
			"small_test.yaml": {Data: []byte("policy: small.yaml\nas_of: 2026-06-30\ntests: [{name: a, given: {name: Ada, years: " + years + "}, expect: {undefined: []}}]\n")},
		}, "small_test.yaml")
		untested := c.Text()
		assert.Equal(t, covered == "exactly on it", !strings.Contains(untested, "years = 2"), years)
		assert.Equal(t, strings.HasPrefix(covered, "next"), !strings.Contains(untested, "years = 1"), years)
	}
}

// Every case that is suggested passes when it is pasted, and shows what it says.
func TestSuggestedCasesPassAndShowWhatTheySay(t *testing.T) {
	found := map[string]int{ // with how many items that no customer was found for
		"testdata/coverage/everything.yaml":                 0,
		"testdata/coverage/small.yaml":                      0,
		"testdata/shop.yaml":                                2, // a day in a record, and an amount finer than those tried
		"../../testdata/contract/customer-management.yaml":  0,
		"../../../examples/customer-management/policy.yaml": 0,
		"../../../examples/quickstart/policy.yaml":          0,
	}
	names := slices.Sorted(maps.Keys(found))
	for _, folder := range []string{"published", "tables"} {
		more, err := filepath.Glob("../../testdata/" + folder + "/*.yaml")
		require.NoError(t, err)
		require.NotEmpty(t, more)
		names = append(names, more...)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "loan-origination.yaml") {
			continue // its tables have rows that nobody was found for: that takes seconds
		}
		t.Run(filepath.Base(filepath.Dir(name))+"/"+filepath.Base(name), func(t *testing.T) {
			const nothing = "policy: policy.yaml\nas_of: 2026-06-30\ntests:\n"
			files := fstest.MapFS{
				"policy.yaml": {Data: read(t, name)},
				"a_test.yaml": {Data: []byte(nothing + "  - {name: nobody, given: {no_such_input: 1}, expect: {error: no_such_input}}\n")},
			}
			_, before := cover(t, files, "a_test.yaml")
			require.False(t, before.Reaches(1), before.Text())
			require.NoError(t, before.Suggest())
			require.NotEmpty(t, before.Suggested)
			if most, known := found[name]; known {
				assert.LessOrEqual(t, len(before.NotFound), most, before.Text())
			}

			files["b_test.yaml"] = &fstest.MapFile{Data: []byte(nothing + before.Suggested)}
			f, after := cover(t, files, "b_test.yaml")
			for _, c := range f.Cases {
				assert.Empty(t, c.Report(c.Run()), c.Name)
			}
			untested := strings.Count(after.Text(), "  policy.yaml:")
			assert.Equal(t, len(before.NotFound), untested, after.Text())

			_, again := cover(t, files, "a_test.yaml")
			require.NoError(t, again.Suggest())
			assert.Equal(t, before.Suggested, again.Suggested, "the same file makes the same cases")
		})
	}
}

func TestCasesChangeTheBaseAsLittleAsPossible(t *testing.T) {
	_, c := cover(t, fstest.MapFS{
		"small.yaml": {Data: read(t, "testdata/coverage/small.yaml")},
		"small_test.yaml": {Data: []byte("policy: small.yaml\nas_of: 2026-06-30\nbase: {name: Ada, years: 2}\n" +
			"tests: [{name: \"criterion old is not met\", expect: {outcome: admitted}}]\n")},
	}, "small_test.yaml")
	require.NoError(t, c.Suggest())
	require.Equal(t, `  - name: criterion old is not met (2)
    # check: small.yaml:7
    # check: small.yaml:7 criterion old: years = 1
    # check: small.yaml:1 outcome rejected
    given: {years: 1}
    expect: {outcome: rejected, criteria: {old: fail}, reasons: [old]}
  - name: criterion old cannot be told
    # check: small.yaml:7
    # check: small.yaml:1 outcome referred
    given: {years: null}
    expect: {outcome: referred, criteria: {old: unknown}, reasons: [old], missing: [years]}
`, c.Suggested)
}

// A case changes the fields of a record that the base has one by one, or takes it away.
func TestCasesChangeTheFieldsOfARecord(t *testing.T) {
	const ownerKnown = "policy: p\nversion: \"1\"\ninputs: {owner: {type: record, of: {name: string, since: date}}}\n" +
		"admission: [{id: named, require: owner.name == 'Ada'}]\n"
	const head = "policy: p.yaml\nas_of: 2026-06-30\nbase: {owner: {name: Ada, since: 2020-01-01}}\ntests:\n"
	files := fstest.MapFS{
		"p.yaml":      {Data: []byte(ownerKnown)},
		"a_test.yaml": {Data: []byte(head + "  - {name: all is known, expect: {outcome: admitted}}\n")},
	}
	_, c := cover(t, files, "a_test.yaml")
	require.NoError(t, c.Suggest())
	require.Contains(t, c.Suggested, "    given: {owner.name: X, owner.since: ")
	require.Contains(t, c.Suggested, "    given: {owner: null}\n")
	files["b_test.yaml"] = &fstest.MapFile{Data: []byte(head + c.Suggested)}
	f, _ := cover(t, files, "b_test.yaml")
	for _, x := range f.Cases {
		assert.Empty(t, x.Report(x.Run()), x.Name)
	}
}

func TestFilesOfOnePolicyAreMeasuredTogether(t *testing.T) {
	files := fstest.MapFS{
		"small.yaml":  {Data: read(t, "testdata/coverage/small.yaml")},
		"a_test.yaml": {Data: []byte("policy: small.yaml\ntests: [{name: a, as_of: 2026-06-30, given: {name: Ada, years: 2}, expect: {outcome: admitted}}]\n")},
		"b_test.yaml": {Data: []byte("policy: small.yaml\nas_of: 2026-06-30\ntests: [{name: b, given: {name: Ada, years: 1}, expect: {outcome: rejected}}]\n")},
	}
	var all []*cases.File
	for _, name := range []string{"a_test.yaml", "b_test.yaml"} {
		f, err := loadFrom(files, name)
		require.NoError(t, err)
		all = append(all, f)
	}
	reports, err := cases.Cover(all...)
	require.NoError(t, err)
	require.Len(t, reports, 1)
	require.Contains(t, reports[0].Text(), "75 % (6 of 8)")
	require.NoError(t, reports[0].Suggest())
	require.Contains(t, reports[0].Suggested, "    as_of: 2026-06-30\n", "the file gives no day to all cases")

	var out bytes.Buffer
	require.NoError(t, cases.WriteJSON(&out, reports))
	golden(t, "coverage/small.json", out.String())
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(name))
	require.NoError(t, err)
	return text
}
