package bounds

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// binary evaluates an operator with two sides.
func (e *evaluator) binary(n *formula.Binary) *Value {
	switch n.Op {
	case formula.OpAdd, formula.OpSub, formula.OpMul, formula.OpQuo, formula.OpRem, formula.OpPow:
		return e.arithmetic(n)
	case formula.OpElse:
		return e.otherwise(n)
	case formula.OpJoin:
		e.eval(n.X)
		e.eval(n.Y)
		return e.opaque(n, Anything(n.Type(), "nothing is known of a text that is put together"))
	}
	x := e.eval(n.X)
	switch n.Op {
	case formula.OpAnd:
		y := e.eval(n.Y)
		return e.condition(n, e.And(x.True, y.True), e.Or(x.False, y.False))
	case formula.OpOr:
		y := e.eval(n.Y)
		return e.condition(n, e.Or(x.True, y.True), e.And(x.False, y.False))
	case formula.OpIn:
		return e.in(n, x)
	}
	y := e.eval(n.Y)
	switch n.Op {
	case formula.OpEq, formula.OpNe, formula.OpLt, formula.OpLe, formula.OpGt, formula.OpGe:
		yes, no := e.compare(n, n.Op, x, y)
		if len(e.facts) > 0 && bothThere(x, y) {
			no = e.Without(Region{boxes: []box{e.facts}}, yes)
		}
		return e.condition(n, yes, no)
	}
	return e.textTest(n, x, y)
}

// condition returns a condition that holds in one region and not in the other.
func (e *evaluator) condition(n formula.Node, yes, no Region) *Value {
	return &Value{Kind: slot.Bool, True: yes, False: no, reads: e.readsOf(n), term: -1}
}

// unsure returns a condition of which it is not known when it holds.
func (e *evaluator) unsure(n formula.Node) (yes, no Region) {
	v := e.opaque(n, Anything(slot.BoolType, "nothing is known of `"+n.Text()+"`"))
	return v.True, v.False
}

// compare returns where x op y holds and where not.
func (e *evaluator) compare(n formula.Node, op formula.Op, x, y *Value) (yes, no Region) {
	if len(x.cases)*max(len(y.cases), 1) > 0 || len(y.cases) > 0 {
		return e.compareCases(n, op, x, y)
	}
	switch x.Kind {
	case slot.Number, slot.Date:
		return e.compareNumbers(n, op, x, y)
	case slot.Bool:
		same, differ := e.Or(e.And(x.True, y.True), e.And(x.False, y.False)), e.Or(e.And(x.True, y.False), e.And(x.False, y.True))
		if op == formula.OpNe {
			return differ, same
		}
		return same, differ
	}
	if x.fixed != nil {
		x, y, op = y, x, turned(op)
	}
	switch {
	case y.fixed == nil || x.term < 0:
		return e.unsure(n)
	case x.Kind == slot.Grade && op != formula.OpEq && op != formula.OpNe:
		return e.compareGrades(op, x, y.fixed.Int)
	}
	set := sets.Just(*y.fixed)
	yes, no = e.split(x.term, set)
	if op == formula.OpNe {
		yes, no = no, yes
	}
	return yes, no
}

// bothThere reports whether x and y are there, if only where they are looked at, so that a comparison holds or fails.
// Grades off the ladder are there, but have no order.
func bothThere(x, y *Value) bool {
	return (x.Kind == slot.Number || x.Kind == slot.Date) && !x.CanMiss() && !y.CanMiss()
}

// compareCases compares each that x can be with each that y can be.
func (e *evaluator) compareCases(n formula.Node, op formula.Op, x, y *Value) (yes, no Region) {
	one := func(v *Value) []choice {
		if v.cases == nil {
			return []choice{{Everywhere(), v}}
		}
		return v.cases
	}
	for _, a := range one(x) {
		for _, b := range one(y) {
			where := e.And(a.where, b.where)
			if where.isNowhere() {
				continue
			}
			t, f := e.compare(n, op, a.value, b.value)
			t, f = e.And(where, t), e.And(where, f)
			if bothThere(a.value, b.value) {
				f = e.Without(where, t)
			}
			yes, no = e.Or(yes, t), e.Or(no, f)
		}
	}
	return yes, no
}

// split returns where a term has a value of set, and where it has another.
func (e *evaluator) split(term int, set sets.Set) (yes, no Region) {
	return e.where(term, present(set)), e.where(term, present(set.Not()))
}

