package policy

import (
	"strconv"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/scoring"
)

// MarshalJSON writes the decision as JSON. The same record, policy, engine and day give the same bytes, always: keys stand
// in a fixed order, sections that the policy lacks are left out, and numbers are strings that keep every digit.
//
//	policy              id, version, digest of the file, digest of its meaning
//	as_of, outcome      "admitted", "referred" or "rejected"
//	customer            the first required text of the inputs, or else the first text; not one with one_of
//	criteria            id, result: "pass", "fail" or "unknown"
//	indicators          id, value, row, points, weight, effect where it is not "ok"; raw where points were held
//	groups              id, points or effect, weight
//	values              every named value; what is missing is left out
//	rows                of every value that is a table or a method: the rows that held, from 1
//	adjustments, caps   those that hold: id and points; id, at_most and whether it bound. adjusted: what the adjustments
//	                    add together where that is not their sum
//	score, score_exact  the latter where the score is exact and its decimals do not end: "n/d"
//	grade               after rules, transitions and override; grade_scored before, grade_steps between
//	attributes          of the grade
//	limit               0 unless admitted; proposed_limit of a referred customer; steps, binding, approval
//	calculated_limit    what the steps make, where a limit given by hand took its place
//	exposure, available, request, segments
//	override            what the record gives by hand: grade, limit, what came of each (grade_effect, limit_effect), by, reason, until
//	valid_until, next_review
//	reasons             code, text, effect, missing; ranked
//	missing, undefined  inputs whose absence mattered; expressions without a value
//	inexact             what is worked out, by way of roots or logarithms, at 34 digits: values, score, limit
//
// json.Marshal writes <, > and & in texts as escapes; AppendJSON leaves them.
func (d *Decision) MarshalJSON() ([]byte, error) { return d.AppendJSON(nil), nil }

// AppendJSON appends what MarshalJSON returns.
func (d *Decision) AppendJSON(dst []byte) []byte {
	if !d.decided {
		return append(dst, "null"...)
	}
	w := jsonWriter{out: dst, d: d, same: d.policy.wording(d)}
	w.write()
	return w.out
}

// AppendJSONString appends s as a JSON string; what is not UTF-8 in it becomes U+FFFD.
func AppendJSONString(dst []byte, s string) []byte {
	if !isPlain(s) {
		dst, _ = jsontext.AppendQuote(dst, s) // the error says that something was replaced
		return dst
	}
	dst = append(dst, '"')
	dst = append(dst, s...)
	return append(dst, '"')
}

