package cases

import (
	"errors"
	"maps"
	"path"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

// File is a test file without faults, its cases decided.
type File struct {
	Name       string
	Policy     *policy.Policy
	PolicyName string // of its file
	Cases      []*Case

	base policy.Record // that every case starts from
	asOf *policy.Date  // the day of every case that has none of its own; nil where there is none
}

// Case is a case of a test file, decided.
type Case struct {
	Name  string
	File  string
	Place doc.Place // of its name

	expects []Expectation
	failure *failure // the error that is expected; nil where none is

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
	switch p := l.decl.Policy; {
	case p.Value != "":
		l.loadPolicy()
	case p.Node != nil:
		l.decoder.Errorf(p.Place(), "no-policy", "no policy is named here")
	}
	l.base = given{}
	l.base.put(l.decl.Base, l.outline, &l.decoder)
	if l.outline != nil {
		l.file.base = l.base.record(l.outline)
	}
	if l.decl.AsOf != nil {
		l.file.asOf = &l.decl.AsOf.Day
	}
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
	l.file.Policy, l.file.PolicyName = l.policy, name
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
		expects: t.Expect.expectations(), failure: t.Expect.Error, given: maps.Clone(l.base),
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
	if c.failure == nil {
		l.misread(c)
	}
}
