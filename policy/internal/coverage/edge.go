package coverage

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

// reading is a number of a decision; a day is the number of days since 1970-01-01. ok is false where it is missing.
type reading func(*program.State) (x exact.Number, ok bool)

// quantity is something that a policy compares: what it is called, how it is read, and which values it can have.
type quantity struct {
	text string
	kind slot.Kind // Number or Date
	read reading
	unit exact.Number            // the step from one value to the next; 0 where any value between two can be
	can  func(exact.Number) bool // whether it can have the value, as far as that is known
}

// edge is a threshold: where a quantity meets a level.
type edge struct {
	quantity
	level reading
}

// distance returns how far the customer is from the edge, above it or, negative, below.
func (e *edge) distance(s *program.State) (exact.Number, bool) {
	x, ok := e.read(s)
	if !ok {
		return x, false
	}
	at, ok := e.level(s)
	return x.Sub(at), ok
}

// side is a side of an edge.
type side int

const (
	below side = iota - 1
	either
	above
)

// show writes x as a policy does.
func (q *quantity) show(x exact.Number) string {
	if n, ok := x.Int64(); ok && q.kind == slot.Date {
		return slot.Day(n).String()
	}
	return x.String()
}

// onGrid reports whether x is a whole number of units.
func (q *quantity) onGrid(x exact.Number) bool {
	if q.unit.Sign() == 0 {
		return true
	}
	n, ok := x.Quo(q.unit)
	return ok && n.IsInt()
}

// next returns the value that follows x on a side. The quantity has a unit.
func (q *quantity) next(x exact.Number, to side) exact.Number {
	if q.onGrid(x) {
		if to == below {
			return x.Sub(q.unit)
		}
		return x.Add(q.unit)
	}
	if to == below {
		return x.RoundTo(q.unit, exact.Floor)
	}
	return x.RoundTo(q.unit, exact.Ceiling)
}

// threshold adds the items of a threshold: a customer exactly on it, and one next to it on the other side, the one to which
// beyond points; where the quantity has no unit, one anywhere below and one anywhere above. Where nobody can be on the
// other side it is no threshold. either stands for one that nothing but the number itself is on the one side of.
func (t *thing) threshold(q quantity, at exact.Number, beyond side, place doc.Place) {
	switch {
	case beyond == either:
		t.exactly(q, at, place)
	case q.unit.Sign() != 0:
		if x := q.next(at, beyond); q.can(x) {
			t.exactly(q, at, place)
			t.exactly(q, x, place)
		}
	case q.can(at.Add(hair.Mul(exact.Int(int64(beyond))))):
		t.exactly(q, at, place)
		t.between(q, nil, &at, place)
		t.between(q, &at, nil, place)
	}
}

// hair is less than any difference that a policy makes.
var hair = exact.MustParse("1e-30")

// exactly adds an item for a quantity that is x, unless it cannot be.
func (t *thing) exactly(q quantity, x exact.Number, place doc.Place) {
	if q.onGrid(x) && q.can(x) {
		e := &edge{q, func(*program.State) (exact.Number, bool) { return x, true }}
		t.away(e, exact.Number{}, q.text+" = "+q.show(x), place)
	}
}

// away adds an item for a customer who is so far above an edge.
func (t *thing) away(e *edge, by exact.Number, text string, place doc.Place) {
	away := func(s *program.State) (exact.Number, bool) {
		d, ok := e.distance(s)
		return d.Sub(by), ok
	}
	it := t.item(text, place, t.name.with(text), func(s *program.State) bool {
		d, ok := away(s)
		return ok && d.Sign() == 0
	})
	it.near = away
}

// between adds an item for a quantity that lies between two levels, without them; nil is no end.
func (t *thing) between(q quantity, low, high *exact.Number, place doc.Place) {
	text := q.text
	var first, last exact.Number // the outermost values, as far as can be told
	if low != nil {
		if first = low.Add(hair); q.unit.Sign() != 0 {
			first = q.next(*low, above)
		}
	}
	if high != nil {
		if last = high.Sub(hair); q.unit.Sign() != 0 {
			last = q.next(*high, below)
		}
	}
	switch {
	case low == nil:
		text, first = text+" < "+q.show(*high), last
	case high == nil:
		text, last = text+" > "+q.show(*low), first
	default:
		text = q.show(*low) + " < " + text + " < " + q.show(*high)
	}
	if last.Less(first) || !q.can(first) && !q.can(last) {
		return
	}
	t.item(text, place, t.name.with(text), func(s *program.State) bool {
		x, ok := q.read(s)
		return ok && (low == nil || low.Less(x)) && (high == nil || x.Less(*high))
	})
}

// line adds the items of something that goes straight from knot to knot, ascending: on each, between two, and beyond.
func (t *thing) line(q quantity, place doc.Place, knots ...exact.Number) {
	for i := range knots {
		if i == 0 {
			t.between(q, nil, &knots[0], place)
		}
		t.exactly(q, knots[i], place)
		if i+1 < len(knots) {
			t.between(q, &knots[i], &knots[i+1], place)
		} else {
			t.between(q, &knots[i], nil, place)
		}
	}
}

// thresholds adds the items of every comparison in an expression that compares something with a constant or with the day of
// the decision.
func thresholds[T any](t *thing, e *slot.Expr[T]) {
	if p, ok := e.Shape.(*formula.Program); ok && p.Root != nil {
		t.comparisons(p.Root, e.Place())
	}
}

func (t *thing) comparisons(n formula.Node, place doc.Place) {
	if b, ok := n.(*formula.Binary); ok {
		t.comparison(b, place)
	}
	for _, c := range n.Children() {
		t.comparisons(c, place)
	}
}

