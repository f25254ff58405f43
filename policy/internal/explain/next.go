package explain

import (
	"slices"

	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/search"
)

// NextGrade is what reaches the next better grade of the scale: the smallest changes of one input, and of two, each decided
// again from the text of the record.
type NextGrade struct {
	Grade string    `json:"grade,omitempty"` // that the customer has, before an override by hand
	Next  string    `json:"next,omitempty"`  // the next better one; "" where there is none
	None  string    `json:"none,omitempty"`  // why there is none: best, off_scale or no_grade
	Needs *Distance `json:"needs,omitempty"` // how far the score is from it

	// Changes of one input each, the cheapest first: the nearest value above and the nearest below what it is.
	Changes []Change `json:"changes"`
	// Pair is the cheapest change of two inputs that was found, where it costs at most nine tenths of that of one.
	Pair *Change `json:"pair,omitempty"`

	// Blocks are what would hold the grade down even if the score reached the next one. Changes then lead there as far as
	// the score goes, where nothing leads to the grade itself.
	Blocks []Block `json:"blocks,omitempty"`
	// Criteria are those that are not met, whatever the grade.
	Criteria []Block `json:"criteria,omitempty"`
	// Untried are inputs that are missing where that mattered: nobody knows what they would change.
	Untried []Reading `json:"untried,omitempty"`
}

// Change is a change of the record, and what the policy then says.
type Change struct {
	Inputs  []InputChange  `json:"inputs"`
	Cost    Number         `json:"cost"` // of all inputs together, see InputChange
	Points  []PointsChange `json:"points,omitempty"`
	Score   *Number        `json:"score,omitempty"`
	Grade   string         `json:"grade"` // before an override by hand
	Outcome string         `json:"outcome"`
	Limit   *Amount        `json:"limit,omitempty"` // in force
}

// InputChange is another value of an input. A change of a number costs its size relative to what it is, or to one unit of
// its last decimal where it is less than that; that of a date its days over 365; any other costs 1.
type InputChange struct {
	Reading         // what it is
	To      Datum   `json:"to"`
	By      *Number `json:"by,omitempty"` // of a number; of a date in days
}

// PointsChange is an indicator whose points change.
type PointsChange struct {
	ID    string  `json:"id"`
	Title string  `json:"title,omitempty"`
	From  *Number `json:"from,omitempty"`
	To    *Number `json:"to,omitempty"`
}

// Block is a rule that holds the grade down, or a criterion that is not met.
type Block struct {
	Kind   string `json:"kind"` // rule, transition, hold or criterion
	ID     string `json:"id,omitempty"`
	Title  string `json:"title,omitempty"`
	Text   string `json:"text,omitempty"` // what it does
	To     string `json:"to,omitempty"`   // the grade that it leaves
	Reason string `json:"reason,omitempty"`
}

// Limits of the search. They bound how long it takes, by counting and not by a clock.
const (
	scanned     = 1000   // values on either side of what an input is that are all tried, one after the other
	allScanned  = 30_000 // all inputs together
	pairScanned = 50     // likewise where it is the second input that is changed; also the last ones before a value found
	mostPartial = 12     // values of one input that a second one is tried with
	mostPairs   = 600    // of these values with a second input
)

// daysOfCost is how many days of a date cost as much as a number's change by all that it is.
const daysOfCost = 365

// Next looks for the smallest changes that lead the customer in s, who has been decided by p, to the next better grade.
//
// Each input is changed by itself; those that the policy takes the previous grade from, overrides by hand, lists and records
// stay as they are. The values that are tried are those at which something in the policy changes (see
// [search.Search.Values]); from there it is searched for the nearest one, at the declared decimals of the input, or at as
// many as the values have. Where the nearest is among the next 1,000 values, there is none nearer: all of them are tried (of
// more than 30 inputs, fewer).
func Next(p *program.Program, s *program.State, f Facts) *NextGrade {
	state := s.Clone()
	n := &next{builder: &builder{p: p, s: &state, words: words{f.Lang, f.Chinese}}, search: search.New(p, s.AsOf), values: map[int][]slot.Value{}}
	return n.find()
}

// next looks for changes.
type next struct {
	*builder
	search *search.Search
	base   search.Inputs
	out    *NextGrade
	target int                       // index of the grade
	lacks  []string                  // what is missing for the customer as he is
	goal   func(*program.State) bool // whether a decision is what is looked for
	values map[int][]slot.Value      // of each input: where something changes, the others being as they are
	scan   int                       // values that are tried one after the other
}

