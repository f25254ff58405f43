package search

import (
	"reflect"
	"strings"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/table"
	"github.com/tallystick-go/tallystick/scoring"
)

// level is an edge of the policy: something changes where away is 0. away says how far a decision is from it, and ok is
// false where that cannot be told.
type level struct {
	away   func(*program.State) (away exact.Number, ok bool)
	inputs set // that can move it
}

// set is a set of inputs.
type set []bool

func (a set) or(b set) set {
	for i := range b {
		a[i] = a[i] || b[i]
	}
	return a
}

// gatherer finds the levels of a program, and what each input is compared with.
type gatherer struct {
	*Search
	reach map[int]set  // by slot: the inputs that it depends on
	loose []slot.Value // constants that items of lists may be compared with
}

// gather fills s.levels and the constants of s.inputs.
func (s *Search) gather() {
	g := &gatherer{Search: s, reach: map[int]set{}}
	p := s.program
	for i := range p.Inputs {
		g.reach[i] = g.none()
		g.reach[i][i] = true
	}
	g.results()
	s.read = g.readsOf(reflect.ValueOf(p.File))
	g.byHand()
	for i := range p.Values {
		v := &p.Values[i]
		s.read = s.read.or(g.reachOf(v.Slot))
		g.method(&v.Decl.Value.Of, v.Decl.Value.Method)
		if v.Table != nil {
			g.table(v.Table)
		}
	}
	eachExpr(reflect.ValueOf(p.File), g.expression)
	if c := p.File.Scoring; c != nil {
		g.card(c)
	}
	if l := p.File.Grade; l != nil {
		g.scale()
	}
	if t := p.File.Credit; t != nil {
		g.terms(t)
	}
	for i := range s.inputs {
		if k := p.Inputs[i].Type.Kind; k == slot.List || k == slot.Record {
			s.inputs[i].loose = g.loose
		}
	}
}

// byHand notes who may give a grade or a limit by hand, and where a limit that is given is the most that is allowed.
func (g *gatherer) byHand() {
	p := g.program
	by := func(names []string) {
		for i := range p.Inputs {
			in := &p.Inputs[i]
			g.read[i] = g.read[i] || in.Optional
			if in.Name == "override.by" {
				for _, name := range names {
					g.inputs[i].constants = append(g.inputs[i].constants, slot.Text(name))
				}
			}
		}
	}
	if l := p.File.Grade; l != nil && l.Override != nil {
		by(l.Override.By)
	}
	if t := p.File.Credit; t != nil && t.Overrides != nil {
		by(t.Overrides.By)
		g.level(func(s *program.State) (exact.Number, bool) {
			o := &s.Credit.Override
			return o.Limit.Sub(o.AtMost), o.HasAtMost
		}, g.all())
	}
}

func (g *gatherer) none() set { return make(set, len(g.inputs)) }

func (g *gatherer) all() set {
	a := g.none()
	for i := range a {
		a[i] = true
	}
	return a
}

// results notes what the score, the grade and the limit depend on; what comes after them, and what is not known, on all.
func (g *gatherer) results() {
	p := g.program
	reach := g.none()
	if c := p.File.Scoring; c != nil {
		reach = g.readsOf(reflect.ValueOf(c))
		for name, s := range p.Symbols {
			if name == "score" || strings.HasPrefix(name, "points.") {
				g.reach[s.Slot] = reach
			}
		}
	}
	if l := p.File.Grade; l != nil {
		reach = g.none().or(reach).or(g.readsOf(reflect.ValueOf(l)))
		for name, s := range p.Symbols {
			if name == "grade" || strings.HasPrefix(name, "grade.") {
				g.reach[s.Slot] = reach
			}
		}
	}
}

// reachOf returns the inputs that slot i depends on.
func (g *gatherer) reachOf(i int) set {
	if r, known := g.reach[i]; known {
		return r
	}
	for j := range g.program.Values {
		v := &g.program.Values[j]
		if v.Slot != i {
			continue
		}
		g.reach[i] = g.all() // should the table read what it cannot
		r := g.readsOf(reflect.ValueOf(&v.Decl.Value))
		if v.Table != nil {
			for k := range v.Table.Columns {
				c := &v.Table.Columns[k]
				if c.Fetch != nil {
					r = g.all()
				} else {
					r = r.or(g.reachOf(c.Slot))
				}
			}
		}
		g.reach[i] = r
		return r
	}
	return g.all()
}

// readsOf returns the inputs that the expressions in v depend on.
func (g *gatherer) readsOf(v reflect.Value) set {
	r := g.none()
	eachExpr(v, func(p *formula.Program) {
		for _, i := range p.Reads {
			r = r.or(g.reachOf(i))
		}
	})
	return r
}

