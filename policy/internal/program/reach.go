package program

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/bounds"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/policy/internal/record"
	"github.com/tallystick-go/tallystick/policy/internal/table"
	"github.com/tallystick-go/tallystick/scoring"
)

// Range returns what slot i can hold, whoever the customer is: an input what its declaration lets through, a value, the
// points, the score, the grade and the limit what follows from that. Where the range is only an outer bound, it says why.
func (p *Program) Range(i int) (r bounds.Range, ok bool) {
	r, ok = p.ranges[i]
	return r, ok
}

// RangeOf returns what an expression of the file can yield.
func (p *Program) RangeOf(e doc.Expression) (r bounds.Range, ok bool) {
	r, ok = p.reach[e]
	return r, ok
}

// reachOf works out what the expression e, compiled to prog, can yield, and reports what in it never has a result.
func (l *linker) reachOf(e doc.Expression, prog *formula.Program) bounds.Value {
	told := map[string]bool{}
	within := source(e).Node.Finder()
	place := func(n formula.Node) (at doc.Place, first bool) {
		offset, width := n.Span()
		at, _ = within(offset, width)
		first = !told[n.Text()] && !l.reported(at)
		told[n.Text()] = true
		return at, first
	}
	l.space.Undefined = func(n formula.Node) {
		if at, first := place(n); first {
			l.Fault(doc.Warnf(at, "undefined", "`%s` never has a result: it is missing for every customer", brief(n.Text())).
				WithHint("is something divided by 0 here?"))
		}
	}
	l.space.Idle = func(n formula.Node, v *bounds.Value) {
		offset, width := n.Span()
		if source := []rune(prog.Source); offset+width > len(source) || string(source[offset:offset+width]) != n.Text() {
			return // in a function, which may be called otherwise elsewhere
		}
		if at, first := place(n); first {
			l.idle(n, v, at)
		}
	}
	v := l.space.Of(prog)
	l.space.Undefined, l.space.Idle = nil, nil
	l.yields[e] = v
	return v
}

// slotReach returns what is known of v in the form in which scoring, grade and credit are told.
func slotReach(v *bounds.Value) *slot.Reach {
	r := &slot.Reach{NoMin: true, NoMax: true, Attained: v.Attained(), Why: v.Why, CanMiss: v.CanMiss()}
	if s, ok := v.Hull(); ok && v.Kind == slot.Number {
		r.Min, r.NoMin, r.OpenMin = s.Low, s.NoLow, s.LowOpen
		r.Max, r.NoMax, r.OpenMax = s.High, s.NoHigh, s.HighOpen
	}
	if v.Kind == slot.Bool {
		yes, no := slot.Truth(true), slot.Truth(false)
		r.CanHold, r.CanFail = v.Set.Accepts(&yes), v.Set.Accepts(&no)
	}
	r.Reads, _ = v.Reads()
	return r
}

// rangeOfInput returns what a record may say of an input.
func rangeOfInput(in *record.Input, grades []string) bounds.Range {
	k := in.Type.Kind
	r := bounds.Range{Set: sets.All(k), Full: true, Ends: true}
	span := sets.Everything()
	switch k {
	case slot.Number:
		if r.Places = -1; in.Decimals != nil {
			r.Places = *in.Decimals
		}
		if x := either(in.Min, in.Above); x != nil {
			span.Low, span.NoLow, span.LowOpen = *x, false, in.Min == nil
		}
		if x := either(in.Max, in.Below); x != nil {
			span.High, span.NoHigh, span.HighOpen = *x, false, in.Max == nil
		}
		r.Set = sets.Within(k, span)
	case slot.Date:
		if in.MinDate != nil {
			span.Low, span.NoLow = exact.Int(int64(*in.MinDate)), false
		}
		if in.MaxDate != nil {
			span.High, span.NoHigh = exact.Int(int64(*in.MaxDate)), false
		}
		r.Set = sets.Within(k, span)
	case slot.Bool:
		r.Set = ranks(slot.Bool, 2)
	case slot.Grade:
		r.Set = ranks(slot.Grade, len(grades))
	}
	if len(in.Ranges) > 0 {
		spans := make([]sets.Span, len(in.Ranges))
		for i, x := range in.Ranges {
			spans[i] = sets.Span{Low: x.Min, High: x.Max}
		}
		r.Set = r.Set.And(sets.Within(k, spans...))
	}
	if in.OneOf != nil {
		r.Set = r.Set.And(sets.OneOf(k, in.OneOf...))
	}
	if r.Set.Missing = sets.Accepted; in.Required {
		r.Set.Missing = sets.Refused
	}
	return r
}

