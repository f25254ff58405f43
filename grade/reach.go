package grade

// Reach is how a scale fits the scores that can occur.
type Reach struct {
	Never     []int // the grades on the ladder that no score has, by index
	Low, High bool  // whether the lowest scores, the highest, have no grade
}

// Reach holds the scale against the scores from least to most, both included; nil is no end. It is for a Ladder without
// Of that has been checked. Where scores are known to lie within the two, but not whether they reach them, Never is
// still proved, and Low and High are not.
func (l *Ladder) Reach(least, most *Number) Reach {
	var out Reach
	if l.onScale == 0 || l.Of.IsSet() {
		return out
	}
	rows := l.Scale[:l.onScale]
	scores := Row{Min: least, Max: most}
	best, worst := scores.turned(l.decimals, l.rising)
	var above edge // where the better row ends
	for i := range rows {
		near, far := rows[i].turned(l.decimals, l.rising)
		if best.set && far.set && !far.reached(best.at) ||
			worst.set && near.set && near.passed(worst.at) ||
			worst.set && above.set && above.reached(worst.at) {
			out.Never = append(out.Never, i)
		}
		if i == 0 && near.set {
			out.High = !best.set || near.passed(best.at)
		}
		above = far
	}
	out.Low = above.set && (!worst.set || !above.reached(worst.at))
	if l.rising {
		out.Low, out.High = out.High, out.Low
	}
	return out
}

// Outermost returns the row of the scale with the highest scores, or with the lowest. It is for a Ladder without Of that has
// been checked.
func (l *Ladder) Outermost(high bool) *Row {
	if high != l.rising {
		return &l.Scale[0]
	}
	return &l.Scale[l.onScale-1]
}

// Reachable returns which grades there can be at the end, by index, where those of from are what the score, or Of, can give.
// fires tells of each rule whether it can apply, previous is what the previous grade can be. It may say of a grade that
// it can be reached although it cannot, never the other way round. It is for a Ladder that has been checked.
func (l *Ladder) Reachable(from []bool, fires func(rule int) bool, previous []bool) []bool {
	at := append([]bool(nil), from...)
	apply := func(r *Rule) {
		if r.action == setGrade {
			at[r.target] = true
		}
		for g, in := range append([]bool(nil), at...) {
			if in {
				to, _ := r.apply(g, l.onScale)
				at[to] = true
			}
		}
	}
	for i := range l.Rules {
		if fires(i) {
			apply(&l.Rules[i])
		}
	}
	if l.Transitions != nil { // a grade held back lies between the two, and so does what a bound makes of it
		first, last := l.onScale, -1
		for g := range l.onScale {
			if at[g] || previous[g] {
				first, last = min(first, g), max(last, g)
			}
		}
		for g := first; g <= last; g++ {
			at[g] = true
		}
	}
	if l.Override != nil {
		for g := range at {
			at[g] = true
		}
	}
	return at
}

// reached reports whether n is within the row of which e is the end farther from the best score.
func (e edge) reached(n Number) bool {
	d := n.Cmp(e.at)
	return d > 0 || d == 0 && !e.open
}

// passed reports whether n is better than the row of which e is the end nearer to the best score.
func (e edge) passed(n Number) bool {
	d := n.Cmp(e.at)
	return d > 0 || d == 0 && e.open
}
