package program

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/table"
)

// results reads what the rows give, and finds the type of the table.
func (t *tableLinker) results() {
	hit := t.table.Hit
	if hit == table.Count {
		t.counts()
		return
	}
	for i := range t.decl.Rows {
		t.hasResult(i)
	}
	typ := t.resultType()
	if typ == nil {
		t.failed = true
		return
	}
	for i := range t.decl.Rows {
		row := &t.table.Rows[i]
		if n := t.decl.Rows[i].Is; n != nil {
			row.Is, _ = t.result(n, typ)
		} else if prog := t.programs[&t.decl.Rows[i].Of]; prog != nil && !prog.Type.Same(typ) {
			t.Errorf(row.OfPlace, "wrong-type", "the rows of %s give a %s, but this one a %s", t.name, typ, prog.Type)
		}
	}
	t.otherwise(typ)
	t.order(typ)
	if hit.Numeric() && typ.Kind != slot.Number {
		t.Errorf(t.decl.At.Of("hit"), "wrong-type", "`%s` calculates with numbers, but the rows of %s give a %s", hit, t.name, typ)
	}
	t.out.Type = typ
	if hit.Listing() {
		t.out.Type = slot.ListOf(typ)
		return
	}
}

// counts sees to a table that counts its rows, which have no results.
func (t *tableLinker) counts() {
	for i := range t.decl.Rows {
		if decl := &t.decl.Rows[i]; decl.Node() != nil {
			for _, key := range []string{"is", "of"} {
				if decl.Node().Get(key) != nil {
					t.Errorf(decl.Key(key), "wrong-key", "the rows of %s are counted: they have no result", t.name)
				}
			}
		}
	}
	for _, key := range []string{"otherwise", "order"} {
		if t.decl.Node().Get(key) != nil {
			t.Errorf(t.decl.Key(key), "wrong-key", "`%s` means nothing where rows are counted", key)
		}
	}
	if d := t.decl.Type; d != "" && d != slot.Number.String() {
		t.Errorf(t.decl.At.Of("type"), "wrong-type", "the count of rows is a number, not a %s", d)
	}
	t.out.Type = slot.NumberType
}

// hasResult reports row i unless it has one result.
func (t *tableLinker) hasResult(i int) {
	decl := &t.decl.Rows[i]
	n := decl.Node()
	switch {
	case n == nil || n.Kind != doc.Map: // reported by the decoder
		t.failed = true
	case n.Get("is") != nil && n.Get("of") != nil:
		t.Errorf(decl.Key("of"), "too-many-keys", "a row has one result, `is` or `of`")
	case n.Get("is") == nil && n.Get("of") == nil:
		t.Fault(doc.Errorf(n.Place, "missing-key", "this row of %s has no result", t.name).
			WithHint("add `is: ` and a value, or `of: ` and an expression"))
	case n.Get("of") != nil && t.table.Hit.Ordered():
		t.Fault(doc.Errorf(decl.Key("of"), "wrong-key", "with `hit: %s` every row says its result by `is`", t.table.Hit).
			WithHint("an expression has no place in the order"))
	}
}

// literals returns the nodes of all results that are known, those of the rows first.
func (t *tableLinker) literals() (out []*doc.Node) {
	for i := range t.decl.Rows {
		if n := t.decl.Rows[i].Is; n != nil {
			out = append(out, n)
		}
	}
	if t.decl.Otherwise != nil {
		out = append(out, t.decl.Otherwise)
	}
	return out
}

// resultType returns what a row gives: what the policy says, or what an expression yields, or what the first known result
// is. Nil: something was reported.
func (t *tableLinker) resultType() *slot.Type {
	literals := t.literals()
	if len(literals) > 0 && literals[0].Kind == doc.Map {
		return t.recordType(literals)
	}
	if typ := typesByName[t.decl.Type]; typ != nil {
		if typ.Kind == slot.Grade && t.file.Grade == nil {
			t.Errorf(t.decl.At.Of("type"), "wrong-type", "%s is a grade, but the policy has no section `grade`", t.name)
			return nil
		}
		return typ
	}
	for i := range t.decl.Rows {
		if prog := t.programs[&t.decl.Rows[i].Of]; prog != nil {
			return prog.Type
		}
	}
	return t.sameKind(literals, t.name)
}

