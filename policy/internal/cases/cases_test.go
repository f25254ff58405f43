package cases_test

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/cases"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares got with the file name in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(got), 0o644))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "run go test -update and look at the difference")
}

// load loads a file of testdata, with names as they are from there.
func load(name string, opts ...policy.Option) (*cases.File, error) {
	return cases.Load(name, func(name string) ([]byte, error) { return fs.ReadFile(os.DirFS("testdata"), name) }, opts...)
}

// files returns the names of the test files in a folder of testdata.
func files(t *testing.T, folder string) (names []string) {
	t.Helper()
	names, err := fs.Glob(os.DirFS("testdata"), folder+"/*_test.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	return names
}

func TestEveryExpectationCanHold(t *testing.T) {
	for _, name := range []string{"good_test.yaml", "segments_test.yaml"} {
		f, err := load(name)
		require.NoError(t, err)
		require.NotEmpty(t, f.Cases)
		for _, c := range f.Cases {
			assert.Empty(t, c.Report(c.Run()), c.Name)
		}
	}
}

func TestFailuresTellTheFiguresBehind(t *testing.T) {
	for _, name := range files(t, "failures") {
		f, err := load(name)
		require.NoError(t, err)
		var out strings.Builder
		for _, c := range f.Cases {
			differences := c.Run()
			assert.NotEmpty(t, differences, c.Name)
			out.WriteString(c.Name + "\n" + c.Report(differences) + "\n")
		}
		golden(t, strings.TrimSuffix(name, ".yaml")+".out", out.String())
	}
}

func TestFaultsOfTheFile(t *testing.T) {
	for _, name := range files(t, "faults") {
		t.Run(name, func(t *testing.T) {
			f, err := load(name)
			require.Nil(t, f)
			var faults *cases.Faults
			var diagnostics policy.Diagnostics
			text := ""
			if errors.As(err, &faults) {
				text = faults.Text()
				for i, d := range faults.Diagnostics {
					assert.Equal(t, name, d.File)
					assert.NotEmpty(t, d.Code)
					assert.NotContains(t, d.Message+d.Hint, "%!", "a broken message")
					if i > 0 {
						before := faults.Diagnostics[i-1]
						assert.False(t, d.Line < before.Line || d.Line == before.Line && d.Col < before.Col, "%s stands before %s", d, before)
					}
				}
			} else {
				require.True(t, errors.As(err, &diagnostics), "%v", err)
				text = diagnostics.Text()
			}
			golden(t, strings.TrimSuffix(name, ".yaml")+".out", text)
		})
	}
}
