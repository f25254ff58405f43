package scoring

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Points makes the score of a scorecard as in PMML 4 (DMG, Scorecard): an initial score and the points of every
// indicator, added up. There are no weights, no total, and points are not held.
//
// Indicators with a `baseline` give ranked reason codes: see [Card.Reasons].
//
//	combine: {points: {initial: 'usual ? 100 : 90', reasons: below}}
type Points struct {
	At
	Initial *Operand `key:"initial" doc:"the score to begin with, 0 if unsaid"`
	Reasons Against  `key:"reasons,oneof=below|above" doc:"what gives reasons: points below the baseline (unsaid), or above"`
}

// Against says which side of the baseline gives reasons. The empty Against is BelowBaseline.
type Against string

// The sides: PMML's reasonCodeAlgorithm.
const (
	BelowBaseline Against = "below" // pointsBelow: baseline - points
	AboveBaseline Against = "above" // pointsAbove: points - baseline
)

// Terms says that there are no weights, and that none can be left out.
func (*Points) Terms() Terms {
	return Terms{Full: FullFree, Leave: LeaveFault, Weights: WeightsNone}
}

// Check finds a side of the baseline that does not exist.
func (m *Points) Check(c *Card) []Fault {
	if m.Node() == nil && m.Reasons != "" && m.Reasons != BelowBaseline && m.Reasons != AboveBaseline {
		return []Fault{doc.Errorf(c.Place(), "bad-choice", "points below or above the baseline give reasons, not %q", m.Reasons)}
	}
	return nil
}

// Combine returns the initial score and the points, added up.
func (m *Points) Combine(f *Frame, parts []Part) (score Number, absent Absence) {
	if m.Initial != nil {
		if score, absent = m.Initial.Eval(f); absent != 0 {
			return score, absent
		}
	}
	for i := range parts {
		score = score.Add(parts[i].Points)
	}
	return score, 0
}

// Describe says what Points does.
func (m *Points) Describe(lang string) string {
	return in(lang, "起评分加各项得分", "an initial score and the points added up")
}

// Reason is a code, and the points that it cost.
type Reason struct {
	Code   string // of the row, or else of the indicator; its id where neither has one
	Text   Title  // of the row, or else of the indicator, that the code was first met at
	Points Number // exact, above 0
}

// Reasons returns the ranked reason codes of a card with the combiner [Points]: for each indicator with a baseline, the
// difference between baseline and points counts for the code of the row that matched, or else that of the indicator, or
// its id. Differences of one code are added up; what is left above 0 is a reason, the largest first, equal ones in the
// order of the file. Other cards have none.
func (c *Card) Reasons(r *Result) []Reason {
	m, ok := c.Combine.(*Points)
	if !ok {
		return nil
	}
	var out []Reason
	for i := range r.Items {
		it := &r.Items[i]
		ind := it.Indicator
		if ind == nil || ind.Baseline == nil || it.Effect > Substituted {
			continue
		}
		d := ind.Baseline.Sub(it.Points)
		if m.Reasons == AboveBaseline {
			d = d.Neg()
		}
		code, text := ind.RowReason(it.Row)
		at := slices.IndexFunc(out, func(x Reason) bool { return x.Code == code })
		if at < 0 {
			out = append(out, Reason{code, text, d})
			continue
		}
		out[at].Points = out[at].Points.Add(d)
	}
	out = slices.DeleteFunc(out, func(x Reason) bool { return x.Points.Sign() <= 0 })
	slices.SortStableFunc(out, func(a, b Reason) int { return b.Points.Cmp(a.Points) })
	return out
}

// RowReason returns the code and the reason of row, from 1, of the indicator's method: those of the indicator where the
// row has none, and its id where it has no code either.
func (ind *Indicator) RowReason(row int) (code string, text Title) {
	code, text = rowOf(ind.Method, row)
	if code == "" {
		code = ind.Code
	}
	if code == "" {
		code = ind.ID.Value
	}
	if len(text.Texts) == 0 {
		text = ind.Reason
	}
	return code, text
}
