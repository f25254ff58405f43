package cases

import (
	"slices"
	"sort"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/model"
)

// Want is what is expected in one place.
type Want struct {
	Text   string    // a single value as it is written: a number, a text, a date, true or false
	Quoted bool      // Text is a text, even if it looks like a number
	None   bool      // nothing is to be there
	List   bool      // Items are what is expected
	Items  []Want    //
	Place  doc.Place // where it is written

	given bool // the file says it at all
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
	}
	return w.Text
}

// none is what a message calls what is not there.
const none = "none"

// wantOf returns what is expected by n, whose kind has been checked.
func wantOf(n *doc.Node) Want {
	w := Want{Text: n.Text, Quoted: n.Quoted, None: n.Kind == doc.Null, List: n.Kind == doc.Seq, Place: n.Place, given: true}
	for _, item := range n.Items {
		w.Items = append(w.Items, wantOf(item))
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
	literal struct{ Want } // anything but a map
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

// UnmarshalDoc reads a text or null.
func (w *word) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if n.Kind != doc.Null && !isText(n, d) {
		return
	}
	w.Want = wantOf(n)
}

// isText reports whether n is a single value, and tells d if it is not.
func isText(n *doc.Node, d *doc.Decoder) bool {
	var t doc.Text
	d.Decode(n, &t)
	return t.Node != nil
}

// UnmarshalDoc reads pass, fail or unknown.
func (w *result) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if isText(n, d) && isResult(n, d) {
		w.Want = wantOf(n)
	}
}

var results = []string{policy.Pass.String(), policy.Fail.String(), policy.Unknown.String()}

func isResult(n *doc.Node, d *doc.Decoder) bool {
	if slices.Contains(results, n.Text) {
		return true
	}
	d.Fault(doc.Errorf(n.Place, "bad-choice", "%q is no result of a criterion", n.Text).WithHint("%s", doc.Suggest(n.Text, results)))
	return false
}

// UnmarshalDoc reads a value, a list of values, or null.
func (w *literal) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if isValue(n, d) {
		w.Want = wantOf(n)
	}
}

func isValue(n *doc.Node, d *doc.Decoder) bool {
	if n.Kind == doc.Map {
		d.Fault(doc.Errorf(n.Place, "wrong-type", "a value cannot be compared with a map").
			WithHint("of a record, list the values of its fields in the order of their declaration: [1.5, CNY]"))
		return false
	}
	for _, item := range n.Items {
		if !isValue(item, d) {
			return false
		}
	}
	return true
}

// UnmarshalDoc reads a list of texts.
func (w *list) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	var texts []doc.Text
	before := len(d.Faults)
	if d.Decode(n, &texts); len(d.Faults) == before {
		w.Want = wantOf(n)
	}
}

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

// place returns where e is asked for: its name, where it has one.
func (e Expectation) place() doc.Place {
	if e.Name.Node != nil {
		return e.Name.Place()
	}
	return e.Want.Place
}
