package record

import (
	"bytes"
	"errors"
	"io"
	"sort"

	"github.com/go-json-experiment/json/jsontext"
)

// array splits a JSON array of records, or a file that is one record, into records.
type array struct {
	dec   jsontext.Decoder
	in    meter
	state arrayState
}

type arrayState uint8

const (
	atStart arrayState = iota
	inArray
	atEnd // what remains is to be nothing
)

// newArray reads from r. Invalid UTF-8 and names that stand twice are left to whoever reads the single record, which is
// then the only one at fault.
func newArray(r io.Reader) *array {
	a := &array{in: meter{r: r}}
	a.dec.Reset(&a.in, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	return a
}

// take puts the next record into raw.
func (a *array) take(raw *raw) error {
	k := a.peek()
	switch a.state {
	case atStart:
		switch k {
		case '{':
			a.state = atEnd
			return a.element(raw)
		case '[':
			if _, err := a.dec.ReadToken(); err != nil {
				return a.fail(err)
			}
			a.state = inArray
			return a.take(raw)
		case jsontext.KindInvalid:
			_, err := a.dec.ReadToken()
			if isEnd(err) {
				return &FileError{1, errorf(CodeSyntax, "", "not JSON: there is nothing")}
			}
			return a.fail(err)
		}
		return &FileError{1, errorf(CodeType, "", "the file is an array of records [{...}, ...] or a record {...}, not %s", jsonNoun(k))}
	case inArray:
		if k != ']' {
			return a.element(raw)
		}
		a.state = atEnd
		if _, err := a.dec.ReadToken(); err != nil {
			return a.fail(err)
		}
		k = a.peek()
	}
	_, err := a.dec.ReadToken()
	switch {
	case isEnd(err):
		return io.EOF
	case err != nil:
		return a.fail(err)
	}
	e := errorf(CodeSyntax, "", "something follows the JSON value")
	if k == '{' {
		e.hint("a file with a record in each line is NDJSON: name it .ndjson")
	}
	return &FileError{a.in.lineAt(a.dec.InputOffset() - 1), e}
}

// peek returns the kind of what comes next, which may be one record away.
func (a *array) peek() jsontext.Kind {
	// The decoder reads ahead; a record over the limit is only refused when all of it is there.
	a.in.limit = a.dec.InputOffset() + MaxRecord + readBuffer
	return a.dec.PeekKind()
}

// element puts the next value into raw.
func (a *array) element(raw *raw) error {
	v, err := a.dec.ReadValue()
	if err != nil {
		return a.fail(err)
	}
	raw.reset(a.in.lineAt(a.dec.InputOffset() - int64(len(v))))
	if len(v) > MaxRecord {
		raw.fault = tooLongLine()
		return nil
	}
	raw.data = append(raw.data, v...)
	return nil
}

// line returns the line in which the last value ended.
func (a *array) line() int { return a.in.lineAt(a.dec.InputOffset()) }

// fail says why the array cannot be read on.
func (a *array) fail(err error) error {
	switch {
	case errors.Is(err, errTooLong):
		return &FileError{a.line(), errorf(CodeTooLong, "", "the record has over %d bytes", MaxRecord)}
	case a.in.err != nil:
		return &FileError{a.line(), a.in.err}
	}
	cause, offset := jsonCause(err)
	if offset < 0 {
		offset = a.in.read
	}
	return &FileError{a.in.lineAt(offset), errorf(CodeSyntax, "", "not JSON%s", cause)}
}

var errTooLong = errors.New("over the limit")

// meter hands on what it reads, up to a limit, and knows where lines end in what has been handed on.
type meter struct {
	r     io.Reader
	err   error // of r
	read  int64 // how many bytes were handed on
	limit int64

	ends   []int64 // offsets of newlines, those before passed are no longer needed
	passed int
	before int // lines that ended before ends[passed]
}

// Read implements io.Reader.
func (m *meter) Read(p []byte) (int, error) {
	if m.read >= m.limit {
		return 0, errTooLong
	}
	p = p[:min(int64(len(p)), m.limit-m.read)]
	n, err := m.r.Read(p)
	if err != nil && !isEnd(err) {
		m.err = err
	}
	for i, line := 0, p[:n]; ; {
		k := bytes.IndexByte(line, '\n')
		if k < 0 {
			break
		}
		i += k + 1
		m.ends = append(m.ends, m.read+int64(i)-1)
		line = line[k+1:]
	}
	m.read += int64(n)
	return n, err
}

// lineAt returns the line of offset, or that of the last call if that is later.
func (m *meter) lineAt(offset int64) int {
	rest := m.ends[m.passed:]
	k := sort.Search(len(rest), func(i int) bool { return rest[i] >= offset })
	m.passed += k
	m.before += k
	if m.passed > len(m.ends)/2 {
		m.ends = append(m.ends[:0], m.ends[m.passed:]...)
		m.passed = 0
	}
	return m.before + 1
}
