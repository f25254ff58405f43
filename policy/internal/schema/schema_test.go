package schema_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/schema"
)

// shop is a file with a key of each sort.
type shop struct {
	doc.At
	Name   string           `key:"name,required" doc:"what stands over the door"`
	Open   bool             `key:"open"`
	Kind   doc.Text         `key:"kind,oneof=corner|market"`
	Staff  *int             `key:"staff"`
	Prices doc.Dict[price]  `key:"prices" doc:"by the name of the thing"`
	Size   *size            `key:"size"`
	Notes  *doc.Node        `key:"notes"`
	Owner  *shop            `key:"owner" doc:"another shop"`
	When   []slot.Condition `key:"when"`
	Trade  trade            `key:"*"`
}

type price struct {
	Of    slot.Operand `key:"of,required,short" doc:"the price"`
	Taxed bool         `key:"taxed"`
}

// size has a notation of its own.
type size struct{}

func (*size) UnmarshalDoc(*doc.Node, *doc.Decoder) {}
func (*size) DocShapes() []any {
	return []any{exact.Number{}, doc.Choice{"small", "large"}, doc.Pattern{Regexp: "^[0-9]+ m2$", Examples: []string{"5 m2", "70 m2"}}, nil}
}

func (*shop) DocDetails() doc.Details {
	return doc.Details{
		OneOf: []string{"open", "kind", "*"},
		Keys:  map[string][]any{"prices": {doc.Shape{Of: doc.Dict[price]{}, Least: 1, Names: &doc.Pattern{Regexp: "^[a-z]+$", Examples: []string{"bread"}}}}},
	}
}

type trade any

type sells struct {
	Things []string `key:"things"`
}

var trades = doc.Variants{
	What:  "trade",
	Names: func() []string { return []string{"buys", "sells"} },
	New:   func(string) (any, bool) { return new(sells), true },
	Short: func(any) bool { return true },
	Doc: func(name string) string {
		if name == "sells" {
			return "it sells"
		}
		return ""
	},
}

func TestASchemaSaysWhatTheTagsSay(t *testing.T) {
	text, err := schema.Of(reflect.TypeFor[shop](), map[reflect.Type]doc.Variants{reflect.TypeFor[trade](): trades}, "a shop")
	require.NoError(t, err)
	var got map[string]any
	require.NoError(t, json.Unmarshal(text, &got))
	definitions := got["definitions"].(map[string]any)
	delete(got, "definitions")

	require.Equal(t, object(t, `{
		"$schema": "http://json-schema.org/draft-07/schema#",
		"title": "a shop",
		"type": "object",
		"required": ["name"],
		"properties": {
			"name": {"$ref": "#/definitions/text", "description": "what stands over the door"},
			"open": {"type": "boolean"},
			"kind": {"enum": ["corner", "market"]},
			"staff": {"$ref": "#/definitions/whole-number"},
			"prices": {
				"description": "by the name of the thing", "type": "object", "minProperties": 1,
				"propertyNames": {"pattern": "^[a-z]+$", "errorMessage": "write it as bread"}, "additionalProperties": {"$ref": "#/definitions/price"}
			},
			"size": {"$ref": "#/definitions/size"},
			"notes": {},
			"owner": {"$ref": "#/definitions/shop", "description": "another shop"},
			"when": {"type": "array", "items": {"$ref": "#/definitions/condition"}},
			"buys": {"$ref": "#/definitions/sells"},
			"sells": {"$ref": "#/definitions/sells", "description": "it sells"}
		},
		"additionalProperties": false,
		"oneOf": [
			{"required": ["open"], "properties": {"open": {"const": true}}}, {"required": ["kind"]},
			{"required": ["buys"]}, {"required": ["sells"]}
		]
	}`), got)
	require.Equal(t, object(t, `{"anyOf": [
		{"$ref": "#/definitions/number-expression"},
		{
			"type": "object", "required": ["of"], "additionalProperties": false,
			"properties": {"of": {"$ref": "#/definitions/number-expression", "description": "the price"}, "taxed": {"type": "boolean"}}
		}
	]}`), definitions["price"], "a price alone will do")
	require.Equal(t, object(t, `{"anyOf": [
		{"$ref": "#/definitions/number"},
		{"enum": ["small", "large"]},
		{"type": "string", "pattern": "^[0-9]+ m2$", "errorMessage": "write it as 5 m2 or 70 m2", "examples": ["5 m2", "70 m2"]},
		{"type": "null"}
	]}`), definitions["size"])
}

func object(t *testing.T, text string) (out map[string]any) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(text), &out))
	return out
}
