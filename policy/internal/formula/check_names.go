package formula

import (
	"sort"
	"strings"
	"unicode"

	"github.com/expr-lang/expr/ast"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// access checks a name, a field or an index.
func (c *checker) access(n ast.Node) Node {
	if root, _, ok := path(n); ok && c.lookup(root) == nil {
		return c.symbol(n)
	}
	switch n := n.(type) {
	case *ast.IdentifierNode:
		at := c.tree.tokenOf(n)
		return c.variable(c.lookup(n.Value), c.place(span{at, at}))
	case *ast.MemberNode:
		return c.member(n)
	}
	return &bad{base{c.place(span{}), badType}}
}

// memberSpan returns the piece of text of n, given that of what stands before the dot or bracket.
func (c *checker) memberSpan(n *ast.MemberNode, x span) span {
	at := c.tree.tokenOf(n)
	if c.tree.tokens[at].is("[") {
		return span{x.first, c.tree.closing(at)}
	}
	return span{x.first, at}
}

// pathSpan returns the piece of text of a dotted name.
func (c *checker) pathSpan(n ast.Node) span {
	n = unwrap(n)
	if m, ok := n.(*ast.MemberNode); ok {
		return c.memberSpan(m, c.tree.group(c.pathSpan(m.Node)))
	}
	at := c.tree.tokenOf(n)
	return span{at, at}
}

// symbol checks a dotted name: as much of it as possible is the name of a Symbol, the rest are fields.
func (c *checker) symbol(n ast.Node) Node {
	n = unwrap(n)
	_, name, _ := path(n)
	if s, ok := c.scope.Symbols[name]; ok {
		if s.Type == nil {
			return &bad{base{c.place(c.pathSpan(n)), badType}} // reported where it is declared
		}
		return &Read{base{c.place(c.pathSpan(n)), s.Type}, s.Slot, name}
	}
	if m, ok := n.(*ast.MemberNode); ok && c.startsSymbol(m.Node) {
		group, _ := cutLast(name)
		s, isSymbol := c.scope.Symbols[group]
		// Beside the grade there is grade.factor, though a grade has no fields.
		if !isSymbol || s.Type == nil || s.Type.Kind == slot.Record || len(c.below(group)) == 0 {
			return c.member(m)
		}
	}
	return c.unknown(n, name)
}

// startsSymbol reports whether n, or the beginning of it, is the name of a Symbol.
func (c *checker) startsSymbol(n ast.Node) bool {
	for {
		n = unwrap(n)
		_, name, ok := path(n)
		if _, found := c.scope.Symbols[name]; ok && found {
			return true
		}
		m, isMember := n.(*ast.MemberNode)
		if !isMember {
			return false
		}
		n = m.Node
	}
}

// unknown reports a name that is none.
func (c *checker) unknown(n ast.Node, name string) Node {
	p := c.place(c.pathSpan(n))
	if c.hyphenated(p, name) {
		return &bad{base{p, badType}}
	}
	under := c.below(name)
	if len(under) > 0 {
		return c.problem(p, "unknown-name", quote(name)+" holds several values: name one of them", doc.Suggest(name, under))
	}
	if w := misspeltValues[name]; w != "" {
		return c.problem(p, "unknown-name", "there is no name "+quote(name), "write `"+w+"`")
	}
	if w := misspelt[name]; w != "" {
		return c.problem(p, "unknown-name", "there is no name "+quote(name), "for the operator write `"+w+"`")
	}
	if _, ok := c.scope.Functions[name]; ok || IsBuiltin(name) || c.scope.Natives[name] != nil {
		return c.problem(p, "unknown-name", quote(name)+" is a function", "write "+c.usage(name))
	}
	if c.scope.gradeIndex(name) >= 0 {
		return c.problem(p, "unknown-name", "there is no name "+quote(name), "for the grade write '"+name+"'")
	}
	names := make([]string, 0, len(c.scope.Symbols))
	for s := range c.scope.Symbols {
		names = append(names, s)
	}
	for _, s := range c.scope.Later {
		if _, known := c.scope.Symbols[s]; !known {
			names = append(names, s)
		}
	}
	for b := c.env; b != nil; b = b.outer {
		if b.name != item {
			names = append(names, b.name)
		}
	}
	if elem := c.lookup(item); elem != nil && elem.typ.Kind == slot.Record && elem.typ.FieldIndex(name) >= 0 {
		return c.problem(p, "unknown-name", "there is no name "+quote(name), "for the field of the item write ."+name)
	}
	return c.problem(p, "unknown-name", "there is no name "+quote(name), c.suggest(name, names))
}

// suggest looks for name among its neighbours behind the same dots, then for one that ends with it, then among all.
func (c *checker) suggest(name string, names []string) string {
	group, _ := cutLast(name)
	if near := c.below(group); group != "" && len(near) > 0 {
		return doc.Suggest(name, near)
	}
	var ends []string
	for _, n := range names {
		if strings.HasSuffix(n, "."+name) {
			ends = append(ends, n)
		}
	}
	if len(ends) == 1 {
		return "did you mean " + quote(ends[0]) + "?"
	}
	hint := doc.Suggest(name, names)
	if doc.Nearest(name, names) == "" && group == "" && strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII }) {
		hint = "for a text write '" + name + "'; " + hint
	}
	return hint
}

