package explain

import (
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/table"
	"github.com/tallystick-go/tallystick/scoring"
)

// Facts are what the face knows of a decision and its program does not.
type Facts struct {
	Lang     string // of titles and reasons: zh, en, or "" for the first that the policy has
	Chinese  bool   // our own words are Chinese
	Digest   string
	Customer string
	Reasons  []Reason

	ValidUntil, NextReview string
}

// Of explains what p decided of the customer in s, which it leaves alone.
func Of(p *program.Program, s *program.State, f Facts) *Explanation {
	state := s.Clone() // expressions that are worked out again write to the frame
	b := &builder{p: p, s: &state, words: words{f.Lang, f.Chinese}}
	r := p.Rounding
	e := &Explanation{
		words: b.words,
		Policy: Policy{
			ID: p.File.Policy.Value, Version: p.File.Version.Value, Title: b.in(p.File.Title), Number: p.File.Number.Value,
			Issuer: b.in(p.File.Issuer), Digest: f.Digest, Currency: p.File.Currency,
			Rounding: Rounding{r.Points, r.Score, r.Money, r.Mode.String()},
		},
		AsOf: state.AsOf.String(), Customer: f.Customer, Outcome: state.Outcome.String(),
		ValidUntil: f.ValidUntil, NextReview: f.NextReview, Reasons: f.Reasons, Inexact: p.Inexact,
	}
	if e.Reasons == nil {
		e.Reasons = []Reason{}
	}
	e.Admission = b.admission()
	e.Values = b.values()
	if p.File.Scoring != nil {
		e.Scoring = b.scoring()
	}
	if p.File.Grade != nil {
		e.Grade = b.grade()
	}
	if p.File.Credit != nil {
		e.Credit = b.credit()
	}
	e.Missing, e.Undefined = b.missing()
	return e
}

// builder makes an Explanation.
type builder struct {
	words
	p     *program.Program
	s     *program.State // a copy
	waits []wait
}

// wait is a part of the policy that something was missing for.
type wait struct {
	place   Place
	missing slot.Absence
}

// blame returns what is to blame for a, and notes that the part of the policy waits for it.
func (b *builder) blame(a slot.Absence, kind, id string, title doc.Title) []string {
	if a == 0 {
		return nil
	}
	b.waits = append(b.waits, wait{Place{kind, id, b.in(title)}, a})
	return b.blamed(a)
}

// blamed returns the inputs that are absent and the expressions that are undefined behind a, each once.
func (b *builder) blamed(a slot.Absence) (names []string) {
	known := map[string]bool{}
	for _, atom := range b.p.Blamed(b.s, a) {
		if !known[atom.Name] {
			known[atom.Name] = true
			names = append(names, atom.Name)
		}
	}
	return names
}

// reading is the value of a name.
func (b *builder) reading(name string, v slot.Value, t *slot.Type) Reading {
	title, unit := b.about(name)
	return Reading{Name: name, Title: title, Unit: unit, Value: Datum{v, t}}
}

// about returns the title and the unit of an input or a value.
func (b *builder) about(name string) (title, unit string) {
	if in := b.input(name); in != nil {
		return b.in(in.Title), in.Unit
	}
	if v := b.p.File.Values.Get(name); v != nil {
		return b.in(v.Title), ""
	}
	if id, ok := strings.CutPrefix(name, "points."); ok {
		return id, ""
	}
	return "", ""
}

// input returns the declaration of an input, or nil.
func (b *builder) input(name string) *model.Input { return b.p.File.Inputs.Get(name) }

// admission explains every criterion.
func (b *builder) admission() (out []Criterion) {
	for i, s := range b.s.Criteria {
		c := &b.p.File.Admission[i]
		x := Criterion{
			ID: c.ID.Value, Title: b.in(c.Title), Result: s.Result.String(), Reason: b.in(c.Reason), Require: working(b, &c.Require),
		}
		switch s.Result {
		case program.Fail:
			x.Effect = named(c.Otherwise, "reject")
		case program.Unknown:
			x.Effect = named(c.Missing, "refer")
			x.Require.Missing = b.blame(s.Missing, "criterion", x.ID, c.Title)
		}
		out = append(out, x)
	}
	return out
}

// values explains the named values.
func (b *builder) values() (out []Value) {
	for i := range b.p.Values {
		v := &b.p.Values[i]
		decl := &v.Decl.Value
		at := b.s.Frame.Slots[v.Slot]
		x := Value{Name: v.Decl.Name.Value, Title: b.in(decl.Title), Value: Datum{at, v.Type}}
		missing := at.Absent
		switch {
		case v.Table != nil:
			b.table(v, &x)
		case decl.Method != nil:
			x.Work = working(b, &decl.Of)
			if of, absent := decl.Of.Eval(&b.s.Frame); decl.Of.IsSet() && b.s.Frame.TakeErr() == nil && of.Kind == slot.Missing && at.Kind != slot.Missing {
				x.Substituted, missing = true, absent
			}
			x.Method = scoring.DescriptionOf(decl.Method, b.own())
			if _, row := b.s.Rows(v); row > 0 {
				x.Rows = []TableRow{{Row: row, Text: grouped(rowText(decl.Method, row, b.own())), Chosen: true}}
			}
		default:
			x.Work = working(b, &decl.Expr)
			if decl.Missing.IsSet() && at.Kind != slot.Missing {
				// Where the expression has no value, the one that it has is what stands in.
				if again, absent := decl.Expr.Eval(&b.s.Frame); b.s.Frame.TakeErr() == nil && again.Kind == slot.Missing {
					x.Substituted, missing = true, absent
				}
			}
		}
		x.Missing = b.blame(missing, "value", x.Name, decl.Title)
		out = append(out, x)
	}
	return out
}