// compareNumbers compares by the sign of the difference.
func (e *evaluator) compareNumbers(n formula.Node, op formula.Op, x, y *Value) (yes, no Region) {
	form := x.form.plus(&y.form, exact.Int(-1))
	there := Everywhere()
	for _, t := range form.also {
		there = e.And(there, e.there(t))
	}
	if len(form.parts) == 0 {
		if op.Holds(form.c.Sign()) {
			return there, Region{}
		}
		return Region{}, there
	}
	normal, k := form.normal()
	if k.Sign() < 0 {
		op = turned(op)
	}
	inverse, _ := exact.Int(1).Quo(k)
	yes, no = e.split(e.termOf(&normal, x, y), against(op, form.c.Mul(inverse).Neg()))
	return e.And(there, yes), e.And(there, no)
}

// termOf returns the term that a form without a constant is, whose first factor is 1.
func (e *evaluator) termOf(form *linear, x, y *Value) int {
	if len(form.parts) == 1 {
		return form.parts[0].term
	}
	key := form.key()
	id, known := e.index[key]
	if !known {
		r := e.rangeOf(form, e.wideOf)
		id = e.add(key, r, union(x.reads, y.reads))
	}
	return id
}

// against returns the numbers for which x op c holds.
func against(op formula.Op, c exact.Number) sets.Set {
	below, above := sets.Span{NoLow: true, High: c}, sets.Span{Low: c, NoHigh: true}
	switch op {
	case formula.OpLt:
		below.HighOpen = true
		return sets.Within(slot.Number, below)
	case formula.OpLe:
		return sets.Within(slot.Number, below)
	case formula.OpGt:
		above.LowOpen = true
		return sets.Within(slot.Number, above)
	case formula.OpGe:
		return sets.Within(slot.Number, above)
	case formula.OpNe:
		below.HighOpen, above.LowOpen = true, true
		return sets.Within(slot.Number, below, above)
	}
	return sets.Within(slot.Number, sets.Point(c))
}

// turned returns the comparison that b has to a when a has op to b.
func turned(op formula.Op) formula.Op {
	switch op {
	case formula.OpLt:
		return formula.OpGt
	case formula.OpLe:
		return formula.OpGe
	case formula.OpGt:
		return formula.OpLt
	case formula.OpGe:
		return formula.OpLe
	}
	return op
}

// compareGrades compares a grade with one that is known: the better one is the greater. Grades off the ladder have no order.
func (e *evaluator) compareGrades(op formula.Op, x *Value, grade int64) (yes, no Region) {
	if grade >= int64(e.ladder) {
		return Region{}, Region{}
	}
	ladder := sets.Within(slot.Grade, sets.Span{High: exact.Int(int64(e.ladder - 1))})
	set := against(turned(op), exact.Int(grade)) // the index falls as the grade rises
	set.Kind = slot.Grade
	return e.where(x.term, present(ladder.And(set))), e.where(x.term, present(ladder.And(set.Not())))
}

// in evaluates x in list.
func (e *evaluator) in(n *formula.Binary, x *Value) *Value {
	set, ok := e.members(n.Y, x)
	if !ok || x.cases != nil {
		e.eval(n.Y)
		yes, no := e.unsure(n)
		return e.condition(n, yes, no)
	}
	if x.fixed != nil { // and the list is known as well: folded
		yes, no := e.unsure(n)
		return e.condition(n, yes, no)
	}
	if len(x.form.parts) == 0 || len(x.form.also) > 0 {
		if x.term < 0 {
			yes, no := e.unsure(n)
			return e.condition(n, yes, no)
		}
		yes, no := e.split(x.term, set)
		return e.condition(n, yes, no)
	}
	normal, k := x.form.normal()
	inverse, _ := exact.Int(1).Quo(k)
	for i := range set.Spans { // x = k * form + c
		s := &set.Spans[i]
		s.Low, s.High = s.Low.Sub(x.form.c).Mul(inverse), s.High.Sub(x.form.c).Mul(inverse)
		if k.Sign() < 0 {
			s.Low, s.High = s.High, s.Low
		}
	}
	set = sets.Within(set.Kind, set.Spans...)
	yes, no := e.split(e.termOf(&normal, x, x), set)
	return e.condition(n, yes, no)
}

// maxMembers bounds the numbers of a range that are looked at one by one.
const maxMembers = 200

