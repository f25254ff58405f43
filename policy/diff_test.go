package policy_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
	"github.com/tallystick-go/tallystick/scoring"
)

// writer writes a tree in flow style, each time in another way where the way does not count.
type writer struct {
	*rand.Rand
	strings.Builder
}

// written are keys whose values are expressions, which may be written with other spaces and brackets.
var written = map[string]bool{
	"require": true, "when": true, "expr": true, "set": true, "multiply": true, "up_to": true, "formula": true,
	"growth": true, "fulfilment": true, "punctuality": true, "monthly_sales": true,
}

func (w *writer) node(n *doc.Node, key string) {
	switch n.Kind {
	case doc.Map:
		pairs := slices.Clone(n.Pairs)
		if key != "linear" && key != "inputs" && n.Get("zh") == nil { // knots ascend, the first text names the customer, the first language is that of decisions
			w.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
		}
		w.WriteString("{")
		for i, p := range pairs {
			if i > 0 {
				w.WriteString(", ")
			}
			if w.IntN(20) == 0 {
				w.WriteString("# why\n" + strings.Repeat(" ", 1+w.IntN(5)))
			}
			w.node(p.Key, "key")
			w.WriteString(": ")
			w.node(p.Value, p.Key.Text)
		}
		w.WriteString("}")
	case doc.Seq:
		w.WriteString("[")
		for i, item := range n.Items {
			if i > 0 {
				w.WriteString(", ")
			}
			w.node(item, "")
		}
		w.WriteString("]")
	case doc.Null:
		w.WriteString("~")
	default:
		w.scalar(n, key)
	}
}

func (w *writer) scalar(n *doc.Node, key string) {
	text := n.Text
	x, err := exact.Parse(text)
	switch {
	case text == "otherwise": // quoted, it is a category
		w.WriteString(text)
		return
	case err == nil && !n.Quoted && key != "key" && key != "version" && x.IsInt():
		fmt.Fprintf(w, "%s%s", x, []string{"", ".0", ".00"}[w.IntN(3)])
		return
	case err == nil && !n.Quoted || !n.Quoted && (text == "true" || text == "false"):
		w.WriteString(text)
		return
	case written[key] && key != "key":
		text = fmt.Sprintf([]string{"%s", "  %s ", "(%s)", "( (%s))"}[w.IntN(4)], text)
	}
	if w.IntN(2) == 0 {
		fmt.Fprintf(w, "'%s'", strings.ReplaceAll(text, "'", "''"))
	} else {
		fmt.Fprintf(w, `"%s"`, strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text))
	}
}

// mutate changes something in the tree under root at random; the change may come to nothing.
func mutate(r *rand.Rand, root *doc.Node) {
	var all []*doc.Node
	var gather func(n *doc.Node)
	gather = func(n *doc.Node) {
		all = append(all, n)
		for _, p := range n.Pairs {
			gather(p.Value)
		}
		for _, item := range n.Items {
			gather(item)
		}
	}
	gather(root)
	scalar := func(text string) *doc.Node { return &doc.Node{Kind: doc.Scalar, Text: text} }
	n := all[r.IntN(len(all))]
	switch {
	case n.Kind == doc.Map && len(n.Pairs) > 0:
		i, j := r.IntN(len(n.Pairs)), r.IntN(len(n.Pairs))
		switch r.IntN(3) {
		case 0:
			n.Pairs = slices.Delete(slices.Clone(n.Pairs), i, i+1)
		case 1:
			n.Pairs[i].Value, n.Pairs[j].Value = n.Pairs[j].Value, n.Pairs[i].Value
		default:
			more := [][2]string{{"reason", "why"}, {"title", "name"}, {"code", "c1"}, {"missing", "refer"}, {"max", "9"}, {"valid", "2 years"}, {"total", "100.0"}}
			x := more[r.IntN(len(more))]
			n.Pairs = append(n.Pairs, doc.Pair{Key: scalar(x[0]), Value: scalar(x[1])})
		}
	case n.Kind == doc.Seq && len(n.Items) > 0:
		i, j := r.IntN(len(n.Items)), r.IntN(len(n.Items))
		switch r.IntN(3) {
		case 0:
			n.Items = slices.Delete(slices.Clone(n.Items), i, i+1)
		case 1:
			n.Items[i], n.Items[j] = n.Items[j], n.Items[i]
		default:
			n.Items = append(n.Items, n.Items[i])
		}
	case n.Kind == doc.Scalar:
		other := all[r.IntN(len(all))]
		if _, err := exact.Parse(n.Text); err == nil {
			n.Text = []string{"1", "2", "0.5", "50", "100", "1000"}[r.IntN(6)]
		} else if r.IntN(2) == 0 && other.Kind == doc.Scalar {
			n.Text, n.Quoted = other.Text, other.Quoted
		} else {
			n.Text += []string{"x", " + 1", " and true", ""}[r.IntN(4)]
		}
	}
}

// sources returns the text of every policy of the repository that loads by itself.
func sources(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, pattern := range []string{"testdata/*/*.yaml", "testdata/*.yaml", "../examples/*/policy.yaml"} {
		names, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, name := range names {
			src, err := os.ReadFile(name)
			require.NoError(t, err)
			if _, err := policy.Parse(name, src); err == nil {
				out[name] = string(src)
			}
		}
	}
	require.Greater(t, len(out), 3)
	return out
}

