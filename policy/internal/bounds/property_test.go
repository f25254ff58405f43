package bounds_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/bounds"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// world is a few inputs, each with all the values that it can have.
type world struct {
	scope  formula.Scope
	space  *bounds.Space
	values [][]slot.Value
}

func newWorld() *world {
	w := &world{space: bounds.NewSpace(4, 3)}
	w.scope = formula.Scope{Symbols: map[string]formula.Symbol{}, Functions: map[string]*formula.Function{}, Grades: []string{"A", "B", "C", "M"}, OnScale: 3}
	return w
}

// input declares an input that can have values, and be missing where one of them is.
func (w *world) input(name string, t *slot.Type, places int, values ...slot.Value) *world {
	i := len(w.values)
	w.values = append(w.values, values)
	w.scope.Symbols[name] = formula.Symbol{Slot: i, Type: t}
	w.scope.Locals = len(w.values)
	r := bounds.Range{Set: sets.Set{Kind: t.Kind, Missing: sets.Refused}, Places: places, Full: true, Ends: true}
	gone := sets.Refused
	for _, v := range values {
		if v.Kind == slot.Missing {
			gone = sets.Accepted
			continue
		}
		r.Set = r.Set.Or(sets.Just(v))
	}
	if t.Kind == slot.Number || t.Kind == slot.Date { // as a record says it: from, to
		span := sets.Span{Low: r.Set.Spans[0].Low, High: r.Set.Spans[len(r.Set.Spans)-1].High}
		r.Set = sets.Within(t.Kind, span)
	}
	r.Set.Missing = gone
	w.space.Declare(i, t, r)
	return w
}

func numbers(from, to string, places int, missing bool) (out []slot.Value) {
	step, _ := exact.Int(10).PowInt(-places)
	for x := exact.MustParse(from); !exact.MustParse(to).Less(x); x = x.Add(step) {
		out = append(out, slot.Num(x))
	}
	if missing {
		out = append(out, slot.Value{})
	}
	return out
}

// small is a world whose customers can all be looked at.
func small() *world {
	w := newWorld()
	w.input("a", slot.NumberType, 0, numbers("-2", "3", 0, false)...)
	w.input("b", slot.NumberType, 0, numbers("0", "3", 0, true)...)
	w.input("c", slot.NumberType, 1, numbers("0.1", "0.4", 1, false)...)
	w.input("k", slot.StringType, 0, slot.Text("x"), slot.Text("yx"), slot.Text("z"), slot.Value{})
	w.input("g", slot.GradeType, 0, slot.Rank(0, "A"), slot.Rank(1, "B"), slot.Rank(2, "C"), slot.Rank(3, "M"))
	w.input("t", slot.BoolType, 0, slot.Truth(false), slot.Truth(true), slot.Value{})
	w.input("d", slot.DateType, 0, slot.OfDay(10), slot.OfDay(11), slot.OfDay(12), slot.Value{})
	return w
}

func (w *world) compile(t testing.TB, src string) *formula.Program {
	tree, problems := formula.Parse(src)
	if len(problems) > 0 {
		return nil
	}
	p, problems := formula.Compile(tree, &w.scope)
	if len(problems) > 0 {
		return nil
	}
	return p
}

// writer writes random expressions.
type writer struct{ *rand.Rand }

func (w writer) pick(s ...string) string { return s[w.IntN(len(s))] }

