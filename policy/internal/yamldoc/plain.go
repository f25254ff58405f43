package yamldoc

import "strings"

// flowIndicators end a plain scalar inside [ ] and { }. The ? is yaml.v3's own.
const flowIndicators = ",?[]{}"

// plain steps over a plain scalar. Outside of [ ] and { } it continues on lines that are indented by at least indent. It
// returns where its text ends, and whether the white space stepped over behind it holds a line break.
func (c *cursor) plain(indent int, flow bool, d *decoded) (end spot, broke bool) {
	end = c.spot
	var g gap
	g.reset(c.off)
	for !c.marker() && c.peek(0) != '#' {
		for b := c.peek(0); !isBlankOrEnd(b); b = c.peek(0) {
			if b == ':' && isBlankOrEnd(c.peek(1)) || flow && strings.IndexByte(flowIndicators, b) >= 0 {
				break
			}
			d.fold(c.text, &g)
			from := c.off
			c.next()
			d.copy(c.text, from, c.off)
			g.reset(c.off)
			broke = false
			end = c.spot
		}
		if b := c.peek(0); !isBlank(b) && !isBreak(b) {
			break
		}
		for {
			b := c.peek(0)
			if isBlank(b) {
				if broke && b == '\t' && c.col < indent {
					c.tabs.add(c.spot)
				}
				c.next()
				g.to = c.off
			} else if isBreak(b) {
				g.breaks = append(g.breaks, c.off)
				broke = true
				c.newline()
			} else {
				break
			}
		}
		if !flow && c.col < indent {
			break
		}
	}
	return end, broke
}
