package yamldoc

// style is how a token was written.
type style uint8

const (
	plainStyle style = iota
	quotedStyle
	blockStyle
	bracketed     // [ ] or { }
	propertyStyle // an alias, anchor or tag
)

// token is a scalar, a collection in brackets, or an alias, anchor or tag, as the scan met it.
type token struct {
	off, line, col int32 // where it begins, from 0
	end            int32 // where it ends, in bytes; for a block the end of its header
	width          int32 // in characters, of what stands in its first line; for brackets 1 if they end in another one
	indent         int32 // of the block it stands in, -1 at the top
	style          style
	flow           bool // inside of brackets
}

// decode reads a scalar of text.
func (t *token) decode(text string) *decoded {
	c := cursor{text: text, spot: spot{off: int(t.off), line: int(t.line), col: int(t.col)}}
	d := &decoded{}
	switch t.style {
	case plainStyle:
		c.plain(int(t.indent)+1, t.flow, d)
	case quotedStyle:
		c.quoted(d)
	case blockStyle:
		c.block(int(t.indent), d)
	}
	return d
}

// scalar reports whether t has a text.
func (t *token) scalar() bool { return t.style <= blockStyle }

// empty is where the text of a scalar begins when there is none.
func (t *token) empty() int32 {
	if t.style == quotedStyle {
		return t.off + 1
	}
	return t.end
}
