package doc

// Dict is a map of the file whose keys are names that the policy owner chooses, in the order of the file.
type Dict[T any] []Named[T]

// Named is one entry of a Dict.
type Named[T any] struct {
	Name  Text
	Value T
}

// UnmarshalDoc reads a map of names.
func (m *Dict[T]) UnmarshalDoc(n *Node, d *Decoder) {
	if n.Kind != Map {
		d.Fault(Needed(n, "a map of names"))
		return
	}
	*m = make([]Named[T], len(n.Pairs)) // whole, before the values are filled: expressions are remembered by address
	for i, p := range n.Pairs {
		if p.Key.Kind != Scalar {
			d.Errorf(p.Key.Place, "wrong-type", "a name is needed here, not %s", p.Key.Kind)
			continue
		}
		(*m)[i].Name = Text{p.Key.Text, p.Key}
		d.Decode(p.Value, &(*m)[i].Value)
	}
}

// Get returns the value under name, or nil.
func (m Dict[T]) Get(name string) *T {
	for i := range m {
		if m[i].Name.Value == name {
			return &m[i].Value
		}
	}
	return nil
}
