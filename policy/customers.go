package policy

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/tallystick-go/tallystick/policy/internal/diff"
	"github.com/tallystick-go/tallystick/policy/internal/record"
)

// Format is a format of customers' files.
type Format = record.Format

// The formats.
const (
	CSV    = record.CSV    // a header with the names of the inputs, then a customer a row; an empty cell is missing
	JSON   = record.JSON   // an array of objects, or one object
	NDJSON = record.NDJSON // an object a line
)

// FormatOf returns the format that the extension of a file's name stands for: .csv, .json, .ndjson or .jsonl.
func FormatOf(name string) (Format, bool) { return record.FormatOf(name) }

// Customers reads customers from a file, one after the other, in constant memory. It is not safe for concurrent use,
// save for DecideTaken.
type Customers struct {
	policy *Policy
	source *record.Source
}

// Customers begins to read the customers in r. An error here means that nothing can be read: a CSV header that does not
// fit the policy, for example.
func (p *Policy) Customers(r io.Reader, f Format) (*Customers, error) {
	source, err := record.Open(r, f, p.schema)
	if err != nil {
		return nil, err
	}
	return &Customers{p, source}, nil
}

// CustomersBeside is Customers for a file that is written for other as well: fields and columns that other knows and p does
// not are passed over, and an input that other has under another name, otherwise the same, may have that.
func (p *Policy) CustomersBeside(other *Policy, r io.Reader, f Format) (*Customers, error) {
	source, err := record.Open(r, f, p.schema.Beside(other.schema, diff.Renames(p.said(), other.said())))
	if err != nil {
		return nil, err
	}
	return &Customers{p, source}, nil
}

// RecordError is the error of one customer of a file: the rest can still be decided.
type RecordError struct {
	Line int // where the customer's record begins, from 1
	Err  error
}

// Error returns what is wrong with the record, without its line.
func (e *RecordError) Error() string { return e.Err.Error() }

// Unwrap returns what is wrong with the record.
func (e *RecordError) Unwrap() error { return e.Err }

// FileError is a fault after which nothing more can be read of a file of customers: its header is wrong, a JSON array is
// broken, the file cannot be read.
type FileError = record.FileError

// Decide decides the next customer into d and returns the line on which the record begins. The error is io.EOF after the
// last one, a *RecordError when this customer cannot be decided but the next can, and a *FileError when reading cannot
// go on.
func (c *Customers) Decide(d *Decision, opts ...DecideOption) (line int, err error) {
	o := optionsOf(opts)
	if err := c.policy.begin(d, &o); err != nil {
		d.void()
		return 0, err
	}
	line, err = c.source.Next(&d.state.Frame)
	if err == nil {
		err = c.policy.finish(d)
	} else if bad := (InputErrors)(nil); !errors.As(err, &bad) {
		d.void()
		return line, err // the end of the file, or of what can be read
	}
	if err != nil {
		d.void()
		return line, &RecordError{line, err}
	}
	return line, nil
}

// Batch is customers of a file that have been found and not yet read. It is used again for the next ones.
type Batch = record.Batch

// Take finds the next customers of the file, at most so many, and puts them into b, to be decided by DecideTaken. It is the
// smaller part of the work of Decide, so that several goroutines can share the rest; portfolio.Decide does so. The error is
// io.EOF or a *FileError, and b is then empty.
func (c *Customers) Take(b *Batch, most int) error { return c.source.Take(b, most) }

// DecideTaken decides customer i of b into d and returns the line on which the record begins. The error is a *RecordError
// when the customer cannot be decided, and an *AsOfError when nobody can. It is safe for concurrent use, with batches and
// decisions of their own.
func (c *Customers) DecideTaken(d *Decision, b *Batch, i int, opts ...DecideOption) (line int, err error) {
	o := optionsOf(opts)
	if err := c.policy.begin(d, &o); err != nil {
		d.void()
		return 0, err
	}
	err = c.source.Read(&d.state.Frame, b, i)
	if err == nil {
		err = c.policy.finish(d)
	}
	if err != nil {
		d.void()
		return b.Line(i), &RecordError{b.Line(i), err}
	}
	return b.Line(i), nil
}

// DetectFormat returns the format of r by how it begins: [ is JSON; { is NDJSON, or JSON where the first line does not hold
// the whole object; anything else is CSV. The reader returned still has what was looked at.
func DetectFormat(r io.Reader) (io.Reader, Format, error) {
	b := bufio.NewReader(r)
	var head []byte
	for {
		line, err := b.ReadSlice('\n')
		head = append(head, line...)
		first := bytes.TrimSpace(bytes.TrimPrefix(head, []byte(byteOrderMark)))
		format := CSV
		switch {
		case len(first) == 0 && err == nil:
			continue
		case len(first) == 0:
			format = NDJSON // nothing is there to decide
		case first[0] == '[':
			format = JSON
		case first[0] == '{' && (errors.Is(err, bufio.ErrBufferFull) || first[len(first)-1] == '}'):
			format = NDJSON
		case first[0] == '{':
			format = JSON
		}
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
			return nil, 0, err
		}
		return io.MultiReader(bytes.NewReader(head), b), format, nil
	}
}

const byteOrderMark = "\ufeff"
