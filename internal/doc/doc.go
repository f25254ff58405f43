// Package doc is the form in which a policy file reaches the packages that carry it out: a tree of [Node] values that
// know their line and column, a [Decoder] that fills structs from it by their tags, and the [Fault] that points back
// into the file.
//
// A struct is the single description of a part of the file: its tags name the keys, what they mean and which must be
// there, and from them come the decoder's checks, the messages that list the allowed keys, and the JSON Schema. The
// same struct can be written as a Go literal without any file; its places are then unknown.
package doc

import "fmt"

// Place is a position in a file: line and column from 1, the column counted in characters, and how many characters
// it covers. The zero Place is unknown.
type Place struct {
	Line, Col, Width int
}

// Known reports whether p is a position at all.
func (p Place) Known() bool { return p.Line > 0 }

// Before reports whether p stands before q.
func (p Place) Before(q Place) bool {
	return p.Line < q.Line || p.Line == q.Line && p.Col < q.Col
}

// Kind says what a Node is.
type Kind uint8

// The kinds of node.
const (
	Null   Kind = iota // nothing, null or ~
	Scalar             // Text
	Map                // Pairs
	Seq                // Items
)

func (k Kind) String() string {
	return [...]string{"nothing", "a single value", "a map of keys", "a list"}[k]
}

// Node is a value of the file. Numbers, dates and truth values are still text: who reads them knows what they are.
type Node struct {
	Kind   Kind
	Quoted bool   // Scalar: written in quotes or as a block, so never a number, bool or null
	Text   string // Scalar: the text after unquoting and folding
	Pairs  []Pair // Map: in the order of the file, keys unique
	Items  []*Node
	Place  Place

	// Source finds a place inside the text; nil for nodes made in Go.
	Source Locator
}

// Forget lets go of everything that stands in n. Who remembers a part of it still knows where that stands.
func (n *Node) Forget() {
	for _, p := range n.Pairs {
		p.Key.Forget()
		p.Value.Forget()
	}
	for _, item := range n.Items {
		item.Forget()
	}
	*n = Node{Kind: n.Kind, Place: n.Place}
}

// Pair is a key and its value. The key is a Scalar, or a Seq of them ([a, b]: 1).
type Pair struct {
	Key, Value *Node
}

// Locator finds where the characters of a scalar's text stand in the file.
type Locator interface {
	Locate(n *Node) Finder
}

// Finder finds the place of width characters of a scalar's text, see [Node.Within]. It reads the scalar the first time it is
// asked, and keeps what it read: one goroutine at a time may ask it.
type Finder func(offset, width int) (Place, bool)

// Within returns the place of the width characters at offset (in characters) of a scalar's text, and false when the
// file's notation does not allow to tell; the place is then the scalar's own.
func (n *Node) Within(offset, width int) (Place, bool) { return n.Finder()(offset, width) }

// Finder returns [Node.Within] for one who asks often.
func (n *Node) Finder() Finder {
	switch {
	case n == nil:
		return func(int, int) (Place, bool) { return Place{}, false }
	case n.Source == nil:
		return func(int, int) (Place, bool) { return n.Place, false }
	}
	return n.Source.Locate(n)
}

// Get returns the value of key in a Map, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, p := range n.Pairs {
		if p.Key.Kind == Scalar && p.Key.Text == key {
			return p.Value
		}
	}
	return nil
}

// Text is a string of the file that knows where it stands.
type Text struct {
	Value string
	Node  *Node // nil when made in Go
}

// Place returns where t stands.
func (t Text) Place() Place {
	if t.Node == nil {
		return Place{}
	}
	return t.Node.Place
}

// String returns the text itself.
func (t Text) String() string { return t.Value }

// At is embedded in a struct that is filled from a map of the file; it remembers the map, and so the place of each key.
type At struct{ node *Node }

// Node returns the map that the struct was filled from, nil when it was made in Go.
func (a At) Node() *Node { return a.node }

// Place returns where the map begins.
func (a At) Place() Place {
	if a.node == nil {
		return Place{}
	}
	return a.node.Place
}

// Has reports whether key stands in the map, whatever could be made of its value.
func (a At) Has(key string) bool { return a.node.Get(key) != nil }

// Of returns the place of the value of key, or of the whole map where the key is absent.
func (a At) Of(key string) Place {
	if v := a.node.Get(key); v != nil {
		return v.Place
	}
	return a.Place()
}

// Item returns the place of item i of the list under key, or of what stands there instead.
func (a At) Item(key string, i int) Place {
	if v := a.node.Get(key); v != nil && i < len(v.Items) {
		return v.Items[i].Place
	}
	return a.Of(key)
}

// Key returns the place of key itself, or of the whole map where the key is absent.
func (a At) Key(key string) Place {
	if a.node != nil {
		for _, p := range a.node.Pairs {
			if p.Key.Kind == Scalar && p.Key.Text == key {
				return p.Key.Place
			}
		}
	}
	return a.Place()
}

func (a *At) setNode(n *Node) { a.node = n }

// Severity says how bad a Fault is.
type Severity uint8

// The severities. A policy with an Error is not loaded.
const (
	Error Severity = iota
	Warning
	Note
)

func (s Severity) String() string { return [...]string{"error", "warning", "note"}[s] }

// Fault is something wrong with a policy, and where.
type Fault struct {
	Place    Place
	Severity Severity
	Code     string // stable, e.g. "unknown-key"
	Message  string
	Hint     string // the remedy; may be empty
	Related  []Related
}

// Related is another place that has to do with a Fault.
type Related struct {
	Place   Place
	Message string
}

// Errorf returns a Fault that is an error at p.
func Errorf(p Place, code, format string, args ...any) Fault {
	return Fault{Place: p, Code: code, Message: fmt.Sprintf(format, args...)}
}

// Warnf returns a Fault that is a warning at p.
func Warnf(p Place, code, format string, args ...any) Fault {
	return Fault{Place: p, Severity: Warning, Code: code, Message: fmt.Sprintf(format, args...)}
}

// WithHint returns f with the remedy.
func (f Fault) WithHint(format string, args ...any) Fault {
	f.Hint = fmt.Sprintf(format, args...)
	return f
}

// See returns f with another place that has to do with it, where that is known.
func (f Fault) See(p Place, message string) Fault {
	if p.Known() {
		f.Related = append(f.Related, Related{p, message})
	}
	return f
}
