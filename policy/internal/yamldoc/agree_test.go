package yamldoc

import (
	"io"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/stretchr/testify/require"
)

// written is a scalar as both the scan and yaml.v3 see it.
type written struct {
	Line, Col int
	Text      string
	Quoted    bool
}

// flatten lists the scalars of a tree of yaml.v3 in the order of the file, and says what in it is refused.
type flatten struct {
	scalars []written
	refused map[string]bool
	depth   int
}

func (f *flatten) node(n *yaml.Node, depth int) {
	if n.Anchor != "" {
		f.refused["yaml-anchor"] = true
	}
	if n.Style&yaml.TaggedStyle != 0 {
		f.refused["yaml-tag"] = true
	}
	switch n.Kind {
	case yaml.AliasNode:
		f.refused["yaml-alias"] = true
	case yaml.ScalarNode:
		quoted := n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
		if quoted || n.Value != "" {
			f.scalars = append(f.scalars, written{n.Line, n.Column, n.Value, quoted})
		}
	default:
		f.depth = max(f.depth, depth)
	}
	for _, c := range n.Content {
		f.node(c, depth+1)
	}
}

// agree checks that the scan sees what yaml.v3 sees.
func agree(t *testing.T, src []byte) {
	t.Helper()
	if !checkBytes(src, &faults{}) {
		return
	}
	text := withoutMark(src)
	root, err := readYAML(text, true)
	if err != nil {
		return
	}
	f := flatten{refused: map[string]bool{}}
	f.node(root, 1)
	s := scan(text)
	scanned := map[string]bool{}
	for _, r := range s.refused.list {
		scanned[r.Code] = true
	}
	if s.tooDeep {
		if followed(text) {
			return
		}
		require.Greater(t, f.depth, MaxDepth, "%q", text)
		return
	}
	for code := range f.refused {
		require.Contains(t, scanned, code, "%q", text)
	}
	for _, code := range []string{"yaml-alias", "yaml-anchor"} {
		if scanned[code] && !followed(text) {
			require.Contains(t, f.refused, code, "%q", text)
		}
	}
	if !scanned["yaml-directive"] && !scanned["yaml-tag"] {
		wrong := len(s.syntax.list) > 0 && s.syntax.list[0].Code != "yaml-tab"                    // a tab in front of a comment may pass
		if !followed(text) && !(strings.Contains(text, "?") && strings.ContainsAny(text, "[{")) { // yaml.v3 swallows the comma in [?, a]
			require.False(t, s.more || wrong, "%q %v", text, s.syntax.list)
		}
	}
	if len(f.refused) > 0 || scanned["yaml-tag"] || followed(text) {
		return // the place of a node with a tag or an anchor is that of these, and what follows is not in the tree
	}
	var scalars []written
	for _, k := range s.tokens {
		if k.scalar() {
			scalars = append(scalars, written{int(k.line) + 1, int(k.col) + 1, string(k.decode(text).text), k.style != plainStyle})
		}
	}
	require.Equal(t, f.scalars, scalars, "%q", text)
}

// followed reports whether yaml.v3 finds more behind the first document.
func followed(text string) (more bool) {
	defer func() {
		if recover() != nil {
			more = true
		}
	}()
	d := yaml.NewDecoder(strings.NewReader(text))
	var first, next yaml.Node
	return d.Decode(&first) == nil && d.Decode(&next) != io.EOF
}

func FuzzScanAgreesWithYAMLv3(f *testing.F) {
	for _, s := range samples {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) { agree(t, src) })
}
