package decisionlog

import (
	"bytes"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// difference returns the first key, in the order of was, of which two decisions have another value, with both values, "" for
// one that is not there. Where otherFile is set, the digests of the policy do not count. No key: nothing else differs.
func difference(was, is jsontext.Value, otherFile bool) (key, before, after string) {
	c := comparison{skipDigests: otherFile}
	if c.value("", was, is) {
		return "", "", ""
	}
	return c.key, c.was, c.is
}

// comparison finds the first difference.
type comparison struct {
	skipDigests  bool
	key, was, is string
}

// differ notes what differs; it returns false, as those who find a difference do.
func (c *comparison) differ(key string, was, is jsontext.Value) bool {
	c.key, c.was, c.is = key, brief(was), brief(is)
	return false
}

// value reports whether was and is are the same.
func (c *comparison) value(key string, was, is jsontext.Value) bool {
	if c.skipDigests && (key == "policy.digest" || key == "policy.meaning") {
		return true
	}
	if was.Kind() != is.Kind() {
		return c.differ(key, was, is)
	}
	switch was.Kind() {
	case '{':
		return c.members(key, parts(was), parts(is))
	case '[':
		return c.items(key, parts(was), parts(is))
	}
	return bytes.Equal(was, is) || c.differ(key, was, is)
}

func (c *comparison) members(key string, was, is []part) bool {
	if key != "" {
		key += "."
	}
	for _, x := range was {
		if !c.value(key+x.name, x.value, named(is, x.name)) {
			return false
		}
	}
	for _, y := range is {
		if named(was, y.name) == nil {
			return c.differ(key+y.name, nil, y.value)
		}
	}
	return true
}

func (c *comparison) items(key string, was, is []part) bool {
	for i := range max(len(was), len(is)) {
		at := key + "[" + strconv.Itoa(i) + "]"
		switch {
		case i >= len(was):
			return c.differ(at, nil, is[i].value)
		case i >= len(is):
			return c.differ(at, was[i].value, nil)
		}
		if id := idOf(was[i].value); id != "" && id == idOf(is[i].value) {
			at = key + "[" + id + "]"
		}
		if !c.value(at, was[i].value, is[i].value) {
			return false
		}
	}
	return true
}

// part is a member of an object or, without a name, an item of an array.
type part struct {
	name  string
	value jsontext.Value
}

// parts returns what an object or an array is made of.
func parts(v jsontext.Value) (out []part) {
	d := jsontext.NewDecoder(bytes.NewReader(v))
	open, err := d.ReadToken()
	for err == nil && d.PeekKind() != '}' && d.PeekKind() != ']' {
		var p part
		if open.Kind() == '{' {
			var name jsontext.Token
			if name, err = d.ReadToken(); err != nil {
				break
			}
			p.name = name.String()
		}
		var value jsontext.Value
		if value, err = d.ReadValue(); err == nil {
			p.value = value.Clone()
			out = append(out, p)
		}
	}
	return out
}

func named(parts []part, name string) jsontext.Value {
	for _, p := range parts {
		if p.name == name {
			return p.value
		}
	}
	return nil
}

// idOf returns the id of an item that has one.
func idOf(item jsontext.Value) string {
	if item.Kind() != '{' {
		return ""
	}
	id, _ := jsontext.AppendUnquote(nil, named(parts(item), "id"))
	return string(id)
}

// brief returns the beginning of a value.
func brief(v jsontext.Value) string {
	const most = 60
	r := []rune(string(v))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}
