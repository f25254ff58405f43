package scoring

import "slices"

// Range returns an interval that holds every score that the card can give, rounded; ok is false when it has not been
// checked. The interval may be wider than what can be reached: it takes each indicator by itself, over its Domain. An
// end that nothing bounds is not there.
func (c *Card) Range() (score Interval, ok bool) {
	if c.outline == nil {
		return Interval{}, false
	}
	v := c.outline.reach()
	for i := range c.Weights {
		if _, never := holds(&c.Weights[i].When); !never {
			v = v.Join(c.Weights[i].card.outline.reach())
		}
	}
	if r := c.outline.round; r.Score >= 0 {
		v.Min, v.Max = v.Min.Round(r.Score, r.Mode), v.Max.Round(r.Score, r.Mode)
	}
	return v, true
}

// PointsRange returns an interval that holds every number of points that the indicator with this id can earn, held and
// rounded, before any reweighting; ok is false when there is none of that id or the card has not been checked.
func (c *Card) PointsRange(id string) (points Interval, ok bool) {
	if c.outline == nil {
		return Interval{}, false
	}
	return c.outline.pointsOf(id)
}

func (p *plan) pointsOf(id string) (Interval, bool) {
	for i := range p.steps {
		if s := &p.steps[i]; s.ind.ID.Value == id {
			return p.rounded(s.reach()), true
		}
	}
	for i := range p.groups {
		if v, ok := p.groups[i].plan.pointsOf(id); ok {
			return v, true
		}
	}
	return Interval{}, false
}

// PointsRead returns an interval that holds every number of points of the indicator with this id that expressions read:
// reweighted, by whichever weights the customer has, and rounded to so many places (Exact: not at all). ok is as for
// PointsRange.
func (c *Card) PointsRead(id string) (points Interval, places int, ok bool) {
	if c.outline == nil {
		return Interval{}, Exact, false
	}
	points, places, ok = c.outline.pointsRead(id)
	for i := range c.Weights {
		v, _, also := c.Weights[i].card.outline.pointsRead(id)
		points, ok = points.Join(v), ok && also
	}
	return points, places, ok
}

func (p *plan) pointsRead(id string) (v Interval, places int, ok bool) {
	for i := range p.steps {
		s := &p.steps[i]
		if s.ind.ID.Value != id {
			continue
		}
		v = s.reach()
		if p.leaves() && s.weight.Sign() > 0 && !s.ind.Beyond && !s.modifier {
			v = v.times(Interval{Min: Int(1), Max: most(Int(1), quo(p.shared, s.weight))})
		}
		if p.pdo != nil && p.pdo.each {
			v = v.times(Just(p.pdo.factor))
		}
		if s.modifier {
			return v, Exact, true
		}
		return p.rounded(v), p.places, true
	}
	for i := range p.groups {
		if v, places, ok := p.groups[i].plan.pointsRead(id); ok {
			return v, places, true
		}
	}
	return v, Exact, false
}

// leaves reports whether something may be left out and the rest reweighted.
func (p *plan) leaves() bool {
	for i := range p.steps {
		if s := &p.steps[i]; s.ind.Missing.Do == Reweight && !s.modifier {
			return true
		}
	}
	for i := range p.groups {
		if p.groups[i].plan.canBeEmpty() {
			return true
		}
	}
	return false
}

// yields returns where an operand lies, whoever the customer is.
func yields(o *Operand) Interval {
	if v, constant := o.IsConst(); constant {
		return Just(v)
	}
	if r := o.Reach; r != nil {
		return Interval{Min: r.Min, Max: r.Max, NoMin: r.NoMin, NoMax: r.NoMax}
	}
	return Everything()
}

// earns returns where the points of a row lie.
func earns(points *Operand, share *Number, weight Number) Interval {
	if share != nil {
		return Just(share.Mul(weight))
	}
	return yields(points)
}

// holds says of a condition, or of none, whether it always holds, and whether it never does.
func holds(when *Condition) (always, never bool) {
	if !when.IsSet() {
		return true, false
	}
	if r := when.Reach; r != nil {
		return !r.CanFail && !r.CanMiss, !r.CanHold
	}
	v, constant := when.IsConst()
	return constant && v, constant && !v
}

// rounded returns v as its numbers are rounded to points.
func (p *plan) rounded(v Interval) Interval {
	if p.places >= 0 {
		v.Min, v.Max = v.Min.Round(p.places, p.round.Mode), v.Max.Round(p.places, p.round.Mode)
	}
	return v
}

// reach returns an interval for the points of an indicator, held.
func (s *step) reach() Interval {
	v := Everything()
	of := Everything()
	if d := s.ind.Domain; d != nil && (s.ind.Kind == KindNumber || s.ind.Kind == KindMissing) {
		of = d.Interval
	}
	if x, ok := RangeOf(s.ind.Method, of, s.full); ok {
		v = x
	}
	if s.held {
		v = v.Hold(Interval{Max: s.full})
	}
	if s.ind.Missing.Do == Substitute {
		v = v.Join(Just(s.ind.Missing.Points))
	}
	return v
}