// inOrder returns the names of sources in their order, so that a seed always means the same.
func inOrder(sources map[string]string) []string {
	names := make([]string, 0, len(sources))
	for name := range sources {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func treeOf(t *testing.T, src string) *doc.Node {
	t.Helper()
	root, _ := yamldoc.Parse([]byte(src))
	require.NotNil(t, root)
	return root
}

func TestHowAPolicyIsWrittenMakesNoDifference(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	all := sources(t)
	for _, name := range inOrder(all) {
		old, err := policy.Parse(name, []byte(all[name]))
		require.NoError(t, err)
		for range 10 {
			w := writer{Rand: r}
			w.node(treeOf(t, all[name]), "")
			again, err := policy.Parse(name, []byte(w.String()))
			require.NoError(t, err, w.String())
			d := policy.Diff(old, again, "en")
			require.Empty(t, d.Changes, "%s\n%s", d.Text(), w.String())
			require.Equal(t, old.Meaning(), again.Meaning())
		}
	}
}

// There are no changes exactly where the meaning is the same, and each is told in both languages, with its lines.
func TestEveryChangeOfMeaningIsTold(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	same, different := 0, 0
	all := sources(t)
	for _, name := range inOrder(all) {
		old, err := policy.Parse(name, []byte(all[name]))
		require.NoError(t, err)
		rounds := 5
		if strings.Contains(name, "contract") {
			rounds = 150
		}
		for range rounds {
			root := treeOf(t, all[name])
			for range 1 + r.IntN(3) {
				mutate(r, root)
			}
			w := writer{Rand: r}
			w.node(root, "")
			changed, err := policy.Parse(name, []byte(w.String()))
			if err != nil {
				continue
			}
			for _, pair := range [][2]*policy.Policy{{old, changed}, {changed, old}} {
				for _, lang := range []string{"en", "zh"} {
					d := policy.Diff(pair[0], pair[1], lang)
					require.Equal(t, old.Meaning() == changed.Meaning(), len(d.Changes) == 0, "%s\n%s", d.Text(), w.String())
					for _, c := range d.Changes {
						require.NotEmpty(t, c.Text)
						require.NotContains(t, c.Text, "\x00")
						require.NotEmpty(t, c.Path)
						require.Positive(t, c.OldLine+c.NewLine, c.Path)
					}
				}
			}
			if old.Meaning() == changed.Meaning() {
				same++
			} else {
				different++
			}
		}
	}
	require.Greater(t, same, 5)
	require.Greater(t, different, 80)
}

const inputs = "policy: p\nversion: \"1\"\ninputs:\n"

// What follows from the order of keys is told, and nothing else of it.
func TestTheOrderOfInputsCountsWhereItNamesTheCustomer(t *testing.T) {
	diff := func(old, new string) []policy.Change {
		return policy.Diff(load(t, inputs+old), load(t, inputs+new), "en").Changes
	}
	require.Empty(t, diff("  a: number\n  name: string\n", "  name: string\n  a: number\n"))
	require.Empty(t, diff("  tag: string\n  name: {type: string, required: true}\n", "  name: {type: string, required: true}\n  tag: string\n"))
	changes := diff("  name: string\n  tag: string\n", "  tag: string\n  name: string\n")
	require.Len(t, changes, 1)
	require.Equal(t, "customers are named by name → tag", changes[0].Text)
}

func TestADifferenceIsWrittenTheSameEachTime(t *testing.T) {
	old, err := policy.LoadFile("../examples/customer-management/policy-2025.yaml")
	require.NoError(t, err)
	new, err := policy.LoadFile("../examples/customer-management/policy.yaml")
	require.NoError(t, err)
	first, err := policy.Diff(old, new, "").JSON()
	require.NoError(t, err)
	for range 5 {
		again, err := policy.Diff(old, new, "").JSON()
		require.NoError(t, err)
		require.Equal(t, string(first), string(again))
	}
}

// flat is a method from outside, with parameters of its own.
type flat struct {
	Each  scoring.Number `key:"each,required" doc:"the points"`
	Whole bool           `key:"whole" doc:"whether they are rounded"`
	Seen  seen           `key:"seen" doc:"a notation of its own"`
}

// seen is read from anything.
type seen struct{}

func (*seen) UnmarshalDoc(*doc.Node, *doc.Decoder) {}

func (f *flat) Check(scoring.Setting) []scoring.Fault { return nil }

func (f *flat) Points(*scoring.Case) (scoring.Number, scoring.Absence) { return f.Each, 0 }

func TestMethodsFromOutsideAreCompared(t *testing.T) {
	methods := scoring.Methods()
	require.NoError(t, methods.Register("flat", func() scoring.Method { return new(flat) }))
	with := func(params string) *policy.Policy {
		p, err := policy.Parse("p.yaml", []byte(inputs+"  a: number\nscoring: {indicators: [{id: i, weight: 100, flat: "+params+"}]}\n"), policy.WithMethods(methods))
		require.NoError(t, err)
		return p
	}
	old := with("{each: 10, seen: [a, {b: 1}]}")
	require.Empty(t, policy.Diff(old, with("{whole: false, seen: [a, {b: 1.0}], each: 1e1}"), "en").Changes)
	changes := policy.Diff(old, with("{each: 20, whole: true, seen: [a, {b: 2}]}"), "en").Changes
	require.Len(t, changes, 3)
	require.Equal(t, "indicator i, flat: each 10 → 20", changes[0].Text)
	require.Equal(t, "scoring.indicators[i].flat.each", changes[0].Path)
	require.Contains(t, changes[2].Text, "1 → ")
}
