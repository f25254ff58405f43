package explain

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/display"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// Datum is a value of a decision. In JSON a number is a string that reads back exactly, a date and a grade are strings, and
// what is missing is null.
type Datum struct {
	value slot.Value
	typ   *slot.Type
}

// IsMissing reports whether there is no value.
func (d Datum) IsMissing() bool { return d.value.Kind == slot.Missing }

// Number returns the number that d is; ok is false where it is none.
func (d Datum) Number() (n Number, ok bool) { return d.value.Num, d.value.Kind == slot.Number }

// MarshalJSON implements json.Marshaler.
func (d Datum) MarshalJSON() ([]byte, error) { return json.Marshal(plain(&d.value, d.typ)) }

// plain returns v as encoding/json writes it.
func plain(v *slot.Value, t *slot.Type) any {
	switch v.Kind {
	case slot.Number:
		return v.Num
	case slot.Bool:
		return v.Int == 1
	case slot.Date:
		return slot.Day(v.Int).String()
	case slot.String, slot.Grade:
		return v.Str
	case slot.List:
		items := make([]any, len(v.List))
		for i := range v.List {
			items[i] = plain(&v.List[i], Datum{*v, t}.elem())
		}
		return items
	case slot.Record:
		fields := map[string]any{}
		for i := range v.List {
			if t != nil && i < len(t.Fields) && v.List[i].Kind != slot.Missing {
				fields[t.Fields[i].Name] = plain(&v.List[i], t.Fields[i].Type)
			}
		}
		return fields
	}
	return nil
}

// elem is the type of the items of a list.
func (d Datum) elem() *slot.Type {
	if d.typ == nil {
		return nil
	}
	return d.typ.Elem
}

// String returns d as a person would write it: a number with its thousands grouped, a list as [1; 2], a record as its fields
// with their names; "" where it is missing.
func (d Datum) String() string { return d.text("true", "false") }

// text is String with words for truth values.
func (d Datum) text(yes, no string) string {
	switch d.value.Kind {
	case slot.Missing:
		return ""
	case slot.Number:
		return number(d.value.Num)
	case slot.List:
		texts := make([]string, len(d.value.List))
		for i := range texts {
			texts[i] = Datum{d.value.List[i], d.elem()}.text(yes, no)
		}
		return "[" + strings.Join(texts, "; ") + "]"
	case slot.Record:
		var texts []string
		for i := range d.value.List {
			if d.typ != nil && i < len(d.typ.Fields) && d.value.List[i].Kind != slot.Missing {
				texts = append(texts, d.typ.Fields[i].Name+" "+Datum{d.value.List[i], d.typ.Fields[i].Type}.text(yes, no))
			}
		}
		return strings.Join(texts, ", ")
	case slot.String, slot.Grade:
		return d.value.Str
	case slot.Bool:
		if d.value.Int == 1 {
			return yes
		}
		return no
	}
	text, _ := plain(&d.value, d.typ).(string)
	return text
}

const (
	shownPlaces  = 12 // decimals that are shown where they end
	endlessShown = 6  // decimals that are shown where they do not
	longFraction = 24 // characters of a fraction that is worth showing
	longText     = 40 // columns of a text in a calculation
)

// number writes n with its thousands grouped; where its decimals do not end, some of them, and the fraction: 0.979166… (47/48).
func number(n Number) string {
	if places, ends := n.Places(); ends && places <= shownPlaces {
		return display.Thousands(n.String())
	}
	text := display.Thousands(n.Round(endlessShown, exact.Down).Fixed(endlessShown)) + "…"
	if f := n.Fraction(); len(f) <= longFraction {
		text += " (" + f + ")"
	}
	return text
}

// fixed writes n with all its places, which are those that it was rounded to; negative: as many as it has.
func fixed(n Number, places int) string {
	if places < 0 {
		return number(n)
	}
	if need, ends := n.Places(); !ends || need > places {
		return number(n)
	}
	return display.Thousands(n.Fixed(places))
}

// tokens are dates, names, texts and numbers: of these, only numbers are grouped.
var tokens = regexp.MustCompile(`\d{4}-\d{2}-\d{2}|[\p{L}_][\p{L}\p{Nd}_.]*|'[^']*'|"[^"]*"|\d[\d_,]*(?:\.\d+)?`)

// grouped groups the thousands of the numbers in a calculation. One with several arguments in it stays as it is, where a
// comma would be read as theirs.
func grouped(text string) string {
	if strings.ContainsAny(text, ",[") {
		return text
	}
	return tokens.ReplaceAllStringFunc(text, func(s string) string {
		if strings.Trim(s, "0123456789_.") != "" {
			return s
		}
		return display.Thousands(strings.ReplaceAll(s, "_", ""))
	})
}