// ranks returns the set of the first n grades, or of false and true.
func ranks(k slot.Kind, n int) sets.Set {
	values := make([]slot.Value, n)
	for i := range values {
		values[i] = slot.Value{Kind: k, Int: int64(i)}
	}
	return sets.OneOf(k, values...)
}

// either returns the one of two bounds that is there.
func either(a, b *exact.Number) *exact.Number {
	if a != nil {
		return a
	}
	return b
}

// known tells the space what is in the slots before anything is worked out.
func (l *linker) known() {
	p := l.program
	l.space = bounds.NewSpace(len(l.grades), l.onScale())
	for i := range p.Inputs {
		r := rangeOfInput(&p.Inputs[i], l.grades)
		l.space.Declare(i, p.Inputs[i].Type, r)
		l.space.DeclareParts(i, l.partsReach(&p.Inputs[i]))
		if r.Empty() {
			l.emptyInput(&p.Inputs[i])
		}
	}
	day := bounds.Range{Set: sets.All(slot.Date), Full: true, Ends: true}
	if e := l.file.Effective; e != nil {
		span := sets.Everything()
		if e.From != nil {
			span.Low, span.NoLow = exact.Int(int64(e.From.Day)), false
		}
		if e.Until != nil {
			span.High, span.NoHigh = exact.Int(int64(e.Until.Day)-1), false
		}
		day.Set = sets.Within(slot.Date, span)
	}
	day.Set.Missing = sets.Refused
	l.space.Declare(p.asOf, slot.DateType, day)
	for _, name := range l.resultNames() {
		s := p.Symbols[name]
		r := bounds.Anything(s.Type, "it is worked out later")
		if s.Type.Kind == slot.Grade {
			r.Set = ranks(slot.Grade, len(l.grades))
			r.Set.Missing = sets.Accepted
		}
		l.space.DeclareWith(s.Slot, s.Type, r, nil)
	}
}

// partsReach returns what a record may say of an input and its parts.
func (l *linker) partsReach(in *record.Input) *bounds.Parts {
	out := &bounds.Parts{Range: rangeOfInput(in, l.grades)}
	if in.Item != nil {
		out.Item = l.partsReach(in.Item)
	}
	for i := range in.Fields {
		out.Fields = append(out.Fields, *l.partsReach(&in.Fields[i]))
	}
	return out
}

// emptyInput reports an input that no value is right for.
func (l *linker) emptyInput(in *record.Input) {
	for i := range l.file.Inputs {
		if decl := &l.file.Inputs[i]; decl.Name.Value == in.Name {
			l.emptyRange(&decl.Value, in.Name, decl.Name.Place())
		}
	}
}

// emptyRange reports an input, or a part of one, that no value is right for, unless its bounds were reported.
func (l *linker) emptyRange(decl *model.Input, name string, place doc.Place) {
	if l.reported(place) {
		return
	}
	for _, key := range []string{"ranges", "one_of"} { // a range of them, or a value, may have been reported
		if n := decl.Node().Get(key); n != nil && (l.reported(n.Place) || len(n.Items) == 0) {
			return
		}
	}
	l.Fault(doc.Errorf(place, "empty-range", "no value of %s can be right: nothing meets all that is said of it", name).
		WithHint("look at its bounds, its `decimals`, `ranges` and `one_of`"))
}

// resultNames returns the names of what the sections find out, in the order of their slots.
func (l *linker) resultNames() (names []string) {
	p := l.program
	for name, s := range p.Symbols {
		if s.Slot > p.asOf {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return p.Symbols[a].Slot - p.Symbols[b].Slot })
	return names
}

