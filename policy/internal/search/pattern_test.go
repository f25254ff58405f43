package search

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestATextIsMadeThatAPatternIsFoundIn(t *testing.T) {
	for pattern, want := range map[string]string{
		"^[0-9A-Z]{18}$": "AAAAAAAAAAAAAAAAAA", "^(贸易|制造)": "贸易", `^\d{3}-\d+$`: "000-0", "a?b*c": "c", "": "",
		`^[\x{4e00}-\x{9fa5}]{2,4}$`: "一一", ".+@.+": "X@X", "(?i)abc": "ABC",
	} {
		got, ok := sample(pattern)
		require.True(t, ok, pattern)
		require.Equal(t, want, got, pattern)
	}
	for _, pattern := range []string{`a\b.`, "[^\\x00-\\x{10FFFF}]", "a$b", "(a{100}){3}"} {
		_, ok := sample(pattern)
		require.False(t, ok, pattern)
	}
}