// isPlain reports whether s is a JSON string as it stands.
func isPlain(s string) bool {
	ascii := true
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c == '"' || c == '\\' {
			return false
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	return ascii || utf8.ValidString(s)
}

// jsonWriter writes a decision. Whatever opens an object or array closes it.
type jsonWriter struct {
	out  []byte
	d    *Decision
	same *wording
}

// comma writes a comma unless something has just been opened.
func (w *jsonWriter) comma() {
	if c := w.out[len(w.out)-1]; c != '{' && c != '[' {
		w.out = append(w.out, ',')
	}
}

func (w *jsonWriter) open(c byte)  { w.out = append(w.out, c) }
func (w *jsonWriter) close(c byte) { w.out = append(w.out, c) }

// item begins an item of an array that is an object.
func (w *jsonWriter) item() {
	w.comma()
	w.open('{')
}

// ready writes an item, or the beginning of one, that is ready.
func (w *jsonWriter) ready(text string) {
	w.comma()
	w.out = append(w.out, text...)
}

func (w *jsonWriter) key(k string) {
	w.comma()
	w.out = append(w.out, '"')
	w.out = append(w.out, k...) // keys of ours need no escapes
	w.out = append(w.out, '"', ':')
}

func (w *jsonWriter) text(k, s string) {
	w.key(k)
	w.out = AppendJSONString(w.out, s)
}

// plain writes a text of ours that needs no escapes.
func (w *jsonWriter) plain(k, s string) {
	w.key(k)
	w.out = append(w.out, '"')
	w.out = append(w.out, s...)
	w.out = append(w.out, '"')
}

// optional writes a text unless it is empty.
func (w *jsonWriter) optional(k, s string) {
	if s != "" {
		w.text(k, s)
	}
}

// scaled writes a number with all places of its scale.
func (w *jsonWriter) scaled(k string, n exact.Number, places int) {
	w.key(k)
	w.out = append(w.out, '"')
	w.out = appendScaled(w.out, n, places)
	w.out = append(w.out, '"')
}

// number writes a number in its shortest form.
func (w *jsonWriter) number(k string, n exact.Number) {
	w.key(k)
	w.out = append(w.out, '"')
	w.out = n.Append(w.out)
	w.out = append(w.out, '"')
}

func (w *jsonWriter) money(k string, a credit.Amount) {
	if a.Unlimited {
		w.plain(k, unlimited)
		return
	}
	w.scaled(k, a.Value, w.d.policy.program.Rounding.Money)
}

func (w *jsonWriter) day(k string, d Date) {
	w.key(k)
	w.out = append(w.out, '"')
	w.out = d.AppendTo(w.out)
	w.out = append(w.out, '"')
}

// appendScaled appends n with all places of its scale, or in its shortest form where the scale is exact.
func appendScaled(b []byte, n exact.Number, places int) []byte {
	if places == scoring.Exact {
		return n.Append(b)
	}
	return n.AppendFixed(b, places)
}

// appendPlain appends v as a person would write it; nothing where it is missing.
func appendPlain(b []byte, v *slot.Value) []byte {
	switch v.Kind {
	case slot.Number:
		return v.Num.Append(b)
	case slot.Bool:
		return strconv.AppendBool(b, v.Int == 1)
	case slot.Date:
		return Date(v.Int).AppendTo(b)
	case slot.String, slot.Grade:
		return append(b, v.Str...)
	case slot.List, slot.Record:
		return appendValue(b, v)
	}
	return b
}

// appendValue appends v as JSON.
func appendValue(b []byte, v *slot.Value) []byte {
	switch v.Kind {
	case slot.Missing:
		return append(b, "null"...)
	case slot.Bool:
		return strconv.AppendBool(b, v.Int == 1)
	case slot.List, slot.Record: // the fields of a record in the order of their declaration
		b = append(b, '[')
		for i := range v.List {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendValue(b, &v.List[i])
		}
		return append(b, ']')
	case slot.String, slot.Grade:
		return AppendJSONString(b, v.Str)
	}
	b = append(b, '"')
	b = appendPlain(b, v)
	return append(b, '"')
}

func (w *jsonWriter) write() {
	p, s := w.d.policy, w.d.whole()
	w.out = append(w.out, w.same.head...)
	w.day("as_of", s.AsOf)
	w.optional("customer", w.d.Customer())
	w.plain("outcome", s.Outcome.String())
	if len(p.program.File.Admission) > 0 {
		w.criteria()
	}
	if p.program.File.Scoring != nil {
		w.indicators()
	}
	w.values()
	if p.program.File.Scoring != nil {
		w.score()
	}
	if p.program.File.Grade != nil {
		w.grade()
	}
	if p.program.File.Credit != nil {
		w.credit()
	}
	w.override()
	if day, ok := w.d.ValidUntil(); ok {
		w.day("valid_until", day)
	}
	if day, ok := w.d.NextReview(); ok {
		w.day("next_review", day)
	}
	w.reasons()
	w.names("missing", w.d.Missing())
	if undefined := w.d.Undefined(); len(undefined) > 0 {
		w.names("undefined", undefined)
	}
	if len(p.program.Inexact) > 0 {
		w.names("inexact", p.program.Inexact)
	}
	w.close('}')
}

func (w *jsonWriter) criteria() {
	w.key("criteria")
	w.open('[')
	for i := range w.d.whole().Criteria {
		w.ready(w.same.criteria[i][w.d.whole().Criteria[i].Result])
	}
	w.close(']')
}

func (w *jsonWriter) indicators() {
	places := w.d.policy.program.Rounding.Points
	w.key("indicators")
	w.open('[')
	for i := range w.d.whole().Score.Items {
		x := &w.d.whole().Score.Items[i]
		same := w.same.indicator(i, x.Indicator)
		w.ready(same.id)
		if x.Value.Kind != slot.Missing {
			w.key("value")
			w.out = appendValue(w.out, &x.Value)
		}
		if x.Row > 0 {
			w.key("row")
			w.out = strconv.AppendInt(w.out, int64(x.Row), 10)
		}
		if hasPoints(x) {
			w.scaled("points", x.Points, places)
			if x.Effect == scoring.Earned && (x.Raw.Sign() < 0 || x.Indicator.Weight != nil && x.Indicator.Weight.Less(x.Raw)) && !x.Raw.Equal(x.Points) {
				w.number("raw", x.Raw)
			}
		}
		w.out = append(w.out, same.weight...)
		if x.Effect != scoring.Earned {
			w.plain("effect", x.Effect.String())
		}
		w.close('}')
	}
	w.close(']')
	if len(w.d.whole().Score.Groups) == 0 {
		return
	}
	w.key("groups")
	w.open('[')
	for i := range w.d.whole().Score.Groups {
		g := &w.d.whole().Score.Groups[i]
		w.item()
		w.text("id", g.Group.ID.Value)
		if g.Effect <= scoring.Substituted {
			w.scaled("points", g.Points, places)
		} else {
			w.plain("effect", g.Effect.String())
		}
		if g.Group.Weight != nil {
			w.number("weight", *g.Group.Weight)
		}
		w.close('}')
	}
	w.close(']')
}

func (w *jsonWriter) values() {
	values := w.d.policy.program.Values
	if len(values) == 0 {
		return
	}
	w.key("values")
	w.open('{')
	for i := range values {
		if v := &w.d.whole().Frame.Slots[values[i].Slot]; v.Kind != slot.Missing {
			w.ready(w.same.values[i])
			w.out = appendTyped(w.out, v, values[i].Type)
		}
	}
	w.close('}')
	w.rows()
}

// rows writes which rows held of the tables and methods among the values.
func (w *jsonWriter) rows() {
	values := w.d.policy.program.Values
	begun := false
	for i := range values {
		rows, _ := w.d.whole().Rows(&values[i])
		if len(rows) == 0 {
			continue
		}
		if !begun {
			begun = true
			w.key("rows")
			w.open('{')
		}
		w.ready(w.same.values[i])
		w.open('[')
		for j, row := range rows {
			if j > 0 {
				w.out = append(w.out, ',')
			}
			w.out = strconv.AppendInt(w.out, int64(row), 10)
		}
		w.close(']')
	}
	if begun {
		w.close('}')
	}
}

// changes writes the adjustments and the caps that hold.
func (w *jsonWriter) changes() {
	r := &w.d.whole().Score
	begun := false
	for i := range r.Adjustments {
		a := &r.Adjustments[i]
		if !a.Holds {
			continue
		}
		if !begun {
			begun = true
			w.key("adjustments")
			w.open('[')
		}
		w.item()
		w.text("id", a.Adjustment.ID.Value)
		w.number("points", a.Amount)
		w.close('}')
	}
	if begun {
		w.close(']')
	}
	var sum exact.Number
	for i := range r.Adjustments {
		if a := &r.Adjustments[i]; a.Group < 0 {
			sum = sum.Add(a.Amount)
		}
	}
	if !sum.Equal(r.Adjusted) {
		w.number("adjusted", r.Adjusted)
	}
	begun = false
	for i := range r.Caps {
		a := &r.Caps[i]
		if !a.Holds {
			continue
		}
		if !begun {
			begun = true
			w.key("caps")
			w.open('[')
		}
		w.item()
		w.text("id", a.Cap.ID.Value)
		w.number("at_most", a.Amount)
		if a.Bound {
			w.key("bound")
			w.out = append(w.out, "true"...)
		}
		w.close('}')
	}
	if begun {
		w.close(']')
	}
}

// shownPlaces is how many decimals an exact score is printed with at most; "score_exact" stands beside it where they are
// not enough.
const shownPlaces = 12

func (w *jsonWriter) score() {
	n, ok := w.d.ExactScore()
	if !ok {
		return
	}
	w.changes()
	places := w.d.policy.program.Rounding.Score
	w.scaled("score", n, places)
	if need, ends := n.Places(); places == scoring.Exact && (!ends || need > shownPlaces) {
		w.plain("score_exact", n.Fraction())
	}
}

func (w *jsonWriter) grade() {
	s := &w.d.whole().Grade
	w.optional("grade", w.d.Grade())
	if s.Scored != s.Final {
		w.optional("grade_scored", w.d.GradeBefore())
	}
	begun := false
	for i := range s.Steps {
		x := &s.Steps[i]
		if x.Effect == grade.NotMet || !x.Fired() && x.Kind == grade.Hold {
			continue
		}
		if !begun {
			begun = true
			w.key("grade_steps")
			w.open('[')
		}
		w.item()
		w.plain("kind", x.Kind.String())
		if x.Kind == grade.OfRule || x.Kind == grade.Hold {
			w.optional("id", w.d.policy.program.File.Grade.Rules[x.Index].ID)
		}
		w.plain("effect", x.Effect.String())
		w.optional("from", w.d.gradeName(x.From))
		w.optional("to", w.d.gradeName(x.To))
		w.close('}')
	}
	if begun {
		w.close(']')
	}
	if !s.Has {
		return
	}
	if len(w.same.attributes) == 0 {
		return
	}
	w.key("attributes")
	w.open('{')
	for _, a := range w.same.attributes {
		if v := &w.d.whole().Frame.Slots[a.slot]; v.Kind != slot.Missing {
			w.ready(a.key)
			w.out = appendValue(w.out, v)
		}
	}
	w.close('}')
}

func (w *jsonWriter) credit() {
	t, s := w.d.policy.program.File.Credit, &w.d.whole().Credit
	admitted := w.d.Outcome() == Admitted
	if !admitted || s.Limit.Has {
		limit := credit.Amount{}
		if admitted {
			limit = s.Limit.Amount
		}
		w.money("limit", limit)
	}
	if w.d.hasProposal() {
		if !admitted {
			w.money("proposed_limit", s.Limit.Amount)
		}
		if s.Override.Effect.Taken() && s.Override.Calculated.Has {
			w.money("calculated_limit", s.Override.Calculated.Amount)
		}
		w.steps(s.Limit.Steps)
		w.optional("binding", w.d.Binding())
		w.optional("approval", w.d.Approval())
	}
	if s.Exposure.Has {
		w.scaled("exposure", s.Exposure.Amount, w.d.policy.program.Rounding.Money)
	}
	if s.Available.Has {
		w.money("available", s.Available.Amount)
	}
	if s.Request.Verdict != credit.NoVerdict {
		w.plain("request", s.Request.Verdict.String())
	}
	if len(s.Segments) == 0 || !admitted {
		return
	}
	w.key("segments")
	w.open('[')
	for i := range s.Segments {
		if x := &s.Segments[i]; x.Applies {
			w.item()
			w.text("id", t.Segments[i].ID)
			if x.Limit.Has {
				w.money("limit", x.Limit.Amount)
				w.optional("binding", t.Segments[i].BindingName(x.Limit.Binding))
			}
			if x.Available.Has {
				w.money("available", x.Available.Amount)
			}
			w.close('}')
		}
	}
	w.close(']')
}

// override writes what the record gives by hand, who signed for it, and what came of it.
func (w *jsonWriter) override() {
	s, p := w.d.whole(), w.d.policy.program
	if f := p.File; (f.Grade == nil || f.Grade.Override == nil) && (f.Credit == nil || f.Credit.Overrides == nil) {
		return
	}
	given := func(name string) (v *slot.Value, there bool) {
		symbol, open := p.Symbols["override."+name]
		if !open {
			return nil, false
		}
		v = &s.Frame.Slots[symbol.Slot]
		return v, v.Kind != slot.Missing
	}
	class, hasGrade := given("grade")
	limit, hasLimit := given("limit")
	if !hasGrade && !hasLimit {
		return
	}
	w.key("override")
	w.open('{')
	if hasGrade {
		w.text("grade", class.Str)
		w.plain("grade_effect", s.Grade.ByHand().String())
	}
	if hasLimit {
		w.scaled("limit", limit.Num, p.Rounding.Money)
		if effect := w.d.LimitOverride(); effect != "" {
			w.plain("limit_effect", effect)
		}
	}
	for _, name := range []string{"by", "reason", "until"} {
		if v, there := given(name); there {
			w.text(name, string(appendPlain(nil, v)))
		}
	}
	w.close('}')
}

func (w *jsonWriter) steps(steps []credit.StepResult) {
	w.key("steps")
	w.open('[')
	for i := range steps {
		if steps[i].Effect == credit.NotMet {
			continue
		}
		w.ready(w.same.steps[i])
		if steps[i].After.Unlimited {
			w.plain("after", unlimited)
		} else {
			w.number("after", steps[i].After.Value)
		}
		w.close('}')
	}
	w.close(']')
}

func (w *jsonWriter) reasons() {
	w.key("reasons")
	w.open('[')
	for r := range w.d.reasons("") {
		w.item()
		w.text("code", r.Code)
		w.text("text", r.Text)
		w.plain("effect", string(r.Effect))
		if len(r.Missing) > 0 {
			w.names("missing", r.Missing)
		}
		w.close('}')
	}
	w.close(']')
}

func (w *jsonWriter) names(k string, names []string) {
	w.key(k)
	w.open('[')
	for _, n := range names {
		w.comma()
		w.out = AppendJSONString(w.out, n)
	}
	w.close(']')
}
