package prove

import (
	"errors"
	"fmt"
	"slices"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/search"
	"github.com/tallystick-go/tallystick/policy/internal/table"
)

// conclude makes the report of what was found.
func (r *prover) conclude() {
	out := r.report
	out.Ordinary = r.witness(r.search.Base())
	out.Claims = append(out.Claims, r.decidable()...)
	for _, q := range r.questions {
		if q.about != hidden && q.grade < 0 {
			out.Claims = append(out.Claims, r.claim(q))
		}
	}
	slices.SortStableFunc(out.Claims, func(a, b Claim) int {
		switch {
		case a.Place.Before(b.Place):
			return -1
		case b.Place.Before(a.Place):
			return 1
		}
		return 0
	})
	for _, x := range r.spans {
		out.Points = append(out.Points, r.extent(x))
	}
	if r.score != nil {
		score := r.extent(r.score)
		_, why := r.File.Scoring.Attained()
		for _, e := range []*End{&score.Lowest, &score.Highest} {
			if e.Verdict == Unproved && e.Bounded && why != "" {
				e.Why += ", and it may be too far: " + why
			}
		}
		out.Score = &score
	}
	for _, q := range r.questions {
		if q.grade >= 0 {
			c, row := r.claim(q), &r.File.Grade.Scale[q.grade]
			out.Grades = append(out.Grades, Grade{Name: row.Grade, Title: row.Title, Place: row.Place(), Verdict: c.Verdict, Why: c.Why, Witness: c.Witness})
		}
	}
	for _, m := range r.limits {
		most := r.largest(m)
		if m.grade >= 0 {
			out.Grades[m.grade].Limit = most
		}
		out.Limit = larger(out.Limit, most)
	}
}

// claim concludes a question.
func (r *prover) claim(q *question) Claim {
	out := Claim{About: q.about, ID: q.id, Place: q.place, Verdict: q.settled, Meant: q.meant, minor: q.minor, last: q.last}
	yes, no := Proved, Refuted // where there is a witness, and where there is none
	if q.about.always() {
		yes, no = Refuted, Proved
	}
	if q.witness != nil {
		out.Witness = r.confirmed(q.witness, q.asks)
	}
	switch {
	case out.Witness.Found():
		out.Verdict = yes
	case r.report.Complete && q.witness == nil:
		out.Verdict = no
	}
	if out.Verdict == Unproved {
		out.Why = r.unseen()
	}
	return out
}

// unseen says why a claim without a witness is Unproved.
func (r *prover) unseen() string {
	return fmt.Sprintf("no record shows the one or the other, of %d that were decided", r.report.Records)
}

// confirmed returns the record in, or one nearer to an ordinary one that serves as well, decided once more from its text;
// none where it does not come out again. r.decided is then the decision.
func (r *prover) confirmed(in search.Inputs, asks func(*program.State) bool) Witness {
	in = r.search.Nearer(in, r.search.Base(), asks)
	s, err := r.search.Confirm(in)
	if err != nil || !asks(s) {
		return Witness{}
	}
	r.decided = s
	return r.witness(in)
}

func (r *prover) witness(in search.Inputs) Witness {
	return Witness{r.search.Text(in), r.search.Change(r.search.Base(), in), r.search.JSON(in)}
}

// broken is a record that cannot be decided, and what fails.
type broken struct {
	record search.Inputs
	place  doc.Place
}

// breaks keeps a record that cannot be decided, the first for each place.
func (r *prover) breaks(in search.Inputs, err error) {
	var fault *program.Error
	if errors.As(err, &fault) && !slices.ContainsFunc(r.broken, func(b broken) bool { return b.place == fault.Place }) {
		r.broken = append(r.broken, broken{in.Clone(), fault.Place})
	}
}

// decidable concludes whether every record can be decided: a claim for each place that fails, or one where nothing does.
func (r *prover) decidable() (out []Claim) {
	for _, b := range r.broken {
		fails := func(err error) *program.Error {
			var fault *program.Error
			if errors.As(err, &fault) && fault.Place == b.place {
				return fault
			}
			return nil
		}
		in := r.search.NearerFault(b.record, r.search.Base(), func(err error) bool { return fails(err) != nil })
		if _, err := r.search.Confirm(in); fails(err) != nil {
			out = append(out, Claim{
				About: Decided, Place: b.place, Verdict: Refuted, Witness: r.witness(in), Detail: fails(err).Error(),
				minor: !r.isRow(b.place), // mostly of amounts beyond reason; two rows that both hold are not
			})
		}
	}
	switch {
	case len(out) > 0:
	case r.report.Complete && len(r.broken) == 0:
		out = []Claim{{About: Decided, Verdict: Proved}}
	default:
		out = []Claim{{About: Decided, Why: r.unseen()}}
	}
	return out
}

// isRow reports whether a row of a table stands at place.
func (r *prover) isRow(place doc.Place) bool {
	for i := range r.Values {
		if t := r.Values[i].Table; t != nil && slices.ContainsFunc(t.Rows, func(row table.Row) bool { return row.Place == place }) {
			return true
		}
	}
	return false
}
