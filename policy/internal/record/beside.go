package record

import "strings"

// Beside returns s for files that are written for other as well: names that other knows and s does not are passed over,
// as if they were not there. renamed are inputs that other has under another name, by their name here: either will do.
func (s *Schema) Beside(other *Schema, renamed map[string]string) *Schema {
	inputs := make([]Input, len(s.inputs))
	for i := range inputs {
		inputs[i] = s.inputs[i].Input
		if inputs[i].From == "" {
			inputs[i].From = renamed[inputs[i].Name]
		}
	}
	out := New(inputs, s.opts)
	out.beside = other
	return out
}

// foreign reports whether name in the record that stands at prefix is known to the other schema alone.
func (s *Schema) foreign(prefix, name string) bool {
	return s.beside != nil && s.beside.has(join(prefix, name))
}

// has reports whether something is called path: an input, what holds some, or a part of one, as in "members[2].amount".
func (s *Schema) has(path string) bool {
	if s.root.entries[path] != nil {
		return true
	}
	for end := strings.LastIndexAny(path, ".["); end > 0; end = strings.LastIndexAny(path[:end], ".[") {
		e := s.root.entries[path[:end]]
		if e == nil || e.input < 0 {
			continue
		}
		t := s.inputs[e.input].Type
		for _, part := range strings.FieldsFunc(path[end:], func(r rune) bool { return r == '.' || r == '[' }) {
			i := t.FieldIndex(part)
			switch {
			case strings.HasSuffix(part, "]") && t.Elem != nil:
				t = t.Elem
			case i >= 0:
				t = t.Fields[i].Type
			default:
				return false
			}
		}
		return true
	}
	return false
}