// meantText adds to the problem that x, the name n, is unknown, what to write for a text: it is compared with one.
func (c *checker) meantText(n ast.Node, x, other Node) {
	id, ok := unwrap(n).(*ast.IdentifierNode)
	if !ok || !isBad(x) || isBad(other) || other.Type().Kind != slot.String || len(c.problems) == 0 {
		return
	}
	hint := "for the text write '" + id.Value + "'"
	if p := &c.problems[len(c.problems)-1]; p.Code == "unknown-name" && strings.HasSuffix(p.Message, quote(id.Value)) {
		p.Hint = hint + "; " + strings.TrimPrefix(p.Hint, "for a text write '"+id.Value+"'; ")
	}
}

// hyphenated reports a name that goes on behind a hyphen, which the grammar takes for a minus: long-overdue.
func (c *checker) hyphenated(p place, name string) bool {
	for i := p.span.last; i+2 < len(c.tree.tokens); i += 2 {
		minus, word := c.tree.tokens[i+1], c.tree.tokens[i+2]
		if !minus.is("-") || minus.from != c.tree.tokens[i].to || word.from != minus.to {
			break
		}
		name += "-" + word.text
		s, ok := c.scope.Symbols[name]
		if !ok {
			continue
		}
		group, id := cutLast(name)
		hint := "a name has no hyphen"
		if group != "" {
			hint = "write " + group + `["` + id + `"]`
		}
		p = c.place(span{p.span.first, i + 2})
		c.hyphens = append(c.hyphens, p.span)
		if s.Type == nil {
			return true // reported where it is declared
		}
		c.problem(p, "unknown-name", "a name with a hyphen must be quoted", hint)
		return true
	}
	for _, s := range c.hyphens {
		if s.first <= p.span.first && p.span.last <= s.last {
			return true // the tail of one that is reported
		}
	}
	return false
}

func cutLast(name string) (group, id string) {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[:i], name[i+1:]
	}
	return "", name
}

// below returns the Symbols that are one dot below name, sorted.
func (c *checker) below(name string) []string {
	var out []string
	for s := range c.scope.Symbols {
		if rest, ok := strings.CutPrefix(s, name+"."); ok && rest != "" && !strings.Contains(rest, ".") {
			out = append(out, s)
		}
	}
	sort.Strings(out)
	return out
}

// member checks x.field, x["field"], list[i] and record[key].
func (c *checker) member(n *ast.MemberNode) Node {
	if _, name, ok := path(n.Node); ok && c.isGroup(n.Node, name) {
		return c.pickSymbol(n, name)
	}
	x := c.check(n.Node)
	p := c.place(c.memberSpan(n, c.group(x)))
	property := n.Property
	if text, ok := property.(*ast.StringNode); ok && !isBad(x) {
		return c.field(p, x, text.Value, c.tree.tokens[c.tree.tokenOf(n)].is("["))
	}
	key := Node(&bad{base{p, badType}})
	if _, ok := property.(*ast.StringNode); !ok {
		key = c.check(property)
	}
	if isBad(x) || isBad(key) {
		return &bad{base{p, badType}}
	}
	switch x.Type().Kind {
	case slot.List:
		return c.index(p, x, key)
	case slot.Record:
		return c.pickField(p, x, key)
	}
	return c.mismatch(x, "only a list or a record can be followed by [ ]", "")
}

// isGroup reports whether n is no name itself but the beginning of some.
func (c *checker) isGroup(n ast.Node, name string) bool {
	root, _, _ := path(n)
	return c.lookup(root) == nil && !c.startsSymbol(n) && len(c.below(name)) > 0
}

