package policy

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/accept"
	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/record"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

// Policy decides customers. Load one with LoadFile, Load or Parse; it never changes, and is safe for concurrent use.
type Policy struct {
	program  *program.Program
	whole    func() *program.Program // the same, read again, with what program has let go of
	schema   *record.Schema
	digest   string
	meaning  func() string // worked out when it is first asked for
	warnings Diagnostics
	accepted Diagnostics
	accept   *accept.List
	used     accept.Used // by what was found at load
	file     string
	text     string // of the file
	subject  int    // the slot of the input that names a customer, -1 for none
	chinese  bool   // our own words in reasons are Chinese unless asked otherwise
	foreign  bool   // functions, methods or combiners from outside may take part

	*memory
}

// memory is what a policy works out once, when it is first needed.
type memory struct {
	bindings sync.Map                       // reflect.Type -> *record.Binding or error
	last     atomic.Pointer[record.Binding] // the one used last: most programs have one type of customer
	worded   atomic.Pointer[wording]        // what is the same in all decisions, once one has been written
}

// ID returns the identifier of the policy.
func (p *Policy) ID() string { return p.program.File.Policy.Value }

// Version returns the version of the policy.
func (p *Policy) Version() string { return p.program.File.Version.Value }

// Title returns the name of the policy in lang ("zh", "en"), or in another language where there is none in that.
func (p *Policy) Title(lang string) string { return p.program.File.Title.In(lang) }

// Language returns the language of the policy, "zh" or "en": that of its title and reasons, and of what is said besides
// unless another one is asked for.
func (p *Policy) Language() string {
	if p.chinese {
		return "zh"
	}
	return "en"
}

// File returns the name of the file that the policy was loaded from, as it was given.
func (p *Policy) File() string { return p.file }

// Digest returns "sha256:" and the SHA-256 of the file's bytes.
func (p *Policy) Digest() string { return p.digest }

// Meaning returns "sha256:" and a digest of what the policy says: layout, comments, the order of keys and the notation of
// numbers and expressions do not count, nor does the section `accept`. Diff tells two policies of different meaning apart.
func (p *Policy) Meaning() string { return p.meaning() }

// Warnings returns what the loader found that is no error, without what the section `accept` of the policy silences.
func (p *Policy) Warnings() Diagnostics { return p.warnings }

// Accepted returns what the loader found and the section `accept` of the policy silences.
func (p *Policy) Accepted() Diagnostics { return p.accepted }

// sift makes diagnostics of what was found about the policy after it was loaded; accepted are those that its section
// `accept` silences. The entries for which found can be the reason are judged here: found is all there is of them.
func (p *Policy) sift(found []doc.Fault) (shown, accepted Diagnostics) {
	kept, silenced, used := p.accept.Sift(found, p.used)
	kept = append(kept, p.accept.Unneeded(used, ofProof)...)
	line := yamldoc.NewSource([]byte(p.text)).Line
	return diagnose(p.file, line, nil, kept), diagnose(p.file, line, nil, silenced)
}

// Grade is a grade of a policy's scale.
type Grade struct {
	Name  string
	Title string // in the first language of the file
}

// Grades returns the grades from best to worst, then those off the scale.
func (p *Policy) Grades() []Grade {
	var out []Grade
	if g := p.program.File.Grade; g != nil {
		for i := range g.Scale {
			out = append(out, Grade{g.Scale[i].Grade, g.Scale[i].Title.String()})
		}
	}
	return out
}

// HasScore reports whether the policy scores customers.
func (p *Policy) HasScore() bool { return p.program.File.Scoring != nil }

// AllowsUnknownFields reports whether records may have fields that the policy does not know, see AllowUnknownFields.
func (p *Policy) AllowsUnknownFields() bool { return p.schema.Options().AllowUnknown }

// MoneyPlaces returns how many decimals amounts of money have.
func (p *Policy) MoneyPlaces() int { return p.program.Rounding.Money }

// InForce returns an *AsOfError unless the policy is in force on day.
func (p *Policy) InForce(day Date) error { return p.inForce(&DecideOption{day, true}) }

// HasTransitions reports whether the policy looks at the grade that a customer had before.
func (p *Policy) HasTransitions() bool {
	return p.program.File.Grade != nil && p.program.File.Grade.Transitions != nil
}

// HasLimit reports whether the policy gives limits.
func (p *Policy) HasLimit() bool { return p.program.File.Credit != nil }

