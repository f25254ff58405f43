package yamldoc

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// scalars lists the scalars of a tree, keys too.
func scalars(n *doc.Node) (out []*doc.Node) {
	switch n.Kind {
	case doc.Scalar:
		return []*doc.Node{n}
	case doc.Seq:
		for _, item := range n.Items {
			out = append(out, scalars(item)...)
		}
	case doc.Map:
		for _, p := range n.Pairs {
			out = append(append(out, scalars(p.Key)...), scalars(p.Value)...)
		}
	}
	return out
}

// value returns the last scalar of a file.
func value(t *testing.T, src string) *doc.Node {
	t.Helper()
	n, faults := Parse([]byte(src))
	require.Empty(t, faults)
	all := scalars(n)
	require.NotEmpty(t, all)
	return all[len(all)-1]
}

// TestAWordIsFoundInEveryNotation puts the word oops into a text in each notation, and looks where it is found.
func TestAWordIsFoundInEveryNotation(t *testing.T) {
	for _, c := range []struct{ why, src string }{
		{"plain", "of: a + oops\n"},
		{"plain, first", "of: oops + a\n"},
		{"plain behind Chinese keys", "指标: {标题: 采购额, 公式: 采购额 / oops}\n"},
		{"plain behind emoji", "{\U0001f600: \U0001f600\U0001f600, of: \U0001f600 + oops}\n"},
		{"plain behind tabs", "of:\t\ta +\toops\n"},
		{"plain in the first line of several", "of: a + oops\n  + b\n  + c\n"},
		{"plain in the last line of several", "of: a +\n  b +\n     oops\n"},
		{"plain in a later line, behind Chinese text", "of: 采购额 +\n  往年 + oops +\n  c\n"},
		{"plain behind blank lines", "of: a\n\n\n  b oops\n"},
		{"plain in several lines of brackets", "{of: a +\n b +\noops\n, z: w}\n"},
		{"plain in a list of brackets", "x: [采购额, 金额 + oops]\n"},
		{"plain with a comment behind", "of: a + oops # oops is a comment\n"},
		{"plain at the top", "a +\noops\n"},
		{"plain in a nested list", "- - a: 1\n    b: 采购额 +\n      oops\n"},
		{"plain with CR LF", "of: a +\r\n  oops\r\n"},
		{"plain with CR", "a: b\rof: c +\r  oops\r"},
		{"plain behind a byte order mark", "\ufeffof: oops\n"},
		{"single quotes", "of: 'a + oops'\n"},
		{"single quotes with quotes", "of: 'it''s ''''oops'''\n"},
		{"single quotes in several lines", "of: '采购额 +\n  it''s\n\n  b oops'\n"},
		{"single quotes in brackets", "{of: '采购额', x: 'it''s oops'}\n"},
		{"single quotes, trailing blanks folded", "of: 'a   \n\t  oops'\n"},
		{"double quotes", "of: \"a + oops\"\n"},
		{"double quotes with escapes", `of: "\t\x41\xFf\u4e2d\U0001F600\"\\\e\0\_ oops"` + "\n"},
		{"double quotes in several lines", "of: \"a \\\n    b\n\n   oops c\"\n"},
		{"double quotes with escaped blanks", "of: \"a\n  \\ oops\"\n"},
		{"double quotes and CR LF", "of: \"a \\\r\n  b\r\n  oops\"\r\n"},
		{"double quotes as a key", "\"中文 oops\": {}\n"},
		{"literal", "of: |\n  a\n  采购额 oops\n  b\n"},
		{"literal, more indented", "of: |\n  a\n\n     oops\n  b\n"},
		{"literal with an indicator", "of: |2-\n    oops\n  b\n"},
		{"literal with the greatest indicator", "of: |9\n           a\n         oops\n"},
		{"literal with a comment in the header", "of: |+ # oops\n  a\n  oops\n\n\n"},
		{"literal in a list", "- - |\n    a\n    oops\n"},
		{"literal in a list with an indicator", "- - |1\n    a\n    oops\n"},
		{"literal in the column of its key's dash", "a:\n- |1\n  a\n  oops\n"},
		{"literal at the top", "|\n a\n oops\n"},
		{"literal with leading blank lines", "of: |\n\n\n    oops\n"},
		{"literal with CR LF", "of: |\r\n  a\r\n  oops\r\n"},
		{"literal without a last line break", "of: |\n  a\n  oops"},
		{"literal with tabs", "of: |\n  a\tb\n  \toops\n"},
		{"folded", "of: >\n  a\n  采购额 oops\n  b\n"},
		{"folded with blank lines", "of: >-\n  a\n\n\n  b\n  oops\n"},
		{"folded, more indented", "of: >\n  a\n    b\n    c oops\n  d\n"},
		{"folded behind more indented", "of: >\n  a\n    b\n\n  c\n  oops\n"},
		{"folded with an indicator", "of: >1+\n   b\n a\n oops\n\n"},
		{"folded in a list of maps", "- of: >\n    a\n    oops\n  x: {}\n"},
	} {
		t.Run(c.why, func(t *testing.T) {
			var n *doc.Node
			root, faults := Parse([]byte(c.src))
			require.Empty(t, faults)
			for _, s := range scalars(root) {
				if strings.Contains(s.Text, "oops") {
					n = s
				}
			}
			require.NotNil(t, n)
			before, _, _ := strings.Cut(n.Text, "oops")
			got, ok := n.Within(utf8.RuneCountInString(before), 4)
			assert.True(t, ok)
			line := []rune(n.Source.(*Source).Line(got.Line))
			require.LessOrEqual(t, got.Col+3, len(line))
			assert.Equal(t, "oops", string(line[got.Col-1:got.Col+3]), "%+v", got)
			assert.Equal(t, 4, got.Width)
		})
	}
}

