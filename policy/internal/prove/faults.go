package prove

import (
	"fmt"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Faults returns what the policy owner should know of: warnings of what is proved to be wrong or never to happen, and notes
// of what was not seen to happen, which is not proved. said reports whether something was said of lines of the file already.
func (r *Report) Faults(said func(from, to int) bool) []doc.Fault {
	var out []doc.Fault
	for i := range r.Claims {
		c := &r.Claims[i]
		if f, wrong := c.fault(r); wrong && !said(c.Place.Line, max(c.Place.Line, c.last)) {
			out = append(out, f)
		}
	}
	for i := range r.Grades {
		g := &r.Grades[i]
		if f, wrong := r.never(g.Place, g.Verdict, fmt.Sprintf("nobody has grade %s", g.Name)); wrong && !said(g.Place.Line, g.Place.Line) {
			out = append(out, f)
		}
	}
	return out
}

// fault returns what is to be said of c, if anything is.
func (c *Claim) fault(r *Report) (f doc.Fault, wrong bool) {
	switch {
	case c.Meant:
		return f, false
	case !c.About.always():
		return r.never(c.Place, c.Verdict, c.otherwise())
	case c.Verdict != Refuted:
		return f, false
	}
	switch c.About {
	case Decided:
		f = doc.Warnf(c.Place, "undecidable", "there are customers who cannot be decided: %s", c.Detail)
	case HasRow:
		f = doc.Warnf(c.Place, "no-row", "there are customers for whom no row of %s holds", c.ID)
	case NotNegative:
		f = doc.Warnf(c.Place, "below-zero", "the limit comes out below 0 for some customers, who are given 0")
	default: // the loader has said so
		return f, false
	}
	if c.minor {
		f.Severity = doc.Note
	}
	return f.WithHint("for example %s", c.Witness.Text), true
}

// otherwise says what is the case where c is not.
func (c *Claim) otherwise() string {
	switch c.About {
	case Admits:
		return "nobody is admitted"
	case Passes:
		return fmt.Sprintf("nobody meets the criterion %s", c.ID)
	case Fails:
		return fmt.Sprintf("everybody meets the criterion %s", c.ID)
	case Limits:
		return "nobody's grade is held back by the transitions"
	case Approves:
		return fmt.Sprintf("%s approves nothing", c.ID)
	}
	if c.ID == "" {
		return "the condition holds for nobody"
	}
	return fmt.Sprintf("the condition of %s holds for nobody", c.ID)
}

// never returns what is to be said of something that does not happen, or was not seen to.
func (r *Report) never(place doc.Place, v Verdict, what string) (f doc.Fault, wrong bool) {
	switch {
	case v == Refuted && r.Complete:
		f = doc.Warnf(place, "never-happens", "%s: all %d records there can be were decided, as of %s", what, r.Records, r.AsOf)
	case v == Refuted:
		f = doc.Warnf(place, "never-happens", "%s", what)
	case v == Unproved:
		f = doc.Warnf(place, "never-seen", "%s, as far as was found in %d records; this proves nothing", what, r.Records)
		f.Severity = doc.Note
	default:
		return f, false
	}
	return f, true
}
