package record

import (
	"strings"
	"sync"
	"time"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// The limits of what a record may hold.
const (
	MaxText   = 64 << 10 // bytes of a text
	MaxItems  = 10_000   // items of a list
	MaxRecord = 1 << 20  // bytes of one record of a file
	MaxFaults = 100      // faults that are told of one record
)

// Input is one declared input of a policy. Its slot in the frame is its index in the Schema.
type Input struct {
	Name     string     // may be dotted: "applicant.age" is age in the nested record applicant
	From     string     // what records of other systems call it; may be dotted; empty: only Name
	Type     *slot.Type // whose fields say what is blamed when they are absent
	Atom     int        // what is blamed when the input is missing, see slot.Frame.Blame
	Required bool       // absent and null are faults
	Optional bool       // Bind accepts a struct that has no field for it; it is then missing
	With     []int      // where one of these inputs is there, this one is required, and not blank

	Min, Max, Above, Below *exact.Number // numbers: >=, <=, >, <
	MinDate, MaxDate       *slot.Day     // dates, both inclusive
	Decimals               *int          // numbers: at most so many places; 0: whole
	Ranges                 []Range       // numbers: in one of these
	OneOf                  []slot.Value  // one of these
	MaxLen                 int           // texts: characters; lists: items; 0: no limit but the package's

	Item   *Input  // lists: what each item must be; nil: its type says all
	Fields []Input // records: what each field of the type must be, in their order; empty: the type says all
}

// Range is an interval of allowed numbers, both ends inclusive.
type Range struct{ Min, Max exact.Number }

// Options say how a Schema reads.
type Options struct {
	// Grades are the names of the scale in its order, those off the ladder included. A grade value is
	// slot.Rank(index in Grades, name).
	Grades []string

	// AllowUnknown accepts names that no input has, and ignores their values.
	AllowUnknown bool

	// AllowFloat accepts float32 and float64 by their shortest decimal text: 0.1 is then 1/10. NaN and infinity never are.
	AllowFloat bool

	// Location is where a time.Time is turned into its calendar day. Nil: a time.Time must be midnight in its own zone,
	// and is the day it shows there.
	Location *time.Location
}

// Schema reads records of one set of inputs. It is immutable and safe for concurrent use.
type Schema struct {
	inputs  []input
	opts    Options
	grades  map[string]int
	root    *node
	names   []string // every name that is known, for suggestions
	readers sync.Pool
	getters sync.Map // getterKey -> *compiled, for Go types met in maps
	beside  *Schema  // whose names are passed over, nil for none
	with    []int    // the inputs that are required together with others
}

// input is an Input with what is worked out once.
type input struct {
	Input
	bounded bool              // whether there is anything to check once it has been read
	scale   exact.Number      // 10^Decimals
	choices map[string]string // OneOf of texts: so that a text read needs no memory of its own
	item    *input            // Item
	fields  []input           // Fields
}

// New returns a Schema. It takes the inputs as checked by whoever read the policy: of two with the same name the first is
// meant, and a From that is the Name of another input is not used.
func New(inputs []Input, opts Options) *Schema {
	s := &Schema{inputs: make([]input, len(inputs)), opts: opts, grades: make(map[string]int, len(opts.Grades)), root: newNode("")}
	for i, g := range opts.Grades {
		if _, taken := s.grades[g]; !taken {
			s.grades[g] = i
		}
	}
	for i := range inputs {
		s.inputs[i] = prepare(inputs[i])
		s.root.add(inputs[i].Name, i)
		s.names = append(s.names, inputs[i].Name)
		if len(inputs[i].With) > 0 {
			s.with = append(s.with, i)
		}
	}
	for i := range inputs {
		if from := inputs[i].From; from != "" && from != inputs[i].Name {
			s.root.add(from, i)
			s.names = append(s.names, from)
		}
	}
	s.readers.New = func() any { return &reader{s: s, seen: make([]bool, len(s.inputs))} }
	return s
}

func prepare(in Input) input {
	p := input{Input: in}
	if p.Type == nil {
		p.Type = &slot.Type{}
	}
	p.bounded = in.Min != nil || in.Max != nil || in.Above != nil || in.Below != nil || in.MinDate != nil || in.MaxDate != nil ||
		in.Decimals != nil || in.Ranges != nil || in.OneOf != nil || in.MaxLen > 0
	if in.Decimals != nil {
		p.scale, _ = exact.Int(10).PowInt(*in.Decimals)
	}
	if p.Type.Kind == slot.String && in.OneOf != nil {
		p.choices = make(map[string]string, len(in.OneOf))
		for _, v := range in.OneOf {
			p.choices[v.Str] = v.Str
		}
	}
	if in.Item != nil {
		item := prepare(*in.Item)
		p.item = &item
	}
	for i := range in.Fields {
		p.fields = append(p.fields, prepare(in.Fields[i]))
	}
	return p
}

// Len returns the number of inputs, which is the number of slots that each read writes.
func (s *Schema) Len() int { return len(s.inputs) }

// Options returns how the Schema reads.
func (s *Schema) Options() Options { return s.opts }

// Input returns input i as it was declared.
func (s *Schema) Input(i int) Input { return s.inputs[i].Input }

// node is a place where names of inputs, or what is left of them, may stand: the record itself, or a record nested in it.
// "a.b.c" stands in the record as a.b.c, as a.b with c in it, and as a with b.c in it, or with b in it and c in that.
type node struct {
	name    string // the way here, as in "a.b"; empty: the record itself
	entries map[string]*entry
	order   []*entry
	inputs  []int // all those reached from here, in order
}

// entry is what a name means in a node: an input, a node that holds inputs, or both.
type entry struct {
	key   string
	pos   int // in the order of its node
	input int // -1: none
	group *node
}

func newNode(name string) *node { return &node{name: name, entries: map[string]*entry{}} }

// add makes name, relative to n, mean input i.
func (n *node) add(name string, i int) {
	n.inputs = append(n.inputs, i)
	e := n.entry(name)
	if e.input < 0 {
		e.input = i
	}
	for k := 0; k < len(name); k++ {
		if name[k] != '.' {
			continue
		}
		e := n.entry(name[:k])
		if e.group == nil {
			e.group = newNode(join(n.name, name[:k]))
		}
		e.group.add(name[k+1:], i)
	}
}

// find returns the entry of name, nil where there is none. Records often have their names in the order of the policy: the
// entry at next in that order is looked at first.
func (n *node) find(name []byte, next int) *entry {
	if next < len(n.order) && n.order[next].key == string(name) {
		return n.order[next]
	}
	return n.entries[string(name)]
}

func (n *node) entry(key string) *entry {
	e := n.entries[key]
	if e == nil {
		e = &entry{key: key, pos: len(n.order), input: -1}
		n.entries[key] = e
		n.order = append(n.order, e)
	}
	return e
}

func join(prefix, name string) string {
	if prefix == "" {
		return name
	}
	return strings.Join([]string{prefix, name}, ".")
}