// sameKind returns the type of literals, which must be of one kind; what names them in messages.
func (t *tableLinker) sameKind(literals []*doc.Node, what string) (typ *slot.Type) {
	var first *doc.Node
	for _, n := range literals {
		k := kindOf(n)
		switch {
		case n.Kind != doc.Scalar:
			t.notLiteral(n)
		case first == nil:
			first, typ = n, &slot.Type{Kind: k}
		case k != typ.Kind:
			t.Fault(doc.Errorf(n.Place, "wrong-type", "%s is a %s here, but a %s before", what, k, typ).
				WithHint("say `type: string` where all of them are texts, or put texts in quotes").See(first.Place, "here it is a "+typ.String()))
			return nil
		}
	}
	return typ
}

func (t *tableLinker) notLiteral(n *doc.Node) {
	if n.Kind == doc.Map {
		t.Errorf(n.Place, "wrong-type", "this is a map, but other results of %s are a single value", t.name)
		return
	}
	t.Fault(doc.Errorf(n.Place, "wrong-type", "a result is a value or a map of names to values, not %s", n.Kind).
		WithHint("leave the name out where a row has no value for it"))
}

// kindOf returns what a value looks like: a number, true or false, a date, or else a text.
func kindOf(n *doc.Node) slot.Kind {
	if n.Quoted {
		return slot.String
	}
	if n.Text == "true" || n.Text == "false" {
		return slot.Bool
	}
	if _, err := exact.Parse(n.Text); err == nil {
		return slot.Number
	}
	if _, err := slot.ParseDay(n.Text); err == nil {
		return slot.Date
	}
	return slot.String
}

// recordType returns the type of results that are maps: the names of all of them, each of one type.
func (t *tableLinker) recordType(literals []*doc.Node) *slot.Type {
	before := len(t.Faults)
	if t.decl.Type != "" {
		t.Errorf(t.decl.Key("type"), "wrong-key", "`type` is for results that are a single value")
	}
	for i := range t.decl.Rows {
		if of := &t.decl.Rows[i].Of; of.Source.Node != nil {
			t.Errorf(of.Place(), "wrong-type", "other rows of %s give several values, but an expression gives one", t.name)
		}
	}
	if t.table.Hit.Ordered() || t.table.Hit.Numeric() {
		t.Fault(doc.Errorf(t.decl.At.Of("hit"), "wrong-type", "`%s` needs results of a single value", t.table.Hit).
			WithHint("make a table of each"))
	}
	fields := map[string][]*doc.Node{}
	var names []string
	for _, n := range literals {
		if n.Kind != doc.Map || len(n.Pairs) == 0 {
			t.Fault(doc.Errorf(n.Place, "wrong-type", "this is no map of names to values, but other results of %s are", t.name).
				See(literals[0].Place, "such as this one"))
			continue
		}
		for _, p := range n.Pairs {
			name := p.Key.Text
			switch {
			case !isIdentifier(name):
				t.Fault(doc.Errorf(p.Key.Place, "bad-name", "%q cannot be the name of a result", name).
					WithHint("use letters (Chinese too), digits and _, not beginning with a digit"))
				continue
			case fields[name] == nil:
				names = append(names, name)
			}
			fields[name] = append(fields[name], p.Value)
		}
	}
	typ := &slot.Type{Kind: slot.Record}
	for _, name := range names {
		full := t.name + "." + name
		if ft := t.sameKind(fields[name], full); ft != nil {
			atom := t.atom(Atom{Kind: NoRow, Name: full, Place: t.table.Place})
			typ.Fields = append(typ.Fields, slot.Field{Name: name, Type: ft, Atom: atom})
		}
	}
	if len(t.Faults) > before {
		return nil
	}
	return typ
}

