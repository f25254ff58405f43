package program

import (
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// unused warns of inputs, values and functions that nothing reads. The first required text is taken to be the name of the
// customer, and other texts may be there for reports: of these there is only a note.
func (l *linker) unused() {
	p := l.program
	read := map[int]bool{}
	for _, prog := range l.programs {
		for _, i := range prog.Reads {
			read[i] = true
		}
	}
	for i := range p.Values {
		for _, j := range p.Values[i].reads {
			read[j] = true
		}
	}
	called := l.called()
	for name, f := range l.functionTable {
		if called[name] {
			continue
		}
		for _, n := range f.Names() { // what only such a function reads is not reported as well
			if s, ok := p.Symbols[n]; ok {
				read[s.Slot] = true
			}
		}
	}
	named := false
	for i := range l.file.Inputs {
		in := &l.file.Inputs[i]
		s, ok := p.Symbols[in.Name.Value]
		isText := ok && s.Type.Kind == slot.String
		first := isText && in.Value.Required && !named
		named = named || first
		if !ok || read[s.Slot] || first {
			continue
		}
		f := doc.Warnf(in.Name.Place(), "unused-input", "nothing reads the input %s", in.Name).
			WithHint("use it in an expression, or take it away")
		if isText {
			f.Severity = doc.Note
		}
		l.Fault(f)
	}
	// A value may be a result of its own, which decisions show; in a policy without these the values are all that it is for.
	reader := l.file.Admission != nil || l.file.Scoring != nil || l.file.Credit != nil
	for i := range p.Values {
		v := &p.Values[i]
		if reader && !read[v.Slot] {
			f := doc.Warnf(v.Decl.Name.Place(), "unused-value", "nothing reads the value %s", v.Decl.Name).
				WithHint("decisions show it: if that is not what it is for, use it or take it away")
			f.Severity = doc.Note
			l.Fault(f)
		}
	}
	for i := range l.file.Functions {
		f := &l.file.Functions[i]
		name, _, _ := strings.Cut(f.Name.Value, "(")
		if name = strings.TrimSpace(name); l.functionTable[name] != nil && !called[name] {
			l.Fault(doc.Warnf(f.Name.Place(), "unused-function", "nothing calls the function %s, so that its types were not checked", name).
				WithHint("call it, or take it away"))
			l.uncalled(l.functionTable[name], f.Value.Place())
		}
	}
}

// uncalled reports names in a function that nobody calls, whose body nothing else has looked at.
func (l *linker) uncalled(f *formula.Function, at doc.Place) {
	var names, functions []string
	for name := range l.program.Symbols {
		names = append(names, name)
	}
	for name := range l.functionTable {
		functions = append(functions, name)
	}
	functions = append(functions, formula.Builtins()...)
	slices.Sort(names)
	slices.Sort(functions)
	for _, name := range f.Names() {
		known := slices.ContainsFunc(names, func(s string) bool {
			return s == name || strings.HasPrefix(s, name+".") || strings.HasPrefix(name, s+".")
		})
		if !known {
			l.Fault(doc.Errorf(at, "unknown-name", "there is no name `%s`", name).WithHint("%s", doc.Suggest(name, names)))
		}
	}
	for _, name := range f.Body.Calls() {
		if _, native := l.natives[name]; !native && l.functionTable[name] == nil {
			l.Fault(doc.Errorf(at, "unknown-function", "there is no function `%s`", name).WithHint("%s", doc.Suggest(name, functions)))
		}
	}
}

// called returns the functions of the policy that an expression calls, also by way of others.
func (l *linker) called() map[string]bool {
	out := map[string]bool{}
	var visit func(calls []string)
	visit = func(calls []string) {
		for _, name := range calls {
			if f := l.functionTable[name]; f != nil && !out[name] {
				out[name] = true
				visit(f.Body.Calls())
			}
		}
	}
	for _, e := range l.Decoder.Expressions {
		if tree := l.trees[source(e).Node]; tree != nil {
			visit(tree.Calls())
		}
	}
	return out
}

// forbidden reports inputs that must not influence the score and do.
func (l *linker) forbidden() {
	c := l.file.Scoring
	if c == nil || len(c.Forbid) == 0 {
		return
	}
	var inputs []string
	for i := range l.file.Inputs {
		inputs = append(inputs, l.file.Inputs[i].Name.Value)
	}
	forbidden := map[int]doc.Text{}
	for _, name := range c.Forbid {
		s, known := l.program.Symbols[name.Value]
		if !slices.Contains(inputs, name.Value) || !known {
			l.Fault(doc.Errorf(name.Place(), "unknown-name", "there is no input %s", name).WithHint("%s", doc.Suggest(name.Value, inputs)))
			continue
		}
		forbidden[s.Slot] = name
	}
	byValue := map[int]*Value{}
	for i := range l.program.Values {
		byValue[l.program.Values[i].Slot] = &l.program.Values[i]
	}
	told := map[string]bool{}
	for _, e := range l.Decoder.Expressions {
		prog := l.programs[e]
		if prog == nil || !within(l.file.Node(), source(e).Place(), []string{"scoring"}) {
			continue
		}
		for _, slotOf := range sortedSlots(forbidden) {
			path := l.pathFrom(slotOf, prog.Reads, byValue, map[int]bool{})
			if path == nil {
				continue
			}
			name := forbidden[slotOf]
			place := source(e).Place()
			full := strings.Join(append(path, l.scoredBy(place)), " -> ")
			if told[full] {
				continue
			}
			told[full] = true
			l.Fault(doc.Errorf(place, "forbidden-input", "the score must not depend on %s, but it does: %s", name, full).
				See(name.Place(), "it is forbidden here").WithHint("take it out of the score, or out of `forbid`"))
		}
	}
}

func sortedSlots(m map[int]doc.Text) []int {
	out := make([]int, 0, len(m))
	for i := range m {
		out = append(out, i)
	}
	slices.Sort(out)
	return out
}

// pathFrom returns by way of which values slot i is among reads, or in what they are worked out from: the input first. Nil:
// it is not.
func (l *linker) pathFrom(i int, reads []int, values map[int]*Value, seen map[int]bool) []string {
	if slices.Contains(reads, i) {
		return []string{l.nameOf(i)}
	}
	for _, r := range reads {
		v := values[r]
		if v == nil || seen[r] {
			continue
		}
		seen[r] = true
		if path := l.pathFrom(i, v.reads, values, seen); path != nil {
			return append(path, "value "+v.Decl.Name.Value)
		}
	}
	return nil
}

// scoredBy names the part of the scorecard that what stands at place belongs to.
func (l *linker) scoredBy(place doc.Place) string {
	name, at := "scoring", doc.Place{}
	consider := func(p doc.Place, text string) {
		if p.Known() && !place.Before(p) && at.Before(p) {
			name, at = text, p
		}
	}
	for _, p := range l.file.Scoring.Node().Pairs {
		consider(p.Key.Place, p.Key.Text)
	}
	l.identified(l.file.Node().Get("scoring"), consider)
	return name
}

// identified tells f of everything with an id below n.
func (l *linker) identified(n *doc.Node, f func(doc.Place, string)) {
	if n == nil {
		return
	}
	singular := map[string]string{"indicators": "indicator", "modifiers": "modifier", "adjustments": "adjustment", "caps": "cap", "groups": "group"}
	for _, p := range n.Pairs {
		kind, ok := singular[p.Key.Text]
		if !ok {
			continue
		}
		for _, item := range p.Value.Items {
			if id := item.Get("id"); id != nil {
				f(item.Place, kind+" "+id.Text)
			}
			l.identified(item, f)
		}
	}
}
