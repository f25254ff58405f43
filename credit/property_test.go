package credit_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/credit"
)

var modes = []credit.Mode{credit.HalfUp, credit.HalfEven, credit.HalfDown, credit.Up, credit.Down, credit.Ceiling, credit.Floor}

// Random steps: what must be so whatever they are. The amounts are also worked out in math/big.
func TestWhatHoldsForEveryLimit(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	number := func() credit.Number {
		n, _ := credit.Ratio(rnd.Int64N(2_000_000)-200_000, []int64{1, 3, 7, 10, 100, 1000}[rnd.IntN(6)])
		return n
	}
	for range 20_000 {
		terms := &credit.Terms{Mode: modes[rnd.IntN(len(modes))]}
		places := rnd.IntN(4) - 1
		for i := range 1 + rnd.IntN(6) {
			s := credit.Step{ID: fmt.Sprint(i)}
			e := credit.Const(number())
			switch rnd.IntN(8) {
			case 0:
				s.Set = e
			case 1:
				s.Add = e
			case 2:
				n, _ := credit.Ratio(rnd.Int64N(300), 100)
				s.Multiply = credit.Const(n)
			case 3:
				s.AtLeast = e
			case 4, 5:
				s.AtMost = e
			case 6:
				s.Round = &credit.Rounding{To: credit.Int(1 + rnd.Int64N(1000)), Mode: modes[rnd.IntN(len(modes))].String()}
			case 7:
				s.Unlimited = true
			}
			if rnd.IntN(4) == 0 {
				s.When = is(rnd.IntN(2) == 0)
			}
			terms.Steps = append(terms.Steps, s)
		}
		require.Empty(t, terms.Check(places, nil))
		var out credit.Result
		require.NoError(t, terms.Limit(credit.NewFrame(), &out))
		r := out.Limit
		require.True(t, r.Has)
		require.GreaterOrEqual(t, r.Amount.Value.Sign(), 0, "never below 0")
		require.Equal(t, oracle(terms), r.Exact.String(), "%+v", terms.Steps)
		if !r.Amount.Unlimited && places >= 0 {
			require.True(t, r.Amount.Value.Equal(r.Amount.Value.Round(places, credit.Down)), "at the scale of money")
		}

		// The bounds that the amount was within after the last step that says what it is, it is within at the end.
		last := -1
		for i := range terms.Steps {
			if s := &terms.Steps[i]; s.Round == nil && r.Steps[i].Effect != credit.NotMet && !s.AtMost.IsSet() {
				last = i
			}
		}
		for i, s := range r.Steps {
			if i < last || !terms.Steps[i].AtMost.IsSet() || s.Effect == credit.NotMet {
				continue
			}
			if n, _ := terms.Steps[i].AtMost.IsConst(); n.Sign() >= 0 {
				require.False(t, r.Amount.Unlimited)
				require.LessOrEqual(t, r.Amount.Value.Cmp(n), 0, "the limit %s is over its ceiling %s", r.Amount, n)
			}
		}
		if r.Binding >= 0 {
			s := &terms.Steps[r.Binding]
			require.True(t, s.AtMost.IsSet() || s.AtLeast.IsSet())
			require.Equal(t, credit.Changed, r.Steps[r.Binding].Effect)
		}
		if r.Binding == credit.ByFloor {
			require.Negative(t, r.Exact.Value.Sign())
		}
	}
}

// oracle works out the exact limit, with another arithmetic and without steps that round, which it takes as told.
func oracle(terms *credit.Terms) string {
	var out credit.Result
	_ = terms.Limit(credit.NewFrame(), &out)
	at, open := new(big.Rat), false
	for i := range terms.Steps {
		s, done := &terms.Steps[i], out.Limit.Steps[i]
		if s.When.IsSet() {
			if met, _ := s.When.Eval(nil); !met {
				continue
			}
		}
		set, _ := s.Set.IsConst()
		add, _ := s.Add.IsConst()
		times, _ := s.Multiply.IsConst()
		least, _ := s.AtLeast.IsConst()
		switch {
		case s.Unlimited:
			at, open = new(big.Rat), true
		case s.Set.IsSet():
			at, open = set.Rat(), false
		case s.AtMost.IsSet():
			if most := done.Value.Rat(); open || at.Cmp(most) > 0 {
				at, open = most, false
			}
		case open:
			open = !s.Multiply.IsSet() || times.Sign() > 0
		case s.Add.IsSet():
			at = new(big.Rat).Add(at, add.Rat())
		case s.Multiply.IsSet():
			at = new(big.Rat).Mul(at, times.Rat())
		case s.AtLeast.IsSet():
			if at.Cmp(least.Rat()) < 0 {
				at = least.Rat()
			}
		case s.Round != nil:
			at = done.After.Value.Rat()
			if q := new(big.Rat).Quo(at, s.Round.To.Rat()); !q.IsInt() {
				return "not a multiple"
			}
		}
	}
	if open {
		return "unlimited"
	}
	// The shortest text of the library, from a number made of the other arithmetic's fraction.
	n, err := credit.Parse("0")
	if err != nil || n.UnmarshalText([]byte(at.RatString())) != nil {
		return err.Error()
	}
	return n.String()
}

// What is allowed, added to what is used, is never more than the limit.
func TestNoRequestIsAllowedOverTheLimit(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	for range 5000 {
		cents := func(n int64) credit.Number {
			x, _ := credit.Ratio(rnd.Int64N(n), 100)
			return x
		}
		limit, used, order, group := cents(10_000), cents(10_000), cents(3_000), cents(12_000)
		terms := &credit.Terms{
			Steps: []credit.Step{{Set: credit.Const(limit)}}, Exposures: []credit.Exposure{{Of: credit.Const(used)}},
			Requested: &credit.Request{Amount: credit.Const(order)},
		}
		if rnd.IntN(2) == 0 {
			terms.Group = &credit.Group{Limit: credit.Const(group), Exposures: []credit.Exposure{{Of: credit.Const(used)}}}
			if group.Less(limit) {
				limit = group
			}
		}
		r := decided(t, terms, nil)
		fits := used.Add(order).Cmp(limit) <= 0
		assert.Equal(t, fits, r.Request.Verdict == credit.Allowed)
	}
}
