package policy

import (
	"fmt"
	"slices"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/record"
)

// Withhold returns p for records that do not have some of its inputs, such as the name of the customer: they may be absent
// although they are required. Only inputs that nothing in the policy reads can be withheld, so that every decision is the same,
// save for Decision.Customer. The error is a *WithholdError.
func (p *Policy) Withhold(inputs ...string) (*Policy, error) {
	slots, err := p.withheld(inputs)
	if err != nil {
		return nil, err
	}
	open := slices.Clone(p.program.Inputs)
	for _, i := range slots {
		open[i].Required = false
	}
	out := *p
	out.schema, out.memory = record.New(open, p.schema.Options()), new(memory)
	return &out, nil
}

// Withhold returns a copy of the decision as it is on a record that does not have these inputs, see Policy.Withhold.
func (d *Decision) Withhold(inputs ...string) (*Decision, error) {
	if !d.decided {
		return d.Clone(), nil
	}
	slots, err := d.policy.withheld(inputs)
	if err != nil {
		return nil, err
	}
	out := d.deepClone()
	out.withheld = true
	for _, i := range slots {
		out.state.Frame.Slots[i] = slot.Gone(out.state.Frame.Blame(d.policy.program.Inputs[i].Atom))
	}
	return out, nil
}

// withheld returns the slots of inputs that nothing reads.
func (p *Policy) withheld(inputs []string) (slots []int, err error) {
	for _, name := range inputs {
		i := slices.IndexFunc(p.program.Inputs, func(in record.Input) bool { return in.Name == name })
		if i < 0 {
			e := &WithholdError{Policy: p.ID(), Input: name}
			for _, in := range p.program.Inputs {
				e.Inputs = append(e.Inputs, in.Name)
			}
			return nil, e
		}
		if at, read := p.program.Reader(i); read {
			return nil, &WithholdError{Policy: p.ID(), Input: name, Read: true, File: p.file, Line: at.Line, Col: at.Col}
		}
		slots = append(slots, i)
	}
	return slots, nil
}

// WithholdError says that an input cannot be withheld: the policy has no such input, or decides by it.
type WithholdError struct {
	Policy, Input string
	Read          bool     // the policy reads the input, first at Line and Col of File; 0: what is given by hand is always read
	Inputs        []string // that there are, where it has no such input
	File          string
	Line, Col     int
}

// Error tells where the input is read.
func (e *WithholdError) Error() string {
	switch {
	case !e.Read:
		return fmt.Sprintf("policy %s: there is no input %q; %s", e.Policy, e.Input, doc.Suggest(e.Input, e.Inputs))
	case e.Line == 0:
		return fmt.Sprintf("policy %s: %s cannot be withheld, since it is part of what is decided by hand", e.Policy, e.Input)
	}
	return fmt.Sprintf("policy %s: %s cannot be withheld, since decisions depend on it: it is read at %s:%d:%d", e.Policy, e.Input, e.File, e.Line, e.Col)
}
