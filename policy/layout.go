package policy

import (
	"github.com/tallystick-go/tallystick/policy/internal/layout"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

// Layout returns a policy, or a test file of one, in its canonical layout: sections in the order in which a customer passes
// through them, indented by 2, rows in columns. What the file says stays the same, and so do its comments, its numbers as
// they are written, and the [Policy.Meaning] of the policy. A text in that layout is returned as it is.
//
// The error is Diagnostics where the file cannot be read as YAML; what a policy could not be loaded for otherwise does not
// matter here. Any other error is a mistake of ours, found before it could do harm.
func Layout(src []byte) ([]byte, error) {
	out, faults, err := layout.Format(src)
	switch {
	case err != nil:
		return nil, err
	case len(faults) > 0:
		return nil, diagnose("", yamldoc.NewSource(src).Line, faults, nil)
	}
	return out, nil
}
