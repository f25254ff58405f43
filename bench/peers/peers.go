// Command peers decides the customers of the benchmark policy with tallystick, by hand in Go, and with engines that a
// developer would otherwise take, and prints one table: time, allocations, and how many grades each gets wrong.
//
//	cd bench/peers && go run .
//
// Every engine is given its inputs in the form that suits it best, made before the clock starts, and answers with the
// outcome, the total, the grade and the limit. All 1,402 customers are decided, in a random order that is the same each time:
// 1,000 plausible ones, and 402 whose exact total lies on a threshold or a hair from it.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// customer is a record as it was written: numbers are decimal text.
type customer map[string]any

// expected is what is right, worked out with fractions by programs that are none of these.
type expected struct {
	Admitted bool
	Grade    string
	Limit    string
}

// answer is what an engine says. The limit is text, so that no engine's numbers favour it.
type answer struct {
	admitted bool
	grade    string
	limit    string
}

// An engine decides prepared customers: run decides the one at index i and answer says afterwards what came out. What is
// asked of answer does not count.
type engine struct {
	name   string
	run    func(i int) error
	answer func() answer
}

// maker makes an engine for customers.
type maker func([]customer) (engine, error)

// makers are the engines, by hand first.
var makers = []maker{
	handFloat, handScaled, handDecimal,
	tallystickBound, tallystickMap,
	lua, exprProgram, cel, govaluateExpressions, javascript, grule, opa,
}

// customers reads all customers and what is expected of them, in a random order; edge says which were built for a threshold.
func customers(dir string) (all []customer, want []expected, edge []bool, err error) {
	read := func(file string, into any) {
		src, e := os.ReadFile(filepath.Join(dir, file))
		if err == nil {
			err = e
		}
		d := json.NewDecoder(bytes.NewReader(src))
		d.UseNumber()
		if e := d.Decode(into); err == nil {
			err = e
		}
	}
	for _, kind := range []struct{ records, expected string }{{"records.json", "expected.json"}, {"edges.json", "edges_expected.json"}} {
		var some []customer
		var right []expected
		read(kind.records, &some)
		read(kind.expected, &right)
		all, want = append(all, some...), append(want, right...)
		for range some {
			edge = append(edge, kind.records == "edges.json")
		}
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(all), func(i, j int) {
		all[i], all[j] = all[j], all[i]
		want[i], want[j] = want[j], want[i]
		edge[i], edge[j] = edge[j], edge[i]
	})
	return all, want, edge, err
}

// wrong decides every customer and counts what the engine gets wrong.
func wrong(e engine, want []expected) (grades, limits int, err error) {
	for i, w := range want {
		if err := e.run(i); err != nil {
			return 0, 0, fmt.Errorf("%s: customer %d: %w", e.name, i, err)
		}
		got := e.answer()
		if got.admitted != w.Admitted {
			return 0, 0, fmt.Errorf("%s: customer %d: admitted is %v", e.name, i, got.admitted)
		}
		if got.grade != w.Grade {
			grades++
		}
		if got.limit != w.Limit {
			limits++
		}
	}
	return grades, limits, nil
}

// dataDir is where the benchmark's customers are.
const dataDir = "../../policy/testdata/bench"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func run() error {
	all, want, _, err := customers(dataDir)
	if err != nil {
		return err
	}
	fmt.Printf("%s, %s/%s, one goroutine, %d customers in random order, the best of %d rounds\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, len(all), rounds)
	rows := make([]row, len(makers))
	for i, make := range makers {
		r := &rows[i]
		if r.engine, err = make(all); err != nil {
			return err
		}
		if r.grades, r.limits, err = wrong(r.engine, want); err != nil {
			return err
		}
	}
	testing.Init()
	if err := flag.Set("test.benchtime", roundTime); err != nil {
		return err
	}
	for range rounds {
		for i := range rows {
			rows[i].measure(len(all))
		}
	}
	fmt.Printf("%-36s %12s %10s %13s %13s\n", "", "ns/customer", "allocs", "wrong grades", "wrong limits")
	for _, r := range rows {
		fmt.Printf("%-36s %12s %10d %13d %13d\n", r.engine.name, grouped(r.ns), r.allocs, r.grades, r.limits)
	}
	return nil
}

// rounds is how often every engine is measured, in turn: what else the machine does disturbs them all alike, and the best
// round the least.
const rounds = 100

// roundTime is how long a round of an engine is.
const roundTime = "10ms"

// row is what is printed of an engine.
type row struct {
	engine         engine
	ns, allocs     int64 // for one customer
	grades, limits int   // wrong
}

// measure decides the n customers over and over, and notes the time if it is the best so far.
func (r *row) measure(n int) {
	b := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			if err := r.engine.run(i); err != nil {
				b.Fatal(err)
			}
			if i++; i == n {
				i = 0
			}
		}
	})
	if ns := b.NsPerOp(); r.ns == 0 || ns < r.ns {
		r.ns = ns
	}
	r.allocs = b.AllocsPerOp()
}

// grouped writes n with commas between thousands.
func grouped(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// whole writes a limit, a multiple of 1,000, of an engine on floats.
func whole(limit float64) string { return strings.TrimPrefix(fmt.Sprintf("%.0f", limit), "-") }

// floats returns the record with float64 numbers, as encoding/json would have made it.
func floats(c customer) map[string]any {
	out := make(map[string]any, len(c))
	for k, v := range c {
		if n, ok := v.(json.Number); ok {
			f, _ := n.Float64() // the records are valid
			out[k] = f
		} else {
			out[k] = v
		}
	}
	return out
}
