package bounds

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// Of returns what is known of a compiled expression.
func (s *Space) Of(p *formula.Program) Value {
	if p == nil || p.Root == nil {
		return Value{Range: Anything(nil, ""), term: -1}
	}
	e := evaluator{Space: s}
	v := *e.eval(p.Root)
	if v.Kind == slot.Bool {
		v.Range = e.truth(&v)
	}
	return v
}

// evaluator goes through one expression.
type evaluator struct {
	*Space
	facts  box   // what is known where the part at hand is looked at
	loose  []int // slots of which facts say less than is known
	locals map[int]local
}

// local is a variable of the expression.
type local struct {
	value *Value
	key   string
	parts *Parts // of an item of a list
}

// under returns the evaluator for parts that are looked at in r only; ok is false where nobody is.
func (e *evaluator) under(r Region) (in *evaluator, ok bool) {
	if r.isNowhere() {
		return nil, false
	}
	out := *e
	if r.unknown {
		out.loose = []int{everySlot}
		return &out, true
	}
	around := slices.Clone(r.boxes[0])
	for _, b := range r.boxes[1:] {
		around = join(around, b)
	}
	if out.facts, ok = e.both(e.facts, around); !ok {
		return nil, false
	}
	for _, b := range r.boxes {
		for _, l := range b {
			if len(r.boxes) > 1 {
				out.loose = union(out.loose, e.terms[l.term].reads)
			}
		}
	}
	return &out, true
}

// join returns the smallest box that holds a and b.
func join(a, b box) (out box) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].term < b[j].term:
			i++
		case a[i].term > b[j].term:
			j++
		default:
			out = append(out, limit{a[i].term, a[i].set.Or(b[j].set)})
			i++
			j++
		}
	}
	return out
}

// of returns the range of a term here.
func (e *evaluator) of(id int) Range {
	d := e.terms[id].domain
	for i := range e.facts {
		if e.facts[i].term == id {
			return d.within(&e.facts[i].set)
		}
	}
	return d
}

// wideOf returns the range of a term anywhere.
func (e *evaluator) wideOf(id int) Range { return e.terms[id].domain }

// trust drops from r what facts on other terms make doubtful.
func (e *evaluator) trust(v *Value) {
	if !v.Full && !v.Ends {
		return
	}
	doubt := !disjoint(e.loose, v.reads) && len(e.loose) > 0
	for i := range e.facts {
		t := e.facts[i].term
		mine := t == v.term || slices.ContainsFunc(v.form.parts, func(p part) bool { return p.term == t })
		doubt = doubt || !mine && !disjoint(e.terms[t].reads, v.reads)
	}
	if doubt {
		v.Full, v.Ends, v.Why = false, false, "it is looked at under a condition on the same data"
	}
}

// narrow returns v as it is here.
func (e *evaluator) narrow(v *Value) *Value {
	if len(e.facts) == 0 && len(e.loose) == 0 {
		return v
	}
	out := *v
	switch {
	case v.fixed != nil:
		return v
	case len(v.form.parts) > 0:
		if r := e.rangeOf(&v.form, e.of); e.touches(v) {
			known := v.Range
			known.Full, known.Ends = false, false
			out.Range = meet(known, r)
			out.Range.Set.Missing = r.Set.Missing
		}
	case v.term >= 0:
		out.Range = e.of(v.term)
	}
	e.trust(&out)
	return &out
}

// touches reports whether something is known here of what v depends on.
func (e *evaluator) touches(v *Value) bool {
	for i := range e.facts {
		if !disjoint(e.terms[e.facts[i].term].reads, v.reads) {
			return true
		}
	}
	return false
}

