package formula_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/tallystick-go/tallystick/internal/bounded"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// FuzzParse feeds any text through all stages: nothing may panic, and nothing may take long.
func FuzzParse(f *testing.F) {
	for _, src := range []string{
		"min(20, paid / orders * 20)", "1 < a <= 5", "let min = 3; min + 1", "any(members, .amount > 1 and .ccy in ['usd', \"eur\"])", "a | filter(# > 1) | sum()", "grade >= 'B' ? 1_000 : 2e3",
		"members[-1].amount ?? 0", "rates[.ccy]", "points[\"long-overdue\"]", "not has(a) and due >= '2024-01-01'", "x not in 1..5", "50万 % 3", "（a＋b）", "“a”", "'\\u{77ff}'", "a //", "sum(1, 2, 3)",
		"{a: 1}", "[1, 2][0:1]", "b'x'", "#index", "1..2..3", "a?.b?.c", "if a {1} else {2}", "all(x, {let y = #; y})", "1.5.2", "0x1e+5", "::min(1)", "a ?: b", "-(-(-1))", "half(half(a))", "name matches '(a+)+$'", "\xff", "'",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		bounded.Run(t, func() { _, _ = formula.Parse(src) })
		start := time.Now()
		e := customer()
		e.set("a", slot.NumberType, number("3")).set("b", slot.NumberType, gone).set("name", slot.StringType, slot.Text("name")).set("xs", slot.ListOf(slot.NumberType), numbers("1", "2.5"))
		e.function(t, "half(x)", "x / 2").function(t, "again(x)", "again(x)")
		runes := len([]rune(src))
		check := func(problems []formula.Problem) {
			for _, p := range problems {
				if p.Offset < 0 || p.Width < 0 || len(src) <= formula.MaxText && p.Offset+p.Width > max(runes, 1) || p.Message == "" || p.Code == "" {
					t.Fatalf("%q: %+v", src, p)
				}
			}
		}
		_, _, problems := formula.Signature(src)
		check(problems)
		tree, problems := formula.Parse(src)
		check(problems)
		if (tree == nil) != (len(problems) > 0) {
			t.Fatalf("%q: a tree and %v", src, problems)
		}
		tree.Names()
		tree.Calls()
		p, problems := formula.Compile(tree, &e.scope)
		check(problems)
		if len(problems) == 0 && tree != nil {
			frame := e.frame(p)
			p.Any()(frame)
			p.Number()(frame)
			p.Bool()(frame)
			p.Any()(&slot.Frame{})
			var walk func(n formula.Node)
			walk = func(n formula.Node) {
				if _ = n.Text(); n.Type() == nil {
					t.Fatalf("%q: %q has no type", src, n.Text())
				}
				offset, width := n.Span()
				if offset < 0 || offset+width > runes {
					t.Fatalf("%q: %q is nowhere", src, n.Text())
				}
				for _, c := range n.Children() {
					walk(c)
				}
			}
			walk(p.Root)
		}
		if took := time.Since(start); took > time.Minute {
			t.Fatalf("%q took %v", src, took)
		}
	})
}

// FuzzEval compares arithmetic with math/big on random expressions.
func FuzzEval(f *testing.F) {
	for seed := range uint64(50) {
		f.Add(seed, uint8(seed))
	}
	f.Fuzz(func(t *testing.T, seed uint64, depth uint8) {
		g := &generator{rand: rand.New(rand.NewPCG(seed, 1)), env: newEnv()}
		for i := range 4 {
			text := g.literal()
			g.env.num(fmt.Sprintf("v%d", i), text)
			g.values = append(g.values, rational(text))
		}
		src, want := g.number(int(depth % 7))
		bounded.Run(t, func() { g.env.eval(t, src) })
		got := g.env.eval(t, src)
		if want == nil {
			if !strings.HasPrefix(got, "missing: ") {
				t.Fatalf("%s is %s, want missing", src, got)
			}
			return
		}
		p := g.env.mustCompile(t, src)
		x, absent := p.Number()(g.env.frame(p))
		if absent != 0 || x.Rat().Cmp(want) != 0 {
			t.Fatalf("%s is %s, want %s", src, got, want.RatString())
		}
	})
}

func rational(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(text)
	}
	return r
}

// generator makes well-typed expressions and says what they are; nil is missing.
type generator struct {
	rand   *rand.Rand
	env    *env
	values []*big.Rat
	locals []*big.Rat
}

func (g *generator) literal() string {
	switch g.rand.IntN(5) {
	case 0:
		return fmt.Sprint(g.rand.IntN(10))
	case 1:
		return fmt.Sprintf("%d.%02d", g.rand.IntN(1000), g.rand.IntN(100))
	case 2:
		return fmt.Sprint(g.rand.Int64())
	case 3:
		return fmt.Sprintf("%de-%d", g.rand.IntN(100), g.rand.IntN(30))
	}
	return fmt.Sprintf("0.%d", g.rand.IntN(1000))
}

