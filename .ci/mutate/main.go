// Command mutate tells how much of the code the tests hold to: it changes one place of a package at a time, a + to a -, a
// Less to an at most, one way of rounding to another, and runs the tests. A change that no test notices has survived.
//
//	go run ./.ci/mutate -n 60 -seed 1 ./internal/exact ./scoring
//
// Places are drawn at random, the same ones for the same seed. The tests of the package come first, then those of -then. The
// source is never written to: the changed file is an overlay. What does not compile is not counted, what runs out of time
// counts as noticed.
//
// SURVIVORS.md beside this file lists the changes that cannot be noticed, and why. They are not counted either; one of them
// that is noticed, or that the code no longer has a place for, is an error of the list. What survives is printed as a row
// for it.
package main

import (
	_ "embed"
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
	place
	src string // the file
	pos token.Position
	end int // offset
	new string
}

// place names a change by what its line becomes, and so whatever is written above it.
type place struct{ file, function, line string }

// row is the row of SURVIVORS.md for p.
func (p place) row() string {
	return "| `" + p.file + "` | `" + p.function + "` | `" + strings.ReplaceAll(p.line, "|", `\|`) + "` |"
}

//go:embed SURVIVORS.md
var survivors string

// listed returns the changes that SURVIVORS.md says cannot be noticed in the files of dir.
func listed(dir string) map[place]bool {
	known := map[place]bool{}
	for row := range strings.Lines(survivors) {
		cells := strings.Split(row, "` | `")
		if len(cells) != 3 {
			continue
		}
		line, _, _ := strings.Cut(cells[2], "` |")
		p := place{strings.TrimPrefix(cells[0], "| `"), cells[1], strings.ReplaceAll(line, `\|`, "|")}
		if filepath.Dir(p.file) == filepath.Clean(dir) {
			known[p] = true
		}
	}
	return known
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
	then := flag.String("then", "./policy/internal/paper ./policy/internal/program ./policy", "packages whose tests run where those of the package notice nothing")
	flag.Parse()
	failed := false
	for _, dir := range flag.Args() {
		r := run{dir: dir, timeout: *timeout, then: strings.Fields(*then), known: listed(dir)}
		r.sample(*n, rand.New(rand.NewPCG(*seed, *seed)))
		rate := 100 * r.noticed / max(1, r.tried)
		fmt.Printf("%s: %d of %d changes noticed, %d %%; of %d more it is known that nobody can tell\n", dir, r.noticed, r.tried, rate, r.untold)
		failed = failed || rate < *least || r.wrong
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
	known   map[place]bool

	tried, noticed, untold int
	wrong                  bool // a row of the list is
}

// sample tries n changes, and prints those that survive.
func (r *run) sample(n int, draw *rand.Rand) {
	all := r.changes()
	for p := range r.known {
		if !slices.ContainsFunc(all, func(c change) bool { return c.place == p }) {
			r.wrong = true
			fmt.Println("listed, but there is no such place:", p.row())
		}
	}
	draw.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, c := range all {
		if r.tried+r.untold == n {
			break
		}
		noticed, compiles := r.try(c)
		switch known := r.known[c.place]; {
		case !compiles:
		case known && noticed:
			r.wrong = true
			fmt.Println("listed, but noticed:", c.row())
		case known:
			r.untold++
		case noticed:
			r.tried++
			r.noticed++
		default:
			r.tried++
			fmt.Printf("%s line %d\n", c.row(), c.pos.Line)
		}
	}
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
		text, err := os.ReadFile(file)
		must(err)
		src := string(text)
		f, err := parser.ParseFile(set, file, text, parser.SkipObjectResolution)
		must(err)
		function := ""
		replace := func(n token.Pos, old, new string) {
			at := set.Position(n)
			c := change{src: src, pos: at, end: at.Offset + len(old), new: new}
			from := strings.LastIndexByte(src[:at.Offset], '\n') + 1
			rest, _, _ := strings.Cut(src[c.end:], "\n")
			c.place = place{filepath.ToSlash(filepath.Clean(file)), function, strings.TrimSpace(src[from:at.Offset] + new + rest)}
			all = append(all, c)
		}
		even := map[ast.Node]bool{} // calls of which it does not matter whether they give 1 or -1
		visit := func(n ast.Node) bool {
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
							text := func(x ast.Expr) string { return src[set.Position(x.Pos()).Offset:set.Position(x.End()).Offset] }
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
			}
			return true
		}
		for _, d := range f.Decls {
			function = ""
			if fn, ok := d.(*ast.FuncDecl); ok {
				function = fn.Name.Name
			}
			if !slices.Contains([]string{"Error", "String", "Describe"}, function) { // what only writes messages is tested by reading them
				ast.Inspect(d, visit)
			}
		}
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
	temp, err := os.MkdirTemp("", "mutate")
	must(err)
	defer os.RemoveAll(temp)
	changed := filepath.Join(temp, "changed.go")
	must(os.WriteFile(changed, []byte(c.src[:c.pos.Offset]+c.new+c.src[c.end:]), 0o644))
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
