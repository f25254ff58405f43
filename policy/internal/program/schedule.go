package program

import (
	"sort"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// part is one thing to work out, with the slots that it reads and writes.
type part struct {
	unit
	name   string
	place  doc.Place
	reads  map[int]doc.Place // by slot, with the place of the expression that reads it
	writes []int

	inexact bool // something in it is
}

// schedule puts the parts in an order in which each comes after what it reads: the order of the file, save where a
// dependency asks for another.
func (l *linker) schedule() {
	p := l.program
	var parts []*part
	add := func(u unit, name string, place doc.Place, writes ...int) *part {
		x := &part{unit: u, name: name, place: place, reads: map[int]doc.Place{}, writes: writes}
		parts = append(parts, x)
		return x
	}
	for i := range p.Values {
		v := &p.Values[i]
		x := add(unit{aValue, i}, v.Decl.Name.Value, v.Decl.Name.Place(), v.Slot)
		x.inexact = v.inexact
		for _, s := range v.reads {
			x.reads[s] = v.Decl.Name.Place()
		}
	}
	if c := l.file.Scoring; c != nil {
		writes := []int{p.score}
		for name, s := range p.Symbols {
			if strings.HasPrefix(name, pointsName+".") {
				writes = append(writes, s.Slot)
			}
		}
		x := add(unit{what: theScore}, "the score", c.Place(), writes...)
		// By the time of adjustments and caps the card has its points, though not its score.
		for _, key := range []string{"adjustments", "caps"} {
			x.section(l, "scoring", key)
		}
		for _, s := range writes[1:] {
			delete(x.reads, s)
		}
		x.inexact = x.inexact || c.Inexact()
		for _, p := range c.Node().Pairs {
			if key := p.Key.Text; key != "adjustments" && key != "caps" {
				x.section(l, "scoring", key)
			}
		}
	}
	if g := l.file.Grade; g != nil {
		writes := []int{p.grade}
		for _, a := range p.attributes {
			writes = append(writes, a.slot)
		}
		x := add(unit{what: theGrade}, "the grade", g.Place(), writes...)
		x.section(l, "grade")
		if !g.Of.IsSet() && p.score >= 0 {
			x.reads[p.score] = g.Place()
		}
	}
	if t := l.file.Credit; t != nil {
		x := add(unit{what: theLimit}, "the limit", t.Place(), p.limit)
		x.section(l, "credit", "limit")
		x.section(l, "credit", "group")
		calculated := x.reads[p.limit]
		x.section(l, "credit", "override") // by whose time there is the limit worked out
		if !calculated.Known() {
			delete(x.reads, p.limit)
		}
		if t.Exposes() { // without, it is 0 for everybody
			x = add(unit{what: theExposure}, "the exposure", t.Place(), p.exposure)
			x.section(l, "credit", "exposure")
			x.section(l, "credit", "group")
		}
		x = add(unit{what: theAvailable}, "what is available", t.Place(), p.available)
		x.reads[p.limit], x.reads[p.exposure] = t.Place(), t.Place()
	}
	l.order(parts)
}

// read notes what the expressions read.
func (x *part) read(l *linker, es ...doc.Expression) {
	for _, e := range es {
		if prog := l.programs[e]; prog != nil {
			x.inexact = x.inexact || prog.Inexact
			for _, s := range prog.Reads {
				if _, known := x.reads[s]; !known {
					x.reads[s] = source(e).Place()
				}
			}
		}
	}
}

// section notes what the expressions under a key of the file (and a key within that) read.
func (x *part) section(l *linker, path ...string) {
	for _, e := range l.Decoder.Expressions {
		if l.programs[e] != nil && within(l.file.Node(), e.(interface{ Place() doc.Place }).Place(), path) {
			x.read(l, e)
		}
	}
}

// within reports whether place lies under the keys of path, by the order of the file.
func within(n *doc.Node, place doc.Place, path []string) bool {
	for _, key := range path {
		var last *doc.Pair
		for i := range n.Pairs {
			if !place.Before(n.Pairs[i].Key.Place) {
				last = &n.Pairs[i]
			}
		}
		if last == nil || last.Key.Text != key {
			return false
		}
		n = last.Value
	}
	return true
}

// order sorts the parts and reports circles among them.
func (l *linker) order(parts []*part) {
	writer := map[int]*part{}
	for _, x := range parts {
		for _, s := range x.writes {
			writer[s] = x
		}
	}
	state := map[*part]int{} // 1: being visited, 2: done
	var path []*part
	var visit func(x *part)
	visit = func(x *part) {
		if state[x] == 2 {
			return
		}
		if state[x] == 1 {
			l.circle(append(path, x))
			return
		}
		state[x] = 1
		path = append(path, x)
		slots := make([]int, 0, len(x.reads))
		for s := range x.reads {
			slots = append(slots, s)
		}
		sort.Ints(slots)
		for _, s := range slots {
			if w := writer[s]; w != nil {
				visit(w)
				x.inexact = x.inexact || w.inexact
			}
		}
		path = path[:len(path)-1]
		state[x] = 2
		l.program.order = append(l.program.order, x.unit)
		switch {
		case !x.inexact || x.what == theGrade:
		case x.what == theAvailable:
			l.program.Inexact = append(l.program.Inexact, availableName)
		default:
			l.program.Inexact = append(l.program.Inexact, strings.TrimPrefix(x.name, "the "))
		}
	}
	for _, x := range parts {
		visit(x)
	}
}

// circle reports parts of which each needs the next and the last is the first again.
func (l *linker) circle(path []*part) {
	last := path[len(path)-1]
	for path[0] != last {
		path = path[1:]
	}
	names := make([]string, len(path))
	for i, x := range path {
		names[i] = x.name
	}
	place := last.place
	for _, s := range path[1].writes { // where the first reads what it needs
		if at, ok := last.reads[s]; ok {
			place = at
			break
		}
	}
	f := doc.Errorf(place, "cycle", "%s cannot be worked out: %s", last.name, strings.Join(names, " needs ")).
		WithHint("an expression here reads, by way of values, what it is needed for")
	if len(path) == 2 {
		f = doc.Errorf(place, "cycle", "%s cannot be worked out from itself", last.name).
			WithHint("this expression reads what it is needed for")
		if last.what == theScore {
			f = f.WithHint("an indicator reads neither points nor score; adjustments and caps may read points")
		}
	}
	l.Fault(f)
}
