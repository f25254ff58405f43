package bounds

import (
	"strconv"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// Space is what the expressions of one policy speak of: what is in the slots, and every part of an expression that is
// compared with something or can be no further divided. It is filled from one goroutine.
type Space struct {
	grades int // how many there are
	ladder int // and how many of them have an order

	slots map[int]*Value
	parts map[int]*Parts // by slot, of lists and records
	terms []term
	index map[string]int

	variables map[string]int // of expressions, by key
	work      int            // that regions may still cost

	// Undefined, where set, is told of every operation that is met and never has a result, such as a division by 0.
	Undefined func(n formula.Node)
	// Idle, where set, is told of every condition of a ?: that never holds, or never fails, so that one side is never taken.
	Idle func(condition formula.Node, v *Value)
}

// term is something whose value conditions ask for, each taken to be apart from the others.
type term struct {
	domain Range
	reads  []int // the slots that it depends on
}

// NewSpace returns a space of a policy with so many grades, of which so many are on the ladder.
func NewSpace(grades, onLadder int) *Space {
	return &Space{
		grades: grades, ladder: onLadder, slots: map[int]*Value{}, parts: map[int]*Parts{}, index: map[string]int{}, variables: map[string]int{}, work: maxWork,
	}
}

// Value is what is known of an expression.
type Value struct {
	Range
	Kind slot.Kind
	// True and False are where a condition holds and where not; elsewhere it is missing.
	True, False Region

	wide  Range       // as Range, whatever the condition under which it is looked at
	reads []int       // the slots that it depends on
	form  linear      // of numbers and dates
	term  int         // of texts, grades and truth values that are a term; -1 for others
	fixed *slot.Value // the only value that it can be
	cases []choice    // that it is one of, nil where it is none
}

// choice is one of the values that a Value can be, and where it is that.
type choice struct {
	where Region
	value *Value
}

// Declare says what slot i can hold: a value that does not depend on others.
func (s *Space) Declare(i int, t *slot.Type, r Range) { s.slots[i] = s.variable(i, t, r, []int{i}) }

// DeclareWith is Declare for a value that depends on the slots of reads, or on any, where that is nil.
func (s *Space) DeclareWith(i int, t *slot.Type, r Range, reads []int) {
	if reads == nil {
		reads = []int{everySlot}
	}
	s.slots[i] = s.variable(i, t, r, reads)
}

// variable returns slot i as a value.
func (s *Space) variable(i int, t *slot.Type, r Range, reads []int) *Value {
	if r.Set.Missing != sets.Refused {
		r.Set.Missing = sets.Accepted
	}
	r.settle()
	id, known := s.index["slot"+strconv.Itoa(i)]
	if !known {
		id = s.add("slot"+strconv.Itoa(i), r, reads)
	}
	s.terms[id] = term{domain: r, reads: reads}
	kind := slot.Missing
	if t != nil {
		kind = t.Kind
	}
	return s.ofTerm(id, kind)
}

// Define says that slot i holds what an expression yields.
func (s *Space) Define(i int, v Value) { s.slots[i] = &v }

// Slot returns what slot i can hold.
func (s *Space) Slot(i int) (v Value, ok bool) {
	p := s.slots[i]
	if p == nil {
		return v, false
	}
	return *p, true
}

// Reads returns the slots that were declared and that v depends on; all is true where it may depend on any.
func (v *Value) Reads() (slots []int, all bool) {
	return v.reads, len(v.reads) > 0 && v.reads[0] == everySlot
}

// add makes a term.
func (s *Space) add(key string, domain Range, reads []int) int {
	id := len(s.terms)
	s.terms = append(s.terms, term{domain: domain, reads: reads})
	s.index[key] = id
	return id
}

// ofTerm returns a term as a value.
func (s *Space) ofTerm(id int, k slot.Kind) *Value {
	t := &s.terms[id]
	v := &Value{Range: t.domain, wide: t.domain, Kind: k, reads: t.reads, term: id}
	switch k {
	case slot.Number, slot.Date:
		v.form = linear{parts: []part{{id, exact.Int(1)}}}
	case slot.Bool:
		v.True, v.False = s.where(id, present(sets.Just(slot.Truth(true)))), s.where(id, present(sets.Just(slot.Truth(false))))
	}
	return v
}

// present returns set as one that refuses what is missing.
func present(set sets.Set) sets.Set {
	set.Missing = sets.Refused
	return set
}
