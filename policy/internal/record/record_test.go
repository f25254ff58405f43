package record

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseRecordKeepsTheTextOfNumbers(t *testing.T) {
	r, err := ParseRecord([]byte(` {"a": 1.10, "b": [1e400, null, {"c": "\u77ff", "d": {}}], "e": true, "f": false, "g": []} `))
	require.NoError(t, err)
	assert.Equal(t, Record{
		"a": json.Number("1.10"),
		"b": []any{json.Number("1e400"), nil, map[string]any{"c": "矿", "d": map[string]any{}}},
		"e": true, "f": false, "g": []any{},
	}, r)
}

func TestRecordIsWhatEncodingJSONDecodesTo(t *testing.T) {
	var v struct{ Customers []Record }
	require.NoError(t, json.Unmarshal([]byte(`{"customers": [{"debt_ratio": 0.10}]}`), &v))
	assert.Equal(t, []Record{{"debt_ratio": json.Number("0.10")}}, v.Customers)

	r := Record{"old": 1}
	require.NoError(t, json.Unmarshal([]byte(`{"new": 1}`), &r))
	assert.Equal(t, Record{"new": json.Number("1")}, r)
	assert.ErrorContains(t, json.Unmarshal([]byte(`{"a": 1, "a": 2}`), &r), `field "a": it is there twice`)
	assert.Equal(t, Record{"new": json.Number("1")}, r, "what is refused changes nothing")
}

func TestParseRecordRefuses(t *testing.T) {
	for object, want := range map[string]string{
		`{"a": 1, "a": 2}`: `field "a": it is there twice`,
		`{"m": [{}, {"a": 1, "a": 2}], "b": {"c": 1, "\u0063": 2}}`: `field "m[1].a": it is there twice; field "b.c": it is there twice`,
		`[]`:                               `a record is a JSON object {...}, not a list`,
		`1`:                                `a record is a JSON object {...}, not a number`,
		`{"a": 1} 2`:                       `something follows the JSON value (at character 10)`,
		"{\"a\": \"\xff\"}":                `not UTF-8 (at character 8); save the file as UTF-8`,
		``:                                 `not JSON: there is nothing`,
		`{"a": ` + strings.Repeat("[", 65): `field "a` + strings.Repeat("[0]", 13) + `…": values are nested deeper than 64 levels`,
		strings.Repeat(`{"a":`, 100_000):   `field "a` + strings.Repeat(".a", 19) + `.…": values are nested deeper than 64 levels`,
	} {
		r, err := ParseRecord([]byte(object))
		assert.Nil(t, r)
		var all Errors
		require.ErrorAs(t, err, &all)
		assert.EqualError(t, err, want)
	}
	_, err := ParseRecord([]byte(`{"a": ` + strings.Repeat("[", 63) + strings.Repeat("]", 63) + `}`))
	assert.NoError(t, err)
}
