package policy_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/scoring"
)

// The schema itself is in policy.schema.json; that it says what the loader does is tested in .ci/schema.
func TestTheSchemaKnowsTheMethodsAndCombinersOfTheEmbedder(t *testing.T) {
	plain, err := policy.Schema()
	require.NoError(t, err)
	assert.NotContains(t, string(plain), "stars")

	methods, combiners := scoring.Methods(), scoring.Combiners()
	require.NoError(t, methods.Register("stars", func() scoring.Method { return new(stars) }))
	require.NoError(t, combiners.Register("loudest", func() scoring.Combiner { return new(loudest) }))
	text, err := policy.Schema(policy.WithMethods(methods), policy.WithCombiners(combiners))
	require.NoError(t, err)
	var s struct {
		Definitions map[string]struct {
			Properties map[string]any
			Required   []string
			AnyOf      []struct{ Enum []string }
			OneOf      []struct{ Required []string }
		}
	}
	require.NoError(t, json.Unmarshal(text, &s))
	assert.Equal(t, []string{"each"}, s.Definitions["stars"].Required)
	assert.Contains(t, s.Definitions["indicator"].Properties, "stars")
	assert.Contains(t, s.Definitions["indicator"].OneOf, struct{ Required []string }{[]string{"stars"}}, "exactly one method")
	assert.Contains(t, s.Definitions["combiner"].AnyOf[0].Enum, "loudest")
	assert.Contains(t, string(text), "the points for each star")

	again, err := policy.Schema(policy.WithMethods(methods), policy.WithCombiners(combiners))
	require.NoError(t, err)
	assert.Equal(t, string(text), string(again), "the same bytes")
}

func TestThereIsNoSchemaForOptionsThatAreWrong(t *testing.T) {
	_, err := policy.Schema(policy.WithFunction("not a name", strings.ToUpper))
	require.ErrorContains(t, err, "not a name")
}
