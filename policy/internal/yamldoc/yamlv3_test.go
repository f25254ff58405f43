package yamldoc

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// TestWhatOnlyYAMLv3SeesIsExplained has files in which the scan finds nothing wrong.
func TestWhatOnlyYAMLv3SeesIsExplained(t *testing.T) {
	for _, c := range []struct{ src, message string }{
		{"k: v\n|\n", "the keys of this map do not stand in one column, or something stands between them"},
		{"- \na: 1\n", "a value is missing"},
		{"a: [? ]\n", "a comma or the closing bracket is missing"},
	} {
		require.Empty(t, scan(c.src).syntax.list, c.src)
		n, faults := Parse([]byte(c.src))
		assert.Nil(t, n)
		if assert.Len(t, faults, 1, c.src) {
			assert.Equal(t, c.message, faults[0].Message, c.src)
			assert.Equal(t, "yaml-syntax", faults[0].Code)
			assert.NotEmpty(t, faults[0].Hint)
		}
	}
}

func TestTheLineOfYAMLv3IsMarked(t *testing.T) {
	source := NewSource([]byte("a: 1\n  中文: 2 # x\nc: 3\n"))
	for _, c := range []struct {
		err  string
		want doc.Place
	}{
		{"yaml: line 2: mapping values are not allowed in this context", doc.Place{Line: 2, Col: 3, Width: 5}},
		{"yaml: line 2: did not find expected key", doc.Place{Line: 3, Col: 1, Width: 4}}, // it counts from 0 there
		{"yaml: did not find expected key", doc.Place{Line: 1, Col: 1, Width: 4}},
		{"yaml: line 99: something new", doc.Place{Line: 4, Col: 1, Width: 0}},
		{"yaml: line 99999999999999999999: something new", doc.Place{Line: 1, Col: 1, Width: 4}},
		{"no form at all", doc.Place{Line: 1, Col: 1, Width: 4}},
	} {
		f := explain(errors.New(c.err), source)
		assert.Equal(t, c.want, f.Place, c.err)
		assert.NotEmpty(t, f.Hint, c.err)
	}
	assert.Contains(t, explain(errors.New("yaml: line 1: something new"), source).Message, "something new")
}

func TestAKeyCanOnlyBeSoLong(t *testing.T) {
	long := strings.Repeat("a", maxKeyLength+1)
	for src, hint := range map[string]string{"a: 1\n" + long + ": 2\n": "within 1024 characters", "{" + long + ": 2}\n": "in one line"} {
		n, faults := Parse([]byte(src))
		assert.Nil(t, n)
		if assert.Len(t, faults, 1) {
			assert.Equal(t, "yaml-syntax", faults[0].Code)
			assert.Contains(t, faults[0].Hint, hint)
		}
	}
}
