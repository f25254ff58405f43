package yamldoc

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
)

// converter turns yaml.v3's nodes into ours.
type converter struct {
	source *Source
	faults *faults
}

// node converts y, which stands inside of depth maps and lists.
func (c *converter) node(y *yaml.Node, depth int) *doc.Node {
	n := &doc.Node{Place: doc.Place{Line: y.Line, Col: y.Column}, Source: c.source}
	if y.Line > len(c.source.lines) { // nothing, at the end of a text that does not end its last line
		n.Place = c.source.placeAt(len(c.source.text), 0)
	}
	if t := c.source.token(y.Line, y.Column); t != nil {
		n.Place.Width = int(t.width)
	} else if y.Kind != yaml.ScalarNode {
		n.Place.Width = 1 // a dash
	}
	if refusedTag(y) {
		return n // what is left without its tag is not what was meant
	}
	switch y.Kind {
	case yaml.ScalarNode:
		n.Quoted = y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
		if n.Quoted || !isNull(y.Value) {
			n.Kind, n.Text = doc.Scalar, y.Value
		}
	case yaml.SequenceNode, yaml.MappingNode:
		if depth++; depth > MaxDepth {
			c.faults.add(tooDeep(n.Place))
			return n
		}
		if y.Kind == yaml.MappingNode {
			n.Kind = doc.Map
			n.Pairs = c.pairs(y, depth)
			break
		}
		n.Kind = doc.Seq
		n.Items = make([]*doc.Node, len(y.Content))
		for i, item := range y.Content {
			n.Items[i] = c.node(item, depth)
			if i > 0 && strings.HasPrefix(n.Items[i].Text, "0") && len(n.Items[i].Text) > 1 {
				c.cutNumber(n.Items[i-1], n.Items[i])
			}
		}
	}
	return n // an alias is Null: the scan has refused it
}

// refusedTag reports whether y has a tag other than one of YAML's own types: in `!blacklisted`, the tag is the value.
func refusedTag(y *yaml.Node) bool {
	return y.Style&yaml.TaggedStyle != 0 && !strings.HasPrefix(y.Tag, "!!")
}

// isNull reports whether a plain scalar is nothing (YAML 1.2, 10.3.2).
func isNull(text string) bool {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return true
	}
	return false
}

// pairs converts the keys and values of a map, and leaves out those whose key is refused.
func (c *converter) pairs(y *yaml.Node, depth int) []doc.Pair {
	pairs := make([]doc.Pair, 0, len(y.Content)/2)
	seen := make(map[string]doc.Place, len(y.Content)/2)
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := c.node(y.Content[i], depth)
		if key.Kind == doc.Scalar && !key.Quoted && key.Text == "<<" {
			c.faults.add(doc.Errorf(key.Place, "yaml-merge", "`<<` merges another map into this one, which is not allowed").
				WithHint("write out the keys that are meant; if it is meant as a text, put it in quotes"))
			continue
		}
		value := c.node(y.Content[i+1], depth)
		name, ok := c.keyName(key, y.Content[i])
		if !ok || value.Kind == doc.Null && len(pairs) > 0 && c.cutNumber(pairs[len(pairs)-1].Value, key) {
			continue
		}
		if c.wideColon(key, value) {
			name = "=" + key.Text
		}
		if first, double := seen[name]; double {
			c.faults.add(doc.Errorf(key.Place, "duplicate-key", "the key `%s` stands in this map twice", cut(keyText(key))).
				WithHint("delete one of the two").See(first, "the first one is here"))
			continue
		}
		seen[name] = key.Place
		pairs = append(pairs, doc.Pair{Key: key, Value: value})
	}
	return pairs
}

