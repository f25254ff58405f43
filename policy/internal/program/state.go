package program

import (
	"slices"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/table"
	"github.com/tallystick-go/tallystick/scoring"
)

// Outcome is what becomes of a customer. Of two outcomes the greater one stands.
type Outcome uint8

// The outcomes.
const (
	Admitted Outcome = iota // 准入
	Referred                // a person decides
	Rejected                // 不予准入
)

var outcomes = [...]string{"admitted", "referred", "rejected"}

// String returns "admitted", "referred" or "rejected".
func (o Outcome) String() string {
	if int(o) < len(outcomes) {
		return outcomes[o]
	}
	return "unknown"
}

// MarshalText returns what String returns.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// Result is what came of a criterion.
type Result uint8

// The results.
const (
	Pass    Result = iota // it is met
	Fail                  // it is not met
	Unknown               // it cannot be told, since something is missing
)

var results = [...]string{"pass", "fail", "unknown"}

// String returns "pass", "fail" or "unknown".
func (r Result) String() string {
	if int(r) < len(results) {
		return results[r]
	}
	return "unknown"
}

// CriterionState is what came of one criterion.
type CriterionState struct {
	Result  Result
	Missing slot.Absence // why it is Unknown
}

// State is one customer on the way through a Program, and what came out. It is used again for the next customer.
type State struct {
	Frame    slot.Frame
	AsOf     slot.Day
	Outcome  Outcome
	Criteria []CriterionState
	Score    scoring.Result
	Grade    grade.Result
	Credit   credit.Result
	Missing  slot.Absence // every absence that reached a place which needs an answer
	Hits     table.Hits   // the rows that held of every table and method among the values, see Rows

	program *Program // that the state was last of

	method scoring.Case // of the method at hand
	of     slot.Value   // what it looks at
}

// Error is a fault while deciding: an expression that failed. There is no outcome then.
type Error struct {
	Rule  string    // what was being worked out: "value growth", "criterion licence"
	Place doc.Place // where it stands in the file
	Err   error
}

// Error returns the rule and what is wrong with it.
func (e *Error) Error() string { return e.Rule + ": " + e.Err.Error() }

// Unwrap returns what is wrong.
func (e *Error) Unwrap() error { return e.Err }

// Blamed returns the atoms behind a in the order of the file. What a method from outside blames that nobody gave out is
// left out.
func (p *Program) Blamed(s *State, a slot.Absence) []Atom {
	if a <= 0 {
		return nil
	}
	var buffer [16]int
	numbers := s.Frame.Atoms(buffer[:0], a)
	slices.Sort(numbers)
	atoms := make([]Atom, 0, len(numbers))
	for _, i := range numbers {
		if i >= 0 && i < len(p.Atoms) {
			atoms = append(atoms, p.Atoms[i])
		}
	}
	return atoms
}

// Clone returns a copy that shares no memory with s that deciding writes to.
func (s *State) Clone() State {
	c := *s
	c.Frame = s.Frame.Clone()
	c.Criteria = slices.Clone(s.Criteria)
	c.Score.Items = slices.Clone(s.Score.Items)
	c.Score.Groups = slices.Clone(s.Score.Groups)
	c.Score.Adjustments = slices.Clone(s.Score.Adjustments)
	c.Score.Caps = slices.Clone(s.Score.Caps)
	c.Grade.Steps = slices.Clone(s.Grade.Steps)
	c.Credit = s.Credit.Clone()
	c.Hits = s.Hits.Clone()
	c.method, c.of = scoring.Case{}, slot.Value{}
	return c
}
