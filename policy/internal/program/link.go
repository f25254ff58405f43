package program

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/scoring"
)

// Options are what an embedder adds to the language.
type Options struct {
	Decoder doc.Decoder // with the variants of methods and combiners
	Natives map[string]*formula.Native
}

// Link reads the policy in root and makes it ready. All faults are returned, unsorted; with an error among them the
// program is nil.
func Link(root *doc.Node, o Options) (*Program, []doc.Fault) {
	l := &linker{
		Decoder: o.Decoder, natives: o.Natives, file: &model.File{},
		claimed:  map[string]doc.Place{},
		programs: map[doc.Expression]*formula.Program{},
	}
	l.Decode(root, l.file)
	l.program = &Program{
		File: l.file, Symbols: map[string]formula.Symbol{},
		score: -1, grade: -1, limit: -1, exposure: -1, available: -1, override: -1,
	}
	l.rounding()
	if g := l.file.Grade; g != nil {
		l.grades = g.Names()
		l.program.Grades = l.grades
	}
	l.inputs()
	l.results()
	l.functions()
	l.values()
	l.expressions()
	l.check()
	l.schedule()
	l.program.frame = max(l.program.frame, l.program.slots)
	for _, f := range l.Faults {
		if f.Severity == doc.Error {
			return nil, l.Faults
		}
	}
	return l.program, l.Faults
}

// linker is the state of Link.
type linker struct {
	doc.Decoder
	file    *model.File
	program *Program
	natives map[string]*formula.Native

	grades  []string
	claimed map[string]doc.Place // the one namespace of inputs, values and functions

	functionTable map[string]*formula.Function
	programs      map[doc.Expression]*formula.Program
}

// atom gives out the number of an atom.
func (l *linker) atom(a Atom) int {
	l.program.Atoms = append(l.program.Atoms, a)
	return len(l.program.Atoms) - 1
}

// define gives name a slot.
func (l *linker) define(name string, t *slot.Type) int {
	i := l.program.slots
	l.program.slots++
	l.program.Symbols[name] = formula.Symbol{Slot: i, Type: t}
	return i
}

// The rounding where the file says nothing: 2 places, half up.
const defaultPlaces = 2

func (l *linker) rounding() {
	r := scoring.Rounding{Points: defaultPlaces, Score: defaultPlaces, Money: defaultPlaces}
	if d := l.file.Rounding; d != nil {
		for _, x := range []struct {
			decl *model.Places
			to   *int
		}{{d.Points, &r.Points}, {d.Score, &r.Score}, {d.Money, &r.Money}} {
			if x.decl != nil {
				*x.to = int(*x.decl)
			}
		}
		if d.Money != nil && *d.Money == model.Exact {
			l.Errorf(d.Of("money"), "bad-rounding", "money is always rounded: write the number of its decimal places")
		}
		if d.Mode != nil {
			r.Mode = d.Mode.Mode
		}
	}
	l.program.Rounding = r
}

// results gives slots to what the sections find out: points, score, grade, limit.
func (l *linker) results() {
	p := l.program
	p.asOf = l.define(asOfName, slot.DateType)
	if c := l.file.Scoring; c != nil {
		l.points(c)
		p.score = l.define(scoreName, slot.NumberType)
		c.SetSlot(p.score)
	}
	if g := l.file.Grade; g != nil {
		p.grade = l.define(gradeName, slot.GradeType)
		p.noGrade = l.atom(Atom{Kind: NoRow, Name: gradeName, Place: g.Place()})
		for _, a := range g.Attributes() {
			name := gradeName + "." + a.Name
			out := attribute{slot: l.define(name, &slot.Type{Kind: a.Kind}), atom: l.atom(Atom{Kind: NoRow, Name: name, Place: g.Place()})}
			for i := range l.grades {
				v, _ := g.Attribute(i, a.Name)
				out.values = append(out.values, v)
			}
			p.attributes = append(p.attributes, out)
		}
		if s, ok := p.Symbols[overrideName+".grade"]; ok {
			p.override = s.Slot
		}
	}
	if t := l.file.Credit; t != nil {
		t.Mode = p.Rounding.Mode
		p.limit = l.define(limitName, slot.NumberType)
		p.exposure = l.define(exposureName, slot.NumberType)
		p.available = l.define(availableName, slot.NumberType)
	}
}

