package record

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// Format is how a file holds records.
type Format uint8

// The formats of files.
const (
	CSV    Format = iota + 1 // comma-separated values with a header, RFC 4180
	JSON                     // an array of objects, or one object
	NDJSON                   // an object in each line
)

// String returns csv, json or ndjson.
func (f Format) String() string {
	switch f {
	case CSV:
		return "csv"
	case JSON:
		return "json"
	case NDJSON:
		return "ndjson"
	}
	return "unknown"
}

// FormatOf tells the format from the end of a file's name: .csv, .json, .ndjson or .jsonl.
func FormatOf(filename string) (Format, bool) {
	switch strings.ToLower(filepath.Ext(filename)) {
	case ".csv":
		return CSV, true
	case ".json":
		return JSON, true
	case ".ndjson", ".jsonl":
		return NDJSON, true
	}
	return 0, false
}

// FileError is a fault after which nothing more can be read of a file: its header is wrong, a JSON array is broken, the
// reader fails. A fault of one record is an Errors instead, and reading goes on; errors.As finds no Errors in the
// FileError of a Source, so that the two cannot be taken for each other.
type FileError struct {
	Line int   // of the file, from 1
	Err  error // an *Error, or the error of the reader; from Open also the Errors of a header
}

// Error returns, for example, `line 3: not JSON: it ends too early`.
func (e *FileError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Err) }

// Unwrap returns what is wrong.
func (e *FileError) Unwrap() error { return e.Err }

// Source yields one record of a file after another, in memory that does not grow with the file. It is not safe for
// concurrent use, save for Read.
type Source struct {
	s       *Schema
	take    func(*Raw) error
	columns *Columns // CSV
	raw     Raw
	err     error // what ended it
}

// Raw is a record of a file that has been found but not yet read. It is used again for another record.
type Raw struct {
	Line int // of the file, where the record begins

	data  []byte // JSON, or the cells of a row one after the other
	ends  []int  // where in data each cell ends
	cells []string
	fault *Error // the record could not be found out
}

func (raw *Raw) reset(line int) {
	raw.Line, raw.data, raw.ends, raw.fault = line, raw.data[:0], raw.ends[:0], nil
}

func (raw *Raw) cell(b []byte) {
	raw.data = append(raw.data, b...)
	raw.ends = append(raw.ends, len(raw.data))
}

// row returns the cells. They share one string that is their own.
func (raw *Raw) row() []string {
	raw.cells = raw.cells[:0]
	text, start := string(raw.data), 0
	for _, end := range raw.ends {
		raw.cells = append(raw.cells, text[start:end])
		start = end
	}
	return raw.cells
}

// Open begins to read r; of a CSV file it reads the header. A byte order mark is passed over. The error is a *FileError.
func Open(r io.Reader, f Format, s *Schema) (*Source, error) {
	in := bufio.NewReaderSize(r, readBuffer)
	if err := checkEncoding(in); err != nil {
		return nil, err
	}
	x := &Source{s: s}
	switch f {
	case CSV:
		t := &table{lines: linesOf(in)}
		x.take = t.take
		if err := x.header(); err != nil {
			return nil, err
		}
	case JSON:
		x.take = newArray(in).take
	case NDJSON:
		l := &ndjson{lines: linesOf(in)}
		x.take = l.take
	default:
		return nil, &FileError{1, errors.New("the format of the file is not known")}
	}
	return x, nil
}

// checkEncoding passes over a byte order mark, and refuses UTF-16.
func checkEncoding(in *bufio.Reader) error {
	start, err := in.Peek(3)
	if err != nil && !isEnd(err) {
		return &FileError{1, err}
	}
	switch {
	case string(start) == byteOrderMark:
		in.Discard(len(start)) // what has been peeked at is there
	case len(start) >= 2 && (start[0] == 0xFF && start[1] == 0xFE || start[0] == 0xFE && start[1] == 0xFF || start[0] == 0 || start[1] == 0):
		return &FileError{1, errorf(CodeEncoding, "", "the file is UTF-16").hint("%s", saveAsUTF8)}
	}
	return nil
}

// header reads the first row of a table.
func (x *Source) header() error {
	err := x.take(&x.raw)
	switch {
	case isEnd(err):
		return &FileError{1, errorf(CodeSyntax, "", "there is no header").hint("the first line names the columns")}
	case err != nil:
		return &FileError{1, err}
	case x.raw.fault != nil:
		return &FileError{x.raw.Line, x.raw.fault}
	case !utf8.Valid(x.raw.data):
		return &FileError{x.raw.Line, errorf(CodeEncoding, "", "the header is not UTF-8").hint("%s", saveAsUTF8)}
	}
	if x.columns, err = x.s.Columns(x.raw.row()); err != nil {
		return &FileError{x.raw.Line, err}
	}
	return nil
}

// Next reads the next record into f and returns the line of the file where it begins. The error is io.EOF after the last
// record; Errors for a record at fault, after which reading can go on; or a *FileError, after which it cannot.
func (x *Source) Next(f *slot.Frame) (line int, err error) {
	if err := x.Take(&x.raw); err != nil {
		var fatal *FileError
		if errors.As(err, &fatal) {
			line = fatal.Line
		}
		return line, err
	}
	return x.raw.Line, x.Read(f, &x.raw)
}

// Take finds the next record and puts it into raw, to be read by Read. It is the smaller part of the work of Next, so that
// several goroutines can share the rest. The error is io.EOF or a *FileError.
func (x *Source) Take(raw *Raw) error {
	if x.err == nil {
		if err := x.take(raw); err != nil {
			x.err = ending(err, raw.Line)
		}
	}
	return x.err
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

// Read reads what Take found into f; the error is nil or Errors. It is safe for concurrent use, with raws and frames of
// their own.
func (x *Source) Read(f *slot.Frame, raw *Raw) error {
	switch {
	case raw.fault != nil:
		r := x.s.begin(f)
		r.whole = raw.fault
		r.wipe()
		return r.end()
	case x.columns != nil:
		return x.columns.ReadRow(f, raw.row())
	}
	return x.s.ReadJSON(f, raw.data)
}

// ndjson splits a file into lines that are records.
type ndjson struct {
	lines lines
	begun bool
}

// take puts the next line that is not blank into raw.
func (l *ndjson) take(raw *Raw) error {
	for {
		line, tooLong, err := l.lines.line()
		if err != nil {
			return err
		}
		trimmed := bytes.TrimSpace(line)
		if len(trimmed) == 0 && !tooLong {
			continue
		}
		raw.reset(l.lines.n)
		if !l.begun && (bytes.HasPrefix(trimmed, []byte{'['}) || string(trimmed) == "{") {
			return &FileError{raw.Line, errorf(CodeSyntax, "", "the file is JSON, not NDJSON with a record in each line").hint("name it .json")}
		}
		l.begun = true
		if tooLong {
			raw.fault = tooLongLine()
			return nil
		}
		raw.data = append(raw.data, trimmed...)
		return nil
	}
}

func tooLongLine() *Error {
	return errorf(CodeTooLong, "", "the record has over %d bytes", MaxRecord)
}

// isEnd reports whether err is the end of a file.
func isEnd(err error) bool { return errors.Is(err, io.EOF) }
