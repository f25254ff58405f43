package bounds

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/sets"
)

// Region is a part of all that customers can be: a union of boxes, each of which says of some terms in which set their
// values lie. The zero Region is nowhere.
type Region struct {
	boxes   []box
	unknown bool // it was too much to work out
}

// box says where terms lie; of a term that is not mentioned, nothing is said.
type box []limit // by term

type limit struct {
	term int
	set  sets.Set
}

// maxBoxes bounds a region: one that would need more is not known.
const maxBoxes = 64

// maxWork bounds what all regions of a policy cost together, in limits that are looked at: some tens of milliseconds. What
// lies beyond is not known.
const maxWork = 400_000

// spend takes n from the work that is left, and reports whether there was enough.
func (s *Space) spend(n int) bool {
	s.work -= n
	return s.work >= 0
}

// Everywhere is all that there can be.
func Everywhere() Region { return Region{boxes: []box{nil}} }

func unknownRegion() Region { return Region{unknown: true} }

// where returns the region in which the term lies in set.
func (s *Space) where(term int, set sets.Set) Region {
	t := &s.terms[term]
	set = set.And(t.domain.Set)
	if !s.holds(term, &set) {
		return Region{}
	}
	return Region{boxes: []box{{{term, set}}}}
}

// holds reports whether the term can have a value of set, or be missing where set accepts that.
func (s *Space) holds(term int, set *sets.Set) bool {
	return set.Missing == sets.Accepted || alive(set, s.terms[term].domain.Places)
}

// And returns what is in both regions.
func (s *Space) And(a, b Region) Region {
	switch {
	case a.isNowhere() || b.isNowhere():
		return Region{}
	case a.unknown || b.unknown || len(a.boxes)*len(b.boxes) > maxBoxes*4:
		return unknownRegion()
	}
	var out Region
	for _, x := range a.boxes {
		for _, y := range b.boxes {
			if !s.spend(len(x) + len(y) + 1) {
				return unknownRegion()
			}
			if z, ok := s.both(x, y); ok {
				out.boxes = append(out.boxes, z)
			}
		}
	}
	return out.held()
}

// Or returns what is in one of two regions.
func (s *Space) Or(a, b Region) Region {
	switch {
	case a.isNowhere():
		return b
	case b.isNowhere():
		return a
	case a.unknown || b.unknown:
		return unknownRegion()
	}
	return Region{boxes: slices.Concat(a.boxes, b.boxes)}.held()
}

// Without returns what is in a and not in b.
func (s *Space) Without(a, b Region) Region {
	if a.isNowhere() || b.isNowhere() {
		return a
	}
	if a.unknown || b.unknown {
		return unknownRegion()
	}
	left := a.boxes
	for _, y := range b.boxes {
		var next []box
		for _, x := range left {
			next = append(next, s.outside(x, y)...)
			if len(next) > maxBoxes*4 || !s.spend((len(x)+1)*(len(y)+1)) {
				return unknownRegion()
			}
		}
		left = next
	}
	return Region{boxes: left}.held()
}

// held returns r, or that it is not known where it has become too much.
func (r Region) held() Region {
	if len(r.boxes) > maxBoxes {
		return unknownRegion()
	}
	return r
}

func (r Region) isNowhere() bool { return !r.unknown && len(r.boxes) == 0 }

// both returns what is in two boxes; ok is false where that is nothing.
func (s *Space) both(a, b box) (out box, ok bool) {
	out = make(box, 0, len(a)+len(b))
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case j == len(b) || i < len(a) && a[i].term < b[j].term:
			out = append(out, a[i])
			i++
		case i == len(a) || b[j].term < a[i].term:
			out = append(out, b[j])
			j++
		default:
			set := a[i].set.And(b[j].set)
			if !s.holds(a[i].term, &set) {
				return nil, false
			}
			out = append(out, limit{a[i].term, set})
			i++
			j++
		}
	}
	return out, true
}

// outside returns the parts of a that are not in b.
func (s *Space) outside(a, b box) (out []box) {
	for _, l := range b {
		at, found := slices.BinarySearchFunc(a, l.term, func(x limit, term int) int { return x.term - term })
		here := s.terms[l.term].domain.Set
		if found {
			here = a[at].set
		}
		if rest := here.Without(l.set); s.holds(l.term, &rest) {
			out = append(out, a.with(at, found, limit{l.term, rest}))
		}
		in := here.And(l.set)
		if !s.holds(l.term, &in) {
			return out
		}
		a = a.with(at, found, limit{l.term, in})
	}
	return out
}

// with returns a copy of b with l at index at, in place of what stands there or before it.
func (b box) with(at int, replace bool, l limit) box {
	out := slices.Clone(b)
	if replace {
		out[at] = l
		return out
	}
	return slices.Insert(out, at, l)
}

// Never reports whether it is proved that nobody is in r.
func (s *Space) Never(r Region) bool { return r.isNowhere() }

// Always reports whether it is proved that everybody is in r.
func (s *Space) Always(r Region) bool { return s.Covers(Everywhere(), r) }

// Covers reports whether it is proved that everybody in a is in b.
func (s *Space) Covers(a, b Region) bool { return !a.unknown && s.Without(a, b).isNowhere() }

// Disjoint reports whether it is proved that nobody is in both a and b.
func (s *Space) Disjoint(a, b Region) bool { return s.And(a, b).isNowhere() }
