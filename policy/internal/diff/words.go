package diff

import (
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/policy/internal/display"
	"github.com/tallystick-go/tallystick/policy/internal/meaning"
)

// sectionTitle returns the name of a section in lang, "zh" or "en".
func sectionTitle(section, lang string) string {
	w, ok := sectionWords[section]
	if !ok {
		return section
	}
	return w.in(lang)
}

// label returns what the key of n means in a struct called within.
func label(within string, n *meaning.Node, lang string) string {
	if n.Column || n.Attribute {
		return n.Key
	}
	if w, ok := labels[within+"."+n.Key]; ok {
		return w.in(lang)
	}
	if w, ok := labels[n.Key]; ok {
		return w.in(lang)
	}
	return key(n)
}

// teller says things in one language.
type teller struct{ lang string }

func (w teller) say(en, zh string) string {
	if w.lang == "zh" && zh != "" {
		return zh
	}
	return en
}

// tell says the change at the end of way as a credit manager would:
//
//	indicator volume (年采购额), from 10,000,000: earns 20 → 18
//	准入条件 capital：要求 `registered_capital >= 500_000` → `registered_capital >= 1_000_000`
func (w teller) tell(c *Change, way []pair) string {
	p := way[len(way)-1]
	n := p.node()
	around := w.around(way[:len(way)-1])
	thing := w.thing(way)
	named := thing != ""
	if !named {
		thing = label(within(way), n, w.lang)
	}
	switch c.Kind {
	case Renamed:
		return w.join(around, strings.TrimSpace(w.noun(way)+" "+c.Old)+w.say(" is now called ", " 更名为 ")+c.New)
	case Changed:
		return w.changed(c, around, thing, way)
	}
	what := w.describe(within(way), n, named)
	switch {
	case n.Method:
		thing, what = what, ""
	case len(way) > 1 && n.ID == "" && way[len(way)-2].node().Kind != meaning.Fields:
		thing, what = w.row(way[len(way)-2].node(), n), ""
	case n.Kind == meaning.Leaf && !named:
		thing, what = thing+" "+what, ""
	}
	if c.Kind == Added {
		return w.join(around, w.say("new: ", "新增：")+thing, what)
	}
	return w.join(around, w.say("no longer: ", "取消：")+thing, what)
}

// tellMove says that what stands at the end of way now stands behind what behind names, or first.
func (w teller) tellMove(c *Change, way []pair, behind string) string {
	thing := w.thing(way)
	if thing == "" {
		thing = w.describe(within(way), way[len(way)-1].node(), false)
	}
	to := w.say(" to the first", "移到首位")
	if behind != "" {
		to = w.say(" to the one behind "+behind, "移到“"+behind+"”之后")
	}
	return w.join(w.around(way[:len(way)-1]), thing, w.say("moves from place "+c.Old+to, "由第"+c.Old+"位"+to))
}

// join puts the parts that are there behind each other, as in "subject, row: what".
func (w teller) join(around []string, parts ...string) string {
	head := strings.Join(around, w.say(", ", "，"))
	var rest []string
	for _, p := range parts {
		if p != "" {
			rest = append(rest, p)
		}
	}
	colon := w.say(": ", "：")
	text := strings.Join(rest, colon)
	if head == "" {
		return text
	}
	return head + colon + text
}

// changed says that something says something else.
func (w teller) changed(c *Change, around []string, thing string, way []pair) string {
	p, within := way[len(way)-1], within(way)
	if isRow(p.old) && isRow(p.new) && len(way) > 1 && way[len(way)-2].node().Kind == meaning.Rows {
		list := way[len(way)-2].node()
		return w.join(around, strings.TrimSpace(w.noun(way)+" "+w.row(list, p.old))+" → "+w.row(list, p.new))
	}
	old, new := w.say("nothing", "无"), w.say("nothing", "无")
	switch {
	case p.old != nil:
		old = w.describe(within, p.old, false)
	case c.Old != "":
		old = w.word(c.Old)
	}
	switch {
	case p.new != nil:
		new = w.describe(within, p.new, false)
	case c.New != "":
		new = w.word(c.New)
	}
	if old == new { // in this language; not in the other one
		old, new = c.Old, c.New
	}
	switch parent := way[max(len(way)-2, 0)].node(); {
	case p.node().Method && parent.Key == combine:
		thing = label(within, parent, w.lang)
	case p.node().Method:
		thing = w.say("scored by", "评分方法")
	case p.node().ID != "" && w.noun(way) != "":
		return w.join(around, thing, old+" → "+new)
	}
	return w.join(around, thing+" "+old+" → "+new)
}

