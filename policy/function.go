package policy

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/scoring"
)

// Number is an exact number, as functions and methods of your own take and return it.
type Number = scoring.Number

// WithFunction lets the policy call fn by name. Its parameters and its result may be Number, string, bool and Date, known
// when the policy is loaded, so that a wrong argument is a fault of the policy; it may return an error as well. A missing
// argument makes the result missing without a call. A panic in fn becomes an error that names the function.
//
// For decisions that can be replayed, fn must depend on its arguments alone. It must be safe for concurrent use.
func WithFunction(name string, fn any) Option {
	return func(o *options) error {
		if _, _, problems := formula.Signature(name + "()"); formula.IsBuiltin(name) {
			return fmt.Errorf("function %s: every policy has one of that name already", name)
		} else if len(problems) > 0 {
			return fmt.Errorf("function %q: that cannot be a name: use letters, digits and _, and begin with a letter", name)
		}
		native, err := native(fn)
		if err != nil {
			return fmt.Errorf("function %s: %w", name, err)
		}
		if _, taken := o.natives[name]; taken {
			return fmt.Errorf("function %s is given twice", name)
		}
		o.natives[name], o.foreign = native, true
		return nil
	}
}

var errorType = reflect.TypeFor[error]()

// slotTypes are the Go types of a function's parameters and results.
var slotTypes = map[reflect.Type]*slot.Type{
	reflect.TypeFor[Number](): slot.NumberType,
	reflect.TypeFor[string](): slot.StringType,
	reflect.TypeFor[bool]():   slot.BoolType,
	reflect.TypeFor[Date]():   slot.DateType,
}

func native(fn any) (*formula.Native, error) {
	v := reflect.ValueOf(fn)
	switch {
	case !v.IsValid() || v.Kind() == reflect.Func && v.IsNil():
		return nil, errors.New("there is no function")
	case v.Kind() != reflect.Func:
		return nil, fmt.Errorf("a Go %T is not a function", fn)
	}
	t := v.Type()
	if t.IsVariadic() {
		return nil, errors.New("it takes any number of arguments: give it a fixed number of parameters")
	}
	out := &formula.Native{}
	for i := range t.NumIn() {
		p := slotTypes[t.In(i)]
		if p == nil {
			return nil, fmt.Errorf("parameter %d is a Go %s: use policy.Number, string, bool or policy.Date", i+1, t.In(i))
		}
		out.Params = append(out.Params, p)
	}
	withError := t.NumOut() == 2 && t.Out(1) == errorType
	if t.NumOut() != 1 && !withError || slotTypes[t.Out(0)] == nil {
		return nil, fmt.Errorf("it must return a policy.Number, string, bool or policy.Date, and may return an error after it")
	}
	out.Result = slotTypes[t.Out(0)]
	out.Call = func(args []slot.Value) (slot.Value, error) {
		in := make([]reflect.Value, len(args))
		for i, a := range args {
			in[i] = reflect.ValueOf(goValue(a))
		}
		results := v.Call(in)
		if withError {
			if err, _ := results[1].Interface().(error); err != nil {
				return slot.Value{}, err
			}
		}
		switch x := results[0].Interface().(type) {
		case Number:
			return slot.Num(x), nil
		case string:
			return slot.Text(x), nil
		case bool:
			return slot.Truth(x), nil
		case Date:
			return slot.OfDay(x), nil
		}
		return slot.Value{}, fmt.Errorf("it returned a %s", results[0].Type())
	}
	return out, nil
}

func goValue(v slot.Value) any {
	switch v.Kind {
	case slot.Number:
		return v.Num
	case slot.Bool:
		return v.Int == 1
	case slot.Date:
		return Date(v.Int)
	}
	return v.Str
}
