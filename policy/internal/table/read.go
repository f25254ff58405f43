package table

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Reader reads cells from a policy file. What a cell may be:
//
//	120, HIGH, true, 2024-06-30, B      equal to this value, of the column's type; numbers by value: 1.50 is 1.5
//	[LOW, MEDIUM]                       one of these; each may be any cell, such as {missing: true}
//	{min: 100, below: 120}              numbers and dates: min (>=), above (>), max (<=), below (<)
//	{at_least: B, at_most: A}           grades: B or better, A or worse; a grade off the ladder is neither
//	{not: HIGH}                         anything but what this cell accepts
//	{missing: true}                     there is no value; false: there is one
//
// Of several keys all must hold. Where the value is missing, it is unknown whether a cell holds; save for a cell that speaks
// of that, and in a column of which some row asks for what is missing: there the other cells do not hold.
type Reader struct {
	*doc.Decoder

	// Literal reads a single value of a type, or reports why it cannot.
	Literal func(*doc.Node, *slot.Type) (slot.Value, bool)
}

// Cell reads a cell of column c; ok is false where something was reported.
func (r *Reader) Cell(n *doc.Node, c *Column) (s Set, ok bool) {
	switch n.Kind {
	case doc.Null:
		r.Fault(doc.Errorf(n.Place, "empty-value", "nothing is written here").
			WithHint("leave %s out where anything will do; for a value that is missing write {missing: true}", c.Name))
		return s, false
	case doc.Seq:
		return r.items(n, c)
	case doc.Map:
		return r.conditions(n, c)
	}
	v, ok := r.literal(n, c)
	return sets.Just(v), ok
}

// items reads a list of cells, of which one must hold.
func (r *Reader) items(n *doc.Node, c *Column) (s Set, ok bool) {
	if len(n.Items) == 0 {
		r.Errorf(n.Place, "empty-value", "a list without a value holds for nothing")
		return s, false
	}
	ok = true
	cells := make([]Set, len(n.Items))
	for i, item := range n.Items {
		var good bool
		cells[i], good = r.Cell(item, c)
		ok = ok && good
	}
	return sets.Union(c.Type.Kind, cells), ok
}

// literal reads a single value, and warns of one that the column never has.
func (r *Reader) literal(n *doc.Node, c *Column) (v slot.Value, ok bool) {
	if n.Text == "-" && !n.Quoted {
		r.Fault(doc.Errorf(n.Place, "wrong-type", "- is not a value").WithHint("leave %s out where anything will do", c.Name))
		return v, false
	}
	if hint := comparison(n.Text, c.Type.Kind); hint != "" {
		r.Fault(doc.Errorf(n.Place, "wrong-type", "a cell is a value, a list of values or a map, not a comparison").WithHint("write %s", hint))
		return v, false
	}
	before := len(r.Faults)
	v, ok = r.Literal(n, c.Type)
	if !ok {
		for i := range r.Faults[before:] {
			if f := &r.Faults[before+i]; f.Hint == "" {
				f.Hint = c.Name + " is a " + c.Type.String()
			}
		}
		return v, false
	}
	if !c.CanBe(&v) {
		f := doc.Warnf(n.Place, "never-holds", "%s is never %s", c.Name, n.Text)
		if !c.Domain.Except && len(c.Domain.Texts) > 0 {
			f = f.WithHint("%s", doc.Suggest(v.Str, c.Domain.Texts))
		}
		r.Fault(f)
	}
	return v, true
}

// comparisons are what people write in the cells of spreadsheets, with the key that says the same. Longer ones first.
var comparisons = []struct{ sign, key, ofGrades string }{
	{">=", minKey, atLeastKey}, {"<=", maxKey, atMostKey}, {"≥", minKey, atLeastKey}, {"≤", maxKey, atMostKey}, {"!=", notKey, notKey}, {"<>", notKey, notKey},
	{"≠", notKey, notKey}, {">", aboveKey, ""}, {"<", belowKey, ""}, {"＞", aboveKey, ""}, {"＜", belowKey, ""}, {"=", "", ""},
}

// comparison says how to write the comparison that text is, or "" if it is none, as far as a column of kind k can have it.
func comparison(text string, k slot.Kind) string {
	for _, x := range comparisons {
		value, ok := strings.CutPrefix(text, x.sign)
		if !ok {
			continue
		}
		value = strings.TrimSpace(strings.TrimLeft(value, "="))
		key := x.key
		if k == slot.Grade {
			key = x.ofGrades
		}
		switch {
		case x.sign == "=" && k != slot.String:
			return value
		case key == notKey, key != "" && (k == slot.Number || k == slot.Date || k == slot.Grade):
			return "{" + key + ": " + value + "}"
		}
		return ""
	}
	return ""
}

// The keys of a cell that is a map, and those that are for some kinds of column only.
const (
	minKey, aboveKey, maxKey, belowKey = "min", "above", "max", "below"
	atLeastKey, atMostKey              = "at_least", "at_most"
	notKey, missingKey                 = "not", "missing"
)

func keysFor(k slot.Kind) []string {
	switch k {
	case slot.Number, slot.Date:
		return []string{minKey, aboveKey, maxKey, belowKey, notKey, missingKey}
	case slot.Grade:
		return []string{atLeastKey, atMostKey, notKey, missingKey}
	}
	return []string{notKey, missingKey}
}

