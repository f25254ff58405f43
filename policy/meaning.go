package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
)

// meaningOf returns a digest of the tree under n: what it says, not how it is laid out. A plain scalar that is a number
// counts by its value, so that 1_000 and 1000 mean the same.
func meaningOf(n *doc.Node) string {
	h := sha256.New()
	write(h, n)
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}

// write writes n so that different trees are written differently: each part begins with what it is and how long.
func write(h hash.Hash, n *doc.Node) {
	switch n.Kind {
	case doc.Null:
		fmt.Fprint(h, "null;")
	case doc.Scalar:
		if x, err := exact.Parse(n.Text); err == nil && !n.Quoted {
			fmt.Fprintf(h, "number %s;", x.Fraction())
			return
		}
		fmt.Fprintf(h, "text %d %s;", len(n.Text), n.Text)
	case doc.Map:
		fmt.Fprintf(h, "map %d;", len(n.Pairs))
		for _, p := range n.Pairs {
			write(h, p.Key)
			write(h, p.Value)
		}
	case doc.Seq:
		fmt.Fprintf(h, "list %d;", len(n.Items))
		for _, item := range n.Items {
			write(h, item)
		}
	}
}
