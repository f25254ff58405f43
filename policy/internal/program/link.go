package program

import (
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/bounds"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/scoring"
)

// Options are what an embedder adds to the language.
type Options struct {
	Decoder doc.Decoder // with the variants of methods and combiners
	Natives map[string]*formula.Native
	Partial bool // part of the file could not be read, which was reported
}

// Link reads the policy in root and makes it ready. All faults are returned, unsorted; with an error among them the
// program is nil.
func Link(root *doc.Node, o Options) (*Program, []doc.Fault) {
	l := &linker{
		Decoder: o.Decoder, natives: o.Natives, file: &model.File{},
		claimed:  map[string]doc.Place{},
		trees:    map[*doc.Node]*formula.Tree{},
		programs: map[doc.Expression]*formula.Program{},
		ofValues: map[doc.Expression]bool{},
		yields:   map[doc.Expression]bounds.Value{},
	}
	l.Decode(root, l.file)
	l.program = &Program{
		File: l.file, Symbols: map[string]formula.Symbol{},
		reach: map[doc.Expression]bounds.Range{}, ranges: map[int]bounds.Range{},
		score: -1, grade: -1, limit: -1, exposure: -1, available: -1, byHand: noneByHand,
	}
	l.rounding()
	if g := l.file.Grade; g != nil {
		l.grades = g.Names()
		l.program.Grades = l.grades
	}
	l.inputs()
	l.results()
	l.known()
	l.functions()
	l.values()
	l.expressions()
	l.readers()
	if c := l.file.Scoring; c != nil {
		l.unread(c)
	}
	l.check()
	l.criteria()
	l.schedule()
	l.findings(o.Partial)
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

	later         []string // the names of all values
	functionTable map[string]*formula.Function
	trees         map[*doc.Node]*formula.Tree // what was parsed, nil where that failed
	programs      map[doc.Expression]*formula.Program

	ofValues map[doc.Expression]bool         // the expressions under `values`
	space    *bounds.Space                   // what everything can be
	yields   map[doc.Expression]bounds.Value // what each expression can yield
}

// noRow is what is said of a table of which no row holds, before its name.
const noRow = "no row: "

// atom gives out the number of an atom.
func (l *linker) atom(a Atom) int { return l.program.atom(a) }

