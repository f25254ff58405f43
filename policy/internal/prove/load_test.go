package prove_test

import (
	"reflect"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
	"github.com/tallystick-go/tallystick/scoring"
)

// link compiles a policy; nil: it has errors.
func link(src string) *program.Program {
	root, notation := yamldoc.Parse([]byte(src))
	if root == nil || len(notation) > 0 {
		return nil
	}
	p, _ := program.Link(root, program.Options{Decoder: doc.Decoder{Variants: map[reflect.Type]doc.Variants{
		reflect.TypeFor[scoring.Method]():   scoring.Methods().Variants(),
		reflect.TypeFor[scoring.Combiner](): scoring.Combiners().Variants(),
	}}})
	return p
}

// asOf is the day of all decisions: 2024-06-30.
const asOf = slot.Day(19904)