// Types that hold nothing that is looked for.
var opaque = map[reflect.Type]bool{
	reflect.TypeFor[doc.Node](): true, reflect.TypeFor[doc.At](): true, reflect.TypeFor[doc.Text](): true,
	reflect.TypeFor[doc.Title](): true, reflect.TypeFor[doc.Pair](): true,
}

// walk shows see every value in v, in the order of declaration, and goes into those for which it returns true.
func walk(v reflect.Value, see func(v reflect.Value, key string) bool, key string) {
	if !v.IsValid() || opaque[v.Type()] || !see(v, key) {
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		walk(v.Elem(), see, key)
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			walk(v.Index(i), see, key)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				name, _, _ := strings.Cut(f.Tag.Get("key"), ",")
				walk(v.Field(i), see, name)
			}
		}
	}
}

// eachExpr shows see every expression in v.
func eachExpr(v reflect.Value, see func(*formula.Program)) {
	walk(v, func(v reflect.Value, _ string) bool {
		var shape any
		switch e := v.Interface().(type) {
		case slot.Operand:
			shape = e.Shape
		case slot.Condition:
			shape = e.Shape
		case slot.Any:
			shape = e.Shape
		default:
			return true
		}
		if p, ok := shape.(*formula.Program); ok && p.Root != nil {
			see(p)
		}
		return false
	}, "")
}

// expression notes what is compared in p.
func (g *gatherer) expression(p *formula.Program) { g.node(p.Root, false) }

// node notes what is compared in n; within a loop, constants are those of items.
func (g *gatherer) node(n formula.Node, loop bool) {
	switch n := n.(type) {
	case *formula.Binary:
		switch n.Op {
		case formula.OpEq, formula.OpNe, formula.OpLt, formula.OpLe, formula.OpGt, formula.OpGe:
			g.compare(n.X, n.Y)
		case formula.OpIn:
			switch list := n.Y.(type) {
			case *formula.Array:
				for _, item := range list.Items {
					g.compare(n.X, item)
				}
			case *formula.Range:
				g.compare(n.X, list.From)
				g.compare(n.X, list.To)
			case *formula.Const:
				for i := range list.Value.List {
					g.constant(n.X, &list.Value.List[i])
				}
			}
		case formula.OpContains, formula.OpStartsWith, formula.OpEndsWith:
			g.compare(n.X, n.Y)
		case formula.OpMatches:
			if k, ok := n.Y.(*formula.Const); ok {
				if text, ok := sample(k.Value.Str); ok {
					g.constant(n.X, &slot.Value{Kind: slot.String, Str: text})
				}
			}
		case formula.OpQuo, formula.OpRem:
			g.zero(n.Y)
		}
	case *formula.Call:
		if n.Name == "min" || n.Name == "max" || n.Name == "clamp" {
			for _, a := range n.Args[1:] {
				g.compare(n.Args[0], a)
			}
		}
	case *formula.Const:
		if loop {
			g.loose = append(g.loose, n.Value)
		}
	case *formula.Each:
		loop = true
	}
	for _, c := range n.Children() {
		g.node(c, loop)
	}
}

// compare notes that x and y are compared.
func (g *gatherer) compare(x, y formula.Node) {
	if k, ok := y.(*formula.Const); ok {
		g.constant(x, &k.Value)
		return
	}
	if k, ok := x.(*formula.Const); ok {
		g.constant(y, &k.Value)
		return
	}
	if counted(x) && counted(y) && !local(x) && !local(y) {
		g.level(difference(formula.Part(x), formula.Part(y)), g.reads(x).or(g.reads(y)))
	}
}

// constant notes that x is compared with v.
func (g *gatherer) constant(x formula.Node, v *slot.Value) {
	switch {
	case local(x):
		g.loose = append(g.loose, *v)
	case isInput(x, g.program):
		in := &g.inputs[x.(*formula.Read).Slot]
		in.constants = append(in.constants, *v)
	case v.Kind == slot.String:
		for i, can := range g.reads(x) {
			if can {
				g.inputs[i].constants = append(g.inputs[i].constants, *v)
			}
		}
	case counted(x):
		if k, ok := number(v); ok {
			part := formula.Part(x)
			g.level(difference(part, func(*slot.Frame) (slot.Value, slot.Absence) { return slot.Num(k), 0 }), g.reads(x))
		}
	}
}

// zero notes that something happens where x is 0.
func (g *gatherer) zero(x formula.Node) {
	if _, ok := x.(*formula.Const); !ok && !local(x) {
		g.constant(x, &slot.Value{Kind: slot.Number})
	}
}