// eval returns what a part of the expression can be.
func (e *evaluator) eval(n formula.Node) *Value {
	switch n := n.(type) {
	case *formula.Const:
		return constant(n.Value)
	case *formula.Read:
		if v := e.slots[n.Slot]; v != nil {
			return e.narrow(v)
		}
	case *formula.Local:
		if v, ok := e.locals[n.Slot]; ok && v.value != nil {
			return e.narrow(v.value)
		}
		return e.opaque(n, e.ofPart(n))
	case *formula.Unary:
		if n.Op == formula.OpNot {
			x := e.eval(n.X)
			return &Value{Kind: slot.Bool, True: x.False, False: x.True, reads: x.reads, term: -1}
		}
		return e.operate(e.scaled(e.eval(n.X), exact.Int(-1)))
	case *formula.Binary:
		return e.binary(n)
	case *formula.Cond:
		return e.cond(n)
	case *formula.Let:
		return e.let(n)
	case *formula.Call:
		return e.call(n)
	case *formula.Each:
		return e.each(n)
	case *formula.Item, *formula.Field, *formula.Pick, *formula.NativeCall, *formula.Array, *formula.Range:
		for _, child := range n.Children() {
			e.eval(child)
		}
		return e.opaque(n, e.ofPart(n))
	}
	return e.opaque(n, Anything(n.Type(), "nothing is known of `"+n.Text()+"`"))
}

// constant returns a value that is known.
func constant(v slot.Value) *Value {
	out := &Value{Kind: v.Kind, term: -1, fixed: &v}
	switch v.Kind {
	case slot.Number:
		out.form.c = v.Num
	case slot.Date:
		out.form.c = exact.Int(v.Int)
	case slot.Bool:
		if out.True = Everywhere(); v.Int == 0 {
			out.True, out.False = Region{}, Everywhere()
		}
	case slot.List, slot.Record:
		out.Range = Range{Set: sets.Set{Kind: v.Kind, Missing: sets.Refused}}
		out.wide = out.Range
		return out
	}
	out.Range = Just(v)
	out.wide = out.Range
	return out
}

// opaque returns a part as a term of its own, with the range r wherever it stands.
func (e *evaluator) opaque(n formula.Node, r Range) *Value {
	return e.named(e.keyOf(n), n.Type().Kind, r, e.readsOf(n))
}

// named returns the term of this key, which is made where there is none yet.
func (e *evaluator) named(key string, k slot.Kind, r Range, reads []int) *Value {
	id, known := e.index[key]
	if !known {
		if r.Set.Missing != sets.Refused {
			r.Set.Missing = sets.Accepted
		}
		r.settle()
		id = e.add(key, r, reads)
	}
	return e.narrow(e.ofTerm(id, k))
}

// readsOf returns the slots that a part depends on.
func (e *evaluator) readsOf(n formula.Node) (reads []int) {
	switch n := n.(type) {
	case *formula.Read:
		if v := e.slots[n.Slot]; v != nil {
			return v.reads
		}
		return []int{everySlot}
	case *formula.Local:
		if v := e.locals[n.Slot].value; v != nil {
			return v.reads
		}
		return nil // an item: its list is read as well
	}
	for _, child := range n.Children() {
		reads = union(reads, e.readsOf(child))
	}
	return reads
}

// truth returns what a condition can be here.
func (e *evaluator) truth(v *Value) Range {
	r := Range{Set: sets.Set{Kind: slot.Bool, Missing: sets.Accepted}}
	here := Region{boxes: []box{e.facts}}
	var can []slot.Value
	for i, region := range []Region{v.False, v.True} {
		if part := e.And(here, region); !part.isNowhere() {
			can = append(can, slot.Truth(i == 1))
		}
	}
	r.Set = sets.OneOf(slot.Bool, can...)
	r.Set.Missing = sets.Accepted
	if e.Covers(here, e.Or(v.True, v.False)) {
		r.Set.Missing = sets.Refused
	}
	r.Full = len(can) == 1 && e.surely(Everywhere()) || e.surely(v.True) && e.surely(v.False)
	r.Ends = r.Full
	return r
}

