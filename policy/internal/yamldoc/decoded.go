package yamldoc

import "unicode/utf8"

// decoded gathers the text of a scalar, and where each character of it was written. A nil *decoded gathers nothing, so
// that the same code also just steps over a scalar.
type decoded struct {
	text  []byte
	marks []mark // one a character
}

// mark is where a character of a scalar was written, in bytes of the file. For an escape it covers the whole of it; a
// line break, or the space that stands for one, begins and ends in front of the break.
type mark struct{ from, to int32 }

func (d *decoded) add(r rune, from, to int) {
	if d == nil {
		return
	}
	d.text = utf8.AppendRune(d.text, r)
	d.marks = append(d.marks, mark{int32(from), int32(to)})
}

// copy adds the characters of text from from to to as they are.
func (d *decoded) copy(text string, from, to int) {
	if d == nil {
		return
	}
	for from < to {
		r, size := utf8.DecodeRuneInString(text[from:to])
		d.add(r, from, from+size)
		from += size
	}
}

// breaks adds a line break for each offset.
func (d *decoded) breaks(at []int) {
	for _, off := range at {
		d.add('\n', off, off)
	}
}

// gap is the white space between two words of a plain or quoted scalar.
type gap struct {
	from, to int   // all of it; without line breaks these are blanks
	breaks   []int // the line breaks
	escaped  bool  // the first line break was escaped, and is not among breaks
}

func (g *gap) reset(at int) { *g = gap{from: at, to: at, breaks: g.breaks[:0]} }

// fold adds what the gap stands for: the blanks themselves, a space for a single line break, or else a line break for
// each one after the first.
func (d *decoded) fold(text string, g *gap) {
	switch {
	case g.escaped:
		d.breaks(g.breaks)
	case len(g.breaks) == 0:
		d.copy(text, g.from, g.to)
	case len(g.breaks) == 1:
		d.add(' ', g.breaks[0], g.breaks[0])
	default:
		d.breaks(g.breaks[1:])
	}
}
