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
	take    func(*raw) error
	columns *Columns // CSV
	raw     raw      // found last
	one     Batch    // of Next
	err     error    // what ended it
}

// raw is a record of a file as it was found. It is used again for the next one.
type raw struct {
	line  int    // of the file, where the record begins
	data  []byte // JSON, or the cells of a row one after the other
	ends  []int  // where in data each cell ends
	fault *Error // the record could not be found out
}

func (r *raw) reset(line int) { r.line, r.data, r.ends, r.fault = line, r.data[:0], r.ends[:0], nil }

func (r *raw) cell(b []byte) {
	r.data = append(r.data, b...)
	r.ends = append(r.ends, len(r.data))
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
	var b Batch
	var fatal *FileError
	switch err := x.Take(&b, 1); {
	case isEnd(err):
		return &FileError{1, errorf(CodeSyntax, "", "there is no header").hint("the first line names the columns")}
	case errors.As(err, &fatal):
		return &FileError{1, fatal.Err}
	case b.found[0].fault != nil:
		return &FileError{b.Line(0), b.found[0].fault}
	case !utf8.Valid(b.data):
		return &FileError{b.Line(0), errorf(CodeEncoding, "", "the header is not UTF-8").hint("%s", saveAsUTF8)}
	}
	b.text = string(b.data)
	columns, err := x.s.Columns(b.row(0))
	if err != nil {
		return &FileError{b.Line(0), err}
	}
	x.columns = columns
	return nil
}

// Next reads the next record into f and returns the line of the file where it begins. The error is io.EOF after the last
// record; Errors for a record at fault, after which reading can go on; or a *FileError, after which it cannot.
func (x *Source) Next(f *slot.Frame) (line int, err error) {
	if err := x.Take(&x.one, 1); err != nil {
		var fatal *FileError
		if errors.As(err, &fatal) {
			line = fatal.Line
		}
		return line, err
	}
	return x.one.Line(0), x.Read(f, &x.one, 0)
}

// ndjson splits a file into lines that are records.
type ndjson struct {
	lines lines
	begun bool
}

// take puts the next line that is not blank into raw.
func (l *ndjson) take(raw *raw) error {
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
			return &FileError{raw.line, errorf(CodeSyntax, "", "the file is JSON, not NDJSON with a record in each line").hint("name it .json")}
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
