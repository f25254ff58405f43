package portfolio

import (
	"errors"
	"fmt"
	"io"

	"github.com/tallystick-go/tallystick/policy"
)

// Writer writes the decisions of a portfolio, one customer after the other. Those of NewWriter write what the workers have
// made into text already; to any other, decisions come as they are.
type Writer interface {
	// Decision writes the decision on the customer whose record begins on line. d is used again once it returns.
	Decision(line int, d *policy.Decision) error
	// Bad writes that the record on line could not be decided.
	Bad(line int, err error) error
	// Close writes what comes last. It does not close what is written to.
	Close(s *Summary) error
}

// Format is a format in which decisions are written.
type Format string

// The formats.
const (
	Table  Format = "table"  // for people: aligned columns, then the summary
	CSV    Format = "csv"    // a row a customer
	JSON   Format = "json"   // an array of decisions
	NDJSON Format = "ndjson" // a decision a line
)

// formats are all of them.
var formats = []Format{Table, CSV, JSON, NDJSON}

// ParseFormat returns the format with this name.
func ParseFormat(s string) (Format, error) {
	for _, f := range formats {
		if string(f) == s {
			return f, nil
		}
	}
	return "", fmt.Errorf("there is no format %q: use table, csv, json or ndjson", s)
}

// NewWriter returns a Writer to w in format f. What it writes is complete once Close has been called.
func NewWriter(w io.Writer, f Format, p *policy.Policy) (Writer, error) {
	if f == Table {
		return newTableWriter(w, p), nil
	}
	e, err := newEncoder(f, p)
	if err != nil {
		return nil, err
	}
	return &textWriter{w: w, encoder: e}, nil
}

// encoder makes text of decisions. It is safe for concurrent use.
type encoder interface {
	// customer appends customer n, counted from 0, whose record begins on line: the decision, or why there is none.
	customer(dst []byte, n, line int, d *policy.Decision, bad error) []byte
	// end appends what comes after n customers.
	end(dst []byte, n int) []byte
}

func newEncoder(f Format, p *policy.Policy) (encoder, error) {
	switch f {
	case CSV:
		return newCSVEncoder(p), nil
	case JSON:
		return jsonArray{}, nil
	case NDJSON:
		return jsonLines{}, nil
	case Table:
		return nil, errors.New("a table is laid out as a whole: use csv, json or ndjson")
	}
	_, err := ParseFormat(string(f))
	return nil, err
}

// textWriter writes what an encoder makes.
type textWriter struct {
	encoder
	w      io.Writer
	n      int // customers
	buffer []byte
}

// textBuffer is how much is written at once.
const textBuffer = 64 << 10

func (t *textWriter) Decision(line int, d *policy.Decision) error { return t.one(line, d, nil) }

func (t *textWriter) Bad(line int, err error) error { return t.one(line, nil, err) }

func (t *textWriter) one(line int, d *policy.Decision, bad error) error {
	t.buffer = t.customer(t.buffer, t.n, line, d, bad)
	t.n++
	if len(t.buffer) < textBuffer {
		return nil
	}
	return t.flush()
}

// add writes the text of n customers.
func (t *textWriter) add(text []byte, n int) error {
	t.n += n
	if err := t.flush(); err != nil {
		return err
	}
	_, err := t.w.Write(text)
	return err
}

func (t *textWriter) flush() error {
	if len(t.buffer) == 0 {
		return nil
	}
	_, err := t.w.Write(t.buffer)
	t.buffer = t.buffer[:0]
	return err
}

func (t *textWriter) Close(*Summary) error {
	t.buffer = t.end(t.buffer, t.n)
	return t.flush()
}
