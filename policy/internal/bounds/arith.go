package bounds

import (
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// The operations on ranges. apart says that the two sides do not depend on the same data, so that each may have any value
// whatever the other has.

const (
	dependent = "it depends on the same data more than once"
	uneven    = "whole numbers, or so many decimals, leave some values between out"
)

// maxPlaces bounds the decimals that a range knows of: with more there might as well be no limit.
const maxPlaces = 500

// combined returns a range of numbers that was worked out from a and b.
func combined(a, b *Range, apart bool, spans []sets.Span, places int) Range {
	if places > maxPlaces {
		places = -1
	}
	r := Range{Set: sets.Within(slot.Number, spans...), Places: places}
	r.Set.Missing = missing(a, b)
	r.Ends = apart && a.Attained() && b.Attained()
	switch {
	case r.Ends:
	case a.Why != "" && !a.Attained():
		r.Why = a.Why
	case b.Why != "" && !b.Attained():
		r.Why = b.Why
	default:
		r.Why = dependent
	}
	if len(r.Set.Spans) > maxSpans {
		r.Set.Spans = []sets.Span{hull(r.Set.Spans)}
	}
	r.settle()
	return r
}

// full notes that every value can be, where that holds.
func (r Range) full(is bool) Range {
	if r.Full = is; is {
		r.Ends, r.Why = true, ""
	} else if r.Why == "" {
		r.Why = uneven
	}
	return r
}

// dense reports whether r is one span of which every number can be.
func (r *Range) dense() bool { return r.Full && r.Places < 0 && len(r.Set.Spans) == 1 }

// spread reports whether a is one span of which every number can be, and b one of a few numbers: what comes of each of them
// is all of a span again.
func spread(a, b *Range) bool { return a.dense() && onlyPoints(b) && len(b.Set.Spans) <= maxSpans }

// coarser returns the larger number of decimals, -1 where one is not known.
func coarser(a, b *Range) int {
	if a.Places < 0 || b.Places < 0 {
		return -1
	}
	return max(a.Places, b.Places)
}

func add(a, b *Range, apart bool) Range {
	r := combined(a, b, apart, each(a.Set.Spans, b.Set.Spans, sum), coarser(a, b))
	_, constA := a.isPoint()
	_, constB := b.isPoint()
	whole := len(a.Set.Spans) == 1 && len(b.Set.Spans) == 1
	return r.full(r.Ends && a.Full && b.Full && (constA && (a.Places >= 0 && a.Places <= b.Places || b.Places < 0) ||
		constB && (b.Places >= 0 && b.Places <= a.Places || a.Places < 0) ||
		a.dense() && b.dense() || spread(a, b) || spread(b, a) || whole && a.Places >= 0 && a.Places == b.Places))
}

func multiply(a, b *Range, apart bool) Range {
	places := -1
	if a.Places >= 0 && b.Places >= 0 {
		places = a.Places + b.Places
	}
	r := combined(a, b, apart, each(a.Set.Spans, b.Set.Spans, product), places)
	one := func(x *Range, y *Range) bool { // x is a number that leaves y's decimals as they are
		k, ok := x.isPoint()
		return ok && (y.Places < 0 || k.Abs().Equal(exact.Int(1)) || k.Sign() == 0)
	}
	if one(a, b) && b.Places >= 0 {
		r.Places = b.Places
	} else if one(b, a) && a.Places >= 0 {
		r.Places = a.Places
	}
	return r.full(r.Ends && a.Full && b.Full && (one(a, b) || one(b, a) || a.dense() && b.dense() || spread(a, b) || spread(b, a)))
}

func divide(a, b *Range, apart bool) Range {
	var inverse []sets.Span
	for i := range b.Set.Spans {
		if s := b.Set.Spans[i]; b.Places >= 0 { // what is next to 0 is a unit away
			for _, part := range []sets.Span{{NoLow: true, HighOpen: true}, {NoHigh: true, LowOpen: true}} {
				if side, ok := settled(s.And(&part), b.Places); ok {
					inverse = append(inverse, inverses(&side)...)
				}
			}
		} else {
			inverse = append(inverse, inverses(&s)...)
		}
	}
	r := combined(a, b, apart, each(a.Set.Spans, sets.Within(slot.Number, inverse...).Spans, product), -1)
	zero := exact.Number{}
	if b.Set.Spans != nil && holds(&b.Set, zero) {
		r.Set.Missing = sets.Accepted
		r.Ends = r.Ends && b.Full // how near 0 it comes is known then
	}
	k, constant := b.isPoint()
	if constant && a.Places >= 0 && k.Sign() != 0 {
		inverse, _ := exact.Int(1).Quo(k)
		if p := placesOf(inverse); p >= 0 {
			r.Places = a.Places + p
			r.settle()
		}
	}
	return r.full(r.Ends && a.Full && b.Full && (a.dense() && (constant || b.dense()) || countless(a) && countless(b)))
}

// countless reports whether r is all numbers of some decimals from one that is not below 0, so that the quotients of two
// such ranges are all there can be.
func countless(r *Range) bool {
	return r.Full && len(r.Set.Spans) == 1 && r.Set.Spans[0].NoHigh && !r.Set.Spans[0].NoLow && r.Set.Spans[0].Low.Sign() >= 0
}

func holds(s *sets.Set, x exact.Number) bool {
	v := slot.Num(x)
	return s.Accepts(&v)
}

// remainder is below the divisor and has the sign of the dividend.
func remainder(a, b *Range, apart bool) Range {
	var spans []sets.Span
	for i := range a.Set.Spans {
		for j := range b.Set.Spans {
			x, y := &a.Set.Spans[i], &b.Set.Spans[j]
			most := end{none: true, open: true, side: 1}
			if !y.NoLow && !y.NoHigh {
				most = end{at: exact.Max(y.Low.Abs(), y.High.Abs()), open: true, side: 1}
			}
			s := sets.Span{NoLow: x.NoLow, NoHigh: x.NoHigh}
			if s.NoLow = low(x).sign() < 0; s.NoLow && !x.NoLow {
				s.NoLow, s.Low = false, x.Low
			}
			if s.NoHigh = high(x).sign() > 0; s.NoHigh && !x.NoHigh {
				s.NoHigh, s.High = false, x.High
			}
			around := span(end{most.at.Neg(), most.none, true, -1}, most)
			spans = append(spans, s.And(&around))
		}
	}
	r := combined(a, b, false, spans, coarser(a, b))
	if b.Set.Spans != nil && holds(&b.Set, exact.Number{}) {
		r.Set.Missing = sets.Accepted
	}
	return r
}

// extreme returns the lower of two numbers, or the greater one.
func extreme(a, b *Range, apart, greater bool) Range {
	f := func(x, y *sets.Span) []sets.Span {
		if greater {
			m := *x
			nx, ny := negated(x), negated(y)
			m = lesser(&nx, &ny)
			return []sets.Span{negated(&m)}
		}
		return []sets.Span{lesser(x, y)}
	}
	r := combined(a, b, apart, each(a.Set.Spans, b.Set.Spans, f), coarser(a, b))
	single := len(a.Set.Spans) == 1 && len(b.Set.Spans) == 1
	fits := a.Places == b.Places
	if _, ok := a.isPoint(); ok {
		fits = fits || b.Places < 0 || a.Places >= 0 && a.Places <= b.Places
	}
	if _, ok := b.isPoint(); ok {
		fits = fits || a.Places < 0 || b.Places >= 0 && b.Places <= a.Places
	}
	return r.full(r.Ends && a.Full && b.Full && single && fits)
}

// lesser returns where the lower of two numbers lies.
func lesser(a, b *sets.Span) sets.Span {
	lo := low(a).lower(low(b))
	hi := high(a)
	switch c := hi.compare(high(b)); {
	case c > 0, c == 0 && high(b).open: // it is reached only where both reach it
		hi = high(b)
	}
	return span(lo, hi)
}

// absolute returns the range of |a|.
func absolute(a *Range) Range {
	var spans []sets.Span
	turns := false // whether 0 lies inside, which need not be reached
	for i := range a.Set.Spans {
		s := &a.Set.Spans[i]
		turns = turns || low(s).sign() < 0 && high(s).sign() > 0
		below, above := sets.Span{NoLow: true}, sets.Span{NoHigh: true}
		if part := s.And(&above); !part.Empty() {
			spans = append(spans, part)
		}
		if part := s.And(&below); !part.Empty() {
			spans = append(spans, negated(&part))
		}
	}
	r := image(a, spans, a.Places)
	r.Ends = r.Ends && !turns
	return r.full(a.Full)
}

// image returns a range that was worked out from a alone.
func image(a *Range, spans []sets.Span, places int) Range {
	return combined(a, a, true, spans, places)
}

// power returns the range of a to a whole power.
func power(a *Range, n int) Range {
	if n < 0 {
		one, up := Just(slot.Num(exact.Int(1))), power(a, -n)
		return divide(&one, &up, true)
	}
	from := a
	if n%2 == 0 {
		x := absolute(a)
		from = &x
	}
	var spans []sets.Span
	raise := func(e end) end {
		if e.none {
			return e
		}
		x, ok := e.at.PowInt(n)
		return end{x, !ok, e.open || !ok, e.side}.tidy()
	}
	for i := range from.Set.Spans {
		s := &from.Set.Spans[i]
		spans = append(spans, span(raise(low(s)), raise(high(s))))
	}
	places := -1
	if a.Places >= 0 && a.Places*n <= exact.MaxExponent {
		places = a.Places * n
	}
	if n == 0 && len(from.Set.Spans) > 0 {
		spans = []sets.Span{sets.Point(exact.Int(1))}
	}
	return image(from, spans, places)
}

// rounded returns the range of a rounded to so many places by f.
func rounded(a *Range, places int, f func(exact.Number) exact.Number) Range {
	if a.Places >= 0 && a.Places <= places {
		return *a
	}
	var spans []sets.Span
	for i := range a.Set.Spans {
		spans = append(spans, stepped(&a.Set.Spans[i], places, f))
	}
	out := image(a, spans, max(places, 0))
	return out.full(a.Full && len(a.Set.Spans) == 1 && places >= 0 && a.Places < 0)
}

// monotone returns the range of f over a, for an f that never falls and whose results have any decimals.
func monotone(a *Range, f func(exact.Number) (exact.Number, bool)) Range {
	var spans []sets.Span
	open := false
	for i := range a.Set.Spans {
		s := &a.Set.Spans[i]
		spans = append(spans, mapEnds(s, f))
		open = open || s.LowOpen || s.HighOpen
	}
	r := image(a, spans, -1)
	if open {
		r.Ends, r.Why = false, "its end is not reached"
	}
	return r.full(false)
}

// scaled returns k*x.
func (e *evaluator) scaled(x *Value, k exact.Number) numeric {
	form := x.form.scaled(k)
	return numeric{kind: slot.Number, of: []*Value{x}, form: &form, f: func(r []*Range, _ bool) Range { return scale(*r[0], k) }}
}

// numeric is an operation that yields a number, or a date.
type numeric struct {
	node formula.Node // where there is one
	kind slot.Kind
	of   []*Value
	f    func(r []*Range, apart bool) Range // on the ranges of of
	form *linear                            // of the result, where it is linear
	key  string                             // else: the same for the same operation on the same values
	by   *ratio                             // the result as a ratio, where it is one
}

// operate works out an operation.
func (e *evaluator) operate(op numeric) *Value {
	apart := true
	var reads []int
	local, wide := make([]*Range, len(op.of)), make([]*Range, len(op.of))
	for i, v := range op.of {
		apart = apart && disjoint(reads, v.reads)
		reads = union(reads, v.reads)
		local[i], wide[i] = &v.Range, &v.wide
	}
	here := len(e.facts) == 0 && len(e.loose) == 0
	out := &Value{Kind: op.kind, reads: reads, term: -1}
	out.Range = e.bounded(&op, local, apart, e.of)
	if out.wide = out.Range; !here {
		out.wide = e.bounded(&op, wide, apart, e.wideOf)
	}
	if op.node != nil && e.Undefined != nil && out.Empty() {
		e.undefined(&op)
	}
	if op.form != nil && op.form.handy() {
		out.form = *op.form
	} else {
		key := op.key
		if op.form != nil {
			key = op.form.key()
		}
		id, known := e.index[key]
		if !known {
			id = e.add(key, out.wide, reads)
		}
		out.form = linear{parts: []part{{id, exact.Int(1)}}}
	}
	if !here {
		e.recall(out)
		e.trust(out)
	}
	return out
}

// recall narrows v to what is known here of its form.
func (e *evaluator) recall(v *Value) {
	if len(v.form.parts) == 0 {
		return
	}
	form, k := v.form.normal()
	id := form.parts[0].term
	if len(form.parts) > 1 {
		known := false
		if id, known = e.index[form.key()]; !known {
			return
		}
	}
	for i := range e.facts {
		if e.facts[i].term != id {
			continue
		}
		fact := scale(Range{Set: e.facts[i].set, Places: -1}, k)
		c := Just(slot.Num(v.form.c))
		fact = add(&fact, &c, true)
		fact.Set.Missing = e.facts[i].set.Missing
		v.Range = retyped(retyped(v.Range, slot.Number).within(&fact.Set), v.Kind)
	}
}

// bounded works out the range of an operation in all ways that there are.
func (e *evaluator) bounded(op *numeric, of []*Range, apart bool, terms func(int) Range) Range {
	r := op.f(of, apart)
	if r.Attained() || len(r.Set.Spans) == 0 {
		return retyped(r, op.kind)
	}
	if op.form != nil && op.form.handy() {
		x := e.rangeOf(op.form, terms)
		x.Set.Missing = r.Set.Missing
		r = meet(retyped(r, slot.Number), x)
	}
	if op.by != nil {
		if s, reached, ok := op.by.rangeOf(terms); ok {
			x := Range{Set: sets.Within(slot.Number, s), Places: -1, Ends: reached && e.independent(op.by), Why: r.Why}
			x.Set.Missing = r.Set.Missing
			r = meet(r, x)
		}
	}
	return retyped(r, op.kind)
}

// retyped returns r as a range of values of kind k, which spans hold as numbers.
func retyped(r Range, k slot.Kind) Range {
	r.Set.Kind = k
	return r
}

// independent reports whether the terms of a ratio do not depend on the same data.
func (e *evaluator) independent(r *ratio) bool {
	var reads []int
	for _, t := range union(termsOf(&r.over), termsOf(&r.under)) {
		if !disjoint(reads, e.terms[t].reads) {
			return false
		}
		reads = union(reads, e.terms[t].reads)
	}
	return true
}

// undefined tells of an operation that has no result, where what it works on has.
func (e *evaluator) undefined(op *numeric) {
	for _, v := range op.of {
		if v.Empty() {
			return
		}
	}
	e.Undefined(op.node)
}

// plus returns x + k*y.
func (e *evaluator) plus(n formula.Node, x, y *Value, k exact.Number) *Value {
	form := x.form.plus(&y.form, k)
	return e.operate(numeric{node: n, kind: slot.Number, of: []*Value{x, y}, form: &form, f: func(r []*Range, apart bool) Range {
		b := scale(*r[1], k)
		return add(r[0], &b, apart)
	}})
}

// arithmetic evaluates an operator of numbers.
func (e *evaluator) arithmetic(n *formula.Binary) *Value {
	x, y := e.eval(n.X), e.eval(n.Y)
	op := numeric{node: n, kind: slot.Number, of: []*Value{x, y}, key: x.form.key() + n.Op.String() + y.form.key()}
	kx, xKnown := x.isPoint()
	ky, yKnown := y.isPoint()
	xKnown, yKnown = xKnown && x.fixed != nil, yKnown && y.fixed != nil
	switch n.Op {
	case formula.OpAdd:
		return e.plus(n, x, y, exact.Int(1))
	case formula.OpSub:
		return e.plus(n, x, y, exact.Int(-1))
	case formula.OpMul:
		switch {
		case xKnown:
			op = e.scaled(y, kx)
		case yKnown:
			op = e.scaled(x, ky)
		default:
			op.f = func(r []*Range, apart bool) Range { return multiply(r[0], r[1], apart) }
			if x.form.key() == y.form.key() {
				op.f = func(r []*Range, _ bool) Range { return power(r[0], 2) }
				op.of = op.of[:1]
			}
		}
	case formula.OpQuo:
		if yKnown && ky.Sign() != 0 {
			inverse, _ := exact.Int(1).Quo(ky)
			op = e.scaled(x, inverse)
			break
		}
		op.f = func(r []*Range, apart bool) Range { return divide(r[0], r[1], apart) }
		op.by = &ratio{x.form, y.form}
	case formula.OpRem:
		op.f = func(r []*Range, apart bool) Range { return remainder(r[0], r[1], apart) }
	case formula.OpPow:
		i, whole := ky.Int64()
		const most = 64
		if !yKnown || !whole || i > most || i < -most {
			return e.opaque(n, Anything(n.Type(), "nothing is known of a power with this exponent"))
		}
		op.of = op.of[:1]
		op.f = func(r []*Range, _ bool) Range { return power(r[0], int(i)) }
	}
	op.node = n
	return e.operate(op)
}
