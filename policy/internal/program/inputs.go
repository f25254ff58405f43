package program

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/policy/internal/record"
)

// Names that mean something of their own in every policy.
const (
	asOfName      = "as_of"
	scoreName     = "score"
	pointsName    = "points"
	gradeName     = "grade"
	limitName     = "limit"
	exposureName  = "exposure"
	availableName = "available"
	overrideName  = "override"
)

var reserved = []string{asOfName, scoreName, pointsName, gradeName, limitName, exposureName, availableName, overrideName}

// keywords belong to the expressions.
var keywords = []string{"and", "or", "not", "in", "let", "if", "else", "true", "false", "nil", "matches", "contains", "startsWith", "endsWith", "has"}

// inputs declares a slot and an atom for every input of the file.
func (l *linker) inputs() {
	l.program.Inputs = make([]record.Input, 0, len(l.file.Inputs))
	for i := range l.file.Inputs {
		in := &l.file.Inputs[i]
		if !l.claim(in.Name, "input", true) {
			continue
		}
		r, ok := l.declared(&in.Value, in.Name.Value, in.Name.Place())
		if !ok {
			l.poison(in.Name.Value)
			continue
		}
		l.addInput(r)
	}
	l.byHand()
}

// addInput gives in its slot and its atom.
func (l *linker) addInput(in record.Input) {
	in.Atom = l.atom(Atom{Kind: Absent, Name: in.Name})
	l.program.Inputs = append(l.program.Inputs, in)
	l.define(in.Name, in.Type)
}

// declared makes the record's rules for one input, or a part of one, from its declaration at place; name is its full name,
// from the input on. ok is false where it has no type, which was reported.
func (l *linker) declared(decl *model.Input, name string, place doc.Place) (r record.Input, ok bool) {
	r = record.Input{
		Name: name, From: decl.From.Value, Required: decl.Required,
		Above: decl.Above, Below: decl.Below, Decimals: decl.Decimals,
	}
	if !l.inputType(decl, &r) {
		return r, false
	}
	t := r.Type
	if t.Kind != slot.Number {
		for _, key := range []string{"above", "below", "decimals", "ranges"} {
			if decl.Node().Get(key) != nil {
				l.Fault(doc.Errorf(decl.Key(key), "wrong-key", "`%s` is for numbers, but %s is a %s", key, r.Name, t).WithHint("leave it out, or write `type: number`"))
			}
		}
	}
	if decl.Decimals != nil && (*decl.Decimals < 0 || *decl.Decimals > 12) {
		l.Errorf(decl.Of("decimals"), "bad-number", "decimals must be between 0 and 12")
	}
	r.Min, r.MinDate = l.bound(decl.Min, "min", t)
	r.Max, r.MaxDate = l.bound(decl.Max, "max", t)
	low, high := r.Min, r.Max
	if r.Above != nil {
		low = r.Above
	}
	if r.Below != nil {
		high = r.Below
	}
	if low != nil && high != nil && high.Less(*low) || r.MinDate != nil && r.MaxDate != nil && *r.MaxDate < *r.MinDate {
		l.Fault(doc.Errorf(place, "empty-range", "no value of %s can be right: its lower bound is above its upper bound", r.Name).WithHint("exchange the two, or correct one of them"))
	}
	for _, x := range decl.Ranges {
		if x.Max.Less(x.Min) {
			l.Errorf(x.Place(), "empty-range", "no value lies from %s to %s", x.Min, x.Max)
			continue
		}
		r.Ranges = append(r.Ranges, record.Range{Min: x.Min, Max: x.Max})
	}
	for _, n := range decl.OneOf {
		if l.wideComma(n) {
			continue
		}
		if v, ok := l.literal(n, t); ok {
			r.OneOf = append(r.OneOf, v)
		}
	}
	return r, true
}

