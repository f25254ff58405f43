package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// A trader's turnover counts for more; each method works with the weight that counts, also methods within a method.
func TestOtherWeightsForSomeCustomers(t *testing.T) {
	is := func(turnover, equity string) doc.Dict[Number] {
		return doc.Dict[Number]{{Name: ID("turnover"), Value: n(turnover)}, {Name: ID("equity"), Value: n(equity)}}
	}
	kind := func(name string) Condition {
		return When(func(f *Frame) (bool, Absence) {
			if f.Slots[2].Kind == KindMissing {
				return false, f.Blame(7)
			}
			return f.Slots[2].Str == name, 0
		})
	}
	card := &Card{
		Indicators: []Indicator{
			{ID: ID("turnover"), Weight: num("40"), Of: Slot(0), Method: &Proportional{Full: Const(n("100"))}},
			{ID: ID("equity"), Weight: num("60"), Of: Slot(1), Method: &Best{
				&Proportional{Full: Const(n("100"))},
				&Bands{Rows: []Band{{Min: num("90"), Share: num("1")}, {Share: num("0")}}},
			}},
		},
		Weights: []Weighting{{When: kind("trade"), Is: is("70", "30")}, {When: kind("service"), Is: is("90", "10")}},
	}
	require.Empty(t, card.Check(DefaultRounding()))
	var out Result
	score := func(turnover, equity string, kind Value) string {
		f := NewFrame(Num(n(turnover)), Num(n(equity)), kind)
		require.NoError(t, card.Score(f, &out))
		if !out.HasScore {
			return "none"
		}
		return out.Score.Fixed(2)
	}
	assert.Equal(t, "38.00", score("50", "10", Text("trade")), "35 + 3")
	assert.Equal(t, "55.00", score("50", "95", Text("service")), "45 + 10")
	assert.Equal(t, "26.00", score("50", "10", Text("other")), "20 + 6")
	assert.Equal(t, "38.00", score("50", "10", Text("trade")), "once more")
	assert.Equal(t, "none", score("50", "10", Value{}))
	assert.Equal(t, OutcomeRefer, out.Outcome)
	assert.NotZero(t, out.Missing)

	// What reads the score or points finds them missing, for the same reason; nothing is left of the last customer.
	card.SetSlot(3)
	card.Indicators[0].SetSlot(4)
	require.Empty(t, card.Check(DefaultRounding()))
	f := NewFrame(Num(n("50")), Num(n("10")), Text("trade"), Value{}, Value{})
	require.NoError(t, card.Score(f, &out))
	assert.Equal(t, []string{"38", "35"}, []string{f.Slots[3].Num.String(), f.Slots[4].Num.String()})
	f.Slots[2] = Value{}
	require.NoError(t, card.Score(f, &out))
	for _, slot := range []int{3, 4} {
		assert.Equal(t, KindMissing, f.Slots[slot].Kind)
		assert.Equal(t, []int{7}, f.Atoms(nil, f.Slots[slot].Absent))
	}

	card.Weights[0].Is = is("70", "40")
	assert.Equal(t, []string{"weights-total"}, codesOf(card.Check(DefaultRounding())))
	card.Weights[0].Is = doc.Dict[Number]{{Name: ID("turnovr"), Value: n("40")}}
	assert.Equal(t, []string{"unknown-name"}, codesOf(card.Check(DefaultRounding())))
}
