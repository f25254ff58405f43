package yamldoc

// block steps over a block scalar, | or >, in a block indented by parent columns (-1 at the top). It returns where its
// header ends.
func (c *cursor) block(parent int, d *decoded) (header spot) {
	start := c.spot
	literal := c.peek(0) == '|'
	c.next()
	keep, strip, increment := c.blockHeader()
	header = c.spot
	for isBlank(c.peek(0)) {
		c.next()
	}
	if c.peek(0) == '#' {
		c.toLineEnd()
	}
	if !isBreakOrEnd(c.peek(0)) {
		c.headerProblem(start)
		c.toLineEnd()
	}
	if isBreak(c.peek(0)) {
		c.newline()
	}

	indent := 0 // not known yet
	if increment > 0 {
		indent = max(parent, 0) + increment
	}
	var last, blank []int // the line break of the last line, and of the blank lines behind it
	indent, blank = c.blankLines(indent, parent, blank)
	afterBlank := false // whether the last line began with a blank: such lines are not folded
	for c.col == indent && !c.atEnd() {
		beginsBlank := isBlank(c.peek(0))
		if !literal && !afterBlank && !beginsBlank && len(last) > 0 {
			if len(blank) == 0 {
				d.add(' ', last[0], last[0])
			}
		} else {
			d.breaks(last)
		}
		d.breaks(blank)
		last, blank = last[:0], blank[:0]
		afterBlank = beginsBlank
		from := c.off
		c.toLineEnd()
		d.copy(c.text, from, c.off)
		if isBreak(c.peek(0)) {
			last = append(last, c.off)
			c.newline()
		}
		indent, blank = c.blankLines(indent, parent, blank)
	}
	if !strip {
		d.breaks(last)
	}
	if keep {
		d.breaks(blank)
	}
	return header
}

// blockHeader steps over the indicators behind | or >: + or -, and a digit for the indentation, in either order.
func (c *cursor) blockHeader() (keep, strip bool, increment int) {
	chomp := func() {
		if b := c.peek(0); b == '+' || b == '-' {
			keep, strip = b == '+', b == '-'
			c.next()
		}
	}
	chomp()
	if b := c.peek(0); b >= '0' && b <= '9' {
		increment = int(b - '0')
		if increment == 0 {
			c.problem(c.spot, 1, "the indentation of a block text cannot be 0", "leave the digit out")
		}
		c.next()
		if !keep && !strip {
			chomp()
		}
	}
	return keep, strip, increment
}

func (c *cursor) headerProblem(start spot) {
	sign, what := "|", "a block text"
	if c.text[start.off] == '>' {
		sign, what = ">", "a folded text"
	}
	c.problem(start, 1, "a value that begins with `"+sign+"` is "+what+" on the lines below, so nothing may follow it here",
		"if it is not meant so, put the value in quotes: "+singleQuoted(restOfLine(c.text, start.off)))
}

// blankLines steps over blank lines and then the indentation of the next line. While indent is 0 it finds it out: the
// deepest of these lines, but deeper than the parent.
func (c *cursor) blankLines(indent, parent int, blank []int) (int, []int) {
	deepest := 0
	for {
		for (indent == 0 || c.col < indent) && c.peek(0) == ' ' {
			c.next()
		}
		deepest = max(deepest, c.col)
		if (indent == 0 || c.col < indent) && c.peek(0) == '\t' {
			c.tabs.add(c.spot)
			c.next()
			continue
		}
		if !isBreak(c.peek(0)) {
			break
		}
		blank = append(blank, c.off)
		c.newline()
	}
	if indent == 0 {
		indent = max(deepest, parent+1, 1)
	}
	return indent, blank
}