// reach returns an interval for the exact score of a card.
func (p *plan) reach() Interval {
	v := p.combinedReach()
	if p.pdo != nil {
		lo, hi := p.pdo.offset.Add(p.pdo.factor.Mul(v.Min)), p.pdo.offset.Add(p.pdo.factor.Mul(v.Max))
		if p.pdo.factor.Sign() < 0 {
			lo, hi, v.NoMin, v.NoMax = hi, lo, v.NoMax, v.NoMin
		}
		v.Min, v.Max = lo, hi
		if p.pdo.each && p.places >= 0 { // each rounding may add or take less than a unit of the last place
			unit, _ := Int(10).PowInt(-p.places)
			slack := unit.Mul(Int(int64(len(p.steps) + len(p.groups))))
			v.Min, v.Max = v.Min.Sub(slack), v.Max.Add(slack)
		}
	}
	v = v.Add(p.adjustments())
	for i := range p.card.Caps {
		k := &p.card.Caps[i]
		always, never := holds(&k.When)
		if never {
			continue
		}
		at := yields(&k.AtMost)
		v.NoMin = v.NoMin || at.NoMin
		v.Min = least(v.Min, at.Min)
		switch {
		case !always || at.NoMax:
		case v.NoMax:
			v.Max, v.NoMax = at.Max, false
		default:
			v.Max = least(v.Max, at.Max)
		}
	}
	span := Everything()
	if p.lo != nil {
		span.Min, span.NoMin = *p.lo, false
	}
	if p.hi != nil {
		span.Max, span.NoMax = *p.hi, false
	}
	return v.Hold(span)
}

// sumsWithin reports whether the points of the indicators, all of them held within their weights and rounded, never sum up to
// more or less than the range of the score.
func (p *plan) sumsWithin() bool {
	var most Number
	for i := range p.steps {
		if s := &p.steps[i]; !s.held || s.modifier {
			return false
		}
		most = most.Add(p.rounded(Just(p.steps[i].full)).Max)
	}
	return (p.lo == nil || p.lo.Sign() <= 0) && (p.hi == nil || !p.hi.Less(most))
}

// combinedReach returns an interval for what the combiner makes of the points.
func (p *plan) combinedReach() Interval {
	var parts []part
	left := false
	for i := range p.steps {
		s := &p.steps[i]
		if s.modifier {
			continue
		}
		may := s.ind.Missing.Do == Reweight
		left = left || may
		parts = append(parts, part{s.reach(), s.weight, may, s.ind.Beyond})
	}
	for i := range p.groups {
		g := &p.groups[i]
		v := g.plan.reach()
		v.Min, v.Max = v.Min.Mul(g.scale), v.Max.Mul(g.scale)
		may := g.plan.canBeEmpty()
		left = left || may
		parts = append(parts, part{v, g.weight, may, false})
	}
	var sum Interval
	switch m := p.combiner.(type) {
	case *Sum:
	case *Points:
		if m.Initial != nil {
			sum = yields(m.Initial)
		}
	case *Modified:
	case *WeightedMean, *Minimum:
		for i := range parts {
			v := p.rounded(parts[i].Interval)
			if i == 0 {
				sum = v
			}
			sum = sum.Join(v)
		}
		return sum
	case *Product:
		sum = Just(Int(1))
		for i := range parts {
			sum = sum.times(p.rounded(parts[i].Interval))
		}
		return sum
	default:
		return Everything()
	}
	// Points that are reweighted are the total weight times a mean of the shares that are there; rounding adds at most a unit
	// each.
	var beyond Interval
	var weighted []part
	whole := sum // where no points of those that have a share are left out
	for _, x := range parts {
		sum = sum.Add(p.rounded(x.Interval))
		if !x.beyond {
			whole = whole.Add(p.rounded(x.Interval))
		}
		switch {
		case x.beyond && x.left:
			beyond = beyond.Add(p.rounded(x.Interval).Join(Interval{}))
		case x.beyond:
			beyond = beyond.Add(p.rounded(x.Interval))
		case x.weight.Sign() > 0:
			weighted = append(weighted, x)
		}
	}
	corrected := func(basic Interval) Interval {
		if m, ok := p.combiner.(*Modified); ok {
			return basic.times(Interval{Min: m.least, Max: m.most})
		}
		return basic
	}
	if !left {
		return corrected(sum)
	}
	least, some := leastMean(weighted, func(x *part) Number { return x.Min })
	most, _ := leastMean(weighted, func(x *part) Number { return x.Max.Neg() })
	whole = whole.Add(beyond)
	if !some {
		return corrected(whole)
	}
	scaled := Interval{Min: least.Mul(p.shared), Max: most.Neg().Mul(p.shared), NoMin: sum.NoMin, NoMax: sum.NoMax}
	if p.places >= 0 {
		units := quo(Int(int64(len(parts))), power10(p.places))
		scaled.Min, scaled.Max = scaled.Min.Sub(units), scaled.Max.Add(units)
	}
	return corrected(whole.Join(scaled.Add(beyond)))
}

