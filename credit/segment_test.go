package credit_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/credit"
)

// 交银办[2002]242号: overdrafts are within the unified limit.
func TestASegmentIsWithinTheLimitAsAWhole(t *testing.T) {
	for _, c := range []struct {
		name, total, own, used, usedOfIt string
		limit                            string
		binding                          int
		available                        string
	}{
		{"less", "1000", "300", "100", "50", "300", credit.NoBinding, "250"},
		{"as much", "1000", "1000", "100", "100", "1000", credit.NoBinding, "900"},
		{"more", "1000", "1000.01", "100", "0", "1000", credit.ByTotal, "900"},
		{"its own ceiling", "1000", "600", "0", "0", "500", 1, "500"},
		{"the whole leaves less", "1000", "300", "900", "0", "300", credit.NoBinding, "100"},
		{"too much used", "1000", "300", "400", "400", "300", credit.NoBinding, "-100"},
	} {
		steps := []credit.Step{{ID: "own", Set: num(c.own)}}
		if c.binding == 1 {
			steps = append(steps, credit.Step{ID: "cap", AtMost: num("500")})
		}
		terms := &credit.Terms{
			Steps: []credit.Step{{Set: num(c.total)}}, Exposures: []credit.Exposure{{Of: num(c.used)}},
			Segments: []credit.Segment{{ID: "overdraft", Steps: steps, Exposures: []credit.Exposure{{Of: num(c.usedOfIt)}}}},
		}
		s := decided(t, terms, nil).Segments[0]
		assert.True(t, s.Applies)
		assert.Equal(t, c.limit, s.Limit.Amount.String(), c.name)
		assert.Equal(t, c.binding, s.Limit.Binding, c.name)
		assert.Equal(t, c.available, s.Available.Amount.String(), c.name)
	}
	assert.Equal(t, "total", (&credit.Segment{}).BindingName(credit.ByTotal))
}

func TestSegmentsMayBeUnlimitedWithinTheLimit(t *testing.T) {
	open := []credit.Step{{Unlimited: true}}
	five := []credit.Step{{Set: num("5")}}
	for _, c := range []struct {
		total, own []credit.Step
		want       string
	}{{open, open, "unlimited"}, {open, five, "5"}, {five, open, "5"}} {
		r := decided(t, &credit.Terms{Steps: c.total, Segments: []credit.Segment{{ID: "x", Steps: c.own}}}, nil)
		assert.Equal(t, c.want, r.Segments[0].Limit.Amount.String())
		assert.Equal(t, c.want, r.Segments[0].Available.Amount.String())
	}
}

func TestSegmentsMayBeForSomeOnly(t *testing.T) {
	five := []credit.Step{{Set: num("5")}}
	f := credit.NewFrame()
	r := decided(t, &credit.Terms{Steps: five, Segments: []credit.Segment{
		{ID: "a", When: is(false), Steps: []credit.Step{{Set: gone(9)}}}, {ID: "b", When: is(true), Steps: five}, {ID: "c", When: unknown(1), Steps: five},
		{ID: "d", Steps: []credit.Step{{Set: gone(2)}}}, {ID: "e", Steps: five, Exposures: []credit.Exposure{{Of: gone(3)}}},
	}}, f)
	var applies, has, available []bool
	for _, s := range r.Segments {
		applies, has, available = append(applies, s.Applies), append(has, s.Limit.Has), append(available, s.Available.Has)
	}
	assert.Equal(t, []bool{false, true, true, true, true}, applies)
	assert.Equal(t, []bool{false, true, false, false, true}, has)
	assert.Equal(t, []bool{false, true, false, false, false}, available)
	assert.Zero(t, r.Segments[0].Limit.Missing)
	assert.Equal(t, []int{1}, f.Atoms(nil, r.Segments[2].Limit.Missing))
	assert.Equal(t, []int{2}, f.Atoms(nil, r.Segments[3].Available.Missing))
	assert.Equal(t, []int{3}, f.Atoms(nil, r.Segments[4].Available.Missing))
}

func TestWithoutALimitSegmentsHaveNoneEither(t *testing.T) {
	f := credit.NewFrame()
	r := decided(t, &credit.Terms{Steps: []credit.Step{{Set: gone(1)}}, Segments: []credit.Segment{{ID: "x", Steps: []credit.Step{{Set: num("5")}}}}}, f)
	assert.False(t, r.Segments[0].Limit.Has)
	assert.Equal(t, []int{1}, f.Atoms(nil, r.Segments[0].Limit.Missing))
}

func TestASegmentThatFailsIsAnErrorWithItsName(t *testing.T) {
	fails := credit.Func(func(f *credit.Frame) (credit.Number, credit.Absence) {
		return credit.Number{}, f.Fail(errors.New("broken"))
	})
	terms := checked(t, &credit.Terms{Segments: []credit.Segment{{ID: "x", Steps: []credit.Step{{ID: "base", Set: fails}}}}})
	var r credit.Result
	require.EqualError(t, terms.Divide(credit.NewFrame(), &r), "credit: segment x: limit base: set: broken")
	assert.Empty(t, r.Segments)
}
