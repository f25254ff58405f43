package program

import (
	"slices"
	"sort"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/model"
)

// valueLinker compiles the values of the file.
type valueLinker struct {
	*linker
	decls       doc.Dict[model.Value]
	first       int                // slot of the first value
	index       map[string]int     // of the values by name
	expressions [][]doc.Expression // of each value, in the order of the file

	state []visited
	path  []int // from the value that was asked for to the one that is being compiled
}

// visited says how far a value is.
type visited uint8

const (
	fresh visited = iota
	open
	done
)

// values compiles the values, each after those that it reads.
func (l *linker) values() {
	v := valueLinker{linker: l, decls: l.file.Values, first: l.program.slots, index: map[string]int{}}
	l.program.slots += len(v.decls) // all of them now: what follows are the expressions' own variables
	v.state = make([]visited, len(v.decls))
	for i := range v.decls {
		if name := v.decls[i].Name; l.claim(name, "value", false) {
			v.index[name.Value] = i
			v.later = append(v.later, name.Value)
		} else {
			v.state[i] = done
		}
	}
	v.distribute()
	for i := range v.decls {
		v.visit(i)
	}
}

// distribute gives each value its expressions. They are told by their places, since a method may have any.
func (v *valueLinker) distribute() {
	v.expressions = make([][]doc.Expression, len(v.decls))
	if len(v.decls) == 0 {
		return
	}
	pairs := v.file.Node().Get("values").Pairs // as many as values
	for _, e := range v.Decoder.Expressions {
		place := source(e).Place()
		if !within(v.file.Node(), place, []string{"values"}) {
			continue
		}
		v.ofValues[e] = true
		i := sort.Search(len(pairs), func(i int) bool { return place.Before(pairs[i].Key.Place) }) - 1
		v.expressions[i] = append(v.expressions[i], e)
	}
}

// source returns the text of e.
func source(e doc.Expression) doc.Text {
	switch e := e.(type) {
	case *slot.Operand:
		return e.Source
	case *slot.Condition:
		return e.Source
	case *slot.Any:
		return e.Source
	}
	return doc.Text{}
}

// visit compiles value i after those that it reads.
func (v *valueLinker) visit(i int) {
	switch v.state[i] {
	case done:
		return
	case open:
		v.cycle(i)
		return
	}
	v.state[i] = open
	v.path = append(v.path, i)
	for _, j := range v.reads(i) {
		v.visit(j)
	}
	v.path = v.path[:len(v.path)-1]
	v.state[i] = done
	v.value(i)
}

// reads returns the values that value i reads, in its expressions and as columns.
func (v *valueLinker) reads(i int) (out []int) {
	add := func(name string) {
		for name != "" { // pre_risk.class is of pre_risk
			if j, ok := v.index[name]; ok {
				out = append(out, j)
				return
			}
			name = name[:max(strings.LastIndexByte(name, '.'), 0)]
		}
	}
	for _, e := range v.expressions[i] {
		if tree := v.parse(source(e)); tree != nil {
			for _, name := range v.names(tree, nil) {
				add(name)
			}
		}
	}
	for _, row := range v.decls[i].Value.Rows {
		for _, cell := range row.Cells {
			add(cell.Key.Text)
		}
	}
	return out
}

// cycle reports the values from i to the end of the path, each of which needs the next.
func (v *valueLinker) cycle(i int) {
	path := v.path
	for path[0] != i {
		path = path[1:]
	}
	names := make([]string, 0, len(path)+1)
	for _, j := range path {
		names = append(names, v.decls[j].Name.Value)
	}
	name := v.decls[i].Name
	names = append(names, name.Value)
	v.Fault(doc.Errorf(name.Place(), "cycle", "a value cannot be worked out from itself: %s", strings.Join(names, " needs ")).
		WithHint("take one of them out of the circle"))
	v.poison(name.Value)
}

// value compiles value i.
func (v *valueLinker) value(i int) {
	decl := &v.decls[i]
	out := Value{Decl: decl, Slot: v.first + i, trace: -1}
	ok := false
	switch v.form(decl) {
	case byExpression:
		ok = v.exprValue(&out)
	case byTable:
		ok = v.tableValue(&out)
	case byMethod:
		ok = v.methodValue(&out, v.expressions[i])
	}
	if _, inCircle := v.program.Symbols[decl.Name.Value]; !ok || inCircle {
		v.poison(decl.Name.Value)
		return
	}
	v.program.Symbols[decl.Name.Value] = formula.Symbol{Slot: out.Slot, Type: out.Type}
	v.fallback(&out)
	for _, e := range v.expressions[i] {
		if prog := v.programs[e]; prog != nil {
			out.reads = append(out.reads, prog.Reads...)
			out.inexact = out.inexact || prog.Inexact
		}
	}
	v.valueReach(&out)
	v.program.Values = append(v.program.Values, out)
}

