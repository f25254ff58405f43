package scoring

// Range returns an interval that holds every score that the card can give, rounded; ok is false when it has not been
// checked. The interval may be wider than what can be reached: it takes each indicator by itself, over its Domain. An
// end that nothing bounds is not there.
func (c *Card) Range() (score Interval, ok bool) {
	if c.plan == nil {
		return Interval{}, false
	}
	v := c.plan.reach()
	for i := range c.Weights {
		v = v.Join(c.Weights[i].card.plan.reach())
	}
	if r := c.plan.round; r.Score >= 0 {
		v.Min, v.Max = v.Min.Round(r.Score, r.Mode), v.Max.Round(r.Score, r.Mode)
	}
	return v, true
}

// PointsRange returns an interval that holds every number of points that the indicator with this id can earn, held and
// rounded, before any reweighting; ok is false when there is none of that id or the card has not been checked.
func (c *Card) PointsRange(id string) (points Interval, ok bool) {
	if c.plan == nil {
		return Interval{}, false
	}
	return c.plan.pointsOf(id)
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
	if r, ok := s.ind.Method.(Ranger); ok {
		of := Everything()
		if d := s.ind.Domain; d != nil && (s.ind.Kind == KindNumber || s.ind.Kind == KindMissing) {
			of = d.Interval
		}
		if x, ok := r.Range(of, s.full); ok {
			v = x
		}
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
	v := p.combined()
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
		at, constant := k.AtMost.IsConst()
		switch {
		case !constant:
			v.NoMin = true
		case v.NoMax:
			v.Min = least(v.Min, at)
		default:
			v.Min = least(v.Min, at)
			if !k.When.IsSet() {
				v.Max = least(v.Max, at)
			}
		}
		if constant && v.NoMax && !k.When.IsSet() {
			v.Max, v.NoMax = at, false
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

// combined returns an interval for what the combiner makes of the points.
func (p *plan) combined() Interval {
	type part struct {
		Interval
		weight Number
		left   bool // may be left out
		beyond bool
	}
	var parts []part
	left := false
	for i := range p.steps {
		s := &p.steps[i]
		if s.modifier {
			return Everything()
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
			first, constant := m.Initial.IsConst()
			if sum = Just(first); !constant {
				return Everything()
			}
		}
	case *WeightedMean, *Minimum:
		for i := range parts {
			v := p.rounded(parts[i].Interval)
			if i == 0 {
				sum = v
			}
			sum = sum.Join(v)
		}
		return sum
	default:
		return Everything()
	}
	// Points that are reweighted are the total weight times a mean of shares, which lies between the least and the
	// greatest share; rounding adds at most a unit each.
	var shares, beyond Interval
	first := true
	for _, x := range parts {
		sum = sum.Add(p.rounded(x.Interval))
		switch {
		case x.beyond && x.left:
			beyond = beyond.Add(p.rounded(x.Interval).Join(Interval{}))
		case x.beyond:
			beyond = beyond.Add(p.rounded(x.Interval))
		case x.weight.Sign() > 0:
			share := Interval{Min: quo(x.Min, x.weight), Max: quo(x.Max, x.weight), NoMin: x.NoMin, NoMax: x.NoMax}
			if first {
				shares, first = share, false
			}
			shares = shares.Join(share)
		}
	}
	if !left {
		return sum
	}
	scaled := Interval{Min: shares.Min.Mul(p.shared), Max: shares.Max.Mul(p.shared), NoMin: shares.NoMin, NoMax: shares.NoMax}
	if p.places >= 0 {
		units := quo(Int(int64(len(parts))), power10(p.places))
		scaled.Min, scaled.Max = scaled.Min.Sub(units), scaled.Max.Add(units)
	}
	return sum.Join(scaled.Add(beyond))
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
		v, constant := a.Add.IsConst()
		x := Just(v)
		if !constant {
			x = Everything()
		}
		if a.When.IsSet() {
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
