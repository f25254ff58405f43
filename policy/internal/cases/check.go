package cases

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/record"
)

// complete reports what t does not say, and what it says in vain.
func (l *loader) complete(t *test, c *Case) {
	if !says(l.decl.Node(), "as_of") && !says(t.Node(), "as_of") {
		l.decoder.Fault(doc.Errorf(c.Place, "missing-key", "the case has no day").WithHint("add `as_of: 2026-06-30` here, or at the top of the file for all cases"))
	}
	n := t.Expect.Node()
	switch {
	case n == nil || n.Kind != doc.Map:
	case len(n.Pairs) == 0:
		l.decoder.Errorf(n.Place, "no-expectation", "nothing is expected here")
	case n.Get("error") != nil && len(n.Pairs) > 1:
		l.decoder.Errorf(t.Expect.Key("error"), "no-expectation", "where there is an error there is no decision, of which anything could be expected")
	case c.failure != nil && c.failure.String() == "" && len(n.Get("error").Pairs) == 0:
		l.decoder.Fault(doc.Errorf(n.Get("error").Place, "no-expectation", "every message contains nothing").WithHint("write a part of the message that tells this error from others, or a map of its field and code"))
	}
}

// says reports whether n has key, or one that was meant to be it.
func says(n *doc.Node, key string) bool {
	return slices.ContainsFunc(pairs(n), func(p doc.Pair) bool {
		return p.Key.Text == key || doc.Nearest(p.Key.Text, []string{key}) != ""
	})
}

// known reports what e, whose key stands at key, expects of something that the policy does not have.
func (l *loader) known(e Expectation, key doc.Place) {
	f := figures[e.Key]
	if lack := l.outline.lacks(&f); lack != "" {
		l.decoder.Errorf(key, "not-in-policy", "`%s` cannot be expected: the policy has no %s", e.Key, lack)
		return
	}
	if f.names != "" {
		name := e.Name.Value
		if f.names == aValue {
			name, _, _ = strings.Cut(name, ".") // of a value that is a record, a field
		}
		l.oneOf(e.Name.Place(), f.names, name)
	}
	if f.choices != "" && !e.Want.None {
		l.oneOf(e.Want.Place, f.choices, e.Want.Text)
	}
	if e.Key == "missing" {
		for _, item := range e.Want.Items {
			if !l.outline.isInput(item.Text) {
				l.decoder.Fault(doc.Errorf(item.Place, "unknown-name", "the policy has no input `%s`", item.Text).WithHint("%s", doc.Suggest(item.Text, slices.Collect(maps.Keys(l.outline.kinds)))))
			}
		}
	}
}

// oneOf reports a name that the policy does not have.
func (l *loader) oneOf(at doc.Place, what, name string) {
	if names := l.outline.known[what]; !slices.Contains(names, name) {
		l.decoder.Fault(doc.Errorf(at, "unknown-name", "the policy has no %s `%s`", what, name).WithHint("%s", doc.Suggest(name, names)))
	}
}

// misreadings are faults of a record that is not written as the policy declares it: the test file is to blame. Of the
// others the policy may be, and the case says so.
var misreadings = map[string]bool{
	record.CodeUnknown: true, record.CodeType: true, record.CodeFormat: true, record.CodeDuplicate: true,
}

// misread reports what the record of c is not written as.
func (l *loader) misread(c *Case) {
	var bad policy.InputErrors
	if !errors.As(c.err, &bad) {
		return
	}
	for _, e := range bad {
		if misreadings[e.Code] {
			at, ok := c.given.place(e.Field, e.Code == record.CodeUnknown)
			if !ok {
				at = c.Place
			}
			hint := e.Hint
			if p, ok := c.given[e.Field]; ok && e.Code == record.CodeUnknown && p.Value.Kind == doc.Null && hint == "" {
				hint = "it has no value: a comma before it begins a new key; a number has a point before its decimals"
			}
			l.decoder.Fault(doc.Errorf(at, "record-"+e.Code, "%s: %s", e.Field, e.Message).WithHint("%s", hint))
		}
	}
}