// form is how a value is worked out.
type form uint8

const (
	noForm form = iota
	byExpression
	byTable
	byMethod
)

// form says how a value is worked out, and reports keys that belong to another way. noForm: that cannot be told, which was
// reported.
func (v *valueLinker) form(decl *doc.Named[model.Value]) form {
	value := &decl.Value
	n := value.Node()
	if n == nil || n.Kind != doc.Map { // a bare expression, or something that the decoder could not read
		if value.Expr.IsSet() {
			return byExpression
		}
		return noForm
	}
	switch {
	case n.Get("rows") != nil:
		if value.Method != nil {
			key := v.methodKey(value)
			v.Errorf(key.Place, "wrong-key", "`%s` does not go together with `rows`", key.Text)
		}
		v.alone(value, "rows", "expr", "of")
		return byTable
	case value.Method != nil:
		v.alone(value, v.methodKey(value).Text, "expr", "hit", "order", "otherwise")
		return byMethod
	case n.Get("expr") != nil:
		v.alone(value, "expr", "of", "hit", "order", "otherwise")
		if value.Expr.IsSet() {
			return byExpression
		}
		return noForm
	}
	for _, p := range n.Pairs {
		if p.Key.Kind != doc.Scalar || !slices.Contains(valueKeys, p.Key.Text) {
			return noForm // it may be meant for this, and was reported
		}
	}
	v.Fault(doc.Errorf(n.Place, "missing-key", "the value %s does not say how it is worked out", decl.Name).
		WithHint("add `expr`, the `rows` of a table, or `of` and a scoring method"))
	return noForm
}

// valueKeys are the keys of a value that can stand without a way to work it out.
var valueKeys = []string{"title", "type", "hit", "order", "otherwise", "of", "missing"}

// alone reports those of keys that stand beside key, with which they mean nothing.
func (v *valueLinker) alone(value *model.Value, key string, keys ...string) {
	for _, k := range keys {
		if value.Node().Get(k) != nil {
			v.Errorf(value.Key(k), "wrong-key", "`%s` does not go together with `%s`", k, key)
		}
	}
}

// exprValue compiles a value that is an expression.
func (v *valueLinker) exprValue(out *Value) bool {
	e := &out.Decl.Value.Expr
	prog := v.expression(e)
	if prog == nil {
		return false
	}
	if t := typesByName[out.Decl.Value.Type]; t != nil {
		if problems := prog.Want(t.Kind); len(problems) > 0 {
			v.problems(e.Source, problems)
			return false
		}
	}
	out.Type, out.place = prog.Type, e.Place()
	if prog.Type.Kind == slot.Number {
		out.number = prog.Number()
	} else {
		out.any = prog.Any()
	}
	return true
}

// fallback compiles what stands in where a value is missing.
func (v *valueLinker) fallback(out *Value) {
	m := &out.Decl.Value.Missing
	if m.Source.Node == nil {
		return
	}
	before := len(v.Faults)
	prog := v.expression(m)
	if prog == nil {
		for i := range v.Faults[before:] {
			if f := &v.Faults[before+i]; f.Code == "unknown-name" && textual(out.Type) {
				f.Hint = strings.TrimPrefix(f.Hint+`; for the text write "'`+m.Source.Value+`'"`, "; ")
			}
		}
		return
	}
	if k, ok := prog.Const(); ok && k.Kind == slot.String && out.Type.Kind != slot.String && textual(out.Type) {
		// A text that is known is the date or the grade that it names.
		if k, ok = v.literal(&doc.Node{Kind: doc.Scalar, Text: k.Str, Place: m.Place()}, out.Type); ok {
			out.fallback = func(*slot.Frame) slot.Value { return k }
		}
		return
	}
	if !prog.Type.Same(out.Type) {
		v.Errorf(m.Place(), "wrong-type", "%s is a %s, so a %s cannot stand in for it", out.Decl.Name, out.Type, prog.Type)
	}
	out.fallback = prog.Any()
}

// textual reports whether values of t are written as texts.
func textual(t *slot.Type) bool {
	return t.Kind == slot.String || t.Kind == slot.Grade || t.Kind == slot.Date
}