// result reads a result of the type. A name that a map does not have is missing in it.
func (t *tableLinker) result(n *doc.Node, typ *slot.Type) (v slot.Value, ok bool) {
	if typ.Kind != slot.Record {
		if n.Kind != doc.Scalar {
			t.notLiteral(n)
			return v, false
		}
		if typ.Kind == slot.String && !n.Quoted && t.decl.Type == "" {
			if k := kindOf(n); k != slot.String {
				t.Fault(doc.Errorf(n.Place, "wrong-type", "this is a %s, but other results of %s are texts", k, t.name).
					WithHint("put it in quotes if it is a text"))
				return v, false
			}
			// 1,5 or 08 or +3 would pass as texts, and what is compared with them never be equal.
			if spoiltNumber(n.Text) {
				t.Fault(doc.Errorf(n.Place, "bad-number", "%s is not a number", n.Text).WithHint("put it in quotes if it is a text"))
				return v, false
			}
		}
		return t.literal(n, typ)
	}
	fields := make([]slot.Value, len(typ.Fields))
	ok = true
	for i, f := range typ.Fields {
		if value := n.Get(f.Name); value != nil {
			var good bool
			fields[i], good = t.result(value, f.Type)
			ok = ok && good
		}
	}
	return slot.Fields(fields), ok
}

// spoiltNumber reports whether a text was likely meant to be a number.
func spoiltNumber(s string) bool {
	const digits = "0123456789"
	return strings.ContainsAny(s, digits) && strings.Trim(s, digits+".,+-_eE") == ""
}

// otherwise reads what there is where no row holds.
func (t *tableLinker) otherwise(typ *slot.Type) {
	n := t.decl.Otherwise
	if n == nil {
		return
	}
	if t.table.Hit.Listing() {
		t.Errorf(t.decl.Key("otherwise"), "wrong-key", "where no row holds, `%s` gives an empty list", t.table.Hit)
		return
	}
	if v, ok := t.result(n, typ); ok {
		t.table.Otherwise = &v
	}
}

// order reads the order of the results, in which each must stand once.
func (t *tableLinker) order(typ *slot.Type) {
	given := t.decl.Node().Get("order") != nil
	switch {
	case !t.table.Hit.Ordered():
		if given {
			t.Errorf(t.decl.Key("order"), "wrong-key", "`order` is for `hit: priority` and `hit: output_order`")
		}
		return
	case !given:
		t.Fault(doc.Errorf(t.decl.At.Of("hit"), "missing-key", "`hit: %s` needs the results in their `order`", t.table.Hit).
			WithHint("add order: [FIRST, SECOND], the one that stands first wins"))
		return
	}
	var names []string
	for _, n := range t.decl.Order {
		v, ok := t.literal(n, typ)
		if !ok {
			continue
		}
		if rank(t.table.Order, &v) >= 0 {
			t.Errorf(n.Place, "duplicate-key", "%s stands in the order already", n.Text)
			continue
		}
		t.table.Order = append(t.table.Order, v)
		names = append(names, n.Text)
	}
	for i := range t.table.Rows {
		is := t.decl.Rows[i].Is
		if v := &t.table.Rows[i].Is; is != nil && v.Kind != slot.Missing && rank(t.table.Order, v) < 0 {
			t.Fault(doc.Errorf(is.Place, "bad-choice", "%s does not stand in the order", is.Text).
				WithHint("%s", doc.Suggest(is.Text, names)))
		}
	}
}

// rank returns where v stands in order, or -1.
func rank(order []slot.Value, v *slot.Value) int {
	for i := range order {
		if order[i].Equal(*v) {
			return i
		}
	}
	return -1
}
