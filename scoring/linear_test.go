package scoring

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func line(knots ...string) *Linear {
	l := new(Linear)
	for i := 0; i < len(knots); i += 2 {
		l.Knots = append(l.Knots, Knot{At: n(knots[i]), Points: n(knots[i+1])})
	}
	return l
}

func TestLinear(t *testing.T) {
	l := line("0.6", "0", "0.8", "10", "1", "20")
	for value, want := range map[string]string{
		"-3": "0", "0.6": "0", "0.7": "5", "0.8": "10", "0.85": "25/2", "1": "20", "1.01": "20",
	} {
		p, row := points(t, l, "20", value)
		assert.Equal(t, want, p, value)
		assert.Zero(t, row)
	}
	thirds := line("0", "0", "3", "1")
	p, _ := points(t, thirds, "20", "1")
	assert.Equal(t, "1/3", p)
}

func TestLinearOfManyKnots(t *testing.T) {
	l := new(Linear)
	for i := int64(0); i <= 50; i++ {
		l.Knots = append(l.Knots, Knot{At: Int(i * i), Points: Int(i)})
	}
	require.Empty(t, l.Check(setting("50")))
	for i := int64(0); i < 50; i++ {
		p, _ := points(t, l, "50", strconv.FormatInt(i*i, 10))
		assert.Equal(t, strconv.FormatInt(i, 10), p)
		mid := quo(Int(i*i+(i+1)*(i+1)), Int(2))
		p, _ = points(t, l, "50", mid.String())
		assert.Equal(t, quo(Int(2*i+1), Int(2)).Fraction(), p)
	}
}

func TestLinearFaults(t *testing.T) {
	var l Linear
	root := keys("0", "0", "0.2", "5", "0.20", "6", "0.1", "7")
	require.Empty(t, decoded(t, root, &l))
	faults := l.Check(setting("10"))
	require.Len(t, faults, 2)
	assert.Equal(t, "the knot 0.2 stands here twice", faults[0].Message)
	assert.Equal(t, root.Pairs[2].Key.Place, faults[0].Place)
	assert.Equal(t, root.Pairs[1].Key.Place, faults[0].Related[0].Place)
	assert.Equal(t, "the knot 0.1 stands after 0.2, but the knots must ascend", faults[1].Message)

	assert.Equal(t, []string{"a line needs at least two knots"}, errorsIn(line("0", "1").Check(setting("10"))))
	assert.Equal(t, []string{"wrong-type"}, codesOf(decoded(t, list("1"), new(Linear))))
	assert.Equal(t, []string{"bad-number", "wrong-type"}, codesOf(decoded(t, keys("a", "1", "2", quoted("3")), new(Linear))))
	s := setting("10")
	s.Of = KindString
	assert.Equal(t, []string{"this method turns a number into points, but `of` is a string"}, errorsIn(line("0", "1", "2", "3").Check(s)))
	s.HasOf = false
	assert.Equal(t, []string{"this method needs `of`: the number that it turns into points"}, errorsIn(line("0", "1", "2", "3").Check(s)))
}

func TestLinearWorkingRangeAndTrend(t *testing.T) {
	l := line("0", "0", "0.5", "8", "1", "4")
	require.Empty(t, l.Check(setting("10")))
	v := Num(n("0.75"))
	assert.Equal(t, "8 + (0.75 - 0.5) / (1 - 0.5) * (4 - 8)", l.Working(&Case{Frame: NewFrame(), Of: &v}))
	r, ok := l.Range(Everything(), n("10"))
	assert.True(t, ok)
	assert.Equal(t, "[0, 8]", r.String())
	r, _ = l.Range(Between(n("0.6"), n("0.75")), n("10"))
	assert.Equal(t, "[6, 7.2]", r.String())
	r, _ = l.Range(Between(n("0.25"), n("2")), n("10"))
	assert.Equal(t, "[4, 8]", r.String())
	assert.Equal(t, Mixed, l.Trend(n("10")))
}
