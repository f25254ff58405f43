// Package schema_test holds the JSON Schemas against the loader: what they refuse it must refuse. They are tried on every
// file of the repository, and on thousands of files made from these by mistake.
//
// It is a module of its own, so that who imports the library does not need the validator.
package schema_test

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/tally"
)

const root = "../../"

// schemaIn compiles the schema in a file of the repository, which another test holds to what the command prints. It must
// be right by the meta-schema of its draft.
func schemaIn(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(root + name)
	require.NoError(t, err)
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource(name, value))
	s, err := c.Compile(name)
	require.NoError(t, err)
	require.Equal(t, 7, s.DraftVersion)
	return s
}

// loaded returns the codes of the errors that the loader finds in a policy.
func loaded(t *testing.T, src []byte) (codes []string) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Fatalf("the loader panics: %v\n%s", p, src)
		}
	}()
	_, err := policy.Parse("policy.yaml", src)
	if err == nil {
		return nil
	}
	var faults policy.Diagnostics
	require.True(t, errors.As(err, &faults), "%v", err)
	for _, f := range faults {
		if f.Severity == policy.Error {
			codes = append(codes, f.Code)
		}
	}
	return codes
}

// shownCode stands at the end of the first line of an error.
var shownCode = regexp.MustCompile(`(?m): error: .*\[([a-z0-9-]+)\]$`)

// tested returns the codes of the errors in the test file name, and in its policy. A case that fails is none.
func tested(t *testing.T, name string) (codes []string) {
	t.Helper()
	var out bytes.Buffer
	c := tally.Command{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out}
	require.NotEqual(t, tally.Internal, c.Main([]string{"test", name}), out.String())
	for _, m := range shownCode.FindAllStringSubmatch(out.String(), -1) {
		codes = append(codes, m[1])
	}
	return codes
}

// files returns the names of the YAML files of the repository.
func files(t *testing.T) (policies, tests []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.Name() == ".git", d.Name() == ".github":
			return filepath.SkipDir
		case strings.HasSuffix(path, "_test.yaml"):
			tests = append(tests, path)
		case strings.HasSuffix(path, ".yaml"):
			policies = append(policies, path)
		}
		return nil
	}))
	require.Greater(t, len(policies), 100)
	require.Greater(t, len(tests), 10)
	return policies, tests
}

func contents(t *testing.T, name string) []byte {
	t.Helper()
	src, err := os.ReadFile(name)
	require.NoError(t, err)
	return src
}

// beyond are the kinds of error that stand in files which the schemas find no fault with.
var beyond = map[string]string{
	"an expression":     "bad-operator bad-pattern bad-signature bad-time fails foreign-character mixed-operators not-a-function not-allowed recursion syntax too-deep too-long wrong-arguments",
	"a name":            "unknown-field unknown-function unknown-grade unknown-name not-in-policy no-policy record-unknown",
	"more than one key": "approval-gap approval-order cycle duplicate-id duplicate-key duplicate-name empty-range off-scale overlap scale-gap scale-order scale-overlap weights-total",
	"the notation":      "not-utf8 yaml-comma yaml-comment yaml-document yaml-tag",

	// What a value must be may hang on another: a bound on the type of an input, a cell on that of its column, a weight on the
	// combiner. An expression may be of the wrong type, and a number too small or too large.
	"what hangs on others": "bad-choice bad-date bad-number missing-key no-expectation record-format record-type wrong-key wrong-type",
}

func TestSchemaAndLoaderAgreeOnEveryFile(t *testing.T) {
	of, ofTests := schemaIn(t, "policy/policy.schema.json"), schemaIn(t, "policy/policy_test.schema.json")
	policies, tests := files(t)
	good, met := 0, map[string]bool{}
	agree := func(name string, s *jsonschema.Schema, codes []string) {
		value, isYAML := read(contents(t, name))
		if !isYAML {
			require.NotEmpty(t, codes, name)
			return
		}
		err := s.Validate(value)
		switch {
		case len(codes) == 0:
			require.NoError(t, err, "%s is good, but the schema refuses it", name)
			good++
		case err == nil:
			for _, c := range codes {
				met[c] = true
			}
		}
	}
	for _, name := range policies {
		agree(name, of, loaded(t, contents(t, name)))
	}
	for _, name := range tests {
		agree(name, ofTests, tested(t, name))
	}
	require.Greater(t, good, 30)
	for _, c := range slices.Sorted(maps.Keys(met)) {
		require.Contains(t, strings.Fields(strings.Join(slices.Collect(maps.Values(beyond)), " ")), c, "can a schema say it? If not, list it above")
	}
}

