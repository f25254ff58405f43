package display

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTheCaretStandsUnderTheWord(t *testing.T) {
	for _, c := range []struct {
		why        string
		line       string
		col, width int
		want       string
	}{
		{"a word", "  weight: 20", 3, 6, "  ^~~~~~"},
		{"one character", "weight: x", 9, 1, "        ^"},
		{"width unknown", "weight: x", 9, 0, "        ^"},
		{"a word after Chinese text", "title: 年采购额, weigth: 20", 14, 6, "                 ^~~~~~"},
		{"Chinese text itself", "title: 年采购额", 8, 4, "       ^~~~~~~~"},
		{"one wide character", "等级", 2, 1, "  ^~"},
		{"a tab stays a tab", "a:\tbb", 4, 2, "  \t^~"},
		{"an accent of two characters", "e\u0301: x", 5, 1, "   ^"},
		{"right behind the line", "a: b", 5, 1, "    ^"},
		{"far behind the line", "a: b", 50, 3, "    ^"},
		{"longer than the line", "a: bcd", 4, 90, "   ^~~"},
		{"an empty line", "", 1, 1, "^"},
		{"before the line", "abc", 0, 2, "^~"},
		{"as wide as can be", "abc", 2, int(^uint(0) >> 1), " ^~"},
	} {
		assert.Equal(t, c.want, Caret(c.line, c.col, c.width), c.why)
	}
}