// level adds a level that the inputs can move, unless none can.
func (g *gatherer) level(away func(*program.State) (exact.Number, bool), inputs set) {
	for _, can := range inputs {
		if can {
			g.levels = append(g.levels, level{away, inputs})
			return
		}
	}
}

// difference returns how far x is from y.
func difference(x, y func(*slot.Frame) (slot.Value, slot.Absence)) func(*program.State) (exact.Number, bool) {
	return func(s *program.State) (exact.Number, bool) {
		a, absentA := x(&s.Frame)
		b, absentB := y(&s.Frame)
		if s.Frame.TakeErr() != nil || absentA != 0 || absentB != 0 {
			return exact.Number{}, false
		}
		m, okA := number(&a)
		n, okB := number(&b)
		return m.Sub(n), okA && okB
	}
}

// reads returns the inputs that n depends on.
func (g *gatherer) reads(n formula.Node) set {
	r := g.none()
	if read, ok := n.(*formula.Read); ok {
		r = r.or(g.reachOf(read.Slot))
	}
	for _, c := range n.Children() {
		r = r.or(g.reads(c))
	}
	return r
}

// local reports whether n reads a variable, so that it has no value outside of its expression.
func local(n formula.Node) bool {
	if _, ok := n.(*formula.Local); ok {
		return true
	}
	for _, c := range n.Children() {
		if local(c) {
			return true
		}
	}
	return false
}

// counted reports whether n is a number or a date.
func counted(n formula.Node) bool {
	return n.Type().Kind == slot.Number || n.Type().Kind == slot.Date
}

func isInput(n formula.Node, p *program.Program) bool {
	read, ok := n.(*formula.Read)
	return ok && read.Slot < len(p.Inputs)
}

// rootOf returns what e was compiled to, nil where it was not.
func rootOf(shape any) formula.Node {
	if p, ok := shape.(*formula.Program); ok {
		return p.Root
	}
	return nil
}

// method notes the edges of a scoring method, which looks at of.
func (g *gatherer) method(of *slot.Any, m scoring.Method) {
	root := rootOf(of.Shape)
	if m == nil || root == nil {
		return
	}
	walk(reflect.ValueOf(m), func(v reflect.Value, key string) bool {
		if key == "points" || key == "share" || strings.HasSuffix(key, "_points") {
			return false
		}
		switch x := v.Interface().(type) {
		case exact.Number:
			g.constant(root, &slot.Value{Kind: slot.Number, Num: x})
			return false
		case slot.Operand:
			if n := rootOf(x.Shape); n != nil {
				g.compare(root, n)
			}
			return false
		case scoring.Category:
			for _, text := range x.Values {
				g.constant(root, &slot.Value{Kind: slot.String, Str: text})
				if n, err := exact.Parse(text); err == nil {
					g.constant(root, &slot.Value{Kind: slot.Number, Num: n})
				}
			}
			return false
		}
		return true
	}, "")
}

// table notes the cells of a decision table.
func (g *gatherer) table(t *table.Table) {
	for i := range t.Columns {
		c := &t.Columns[i]
		for j := range t.Rows {
			for k := range t.Rows[j].Cells {
				if cell := &t.Rows[j].Cells[k]; cell.Column == i {
					g.cell(c, &cell.Set)
				}
			}
		}
	}
}

func (g *gatherer) cell(c *table.Column, cell *table.Set) {
	reach := g.reachOf(c.Slot)
	own := c.Slot < len(g.inputs)
	for _, text := range cell.Texts {
		for i, can := range reach {
			if can {
				g.inputs[i].constants = append(g.inputs[i].constants, slot.Text(text))
			}
		}
	}
	edge := func(x exact.Number, open bool) {
		switch {
		case open:
		case own:
			g.inputs[c.Slot].constants = append(g.inputs[c.Slot].constants, ofNumber(c.Type.Kind, x))
		case c.Type.Kind == slot.Number || c.Type.Kind == slot.Date:
			at := c.Slot
			g.level(func(s *program.State) (exact.Number, bool) {
				n, ok := number(&s.Frame.Slots[at])
				return n.Sub(x), ok
			}, reach)
		}
	}
	for i := range cell.Spans {
		edge(cell.Spans[i].Low, cell.Spans[i].NoLow)
		edge(cell.Spans[i].High, cell.Spans[i].NoHigh)
	}
}

// ofNumber returns the value of kind k that is counted as x.
func ofNumber(k slot.Kind, x exact.Number) slot.Value {
	if k == slot.Number {
		return slot.Num(x)
	}
	n, _ := x.Floor().Int64()
	return slot.Value{Kind: k, Int: n}
}