// The blocks of FORMAT.md are put together as the test of the package policy does it.
func TestTheSchemaKnowsEveryKeyOfTheFormat(t *testing.T) {
	s := schemaIn(t, "policy/policy.schema.json")
	parts := strings.Split(string(contents(t, root+"policy/FORMAT.md")), "```yaml\n")[1:]
	require.Greater(t, len(parts), 6)
	for i, part := range parts {
		block, _, _ := strings.Cut(part, "```")
		if i > 0 {
			head, _, _ := strings.Cut(parts[0], "```")
			block = head + block
		}
		value, isYAML := read([]byte(block))
		require.True(t, isYAML, block)
		require.NoError(t, s.Validate(value), block)
	}
}

// base is a policy in which mistakes are made.
const base = `policy: shop
version: 2026.1
inputs:
  sales: {type: number, min: 1_000}
  kind: string
values:
  growth: sales / 100
  size: {rows: [{kind: [a, b], is: 1}, {sales: {min: 5}, is: 2}, {is: 0}]}
admission:
  - {id: big, require: sales > 10, otherwise: refer}
scoring:
  indicators:
    - {id: sales, weight: 60, of: sales, bands: [{min: 5000, points: 60}, {points: 0}], missing: 5}
    - {id: kind, weight: 40, of: kind, categories: {a: 40, [b, c]: 0, otherwise: 0}}
grade:
  scale: [{grade: A, min: 90, factor: 1}, {grade: B, min: 0, factor: 0.5}]
  rules: [{id: small, when: sales < 100, at_most: B}]
  valid: 12 months
credit:
  limit: [{id: base, set: sales}, {id: step, round: {to: 100, mode: down}}]
  exposure: [sales]
`

func TestAnEditorMarksWhatIsNotOfTheFormat(t *testing.T) {
	s := schemaIn(t, "policy/policy.schema.json")
	value, _ := read([]byte(base))
	require.NoError(t, s.Validate(value))
	require.Empty(t, loaded(t, []byte(base)))
	for _, x := range []struct{ what, old, new string }{
		{"a key that there is not", "currency", "curency: CNY\n"},
		{"no version", "version: 2026.1\n", ""},
		{"a version of nothing", "version: 2026.1", "version:"},
		{"a type that there is not", "type: number", "type: decimal"},
		{"a bound that is no number", "min: 1_000", "min: much"},
		{"digits set apart by commas", "min: 1_000", `min: "1,000"`},
		{"a name that expressions cannot have", "  growth:", "  growth-rate:"},
		{"two ways to work a value out", "{rows:", "{expr: sales, rows:"},
		{"no way to work a value out", "growth: sales / 100", "growth: {title: 增长}"},
		{"a table without rows", "{rows: [{kind: [a, b], is: 1}, {sales: {min: 5}, is: 2}, {is: 0}]}", "{rows: []}"},
		{"a condition that cells do not know", "{min: 5}", "{least: 5}"},
		{"a choice that there is not", "otherwise: refer", "otherwise: pass"},
		{"a condition that is a number", "require: sales > 10", "require: 10"},
		{"an expression without a text", "require: sales > 10", `require: ""`},
		{"a criterion without an id", "id: big, ", ""},
		{"a misspelt method", "bands:", "band:"},
		{"no method", ", bands: [{min: 5000, points: 60}, {points: 0}]", ""},
		{"two methods", "missing: 5", "missing: 5, formula: sales"},
		{"bands that are a map", "[{min: 5000, points: 60}, {points: 0}]", "{min: 5000, points: 60}"},
		{"points and a share", "{min: 5000, points: 60}", "{min: 5000, points: 60, share: 1}"},
		{"a row that earns nothing", "{min: 5000, points: 60}", "{min: 5000}"},
		{"what happens where it is missing", "missing: 5", "missing: skip"},
		{"an indicator that is a text", "    - {id: sales,", "    - sales\n    - {id: sales,"},
		{"a grade without a name", "{grade: A, min", "{min"},
		{"an attribute that is a list", "factor: 1}", "factor: [1]}"},
		{"a rule that does nothing", ", at_most: B", ""},
		{"a rule that does two things", "at_most: B", "at_most: B, notches: -1"},
		{"a period of no unit", "12 months", "12"},
		{"a step that does two things", "set: sales", "set: sales, add: 5"},
		{"a way of rounding that there is not", "mode: down", "mode: nearest"},
		{"an exposure that is a list", "exposure: [sales]", "exposure: [[sales]]"},
	} {
		src := strings.Replace(base, x.old, x.new, 1)
		if x.old == "currency" {
			src = x.new + base
		}
		require.NotEqual(t, base, src, x.what)
		value, isYAML := read([]byte(src))
		require.True(t, isYAML, x.what)
		require.Error(t, s.Validate(value), x.what)
		require.NotEmpty(t, loaded(t, []byte(src)), x.what)
	}
}

