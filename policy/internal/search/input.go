package search

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/record"
)

// input is what is tried of one input.
type input struct {
	constants []slot.Value // what it is compared with
	loose     []slot.Value // what its items may be compared with
	places    int          // decimals of the values tried: declared, or two more than its constants have
	values    []slot.Value // allowed, each once: numbers and dates ascending, and Missing last where it need not be there
}

// Numbers that are tried of an input besides its constants: they span what amounts there are.
var magnitudes = []int64{0, 1, 2, 10, 100, 1_000, 10_000, 1_000_000, 100_000_000, 10_000_000_000, 1_000_000_000_000}

// The most decimals that an input without declared ones is given next to a constant.
const mostFine = 6

// candidates fills s.inputs with the values that are tried whatever the other inputs are.
func (s *Search) candidates() {
	for i := range s.inputs {
		in, decl := &s.inputs[i], &s.program.Inputs[i]
		in.places = placesOf(decl, in.constants)
		switch decl.Type.Kind {
		case slot.Number:
			in.values = s.numbers(i)
		case slot.Date:
			in.values = s.days(i)
		default:
			in.values = s.others(decl, i)
		}
		in.values = s.allowedOnly(i, in.values)
		if !decl.Required && decl.With == nil { // what goes with others is left out where it is not needed
			in.values = append(in.values, slot.Value{})
		}
	}
}

// placesOf returns how many decimals are tried.
func placesOf(decl *record.Input, constants []slot.Value) int {
	switch {
	case decl.Type.Kind == slot.Date:
		return 0
	case decl.Decimals != nil:
		return *decl.Decimals
	}
	const finer = 2
	places := 0
	for i := range constants {
		if p, ok := constants[i].Num.Places(); ok && constants[i].Kind == slot.Number {
			places = max(places, p)
		}
	}
	return max(min(places+finer, mostFine), min(places, FreePlaces))
}

// step returns the distance from one value tried to the next.
func (in *input) step() exact.Number {
	u, _ := exact.Int(10).PowInt(-in.places) // 10 is not 0
	return u
}

// numbers returns the numbers that are tried of input i: the ends of its domain, its constants, and what lies next to them;
// and amounts of every size.
func (s *Search) numbers(i int) []slot.Value {
	in, decl := &s.inputs[i], &s.program.Inputs[i]
	var at []exact.Number
	for _, end := range []*exact.Number{decl.Min, decl.Above, decl.Max, decl.Below} {
		if end != nil {
			at = append(at, *end)
		}
	}
	for _, r := range decl.Ranges {
		at = append(at, r.Min, r.Max)
	}
	for _, list := range [][]slot.Value{in.constants, decl.OneOf} {
		for j := range list {
			if list[j].Kind == slot.Number {
				at = append(at, list[j].Num)
			}
		}
	}
	var out []slot.Value
	for _, x := range at {
		for _, y := range s.around(i, x) {
			out = append(out, slot.Num(y))
		}
	}
	for _, m := range magnitudes {
		out = append(out, slot.Num(exact.Int(m)), slot.Num(exact.Int(-m)))
	}
	sortUnique(&out)
	return out
}

// around returns x and its neighbours, as far as input i can be so exact.
func (s *Search) around(i int, x exact.Number) []exact.Number {
	in := &s.inputs[i]
	low, high := x.Round(in.places, exact.Floor), x.Round(in.places, exact.Ceiling)
	out := []exact.Number{low, high}
	if low.Equal(high) {
		out = []exact.Number{low.Sub(in.step()), low, low.Add(in.step())}
	} else if p, ok := x.Places(); ok && p <= FreePlaces && s.program.Inputs[i].Decimals == nil {
		out = []exact.Number{low, x, high}
	}
	return out
}

// Days that are tried besides those of the policy: so many years before and after the day of the decision. Where an age or
// a time to run has an edge, it is found between them.
var years = []int{-100, -50, -20, -10, -5, -2, -1, 1, 2, 5, 10, 50}

