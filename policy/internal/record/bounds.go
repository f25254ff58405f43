package record

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// within checks v against what is declared of in, and notes the first thing that does not hold.
func (r *reader) within(in *input, v *slot.Value) bool {
	var e *Error
	switch v.Kind {
	case slot.Number:
		e = in.checkNumber(v)
	case slot.Date:
		e = in.checkDate(v)
	case slot.String:
		if n := in.MaxLen; n > 0 && len(v.Str) > n && utf8.RuneCountInString(v.Str) > n {
			e = errorf(CodeTooLong, "", "%s has %d characters, at most %d are allowed", quote(v.Str), utf8.RuneCountInString(v.Str), n)
		}
	case slot.List:
		if n := in.MaxLen; n > 0 && len(v.List) > n {
			e = errorf(CodeTooLong, "", "the list has %d items, at most %d are allowed", len(v.List), n)
		}
	}
	if e == nil && in.OneOf != nil && !in.chosen(v) {
		e = in.choiceError(v)
	}
	if e != nil {
		r.fault(e)
		return false
	}
	return true
}

func (in *input) checkNumber(v *slot.Value) *Error {
	n := v.Num
	if in.Decimals != nil {
		if d := *in.Decimals; d <= 0 && !n.IsInt() {
			return errorf(CodeDecimals, "", "%s is not a whole number", n)
		} else if d > 0 && !n.IsInt() && !n.Mul(in.scale).IsInt() {
			return errorf(CodeDecimals, "", "%s is finer than %d decimals", n, d)
		}
	}
	ok := !(in.Min != nil && n.Less(*in.Min) || in.Max != nil && in.Max.Less(n) ||
		in.Above != nil && !in.Above.Less(n) || in.Below != nil && !n.Less(*in.Below))
	if ok && len(in.Ranges) > 0 {
		ok = false
		for i := range in.Ranges {
			ok = ok || !n.Less(in.Ranges[i].Min) && !in.Ranges[i].Max.Less(n)
		}
	}
	if !ok {
		return errorf(CodeRange, "", "%s is out of range", n).hint("allowed: %s", in.span())
	}
	return nil
}

func (in *input) checkDate(v *slot.Value) *Error {
	d := slot.Day(v.Int)
	if in.MinDate != nil && d < *in.MinDate || in.MaxDate != nil && d > *in.MaxDate {
		return errorf(CodeRange, "", "%s is out of range", d).hint("allowed: %s", in.span())
	}
	return nil
}

// Allows reports whether v, which is there and of the input's type, is within what is declared, with all its parts.
func (in *Input) Allows(v *slot.Value) bool {
	p := prepare(*in)
	return p.allows(v)
}

func (in *input) allows(v *slot.Value) bool {
	part := func(p *input, v *slot.Value) bool {
		return p == nil || v.Kind == slot.Missing && !p.Required || v.Kind != slot.Missing && p.allows(v)
	}
	switch v.Kind {
	case slot.List:
		for i := range v.List {
			if !part(in.item, &v.List[i]) {
				return false
			}
		}
	case slot.Record:
		for i := range in.fields {
			if !part(&in.fields[i], &v.List[i]) {
				return false
			}
		}
	case slot.Number:
		if in.checkNumber(v) != nil {
			return false
		}
	case slot.Date:
		if in.checkDate(v) != nil {
			return false
		}
	}
	return in.OneOf == nil || in.chosen(v)
}

// span says which numbers or dates are allowed: "0 or more and below 100; 12.1 to 14.6 or 29.1 to 44.6".
func (in *input) span() string {
	var bounds []string
	add := func(format, value string) { bounds = append(bounds, strings.Replace(format, "%", value, 1)) }
	if in.MinDate != nil {
		add("% or later", in.MinDate.String())
	}
	if in.MaxDate != nil {
		add("% or earlier", in.MaxDate.String())
	}
	if in.Min != nil {
		add("% or more", in.Min.String())
	}
	if in.Above != nil {
		add("above %", in.Above.String())
	}
	if in.Max != nil {
		add("% or less", in.Max.String())
	}
	if in.Below != nil {
		add("below %", in.Below.String())
	}
	text := strings.Join(bounds, " and ")
	if len(in.Ranges) == 0 {
		return text
	}
	ranges := make([]string, len(in.Ranges))
	for i, x := range in.Ranges {
		ranges[i] = x.Min.String() + " to " + x.Max.String()
	}
	if text != "" {
		text += "; "
	}
	return text + strings.Join(ranges, " or ")
}

func (in *input) chosen(v *slot.Value) bool {
	if in.choices != nil {
		_, ok := in.choices[v.Str]
		return ok
	}
	for i := range in.OneOf {
		if in.OneOf[i].Equal(*v) {
			return true
		}
	}
	return false
}

// maxListed is how many allowed values a hint lists.
const maxListed = 12

func (in *input) choiceError(v *slot.Value) *Error {
	allowed := make([]string, len(in.OneOf))
	for i := range in.OneOf {
		allowed[i] = display(&in.OneOf[i])
	}
	what := display(v)
	if v.Kind == slot.String {
		what = quote(v.Str)
	}
	return errorf(CodeChoice, "", "%s is not one of the values allowed", what).hint("%s", suggest(display(v), allowed))
}

// suggest names the value that was most likely meant, and those that are allowed.
func suggest(got string, allowed []string) string {
	if len(allowed) == 0 {
		return "none is allowed"
	}
	text := ""
	if near := doc.Nearest(got, allowed); near != "" {
		text = "did you mean " + strconv.Quote(near) + "? "
	}
	list := allowed
	if len(list) > maxListed {
		list = list[:maxListed]
	}
	text += "allowed: " + strings.Join(list, ", ")
	if more := len(allowed) - len(list); more > 0 {
		text += " and " + strconv.Itoa(more) + " more"
	}
	return text
}

func display(v *slot.Value) string {
	switch v.Kind {
	case slot.Number:
		return v.Num.String()
	case slot.String, slot.Grade:
		return v.Str
	case slot.Bool:
		return strconv.FormatBool(v.Int != 0)
	case slot.Date:
		return slot.Day(v.Int).String()
	}
	return v.Kind.String()
}