func (n *next) find() *NextGrade {
	l, r := n.p.File.Grade, &n.s.Grade
	n.out = &NextGrade{Grade: n.gradeName(r.Ruled), Changes: []Change{}}
	switch {
	case r.Ruled < 0:
		n.out.None = "no_grade"
	case r.Ruled >= l.OnScale():
		n.out.None = "off_scale"
	case r.Ruled == 0:
		n.out.None = "best"
	}
	if n.out.None != "" {
		return n.out
	}
	n.target = r.Ruled - 1
	n.out.Next = n.gradeName(n.target)
	if n.s.Score.HasScore && !l.Of.IsSet() && r.Scored > n.target {
		n.out.Needs = n.distance(&l.Scale[n.target], n.s.Score.Score)
	}
	n.base = make(search.Inputs, len(n.p.Inputs))
	for i := range n.base {
		if v := n.s.Frame.Slots[i]; v.Kind != slot.Missing {
			n.base[i] = v
		}
	}
	n.lacks = n.blamed(n.s.Missing)
	n.blocks()
	n.criteria()
	n.untried()
	n.goal = func(st *program.State) bool {
		return st.Grade.Ruled >= 0 && st.Grade.Ruled <= n.target && n.whole(st)
	}
	n.changes()
	if len(n.out.Changes) == 0 && n.out.Pair == nil && len(n.out.Blocks) > 0 && r.Scored > n.target {
		n.goal = func(st *program.State) bool {
			return st.Grade.Scored >= 0 && st.Grade.Scored <= n.target && n.whole(st)
		}
		n.changes()
	}
	return n.out
}

// whole reports whether nothing is missing in st that is there for the customer: to leave out what costs points is no way to
// a better grade.
func (n *next) whole(st *program.State) bool {
	if st.Missing == 0 {
		return true
	}
	for _, name := range (&builder{p: n.p, s: st}).blamed(st.Missing) {
		if !slices.Contains(n.lacks, name) {
			return false
		}
	}
	return true
}

// blocks finds what would hold the grade down if the score was that of the next one.
func (n *next) blocks() {
	l := n.p.File.Grade
	score, ok := n.scoreOf(&l.Scale[n.target])
	if l.Of.IsSet() || !ok {
		return
	}
	all := n.held(l, 0, score)
	if len(all) == 0 {
		return
	}
	// One that holds the grade down leaves nothing to do to those after it: each is asked by itself.
	alone := *l
	alone.Transitions = nil
	for i := range l.Rules {
		alone.Rules = l.Rules[i : i+1]
		n.out.Blocks = append(n.out.Blocks, n.held(&alone, i, score)...)
	}
	alone.Rules, alone.Transitions = nil, l.Transitions
	n.out.Blocks = append(n.out.Blocks, n.held(&alone, 0, score)...)
	if len(n.out.Blocks) == 0 { // it takes several
		n.out.Blocks = all
	}
}

// held returns what of the ladder, whose rules are those of the policy from first on, holds the grade down at the score.
func (n *next) held(l *grade.Ladder, first int, score Number) (out []Block) {
	st := n.s.Clone()
	if sym, ok := n.p.Symbols["score"]; ok {
		st.Frame.Slots[sym.Slot] = slot.Num(score)
	}
	var r grade.Result
	if err := l.Grade(&st.Frame, score, true, 0, nil, &r); err != nil || r.Ruled <= n.target {
		return nil
	}
	for i := range r.Steps {
		x := &r.Steps[i]
		if !x.Fired() || x.To <= x.From {
			continue
		}
		if x.Kind != grade.Transition {
			x.Index += first
		}
		s := n.gradeStep(x)
		out = append(out, Block{Kind: s.Kind, ID: s.ID, Text: named(s.Does, s.Text), To: s.To, Reason: s.Reason})
	}
	return out
}

// scoreOf returns the score at which the row begins for who comes from below.
func (n *next) scoreOf(r *grade.Row) (score Number, ok bool) {
	unit := exact.Number{}
	if places := n.p.Rounding.Score; places >= 0 {
		unit = unitOf(places)
	}
	switch {
	case n.out.Needs == nil && n.s.Score.HasScore: // it is there already
		return n.s.Score.Score, true
	case r.Min != nil:
		return *r.Min, true
	case r.Above != nil:
		return r.Above.Add(unit), true
	case r.Max != nil:
		return *r.Max, true
	case r.Below != nil:
		return r.Below.Sub(unit), true
	}
	return score, false
}

