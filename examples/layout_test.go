package examples_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

func TestPoliciesAreInTheirLayout(t *testing.T) {
	names, err := filepath.Glob("*/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.yaml") {
			continue // cases are written by hand, some of them wider than a line
		}
		src, err := os.ReadFile(name)
		require.NoError(t, err)
		out, err := policy.Layout(src)
		require.NoError(t, err)
		require.Equal(t, string(out), string(src), "run tally fmt -w examples/%s", name)
	}
}
