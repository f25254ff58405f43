package record

import (
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// ReadJSON fills f from one JSON object, which it does not keep. It accepts what ReadMap accepts of the Record that
// ParseRecord makes of the object, and fills the same values, without making that map.
func (s *Schema) ReadJSON(f *slot.Frame, object []byte) error { return s.readJSON(f, object, "") }

// readJSON is ReadJSON. text is the object once more, whose parts may be kept, or empty.
func (s *Schema) readJSON(f *slot.Frame, object []byte, text string) error {
	r := s.begin(f)
	if r.flat(object, text) {
		return r.end()
	}
	j := &r.json
	j.start(object)
	j.text = text
	switch k := j.peek(); k {
	case '{':
		r.members(s.root)
		j.finish()
	case jsontext.KindInvalid:
	default:
		r.whole = notAnObject(k)
	}
	if j.err != nil {
		r.whole = j.err
	}
	if r.whole != nil {
		r.wipe()
	}
	j.stop()
	return r.end()
}

func notAnObject(k jsontext.Kind) *Error {
	return errorf(CodeType, "", "a record is a JSON object {...}, not %s", jsonNoun(k))
}

// wipe makes every input missing.
func (r *reader) wipe() {
	for i := range r.seen {
		r.seen[i] = true
		r.gone(i)
	}
}

// members reads the inputs that stand at n from an object.
func (r *reader) members(n *node) {
	j := &r.json
	base, object := j.mark(len(n.order)), j.begin()
	next := 0
	for {
		name, ok := j.member()
		if !ok {
			break
		}
		e := n.find(name, next)
		if e == nil {
			r.ignore(object, n.name, string(name), r.s.names)
			continue
		}
		if j.marks[base+e.pos] {
			r.twice(e)
			j.value()
			continue
		}
		j.marks[base+e.pos] = true
		next = e.pos + 1
		r.member(e)
	}
	j.unmark(base)
}

// twice notes that the same name stands twice in an object.
func (r *reader) twice(e *entry) {
	if e.input >= 0 {
		r.at = e.input
		r.fault(errorf(CodeDuplicate, "", "it is there twice"))
		r.gone(e.input)
		return
	}
	r.at = e.group.inputs[0]
	r.fault(errorf(CodeDuplicate, e.group.name, "it is there twice"))
	for _, i := range e.group.inputs {
		r.gone(i)
	}
}

// member reads the value of the name that e stands for.
func (r *reader) member(e *entry) {
	j := &r.json
	if e.group != nil {
		k := j.peek()
		switch {
		case e.input >= 0 && (k != '{' || r.s.inputs[e.input].Type.Kind == slot.Record):
			// the input itself
		case k == '{':
			r.members(e.group)
			return
		case k == 'n':
			j.value()
			r.absent(e.group)
			return
		default:
			j.value()
			r.misplaced(e.group, jsonNoun(k))
			return
		}
	}
	if !r.take(e.input) {
		j.value()
		return
	}
	in := &r.s.inputs[e.input]
	r.settle(r.fromJSON(in.Type, in.Atom, &r.f.Slots[e.input]))
}

// ignore passes over the value of a name that nothing is known of, in the object that stands at prefix.
func (r *reader) ignore(object int, prefix, name string, known []string) state {
	field := join(prefix, name)
	st := filled
	if r.json.met(object, name) {
		r.stray(errorf(CodeDuplicate, cut(field), "it is there twice"))
		st = bad
	} else if !r.s.opts.AllowUnknown && !r.s.foreign(prefix, name) {
		r.unknown(prefix, name, known)
		st = bad
	}
	if repeats(r.json.value()) {
		r.stray(errorf(CodeDuplicate, cut(field), "a name in it is there twice"))
		st = bad
	}
	return st
}

// fromJSON reads the next JSON value as a t. atom is what is blamed for parts of it that are missing.
func (r *reader) fromJSON(t *slot.Type, atom int, dst *slot.Value) state {
	j := &r.json
	switch t.Kind {
	case slot.List:
		if j.peek() == '[' {
			return r.jsonList(t, atom, dst)
		}
	case slot.Record:
		if j.peek() == '{' {
			return r.jsonRecord(t, dst)
		}
	}
	raw := j.value()
	if len(raw) == 0 {
		return bad
	}
	switch c := raw[0]; {
	case c == 'n':
		return null
	case c == '"' && t.Kind == slot.Number:
		return r.numberBytes(j.string(raw), dst)
	case c == '"' && t.Kind == slot.String:
		return r.setBytes(j.string(raw), j.kept(raw), dst)
	case c == '"' && t.Kind == slot.Date:
		return dayText(r, j.string(raw), dst)
	case c == '"' && t.Kind == slot.Grade:
		return gradeText(r, j.string(raw), dst)
	case (c == '-' || c-'0' <= 9) && t.Kind == slot.Number:
		return r.numberBytes(raw, dst)
	case (c == 't' || c == 'f') && t.Kind == slot.Bool:
		dst.SetTruth(c == 't')
		return filled
	}
	return r.misfit(t, raw)
}

// misfit reports a JSON value of a kind that cannot be a t.
func (r *reader) misfit(t *slot.Type, raw jsontext.Value) state {
	if t.Kind == slot.Missing {
		return r.noType()
	}
	got := jsonNoun(raw.Kind())
	switch k := raw.Kind(); {
	case k == '"':
		s := string(r.json.string(raw))
		e := wrongType(t, "the text "+quote(s))
		if t.Kind == slot.Bool {
			e.hint("%s", boolHint(s))
		}
		r.fault(e)
		return bad
	case k == '0':
		got = "the number " + cut(string(raw))
		e := wrongType(t, got)
		switch {
		case t.Kind == slot.Bool && len(raw) == 1:
			e.hint("%s", boolHint(string(raw)))
		case t.Kind == slot.String:
			e.hint("%s", quoteIt)
		case t.Kind == slot.Date:
			e.hint("%s", dayAsText)
		}
		r.fault(e)
		return bad
	}
	r.fault(wrongType(t, got))
	return bad
}

func (r *reader) jsonList(t *slot.Type, atom int, dst *slot.Value) state {
	j := &r.json
	elem := elemOf(t)
	list := []slot.Value{}
	st := filled
	j.token()
	n := 0
	for ; ; n++ {
		if k := j.peek(); k == ']' || k == jsontext.KindInvalid {
			break
		}
		if n >= MaxItems { // the rest is passed over and counted
			j.value()
			continue
		}
		list = append(list, slot.Value{})
		r.push(step{index: n})
		if r.part(r.fromJSON(elem, atom, &list[n]), atom, &list[n]) == bad {
			st = bad
		}
		r.pop()
	}
	j.token()
	if !r.holds(n) {
		return bad
	}
	*dst = slot.Items(list)
	return st
}

func (r *reader) jsonRecord(t *slot.Type, dst *slot.Value) state {
	j := &r.json
	fields := make([]slot.Value, len(t.Fields))
	base, object := j.mark(len(t.Fields)), j.begin()
	st := filled
	before := len(r.faults)
	var of []int // the field of each fault that was noted since
	for {
		name, ok := j.member()
		if !ok {
			break
		}
		i := fieldIndex(t, name)
		if i < 0 {
			if r.ignore(object, r.field(""), string(name), fieldNames(t)) == bad {
				st = bad
			}
			continue
		}
		f := &t.Fields[i]
		r.push(step{name: f.Name, index: -1})
		if j.marks[base+i] {
			j.value()
			r.fault(errorf(CodeDuplicate, "", "it is there twice"))
			fields[i] = slot.Gone(r.f.Blame(f.Atom))
			st = bad
		} else {
			j.marks[base+i] = true
			if r.part(r.fromJSON(f.Type, f.Atom, &fields[i]), f.Atom, &fields[i]) == bad {
				st = bad
			}
		}
		r.pop()
		for len(of) < len(r.faults)-before {
			of = append(of, i)
		}
	}
	for i := range t.Fields {
		if j.marks[base+i] {
			continue
		}
		if r.lacks(&t.Fields[i], &fields[i]) {
			st = bad
		}
		for len(of) < len(r.faults)-before {
			of = append(of, i)
		}
	}
	sortFaults(r.faults[before:], of)
	j.unmark(base)
	*dst = slot.Fields(fields)
	return st
}

// sortFaults puts faults in the order of the fields that they are of, whatever order the record has.
func sortFaults(faults []fault, of []int) {
	if slices.IsSorted(of) {
		return
	}
	at := make([]int, len(of))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(a, b int) int { return of[a] - of[b] })
	sorted := make([]fault, len(faults))
	for i, k := range at {
		sorted[i] = faults[k]
	}
	copy(faults, sorted)
}

// fieldIndex is t.FieldIndex for a name that is not kept.
func fieldIndex(t *slot.Type, name []byte) int {
	for i := range t.Fields {
		if t.Fields[i].Name == string(name) {
			return i
		}
	}
	return -1
}

// jsonNoun says what a JSON value is, for messages.
func jsonNoun(k jsontext.Kind) string {
	switch k {
	case 'n':
		return "null"
	case 't':
		return "true"
	case 'f':
		return "false"
	case '"':
		return "a text"
	case '0':
		return "a number"
	case '{':
		return "a record"
	case '[':
		return "a list"
	}
	return "something else"
}
