package policy_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// formatPolicies returns a policy for each block of FORMAT.md but the first, which declares the inputs of all.
func formatPolicies(t *testing.T) (texts []string) {
	t.Helper()
	src, err := os.ReadFile("FORMAT.md")
	require.NoError(t, err)
	var blocks []string
	for _, part := range strings.Split(string(src), "```yaml\n")[1:] {
		block, _, found := strings.Cut(part, "```")
		require.True(t, found)
		blocks = append(blocks, block)
	}
	require.Greater(t, len(blocks), 6)
	values := blocks[1]
	for i, block := range blocks[1:] {
		text := blocks[0] + block
		if i > 0 {
			text += values
		}
		if !strings.Contains(text, "\ngrade:") { // an input is a grade
			text += "grade: {of: previous, scale: [{grade: A}, {grade: B}, {grade: C}]}\n"
		}
		texts = append(texts, text)
	}
	return texts
}

func TestEveryBlockOfTheFormatLoads(t *testing.T) {
	for _, text := range formatPolicies(t) {
		_, err := policy.Parse("FORMAT.md", []byte(text))
		require.NoError(t, err, text)
	}
}
