package coverage

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/search"
)

// Case is a customer who shows what no decision has shown so far.
type Case struct {
	Shows   []*Item // the first one is what it was looked for, or the first in the order of the items
	Inputs  search.Inputs
	Changes []Change // of the record that all cases start from
}

// Change is an input that is not as in the record that all cases start from.
type Change struct {
	Name string
	Text string // as a test file writes it; null for none
}

// Suggest looks for customers who show the items that no decision has shown, on the day asOf. They start from base, a
// value for each input of the policy, and change as little of it as was found possible; where base has nothing, they start
// from an ordinary record. The same policy, day and base give the same cases. What no customer was found for is in none:
// that proves nothing.
func (c *Coverage) Suggest(asOf slot.Day, base search.Inputs) []Case {
	s := &suggester{Search: search.New(c.program, asOf), coverage: c, base: base, from: slices.Clone(base)}
	empty := !slices.ContainsFunc(base, func(v slot.Value) bool { return v.Kind != slot.Missing })
	for i, v := range s.Base() {
		// An override by hand, which is optional, is nothing ordinary.
		if in := &c.program.Inputs[i]; empty && !in.Optional || base[i].Kind == slot.Missing && in.Required {
			s.from[i] = v
		}
	}
	for i := range c.Items {
		if c.seen[i] == 0 {
			s.open = append(s.open, c.Items[i])
		}
	}
	s.single()
	for len(s.open) > 0 {
		s.one(s.open[0])
	}
	place := map[*Item]int{}
	for i, it := range c.Items {
		place[it] = i
	}
	slices.SortStableFunc(s.cases, func(a, b Case) int { return place[a.Shows[0]] - place[b.Shows[0]] })
	return s.cases
}

// suggester looks for cases.
type suggester struct {
	*search.Search
	coverage *Coverage
	base     search.Inputs // what the cases change
	from     search.Inputs // the same, with what a record cannot be without
	open     []*Item       // what there is no case for
	cases    []Case
}

// single finds cases that change one input. Of all such records, the one that shows most comes first.
func (s *suggester) single() {
	type candidate struct {
		input  int
		values []slot.Value // that are tried of the input
		at     int          // the one that it has here
		shows  []*Item
	}
	var all []candidate
	for i := range s.from {
		values := append([]slot.Value{s.from[i]}, s.Values(s.from, i)...)
		for k := range values {
			if shows := s.shownBy(s.from.With(i, values[k])); len(shows) > 0 {
				all = append(all, candidate{i, values[1:], k - 1, shows})
			}
		}
	}
	for {
		best, most := -1, 0
		for i := range all {
			all[i].shows = slices.DeleteFunc(all[i].shows, func(it *Item) bool { return !slices.Contains(s.open, it) })
			if n := len(all[i].shows); n > most {
				best, most = i, n
			}
		}
		if best < 0 {
			return
		}
		x := all[best]
		v := s.from[x.input]
		if x.at >= 0 {
			v = s.plainer(x.input, x.values, x.at, x.shows)
		}
		if !s.take(s.from.With(x.input, v), nil) {
			all[best].shows = nil // it cannot be given as a record
		}
	}
}

// plainer returns, of the numbers around values[at] with which input i shows the same, a round one near where all cases
// start: nobody wants to read 0.8001 where 0.9 will do, or a billion.
func (s *suggester) plainer(i int, values []slot.Value, at int, shows []*Item) slot.Value {
	v := values[at]
	if v.Kind != slot.Number {
		return v
	}
	same := func(v slot.Value) bool {
		if v.Kind != slot.Number {
			return false
		}
		shown := s.shownBy(s.from.With(i, v))
		return !slices.ContainsFunc(shows, func(it *Item) bool { return !slices.Contains(shown, it) })
	}
	low, high := at, at
	for low > 0 && same(values[low-1]) {
		low--
	}
	for high+1 < len(values) && same(values[high+1]) {
		high++
	}
	if low == high {
		return v
	}
	from, to := values[low].Num, values[low+1].Num
	if from.Less(s.from[i].Num) { // the other end is nearer
		from, to = values[high-1].Num, values[high].Num
	}
	half, _ := exact.Ratio(1, 2)
	middle := from.Add(to).Mul(half)
	const largest = 15
	for places := -largest; places <= search.FreePlaces; places++ {
		x := middle.RoundTo(unitOf(places), exact.HalfEven)
		if !x.Less(from) && !to.Less(x) && same(slot.Num(x)) {
			return slot.Num(x)
		}
	}
	return v
}

