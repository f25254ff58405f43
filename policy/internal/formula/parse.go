package formula

import (
	"errors"
	"fmt"
	"strings"

	"github.com/expr-lang/expr/ast"
	exprbuiltin "github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
)

// Parse reads an expression. It checks the limits before it does any work, and returns no Tree when there are problems.
func Parse(src string) (*Tree, []Problem) {
	s := scan(src)
	if len(s.problems) > 0 {
		return nil, sortProblems(s.problems)
	}
	root, err := parseText(s.rewrite())
	if err != nil {
		return nil, []Problem{s.syntaxProblem(err)}
	}
	t := &Tree{src: src, runes: s.runes, tokens: s.tokens, numbers: s.numbers, root: root}
	if ps := t.refuse(); len(ps) > 0 {
		return nil, sortProblems(ps)
	}
	return t, nil
}

// manySum stands for the name sum where it is called with more than two arguments, which expr's parser does not allow.
// It is as wide, and no name of an expression has a $ in it.
const manySum = "$um"

// rewrite returns the text for expr's parser, each character in its place: numbers become zeros, because it reads them as
// int64 or float64 and refuses what does not fit.
func (s *scanner) rewrite() string {
	out := append([]rune(nil), s.runes...)
	for i, t := range s.tokens {
		switch {
		case t.kind == numberToken:
			for j := t.from; j < t.to; j++ {
				out[j] = '0'
			}
		case t.kind == nameToken && t.text == "sum" && s.token(i+1).is("(") && s.arguments(i) > 2:
			out[t.from] = '$'
		}
	}
	return string(out)
}

// arguments counts the arguments of the call whose name is token i.
func (s *scanner) arguments(i int) int {
	n := 1
	if s.token(i - 1).is("|") {
		n++
	}
	for j := i + 2; j < s.tokens[i+1].match; j++ {
		switch t := s.tokens[j]; {
		case t.kind == openToken:
			j = t.match
		case t.is(",") && j+1 < s.tokens[i+1].match: // a comma may trail
			n++
		}
	}
	return n
}

// disabled are expr's own functions that are not ours; so that their names can be used for the policy's functions.
var disabled = func() map[string]bool {
	m := map[string]bool{}
	for name := range exprbuiltin.Index {
		if _, ok := builtins[name]; !ok {
			m[name] = true
		}
	}
	return m
}()

// parseText calls expr's parser. What it may panic with is a fault of the text as far as we are concerned.
func parseText(text string) (n ast.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			n, err = nil, fmt.Errorf("the expression cannot be read: %v", r)
		}
	}()
	tree, err := parser.ParseWithConfig(text, &conf.Config{MaxNodes: MaxNodes, Disabled: disabled})
	if err != nil {
		return nil, err
	}
	return tree.Node, nil
}

// misspelt are words that people write for operators.
var misspelt = map[string]string{
	"AND": "and", "And": "and", "OR": "or", "Or": "or", "NOT": "not", "Not": "not", "IN": "in", "In": "in", "且": "and",
	"并且": "and", "和": "and", "与": "and", "或": "or", "或者": "or", "非": "not", "不是": "!=", "是": "==", "等于": "==",
	"is": "==", "IS": "==", "eq": "==", "equals": "==", "mod": "%", "MOD": "%", "div": "/", "BETWEEN": "a <= x <= b", "between": "a <= x <= b",
	"LIKE": "matches", "like": "matches", "大于": ">", "小于": "<", "xor": "!=", "then": "?", "where": "filter(list, condition)",
}

// syntaxProblem turns an error of expr's parser into words of ours.
func (s *scanner) syntaxProblem(err error) Problem {
	var fault *file.Error
	if !errors.As(err, &fault) {
		return Problem{Width: len(s.runes), Code: "syntax", Message: err.Error()}
	}
	at := tokenAt(s.tokens, fault.From)
	if strings.Contains(fault.Message, "token EOF") || strings.Contains(fault.Message, "unexpected end") {
		at = len(s.tokens)
	}
	if strings.Contains(fault.Message, "expected name") {
		at-- // the parser has read on when it complains
	}
	t, prev := s.token(at), s.token(at-1)
	p := Problem{Offset: t.from, Width: t.to - t.from, Code: "syntax"}
	switch m := fault.Message; {
	case strings.Contains(m, "maximum allowed nodes"):
		return Problem{Width: len(s.runes), Code: "too-long",
			Message: fmt.Sprintf("the expression has more than %d parts", MaxNodes), Hint: "give parts of it names of their own, as values"}
	case strings.Contains(m, "coalesce"):
		p.Code = "mixed-operators"
		p.Message = "`??` and " + quote(t.text) + " need brackets to say which comes first"
		p.Hint = "write (a ?? b) " + t.text + " c, or a ?? (b " + t.text + " c)"
	case strings.Contains(m, "escape"):
		p.Message = "the backslash in this string begins nothing that is known"
		p.Hint = `write \\ for a backslash`
	case strings.Contains(m, "expected name"):
		p.Message = "the name of a field is needed after the dot"
	case strings.Contains(m, "wrap predicate"):
		p.Message, p.Hint = "a condition with `let` must stand in { }", "write {let x = ...; ...}"
	case strings.Contains(m, "at least"):
		p.Message, p.Hint = "an argument is missing here", s.usageBefore(at)
	case at >= len(s.tokens):
		last := s.last()
		p.Offset, p.Width = last.from, last.to-last.from
		p.Message = "the expression ends too soon"
		switch {
		case last.kind == opToken:
			p.Message = "something is missing after " + quote(last.text)
		case s.contains("let"):
			p.Hint = "write let x = ...; ..."
		case s.contains("?"):
			p.Hint = "write condition ? this : that"
		}
	default:
		if w := misspelt[prev.text]; w != "" && prev.kind == nameToken {
			p.Offset, p.Width = prev.from, prev.to-prev.from
			p.Message, p.Hint = quote(prev.text)+" is no operator", "write `"+w+"`"
			break
		}
		p.Message, p.Hint = s.unexpected(at, t, prev)
	}
	return p
}

