package search

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/record"
)

// JSON returns in as a JSON object with the names of the inputs, in their order; numbers are exact. What is missing is
// left out.
func (s *Search) JSON(in Inputs) []byte {
	w := writer{quote: quoteJSON}
	return append(append(append(w.out, '{'), w.fields(s.program.Inputs, s.needed(in))...), '}')
}

// Text returns in as a policy owner writes it in a test, a YAML map on one line: {overdue_days: 91, industry: 矿业}. What
// is missing is left out.
func (s *Search) Text(in Inputs) string {
	w := writer{quote: quoteYAML, space: " "}
	return "{" + string(w.fields(s.program.Inputs, s.needed(in))) + "}"
}

// Change returns what makes in of the record from, as `given` in a test changes `base`; an input that is not in the record any
// more is null.
func (s *Search) Change(from, in Inputs) string {
	w := writer{quote: quoteYAML, space: " "}
	first := true
	from, in = s.needed(from), s.needed(in)
	for i := range in {
		if !same(&from[i], &in[i]) {
			w.comma(&first)
			w.key(s.program.Inputs[i].Name)
			w.value(s.program.Inputs[i].Type, &in[i])
		}
	}
	return "{" + string(w.out) + "}"
}

// needed returns in without the inputs that only go with others which are not there: who gave a grade by hand, and why.
func (s *Search) needed(in Inputs) Inputs {
	for i := range in {
		if with := s.program.Inputs[i].With; len(with) > 0 && in[i].Kind != slot.Missing && !s.hasAny(in, with) {
			in = in.With(i, slot.Value{})
		}
	}
	return in
}

// hasAny reports whether one of the inputs is there.
func (s *Search) hasAny(in Inputs, inputs []int) bool {
	return slices.ContainsFunc(inputs, func(k int) bool { return in[k].Kind != slot.Missing })
}

// ValueText returns v, not missing, as Text writes it.
func ValueText(t *slot.Type, v *slot.Value) string {
	w := writer{quote: quoteYAML, space: " "}
	w.value(t, v)
	return string(w.out)
}

// writer writes values as JSON or YAML.
type writer struct {
	out   []byte
	quote func(string) string
	space string
}

func (w *writer) fields(inputs []record.Input, in Inputs) []byte {
	first := true
	for i := range in {
		if in[i].Kind == slot.Missing {
			continue
		}
		w.comma(&first)
		w.key(inputs[i].Name)
		w.value(inputs[i].Type, &in[i])
	}
	return w.out
}

func (w *writer) comma(first *bool) {
	if !*first {
		w.out = append(w.out, ","+w.space...)
	}
	*first = false
}

func (w *writer) key(name string) { w.out = append(w.out, w.quote(name)+":"+w.space...) }

func (w *writer) value(t *slot.Type, v *slot.Value) {
	switch v.Kind {
	case slot.Missing:
		w.out = append(w.out, "null"...)
	case slot.Number:
		w.out = appendNumber(w.out, v.Num)
	case slot.Bool:
		if v.Int != 0 {
			w.out = append(w.out, "true"...)
		} else {
			w.out = append(w.out, "false"...)
		}
	case slot.Date:
		day := slot.Day(v.Int).String()
		if w.space == "" {
			day = w.quote(day)
		}
		w.out = append(w.out, day...)
	case slot.List:
		w.out = append(w.out, '[')
		first := true
		for i := range v.List {
			w.comma(&first)
			w.value(t.Elem, &v.List[i])
		}
		w.out = append(w.out, ']')
	case slot.Record:
		w.out = append(w.out, '{')
		first := true
		for i := range v.List {
			if v.List[i].Kind != slot.Missing {
				w.comma(&first)
				w.key(t.Fields[i].Name)
				w.value(t.Fields[i].Type, &v.List[i])
			}
		}
		w.out = append(w.out, '}')
	default:
		w.out = append(w.out, w.quote(v.Str)...)
	}
}

// appendNumber appends a number that ends within FreePlaces decimals.
func appendNumber(dst []byte, n exact.Number) []byte {
	places, _ := n.Places()
	return n.AppendFixed(dst, places)
}

func quoteJSON(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string can always be encoded
	return strings.TrimSuffix(b.String(), "\n")
}

// quoteYAML puts s in quotes unless it is plainly a word.
func quoteYAML(s string) string {
	plain := s != ""
	for i, r := range s {
		plain = plain && (unicode.IsLetter(r) || r == '_' || i > 0 && (unicode.IsDigit(r) || r == '.'))
	}
	switch strings.ToLower(s) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
		plain = false
	}
	if plain {
		return s
	}
	return quoteJSON(s)
}
