package formula

import (
	"fmt"
	"sort"
	"strings"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// Problem is something wrong in an expression. Offset and Width count characters of its text.
type Problem struct {
	Offset, Width int
	Code          string // stable, e.g. "unknown-name"
	Message       string
	Hint          string // the remedy; may be empty
}

// Error returns the message and the hint.
func (p Problem) Error() string {
	if p.Hint == "" {
		return p.Message
	}
	return p.Message + " (" + p.Hint + ")"
}

// sortProblems puts problems in the order of the text, and drops repetitions.
func sortProblems(ps []Problem) []Problem {
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].Offset < ps[j].Offset })
	seen := make(map[Problem]bool, len(ps))
	out := ps[:0]
	for _, p := range ps {
		if !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	return out
}

// quote shows a piece of an expression in a message.
func quote(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	const most = 60
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return "`" + s + "`"
}

// phrase says what a value of type t is, as in "but x is a number".
func phrase(t *slot.Type) string {
	switch t.Kind {
	case slot.Bool:
		return "a condition"
	case slot.List:
		if t.Elem == nil {
			return "an empty list"
		}
		return "a list of " + plural(t.Elem)
	case slot.Record:
		return "a record"
	}
	return "a " + t.Kind.String()
}

func plural(t *slot.Type) string {
	switch t.Kind {
	case slot.Bool:
		return "conditions"
	case slot.Missing:
		return "values"
	}
	return t.Kind.String() + "s"
}

// kindPhrase is phrase for a kind alone.
func kindPhrase(k slot.Kind) string {
	switch k {
	case slot.Bool:
		return "a condition"
	case slot.Missing:
		return "a value"
	}
	return "a " + k.String()
}

func count(n int, what string) string {
	switch n {
	case 0:
		return "no " + what + "s"
	case 1:
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