// days returns the days that are tried of input i: those of the policy, today, the days next to them, and others.
func (s *Search) days(i int) []slot.Value {
	in, decl := &s.inputs[i], &s.program.Inputs[i]
	at := []slot.Day{s.asOf}
	for _, end := range []*slot.Day{decl.MinDate, decl.MaxDate} {
		if end != nil {
			at = append(at, *end)
		}
	}
	for _, list := range [][]slot.Value{in.constants, decl.OneOf} {
		for j := range list {
			if list[j].Kind == slot.Date {
				at = append(at, slot.Day(list[j].Int))
			}
		}
	}
	var out []slot.Value
	for _, d := range at {
		out = append(out, slot.OfDay(d-1), slot.OfDay(d), slot.OfDay(d+1))
	}
	for _, n := range years {
		out = append(out, slot.OfDay(s.asOf.AddMonths(12*n)))
	}
	sortUnique(&out)
	return out
}

// Texts that the policy does not name: otherText is tried of every text, secondText too where texts are compared with each
// other.
const otherText, secondText = "X", "Z"

// others returns the values that are tried of input i, or a part of it, that is declared as decl and is neither a number
// nor a date.
func (s *Search) others(decl *record.Input, i int) []slot.Value {
	in := &s.inputs[i]
	if decl.OneOf != nil {
		return decl.OneOf
	}
	switch decl.Type.Kind {
	case slot.Bool:
		return []slot.Value{slot.Truth(false), slot.Truth(true)}
	case slot.Grade:
		out := make([]slot.Value, len(s.program.Grades))
		for k, name := range s.program.Grades {
			out[k] = slot.Rank(k, name)
		}
		return out
	case slot.String:
		out := []slot.Value{slot.Text(otherText)}
		for _, list := range [][]slot.Value{in.constants, in.loose} {
			for _, v := range list {
				if v.Kind == slot.String && !containsValue(out, &v) {
					out = append(out, v)
				}
			}
		}
		return out
	case slot.List:
		return s.lists(decl, i)
	case slot.Record:
		return s.records(decl, i)
	}
	return nil
}

// part returns the values that are tried of a part of input i, a list or a record, that is declared as decl.
func (s *Search) part(decl *record.Input, i int) []slot.Value {
	in := &s.inputs[i]
	var out []slot.Value
	one := exact.Int(1)
	switch decl.Type.Kind {
	case slot.Number:
		out = []slot.Value{slot.Num(one), slot.Num(exact.Int(0))}
		for _, v := range append(slices.Clone(in.loose), in.constants...) {
			if v.Kind == slot.Number {
				out = append(out, v, slot.Num(v.Num.Add(one)), slot.Num(v.Num.Sub(one)))
			}
		}
		out = append(out, slot.Num(exact.Int(1_000_000)))
		for _, end := range []*exact.Number{decl.Min, decl.Above, decl.Max, decl.Below} {
			if end != nil {
				out = append(out, slot.Num(*end), slot.Num(end.Add(one)), slot.Num(end.Sub(one)))
			}
		}
		for _, x := range decl.Ranges {
			out = append(out, slot.Num(x.Min), slot.Num(x.Max))
		}
		out = append(out, decl.OneOf...)
		if decl.Min == nil {
			out = slices.DeleteFunc(out, func(v slot.Value) bool { return v.Num.Sign() < 0 })
		}
	case slot.Date:
		out = []slot.Value{slot.OfDay(s.asOf), slot.OfDay(s.asOf.AddMonths(-13)), slot.OfDay(s.asOf.AddMonths(13))}
		for _, end := range []*slot.Day{decl.MinDate, decl.MaxDate} {
			if end != nil {
				out = append(out, slot.OfDay(*end))
			}
		}
		out = append(out, decl.OneOf...)
	default:
		return s.others(decl, i)
	}
	return slices.DeleteFunc(out, func(v slot.Value) bool { return !decl.Allows(&v) })
}

