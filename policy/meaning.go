package policy

import "github.com/tallystick-go/tallystick/policy/internal/meaning"

// said returns what the policy says, apart from how it is written.
func (p *Policy) said() *meaning.Node {
	customer := ""
	if p.subject >= 0 {
		customer = p.program.Inputs[p.subject].Name
	}
	return meaning.Of(p.whole().File, customer)
}