// subjectOf returns the slot of the first required text, which names the customer, or else of the first text. A text that is
// one of a few names nobody.
func subjectOf(inputs []record.Input) int {
	first := -1
	for i := range inputs {
		if inputs[i].Type.Kind != slot.String || inputs[i].OneOf != nil {
			continue
		}
		if inputs[i].Required {
			return i
		}
		if first < 0 {
			first = i
		}
	}
	return first
}

// isChinese reports whether the policy is written in Chinese: by its title and the reasons of admission, or else by the titles of
// its inputs and the other reasons.
func isChinese(f *model.File) bool {
	texts := f.Title.String()
	for i := range f.Admission {
		texts += f.Admission[i].Reason.String()
	}
	if texts == "" {
		for i := range f.Inputs {
			texts += f.Inputs[i].Value.Title.String()
		}
		if f.Grade != nil {
			for i := range f.Grade.Rules {
				texts += f.Grade.Rules[i].Reason.String()
			}
		}
		if f.Credit != nil {
			for i := range f.Credit.Steps {
				texts += f.Credit.Steps[i].Reason.String()
			}
		}
	}
	return strings.ContainsFunc(texts, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// EvalError is a fault while deciding: an expression that takes too many steps, a function that fails. It names the rule
// and where it stands. There is no decision then.
type EvalError struct {
	Policy    string // its identifier
	Rule      string // "value growth", "criterion licence", "credit limit base"
	Line, Col int    // in the policy's file; 0 when unknown
	Err       error  // the cause
}

// Error returns the rule, its place and what is wrong.
func (e *EvalError) Error() string {
	at := ""
	if e.Line > 0 {
		at = fmt.Sprintf(" (line %d, column %d)", e.Line, e.Col)
	}
	return fmt.Sprintf("policy %s: %s%s: %s", e.Policy, e.Rule, at, e.Err)
}

// Unwrap returns what is wrong.
func (e *EvalError) Unwrap() error { return e.Err }

// AsOfError says that a decision was asked for a day on which the policy is not in force, or for no day at all.
type AsOfError struct {
	Policy, Version   string // Version is empty where a Store was asked, which has Versions
	AsOf              Date   // the day asked for
	Given             bool   // whether a day was given
	From, Until       Date   // in force from From until the day before Until
	HasFrom, HasUntil bool   // false: there is no such day

	Versions []*Policy // that a Store has of the policy, in the order of time
}

// Error says when the policy is in force.
func (e *AsOfError) Error() string {
	if !e.Given {
		return fmt.Sprintf("policy %s: no day is given: pass policy.AsOf(date); the clock is never read", e.Policy)
	}
	if e.Versions != nil {
		all := make([]string, len(e.Versions))
		for i, p := range e.Versions {
			all[i] = fmt.Sprintf("%s is %s (%s)", p.Version(), p.Period(), p.File())
		}
		return fmt.Sprintf("policy %s: no version is in force on %s: %s", e.Policy, e.AsOf, strings.Join(all, "; "))
	}
	period := Period{e.From, e.Until, e.HasFrom, e.HasUntil}
	return fmt.Sprintf("policy %s %s is not in force on %s: it is %s", e.Policy, e.Version, e.AsOf, period)
}

// DecideOption says how one customer is decided.
type DecideOption struct {
	asOf  Date
	given bool
}

// AsOf gives the day of the decision. It must be given: the same record, policy and day make the same decision, always.
func AsOf(day Date) DecideOption { return DecideOption{day, true} }

// DateOf returns the calendar day that t shows in its own location.
func DateOf(t time.Time) Date { return slot.DayOf(t) }

// NewDate returns a calendar day.
func NewDate(year int, month time.Month, day int) Date {
	return slot.DayOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

func optionsOf(opts []DecideOption) DecideOption {
	var o DecideOption
	for _, x := range opts {
		o = x
	}
	return o
}

// Decide decides one customer. record is a Record, a map[string]any, or a struct or pointer to one, see Bind.
//
// The error is InputErrors where the record is at fault, an *AsOfError where the policy is not in force, and an *EvalError
// where the policy failed; there is no decision then. That data are missing is no error: the policy says what follows.
func (p *Policy) Decide(record any, opts ...DecideOption) (*Decision, error) {
	work := works.Get().(*Decision)
	err := p.DecideInto(work, record, opts...)
	if err != nil {
		works.Put(work)
		return nil, err
	}
	d := work.Clone()
	works.Put(work)
	return d, nil
}

// works are the decisions that Decide decides into. One of which something from outside has panicked does not come back.
var works = sync.Pool{New: func() any { return new(Decision) }}

// DecideInto is Decide into a decision that is used again: it overwrites all of it and allocates nothing once it has
// grown. A Decision serves one goroutine; Clone keeps what is in it.
func (p *Policy) DecideInto(d *Decision, record any, opts ...DecideOption) error {
	o := optionsOf(opts)
	err := p.begin(d, &o)
	if err == nil {
		err = p.read(d, record)
	}
	if err == nil {
		err = p.finish(d)
	}
	if err != nil {
		d.void()
	}
	return err
}

// begin makes d ready for the next customer.
func (p *Policy) begin(d *Decision, o *DecideOption) error {
	if err := p.inForce(o); err != nil {
		return err
	}
	d.policy, d.withheld = p, false
	if d.state == nil {
		d.state, d.verdict, d.inputs = new(program.State), verdict{}, ""
		d.again.Store(nil)
	}
	p.program.Begin(d.state)
	d.state.AsOf = o.asOf
	return nil
}

// inForce returns an error unless the policy is in force on the day.
func (p *Policy) inForce(o *DecideOption) error {
	span := p.program.File.Effective
	late := span != nil && span.Until != nil && o.asOf >= span.Until.Day
	early := span != nil && span.From != nil && o.asOf < span.From.Day
	if o.given && !late && !early {
		return nil
	}
	e := &AsOfError{Policy: p.ID(), Version: p.Version(), AsOf: o.asOf, Given: o.given}
	if span != nil && span.From != nil {
		e.From, e.HasFrom = span.From.Day, true
	}
	if span != nil && span.Until != nil {
		e.Until, e.HasUntil = span.Until.Day, true
	}
	return e
}

// read fills the slots of the inputs.
func (p *Policy) read(d *Decision, rec any) error {
	switch r := rec.(type) {
	case Record:
		return p.schema.ReadMap(&d.state.Frame, r)
	case map[string]any:
		return p.schema.ReadMap(&d.state.Frame, r)
	}
	b, err := p.binding(reflect.TypeOf(rec))
	if err != nil {
		return err
	}
	return b.Read(&d.state.Frame, rec)
}

// errNoRecord says that t is nothing that holds a customer.
func errNoRecord(t reflect.Type) error {
	e := &InputError{Code: record.CodeType, Message: "there is no record", Hint: "pass a policy.Record, a map[string]any, a struct or a pointer to a struct"}
	switch {
	case t == nil:
	case t.Kind() == reflect.Slice || t.Kind() == reflect.String:
		e.Message, e.Hint = "a Go "+t.String()+" is no record", "make a policy.Record of JSON by policy.ParseRecord"
	default:
		e.Message = "a Go " + t.String() + " is no record"
	}
	return InputErrors{e}
}

// binding returns how structs of type t are read. It is worked out once for each type.
func (p *Policy) binding(t reflect.Type) (*record.Binding, error) {
	if b := p.last.Load(); b != nil && b.Reads(t) {
		return b, nil
	}
	if t == nil || t.Kind() != reflect.Struct && (t.Kind() != reflect.Pointer || t.Elem().Kind() != reflect.Struct) {
		return nil, errNoRecord(t)
	}
	if x, ok := p.bindings.Load(t); ok {
		if err, failed := x.(error); failed {
			return nil, err
		}
		b := x.(*record.Binding)
		p.last.Store(b)
		return b, nil
	}
	b, err := p.schema.Bind(t)
	if err != nil {
		p.bindings.Store(t, err)
		return nil, err
	}
	p.bindings.Store(t, b)
	return b, nil
}

// Bind looks at the type of record, a struct or a pointer to one, so that Decide and DecideInto need not do so for the
// first customer, and returns what is wrong with it: an input that has no field, a field that cannot hold its input.
//
// A field is the input of its tag `policy:"name"`, or else of its tag `json:"name"`, or else of its own name in snake_case;
// nested structs are dotted names. Zero is a value: only nil pointers, invalid sql.Null and decimal.NullDecimal values and
// the zero time.Time are missing, and with `policy:"name,omitzero"` any zero value.
//
// While a customer is being decided nobody may write to the struct, nor to a field that is no input: a struct of plain data is
// copied whole, once, since that is quicker than looking at its fields by reflection.
func (p *Policy) Bind(record any) error {
	_, err := p.binding(reflect.TypeOf(record))
	return err
}

// finish decides the customer whose inputs have been read.
func (p *Policy) finish(d *Decision) error {
	err := p.program.Run(d.state, d.state.AsOf)
	if err == nil {
		d.decided = true
		return nil
	}
	var e *program.Error
	if errors.As(err, &e) {
		return &EvalError{Policy: p.ID(), Rule: e.Rule, Line: e.Place.Line, Col: e.Place.Col, Err: e.Err}
	}
	return err
}