// shownBy returns the open items that the record shows.
func (s *suggester) shownBy(in search.Inputs) (out []*Item) {
	state, err := s.Decide(in)
	if err != nil {
		return nil
	}
	return s.shown(state)
}

func (s *suggester) shown(state *program.State) (out []*Item) {
	for _, it := range s.open {
		if it.Happens(state) {
			out = append(out, it)
		}
	}
	return out
}

// one finds a case for it, or gives up. It looks near where all cases start, then near the cases that come closest.
func (s *suggester) one(it *Item) {
	var hints []search.Hint
	starts := []search.Inputs{s.from}
	if it.near != nil {
		hint := func(state *program.State) (exact.Number, bool) {
			d, ok := it.near(state)
			return d.Abs(), ok && state.Frame.TakeErr() == nil
		}
		hints = append(hints, hint)
		starts = append(starts, s.closest(hint)...)
	}
	defer func() { s.Budget = search.DefaultBudget }()
	for _, from := range starts {
		if in, ok := s.FindFrom(from, it.Happens, hints...); ok && s.take(s.fewer(in, it), it) {
			return
		}
		s.Budget = search.DefaultBudget / 4 // who is close is not far
	}
	s.open = slices.DeleteFunc(s.open, func(x *Item) bool { return x == it })
}

// closest returns a few cases, those that are nearest by a hint.
func (s *suggester) closest(hint search.Hint) (out []search.Inputs) {
	type candidate struct {
		in   search.Inputs
		away exact.Number
	}
	var all []candidate
	for i := range s.cases {
		in := s.cases[i].Inputs
		if state, err := s.Decide(in); err == nil {
			if away, ok := hint(state); ok {
				all = append(all, candidate{in, away})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return a.away.Cmp(b.away) })
	const few = 6
	for _, c := range all[:min(few, len(all))] {
		out = append(out, c.in)
	}
	return out
}

// fewer returns in with as many inputs as possible as in the record that all start from, while it still shows the item.
func (s *suggester) fewer(in search.Inputs, it *Item) search.Inputs {
	for i := range in {
		if same := in.With(i, s.from[i]); !equal(&in[i], &s.from[i]) {
			if state, err := s.Decide(same); err == nil && it.Happens(state) {
				in = same
			}
		}
	}
	return in
}

// take makes a case of in, for the item it or for whatever in shows. It reports whether it shows any that is open, decided
// again from its text.
func (s *suggester) take(in search.Inputs, it *Item) bool {
	state, err := s.Confirm(in)
	if err != nil {
		return false
	}
	shows := s.shown(state)
	if len(shows) == 0 || it != nil && !slices.Contains(shows, it) {
		return false
	}
	if it != nil { // it was looked for
		shows = slices.DeleteFunc(shows, func(x *Item) bool { return x == it })
		shows = slices.Insert(shows, 0, it)
	}
	s.open = slices.DeleteFunc(s.open, func(x *Item) bool { return slices.Contains(shows, x) })
	s.cases = append(s.cases, Case{shows, in, s.changes(in)})
	return true
}

// changes returns what in has that the base does not.
func (s *suggester) changes(in search.Inputs) (out []Change) {
	for i := range in {
		decl := &s.coverage.program.Inputs[i]
		out = appendChange(out, decl.Name, decl.Type, &s.base[i], &in[i])
	}
	return out
}

// appendChange appends what makes now of was, an input or a field of one. A case changes the fields of a record one by one.
func appendChange(out []Change, name string, t *slot.Type, was, now *slot.Value) []Change {
	switch {
	case equal(was, now):
	case now.Kind == slot.Missing:
		out = append(out, Change{name, "null"})
	case now.Kind == slot.Record && was.Kind == slot.Record:
		for i := range now.List {
			out = appendChange(out, name+"."+t.Fields[i].Name, t.Fields[i].Type, &was.List[i], &now.List[i])
		}
	default:
		out = append(out, Change{name, search.ValueText(t, now)})
	}
	return out
}

// equal reports whether a and b are the same, also where both are missing.
func equal(a, b *slot.Value) bool {
	return a.Kind == slot.Missing && b.Kind == slot.Missing || a.Equal(*b)
}