// points gives a slot to the points of every indicator and group of c.
func (l *linker) points(c *scoring.Card) {
	c.Atom = func(id string) int { return l.atom(Atom{Kind: NoRow, Name: id, Place: c.Place()}) }
	for _, list := range [][]scoring.Indicator{c.Indicators, c.Modifiers} {
		for i := range list {
			ind := &list[i]
			if name := pointsName + "." + ind.ID.Value; l.isNew(name) {
				ind.SetSlot(l.define(name, slot.NumberType))
			}
		}
	}
	for i := range c.Groups {
		g := &c.Groups[i]
		if name := pointsName + "." + g.ID.Value; l.isNew(name) {
			g.SetSlot(l.define(name, slot.NumberType))
		}
		l.points(&g.Card)
	}
}

// isNew reports whether nothing is called name yet; ids that are there twice are reported by the card.
func (l *linker) isNew(name string) bool {
	_, taken := l.program.Symbols[name]
	return !taken
}

// functions reads the policy's own functions: name(a, b): expression.
func (l *linker) functions() {
	l.functionTable = map[string]*formula.Function{}
	for i := range l.file.Functions {
		f := &l.file.Functions[i]
		name, params, problems := formula.Signature(f.Name.Value)
		l.problems(f.Name, problems)
		if len(problems) > 0 {
			continue
		}
		if !l.claim(doc.Text{Value: name, Node: f.Name.Node}, "function", false) {
			continue
		}
		if _, taken := l.natives[name]; taken {
			l.Errorf(f.Name.Place(), "duplicate-name", "the program that loads the policy has a function %s already", name)
			continue
		}
		body, problems := formula.Parse(f.Value.Value)
		l.problems(f.Value, problems)
		if len(problems) == 0 {
			l.functionTable[name] = &formula.Function{Params: params, Body: body}
		}
	}
}

// problems reports what is wrong in the expression t.
func (l *linker) problems(t doc.Text, problems []formula.Problem) {
	for _, p := range problems {
		place, ok := t.Node.Within(p.Offset, p.Width)
		f := doc.Fault{Place: place, Code: p.Code, Message: p.Message, Hint: p.Hint}
		if !ok && t.Node != nil && t.Node.Source != nil {
			f.Hint = strings.TrimSpace(f.Hint + " (the place inside the text cannot be told: write the expression on one line)")
		}
		l.Fault(f)
	}
}

// values compiles the values, each after those that it reads.
func (l *linker) values() {
	type node struct {
		tree  *formula.Tree
		after []int
	}
	decls := l.file.Values
	index := map[string]int{}
	first := l.program.slots
	l.program.slots += len(decls) // all of them now: what follows are the expressions' own variables
	nodes := make([]node, len(decls))
	for i := range decls {
		v := &decls[i]
		if !l.claim(v.Name, "value", false) {
			continue
		}
		tree, problems := formula.Parse(v.Value.Expr.Source.Value)
		l.problems(v.Value.Expr.Source, problems)
		if len(problems) > 0 {
			l.poison(v.Name.Value)
			continue
		}
		nodes[i].tree = tree
		index[v.Name.Value] = i
	}
	for i := range nodes {
		if nodes[i].tree == nil {
			continue
		}
		for _, name := range l.names(nodes[i].tree, nil) {
			if j, ok := index[name]; ok {
				nodes[i].after = append(nodes[i].after, j)
			}
		}
	}
	const (
		fresh = iota
		open
		done
	)
	state := make([]int, len(nodes))
	var path []int
	var visit func(i int)
	visit = func(i int) {
		switch {
		case state[i] == done:
			return
		case state[i] == open:
			l.cycle(path, i)
			return
		}
		state[i] = open
		path = append(path, i)
		for _, j := range nodes[i].after {
			visit(j)
		}
		path = path[:len(path)-1]
		state[i] = done
		l.value(&decls[i], nodes[i].tree, first+i)
	}
	for i := range nodes {
		if nodes[i].tree != nil {
			visit(i)
		}
	}
}