// table explains a decision table: what it looks at, and the rows that held.
func (b *builder) table(v *program.Value, x *Value) {
	t := v.Table
	x.Hit = t.Hit.String()
	for i := range t.Columns {
		c := &t.Columns[i]
		x.Columns = append(x.Columns, b.reading(c.Name, b.s.Frame.Slots[c.Slot], c.Type))
	}
	rows, chosen := b.s.Rows(v)
	if len(rows) == 0 && !t.Hit.Always() && !x.Value.IsMissing() {
		x.Otherwise, x.Substituted = t.Otherwise != nil, t.Otherwise == nil
	}
	for _, row := range rows {
		r := &t.Rows[row-1]
		decl := &v.Decl.Value.Rows[row-1]
		var conditions []string
		for j := range r.Cells {
			conditions = append(conditions, b.cell(t, &r.Cells[j], x.Columns))
		}
		if r.When != nil {
			conditions = append(conditions, grouped(oneLine(decl.When.Source.Value)))
		}
		text := strings.Join(conditions, b.say(" 且 ", " and "))
		if text == "" {
			text = b.say("其他", "any other")
		}
		result := ""
		switch {
		case r.Of != nil:
			if w := working(b, &decl.Of); w != nil {
				result = named(w.Figures, w.Expr)
			}
		case decl.Is != nil:
			result = Datum{r.Is, resultType(v.Type)}.String()
		}
		x.Rows = append(x.Rows, TableRow{Row: int(row), Text: text, Result: result, Chosen: int(row) == chosen})
	}
}

// cell says what a cell accepts of its column: "逾期次数 ≥ 1".
func (b *builder) cell(t *table.Table, cell *table.Cell, columns []Reading) string {
	words := table.English
	if b.zh {
		words = table.Chinese
	}
	c := t.Columns[cell.Column]
	title := named(columns[cell.Column].Title, c.Name)
	if c.Type.Kind != slot.Number {
		c.Name = title
		return mathSigns.Replace(c.TextIn(&cell.Set, words))
	}
	c.Name = "?" // for a title, which may have numbers in it
	return strings.ReplaceAll(grouped(mathSigns.Replace(c.TextIn(&cell.Set, words))), c.Name, title)
}

// resultType is what one row of a table gives, whose value is of type t.
func resultType(t *slot.Type) *slot.Type {
	if t.Kind == slot.List {
		return t.Elem
	}
	return t
}

// noRow is what the name of a table without a row that holds begins with.
const noRow = "no row: "

var mathSigns = strings.NewReplacer(">=", "≥", "<=", "≤")

// missing gathers the inputs that are missing and the expressions that are undefined, with what waits for each.
func (b *builder) missing() (inputs, undefined []Missing) {
	inputs = []Missing{}
	index := map[string]int{}
	var all []Missing
	atoms := map[string]program.Atom{}
	for _, atom := range b.p.Blamed(b.s, b.s.Missing) {
		if _, known := index[atom.Name]; !known {
			index[atom.Name] = len(all)
			all = append(all, Missing{Name: atom.Name})
			atoms[atom.Name] = atom
		}
	}
	for _, w := range b.waits {
		for _, name := range b.blamed(w.missing) {
			if i, known := index[name]; known {
				all[i].For = append(all[i].For, w.place)
			}
		}
	}
	for i := range all {
		m := &all[i]
		atom := atoms[m.Name]
		if atom.Kind == program.Absent {
			decl := b.declaring(m.Name)
			if decl != nil {
				m.Title, m.Unit, m.From = b.in(decl.Title), decl.Unit, decl.From.Value
			}
			inputs = append(inputs, *m)
			continue
		}
		m.NoRow = atom.Kind == program.NoRow
		m.Where = where(atom.Place)
		if v := b.p.File.Values.Get(strings.TrimPrefix(m.Name, noRow)); v != nil && len(m.For) == 0 { // something stood in for it
			m.For = []Place{{"value", strings.TrimPrefix(m.Name, noRow), b.in(v.Title)}}
		}
		undefined = append(undefined, *m)
	}
	return inputs, undefined
}

// declaring returns the declaration of an input, or of the one that a field belongs to.
func (b *builder) declaring(name string) *model.Input {
	for name != "" {
		if in := b.input(name); in != nil {
			return in
		}
		name = name[:max(strings.LastIndexByte(name, '.'), 0)]
	}
	return nil
}

// where writes a place as line:column.
func where(p doc.Place) string {
	if p.Line == 0 {
		return ""
	}
	return strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Col)
}
