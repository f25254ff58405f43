package yamldoc

import (
	"strconv"
	"unicode/utf8"
)

// escapes are the characters behind a backslash in double quotes that stand for one character; x, u and U are followed
// by its code.
var escapes = map[byte]rune{
	'0': 0, 'a': '\a', 'b': '\b', 't': '\t', '\t': '\t', 'n': '\n', 'v': '\v', 'f': '\f', 'r': '\r', 'e': '\x1b',
	' ': ' ', '"': '"', '\'': '\'', '\\': '\\', 'N': '\u0085', '_': '\u00a0', 'L': '\u2028', 'P': '\u2029',
}

// codeLengths are the numbers of hexadecimal digits of a character's code.
var codeLengths = map[byte]int{'x': 2, 'u': 4, 'U': 8}

// quoted steps over a scalar in quotes, and reports whether they are closed.
func (c *cursor) quoted(d *decoded) (closed bool) {
	quote := c.peek(0)
	c.next()
	var g gap
	for {
		if c.marker() || c.atEnd() {
			return false
		}
		g.reset(c.off)
		for b := c.peek(0); !isBlankOrEnd(b) && !g.escaped; b = c.peek(0) {
			switch {
			case b == '\'' && quote == '\'' && c.peek(1) == '\'':
				d.add('\'', c.off, c.off+2)
				c.skip(2)
			case b == quote:
				c.next()
				return true
			case b == '\\' && quote == '"' && isBreak(c.peek(1)):
				c.next()
				c.newline()
				g.escaped = true
			case b == '\\' && quote == '"':
				c.escape(d)
			default:
				from := c.off
				c.next()
				d.copy(c.text, from, c.off)
			}
		}
		g.from = c.off
		for {
			b := c.peek(0)
			if isBlank(b) {
				c.next()
			} else if isBreak(b) {
				g.breaks = append(g.breaks, c.off)
				c.newline()
			} else {
				break
			}
		}
		g.to = c.off
		d.fold(c.text, &g)
	}
}

// escape steps over a backslash and what belongs to it.
func (c *cursor) escape(d *decoded) {
	start := c.spot
	letter := c.peek(1)
	length, hasCode := codeLengths[letter]
	if !hasCode {
		r, known := escapes[letter]
		if !known {
			c.problem(start, 2, "there is no escape `"+c.text[c.off:c.off+1+runeLen(c.text, c.off+1)]+"` in a double-quoted text",
				`write \\ for a backslash, or use single quotes, in which a backslash is just that`)
		}
		c.skip(2)
		d.add(r, start.off, c.off)
		return
	}
	c.skip(2)
	digits := c.off
	for c.off-digits < length && isHex(c.peek(0)) {
		c.next()
	}
	code, err := strconv.ParseUint(c.text[digits:c.off], 16, 32)
	if c.off-digits < length || err != nil || !utf8.ValidRune(rune(code)) {
		c.problem(start, c.col-start.col, "`"+c.text[start.off:c.off]+"` is not the code of a character",
			`write \\ for a backslash; a code has 2 hexadecimal digits behind \x, 4 behind \u, 8 behind \U`)
	}
	d.add(rune(code), start.off, c.off)
}

func runeLen(text string, off int) int {
	if off >= len(text) {
		return 0
	}
	_, size := utf8.DecodeRuneInString(text[off:])
	return size
}

func isHex(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F'
}
