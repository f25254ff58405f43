package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func group(id, weight string, c Card) Group {
	g := Group{ID: name(id), Card: c}
	if weight != "" {
		g.Weight = num(weight)
	}
	return g
}

func leftOut(ind Indicator) Indicator { return withMissing(ind, MissingRule{Do: Reweight}) }

// Groups whose weights add up inside to the weight of the group are read as one card.
func TestGroupsAddUp(t *testing.T) {
	c := &Card{Groups: []Group{
		group("profit", "34", Card{Indicators: []Indicator{item("roe", "20", 0), item("roa", "14", 1)}}),
		group("debt", "66", Card{Indicators: []Indicator{item("leverage", "66", 2)}}),
	}}
	r := scored(t, c, DefaultRounding(), Num(n("15.23")), Num(n("10.4")), Num(n("33.333")))
	assert.Equal(t, "58.96", r.Score.String())
	assert.Equal(t, "25.63", r.Groups[0].Points.String())
	assert.Equal(t, "33.33", r.Groups[1].Points.String())
	assert.Equal(t, []int{0, 0, 1}, []int{r.Items[0].Group, r.Items[1].Group, r.Items[2].Group})
}

// A group with a total of its own is scaled to its weight: 85 of 100 are 34 of 40. Its points are rounded once, like those
// of an indicator; its own score is not.
func TestGroupsAreScaledToTheirWeight(t *testing.T) {
	c := &Card{
		Indicators: []Indicator{item("own", "60", 0)},
		Groups:     []Group{group("g", "40", Card{Total: num("100"), Indicators: []Indicator{item("a", "70", 1), item("b", "30", 2)}})},
	}
	r := scored(t, c, DefaultRounding(), Num(n("60")), Num(n("60")), Num(n("25")))
	assert.Equal(t, "94", r.Score.String())
	assert.Equal(t, "85", r.Groups[0].Score.String())
	assert.Equal(t, "34", r.Groups[0].Points.String())
	assert.Equal(t, "60", r.Items[1].Points.String(), "inside the group points are those of the group's own card")

	r = scored(t, c, DefaultRounding(), Num(n("0")), Num(n("33.336")), Num(n("0.01")))
	assert.Equal(t, "33.35", r.Groups[0].Score.String())
	assert.Equal(t, "13.34", r.Groups[0].Points.String())
	assert.Equal(t, "13.34", r.Score.String())
}

func TestReweightingStaysInTheNearestGroupWithAWeight(t *testing.T) {
	inner := func(weight string) *Card {
		return &Card{Groups: []Group{
			group("fin", weight, Card{Indicators: []Indicator{leftOut(item("a", "30", 0)), leftOut(item("b", "10", 1))}}),
			group("soft", "60", Card{Indicators: []Indicator{item("c", "60", 2)}}),
		}}
	}
	for _, tt := range []struct {
		what   string
		card   *Card
		values []string
		score  string // "" for none
		fin    Effect
	}{
		{"all there", inner("40"), []string{"15", "10", "30"}, "55", Earned},
		{"within the group", inner("40"), []string{"", "10", "30"}, "70", Earned},                 // 10 * 40/10 + 30
		{"a wholly missing group is missing", inner("40"), []string{"", "", "30"}, "50", LeftOut}, // 30 * 100/60
		{"without a weight, over the whole card", inner(""), []string{"", "10", "30"}, "57.142857142857", Earned},
	} {
		t.Run(tt.what, func(t *testing.T) {
			require.Empty(t, tt.card.Check(exactly))
			out := new(Result)
			require.NoError(t, tt.card.Score(numbers(new(Frame), tt.values...), out))
			assert.Equal(t, tt.score, out.Score.String())
			assert.Equal(t, tt.fin, out.Groups[0].Effect)
		})
	}
	c := inner("40")
	c.Groups[1].Indicators[0] = leftOut(c.Groups[1].Indicators[0])
	require.Empty(t, c.Check(exactly))
	out := new(Result)
	require.NoError(t, c.Score(numbers(new(Frame), "", "", ""), out))
	assert.False(t, out.HasScore, "nothing is left")
	assert.Equal(t, OutcomeRefer, out.Outcome)

	c = inner("40")
	c.Groups[0].Indicators[1] = item("b", "10", 1)
	require.Empty(t, c.Check(exactly))
	f := numbers(new(Frame), "9", "", "20")
	require.NoError(t, c.Score(f, out))
	assert.Equal(t, Refers, out.Groups[0].Effect)
	assert.Equal(t, []int{101}, f.Atoms(nil, out.Groups[0].Missing))
	assert.False(t, out.HasScore)
	c.Groups[0].Indicators[1].Missing.Do = Reject
	require.Empty(t, c.Check(exactly))
	require.NoError(t, c.Score(numbers(new(Frame), "9", "", "20"), out))
	assert.Equal(t, Rejects, out.Groups[0].Effect)
	assert.Equal(t, OutcomeReject, out.Outcome)
}

