package display

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMarkdownTablesLineUpWithChineseCells(t *testing.T) {
	table := NewTable("客户", "limit").Right(1)
	table.Row("华北矿业", "3,600,000")
	table.Row("a|b")
	assert.Equal(t, `| 客户     |     limit |
| -------- | --------: |
| 华北矿业 | 3,600,000 |
| a\|b     |           |
`, table.Markdown())
}

func TestMarkdownShowsTextUnchanged(t *testing.T) {
	assert.Equal(t, `a\*b\_c \[1\] \<x> \~ \\`, MarkdownText(`a*b_c [1] <x> ~ \`))
	assert.Equal(t, "sales in `a * b_c` of", MarkdownText("sales in `a * b_c` of"))
	assert.Equal(t, "`a \\| b`", MarkdownText("`a | b`"), "a bar would end the cell")
	assert.Equal(t, "one \\` \\*", MarkdownText("one ` *"))
	assert.Equal(t, "\\`\\`\\`\\<b>\\`", MarkdownText("```<b>`"), "Markdown finds no code here, and would take the rest for HTML")
	assert.Equal(t, "two⏎lines", MarkdownText("two\nlines"))
}
