package credit_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/credit"
)

func TestACloneLivesOn(t *testing.T) {
	terms, f := busy(t)
	var r, again credit.Result
	require.True(t, work(terms, f, &r))
	require.True(t, work(terms, f, &again))
	kept := r.Clone()
	assert.Equal(t, again, kept)
	require.True(t, work(terms, credit.NewFrame(make([]credit.Value, 8)...), &r))
	assert.Equal(t, again, kept)
}