func (g *generator) leaf() (string, *big.Rat) {
	if n := len(g.locals); n > 0 && g.rand.IntN(2) == 0 {
		i := g.rand.IntN(n)
		return fmt.Sprintf("local%d", i), g.locals[i]
	}
	if g.rand.IntN(2) == 0 {
		i := g.rand.IntN(len(g.values))
		return fmt.Sprintf("v%d", i), g.values[i]
	}
	text := g.literal()
	return text, rational(text)
}

func (g *generator) number(depth int) (string, *big.Rat) {
	if depth <= 0 {
		return g.leaf()
	}
	switch g.rand.IntN(12) {
	case 0:
		x, v := g.number(depth - 1)
		if v == nil {
			return "-(" + x + ")", nil
		}
		return "-(" + x + ")", new(big.Rat).Neg(v)
	case 1:
		c, b := g.condition(depth - 1)
		x, v := g.number(depth - 1)
		y, w := g.number(depth - 1)
		out := v
		switch {
		case b == nil:
			out = nil
		case !*b:
			out = w
		}
		return fmt.Sprintf("(%s ? %s : %s)", c, x, y), out
	case 2:
		x, v := g.number(depth - 1)
		y, w := g.number(depth - 1)
		if v == nil {
			v = w
		}
		return fmt.Sprintf("((%s) ?? (%s))", x, y), v
	case 3:
		x, v := g.number(depth - 1)
		g.locals = append(g.locals, v)
		y, w := g.number(depth - 1)
		g.locals = g.locals[:len(g.locals)-1]
		return fmt.Sprintf("(let local%d = %s; %s)", len(g.locals), x, y), w
	case 4:
		return g.aggregate(depth)
	}
	return g.operation(depth)
}

func (g *generator) aggregate(depth int) (string, *big.Rat) {
	name := []string{"min", "max", "sum", "mean"}[g.rand.IntN(4)]
	n := 1 + g.rand.IntN(4)
	args, absent := make([]string, n), false
	total, best := new(big.Rat), (*big.Rat)(nil)
	for i := range args {
		x, v := g.number(depth - 1)
		args[i] = x
		if v == nil {
			absent = true
			continue
		}
		total.Add(total, v)
		if best == nil || name == "min" && v.Cmp(best) < 0 || name == "max" && v.Cmp(best) > 0 {
			best = v
		}
	}
	src := name + "(" + strings.Join(args, ", ") + ")"
	if n == 1 || g.rand.IntN(2) == 0 {
		src = name + "([" + strings.Join(args, ", ") + "])"
	}
	switch {
	case absent:
		return src, nil
	case name == "sum":
		return src, total
	case name == "mean":
		return src, total.Quo(total, big.NewRat(int64(n), 1))
	}
	return src, best
}

func (g *generator) operation(depth int) (string, *big.Rat) {
	x, v := g.number(depth - 1)
	y, w := g.number(depth - 1)
	op := []string{"+", "-", "*", "/", "%"}[g.rand.IntN(5)]
	src := fmt.Sprintf("((%s) %s (%s))", x, op, y)
	if v == nil || w == nil || (op == "/" || op == "%") && w.Sign() == 0 {
		return src, nil
	}
	out := new(big.Rat)
	switch op {
	case "+":
		out.Add(v, w)
	case "-":
		out.Sub(v, w)
	case "*":
		out.Mul(v, w)
	case "/":
		out.Quo(v, w)
	case "%":
		q := new(big.Rat).Quo(v, w)
		whole := new(big.Rat).SetInt(new(big.Int).Quo(q.Num(), q.Denom()))
		out.Sub(v, whole.Mul(whole, w))
	}
	return src, out
}

func (g *generator) condition(depth int) (string, *bool) {
	known := func(b bool) *bool { return &b }
	if depth > 0 && g.rand.IntN(3) == 0 {
		c, a := g.condition(depth - 1)
		d, b := g.condition(depth - 1)
		if g.rand.IntN(2) == 0 {
			switch src := fmt.Sprintf("(%s and %s)", c, d); {
			case a != nil && !*a, b != nil && !*b:
				return src, known(false)
			case a == nil || b == nil:
				return src, nil
			default:
				return src, known(true)
			}
		}
		switch src := fmt.Sprintf("(%s or not %s)", c, d); {
		case a != nil && *a, b != nil && !*b:
			return src, known(true)
		case a == nil || b == nil:
			return src, nil
		default:
			return src, known(false)
		}
	}
	x, v := g.number(depth - 1)
	y, w := g.number(depth - 1)
	op := []string{"<", "<=", ">", ">=", "==", "!="}[g.rand.IntN(6)]
	src := fmt.Sprintf("((%s) %s (%s))", x, op, y)
	if v == nil || w == nil {
		return src, nil
	}
	c := v.Cmp(w)
	return src, known(map[string]bool{"<": c < 0, "<=": c <= 0, ">": c > 0, ">=": c >= 0, "==": c == 0, "!=": c != 0}[op])
}
