package scoring

// Interval is a closed interval of numbers, without an end where NoMin or NoMax say so. The zero Interval is [0, 0].
type Interval struct {
	Min, Max     Number // both belong to it; Min is at most Max
	NoMin, NoMax bool   // there is no such end, whatever Min or Max say
}

// Everything is the interval of all numbers.
func Everything() Interval { return Interval{NoMin: true, NoMax: true} }

// Just returns the interval of x alone.
func Just(x Number) Interval { return Interval{Min: x, Max: x} }

// Between returns [a, b], or [b, a] where that is the right way round.
func Between(a, b Number) Interval {
	if b.Less(a) {
		a, b = b, a
	}
	return Interval{Min: a, Max: b}
}

// Contains reports whether x lies in v.
func (v Interval) Contains(x Number) bool {
	return (v.NoMin || !x.Less(v.Min)) && (v.NoMax || !v.Max.Less(x))
}

// Join returns the smallest interval that holds v and w.
func (v Interval) Join(w Interval) Interval {
	j := Interval{NoMin: v.NoMin || w.NoMin, NoMax: v.NoMax || w.NoMax}
	if !j.NoMin {
		j.Min = least(v.Min, w.Min)
	}
	if !j.NoMax {
		j.Max = most(v.Max, w.Max)
	}
	return j
}

// Hold returns v with everything outside w moved to w's nearest end.
func (v Interval) Hold(w Interval) Interval {
	hold := func(x Number, none bool) (Number, bool) {
		if none {
			return x, true
		}
		if !w.NoMin && x.Less(w.Min) {
			x = w.Min
		}
		if !w.NoMax && w.Max.Less(x) {
			x = w.Max
		}
		return x, false
	}
	h := Interval{}
	h.Min, h.NoMin = hold(v.Min, v.NoMin)
	h.Max, h.NoMax = hold(v.Max, v.NoMax)
	if h.NoMin && !w.NoMin {
		h.Min, h.NoMin = w.Min, false
	}
	if h.NoMax && !w.NoMax {
		h.Max, h.NoMax = w.Max, false
	}
	return h
}

// Add returns the interval of the sums.
func (v Interval) Add(w Interval) Interval {
	return Interval{Min: v.Min.Add(w.Min), Max: v.Max.Add(w.Max), NoMin: v.NoMin || w.NoMin, NoMax: v.NoMax || w.NoMax}
}

// known reports whether v has an end at all.
func (v Interval) known() bool { return !v.NoMin || !v.NoMax }

// times returns the interval of the products; where an end is missing and the sign may change, nothing is known.
func (v Interval) times(w Interval) Interval {
	whole := !v.NoMin && !v.NoMax && !w.NoMin && !w.NoMax
	switch {
	case whole:
		p := Between(v.Min.Mul(w.Min), v.Max.Mul(w.Max))
		return p.Join(Between(v.Min.Mul(w.Max), v.Max.Mul(w.Min)))
	case v.NoMin || w.NoMin || v.Min.Sign() < 0 || w.Min.Sign() < 0:
		return Everything()
	}
	return Interval{Min: v.Min.Mul(w.Min), NoMax: true}
}

// String returns v as [0, 20], with … for an end that is not there.
func (v Interval) String() string {
	lo, hi := "[…", "…]"
	if !v.NoMin {
		lo = "[" + v.Min.String()
	}
	if !v.NoMax {
		hi = v.Max.String() + "]"
	}
	return lo + ", " + hi
}
