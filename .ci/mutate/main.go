// Command mutate tells how much of the code the tests hold to: it changes one place of a package at a time, a + to a -, a
// Less to an at most, one way of rounding to another, and runs the tests. A change that no test notices has survived.
//
//	go run ./.ci/mutate -n 60 -seed 1 ./internal/exact ./scoring
//
// Places are drawn at random, the same ones for the same seed. The tests of the package come first, then those of -then. The
// source is never written to: the changed file is an overlay. What does not compile is not counted, what runs out of time
// counts as noticed. SURVIVORS.md beside this file tells which changes cannot be noticed, and why.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// change is one place, and what to write there.
type change struct {
	file     string
	pos      token.Position
	end      int // offset
	old, new string
}

func (c change) String() string {
	return fmt.Sprintf("%s:%d:%d: %s -> %s", c.file, c.pos.Line, c.pos.Column, c.old, c.new)
}

// operators are what an operator is changed to.
var operators = map[token.Token]token.Token{
	token.EQL: token.NEQ, token.NEQ: token.EQL, token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
	token.LAND: token.LOR, token.LOR: token.LAND, token.ADD: token.SUB, token.SUB: token.ADD,
}

// names are what a function, a method or a constant is changed to.
var names = map[string]string{
	"Add": "Sub", "Sub": "Add", "Mul": "Add", "Min": "Max", "Max": "Min", "min": "max", "max": "min", "least": "most", "most": "least",
	"Floor": "Ceil", "Ceil": "Floor", "HalfUp": "HalfEven", "HalfEven": "HalfUp", "HalfDown": "HalfUp", "Up": "Down", "Down": "Up",
	"Ceiling": "Floor", "true": "false", "false": "true",
}

func main() {
	n := flag.Int("n", 60, "how many places of each package")
	seed := flag.Uint64("seed", 1, "which places")
	least := flag.Int("min", 90, "the percentage that must be noticed in each package")
	timeout := flag.String("timeout", "120s", "how long the tests may take")
	then := flag.String("then", "./policy/internal/paper", "packages whose tests run where those of the package notice nothing")
	flag.Parse()
	failed := false
	for _, dir := range flag.Args() {
		r := run{dir: dir, timeout: *timeout, then: strings.Fields(*then)}
		noticed, tried := r.sample(*n, rand.New(rand.NewPCG(*seed, *seed)))
		rate := 100 * noticed / max(1, tried)
		fmt.Printf("%s: %d of %d changes noticed, %d %%\n", dir, noticed, tried, rate)
		failed = failed || rate < *least
	}
	if failed {
		os.Exit(1)
	}
}

// run is what is done with a package.
type run struct {
	dir     string
	timeout string
	then    []string
}

// sample tries n changes, and prints those that survive.
func (r *run) sample(n int, draw *rand.Rand) (noticed, tried int) {
	all := r.changes()
	draw.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, c := range all {
		if tried == n {
			break
		}
		found, compiles := r.try(c)
		if !compiles {
			continue
		}
		tried++
		if found {
			noticed++
		} else {
			fmt.Println("survived:", c)
		}
	}
	return noticed, tried
}

// changes returns every change that can be made to the package, in the order of its files.
func (r *run) changes() (all []change) {
	files, err := filepath.Glob(filepath.Join(r.dir, "*.go"))
	must(err)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
		must(err)
		replace := func(n token.Pos, old, new string) {
			at := set.Position(n)
			all = append(all, change{file, at, at.Offset + len(old), old, new})
		}
		even := map[ast.Node]bool{} // calls of which it does not matter whether they give 1 or -1
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if zero, ok := n.Y.(*ast.BasicLit); ok && zero.Value == "0" && (n.Op == token.EQL || n.Op == token.NEQ) {
					even[n.X] = true
				}
				if to, ok := operators[n.Op]; ok {
					replace(n.OpPos, n.Op.String(), to.String())
				}
			case *ast.UnaryExpr:
				if n.Op == token.NOT {
					replace(n.OpPos, "!", "")
				}
			case *ast.Ident:
				if to, ok := names[n.Name]; ok {
					replace(n.Pos(), n.Name, to)
				}
			case *ast.CallExpr:
				if s, ok := n.Fun.(*ast.SelectorExpr); ok {
					switch s.Sel.Name {
					case "Less": // a.Less(b) -> !b.Less(a), which is "at most"
						if len(n.Args) == 1 && simple(s.X) && simple(n.Args[0]) {
							src, err := os.ReadFile(file)
							must(err)
							text := func(x ast.Expr) string { return string(src[set.Position(x.Pos()).Offset:set.Position(x.End()).Offset]) }
							b := text(n.Args[0])
							if strings.HasPrefix(b, "*") {
								b = "(" + b + ")"
							}
							replace(n.Pos(), text(n), "!"+b+".Less("+text(s.X)+")")
						}
					case "Cmp", "Sign":
						if len(n.Args) < 2 && !even[n] {
							replace(n.Pos(), "", "-")
						}
					}
				}
			case *ast.FuncDecl: // what only writes messages is tested by reading them
				return !slices.Contains([]string{"Error", "String", "Describe"}, n.Name.Name)
			}
			return true
		})
	}
	return all
}

// simple reports whether an expression can be written twice.
func simple(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return simple(x.X)
	case *ast.StarExpr:
		return simple(x.X)
	case *ast.IndexExpr:
		return simple(x.X)
	}
	return false
}

// try makes a change and runs the tests.
func (r *run) try(c change) (noticed, compiles bool) {
	src, err := os.ReadFile(c.file)
	must(err)
	temp, err := os.MkdirTemp("", "mutate")
	must(err)
	defer os.RemoveAll(temp)
	changed := filepath.Join(temp, "changed.go")
	must(os.WriteFile(changed, []byte(string(src[:c.pos.Offset])+c.new+string(src[c.end:])), 0o644))
	whole, err := filepath.Abs(c.file)
	must(err)
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {whole: changed}})
	must(err)
	file := filepath.Join(temp, "overlay.json")
	must(os.WriteFile(file, overlay, 0o644))
	for _, dir := range append([]string{r.dir}, r.then...) {
		out, err := exec.Command("go", "test", "-overlay="+file, "-short", "-failfast", "-vet=off", "-timeout="+r.timeout, dir).CombinedOutput()
		if strings.Contains(string(out), "[build failed]") || strings.Contains(string(out), "[setup failed]") {
			return false, false
		}
		if err != nil {
			return true, true
		}
	}
	return false, true
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
}
