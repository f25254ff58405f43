package record

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// lines reads a file line by line in constant memory, and can go back to a line after the last mark.
type lines struct {
	r *bufio.Reader
	n int // how many lines were read: the number of the last one

	long []byte // room for a line that does not fit the buffer of r

	kept      []byte // lines read since the mark, each with a newline
	next      int    // where in kept the next line begins; at its end: it comes from r
	keep      bool   // lines from r are kept
	mark      int    // where in kept the mark is
	markLines int
}

// readBuffer is how much of a file is read at once.
const readBuffer = 64 << 10

func linesOf(r io.Reader) lines { return lines{r: bufio.NewReaderSize(r, readBuffer)} }

// line returns the next line without its end. It is valid until the next call. tooLong: it has over MaxRecord bytes, and
// only its beginning is returned.
func (l *lines) line() (line []byte, tooLong bool, err error) {
	if l.next < len(l.kept) {
		rest := l.kept[l.next:]
		end := bytes.IndexByte(rest, '\n')
		l.next += end + 1
		l.n++
		return rest[:end], false, nil
	}
	if !l.keep {
		l.kept, l.next = l.kept[:0], 0
	}
	line, tooLong, err = l.read()
	if err != nil {
		return nil, false, err
	}
	l.n++
	if l.keep && !tooLong {
		l.kept = append(append(l.kept, line...), '\n')
		l.next = len(l.kept)
	}
	return line, tooLong, nil
}

// read reads a line from the file.
func (l *lines) read() (line []byte, tooLong bool, err error) {
	line, err = l.r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		l.long = append(l.long[:0], line...)
		for err == bufio.ErrBufferFull {
			line, err = l.r.ReadSlice('\n')
			// A byte of the end may come on top: \r\n.
			if room := MaxRecord + 2 - len(l.long); len(line) > room {
				tooLong = true
				line = line[:max(room, 0)]
			}
			l.long = append(l.long, line...)
		}
		line = l.long
	}
	if err != nil && (!errors.Is(err, io.EOF) || len(line) == 0) {
		return nil, false, err
	}
	line = bytes.TrimSuffix(line, []byte{'\n'})
	line = bytes.TrimSuffix(line, []byte{'\r'})
	return line, tooLong || len(line) > MaxRecord, nil
}

// setMark makes the line after the last one the place to which back returns, until release.
func (l *lines) setMark() {
	if l.next > readBuffer && l.next > len(l.kept)/2 {
		l.kept = append(l.kept[:0], l.kept[l.next:]...)
		l.next = 0
	}
	l.keep, l.mark, l.markLines = true, l.next, l.n
}

// release forgets the mark.
func (l *lines) release() { l.keep = false }

// back returns to the mark and forgets it.
func (l *lines) back() {
	l.keep, l.next, l.n = false, l.mark, l.markLines
}
