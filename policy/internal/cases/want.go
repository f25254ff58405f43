package cases

import (
	"slices"
	"sort"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/policy/internal/model"
)

// Want is what is expected in one place.
type Want struct {
	Text   string    // a single value as it is written: a number, a text, a date, true or false
	Quoted bool      // Text is a text, even if it looks like a number
	None   bool      // nothing is to be there
	List   bool      // Items are what is expected
	Items  []Want    // of a list
	Map    bool      // Fields are what is expected, among others
	Fields []Field   // of a record
	Place  doc.Place // where it is written

	given bool // the file says it at all
}

// Field is a field of a record, and what is expected of it.
type Field struct {
	Name string
	Want Want
}

func (w Want) want() Want { return w }

// String returns w as a message shows it.
func (w Want) String() string {
	switch {
	case w.None:
		return none
	case w.List:
		parts := make([]string, len(w.Items))
		for i, x := range w.Items {
			parts[i] = x.String()
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case w.Map:
		parts := make([]string, len(w.Fields))
		for i, x := range w.Fields {
			parts[i] = x.Name + ": " + x.Want.String()
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return w.Text
}

// none is what a message calls what is not there.
const none = "none"

// wantOf returns what is expected by n, whose kind has been checked.
func wantOf(n *doc.Node) Want {
	w := Want{
		Text: n.Text, Quoted: n.Quoted, None: n.Kind == doc.Null, List: n.Kind == doc.Seq, Map: n.Kind == doc.Map,
		Place: n.Place, given: true,
	}
	for _, item := range n.Items {
		w.Items = append(w.Items, wantOf(item))
	}
	for _, p := range n.Pairs {
		w.Fields = append(w.Fields, Field{p.Key.Text, wantOf(p.Value)})
	}
	return w
}

// The notations of what is expected. Each reports to the decoder what it cannot be.
type (
	number  struct{ Want } // a number, or null
	score   struct{ Want } // a number, a fraction, or null
	amount  struct{ Want } // a number, unlimited, or null
	day     struct{ Want } // a date, or null
	word    struct{ Want } // a text, or null
	result  struct{ Want } // pass, fail or unknown
	verdict struct{ Want } // allowed, held, refused or unknown
	literal struct{ Want } // anything
	list    struct{ Want } // of texts
)

// UnmarshalDoc reads a number or null.
func (w *number) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if n.Kind != doc.Null {
		if _, ok := d.Number(n); !ok {
			return
		}
	}
	w.Want = wantOf(n)
}

// DocShapes says what is read.
func (w *number) DocShapes() []any { return []any{exact.Number{}, nil} }

// UnmarshalDoc reads a number, n/d or null.
func (w *score) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if n.Kind == doc.Scalar && !n.Quoted && strings.Contains(n.Text, "/") {
		var x exact.Number
		if err := x.UnmarshalText([]byte(n.Text)); err != nil {
			d.Errorf(n.Place, "bad-number", "%s", err)
			return
		}
		w.Want = wantOf(n)
		return
	}
	(*number)(w).UnmarshalDoc(n, d)
}

// DocShapes says what is read.
func (w *score) DocShapes() []any {
	return []any{exact.Number{}, doc.Pattern{Regexp: `^[^/]+/[^/]+$`, Examples: []string{"1/3"}}, nil}
}

// Unlimited is the amount without end.
const unlimited = "unlimited"

// UnmarshalDoc reads a number, unlimited or null.
func (w *amount) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if n.Kind == doc.Scalar && n.Text == unlimited {
		w.Want = wantOf(n)
		return
	}
	(*number)(w).UnmarshalDoc(n, d)
}

// DocShapes says what is read.
func (w *amount) DocShapes() []any { return []any{exact.Number{}, doc.Choice{unlimited}, nil} }

// UnmarshalDoc reads a date or null.
func (w *day) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if n.Kind != doc.Null {
		var x model.Day
		before := len(d.Faults)
		if x.UnmarshalDoc(n, d); len(d.Faults) > before {
			return
		}
	}
	w.Want = wantOf(n)
}

// DocShapes says what is read.
func (w *day) DocShapes() []any { return []any{model.Day{}, nil} }

// UnmarshalDoc reads a text or null.
func (w *word) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if n.Kind != doc.Null && !isText(n, d) {
		return
	}
	w.Want = wantOf(n)
}

// DocShapes says what is read.
func (w *word) DocShapes() []any { return []any{"", nil} }

// isText reports whether n is a single value, and tells d if it is not.
func isText(n *doc.Node, d *doc.Decoder) bool {
	var t doc.Text
	d.Decode(n, &t)
	return t.Node != nil
}

// UnmarshalDoc reads pass, fail or unknown.
func (w *result) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if isOneOf(n, d, "result of a criterion", results) {
		w.Want = wantOf(n)
	}
}

var results = doc.Choice{"pass", "fail", "unknown"}

// DocShapes says what is read.
func (w *result) DocShapes() []any { return []any{results} }

// UnmarshalDoc reads allowed, held, refused or unknown.
func (w *verdict) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if isOneOf(n, d, "verdict on a request", verdicts) {
		w.Want = wantOf(n)
	}
}

var verdicts = doc.Choice{"allowed", "held", "refused", "unknown"}

// DocShapes says what is read.
func (w *verdict) DocShapes() []any { return []any{verdicts} }

func isOneOf(n *doc.Node, d *doc.Decoder, what string, choices doc.Choice) bool {
	if !isText(n, d) {
		return false
	}
	if !slices.Contains(choices, n.Text) {
		d.Fault(doc.Errorf(n.Place, "bad-choice", "%q is no %s", n.Text, what).WithHint("%s", doc.Suggest(n.Text, choices)))
		return false
	}
	return true
}

// UnmarshalDoc reads a value of any kind, or null.
func (w *literal) UnmarshalDoc(n *doc.Node, d *doc.Decoder) { w.Want = wantOf(n) }

// UnmarshalDoc reads a list of texts.
func (w *list) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	var texts []doc.Text
	before := len(d.Faults)
	if d.Decode(n, &texts); len(d.Faults) == before {
		w.Want = wantOf(n)
	}
}

// DocShapes says what is read.
func (w *list) DocShapes() []any { return []any{[]doc.Text{}} }

// Expectation is one figure of a decision and what it must be.
type Expectation struct {
	Key  string   // as in a test file: "score", "points"
	Name doc.Text // of an indicator, a value; empty for what there is only one of
	Want Want
}

// lister gathers expectations.
type lister []Expectation

func (l *lister) add(key string, w Want) {
	if w.given {
		*l = append(*l, Expectation{Key: key, Want: w})
	}
}

func (l *lister) text(key string, t doc.Text) {
	if t.Node != nil {
		l.add(key, wantOf(t.Node))
	}
}

// dict adds what is expected by name.
func dict[T interface{ want() Want }](l *lister, key string, m doc.Dict[T]) {
	for _, x := range m {
		if w := x.Value.want(); w.given {
			*l = append(*l, Expectation{Key: key, Name: x.Name, Want: w})
		}
	}
}

// inOrder returns what was gathered in the order of the file.
func (l lister) inOrder() []Expectation {
	sort.SliceStable(l, func(i, j int) bool { return l[i].Want.Place.Before(l[j].Want.Place) })
	return l
}
