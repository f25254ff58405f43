package cases

import (
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/record"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

// File is a test file without faults, its cases decided.
type File struct {
	Name  string
	Cases []*Case
}

// Case is a case of a test file, decided.
type Case struct {
	Name  string
	File  string
	Place doc.Place // of its name

	expects []Expectation
	failure doc.Text // what an error must contain; empty where none is expected

	outline  *outline
	given    given
	decision *policy.Decision
	err      error // why there is no decision
}

// Load reads the test file name and its policy by means of read, and decides its cases. Names have slashes. The error is
// *Faults where the test file is at fault, policy.Diagnostics where its policy is, and what read returned where the file
// could not be read.
func Load(name string, read func(name string) ([]byte, error), opts ...policy.Option) (*File, error) {
	src, err := read(name)
	if err != nil {
		return nil, err
	}
	root, notation := yamldoc.Parse(src)
	l := loader{name: name, read: read, opts: opts, file: &File{Name: name}}
	if root != nil {
		l.load(root)
	}
	if faults := newFaults(name, src, notation, l.decoder.Faults); faults != nil {
		faults.cause = l.unread
		return nil, faults
	}
	if l.unloaded != nil {
		return nil, l.unloaded
	}
	return l.file, nil
}

// loader is a test file on the way from its text to its cases.
type loader struct {
	name    string
	read    func(name string) ([]byte, error)
	opts    []policy.Option
	decoder doc.Decoder

	decl    file
	policy  *policy.Policy
	outline *outline
	base    given
	file    *File

	unread   error              // why the policy could not be read
	unloaded policy.Diagnostics // why it could not be loaded
}

func (l *loader) load(root *doc.Node) {
	l.decoder.Decode(root, &l.decl)
	if l.decl.Policy.Value != "" {
		l.loadPolicy()
	}
	l.base = given{}
	l.base.put(l.decl.Base, l.outline, &l.decoder)
	if n := root.Get("tests"); n != nil && n.Kind == doc.Seq && len(n.Items) == 0 {
		l.decoder.Errorf(n.Place, "no-tests", "there are no cases here")
	}
	names := map[string]doc.Place{}
	for i := range l.decl.Tests {
		t := &l.decl.Tests[i]
		if first, twice := names[t.Name.Value]; twice && t.Name.Node != nil {
			l.decoder.Fault(doc.Errorf(t.Name.Place(), "duplicate-name", "another case has the name %q", t.Name.Value).See(first, "the first one is here"))
		}
		names[t.Name.Value] = t.Name.Place()
		l.add(t)
	}
}

func (l *loader) loadPolicy() {
	name := path.Join(path.Dir(l.name), l.decl.Policy.Value)
	src, err := l.read(name)
	if err != nil {
		l.unread = err
		l.decoder.Fault(doc.Errorf(l.decl.Policy.Place(), "no-policy", "the policy cannot be read: %s", err).WithHint("its path begins where this file is"))
		return
	}
	l.policy, err = policy.Parse(name, src, l.opts...)
	if err == nil {
		l.outline = outlineOf(src)
		return
	}
	if !errors.As(err, &l.unloaded) {
		l.decoder.Errorf(l.decl.Policy.Place(), "no-policy", "%s", err)
	}
}

// add checks what t asks for, and decides it.
func (l *loader) add(t *test) {
	c := &Case{
		Name: t.Name.Value, File: l.name, Place: t.Name.Place(),
		expects: t.Expect.expectations(), failure: t.Expect.Error, outline: l.outline, given: maps.Clone(l.base),
	}
	if t.Name.Node == nil {
		c.Place = t.Place()
	}
	l.file.Cases = append(l.file.Cases, c)
	c.given.put(t.Given, l.outline, &l.decoder)
	l.complete(t, c)
	if l.policy == nil {
		return
	}
	for _, e := range c.expects {
		l.known(e, t.Expect.Key(e.Key))
	}
	asOf := t.AsOf
	if asOf == nil {
		asOf = l.decl.AsOf
	}
	if asOf == nil {
		return
	}
	c.decision, c.err = l.policy.Decide(c.given.record(l.outline), policy.AsOf(asOf.Day))
	if c.failure.Node == nil {
		l.misread(c)
	}
}

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
	case n.Get("error") != nil && c.failure.Node != nil && c.failure.Value == "":
		l.decoder.Fault(doc.Errorf(c.failure.Place(), "no-expectation", "every message contains nothing").WithHint("write a part of the message that tells this error from others"))
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
