package cases_test

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/cases"
)

const twice = "policy: p\nversion: \"1\"\ninputs: {n: {type: number}}\nvalues: {a: twice(n)}\n"

func loadFrom(files fstest.MapFS, name string, opts ...policy.Option) (*cases.File, error) {
	return cases.Load(name, func(name string) ([]byte, error) { return fs.ReadFile(files, name) }, opts...)
}

// An embedder's own functions are at hand, and records may hold more than the policy knows where he says so.
func TestOptionsReachThePolicy(t *testing.T) {
	files := fstest.MapFS{
		"rules/p.yaml":           {Data: []byte(twice)},
		"tests/deep/p_test.yaml": {Data: []byte("policy: ../../rules/p.yaml\nas_of: 2026-06-30\ntests:\n  - {name: a, given: {n: 0.1, extra: 1}, expect: {values: {a: 0.2}}}\n")},
	}
	function := policy.WithFunction("twice", func(n policy.Number) policy.Number { return n.Add(n) })
	f, err := loadFrom(files, "tests/deep/p_test.yaml", function, policy.AllowUnknownFields())
	require.NoError(t, err)
	require.Len(t, f.Cases, 1)
	assert.Empty(t, f.Cases[0].Run())

	_, err = loadFrom(files, "tests/deep/p_test.yaml", function)
	assert.ErrorContains(t, err, "extra: no input has this name")
	_, err = loadFrom(files, "tests/deep/p_test.yaml")
	var diagnostics policy.Diagnostics
	require.True(t, errors.As(err, &diagnostics))
	assert.Equal(t, "rules/p.yaml", diagnostics[0].File)
}

// A function that fails while deciding is an error that a case can expect, and fails one that does not.
func TestAFunctionThatPanics(t *testing.T) {
	files := fstest.MapFS{
		"p.yaml": {Data: []byte(twice)},
		"p_test.yaml": {Data: []byte("policy: p.yaml\nas_of: 2026-06-30\nbase: {n: 1}\ntests:\n" +
			"  - {name: a, expect: {error: out of paper}}\n  - {name: b, expect: {outcome: admitted}}\n")},
	}
	f, err := loadFrom(files, "p_test.yaml", policy.WithFunction("twice", func(policy.Number) policy.Number { panic("out of paper") }))
	require.NoError(t, err)
	assert.Empty(t, f.Cases[0].Run())
	differences := f.Cases[1].Run()
	require.Len(t, differences, 1)
	assert.Contains(t, f.Cases[1].Report(differences), "p_test.yaml:6:12: decision: expected a decision, got an error\n    policy p: value a (line 4, column 13)")
}

func TestFilesThatCannotBeRead(t *testing.T) {
	_, err := loadFrom(fstest.MapFS{}, "p_test.yaml")
	assert.ErrorIs(t, err, fs.ErrNotExist)

	_, err = loadFrom(fstest.MapFS{"p_test.yaml": {Data: []byte("policy: p.yaml\ntests: [{name: a, as_of: 2026-06-30, expect: {score: 1}}]\n")}}, "p_test.yaml")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	var first *policy.Diagnostic
	require.True(t, errors.As(err, &first))
	assert.Equal(t, "no-policy", first.Code)
}