// paren returns x as a part of a calculation: in brackets where it is negative.
func paren(text string) string {
	if strings.HasPrefix(text, "-") {
		return "(" + text + ")"
	}
	return text
}

// oneLine returns text without line breaks.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// unknown stands in a calculation for what is missing.
const unknown = "?"

// working shows the expression e with what came of it.
func working[T any](b *builder, e *slot.Expr[T]) *Working {
	if !e.IsSet() {
		return nil
	}
	return b.work(e.Source, e.Shape)
}

// work shows an expression of the policy, shape being what it was compiled to.
func (b *builder) work(source doc.Text, shape any) *Working {
	w := &Working{Expr: oneLine(source.Value)}
	prog, ok := shape.(*formula.Program)
	if !ok || prog.Root == nil {
		return w
	}
	f := figures{b: b, source: []rune(prog.Source), known: map[string]bool{}}
	f.visit(prog.Root)
	slices.SortStableFunc(f.put, func(a, b replacement) int { return a.from - b.from })
	w.Reads = f.reads
	if text := oneLine(f.text()); text != w.Expr {
		w.Figures = grouped(text)
	}
	return w
}

// figures puts figures in place of the names of an expression.
type figures struct {
	b      *builder
	source []rune
	reads  []Reading
	known  map[string]bool
	put    []replacement
}

type replacement struct {
	from, to int
	text     string
}

// visit finds what n reads, in the order in which it is written.
func (f *figures) visit(n formula.Node) {
	if name, v, t, ok := f.read(n); ok {
		if !f.known[name] {
			f.known[name] = true
			f.reads = append(f.reads, f.b.reading(name, v, t))
		}
		f.replace(n, v)
		return
	}
	for _, child := range n.Children() {
		f.visit(child)
	}
}

// read returns what n reads: an input, a value or a result, or a field of one that is a record.
func (f *figures) read(n formula.Node) (name string, v slot.Value, t *slot.Type, ok bool) {
	switch n := n.(type) {
	case *formula.Read:
		if n.Slot < len(f.b.s.Frame.Slots) {
			return n.Name, f.b.s.Frame.Slots[n.Slot], n.Type(), true
		}
	case *formula.Field:
		name, v, _, ok := f.read(n.X)
		if !ok {
			return "", slot.Value{}, nil, false
		}
		if v.Kind == slot.Record && n.Index < len(v.List) {
			v = v.List[n.Index]
		} else {
			v = slot.Gone(v.Absent)
		}
		return name + "." + n.Name, v, n.Type(), true
	}
	return "", slot.Value{}, nil, false
}

// replace puts v in place of n, unless it is a list, or n stands in a function of the policy's, or is one of the fields that
// rates[.ccy] may be.
func (f *figures) replace(n formula.Node, v slot.Value) {
	from, width := n.Span()
	if from < 0 || from+width > len(f.source) || string(f.source[from:from+width]) != n.Text() {
		return
	}
	if field, ok := n.(*formula.Field); ok && !strings.Contains(n.Text(), field.Name) {
		return
	}
	text := ""
	switch v.Kind {
	case slot.List, slot.Record:
		return
	case slot.Missing:
		text = unknown
	case slot.Number:
		text = paren(short(v.Num))
	case slot.String, slot.Grade:
		text = "'" + display.Cut(v.Str, longText) + "'"
	default:
		text = Datum{v, nil}.String()
	}
	f.put = append(f.put, replacement{from, from + width, text})
}

// short writes n for a calculation; a number whose decimals do not end is the fraction that it is.
func short(n Number) string {
	if places, ends := n.Places(); ends && places <= shownPlaces {
		return n.String()
	}
	if f := n.Fraction(); len(f) <= longFraction {
		return "(" + f + ")"
	}
	return n.Round(endlessShown, exact.Down).Fixed(endlessShown) + "…"
}

func (f *figures) text() string {
	var b strings.Builder
	at := 0
	for _, r := range f.put {
		if r.from < at {
			continue // the same name, met twice
		}
		b.WriteString(string(f.source[at:r.from]))
		b.WriteString(r.text)
		at = r.to
	}
	b.WriteString(string(f.source[at:]))
	return b.String()
}

// typeOf returns the type of an expression by what it was compiled to; nil where that is not known.
func typeOf(shape any) *slot.Type {
	if prog, ok := shape.(*formula.Program); ok {
		return prog.Type
	}
	return nil
}
