package table

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// test is a cell made ready.
type test struct {
	slot    int
	missing Verdict
	is      what
	except  bool // for texts: the answer is turned round
	span    Span
	spans   []Span
	text    string
	texts   []string        // a few
	lookup  map[string]bool // many
}

// what is how a value is tested.
type what uint8

const (
	anything what = iota
	aPoint        // span, which is one number
	aSpan         // span
	someSpans
	aText
	someTexts
	manyTexts
)

// fewTexts is how many texts are compared one after the other; with more, a map is quicker.
const fewTexts = 8

func newTest(slotOf int, s *Set) test {
	t := test{slot: slotOf, missing: s.Missing, except: s.Except}
	switch {
	case s.Kind != slot.String:
		t.is, t.spans = someSpans, s.Spans
		if len(s.Spans) == 1 {
			t.is, t.span = aSpan, s.Spans[0]
			if t.span.IsPoint() {
				t.is = aPoint
			} else if t.span.NoLow && t.span.NoHigh {
				t.is = anything
			}
		}
	case s.Except && len(s.Texts) == 0:
		t.is, t.except = anything, false
	case len(s.Texts) == 1:
		t.is, t.text = aText, s.Texts[0]
	case len(s.Texts) <= fewTexts:
		t.is, t.texts = someTexts, s.Texts
	default:
		t.is, t.lookup = manyTexts, make(map[string]bool, len(s.Texts))
		for _, x := range s.Texts {
			t.lookup[x] = true
		}
	}
	return t
}

// holds reports whether v, which is not missing, passes.
func (t *test) holds(v *slot.Value) bool {
	switch t.is {
	case aPoint:
		return t.span.Low.Equal(sets.Ordinal(v))
	case aSpan:
		return t.span.Holds(sets.Ordinal(v))
	case someSpans:
		return inSpans(t.spans, sets.Ordinal(v))
	case aText:
		return (v.Str == t.text) != t.except
	case someTexts:
		return slices.Contains(t.texts, v.Str) != t.except
	case manyTexts:
		return t.lookup[v.Str] != t.except
	}
	return true
}

// inSpans reports whether x lies in one of spans, which ascend and are apart from each other.
func inSpans(spans []Span, x exact.Number) bool {
	lo, hi := 0, len(spans)
	for lo < hi { // the first span that does not end before x
		mid := int(uint(lo+hi) / 2)
		if s := &spans[mid]; s.NoHigh || x.Less(s.High) || !s.HighOpen && x.Equal(s.High) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo < len(spans) && spans[lo].Holds(x)
}
