package prove

import (
	"cmp"
	"slices"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/search"
	"github.com/tallystick-go/tallystick/scoring"
)

// Extent is how far a number goes: the points of an indicator before any reweighting, or the score.
type Extent struct {
	ID              string // of the indicator, "score"
	Title           doc.Title
	Place           doc.Place
	Places          int           // decimals, scoring.Exact where it is not rounded
	Full            *exact.Number // the weight of the indicator, where it has one
	Lowest, Highest End
}

// End is how far a number goes one way.
type End struct {
	Bound   exact.Number // no record goes beyond it
	Bounded bool         // whether there is a bound
	Reached exact.Number // how far a record goes that was found
	Witness Witness      // that record; none where none was found that has the number at all
	Verdict Verdict      // Proved: no record goes farther than the witness
	Why     string       // where it is Unproved: why
}

// extreme is a number that is made as great as can be.
type extreme struct {
	measure search.Measure
	enough  *exact.Number // no record goes beyond this; nil: not known
	best    exact.Number
	witness search.Inputs
}

// extreme adds a number that is made great.
func (r *prover) extreme(m search.Measure) *extreme {
	x := &extreme{measure: m}
	r.extremes = append(r.extremes, x)
	return x
}

// see keeps in where it goes farther than what was seen before.
func (x *extreme) see(in search.Inputs, s *program.State) {
	if n, ok := x.measure(s); ok && (x.witness == nil || x.best.Less(n)) {
		x.best, x.witness = n, in.Clone()
	}
}

// search goes on from the best record seen.
func (x *extreme) search(s *search.Search) {
	if x.witness == nil || x.enough != nil && x.best.Equal(*x.enough) {
		return // so many records without it: it is left at that
	}
	if in, n, ok := s.Maximize(x.measure, append([]search.Inputs{x.witness}, s.Anchors()...)...); ok && !n.Less(x.best) {
		x.best, x.witness = n, in
	}
}

// asGreat reports whether the decision goes as far as the best record.
func (x *extreme) asGreat(s *program.State) bool {
	n, ok := x.measure(s)
	return ok && !n.Less(x.best)
}

// end returns what is known of the number that x made great, or of its negative where that was made great. The witness is
// one for which asks holds.
func (r *prover) end(x *extreme, negative bool, bound exact.Number, bounded bool, asks func(*program.State) bool) End {
	out := End{Bound: bound, Bounded: bounded}
	if x.witness != nil {
		out.Reached, out.Witness = x.best, r.confirmed(x.witness, asks)
	}
	if negative {
		out.Reached = out.Reached.Neg()
	}
	if !out.Witness.Found() {
		return out
	}
	if r.report.Complete {
		out.Bound, out.Bounded = out.Reached, true
	}
	switch {
	case out.Bounded && out.Bound.Equal(out.Reached):
		out.Verdict = Proved
	case out.Bounded:
		out.Why = "no record was found that goes as far as the bound"
	default:
		out.Why = "no bound was found"
	}
	return out
}

// span is an Extent being worked out.
type span struct {
	out             Extent
	lowest, highest *extreme
	bounds          scoring.Interval
}

func (r *prover) span(out Extent, m search.Measure, bounds scoring.Interval) *span {
	x := &span{out: out, highest: r.extreme(m), bounds: bounds, lowest: r.extreme(func(s *program.State) (exact.Number, bool) {
		n, ok := m(s)
		return n.Neg(), ok
	})}
	if !bounds.NoMin {
		least := bounds.Min.Neg()
		x.lowest.enough = &least
	}
	if !bounds.NoMax {
		x.highest.enough = &bounds.Max
	}
	return x
}

// extent concludes a span.
func (r *prover) extent(x *span) Extent {
	x.out.Lowest = r.end(x.lowest, true, x.bounds.Min, !x.bounds.NoMin, x.lowest.asGreat)
	x.out.Highest = r.end(x.highest, false, x.bounds.Max, !x.bounds.NoMax, x.highest.asGreat)
	return x.out
}

// measure adds the numbers that are made small and great: points, the score, limits.
func (r *prover) measure() {
	if c := r.File.Scoring; c != nil {
		r.points(c)
		bounds, ok := c.Range()
		if !ok {
			bounds = scoring.Everything()
		}
		r.score = r.span(Extent{ID: "score", Place: c.Place(), Places: r.Rounding.Score},
			func(s *program.State) (exact.Number, bool) { return s.Score.Score, s.Score.HasScore }, bounds)
	}
	t := r.File.Credit
	switch {
	case t == nil || len(t.Steps) == 0:
	case r.File.Grade == nil:
		r.limits = append(r.limits, r.limit(-1))
	default: // who is admitted has a grade
		for g := range r.Program.Grades {
			r.limits = append(r.limits, r.limit(g))
		}
	}
}