// mirrored are the comparisons with their sides exchanged.
var mirrored = map[formula.Op]formula.Op{
	formula.OpLt: formula.OpGt, formula.OpGt: formula.OpLt, formula.OpLe: formula.OpGe, formula.OpGe: formula.OpLe,
	formula.OpEq: formula.OpEq, formula.OpNe: formula.OpNe,
}

// others is the side of the threshold on which a comparison has the other answer than on it.
var others = map[formula.Op]side{
	formula.OpGe: below, formula.OpLt: below, formula.OpGt: above, formula.OpLe: above, formula.OpEq: either, formula.OpNe: either,
}

func (t *thing) comparison(b *formula.Binary, place doc.Place) {
	x, y, op := b.X, b.Y, b.Op
	if _, ok := mirrored[op]; !ok || hasLocal(b) {
		return
	}
	if t.isLevel(x) {
		x, y, op = y, x, mirrored[op]
	}
	if !t.isLevel(y) || t.isLevel(x) {
		return
	}
	q, ok := t.quantityOf(x)
	if !ok {
		return
	}
	if k, ok := y.(*formula.Const); ok {
		t.threshold(q, ordinal(&k.Value), others[op], place)
		return
	}
	e := &edge{q, t.readingOf(y)}
	t.away(e, exact.Number{}, q.text+" = "+y.Text(), place)
	switch {
	case q.unit.Sign() == 0:
	case others[op] == below:
		t.away(e, q.unit.Neg(), q.text+" = "+y.Text()+" - "+q.unit.String(), place)
	case others[op] == above:
		t.away(e, q.unit, q.text+" = "+y.Text()+" + "+q.unit.String(), place)
	}
}

// isLevel reports whether n is something that others are compared with: a constant, or the day of the decision.
func (l *lister) isLevel(n formula.Node) bool {
	switch n := n.(type) {
	case *formula.Const:
		return n.Value.Kind == slot.Number || n.Value.Kind == slot.Date
	case *formula.Read:
		return n.Name == "as_of"
	}
	return false
}

func hasLocal(n formula.Node) bool {
	switch n.(type) {
	case *formula.Local, *formula.Let, *formula.Each:
		return true
	}
	for _, c := range n.Children() {
		if hasLocal(c) {
			return true
		}
	}
	return false
}

// ordinal returns v, a number or a day, as a number.
func ordinal(v *slot.Value) exact.Number {
	if v.Kind == slot.Number {
		return v.Num
	}
	return exact.Int(v.Int)
}

// anything is what is not known to be bounded.
func anything(exact.Number) bool { return true }

// quantityOf returns what n is; ok is false where that is neither a number nor a day.
func (l *lister) quantityOf(n formula.Node) (quantity, bool) {
	q := quantity{text: n.Text(), kind: n.Type().Kind, read: l.readingOf(n), can: anything}
	if read, ok := n.(*formula.Read); ok {
		q.text = read.Name
		if r, ok := l.program.Range(read.Slot); ok {
			q.can = r.Set.Holds
		}
	}
	if places, ok := l.places(n); ok {
		q.unit = unitOf(places)
	}
	if q.kind == slot.Date {
		q.unit = exact.Int(1)
	}
	return q, q.kind == slot.Number || q.kind == slot.Date
}

// quantityIn returns what an expression of the file is.
func (l *lister) quantityIn(e *slot.Any) (quantity, bool) {
	p, ok := e.Shape.(*formula.Program)
	if !ok || p.Root == nil {
		return quantity{}, false
	}
	q, ok := l.quantityOf(p.Root)
	if r, known := l.program.RangeOf(e); known && ok {
		q.can = r.Set.Holds
	}
	return q, ok
}

func (l *lister) readingOf(n formula.Node) reading {
	value := formula.Part(n)
	return func(s *program.State) (exact.Number, bool) {
		v, _ := value(&s.Frame)
		if v.Kind != slot.Number && v.Kind != slot.Date {
			return exact.Number{}, false
		}
		return ordinal(&v), true
	}
}

// valueOf returns the value of kind k, a number or a day, that is counted as x.
func valueOf(k slot.Kind, x exact.Number) slot.Value {
	if k == slot.Number {
		return slot.Num(x)
	}
	n, _ := x.Int64()
	return slot.Value{Kind: k, Int: n}
}

// unitOf returns the unit of numbers with so many decimal places.
func unitOf(places int) exact.Number {
	n, _ := exact.Int(10).PowInt(-places)
	return n
}

// places returns the decimal places of n, where it can have every number of so many: an input that declares them, what is
// rounded to them, sums and differences. Of products and quotients it is not known which numbers they hit.
func (l *lister) places(n formula.Node) (places int, ok bool) {
	switch n := n.(type) {
	case *formula.Const:
		places, ok = n.Value.Num.Places()
		return places, ok && n.Value.Kind == slot.Number
	case *formula.Read:
		if root := l.valueAt(n.Slot); root != nil {
			return l.places(root)
		}
		r, ok := l.program.Range(n.Slot)
		return r.Places, ok && r.Places >= 0
	case *formula.Unary:
		return l.places(n.X)
	case *formula.Binary:
		x, ok := l.places(n.X)
		y, ok2 := l.places(n.Y)
		return max(x, y), ok && ok2 && (n.Op == formula.OpAdd || n.Op == formula.OpSub)
	}
	return 0, false
}

// valueAt returns the expression of the value in a slot, nil where there is none.
func (l *lister) valueAt(i int) formula.Node {
	for k := range l.program.Values {
		v := &l.program.Values[k]
		if p, ok := v.Decl.Value.Expr.Shape.(*formula.Program); ok && v.Slot == i {
			return p.Root
		}
	}
	return nil
}