// unexpected describes token t, which cannot follow prev.
func (s *scanner) unexpected(at int, t, prev token) (message, hint string) {
	switch next := s.token(at + 1); {
	case t.kind == nameToken && strings.EqualFold(t.text, "is") && (strings.EqualFold(next.text, "not") || strings.EqualFold(next.text, "null") || strings.EqualFold(next.text, "missing")):
		return quote(t.text) + " is no operator", "has(x) asks whether x is there, not has(x) whether it is missing"
	case t.kind == nameToken && misspelt[t.text] != "":
		return quote(t.text) + " is no operator", "write `" + misspelt[t.text] + "`"
	case t.kind == textToken && prev.kind == textToken && prev.to == t.from:
		return "two strings stand side by side", `write \' for a quote within a string`
	case t.is("#", "."):
		hint = "it belongs in the condition of all, any, filter, map and the like"
		if name := s.enclosingCall(at); name == "mean" || name == "min" || name == "max" || name == "median" {
			hint = "write " + fieldwise(name)
		}
		return quote(t.text) + " stands for an item, and there is no list here", hint
	case prev.endsOperand() && t.startsOperand():
		return "an operator is missing between " + quote(prev.text) + " and " + quote(t.text), ""
	case t.is(";") && s.enclosingCall(at) != "":
		return "`;` does not separate arguments", "write `,`"
	case t.is(",") && s.afterIn(at):
		return "a list stands in square brackets", "write in [a, b]"
	case t.is(";"):
		return "`;` ends only a `let`", "write let x = ...; ..."
	case t.is("not"):
		return "`not` cannot stand here", "put the negation in brackets"
	case t.is("let"):
		return "`let` cannot stand here", "put it in brackets: (let x = ...; ...)"
	case !prev.endsOperand() && !t.startsOperand() && at > 0:
		return "something is missing between " + quote(prev.text) + " and " + quote(t.text), ""
	case t.is(")") && s.token(t.match-1).kind == nameToken:
		return quote(t.text) + " is not expected here", s.usageBefore(at)
	case (t.is(",") || prev.is(",")) && s.enclosingCall(at) != "":
		return "`" + s.enclosingCall(at) + "` takes fewer arguments", s.usageBefore(at)
	}
	return quote(t.text) + " is not expected here", ""
}

// contains reports whether op is among the tokens.
func (s *scanner) contains(op string) bool {
	for _, t := range s.tokens {
		if t.is(op) {
			return true
		}
	}
	return false
}

// enclosingCall returns the name of the function whose arguments token at stands among.
func (s *scanner) enclosingCall(at int) string {
	for i := min(at, len(s.tokens)) - 1; i > 0; i-- {
		switch t := s.tokens[i]; {
		case t.kind == closeToken:
			i = t.match
		case t.is("(") && s.tokens[i-1].kind == nameToken:
			return s.tokens[i-1].text
		case t.kind == openToken:
			return ""
		}
	}
	return ""
}

// afterIn reports whether token at stands in round brackets behind `in`.
func (s *scanner) afterIn(at int) bool {
	for i := min(at, len(s.tokens)) - 1; i > 0; i-- {
		switch t := s.tokens[i]; {
		case t.kind == closeToken:
			i = t.match
		case t.kind == openToken:
			return t.is("(") && s.tokens[i-1].is("in")
		}
	}
	return false
}

func (s *scanner) usageBefore(at int) string {
	if b, ok := builtins[s.enclosingCall(at)]; ok {
		return "write " + b.usage
	}
	return ""
}