func (w writer) number(depth int) string {
	if depth == 0 {
		return w.pick("a", "b", "c", "a", "b", "c", "0", "1", "2", "0.5", "-1", "3")
	}
	x, y := w.number(depth-1), w.number(depth-1)
	switch w.IntN(20) {
	case 0, 1, 2:
		return "(" + x + " + " + y + ")"
	case 3, 4, 5:
		return "(" + x + " - " + y + ")"
	case 6, 7:
		return "(" + x + " * " + y + ")"
	case 8, 9:
		return "(" + x + " / " + y + ")"
	case 10:
		return w.pick("abs", "floor", "ceil", "round", "sqrt") + "(" + x + ")"
	case 11:
		return "round(" + x + ", " + w.pick("0", "1", "-1") + ", '" + w.pick("half_up", "half_even", "up", "down", "ceiling", "floor") + "')"
	case 12:
		return w.pick("min", "max", "mean", "median", "sum") + "(" + x + ", " + y + ")"
	case 13:
		return "clamp(" + x + ", " + y + ", " + w.number(0) + ")"
	case 14, 15:
		return "(" + w.condition(depth-1) + " ? " + x + " : " + y + ")"
	case 16:
		return "(" + x + " ?? " + y + ")"
	case 17:
		return "(" + x + ") ** " + w.pick("2", "3", "0", "-1")
	case 18:
		return "(let v = " + x + "; v + " + w.pick("v", "1", "a") + " * v)"
	}
	return w.pick("(("+x+") % ("+y+"))", "days_between(date('1970-01-11'), d)", "months_between(d, add_days(d, 40))", "year(d)", "len(k)",
		"weekday(d)", "workdays_between(date('1970-01-11'), d, [date('1970-01-12')])", "workdays_between(d, date('1970-01-13'), [])", "(has(d) ? workdays_between(d, date('1970-01-13'), []) : 0)",
		"workdays_between(d ?? date('1970-01-11'), date('1970-01-13'), [])")
}

func (w writer) condition(depth int) string {
	if depth == 0 {
		return w.pick("t", "a > 0", "a >= 2", "b == 1", "c < 0.3", "k == 'x'", "k in ['x', 'z']", "g >= 'B'", "g == 'M'", "has(b)", "has(d)", "has(k)",
			"k startsWith 'y'", "add_workdays(d, a, [date('1970-01-12')]) > d", "d > date('1970-01-12')", "a in 0..2", "b in [0, 3]", "lower(k) == 'z'", "t ?? false", "true")
	}
	switch w.IntN(9) {
	case 0, 1:
		return "(" + w.condition(depth-1) + " and " + w.condition(depth-1) + ")"
	case 2, 3:
		return "(" + w.condition(depth-1) + " or " + w.condition(depth-1) + ")"
	case 4:
		return "not (" + w.condition(depth-1) + ")"
	case 5:
		return "(" + w.condition(depth-1) + " ? " + w.condition(depth-1) + " : " + w.condition(depth-1) + ")"
	case 6:
		return "(" + w.condition(depth-1) + w.pick(" == ", " != ") + w.condition(depth-1) + ")"
	}
	return "(" + w.number(depth-1) + w.pick(" < ", " <= ", " > ", " >= ", " == ", " != ") + w.number(depth-1) + ")"
}

// TestNothingLiesOutsideOfWhatIsClaimed looks at every customer of a small world.
func TestNothingLiesOutsideOfWhatIsClaimed(t *testing.T) {
	r := writer{rand.New(rand.NewPCG(1, 2))}
	w := small()
	attained, full, tried := 0, 0, 0
	for range 2500 {
		src := r.number(1 + r.IntN(3))
		p := w.compile(t, src)
		if p == nil {
			continue
		}
		w.space = rebuilt(w)
		v := w.space.Of(p)
		seen := map[string]exact.Number{}
		w.customers([]*formula.Program{p}, func(all []slot.Value) {
			got := all[0]
			if got.Kind == slot.Missing {
				require.True(t, v.CanMiss(), "%s is missing", src)
				return
			}
			require.True(t, v.Set.Accepts(&got), "%s = %s, not in %s", src, got.Num, show(v.Range))
			if v.Places >= 0 {
				require.True(t, got.Num.Round(v.Places, exact.Down).Equal(got.Num), "%s = %s has more than %d decimals", src, got.Num, v.Places)
			}
			seen[got.Num.String()] = got.Num
		})
		tried++
		s, ok := v.Hull()
		if v.Attained() && ok {
			attained++
			if !s.NoLow && !s.LowOpen {
				require.Contains(t, seen, s.Low.String(), "%s reaches its lower end %s", src, show(v.Range))
			}
			if !s.NoHigh && !s.HighOpen {
				require.Contains(t, seen, s.High.String(), "%s reaches its upper end %s", src, show(v.Range))
			}
		}
		if v.Full && v.Places >= 0 && ok && !s.NoLow && !s.NoHigh {
			full++
			for _, s := range v.Set.Spans {
				for _, x := range numbers(s.Low.Round(v.Places, exact.Ceiling).String(), s.High.String(), v.Places, false) {
					require.Contains(t, seen, x.Num.String(), "%s is all of %s", src, show(v.Range))
				}
			}
		}
	}
	require.Greater(t, attained, tried/4, "%d of %d", attained, tried)
	require.Greater(t, full, tried/20, "%d of %d", full, tried)
}

