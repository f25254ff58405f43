package policy

import (
	"fmt"
	"reflect"

	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/policy/internal/schema"
)

// Schema returns the JSON Schema (draft 07) of policy files, by which an editor completes keys, tells what they mean and
// marks errors while one writes. It knows the methods and combiners of the options. What it refuses, Parse refuses; the
// reverse does not hold, since a schema knows nothing of expressions, names and sums. The same methods and combiners give
// the same bytes. The error is that of an option.
func Schema(opts ...Option) ([]byte, error) {
	o, err := newOptions(opts)
	if err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	return schema.Of(reflect.TypeFor[model.File](), o.variants(), "tallystick policy")
}
