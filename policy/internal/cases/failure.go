package cases

import (
	"errors"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy"
)

// failure is the error that a case expects: of the record, of the day, or while deciding.
type failure struct {
	doc.At
	Message doc.Text `key:"message,short" doc:"a part of the message"`
	Field   doc.Text `key:"field" doc:"the field of the record that is at fault"`
	Code    doc.Text `key:"code,oneof=required|null|unknown|type|format|range|choice|decimals|duplicate|too-long" doc:"what is wrong with it"`
}

// String returns what is expected as a message shows it.
func (x *failure) String() string {
	var parts []string
	for _, p := range []struct{ what, text string }{{"field", x.Field.Value}, {"code", x.Code.Value}} {
		if p.text != "" {
			parts = append(parts, p.what+" "+p.text)
		}
	}
	if x.Message.Value != "" {
		parts = append(parts, x.Message.Value)
	}
	return strings.Join(parts, ", ")
}

// got returns err as a message shows it beside what is expected: fields and codes, or the message.
func (x *failure) got(err error) string {
	var bad policy.InputErrors
	if !errors.As(err, &bad) || x.Field.Value == "" && x.Code.Value == "" {
		return strings.Join(strings.Fields(err.Error()), " ")
	}
	parts := make([]string, len(bad))
	for i, e := range bad {
		parts[i] = "field " + e.Field + ", code " + e.Code
	}
	return strings.Join(parts, "; ")
}

// matches reports whether err is as expected. Where a field or a code is named, one fault of the record has all of it.
func (x *failure) matches(err error) bool {
	if x.Field.Value == "" && x.Code.Value == "" {
		return strings.Contains(err.Error(), x.Message.Value)
	}
	var bad policy.InputErrors
	errors.As(err, &bad)
	for _, e := range bad {
		if (x.Field.Value == "" || x.Field.Value == e.Field) && (x.Code.Value == "" || x.Code.Value == e.Code) &&
			strings.Contains(e.Error(), x.Message.Value) {
			return true
		}
	}
	return false
}
