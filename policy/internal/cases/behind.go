package cases

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/display"
)

// widest is how much of a value a line has room for.
const widest = 40

func (p *printed) behindPoints(id string) string {
	e := p.earner(id)
	if e == nil {
		return p.behindScore("") // the policy has it under no such id: here are those that it has
	}
	var parts []string
	add := func(name, text string) {
		if text != "" {
			parts = append(parts, name+" "+text)
		}
	}
	add("value", e.shown())
	add("row", e.row())
	add("weight", e.Weight)
	add("before it was held within the weight:", e.Raw)
	add("effect", e.Effect)
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + "\n"
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
	t := display.NewTable("step", "amount after it").Right(1)
	for _, s := range p.Steps {
		t.Row(orUnnamed(s.ID), s.After)
	}
	out := written(t)
	if p.Binding != "" {
		out += "bound by " + p.Binding + "\n"
	}
	if p.Outcome != policy.Admitted.String() {
		out += "outcome " + p.Outcome + "\n"
	}
	return out
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

func (p *printed) behindCriterion(id string) string { return p.behindFormula("criteria." + id) }

func (p *printed) behindValue(name string) string {
	name, _, _ = strings.Cut(name, ".")
	return p.behindFormula("values." + name)
}

var (
	// literals of an expression are no names.
	literals = regexp.MustCompile(`'[^']*'|"[^"]*"`)
	// names may have points in them.
	names = regexp.MustCompile(`[\p{L}_][\p{L}\p{Nd}_]*(\.[\p{L}_][\p{L}\p{Nd}_]*)*`)
)

// behindFormula shows an expression of the policy and what the names in it stand for.
func (p *printed) behindFormula(of string) string {
	if p.outline == nil || p.outline.expressions[of] == "" {
		return ""
	}
	text := p.outline.expressions[of]
	out := strings.Join(strings.Fields(text), " ") + "\n"
	shown := map[string]bool{}
	for _, name := range names.FindAllString(literals.ReplaceAllString(text, ""), -1) {
		if shown[name] {
			continue
		}
		shown[name] = true
		if v, ok := p.decision.Value(name); ok {
			out += fmt.Sprintf("%s = %s\n", name, display.Cut(v, widest))
		} else if p.outline.isName(name) {
			out += name + " is missing\n"
		}
	}
	return out
}
