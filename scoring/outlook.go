package scoring

import (
	"github.com/tallystick-go/tallystick/internal/doc"
)

// outlook checks what the method says of its points, some of which may lack because of gaps, with a panic of a method from outside turned into a fault.
func (k *checker) outlook(ind *Indicator, s Setting, gaps bool) {
	defer func() {
		if p := recover(); p != nil {
			k.faults = append(k.faults, doc.Errorf(s.Place, "panic", "asking the method for the range of its points panics: %v", p).WithHint(ownFault))
		}
	}()
	if !gaps { // what lacks may be the best row
		k.earnable(ind, s)
	}
	k.monotone(ind, s)
}

// earnable warns of an indicator that can never earn its weight.
func (k *checker) earnable(ind *Indicator, s Setting) {
	r, ok := ind.Method.(Ranger)
	if !ok {
		return
	}
	of := Everything()
	if s.Domain != nil && s.Of != KindString && s.Of != KindBool && s.Of != KindGrade {
		of = s.Domain.Interval
	}
	points, ok := r.Range(of, s.Weight)
	if ok && s.Weighted && !ind.Beyond && !points.NoMax && points.Max.Less(s.Weight) {
		k.faults = append(k.faults, doc.Warnf(s.Place, "never-earned", "the indicator %s can earn %s at most, but %s is to be had", ind.ID, hold(points.Max, s.Weight), s.Weight).
			WithHint("raise what its best row earns, or lower its weight"))
	}
}

// monotone checks that points go the way that the policy says.
func (k *checker) monotone(ind *Indicator, s Setting) {
	want := map[string]Trend{"rising": Rising, "falling": Falling}[ind.Monotone]
	if want == UnknownTrend {
		if ind.Monotone != "" && ind.Node() == nil {
			k.errorf(ind.Place(), "bad-choice", "monotone is rising or falling, not %q", ind.Monotone)
		}
		k.wavy(ind, s)
		return
	}
	got := UnknownTrend
	if t, ok := ind.Method.(Trender); ok {
		got = t.Trend(s.Weight)
	}
	if m, ok := ind.Method.(charted); ok && got != UnknownTrend {
		c, _ := m.course(s.Weight, s.Domain)
		got = c.trend()
	}
	switch {
	case got == want || got == Steady:
	case got == UnknownTrend:
		f := doc.Warnf(ind.At.Of("monotone"), "unproved", "it cannot be told whether the points of %s are %s", ind.ID, ind.Monotone)
		f.Severity = doc.Note
		k.faults = append(k.faults, f)
	default:
		k.faults = append(k.faults, k.against(ind, s, want, got))
	}
}

// against says that points do not go the way that the policy says, and where.
func (k *checker) against(ind *Indicator, s Setting, want, got Trend) Fault {
	at := ind.At.Of("monotone")
	const hint = "correct the points, or leave `monotone` out"
	if m, ok := ind.Method.(charted); ok {
		if c, ok := m.course(s.Weight, s.Domain); ok {
			if i, _ := c.odd(want); c.places[i].Known() {
				return doc.Errorf(c.places[i], notMonotone, "the points of %s must be %s, but as the value rises they are %s", ind.ID, ind.Monotone, &c).
					See(at, "it is said here").WithHint(hint)
			}
		}
	}
	return doc.Errorf(at, notMonotone, "the points of %s must be %s, but are %s", ind.ID, ind.Monotone, got).WithHint(hint)
}

// wavy notes of points that nobody called monotone that they go up and down: a digit may be wrong. Points without a weight are
// mostly fitted to data, which may go any way.
func (k *checker) wavy(ind *Indicator, s Setting) {
	m, ok := ind.Method.(charted)
	if !ok || !s.Weighted {
		return
	}
	c, ok := m.course(s.Weight, s.Domain)
	if !ok || !c.doubtful() {
		return
	}
	way := c.way()
	i, beside := c.odd(way)
	if !c.places[i].Known() {
		return // made in Go
	}
	f := doc.Warnf(c.places[i], notMonotone, "the points of %s go up and down as the value rises: %s", ind.ID, &c).
		See(c.places[beside], "the points beside it").
		WithHint("if that is not meant, a bound or a number of points is wrong; `monotone: %s` has it checked", way)
	f.Severity = doc.Note
	k.faults = append(k.faults, f)
}
