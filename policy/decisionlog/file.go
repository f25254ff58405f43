package decisionlog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// maxLine is how many bytes a line may have: a record of a file has a MiB at most, one of a program may have more.
const maxLine = 64 << 20

// Open opens the log in the file name, which it makes where there is none, to append to it. A line at its end that a crash
// has torn is cut off, see Mended. A file that does not end as a log does is left alone: the error is a *NotLogError.
//
// The file is made so that nobody else can read it, since it holds what is known of customers.
func Open(name string, opts ...Option) (*Log, error) {
	l := New(nil, opts...)
	if err := l.resume(name); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return nil, err
	}
	l.to, l.file = f, f
	return l, nil
}

// resume mends the file and takes up its end.
func (l *Log) resume(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	err = l.mend(f)
	var not *NotLogError
	if errors.As(err, &not) {
		not.File = name
	}
	return errors.Join(err, f.Close())
}

// NotLogError says that nothing is appended to a file, since it is not the whole log that it should be.
type NotLogError struct {
	File    string
	Message string
}

// Error names the file and what to do.
func (e *NotLogError) Error() string {
	return fmt.Sprintf("%s: %s; look at it with tally replay, and begin another log", e.File, e.Message)
}

// mend finds the end of the log and mends it.
func (l *Log) mend(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	l.size = info.Size()
	last, torn, err := ending(f, l.size)
	if err != nil {
		return err
	}
	switch {
	case len(torn) == 0:
	case sealed(torn): // but for its end
		if _, err := f.WriteAt([]byte{'\n'}, l.size); err != nil {
			return err
		}
		l.size++
		last = torn
	case isPart(torn):
		if err := f.Truncate(l.size - int64(len(torn))); err != nil {
			return err
		}
		l.size -= int64(len(torn))
		l.mended = int64(len(torn))
	default:
		return &NotLogError{Message: "it does not end in a line of a decision log"}
	}
	if last == nil {
		return nil
	}
	line, _, err := parse(last)
	switch {
	case err != nil:
		return &NotLogError{Message: "its last line cannot be read: " + err.Error()}
	case !sealed(last):
		return &NotLogError{Message: "its last line was altered"}
	}
	l.head = line.Hash
	return nil
}

// isPart reports whether torn can be what a crash leaves of a line: its beginning, or room that was never written to.
func isPart(torn []byte) bool {
	written := bytes.TrimRight(torn, "\x00")
	return bytes.HasPrefix(written, []byte(begin)) || strings.HasPrefix(begin, string(written))
}

// ending returns the last whole line of a file without its end, nil where there is none, and what stands after it.
func ending(f io.ReaderAt, size int64) (last, torn []byte, err error) {
	const step = 64 << 10
	var tail []byte
	for from := size; ; {
		end := bytes.LastIndexByte(tail, '\n')
		before := -1
		if end >= 0 {
			before = bytes.LastIndexByte(tail[:end], '\n')
		}
		switch {
		case before >= 0:
			return tail[before+1 : end], tail[end+1:], nil
		case from == 0 && end >= 0:
			return tail[:end], tail[end+1:], nil
		case from == 0:
			return nil, tail, nil
		case len(tail) > 2*maxLine:
			return nil, nil, &NotLogError{Message: fmt.Sprintf("it ends in a line of over %d MiB", maxLine>>20)}
		}
		n := min(from, max(step, int64(len(tail)))) // twice as much each time
		more := make([]byte, n, n+int64(len(tail)))
		if _, err := f.ReadAt(more, from-n); err != nil {
			return nil, nil, err
		}
		tail = append(more, tail...)
		from -= n
	}
}
