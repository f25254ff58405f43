package grade

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Attribute is a property that grades have besides their name: a factor, a term, a service.
type Attribute struct {
	Name  string
	Value Value
}

// AttributeType is an attribute that some grade has, and the kind of its values.
type AttributeType struct {
	Name string
	Kind Kind // Number, String, Bool or Date
}

// Attributes returns the attributes of the grades in the order in which the scale names them first, each with the kind
// that it has there.
func (l *Ladder) Attributes() []AttributeType {
	var out []AttributeType
	known := map[string]bool{}
	for i := range l.Scale {
		for _, a := range l.Scale[i].attributes(nil) {
			if !known[a.Name] {
				known[a.Name] = true
				out = append(out, AttributeType{a.Name, a.Value.Kind})
			}
		}
	}
	return out
}

// Attribute returns the attribute name of the grade at index; ok is false when the grade has none of that name.
func (l *Ladder) Attribute(index int, name string) (v Value, ok bool) {
	if index < 0 || index >= len(l.Scale) {
		return Value{}, false
	}
	for _, a := range l.Scale[index].attributes(nil) {
		if a.Name == name {
			return a.Value, true
		}
	}
	return Value{}, false
}

// placedAttribute is an Attribute with the place of its value.
type placedAttribute struct {
	Attribute
	place Place
}

// attributes returns the attributes of r, those of the file first, and reports to d, if any, what is wrong with them.
func (r *Row) attributes(d *doc.Decoder) []placedAttribute {
	if d == nil {
		if r.read != nil {
			return r.read
		}
		d = &doc.Decoder{}
	}
	out := make([]placedAttribute, 0, len(r.Rest)+len(r.Attributes))
	for _, p := range r.Rest {
		if v, ok := literal(p.Value, d); ok {
			out = append(out, placedAttribute{Attribute{p.Key.Text, v}, p.Value.Place})
		}
	}
	for _, a := range r.Attributes {
		switch a.Value.Kind {
		case slot.Number, slot.String, slot.Bool, slot.Date:
			out = append(out, placedAttribute{a, r.Place()})
		default:
			d.Errorf(r.Place(), "wrong-type", "the attribute %s of grade %s is a %s, but can only be a number, a bool, a date or a string", a.Name, r.Grade, a.Value.Kind)
		}
	}
	return out
}

const digits = "0123456789"

// literal reads a number, true or false, a date, or else a text.
func literal(n *doc.Node, d *doc.Decoder) (Value, bool) {
	switch {
	case n.Kind == doc.Null:
		d.Fault(doc.Errorf(n.Place, "empty-value", "nothing is written here").WithHint("leave out the key where a grade does not have the attribute"))
		return Value{}, false
	case n.Kind != doc.Scalar:
		d.Errorf(n.Place, "wrong-type", "an attribute is a number, true or false, a date or a text, not %s", n.Kind)
		return Value{}, false
	case n.Quoted:
		return slot.Text(n.Text), true
	case n.Text == "true" || n.Text == "false":
		return slot.Truth(n.Text == "true"), true
	}
	x, err := exact.Parse(n.Text)
	if err == nil {
		return slot.Num(x), true
	}
	if day, err := slot.ParseDay(n.Text); err == nil {
		return slot.OfDay(day), true
	}
	// 1,5 or 08 or +3 would pass as texts, and the first sum with them fail far from here.
	if strings.ContainsAny(n.Text, digits) && strings.Trim(n.Text, digits+".,+-_eE") == "" {
		f := doc.BadNumber(n.Place, n.Text, err)
		d.Fault(f.WithHint("%s; put it in quotes if it is a text", f.Hint))
		return Value{}, false
	}
	return slot.Text(n.Text), true
}
