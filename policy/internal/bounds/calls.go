package bounds

import (
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// call evaluates a built-in function.
func (e *evaluator) call(n *formula.Call) *Value {
	if n.Name == "has" {
		return e.has(n)
	}
	args := make([]*Value, len(n.Args))
	for i, a := range n.Args {
		args[i] = e.eval(a)
	}
	if len(args) > 0 && args[0].Kind == slot.List {
		return e.ofList(n)
	}
	op := numeric{node: n, kind: n.Type().Kind, of: args, key: e.keyOf(n)}
	switch n.Name {
	case "min", "max", "clamp", "sum", "mean", "median":
		return e.aggregate(op, n.Name)
	case "abs":
		op.f = func(r []*Range, _ bool) Range { return absolute(r[0]) }
	case "floor":
		op.f = func(r []*Range, _ bool) Range { return rounded(r[0], 0, exact.Number.Floor) }
	case "ceil":
		op.f = func(r []*Range, _ bool) Range { return rounded(r[0], 0, exact.Number.Ceil) }
	case "round":
		return e.round(n, op)
	case "sqrt":
		op.f = rootOf(exact.Number.Sqrt, sets.Span{NoHigh: true})
	case "ln":
		op.f = rootOf(exact.Number.Ln, sets.Span{NoHigh: true, LowOpen: true})
	case "exp":
		op.f = func(r []*Range, _ bool) Range {
			out := monotone(r[0], exact.Number.Exp)
			positive := sets.Within(slot.Number, sets.Span{NoHigh: true, LowOpen: true})
			positive.Missing = out.Set.Missing
			out.Set = out.Set.And(positive)
			out.Set.Missing = positive.Missing
			return out
		}
	case "pow":
		op.f = func(r []*Range, _ bool) Range {
			out := Anything(slot.NumberType, "nothing is known of `"+n.Text()+"`")
			if s, ok := r[0].Hull(); ok && !s.NoLow && s.Low.Sign() >= 0 {
				out.Set = sets.Within(slot.Number, sets.Span{NoHigh: true})
				out.Set.Missing = sets.Accepted
			}
			return out
		}
	case "lower", "upper", "trim":
		return e.changed(n, args[0])
	case "len":
		r := Range{Set: sets.Within(slot.Number, sets.Span{NoHigh: true}), Why: "how long the text can be is not known"}
		r.Set.Missing = args[0].wide.Set.Missing
		return e.opaque(n, r)
	default:
		return e.dates(n, op)
	}
	return e.operate(op)
}

// aggregate evaluates a function of several numbers or dates.
func (e *evaluator) aggregate(op numeric, name string) *Value {
	if name == "sum" {
		out := op.of[0]
		for _, x := range op.of[1:] {
			out = e.plus(op.node, out, x, exact.Int(1))
		}
		return out
	}
	fold := func(r []*Range, apart, greater bool) Range {
		out := *r[0]
		for _, x := range r[1:] {
			out = extreme(&out, x, apart, greater)
		}
		return out
	}
	switch name {
	case "min", "max":
		op.f = func(r []*Range, apart bool) Range { return fold(r, apart, name == "max") }
	case "clamp":
		op.f = func(r []*Range, apart bool) Range {
			low := fold([]*Range{r[0], r[2]}, apart, false)
			out := fold([]*Range{&low, r[1]}, apart, true)
			lo, ok1 := r[1].Hull()
			hi, ok2 := r[2].Hull()
			switch { // nothing is between ends in the wrong order
			case !ok1 || !ok2, !lo.NoLow && !hi.NoHigh && hi.High.Less(lo.Low):
				out.Set = sets.Set{Kind: slot.Number, Missing: sets.Accepted}
			case lo.NoHigh || hi.NoLow || hi.Low.Less(lo.High):
				out.Set.Missing = sets.Accepted
				out.Full, out.Ends, out.Why = false, false, "the ends of clamp may be in the wrong order"
			}
			return out
		}
	default: // between the least and the greatest
		op.f = func(r []*Range, apart bool) Range {
			out := *r[0]
			for _, x := range r[1:] {
				out = either(out, *x)
			}
			if s, ok := out.Hull(); ok {
				gone := out.Set.Missing
				out.Set = sets.Within(slot.Number, s)
				out.Set.Missing = gone
			}
			out.Places, out.Full, out.Ends, out.Why = -1, false, false, "only where a mean lies at the outside is known"
			return out
		}
	}
	return e.operate(op)
}

// round evaluates round(x, places, mode).
func (e *evaluator) round(n *formula.Call, op numeric) *Value {
	places, mode := int64(0), exact.HalfUp
	if len(n.Args) > 1 {
		k, ok := n.Args[1].(*formula.Const)
		if ok {
			places, ok = k.Value.Num.Int64()
		}
		if !ok || places < -1000 || places > 1000 {
			return e.opaque(n, Anything(n.Type(), "nothing is known of `"+n.Text()+"`"))
		}
	}
	if len(n.Args) == 3 {
		if k, ok := n.Args[2].(*formula.Const); ok {
			mode, _ = exact.ParseMode(k.Value.Str)
		}
	}
	op.of = op.of[:1]
	op.f = func(r []*Range, _ bool) Range {
		return rounded(r[0], int(places), func(x exact.Number) exact.Number { return x.Round(int(places), mode) })
	}
	return e.operate(op)
}

// rootOf returns the range of a function that is missing outside of a domain, and rises in it.
func rootOf(f func(exact.Number) (exact.Number, bool), domain sets.Span) func([]*Range, bool) Range {
	return func(r []*Range, _ bool) Range {
		inside := sets.Within(slot.Number, domain)
		outside := r[0].Set.And(inside.Not())
		x := *r[0]
		if !outside.Empty() {
			x = x.within(&inside)
			x.Set.Missing = sets.Accepted
		}
		if n := len(x.Set.Spans); n > 0 && domain.LowOpen && !x.Set.Spans[0].NoLow && x.Set.Spans[0].Low.Sign() == 0 {
			x.Set = sets.Within(slot.Number, x.Set.Spans...)
			x.Set.Spans[0].NoLow, x.Set.Missing = true, sets.Accepted // it falls without end there
		}
		return monotone(&x, f)
	}
}

// changed evaluates lower, upper and trim, where the texts that there can be are known.
func (e *evaluator) changed(n *formula.Call, x *Value) *Value {
	r := Anything(slot.StringType, "nothing is known of `"+n.Text()+"`")
	if x.wide.Set.Kind == slot.String && !x.wide.Set.Except {
		f := map[string]func(string) string{"lower": strings.ToLower, "upper": strings.ToUpper, "trim": strings.TrimSpace}[n.Name]
		values := make([]slot.Value, len(x.wide.Set.Texts))
		for i, s := range x.wide.Set.Texts {
			values[i] = slot.Text(f(s))
		}
		r.Set = sets.OneOf(slot.String, values...)
		r.Full, r.Why = x.wide.Full, ""
	}
	r.Set.Missing = x.wide.Set.Missing
	return e.opaque(n, r)
}

// dates evaluates the functions of dates.
func (e *evaluator) dates(n *formula.Call, op numeric) *Value {
	part := func(lo, hi int64) *Value {
		r := Range{Set: sets.Within(slot.Number, sets.Span{Low: exact.Int(lo), High: exact.Int(hi)}), Why: "where `" + n.Text() + "` lies at the outside is known only"}
		r.Set.Missing = op.of[0].wide.Set.Missing
		return e.opaque(n, r)
	}
	switch n.Name {
	case "days_between":
		return e.plus(n, op.of[1], op.of[0], exact.Int(-1))
	case "months_between", "years_between":
		op.f = func(r []*Range, apart bool) Range {
			return between(r[0], r[1], apart, func(a, b slot.Day) int {
				if n.Name == "years_between" {
					return a.MonthsTo(b) / 12
				}
				return a.MonthsTo(b)
			})
		}
		return e.operate(op)
	case "add_days":
		form := op.of[0].form.plus(&op.of[1].form, exact.Int(1))
		op.form = &form
		op.f = func(r []*Range, apart bool) Range { return add(r[0], r[1], apart) }
		return e.operate(op)
	case "workdays_between":
		sure := allKnown(op.of[2:])
		op.f = func(r []*Range, _ bool) Range { return workdays(r[0], r[1], sure, n.Text()) }
		return e.operate(op)
	case "add_workdays":
		sure := allKnown(op.of[2:])
		op.f = func(r []*Range, _ bool) Range {
			out := Anything(slot.DateType, "which day `"+n.Text()+"` is depends on the holidays")
			if sure {
				out.Set.Missing = missing(r[0], r[1])
			}
			return out
		}
		return e.operate(op)
	case "minutes":
		r := Range{Set: sets.Within(slot.Number, sets.Span{Low: exact.Int(0), High: exact.Int(24 * 60)}), Why: "where `" + n.Text() + "` lies at the outside is known only"}
		r.Set.Missing = sets.Accepted
		return e.opaque(n, r)
	case "weekday":
		return part(1, 7)
	case "year":
		return part(1, 9999)
	case "month":
		return part(1, 12)
	case "day":
		return part(1, 31)
	}
	return e.opaque(n, Anything(n.Type(), "nothing is known of `"+n.Text()+"`"))
}

// between returns the range of a count from one day to another, which rises with the second and falls with the first.
func between(a, b *Range, apart bool, count func(a, b slot.Day) int) Range {
	from, ok1 := a.Hull()
	to, ok2 := b.Hull()
	var spans []sets.Span
	if ok1 && ok2 {
		at := func(x, y end, side int) end {
			i, known1 := x.at.Int64()
			j, known2 := y.at.Int64()
			if x.none || y.none || !known1 || !known2 {
				return end{none: true, open: true, side: side}
			}
			return end{at: exact.Int(int64(count(slot.Day(i), slot.Day(j)))), side: side}
		}
		spans = append(spans, span(at(high(&from), low(&to), -1), at(low(&from), high(&to), 1)))
	}
	return combined(a, b, apart, spans, 0)
}

// allKnown reports whether lists are known, and no item of theirs is missing.
func allKnown(lists []*Value) bool {
	for _, l := range lists {
		if l.fixed == nil || slices.ContainsFunc(l.fixed.List, func(v slot.Value) bool { return v.Kind == slot.Missing }) {
			return false
		}
	}
	return true
}

// workdays returns the range of how many days are worked from one day to another: from none to all of them. It is there
// where both days are, and it is sure of the holidays.
func workdays(from, to *Range, sure bool, text string) Range {
	days := between(from, to, false, func(a, b slot.Day) int { return int(b) - int(a) })
	r := Anything(slot.NumberType, "how many days `"+text+"` counts at the outside is known only")
	if s, ok := days.Hull(); ok {
		if !s.NoLow {
			s.Low, s.LowOpen = exact.Min(s.Low, exact.Int(0)), false
		}
		if !s.NoHigh {
			s.High, s.HighOpen = exact.Max(s.High, exact.Int(0)), false
		}
		r.Set = sets.Within(slot.Number, s)
	}
	r.Places, r.Set.Missing = 0, sets.Accepted
	if sure {
		r.Set.Missing = missing(from, to)
	}
	return r
}

// ofList evaluates a function of a whole list.
func (e *evaluator) ofList(n *formula.Call) *Value {
	if n.Name == "len" {
		r := Range{Set: sets.Within(slot.Number, sets.Span{NoHigh: true}), Why: "how long the list can be is not known"}
		r.Set.Missing = sets.Accepted
		return e.opaque(n, r)
	}
	r := Anything(n.Type(), "nothing is known of the items of a list")
	if p := e.itemOf(n.Args[0]); p != nil && p.Set.Kind == n.Type().Kind {
		if s, ok := p.Hull(); ok {
			switch n.Name {
			case "sum":
				s = sumOf(s)
				r.Places = p.Places
			case "min", "max":
				r.Places = p.Places
			}
			r.Set = sets.Within(p.Set.Kind, s)
			r.Set.Missing = sets.Accepted
		}
	}
	return e.opaque(n, r)
}

// sumOf returns where a sum of any number of addends within s lies.
func sumOf(s sets.Span) sets.Span {
	return sets.Span{NoLow: s.NoLow || s.Low.Sign() < 0, NoHigh: s.NoHigh || s.High.Sign() > 0}
}

// each evaluates a function that looks at the items of a list in turn.
func (e *evaluator) each(n *formula.Each) *Value {
	e.eval(n.List)
	body := e.with(n.Item, local{key: "item of " + e.keyOf(n.List), parts: e.itemOf(n.List)}).eval(n.Body)
	r := Anything(n.Type(), "nothing is known of the items of a list")
	switch n.Name {
	case "count":
		r.Places = 0
		r.Set = sets.Within(slot.Number, sets.Span{NoHigh: true})
		r.Set.Missing = sets.Accepted
	case "sum":
		if s, ok := body.wide.Hull(); ok {
			r.Set = sets.Within(slot.Number, sumOf(s))
			r.Set.Missing = sets.Accepted
			r.Places = body.wide.Places
		}
	}
	return e.opaque(n, r)
}