// partOf makes the rules for a part of an input: an item of a list, a field of a record.
func (l *linker) partOf(decl *model.Input, name string, place doc.Place) (r record.Input, ok bool) {
	if decl.From.Value != "" {
		l.Fault(doc.Errorf(decl.Key("from"), "wrong-key", "%s has no other name in the record: `from` is for inputs, not for parts of them", name).
			WithHint("name the field as the record does"))
	}
	if r, ok = l.declared(decl, name, place); !ok {
		return r, false
	}
	if can := rangeOfInput(&r, l.grades); can.Empty() {
		l.emptyRange(decl, name, place)
	}
	return r, true
}

// wideComma reports a value with a fullwidth comma in it, which was likely meant to be two values.
func (l *linker) wideComma(n *doc.Node) bool {
	i := strings.IndexAny(n.Text, "，、")
	if i < 0 || n.Quoted {
		return false
	}
	comma, _ := utf8.DecodeRuneInString(n.Text[i:])
	place, _ := n.Within(utf8.RuneCountInString(n.Text[:i]), 1)
	l.Fault(doc.Errorf(place, "foreign-character", "`%c` does not separate the items of a list", comma).
		WithHint("write `, `; if it belongs to the text, put that in quotes"))
	return true
}

// bound reads a min or max: a number or a date.
func (l *linker) bound(n *doc.Node, key string, t *slot.Type) (*exact.Number, *slot.Day) {
	if n == nil {
		return nil, nil
	}
	if t.Kind != slot.Number && t.Kind != slot.Date {
		l.Errorf(n.Place, "wrong-key", "`%s` is for numbers and dates, not for a %s", key, t)
		return nil, nil
	}
	v, ok := l.literal(n, t)
	switch {
	case !ok:
		return nil, nil
	case t.Kind == slot.Number:
		return &v.Num, nil
	}
	day := slot.Day(v.Int)
	return nil, &day
}

// literal reads a value of type t as the file writes it.
func (l *linker) literal(n *doc.Node, t *slot.Type) (slot.Value, bool) {
	if n.Kind != doc.Scalar {
		l.Errorf(n.Place, "wrong-type", "a single %s is needed here, not %s", t, n.Kind)
		return slot.Value{}, false
	}
	switch t.Kind {
	case slot.Number:
		x, ok := l.Number(n)
		return slot.Num(x), ok
	case slot.Bool:
		b, ok := l.Bool(n)
		return slot.Truth(b), ok
	case slot.String:
		return slot.Text(n.Text), true
	case slot.Date:
		var x model.Day
		before := len(l.Faults)
		x.UnmarshalDoc(n, &l.Decoder)
		return slot.OfDay(x.Day), len(l.Faults) == before
	case slot.Grade:
		for i, g := range l.grades {
			if g == n.Text {
				return slot.Rank(i, g), true
			}
		}
		l.Fault(doc.Errorf(n.Place, "unknown-grade", "there is no grade %s", n.Text).WithHint("%s", doc.Suggest(n.Text, l.grades)))
		return slot.Value{}, false
	}
	l.Errorf(n.Place, "wrong-type", "a %s has no literal", t)
	return slot.Value{}, false
}

// typesByName are the types without parts.
var typesByName = map[string]*slot.Type{
	"number": slot.NumberType, "string": slot.StringType, "bool": slot.BoolType, "date": slot.DateType, "grade": slot.GradeType,
}

