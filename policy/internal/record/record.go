package record

import (
	"encoding/json"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// maxDepth is how deeply the values of a Record may be nested.
const maxDepth = 64

// Record is a customer's record as a Go map. Decoded from JSON by UnmarshalJSON or ParseRecord, it keeps the text of each
// number as a json.Number, where encoding/json makes a float64 of it.
type Record map[string]any

// ParseRecord reads one JSON object. It refuses names that stand twice, also in nested objects, invalid UTF-8, and
// anything after the object; the error is an Errors. Values are nil, bool, string, json.Number, []any and map[string]any.
func ParseRecord(b []byte) (Record, error) {
	var r Record
	if err := r.UnmarshalJSON(b); err != nil {
		return nil, err
	}
	return r, nil
}

// UnmarshalJSON reads one JSON object as ParseRecord does, in place of what r held before.
func (r *Record) UnmarshalJSON(b []byte) error {
	p := parser{}
	p.start(b)
	switch k := p.peek(); k {
	case '{':
		m := p.object(1)
		p.finish()
		if p.err == nil && p.twice == nil {
			*r = m
			return nil
		}
	case jsontext.KindInvalid:
	default:
		p.err = notAnObject(k)
	}
	if p.err != nil {
		return Errors{p.err}
	}
	return p.twice
}

// parser makes Go values of JSON.
type parser struct {
	jsonText
	path  []step
	twice Errors // names that stand twice
}

func (p *parser) object(depth int) map[string]any {
	m := map[string]any{}
	p.token()
	for {
		raw, ok := p.member()
		if !ok {
			return m
		}
		name := string(raw)
		p.path = append(p.path, step{name: name, index: -1})
		if _, there := m[name]; there && len(p.twice) < MaxFaults {
			p.twice = append(p.twice, errorf(CodeDuplicate, cut(pathText(p.path)), "it is there twice"))
		}
		m[name] = p.any(depth)
		p.path = p.path[:len(p.path)-1]
	}
}

func (p *parser) list(depth int) []any {
	items := []any{}
	p.token()
	for k := p.peek(); k != ']' && k != jsontext.KindInvalid; k = p.peek() {
		p.path = append(p.path, step{index: len(items)})
		items = append(items, p.any(depth))
		p.path = p.path[:len(p.path)-1]
	}
	p.token()
	return slices.Clip(items)
}

// any reads the next value. depth is how many objects and lists it stands in.
func (p *parser) any(depth int) any {
	switch k := p.peek(); {
	case (k == '{' || k == '[') && depth >= maxDepth:
		p.err = errorf(CodeSyntax, cut(pathText(p.path)), "values are nested deeper than %d levels", maxDepth)
		return nil
	case k == '{':
		return p.object(depth + 1)
	case k == '[':
		return p.list(depth + 1)
	}
	raw := p.value()
	if len(raw) == 0 {
		return nil
	}
	switch raw[0] {
	case 'n':
		return nil
	case 't', 'f':
		return raw[0] == 't'
	case '"':
		return string(p.string(raw))
	}
	return json.Number(raw)
}
