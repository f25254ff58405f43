package search

import (
	"reflect"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// set is a set of inputs.
type set []bool

func (a set) or(b set) set {
	for i := range b {
		a[i] = a[i] || b[i]
	}
	return a
}

func (g *gatherer) none() set { return make(set, len(g.inputs)) }

func (g *gatherer) all() set {
	a := g.none()
	for i := range a {
		a[i] = true
	}
	return a
}

// results notes what the score, the grade and the limit depend on; what comes after them, and what is not known, on all.
func (g *gatherer) results() {
	p := g.program
	reach := g.none()
	if c := p.File.Scoring; c != nil {
		reach = g.readsOf(reflect.ValueOf(c))
		for name, s := range p.Symbols {
			if name == "score" || strings.HasPrefix(name, "points.") {
				g.reach[s.Slot] = reach
			}
		}
	}
	if l := p.File.Grade; l != nil {
		reach = g.none().or(reach).or(g.readsOf(reflect.ValueOf(l)))
		for name, s := range p.Symbols {
			if name == "grade" || strings.HasPrefix(name, "grade.") {
				g.reach[s.Slot] = reach
			}
		}
	}
}

// reachOf returns the inputs that slot i depends on.
func (g *gatherer) reachOf(i int) set {
	if r, known := g.reach[i]; known {
		return r
	}
	for j := range g.program.Values {
		v := &g.program.Values[j]
		if v.Slot != i {
			continue
		}
		g.reach[i] = g.all() // should the table read what it cannot
		r := g.readsOf(reflect.ValueOf(&v.Decl.Value))
		if v.Table != nil {
			for k := range v.Table.Columns {
				c := &v.Table.Columns[k]
				if c.Fetch != nil {
					r = g.all()
				} else {
					r = r.or(g.reachOf(c.Slot))
				}
			}
		}
		g.reach[i] = r
		return r
	}
	return g.all()
}

// readsOf returns the inputs that the expressions in v depend on.
func (g *gatherer) readsOf(v reflect.Value) set {
	r := g.none()
	eachExpr(v, func(p *formula.Program) {
		for _, i := range p.Reads {
			r = r.or(g.reachOf(i))
		}
	})
	return r
}

// reads returns the inputs that n depends on.
func (g *gatherer) reads(n formula.Node) set {
	r := g.none()
	if read, ok := n.(*formula.Read); ok {
		r = r.or(g.reachOf(read.Slot))
	}
	for _, c := range n.Children() {
		r = r.or(g.reads(c))
	}
	return r
}

// Types that hold nothing that is looked for.
var opaque = map[reflect.Type]bool{
	reflect.TypeFor[doc.Node](): true, reflect.TypeFor[doc.At](): true, reflect.TypeFor[doc.Text](): true,
	reflect.TypeFor[doc.Title](): true, reflect.TypeFor[doc.Pair](): true,
}

// walk shows see every value in v, in the order of declaration, and goes into those for which it returns true.
func walk(v reflect.Value, see func(v reflect.Value, key string) bool, key string) {
	if !v.IsValid() || opaque[v.Type()] || !see(v, key) {
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		walk(v.Elem(), see, key)
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			walk(v.Index(i), see, key)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				name, _, _ := strings.Cut(f.Tag.Get("key"), ",")
				walk(v.Field(i), see, name)
			}
		}
	}
}

// eachExpr shows see every expression in v.
func eachExpr(v reflect.Value, see func(*formula.Program)) {
	walk(v, func(v reflect.Value, _ string) bool {
		var shape any
		switch e := v.Interface().(type) {
		case slot.Operand:
			shape = e.Shape
		case slot.Condition:
			shape = e.Shape
		case slot.Any:
			shape = e.Shape
		default:
			return true
		}
		if p, ok := shape.(*formula.Program); ok && p.Root != nil {
			see(p)
		}
		return false
	}, "")
}
