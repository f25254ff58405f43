// Package internal_test holds the house to its plan: who may import whom, and that each package says what it is.
package internal_test

import (
	"go/build"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/tallystick-go/tallystick/"

// packages returns the packages of the module by their folders; those of modules of their own are not among them.
func packages(t *testing.T) map[string]*build.Package {
	t.Helper()
	const root = ".."
	all := map[string]*build.Package{}
	err := filepath.WalkDir(root, func(dir string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() || dir == root {
			return err
		}
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") {
			return filepath.SkipDir
		}
		p, err := build.ImportDir(dir, 0)
		if _, none := err.(*build.NoGoError); none {
			return nil
		}
		rel, _ := filepath.Rel(root, dir)
		all[filepath.ToSlash(rel)] = p
		return err
	})
	require.NoError(t, err)
	require.Contains(t, all, "policy/internal/program", "the packages are found")
	return all
}

// within reports whether the folder name lies in one of folders, or is one.
func within(name string, folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return name == f || strings.HasPrefix(name, f+"/") })
}

func TestImportsRunOneWay(t *testing.T) {
	parts := []string{"scoring", "grade", "credit"}
	rules := []struct {
		why     string
		whoever func(name string) bool
		imports []string // none of these, nor what is in them
		but     []string // except these
	}{
		{"scoring, grade and credit can be used alone: they know nothing of files, of expressions and of each other",
			func(name string) bool { return within(name, parts...) }, append(parts, "policy"), nil},
		{"what everybody builds on knows nobody",
			func(name string) bool { return within(name, "internal") }, append(parts, "policy"), nil},
		{"the face of the library knows nothing of those who use it",
			func(name string) bool { return name == "policy" },
			[]string{"policy/decisionlog", "policy/policytest", "policy/portfolio", "policy/tally", "policy/internal/cases"}, nil},
		{"what the face is made of does not see it; cases are decided through it",
			func(name string) bool { return within(name, "policy/internal") && name != "policy/internal/cases" },
			[]string{"policy"}, []string{"policy/internal"}},
		{"there is one compiled form, and it does not know who inspects it",
			func(name string) bool { return name == "policy/internal/program" },
			[]string{"policy/internal"},
			[]string{"policy/internal/model", "policy/internal/formula", "policy/internal/record", "policy/internal/table", "policy/internal/bounds"}},
		{"what a file says and how it is laid out can be told without compiling it",
			func(name string) bool {
				return within(name, "policy/internal/model", "policy/internal/meaning", "policy/internal/diff", "policy/internal/layout",
					"policy/internal/schema", "policy/internal/accept", "policy/internal/yamldoc")
			},
			[]string{"policy/internal/program"}, nil},
		{"the command is a thin main",
			func(name string) bool { return within(name, "cmd") }, []string{"policy", "scoring", "grade", "credit", "internal"}, []string{"policy/tally"}},
	}
	all := packages(t)
	for _, rule := range rules {
		held := 0
		for name, p := range all {
			if !rule.whoever(name) {
				continue
			}
			held++
			for _, other := range p.Imports {
				other, ours := strings.CutPrefix(other, module)
				require.False(t, ours && within(other, rule.imports...) && !within(other, rule.but...), "%s imports %s, but %s", name, other, rule.why)
			}
		}
		require.NotZero(t, held, "the rule is of nobody: %s", rule.why)
	}
}

func TestWhatIsForeignHasOneDoor(t *testing.T) {
	doors := map[string][]string{
		"gopkg.in/yaml.v3":              {"policy/internal/yamldoc"},
		"github.com/expr-lang/expr":     {"policy/internal/formula"},
		"github.com/stretchr":           {}, // tests only
		"os":                            {"policy", "policy/decisionlog", "policy/portfolio", "policy/tally", "cmd/tally", "examples"},
		"math/rand":                     {"policy/internal/search"}, // seeded: the same numbers always
		"github.com/shopspring":         {"internal/exact", "policy", "policy/internal/record", "policy/portfolio"},
		"github.com/go-json-experiment": {"policy", "policy/internal/record", "policy/decisionlog"},
		"net":                           {},
		"os/exec":                       {},
		"plugin":                        {},
		"syscall":                       {},
		"unsafe":                        {},
	}
	for name, p := range packages(t) {
		for _, imported := range p.Imports {
			for foreign, users := range doors {
				if foreign == "os" && imported != "os" || !within(imported, foreign) {
					continue
				}
				allowed := slices.Contains(users, name) || slices.Contains(users, "examples") && within(name, "examples")
				require.True(t, allowed, "%s imports %s; only %v may", name, imported, users)
			}
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	for name, p := range packages(t) {
		if len(p.GoFiles) == 0 || name == "examples/quickstart" { // tests only; and what the README shows whole
			continue
		}
		start := "Package " + p.Name + " "
		if p.Name == "main" {
			start = "Command " + path.Base(name) + " "
		}
		require.True(t, strings.HasPrefix(p.Doc, start), "the doc of %s begins with %q, not with %q", name, start, p.Doc)
	}
}
