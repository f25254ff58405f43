package policy

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sources are the packages that look for faults of a policy. Those of records and of test files have codes of their own.
var sources = []string{"../internal/doc", "../scoring", "../grade", "../credit", "."}

// elsewhere are packages under these whose codes are not those of a policy.
var elsewhere = []string{"internal/record", "internal/cases", "policytest", "portfolio", "tally"}

// The list of codes is what the source says: without it, a code could not be accepted, and would be missing from
// DIAGNOSTICS.md.
func TestTheListOfCodesIsThatOfTheSource(t *testing.T) {
	found := codesOf(t)
	var names, proofs []string
	for code, files := range found {
		names = append(names, code)
		if slices.ContainsFunc(files, isProof) {
			proofs = append(proofs, code)
		}
	}
	slices.Sort(names)
	slices.Sort(proofs)
	require.Equal(t, names, codes, "put them into codes.go, and an example of each new one into testdata/diagnostics")
	var shown []string
	examples, err := filepath.Glob("testdata/diagnostics/*.txt")
	require.NoError(t, err)
	for _, e := range examples {
		shown = append(shown, strings.TrimSuffix(filepath.Base(e), ".txt"))
	}
	slices.Sort(shown)
	require.Equal(t, names, shown, "every code has its example in testdata/diagnostics, and only those that there are")
	require.Equal(t, proofs, proofCodes, "put those that Prove can give into codes.go")
}

func isProof(file string) bool {
	return strings.HasPrefix(file, "internal/prove/") || strings.HasPrefix(file, "internal/search/") || file == "proof.go"
}

// codesOf returns every code in the source, with the files that give it: what is passed to a parameter called code of any
// function, or set as the field Code of a finding.
func codesOf(t *testing.T) map[string][]string {
	files := map[string]*ast.File{}
	set := token.NewFileSet()
	for _, root := range sources {
		require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && slices.Contains(elsewhere, path):
				return filepath.SkipDir
			case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || path == "reason.go": // codes of decisions
				return nil
			}
			files[path], err = parser.ParseFile(set, path, nil, 0)
			return err
		}))
	}
	at := map[string][]int{} // by the name of a function, behind its file where it is local: which of its parameters is a code
	constants := map[string]string{}
	for path, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				at[n.Name.Name] = append(at[n.Name.Name], codeParams(n.Type)...)
			case *ast.AssignStmt: // bad := func(n ast.Node, code string)
				for i, x := range n.Rhs {
					if f, ok := x.(*ast.FuncLit); ok && i < len(n.Lhs) {
						if id, ok := n.Lhs[i].(*ast.Ident); ok {
							at[path+id.Name] = append(at[path+id.Name], codeParams(f.Type)...)
						}
					}
				}
			case *ast.ValueSpec:
				for i, x := range n.Values {
					if s := text(x); s != "" && i < len(n.Names) {
						constants[n.Names[i].Name] = s
					}
				}
			}
			return true
		})
	}
	found := map[string][]string{}
	for path, f := range files {
		add := func(x ast.Expr) {
			given := []string{text(x)}
			switch x := x.(type) {
			case *ast.Ident:
				given[0] = constants[x.Name]
			case *ast.BinaryExpr: // "unknown-" and what a registry holds
				if text(x.X) == "unknown-" {
					given = []string{"unknown-method", "unknown-combiner"}
				}
			}
			for _, code := range given {
				if isCode.MatchString(code) && !slices.Contains(found[code], path) {
					found[code] = append(found[code], path)
				}
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				for _, i := range slices.Concat(at[calleeOf(n)], at[path+calleeOf(n)]) {
					if i < len(n.Args) {
						add(n.Args[i])
					}
				}
			case *ast.CompositeLit:
				for _, x := range faultsIn(n) {
					for _, field := range x.Elts {
						if field, ok := field.(*ast.KeyValueExpr); ok {
							if key, ok := field.Key.(*ast.Ident); ok && key.Name == "Code" {
								add(field.Value)
							}
						}
					}
				}
			case *ast.AssignStmt:
				for i, x := range n.Lhs {
					if s, ok := x.(*ast.SelectorExpr); ok && s.Sel.Name == "Code" && i < len(n.Rhs) && strings.HasPrefix(path, "internal/formula/") {
						add(n.Rhs[i])
					}
				}
			}
			return true
		})
	}
	return found
}

// faultsIn returns the literals of findings that n is, or that are the items of n.
func faultsIn(n *ast.CompositeLit) (out []*ast.CompositeLit) {
	isFinding := func(t ast.Expr) bool {
		if s, ok := t.(*ast.SelectorExpr); ok {
			t = s.Sel
		}
		id, ok := t.(*ast.Ident)
		return ok && (id.Name == "Fault" || id.Name == "Problem" || id.Name == "Diagnostic")
	}
	if isFinding(n.Type) {
		return []*ast.CompositeLit{n}
	}
	if list, ok := n.Type.(*ast.ArrayType); ok && isFinding(list.Elt) {
		for _, x := range n.Elts {
			if x, ok := x.(*ast.CompositeLit); ok && x.Type == nil {
				out = append(out, x)
			}
		}
	}
	return out
}

var isCode = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// text returns the text of a string literal.
func text(x ast.Expr) string {
	if l, ok := x.(*ast.BasicLit); ok && l.Kind == token.STRING {
		s, _ := strconv.Unquote(l.Value)
		return s
	}
	return ""
}

// codeParams returns which parameters of f are called code.
func codeParams(f *ast.FuncType) (out []int) {
	i := 0
	for _, field := range f.Params.List {
		for _, name := range field.Names {
			if name.Name == "code" {
				out = append(out, i)
			}
			i++
		}
		if len(field.Names) == 0 {
			i++
		}
	}
	return out
}

func calleeOf(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}