// part is what a combiner adds up, with where its points lie.
type part struct {
	Interval
	weight Number
	left   bool // may be left out
	beyond bool
}

// leastMean returns the least sum of points per weight of parts of which at least one is left out; ok is false where none can
// be. at returns the least points of a part.
func leastMean(parts []part, at func(*part) Number) (mean Number, ok bool) {
	var points, weight Number
	var rest []*part
	for i := range parts {
		if x := &parts[i]; x.left {
			rest = append(rest, x)
		} else {
			points, weight = points.Add(at(x)), weight.Add(x.weight)
		}
	}
	share := func(x *part) Number { return quo(at(x), x.weight) }
	slices.SortStableFunc(rest, func(a, b *part) int { return share(a).Cmp(share(b)) })
	there := 0
	for _, x := range rest { // each that lowers the mean is there, one at least
		if weight.Sign() > 0 && !share(x).Less(quo(points, weight)) {
			break
		}
		points, weight = points.Add(at(x)), weight.Add(x.weight)
		there++
	}
	if there < len(rest) {
		return quo(points, weight), true
	}
	for _, x := range rest { // all lower it: the one that lowers it least is left out
		if left := weight.Sub(x.weight); left.Sign() > 0 {
			if m := quo(points.Sub(at(x)), left); !ok || m.Less(mean) {
				mean, ok = m, true
			}
		}
	}
	return mean, ok
}

// canBeEmpty reports whether everything in the card can be left out.
func (p *plan) canBeEmpty() bool {
	for i := range p.steps {
		if s := &p.steps[i]; !s.modifier && !s.ind.Beyond && s.ind.Missing.Do != Reweight {
			return false
		}
	}
	for i := range p.groups {
		if !p.groups[i].plan.canBeEmpty() {
			return false
		}
	}
	return true
}

// adjustments returns an interval for what the adjustments add together.
func (p *plan) adjustments() Interval {
	var sum Interval
	for i := range p.card.Adjustments {
		a := &p.card.Adjustments[i]
		always, never := holds(&a.When)
		if never {
			continue
		}
		x := yields(&a.Add)
		if !always {
			x = x.Join(Interval{})
		}
		sum = sum.Add(x)
	}
	span := Everything()
	if p.span.Least != nil {
		span.Min, span.NoMin = *p.span.Least, false
	}
	if p.span.Most != nil {
		span.Max, span.NoMax = *p.span.Most, false
	}
	return sum.Hold(span)
}

// Attained reports whether both ends of [Card.Range] are known to be reached, by indicators that do not depend on the same
// data; if not, why. It is asked after Check.
func (c *Card) Attained() (ok bool, why string) {
	p := c.outline
	switch {
	case p == nil:
		return false, "the card has not been checked"
	case len(c.Weights) > 0:
		return false, "weights depend on the customer"
	case !p.sum || p.pdo != nil:
		return false, "the points are not just added up"
	case len(c.Adjustments)+len(c.Caps) > 0:
		return false, "adjustments and caps depend on the same data as the points"
	case len(p.groups) > 0:
		return false, "points of groups are scaled"
	}
	var reads []int
	for i := range p.steps {
		s := &p.steps[i]
		d := s.ind.Domain
		if s.ind.Missing.Do == Reweight {
			return false, "points are reweighted where something is missing"
		}
		if d == nil || !s.exactly() {
			return false, "what " + s.ind.ID.Value + " can earn at the outside is known only"
		}
		for _, r := range d.Reads {
			if r < 0 || slices.Contains(reads, r) {
				return false, s.ind.ID.Value + " depends on the same data as another indicator"
			}
		}
		reads = append(reads, d.Reads...)
	}
	return true, ""
}

// exactly reports whether both ends of the points of an indicator are reached: those of a method without expressions, over
// values that can all be.
func (s *step) exactly() bool {
	d := s.ind.Domain
	switch m := s.ind.Method.(type) {
	case *Linear:
		full := !d.Outer && d.Spans == nil && d.Decimals < 0
		return (full || d.Attained && m.Trend(s.full) != Mixed) && !d.OpenMin && !d.OpenMax
	case *Proportional:
		return d.Attained && m.constant && !d.OpenMin && !d.OpenMax && !d.NoMin && !d.NoMax
	case *Deduct:
		return d.Attained && !d.OpenMin && !d.OpenMax && !d.NoMin && !d.NoMax
	case *Efficacy:
		return d.Attained && m.constant && !d.OpenMin && !d.OpenMax
	case *Wall:
		return d.Attained && m.constant && !d.OpenMin && !d.OpenMax
	}
	return false
}