func TestWhatIsProvedOfConditionsHolds(t *testing.T) {
	r := writer{rand.New(rand.NewPCG(3, 4))}
	w := small()
	proved, tried := 0, 0
	for range 2000 {
		first, second := r.condition(1+r.IntN(3)), r.condition(1+r.IntN(2))
		p, q := w.compile(t, first), w.compile(t, second)
		if p == nil || q == nil {
			continue
		}
		w.space = rebuilt(w)
		s := w.space
		v, u := s.Of(p), s.Of(q)
		never, fails := s.Never(v.True), s.Never(v.False)
		always := s.Always(v.True)
		covers, apart := s.Covers(v.True, u.True), s.Disjoint(v.True, u.True)
		tried++
		if never || fails || always || covers || apart {
			proved++
		}
		w.customers([]*formula.Program{p, q}, func(got []slot.Value) {
			x, y := got[0], got[1]
			yes, no := x.Kind == slot.Bool && x.Int == 1, x.Kind == slot.Bool && x.Int == 0
			also := y.Kind == slot.Bool && y.Int == 1
			require.False(t, never && yes, "%s never holds", first)
			require.False(t, fails && no, "%s is never false", first)
			require.False(t, always && !yes, "%s always holds", first)
			require.False(t, covers && yes && !also, "%s holds only where %s does", first, second)
			require.False(t, apart && yes && also, "%s and %s exclude each other", first, second)
			require.True(t, v.CanMiss() || x.Kind != slot.Missing, "%s is missing", first)
		})
	}
	require.Greater(t, proved, tried/10, "%d of %d", proved, tried)
}

// rebuilt returns a space with the inputs of w, and no terms but them.
func rebuilt(w *world) *bounds.Space {
	s := bounds.NewSpace(4, 3)
	for i := range w.values {
		v, _ := w.space.Slot(i)
		for _, symbol := range w.scope.Symbols {
			if symbol.Slot == i {
				s.Declare(i, symbol.Type, v.Range)
			}
		}
	}
	return s
}

// customers evaluates programs for every customer that differs in what they read. Those with an error are left out.
func (w *world) customers(programs []*formula.Program, f func([]slot.Value)) {
	read := map[int]bool{}
	room := len(w.values)
	for _, p := range programs {
		room = max(room, p.Slots)
		for _, s := range p.Reads {
			read[s] = true
		}
	}
	frame := &slot.Frame{}
	values, got := make([]slot.Value, len(w.values)), make([]slot.Value, len(programs))
	var fill func(i int)
	fill = func(i int) {
		if i < len(w.values) {
			for j, v := range w.values[i] {
				if j == 0 || read[i] {
					values[i] = v
					fill(i + 1)
				}
			}
			return
		}
		frame.Reset(room)
		copy(frame.Slots, values)
		for j := range values {
			if values[j].Kind == slot.Missing {
				frame.Slots[j] = slot.Gone(frame.Blame(j))
			}
		}
		for k, p := range programs {
			got[k] = p.Any()(frame)
		}
		if frame.TakeErr() == nil {
			f(got)
		}
	}
	fill(0)
}

func show(r bounds.Range) string {
	return fmt.Sprintf("%s places %d full %v ends %v (%s)", spans(r), r.Places, r.Full, r.Ends, r.Why)
}

// spans writes where numbers lie: [ and ] belong to it, - is no end.
func spans(r bounds.Range) string {
	var parts []string
	for _, s := range r.Set.Spans {
		lo, hi := "(-", "-)"
		if !s.NoLow {
			lo = map[bool]string{true: "(", false: "["}[s.LowOpen] + s.Low.String()
		}
		if !s.NoHigh {
			hi = s.High.String() + map[bool]string{true: ")", false: "]"}[s.HighOpen]
		}
		parts = append(parts, lo+", "+hi)
	}
	return strings.Join(parts, " ")
}
