package schema_test

import (
	"encoding/json"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// The plain scalars that are not texts in YAML 1.2 (10.3.2).
var (
	aNull  = regexp.MustCompile(`^(null|Null|NULL|~|)$`)
	aTruth = regexp.MustCompile(`^(true|True|TRUE|false|False|FALSE)$`)
	aFloat = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
	ofBase = regexp.MustCompile(`^(0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$`)
	zeros  = regexp.MustCompile(`^0+([0-9])`)
)

// read returns the document in src as an editor sees it, and false where it is not YAML.
func read(src []byte) (value any, ok bool) {
	var document yaml.Node
	if err := yaml.Unmarshal(src, &document); err != nil || len(document.Content) != 1 {
		return nil, false
	}
	return valueOf(document.Content[0]), true
}

// valueOf returns n as a value of JSON. A number keeps its text, and a key its own.
func valueOf(n *yaml.Node) any {
	switch n.Kind {
	case yaml.AliasNode:
		return valueOf(n.Alias)
	case yaml.SequenceNode:
		items := make([]any, len(n.Content))
		for i, item := range n.Content {
			items[i] = valueOf(item)
		}
		return items
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			m[keyOf(n.Content[i])] = valueOf(n.Content[i+1])
		}
		return m
	}
	text := n.Value
	switch {
	case n.Style&^yaml.FlowStyle != 0: // quoted, in a block, or tagged
		return text
	case aNull.MatchString(text):
		return nil
	case aTruth.MatchString(text):
		return strings.EqualFold(text, "true")
	case ofBase.MatchString(text):
		return json.Number("0")
	case aFloat.MatchString(text):
		return json.Number(jsonNumber(text))
	}
	return text
}

// keyOf returns a key as a text: all of it where it is a list.
func keyOf(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode {
		return n.Value
	}
	parts := make([]string, len(n.Content))
	for i, item := range n.Content {
		parts[i] = keyOf(item)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// jsonNumber writes a number of YAML as JSON has it: +1, .5, 5. and 010 are none there.
func jsonNumber(text string) string {
	sign := ""
	if text[0] == '-' {
		sign = "-"
	}
	text = strings.TrimLeft(text, "+-")
	mantissa, exponent := text, ""
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		mantissa, exponent = text[:i], text[i:]
	}
	if mantissa[0] == '.' {
		mantissa = "0" + mantissa
	}
	return sign + zeros.ReplaceAllString(strings.TrimSuffix(mantissa, "."), "$1") + exponent
}