// cycle reports the values from i to the end of path, each of which needs the next.
func (l *linker) cycle(path []int, i int) {
	for path[0] != i {
		path = path[1:]
	}
	names := make([]string, 0, len(path)+1)
	for _, j := range path {
		names = append(names, l.file.Values[j].Name.Value)
	}
	first := l.file.Values[i]
	names = append(names, first.Name.Value)
	l.Fault(doc.Errorf(first.Name.Place(), "cycle", "a value cannot be worked out from itself: %s", strings.Join(names, " needs ")).
		WithHint("take one of them out of the circle"))
	l.poison(first.Name.Value)
}

// poison makes name known as something that was reported already, so that its uses are not reported as well.
func (l *linker) poison(name string) {
	if _, ok := l.program.Symbols[name]; !ok {
		l.program.Symbols[name] = formula.Symbol{Slot: 0, Type: nil}
	}
}

// names returns the names that tree reads, also through functions of the policy.
func (l *linker) names(tree *formula.Tree, within []string) []string {
	names := tree.Names()
	for _, call := range tree.Calls() {
		f := l.functionTable[call]
		recursive := false
		for _, w := range within {
			recursive = recursive || w == call
		}
		if f != nil && !recursive { // recursion is reported where the call is compiled
			names = append(names, l.names(f.Body, append(within, call))...)
		}
	}
	return names
}

// value compiles one value, which has the slot at.
func (l *linker) value(v *doc.Named[model.Value], tree *formula.Tree, at int) {
	name := v.Name.Value
	prog, problems := l.compileTree(tree, v.Value.Expr.Source)
	l.problems(v.Value.Expr.Source, problems)
	if len(problems) > 0 || prog.Type == nil {
		l.poison(name)
		return
	}
	l.programs[&v.Value.Expr] = prog
	l.program.Symbols[name] = formula.Symbol{Slot: at, Type: prog.Type}
	out := Value{Decl: v, Type: prog.Type, Slot: at}
	v.Value.Expr.Shape = prog
	v.Value.Expr.SetFunc(func(f *slot.Frame) (slot.Value, slot.Absence) {
		x := prog.Any()(f)
		return x, x.Absent
	})
	if prog.Type.Kind == slot.Number {
		out.number = prog.Number()
	} else {
		out.any = prog.Any()
	}
	if m := &v.Value.Missing; m.Source.Node != nil {
		if fallback := l.compile(m.Source); fallback != nil {
			if !fallback.Type.Same(prog.Type) {
				l.Errorf(m.Source.Place(), "wrong-type", "%s is a %s, so a %s cannot stand in for it", name, prog.Type, fallback.Type)
			}
			l.programs[m] = fallback
			out.fallback = fallback.Any()
		}
	}
	l.program.Values = append(l.program.Values, out)
}

// scope is what an expression can see. Undefined results are blamed on places in text.
func (l *linker) scope(text doc.Text) *formula.Scope {
	onScale := 0
	if l.file.Grade != nil {
		onScale = l.file.Grade.OnScale()
	}
	return &formula.Scope{
		Symbols: l.program.Symbols, Functions: l.functionTable, Natives: l.natives,
		Grades: l.grades, OnScale: onScale,
		Atom: func(offset, width int, what string) int {
			place, _ := text.Node.Within(offset, width)
			return l.atom(Atom{Kind: Undefined, Name: what, Place: place})
		},
		Locals: l.program.slots,
	}
}

