package policy_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// faultFiles returns the names of the policies with faults in testdata/faults, without .yaml.
func faultFiles(t testing.TB) (names []string) {
	t.Helper()
	files, err := filepath.Glob("testdata/faults/*.yaml")
	require.NoError(t, err)
	for _, f := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(f), ".yaml"))
	}
	require.NotEmpty(t, names)
	return names
}

// diagnosed returns what the loader says of the policy src, which has something wrong with it.
func diagnosed(t testing.TB, name string, src []byte) policy.Diagnostics {
	t.Helper()
	p, err := policy.Parse(name, src)
	if err == nil {
		return p.Warnings()
	}
	require.Nil(t, p)
	var faults policy.Diagnostics
	require.True(t, errors.As(err, &faults), "%v", err)
	require.True(t, faults.Has(policy.Error))
	return faults
}

// Every kind of fault, in a file of its own, with what a policy owner is told of it.
func TestFaults(t *testing.T) {
	for _, name := range faultFiles(t) {
		t.Run(name, func(t *testing.T) {
			file := name + ".yaml"
			src, err := os.ReadFile(filepath.Join("testdata/faults", file))
			require.NoError(t, err)
			faults := diagnosed(t, file, src)
			require.NotEmpty(t, faults)
			golden(t, filepath.Join("faults", name+".out"), faults.Text())

			again := diagnosed(t, file, src)
			assert.Equal(t, faults.Text(), again.Text(), "the same file, the same faults in the same order")
			lines := strings.Split(strings.ReplaceAll(string(src), "\r\n", "\n"), "\n")
			for i, f := range faults {
				assert.Equal(t, file, f.File)
				assert.NotEmpty(t, f.Code)
				assert.NotEmpty(t, f.Message)
				assert.NotContains(t, f.Message+f.Hint, "%!", "a broken message")
				assert.NotContains(t, f.Message+f.Hint, "<nil>", "a word of Go")
				assert.NotContains(t, f.Message+f.Hint, "yaml:", "a word of a library")
				if i > 0 {
					before := faults[i-1]
					assert.False(t, f.Line < before.Line || f.Line == before.Line && f.Col < before.Col, "%s stands before %s", f, before)
				}
				require.Positive(t, f.Line, "%s has no place", f)
				if utf8.Valid(src) {
					assert.LessOrEqual(t, f.Line, len(lines))
					line := lines[f.Line-1]
					assert.LessOrEqual(t, f.Col-1+f.Width, max(utf8.RuneCountInString(line), f.Col), "the mark leaves the line: %s", f)
				}
			}
		})
	}
}

func TestAPolicyTooLargeToRead(t *testing.T) {
	src := "policy: shop\n" + strings.Repeat("# nothing but words\n", 60_000)
	faults := diagnosed(t, "shop.yaml", []byte(src))
	assert.Equal(t, "shop.yaml:1:1: error: the file has more than the 1048576 bytes that a file may have [too-large]\n"+
		"      = hint: a policy holds rules, not customers: keep data out of it\n", faults.Text())
}

// The first fault is there for those who look for one, all of them for those who list them.
func TestFaultsAsErrors(t *testing.T) {
	src := "policy: shop\nversion: \"1\"\ninputs:\n  sales: {type: number}\nadmission:\n  - {id: a, require: sles > 1}\n  - {id: b, require: sals > 1}\n"
	_, err := policy.Parse("shop.yaml", []byte(src))
	var first *policy.Diagnostic
	require.True(t, errors.As(err, &first))
	assert.Equal(t, "shop.yaml:6:22: error: there is no name `sles` [unknown-name]", first.Error())
	assert.Equal(t, "did you mean `sales`? allowed: as_of, sales", first.Hint)
	assert.Equal(t, [3]int{6, 22, 4}, [3]int{first.Line, first.Col, first.Width})
	assert.Equal(t, policy.Error, first.Severity)

	var all policy.Diagnostics
	require.True(t, errors.As(fmt.Errorf("cannot start: %w", err), &all))
	require.Len(t, all, 2)
	assert.Equal(t, all[0].Error()+"\n"+all[1].Error(), err.Error())
	assert.False(t, all.Has(policy.Warning))

	j, err := json.Marshal(all[0])
	require.NoError(t, err)
	assert.JSONEq(t, `{"file": "shop.yaml", "line": 6, "col": 22, "end_col": 26, "severity": "error", "code": "unknown-name",
		"message": "there is no name `+"`sles`"+`", "hint": "did you mean `+"`sales`"+`? allowed: as_of, sales", "related": []}`, string(j))
}

func TestWarningsDoNotKeepAPolicyFromLoading(t *testing.T) {
	p := contract(t)
	var w *policy.Diagnostic
	for _, d := range p.Warnings() {
		if d.Severity == policy.Warning {
			require.Nil(t, w, "%s", p.Warnings().Text())
			w = d
		}
	}
	require.NotNil(t, w)
	assert.Equal(t, "rule-order", w.Code)
	require.Len(t, w.Related, 1)
	assert.Equal(t, "the other rule", w.Related[0].Message)
}

// A line that is too long for a screen is shown around the place.
func TestLongLinesAreCutAroundTheFault(t *testing.T) {
	head := "policy: shop\nversion: \"1\"\ninputs: {n: {type: number}}\nvalues:\n  a: "
	for _, x := range []struct{ before, after int }{{0, 100}, {100, 0}, {100, 100}, {30, 30}} {
		src := head + strings.Repeat("n + ", x.before) + "nonsense" + strings.Repeat(" + n", x.after) + "\n"
		text := diagnosed(t, "shop.yaml", []byte(src)).Text()
		lines := strings.Split(text, "\n")
		shown, mark := []rune(lines[1]), lines[2]
		assert.LessOrEqual(t, len(shown), len("    5 | ")+160)
		at := strings.IndexByte(mark, '^')
		assert.Equal(t, "nonsense", string(shown[at:at+len("nonsense")]))
		assert.Equal(t, "^~~~~~~~", mark[at:])
		assert.Equal(t, x.before >= 30, strings.Contains(string(shown[:at]), "…"))
	}
}
