package decisionlog

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"

	"github.com/tallystick-go/tallystick/policy"
)

// Option changes what a Log writes.
type Option func(*Log)

// Mask keeps the values of inputs out of the log, see the package. Append fails for a policy that reads one of them, with a
// *policy.WithholdError; Policy.Withhold tells beforehand.
func Mask(key Key, inputs ...string) Option {
	return func(l *Log) {
		l.mask = mask{slices.Sorted(slices.Values(inputs)), key}
		l.mask.inputs = slices.Compact(l.mask.inputs)
	}
}

// Log takes decisions. It is safe for concurrent use.
type Log struct {
	mask mask

	mutex  sync.Mutex
	to     io.Writer
	file   *os.File // to, where that is a file that can be mended
	size   int64    // of the file
	head   string   // hash of the last line
	mended int64
	broken bool // to ends in a line that is torn
	line   []byte
}

// New returns a log that begins in w.
func New(w io.Writer, opts ...Option) *Log {
	l := &Log{to: w}
	for _, opt := range opts {
		opt(l)
	}
	return l
}

// Append writes the line of d. Write it before the decision is told to anybody: then there is none without a line.
//
// The error is ErrUndecided for a Decision that nobody has made, ErrTooLong, a *WriteError where the line could not be written,
// a *policy.InputError where the record has a number without a text, and a *policy.WithholdError where something is masked
// by which the policy decides. The log is then as it was before, unless the WriteError says that it is torn.
func (l *Log) Append(d *policy.Decision) error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.broken {
		return &WriteError{Err: errors.New("the line before could not be written"), Torn: true}
	}
	d, masked, err := l.mask.on(d, l.head)
	if err != nil {
		return err
	}
	line, hash, err := appendLine(l.line[:0], d, masked, l.head)
	l.line = line[:0]
	switch {
	case err != nil:
		return err
	case len(line) > maxLine:
		l.line = nil
		return ErrTooLong
	}
	n, err := l.to.Write(line)
	if err == nil && n < len(line) {
		err = io.ErrShortWrite
	}
	if err != nil {
		l.broken = n > 0 && !l.takeBack()
		return &WriteError{Err: err, Torn: l.broken}
	}
	l.size += int64(len(line))
	l.head = hash
	return nil
}

// takeBack takes away what was written of the last line.
func (l *Log) takeBack() bool { return l.file != nil && l.file.Truncate(l.size) == nil }

// Head returns the hash of the last line, "" where there is none.
func (l *Log) Head() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.head
}

// Mended returns how many bytes of a line that a crash had torn Open cut off.
func (l *Log) Mended() int64 { return l.mended }

// Sync makes sure that the lines outlive a crash of the machine. They outlive one of the program anyhow.
func (l *Log) Sync() error {
	if l.file == nil {
		return nil
	}
	return l.file.Sync()
}

// Close makes sure that the lines outlive a crash of the machine, and closes the file that Open opened.
func (l *Log) Close() error {
	if l.file == nil {
		return nil
	}
	return errors.Join(l.Sync(), l.file.Close())
}

// ErrUndecided says that a Decision holds none, as after a Decide that failed.
var ErrUndecided = errors.New("nothing was decided that could be logged")

// ErrTooLong says that the line of a decision would be longer than a log can have.
var ErrTooLong = fmt.Errorf("the decision and its record take over %d MiB and cannot be logged: shorten the lists of the record", maxLine>>20)

// WriteError says that a decision is not in the log.
type WriteError struct {
	Err  error
	Torn bool // the log ends in a part of a line: open it again, which mends it
}

// Error tells why, and what to do.
func (e *WriteError) Error() string {
	if e.Torn {
		return fmt.Sprintf("the decision is not in the log, which ends in a line that is torn: %s; open the log again, which mends it", e.Err)
	}
	return fmt.Sprintf("the decision is not in the log: %s; all lines before are whole", e.Err)
}

// Unwrap returns why.
func (e *WriteError) Unwrap() error { return e.Err }
