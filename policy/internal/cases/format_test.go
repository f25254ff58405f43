package cases_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The test file in FORMAT.md passes with the policy that the blocks before it make.
func TestTheTestFileOfTheFormatPasses(t *testing.T) {
	src := string(read(t, "../../FORMAT.md"))
	block := func(fence, key string) string {
		for _, part := range strings.Split(src, "```"+fence+"\n")[1:] {
			text, _, _ := strings.Cut(part, "```")
			if strings.HasPrefix(text, key) || strings.Contains(text, "\n"+key) {
				return text
			}
		}
		t.Fatalf("there is no block with %s", key)
		return ""
	}
	text := block("yaml", "policy:") + block("yaml", "values:") + block("yaml", "admission:") + block("yaml", "grade:") + block("yaml", "credit:")
	f, err := loadFrom(fstest.MapFS{
		"rules/customers.yaml":      {Data: []byte(text)},
		"rules/customers_test.yaml": {Data: []byte(block("yaml test", "tests:"))},
	}, "rules/customers_test.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, f.Cases)
	for _, c := range f.Cases {
		assert.Empty(t, c.Report(c.Run()), c.Name)
	}
}