// within returns the struct that what stands at the end of way is a part of.
func within(way []pair) string {
	if len(way) < 2 {
		return "model.File"
	}
	return way[len(way)-2].node().Type
}

// around says where what has changed stands: in which thing, which row, which part.
func (w teller) around(way []pair) []string {
	var out []string
	for i := range way {
		n := way[i].node()
		switch thing := w.thing(way[:i+1]); {
		case thing != "":
			out = append(out, thing)
		case i == 0 && sections[n.Key], n.Kind == meaning.Rows && !n.Method, n.Method && plainMethods[n.Key]:
		case n.Kind == meaning.Fields && n.Key != "" && n.Key != combine:
			out = append(out, label(within(way[:i+1]), n, w.lang))
		}
	}
	return out
}

// thing names what stands at the end of way, "" where it has no name and is no row.
func (w teller) thing(way []pair) string {
	n := way[len(way)-1].node()
	noun := w.noun(way)
	switch {
	case n.ID != "":
		title := n.Title.In(w.lang)
		if title == "" || title == n.ID {
			return strings.TrimSpace(noun + " " + n.ID)
		}
		return strings.TrimSpace(noun+" "+n.ID) + w.say(" ("+title+")", "（"+title+"）")
	case len(way) < 2:
		return ""
	}
	around := way[len(way)-2].node()
	switch {
	case around.Kind == meaning.Rows && n.Method:
		return ""
	case around.Kind == meaning.Rows:
		return strings.TrimSpace(noun + " " + w.condition(n))
	case around.Type == "scoring.Categories":
		return w.category(n)
	}
	return ""
}

func (w teller) category(n *meaning.Node) string {
	if n.Key == meaning.OtherwiseKey {
		return w.say("all others", "其他")
	}
	return n.Key
}

// noun returns what kind of thing stands at the end of way.
func (w teller) noun(way []pair) string {
	n := way[len(way)-1].node()
	if x, ok := things[n.Type]; ok {
		return x.in(w.lang)
	}
	if len(way) > 1 {
		return things[way[len(way)-2].node().Key].in(w.lang)
	}
	return ""
}

// condition says for whom a row is: "from 10,000,000", "when `years >= 3`", "any".
func (w teller) condition(n *meaning.Node) string {
	if n.Kind == meaning.Leaf {
		return w.leaf(n)
	}
	var parts []string
	for _, x := range head(n) {
		switch {
		case x.Column:
			parts = append(parts, x.Key+" "+w.cell(x))
		case x.Kind == meaning.Leaf:
			parts = append(parts, w.keyed(n.Type, x))
		}
	}
	if len(parts) == 0 {
		return w.say("all others", "其他")
	}
	return strings.Join(parts, w.say(", ", "，"))
}

// cell says what the cell of a table accepts: "≥ 0.5 and < 0.7", "HIGH".
func (w teller) cell(n *meaning.Node) string {
	switch n.Kind {
	case meaning.Leaf:
		return w.leaf(n)
	case meaning.Rows:
		parts := make([]string, len(n.Nodes))
		for i, x := range n.Nodes {
			parts[i] = w.cell(x)
		}
		return strings.Join(parts, w.say(" or ", " 或 "))
	}
	parts := make([]string, len(n.Nodes))
	for i, x := range n.Nodes {
		switch x.Key {
		case "missing":
			parts[i] = map[bool]string{true: w.say("missing", "缺失"), false: w.say("not missing", "不缺失")}[x.Text == "true"]
		default:
			parts[i] = bounds[x.Key].in(w.lang) + " " + w.cell(x)
		}
	}
	return strings.Join(parts, w.say(" and ", " 且 "))
}

