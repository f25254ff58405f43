package record

import (
	"fmt"
	"strconv"
	"strings"
)

// The codes of an Error. They are stable.
const (
	CodeRequired  = "required"  // a required input is absent
	CodeNull      = "null"      // a required input is there, but null or an empty cell
	CodeUnknown   = "unknown"   // no input has this name
	CodeType      = "type"      // a value of another type than the declared one
	CodeFormat    = "format"    // a text that cannot be read as the declared type: "5%" for a number, "2024/6/30" for a date
	CodeRange     = "range"     // outside the declared bounds
	CodeChoice    = "choice"    // not one of the declared values, or no grade of the scale
	CodeDecimals  = "decimals"  // finer than declared
	CodeFloat     = "float"     // a binary floating-point number
	CodeDuplicate = "duplicate" // said twice
	CodeSyntax    = "syntax"    // the record itself cannot be read: not JSON, not CSV, too few cells
	CodeEncoding  = "encoding"  // not UTF-8
	CodeTooLong   = "too-long"  // over a limit of this package or of the input
	CodeMore      = "more"      // how many faults there are beyond MaxFaults
	CodeUnbound   = "unbound"   // Bind: an input for which a struct has no field
)

// Error is a fault of one field of a record, or of the record as a whole.
type Error struct {
	Field   string // the input, or the part of it: "members[2].amount"; empty: the record as a whole
	Code    string // what kind of fault, see the constants
	Message string
	Hint    string // the remedy; may be empty
}

// Error returns, for example, `field "debt_ratio": "42%" is not a number; write 0.42`.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Field != "" {
		b.WriteString("field " + strconv.Quote(e.Field) + ": ")
	}
	b.WriteString(e.Message)
	if e.Hint != "" {
		b.WriteString("; " + e.Hint)
	}
	return b.String()
}

// Errors are all the faults of one record.
type Errors []*Error

// Error returns the faults one after the other, separated by semicolons.
func (e Errors) Error() string {
	all := make([]string, len(e))
	for i := range e {
		all[i] = e[i].Error()
	}
	return strings.Join(all, "; ")
}

// Unwrap returns the faults, so that errors.As finds an *Error.
func (e Errors) Unwrap() []error {
	all := make([]error, len(e))
	for i := range e {
		all[i] = e[i]
	}
	return all
}

func errorf(code, field, format string, args ...any) *Error {
	return &Error{Field: field, Code: code, Message: fmt.Sprintf(format, args...)}
}

func (e *Error) hint(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}

// shown is how many characters of a customer's text are repeated in a message.
const shown = 40

func cut(s string) string {
	n := 0
	for i := range s {
		if n == shown {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

func quote(s string) string { return strconv.Quote(cut(s)) }
