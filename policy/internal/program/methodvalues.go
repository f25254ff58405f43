package program

import (
	"reflect"
	"slices"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/scoring"
)

// methodValue compiles a value that is the points of a scoring method. There is no weight, and the points are not held.
func (v *valueLinker) methodValue(out *Value, expressions []doc.Expression) bool {
	decl := &out.Decl.Value
	ok := true
	for _, e := range expressions {
		if e != doc.Expression(&decl.Missing) && v.expression(e) == nil {
			ok = false
		}
	}
	if decl.Type != "" && decl.Type != slot.Number.String() {
		v.Errorf(decl.At.Of("type"), "wrong-type", "what a scoring method gives is a number, not a %s", decl.Type)
		ok = false
	}
	out.Type, out.place, out.trace = slot.NumberType, v.methodKey(decl).Place, v.program.hits
	v.program.hits++
	out.noRow = v.atom(Atom{Kind: NoRow, Name: noRow + out.Decl.Name.Value, Place: out.place})
	setting := scoring.Setting{HasOf: decl.Of.IsSet(), Place: out.place}
	if prog := v.programs[&decl.Of]; prog != nil {
		out.any, setting.Of = prog.Any(), prog.Type.Kind
		setting.Domain = v.domainOf(&decl.Of)
	}
	if !ok {
		return false
	}
	faults := scoring.CheckAlone(decl.Method, setting)
	if decl.Missing.Source.Node != nil { // the policy says what stands in where no row holds
		faults = slices.DeleteFunc(faults, func(f doc.Fault) bool { return f.Code == "gap" })
	}
	v.Faults = append(v.Faults, faults...)
	return true
}

var methodType = reflect.TypeFor[scoring.Method]()

// methodKey returns the key of the file that names the method of a value.
func (v *valueLinker) methodKey(decl *model.Value) *doc.Node {
	variants := v.Variants[methodType]
	for _, p := range decl.Node().Pairs {
		if slices.Contains(variants.Names(), p.Key.Text) {
			return p.Key
		}
	}
	return decl.Node()
}
