package record

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonText is a JSON text being read. Its first error is kept, and nothing is read after it.
type jsonText struct {
	dec jsontext.Decoder
	buf bytes.Buffer
	all []byte // the whole text
	err *Error

	text string // the whole text once more, in memory that may be kept; or empty

	name, str []byte             // room for a name and a string without their escapes
	marks     []bool             // which fields of the objects being read have been met
	others    map[other]struct{} // the names met that nothing is known of
	objects   int                // how many objects were begun
}

// other is a name that nothing is known of, and the object in which it stands.
type other struct {
	object int
	name   string
}

// start begins to read b. Names that stand twice are allowed here, because whoever reads an object notices them itself
// and can go on to the faults of the other fields.
func (j *jsonText) start(b []byte) {
	j.all, j.err, j.objects = b, nil, 0
	j.buf = *bytes.NewBuffer(b)
	j.dec.Reset(&j.buf, jsontext.AllowDuplicateNames(true))
}

// stop forgets the text.
func (j *jsonText) stop() {
	j.all, j.text, j.buf, j.marks = nil, "", bytes.Buffer{}, j.marks[:0]
	if len(j.others) > manyOthers {
		j.others = nil
	}
	clear(j.others)
}

// manyOthers is more names than the room is kept for.
const manyOthers = 1000

// finish makes sure that nothing follows.
func (j *jsonText) finish() {
	if j.err != nil {
		return
	}
	if _, err := j.dec.ReadToken(); err == nil {
		j.err = errorf(CodeSyntax, "", "something follows the JSON value%s", position(j.all, j.dec.InputOffset()-1))
	} else if err != io.EOF {
		j.fail(err)
	}
}

// peek returns the kind of what comes next; 0 once there was an error.
func (j *jsonText) peek() jsontext.Kind {
	if j.err != nil {
		return jsontext.KindInvalid
	}
	k := j.dec.PeekKind()
	if k == jsontext.KindInvalid {
		j.token() // for the error
	}
	return k
}

// token passes over a bracket.
func (j *jsonText) token() {
	if j.err == nil {
		if _, err := j.dec.ReadToken(); err != nil {
			j.fail(err)
		}
	}
}

// value returns the text of the next value, or nil. It is valid until more is read.
func (j *jsonText) value() jsontext.Value {
	if j.err != nil {
		return nil
	}
	v, err := j.dec.ReadValue()
	if err != nil {
		j.fail(err)
		return nil
	}
	return v
}

// member returns the next name of an object, or false when the object or the text is at its end, which it then has
// passed. The name is valid until the next call.
func (j *jsonText) member() (name []byte, ok bool) {
	switch j.peek() {
	case '"':
		raw := j.value()
		if raw == nil {
			return nil, false
		}
		if bytes.IndexByte(raw, '\\') < 0 {
			return raw[1 : len(raw)-1], true
		}
		j.name = unquote(j.name[:0], raw)
		return j.name, true
	case '}':
		j.token()
	case jsontext.KindInvalid:
	default:
		j.value() // not a name: this is an error
	}
	return nil, false
}

// string returns a JSON string without quotes and escapes, valid until more is read.
func (j *jsonText) string(raw jsontext.Value) []byte {
	if bytes.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	j.str = unquote(j.str[:0], raw)
	return j.str
}

// kept returns the JSON string that has just been read, without its quotes, in memory that may be kept; "" where there is
// none, or it has escapes.
func (j *jsonText) kept(raw jsontext.Value) string {
	if j.text == "" || bytes.IndexByte(raw, '\\') >= 0 {
		return ""
	}
	end := int(j.dec.InputOffset())
	return j.text[end-len(raw)+1 : end-1]
}

func unquote(dst, raw []byte) []byte {
	dst, _ = jsontext.AppendUnquote(dst, raw) // the decoder has checked it
	return dst
}

// repeats reports whether a name stands twice in v or in something nested in it.
func repeats(v jsontext.Value) bool {
	return len(v) > 0 && (v[0] == '{' || v[0] == '[') && !v.IsValid()
}

// met reports whether the object has had name before, and remembers it.
func (j *jsonText) met(object int, name string) bool {
	o := other{object, name}
	if _, twice := j.others[o]; twice {
		return true
	}
	if j.others == nil {
		j.others = map[other]struct{}{}
	}
	j.others[o] = struct{}{}
	return false
}

// begin passes over the bracket that begins an object, and returns its number.
func (j *jsonText) begin() int {
	j.token()
	j.objects++
	return j.objects
}

// mark makes room for n marks and returns where they begin; unmark gives it back.
func (j *jsonText) mark(n int) int {
	base := len(j.marks)
	for range n {
		j.marks = append(j.marks, false)
	}
	return base
}

func (j *jsonText) unmark(base int) { j.marks = j.marks[:base] }

// fail keeps err as what is wrong with the text.
func (j *jsonText) fail(err error) { j.err = jsonError(j.all, err) }

// jsonError says what is wrong with a text that the decoder refused.
func jsonError(text []byte, err error) *Error {
	if at := invalidUTF8(text); at >= 0 {
		return errorf(CodeEncoding, "", "not UTF-8%s", position(text, int64(at))).hint("%s", saveAsUTF8)
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return errorf(CodeSyntax, "", "not JSON: there is nothing")
	}
	cause, offset := jsonCause(err)
	return errorf(CodeSyntax, "", "not JSON%s%s", cause, position(text, offset))
}

// jsonCause says what is wrong with JSON, and at which offset; -1: unknown.
func jsonCause(err error) (cause string, offset int64) {
	var syntax *jsontext.SyntacticError
	offset = -1
	if errors.As(err, &syntax) {
		offset, err = syntax.ByteOffset, syntax.Err
	}
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return ": it ends too early", -1
	case errors.Is(err, jsontext.ErrNonStringName):
		return ": a name must be in double quotes", offset
	case err == nil:
		return "", offset
	}
	return ": " + err.Error(), offset
}

// invalidUTF8 returns where text stops being UTF-8, or -1.
func invalidUTF8(text []byte) int {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		c, n := utf8.DecodeRune(text[i:])
		if c == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// position says where offset is in text, as a remark in parentheses.
func position(text []byte, offset int64) string {
	if offset < 0 || offset > int64(len(text)) {
		return ""
	}
	before := text[:offset]
	col := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	if line := bytes.Count(before, []byte{'\n'}) + 1; line > 1 {
		return " (line " + strconv.Itoa(line) + ", character " + strconv.Itoa(col) + ")"
	}
	return " (at character " + strconv.Itoa(col) + ")"
}