// surely reports whether it is proved that somebody who is looked at here is in r.
func (e *evaluator) surely(r Region) bool {
	return len(e.loose) == 0 && e.certain(e.And(Region{boxes: []box{e.facts}}, r))
}

// certain reports whether it is proved that somebody is in r: its terms do not depend on each other, and have every value
// that r asks of them.
func (s *Space) certain(r Region) bool {
	for _, b := range r.boxes {
		var reads []int
		good := true
		for _, l := range b {
			t := &s.terms[l.term]
			good = good && t.domain.Full && disjoint(reads, t.reads)
			reads = union(reads, t.reads)
		}
		if good {
			return true
		}
	}
	return false
}

// let evaluates a variable and then what it is for.
func (e *evaluator) let(n *formula.Let) *Value {
	return e.with(n.Slot, local{e.eval(n.Value), e.variableKey(n.Value), e.partsOf(n.Value)}).eval(n.Body)
}

// with returns e with a variable.
func (e *evaluator) with(i int, l local) *evaluator {
	out := *e
	out.locals = make(map[int]local, len(e.locals)+1)
	for k, v := range e.locals {
		out.locals[k] = v
	}
	out.locals[i] = l
	return &out
}

// cond evaluates both sides, each where it is taken.
func (e *evaluator) cond(n *formula.Cond) *Value {
	c := e.eval(n.If)
	if e.Idle != nil && (e.Never(c.True) != e.Never(c.False)) {
		e.Idle(n.If, c)
	}
	return e.choose(n, e.choices(c, n.Then, n.Else))
}

// choices evaluates what stands behind a condition.
func (e *evaluator) choices(c *Value, then, other formula.Node) (out []choice) {
	for i, r := range []Region{c.True, c.False} {
		if in, ok := e.under(r); ok {
			out = append(out, choice{r, in.eval([]formula.Node{then, other}[i])})
		}
	}
	return out
}

// maxCases bounds how many values a value is said to be one of.
const maxCases = 8

// choose returns a value that is one of several, each in its region; elsewhere it is missing.
func (e *evaluator) choose(n formula.Node, of []choice) *Value {
	k := n.Type().Kind
	var flat []choice
	all := Region{}
	r := Range{Set: sets.Set{Kind: k, Missing: sets.Refused}, Full: true, Ends: true}
	wide := r
	certain := true
	for i, c := range of {
		all = e.Or(all, c.where)
		certain = certain && e.surely(c.where)
		if i == 0 {
			r, wide = c.value.Range, c.value.wide
		} else {
			r, wide = either(r, c.value.Range), either(wide, c.value.wide)
		}
		if c.value.cases == nil {
			flat = append(flat, c)
			continue
		}
		for _, inner := range c.value.cases {
			if where := e.And(c.where, inner.where); !where.isNowhere() {
				flat = append(flat, choice{where, inner.value})
			}
		}
	}
	if len(of) == 0 {
		r.Set.Missing, wide.Set.Missing = sets.Accepted, sets.Accepted
	}
	if !e.Covers(Region{boxes: []box{e.facts}}, all) {
		r.Set.Missing = sets.Accepted
	}
	if !certain && len(of) > 1 {
		r.Full, r.Ends = false, false
		if r.Why == "" {
			r.Why = "it is not known whether both sides of `" + n.Text() + "` can be"
		}
	}
	if k == slot.Bool {
		out := &Value{Kind: k, term: -1, reads: e.readsOf(n)}
		for _, c := range of {
			out.True, out.False = e.Or(out.True, e.And(c.where, c.value.True)), e.Or(out.False, e.And(c.where, c.value.False))
		}
		return out
	}
	if len(e.facts) == 0 && len(e.loose) == 0 {
		wide = r
	} else {
		wide.Full, wide.Ends, wide.Set.Missing = false, false, sets.Accepted
	}
	v := *e.named(e.keyOf(n), k, wide, e.readsOf(n))
	v.Range, v.wide = r, wide
	if len(flat) <= maxCases {
		v.cases = flat
	}
	return &v
}