// unitOf returns 10 to the power -places.
func unitOf(places int) Number {
	u, _ := exact.Int(10).PowInt(-places) // 10 is not 0
	return u
}

// criteria notes those that are not met.
func (n *next) criteria() {
	for i, s := range n.s.Criteria {
		c := &n.p.File.Admission[i]
		effect := ""
		switch s.Result {
		case program.Fail:
			effect = named(c.Otherwise, "reject")
		case program.Unknown:
			effect = named(c.Missing, "refer")
		}
		if effect == "reject" || effect == "refer" {
			n.out.Criteria = append(n.out.Criteria, Block{Kind: "criterion", ID: c.ID.Value, Title: n.in(c.Title), Text: effect, Reason: n.in(c.Reason)})
		}
	}
}

// untried notes the inputs of which nobody knows what they would change.
func (n *next) untried() {
	closed := n.closed()
	for _, atom := range n.p.Blamed(n.s, n.s.Missing) {
		sym, ok := n.p.Symbols[atom.Name]
		if ok && atom.Kind == program.Absent && sym.Slot < len(n.base) && !closed[atom.Name] {
			n.out.Untried = append(n.out.Untried, n.reading(atom.Name, slot.Value{}, sym.Type))
		}
	}
}

// closed returns the inputs that the previous grade is taken from: they stay as they are.
func (n *next) closed() map[string]bool {
	out := map[string]bool{}
	if t := n.p.File.Grade.Transitions; t != nil {
		for _, r := range working(n.builder, &t.From).Reads {
			out[r.Name] = true
		}
	}
	return out
}

// open returns the inputs that are changed.
func (n *next) open() (out []int) {
	closed := n.closed()
	for i := range n.p.Inputs {
		in := &n.p.Inputs[i]
		declared := n.input(in.Name) != nil // else it is part of an override
		missing := n.base[i].Kind == slot.Missing
		switch in.Type.Kind {
		case slot.Number, slot.Date:
			if missing {
				continue
			}
		case slot.String, slot.Bool, slot.Grade:
		default:
			continue
		}
		if declared && !closed[in.Name] {
			out = append(out, i)
		}
	}
	return out
}

// candidate is another value of an input, and what it costs.
type candidate struct {
	input int
	value slot.Value
	cost  Number
}

// changes looks for changes of one input, and of two.
func (n *next) changes() {
	var singles, partial []candidate
	open := n.open()
	n.scan = max(pairScanned, min(scanned, allScanned/max(1, len(open))))
	for _, i := range open {
		if n.values[i] == nil {
			n.values[i] = n.search.Values(n.base, i)
		}
		reached, helpful := n.along(n.base, i)
		singles = append(singles, reached...)
		partial = append(partial, helpful...)
	}
	byCost := func(a, b candidate) int { return a.cost.Cmp(b.cost) }
	slices.SortStableFunc(singles, byCost)
	for _, c := range singles {
		if x, ok := n.change(n.base.With(c.input, c.value), c.input); ok {
			n.out.Changes = append(n.out.Changes, x)
		}
	}
	slices.SortStableFunc(partial, byCost)
	var most *Number // what a pair must cost less than
	if len(n.out.Changes) > 0 {
		share, _ := exact.Ratio(9, 10)
		cost := n.out.Changes[0].Cost.Mul(share)
		most = &cost
	}
	n.pair(partial, most)
}

// along looks along input i of in: for the nearest value on either side that reaches the goal (of a text or a truth value,
// for each), and for values that bring the score nearer without.
func (n *next) along(in search.Inputs, i int) (reached, helpful []candidate) {
	at := in[i]
	values := n.values[i]
	x0, counted := count(&at)
	before, _ := n.standing(in)
	matters := !before.scored // then it shows only in the end
	ok := make([]bool, len(values))
	for k := range values {
		v := values[k]
		if v.Kind == slot.Missing || v.Equal(at) {
			continue
		}
		now, there := n.standing(in.With(i, v))
		moved := now != before || !before.scored
		matters = matters || moved
		switch {
		case there:
			ok[k] = true
			if !counted {
				reached = append(reached, candidate{i, v, n.cost(i, &at, &v)})
			}
		case moved && now.decided && now.scored == before.scored && n.nearer(before.score, now.score):
			helpful = append(helpful, candidate{i, v, n.cost(i, &at, &v)})
		}
	}
	if counted && matters {
		reached = append(n.nearest(in, i, x0, values, ok, -1), n.nearest(in, i, x0, values, ok, 1)...)
	}
	slices.SortStableFunc(helpful, func(a, b candidate) int { return a.cost.Cmp(b.cost) })
	if len(helpful) > mostPartial {
		helpful = helpful[:mostPartial]
	}
	return reached, helpful
}