// compileTree compiles the tree of text, and sees to it that frames have room for its variables.
func (l *linker) compileTree(tree *formula.Tree, text doc.Text) (*formula.Program, []formula.Problem) {
	prog, problems := formula.Compile(tree, l.scope(text))
	if prog != nil {
		l.program.frame = max(l.program.frame, prog.Slots)
	}
	return prog, problems
}

// compile compiles text, or reports why it cannot and returns nil.
func (l *linker) compile(text doc.Text) *formula.Program {
	tree, problems := formula.Parse(text.Value)
	if len(problems) == 0 {
		var prog *formula.Program
		prog, problems = l.compileTree(tree, text)
		if len(problems) == 0 && prog.Type != nil {
			return prog
		}
	}
	l.problems(text, problems)
	return nil
}

// want compiles text to something of kind k.
func (l *linker) want(text doc.Text, k slot.Kind) *formula.Program {
	prog := l.compile(text)
	if prog == nil {
		return nil
	}
	if problems := prog.Want(k); len(problems) > 0 {
		l.problems(text, problems)
		return nil
	}
	return prog
}

// expressions compiles every expression of the file but the values.
func (l *linker) expressions() {
	for _, e := range l.Decoder.Expressions {
		if l.programs[e] != nil {
			continue // a value
		}
		switch e := e.(type) {
		case *slot.Operand:
			if prog := l.want(e.Source, slot.Number); prog != nil {
				l.programs[e], e.Shape = prog, prog
				if v, ok := prog.Const(); ok && v.Kind == slot.Number {
					e.SetConst(v.Num)
				} else {
					e.SetFunc(prog.Number())
				}
			}
		case *slot.Condition:
			if prog := l.want(e.Source, slot.Bool); prog != nil {
				l.programs[e], e.Shape = prog, prog
				e.SetFunc(prog.Bool())
			}
		case *slot.Any:
			if l.isValue(e) {
				continue // reported by values
			}
			if prog := l.compile(e.Source); prog != nil {
				l.programs[e], e.Shape = prog, prog
				any := prog.Any()
				eval := func(f *slot.Frame) (slot.Value, slot.Absence) {
					v := any(f)
					return v, v.Absent
				}
				if read, ok := prog.Root.(*formula.Read); ok {
					e.SetSlot(read.Slot, eval)
				} else {
					e.SetFunc(eval)
				}
			}
		}
	}
}

func (l *linker) isValue(e *slot.Any) bool {
	for i := range l.file.Values {
		v := &l.file.Values[i].Value
		if e == &v.Expr || e == &v.Missing {
			return true
		}
	}
	return false
}

// check asks the sections whether they make sense.
func (l *linker) check() {
	p := l.program
	l.admission()
	if c := l.file.Scoring; c != nil {
		l.domains(c)
		l.Faults = append(l.Faults, c.Check(p.Rounding)...)
	}
	if g := l.file.Grade; g != nil {
		faults := g.Check(p.Rounding.Score)
		if len(faults) == 0 {
			faults = g.Order()
		}
		l.Faults = append(l.Faults, faults...)
		if l.file.Scoring == nil && !g.Of.IsSet() {
			l.Fault(doc.Errorf(g.Place(), "missing-key", "a grade needs a score, but the policy has no section `scoring`").
				WithHint("add `scoring`, or say in `of` which value the grade is"))
		}
	}
	if t := l.file.Credit; t != nil {
		l.Faults = append(l.Faults, t.Check(p.Rounding.Money, l.grades)...)
	}
}

func (l *linker) admission() {
	first := map[string]doc.Place{}
	for i := range l.file.Admission {
		c := &l.file.Admission[i]
		if c.ID.Value == "" {
			continue // reported by the decoder
		}
		if at, taken := first[c.ID.Value]; taken {
			l.Fault(doc.Errorf(c.ID.Place(), "duplicate-id", "there are two criteria %s", c.ID).See(at, "first defined here"))
		}
		first[c.ID.Value] = c.ID.Place()
	}
}