// valueReach notes what a value can be.
func (l *linker) valueReach(v *Value) {
	decl := &v.Decl.Value
	var r bounds.Range
	switch {
	case v.Table != nil:
		r = l.tableReach(v)
	case decl.Method != nil:
		r = l.methodReach(v)
	default:
		e := l.yields[&decl.Expr]
		if v.fallback == nil {
			l.space.Define(v.Slot, e)
			return
		}
		r = e.Range
	}
	if v.fallback != nil {
		r = l.orElse(r, v)
	}
	l.space.DeclareWith(v.Slot, v.Type, r, l.dependsOn(v.reads))
}

// orElse returns r, or what stands in where the value is missing.
func (l *linker) orElse(r bounds.Range, v *Value) bounds.Range {
	if !r.CanMiss() {
		return r
	}
	other := bounds.Anything(v.Type, "nothing is known of what stands in where it is missing")
	if prog := l.programs[&v.Decl.Value.Missing]; prog != nil && prog.Type.Same(v.Type) {
		other = l.yields[&v.Decl.Value.Missing].Range
	}
	return r.OrElse(other)
}

// dependsOn returns the slots of the record that what is in slots depends on; nil where that may be any.
func (l *linker) dependsOn(slots []int) []int {
	out := []int{}
	for _, i := range slots {
		v, ok := l.space.Slot(i)
		if !ok {
			return nil
		}
		reads, all := v.Reads()
		if all {
			return nil
		}
		out = append(out, reads...)
	}
	return sorted(out)
}

// tableReach returns what a table can give.
func (l *linker) tableReach(v *Value) bounds.Range {
	t := v.Table
	r := bounds.Anything(v.Type, "it is the result of a table")
	results := bounds.Range{Set: sets.Set{Kind: v.Type.Kind, Missing: sets.Refused}}
	for i := range t.Rows {
		row := bounds.Just(t.Rows[i].Is)
		if of := &v.Decl.Value.Rows[i].Of; of.Source.Node != nil {
			row = l.yields[of].Range
		}
		results = results.Or(row)
	}
	if t.Otherwise != nil {
		results = results.Or(bounds.Just(*t.Otherwise))
	}
	results.Full, results.Ends, results.Why = false, false, r.Why
	switch t.Hit {
	case table.Count:
		r.Set, r.Places = sets.Within(slot.Number, sets.Span{High: exact.Int(int64(len(t.Rows)))}), 0
		r.Set.Missing = sets.Accepted
	case table.Sum, table.List, table.OutputOrder:
	default:
		switch v.Type.Kind {
		case slot.Number, slot.String, slot.Bool, slot.Date, slot.Grade:
			if r = results; !l.total(v) {
				r.Set.Missing = sets.Accepted
			}
		}
	}
	return r
}

// total reports whether a table is proved to give the result of a row to everybody.
func (l *linker) total(v *Value) bool {
	for i := range v.Table.Rows {
		if v.Table.Rows[i].When == nil {
			continue
		}
		if r := l.yields[&v.Decl.Value.Rows[i].When].Range; r.CanMiss() {
			return false
		}
	}
	return v.Table.Total()
}

// methodReach returns the points that the method of a value can give.
func (l *linker) methodReach(v *Value) bounds.Range {
	r := bounds.Anything(v.Type, "it is the points of a method")
	of := scoring.Everything()
	if d := l.domainOf(&v.Decl.Value.Of); d != nil {
		of = d.Interval
	}
	if points, ok := scoring.RangeOf(v.Decl.Value.Method, of, scoring.Number{}); ok {
		r.Set = sets.Within(slot.Number, spanOf(points))
		r.Set.Missing = sets.Accepted
	}
	return r
}

// spanOf returns an interval of scoring as a span.
func spanOf(v scoring.Interval) sets.Span {
	return sets.Span{Low: v.Min, NoLow: v.NoMin, High: v.Max, NoHigh: v.NoMax}
}
