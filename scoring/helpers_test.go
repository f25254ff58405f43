package scoring

import (
	"math/big"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
)

// n is a number, num a pointer to one.
func n(s string) Number { return MustParse(s) }

func num(s string) *Number { return new(MustParse(s)) }

// name is an identifier made in Go.
func name(s string) doc.Text { return doc.Text{Value: s} }

// exactly is how cards are rounded in tests that look at exact figures.
var exactly = Rounding{Points: Exact, Score: Exact, Money: 2}

// scored checks the card without faults and scores the values.
func scored(t *testing.T, c *Card, r Rounding, values ...Value) *Result {
	t.Helper()
	require.Empty(t, errorsIn(c.Check(r)))
	out := new(Result)
	require.NoError(t, c.Score(NewFrame(values...), out))
	return out
}

// errorsIn returns the messages of the faults that are errors.
func errorsIn(faults []Fault) []string { return messagesOf(faults, doc.Error) }

// warningsIn returns the messages of the faults that are warnings.
func warningsIn(faults []Fault) []string { return messagesOf(faults, doc.Warning) }

func messagesOf(faults []Fault, severity doc.Severity) []string {
	var out []string
	for _, f := range faults {
		if f.Severity == severity {
			out = append(out, f.Message)
		}
	}
	return out
}

// codesOf returns the codes of faults.
func codesOf(faults []Fault) []string {
	var out []string
	for _, f := range faults {
		out = append(out, f.Code)
	}
	return out
}

// setting is that of an indicator with a weight and a number.
func setting(weight string) Setting {
	return Setting{Weight: n(weight), Weighted: true, HasOf: true, Of: KindNumber}
}

// points checks the method and returns the points of x as a fraction, with the row.
func points(t *testing.T, m Method, weight, x string) (string, int) {
	t.Helper()
	require.Empty(t, errorsIn(m.Check(setting(weight))))
	v := Num(n(x))
	c := &Case{Frame: NewFrame(v), Of: &v, Weight: n(weight), atom: NoRowAtom, held: true}
	p, absent := m.Points(c)
	require.Zero(t, absent, "points of %s are missing", x)
	require.NoError(t, c.Frame.Err())
	return p.Fraction(), c.Row
}

// rat is an oracle's number.
func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

// The notation of a policy file, built by hand: this package knows nothing of YAML.

func text(s string) *doc.Node { return &doc.Node{Kind: doc.Scalar, Text: s} }

func quoted(s string) *doc.Node { return &doc.Node{Kind: doc.Scalar, Text: s, Quoted: true} }

func list(items ...any) *doc.Node {
	out := &doc.Node{Kind: doc.Seq}
	for _, x := range items {
		out.Items = append(out.Items, node(x))
	}
	return out
}

// keys is a map from keys to values, in turn.
func keys(pairs ...any) *doc.Node {
	out := &doc.Node{Kind: doc.Map}
	for i := 0; i < len(pairs); i += 2 {
		out.Pairs = append(out.Pairs, doc.Pair{Key: node(pairs[i]), Value: node(pairs[i+1])})
	}
	return out
}

func node(x any) *doc.Node {
	if s, ok := x.(string); ok {
		return text(s)
	}
	return x.(*doc.Node)
}

// placed numbers the nodes as if each stood on a line of its own.
func placed(root *doc.Node) *doc.Node {
	line := 0
	var walk func(*doc.Node)
	walk = func(x *doc.Node) {
		line++
		x.Place = Place{Line: line, Col: 1, Width: len([]rune(x.Text))}
		for _, p := range x.Pairs {
			walk(p.Key)
			walk(p.Value)
		}
		for _, i := range x.Items {
			walk(i)
		}
	}
	walk(root)
	return root
}

// decoded fills into from root. Expressions are numbers, or names of slots: $0 is what is in slot 0.
func decoded(t *testing.T, root *doc.Node, into any) []Fault {
	t.Helper()
	d := doc.Decoder{Variants: map[reflect.Type]doc.Variants{
		reflect.TypeFor[Method]():   Methods().Variants(),
		reflect.TypeFor[Combiner](): Combiners().Variants(),
	}}
	d.Decode(placed(root), into)
	for _, e := range d.Expressions {
		switch e := e.(type) {
		case *Operand:
			if x, err := exact.Parse(e.Source.Value); err == nil {
				e.SetConst(x)
			} else {
				i := slotIn(e.Source.Value)
				*e = withSource(NumberIn(i), e.Source)
			}
		case *Any:
			*e = withSource(Slot(slotIn(e.Source.Value)), e.Source)
		case *Condition:
			i := slotIn(e.Source.Value)
			*e = withSource(When(func(f *Frame) (bool, Absence) { return f.Slots[i].Int != 0, f.Slots[i].Absent }), e.Source)
		}
	}
	return d.Faults
}

func slotIn(s string) int {
	i, ok := MustParse(strings.TrimPrefix(s, "$")).Int64()
	if !ok {
		panic(s)
	}
	return int(i)
}

func withSource[T any](e Expr[T], source doc.Text) Expr[T] {
	e.Source = source
	return e
}
