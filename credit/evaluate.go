package credit

import (
	"strconv"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// Error is an expression of Terms that failed, for one customer.
type Error struct {
	What  string // "limit base: set", "approval 2: up_to"
	Place Place  // where the expression stands; unknown when it was made in Go
	Err   error  // the cause
}

// Error names the part of the terms and the cause.
func (e *Error) Error() string { return "credit: " + e.What + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// evaluator asks the expressions for one customer, until one fails.
type evaluator struct {
	frame *Frame
	err   error
}

// ask returns the value of x, or why it is missing; after a failure, nothing.
func ask[T any](e *evaluator, x *slot.Expr[T], w where) (v T, missing Absence) {
	if e.err != nil {
		return v, 0
	}
	v, missing = x.Eval(e.frame)
	if err := e.frame.TakeErr(); err != nil {
		e.fail(w, x.Place(), err)
		return v, 0
	}
	return v, missing
}

func (e *evaluator) fail(w where, p Place, err error) {
	if e.err == nil {
		e.err = &Error{What: w.String(), Place: p, Err: err}
	}
}

// where names an expression of the terms, and makes text of it only when it is asked to.
type where struct {
	within string // the segment
	what   string // "limit", "exposure"
	id     string
	index  int
	key    string
}

func (w where) part(key string) where {
	w.key = key
	return w
}

func (w where) String() string {
	s := w.what
	switch {
	case w.id != "":
		s += " " + w.id
	case w.index >= 0:
		s += " " + strconv.Itoa(w.index+1)
	}
	if w.within != "" {
		s = "segment " + w.within + ": " + s
	}
	if w.key != "" {
		s += ": " + w.key
	}
	return s
}

// resized returns s with n zero elements, in the same memory where that is enough.
func resized[T any](s []T, n int) []T {
	if n > cap(s) {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}