const mutants = 2000

func TestWhatTheSchemaRefusesTheLoaderRefuses(t *testing.T) {
	t.Run("policies", func(t *testing.T) {
		policies, _ := files(t)
		var good []*yaml.Node
		for _, name := range policies {
			if src := contents(t, name); len(loaded(t, src)) == 0 {
				good = append(good, document(t, src))
			}
		}
		refuse(t, schemaIn(t, "policy/policy.schema.json"), good, mutants, func(src []byte) bool { return len(loaded(t, src)) > 0 })
	})
	t.Run("test files", func(t *testing.T) {
		dir := t.TempDir()
		file := filepath.Join(dir, "mutant_test.yaml")
		_, tests := files(t)
		var good []*yaml.Node
		for _, name := range tests {
			if len(tested(t, name)) == 0 {
				d := document(t, contents(t, name))
				moved(t, d.Content[0], filepath.Dir(name), dir)
				good = append(good, d)
			}
		}
		refuse(t, schemaIn(t, "policy/policy_test.schema.json"), good, mutants/10, func(src []byte) bool {
			require.NoError(t, os.WriteFile(file, src, 0o644))
			return len(tested(t, file)) > 0
		})
	})
}

func document(t *testing.T, src []byte) *yaml.Node {
	t.Helper()
	var d yaml.Node
	require.NoError(t, yaml.Unmarshal(src, &d))
	return &d
}

// moved lets the policy of a test file be found from the folder to in place of from.
func moved(t *testing.T, file *yaml.Node, from, to string) {
	t.Helper()
	for i := 0; i < len(file.Content); i += 2 {
		if key, value := file.Content[i], file.Content[i+1]; key.Value == "policy" {
			name, err := filepath.Abs(filepath.Join(from, value.Value))
			require.NoError(t, err)
			value.Value, err = filepath.Rel(to, name)
			require.NoError(t, err)
		}
	}
}

// refuse makes n mutants of good documents, and holds the schema against the loader on each.
func refuse(t *testing.T, s *jsonschema.Schema, good []*yaml.Node, n int, refused func(src []byte) bool) {
	r := rand.New(rand.NewPCG(2026, 6))
	both, neither := 0, 0
	for range n {
		src, err := yaml.Marshal(mutant(r, good[r.IntN(len(good))]))
		if err != nil {
			continue // it cannot be written down
		}
		value, isYAML := read(src)
		if !isYAML {
			continue
		}
		err = s.Validate(value)
		bad := refused(src)
		require.True(t, err == nil || bad, "the loader takes what the schema refuses: %v\n%s", err, src)
		switch {
		case err != nil:
			both++
		case !bad:
			neither++
		}
	}
	require.Greater(t, both, n/4, "the mutants are too tame")
	require.Greater(t, neither, n/10, "the mutants are too wild")
}