// card notes the edges of the methods of c, and where points are held.
func (g *gatherer) card(c *scoring.Card) {
	for _, list := range [][]scoring.Indicator{c.Indicators, c.Modifiers} {
		for i := range list {
			ind := &list[i]
			g.method(&ind.Of, ind.Method)
			reach := g.readsOf(reflect.ValueOf(ind))
			id := ind.ID.Value
			g.level(func(s *program.State) (exact.Number, bool) {
				it := itemOf(s, id)
				if it == nil || it.Missing != 0 {
					return exact.Number{}, false
				}
				full, ok := it.Full()
				return it.Raw.Sub(full), ok
			}, reach)
			g.level(func(s *program.State) (exact.Number, bool) {
				it := itemOf(s, id)
				if it == nil || it.Missing != 0 {
					return exact.Number{}, false
				}
				return it.Raw, true
			}, reach)
		}
	}
	for i := range c.Groups {
		g.card(&c.Groups[i].Card)
	}
	reach := g.readsOf(reflect.ValueOf(g.program.File.Scoring))
	for i := range c.Caps {
		if at, ok := c.Caps[i].AtMost.IsConst(); ok {
			g.level(scoreAway(at), reach)
		}
	}
}

func itemOf(s *program.State, id string) *scoring.Item {
	for i := range s.Score.Items {
		if s.Score.Items[i].Indicator.ID.Value == id {
			return &s.Score.Items[i]
		}
	}
	return nil
}

func scoreAway(at exact.Number) func(*program.State) (exact.Number, bool) {
	return func(s *program.State) (exact.Number, bool) { return s.Score.Score.Sub(at), s.Score.HasScore }
}

// scale notes where grades begin and end.
func (g *gatherer) scale() {
	l := g.program.File.Grade
	if g.program.File.Scoring == nil || l.Of.IsSet() {
		return
	}
	reach := g.readsOf(reflect.ValueOf(g.program.File.Scoring))
	for i := range l.Scale {
		r := &l.Scale[i]
		for _, at := range []*exact.Number{r.Min, r.Above, r.Max, r.Below} {
			if at != nil {
				g.level(scoreAway(*at), reach)
			}
		}
	}
}

// terms notes where steps bind, where the limit is 0, where approval passes to another, where a request is too much.
func (g *gatherer) terms(t *credit.Terms) {
	all := g.all()
	g.steps(t.Steps, all, func(s *program.State) *credit.LimitResult { return &s.Credit.Limit })
	for i := range t.Segments {
		g.steps(t.Segments[i].Steps, all, func(s *program.State) *credit.LimitResult {
			if i >= len(s.Credit.Segments) || !s.Credit.Segments[i].Applies {
				return nil
			}
			return &s.Credit.Segments[i].Limit
		})
	}
	for i := range t.Approval {
		a := &t.Approval[i]
		if a.UpTo.IsSet() {
			g.level(func(s *program.State) (exact.Number, bool) {
				most, missing := a.UpTo.Eval(&s.Frame)
				l := &s.Credit.Limit
				return l.Amount.Value.Sub(most), s.Frame.TakeErr() == nil && missing == 0 && l.Has && !l.Amount.Unlimited
			}, all)
		}
	}
	if t.Requested != nil {
		g.level(func(s *program.State) (exact.Number, bool) {
			c := &s.Credit
			return c.Request.Amount.Sub(c.Available.Amount.Value), c.Request.Has && c.Available.Has && !c.Available.Amount.Unlimited
		}, all)
	}
}

// steps notes where each step that bounds does so, and where the limit is 0.
func (g *gatherer) steps(steps []credit.Step, all set, of func(*program.State) *credit.LimitResult) {
	for i := range steps {
		if !steps[i].AtMost.IsSet() && !steps[i].AtLeast.IsSet() {
			continue
		}
		g.level(func(s *program.State) (exact.Number, bool) {
			l := of(s)
			if l == nil || i >= len(l.Steps) || l.Steps[i].Effect > credit.Unchanged {
				return exact.Number{}, false
			}
			before := credit.Amount{}
			if i > 0 {
				before = l.Steps[i-1].After
			}
			return before.Value.Sub(l.Steps[i].Value), !before.Unlimited
		}, all)
	}
	if len(steps) > 0 {
		g.level(func(s *program.State) (exact.Number, bool) {
			l := of(s)
			if l == nil || !l.Has || l.Exact.Unlimited {
				return exact.Number{}, false
			}
			return l.Exact.Value, true
		}, all)
	}
}
