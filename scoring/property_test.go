package scoring

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// random draws numbers with few digits, so that values meet bounds often.
type random struct{ *rand.Rand }

func (r random) number(lo, hi, den int64) Number {
	x, _ := Ratio(lo*den+r.Int64N((hi-lo)*den+1), den)
	return x
}

// between returns n numbers, strictly ascending.
func (r random) ascending(n int) []Number {
	out := []Number{r.number(-20, 20, 4)}
	for len(out) < n {
		out = append(out, out[len(out)-1].Add(r.number(0, 5, 4)).Add(n64(1, 4)))
	}
	return out
}

func n64(a, b int64) Number { x, _ := Ratio(a, b); return x }

func reversed(in []Number) []Number {
	out := make([]Number, len(in))
	for i, x := range in {
		out[len(in)-1-i] = x
	}
	return out
}

// a method with what it should give, worked out once more with math/big.
type oracle struct {
	method Method
	points func(x, w *big.Rat) *big.Rat
}

func add(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }
func sub(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
func mul(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
func div(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }
func lerp(x, x1, x2, y1, y2 *big.Rat) *big.Rat {
	return add(y1, mul(div(sub(x, x1), sub(x2, x1)), sub(y2, y1)))
}

func (r random) oracle() oracle {
	switch r.IntN(6) {
	case 0:
		at := r.ascending(2 + r.IntN(12))
		l := new(Linear)
		for _, x := range at {
			l.Knots = append(l.Knots, Knot{At: x, Points: r.number(-5, 25, 2)})
		}
		return oracle{method: l, points: func(x, _ *big.Rat) *big.Rat {
			last := len(l.Knots) - 1
			if x.Cmp(l.Knots[0].At.Rat()) <= 0 {
				return l.Knots[0].Points.Rat()
			}
			for i := range last {
				a, b := l.Knots[i], l.Knots[i+1]
				if x.Cmp(b.At.Rat()) <= 0 {
					return lerp(x, a.At.Rat(), b.At.Rat(), a.Points.Rat(), b.Points.Rat())
				}
			}
			return l.Knots[last].Points.Rat()
		}}
	case 1:
		p := &Proportional{Full: Const(r.number(1, 20, 3)), Inverse: r.IntN(2) == 0}
		full, _ := p.Full.IsConst()
		return oracle{method: p, points: func(x, w *big.Rat) *big.Rat {
			switch {
			case x.Sign() <= 0 && p.Inverse:
				return w
			case x.Sign() <= 0:
				return new(big.Rat)
			case p.Inverse:
				return div(mul(w, full.Rat()), x)
			}
			return div(mul(w, x), full.Rat())
		}}
	case 2:
		at := reversed(r.ascending(5))
		falling := r.IntN(2) == 0
		if falling {
			at = reversed(at)
		}
		e := &Efficacy{Excellent: Const(at[0]), Good: Const(at[1]), Average: Const(at[2]), Low: Const(at[3]), Poor: Const(at[4])}
		if r.IntN(2) == 0 {
			e.BelowPoor = KeepBelowPoor
		}
		return oracle{method: e, points: func(x, w *big.Rat) *big.Rat {
			better := func(l Number) bool {
				c := x.Cmp(l.Rat())
				return c == 0 || (c > 0) != falling
			}
			coefficient := []string{"1", "4/5", "3/5", "2/5", "1/5"}
			switch {
			case better(at[0]):
				return w
			case !better(at[4]) && e.BelowPoor == KeepBelowPoor:
				return mul(w, rat("1/5"))
			case !better(at[4]):
				return new(big.Rat)
			}
			i := 4
			for better(at[i-1]) {
				i--
			}
			base, next := mul(w, rat(coefficient[i])), mul(w, rat(coefficient[i-1]))
			return lerp(x, at[i].Rat(), at[i-1].Rat(), base, next)
		}}
	case 3:
		at := r.ascending(2)
		if r.IntN(2) == 0 {
			at = reversed(at)
		}
		m := &Wall{Standard: Const(at[0]), Max: Const(at[1]), StandardPoints: r.number(5, 9, 2), MaxPoints: r.number(10, 20, 2), MinPoints: r.number(-2, 5, 2)}
		return oracle{method: m, points: func(x, _ *big.Rat) *big.Rat {
			each := div(sub(at[1].Rat(), at[0].Rat()), sub(m.MaxPoints.Rat(), m.StandardPoints.Rat()))
			p := add(m.StandardPoints.Rat(), div(sub(x, at[0].Rat()), each))
			if p.Cmp(m.MinPoints.Rat()) < 0 {
				return m.MinPoints.Rat()
			}
			if p.Cmp(m.MaxPoints.Rat()) > 0 {
				return m.MaxPoints.Rat()
			}
			return p
		}}
	case 4:
		d := &Deduct{From: r.number(-10, 10, 2), Step: r.number(1, 5, 3), Cost: r.number(1, 3, 2), Whole: r.IntN(2) == 0}
		if r.IntN(2) == 0 {
			d.Direction = BelowCosts
		}
		return oracle{method: d, points: func(x, w *big.Rat) *big.Rat {
			far := sub(x, d.From.Rat())
			if d.Direction == BelowCosts {
				far.Neg(far)
			}
			if far.Sign() <= 0 {
				return w
			}
			steps := div(far, d.Step.Rat())
			if d.Whole {
				steps.SetInt(new(big.Int).Quo(steps.Num(), steps.Denom()))
			}
			return sub(w, mul(steps, d.Cost.Rat()))
		}}
	default:
		b := new(Bands)
		for _, x := range reversed(r.ascending(1 + r.IntN(20))) {
			b.Rows = append(b.Rows, Band{Min: new(x), Points: Const(r.number(-3, 25, 2))})
		}
		b.Rows = append(b.Rows, Band{Share: num("0.1")})
		return oracle{method: b, points: func(x, w *big.Rat) *big.Rat {
			for _, row := range b.Rows {
				if row.Min != nil && x.Cmp(row.Min.Rat()) >= 0 {
					p, _ := row.Points.IsConst()
					return p.Rat()
				}
			}
			return mul(w, rat("1/10"))
		}}
	}
}

func held(x, w *big.Rat) *big.Rat {
	switch {
	case x.Sign() < 0:
		return new(big.Rat)
	case x.Cmp(w) > 0:
		return w
	}
	return x
}

// roundedHalfUp rounds to two places, ties away from zero.
func roundedHalfUp(x *big.Rat) *big.Rat {
	y := mul(x, rat("100"))
	half := rat("1/2")
	if y.Sign() < 0 {
		half.Neg(half)
	}
	y.Add(y, half)
	return div(new(big.Rat).SetInt(new(big.Int).Quo(y.Num(), y.Denom())), rat("100"))
}

// Every method gives what its formula says, points are held within [0, W], the range holds them, and they go the way
// that the trend says.
func TestMethodsAgreeWithTheirFormulas(t *testing.T) {
	r := random{rand.New(rand.NewPCG(7, 11))}
	for range 150 {
		o := r.oracle()
		w := r.number(1, 30, 2)
		c := &Card{Total: &w, Indicators: []Indicator{{ID: name("a"), Weight: &w, Of: Slot(0), Method: o.method}}}
		require.Empty(t, errorsIn(c.Check(exactly)))
		span, ok := o.method.(Ranger).Range(Everything(), w)
		require.True(t, ok)
		trend := o.method.(Trender).Trend(w)
		f, out := NewFrame(Value{}), new(Result)
		var last Number
		lo := r.number(-30, 0, 4)
		for i := int64(0); i < 160; i++ {
			x := lo.Add(n64(i, 3))
			f.Slots[0] = Num(x)
			require.NoError(t, c.Score(f, out))
			what := fmt.Sprintf("%T at %s of %s: %+v", o.method, x, w, o.method)
			want := o.points(x.Rat(), w.Rat())
			require.Equal(t, want.RatString(), out.Items[0].Raw.Fraction(), what)
			require.Equal(t, held(want, w.Rat()).RatString(), out.Items[0].Points.Fraction(), what)
			require.True(t, span.Contains(out.Items[0].Raw), what)
			of := Between(x.Sub(n64(1, 7)), x)
			narrow, ok := o.method.(Ranger).Range(of, w)
			require.True(t, ok)
			require.True(t, narrow.Contains(out.Items[0].Raw), "%s is not in %s: %s", out.Items[0].Raw, narrow, what)
			points := out.Items[0].Points
			if i > 0 {
				require.False(t, trend == Rising && points.Less(last), what)
				require.False(t, trend == Falling && last.Less(points), what)
				require.False(t, trend == Steady && !points.Equal(last), what)
			}
			last = points
		}
	}
}

// The whole way from values to the score, worked out once more with math/big: held, reweighted, rounded, added up,
// adjusted, capped, held, rounded. The printed points add up to what the adjustments begin with.
func TestScoreAgreesWithAnotherCalculation(t *testing.T) {
	r := random{rand.New(rand.NewPCG(3, 5))}
	for range 500 {
		n := 1 + r.IntN(6)
		var total Number
		c := new(Card)
		oracles := make([]oracle, n)
		for i := range n {
			oracles[i] = r.oracle()
			w := r.number(1, 30, 2)
			ind := Indicator{ID: name(fmt.Sprint("i", i)), Weight: &w, Of: Slot(i), Method: oracles[i].method, Beyond: r.IntN(5) == 0}
			switch r.IntN(4) {
			case 0:
				ind.Missing = PointsIfMissing(quo(w, Int(3)))
			case 1:
				ind.Missing.Do = Refer
			default:
				ind.Missing.Do = Reweight
			}
			total = total.Add(w)
			c.Indicators = append(c.Indicators, ind)
		}
		c.Total = &total
		added, ceiling := r.number(-6, 6, 3), r.number(20, 90, 3)
		c.Adjustments = []Adjustment{{ID: name("add"), Add: Const(added)}}
		c.Caps = []Cap{{ID: name("cap"), AtMost: Const(ceiling)}}
		require.Empty(t, errorsIn(c.Check(DefaultRounding())))
		span, ok := c.Range()
		require.True(t, ok)

		f, out := new(Frame), new(Result)
		for range 5 {
			f.Reset(n)
			for i := range n {
				f.Slots[i] = Num(r.number(-30, 30, 4))
				if r.IntN(4) == 0 {
					f.Slots[i] = Gone(f.Blame(i))
				}
			}
			require.NoError(t, c.Score(f, out))

			all, present := new(big.Rat), new(big.Rat)
			refer, some := false, false
			points := make([]*big.Rat, n)
			for i, ind := range c.Indicators {
				w := ind.Weight.Rat()
				gone := f.Slots[i].Kind == KindMissing
				if !ind.Beyond {
					all.Add(all, w)
				}
				switch {
				case !gone:
					points[i] = oracles[i].points(f.Slots[i].Num.Rat(), w)
					if !ind.Beyond {
						points[i] = held(points[i], w)
					}
				case ind.Missing.Do == Substitute:
					points[i] = ind.Missing.Points.Rat()
				case ind.Missing.Do == Refer:
					refer = true
				}
				if points[i] != nil {
					some = true
					if !ind.Beyond {
						present.Add(present, w)
					}
				}
			}
			if refer || !some || all.Sign() > 0 && present.Sign() == 0 {
				require.False(t, out.HasScore)
				require.Equal(t, OutcomeRefer, out.Outcome)
				continue
			}
			require.True(t, out.HasScore)
			sum := new(big.Rat)
			for i, p := range points {
				if p == nil {
					continue
				}
				if !c.Indicators[i].Beyond && all.Sign() > 0 {
					p = div(mul(p, all), present)
				}
				p = roundedHalfUp(p)
				require.Equal(t, p.RatString(), out.Items[i].Points.Fraction())
				sum.Add(sum, p)
			}
			require.Equal(t, sum.RatString(), out.Combined.Fraction())
			sum.Add(sum, added.Rat())
			if sum.Cmp(ceiling.Rat()) > 0 {
				sum = ceiling.Rat()
			}
			want := roundedHalfUp(held(sum, total.Rat()))
			require.Equal(t, want.RatString(), out.Score.Fraction())
			require.True(t, span.Contains(out.Score), "%s is not in %s", out.Score, span)
		}
	}
}

// The range of a card holds every score that it gives, whatever its combiner, groups and missing values.
func TestRangeHoldsEveryScore(t *testing.T) {
	r := random{rand.New(rand.NewPCG(13, 17))}
	id := 0
	next := func(prefix string) string { id++; return fmt.Sprint(prefix, id) }
	yes := When(func(f *Frame) (bool, Absence) { return f.Slots[0].Int == 1, 0 })
	var card func(depth int, combine Combiner) Card
	slots := 1
	card = func(depth int, combine Combiner) Card {
		c := Card{Combine: combine}
		terms := termsOf(combine)
		var total Number
		for range 1 + r.IntN(3) {
			w := r.number(1, 20, 2)
			ind := Indicator{ID: ID(next("i")), Weight: &w, Of: Slot(slots), Method: r.oracle().method, Beyond: r.IntN(6) == 0}
			slots++
			switch {
			case terms.Weights == WeightsNone:
				ind.Weight = nil
				ind.Method = line("-5", "-7", "5", "9")
			case terms.Leave != LeaveFault && r.IntN(2) == 0:
				ind.Missing.Do = Reweight
			case r.IntN(2) == 0:
				ind.Missing = PointsIfMissing(quo(w, Int(4)))
			}
			total = total.Add(w)
			c.Indicators = append(c.Indicators, ind)
		}
		for depth > 0 && r.IntN(2) == 0 {
			depth--
			w := r.number(1, 20, 2)
			g := Group{ID: ID(next("g")), Weight: &w, Card: card(depth, []Combiner{nil, new(WeightedMean)}[r.IntN(2)])}
			if terms.Weights == WeightsNone {
				g.Weight = nil
			}
			total = total.Add(w)
			c.Groups = append(c.Groups, g)
		}
		if terms.Full != FullFree || terms.Weights == WeightsAddUp {
			c.Total = &total
		}
		if r.IntN(2) == 0 {
			c.Adjustments = append(c.Adjustments, Adjustment{ID: ID(next("a")), When: yes, Add: Const(r.number(-5, 5, 2))}, Adjustment{ID: ID(next("a")), Add: Const(r.number(-5, 5, 2))})
		}
		if r.IntN(3) == 0 {
			c.Caps = append(c.Caps, Cap{ID: ID(next("c")), When: yes, AtMost: Const(r.number(0, 30, 2))})
		}
		if r.IntN(4) == 0 {
			c.Caps = append(c.Caps, Cap{ID: ID(next("c")), AtMost: Const(r.number(0, 30, 2))})
		}
		return c
	}
	scores := 0
	for i := range 600 {
		slots = 1
		combiners := []Combiner{nil, new(WeightedMean), new(Minimum), new(Product), new(Points)}
		c := card(2, combiners[i%len(combiners)])
		if i%10 == 4 {
			c.PDO = &PDO{Factor: new(r.number(-3, 3, 2)), Offset: new(r.number(0, 9, 1))}
		}
		round := []Rounding{DefaultRounding(), exactly, {Points: 0, Score: 1, Mode: Up}}[r.IntN(3)]
		require.Empty(t, errorsIn(c.Check(round)))
		span, ok := c.Range()
		require.True(t, ok)
		f, out := new(Frame), new(Result)
		for range 20 {
			f.Reset(slots)
			f.Slots[0] = Truth(r.IntN(2) == 0)
			for j := 1; j < slots; j++ {
				f.Slots[j] = Num(r.number(-30, 30, 4))
				if r.IntN(5) == 0 {
					f.Slots[j] = Gone(f.Blame(j))
				}
			}
			require.NoError(t, c.Score(f, out))
			if out.HasScore {
				scores++
				require.True(t, span.Contains(out.Score), "%s is not in %s: %T %+v", out.Score, span, c.Combine, c)
			}
		}
	}
	require.Greater(t, scores, 3000, "most customers have a score")
}

// FuzzEfficacy looks for levels and values at which the efficacy coefficient leaves [0, W], or jumps: two neighbouring
// values must not earn more apart than the steepest line between two levels allows.
func FuzzEfficacy(f *testing.F) {
	f.Add(int64(12), int64(9), int64(5), int64(3), int64(1), int64(20), int64(8), int64(1))
	f.Add(int64(40), int64(50), int64(60), int64(70), int64(80), int64(7), int64(65), int64(100))
	f.Add(int64(-5), int64(-6), int64(-7), int64(-8), int64(-9), int64(1), int64(-9), int64(3))
	f.Add(int64(1<<62), int64(1<<61), int64(1<<60), int64(1<<59), int64(1<<58), int64(1<<62), int64(1<<61+1), int64(7))
	f.Fuzz(func(t *testing.T, a, b, c, d, e, weight, value, den int64) {
		if weight <= 0 || den <= 0 {
			t.Skip()
		}
		m := &Efficacy{Excellent: Const(n64(a, den)), Good: Const(n64(b, den)), Average: Const(n64(c, den)), Low: Const(n64(d, den)), Poor: Const(n64(e, den))}
		w := Int(weight)
		s := Setting{Weight: w, Weighted: true, HasOf: true, Of: KindNumber}
		if len(m.Check(s)) > 0 {
			t.Skip()
		}
		v := Num(n64(value, den))
		p, absent := m.Points(&Case{Frame: NewFrame(), Of: &v, Weight: w})
		if absent != 0 || p.Sign() < 0 || w.Less(p) {
			t.Fatalf("%v of %s earns %s (%d)", m, v.Num, p, absent)
		}
		levels := []Number{n64(e, den), n64(d, den), n64(c, den), n64(b, den), n64(a, den)}
		for i, l := range levels {
			if v.Num.Equal(l) && !p.Equal(quo(w, Int(5)).Mul(Int(int64(i+1)))) {
				t.Fatalf("level %d earns %s of %s", i, p, w)
			}
		}
	})
}

// FuzzBands compares the search in long tables with trying row after row.
func FuzzBands(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18}, int8(5))
	f.Add([]byte{0, 200, 3, 0, 9, 9}, int8(-3))
	f.Fuzz(func(t *testing.T, in []byte, value int8) {
		b := new(Bands)
		for i := 0; i+1 < len(in) && len(b.Rows) < 100; i += 2 {
			lo, hi := new(Int(int64(int8(in[i])))), new(Int(int64(int8(in[i+1]))))
			row := Band{Points: Const(Int(int64(i)))}
			switch in[i] % 3 {
			case 0:
				row.Min = lo
			case 1:
				row.Above = lo
			}
			switch in[i+1] % 3 {
			case 0:
				row.Max = hi
			case 1:
				row.Below = hi
			}
			b.Rows = append(b.Rows, row)
		}
		if len(errorsIn(b.Check(setting("1000")))) > 0 {
			t.Skip()
		}
		for _, x := range []Number{Int(int64(value)), n64(int64(value)*2+1, 2)} {
			want := -1
			for i := range b.Rows {
				if b.Rows[i].Holds(x) {
					want = i
					break
				}
			}
			if got := b.cuts.row(x); got != want {
				t.Fatalf("row %d holds for %s, found %d", want, x, got)
			}
		}
	})
}
