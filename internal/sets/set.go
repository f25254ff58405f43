package sets

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Set is what a cell accepts of its column, or what a column can hold at all.
type Set struct {
	Kind   slot.Kind
	Spans  []Span   // of all kinds but texts: ascending and apart from each other
	Texts  []string // of texts: these, each once
	Except bool     // of texts: all but Texts

	// Missing says what the set makes of a value that is missing: Unknown, unless the cell speaks of it.
	Missing Verdict
}

// Verdict is an answer of three: yes, no, or that it cannot be told.
type Verdict uint8

// The verdicts.
const (
	Unknown Verdict = iota
	Accepted
	Refused
)

// Either is Kleene's or.
func Either(a, b Verdict) Verdict {
	switch {
	case a == Accepted || b == Accepted:
		return Accepted
	case a == Unknown || b == Unknown:
		return Unknown
	}
	return Refused
}

func (v Verdict) Not() Verdict {
	switch v {
	case Accepted:
		return Refused
	case Refused:
		return Accepted
	}
	return Unknown
}

// All returns the set of every value of kind k.
func All(k slot.Kind) Set {
	if k == slot.String {
		return Set{Kind: k, Except: true}
	}
	return Set{Kind: k, Spans: []Span{Everything()}}
}

// Just returns the set of v alone.
func Just(v slot.Value) Set {
	if v.Kind == slot.String {
		return Set{Kind: v.Kind, Texts: []string{v.Str}}
	}
	return Set{Kind: v.Kind, Spans: []Span{Point(Ordinal(&v))}}
}

// Within returns the set of the values of kind k, not texts, that lie in one of spans.
func Within(k slot.Kind, spans ...Span) Set { return Set{Kind: k, Spans: join(spans)} }

// Accepts reports whether v, which is not missing, is in the set.
func (s *Set) Accepts(v *slot.Value) bool {
	if s.Kind == slot.String {
		return slices.Contains(s.Texts, v.Str) != s.Except
	}
	return s.Holds(Ordinal(v))
}

// Holds reports whether x lies in one of the spans.
func (s *Set) Holds(x exact.Number) bool {
	for i := range s.Spans {
		if s.Spans[i].Holds(x) {
			return true
		}
	}
	return false
}

// Empty reports whether no value is in the set.
func (s *Set) Empty() bool {
	if s.Kind == slot.String {
		return !s.Except && len(s.Texts) == 0
	}
	return len(s.Spans) == 0
}

// Single reports whether one value is in the set, or none.
func (s *Set) Single() bool {
	if s.Kind == slot.String {
		return !s.Except && len(s.Texts) <= 1
	}
	return len(s.Spans) == 0 || len(s.Spans) == 1 && s.Spans[0].IsPoint()
}

// OneOf returns the set of values, which are of kind k.
func OneOf(k slot.Kind, values ...slot.Value) Set {
	sets := make([]Set, len(values))
	for i := range values {
		sets[i] = Just(values[i])
	}
	return Union(k, sets)
}

// Or returns what is in s or in u. A missing value is accepted where one of them accepts it, and refused where both do.
func (s Set) Or(u Set) Set { return Union(s.Kind, []Set{s, u}) }

// Union is Or of many.
func Union(k slot.Kind, sets []Set) Set {
	if len(sets) == 0 {
		return Set{Kind: k}
	}
	out := Set{Kind: k, Missing: Refused}
	known := map[string]bool{}
	var spans []Span
	for _, s := range sets {
		out.Missing = Either(out.Missing, s.Missing)
		spans = append(spans, s.Spans...)
		switch {
		case s.Except && out.Except:
			out.Texts = intersection(out.Texts, s.Texts)
		case s.Except:
			out.Texts, out.Except = difference(s.Texts, out.Texts), true
		case out.Except:
			out.Texts = difference(out.Texts, s.Texts)
		default:
			for _, text := range s.Texts {
				if !known[text] {
					known[text] = true
					out.Texts = append(out.Texts, text)
				}
			}
		}
	}
	out.Spans = join(spans)
	return out
}

// And returns what is in both s and u. A missing value is refused where one of them refuses it, and accepted where both
// accept it.
func (s Set) And(u Set) Set {
	out := Set{Kind: s.Kind, Missing: Either(s.Missing.Not(), u.Missing.Not()).Not()}
	switch {
	case s.Kind != slot.String:
		out.Spans = common(s.Spans, u.Spans)
	case s.Except && u.Except:
		out.Texts, out.Except = append(difference(s.Texts, u.Texts), u.Texts...), true
	case s.Except:
		out.Texts = difference(u.Texts, s.Texts)
	case u.Except:
		out.Texts = difference(s.Texts, u.Texts)
	default:
		out.Texts = intersection(s.Texts, u.Texts)
	}
	return out
}

// Without returns what is in s and not in u. A missing value is accepted where s accepts it and u does not.
func (s Set) Without(u Set) Set {
	missing := s.Missing
	if u.Missing == Accepted {
		missing = Refused
	}
	out := s.And(u.Not())
	out.Missing = missing
	return out
}

// Not returns the values that are not in s. What is said of missing values stays.
func (s Set) Not() Set {
	if s.Kind == slot.String {
		s.Except = !s.Except
		return s
	}
	s.Spans = without(s.Spans)
	return s
}

// intersection returns the texts of a that are in b.
func intersection(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(x string) bool { return !slices.Contains(b, x) })
}

// difference returns the texts of a that are not in b.
func difference(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(x string) bool { return slices.Contains(b, x) })
}
