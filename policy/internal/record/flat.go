package record

import (
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// flat reads the object that most records are: one without nesting, escapes, unknown names and faults, which needs no
// decoder that knows all of JSON. It reports whether the object is one; where it is not, nothing has been read. text is the
// object once more, whose parts may be kept, or empty.
func (r *reader) flat(object []byte, text string) bool {
	if r.flatMembers(object, text) {
		return true
	}
	clear(r.seen)
	clear(r.faults)
	r.faults, r.more = r.faults[:0], 0
	return false
}

func (r *reader) flatMembers(b []byte, text string) bool {
	i := pastSpace(b, 0)
	if at(b, i) != '{' {
		return false
	}
	next := 0
	for {
		i = pastSpace(b, i+1)
		end := plainEnd(b, i)
		if end < 0 {
			return false
		}
		e := r.s.root.find(b[i+1:end], next)
		if e == nil || e.input < 0 || r.seen[e.input] {
			return false
		}
		next = e.pos + 1
		i = pastSpace(b, end+1)
		if at(b, i) != ':' {
			return false
		}
		r.at, r.seen[e.input] = e.input, true
		if i = r.flatValue(b, text, pastSpace(b, i+1)); i < 0 {
			return false
		}
		switch i = pastSpace(b, i); at(b, i) {
		case ',':
		case '}':
			return pastSpace(b, i+1) == len(b)
		default:
			return false
		}
	}
}

// flatValue reads the value at i into the input being read and returns where it ends; -1: it is not plain, or at fault.
func (r *reader) flatValue(b []byte, text string, i int) (end int) {
	in, dst := &r.s.inputs[r.at], &r.f.Slots[r.at]
	st := bad
	switch c := at(b, i); {
	case c == '"':
		if end = plainEnd(b, i); end < 0 {
			return -1
		}
		st = r.flatText(in, b[i+1:end], part(text, i+1, end), dst)
		end++
	case c == '-' || c-'0' <= 9:
		for end = i + 1; isNumeric(at(b, end)); end++ {
		}
		if in.Type.Kind == slot.Number {
			st = r.numberBytes(b[i:end], dst)
		}
	case hasWord(b, i, "null") && !in.Required:
		r.gone(r.at)
		return i + len("null")
	case hasWord(b, i, "true") && in.Type.Kind == slot.Bool:
		dst.SetTruth(true)
		st, end = filled, i+len("true")
	case hasWord(b, i, "false") && in.Type.Kind == slot.Bool:
		dst.SetTruth(false)
		st, end = filled, i+len("false")
	}
	if st != filled || in.bounded && !r.within(in, dst) {
		return -1
	}
	return end
}

// flatText reads a string without escapes.
func (r *reader) flatText(in *input, s []byte, kept string, dst *slot.Value) state {
	switch in.Type.Kind {
	case slot.Number:
		return r.numberBytes(s, dst)
	case slot.String:
		return r.setBytes(s, kept, dst)
	case slot.Date:
		return dayText(r, s, dst)
	case slot.Grade:
		return gradeText(r, s, dst)
	}
	return bad
}

// at returns the byte at i, 0 after the end.
func at(b []byte, i int) byte {
	if i < len(b) {
		return b[i]
	}
	return 0
}

func pastSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// plainEnd returns where the string that begins at i ends, at its quote; -1 where there is no string, or not a plain one.
func plainEnd(b []byte, i int) int {
	if at(b, i) != '"' {
		return -1
	}
	ascii := true
	for end := i + 1; end < len(b); end++ {
		switch c := b[end]; {
		case c == '"':
			if !ascii && !utf8.Valid(b[i+1:end]) {
				return -1
			}
			return end
		case c < ' ' || c == '\\':
			return -1
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return -1
}

// isNumeric reports whether c may stand in a JSON number. What it makes of them is up to exact, which takes nothing of these
// that JSON does not.
func isNumeric(c byte) bool {
	return c-'0' <= 9 || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E'
}

func hasWord(b []byte, i int, word string) bool {
	return len(b)-i >= len(word) && string(b[i:i+len(word)]) == word
}

// part is text[from:to], or empty where text is.
func part(text string, from, to int) string {
	if text == "" {
		return ""
	}
	return text[from:to]
}