// keyed says a leaf with its label.
func (w teller) keyed(within string, n *meaning.Node) string {
	name := label(within, n, w.lang)
	if n.Text == "true" && n.Formula == nil {
		return name
	}
	return strings.TrimSpace(name + " " + w.leaf(n))
}

// describe says all of n, without its name where it has been named.
func (w teller) describe(within string, n *meaning.Node, named bool) string {
	comma, semicolon := w.say(", ", "，"), w.say("; ", "；")
	switch n.Kind {
	case meaning.Leaf:
		return w.leaf(n)
	case meaning.Rows, meaning.Names:
		var parts []string
		for _, x := range n.Nodes {
			parts = append(parts, w.row(n, x))
		}
		if n.Method {
			return label(within, n, w.lang) + w.brackets(strings.Join(parts, semicolon))
		}
		return strings.Join(parts, semicolon)
	}
	var parts []string
	for _, x := range n.Nodes {
		switch {
		case named && (x.Key == "id" || x.Key == "title" || x.Text == n.ID && x.Key == "grade" || x.Text == n.ID && x.Key == "by"):
		case named && isList(x): // each of these is told by itself
		default:
			parts = append(parts, w.part(n.Type, x))
		}
	}
	text := strings.Join(parts, comma)
	if n.Method && n.Key == "formula" {
		text = w.leaf(n.Nodes[0])
	}
	if n.Method {
		name := label(within, n, w.lang)
		if text == "" {
			return name
		}
		return name + w.brackets(text)
	}
	return text
}

// part says a part of something with its label.
func (w teller) part(within string, n *meaning.Node) string {
	switch {
	case n.Method:
		return w.describe(within, n, false)
	case n.Kind == meaning.Leaf:
		return w.keyed(within, n)
	case within == "model.Row":
		return label(within, n, w.lang) + " " + w.describe(within, n, false)
	}
	return label(within, n, w.lang) + w.brackets(w.describe(within, n, false))
}

// brackets puts brackets around text.
func (w teller) brackets(text string) string { return w.say(" ("+text+")", "（"+text+"）") }

// row says an item of a list.
func (w teller) row(list, n *meaning.Node) string {
	switch {
	case list.Type == "scoring.Categories":
		return w.category(n) + " " + w.describe(n.Type, n, false)
	case list.Kind == meaning.Names && n.Kind == meaning.Leaf:
		return key(n) + " " + w.leaf(n)
	case list.Kind == meaning.Names:
		return key(n) + w.brackets(w.describe(n.Type, n, false))
	case isRow(n):
		var results []string
		for _, x := range n.Nodes {
			if slices.Contains(body(n), x) || x.Kind != meaning.Leaf && !x.Column {
				results = append(results, w.part(n.Type, x))
			}
		}
		return strings.TrimSpace(w.condition(n) + " " + strings.Join(results, w.say(", ", "，")))
	}
	return w.describe(n.Type, n, false)
}

// leaf says a figure with commas between the thousands, an expression as it is written, a text as it is.
func (w teller) leaf(n *meaning.Node) string {
	if n.Number {
		return display.Thousands(n.Text)
	}
	switch {
	case n.Formula != nil:
		return "`" + n.Text + "`"
	case len(n.Title.Texts) > 0:
		return n.Title.In(w.lang)
	case n.Key == "valid" && w.lang == "zh":
		return periods.Replace(n.Text)
	}
	return w.word(n.Text)
}

// word says a word of the format in Chinese where it has one.
func (w teller) word(text string) string {
	if x, ok := choices[text]; ok {
		return x.in(w.lang)
	}
	return text
}
