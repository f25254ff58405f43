package yamldoc

import (
	"strings"
	"unicode/utf8"
)

func (s *scanner) plainScalar(left []level) {
	s.begin(left)
	start, indent := s.spot, s.indent()
	s.keyAllowed = false
	end, broke := s.plain(indent+1, s.inFlow(), nil)
	if end.off == start.off { // only behind a character that cannot begin a value
		s.next()
		end = s.spot
	}
	if broke {
		s.keyAllowed = true
	}
	s.addToken(plainStyle, start, end.off)
	s.checkSpaces(start, end)
	if s.inFlow() {
		s.checkCutByComma()
	}
	s.done()
}

func (s *scanner) quotedScalar(left []level) {
	s.begin(left)
	start := s.spot
	s.keyAllowed = false
	if !s.quoted(nil) {
		s.openQuote(start)
		s.stopped = true
	}
	s.addToken(quotedStyle, start, s.off)
	s.takeProblems()
	s.done()
}

func (s *scanner) blockScalar(left []level) {
	s.checkPlace(left)
	s.dropKey()
	start := s.spot
	header := s.block(s.indent(), nil)
	s.addToken(blockStyle, start, header.off)
	s.headerComment(header)
	s.keyAllowed = true
	s.takeProblems()
	s.done()
}

// headerComment notes the comment behind the | or > of a block text, which ends at.
func (s *scanner) headerComment(at spot) {
	rest := s.text[at.off:s.lineEnd(at.off)]
	comment := strings.TrimLeft(rest, " \t")
	if !strings.HasPrefix(comment, "#") {
		return
	}
	blanks := len(rest) - len(comment)
	s.comments = append(s.comments, spot{at.off + blanks, at.n + blanks, at.line, at.col + blanks})
}

// addToken notes a token that began at start and ends in front of the byte end.
func (s *scanner) addToken(st style, start spot, end int) {
	first := s.text[start.off:end] // what stands in its first line
	if i := strings.IndexAny(first, "\r\n"); i >= 0 {
		first = strings.TrimRight(first[:i], " \t")
	}
	s.tokens = append(s.tokens, token{
		off: int32(start.off), line: int32(start.line), col: int32(start.col), end: int32(end),
		width: int32(utf8.RuneCountInString(first)), indent: int32(s.indent()), style: st, flow: s.inFlow(),
	})
	s.last = s.tokens[len(s.tokens)-1]
}