func (p *Program) atom(a Atom) int {
	p.Atoms = append(p.Atoms, a)
	return len(p.Atoms) - 1
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
			l.Errorf(d.Of("money"), "bad-choice", "money is always rounded: write the number of its decimal places")
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
		p.noGrade = l.atom(Atom{Kind: NoRow, Name: noRow + gradeName, Place: g.Place()})
		for _, a := range g.Attributes() {
			name := gradeName + "." + a.Name
			out := attribute{slot: l.define(name, &slot.Type{Kind: a.Kind}), atom: l.atom(Atom{Kind: NoRow, Name: name, Place: g.Place()})}
			for i := range l.grades {
				v, _ := g.Attribute(i, a.Name)
				out.values = append(out.values, v)
			}
			p.attributes = append(p.attributes, out)
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
	p := l.program // the card stays, and the linker should not
	c.Atom = func(id string) int { return p.atom(Atom{Kind: NoRow, Name: noRow + id, Place: c.Place()}) }
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

// unread takes the slots of points away that no expression reads: they need not be written then.
func (l *linker) unread(c *scoring.Card) {
	read := func(id string) bool {
		_, ok := l.program.readers[l.program.Symbols[pointsName+"."+id].Slot]
		return ok
	}
	for _, list := range [][]scoring.Indicator{c.Indicators, c.Modifiers} {
		for i := range list {
			if ind := &list[i]; !read(ind.ID.Value) {
				ind.SetSlot(-1)
			}
		}
	}
	for i := range c.Groups {
		g := &c.Groups[i]
		if !read(g.ID.Value) {
			g.SetSlot(-1)
		}
		l.unread(&g.Card)
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
		if f.Name.Node == nil || f.Value.Node == nil {
			continue // reported by the decoder
		}
		name, params, problems := formula.Signature(f.Name.Value)
		l.problems(f.Name, problems)
		if len(problems) > 0 {
			l.functionTable[word(f.Name.Value)] = nil // its calls are not reported as well
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
		l.functionTable[name] = nil
		if len(problems) == 0 {
			l.functionTable[name] = &formula.Function{Params: params, Body: body}
		}
	}
}

// word returns the name that s begins with.
func word(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !isIdentifier("_" + string(r)) })
	if end < 0 {
		return s
	}
	return s[:end]
}

// problems reports what is wrong in the expression t.
func (l *linker) problems(t doc.Text, problems []formula.Problem) {
	within := t.Node.Finder()
	for _, p := range problems {
		place, ok := within(p.Offset, p.Width)
		f := doc.Fault{Place: place, Code: p.Code, Message: p.Message, Hint: p.Hint}
		if !ok && t.Node != nil && t.Node.Source != nil {
			f.Hint = strings.TrimSpace(f.Hint + " (the place inside the text cannot be told: write the expression on one line)")
		}
		l.Fault(f)
	}
}

// poison makes name known as something that was reported already, so that its uses are not reported as well.
func (l *linker) poison(name string) {
	if _, ok := l.program.Symbols[name]; !ok {
		l.program.Symbols[name] = formula.Symbol{Slot: 0, Type: nil}
	}
}

// names returns the names that tree reads, also through functions of the policy. within are the functions that it stands in:
// recursion is reported where the call is compiled.
func (l *linker) names(tree *formula.Tree, within []string) []string {
	names := tree.Names()
	for _, call := range tree.Calls() {
		if f := l.functionTable[call]; f != nil && !slices.Contains(within, call) {
			for _, name := range l.names(f.Body, append(within, call)) {
				if !slices.Contains(f.Params, name) {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

// scope is what an expression can see. Undefined results are blamed on places in text.
func (l *linker) scope(text doc.Text) *formula.Scope {
	within := text.Node.Finder()
	return &formula.Scope{
		Symbols: l.program.Symbols, Later: l.later, Functions: l.functionTable, Natives: l.natives,
		Grades: l.grades, OnScale: l.onScale(),
		Atom: func(offset, width int, what string) int {
			place, _ := within(offset, width)
			return l.atom(Atom{Kind: Undefined, Name: what, Place: place})
		},
		Locals: l.program.slots,
	}
}

// onScale returns how many grades are on the ladder.
func (l *linker) onScale() int {
	if l.file.Grade == nil {
		return 0
	}
	return l.file.Grade.OnScale()
}

// isInput reports whether slot i holds an input.
func (l *linker) isInput(i int) bool { return i < len(l.program.Inputs) }

// compileTree compiles the tree of text, and sees to it that frames have room for its variables.
func (l *linker) compileTree(tree *formula.Tree, text doc.Text) (*formula.Program, []formula.Problem) {
	prog, problems := formula.Compile(tree, l.scope(text))
	if prog != nil {
		l.program.frame = max(l.program.frame, prog.Slots)
	}
	return prog, problems
}

// parse parses text once, and reports what is wrong with it; it returns nil then.
func (l *linker) parse(text doc.Text) *formula.Tree {
	if tree, known := l.trees[text.Node]; known {
		return tree
	}
	tree, problems := formula.Parse(text.Value)
	l.problems(text, problems)
	l.trees[text.Node] = tree
	return tree
}

// compile compiles text, or reports why it cannot and returns nil.
func (l *linker) compile(text doc.Text) *formula.Program {
	tree := l.parse(text)
	if tree == nil {
		return nil
	}
	prog, problems := l.compileTree(tree, text)
	l.problems(text, problems)
	if len(problems) > 0 || prog.Type == nil {
		return nil
	}
	return prog
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

// expressions compiles every expression of the file but those of the values.
func (l *linker) expressions() {
	for _, e := range l.Decoder.Expressions {
		if !l.ofValues[e] {
			l.expression(e)
		}
	}
}

// expression compiles e, which says itself what it must yield, or reports why it cannot and returns nil.
func (l *linker) expression(e doc.Expression) *formula.Program {
	switch e := e.(type) {
	case *slot.Operand:
		if prog := l.want(e.Source, slot.Number); prog != nil {
			l.programs[e], e.Shape = prog, prog
			if v, ok := prog.Const(); ok && v.Kind == slot.Number {
				e.SetConst(v.Num)
			} else {
				e.SetFunc(prog.Number())
			}
			v := l.reachOf(e, prog)
			e.Reach = slotReach(&v)
		}
	case *slot.Condition:
		if prog := l.want(e.Source, slot.Bool); prog != nil {
			l.programs[e], e.Shape = prog, prog
			e.SetFunc(prog.Bool())
			v := l.reachOf(e, prog)
			e.Reach = slotReach(&v)
		}
	case *slot.Any:
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
			v := l.reachOf(e, prog)
			e.Reach = slotReach(&v)
		}
	}
	return l.programs[e]
}

// check asks the sections whether they make sense.
func (l *linker) check() {
	p := l.program
	l.admission()
	l.reasonCodes()
	if e := l.file.Effective; e != nil && e.From != nil && e.Until != nil && e.Until.Day <= e.From.Day {
		l.Fault(doc.Errorf(e.Of("until"), "empty-range", "the policy is never in force: it ends before it begins").
			WithHint("`until` is the first day on which it is no longer in force"))
	}
	if c := l.file.Scoring; c != nil {
		l.domains(c)
		l.Faults = append(l.Faults, c.Check(p.Rounding)...)
	}
	if g := l.file.Grade; g != nil {
		faults := g.Check(p.Rounding.Score)
		l.Faults = append(l.Faults, faults...)
		if l.sound("inputs", "values", "functions", "grade") {
			l.Faults = append(l.Faults, g.Order(l.apart)...)
		}
		l.reach(g)
		l.attributes(g)
		if prog := l.programs[&g.Of]; prog != nil && prog.Type.Kind != slot.Grade && prog.Type.Kind != slot.String {
			l.Fault(doc.Errorf(g.Of.Place(), "wrong-type", "a grade is needed here, but `%s` is a %s", g.Of.Source.Value, prog.Type).
				WithHint("give a value of type grade, or a text that is the name of one; a score that is given is an indicator: `formula: %s`", g.Of.Source.Value))
		}
		if l.file.Scoring == nil && !g.Of.IsSet() {
			l.Fault(doc.Errorf(g.Place(), "missing-key", "a grade needs a score, but the policy has no section `scoring`").
				WithHint("add `scoring`, or say in `of` which value the grade is"))
		}
	}
	if t := l.file.Credit; t != nil {
		l.Faults = append(l.Faults, t.Check(p.Rounding.Money, l.grades)...)
	}
}

// reach holds the scale against the scores that the card can give. Each indicator is taken by itself, so that a score
// outside the interval is proved not to be, and one inside is not proved to be: what is found is a warning.
func (l *linker) reach(g *grade.Ladder) {
	c := l.file.Scoring
	if c == nil || g.Of.IsSet() || !l.sound("inputs", "values", "functions", "scoring", "grade") {
		return
	}
	scores, ok := c.Range()
	if !ok {
		return
	}
	var least, most *exact.Number
	if !scores.NoMin {
		least = &scores.Min
	}
	if !scores.NoMax {
		most = &scores.Max
	}
	r := g.Reach(least, most)
	for _, end := range []struct {
		open        bool
		what, where string
		at          *exact.Number
	}{{r.Low, "lowest", "below", least}, {r.High, "highest", "above", most}} {
		if end.open && end.at != nil && g.Gaps == "" {
			row := g.Outermost(end.at == most)
			l.Fault(doc.Warnf(row.Place(), "scale-gap", "the %s scores have no grade: the score can be %s, which is %s grade %s", end.what, end.at, end.where, row.Grade).
				WithHint("give grade %s another bound, add a grade, or write `gaps: refer` beside scale: customers without a grade are referred", row.Grade))
		}
	}
	can := l.reachable(g)
	for _, i := range r.Never {
		if can[i] { // by a rule, a transition, an override
			continue
		}
		l.Fault(doc.Warnf(g.Scale[i].Place(), "never-reached", "nobody can have grade %s: the score is between %s and %s", g.Scale[i].Grade, scores.Min, scores.Max).
			WithHint("look at the weights and at what each indicator can earn"))
	}
}

// attributes warns of grades that lack an attribute which is read and have one that looks like it.
func (l *linker) attributes(g *grade.Ladder) {
	read := map[int]bool{}
	for _, prog := range l.programs {
		for _, s := range prog.Reads {
			read[s] = true
		}
	}
	for i, a := range g.Attributes() {
		if i >= len(l.program.attributes) || !read[l.program.attributes[i].slot] {
			continue
		}
		for j, v := range l.program.attributes[i].values {
			if v.Kind == slot.Missing && !g.Scale[j].OffScale && g.Scale[j].Outcome != grade.Reject {
				var names []string
				for _, pair := range g.Scale[j].Rest {
					names = append(names, pair.Key.Text)
				}
				near := doc.Nearest(a.Name, names)
				if near == "" {
					continue // it may be left out on purpose: who has this grade is referred where it is read
				}
				l.Fault(doc.Warnf(g.Scale[j].Key(near), "missing-attribute", "grade %s has no `%s`, but grade.%s is read", g.Scale[j].Grade, a.Name, a.Name).
					WithHint("is `%s` misspelt?", near))
			}
		}
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
			l.Fault(doc.Errorf(c.ID.Place(), "duplicate-id", "there are two criteria %s", c.ID).See(at, "the first one is here").WithHint("give one of them another id"))
		}
		first[c.ID.Value] = c.ID.Place()
	}
}
