package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"sync"
	"time"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/accept"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/record"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
	"github.com/tallystick-go/tallystick/scoring"
)

// Option changes how a policy is loaded.
type Option func(*options) error

type options struct {
	methods   *scoring.MethodRegistry
	combiners *scoring.CombinerRegistry
	natives   map[string]*formula.Native
	foreign   bool // one of them may be from outside
	record    record.Options
}

func newOptions(opts []Option) (options, error) {
	o := options{methods: scoring.Methods(), combiners: scoring.Combiners(), natives: map[string]*formula.Native{}}
	for _, opt := range opts {
		if err := opt(&o); err != nil {
			return o, err
		}
	}
	return o, nil
}

// variants returns what a policy may name.
func (o *options) variants() map[reflect.Type]doc.Variants {
	return map[reflect.Type]doc.Variants{
		reflect.TypeFor[scoring.Method]():   o.methods.Variants(),
		reflect.TypeFor[scoring.Combiner](): o.combiners.Variants(),
	}
}

// WithMethods lets the policy use the indicator methods in r in place of the built-in ones; begin with scoring.Methods
// and register your own.
func WithMethods(r *scoring.MethodRegistry) Option {
	return func(o *options) error { o.methods, o.foreign = r, true; return nil }
}

// WithCombiners lets the policy use the combiners in r in place of the built-in ones; begin with scoring.Combiners and
// register your own.
func WithCombiners(r *scoring.CombinerRegistry) Option {
	return func(o *options) error { o.combiners, o.foreign = r, true; return nil }
}

// AllowUnknownFields lets records hold fields that the policy does not know. They are ignored; by default each one is
// an error, since it may be a misspelt input.
func AllowUnknownFields() Option {
	return func(o *options) error { o.record.AllowUnknown = true; return nil }
}

// AllowFloats lets records hold float64 and float32 values, each read as its shortest decimal text: 0.1 is 1/10. By
// default they are refused, since a float that was worked out may already be wrong. NaN and infinities are always refused.
func AllowFloats() Option {
	return func(o *options) error { o.record.AllowFloat = true; return nil }
}

// InLocation lets date inputs be given as a time.Time of any time of day: its day in loc counts. By default a time.Time
// that is not midnight is refused, since the day depends on where one is.
func InLocation(loc *time.Location) Option {
	return func(o *options) error { o.record.Location = loc; return nil }
}

// LoadFile loads the policy in the file name. The error is a Diagnostics when the file was read but has faults.
func LoadFile(name string, opts ...Option) (*Policy, error) {
	src, err := yamldoc.ReadFile(os.Open(name))
	if err != nil {
		return nil, err
	}
	return Parse(name, src, opts...)
}

// Load loads the policy in the file name of fsys, e.g. an embed.FS.
func Load(fsys fs.FS, name string, opts ...Option) (*Policy, error) {
	src, err := yamldoc.ReadFile(fsys.Open(name))
	if err != nil {
		return nil, err
	}
	return Parse(name, src, opts...)
}

// Parse loads a policy from its text; name is for messages.
func Parse(name string, src []byte, opts ...Option) (*Policy, error) {
	o, err := newOptions(opts)
	if err != nil {
		return nil, fmt.Errorf("policy %s: %w", name, err)
	}
	root, notation := yamldoc.Parse(src)
	var meaning []doc.Fault
	var prog *program.Program
	if root != nil {
		prog, meaning = o.link(root, hasErrors(notation))
	}
	line := yamldoc.NewSource(src).Line
	accepting, faults := accept.New(root, codes)
	shown, silenced, used := accepting.Sift(append(meaning, faults...), nil)
	if !hasErrors(notation) && !hasErrors(shown) {
		shown = append(shown, accepting.Unneeded(used, ofLoading)...)
	}
	diagnostics := diagnose(name, line, notation, shown)
	if prog == nil || diagnostics.Has(Error) {
		return nil, diagnostics
	}
	o.record.Grades = prog.Grades
	p := &Policy{
		program:  prog,
		schema:   record.New(prog.Inputs, o.record),
		digest:   digestOf(src),
		warnings: diagnostics,
		accepted: diagnose(name, line, nil, silenced),
		accept:   accepting,
		used:     used,
		file:     name,
		text:     string(src),
		subject:  subjectOf(prog.Inputs[:len(prog.File.Inputs)]), // without those of an override by hand
		chinese:  isChinese(prog.File),
		foreign:  o.foreign,
		memory:   new(memory),
	}
	p.meaning = sync.OnceValue(func() string { return p.said().Digest() })
	if p.whole = func() *program.Program { return prog }; !o.foreign { // what was made outside is made once
		prog.Forget()
		p.whole = func() *program.Program {
			root, _ := yamldoc.Parse([]byte(p.text))
			prog, _ := o.link(root, false)
			return prog
		}
	}
	return p, nil
}

// link makes the policy in root ready. With partial, a part of the file could not be read.
func (o *options) link(root *doc.Node, partial bool) (*program.Program, []doc.Fault) {
	return program.Link(root, program.Options{Decoder: doc.Decoder{Variants: o.variants()}, Natives: o.natives, Partial: partial})
}

// digestOf returns the digest of a file's bytes.
func digestOf(src []byte) string {
	sum := sha256.Sum256(src)
	return "sha256:" + hex.EncodeToString(sum[:])
}
