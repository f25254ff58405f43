package formula

import "github.com/tallystick-go/tallystick/internal/slot"

// Node is a part of a compiled expression. The concrete types are those of this file; all are pointers.
type Node interface {
	// Type returns what the part yields.
	Type() *slot.Type
	// Span returns where the part stands in the expression, in characters; inside a function of the policy's, where the
	// call of that function stands.
	Span() (offset, width int)
	// Text returns the part as written.
	Text() string
	// Children returns the parts it is computed from, in the order in which they are computed.
	Children() []Node
}

// place says where a Node stands. It does without the Tree, which is not kept.
type place struct {
	text        string // as written
	from, width int    // in characters
	span        span
	call        *place // where the function was called whose body it is in; nil outside of functions
}

// Span implements Node.
func (p place) Span() (offset, width int) {
	for p.call != nil {
		p = *p.call
	}
	return p.from, p.width
}

// Text implements Node.
func (p place) Text() string { return p.text }

// base is what all nodes have.
type base struct {
	place
	typ *slot.Type
}

// Type implements Node.
func (b *base) Type() *slot.Type { return b.typ }

func (b *base) at() place { return b.place }

func (b *base) move(p place) { b.place = p }

// Const is a value that is known from the text: a literal, or what follows from literals.
type Const struct {
	base
	Value slot.Value
}

// Read is an input, a value or a result, by the slot that holds it.
type Read struct {
	base
	Slot int
	Name string
}

// Local is a let variable, a parameter, or the item of a list that a condition looks at.
type Local struct {
	base
	Slot int
	Name string // "#" for an item
}

// Unary is a sign or a negation: OpNeg, OpNot.
type Unary struct {
	base
	Op Op
	X  Node
}

// Binary is an operator with two sides. A comparison a < b <= c is two of them joined by OpAnd.
type Binary struct {
	base
	Op   Op
	X, Y Node
	Atom int // what is blamed when it is undefined, -1 when it never is

	ladder int64 // how many grades have an order, where grades are compared
	loop   bool  // done for each item of a list
}

// Cond is If ? Then : Else.
type Cond struct {
	base
	If, Then, Else Node
}

// Let computes Value once, keeps it in Slot, and yields Body. Calls of the policy's functions are Lets too.
type Let struct {
	base
	Slot  int
	Name  string
	Value Node
	Body  Node
}

// Field is a field of a record, by its index in the record's type.
type Field struct {
	base
	X     Node
	Index int
	Name  string
	Atom  int // of the field's declaration
}

// Item is an item of a list: from 0, or from the end for a negative index.
type Item struct {
	base
	List, Index Node
	Atom        int
}

// Pick is the field of a record, or the one of several names with the same beginning, whose name is computed.
type Pick struct {
	base
	Key     Node
	Keys    []string
	Choices []Node // beside Keys: each a Field or a Read
	Atom    int
}

// Array is a list written in the text.
type Array struct {
	base
	Items []Node
}

// Range is the whole numbers from From to To, both included.
type Range struct {
	base
	From, To Node
}

// Call is a built-in function.
type Call struct {
	base
	Name string
	Args []Node
	Atom int // what is blamed when it is undefined, -1 when it never is
}

// Each is a built-in function that looks at the items of a list in turn: all, any, none, one, count, filter, map, sum, find.
type Each struct {
	base
	Name string
	List Node
	Item int // the slot that holds the item at hand
	Body Node
	Atom int
}

// NativeCall is a call of an embedder's function.
type NativeCall struct {
	base
	Name   string
	Native *Native
	Args   []Node
	Atom   int
	grades int // how many grades there are
}

// bad stands for a part that was reported; whatever is built on it stays silent.
type bad struct{ base }

var badType = &slot.Type{Kind: slot.Missing}

func isBad(n Node) bool { return n.Type() == badType }

// Children implements Node.
func (n *Const) Children() []Node { return nil }

// Children implements Node.
func (n *Read) Children() []Node { return nil }

// Children implements Node.
func (n *Local) Children() []Node { return nil }

// Children implements Node.
func (n *Unary) Children() []Node { return []Node{n.X} }

// Children implements Node.
func (n *Binary) Children() []Node { return []Node{n.X, n.Y} }

// Children implements Node.
func (n *Cond) Children() []Node { return []Node{n.If, n.Then, n.Else} }

// Children implements Node.
func (n *Let) Children() []Node { return []Node{n.Value, n.Body} }

// Children implements Node.
func (n *Field) Children() []Node { return []Node{n.X} }

// Children implements Node.
func (n *Item) Children() []Node { return []Node{n.List, n.Index} }

// Children implements Node.
func (n *Pick) Children() []Node { return append([]Node{n.Key}, n.Choices...) }

// Children implements Node.
func (n *Array) Children() []Node { return n.Items }

// Children implements Node.
func (n *Range) Children() []Node { return []Node{n.From, n.To} }

// Children implements Node.
func (n *Call) Children() []Node { return n.Args }

// Children implements Node.
func (n *Each) Children() []Node { return []Node{n.List, n.Body} }

// Children implements Node.
func (n *NativeCall) Children() []Node { return n.Args }

// Children implements Node.
func (n *bad) Children() []Node { return nil }

// size counts the nodes of n.
func size(n Node) int {
	total := 1
	for _, c := range n.Children() {
		total += size(c)
	}
	return total
}

// constant returns the value of n when it is a Const.
func constant(n Node) (slot.Value, bool) {
	if c, ok := n.(*Const); ok {
		return c.Value, true
	}
	return slot.Value{}, false
}