// standing is what a change can move.
type standing struct {
	decided, scored bool
	score           Number
	ruled           int
	fired           uint64 // the first steps of the grade that applied, a bit for each
}

// standing decides in and returns where it stands, and whether that is the goal.
func (n *next) standing(in search.Inputs) (out standing, there bool) {
	st, err := n.search.Decide(in)
	if err != nil {
		return out, false
	}
	out = standing{decided: true, scored: st.Score.HasScore, score: st.Score.Score, ruled: st.Grade.Ruled}
	for i := range st.Grade.Steps {
		if st.Grade.Steps[i].Fired() {
			out.fired |= 1 << (i % 64)
		}
	}
	return out, n.goal(st)
}

// nearer reports whether the score now is nearer to the next grade than that before; where that is there already, or there is
// no score, whether it is no farther: it is not the score then that holds the grade down.
func (n *next) nearer(before, now Number) bool {
	l := n.p.File.Grade
	a, b := n.distance(&l.Scale[n.target], before), n.distance(&l.Scale[n.target], now)
	if a == nil || b == nil {
		return b == nil
	}
	return b.By.Less(a.By)
}

// count returns the number that v is counted by: of a number, a date.
func count(v *slot.Value) (Number, bool) {
	switch v.Kind {
	case slot.Number:
		return v.Num, true
	case slot.Date:
		return exact.Int(v.Int), true
	}
	return Number{}, false
}

// counting returns x as a value of the kind of v.
func counting(v *slot.Value, x Number) slot.Value {
	if v.Kind == slot.Date {
		day, _ := x.Int64()
		return slot.OfDay(slot.Day(day))
	}
	return slot.Num(x)
}

// nearest returns the value of input i that reaches the goal and lies nearest to x0 on one side: way is 1 for above, -1 for
// below. ok says which of values reach it.
func (n *next) nearest(in search.Inputs, i int, x0 Number, values []slot.Value, ok []bool, way int) []candidate {
	at := in[i]
	reached := func(x Number) []candidate {
		v := counting(&at, x)
		return []candidate{{i, v, n.cost(i, &at, &v)}}
	}
	near, far, found := between(x0, values, ok, way)
	unit := unitOf(n.places(i, x0, far))
	l := line{next: n, in: in, i: i, step: unit.Mul(exact.Int(int64(way)))}
	if x, ok := l.first(x0, n.scan); ok {
		return reached(x)
	}
	if !found {
		return nil
	}
	far = l.halve(near, far, n.places(i, x0, far))
	// Points need not rise evenly: those before are tried as well.
	if x, ok := l.first(far.Sub(l.step.Mul(exact.Int(pairScanned))), pairScanned); ok {
		far = x
	}
	return reached(far)
}

// between returns the first value on one side of x0 that reaches the goal, and the last one before it, which does not.
func between(x0 Number, values []slot.Value, ok []bool, way int) (near, far Number, found bool) {
	near = x0
	for k := range values {
		if way < 0 {
			k = len(values) - 1 - k
		}
		x, counted := count(&values[k])
		if !counted || x.Cmp(x0)*way <= 0 {
			continue
		}
		if ok[k] {
			return near, x, true
		}
		near = x
	}
	return near, x0, false
}

// line is an input that is changed step by step, the others as in in.
type line struct {
	*next
	in   search.Inputs
	i    int
	step Number
}

// reaches reports whether x is allowed and reaches the goal.
func (l line) reaches(x Number) bool {
	v := counting(&l.in[l.i], x)
	if !l.p.Inputs[l.i].Allows(&v) {
		return false
	}
	st, err := l.search.Decide(l.in.With(l.i, v))
	return err == nil && l.goal(st)
}

// first returns the first of the next most values after x that reaches the goal.
func (l line) first(x Number, most int) (Number, bool) {
	for range most {
		x = x.Add(l.step)
		if l.reaches(x) {
			return x, true
		}
	}
	return x, false
}

// halve returns the value next to one that does not reach the goal, between near, which does not, and far, which does.
func (l line) halve(near, far Number, places int) Number {
	half, _ := exact.Ratio(1, 2)
	for {
		x := near.Add(far).Mul(half).Round(places, exact.Down)
		switch {
		case x.Equal(near) || x.Equal(far):
			return far
		case l.reaches(x):
			far = x
		default:
			near = x
		}
	}
}

