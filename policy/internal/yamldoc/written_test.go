package yamldoc

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
)

func TestHowThingsAreWritten(t *testing.T) {
	src := "# 头\na: [1,  '2']   # one\nb: |2- # two\n    x\n\n   y\n\n# three\nc:\n  - >+\n    z\n\n  -\nd: ~\ne:\n"
	root, faults := Parse([]byte(src))
	require.Empty(t, faults)
	s := root.Source.(*Source)
	require.Equal(t, src, s.Text())
	written := func(n *doc.Node) Written { return s.Written(n) }
	text := func(n *doc.Node) string { w := written(n); return src[w.From:w.To] }

	list := root.Get("a")
	assert.Equal(t, Brackets, written(list).Style)
	assert.Equal(t, "[1,  '2']", text(list))
	assert.Equal(t, Plain, written(list.Items[0]).Style)
	assert.Equal(t, "'2'", text(list.Items[1]))

	block := written(root.Get("b"))
	assert.Equal(t, Block, block.Style)
	assert.Equal(t, "|2-", block.Header)
	assert.Equal(t, []string{"  x", "", " y"}, block.Lines, "deeper lines keep what is beyond the indentation")
	assert.False(t, block.Open)

	assert.Equal(t, Written{}, written(root.Get("c")), "a list without brackets has no text of its own")
	assert.Equal(t, []string{"z", ""}, written(root.Get("c").Items[0]).Lines, "blank lines that belong to the text are among its lines")
	assert.Equal(t, Written{}, written(root.Get("c").Items[1]), "nothing is written there")
	assert.Equal(t, "~", text(root.Get("d")))
	assert.Equal(t, Written{}, written(root.Get("e")))
	assert.Equal(t, Written{}, written(root), "what begins where the file does is its first key")

	require.Equal(t, []Comment{
		{Text: "# 头", Off: 0, Line: 1, Alone: true},
		{Text: "# one", Off: 21, Line: 2},
		{Text: "# two", Off: 34, Line: 3},
		{Text: "# three", Off: 53, Line: 8, Alone: true},
	}, s.Comments())
	assert.Equal(t, 3, s.LineOf(34))
	assert.Equal(t, 27, s.Off(doc.Place{Line: 3, Col: 1}))
	assert.Equal(t, 21, s.Off(doc.Place{Line: 2, Col: 16}))
	assert.True(t, s.Blank(5))
	assert.True(t, s.Blank(99))
	assert.False(t, s.Blank(4))
}

func TestABlockTextAtTheEndIsOpen(t *testing.T) {
	for src, open := range map[string]bool{"a: |\n  x": true, "a: |\n  x\n": false} {
		root, faults := Parse([]byte(src))
		require.Empty(t, faults)
		require.Equal(t, open, root.Source.(*Source).Written(root.Get("a")).Open, "%q", src)
	}
}