// inputType reads the type of a declaration, and what it says of its parts, into r. It returns false where a fault was
// reported.
func (l *linker) inputType(decl *model.Input, r *record.Input) bool {
	name := r.Name
	if t := typesByName[decl.Type]; t != nil {
		if decl.Parts != nil {
			l.Errorf(decl.Key("of"), "wrong-key", "`of` is for lists and records, but %s is a %s", name, t)
		}
		if t.Kind == slot.Grade && l.file.Grade == nil {
			l.Fault(doc.Errorf(decl.Place(), "wrong-type", "%s is a grade, but the policy has no section `grade`", name).WithHint("add `grade` with its scale, or make it a string"))
			return false
		}
		r.Type = t
		return true
	}
	switch decl.Type {
	case "list":
		if decl.Parts == nil {
			l.Fault(doc.Errorf(decl.Place(), "missing-key", "the list %s does not say what an item is", name).
				WithHint("add `of: {type: number}`, or `of: {amount: {type: number}, ccy: {type: string}}` for records"))
			return false
		}
		if decl.Parts.Kind == doc.Map && !isDeclaration(decl.Parts) {
			item := record.Input{Name: name}
			if !l.recordType(decl.Parts, &item) {
				return false
			}
			r.Type, r.Item = slot.ListOf(item.Type), &item
			return true
		}
		var part model.Input
		before := len(l.Faults)
		l.Decode(decl.Parts, &part)
		if len(l.Faults) > before {
			return false
		}
		item, ok := l.partOf(&part, name, decl.Parts.Place)
		if !ok {
			return false
		}
		r.Type, r.Item = slot.ListOf(item.Type), &item
		return true
	case "record":
		if decl.Parts == nil {
			l.Fault(doc.Errorf(decl.Place(), "missing-key", "the record %s does not say which fields it has", name).
				WithHint("add `of: {amount: {type: number}, ccy: {type: string}}`"))
			return false
		}
		return l.recordType(decl.Parts, r)
	}
	return false // an unknown type has been reported by the decoder
}

// isDeclaration tells {type: number} from {amount: {type: number}}: a field may be called type, but then is a map.
func isDeclaration(n *doc.Node) bool {
	t := n.Get("type")
	return t != nil && t.Kind == doc.Scalar
}

// recordType reads the fields of a record into r. It returns false where a fault was reported.
func (l *linker) recordType(n *doc.Node, r *record.Input) bool {
	var fields doc.Dict[model.Input]
	before := len(l.Faults)
	l.Decode(n, &fields)
	if len(l.Faults) > before {
		return false
	}
	r.Type = &slot.Type{Kind: slot.Record}
	for i := range fields {
		f := &fields[i]
		full := r.Name + "." + f.Name.Value
		field, ok := l.partOf(&f.Value, full, f.Name.Place())
		if !ok {
			return false
		}
		field.Name, field.Atom = f.Name.Value, l.atom(Atom{Kind: Absent, Name: full})
		r.Type.Fields = append(r.Type.Fields, slot.Field{Name: field.Name, Type: field.Type, Atom: field.Atom})
		r.Fields = append(r.Fields, field)
	}
	return true
}

// claim takes name for what ("input", "value", "function"), unless it is no identifier or taken.
func (l *linker) claim(name doc.Text, what string, dotted bool) bool {
	if name.Node == nil {
		return false // a list, which the decoder has reported
	}
	parts := []string{name.Value}
	if dotted {
		parts = strings.Split(name.Value, ".")
	}
	for _, p := range parts {
		if !isIdentifier(p) {
			f := doc.Errorf(name.Place(), "bad-name", "%q cannot be the name of an %s", name.Value, what)
			if what != "input" {
				f = doc.Errorf(name.Place(), "bad-name", "%q cannot be the name of a %s", name.Value, what)
			}
			write := strings.NewReplacer("-", "_", " ", "_").Replace(name.Value)
			if write != name.Value && isIdentifier(strings.ReplaceAll(write, ".", "")) {
				f = f.WithHint("write %s: a name has letters (Chinese too), digits and _", write)
			} else {
				f = f.WithHint("use letters (Chinese too), digits and _, not beginning with a digit")
			}
			l.Fault(f)
			l.poison(name.Value)
			return false
		}
	}
	for _, r := range append(reserved, keywords...) {
		if parts[0] == r {
			l.Fault(doc.Errorf(name.Place(), "bad-name", "%s is a word of the policy language", r).WithHint("choose another name"))
			return false
		}
	}
	if first, taken := l.claimed[name.Value]; taken {
		l.Fault(doc.Errorf(name.Place(), "duplicate-name", "the name %s is taken", name.Value).See(first, "the first one is here").WithHint("choose another name"))
		return false
	}
	l.claimed[name.Value] = name.Place()
	return true
}

func isIdentifier(s string) bool {
	for i, r := range s {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return s != ""
}
