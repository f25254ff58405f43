package formula

import (
	"sort"
	"unicode"
)

type tokenKind uint8

const (
	nameToken tokenKind = iota
	numberToken
	textToken
	opToken // operators, commas and the like, and the words that are operators
	openToken
	closeToken
)

// token is one word of an expression, as expr's lexer would cut it. Offsets count characters.
type token struct {
	kind     tokenKind
	from, to int
	text     string
	match    int // of a bracket: the index of its partner
}

// operatorWords are names that the grammar takes as operators, save after a dot.
var operatorWords = map[string]bool{
	"in": true, "or": true, "and": true, "not": true, "matches": true, "contains": true, "startsWith": true,
	"endsWith": true, "let": true, "if": true, "else": true,
}

func isLetter(r rune) bool { return r == '_' || r == '$' || unicode.IsLetter(r) }

func isWordRune(r rune) bool { return isLetter(r) || unicode.IsDigit(r) }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// is reports whether t is one of the operators or brackets ops.
func (t token) is(ops ...string) bool {
	if t.kind != opToken && t.kind != openToken && t.kind != closeToken {
		return false
	}
	for _, op := range ops {
		if t.text == op {
			return true
		}
	}
	return false
}

// endsOperand reports whether an operand can end with t, so that what follows is an operator.
func (t token) endsOperand() bool {
	switch t.kind {
	case nameToken, numberToken, textToken, closeToken:
		return true
	}
	return t.text == "#"
}

// startsOperand reports whether an operand can begin with t.
func (t token) startsOperand() bool {
	switch t.kind {
	case nameToken, numberToken, textToken, openToken:
		return true
	}
	return t.is("-", "+", "!", "not", "#", ".", "let")
}

// tokenAt returns the index of the token that covers the character at offset, or of the next one.
func tokenAt(tokens []token, offset int) int {
	return sort.Search(len(tokens), func(i int) bool { return tokens[i].to > offset })
}
