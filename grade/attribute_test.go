package grade_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/slot"
)

func TestGradesHaveAttributes(t *testing.T) {
	l := &grade.Ladder{Scale: []grade.Row{
		{Grade: "A", Min: at("90"), Attributes: []grade.Attribute{{Name: "factor", Value: grade.Num(grade.MustParse("1.2"))}, {Name: "service", Value: grade.Text("专属客户经理")}}},
		{Grade: "B", Min: at("75"), Attributes: []grade.Attribute{{Name: "factor", Value: grade.Num(grade.MustParse("0.8"))}, {Name: "prepaid", Value: grade.Truth(true)}}},
		{Grade: "C"},
	}}
	assert.Equal(t, []grade.AttributeType{{Name: "factor", Kind: slot.Number}, {Name: "service", Kind: slot.String}, {Name: "prepaid", Kind: slot.Bool}},
		l.Attributes(), "also before Check")
	checked(t, l)
	v, ok := l.Attribute(1, "factor")
	require.True(t, ok)
	assert.Equal(t, "0.8", v.Num.String())
	for _, index := range []int{2, -1, 3} {
		_, ok = l.Attribute(index, "factor")
		assert.False(t, ok, "grade %d has no factor", index)
	}
}

func TestAnAttributeIsOfOneKind(t *testing.T) {
	l := &grade.Ladder{Scale: []grade.Row{
		{Grade: "A", Min: at("90"), Attributes: []grade.Attribute{{Name: "factor", Value: grade.Num(grade.Int(1))}}},
		{Grade: "B", Attributes: []grade.Attribute{{Name: "factor", Value: grade.Text("无")}}},
	}}
	faults := l.Check(2)
	require.Len(t, faults, 1)
	assert.Equal(t, "factor is a string in grade B, but a number in grade A", faults[0].Message)

	l.Scale[1].Attributes[0] = grade.Attribute{Name: "x", Value: grade.Rank(0, "A")}
	assert.Equal(t, []string{"wrong-type"}, codes(l.Check(2)))

	l.Scale[1].Attributes = []grade.Attribute{{Name: "x", Value: grade.Text("1")}, {Name: "x", Value: grade.Text("2")}}
	assert.Equal(t, []string{"duplicate-key"}, codes(l.Check(2)))
}
