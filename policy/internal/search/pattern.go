package search

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// sample returns a text that a pattern is found in, a short one; ok is false where none was made.
func sample(pattern string) (text string, ok bool) {
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", false
	}
	var b strings.Builder
	if !write(&b, tree) {
		return "", false
	}
	found, err := regexp.MatchString(pattern, b.String())
	return b.String(), err == nil && found
}

// mostSample is the longest sample, in bytes.
const mostSample = 200

// write appends what n is found in.
func write(b *strings.Builder, n *syntax.Regexp) bool {
	times := 1
	switch n.Op {
	case syntax.OpLiteral:
		b.WriteString(string(n.Rune))
	case syntax.OpCharClass:
		if len(n.Rune) == 0 {
			return false
		}
		b.WriteRune(visible(n.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteString(otherText)
	case syntax.OpAlternate:
		return write(b, n.Sub[0])
	case syntax.OpStar, syntax.OpQuest:
		times = 0
	case syntax.OpRepeat:
		times = n.Min
	}
	for range times {
		for _, sub := range n.Sub {
			if b.Len() > mostSample || !write(b, sub) {
				return false
			}
		}
	}
	return true
}

// visible returns a character of a class, given as pairs of the first and the last of a range: a letter or a digit if
// there is one.
func visible(ranges []rune) rune {
	for _, want := range "A0a一" {
		for i := 0; i+1 < len(ranges); i += 2 {
			if ranges[i] <= want && want <= ranges[i+1] {
				return want
			}
		}
	}
	return ranges[0]
}