func (c *checker) field(p place, x Node, name string, bracket bool) Node {
	t := x.Type()
	switch {
	case t.Kind == slot.List && !bracket:
		return c.problem(p, "wrong-type", quote(c.placeOf(x).Text())+" is "+phrase(t)+", and a list has no fields",
			"map(list, ."+name+") takes the field of each item")
	case t.Kind == slot.List:
		return c.problem(p, "wrong-type", "the place of an item in a list is a number", "")
	case t.Kind != slot.Record:
		return c.problem(p, "wrong-type", quote(c.placeOf(x).Text())+" is "+phrase(t)+", and has no field "+quote(name), "")
	}
	i := t.FieldIndex(name)
	if i < 0 {
		return c.problem(p, "unknown-field", "there is no field "+quote(name)+" in "+c.owner(x), doc.Suggest(name, fieldNames(t)))
	}
	return c.fold(&Field{base{p, t.Fields[i].Type}, x, i, name, t.Fields[i].Atom})
}

// owner names a record in a message.
func (c *checker) owner(x Node) string {
	if l, ok := x.(*Local); ok && l.Name == item {
		return "the items of this list"
	}
	return quote(c.placeOf(x).Text())
}

func fieldNames(t *slot.Type) []string {
	out := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		out[i] = f.Name
	}
	return out
}

func (c *checker) index(p place, list, i Node) Node {
	i = c.want(i, slot.Number, "the place of an item in a list is a number", "")
	switch {
	case isBad(i):
		return i
	case list.Type().Elem == nil:
		return c.problem(p, "wrong-type", "an empty list has no items", "")
	}
	if v, ok := constant(i); ok && !v.Num.IsInt() {
		return c.problem(c.placeOf(i), "bad-number", "the place of an item is a whole number, the first is 0", "")
	}
	n := &Item{base: base{p, list.Type().Elem}, List: list, Index: i}
	return c.foldOrBlame(n, &n.Atom)
}

// pickField checks record[key] with a computed key.
func (c *checker) pickField(p place, x, key Node) Node {
	t := x.Type()
	n := &Pick{Keys: fieldNames(t)}
	for i, f := range t.Fields {
		n.Choices = append(n.Choices, &Field{base{c.placeOf(x), f.Type}, x, i, f.Name, f.Atom})
	}
	return c.pick(p, n, key)
}

// pickSymbol checks group[key]: the Symbols group.a, group.b are as good as a record.
func (c *checker) pickSymbol(m *ast.MemberNode, group string) Node {
	x := c.pathSpan(m.Node)
	p := c.place(c.memberSpan(m, c.tree.group(x)))
	key := c.check(m.Property)
	if isBad(key) {
		return &bad{base{p, badType}}
	}
	n := &Pick{}
	for _, name := range c.below(group) {
		s := c.scope.Symbols[name]
		if s.Type == nil {
			return &bad{base{p, badType}}
		}
		_, id := cutLast(name)
		n.Keys = append(n.Keys, id)
		n.Choices = append(n.Choices, &Read{base{c.place(x), s.Type}, s.Slot, name})
	}
	return c.pick(p, n, key)
}

func (c *checker) pick(p place, n *Pick, key Node) Node {
	if v, ok := constant(key); ok && key.Type().Kind == slot.String {
		for i, k := range n.Keys {
			if k == v.Str {
				choice := c.fold(n.Choices[i])
				choice.(interface{ move(place) }).move(p)
				return choice
			}
		}
		return c.problem(p, "unknown-field", "there is no field "+quote(v.Str), doc.Suggest(v.Str, n.Keys))
	}
	if key = c.want(key, slot.String, "the name of a field is a string", ""); isBad(key) {
		return key
	}
	if len(n.Choices) == 0 {
		return c.problem(p, "unknown-field", "the record has no fields", "")
	}
	for i := 1; i < len(n.Choices); i++ {
		if a, b := n.Choices[0].Type(), n.Choices[i].Type(); !a.Same(b) {
			return c.problem(p, "wrong-type", "only fields of one type can be chosen by a computed name, but "+quote(n.Keys[0])+" is "+
				phrase(a)+" and "+quote(n.Keys[i])+" is "+phrase(b), "")
		}
	}
	n.base, n.Key = base{p, n.Choices[0].Type()}, key
	n.Atom = c.scope.atom(p)
	return n
}
