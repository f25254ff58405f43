package yamldoc

import "github.com/tallystick-go/tallystick/internal/doc"

const (
	// MaxSize is how many bytes a file may have.
	MaxSize = 1 << 20
	// MaxDepth is how many maps and lists may stand inside of each other.
	MaxDepth = 64
)

// Parse reads the one YAML document in src. The faults are sorted by place. The node is nil when nothing could be read;
// when there are faults and a node, what the faults are about has been left out or is Null, so that a reader can look for
// further ones. Every node has a *Source as its Source.
//
// The Place of a scalar is as wide as what is written of it in its first line, quotes included; that of a list or map in
// brackets reaches to the closing one if it stands in the same line. A map without brackets has the Place of its first
// key, a list that of its first dash, and nothing, where nothing is written, a width of 0.
func Parse(src []byte) (*doc.Node, []doc.Fault) {
	fs := &faults{}
	if !checkBytes(src, fs) {
		return nil, fs.sorted()
	}
	source := NewSource(src)
	s := scan(source.text)
	source.tokens, source.comments = s.tokens, s.comments
	fs.addAll(&s.refused)
	if s.tooDeep {
		return nil, fs.sorted()
	}
	if !s.started {
		if len(fs.list) == 0 {
			fs.add(emptyFile())
		}
		return nil, fs.sorted()
	}
	root, err := readYAML(source.text, s.more)
	if err != nil {
		fs.addAll(&s.syntax)
		if len(fs.list) == 0 {
			fs.add(explain(err, source))
		}
		return nil, fs.sorted()
	}
	c := converter{source: source, faults: fs}
	node := c.node(root, 0)
	if node.Kind == doc.Null && len(fs.list) == 0 {
		fs.add(emptyFile())
	}
	if node.Kind == doc.Null {
		node = nil
	}
	return node, fs.sorted()
}

func emptyFile() doc.Fault {
	return doc.Errorf(top, "empty-file", "the file is empty").
		WithHint("begin it with `policy: NAME`")
}
