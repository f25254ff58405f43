package cases

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/display"
	"github.com/tallystick-go/tallystick/policy/internal/explain"
)

// widest is how much of a value a line has room for.
const widest = 40

func (p *printed) behindPoints(id string) string {
	e := p.earner(id)
	if e == nil {
		return p.behindScore("") // the policy has it under no such id: here are those that it has
	}
	x := p.indicator(id)
	var parts []string
	add := func(name, text string) {
		if text != "" {
			parts = append(parts, name+" "+text)
		}
	}
	add("value", e.shown())
	row := e.row()
	if x != nil && x.RowText != "" {
		row += " (" + x.RowText + ")"
	}
	add("row", row)
	add("weight", e.Weight)
	if x != nil {
		add("worked out:", x.Working)
	}
	add("before it was held within the weight:", e.Raw)
	add("effect", e.Effect)
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + "\n"
}

// indicator returns the explanation of an indicator; nil for what is none.
func (p *printed) indicator(id string) *explain.Indicator {
	if s := p.explained().Scoring; s != nil {
		return indicatorIn(&s.Card, id)
	}
	return nil
}

func indicatorIn(c *explain.Card, id string) *explain.Indicator {
	for _, list := range [][]explain.Indicator{c.Indicators, c.Modifiers} {
		for i := range list {
			if list[i].ID == id {
				return &list[i]
			}
		}
	}
	for i := range c.Groups {
		if x := indicatorIn(&c.Groups[i].Card, id); x != nil {
			return x
		}
	}
	return nil
}

// shown returns the value that was scored, "" where there was none.
func (e *earner) shown() string {
	if e.Value == nil {
		return ""
	}
	return display.Cut(show(e.Value), widest)
}

// row returns the row that matched, "" for none.
func (e *earner) row() string {
	if e.Row == 0 {
		return ""
	}
	return strconv.Itoa(e.Row)
}

func (p *printed) behindScore(string) string {
	t := display.NewTable("points of", "value", "row", "points", "weight", "").Right(1, 2, 3, 4)
	for _, list := range [][]earner{p.Indicators, p.Groups} {
		for i := range list {
			e := &list[i]
			t.Row(e.ID, e.shown(), e.row(), e.Points, e.Weight, e.Effect)
		}
	}
	if p.ScoreExact == "" {
		return written(t)
	}
	return written(t) + p.ScoreExact + " is " + p.Score + " to 12 places\n"
}

// written returns the text of t.
func written(t *display.Table) string {
	var b strings.Builder
	_ = t.Write(&b) // a Builder takes everything
	return b.String()
}

func (p *printed) behindGrade(string) string {
	var b strings.Builder
	if s := p.score(); s != "" {
		fmt.Fprintf(&b, "score %s: %s\n", s, orNone(p.gradeBefore()))
	}
	for _, s := range p.GradeSteps {
		fmt.Fprintf(&b, "%s: %s", strings.TrimSpace(s.Kind+" "+s.ID), s.Effect)
		if s.From != s.To {
			fmt.Fprintf(&b, ", from %s to %s", orNone(s.From), orNone(s.To))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func orNone(s string) string {
	if s == "" {
		return none
	}
	return s
}

// orUnnamed returns what a table calls a step.
func orUnnamed(id string) string {
	if id == "" {
		return "(no id)"
	}
	return id
}

// behindLimit shows the steps. A rejected customer has none: the limit is 0 for another reason.
func (p *printed) behindLimit(string) string {
	if len(p.Steps) == 0 {
		return p.behindReasons("")
	}
	var steps []explain.Step
	if c := p.explained().Credit; c != nil {
		steps = c.Steps
	}
	out := stepsTable(steps)
	if c := p.explained().Credit; c != nil && c.Override != nil {
		out += "given by hand " + display.Thousands(c.Override.Limit.String()) + ": " + c.Override.Effect + "\n"
	}
	if p.Binding != "" {
		out += "bound by " + p.Binding + "\n"
	}
	if p.Outcome != policy.Admitted.String() {
		out += "outcome " + p.Outcome + "\n"
	}
	return out
}

// stepsTable shows the steps that were taken.
func stepsTable(steps []explain.Step) string {
	t := display.NewTable("step", "does", "of", "amount after it").Right(3)
	for _, s := range steps {
		if s.After == nil || s.Effect == "condition not met" {
			continue
		}
		of := ""
		if s.Round != nil {
			of = strings.TrimSpace(display.Thousands(s.Round.To.String()) + " " + s.Round.Mode)
		}
		if s.Operand != nil {
			if of = s.Operand.Figures; of == "" {
				of = s.Operand.Expr
			}
		}
		t.Row(orUnnamed(s.ID), s.Action, display.Cut(of, widest), amountText(*s.After))
	}
	return written(t)
}

func amountText(a explain.Amount) string {
	if a.Unlimited {
		return unlimited
	}
	return a.Number.String()
}

// behindSegment shows the steps of a segment.
func (p *printed) behindSegment(id string) string {
	if c := p.explained().Credit; c != nil {
		for _, s := range c.Segments {
			if s.ID == id && s.Applies {
				return stepsTable(s.Steps)
			}
		}
	}
	return ""
}

func (p *printed) behindApproval(string) string {
	return figuresOf("limit", p.proposedLimit(), "grade", p.Grade)
}

func (p *printed) behindAvailable(string) string {
	return figuresOf("limit", p.Limit, "exposure", p.Exposure)
}

func (p *printed) behindRequest(string) string {
	return figuresOf("available", p.Available) + p.behindReasons("")
}

// figuresOf returns a line of names and their figures.
func figuresOf(namesAndTexts ...string) string {
	var parts []string
	for i := 0; i < len(namesAndTexts); i += 2 {
		parts = append(parts, namesAndTexts[i]+" "+orNone(namesAndTexts[i+1]))
	}
	return strings.Join(parts, ", ") + "\n"
}

func (p *printed) behindReasons(string) string {
	reasons := p.decision.Reasons()
	if len(reasons) == 0 {
		return "no reasons\n"
	}
	t := display.NewTable("effect", "code", "reason")
	for _, r := range reasons {
		t.Row(string(r.Effect), r.Code, r.Text)
	}
	return written(t)
}

func (p *printed) behindCriterion(id string) string {
	for _, c := range p.explained().Admission {
		if c.ID == id {
			return working(c.Require)
		}
	}
	return ""
}

func (p *printed) behindValue(name string) string {
	name, _, _ = strings.Cut(name, ".")
	for _, v := range p.explained().Values {
		if v.Name != name {
			continue
		}
		out := working(v.Work)
		for _, c := range v.Columns {
			out += reading(c)
		}
		for _, r := range v.Rows {
			out += strings.TrimSpace(fmt.Sprintf("row %d %s", r.Row, r.Text)) + "\n"
		}
		if v.Substituted {
			out += "it is missing, and this stands in\n"
		}
		return out
	}
	return ""
}

// working shows an expression of the policy and what the names in it stand for.
func working(w *explain.Working) string {
	if w == nil {
		return ""
	}
	out := w.Expr + "\n"
	for _, r := range w.Reads {
		out += reading(r)
	}
	return out
}

func reading(r explain.Reading) string {
	if r.Value.IsMissing() {
		return r.Name + " is missing\n"
	}
	return fmt.Sprintf("%s = %s\n", r.Name, display.Cut(r.Value.String(), widest))
}
