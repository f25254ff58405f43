// Package portfolio decides many customers: it reads them from a file, decides them in order, writes a line for each and
// sums up what came out ([Decide]); or it decides each by two policies and tells what the new one changes ([Compare]).
//
//	w, _ := portfolio.NewWriter(os.Stdout, portfolio.Table, p)
//	summary, err := portfolio.Decide(p, file, policy.CSV, w, policy.AsOf(date))
package portfolio

import (
	"errors"
	"io"

	"github.com/tallystick-go/tallystick/policy"
)

// Writer writes the decisions of a portfolio, one customer after the other.
type Writer interface {
	// Decision writes the decision on the customer whose record begins on line.
	Decision(line int, d *policy.Decision) error
	// Bad writes that the record on line could not be decided.
	Bad(line int, err error) error
	// Close writes what comes last. It does not close what is written to.
	Close(s *Summary) error
}

// Decide decides the customers in r, in their order, and writes each to w. A bad record is written as such and counted in
// the summary; the rest is decided. The error is that of reading or writing, and the summary then covers what was done.
func Decide(p *policy.Policy, r io.Reader, f policy.Format, w Writer, opts ...policy.DecideOption) (*Summary, error) {
	s := newSummary(p)
	customers, err := p.Customers(r, f)
	if err != nil {
		return s, err
	}
	var d policy.Decision
	for {
		line, err := customers.Decide(&d, opts...)
		var bad *policy.RecordError
		switch {
		case err == nil:
			s.add(&d)
			err = w.Decision(line, &d)
		case errors.Is(err, io.EOF):
			return s, w.Close(s)
		case errors.As(err, &bad):
			s.Customers++
			s.Bad++
			err = w.Bad(line, bad)
		}
		if err != nil {
			// What has been decided is written all the same; the reason to stop is the one to be told.
			_ = w.Close(s)
			return s, err
		}
	}
}
