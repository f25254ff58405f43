package policytest

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/cases"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

// suffix is how the names of test files end.
const suffix = "_test.yaml"

// Run runs the cases of the test files in fsys that the patterns match (as in fs.Glob), or where there are no patterns, of
// every file in it whose name ends with _test.yaml. Each file is a subtest, and each case one of that: go test -run
// 'TestPolicy/policy_test.yaml/name'. A pattern that matches no file fails t.
//
// The policy that a file names must be in fsys, too.
func Run(t *testing.T, fsys fs.FS, patterns ...string) {
	t.Helper()
	RunWith(t, nil, fsys, patterns...)
}

// RunWith is Run for policies that need options to be loaded, such as functions or methods of your own.
func RunWith(t *testing.T, opts []policy.Option, fsys fs.FS, patterns ...string) {
	t.Helper()
	for _, name := range files(t, fsys, patterns) {
		t.Run(name, func(t *testing.T) {
			read := func(name string) ([]byte, error) { return yamldoc.ReadFile(fsys.Open(name)) }
			f, err := cases.Load(name, read, opts...)
			if err != nil {
				t.Fatal(explained(err))
			}
			for _, c := range f.Cases {
				t.Run(c.Name, func(t *testing.T) {
					if differences := c.Run(); len(differences) > 0 {
						t.Error("\n" + strings.TrimSuffix(c.Report(differences), "\n"))
					}
				})
			}
		})
	}
}

// Covers runs nothing, but fails t where the cases of the test files, which are found as by Run, show less than percent of
// what their policies mean: criteria met, not met and not to be told, rows, thresholds from both sides, grades, rules,
// steps, approvers, verdicts; see policy.Coverage. The failure tells what is untested, and has cases to paste.
func Covers(t testing.TB, percent int, fsys fs.FS, patterns ...string) {
	t.Helper()
	CoversWith(t, percent, nil, fsys, patterns...)
}

// CoversWith is Covers for policies that need options to be loaded.
func CoversWith(t testing.TB, percent int, opts []policy.Option, fsys fs.FS, patterns ...string) {
	t.Helper()
	var all []*cases.File
	for _, name := range files(t, fsys, patterns) {
		f, err := cases.Load(name, func(name string) ([]byte, error) { return yamldoc.ReadFile(fsys.Open(name)) }, opts...)
		if err != nil {
			t.Fatal(explained(err))
		}
		all = append(all, f)
	}
	reports, err := cases.Cover(all...)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		if r.Reaches(percent) {
			continue
		}
		if err := r.Suggest(); err != nil {
			t.Fatal(err)
		}
		t.Errorf("the coverage is below %d %%\n%s", percent, strings.TrimSuffix(r.Text(), "\n"))
	}
}

// explained returns err as a person wants it.
func explained(err error) string {
	var faults *cases.Faults
	var diagnostics policy.Diagnostics
	switch {
	case errors.As(err, &faults):
		return "\n" + strings.TrimSuffix(faults.Text(), "\n")
	case errors.As(err, &diagnostics):
		return "\n" + strings.TrimSuffix(diagnostics.Text(), "\n")
	}
	return err.Error()
}

// files returns the names of the test files, each once.
func files(t testing.TB, fsys fs.FS, patterns []string) (names []string) {
	t.Helper()
	if len(patterns) == 0 {
		err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && strings.HasSuffix(name, suffix) {
				names = append(names, name)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if len(names) == 0 {
			t.Errorf("there is no file *%s", suffix)
		}
		return names
	}
	known := map[string]bool{}
	for _, pattern := range patterns {
		matches, err := fs.Glob(fsys, pattern)
		if err != nil {
			t.Errorf("%s: %s", pattern, err)
			continue
		}
		if len(matches) == 0 {
			t.Errorf("no file matches %s", pattern)
		}
		for _, name := range matches {
			if !known[name] {
				known[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}