func TestPlacesInATextByHand(t *testing.T) {
	for _, c := range []struct {
		why           string
		src           string
		offset, width int
		want          doc.Place
	}{
		{"the end of a plain text", "of: a + ", 1, 1, doc.Place{Line: 1, Col: 6, Width: 1}},
		{"the end of a quoted text is in front of the quote", "of: 'a +'\n", 3, 1, doc.Place{Line: 1, Col: 9, Width: 1}},
		{"the end of an empty quoted text", "of: ''\n", 0, 1, doc.Place{Line: 1, Col: 6, Width: 1}},
		{"the end of a block is that of its last line", "of: |\n  a +\n", 4, 1, doc.Place{Line: 2, Col: 6, Width: 1}},
		{"also when blank lines are kept", "of: |+\n  a +\n\n", 3, 1, doc.Place{Line: 2, Col: 6, Width: 1}},
		{"the end of an empty block is in its header", "of: |-\n", 0, 1, doc.Place{Line: 1, Col: 7, Width: 1}},
		{"no width is asked for", "of: abc\n", 1, 0, doc.Place{Line: 1, Col: 6}},
		{"a width beyond the text", "of: abc # d\n", 1, 99, doc.Place{Line: 1, Col: 6, Width: 2}},
		{"a width beyond the line", "of: abc\n  def\n", 1, 5, doc.Place{Line: 1, Col: 6, Width: 2}},
		{"a width beyond the line of a block", "of: |\n  abc\n  def\n", 1, 5, doc.Place{Line: 2, Col: 4, Width: 2}},
		{"an escape is as wide as it is written", `of: "a\u4e2db"`, 1, 1, doc.Place{Line: 1, Col: 7, Width: 6}},
		{"two quotes make one", "of: 'a''b'\n", 1, 2, doc.Place{Line: 1, Col: 7, Width: 3}},
		{"the space of a fold is the end of the line", "of: ab  \n  cd\n", 2, 1, doc.Place{Line: 1, Col: 9, Width: 1}},
		{"a line break of a block is the end of the line", "of: |\n  ab\n  cd\n", 2, 1, doc.Place{Line: 2, Col: 5, Width: 1}},
		{"a line break with CR LF, too", "of: |\r\n  ab\r\n  cd\r\n", 2, 1, doc.Place{Line: 2, Col: 5, Width: 1}},
		{"the blank line that became a line break", "of: ab\n\n  cd\n", 2, 1, doc.Place{Line: 2, Col: 1, Width: 1}},
		{"wide characters are one character", "名称: 采购额合计\n", 3, 2, doc.Place{Line: 1, Col: 8, Width: 2}},
	} {
		got, ok := value(t, c.src).Within(c.offset, c.width)
		assert.True(t, ok, c.why)
		assert.Equal(t, c.want, got, c.why)
	}
}

