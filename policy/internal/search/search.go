// Package search finds records that make a policy do something: a customer whom a rule concerns, one with the highest
// score, one whom nobody may grade. What it finds was decided; that it finds nothing proves nothing.
//
// Start with [New]. [Search.Find] looks for a record that reaches a goal, [Search.Maximize] for the greatest value of
// something, [Search.Explore] shows one record after another to whoever has many questions, and [Search.Values] says
// which values of one input are worth trying while the others stay as they are.
//
//	s := search.New(program, asOf)
//	in, ok := s.Find(func(d *program.State) bool { return d.Grade.Has && d.Grade.Final == 0 })
//	if ok {
//		fmt.Println(s.Text(in)) // {sales: 900000, late: 0}
//	}
//
// # How it looks
//
// What a policy does changes where something that it works out meets an edge: a bound of a band, a knot, a level, the
// other side of a comparison, a row of a table, of the scale, of the approval. The values tried of an input are the ends
// of its domain, everything it is compared with, the nearest values on either side at its declared decimals, and the values
// that put an expression exactly on an edge: those are worked out, not guessed.
//
// It begins with an ordinary record, whose criteria are met, and changes one input, then two, then goes on from records
// drawn at random, always the same ones. There is no clock in it: the same policy, day and budget give the same answers.
//
// A record found is one that a user can give: exact decimal text, within what the inputs declare. An input for which
// nothing is declared is given at most [FreePlaces] decimals.
package search

import (
	"errors"
	"math/rand/v2"
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/record"
)

// DefaultBudget is how many records are decided for one question, unless Search.Budget says otherwise.
const DefaultBudget = 20_000

// FreePlaces is how many decimals an input may have that declares none.
const FreePlaces = 12

// Inputs are a record: a value for each input of the program, in its order; one of Kind Missing is not in the record.
// Nobody changes Inputs that were given out: [Inputs.With] makes a copy.
type Inputs []slot.Value

// With returns a copy of in whose input i is v.
func (in Inputs) With(i int, v slot.Value) Inputs {
	out := in.Clone()
	out[i] = v
	return out
}

// Clone returns a copy of in.
func (in Inputs) Clone() Inputs { return slices.Clone(in) }

// Search looks for records of one policy on one day. It serves one goroutine.
type Search struct {
	// Budget is how many records are decided for a question; a step that was begun is finished. A record found is then
	// made an ordinary one as far as that goes, which takes a few more.
	Budget int

	program *program.Program
	schema  *record.Schema
	asOf    slot.Day
	state   program.State
	inputs  []input
	levels  []level
	read    set // the inputs that anything reads
	base    Inputs
	anchors []Inputs       // see Anchors
	pool    [][]slot.Value // what is drawn of each input
	left    int            // of the budget
}

// New returns a Search in p on the day asOf.
func New(p *program.Program, asOf slot.Day) *Search {
	s := &Search{
		Budget: DefaultBudget, program: p, asOf: asOf,
		schema: record.New(p.Inputs, record.Options{Grades: p.Grades}),
		inputs: make([]input, len(p.Inputs)),
	}
	s.gather()
	s.candidates()
	return s
}

// Decide decides in. The state is good until the next decision; with an error it means nothing.
func (s *Search) Decide(in Inputs) (*program.State, error) {
	s.program.Begin(&s.state)
	for i := range in {
		if in[i].Kind == slot.Missing {
			if s.hasAny(in, s.program.Inputs[i].With) {
				return &s.state, errIncomplete
			}
			s.state.Frame.Slots[i] = slot.Gone(s.state.Frame.Blame(s.program.Inputs[i].Atom))
		} else {
			s.state.Frame.Slots[i] = in[i]
		}
	}
	return &s.state, s.program.Run(&s.state, s.asOf)
}

var errIncomplete = errors.New("a record with an override by hand says who gave it, and why")

// Confirm decides in anew, from the text that a user would give, and returns what became of it. The error says why it
// could not be read, or not be decided.
func (s *Search) Confirm(in Inputs) (*program.State, error) {
	s.program.Begin(&s.state)
	if err := s.schema.ReadJSON(&s.state.Frame, s.JSON(in)); err != nil {
		return &s.state, err
	}
	return &s.state, s.program.Run(&s.state, s.asOf)
}

// A record that cannot be decided counts for so many more: mostly numbers have grown beyond what can be computed with.
const faultCost = 9

// try decides in on the budget and reports whether there is a decision.
func (s *Search) try(in Inputs) bool {
	s.left--
	_, err := s.Decide(in)
	if err != nil {
		s.left -= faultCost
	}
	return err == nil
}

// Leave leaves input i, which is not required, out of all records. Call it before anything is asked.
func (s *Search) Leave(i int) {
	s.inputs[i].values, s.read[i] = []slot.Value{{}}, false
}

// random returns the source of what is drawn: always the same.
func random() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

// number returns the number that v is counted by, where there is one: of a number, a date.
func number(v *slot.Value) (exact.Number, bool) {
	switch v.Kind {
	case slot.Number:
		return v.Num, true
	case slot.Date:
		return exact.Int(v.Int), true
	}
	return exact.Number{}, false
}