func TestGroupsNest(t *testing.T) {
	c := &Card{
		Groups: []Group{
			group("outer", "100", Card{
				Total:      num("10"),
				Indicators: []Indicator{item("a", "4", 0)},
				Groups: []Group{
					group("inner", "6", Card{Total: num("3"), Indicators: []Indicator{item("b", "3", 1)}}),
				},
			}),
		},
	}
	c.Groups[0].Groups[0].SetSlot(2)
	require.Empty(t, c.Check(DefaultRounding()))
	f, r := numbers(new(Frame), "2", "1.5", "0"), new(Result)
	require.NoError(t, c.Score(f, r))
	assert.Equal(t, "50", r.Score.String()) // 1.5 of 3 are 3 of 6; 2 + 3 of 10 are 50 of 100
	assert.Equal(t, "3", f.Slots[2].Num.String(), "the points of the inner group can be read")
	assert.Equal(t, []int{-1, 0}, []int{r.Groups[0].Parent, r.Groups[1].Parent})
	v, ok := c.Range()
	assert.True(t, ok)
	assert.Equal(t, "[0, 100]", v.String())
	v, ok = c.PointsRange("b")
	assert.True(t, ok)
	assert.Equal(t, "[0, 3]", v.String())
}

func TestGroupsThatOnlyGather(t *testing.T) {
	c := &Card{Groups: []Group{
		group("all", "", Card{
			Indicators: []Indicator{item("a", "30", 0)},
			Groups:     []Group{group("deep", "", Card{Indicators: []Indicator{item("b", "20", 1)}}), group("own", "50", Card{Indicators: []Indicator{item("c", "50", 2)}})},
		}),
	}}
	c.Groups[0].SetSlot(3)
	require.Empty(t, c.Check(exactly))
	f, r := numbers(new(Frame), "10", "20", "30", "0"), new(Result)
	require.NoError(t, c.Score(f, r))
	assert.Equal(t, "60", r.Score.String())
	assert.Equal(t, []string{"60", "20", "30"}, []string{r.Groups[0].Points.String(), r.Groups[1].Points.String(), r.Groups[2].Points.String()})
	assert.Equal(t, []int{-1, 0, 0}, []int{r.Groups[0].Parent, r.Groups[1].Parent, r.Groups[2].Parent})
	assert.Equal(t, "60", f.Slots[3].Num.String())
}

func TestAdjustmentsAndCapsOfAGroup(t *testing.T) {
	c := &Card{
		Groups: []Group{
			group("g", "50", Card{
				Indicators:  []Indicator{item("a", "50", 0)},
				Adjustments: []Adjustment{{ID: name("plus"), Add: Const(n("8"))}},
				Caps:        []Cap{{ID: name("cap"), AtMost: Const(n("45"))}},
			}),
			group("h", "50", Card{Indicators: []Indicator{item("b", "50", 1)}, Min: num("10")}),
		},
		Adjustments: []Adjustment{{ID: name("minus"), Add: Const(n("-1"))}},
	}
	r := scored(t, c, exactly, Num(n("40")), Num(n("5")))
	assert.Equal(t, "54", r.Score.String()) // min(40 + 8, 45) + max(5, 10) - 1
	assert.Equal(t, "-1", r.Adjusted.String())
	assert.Equal(t, "8", r.Groups[0].Adjusted.String())
	assert.Equal(t, "40", r.Groups[0].Combined.String())
	assert.True(t, r.Caps[0].Bound)
	assert.Equal(t, []int{-1, 0}, []int{r.Adjustments[0].Group, r.Adjustments[1].Group})
	assert.Equal(t, "minus", r.Adjustments[0].Adjustment.ID.Value, "a card's own come before those of its groups")
}

func TestGroupFromAFile(t *testing.T) {
	root := keys("groups", list(
		keys("id", "profit", "title", keys("zh", "盈利能力", "en", "profit"), "weight", "34", "combine", keys("modified", keys("min", "0.7", "max", "1.3")),
			"indicators", list(keys("id", "a", "weight", "34", "formula", "$0")),
			"modifiers", list(keys("id", "m", "weight", "34", "formula", "$1"))),
		keys("id", "rest", "weight", "66", "combine", "sum", "indicators", list(keys("id", "b", "weight", "66", "formula", "$1"))),
	))
	var c Card
	require.Empty(t, decoded(t, root, &c))
	require.Empty(t, c.Check(exactly))
	assert.IsType(t, new(Modified), c.Groups[0].Combine)
	assert.Equal(t, "盈利能力", c.Groups[0].Title.In("zh"))
}

func TestGroupFaults(t *testing.T) {
	check := func(gs ...Group) []string { return errorsIn((&Card{Groups: gs}).Check(exactly)) }
	assert.Equal(t, []string{"the weights of the indicators add up to 30, not to 40: 10 missing (a 30)"},
		check(group("g", "40", Card{Indicators: []Indicator{item("a", "30", 0)}}), group("h", "60", Card{Indicators: []Indicator{item("b", "60", 0)}})))
	assert.Equal(t, []string{"the id a is taken"},
		check(group("a", "100", Card{Indicators: []Indicator{item("a", "100", 0)}})))
	assert.Equal(t, []string{"`combine` needs a group with a weight of its own", "`caps` needs a group with a weight of its own"},
		check(group("g", "", Card{Combine: new(Sum), Caps: make([]Cap, 1), Indicators: []Indicator{item("a", "100", 0)}})))
	assert.Equal(t, []string{"a weight must be above 0, not 0"},
		check(group("g", "0", Card{Indicators: []Indicator{item("a", "100", 0)}})))
	assert.Equal(t, []string{"the group g has no indicators"}, check(group("g", "", Card{}), group("h", "100", Card{Indicators: []Indicator{item("b", "100", 0)}})))
	assert.Equal(t, []string{"the score of the group g cannot be scaled to its weight"},
		check(group("g", "100", Card{Combine: new(Product), Indicators: []Indicator{item("a", "100", 0)}})))
	assert.Empty(t, check(group("g", "100", Card{Combine: new(Product), Total: num("10"), Indicators: []Indicator{item("a", "100", 0)}})))
}