// keyName returns what makes a key different from others, and reports a key that cannot be one.
func (c *converter) keyName(key *doc.Node, y *yaml.Node) (name string, ok bool) {
	switch key.Kind {
	case doc.Scalar:
		return "=" + key.Text, true
	case doc.Seq:
		var b strings.Builder
		for _, item := range key.Items {
			if item.Kind != doc.Scalar {
				c.faults.add(doc.Errorf(item.Place, "bad-key", "a list of keys can hold only single values, not %s", item.Kind).
					WithHint("write [a, b] with a name or number for each"))
				return "", false
			}
			b.WriteString("," + strconv.Quote(item.Text))
		}
		if len(key.Items) == 0 {
			c.faults.add(doc.Errorf(key.Place, "bad-key", "a list of keys cannot be empty").
				WithHint("write [a, b] with a name or number for each"))
		}
		return b.String(), len(key.Items) > 0
	case doc.Map:
		c.faults.add(doc.Errorf(key.Place, "bad-key", "a map cannot be a key").
			WithHint("a key is a single value, or a list of them in [ ]; if { } belongs to a text, put that in quotes"))
	case doc.Null:
		switch {
		case y.Kind == yaml.AliasNode || y.Style&yaml.TaggedStyle != 0: // refused by the scan
		case y.Value == "":
			c.faults.add(doc.Errorf(key.Place, "bad-key", "there is no key in front of this colon").
				WithHint(noKeyHint))
		default:
			c.faults.add(doc.Errorf(key.Place, "bad-key", "`%s` means nothing, so it cannot be a key", y.Value).
				WithHint("if the text is meant, put it in quotes: \"%s\"", y.Value))
		}
	}
	return "", false
}

// keyText shows a key in a message.
func keyText(key *doc.Node) string {
	if key.Kind == doc.Scalar {
		return key.Text
	}
	parts := make([]string, len(key.Items))
	for i, item := range key.Items {
		parts[i] = item.Text
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// moreDigits are the parts of a number that stand behind the second one.
var moreDigits = regexp.MustCompile(`^(,[0-9._]+)*`)

// cutNumber reports a number with a comma in it, as 1,000, which inside of { } or [ ] is not one value but two: a and b.
func (c *converter) cutNumber(a, b *doc.Node) bool {
	from, to := c.source.token(a.Place.Line, a.Place.Col), c.source.token(b.Place.Line, b.Place.Col)
	if from == nil || to == nil || from.style != plainStyle || to.style != plainStyle || to.off < from.end { // nothing may stand anywhere
		return false
	}
	between := c.source.text[from.end:to.off]
	if !strings.HasPrefix(between, ",") || strings.Trim(between, "0123456789_,") != "" {
		return false
	}
	if _, err := exact.Parse(a.Text); err != nil || strings.Trim(b.Text, "0123456789._") != "" {
		return false
	}
	if between != "," {
		return true // the third part of 1,000,000
	}
	text := c.source.text[from.off:to.end] + moreDigits.FindString(c.source.text[to.end:])
	_, err := exact.Parse(text)
	var bad *exact.SyntaxError
	if !errors.As(err, &bad) {
		return false
	}
	p := a.Place
	p.Width = utf8.RuneCountInString(text)
	c.faults.add(doc.Errorf(p, "yaml-comma", "a comma cuts this number in two: `%s`", text).WithHint("%s", bad.Reason))
	return true
}

// wideColon reports a key with a fullwidth colon, which is part of it. The key is left as it was meant, and the value as
// far as that can be told.
func (c *converter) wideColon(key, value *doc.Node) bool {
	name, rest, found := strings.Cut(key.Text, "：")
	if !found || key.Quoted {
		return false
	}
	p, _ := key.Within(utf8.RuneCountInString(name), 1)
	c.faults.add(doc.Errorf(p, "foreign-character", "`：` is not the colon that ends a key").
		WithHint("write `: `; if it belongs to the text, put that in quotes"))
	key.Text = strings.TrimSpace(name)
	if rest = strings.TrimSpace(rest); value.Kind == doc.Null && rest != "" {
		value.Kind, value.Text = doc.Scalar, rest
	}
	return true
}
