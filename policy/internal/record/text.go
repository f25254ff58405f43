package record

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// string reads v, a Go value, as text.
func (r *reader) string(v any, dst *slot.Value) state {
	switch x := v.(type) {
	case string:
		return r.setText(x, dst)
	case []byte:
		if x == nil {
			return null
		}
		if !r.fits(len(x)) {
			return bad
		}
		return r.setText(string(x), dst)
	}
	if isNumber(v) {
		r.fault(wrongType(slot.StringType, describe(v)).hint("%s", quoteIt))
		return bad
	}
	return r.other(slot.StringType, 0, v, dst)
}

func (r *reader) setText(s string, dst *slot.Value) state {
	if !r.fits(len(s)) {
		return bad
	}
	if !utf8.ValidString(s) {
		r.fault(errorf(CodeEncoding, "", "%s is not UTF-8", quote(strings.ToValidUTF8(s[:min(len(s), maxDateText)], "\uFFFD"))).hint("%s", saveAsUTF8))
		return bad
	}
	dst.SetText(s)
	return filled
}

// setBytes is setText for UTF-8 that is not kept. It finds the string among those that are known already where it can; kept
// is the same text in memory that may be kept, or empty.
func (r *reader) setBytes(b []byte, kept string, dst *slot.Value) state {
	if !r.fits(len(b)) {
		return bad
	}
	if dst.Kind == slot.String && dst.Str == string(b) {
		return filled // what the last record had here
	}
	if len(r.path) == 0 {
		if s, ok := r.s.inputs[r.at].choices[string(b)]; ok {
			dst.SetText(s)
			return filled
		}
	}
	if kept == "" {
		kept = string(b)
	}
	dst.SetText(kept)
	return filled
}

// fits checks the length of a text.
func (r *reader) fits(n int) bool {
	if n > MaxText {
		r.fault(errorf(CodeTooLong, "", "the text has %d bytes, at most %d are allowed", n, MaxText))
		return false
	}
	return true
}

const quoteIt = "put it in quotes, so that no leading zero is lost"

const saveAsUTF8 = "save the file as UTF-8"

// grade reads v, a Go value, as the name of a grade.
func (r *reader) grade(v any, dst *slot.Value) state {
	switch x := v.(type) {
	case string:
		return gradeText(r, x, dst)
	case []byte:
		if x == nil {
			return null
		}
		return gradeText(r, x, dst)
	}
	if isNumber(v) {
		r.fault(wrongType(slot.GradeType, describe(v)))
		return bad
	}
	return r.other(slot.GradeType, 0, v, dst)
}

func gradeText[T string | []byte](r *reader, s T, dst *slot.Value) state {
	i, ok := r.s.grades[string(s)]
	if !ok {
		text := strings.ToValidUTF8(string(s[:min(len(s), maxDateText)]), "\uFFFD")
		r.fault(errorf(CodeChoice, "", "%s is not a grade", quote(text)).hint("%s", suggest(text, r.s.opts.Grades)))
		return bad
	}
	dst.SetRank(i, r.s.opts.Grades[i])
	return filled
}

// bool reads v, a Go value, as true or false.
func (r *reader) bool(v any, dst *slot.Value) state {
	switch x := v.(type) {
	case bool:
		dst.SetTruth(x)
		return filled
	case string:
		r.fault(wrongType(slot.BoolType, describe(x)).hint("%s", boolHint(x)))
		return bad
	}
	if isNumber(v) {
		e := wrongType(slot.BoolType, describe(v))
		if s := strings.TrimPrefix(describe(v), "the number "); s == "0" || s == "1" {
			e.hint("%s", boolHint(s))
		}
		r.fault(e)
		return bad
	}
	return r.other(slot.BoolType, 0, v, dst)
}

// boolCell reads a cell of CSV as true or false, in the case in which a spreadsheet writes them too.
func (r *reader) boolCell(s string, dst *slot.Value) state {
	for _, b := range [...]bool{true, false} {
		if strings.EqualFold(s, strconv.FormatBool(b)) {
			dst.SetTruth(b)
			return filled
		}
	}
	r.fault(errorf(CodeFormat, "", "%s is not true or false", quote(s)).hint("%s", boolHint(s)))
	return bad
}

// boolHint says which of the two s probably means.
func boolHint(s string) string {
	if len(s) <= maxDateText {
		switch strings.ToLower(strings.TrimSpace(s)) {
		case "true", "t", "yes", "y", "1", "on", "x", "是", "真", "有", "对", "√":
			return "write true"
		case "false", "f", "no", "n", "0", "off", "否", "假", "无", "错", "×":
			return "write false"
		}
	}
	return "write " + strconv.FormatBool(true) + " or " + strconv.FormatBool(false)
}