// conditions reads a map, whose keys must all hold.
func (r *Reader) conditions(n *doc.Node, c *Column) (s Set, ok bool) {
	if len(n.Pairs) == 0 {
		r.Fault(doc.Errorf(n.Place, "empty-value", "there is no condition here").WithHint("leave %s out where anything will do", c.Name))
		return s, false
	}
	ok = true
	bounds := sets.All(c.Type.Kind)
	var said []string
	for i, p := range n.Pairs {
		key := p.Key.Text
		u, good := Set{}, r.allowed(p.Key, c)
		if good {
			u, good = r.condition(key, p.Value, c)
		}
		switch {
		case !good:
			ok = false
		case i == 0:
			s = u
		default:
			s = s.And(u)
		}
		if good && key != notKey && key != missingKey {
			bounds = bounds.And(u)
			said = append(said, key+" "+p.Value.Text)
		}
	}
	if !ok {
		return s, false
	}
	for _, pair := range [][2]string{{minKey, aboveKey}, {maxKey, belowKey}} {
		if a, b := n.Get(pair[0]), n.Get(pair[1]); a != nil && b != nil {
			r.Errorf(n.Place, "too-many-keys", "a cell has one lower bound, `min` or `above`, and one upper bound, `max` or `below`")
			return s, false
		}
	}
	if bounds.Empty() {
		r.Errorf(n.Place, "empty-range", "no %s is %s", c.Name, strings.Join(said, " and "))
		return s, false
	}
	if missing := n.Get(missingKey); missing != nil && missing.Text == "true" && len(n.Pairs) > 1 {
		r.Fault(doc.Errorf(n.Place, "empty-range", "what is missing has no value that could be compared").
			WithHint("write a list where either will do: [{missing: true}, {...}]"))
		return s, false
	}
	if c.never(&s) {
		r.Fault(doc.Warnf(n.Place, "never-holds", "this never holds, since %s", c.Text(&c.Domain)))
	}
	return s, true
}

// allowed reports whether key may stand in a cell of c.
func (r *Reader) allowed(key *doc.Node, c *Column) bool {
	for _, k := range keysFor(c.Type.Kind) {
		if key.Kind == doc.Scalar && key.Text == k {
			return true
		}
	}
	switch key.Text {
	case minKey, aboveKey, maxKey, belowKey:
		f := doc.Errorf(key.Place, "wrong-key", "`%s` is for numbers and dates, but %s is a %s", key.Text, c.Name, c.Type)
		if c.Type.Kind == slot.Grade {
			f = f.WithHint("write at_least or at_most: {at_least: B} is B or better")
		}
		r.Fault(f)
	case atLeastKey, atMostKey:
		f := doc.Errorf(key.Place, "wrong-key", "`%s` is for grades, but %s is a %s", key.Text, c.Name, c.Type)
		if k := c.Type.Kind; k == slot.Number || k == slot.Date {
			f = f.WithHint("write min or max")
		}
		r.Fault(f)
	default:
		r.Fault(doc.Errorf(key.Place, "unknown-key", "there is no key `%s` in a cell", key.Text).
			WithHint("%s", doc.Suggest(key.Text, keysFor(c.Type.Kind))))
	}
	return false
}

// condition reads what one key says.
func (r *Reader) condition(key string, n *doc.Node, c *Column) (s Set, ok bool) {
	switch key {
	case missingKey:
		b, ok := r.Bool(n)
		if b {
			return Set{Kind: c.Type.Kind, Missing: Accepted}, ok
		}
		s = sets.All(c.Type.Kind)
		s.Missing = Refused
		return s, ok
	case notKey:
		if s, ok = r.Cell(n, c); !ok {
			return s, false
		}
		if s.Missing != Unknown {
			r.Fault(doc.Errorf(n.Place, "wrong-key", "`not` cannot hold `missing`").WithHint("write {missing: false} for a value that is there"))
			return s, false
		}
		return s.Not(), true
	}
	v, ok := r.Literal(n, c.Type)
	if !ok {
		return s, false
	}
	x := sets.Ordinal(&v)
	span := sets.Everything()
	switch key {
	case minKey, aboveKey, atMostKey: // a worse grade has a higher index
		span.Low, span.NoLow, span.LowOpen = x, false, key == aboveKey
	default:
		span.High, span.NoHigh, span.HighOpen = x, false, key == belowKey
	}
	if c.Type.Kind == slot.Grade {
		return c.onLadder(n, span, r)
	}
	return sets.Within(c.Type.Kind, span), true
}

// onLadder keeps a span of grades to those that are on the ladder.
func (c *Column) onLadder(n *doc.Node, s Span, r *Reader) (Set, bool) {
	last := exact.Int(int64(c.Ladder - 1))
	if !s.NoHigh && last.Less(s.High) || !s.NoLow && last.Less(s.Low) {
		r.Errorf(n.Place, "wrong-type", "the grade %s is off the ladder: none is better or worse", n.Text)
		return Set{}, false
	}
	if s.NoHigh {
		s.High, s.NoHigh = last, false
	}
	if s.NoLow {
		s.Low, s.NoLow = exact.Int(0), false
	}
	return sets.Within(slot.Grade, s), true
}

// never reports whether the column can hold nothing of s.
func (c *Column) never(s *Set) bool {
	if s.Missing == Accepted && c.Domain.Missing != Refused {
		return false
	}
	both := s.And(c.Domain)
	if both.Kind == slot.String {
		return both.Empty()
	}
	for i := range both.Spans {
		if _, ok := both.Spans[i].Pick(c.places()); ok {
			return false
		}
	}
	return true
}