// points adds the points of the indicators of c, the card or a group of it. Points that were reweighted are left out: they
// are more than the indicator earns by itself.
func (r *prover) points(c *scoring.Card) {
	whole := r.File.Scoring
	for i := range c.Indicators {
		ind := &c.Indicators[i]
		id := ind.ID.Value
		bounds, ok := whole.PointsRange(id)
		if !ok || whole.PDO != nil || c.PDO != nil || len(whole.Weights) > 0 {
			bounds = scoring.Everything()
		}
		r.spans = append(r.spans, r.span(
			Extent{ID: id, Title: ind.Title, Place: ind.ID.Place(), Places: r.Rounding.Points, Full: ind.Weight},
			func(s *program.State) (exact.Number, bool) {
				for k := range s.Score.Items {
					if it := &s.Score.Items[k]; it.Indicator.ID.Value == id {
						return it.Points, it.Effect <= scoring.Substituted && unscaled(&s.Score, it.Group)
					}
				}
				return exact.Number{}, false
			}, bounds))
	}
	for i := range c.Groups {
		r.points(&c.Groups[i].Card)
	}
}

// unscaled reports whether no points of the group, or of those around it, were reweighted.
func unscaled(s *scoring.Result, group int) bool {
	for ; group >= 0; group = s.Groups[group].Parent {
		if s.Groups[group].Present.Less(s.Groups[group].Shared) {
			return false
		}
	}
	return !s.Present.Less(s.Shared)
}

// Grade is what can come of a grade.
type Grade struct {
	Name    string
	Title   doc.Title
	Place   doc.Place
	Verdict Verdict // whether somebody can have it
	Why     string  // where it is Unproved: why
	Witness Witness // who has it
	Limit   *Limit  // the largest of admitted customers who have it; nil where none was found
}

// Limit is the largest limit that is granted to an admitted customer.
type Limit struct {
	Unlimited bool // the witness may use any amount; only Witness and what follows says more
	End
	Grade    string // of the witness, "" for none
	Binding  string // the step that bound it, "" for none
	Approval string // who approves it, "" for nobody
}

// larger returns the larger one of two limits, the first of equal ones. No limit goes beyond the larger one of their bounds.
func larger(a, b *Limit) *Limit {
	if a == nil || b == nil {
		if a == nil {
			a = b
		}
		return a
	}
	out := *a
	if b.Unlimited && !a.Unlimited || b.Unlimited == a.Unlimited && a.Reached.Less(b.Reached) {
		out = *b
	}
	if out.Unlimited {
		return &out
	}
	out.Bounded, out.Bound = a.Bounded && b.Bounded, exact.Max(a.Bound, b.Bound)
	out.Verdict = Unproved
	if out.Bounded && out.Bound.Equal(out.Reached) {
		out.Verdict, out.Why = Proved, ""
	} else if out.Why == "" {
		out.Why = cmp.Or(a.Why, b.Why)
	}
	return &out
}

// most is a Limit being worked out, of one grade or, below 0, of all.
type most struct {
	grade     int
	amount    *extreme
	unlimited *question // nil: none is
}

func (r *prover) limit(g int) *most {
	granted := func(s *program.State) bool {
		return s.Outcome == program.Admitted && s.Credit.Limit.Has && (g < 0 || s.Grade.Has && s.Grade.Final == g)
	}
	out := &most{
		grade: g,
		amount: r.extreme(func(s *program.State) (exact.Number, bool) {
			a := s.Credit.Limit.Amount
			return a.Value, granted(s) && !a.Unlimited
		}),
	}
	if slices.ContainsFunc(r.File.Credit.Steps, func(s credit.Step) bool { return s.Unlimited }) {
		out.unlimited = r.hidden(func(s *program.State) bool { return granted(s) && s.Credit.Limit.Amount.Unlimited })
	}
	return out
}

// largest concludes a limit; nil: nobody has one.
func (r *prover) largest(m *most) *Limit {
	t := r.File.Credit
	amounts, endless := r.limitBound(t, m.grade)
	out := &Limit{}
	if m.unlimited != nil && m.unlimited.witness != nil {
		out.Unlimited = true
		out.Witness = r.confirmed(m.unlimited.witness, m.unlimited.asks)
		out.Verdict = Proved
	} else {
		bound := exact.Max(amounts.Max, exact.Number{}) // below 0 it is held there
		binding := credit.NoBinding
		if in := m.amount.witness; in != nil {
			if s, err := r.search.Decide(in); err == nil {
				binding = s.Credit.Limit.Binding
			}
		}
		out.End = r.end(m.amount, false, bound, !amounts.NoMax && !endless, func(s *program.State) bool {
			return m.amount.asGreat(s) && s.Credit.Limit.Binding == binding // not one that comes to it by chance
		})
	}
	if !out.Witness.Found() {
		return nil
	}
	s := r.decided // the witness
	if s.Grade.Has && r.File.Grade != nil {
		out.Grade = r.Program.Grades[s.Grade.Final]
	}
	out.Binding, out.Approval = t.BindingName(s.Credit.Limit.Binding), s.Credit.Approval.By
	return out
}
