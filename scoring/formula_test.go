package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFormula(t *testing.T) {
	var m Formula
	require.Empty(t, decoded(t, text("$0"), &m))
	require.Empty(t, m.Check(Setting{}))
	p, absent := m.Points(&Case{Frame: NewFrame(Num(n("2.5")))})
	assert.Zero(t, absent)
	assert.Equal(t, "5/2", p.Fraction())
	_, absent = m.Points(&Case{Frame: NewFrame(Gone(3))})
	assert.Equal(t, Absence(3), absent)
	assert.Equal(t, "$0", m.Working(nil))
	assert.Equal(t, "by the formula $0", m.Describe("en"))
	_, ok := m.Range(Everything(), n("10"))
	assert.False(t, ok)

	assert.Equal(t, []string{"formula needs an expression"}, errorsIn(new(Formula).Check(Setting{})))
	r, ok := (&Formula{Expr: Const(n("3"))}).Range(Everything(), n("10"))
	assert.True(t, ok)
	assert.Equal(t, "[3, 3]", r.String())
}