// places are the decimals at which input i is searched: those that are declared, or else as many as a and b have.
func (n *next) places(i int, a, b Number) int {
	if d := n.p.Inputs[i].Decimals; d != nil {
		return *d
	}
	places := 0
	for _, x := range []Number{a, b} {
		if p, ends := x.Places(); ends {
			places = max(places, min(p, search.FreePlaces))
		}
	}
	return places
}

// cost returns what it costs to change input i from a to b, see InputChange.
func (n *next) cost(i int, a, b *slot.Value) Number {
	x, ok := count(a)
	y, ok2 := count(b)
	if !ok || !ok2 {
		return exact.Int(1)
	}
	by := y.Sub(x).Abs()
	of := exact.Max(x.Abs(), unitOf(n.places(i, x, y)))
	if a.Kind == slot.Date {
		of = exact.Int(daysOfCost)
	}
	cost, _ := by.Quo(of) // which is above 0
	return cost
}

// pair looks for the cheapest change of two inputs: each of the partial changes, with the nearest of a second input that
// does the rest. It must cost less than most, where there is one.
func (n *next) pair(partial []candidate, most *Number) {
	n.scan = pairScanned
	var best search.Inputs
	var first, second int
	tried := 0
	open := n.open()
	for _, c := range partial {
		if most != nil && !c.cost.Less(*most) {
			break // the rest cost more
		}
		in := n.base.With(c.input, c.value)
		for _, j := range open {
			if j == c.input {
				continue
			}
			if tried++; tried > mostPairs {
				break
			}
			reached, _ := n.along(in, j)
			for _, d := range reached {
				if cost := c.cost.Add(d.cost); most == nil || cost.Less(*most) {
					best, most, first, second = in.With(j, d.value), &cost, c.input, j
				}
			}
		}
	}
	if best == nil {
		return
	}
	// The first input was changed to where something changes: perhaps less of it will do.
	if x0, counted := count(&n.base[first]); counted {
		x, _ := count(&best[first])
		way := x.Cmp(x0)
		for _, c := range n.nearest(best.With(first, n.base[first]), first, x0, []slot.Value{best[first]}, []bool{true}, way) {
			best = best.With(first, c.value)
		}
	}
	if x, ok := n.change(best, first, second); ok {
		n.out.Pair = &x
	}
}

// change decides in again from its text and tells what it changes; ok is false where it does not reach the goal.
func (n *next) change(in search.Inputs, changed ...int) (out Change, ok bool) {
	st, err := n.search.Confirm(in)
	if err != nil || !n.goal(st) {
		return out, false
	}
	slices.Sort(changed)
	for _, i := range changed {
		decl := &n.p.Inputs[i]
		x := InputChange{Reading: n.reading(decl.Name, n.base[i], decl.Type), To: Datum{in[i], decl.Type}}
		a, ok := count(&n.base[i])
		b, ok2 := count(&in[i])
		if ok && ok2 {
			by := b.Sub(a)
			x.By = &by
		}
		out.Inputs = append(out.Inputs, x)
		out.Cost = out.Cost.Add(n.cost(i, &n.base[i], &in[i]))
	}
	before, after := n.s.Score.Items, st.Score.Items
	for i := range after {
		if i >= len(before) || before[i].Indicator.ID.Value != after[i].Indicator.ID.Value {
			break // other weights count
		}
		a, b := &before[i], &after[i]
		if a.Points.Equal(b.Points) && a.Effect == b.Effect {
			continue
		}
		x := PointsChange{ID: a.Indicator.ID.Value, Title: n.in(a.Indicator.Title)}
		if a.Effect <= scored {
			points := a.Points
			x.From = &points
		}
		if b.Effect <= scored {
			points := b.Points
			x.To = &points
		}
		out.Points = append(out.Points, x)
	}
	if st.Score.HasScore {
		score := st.Score.Score
		out.Score = &score
	}
	out.Grade, out.Outcome = n.gradeName(st.Grade.Ruled), st.Outcome.String()
	if n.p.File.Credit != nil {
		switch limit := &st.Credit.Limit; {
		case st.Outcome != program.Admitted:
			out.Limit = &Amount{}
		case limit.Has:
			out.Limit = amountOf(limit.Amount)
		}
	}
	return out, true
}
