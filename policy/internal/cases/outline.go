package cases

import (
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

// outline is what a policy has names for. It is taken from the file, because a case may ask for what no decision of it
// shows.
type outline struct {
	root    *doc.Node
	known   map[string][]string // "criterion" -> the ids of all criteria; see the constants
	kinds   map[string]string   // of inputs by their names: number, string, ...
	foreign map[string]string   // what foreign records call an input -> its name
}

// What there are names of, as a message calls it.
const (
	aCriterion = "criterion"
	anEarner   = "indicator or group"
	aValue     = "value"
	aGrade     = "grade"
	attribute  = "attribute of a grade"
	aStep      = "step of the limit"
	aBinder    = "step that could bind the limit"
	anApprover = "approver"
	aSegment   = "segment"
)

// outlineOf reads src, a policy that has been loaded.
func outlineOf(src []byte) *outline {
	root, _ := yamldoc.Parse(src)
	o := &outline{
		root:  root,
		known: map[string][]string{}, kinds: map[string]string{}, foreign: map[string]string{},
	}
	for _, p := range pairs(root.Get("inputs")) {
		o.input(p.Key.Text, p.Value)
	}
	for _, p := range pairs(root.Get("values")) {
		o.add(aValue, p.Key.Text)
	}
	for _, n := range items(root.Get("admission")) {
		o.add(aCriterion, text(n.Get("id")))
	}
	o.card(root.Get("scoring"))
	if n := root.Get("grade"); n != nil {
		o.grade(n)
	}
	o.credit(root.Get("credit"))
	return o
}

func (o *outline) add(what, name string) {
	if name != "" && !slices.Contains(o.known[what], name) {
		o.known[what] = append(o.known[what], name)
	}
}

func (o *outline) input(name string, n *doc.Node) {
	o.kinds[name] = text(n) + text(n.Get("type")) // only one of them is there
	if from := text(n.Get("from")); from != "" {
		o.foreign[from] = name
	}
}

// inputName returns what the policy calls the input, or the part of one, that a record calls name.
func (o *outline) inputName(name string) string {
	if o == nil {
		return name
	}
	for end := len(name); end > 0; end = strings.LastIndexByte(name[:end], '.') {
		own, ok := o.foreign[name[:end]]
		if _, another := o.kinds[name[:end]]; ok && !another {
			return own + name[end:]
		}
	}
	return name
}

// card reads a scorecard, or a group, which is one too.
func (o *outline) card(n *doc.Node) {
	for _, key := range []string{"indicators", "modifiers"} {
		for _, ind := range items(n.Get(key)) {
			o.add(anEarner, text(ind.Get("id")))
		}
	}
	for _, g := range items(n.Get("groups")) {
		o.add(anEarner, text(g.Get("id")))
		o.card(g)
	}
}

func (o *outline) grade(n *doc.Node) {
	var ladder grade.Ladder
	new(doc.Decoder).Decode(n, &ladder) // the policy has been loaded: there are no faults in it
	for i := range ladder.Scale {
		o.add(aGrade, ladder.Scale[i].Grade)
	}
	for _, a := range ladder.Attributes() {
		o.add(attribute, a.Name)
	}
}

func (o *outline) credit(n *doc.Node) {
	for _, s := range items(n.Get("limit")) {
		o.add(aStep, text(s.Get("id")))
		o.add(aBinder, text(s.Get("id")))
	}
	o.add(aBinder, "floor")
	if n.Get("group") != nil {
		o.add(aBinder, "group")
	}
	if n.Get("override") != nil {
		o.add(aBinder, "override")
	}
	for _, a := range items(n.Get("approval")) {
		o.add(anApprover, text(a.Get("by")))
	}
	for _, s := range items(n.Get("segments")) {
		o.add(aSegment, text(s.Get("id")))
	}
}

// lacks returns what the policy does not have of what f needs, as a message calls it; "" for nothing.
func (o *outline) lacks(f *figure) string {
	if f.section == "" {
		return ""
	}
	section := o.root.Get(f.section)
	if section == nil {
		return "section `" + f.section + "`"
	}
	has := func(key string) bool { return section.Get(key) != nil }
	if len(f.parts) == 0 || slices.ContainsFunc(f.parts, has) {
		return ""
	}
	return "`" + strings.Join(f.parts, "` or `") + "` in its section `" + f.section + "`"
}

// isInput reports whether name is an input or a part of one. The fields of an override by hand are inputs as well, though
// no policy declares them.
func (o *outline) isInput(name string) bool {
	for {
		if _, known := o.kinds[name]; known || name == "override" {
			return true
		}
		i := strings.LastIndexByte(name, '.')
		if i < 0 {
			return false
		}
		name = name[:i]
	}
}

func pairs(n *doc.Node) []doc.Pair {
	if n == nil {
		return nil
	}
	return n.Pairs
}

func items(n *doc.Node) []*doc.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

// text returns the text of a single value, "" for anything else.
func text(n *doc.Node) string {
	if n == nil {
		return ""
	}
	return n.Text
}
