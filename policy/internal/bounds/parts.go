package bounds

import (
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// Parts says what the parts of a list or a record can be, as far as that is declared.
type Parts struct {
	Range
	Item   *Parts  // of a list: what each item can be
	Fields []Parts // of a record: what each field can be, in the order of its type
}

// DeclareParts says what the parts of what is in slot i can be. Nothing is known of them otherwise.
func (s *Space) DeclareParts(i int, p *Parts) { s.parts[i] = p }

// partsOf returns what is declared of a part of the expression and its parts, nil for nothing.
func (e *evaluator) partsOf(n formula.Node) *Parts {
	switch n := n.(type) {
	case *formula.Read:
		return e.parts[n.Slot]
	case *formula.Local:
		return e.locals[n.Slot].parts
	case *formula.Field:
		if p := e.partsOf(n.X); p != nil && n.Index < len(p.Fields) {
			return &p.Fields[n.Index]
		}
	case *formula.Item:
		return e.itemOf(n.List)
	case *formula.Each:
		switch n.Name {
		case "filter":
			return e.partsOf(n.List)
		case "find":
			return e.itemOf(n.List)
		}
	}
	return nil
}

// itemOf returns what is declared of the items of a list.
func (e *evaluator) itemOf(list formula.Node) *Parts {
	if p := e.partsOf(list); p != nil {
		return p.Item
	}
	return nil
}

// ofPart returns the range of a part of a list or a record: an outer bound, and it may not be there.
func (e *evaluator) ofPart(n formula.Node) Range {
	p := e.partsOf(n)
	if p == nil || p.Set.Kind != n.Type().Kind {
		return Anything(n.Type(), "nothing is known of `"+n.Text()+"`")
	}
	r := p.Range
	r.Full, r.Ends, r.Why = false, false, "what the parts of a list or a record are together is not looked at"
	r.Set.Missing = sets.Accepted
	return r
}
