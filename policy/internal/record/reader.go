package record

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// reader is the memory of reading one record. It is kept for the next one.
type reader struct {
	s    *Schema
	f    *slot.Frame
	seen []bool // by input

	at    int    // the input being read
	path  []step // where in its value
	depth int    // values within values of types that need reflection

	faults  []fault
	strange []*Error // unknown names
	more    int      // faults beyond MaxFaults
	whole   *Error   // the record as a whole cannot be read

	json jsonText
}

// step is one step into a value: a field of a record or an item of a list.
type step struct {
	name  string
	index int    // -1: name
	rule  *input // what is declared of the part; nil: its type says all
}

// fault is an Error and the input by which it is sorted.
type fault struct {
	at  int
	err *Error
}

// state is what came of reading a value.
type state uint8

const (
	filled state = iota
	null         // nothing there
	bad          // a fault was reported
)

// begin returns the reader that f keeps, or another one that it keeps from now on.
func (s *Schema) begin(f *slot.Frame) *reader {
	r, ok := f.Reader.(*reader)
	if !ok || r.s != s || r.isBusy() {
		giveBack(f)
		r = s.readers.Get().(*reader)
		f.Reader = r
	}
	r.start(f)
	clear(r.seen)
	return r
}

// giveBack makes what f keeps free for other frames: it is read in another way from now on.
func giveBack(f *slot.Frame) {
	if kept, ok := f.Reader.(interface{ give() }); ok {
		kept.give()
	}
}

// give makes r free for another frame.
func (r *reader) give() {
	if !r.isBusy() {
		r.s.readers.Put(r)
	}
}

// isBusy reports whether r reads a customer, or did when a Go value of his panicked: it is not used again then.
func (r *reader) isBusy() bool { return r.f != nil }

// start makes r fill f.
func (r *reader) start(f *slot.Frame) {
	r.f = f
	if n := len(r.s.inputs) - len(f.Slots); n > 0 {
		f.Slots = append(f.Slots, make([]slot.Value, n)...)
	}
}

// end writes the slots of the inputs that were not met and returns the faults.
func (r *reader) end() error {
	for i, seen := range r.seen {
		if !seen {
			r.unmet(i)
		}
	}
	return r.finish()
}

// unmet makes input i, which the record does not have, missing.
func (r *reader) unmet(i int) {
	r.gone(i)
	if r.s.inputs[i].Required && r.whole == nil {
		r.at = i
		r.fault(errorf(CodeRequired, "", "it is required, but absent"))
	}
}

// finish looks at what inputs need of each other, and returns the faults.
func (r *reader) finish() error {
	for _, i := range r.s.with {
		r.together(i)
	}
	r.f = nil
	return r.report()
}

// together checks that input i is there where another one is that needs it.
func (r *reader) together(i int) {
	in, v := &r.s.inputs[i], &r.f.Slots[i]
	if v.Kind == slot.String && strings.TrimSpace(v.Str) != "" || v.Kind != slot.String && v.Kind != slot.Missing || r.faulty(i) {
		return
	}
	for _, k := range in.With {
		if r.f.Slots[k].Kind != slot.Missing {
			r.at = i
			r.fault(errorf(CodeRequired, "", "it is required together with %s, but absent", r.s.inputs[k].Name))
			r.gone(i)
			return
		}
	}
}

// faulty reports whether input i has a fault already.
func (r *reader) faulty(i int) bool {
	return slices.ContainsFunc(r.faults, func(f fault) bool { return f.at == i })
}

// report returns the faults as one error, or nil, and forgets them.
func (r *reader) report() error {
	if r.whole == nil && len(r.faults) == 0 && len(r.strange) == 0 {
		return nil
	}
	var all Errors
	if r.whole != nil {
		all = Errors{r.whole}
	} else {
		slices.SortStableFunc(r.faults, func(a, b fault) int { return a.at - b.at })
		slices.SortStableFunc(r.strange, func(a, b *Error) int { return strings.Compare(a.Field, b.Field) })
		for _, f := range r.faults {
			all = append(all, f.err)
		}
		all = append(all, r.strange...)
		if len(all) > MaxFaults {
			r.more += len(all) - MaxFaults
			all = all[:MaxFaults]
		}
		if r.more > 0 {
			all = append(all, errorf(CodeMore, "", "and %d more faults", r.more))
		}
	}
	clear(r.faults)
	clear(r.strange)
	r.faults, r.strange, r.more, r.whole, r.path = r.faults[:0], r.strange[:0], 0, nil, r.path[:0]
	return all
}

