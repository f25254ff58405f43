package record

import (
	"errors"
	"io"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// Batch is some records of a file, one after the other, that have been found but not yet read. It is used again for the
// next ones. It holds at least one record; with those of usual size, as many as were asked for.
type Batch struct {
	data  []byte // JSON, or the cells of rows, one after the other
	text  string // the same, or empty: texts that are read are parts of it, in memory that all texts of the batch share
	ends  []int  // where in data each cell ends
	found []found
	cells []string // of the row being read
}

// found is where in a Batch a record ends; it begins where the one before it ends.
type found struct {
	line       int // of the file, where the record begins
	data, ends int
	fault      *Error // the record could not be found out
}

// batchBytes is how much a batch holds before it is full.
const batchBytes = 128 << 10

// Len returns how many records there are.
func (b *Batch) Len() int { return len(b.found) }

// Line returns the line of the file where record i begins, from 1.
func (b *Batch) Line(i int) int { return b.found[i].line }

func (b *Batch) reset() {
	clear(b.found)
	b.data, b.text, b.ends, b.found = b.data[:0], "", b.ends[:0], b.found[:0]
}

func (b *Batch) add(raw *raw) {
	base := len(b.data)
	b.data = append(b.data, raw.data...)
	for _, end := range raw.ends {
		b.ends = append(b.ends, base+end)
	}
	b.found = append(b.found, found{raw.line, len(b.data), len(b.ends), raw.fault})
}

// begin returns where record i begins in data and in ends.
func (b *Batch) begin(i int) (data, ends int) {
	if i == 0 {
		return 0, 0
	}
	return b.found[i-1].data, b.found[i-1].ends
}

// row returns the cells of record i, valid until the next call.
func (b *Batch) row(i int) []string {
	start, first := b.begin(i)
	b.cells = b.cells[:0]
	for _, end := range b.ends[first:b.found[i].ends] {
		b.cells = append(b.cells, b.text[start:end])
		start = end
	}
	return b.cells
}

// Take finds the next records, at most so many, and puts them into b, to be read by Read. It is the smaller part of the
// work of Next, so that several goroutines can share the rest. The error is io.EOF or a *FileError; b is then empty.
func (x *Source) Take(b *Batch, most int) error {
	b.reset()
	for len(b.found) < most && len(b.data) < batchBytes {
		if x.err == nil {
			if err := x.take(&x.raw); err != nil {
				x.err = ending(err, x.raw.line)
			}
		}
		switch {
		case x.err == nil:
			b.add(&x.raw)
			continue
		case len(b.found) == 0:
			return x.err
		}
		break // the error is for the next call
	}
	if x.columns != nil || len(b.found) > 1 { // texts of JSON that stands alone are better copied one by one
		b.text = string(b.data)
	}
	return nil
}

// ending is err as Take returns it; after is the line of the last record.
func ending(err error, after int) error {
	var fatal *FileError
	switch {
	case errors.As(err, &fatal):
		return fatal
	case isEnd(err):
		return io.EOF
	}
	return &FileError{after + 1, err}
}

// Read reads record i of b into f; the error is nil or Errors. It is safe for concurrent use, with batches and frames of
// their own.
func (x *Source) Read(f *slot.Frame, b *Batch, i int) error {
	r := &b.found[i]
	switch start, _ := b.begin(i); {
	case r.fault != nil:
		return x.s.refuse(f, r.fault)
	case x.columns != nil:
		return x.columns.ReadRow(f, b.row(i))
	default:
		return x.s.readJSON(f, b.data[start:r.data], part(b.text, start, r.data))
	}
}

// refuse makes every input missing because of what is wrong with the record as a whole.
func (s *Schema) refuse(f *slot.Frame, fault *Error) error {
	r := s.begin(f)
	r.whole = fault
	r.wipe()
	return r.end()
}
