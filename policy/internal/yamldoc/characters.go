package yamldoc

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// top is the place of faults that concern the file as a whole.
var top = doc.Place{Line: 1, Col: 1}

// checkBytes reports what is not text in UTF-8 that people can see, and whether the scan can go on without it.
func checkBytes(src []byte, fs *faults) bool {
	switch {
	case len(src) > MaxSize:
		fs.add(doc.Errorf(top, "too-large", "the file has more than the %d bytes that a file may have", MaxSize).
			WithHint("a policy holds rules, not customers: keep data out of it"))
		return false
	case looksUTF16(src):
		fs.add(doc.Errorf(top, "not-utf8", "the file is in UTF-16 or UTF-32, but must be in UTF-8").
			WithHint("save it as UTF-8"))
		return false
	}
	text := withoutMark(src)
	if utf8.ValidString(text) && strings.IndexFunc(text, func(r rune) bool { return !ordinary(r) }) < 0 {
		return true
	}
	ok := true
	at := spot{}
	reportedLine := -1 // one fault a line will do
	for at.off < len(text) {
		r, size := utf8.DecodeRuneInString(text[at.off:])
		p := doc.Place{Line: at.line + 1, Col: at.col + 1, Width: 1}
		switch {
		case r == utf8.RuneError && size == 1:
			fs.add(doc.Errorf(p, "not-utf8", "byte 0x%02X is not UTF-8", text[at.off]).
				WithHint("save the file as UTF-8; it may be in GBK or GB 18030, in which older programs save Chinese text"))
			return false // where one character is not UTF-8, those behind it are not either
		case !ordinary(r):
			ok = ok && harmless(r)
			if at.line != reportedLine {
				reportedLine = at.line
				fs.add(refuseCharacter(p, r))
			}
		}
		at.off += size
		at.col++
		if r == '\n' || r == '\r' && !strings.HasPrefix(text[at.off:], "\n") {
			at.line++
			at.col = 0
		}
	}
	return ok
}

func looksUTF16(src []byte) bool {
	for _, mark := range []string{"\xfe\xff", "\xff\xfe", "\x00\x00\xfe\xff"} {
		if bytes.HasPrefix(src, []byte(mark)) {
			return true
		}
	}
	return len(src) >= 2 && (src[0] == 0) != (src[1] == 0) // its first character is an ASCII one
}

// ordinary reports whether a file may hold r.
func ordinary(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return true
	case r < ' ' || r >= 0x7f && r <= 0x9f || r == 0xfffe || r == 0xffff:
		return false
	}
	return !disturbing(r)
}

// disturbing reports whether r is an invisible character that breaks lines, hides, or turns the direction of writing, so
// that people read another text than the program.
func disturbing(r rune) bool {
	return r == '\u200b' || r == '\u2060' || r == '\ufeff' || // zero width
		r == '\u2028' || r == '\u2029' || // line and paragraph separator
		r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' // embeddings, overrides and isolates
}

// harmless reports whether the scan and yaml.v3 can read r, which is refused, as any other character.
func harmless(r rune) bool {
	return disturbing(r) && r != '\ufeff' && r != '\u2028' && r != '\u2029'
}

func refuseCharacter(p doc.Place, r rune) doc.Fault {
	what := "an invisible control character"
	switch {
	case r == 0:
		what = "a NUL character"
	case r == '\ufeff':
		what = "a byte order mark inside the file"
	case r == '\u2028' || r == '\u2029' || r == '\u0085':
		what = "an invisible line separator"
	case r == '\u200b' || r == '\u2060':
		what = "an invisible space of no width"
	case disturbing(r):
		what = "an invisible mark that turns the direction of writing"
	}
	escape := fmt.Sprintf(`\u%04X`, r)
	if r <= 0xff {
		escape = fmt.Sprintf(`\x%02X`, r)
	}
	return doc.Errorf(p, "bad-character", "%s (U+%04X) stands here", what, r).
		WithHint("delete it; if a text needs it, write %s in double quotes", escape)
}