// gone makes input i missing.
func (r *reader) gone(i int) {
	r.f.Slots[i].SetGone(r.f.Blame(r.s.inputs[i].Atom))
}

// take makes i the input being read, unless it has been read before.
func (r *reader) take(i int) bool {
	r.at = i
	if r.seen[i] {
		e := errorf(CodeDuplicate, "", "it is there twice")
		if in := &r.s.inputs[i]; in.From != "" || strings.Contains(in.Name, ".") {
			e.hint("give it under one name only%s", in.names())
		}
		r.fault(e)
		r.gone(i) // neither of the two is to be believed
		return false
	}
	r.seen[i] = true
	return true
}

// names says under which names in may come, as a remark in parentheses.
func (in *input) names() string {
	if in.From != "" {
		return " (" + in.Name + " or " + in.From + ")"
	}
	return " (flat or nested)"
}

// settle does what is to be done when the value of the input being read has been read.
func (r *reader) settle(st state) {
	in := &r.s.inputs[r.at]
	switch {
	case st == filled && (!in.bounded || r.within(in, &r.f.Slots[r.at])):
		return
	case st == null && in.Required:
		r.fault(errorf(CodeNull, "", "it is required, but null"))
	}
	r.gone(r.at)
}

// absent is null for every input of a group that is null itself.
func (r *reader) absent(g *node) {
	for _, i := range g.inputs {
		if r.take(i) {
			r.settle(null)
		}
	}
}

// fault notes a fault of the value being read.
func (r *reader) fault(e *Error) {
	if len(r.faults) >= MaxFaults {
		r.more++
		return
	}
	if e.Field == "" {
		e.Field = r.field("")
	}
	r.faults = append(r.faults, fault{r.at, e})
}

// misplaced notes that something other than a record stands where the inputs of g should be.
func (r *reader) misplaced(g *node, got string) {
	r.at = g.inputs[0]
	r.fault(errorf(CodeType, g.name, "a record is needed, not %s", got))
	for _, i := range g.inputs {
		if !r.seen[i] {
			r.seen[i] = true
			r.gone(i)
		}
	}
}

// unknown notes a name that no input has. known are the names that would do; the value stands at prefix.
func (r *reader) unknown(prefix, name string, known []string) {
	if len(r.strange) >= MaxFaults {
		r.more++ // and spare the search for a near name
		return
	}
	e := errorf(CodeUnknown, cut(join(prefix, name)), "no input has this name")
	if len(known) == 0 {
		e.hint("the policy has no inputs")
	} else if near := doc.Nearest(name, known); near != "" {
		e.hint("did you mean %q?", near)
	}
	r.stray(e)
}

// stray notes a fault of a name that no input has.
func (r *reader) stray(e *Error) {
	if len(r.strange) >= MaxFaults {
		r.more++
		return
	}
	r.strange = append(r.strange, e)
}

// field returns the name of the value being read, or of a field of it.
func (r *reader) field(name string) string {
	field := r.s.inputs[r.at].Name
	if len(r.path) > 0 && r.path[0].index < 0 {
		field += "."
	}
	field += pathText(r.path)
	if name != "" {
		field = join(field, name)
	}
	return field
}

// pathText writes a path as in "members[2].amount".
func pathText(path []step) string {
	var b strings.Builder
	for i, p := range path {
		switch {
		case p.index >= 0:
			b.WriteString("[" + strconv.Itoa(p.index) + "]")
		case i > 0:
			b.WriteString("." + p.name)
		default:
			b.WriteString(p.name)
		}
	}
	return b.String()
}

func (r *reader) push(s step) {
	if in := r.rule(); in != nil {
		s.rule = in.part(s)
	}
	r.path = append(r.path, s)
}

// rule returns what is declared of the value being read, nil where its type says all.
func (r *reader) rule() *input {
	if n := len(r.path); n > 0 {
		return r.path[n-1].rule
	}
	return &r.s.inputs[r.at]
}

// part returns what is declared of a part of in, nil where its type says all.
func (in *input) part(s step) *input {
	if s.index >= 0 {
		return in.item
	}
	for i := range in.fields {
		if in.fields[i].Name == s.name {
			return &in.fields[i]
		}
	}
	return nil
}
func (r *reader) pop() { r.path = r.path[:len(r.path)-1] }
