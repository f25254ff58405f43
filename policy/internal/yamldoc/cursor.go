package yamldoc

import (
	"strings"
	"unicode/utf8"
)

// spot is a position in the text, everything from 0.
type spot struct {
	off  int // in bytes
	n    int // in characters
	line int
	col  int // in characters
}

// cursor walks through the text of a file.
type cursor struct {
	text string
	spot

	// What a scalar's scanner meets that YAML does not allow there.
	problems []problem
	tabs     tabs
}

// problem is a fault of notation inside a scalar.
type problem struct {
	at      spot
	width   int
	message string
	hint    string
}

// tabs are the tabs met where only spaces may indent a line.
type tabs struct {
	first spot
	lines int
	last  int // the line of the last one
}

func (t *tabs) add(at spot) {
	if t.lines == 0 {
		t.first = at
	}
	if t.lines == 0 || t.last != at.line {
		t.lines++
		t.last = at.line
	}
}

// peek returns the byte k bytes ahead, 0 behind the end. The text itself holds no 0.
func (c *cursor) peek(k int) byte {
	if i := c.off + k; i < len(c.text) {
		return c.text[i]
	}
	return 0
}

func (c *cursor) atEnd() bool { return c.off >= len(c.text) }

// next steps over a character that is not a line break.
func (c *cursor) next() {
	if c.atEnd() {
		return
	}
	size := 1
	if c.text[c.off] >= utf8.RuneSelf {
		_, size = utf8.DecodeRuneInString(c.text[c.off:])
	}
	c.off += size
	c.n++
	c.col++
}

func (c *cursor) skip(n int) {
	for range n {
		c.next()
	}
}

// newline steps over a line break: LF, CR LF or CR.
func (c *cursor) newline() {
	if c.peek(0) == '\r' && c.peek(1) == '\n' {
		c.off++
		c.n++
	}
	c.off++
	c.n++
	c.line++
	c.col = 0
}

// toLineEnd steps to the line break or the end of the text.
func (c *cursor) toLineEnd() {
	for !isBreakOrEnd(c.peek(0)) {
		c.next()
	}
}

// lineEnd returns where the line ends that holds the byte at off.
func (c *cursor) lineEnd(off int) int {
	if i := strings.IndexAny(c.text[off:], "\r\n"); i >= 0 {
		return off + i
	}
	return len(c.text)
}

// marker reports whether --- or ... stands at the beginning of a line here, which ends a document.
func (c *cursor) marker() bool {
	b := c.peek(0)
	return c.col == 0 && (b == '-' || b == '.') && c.peek(1) == b && c.peek(2) == b && isBlankOrEnd(c.peek(3))
}

func (c *cursor) problem(at spot, width int, message, hint string) {
	c.problems = append(c.problems, problem{at, width, message, hint})
}

func isBlank(b byte) bool      { return b == ' ' || b == '\t' }
func isBreak(b byte) bool      { return b == '\n' || b == '\r' }
func isBreakOrEnd(b byte) bool { return isBreak(b) || b == 0 }
func isBlankOrEnd(b byte) bool { return isBlank(b) || isBreakOrEnd(b) }
