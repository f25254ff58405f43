package formula

import "fmt"

// IsName reports whether s can be the name of an input, a value or a function of the policy, without dots: letters of any
// script, digits and underscores, and no word of the language.
func IsName(s string) bool {
	for i, r := range s {
		if r == '$' || !isLetter(r) && (i == 0 || !isDigit(r)) {
			return false
		}
	}
	return s != "" && !operatorWords[s] && !reservedWords[s]
}

// Signature reads the head of one of the policy's functions: a name and its parameters, as in "affordable(risk)".
func Signature(src string) (name string, params []string, problems []Problem) {
	s := scan(src)
	if len(s.problems) > 0 {
		return "", nil, sortProblems(s.problems)
	}
	bad := func(t token, message, hint string) {
		s.problem(t.from, t.to, "bad-signature", message, hint)
	}
	const form = "write name(a, b)"
	head := s.tokens[0]
	end := len(s.tokens) - 1
	switch {
	case head.kind != nameToken:
		bad(head, quote(head.text)+" cannot be the name of a function", form)
	case IsBuiltin(head.text):
		bad(head, quote(head.text)+" is built in", "choose another name")
	case reservedWords[head.text]:
		bad(head, quote(head.text)+" cannot be the name of a function", "")
	case !s.token(1).is("("):
		bad(head, "the parameters of "+quote(head.text)+" are missing", form)
	case s.tokens[1].match != end:
		bad(s.tokens[s.tokens[1].match], "nothing may follow the parameters", form)
	}
	if len(s.problems) > 0 {
		return "", nil, s.problems
	}
	seen := map[string]bool{}
	for i := 2; i < end; i++ {
		t := s.tokens[i]
		switch odd := i%2 != 0; {
		case odd && !t.is(","), odd && i == end-1:
			bad(t, quote(t.text)+" is not expected here", form)
			return "", nil, s.problems
		case odd:
		case t.kind != nameToken || reservedWords[t.text]:
			bad(t, quote(t.text)+" cannot be the name of a parameter", form)
		case seen[t.text]:
			bad(t, fmt.Sprintf("there are two parameters `%s`", t.text), "")
		default:
			seen[t.text] = true
			params = append(params, t.text)
		}
	}
	if len(s.problems) > 0 {
		return "", nil, s.problems
	}
	return head.text, params, nil
}