// members returns the values of a list that is known.
func (e *evaluator) members(list formula.Node, x *Value) (set sets.Set, ok bool) {
	switch list := list.(type) {
	case *formula.Const:
		if slices.ContainsFunc(list.Value.List, func(v slot.Value) bool { return v.Kind != x.Kind }) {
			return set, false
		}
		return sets.OneOf(x.Kind, list.Value.List...), true
	case *formula.Range:
		from, ok1 := list.From.(*formula.Const)
		to, ok2 := list.To.(*formula.Const)
		if !ok1 || !ok2 {
			return set, false
		}
		whole := sets.Within(slot.Number, sets.Span{Low: from.Value.Num, High: to.Value.Num})
		if x.wide.Places == 0 {
			return whole, true
		}
		count, ok := to.Value.Num.Sub(from.Value.Num).Int64()
		if !ok || count >= maxMembers {
			return set, false
		}
		var points []sets.Span
		for i := int64(0); i <= count; i++ {
			points = append(points, sets.Point(from.Value.Num.Add(exact.Int(i))))
		}
		return sets.Within(slot.Number, points...), true
	}
	return set, false
}

// textTest evaluates contains, startsWith, endsWith and matches, where the texts that there can be are known.
func (e *evaluator) textTest(n *formula.Binary, x, y *Value) *Value {
	yes, no := e.unsure(n)
	if x.term >= 0 && x.cases == nil && y.fixed != nil && !x.wide.Set.Except {
		test := strings.Contains
		switch n.Op {
		case formula.OpStartsWith:
			test = strings.HasPrefix
		case formula.OpEndsWith:
			test = strings.HasSuffix
		case formula.OpMatches:
			re, err := regexp.Compile(y.fixed.Str)
			if err != nil {
				return e.condition(n, yes, no)
			}
			test = func(s, _ string) bool { return re.MatchString(s) }
		}
		set := sets.Set{Kind: slot.String}
		for _, s := range x.wide.Set.Texts {
			if test(s, y.fixed.Str) {
				set.Texts = append(set.Texts, s)
			}
		}
		yes, no = e.split(x.term, set)
	}
	return e.condition(n, yes, no)
}

// otherwise evaluates x ?? y: y is looked at where x is missing.
func (e *evaluator) otherwise(n *formula.Binary) *Value {
	x := e.eval(n.X)
	here, ok := e.presence(x)
	if !ok {
		y := e.eval(n.Y)
		r := x.Range
		r.Set.Missing = sets.Refused
		r = either(r, y.Range)
		r.Set.Missing = y.Set.Missing
		r.Full, r.Ends, r.Why = false, false, "it is not known when `"+n.X.Text()+"` is missing"
		wide := Anything(n.Type(), r.Why)
		if len(e.facts) == 0 && len(e.loose) == 0 {
			wide = r
		}
		v := *e.named(e.keyOf(n), n.Type().Kind, wide, e.readsOf(n))
		if v.Kind != slot.Bool {
			v.Range = r
		}
		return &v
	}
	gone := e.Without(Everywhere(), here)
	var of []choice
	if in, ok := e.under(here); ok {
		there := *in.narrow(x)
		there.Set.Missing, there.wide.Set.Missing = sets.Refused, sets.Refused
		of = append(of, choice{here, &there})
	}
	if in, ok := e.under(gone); ok {
		of = append(of, choice{gone, in.eval(n.Y)})
	}
	return e.choose(n, of)
}

// presence returns where v is not missing; ok is false where that is not known.
func (e *evaluator) presence(v *Value) (r Region, ok bool) {
	switch {
	case v.Kind == slot.Bool:
		return e.Or(v.True, v.False), true
	case v.cases != nil:
		for _, c := range v.cases {
			in, ok := e.presence(c.value)
			if !ok {
				return r, false
			}
			r = e.Or(r, e.And(c.where, in))
		}
		return r, true
	case v.fixed != nil:
		return Everywhere(), true
	case len(v.form.parts)+len(v.form.also) > 0:
		r = Everywhere()
		for _, t := range union(termsOf(&v.form), v.form.also) {
			r = e.And(r, e.there(t))
		}
		return r, true
	case v.term >= 0:
		return e.there(v.term), true
	}
	return r, false
}

// there returns where a term is not missing.
func (e *evaluator) there(term int) Region { return e.where(term, present(e.terms[term].domain.Set)) }

// has evaluates has(x).
func (e *evaluator) has(n *formula.Call) *Value {
	x := e.eval(n.Args[0])
	here, ok := e.presence(x)
	if !ok {
		r := Anything(slot.BoolType, "")
		r.Set.Missing = sets.Refused
		v := e.opaque(n, r)
		return e.condition(n, v.True, v.False)
	}
	return e.condition(n, here, e.Without(Everywhere(), here))
}
