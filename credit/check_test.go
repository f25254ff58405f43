package credit_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/credit"
)

func codes(faults []credit.Fault) []string {
	var out []string
	for _, f := range faults {
		out = append(out, f.Code)
	}
	return out
}

func TestFaultsOfTerms(t *testing.T) {
	steps := func(s ...credit.Step) credit.Terms { return credit.Terms{Steps: s} }
	for _, c := range []struct {
		name  string
		terms credit.Terms
		codes []string
	}{
		{"nothing at all", credit.Terms{}, nil},
		{"a step without an action", steps(credit.Step{ID: "x"}), []string{"one-action"}},
		{"unlimited: false", steps(credit.Step{ID: "x", Unlimited: false, When: is(true)}), []string{"one-action"}},
		{"a step with two", steps(credit.Step{Set: num("1"), AtMost: num("1")}), []string{"one-action"}},
		{"the same id", steps(credit.Step{ID: "x", Set: num("1")}, credit.Step{ID: "x", Set: num("1")}), []string{"duplicate-id"}},
		{"no ids", steps(credit.Step{Set: num("1")}, credit.Step{Set: num("1")}), nil},
		{"a name that is taken", steps(credit.Step{ID: "floor", Set: num("1")}), []string{"reserved-id"}},
		{"a name that is not", steps(credit.Step{ID: "group", Set: num("1")}, credit.Step{ID: "total", Set: num("1")}), nil},
		{"a group makes it so", credit.Terms{Steps: []credit.Step{{ID: "group", Set: num("1")}}, Group: &credit.Group{Limit: num("1")}}, []string{"reserved-id"}},
		{"rounded to nothing", steps(credit.Step{Round: &credit.Rounding{}}), []string{"bad-number"}},
		{"rounded to less", steps(credit.Step{Round: &credit.Rounding{To: credit.Int(-5)}}), []string{"bad-number"}},
		{"a strange mode", steps(credit.Step{Round: &credit.Rounding{To: credit.Int(5), Mode: "half"}}), []string{"bad-choice"}},
		{"an exposure of nothing", credit.Terms{Exposures: []credit.Exposure{{ID: "x"}}}, []string{"missing-key"}},
		{"two exposures of a name", credit.Terms{Exposures: []credit.Exposure{{ID: "x", Of: num("1")}, {ID: "x", Of: num("1")}}}, []string{"duplicate-id"}},
		{"a request for nothing", credit.Terms{Requested: &credit.Request{}}, []string{"missing-key"}},
		{"a strange over", credit.Terms{Requested: &credit.Request{Amount: num("1"), Over: "allow"}}, []string{"bad-choice"}},
		{"a hold for nobody", credit.Terms{Holds: []credit.Hold{{Unless: is(true)}}}, []string{"missing-key"}},
		{"two holds of a name", credit.Terms{Holds: []credit.Hold{{ID: "x", When: is(true)}, {ID: "x", When: is(true)}}}, []string{"duplicate-id"}},
		{"a hold over what", credit.Terms{Holds: []credit.Hold{{When: is(true), Over: "x"}}}, []string{"bad-choice"}},
		{"a segment without a name", credit.Terms{Segments: []credit.Segment{{}}}, []string{"missing-key"}},
		{"two segments of a name", credit.Terms{Segments: []credit.Segment{{ID: "x"}, {ID: "x"}}}, []string{"duplicate-id"}},
		{"a step of a segment", credit.Terms{Segments: []credit.Segment{{ID: "x", Steps: []credit.Step{{}}, Exposures: []credit.Exposure{{}}}}}, []string{"one-action", "missing-key"}},
		{"no limit by hand", credit.Terms{Overrides: &credit.Overrides{AtMost: num("0")}}, []string{"bad-number"}},
		{"a limit by hand", credit.Terms{Overrides: &credit.Overrides{AtMost: num("0.01")}}, nil},
		{"a group without a limit", credit.Terms{Group: &credit.Group{Exposures: []credit.Exposure{{}}}}, []string{"missing-key", "missing-key"}},
	} {
		terms := c.terms
		assert.Equal(t, c.codes, codes(terms.Check(2, nil)), c.name)
		var r credit.Result
		assert.Equal(t, c.codes == nil, terms.Limit(credit.NewFrame(), &r) == nil, "%s: terms with faults decide nothing", c.name)
	}
}

func TestAStepSaysWhatIsWrongWithIt(t *testing.T) {
	faults := (&credit.Terms{Steps: []credit.Step{{ID: "base", Set: num("1"), AtMost: num("2")}, {}}}).Check(2, nil)
	require.Len(t, faults, 2)
	assert.Equal(t, "base does more than one thing: set, at_most", faults[0].Message)
	assert.Equal(t, "a step has exactly one of set, add, multiply, at_least, at_most, round, unlimited", faults[0].Hint)
	assert.Equal(t, "step 2 does nothing", faults[1].Message)
}
