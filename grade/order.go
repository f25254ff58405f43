package grade

import (
	"strconv"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Order returns a warning for every two rules that, where both apply, give another grade in the other order. apart tells
// whether it is known of two rules, by index, that they never apply to the same customer; nil: of none. It is for a Ladder
// that has been checked.
func (l *Ladder) Order(apart func(i, j int) bool) []Fault {
	var out []Fault
	for j := range l.Rules {
		for i := range j {
			if from, ab, ba := l.differ(&l.Rules[i], &l.Rules[j]); ab != ba && (apart == nil || !apart(i, j)) {
				a, b := where{what: "rule", rule: &l.Rules[i], index: i}, where{what: "rule", rule: &l.Rules[j], index: j}
				out = append(out, doc.Warnf(l.Rules[j].Place(), "rule-order",
					"the order matters: a customer with grade %s to whom both apply gets %s, and would get %s if %s came before %s",
					l.Scale[from].Grade, l.Scale[ab].Grade, l.Scale[ba].Grade, b, a).
					See(l.Rules[i].Place(), "the other rule").
					WithHint("if this order is meant, accept it: {code: rule-order, at: grade.rules.%s, reason: ...}", l.Rules[j].name(j)))
			}
		}
	}
	return out
}

// name returns how r, the rule at index i, is called in a path.
func (r *Rule) name(i int) string {
	if r.ID != "" {
		return r.ID
	}
	return strconv.Itoa(i + 1)
}

// differ returns a grade from which a and then b lead to another grade than b and then a; both are the same if none.
func (l *Ladder) differ(a, b *Rule) (from, ab, ba int) {
	for from := range l.onScale {
		if ab, ba := l.both(from, a, b), l.both(from, b, a); ab != ba {
			return from, ab, ba
		}
	}
	return 0, 0, 0
}

// both returns what a and then b make of the grade from, and what they hold at the end.
func (l *Ladder) both(from int, a, b *Rule) int {
	at, _ := a.apply(from, l.onScale)
	at, _ = b.apply(at, l.onScale)
	for _, x := range [...]action{atLeast, atMost} {
		for _, r := range [...]*Rule{a, b} {
			if r.action == x {
				at, _ = r.apply(at, l.onScale)
			}
		}
	}
	return at
}