// lists returns an empty list, lists of one item and of two.
func (s *Search) lists(decl *record.Input, i int) []slot.Value {
	out := []slot.Value{slot.Items(nil)}
	if decl.Item == nil {
		return out
	}
	items := s.part(decl.Item, i)
	for k := range items {
		out = append(out, slot.Items([]slot.Value{items[k]}))
	}
	for k := range items {
		out = append(out, slot.Items([]slot.Value{items[0], items[k]}))
	}
	return out
}

// records returns a record of ordinary parts, and those that differ from it in one part or in two.
func (s *Search) records(decl *record.Input, i int) []slot.Value {
	parts := make([][]slot.Value, len(decl.Fields))
	first := make([]slot.Value, len(decl.Fields))
	for k := range decl.Fields {
		parts[k] = s.part(&decl.Fields[k], i)
		if len(parts[k]) == 0 {
			return nil
		}
		first[k] = parts[k][0]
	}
	out := []slot.Value{slot.Fields(first)}
	with := func(fields []slot.Value, k int, v slot.Value) []slot.Value {
		fields = slices.Clone(fields)
		fields[k] = v
		return fields
	}
	for k := range parts {
		for _, v := range parts[k][1:] {
			out = append(out, slot.Fields(with(first, k, v)))
		}
	}
	for k := range parts { // and in two, up to so many
		for _, v := range parts[k][1:] {
			for l := range k {
				for _, w := range parts[l][1:] {
					if len(out) >= mostRecords {
						return out
					}
					out = append(out, slot.Fields(with(with(first, k, v), l, w)))
				}
			}
		}
	}
	return out
}

// mostRecords is how many values are tried of an input that is a record, or of the items of a list.
const mostRecords = 60

// sortUnique sorts numbers or days and leaves each there once.
func sortUnique(values *[]slot.Value) {
	slices.SortStableFunc(*values, func(a, b slot.Value) int {
		x, _ := number(&a)
		y, _ := number(&b)
		return x.Cmp(y)
	})
	*values = slices.CompactFunc(*values, func(a, b slot.Value) bool { return a.Equal(b) })
}

func containsValue(list []slot.Value, v *slot.Value) bool {
	return slices.ContainsFunc(list, func(w slot.Value) bool { return w.Equal(*v) })
}

// allowedOnly leaves out of values what input i does not declare.
func (s *Search) allowedOnly(i int, values []slot.Value) []slot.Value {
	out := make([]slot.Value, 0, len(values)+1)
	for k := range values {
		if s.allowed(i, &values[k]) {
			out = append(out, values[k])
		}
	}
	return out
}

// allowed reports whether a record may give v as input i.
func (s *Search) allowed(i int, v *slot.Value) bool {
	in := &s.program.Inputs[i]
	switch v.Kind {
	case slot.Missing:
		return !in.Required
	case slot.Number:
		n := v.Num
		most := FreePlaces
		if in.Decimals != nil {
			most = *in.Decimals
		}
		if p, ok := n.Places(); !ok || p > most {
			return false
		}
		if in.Min != nil && n.Less(*in.Min) || in.Max != nil && in.Max.Less(n) ||
			in.Above != nil && !in.Above.Less(n) || in.Below != nil && !n.Less(*in.Below) {
			return false
		}
		if len(in.Ranges) > 0 && !slices.ContainsFunc(in.Ranges, func(r record.Range) bool { return !n.Less(r.Min) && !r.Max.Less(n) }) {
			return false
		}
	case slot.Date:
		d := slot.Day(v.Int)
		if in.MinDate != nil && d < *in.MinDate || in.MaxDate != nil && *in.MaxDate < d {
			return false
		}
	}
	return in.OneOf == nil || containsValue(in.OneOf, v)
}