func TestWhatCannotBeLocatedHasThePlaceOfTheWhole(t *testing.T) {
	root, faults := Parse([]byte("a: [b, c]\nd: ~\ne: text\n"))
	require.Empty(t, faults)
	source := root.Source.(*Source)
	text := root.Get("e")
	changed := *text
	changed.Text = "texts"
	moved := *text
	moved.Place.Col++
	for why, c := range map[string]struct {
		n      *doc.Node
		offset int
	}{
		"a map":                {root, 0},
		"a list":               {root.Get("a"), 0},
		"nothing":              {root.Get("d"), 0},
		"in front of a text":   {text, -1},
		"behind its end":       {text, 5},
		"far behind its end":   {text, 1 << 40},
		"another text":         {&changed, 0},
		"another place":        {&moved, 0},
		"a scalar made in Go":  {&doc.Node{Kind: doc.Scalar, Text: "text"}, 0},
		"a bracket as a place": {&doc.Node{Kind: doc.Scalar, Text: "b", Place: root.Get("a").Place}, 0},
	} {
		got, ok := source.Locate(c.n)(c.offset, 1)
		assert.False(t, ok, why)
		assert.Equal(t, c.n.Place, got, why)
	}
	_, ok := source.Locate(nil)(0, 1)
	assert.False(t, ok)
	_, ok = (*Source)(nil).Locate(text)(0, 1)
	assert.False(t, ok)
}

// everyCharacter checks that each character of n's text is found where the file has it.
func everyCharacter(t *testing.T, src string, n *doc.Node) {
	t.Helper()
	lines := splitLines(strings.TrimPrefix(src, byteOrderMark))
	last := doc.Place{Line: 1}
	offset := 0
	for _, r := range n.Text {
		p, ok := n.Within(offset, 1)
		require.True(t, ok, "%q, offset %d of %q", src, offset, n.Text)
		require.False(t, p.Before(last), "%q, offset %d of %q: %v is in front of %v", src, offset, n.Text, p, last)
		line := lines[p.Line-1]
		switch {
		case p.Col-1 == len(line):
			require.Contains(t, " \n", string(r), "%q, offset %d of %q: %v is the end of a line", src, offset, n.Text, p)
		default:
			at := line[p.Col-1]
			if at == '\\' && p.Width > 1 { // an escape
				require.True(t, n.Quoted)
				break
			}
			require.Equal(t, string(r), string(at), "%q, offset %d of %q is at %v", src, offset, n.Text, p)
		}
		last = p
		offset++
	}
	p, ok := n.Within(offset, 1)
	require.True(t, ok)
	require.False(t, p.Before(last))
	_, ok = n.Within(offset+1, 1)
	require.False(t, ok)
}

func splitLines(src string) (lines [][]rune) {
	src = strings.ReplaceAll(strings.ReplaceAll(src, "\r\n", "\n"), "\r", "\n")
	for _, line := range strings.Split(src, "\n") {
		lines = append(lines, []rune(line))
	}
	return lines
}

// TestEveryCharacterIsFoundInEmittedTexts writes random texts in every style with yaml.v3's encoder, nested in maps and
// lists, and looks for every character.
func TestEveryCharacterIsFoundInEmittedTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", "b ", " c", "  ", "\n", "\n\n", "中文", "，", "\U0001f600", "'", "\"", "\\", "# ", ": ", "- ", "{", "]", ",", "\t", "overdue_days > 90 "}
	styles := []yaml.Style{0, yaml.SingleQuotedStyle, yaml.DoubleQuotedStyle, yaml.LiteralStyle, yaml.FoldedStyle}
	found := map[yaml.Style]int{}
	for range 4000 {
		var b strings.Builder
		for range r.IntN(40) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		style := styles[r.IntN(len(styles))]
		n := &yaml.Node{Kind: yaml.ScalarNode, Value: b.String(), Style: style}
		for range r.IntN(4) {
			kind, collection := []yaml.Kind{yaml.MappingNode, yaml.SequenceNode}[r.IntN(2)], yaml.Style(0)
			if r.IntN(3) == 0 {
				collection = yaml.FlowStyle
			}
			parent := &yaml.Node{Kind: kind, Style: collection}
			if kind == yaml.MappingNode {
				parent.Content = append(parent.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: "键"})
			}
			parent.Content = append(parent.Content, n)
			n = parent
		}
		src, err := yaml.Marshal(n)
		require.NoError(t, err)
		text := string(src)
		if r.IntN(4) == 0 && style != yaml.DoubleQuotedStyle {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		root, faults := Parse([]byte(text))
		if root == nil || len(faults) > 0 { // a flow map whose text yaml.v3 itself cannot read again, or a text that is cut
			continue
		}
		for _, s := range scalars(root) {
			everyCharacter(t, text, s)
		}
		found[style]++
	}
	for _, style := range styles {
		assert.Greater(t, found[style], 200, "style %d", style)
	}
}

// FuzzEveryCharacterIsFound looks for every character of every text of any file.
func FuzzEveryCharacterIsFound(f *testing.F) {
	for _, s := range samples {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		root, faults := Parse(src)
		if root == nil || len(faults) > 0 {
			return
		}
		for _, s := range scalars(root) {
			if len(s.Text) < 1000 {
				everyCharacter(t, string(src), s)
			}
		}
	})
}
